"""Files of judgements and grades; rows of all kinds without a file; and sheets that are filled in."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from truceline.errors import EvidenceError
from truceline.evidence.decision_words import JUDGEMENT_COLUMNS
from truceline.evidence.statement_words import STATEMENT_COLUMNS
from truceline.formats.grades_file import grades_from_rows, read_grades
from truceline.formats.judgement_sheet import SHEET, write_sheet
from truceline.formats.judgements_file import judgements_from_rows, read_judgements
from truceline.formats.statements_file import read_statements, statements_from_rows, statements_in
from truceline.formats.statements_sheet import SHEET_COLUMNS

EXAMPLE = Path(__file__).parents[2] / "examples" / "south-syria-2017" / "statements.csv"
DECIDED = {"by": "desk officer", "decided": "2030-03-06", "why": "one shot, two logs"}
JUDGEMENTS = [
    {"id": "j-1", "kind": "same", "about": "a; b"} | DECIDED,
    {"id": "j-2", "kind": "not_same", "about": ["a", "b"], "replaces": "j-1", "decided": "2030-03-07"} | DECIDED,
    {"id": "j-1", "kind": "same", "about": "b; c"} | DECIDED,
    {"id": "j-3", "kind": "same", "about": "a; c", "by": "", "why": None},
    {"id": "j-4", "about": "d; e", "reasons": "near", "colour": "red"},
]
GRADES = [
    {"of": "n-1", "grade": "b2"} | DECIDED,
    {"of": "n-1", "grade": "B2"} | DECIDED,
    {"of": "n-2", "grade": "good"},
]


def as_csv(rows):
    """Write rows as CSV; lists with ``;``."""
    names = list(dict.fromkeys(name for row in rows for name in row))
    text = io.StringIO()
    writer = csv.DictWriter(text, names)
    writer.writeheader()
    writer.writerows(
        {name: "; ".join(cell) if isinstance(cell, list) else cell for name, cell in row.items()} for row in rows
    )
    return text.getvalue()


@pytest.fixture(params=[".csv", ".jsonl", ".yaml", ".json"])
def saved(request, tmp_path):
    """Save rows in one of the kinds of files."""

    def save(rows):
        path = tmp_path / f"desk{request.param}"
        lines = list(map(json.dumps, rows))
        texts = {".csv": as_csv(rows), ".jsonl": "\n".join(lines), ".json": json.dumps(rows),
                 ".yaml": "\n".join(f"- {line}" for line in lines)}  # fmt: skip
        path.write_text(texts[request.param], encoding="utf-8")
        return path

    return save


def test_a_file_of_judgements(saved):
    """Good rows load, bad ones are listed, rows that nobody has filled in are neither."""
    read = read_judgements(saved(JUDGEMENTS))

    assert [(each.id, each.kind, each.replaces) for each in read.judgements] == [
        ("j-1", "same", ""), ("j-2", "not_same", "j-1")
    ]  # fmt: skip
    assert [(row.row, [fault.code for fault in row.faults]) for row in read.rejected] == [
        (3, ["TL-S102"]), (4, ["TL-S403", "TL-S403"])
    ]  # fmt: skip
    assert read.undecided == 1
    assert [fault.code for fault in read.remarks] == ["TL-S301", "TL-S303"]
    assert read.rows[0] == JUDGEMENTS[0]


def test_a_file_of_grades(saved):
    """Several grades of one statement are no fault; what is no grade is listed with its place."""
    read = read_grades(saved(GRADES))

    assert [(each.of, each.grade) for each in read.grades] == [("n-1", "B2"), ("n-1", "B2")]
    assert [fault.code for row in read.rejected for fault in row.faults] == ["TL-S402"]
    assert "row 3" in read.faults[0].at
    assert read.rows == tuple(GRADES[:2])


@pytest.mark.parametrize(
    ("read", "text", "code"),
    [
        (read_judgements, "id,kind\nj-1,same\n", "TL-S002"),
        (read_grades, "id,grade\nn-1,B2\n", "TL-S002"),
        (read_grades, "", "TL-R001"),
    ],
)
def test_a_file_without_our_columns_is_refused(tmp_path, read, text, code):
    """The missing column is named."""
    path = tmp_path / "desk.csv"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(EvidenceError) as caught:
        read(path)

    assert caught.value.faults[0].code == code
    assert code != "TL-S002" or "add the column" in caught.value.faults[0].remedy


@pytest.mark.parametrize("path", ["notes.txt", "notes.gz", "notes"])
def test_another_ending_is_refused(path):
    """Which kind of file it is is said by its ending."""
    for read in (read_statements, read_judgements, read_grades):
        with pytest.raises(EvidenceError, match="TL-S001"):
            read(path)


def test_an_empty_file_is_told(saved):
    """No rows are no fault, and are said."""
    path = saved([])
    if path.suffix in (".json", ".yaml"):
        path.write_text("[]", encoding="utf-8")
    elif path.suffix == ".csv":
        path.write_text("of,grade\n", encoding="utf-8")
    read = read_grades(path)

    assert (read.grades, [fault.code for fault in read.remarks]) == ((), ["TL-S302"])


def test_rows_of_the_example_read_back_the_same():
    """What a ledger keeps of each statement gives the same statement again."""
    read = read_statements(EXAMPLE)
    again = statements_from_rows(read.rows, "ledger")

    assert again.statements == read.statements
    assert again.rows == read.rows
    assert again.rejected == ()
    assert all(all(cell for cell in row.values()) for row in read.rows)


def test_a_row_that_is_no_statement_is_named_by_its_id():
    """A fault of a row without a file says of which record it is."""
    rows = [{"id": "n-1", "chain": "?>Blog", "stance": "stats"}, {"stmt_id": "n-2", "chain": ["?", {}]}, {"chain": ""}]
    read = statements_from_rows(rows, "ledger")

    assert [row.faults[0].at for row in read.rejected] == [
        "ledger statement n-1 column person", "ledger statement n-2", "ledger row 3 column id"
    ]  # fmt: skip
    assert json.loads(read.rejected[1].original)["chain"] == ["?", {}]


def test_a_pipe_says_by_its_first_sign_what_it_is():
    """CSV, JSON lines and JSON."""
    row = {"id": "n-1", "chain": "?>Blog", "stance": "states"}
    texts = (as_csv([row]), json.dumps(row), f"\n {json.dumps([row])}")

    assert {statements_in(text.encode(), "standard input").statements for text in texts} == {
        statements_from_rows([row], "x").statements
    }


cells = st.one_of(
    st.text(max_size=5), st.sampled_from(["same", "a; b", "desk", "2030-03-06", "states", "?>Blog", "5 km"])
)


@given(st.lists(st.dictionaries(st.sampled_from((*STATEMENT_COLUMNS, *SHEET_COLUMNS)), cells), max_size=4))
def test_statements_as_written_read_back_the_same(rows):
    """Of whatever rows: those that load give the same statements when they are read once more, and no cell is lost."""
    read = statements_from_rows(rows, "ledger")
    again = statements_from_rows(read.rows, "ledger")

    assert (again.statements, again.rows, again.rejected) == (read.statements, read.rows, ())
    assert len(read.statements) + len(read.rejected) == len(rows)
    assert all({name: cell for name, cell in row.items() if cell} in [
        {name: cell for name, cell in given.items() if cell} for given in rows] for row in read.rows)  # fmt: skip


@given(st.lists(st.dictionaries(st.sampled_from(JUDGEMENT_COLUMNS), cells), max_size=4))
def test_judgements_as_written_read_back_the_same(rows):
    """As statements do; what was replaced stands before what replaces it."""
    read = judgements_from_rows(rows, "ledger")
    again = judgements_from_rows(read.rows, "ledger")

    assert (again.judgements, again.rows) == (read.judgements, read.rows)
    assert len(read.judgements) + len(read.rejected) + read.undecided == len(rows)


def test_grades_as_written_read_back_the_same():
    """As statements do."""
    read = grades_from_rows([{"of": "n-1", "grade": "B2", "why": "", **DECIDED}], "ledger")

    assert grades_from_rows(read.rows, "ledger").grades == read.grades
    assert len(read.grades) == 1


def test_a_sheet_is_filled_in_and_read_back(tmp_path):
    """Empty rows are undecided; a row that somebody fills in is a judgement; commas and line ends are kept."""
    rows = [{"id": f"pair-{number}", "about": "a, x; b", "one": 'a "post",\nheld'} for number in (1, 2)]
    file = io.BytesIO()

    assert write_sheet(rows, file) == 2
    path = tmp_path / "pairs.csv"
    path.write_bytes(file.getvalue())
    assert (read_judgements(path).undecided, read_judgements(path).judgements) == (2, ())
    filled = list(csv.DictReader(io.StringIO(file.getvalue().decode())))
    filled[1] |= {"kind": "same"} | DECIDED
    path.write_text(as_csv(filled), encoding="utf-8")
    read = read_judgements(path)
    assert (read.judgements[0].about, read.undecided) == (("a, x", "b"), 1)
    assert [fault.code for fault in read.faults] == ["TL-S303"]
    assert list(filled[0]) == list(SHEET)
