"""Files of effort, in every form that rows of words have."""

import json

import pytest

from truceline.errors import EvidenceError
from truceline.formats.effort_file import effort_from_rows, read_efforts

ROWS = [
    {"id": "p-1", "by": "patrols", "from": "2031-06-01", "until": "2031-06-02", "zone": "strip", "complete": "yes",
     "shows": "presence"},
    {"id": "p-2", "by": "patrols", "from": "2031-06-03", "until": "2031-06-03", "zone": "strip", "denied": "yes"},
]  # fmt: skip


@pytest.fixture(params=["csv", "jsonl", "yaml"])
def path(request, tmp_path):
    """Write the same rows in each form."""
    file = tmp_path / f"effort.{request.param}"
    columns = ("id", "by", "from", "until", "zone", "complete", "denied", "shows")
    lines = {
        "csv": [",".join(columns), *(",".join(row.get(name, "") for name in columns) for row in ROWS)],
        "jsonl": [json.dumps(row) for row in ROWS],
        "yaml": [f"- {json.dumps(row)}" for row in ROWS],
    }
    file.write_text("\n".join(lines[request.param]) + "\n")
    return file


def test_every_form_gives_the_same_records(path):
    """In their order, with the rows as they were written beside them."""
    read = read_efforts(path)

    assert read.records == effort_from_rows(ROWS, "rows").records
    assert [row["id"] for row in read.rows] == ["p-1", "p-2"]
    assert read.faults == ()


def test_a_bad_row_is_left_out_and_named(tmp_path):
    """With its row and column; a second row of one id is left out too, and a strange column is remarked on."""
    file = tmp_path / "effort.csv"
    file.write_text(
        "id,by,from,until,zone,colour\np,a,2031,2031,strip,red\np,a,2031,2031,strip,\nq,a,later,2031,strip,\n"
    )
    read = read_efforts(file)

    assert [record.id for record in read.records] == ["p"]
    assert [(row.row, [fault.code for fault in row.faults]) for row in read.rejected] == [
        (2, ["TL-S102"]),
        (3, ["TL-S105"]),
    ]
    assert [fault.code for fault in read.remarks] == ["TL-S301"]


def test_a_file_without_its_columns_is_refused(tmp_path):
    """Whoever watched, and when, has to be there."""
    file = tmp_path / "effort.csv"
    file.write_text("id,zone\np,strip\n")

    with pytest.raises(EvidenceError, match=r"TL-S002.*zone; who watched has a row .* if this is a file of reports"):
        read_efforts(file)
