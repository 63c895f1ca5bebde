"""Files of statements: good rows load, bad ones are listed, and the 33 statements of the example have their origins."""

from __future__ import annotations

import gzip
import json
import tempfile
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from truceline.errors import EvidenceError
from truceline.evidence.origins import origins
from truceline.evidence.slips import slips
from truceline.formats.statements_file import read_statements
from truceline.formats.statements_sheet import from_sheet

EXAMPLE = Path(__file__).parents[2] / "examples" / "south-syria-2017" / "statements.csv"
ROWS = [
    {"id": "n-1", "chain": "Ada North>Agency", "stance": "offers", "value": "5 km"},
    {"id": "n-2", "chain": "Ada North>Agency>Herald", "stance": "offer", "value": "3 leagues"},
    {"id": "n-1", "chain": "?>Blog", "stance": "offers"},
    {"id": "n-3", "chain": "?>Blog", "stance": "offers", "colour": "red"},
]


def written(path, text):
    """Write a file and read it."""
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return read_statements(path)


def as_csv(rows):
    """Write rows as CSV."""
    names = list(dict.fromkeys(name for row in rows for name in row))
    return "\n".join([",".join(names), *(",".join(row.get(name, "") for name in names) for row in rows)]) + "\n"


@pytest.mark.parametrize(
    ("ending", "text"),
    [
        (".csv", as_csv(ROWS)),
        (".jsonl", "\n".join(map(json.dumps, ROWS)) + "\n\n"),
        (".json", json.dumps(ROWS)),
        (".yaml", "\n".join("- " + json.dumps(row) for row in ROWS)),
        (".jsonl.gz", gzip.compress("\n".join(map(json.dumps, ROWS)).encode())),
    ],
)
def test_every_kind_of_file_reads_alike(tmp_path, ending, text):
    """Two statements load, two are left out, and each fault says where it stands and what to do."""
    read = written(tmp_path / f"said{ending}", text)

    assert [each.id for each in read.statements] == ["n-1", "n-3"]
    assert [(row.row, [fault.code for fault in row.faults]) for row in read.rejected] == [
        (2, ["TL-S103", "TL-S104"]), (3, ["TL-S201", "TL-S102"])
    ]  # fmt: skip
    assert [fault.code for fault in read.warned] == ["TL-S201"]
    assert [fault.code for fault in read.remarks] == ["TL-S301"]
    assert len(read.faults) == 6
    assert all(fault.remedy and "row" in fault.at for fault in read.faults[1:])
    assert "leagues" in read.rejected[0].original


def test_lists_may_stand_where_words_do(tmp_path):
    """In JSON and YAML a chain and whatever has several words may be lists; null is an empty cell."""
    row = {"id": "n-1", "chain": ["named", "Agency", "Herald"], "person": ["Ada North", "Bo South"], "stance": "states",
           "modes": ["future"], "value": 5, "url": None}  # fmt: skip
    read = written(tmp_path / "said.jsonl", json.dumps(row | {"value": "5 km"}))

    assert str(read.statements[0].chain) == "named>Agency>Herald"
    assert [each.person for each in read.statements[0].speakers] == ["Ada North", "Bo South"]
    assert (
        written(tmp_path / "said.jsonl", json.dumps(row)).rejected[0].faults[0].what.endswith("'5'; add the unit")
        is False
    )


@pytest.mark.parametrize(
    ("line", "why"),
    [
        ("[1]", "no mapping"),
        ("{", "no proper row"),
        ('{"id": "a", "id": "b"}', "twice"),
        ('{"id": NaN}', "NaN is no number"),
        ('{"id": true}', "neither words nor a list"),
        ('{"id": ["a", ["b"]]}', "neither words nor a list"),
        ('{"id": "\\ud83d"}', "surrogates"),
        ("[" * 100_000, "nested too deeply"),
        ('{"value": ' + "9" * 5000 + ', "id": "a", "stance": "states"}', "neither a distance nor a date"),
    ],
)
def test_a_bad_line_is_listed_and_the_next_one_loads(tmp_path, line, why):
    """One line that is no statement takes nothing else with it."""
    read = written(tmp_path / "said.jsonl", f"{line}\n{json.dumps(ROWS[0])}")

    assert why in " ".join(map(str, read.rejected[0].faults))
    assert (read.rejected[0].row, read.rejected[0].original) == (1, line)
    assert [each.id for each in read.statements] == ["n-1"]


@pytest.mark.parametrize(
    ("name", "text", "code"),
    [
        ("said.txt", "", "TL-S001"),
        ("said.csv", "speaker,words\na,b\n", "TL-S002"),
        ("said.csv", "id,words\na,b\n", "TL-S002"),
        ("said.csv", "", "TL-R001"),
        ("said.jsonl", b"\0", "TL-R003"),
        ("said.yaml", "id: n-1", "TL-S003"),
        ("said.yaml", "- &a {id: n-1}", "TL-E005"),
    ],
)
def test_a_file_that_cannot_be_read_is_refused(tmp_path, name, text, code):
    """The error says which code it has; nothing is half read."""
    with pytest.raises(EvidenceError) as caught:
        written(tmp_path / name, text)

    assert caught.value.faults[0].code == code


def test_a_yaml_row_that_is_no_mapping_is_listed(tmp_path):
    """It is named by line and column."""
    read = written(tmp_path / "said.yml", "- words\n- {id: n-1, chain: '?>Blog', stance: states}\n")

    assert str(read.rejected[0].faults[0]).startswith("said.yml:1:3 row 1: TL-S110")
    assert len(read.statements) == 1


def test_rows_that_a_csv_lost_are_listed(tmp_path):
    """A row with a cell too many is no statement, and does not vanish."""
    read = written(tmp_path / "said.csv", "id,chain,stance\nn-1,?>Blog,states,more\nn-2,?>Blog,states\n")

    assert [(row.row, row.faults[0].code) for row in read.rejected] == [(1, "TL-R101")]
    assert [each.id for each in read.statements] == ["n-2"]


def test_an_empty_file_is_told(tmp_path):
    """A header and nothing below it is no fault, and is said."""
    assert [fault.code for fault in written(tmp_path / "said.csv", "id,chain\n").remarks] == ["TL-S302"]


@given(
    st.lists(
        st.dictionaries(st.sampled_from(["id", "chain", "stance", "value", "said"]), st.text(max_size=8)), max_size=5
    )
)
def test_every_row_is_accounted_for(rows):
    """Whatever the rows hold, each is a statement or is listed with a reason."""
    with tempfile.TemporaryDirectory() as folder:
        read = written(Path(folder) / "said.jsonl", "\n".join(map(json.dumps, rows)))

    assert len(read.statements) + len(read.rejected) == len(rows)
    assert all(row.faults for row in read.rejected)


@pytest.mark.parametrize(
    ("cells", "ours"),
    [
        ({"speaker": "(unattributed)", "chain": "?>Blog"}, {"person": None, "description": None}),
        ({"speaker": "official (anon.)", "chain": "official>Blog"}, {"description": "official"}),
        ({"speaker": "(photos)", "speaker_affil": "?", "chain": "Agency>Blog"}, {"description": "photos", "body": ""}),
        ({"speaker": "Ada and Bo", "speaker_affil": "N,S", "chain": "joint statement>Blog"},
         {"person": "Ada; Bo", "body": "N; S"}),
        ({"speaker": "Ada and Bo", "speaker_affil": "N", "chain": "named>Blog"}, {"body": "-; -"}),
        ({"value_min": "3.0", "value_max": "4.50", "unit": "mi"}, {"value": "3..4.5 mi"}),
        ({"value_min": "10", "unit": "km"}, {"value": "10 km"}),
        ({"value_max": "100.0", "unit": "km"}, {"value": "100 km"}),
        ({"kind": "demand"}, {"stance": "demands"}),
        ({"kind": "rumour"}, {"stance": "rumour"}),
        ({"kind": "", "category": "AGREE"}, {"stance": None, "category": "AGREE"}),
        ({"kind": "demand", "stance": "not_bound"}, {"stance": "not_bound"}),
    ],
)  # fmt: skip
def test_a_sheet_in_another_layout(cells, ours):
    """Each of its columns becomes ours, and what stands in our own columns goes before."""
    read = from_sheet({"stmt_id": "n-1"} | cells)

    assert {name: read.get(name) for name in ours} == ours
    assert read["id"] == "n-1"


@pytest.fixture(scope="module")
def example():
    """Read the statements of the example."""
    return read_statements(EXAMPLE)


def test_the_example_loads_whole(example):
    """33 statements, none left out, and nothing doubtful but that nobody is said to have said ten of them."""
    assert (len(example.statements), example.rejected, example.remarks) == (33, (), ())
    assert {fault.code for fault in example.warned} == {"TL-S201"}
    assert len(example.warned) == 10


def test_what_comes_from_one_paper_is_one_origin(example):
    """All six rows that come from Haaretz have one origin, as have the five that have one official through Reuters."""
    paper = [each for each in example.statements if "Haaretz" in map(str, each.chain.first)]
    agency = [each for each in example.statements
              if "Reuters" in map(str, each.chain.first) and str(each.published).startswith("2017")]  # fmt: skip

    assert [each.id for each in paper] == [f"ss-0{number}" for number in range(2, 8)]
    assert [each.id for each in agency] == ["ss-15", "ss-16", "ss-18", "ss-20", "ss-28"]
    assert origins(paper).count == origins(agency).count == 1


def test_the_range_credited_to_two_sides_is_a_conflict(example):
    """5 to 30 km is credited to officials of two sides: one origin, and the conflict is shown."""
    found = origins([each for each in example.statements if each.claim == "range_5_30"])

    assert found.count == 1
    assert {found.conflicts[0].one.statements, found.conflicts[0].other.statements} == {("ss-13",), ("ss-18", "ss-28")}


def test_the_slips_of_the_example(example):
    """The line that became the border, 30 km that became 18 miles, and the past that became a future."""
    found = [slip for claim in ("granted_5", "range_5_30", "withdrawn_85")
             for slip in slips(each for each in example.statements if each.claim == claim)]  # fmt: skip

    assert ("line", "ss-03", "ss-07") in [(slip.field, slip.one, slip.other) for slip in found]
    assert ("value", "ss-18", "ss-20") in [(slip.field, slip.one, slip.other) for slip in found]
    assert [slip.became for slip in found if slip.field == "mode"] == ["future"]
