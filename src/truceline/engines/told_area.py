"""An area, told: how far inside its edge the report may lie, or outside, and how far from it the words reach."""

from __future__ import annotations

import math
from collections.abc import Iterator

from truceline.engines.figures import lengths, limit_words, metres, number
from truceline.engines.local import Checked
from truceline.locate.area import Area
from truceline.locate.edge import discs_to_edge, region_to_edge
from truceline.plan.tables import Around
from truceline.terms.rims import is_outward

__all__ = ["area_words", "around_words"]


def area_words(number_of_area: int, checked: Checked) -> Iterator[str]:
    """Tell the distance of the one report of `checked` to the edge of an area, nearest and farthest."""
    area = checked.setup.atlas.areas[number_of_area]
    if area is None:
        return
    if checked.places.unplaced[0]:
        yield "no place is stated: it may lie inside or outside"
        return
    low, high = _depths(area, number_of_area, checked)
    yield _edge(low, high) + _middle(area, checked)
    wide = area.uncertainty
    if wide:
        # Of a region a border in common with the area is one border, so that there is nothing to be added to it.
        so = f": {_edge(low - wide, high + wide)}" if checked.batch.region[0] < 0 else ""
        yield f"the edge itself is known to ± {number(wide, 0)} m{so}"


def around_words(where: Around, checked: Checked) -> Iterator[str]:
    """Tell how far the one report of `checked` lies from an area, and how far from it the zone reaches."""
    yield from area_words(where.area, checked)
    near, far = where.band.depth.near, where.band.depth.far
    side = "on both sides" if where.band.both_sides else "outside" if _outward(where, checked) else "inside"
    sure = f"surely in the zone {_belt(near.hi, far.lo, side)}" if far.lo > near.hi else "nowhere surely in the zone"
    exact = (near.lo, far.lo) == (near.hi, far.hi)
    yield sure if exact else f"{sure}; possibly in the zone {_belt(near.lo, far.hi, side)}"


def _outward(where: Around, checked: Checked) -> bool:
    return is_outward(checked.setup.book.lines[where.band.line])


def _belt(begin: float, end: float, side: str) -> str:
    """Say between which distances from an edge a belt lies; one without a near limit takes the area in."""
    until = "without a limit" if math.isinf(end) else f"to below {limit_words(end)}"
    if math.isinf(begin) and end <= 0.0:
        return "inside the area"
    begins = f"inside the area, and {side}" if math.isinf(begin) else f"{side} from {limit_words(begin)}"
    return f"{begins} {until} from its edge"


def _depths(area: Area, number_of_area: int, checked: Checked) -> tuple[float, float]:
    """Bound how deep the report lies in an area [m]; what is sure of a region by its borders narrows the bounds."""
    batch = checked.batch
    if batch.region[0] < 0:
        low, high = discs_to_edge(area, batch.lon, batch.lat, batch.radius)
        return float(low[0]), float(high[0])
    least, most = region_to_edge(area, checked.setup.atlas.regions[int(batch.region[0])])
    inside = checked.places.areas[number_of_area]
    truth = 0 if inside is None else int(inside[0])
    return (max(least, 0.0) if truth == 1 else least), (min(most, 0.0) if truth == -1 else most)


def _edge(low: float, high: float) -> str:
    if low >= 0.0:
        return f"inside, {lengths(low, high)} from its edge"
    if high <= 0.0:
        return f"outside, {lengths(-high, -low)} from its edge"
    inside, outside = lengths(high, high), lengths(-low, -low)
    return f"may lie inside, up to {inside} from its edge, or outside, up to {outside} from it"


def _middle(area: Area, checked: Checked) -> str:
    batch = checked.batch
    if batch.region[0] >= 0:
        return f"; anywhere in the region {checked.reports.column('region')[0]}"
    radius = float(batch.radius[0])
    if not radius:
        return ""
    middle = float(discs_to_edge(area, batch.lon, batch.lat, 0.0)[0][0])
    side = "inside" if middle >= 0.0 else "outside"
    return f"; centre {metres(abs(middle))} m {side} ± {number(radius, 0)} m"
