"""`truceline origins`: who first said it, however many carry it."""

import json
from pathlib import Path

import pytest

import truceline as tl
from truceline.errors import UsageError
from truceline.formats.statements_file import read_statements

EXAMPLE = Path(__file__).parents[2] / "examples" / "south-syria-2017" / "statements.csv"
ADA = {"person": "Ada North", "body": "Northbank", "claim": "depth", "about": "readings.north", "stance": "interprets"}
ROWS = [
    {"id": "n-1", "chain": "named>Agency", "value": "5 km", "words": "five kilometres", "line": "the river",
     "published": "2030-02-20", "outlet": "Agency", "url": "https://agency.example/1", "language": "en",
     "quote": "keep five kilometres away", "sha256": "0" * 64, "fact": "forces stay away"} | ADA,
    {"id": "n-2", "chain": "named>Agency>Herald", "value": "3 mi", "line": "the border", "published": "2030-02-21",
     "outlet": "Herald", "language": "ar", "hedge": "reportedly"} | ADA,
    {"id": "n-3", "chain": "named>Wire", "person": "Bo South", "body": "Southbank", "claim": "depth",
     "about": "readings.south", "stance": "interprets", "value": "5..7 km", "line": "the river",
     "published": "2030-02-22"},
    {"id": "n-4", "chain": "?>Blog", "claim": "depth", "stance": "interprets", "value": "5 km",
     "published": "2030-03-22"},
    {"id": "n-5", "chain": "?>Gazette>Tribune", "claim": "bases", "stance": "forecasts", "published": "2030-03-01"},
    {"id": "n-6", "chain": "?>Tribune>Gazette", "claim": "bases", "stance": "forecasts", "published": "2030-03-02"},
    {"id": "n-7", "chain": "official>Secret Paper", "description": "a clerk", "claim": "depth", "stance": "denies",
     "value": "4 km", "line": "the mill", "published": "2030-03-02", "url": "https://secret.example",
     "release": "protected", "fact": "the clerk said so"},
    {"id": "n-8", "chain": "Cy East>Mail?", "stance": "states", "outlet": "Mail", "quote": "a quote",
     "fact": "a lone word"},
    {"id": "n-9", "chain": "official>Mail", "body": "Northbank", "description": "an aide", "claim": "guard",
     "stance": "denies", "modes": "future", "polarity": "opposed", "value": "40 km", "published": "2030-02-25"},
    {"id": "p-1", "chain": "official>Echo", "body": "Southbank", "description": "a clerk", "claim": "guard",
     "category": "REJECT", "value": "40 km", "published": "2030-02-25"},
    {"id": "p-2", "chain": "official>Echo", "body": "Southbank", "description": "a clerk", "claim": "guard",
     "category": "REJECT", "published": "2030-02-25"},
]  # fmt: skip
SAID = "\n".join(map(json.dumps, ROWS))
DEPTH = """\
depth: 2 origins behind 5 statements in 5 outlets (about readings.north, readings.south)
  origin 1
    Ada North, Northbank
      first carried by Agency; published by Agency (en) [n-1], Herald (ar) [n-2]
  origin 2
    Bo South, Southbank
      carried by Wire [n-3]
  counted for nobody, for it may go back to an origin above
    unattributed
      carried by Blog [n-4]
    protected [n-7]
  unit: changed after Agency
    "5 km" [n-1]
    became "3 mi" [n-2]
  line: changed after Agency
    "the river" [n-1]
    became "the border" [n-2]
  the figure 5 km (3.1 miles)
    [n-1] Agency, 2030-02-20, interprets, "five kilometres" from "the river"
      forces stay away
      Ada North, Northbank > Agency
      "keep five kilometres away" (copy 000000000000)
      https://agency.example/1
    [n-2] Herald, 2030-02-21, interprets, 3 mi from "the border"
      Ada North, Northbank > Agency > Herald (reportedly)
    [n-4] Blog, 2030-03-22, interprets
      unattributed > Blog
  the figure 5 to 7 km (3.1 to 4.3 miles)
    [n-3] Wire, 2030-02-22, interprets, from "the river"
      Bo South, Southbank > Wire
  graded, source and information
    [n-1] B1, usually reliable, confirmed by other sources: desk officer, 2030-04-01: two named speakers
    [n-1] C3, fairly reliable, possibly true: reviewer, 2030-04-02: hearsay
    [n-2, n-3, n-4, n-7] F6: nobody has graded them
  judged, which changes no count
    [j-1] n-4 said or done by Ada North: yes: desk officer, 2030-04-01: the wording is hers
    [j-2] n-1 and n-2 are one: desk officer, 2030-04-01: one interview
    [j-3] n-1 and n-2 are not one: reviewer, 2030-04-02: two interviews
    contested: n-1 and n-2 (j-2, j-3), not joined

4 of 5 statements keep no quote that could be looked up again.
Graded or judged, and no statement here: n-77.
"""
DESK = """\
id,kind,about,what,answer,by,decided,why,replaces
j-1,attribution,n-4,Ada North,yes,desk officer,2030-04-01,the wording is hers,
j-2,same,n-1; n-2,,,desk officer,2030-04-01,one interview,
j-3,not_same,n-1; n-2,,,reviewer,2030-04-02,two interviews,
j-4,attribution,n-77,Ada North,no,reviewer,2030-04-02,elsewhere,
j-5,same,n-1,,,,,,
"""
GRADES = """\
of,grade,by,decided,why
n-1,B1,desk officer,2030-04-01,two named speakers
n-1,C3,reviewer,2030-04-02,hearsay
n-5,A1,reviewer,2030-04-02,two papers
n-2,,,,
"""


@pytest.fixture
def papers(desk):
    """Lay out statements, judgements and grades."""
    for name, text in {"said.jsonl": SAID, "desk.csv": DESK, "grades.csv": GRADES}.items():
        (desk / name).write_text(text, encoding="utf-8")
    return desk


def found(run, *options):
    """Run the command and give its claims by name."""
    claims = json.loads(run(["origins", *options, "--json"]).stdout)["claims"]
    return {claim["claim"]: claim for claim in claims}


@pytest.mark.parametrize("carrier", ["Haaretz", "Reuters"])
def test_every_row_from_one_carrier_has_one_origin(run, carrier):
    """All rows of the example that come from one paper, and all that come from one agency in 2017, are one origin."""
    claims = found(run, str(EXAMPLE))
    through = [each.id for each in read_statements(EXAMPLE).statements
               if carrier in map(str, each.chain.first) and str(each.published).startswith("2017")]  # fmt: skip

    assert len(through) == {"Haaretz": 6, "Reuters": 5}[carrier]
    for claim in claims.values():
        mine = {each["id"] for each in claim["statements"]} & set(through)
        holding = [origin for origin in claim["origins"] if mine & set(origin["statements"])]
        assert [set(origin["statements"]) >= mine for origin in holding] == [True] * bool(mine)
        assert not mine or claim["count"] == 1


def test_rows_from_one_carrier_are_one_origin_together(run, desk):
    """Put under one claim, the six rows from one paper still have one origin, and its five carriers are named."""
    rows = [dict(row) | {"claim": "all"} for row in read_statements(EXAMPLE).rows if ">Haaretz" in row["chain"]]
    (desk / "paper.jsonl").write_text("\n".join(map(json.dumps, rows)), encoding="utf-8")
    claim = found(run, "paper.jsonl")["all"]

    assert (claim["count"], len(claim["statements"])) == (1, 6)
    assert len(claim["origins"][0]["voices"]) == 1
    assert {each["publisher"] for each in claim["origins"][0]["voices"][0]["carried"]} == {
        "ToI", "Al-Manar", "Worthy News", "Shafaqna"
    }  # fmt: skip


def test_the_example_is_told_whole(run):
    """Every statement stands in the table's counts and below; what nobody is said to have said is one line."""
    result = run(["origins", str(EXAMPLE)])

    assert result.exit_code == 0
    assert result.stdout.startswith("33 statements, 18 claims; none with two origins or more\n")
    assert all(f"[{each.id}]" in result.stdout for each in read_statements(EXAMPLE).statements)
    assert "credited to different speakers, which makes no second origin: the same figure" in result.stdout
    assert result.stderr.count("\n") == 1
    assert "10 rows" in result.stderr


@pytest.mark.parametrize("columns", ["80", "120"])
def test_no_line_is_wider_than_the_terminal(run, papers, monkeypatch, columns):
    """But for addresses, which are not broken."""
    monkeypatch.setenv("COLUMNS", columns)
    lines = run("origins said.jsonl --judgements desk.csv --grades grades.csv").stdout.splitlines()

    assert papers
    assert [line for line in lines if len(line) > int(columns) and "http" not in line] == []
    assert max(map(len, lines)) > int(columns) - 20


@pytest.mark.usefixtures("papers")
def test_what_is_told_of_a_claim(run):
    """Origins with their carriers, what changed, the figures with the way back, grades side by side, judgements."""
    told = run("origins said.jsonl --claim depth --judgements desk.csv --grades grades.csv").stdout

    assert told == DEPTH


@pytest.mark.usefixtures("papers")
def test_accounts_that_contradict_each_other(run):
    """Both are shown with what speaks for one saying; what each is, and to what it speaks, stands beside it."""
    told = run("origins said.jsonl --claim guard").stdout

    assert (
        "  credited to different speakers, which makes no second origin: the same figure\n"
        "    an aide (unnamed), Northbank [n-9]\n    a clerk (unnamed), Southbank [p-1, p-2]\n"
    ) in told
    assert "[n-9] Mail, 2030-02-25, denies, future, speaks against it\n" in told
    assert "  without a figure\n    [p-2] Echo, 2030-02-25, REJECT\n" in told


@pytest.mark.usefixtures("papers")
def test_a_circle_rests_on_itself(run):
    """No origin, the circle by name, and nobody confirms it."""
    told = run("origins said.jsonl --claim bases --grades grades.csv").stdout

    assert "bases: no origin behind 2 statements in 2 outlets\n  what it rests on\n" in told
    assert "a circle, in which each has it from the one before: Gazette > Tribune > Gazette\n" in told
    assert "refused, by reviewer: the grade A1 of n-5: TL-S401 1 means confirmed" in told
    assert found(run, "said.jsonl", "--grades", "grades.csv")["bases"]["refused"][0]["faults"][0]["code"] == "TL-S401"


@pytest.mark.usefixtures("papers")
def test_a_statement_without_a_claim_stands_alone(run):
    """It goes by its id; a carrier that is not certain is told as such; a quote without a copy too."""
    told = run("origins said.jsonl --claim n-8").stdout

    assert told.startswith(
        "n-8 (no claim): 1 origin behind 1 statement\n  [n-8] Mail, no date, states\n    a lone word\n"
    )
    assert '    Cy East > Mail (not certain)\n    "a quote" (no copy is known)\n' in told


@pytest.mark.usefixtures("papers")
def test_what_is_protected_is_not_shown(run):
    """Nothing of a protected statement goes out but its id, in no form; it counts all the same."""
    for form in ("table", "json"):
        told = run(f"origins said.jsonl --format {form}").stdout

        assert "n-7" in told
        assert not any(word in told for word in ("clerk said", "Secret", "secret.example", "the mill", "4 km"))
    assert {"id": "n-7", "release": "protected"} in found(run, "said.jsonl")["depth"]["statements"]


@pytest.mark.usefixtures("papers")
def test_as_known_on_a_day(run):
    """Later statements are left out and counted; those without a date are taken as known, and named."""
    told = run("origins said.jsonl --as-known 2030-02-21").stdout

    assert "depth: 1 origin behind 2 statements" in told
    assert "As known on 2030-02-21: 8 of 11 statements came later and are left out; taken as known" in told
    assert "they have no date: n-8." in told
    assert "they have no date" not in run("origins said.jsonl --as-known 2030-02-21 --claim depth").stdout


@pytest.mark.usefixtures("papers")
def test_only_what_is_about_something(run):
    """`--about` keeps the claims that bear on a part of the terms; both options narrow."""
    assert list(found(run, "said.jsonl", "--about", "readings.south")) == ["depth"]
    assert list(found(run, "said.jsonl", "--about", "readings.south", "--claim", "bases")) == []
    assert "0 claims" not in run("origins said.jsonl --about readings.south --claim bases").stdout


@pytest.mark.parametrize(
    ("line", "code", "told"),
    [
        (
            "origins said.jsonl --claim dept",
            2,
            "--claim: TL-E940 no statement has the claim 'dept'; did you mean 'depth'?",
        ),
        ("origins said.jsonl --about x", 2, "--about: TL-E940 no statement has anything about 'x'; choose among"),
        ("origins said.jsonl --as-known soon", 2, "--as-known: TL-E900 'soon' is no date"),
        ("origins gone.csv", 3, "gone.csv: TL-R001"),
        ("origins reports.parquet", 3, "TL-S001"),
        ("origins reports.csv said.jsonl", 3, "reports.csv: TL-S002"),
        ("origins said.jsonl --grades gone.csv", 2, "--grades gone.csv: TL-R001"),
        ("origins said.jsonl --judgements desk.csv -o desk.csv --format json", 2, "TL-E918"),
        ("origins said.jsonl -o said.jsonl", 2, "TL-E918"),
        ("origins said.jsonl --json -o told.txt", 2, "TL-E918"),
        ("origins - -", 2, "TL-E922"),
    ],
)
@pytest.mark.usefixtures("papers")
def test_what_is_refused(run, line, code, told):
    """A wrong call ends with 2, a file that cannot be understood with 3."""
    result = run(line)

    assert result.exit_code == code
    assert told in result.stderr


def test_into_a_file_and_through_a_pipe(run, papers):
    """The ending says what is written; a pipe gives the same."""
    shown = run("origins said.jsonl").stdout
    run("origins said.jsonl -o told.txt")
    run("origins said.jsonl -o told.json")
    piped = run("origins -", input=SAID.encode())

    assert (papers / "told.txt").read_text(encoding="utf-8") == shown == piped.stdout
    assert json.loads((papers / "told.json").read_text(encoding="utf-8"))["statements"] == 11
    assert "standard input row 4" in piped.stderr


def test_bad_rows_are_listed_and_good_ones_load(run, papers):
    """Of several files too; of two statements with one id the first counts."""
    (papers / "more.jsonl").write_text(
        '{"id": "n-1", "chain": "?>Blog", "stance": "states"}\n'
        '{"id": "n-12", "chain": "Di West>Sun", "claim": "depth"}\n'
        '{"id": "n-13", "chain": "Di West>Sun", "claim": "depth", "stance": "states"}\n', encoding="utf-8",
    )  # fmt: skip
    result = run("origins said.jsonl more.jsonl --claim depth --judgements desk.csv")

    assert "more.jsonl statement n-1: TL-S102 a row with this id stands before: in said.jsonl" in result.stderr
    assert "more.jsonl row 2 column category: TL-S109" in result.stderr
    assert "more.jsonl: 1 of 3 rows read, 2 left out" in result.stderr
    assert "desk.csv: 4 of 5 rows read, 1 left out" in result.stderr
    assert "depth: 3 origins behind 6 statements" in result.stdout


@pytest.mark.usefixtures("papers")
def test_from_python():
    """The same from files and from values; it prints what the command shows."""
    some = tl.origins("said.jsonl", "desk.csv", "grades.csv", claims=["depth"], as_known="2030-05-01")
    same = tl.origins(read_statements("said.jsonl").statements, about=["readings.north"])

    assert repr(some) == "<Origins of 1 claim, 1 with two origins or more>"
    assert str(some).startswith("depth: 2 origins behind 5 statements")
    assert [claim.name for claim in same.claims] == ["depth"]
    with pytest.raises(UsageError, match="TL-E940"):
        tl.origins("said.jsonl", claims=["x"])


@pytest.mark.usefixtures("papers")
def test_an_attribution_conflict_is_data_too(run):
    """Both accounts with their statements, and what speaks for one saying."""
    [conflict] = found(run, "said.jsonl")["guard"]["conflicts"]

    assert [conflict["one"]["speaker"], conflict["other"]["speaker"], conflict["why"]] == [
        "an aide (unnamed), Northbank", "a clerk (unnamed), Southbank", "the same figure"
    ]  # fmt: skip
