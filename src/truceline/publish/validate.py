"""Does a payload keep its contract? All faults at once, before anything is drawn."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache
from typing import cast

from pydantic import TypeAdapter, ValidationError

from truceline.errors import Fault, UsageError
from truceline.publish.payload import VERDICTS, Found, Payload, Same

__all__ = ["validate"]

Faults = Iterator[Fault]
LONGEST = 20  # faults of one kind that are worth listing; one wrong column would otherwise give thousands


@cache
def _shape() -> TypeAdapter[Payload]:
    return TypeAdapter(Payload)


def validate(payload: object) -> Payload:
    """Give the payload back if it keeps the contract of `truceline.publish.payload`.

    Raises
    ------
    UsageError
        With every fault of form; or, where the form is right, every fault of sense: columns of
        different length, unknown ids, verdicts or reasons out of range. At most 20 of each kind.

    Examples
    --------
    >>> validate({"title": 3})
    Traceback (most recent call last):
        ...
    truceline.errors.UsageError: payload.title: TL-U201 input should be a valid string, not int; ...
    """
    try:
        checked = _shape().validate_python(payload)
    except ValidationError as error:
        raise UsageError(_faults_of_form(error)) from None
    faults = [*_columns(checked), *_sweeps(checked), *_names(checked), *_findings(checked), *_rows(checked),
              *_said(checked)]  # fmt: skip
    if faults:
        raise UsageError(faults)
    return checked


def _faults_of_form(error: ValidationError) -> list[Fault]:
    """Say each fault that pydantic found at its place, without the variants of a union that were tried."""
    seen: dict[str, Fault] = {}
    for item in error.errors(include_url=False, include_context=False):
        at = ".".join(["payload", *(str(part) for part in item["loc"])])
        what = item["msg"][0].lower() + item["msg"][1:]
        if item["type"] != "missing":
            what += f", not {type(item['input']).__name__}"
        seen.setdefault(at, Fault(at, "TL-U201", what, "see truceline.publish.payload"))
    return list(seen.values())[:LONGEST]


def _length(at: str, column: Sequence[object], n: int) -> Faults:
    if len(column) != n:
        yield Fault(at, "TL-U202", f"{len(column)} rows for {n} reports", "give one value per report")


def _columns(payload: Payload) -> Faults:
    """Every column about reports has one row per report."""
    n = len(payload["reports"]["id"])
    for name, column in payload["reports"].items():
        yield from _length(f"payload.reports.{name}", cast("list[object]", column), n)
    for line, located in payload["located"].items():
        for name, column in located.items():
            yield from _length(f"payload.located.{line}.{name}", cast("list[object]", column), n)
    for provision, by_reading in payload["findings"].items():
        for reading, found in by_reading.items():
            if "same_as" not in found:
                for name, column in found.items():
                    yield from _length(f"payload.findings.{provision}.{reading}.{name}", cast("list[int]", column), n)


def _sweeps(payload: Payload) -> Faults:
    """Check that the counts of a sweep are aligned with its distances."""
    for index, sweep in enumerate(payload["sweep"]):
        for name, counts in (("sure", sweep["sure"]), ("possible", sweep["possible"]), ("points", sweep["as_points"])):
            if len(counts) != len(sweep["distance_m"]):
                at = f"payload.sweep.{index}.{name}"
                yield Fault(at, "TL-U202", "not as long as distance_m", "give one count per distance")


def _unknown(at: str, kind: str, used: Iterable[str | None], known: Iterable[str]) -> Faults:
    strangers = sorted({name for name in used if name is not None} - set(known))
    for name in strangers[:LONGEST]:
        yield Fault(at, "TL-U203", f"unknown {kind} {name!r}", f"list it among the {kind}s, or leave it out")


def _names(payload: Payload) -> Faults:
    """Every id that is used is listed."""
    readings = [reading["id"] for reading in payload["readings"]]
    provisions = [provision["id"] for provision in payload["provisions"]]
    lines = [line["id"] for line in payload["lines"]]
    sources = [source["id"] for source in payload["sources"]]
    bands = [band for by in payload["bands"].values() for group in by.values() for band in group]
    yield from _unknown("payload.findings", "provision", payload["findings"], provisions)
    yield from _unknown("payload.disagreements", "provision", payload["disagreements"], provisions)
    for provision, by_reading in payload["findings"].items():
        yield from _unknown(f"payload.findings.{provision}", "reading", by_reading, readings)
    yield from _unknown("payload.bands", "reading", payload["bands"], readings)
    counted = payload.get("together", [])
    yield from _unknown("payload.together", "provision", (row["provision"] for row in counted), provisions)
    yield from _unknown("payload.together", "reading", (name for row in counted for name in row["readings"]), readings)
    yield from _unknown("payload.bands", "line", (band["line"] for band in bands), lines)
    yield from _unknown("payload.located", "line", payload["located"], lines)
    yield from _unknown("payload.sweep", "line", (sweep["line"] for sweep in payload["sweep"]), lines)
    yield from _unknown("payload.reports.region", "region", payload["reports"]["region"],
                        (region["id"] for region in payload["regions"]))  # fmt: skip
    yield from _unknown("payload.reason_sets", "reason", (code for codes in payload["reason_sets"] for code in codes),
                        payload["reasons"])  # fmt: skip
    for part in ("readings", "provisions", "stances", "demands"):
        entries = cast("list[dict[str, list[str]]]", payload[part])
        yield from _unknown(f"payload.{part}", "source", (s for entry in entries for s in entry["sources"]), sources)
    upstream = (of for source in payload["sources"] for of in source["of"])
    yield from _unknown("payload.sources", "source", upstream, sources)


def _said(payload: Payload) -> Faults:
    """Every statement that is named is listed under its claim, and under no other."""
    claims = payload["who_said"]["claims"] if "who_said" in payload else []
    listed = [statement["id"] for claim in claims for statement in claim["statements"]]
    for name in sorted(name for name, times in Counter(listed).items() if times > 1)[:LONGEST]:
        yield Fault(f"payload.who_said {name}", "TL-U207", "the statement is listed twice", "list it once")
    for claim in claims:
        both = [voice for pair in claim["credited"] for voice in (pair["one"], pair["other"])]
        voices = [*(voice for origin in claim["origins"] for voice in origin["voices"]), *claim["loose"], *both]
        words = [said for each in claim["changed"] for said in (*each["before"], *each["after"])]
        used = [name for one in (*voices, *words) for name in one["statements"]]
        known = [statement["id"] for statement in claim["statements"]]
        yield from _unknown(f"payload.who_said {claim['id']}", "statement", used, known)


def _outside(at: str, numbers: Iterable[int | None], end: int) -> Faults:
    wrong = next((number for number in numbers if number is not None and not 0 <= number < end), None)
    if wrong is not None:
        yield Fault(at, "TL-U204", f"{wrong} is out of range", f"use 0 to {end - 1}")


def _findings(payload: Payload) -> Faults:
    """Verdicts and reason sets are in range, and `same_as` leads to findings."""
    for provision, by_reading in payload["findings"].items():
        for reading, found in by_reading.items():
            at = f"payload.findings.{provision}.{reading}"
            if "same_as" in found:
                yield from _same(at, by_reading, cast("Same", found)["same_as"])
            else:
                yield from _outside(f"{at}.verdict", found["verdict"], len(VERDICTS))
                yield from _outside(f"{at}.reasons", found["reasons"], len(payload["reason_sets"]))


def _same(at: str, by_reading: Mapping[str, Found | Same], other: str) -> Faults:
    found = by_reading.get(other)
    if found is None or "same_as" in found:
        yield Fault(at, "TL-U205", f"same_as leads to {other!r}, which has no findings of its own", "name one that has")


def _rows(payload: Payload) -> Faults:
    """Every index of a report or of an input exists; a report has a whole disc or none."""
    reports = payload["reports"]
    n = len(reports["id"])
    for provision, differ in payload["disagreements"].items():
        yield from _outside(f"payload.disagreements.{provision}.report", differ["report"], n)
        if len(differ["fields"]) != len(differ["report"]):
            yield Fault(f"payload.disagreements.{provision}.fields", "TL-U202", "not as long as report", "align them")
    for index, sweep in enumerate(payload["sweep"]):
        if "rows" in sweep:
            yield from _outside(f"payload.sweep.{index}.rows.report", sweep["rows"]["report"], n)
    yield from _outside("payload.reports.input", reports.get("input", ()), len(payload["inputs"]))
    discs = zip(reports["id"], reports["lon"], reports["lat"], reports["radius_m"], strict=False)
    halves = [name for name, *disc in discs if 0 < sum(part is None for part in disc) < len(disc)]
    for name in halves[:LONGEST]:
        yield Fault(f"payload.reports {name}", "TL-U206", "a disc is lon, lat and radius_m", "give all three or none")
