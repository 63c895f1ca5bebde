"""Questions with the right answers, as a lawyer can read them, held against every engine.

A case names the question, its answer in words, the agreement (its terms, a shipped example or one of the library,
with other courses of the lines, or outlines of areas), the reports, and what must come out: verdicts with their
reasons (`as_known` a day, where one is given), the fields that decide between readings, demands, sweeps and shares,
clauses that are never judged, readings known on a day, and origins of claims.
"""

from collections.abc import Callable, Mapping
from dataclasses import replace
from itertools import product
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pytest
from ruamel.yaml import YAML

import truceline as tl
from truceline.api.effort import with_beside
from truceline.basics.quantity import parse_distance
from truceline.engines.local import Checked, check_batch
from truceline.engines.setup import Setup, prepare
from truceline.engines.sweeping import SweepOptions, demands_table, sweep
from truceline.evidence.claims import claims_of
from truceline.evidence.effort import Beside
from truceline.formats.effort_file import effort_from_rows
from truceline.formats.judgements_file import judgements_from_rows
from truceline.formats.statements_file import statements_from_rows
from truceline.judge.share import disc_share
from truceline.locate.along import point_at
from truceline.locate.line import reference_line
from truceline.terms.shapes import AreaShape, LineShape

ROOT = Path(__file__).parent.parent
CASES = sorted((ROOT / "tests" / "cases" / "good").glob("*.yaml"))
Engine = Callable[[Setup, pa.Table], Checked]
ENGINES: Mapping[str, Engine] = {"local": check_batch}


def read(path: Path) -> dict[str, Any]:
    """Read a case."""
    return YAML(typ="safe", pure=True).load(path.read_text(encoding="utf-8"))


def agreement_of(case: Mapping[str, Any]) -> tl.Agreement:
    """Take the case's own terms, a shipped example or the library, with the lines and areas that the case draws."""
    example = ROOT / "examples" / case.get("example", "") / "terms.yaml"
    shipped = f"library:{case['library']}" if "library" in case else example
    agreement = tl.loads(case["terms"]) if "terms" in case else tl.load(shipped)
    drawn = {f"lines.{name}": LineShape((np.array(course),), "case") for name, course in case.get("lines", {}).items()}
    rings = {name: (np.array(ring),) for name, ring in case.get("areas", {}).items()}
    charted = {f"areas.{name}": AreaShape((polygon,), "case") for name, polygon in rings.items()}
    return replace(agreement, shapes={**agreement.shapes, **drawn, **charted})


def report_of(said: Mapping[str, Any], case: Mapping[str, Any]) -> pa.Table:
    """Make a report; `at` places it beside a line that the case draws, which run north and east."""
    words = {key: value for key, value in said.items() if key not in ("at", "effort")}
    if "at" in said:
        course = np.array(case["lines"][said["at"]["line"]])
        plus = "east" if np.ptp(course[:, 0]) == 0 else "north"
        line = reference_line([course], plus=plus)
        lon, lat = point_at(line, [said["at"]["station_km"] * 1e3], [said["at"]["offset_km"] * 1e3])
        words |= {"lon": float(lon[0]), "lat": float(lat[0])}
    table = tl.report(**{key: str(value) if key in ("when", "reported") else value for key, value in words.items()})
    watched = pa.array([said.get("effort")], pa.string())
    return table.set_column(table.column_names.index("effort"), table.schema.field("effort"), watched)


def listed(value: Any) -> list[Any]:
    """Give one or several as a list."""
    return value if isinstance(value, list) else [value]


@pytest.fixture(scope="module", params=CASES, ids=lambda path: path.stem)
def case(request):
    """Give each case with its setup and its reports."""
    said = read(request.param)
    reports = pa.concat_tables([tl.report().slice(0, 0), *(report_of(one, said) for one in said["reports"])])
    return said, prepare(agreement_of(said)), reports


@pytest.fixture(scope="module", params=list(ENGINES))
def engine(request):
    """Give every engine."""
    return ENGINES[request.param]


@pytest.fixture(scope="module")
def checked(engine, case):
    """Give each case as every engine checks it."""
    _, setup, reports = case
    return engine(setup, reports)


def known_on(day: Any, said: Mapping[str, Any]) -> Setup:
    """Prepare a case as known by the end of a day."""
    return prepare(agreement_of(said), as_known=str(day))


def rows_of(checked: Checked) -> Mapping[tuple[str, str, str], Mapping[str, Any]]:
    """Give the findings by report, provision and reading."""
    return {(row["report"], row["provision"], row["reading"]): row for row in checked.findings.to_pylist()}


def test_verdicts_and_reasons(case, checked, engine):
    """Every verdict is the one of the answer, for its reasons (`includes` names some of them)."""
    said, _, reports = case
    days = {str(asked["as_known"]) for asked in said.get("expect", []) if "as_known" in asked}
    found = {None: rows_of(checked), **{day: rows_of(engine(known_on(day, said), reports)) for day in days}}
    faults = []
    for asked in said.get("expect", []):
        rows = found[str(asked["as_known"]) if "as_known" in asked else None]
        for provision, reading in product(listed(asked["provision"]), listed(asked["reading"])):
            row = rows[asked["report"], provision, reading]
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


def test_what_is_reserved_gets_no_verdict(case, checked):
    """A clause that is only recorded has no row at all, under any reading."""
    judged = set(checked.findings.column("provision").to_pylist())

    assert judged.isdisjoint(case[0].get("silent", []))


def test_readings_known_on_a_day(case):
    """As known on a day there are the readings of which somebody had told by then, and no others."""
    for asked in case[0].get("readings", []):
        there = set(known_on(asked["as_known"], case[0]).readings)

        assert there >= set(asked["there"])
        assert there.isdisjoint(asked["missing"])


def beside_the_reports(asked: Mapping[str, Any], said: Mapping[str, Any]) -> Beside:
    """Take the records of effort and the judgements of a case that a question names; where it names none, all."""
    rows = {
        name: [{key: str(value) for key, value in row.items()} for row in said.get(name, [])
               if row["id"] in asked.get(name, [row["id"]])]
        for name in ("effort", "judgements")
    }  # fmt: skip
    watched, decided = effort_from_rows(rows["effort"], "case"), judgements_from_rows(rows["judgements"], "case")
    return Beside(watched.records, decided.judgements)


def test_what_reports_say_together(case, engine):
    """Of some reports, with who watched and what was decided, the account is the one of the answer."""
    said, setup, reports = case
    for asked in said.get("accounts", []):
        chosen = reports.filter(pc.is_in(reports["report"], pa.array(asked["reports"])))
        held = with_beside(setup, beside_the_reports(asked, said))
        where = (asked["provision"], asked["reading"], asked.get("name", ""))
        [row] = [row for row in engine(held, chosen).accounts_told if (row.provision, row.reading, row.name) == where]

        assert {key: list(value) if isinstance(value, tuple) else value
                for key in asked["is"] for value in [getattr(row, key)]} == asked["is"]  # fmt: skip


def test_origins_behind_claims(case):
    """A claim has as many origins as the answer says, however many carry it."""
    read_in = statements_from_rows(case[0].get("statements", []), "case")
    claims = {claim.name: claim for claim in claims_of(read_in.statements, (), ())} if read_in.statements else {}
    for asked in case[0].get("origins", []):
        claim = claims[asked["claim"]]

        assert len(claim.statements) == asked["statements"]
        assert claim.origins.count == asked["origins"]
        assert bool(claim.origins.conflicts) == asked["credited_differently"]


def test_every_question_is_asked():
    """All 32 questions have their case; what the language learned since has more."""
    asked = {read(path)["question"] for path in CASES if not path.stem.startswith("lib_")}

    assert asked >= {*range(1, 33)}
