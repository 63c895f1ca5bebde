"""Records of effort against the rules of a run: what ground they watched, whether a rule spoke, what they show."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from truceline.basics.time import Span
from truceline.basics.truth import Truths, all_of
from truceline.engines.atlas import Atlas, places_of
from truceline.engines.coding import coded
from truceline.errors import Fault, UsageError
from truceline.evidence.acts import ACTS, is_kind_of
from truceline.evidence.batch import Batch
from truceline.evidence.effort import Effort
from truceline.judge.answer import NO_REASON
from truceline.judge.check import conditions_of
from truceline.judge.located import Places
from truceline.judge.places import judge_where
from truceline.judge.reasons import bit
from truceline.locate.area import Area, discs_in_area, region_in_area
from truceline.locate.ecef import GEOD
from truceline.locate.region import cover
from truceline.plan.codebook import Codebook
from truceline.plan.ground import Ground, compile_where
from truceline.plan.tables import (
    All,
    Aloft,
    Any_,
    Around,
    Band,
    Except,
    InArea,
    Nowhere,
    OneOf,
    Rule,
    What,
    Where,
    fingerprint,
)  # fmt: skip
from truceline.plan.walk import every_part
from truceline.terms.model import Document

__all__ = ["Watch", "acts_of", "missed_by", "watches_of"]

Bools = NDArray[np.bool_]
Floats = NDArray[np.float64]
Said = tuple[Truths, NDArray[np.uint64], Bools]
"""Of each rule: whether it speaks, why not, and whether its ground lies elsewhere."""


@dataclass(frozen=True, slots=True)
class Watch:
    """One record, held against m rules (arrays of shape (m,)).

    `speaks` : 1 if the rule surely spoke throughout, -1 if it surely never did; `why` : then the reasons, as bits.
    `covers` : 1 if all ground of the rule was surely watched, -1 if surely none of it. `shows` : whether the record
    names every act of the rule among those that the watch could show.
    """

    record: Effort
    span: Span
    speaks: Truths
    why: NDArray[np.uint64]
    covers: Truths
    shows: Bools
    where: Where | None = field(repr=False, default=None)
    region: Area | None = field(repr=False, default=None)

    def meets(self, batch: Batch, places: Places, atlas: Atlas) -> Bools:
        """Mark the reports that may tell of the time and the ground of the watch; only what surely does not is left."""
        end = np.maximum(batch.end_us, batch.start_us + 1)
        then = ~batch.dated | ((batch.start_us < max(self.span.end_us, self.span.start_us + 1))
                               & (end > self.span.start_us))  # fmt: skip
        rows = np.flatnonzero(then)
        there = np.zeros(len(batch), dtype=np.bool_)
        there[rows] = ~self._apart(batch.take(rows), places.take(rows), atlas)
        return there

    def _apart(self, batch: Batch, places: Places, atlas: Atlas) -> Bools:
        """Mark the reports whose place surely lies outside the ground of the watch."""
        if self.where is not None:
            return np.asarray(judge_where(self.where, places).truth == -1)
        apart = np.zeros(len(batch), dtype=np.bool_)
        discs = np.flatnonzero(batch.placed & (batch.region < 0) & np.isfinite(batch.radius))
        lon, lat, radius = batch.lon[discs], batch.lat[discs], batch.radius[discs]
        if self.region is not None:
            apart[discs] = discs_in_area(self.region, lon, lat, radius) == -1
        elif self.record.lon is not None and self.record.lat is not None and self.record.radius_m is not None:
            apart[discs] = _away(self.record.lon, self.record.lat, lon, lat) > radius + self.record.radius_m
        for region in np.unique(batch.region[batch.region >= 0]):
            apart[batch.region == region] = self._region_apart(atlas.regions[region])
        return apart

    def _region_apart(self, region: Area) -> bool:
        if self.region is not None:
            return region_in_area(region, self.region) == -1
        return _disc_in(region, self.record) == -1


def watches_of(
    records: Sequence[Effort], rules: Sequence[Rule], text: Document, book: Codebook, atlas: Atlas
) -> tuple[Watch, ...]:
    """Hold records of effort against rules.

    Parameters
    ----------
    records : sequence of Effort
    rules : sequence of Rule
    text : Document
        The terms as written: the zones, areas and provisions that the records name are those of the text.
    book, atlas : Codebook, Atlas
        Of the run.

    Raises
    ------
    UsageError
        TL-E942, naming every zone and every region that there is not.
    """
    faults = [*_strangers(records, text, atlas)]
    if faults:
        raise UsageError(faults)
    table = _as_reports(records, text.agreement.zone)
    batch = coded(table, book, atlas.region_ids)
    places = places_of(batch, atlas)
    speaks, why, apart = (np.stack(columns, axis=1) for columns in zip(*_asked(rules, batch, places), strict=True))
    return tuple(
        _watch(record, rules, (speaks[row], why[row], apart[row]), text, book, atlas)
        for row, record in enumerate(records)
    )


def missed_by(
    watches: Sequence[Watch], reports: pa.Table, batch: Batch, places: Places, atlas: Atlas
) -> frozenset[str]:  # fmt: skip
    """Name the records of effort of which some reports tell, or may: those that name them, or meet their stretch.

    Parameters
    ----------
    watches : sequence of Watch
    reports, batch, places : Table, Batch, Places
        n reports as they came, coded and located.
    atlas : Atlas
    """
    column = reports.column("effort") if "effort" in reports.column_names else pa.array([], pa.string())
    named = set(column.cast(pa.string()).to_pylist())
    return frozenset(
        watch.record.id for watch in watches
        if watch.record.id in named or watch.meets(batch, places, atlas).any()
    )  # fmt: skip


def acts_of(what: What) -> tuple[str, ...]:
    """Name the acts that have to be seen where a rule is broken; a thing by itself is seen by its presence.

    >>> import numpy as np
    >>> acts_of(What((), np.zeros(1, bool), (3,)))
    ('presence',)
    """
    names = tuple(ACTS)
    return (*(names[act] for act in what.acts), *(("presence",) if what.things else ()))


def _watch(
    record: Effort, rules: Sequence[Rule], said: Said, text: Document, book: Codebook, atlas: Atlas
) -> Watch:  # fmt: skip
    speaks, why, apart = said
    where = _zone(record.zone, text, book) if record.zone else None
    region = atlas.regions[atlas.region_ids[record.region]] if record.region else None
    covers = np.array([_covers(rule.where, record, where, region, atlas) for rule in rules], dtype=np.int8)
    covers = np.where(apart & (covers == 0), np.int8(-1), covers)
    shows = np.array([_shows(record, rule.what) for rule in rules], dtype=np.bool_)
    known = where is None or _is_charted(where, rules)
    ground = where if known else Nowhere("area_undefined")
    return Watch(record, record.span(text.agreement.zone), speaks, why, covers, shows, ground, region)


def _strangers(records: Sequence[Effort], text: Document, atlas: Atlas) -> Iterator[Fault]:
    """Find the zones, areas, provisions and regions that nobody knows."""
    for record in records:
        name, _, side = record.zone.partition("@")
        known = name in {*text.zones, *text.areas, *text.provisions} and (not side or side in text.sides)
        if record.zone and not known:
            remedy = "name a zone, an area or a provision of the terms; of one that is read per side as NAME@SIDE"
            yield Fault(f"effort {record.id}", "TL-E942", f"the terms have no ground {record.zone!r}", remedy)
        if record.region and record.region not in atlas.region_ids:
            remedy = "give its polygon with the regions of the reports, or a disc"
            yield Fault(f"effort {record.id}", "TL-E942", f"there is no region {record.region!r}", remedy)


def _as_reports(records: Sequence[Effort], zone: str | None) -> pa.Table:
    """Write records as reports of nothing: their time and their ground, so that rules can be asked about them."""
    spans = [record.span(zone) for record in records]
    times = {name: pa.array([getattr(span, of) for span in spans], pa.int64()).cast(pa.timestamp("us", "UTC"))
             for name, of in (("from", "start_us"), ("until", "end_us"))}  # fmt: skip
    places = {name: pa.array([getattr(record, name) for record in records], pa.float64())
              for name in ("lon", "lat", "radius_m")}  # fmt: skip
    regions = pa.array([record.region or None for record in records], pa.string())
    return pa.table({"report": [record.id for record in records], **times, **places, "region": regions})


def _asked(rules: Sequence[Rule], batch: Batch, places: Places) -> Iterator[Said]:
    """Ask every rule whether it speaks throughout each watch, why not, and whether its ground lies elsewhere."""
    for rule in rules:
        asked = conditions_of(rule, batch, places)
        speaks = all_of(asked.in_force.truth, asked.condition.truth)
        denied = rule.denied and rule.scope is None
        bound = bool((rule.who.bound[rule.who.member == 1] == 1).all() and (rule.who.member == 1).any())
        doubt = rule.denied or rule.unjudged or bool(rule.waivers) or not bound
        silent = {"not_in_force": asked.in_force.truth == -1, "condition_unmet": asked.condition.truth == -1,
                  "denied": np.full(len(batch), denied)}  # fmt: skip
        why = np.bitwise_or.reduce([np.where(marks, bit(code), NO_REASON) for code, marks in silent.items()])
        speaks = np.where(why != 0, np.int8(-1), np.minimum(speaks, np.int8(0)) if doubt else speaks)
        aloft = any(isinstance(part, Aloft) for part in every_part([rule.where]))
        yield speaks.astype(np.int8), why, (asked.where.truth == -1) & (not aloft)


def _zone(name: str, text: Document, book: Codebook) -> Where:
    """Compile the ground that a record names: that of a provision, or a zone or an area by itself."""
    own, _, side = name.partition("@")
    ground = Ground(text, book, side or None)
    known = own in text.zones or own in text.areas
    return compile_where(own if known else text.provisions[own].where, ground)


def _is_charted(where: Where, rules: Sequence[Rule]) -> bool:
    """Say whether reports are located on a ground: rules ask for it, or it needs nothing that only a rule asks for."""
    asked = {fingerprint(part) for part in every_part([rule.where for rule in rules])}
    plain = all(
        isinstance(part, InArea | Around | Any_ | All | OneOf | Except)
        or (isinstance(part, Band) and not part.sectors and part.depth.gap is None)
        for part in every_part([where])
    )
    return plain or fingerprint(where) in asked


def _shows(record: Effort, what: What) -> bool:
    """Say whether the watch could see every act of a rule, as its record names them."""
    return not what.undefined and all(any(is_kind_of(act, seen) for seen in record.shows) for act in acts_of(what))


def _covers(asked: Where, record: Effort, where: Where | None, region: Area | None, atlas: Atlas) -> int:
    """Say whether all ground of a rule was watched (1), none of it (-1), or whether nobody can tell (0)."""
    if where is not None and fingerprint(where) == fingerprint(asked):
        return 1
    if isinstance(asked, InArea):
        return _covers_area(asked, record, where, region, atlas)
    if isinstance(asked, Except):
        return _covers(asked.of, record, where, region, atlas)
    if not isinstance(asked, Any_ | All | OneOf):
        return 0
    parts = {_covers(part, record, where, region, atlas) for part in asked.parts}
    if isinstance(asked, All):
        return next((one for one in (1, -1) if one in parts), 0)
    return parts.pop() if len(parts) == 1 else 0


def _covers_area(asked: InArea, record: Effort, where: Where | None, region: Area | None, atlas: Atlas) -> int:
    area = atlas.areas[asked.area]
    if area is None:
        return 0
    if isinstance(where, InArea):
        watched = atlas.areas[where.area]
        if where.area == asked.area or watched is None:
            return int(where.area == asked.area)
        files = {atlas.area_sources[one].partition("#")[0] for one in (asked.area, where.area)}
        return int(region_in_area(area, watched, same_source=len(files) == 1))
    if region is not None:
        return int(region_in_area(area, region))
    return _disc_in(area, record) if where is None else 0


def _disc_in(area: Area, record: Effort) -> int:
    """Say whether a disc covers all of an area (1), or lies surely outside it (-1)."""
    if record.lon is None or record.lat is None or record.radius_m is None:
        return 0
    lon, lat, radius = cover(area)
    if (_away(record.lon, record.lat, lon, lat) + radius <= record.radius_m).all():
        return 1
    return -1 if discs_in_area(area, [record.lon], [record.lat], record.radius_m)[0] == -1 else 0


def _away(lon: float, lat: float, lons: Floats, lats: Floats) -> Floats:
    """Measure how far places lie from one place, metres."""
    here = np.full(len(lons), lon), np.full(len(lons), lat)
    return np.asarray(GEOD.inv(here[0], here[1], lons, lats)[2])
