"""What the monitors saw, held against the agreement: no verdict contradicts them, and what is not known is said."""

import csv
from pathlib import Path

import pytest

import truceline as tl

FOLDER = Path(__file__).parent.parent / "examples" / "minsk-2"
CLAUSE = {"gun": "w50", "mlrs": "w70", "tank": "w15", "apc": "w15"}
SIDE = {"GCA": "government", "NGCA": "formations"}


@pytest.fixture(scope="module")
def seen():
    """Give each observation, with the verdict and the reasons of the clause of its weapon under each reading."""
    deal = tl.load("library:minsk-2")
    reports = tl.read_reports(FOLDER / "observations.csv", places=FOLDER / "places.csv", agreement=deal)
    told = {}
    for row in tl.check(deal, reports).findings.to_pylist():
        told.setdefault((row["report"], row["provision"]), []).append(row)
    with (FOLDER / "observations.csv").open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    return [(row, told[row["report"], f"{CLAUSE[row['thing']]}@{SIDE[row['controlled']]}"]) for row in rows]


def test_no_verdict_contradicts_the_monitors(seen):
    """On either side: where they saw a violation no reading clears it, and where they saw none no reading finds one."""
    against = {"violation": "no_violation"}
    wrong = [
        (row["report"], one["reading"])
        for row, findings in seen
        for one in findings
        if one["verdict"] == against.get(row["monitors_verdict"], "violation")
    ]

    assert len(seen) == 19
    assert wrong == []


def test_what_the_government_holds_waits_for_places(seen):
    """Three observations: two in a village that the gazetteer lacks, one known to a direction and a distance."""
    text = {
        row["report"]: one["reasons"].split(";")
        for row, findings in seen
        if row["controlled"] == "GCA"
        for one in findings
        if one["reading"] == "text"
    }

    assert text == {
        "smm-001": ["report_unplaced"], "smm-002": ["report_unplaced"], "smm-003": ["report_too_coarse"],
    }  # fmt: skip


def test_the_other_line_is_not_public(seen):
    """What the formations hold is measured from a line that nobody published: never a yes or a no, and it says so."""
    found = [
        (row["report"], one)
        for row, findings in seen
        if row["controlled"] == "NGCA"
        for one in findings
        if one["verdict"] != "not_applicable"
    ]
    silent = {
        report for report, one in found if not {"line_undisclosed", "report_unplaced"} & {*one["reasons"].split(";")}
    }

    assert {one["verdict"] for _, one in found} == {"indeterminate"}
    assert silent == set()
