"""What a ledger says of statements, judgements and grades: `origins`, `duplicates`, `report` and `add grades`."""

import json

import pytest

from truceline.api.ledger_inputs import root_of_ledger
from truceline.store.vault import make_identity

STATEMENTS = """\
id,chain,claim,about,stance,person,release,published
n-1,named>Agency,depth,readings.north,interprets,Ada North,public,2030-02-20
n-2,named>Wire,depth,readings.north,interprets,Bo South,public,2030-02-22
n-3,named>Mail,guard,,states,Cy East,public,2030-02-23
n-4,named>Mail,guard,,states,Dee West,protected,2030-02-23
"""
GRADES = """\
of,grade,by,decided,why
n-1,B1,officer,2030-03-01,two of them
n-3,A1,officer,2030-03-01,sure
n-3,B2,officer,2030-03-02,likely
n-4,A1,officer,2030-03-01,sure
n-9,A1,officer,2030-03-01,sure
"""
JUDGEMENTS = "id,kind,about,by,decided,why\nj-1,same,a; b,officer,2030-04-01,one patrol\n"


@pytest.fixture
def ledger(run, desk):
    """Make a ledger of statements, one of them protected, of grades, a judgement and reports."""
    for name, text in {"s.csv": STATEMENTS, "g.csv": GRADES, "j.csv": JUDGEMENTS}.items():
        (desk / name).write_text(text, encoding="utf-8")
    run(f"init L --name north.example/ledger --recipient {make_identity().recipient}")
    run("add statements s.csv --ledger L")
    run("add judgements j.csv --ledger L")
    run("add reports reports.csv --ledger L --zone Etc/GMT-2")
    return desk / "L"


@pytest.mark.usefixtures("ledger")
def test_origins_come_from_a_ledger(run):
    """The claims of its open statements; what is sealed is named and left out."""
    result = run("origins --ledger L")

    assert "depth: 2 origins behind 2 statements" in result.stdout
    assert "guard: 1 origin behind 1 statement" in result.stdout
    assert "Left out, for they are sealed and only their ids are known: n-4." in result.stdout
    assert json.loads(run("origins --ledger L --json").stdout)["sealed"] == ["n-4"]


@pytest.mark.usefixtures("ledger")
def test_a_confirmed_grade_needs_two_origins_in_the_ledger(run):
    """A "1" is listed and left out where two independent origins are not at hand; other grades go in."""
    added = run("add grades g.csv --ledger L")
    shown = run("origins --ledger L")

    assert "g.csv: 2 new" in added.stdout
    assert [line.split(": TL")[0] for line in added.stderr.splitlines() if "TL-S401" in line] == [
        "the grade A1 of n-3", "the grade A1 of n-4", "the grade A1 of n-9",
    ]  # fmt: skip
    assert "[n-1] B1" in shown.stdout
    assert "[n-3] B2" in shown.stdout
    assert "A1" not in shown.stdout


@pytest.mark.usefixtures("ledger")
def test_a_ledger_knew_nothing_before_it_was_begun(run):
    """As known on a day before its first record it has neither statements nor reports."""
    origins = run("origins --ledger L --as-known 2020-01-01")
    reports = run("duplicates --ledger L --as-known 2020-03-10")

    assert "0 of 0 statements came later" in origins.stdout
    assert "0 pairs of 0 reports" in reports.stdout


@pytest.mark.usefixtures("ledger")
def test_files_and_a_ledger_go_together(run, desk):
    """A file may stand beside a ledger; of statements with one id the ledger's counts."""
    more = "id,chain,claim,stance,person\nn-1,named>Echo,depth,denies,Ed Hill\nn-8,named>Echo,depth,denies,Ed Hill\n"
    (desk / "more.csv").write_text(more, encoding="utf-8")
    result = run("origins more.csv --ledger L --claim depth")

    assert "depth: 3 origins behind 3 statements" in result.stdout
    assert "more.csv statement n-1: TL-S102" in result.stderr


@pytest.mark.usefixtures("ledger")
def test_the_environment_names_a_ledger_where_nothing_else_is_named(run, monkeypatch):
    """`TRUCELINE_LEDGER` stands in for the option, and never joins files that were named."""
    monkeypatch.setenv("TRUCELINE_LEDGER", "L")

    assert "depth: 2 origins behind 2 statements" in run("origins --claim depth").stdout
    assert "guard: 2 origins behind 2 statements" in run("origins s.csv --claim guard").stdout


@pytest.mark.parametrize("line", ["origins", "duplicates"])
def test_something_has_to_be_named(run, line, monkeypatch):
    """Neither a file nor a ledger is a wrong call; a folder that is no ledger as well."""
    monkeypatch.delenv("TRUCELINE_LEDGER", raising=False)
    nothing, nowhere = run(line), run(f"{line} --ledger nowhere")

    assert (nothing.exit_code, nowhere.exit_code) == (2, 2)
    assert "TL-E939" in nothing.stderr
    assert "nowhere: TL-L065" in nowhere.stderr


@pytest.mark.usefixtures("ledger")
def test_duplicates_come_from_a_ledger(run):
    """Its reports, and the judgements in it: a pair that was decided is left out and shown as one."""
    decided = run("duplicates --ledger L --widest 80km")
    alone = run("duplicates reports.csv --zone Etc/GMT-2 --widest 80km")

    assert "one incident: a, b" in decided.stdout
    assert "judged before" not in alone.stdout


@pytest.mark.usefixtures("desk")
def test_duplicates_as_known(run):
    """Reports that were published later, or at no stated time, are left out and counted."""
    result = run("duplicates reports.csv --zone Etc/GMT-2 --as-known 2030-03-07")

    assert "0 pairs of 3 reports" in result.stdout
    assert "not known on 2030-03-07: 2 reports published later" in result.stderr


@pytest.mark.usefixtures("ledger")
def test_the_page_of_a_ledger_says_who_said_what(run, desk):
    """Its statements stand on the page, and the root over its records beside the files that were taken in."""
    result = run("report terms.yaml L -o page.html")
    page = (desk / "page.html").read_text(encoding="utf-8")

    assert result.exit_code == 0
    assert 'id="statement-n-1"' in page
    assert "Dee West" not in page
    assert "north.example/ledger, the first" in page
    assert all(f"<bdi>{name}</bdi>" in page for name in ("s.csv", "reports.csv", "j.csv"))


def test_the_page_of_files_says_who_said_what(run, desk):
    """`--statements` brings files of statements onto the page, and what is wrong with their rows onto the screen."""
    (desk / "s.csv").write_text(STATEMENTS + "n-5,named>Mail,guard,,nonsense,Ed Hill,public,\n", encoding="utf-8")
    result = run("report terms.yaml reports.csv -o page.html --statements s.csv --as-known 2030-02-20")
    page = (desk / "page.html").read_text(encoding="utf-8")

    assert "Who said what: 1 statement of 1 claim; none has two independent origins" in page
    assert "<bdi>s.csv</bdi>" in page
    assert "TL-S103" in result.stderr


def test_statements_from_a_pipe_have_no_name(run, left):
    """A page names the files from which it was made."""
    result = run("report terms.yaml reports.csv -o page.html --statements -", input=STATEMENTS)

    assert (result.exit_code, left()) == (2, [])
    assert "TL-E916" in result.stderr


@pytest.mark.usefixtures("ledger")
def test_a_record_of_provenance_names_the_root_of_a_ledger(run, desk):
    """`check --prov` of a ledger has the root over its records where it has the hash of a file."""
    result = run("check terms.yaml L --prov p.jsonld")

    assert result.exit_code == 0
    assert root_of_ledger("L") in (desk / "p.jsonld").read_text(encoding="utf-8")
