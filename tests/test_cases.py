"""Questions with the right answers, as a lawyer can read them, held against every engine.

A case names the question, its answer in words, the agreement (its terms, or a shipped example with other
courses of the lines), the reports, and what must come out: verdicts with their reasons, the fields that
decide between readings, demands, sweeps and shares.
"""

from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pytest
from ruamel.yaml import YAML

import truceline as tl
from truceline.basics.quantity import parse_distance
from truceline.engines.local import Checked, check_batch
from truceline.engines.setup import Setup, prepare
from truceline.engines.sweeping import SweepOptions, demands_table, sweep
from truceline.judge.share import disc_share
from truceline.locate.along import point_at
from truceline.locate.line import reference_line
from truceline.terms.shapes import LineShape

ROOT = Path(__file__).parent.parent
CASES = sorted((ROOT / "tests" / "cases" / "good").glob("*.yaml"))
Engine = Callable[[Setup, pa.Table], Checked]
ENGINES: Mapping[str, Engine] = {"local": check_batch}


def read(path: Path) -> dict[str, Any]:
    """Read a case."""
    return YAML(typ="safe", pure=True).load(path.read_text(encoding="utf-8"))


def agreement_of(case: Mapping[str, Any]) -> tl.Agreement:
    """Take the case's own terms, or a shipped example, with the lines where the case draws them."""
    shipped = ROOT / "examples" / case.get("example", "") / "terms.yaml"
    agreement = tl.load(shipped) if "example" in case else tl.loads(case["terms"])
    drawn = {f"lines.{name}": LineShape((np.array(course),), "case") for name, course in case.get("lines", {}).items()}
    return replace(agreement, shapes={**agreement.shapes, **drawn})


def report_of(said: Mapping[str, Any], case: Mapping[str, Any]) -> pa.Table:
    """Make a report; `at` places it beside a line that the case draws, which run north and east."""
    words = {key: value for key, value in said.items() if key != "at"}
    if "at" in said:
        course = np.array(case["lines"][said["at"]["line"]])
        plus = "east" if np.ptp(course[:, 0]) == 0 else "north"
        line = reference_line([course], plus=plus)
        lon, lat = point_at(line, [said["at"]["station_km"] * 1e3], [said["at"]["offset_km"] * 1e3])
        words |= {"lon": float(lon[0]), "lat": float(lat[0])}
    return tl.report(**{key: str(value) if key == "when" else value for key, value in words.items()})


def listed(value: Any) -> list[Any]:
    """Give one or several as a list."""
    return value if isinstance(value, list) else [value]


@pytest.fixture(scope="module", params=CASES, ids=lambda path: path.stem)
def case(request):
    """Give each case with its setup and its reports."""
    said = read(request.param)
    reports = pa.concat_tables([report_of(one, said) for one in said["reports"]])
    return said, prepare(agreement_of(said)), reports


@pytest.fixture(scope="module", params=list(ENGINES))
def checked(request, case):
    """Give each case as every engine checks it."""
    _, setup, reports = case
    return ENGINES[request.param](setup, reports)


def test_verdicts_and_reasons(case, checked):
    """Every verdict is the one of the answer, for its reasons (`includes` names some of them)."""
    rows = {(row["report"], row["provision"], row["reading"]): row for row in checked.findings.to_pylist()}
    faults = []
    for asked in case[0].get("expect", []):
        for reading in listed(asked["reading"]):
            row = rows[asked["report"], asked["provision"], reading]
            reasons = set(row["reasons"].split(";"))
            right = reasons == set(asked["reasons"]) if "reasons" in asked else reasons >= set(asked["includes"])
            if row["verdict"] != asked["verdict"] or not right:
                faults.append((asked["report"], reading, row["verdict"], sorted(reasons), asked))

    assert faults == []


def test_what_decides_between_readings(case, checked):
    """A report that depends on the reading names the fewest fields that flip its verdict."""
    found = {(one.report, one.provision): set(one.fields) for one in checked.disagreements}
    for asked in case[0].get("depends", []):
        fields = found[asked["report"], asked["provision"]]

        assert fields == set(asked["fields"]) if "fields" in asked else fields >= set(asked["includes"])


def test_demands_are_swept_and_never_judged(case, checked):
    """What was asked or offered is held against the reports: inside, outside or unknown."""
    rows = {(row["report"], row["demand"]): row["inside"] for row in demands_table(checked).to_pylist()}
    provisions = set(checked.findings.column("provision").to_pylist())
    for asked in case[0].get("demands", []):
        for demand in listed(asked["demand"]):
            assert rows[asked["report"], demand] == asked["inside"], demand
            assert demand not in provisions


def test_offsets_are_intervals(case, checked):
    """The offset of a report is the interval of the answer, to a metre."""
    ids = checked.report_ids.to_pylist()
    for name, lines in case[0].get("offsets_km", {}).items():
        for line, (low, high) in lines.items():
            offsets = checked.places.lines[checked.setup.book.lines.index(line)]
            row = ids.index(name)

            assert (offsets.low[row] / 1e3, offsets.high[row] / 1e3) == pytest.approx((low, high), abs=1e-3)


def test_shares_stand_beside_the_verdict(case, checked):
    """The share of a disc within a band is the one of the answer, in per cent."""
    ids = checked.report_ids.to_pylist()
    for asked in case[0].get("shares", []):
        offsets = checked.places.lines[checked.setup.book.lines.index(asked["line"])]
        row = ids.index(asked["report"])
        share = disc_share(offsets.low[row], offsets.high[row], asked["from_m"], asked["to_m"])

        assert round(share, 2) == asked["share"]


def test_sweeps(case):
    """The sweep counts as the answer does: sure is never more than possible."""
    said, setup, reports = case
    for asked in said.get("sweep", []):
        distance = parse_distance(asked["within"]).lo
        [row] = sweep(setup, reports, SweepOptions((distance,), lines=(asked["line"],))).to_pylist()

        assert (row["sure"], row["possible"]) == (asked["sure"], asked["possible"])


def test_every_question_of_this_release_is_asked():
    """Questions 1 to 8, 14, 20, 28 and 32 have their case."""
    asked = sorted(read(path)["question"] for path in CASES)

    assert asked == [*range(1, 9), 14, 20, 28, 32]
