"""A ledger as the source of reports: the same findings as of the files; and nothing protected comes out anywhere."""

import gc
import json
import tempfile
import zipfile

import pytest

from truceline.store.vault import make_identity, save_identity

CANARIES = ("canary-nurse", "canary-mill", "canary-ford")
PROTECTED = (
    "report,from,lon,lat,radius_m,involved,by,act,reported,release,source_identity_name,place\n"
    "p,2030-03-05,20.5,9.97,100,Southbank Army,Southbank Army,position,2030-03-06,protected,canary-nurse,canary-mill\n"
    "q,2030-03-05,20.5,9.98,100,Southbank Army,Southbank Army,position,2030-03-06,public,canary-ford,ford\n"
)


@pytest.fixture
def ledger(run, desk):
    """Make a ledger with the five reports of the desk in it."""
    assert run("init led --name northbank.example/led").exit_code == 0
    added = run("add reports reports.csv --ledger led --by desk --zone Etc/GMT-2")
    assert added.exit_code == 0, added.output
    return desk / "led"


def verdicts(run, reports, *more):
    """Check, and give the findings without the names of the files."""
    result = run(["check", "terms.yaml", reports, "--format", "jsonl", *more])
    assert result.exit_code == 0, result.output
    rows = [json.loads(line) for line in result.stdout.splitlines()]
    return [{name: cell for name, cell in row.items() if name not in ("file", "row", "source")} for row in rows]


@pytest.mark.usefixtures("ledger")
def test_a_ledger_gives_the_same_findings_as_its_file(run):
    """Check, sweep, explain and report: what is found of the ledger is what is found of the file."""
    sweep = [run(f"sweep terms.yaml {reports} --distances 3mi --format csv") for reports in ("reports.csv", "led")]
    explain = [run(f"explain terms.yaml {reports} --report b") for reports in ("reports.csv", "led")]
    page = run("report terms.yaml led --out page.html")

    assert verdicts(run, "led") == verdicts(run, "reports.csv") != []
    assert (sweep[0].exit_code, sweep[1].exit_code) == (0, 0), sweep[0].output
    assert sweep[0].stdout == sweep[1].stdout
    assert (explain[0].exit_code, explain[1].exit_code) == (0, 0), explain[0].output
    assert explain[0].stdout.replace("reports.csv", "X") == explain[1].stdout.replace("led", "X")
    assert page.exit_code == 0, page.output


@pytest.mark.usefixtures("ledger")
def test_before_the_first_record_nothing_was_known(run):
    """On a day before the ledger was begun there are no reports, and nothing falls over that."""
    before = run("check terms.yaml led --as-known 2030-03-06 --format jsonl")
    log = run("log --ledger led --as-known 2001-01-01")

    assert (log.exit_code, log.stdout) == (0, "")
    assert "Traceback" not in before.stderr
    assert (before.exit_code, run("check terms.yaml led --as-known 2001-01-01 --format jsonl").stdout) == (0, "")


@pytest.mark.usefixtures("ledger")
def test_a_judged_report_that_was_not_in_the_ledger_then_may_have_come_later(run, desk):
    """Whoever asks for an earlier day is told so; today it is there."""
    judged = "id,kind,about,by,decided,why\nj-1,not_same,toy:1; b,desk officer,2030-03-05,two posts at one time\n"
    (desk / "judged.csv").write_text(judged, encoding="utf-8")
    then, now = (run(f"check terms.yaml led --judgements judged.csv {day}") for day in ("--as-known 2030-03-06", ""))

    assert "TL-S204" in then.stderr
    assert "; it may have come into the ledger after 2030-03-06" in then.stderr
    assert "in no file given: it counts for nothing there: 'toy:1'; correct" in now.stderr


def test_nothing_protected_comes_out(run, ledger, desk, monkeypatch):
    """Canaries in a protected report and in who a source is: in no file, archive, message, listing or finding."""
    monkeypatch.setattr(tempfile, "tempdir", str(desk / "private"))
    (desk / "private").mkdir()
    save_identity(make_identity(), desk / "me.age")
    recipient = (desk / "me.age").read_text(encoding="ascii").split()[3]
    (desk / "in").mkdir()
    (desk / "in" / "p.csv").write_text(PROTECTED, encoding="utf-8")
    refused = run("add reports in/p.csv --ledger led")
    lines = [
        f"rotate --ledger led --recipient {recipient}", "add reports in/p.csv --ledger led",
        "log --ledger led", "log --ledger led --json", "diff --ledger led --new", "diff --ledger led --new --json",
        "status --ledger led --json", "verify --ledger led", "check terms.yaml led --format jsonl",
        "sweep terms.yaml led --distances 3mi", "explain terms.yaml led --report p",
        "report terms.yaml led --out page.html", "export --ledger led --out led.zip",
        "export --ledger led --out sealed.zip --sealed", "export --ledger led --format ftm --out ftm.jsonl",
        "restore led.zip again", "erase report p --ledger led --reason harm --by desk",
        "retract report q --ledger led --why mistaken --by desk", "log --ledger led --json",
    ]  # fmt: skip
    results = [(one.exit_code, one.stdout + one.stderr) for one in map(run, lines)]  # no frames are kept
    gc.collect()
    written = [path for path in desk.rglob("*") if path.is_file() and path.parent.name != "in"]
    found = {path.name: path.read_bytes() for path in written}
    for name in ("led.zip", "sealed.zip"):
        with zipfile.ZipFile(desk / name) as file:
            found |= {f"{name}/{inner}": file.read(inner) for inner in file.namelist()}
    said = refused.stderr + "".join(words for _, words in results)

    assert "TL-L041" in refused.stderr
    assert [line for line, (code, _) in zip(lines, results, strict=True) if code] == [
        "explain terms.yaml led --report p"
    ]
    assert [one for one in CANARIES if one in said] == []
    assert [(name, one) for name, data in found.items() for one in CANARIES if one.encode() in data] == []
    assert not list((desk / "private").iterdir())
    assert ledger.exists()


def test_a_damaged_ledger_never_falls_over(run, ledger):
    """Every command over a file with broken pages ends with a line and a code, none with a traceback."""
    path = ledger / "ledger.sqlite"
    good = path.read_bytes()
    lines = ["log --ledger led", "status --ledger led", "diff --ledger led", "verify --ledger led",
             "check terms.yaml led", "export --ledger led --out x.zip", "add reports reports.csv --ledger led",
             "retract report a --ledger led --why x --by x"]  # fmt: skip
    codes = set()
    for page in range(1, len(good) // 4096):
        path.write_bytes(good[: page * 4096] + b"\x0d" + b"\x5a" * 4095 + good[(page + 1) * 4096 :])
        result = run(lines[page % len(lines)])
        codes.add(result.exit_code)
        assert result.exit_code == 0 or "TL-" in result.stderr + result.stdout

    assert codes <= {0, 1, 3}
    assert 3 in codes
