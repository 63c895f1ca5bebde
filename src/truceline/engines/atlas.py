"""The atlas: every line and area of an agreement with its geometry, and reports located on them once.

Locating depends on the lines, not on the readings: ten readings of one line cost one location.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from threading import RLock
from typing import Any, get_args

import numpy as np
from numpy.typing import NDArray

from truceline.basics.truth import Truths
from truceline.engines.gaps import GapTable, gap_table, gaps_of
from truceline.evidence.batch import Batch
from truceline.evidence.flight import flies
from truceline.evidence.regions import Regions
from truceline.judge.divergence import every_ground
from truceline.judge.located import Gaps, Offsets, Pair, Places, Times
from truceline.locate.area import Area as ReferenceArea
from truceline.locate.area import discs_in_area, reference_area, region_in_area
from truceline.locate.disc import Located, locate_discs
from truceline.locate.ecef import to_lonlat
from truceline.locate.line import ReferenceLine, locate_points, reference_line
from truceline.locate.region import locate_region
from truceline.locate.rim import Rim, discs_from_rim, region_from_rim, rim_of
from truceline.locate.sharp import open_by_edge
from truceline.locate.sides import Plus
from truceline.plan.codebook import Codebook
from truceline.plan.tables import Aloft, Band, Between, Replaced, Rule, Where
from truceline.plan.walk import depths_of, every_part
from truceline.terms.agreement import Agreement
from truceline.terms.model import Area
from truceline.terms.rims import is_outward
from truceline.terms.shapes import AreaShape, LineShape

__all__ = ["Atlas", "ChartedLine", "atlas_of", "places_of"]

Sector = tuple[float, float]
SAMPLE = 1024
"""So many reports are looked at to see if many share a disc."""
_ONE_AT_A_TIME = RLock()
"""GEOS prepares a polygon when it is first asked: two threads must not ask at the same time."""


@dataclass(frozen=True, slots=True)
class ChartedLine:
    """A line with a published course; `sided` is false where its plus side is only words.

    `rim` : it is the boundary of an area, `area` by its id.
    """

    line: ReferenceLine
    sided: bool
    sectors: tuple[Sector, ...]
    rim: Rim | None = None
    area: int = -1


@dataclass(frozen=True)
class Atlas:
    """Geometry by id: None where the course or the boundary is not public.

    `gaps` holds how far apart two lines lie, for pairs that a depth hangs on; `air`: some ground is in the air, so
    that it counts what flies. `regions` are the polygons in which
    reports may lie; what was located once is remembered. `quick` locates by
    compiled code where there is any: within 100 km of a line it differs from the other way by less than a millimetre,
    and so that no verdict hangs on the size of a batch, one way is taken for all batches of a run.
    """

    lines: tuple[ChartedLine | None, ...]
    areas: tuple[ReferenceArea | None, ...]
    area_sources: tuple[str, ...]
    region_ids: Mapping[str, int]
    regions: tuple[ReferenceArea, ...]
    region_sources: tuple[str, ...]
    between: Mapping[Pair, Pair | None]
    gaps: Mapping[Pair, GapTable]
    air: bool = False
    quick: bool = False
    _located: dict[tuple[int, int], Located] = field(default_factory=dict, repr=False)
    _inside: dict[tuple[int, int], int] = field(default_factory=dict, repr=False)

    def with_regions(self, regions: Regions, *, quick: bool) -> Atlas:
        """Give an atlas of the same lines and areas, for reports that lie in other regions."""
        return replace(self, **_regions_of(regions), quick=quick, _located={}, _inside={})

    def region_on(self, line: int, region: int) -> Located:
        """Locate a region on a line (one row)."""
        charted = self.lines[line]
        if charted is None:
            msg = "a line without a course cannot be located on"
            raise KeyError(msg)
        with _ONE_AT_A_TIME:
            if (line, region) not in self._located:
                self._located[line, region] = self._located_on(charted, region)
        return self._located[line, region]

    def _located_on(self, charted: ChartedLine, region: int) -> Located:
        polygon = self.regions[region]
        if charted.rim is None:
            return locate_region(charted.line, polygon, charted.sectors)
        lies = self._lies_in(charted.rim.area, charted.area, region)
        return region_from_rim(charted.rim, polygon, lies=lies, sectors=charted.sectors)

    def region_in(self, area: int, region: int) -> int:
        """Say whether a region lies in an area: 1, 0 or -1."""
        ground = self.areas[area]
        return 0 if ground is None else self._lies_in(ground, area, region)

    def _lies_in(self, ground: ReferenceArea, area: int, region: int) -> int:
        with _ONE_AT_A_TIME:
            if (area, region) not in self._inside:
                same = _file_of(self.area_sources[area]) == _file_of(self.region_sources[region])
                self._inside[area, region] = int(region_in_area(self.regions[region], ground, same_source=same))
        return self._inside[area, region]


def atlas_of(agreement: Agreement, book: Codebook, rules: Sequence[Rule], regions: Regions | None = None) -> Atlas:
    """Chart the lines and areas of an agreement, and the regions that its reports may name.

    Parameters
    ----------
    agreement : Agreement
        Its shapes were attached by the loader; a line without one stays undisclosed.
    book : Codebook
    rules : sequence of Rule
        They say which sectors each line is asked for, and between which lines.
    regions : Regions, optional
        Polygons by id; without them a report that names a region is a report without a place.
    """
    parts = list(every_part(every_ground(rules)))
    sectors = _sectors_of(parts)
    areas = tuple(_area(name, book.outlines[name], agreement) for name in book.areas)
    rims = {rim: _rim(rim, book.areas.index(area), areas, sectors) for rim, area in book.rims.items()}
    lines = tuple(
        rims[name] if name in rims else _charted(name, book, agreement, sectors) for name in book.lines
    )  # fmt: skip
    return Atlas(
        lines=lines,
        areas=areas,
        area_sources=tuple(_source(agreement, name) for name in book.areas),
        between={pair: _facing(lines, pair) for pair in _pairs_of(parts)},
        gaps=dict(_gap_tables(lines, parts)),
        air=any(isinstance(part, Aloft) for part in parts),
        **_regions_of(regions if regions is not None else Regions.empty()),
    )


def places_of(batch: Batch, atlas: Atlas) -> Places:
    """Locate n reports on every line and in every area of the atlas; a disc that several share is located once."""
    discs = _discs_of(batch)
    lines = {number: _offsets(number, charted, batch, discs, atlas) for number, charted in enumerate(atlas.lines)}
    inside = {number: _inside(number, area, batch, discs, atlas) for number, area in enumerate(atlas.areas)}
    areas = {number: None if found is None else found[0] for number, found in inside.items()}
    edges = {number: found[1] for number, found in inside.items() if found is not None and found[1] is not None}
    gaps = {pair: _gaps(table, lines[pair[0]]) for pair, table in atlas.gaps.items()}
    times, unplaced = Times(batch.start_us, batch.end_us, batch.dated), ~batch.placed & (batch.region < 0)
    return Places(lines, areas, atlas.between, unplaced, times, flies(batch) if atlas.air else None, gaps, edges)


def _gaps(table: GapTable, offsets: Offsets | None) -> Gaps | None:
    return None if offsets is None else gaps_of(table, offsets)


@dataclass(frozen=True, slots=True)
class _Discs:
    """Discs of a batch, and which of them each report has; without that, each its own."""

    lon: NDArray[np.float64]
    lat: NDArray[np.float64]
    radius: NDArray[np.float64]
    which: NDArray[np.int64] | None

    def of_each(self, said: NDArray[Any]) -> NDArray[Any]:
        """Give for each report what is said of its disc, in an array that may be written."""
        return said if self.which is None else np.asarray(said[self.which])


def _discs_of(batch: Batch) -> _Discs:
    """Collect the discs, each once where many reports share one.

    Reports without a disc share one at any finite place: their radius is infinite, or a region decides.
    """
    if batch.placed.all() and not _shared(np.stack([batch.lon[:SAMPLE], batch.lat[:SAMPLE], batch.radius[:SAMPLE]])):
        return _Discs(batch.lon, batch.lat, batch.radius, None)
    placed = np.flatnonzero(batch.placed)
    discs = np.stack([batch.lon[placed], batch.lat[placed], batch.radius[placed]])
    which = np.full(len(batch), discs.shape[1], dtype=np.int64)
    which[placed] = np.arange(len(placed))
    if _shared(discs):
        order = np.lexsort(discs[::-1])
        first = np.append(np.ones(1, dtype=np.bool_), (discs[:, order[1:]] != discs[:, order[:-1]]).any(axis=0))
        discs, number = discs[:, order[first]], np.cumsum(first) - 1
        which[placed[order]] = number
        which[~batch.placed] = discs.shape[1]
    nowhere = [[0.0], [0.0], [np.inf]] if len(placed) < len(batch) else np.empty((3, 0))
    lon, lat, radius = np.concatenate([discs, nowhere], axis=1)
    return _Discs(lon, lat, radius, which)


def _shared(discs: NDArray[np.float64]) -> bool:
    """Say whether to look for discs that several reports share: where few do, that takes as long as to locate them."""
    few = discs[:, :SAMPLE]
    return few.shape[1] > 0 and (few.shape[1] < SAMPLE or len(np.unique(few, axis=1).T) < SAMPLE / 2)


def _offsets(
    number: int, charted: ChartedLine | None, batch: Batch, discs: _Discs, atlas: Atlas
) -> Offsets | None:  # fmt: skip
    if charted is None:
        return None
    located = _discs_on(charted, discs, quick=atlas.quick)
    names = ("low", "high", "either", "abeam", "station_low", "station_high")
    columns = {name: discs.of_each(getattr(located, name)) for name in names}
    near = discs.of_each(located.sectors)
    for region in np.unique(batch.region[batch.region >= 0]):
        rows = batch.region == region
        one = atlas.region_on(number, int(region))
        for name in names:
            columns[name][rows] = getattr(one, name)[0]
        near[rows] = one.sectors[0]
    sectors = {sector: near[:, index] for index, sector in enumerate(charted.sectors)}
    return Offsets(**columns, sectors=sectors, uncertainty=charted.line.uncertainty, sided=charted.sided)


def _discs_on(charted: ChartedLine, discs: _Discs, *, quick: bool) -> Located:
    if charted.rim is not None:
        sectors = charted.sectors
        with _ONE_AT_A_TIME:
            return discs_from_rim(charted.rim, discs.lon, discs.lat, discs.radius, sectors=sectors, machine_code=quick)
    return locate_discs(charted.line, discs.lon, discs.lat, discs.radius, sectors=charted.sectors, machine_code=quick)


def _inside(
    number: int, area: ReferenceArea | None, batch: Batch, discs: _Discs, atlas: Atlas
) -> tuple[Truths, NDArray[np.bool_] | None] | None:  # fmt: skip
    """Say which reports lie in an area, and of which only its edge leaves that open (None: the edge is exact)."""
    if area is None:
        return None
    with _ONE_AT_A_TIME:
        found = discs_in_area(area, discs.lon, discs.lat, discs.radius)
        edge = open_by_edge(area, discs.lon, discs.lat, discs.radius, found) if area.uncertainty else None
    truth: Truths = discs.of_each(found)
    for region in np.unique(batch.region[batch.region >= 0]):
        truth[batch.region == region] = atlas.region_in(number, int(region))
    return truth, None if edge is None else discs.of_each(edge) & (batch.region < 0)


def _regions_of(known: Regions) -> dict[str, Any]:
    """Chart regions: the fields of an atlas that depend on them."""
    charted = (reference_area(polygons, uncertainty=error, repair=True)
               for polygons, error in zip(known.polygons, known.uncertainties, strict=True))  # fmt: skip
    return {
        "region_ids": {name: number for number, name in enumerate(known.ids)}, "regions": tuple(charted),
        "region_sources": tuple(f"{known.source}#{name}" for name in known.ids),
    }  # fmt: skip


def _charted(name: str, book: Codebook, agreement: Agreement, sectors: tuple[Sector, ...]) -> ChartedLine | None:
    shape = agreement.shapes.get(f"lines.{name}")
    if not isinstance(shape, LineShape):
        return None
    line = book.courses[name]
    plus = next((side for side in get_args(Plus) if side == line.plus), None)
    error = line.uncertainty.hi if line.uncertainty is not None else 0.0
    reference = reference_line(
        shape.parts, plus=plus or "left", edges=line.edges or "lonlat", uncertainty=error, name=name
    )
    return ChartedLine(reference, plus is not None, sectors)


def _rim(
    name: str, area: int, areas: Sequence[ReferenceArea | None], sectors: tuple[Sector, ...]
) -> ChartedLine | None:  # fmt: skip
    """Chart the boundary of an area, named by the side on which offsets are positive."""
    drawn = areas[area]
    if drawn is None:
        return None
    rim = rim_of(drawn, outward=is_outward(name))
    return ChartedLine(rim.line, sided=True, sectors=sectors, rim=rim, area=area)


def _area(name: str, area: Area, agreement: Agreement) -> ReferenceArea | None:
    shape = agreement.shapes.get(f"areas.{name}")
    if not isinstance(shape, AreaShape):
        return None
    error = area.uncertainty.hi if area.uncertainty is not None else 0.0
    return reference_area(shape.polygons, uncertainty=error)


def _source(agreement: Agreement, name: str) -> str:
    shape = agreement.shapes.get(f"areas.{name}")
    return shape.source if isinstance(shape, AreaShape) else ""


def _file_of(source: str) -> str:
    return source.partition("#")[0]


def _facing(lines: tuple[ChartedLine | None, ...], pair: tuple[int, int]) -> tuple[int, int] | None:
    """Find on which side of each line the other one lies; None where they cross or lie askew."""
    first, second = lines[pair[0]], lines[pair[1]]
    if first is None or second is None:
        return None
    sides = (_side_of(first.line, second.line), _side_of(second.line, first.line))
    return None if sides[0] == 0 or sides[1] == 0 else sides


def _side_of(line: ReferenceLine, other: ReferenceLine) -> int:
    course = np.concatenate([other.pieces.start, other.pieces.until()])
    points = locate_points(line, *to_lonlat(course))
    sides = {int(side) for side in points.side if side != 0}
    return sides.pop() if len(sides) == 1 else 0


def _sectors_of(parts: Sequence[Where]) -> tuple[Sector, ...]:
    """List all sectors asked for, of whatever line: the sectors of one reading may be held against another's line."""
    asked = [(one.begin, one.end) for part in parts if isinstance(part, Band) for one in part.sectors]
    asked += [(one.begin, one.end) for part in parts if isinstance(part, Replaced) for one in part.parts]
    return tuple(dict.fromkeys(asked))


def _pairs_of(parts: Iterable[Where]) -> set[Pair]:
    return {(part.first, part.second) for part in parts if isinstance(part, Between)}


def _gap_tables(lines: tuple[ChartedLine | None, ...], parts: Iterable[Where]) -> Iterator[tuple[Pair, GapTable]]:
    """Measure the gaps on which a depth hangs: from the line of its band to each course of the other line."""
    bands = [part for part in parts if isinstance(part, Band)]
    pairs = {(band.line, course.line) for band in bands for depth in depths_of(band) if depth.gap is not None
             for course in depth.gap.to}  # fmt: skip
    for first, second in sorted(pairs):
        line, other = lines[first], lines[second] if second >= 0 else None
        if line is not None and other is not None and first != second:
            yield (first, second), gap_table(line.line, other.line)
