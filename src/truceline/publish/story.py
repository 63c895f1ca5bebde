"""From verdicts to the page's payload: everything is carried over, nothing is decided here."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

import numpy as np

from truceline.engines.local import Checked
from truceline.engines.outlines import DrawnBand, bands_of, drawn
from truceline.engines.sweeping import EVERYONE, SweepOptions, sweep
from truceline.evidence.datasets import DATASETS
from truceline.judge.reasons import REASONS, codes_of
from truceline.judge.sweep import reach_of
from truceline.locate.area import Area
from truceline.plan.codebook import RuleName
from truceline.plan.compile import TEXT
from truceline.plan.tables import Kind, Rule
from truceline.publish.columns import report_columns
from truceline.publish.payload import Payload
from truceline.terms.model import Document, Provision
from truceline.terms.sources import origins
from truceline.terms.wording import changes_of, sentence_of, what_words, when_words, where_words, who_words

__all__ = ["METHOD", "SWEEP_DISTANCES_M", "payload_of"]

MILE = 1609.344
SWEEP_DISTANCES_M = tuple(half * MILE / 2 for half in range(1, 126))
"""Half a mile to 62.5 miles (100 km), every half mile."""

METHOD = (
    "Each report is taken as the area in which it surely lies: the precision code of its data set becomes a radius "
    "or a district. Its distance to a line is measured on the WGS84 ellipsoid and is an interval.",
    "A rule is a sentence: who may do what, where, when. Each of its conditions is true, false or unknown for a "
    "report. All true is a violation under that reading; one surely false is no violation; anything else stays "
    "indeterminate, with the reason.",
    "Probabilities never decide. Readings are not voted on, and none of them is the default.",
)
SWEPT_BOTH = (
    "Counts in the sweep are of distance alone, on either side of the line, as most speakers tell distances; "
    "the verdicts take the side into account."
)


def payload_of(
    checked: Checked, *, title: str, subtitle: str, inputs: Sequence[Mapping[str, Any]], base: Mapping[str, Any],
    version: str, left_out: Sequence[str] = (),
) -> Payload:  # fmt: skip
    """Put together what the one-file report says.

    Parameters
    ----------
    checked : Checked
        All reports of the page, judged.
    title, subtitle : str
    inputs : sequence of mapping
        One per file that went in: `name`, `sha256`, `rows`, `licence`, `credit`.
    base : mapping
        Coast, borders and places of the map (`formats.base_map`).
    version : str
        The version of Truceline.
    left_out : sequence of str
        Further sentences on what was left out of the page.

    Returns
    -------
    Payload
        Plain data; `publish.validate` holds it against its contract.
    """
    setup, text = checked.setup, checked.setup.agreement.under(None)
    heading = text.agreement
    return {
        "title": title,
        "subtitle": subtitle,
        "agreement": {
            "id": heading.id, "title": heading.title, "class": heading.class_, "status": heading.status,
            "note": heading.note, "zone": heading.zone,
        },
        "as_known": setup.as_known,
        "made_with": f"truceline {version}",
        "inputs": [dict(one) for one in inputs],
        "readings": list(_readings(checked)),
        "provisions": list(_provisions(checked)),
        "reasons": {one.code: {"words": one.words, "decided_by": one.decided_by} for one in REASONS},
        **_findings(checked),
        "reports": report_columns(checked),
        "lines": list(_lines(checked)),
        "located": {setup.book.lines[line]: _located(checked, line) for line in _charted(checked)},
        "bands": {reading: _bands(checked, reading) for reading in setup.readings},
        "areas": list(_areas(checked)),
        "regions": list(_regions(checked)),
        "base": dict(base),
        "sweep": list(_sweeps(checked)),
        "rivals": list(_rivals(checked)),
        "effort": [],
        "disagreements": _disagreements(checked),
        "sources": list(_sources(text)),
        "stances": [
            {"actor": one.actor, "to": one.to, "is": one.is_, "said": _words(one.said), "sources": _names(one.source)}
            for one in text.stances
        ],
        "demands": list(_demands(text)),
        "open": [{"term": term, "words": words} for term, words in text.open.items()],
        "cannot_show": [*_cannot_show(checked), *left_out],
        "method": [*METHOD, SWEPT_BOTH],
    }  # type: ignore[typeddict-item]  # fmt: skip


def _readings(checked: Checked) -> Iterator[dict[str, Any]]:
    agreement = checked.setup.agreement
    for name in checked.setup.readings:
        reading = None if name == TEXT else agreement.under(name).readings[name]
        changes = changes_of(reading) if reading else ()
        yield {
            "id": name,
            "holder": reading.holder if reading else "nobody: the text as written",
            "note": reading.note if reading else None,
            "denies": list(reading.denies or ()) if reading else [],
            "sources": _names(reading.source) if reading else [],
            "patches": [{"field": field, "path": path, "words": words} for field, path, words in changes],
            "left_out": False,
        }


def _provisions(checked: Checked) -> Iterator[dict[str, Any]]:
    setup = checked.setup
    judged = {str(rule): number for number, rule in enumerate(setup.book.rules)}
    for name, side, provision, text in _sentences(checked):
        label = str(RuleName(name, side))
        yield {
            "id": label,
            **_sentence(provision, text),
            "who": who_words(provision.who, text),
            "what": what_words(provision.what),
            "sources": _names(provision.source),
            "words": provision.words,
            **_standing(checked, provision, judged.get(label)),
            "under": dict(_under(checked, name)),
        }


def _sentences(checked: Checked) -> Iterator[tuple[str, str | None, Provision, Document]]:
    """Go through every provision of the text and of the readings, once per side where it is read so."""
    setup = checked.setup
    texts = [setup.agreement.under(None if name == TEXT else name) for name in setup.readings]
    seen: set[str] = set()
    for text in texts:
        for name, provision in text.provisions.items():
            if name not in seen:
                seen.add(name)
                sides: tuple[str | None, ...] = tuple(text.sides) if provision.each_side and text.sides else (None,)
                yield from ((name, side, provision, text) for side in sides)


def _sentence(provision: Provision, text: Document) -> dict[str, str]:
    return {
        "sentence": sentence_of(provision, text),
        "where_words": where_words(provision.where, text) or "anywhere",
        "when_words": when_words(provision.when) or "from entry into force",
    }


def _standing(checked: Checked, provision: Provision, rule: int | None) -> dict[str, Any]:
    """Say whether a clause is judged at all, and whether the reports have the power to test it."""
    if rule is None:
        because = provision.because or provision.reserves or "nothing that could be observed would decide it"
        return {"judged": "not_monitorable", "because": because, "tested": False, "power": None}
    kinds = {one.kind for one in _renderings(checked, rule)}
    judged = {Kind.BAN: "ban", Kind.CEILING: "ceiling", Kind.LATER: "not_judged_yet"}[min(kinds)]
    later = "counts, trends and duties are recorded and not yet judged" if judged == "not_judged_yet" else None
    tested = any(_has_power(checked, one) for one in _renderings(checked, rule))
    power = None if tested else "the reports in use cannot show this act, whatever happened"
    return {"judged": judged, "because": later, "tested": tested, "power": power}


def _has_power(checked: Checked, rule: Rule) -> bool:
    return not bool(rule.what.blind[checked.batch.dataset].all()) if len(checked.batch) else True


def _renderings(checked: Checked, rule: int) -> list[Rule]:
    found = (checked.setup.rule(rule, reading) for reading in checked.setup.readings)
    return [one for one in found if one is not None]


def _under(checked: Checked, name: str) -> Iterator[tuple[str, dict[str, str]]]:
    plain = checked.setup.agreement.under(None)
    for reading in checked.setup.readings:
        if reading == TEXT:
            continue
        text = checked.setup.agreement.under(reading)
        if name in text.provisions and text.provisions[name] != plain.provisions.get(name):
            yield reading, _sentence(text.provisions[name], text)


def _findings(checked: Checked) -> dict[str, Any]:
    """Write verdicts and reasons as arrays; readings that agree row by row share one."""
    masks: dict[int, int] = {}
    findings: dict[str, dict[str, Any]] = {}
    for rule, reading in checked.pairs:
        verdicts = checked.verdicts[rule, reading]
        mine = findings.setdefault(str(checked.setup.book.rules[rule]), {})
        twin = next((other for other in mine if checked.verdicts[rule, other] is verdicts), None)
        if twin is not None:
            mine[reading] = {"same_as": twin}
            continue
        reasons = [masks.setdefault(mask, len(masks)) for mask in verdicts.reasons.tolist()]
        mine[reading] = {"verdict": verdicts.verdict.tolist(), "reasons": reasons}
    return {"findings": findings, "reason_sets": [list(codes_of(mask)) for mask in masks]}


def _charted(checked: Checked) -> list[int]:
    return [number for number, offsets in checked.places.lines.items() if offsets is not None]


def _lines(checked: Checked) -> Iterator[dict[str, Any]]:
    text = checked.setup.agreement.under(None)
    for number in _charted(checked):
        charted, name = checked.setup.atlas.lines[number], checked.setup.book.lines[number]
        if charted is None:
            continue
        line = text.lines[name]
        places = [{"name": place, "station_km": round(station.lo / 1000, 2)}
                  for place, station in (line.places or {}).items()]  # fmt: skip
        yield {
            "id": name, "title": line.title, "parts": [_ring(part) for part in charted.line.parts],
            "uncertainty_m": charted.line.uncertainty, "plus": line.plus,
            "length_km": round(charted.line.length / 1000, 2), "places": places,
        }  # fmt: skip


def _located(checked: Checked, line: int) -> dict[str, Any]:
    offsets = checked.places.lines[line]
    if offsets is None:
        return {}
    lost = checked.places.unplaced
    return {
        "low_m": _metres(offsets.low, lost), "high_m": _metres(offsets.high, lost),
        "either": offsets.either.astype(int).tolist(),
        "station_low_m": _metres(offsets.station_low, lost), "station_high_m": _metres(offsets.station_high, lost),
    }  # fmt: skip


def _bands(checked: Checked, reading: str) -> dict[str, list[dict[str, Any]]]:
    setup = checked.setup
    text = setup.agreement.under(None if reading == TEXT else reading)
    bands: dict[str, list[dict[str, Any]]] = {}
    for rule in setup.plans[setup.readings.index(reading)].rules:
        name = setup.book.rules[rule.rule]
        words = where_words(text.provisions[name.provision].where, text)
        shapes = drawn(rule.where, setup.atlas)
        if shapes:
            charted = set(_charted(checked))
            bands[str(name)] = [
                _band(shape, setup.book.lines[shape.line] if shape.line in charted else None, words) for shape in shapes
            ]
    return bands


def _band(shape: DrawnBand, line: str | None, words: str) -> dict[str, Any]:
    near, far = shape.depth.near, shape.depth.far
    return {
        "line": line,
        "from_lo_m": _finite(near.lo, -1e6), "from_hi_m": _finite(near.hi, -1e6),
        "to_lo_m": far.lo, "to_hi_m": None if math.isinf(far.hi) else far.hi,
        "both_sides": shape.both_sides, "words": words, "undisclosed": math.isinf(far.hi),
        "station_from_m": shape.station_begin, "station_to_m": shape.station_end,
        "outline_sure": list(shape.sure), "outline_possible": list(shape.possible),
    }  # fmt: skip


def _areas(checked: Checked) -> Iterator[dict[str, Any]]:
    text, atlas = checked.setup.agreement.under(None), checked.setup.atlas
    unsure = {name for zone in text.zones.values() for name in getattr(zone, "unsure", ())}
    for number, area in enumerate(atlas.areas):
        if area is not None:
            name = checked.setup.book.areas[number]
            yield {
                "id": name, "title": text.areas[name].title or name, "unsure": name in unsure,
                "rings": _rings(area),
            }  # fmt: skip


def _regions(checked: Checked) -> Iterator[dict[str, Any]]:
    atlas = checked.setup.atlas
    used = set(np.unique(checked.batch.region).tolist()) - {-1}
    for name, number in atlas.region_ids.items():
        if number in used:
            yield {"id": name, "title": name, "rings": _rings(atlas.regions[number])}


def _sweeps(checked: Checked) -> Iterator[dict[str, Any]]:
    setup, text = checked.setup, checked.setup.agreement.under(None)
    sets = (EVERYONE, *text.sets)
    options = SweepOptions(SWEEP_DISTANCES_M, sets=sets, both_sides=True)
    bounds = sweep(setup, checked.reports, options).to_pylist()
    naive = sweep(setup, checked.reports, SweepOptions(SWEEP_DISTANCES_M, sets=sets, both_sides=True, as_points=True))
    points = {(row["line"], row["set"], row["distance_m"]): row["possible"] for row in naive.to_pylist()}
    curves: dict[tuple[str, str], list[dict[str, Any]]] = {}
    for row in bounds:
        curves.setdefault((row["line"], row["set"]), []).append(row)
    for (line, name), rows in curves.items():
        yield {
            "line": line, "set": name, "set_title": _set_title(name, text), "month": None,
            "distance_m": [round(row["distance_m"], 3) for row in rows],
            "sure": [row["sure"] for row in rows], "possible": [row["possible"] for row in rows],
            "as_points": [points[line, name, row["distance_m"]] for row in rows],
            **({"rows": _sweep_rows(checked, line)} if name == EVERYONE else {}),
        }  # fmt: skip


def _sweep_rows(checked: Checked, line: str) -> dict[str, Any]:
    offsets = checked.places.lines[checked.setup.book.lines.index(line)]
    if offsets is None:
        return {"report": [], "sure_from_m": [], "possible_from_m": []}
    reach = reach_of(offsets, both_sides=True)
    rows = np.flatnonzero(~checked.places.unplaced & (reach.possible < SWEEP_DISTANCES_M[-1]))
    return {
        "report": rows.tolist(),
        "sure_from_m": [_whole(value) for value in reach.sure[rows].tolist()],
        "possible_from_m": [_whole(value) for value in reach.possible[rows].tolist()],
    }


def _rivals(checked: Checked) -> Iterator[dict[str, Any]]:
    """List every distance that a reading or a demand names, with its speaker."""
    setup, text = checked.setup, checked.setup.agreement.under(None)
    seen: set[tuple[str, float, float]] = set()
    for reading, plan in zip(setup.readings, setup.plans, strict=True):
        held = setup.agreement.under(None if reading == TEXT else reading)
        speaker = held.readings[reading].holder if reading != TEXT else "the text"
        source = next(iter(_names(held.readings[reading].source)), None) if reading != TEXT else None
        for rule in plan.rules:
            name = setup.book.rules[rule.rule].provision
            words = where_words(held.provisions[name].where, held)
            for mark in _marks(rule, checked):
                key = (reading, mark["lo_m"], mark["hi_m"])
                if key not in seen:
                    seen.add(key)
                    yield {**mark, "label": reading, "speaker": speaker, "words": words, "kind": "reading",
                           "source": source}  # fmt: skip
    for name, rule in setup.demands.items():
        demand = text.demands[name]
        for mark in _marks(rule, checked):
            yield {**mark, "label": name, "speaker": demand.by, "words": where_words(demand.where, text),
                   "kind": "demand", "source": next(iter(_names(demand.source)), None)}  # fmt: skip


def _marks(rule: Rule, checked: Checked) -> Iterator[dict[str, Any]]:
    for band in bands_of(rule.where):
        far = band.depth.far
        charted = checked.setup.atlas.lines[band.line] is not None
        if math.isfinite(far.hi) and far.hi > 0:
            yield {"lo_m": far.lo, "hi_m": far.hi, "line": checked.setup.book.lines[band.line] if charted else None}


def _disagreements(checked: Checked) -> dict[str, Any]:
    rows = {name: row for row, name in enumerate(checked.report_ids.to_pylist())}
    found: dict[str, dict[str, list[Any]]] = {}
    for one in checked.disagreements:
        mine = found.setdefault(one.provision, {"report": [], "fields": []})
        mine["report"].append(rows[one.report])
        mine["fields"].append(list(one.fields))
    return found


def _sources(text: Document) -> Iterator[dict[str, Any]]:
    for name, source in text.sources.items():
        by = source.by if isinstance(source.by, str) else ", ".join(source.by or ())
        yield {
            "id": name, "by": by or None, "said": _words(source.said), "via": list(source.via), "of": list(source.of),
            "kind": source.kind, "words": source.words, "url": source.url, "grade": source.grade,
            "check": source.check, "known_from": _words(source.known_from),
            "origin": ", ".join(origins(text, name)) or None,
        }  # fmt: skip


def _demands(text: Document) -> Iterator[dict[str, Any]]:
    for name, demand in text.demands.items():
        yield {
            "id": name, "by": demand.by, "where_words": where_words(demand.where, text),
            "who": who_words(demand.who, text) if demand.who else None, "what": demand.what,
            "told_as": list(demand.told_as), "answer": demand.answer, "sources": _names(demand.source),
        }  # fmt: skip


def _cannot_show(checked: Checked) -> Iterator[str]:
    """Say what the reports cannot show, the agreement's own caveat first."""
    note = checked.setup.agreement.under(None).agreement.shows_note
    if note:
        yield note
    used = set(np.unique(checked.batch.dataset).tolist())
    for number, dataset in enumerate(DATASETS.values()):
        if number in used and dataset.note:
            yield f"{dataset.title}: {dataset.note}"
    yield ("That there is no report does not mean that nothing happened: nobody recorded here who watched where and "
           "when, so silence is never read as compliance.")  # fmt: skip
    yield "A finding never says who is to blame, and never infers it from the side of the line."


def _set_title(name: str, text: Document) -> str:
    return "all reports" if name == EVERYONE else f"reports that name {text.sets[name].title or name.replace('_', ' ')}"


def _ring(points: Iterable[Iterable[float]]) -> list[list[float]]:
    return [[round(float(lon), 5), round(float(lat), 5)] for lon, lat in points]


def _rings(area: Area) -> list[list[list[float]]]:
    return [_ring(ring.coords) for polygon in area.shape.geoms for ring in (polygon.exterior, *polygon.interiors)]


def _metres(values: np.ndarray[Any, Any], lost: np.ndarray[Any, Any]) -> list[int | None]:
    return [None if gone else _whole(value) for value, gone in zip(values.tolist(), lost.tolist(), strict=True)]


def _whole(value: float) -> int | None:
    return round(value) if math.isfinite(value) else None


def _finite(value: float, otherwise: float) -> float:
    return value if math.isfinite(value) else otherwise


def _words(value: object) -> str | None:
    return None if value is None else str(value)


def _names(value: str | tuple[str, ...] | None) -> list[str]:
    return [value] if isinstance(value, str) else list(value or ())
