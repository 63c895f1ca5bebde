"""`truceline check` with who watched and what was decided: what is told, written and refused."""

import csv
import json

import pyarrow.parquet as pq
import pytest

REPORTS = """\
report,from,lon,lat,radius_m,involved,by,act,thing,count_lo,effort
t1,2030-03-05,20.5,9.98,100,Southbank Army,Southbank Army,presence,tank,2,
t2,2030-03-05,20.6,9.98,100,Southbank Army,Southbank Army,presence,tank,2,
t3,2030-03-09,20.5,9.98,100,Southbank Army,Southbank Army,presence,tank,1,
"""
EFFORT = """\
id,by,from,until,zone,lon,lat,radius_m,means,complete,denied,denied_by,shows
p-1,patrols,2030-03-02,2030-03-03,,20.5,9.98,3000,patrol,yes,no,,presence
p-2,patrols,2030-03-12,2030-03-12,tanks,,,,patrol,no,yes,Southbank Army,
"""
JUDGED = "id,kind,about,by,decided,why\nj-1,not_same,t1; t2,desk officer,2030-04-01,two columns at one time\n"
TANKS = """\
  tanks: {who: southbank_army, what: tank, where: {line: river, away: 4 mi, ends: flat}, at_most: 3, under: pact,
    source: s.pact}
  access: {who: southbank_army, what: obstruction, where: anywhere, at_most: 0, under: pact, source: s.pact}
readings:
"""
CHECK = "check terms.yaml tanks.csv --zone Etc/GMT-2 --judgements judged.csv --effort effort.csv"


@pytest.fixture(autouse=True)
def counted(desk):
    """Lay out tanks, who watched, and what was decided."""
    terms = desk / "terms.yaml"
    terms.write_text(terms.read_text(encoding="utf-8").replace("readings:\n", TANKS), encoding="utf-8")
    for name, text in (("tanks.csv", REPORTS), ("effort.csv", EFFORT), ("judged.csv", JUDGED)):
        (desk / name).write_text(text, encoding="utf-8")
    return desk


def test_what_all_reports_say_together_is_a_section_of_the_counts(run):
    """With the arithmetic, who watched, and the denial as a report of its own."""
    result = run(CHECK)

    assert result.exit_code == 0
    assert "Counted together, over all reports:" in result.stdout
    assert "◆ 2 + 2 = 4 surely inside; judged to be different, there at one time (j-1)" in result.stdout
    assert "● p-1: patrols (patrol): watched, and nothing of it was seen there at that time" in result.stdout
    assert "□ p-2: patrols (patrol): access was denied by Southbank Army: cannot tell" in result.stdout
    assert "judged as reports of obstruction: 1 denial of access" in result.stderr


def test_a_denial_is_judged_where_the_agreement_grants_access(run):
    """It is a violation of the clause on access, under every reading."""
    rows = csv.DictReader(run(f"{CHECK} --format csv").stdout.splitlines())
    verdicts = {row["verdict"] for row in rows if (row["report"], row["provision"]) == ("effort:p-2", "access")}

    assert verdicts == {"violation"}


@pytest.mark.parametrize("name", ["accounts.csv", "accounts.jsonl", "accounts.parquet"])
def test_accounts_go_into_a_file(run, desk, name):
    """In every form of rows; the JSON of the counts has them too."""
    told = json.loads(run(f"{CHECK} --json --accounts {name}").stdout)["accounts"]
    read = {
        "accounts.csv": lambda path: list(csv.DictReader(path.read_text().splitlines())),
        "accounts.jsonl": lambda path: [json.loads(line) for line in path.read_text().splitlines()],
        "accounts.parquet": lambda path: pq.read_table(path).to_pylist(),
    }
    rows = read[name](desk / name)

    assert [(row["provision"], row["verdict"], row["words"]) for row in rows] == [
        (row["provision"], row["verdict"], row["words"]) for row in told
    ]  # fmt: skip
    assert {row["reading"] for row in told} == {"text", "north", "south"}


def test_large_files_give_the_same_accounts(run):
    """Imported Parquet, streamed in parts, with no rows written, as a table at once."""
    run("import tanks.csv --zone Etc/GMT-2 -o tanks.parquet")
    whole, streamed = (json.loads(run(f"{CHECK.replace('tanks.csv', name)} --json").stdout)
                       for name in ("tanks.csv", "tanks.parquet"))  # fmt: skip

    assert streamed["accounts"] == whole["accounts"]


def test_as_known_leaves_out_what_was_decided_and_watched_later(run):
    """Judged in April, watched in March: in February nothing of it was known."""
    told = json.loads(run(f"{CHECK} --json --as-known 2030-03-04").stdout)["accounts"]

    assert {row["name"] for row in told} == {"", "p-1"}
    assert all(row["count_lo"] == 0 for row in told)


@pytest.mark.parametrize("since", ["2030-03-03", "2030-03-02", "2030-02-01"])
def test_with_a_first_day_no_watch_shows_silence(run, since):
    """Reports that are left out may tell of its time, whenever it began."""
    told = json.loads(run(f"{CHECK} --json --since {since}").stdout)["accounts"]
    reasons = {row["reasons"][0] for row in told if row["name"] == "p-1"}

    assert ("reports_left_out" in reasons, "watched_nothing_seen" in reasons) == (True, False)


@pytest.mark.parametrize("dates", ["2030-02-20,2030-03-20", ","])
def test_a_report_over_the_first_day_or_without_a_date_may_tell_of_a_later_watch(run, desk, dates):
    """It is left out, so the watch proves neither that nothing was there nor that too little was."""
    terms = desk / "terms.yaml"
    floor = "  posts: {who: southbank_army, what: tank, where: anywhere, at_least: 2, under: pact, source: s.pact}\n"
    terms.write_text(terms.read_text(encoding="utf-8").replace("readings:\n", f"{floor}readings:\n"), encoding="utf-8")
    columns, told = EFFORT.replace(",tanks,", ",,").splitlines()[:2]
    (desk / "effort.csv").write_text(f"{columns}\n{told}\n", encoding="utf-8")
    row = f"t0,{dates},20.5,9.98,100,Southbank Army,Southbank Army,presence,tank,4,p-1\n"
    header = REPORTS.splitlines()[0].replace("from,", "from,until,")
    (desk / "tanks.csv").write_text(f"{header}\n{row}", encoding="utf-8")
    found = json.loads(run(f"{CHECK} --json --since 2030-03-01").stdout)["accounts"]
    rows = [one for one in found if one["name"] == "p-1" and one["verdict"] != "not_applicable"]

    assert rows
    assert {one["verdict"] for one in rows} == {"indeterminate"}
    assert all(one["count_hi"] is None for one in rows)


def test_the_page_tells_them_and_names_the_files(run, desk):
    """A section of its own, and every file with its hash."""
    assert run(f"{CHECK} -o page.html --no-summary").exit_code == 0
    page = (desk / "page.html").read_text(encoding="utf-8")

    assert 'id="together"' in page
    assert "2 + 2 = 4 surely inside" in page
    assert "effort.csv" in page
    assert "judged.csv" in page


def test_a_record_of_provenance_names_the_files(run, desk):
    """Who watched and what was decided went in, the accounts came out."""
    run(f"{CHECK} --accounts accounts.csv --prov run.jsonld --no-summary -o rows.csv")
    record = (desk / "run.jsonld").read_text(encoding="utf-8")

    assert all(word in record for word in ("EffortFile", "JudgementsFile", "AccountsFile"))


LOST = (
    JUDGED + "j-2,not_same,t1; t9; t8,desk officer,2030-04-01,slips\nj-3,same,s-1; s-2,desk officer,2030-04-01,said\n"
)
DO = "correct the id, or name the file in which the report stands"
SAID = "TL-S204 the judgement is about reports that are in no file given: it counts for nothing there: "


def test_a_judgement_about_a_report_that_nobody_gave_is_told_and_stops_nothing(run, desk):
    """With its row, on the standard error and in the JSON; what is about reports that are there is not."""
    (desk / "judged.csv").write_text(LOST, encoding="utf-8")
    result = run(f"{CHECK} --json")

    assert result.exit_code == 0
    assert [line for line in result.stderr.splitlines() if "TL-S204" in line] == [
        f"judged.csv row 2 judgement j-2: {SAID}'t9', 't8'; {DO}",
        f"judged.csv row 3 judgement j-3: {SAID}'s-1', 's-2'; {DO}",
    ]
    told = json.loads(result.stdout)["unmatched_judgements"]
    assert [(one["judgement"], one["at"], one["reports"]) for one in told] == [
        ("j-2", "judged.csv row 2", ["t9", "t8"]), ("j-3", "judged.csv row 3", ["s-1", "s-2"])
    ]  # fmt: skip


@pytest.mark.parametrize("more", ["", "--since 2030-03-08", "--as-known 2030-03-13", "--threads 1 --only violation"])
@pytest.mark.parametrize("name", ["tanks.csv", "tanks.parquet"])
def test_a_report_that_a_date_leaves_out_is_not_missed(run, desk, more, name):
    """It is in a file, whatever of the file is judged; a denial of access is a report as well."""
    judged = JUDGED.replace("t1; t2", "t1; t2; t3; effort:p-2").replace("2030-04-01", "2030-03-05")
    (desk / "judged.csv").write_text(judged, encoding="utf-8")
    run("import tanks.csv --zone Etc/GMT-2 -o tanks.parquet")
    result = run(f"{CHECK.replace('tanks.csv', name)} {more} --json -o rows.csv")

    assert (result.exit_code, "TL-S204" in result.stderr) == (0, False)
    assert json.loads(result.stdout)["unmatched_judgements"] == []


def test_rows_that_were_refused_are_named_where_a_report_is_missed(run, desk):
    """It may be one of them."""
    (desk / "tanks.csv").write_text(REPORTS.replace("t3,2030-03-09,20.5", "t3,2030-03-09,200.5"), encoding="utf-8")
    (desk / "judged.csv").write_text(JUDGED.replace("t2", "t3"), encoding="utf-8")

    assert "; 1 row of the reports was refused, and it may be there" in run(CHECK).stderr


def test_of_many_lost_judgements_the_first_are_named(run, desk):
    """And the others are counted."""
    rows = "".join(f"k-{number},same,t1; x{number},desk officer,2030-04-01,slip\n" for number in range(13))
    (desk / "judged.csv").write_text(JUDGED + rows, encoding="utf-8")
    told = run(CHECK).stderr

    assert told.count("judgement k-") == 10
    assert "... and 3 more judgements with TL-S204" in told


@pytest.mark.parametrize(
    ("options", "code", "exit_code"),
    [
        ("--effort nowhere.csv", "TL-R001", 2), ("--accounts -", "TL-E918", 2), ("--accounts rows.txt", "TL-E918", 2),
        ("--accounts rows.csv -o rows.csv", "TL-E918", 2), ("--accounts tanks.csv", "TL-E923", 2),
        ("--effort effort.csv --accounts effort.csv", "TL-E923", 2),
    ],
)  # fmt: skip
def test_files_that_cannot_be_are_refused(run, options, code, exit_code):
    """Before anything is read."""
    result = run(f"check terms.yaml tanks.csv {options}")

    assert (result.exit_code, code in result.stderr) == (exit_code, True)


def test_a_row_that_cannot_be_read_stops_the_check(run, desk):
    """A record that is left out in silence would change what is said: all faults of both files come at once."""
    (desk / "effort.csv").write_text(EFFORT.replace("2030-03-12", "12/03/2030"), encoding="utf-8")
    (desk / "judged.csv").write_text(JUDGED.replace("two columns at one time", ""), encoding="utf-8")
    result = run(CHECK)

    assert result.exit_code == 3
    assert "effort.csv row 2 column from: TL-S105" in result.stderr
    assert "judged.csv row 1: TL-S403" in result.stderr


def test_ground_that_nobody_knows_is_a_wrong_call(run, desk):
    """The record is named."""
    (desk / "effort.csv").write_text(EFFORT.replace(",tanks,", ",lake,"), encoding="utf-8")
    result = run(CHECK)

    assert result.exit_code == 2
    assert "effort p-2: TL-E942 the terms have no ground 'lake'" in result.stderr


def test_an_empty_file_of_effort_is_no_file_of_terms(run, desk):
    """What to write into it is said of this kind of file."""
    (desk / "empty.yaml").touch()
    result = run("check terms.yaml tanks.csv --effort empty.yaml")

    assert result.exit_code == 3
    assert result.stderr == "empty.yaml:1:1: TL-E001 the file is empty; write one entry per record, each after '- '\n"


def test_the_command_for_a_page_takes_who_watched_too(run, desk):
    """What all reports say together stands on it, and it names the files; a wrong name is a wrong call."""
    line = CHECK.replace("check", "report", 1)
    assert run(f"{line} -o report.html").exit_code == 0
    page = (desk / "report.html").read_text(encoding="utf-8")

    assert 'id="together"' in page
    assert "2 + 2 = 4 surely inside" in page
    assert "effort.csv" in page
    assert "judged.csv" in page
    assert run(f"{line} -o effort.html").exit_code == 0
    assert "TL-R001" in run("report terms.yaml tanks.csv --effort nowhere.csv -o report.html").stderr
