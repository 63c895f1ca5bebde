"""WHERE, told: for each line and area of a ground, where the report may lie, what the words allow, what follows."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass, replace

import numpy as np

from truceline.engines.figures import lengths, limit_words, metres, number
from truceline.engines.local import Checked
from truceline.engines.told_area import area_words, around_words
from truceline.engines.told_courses import gap_words, limits_there, line_words, meant_now
from truceline.engines.told_figures import Figure, figures_of
from truceline.judge.answer import Answer
from truceline.judge.limits import Limits
from truceline.judge.located import Offsets
from truceline.judge.places import judge_where
from truceline.judge.reasons import BY_CODE, codes_of
from truceline.judge.share import disc_share
from truceline.plan.depths import ACROSS
from truceline.plan.tables import Aloft, Anywhere, Around, Band, Between, Dated, Depth, InArea, Replaced, Where
from truceline.plan.walk import parts_of

__all__ = ["TRUTHS", "Measure", "because", "measures_of"]

TRUTHS = {1: "true", 0: "unknown", -1: "false"}


@dataclass(frozen=True, slots=True)
class Measure:
    """The arithmetic of one line or area: where the report may lie, what the words allow, what follows.

    `figures` : the lengths of a band as numbers.
    """

    ground: str
    truth: str
    arithmetic: tuple[str, ...]
    figures: tuple[Figure, ...] = ()


def measures_of(where: Where, checked: Checked) -> Iterator[Measure]:
    """Tell the arithmetic of each line and area that a ground is made of, for the one report of `checked`.

    Of ground that changes only what may be meant at the time of the report, or where it lies, is told.
    """
    if isinstance(where, Dated | Replaced):
        for part, why in meant_now(where, checked):
            for measure in measures_of(part, checked):
                yield replace(measure, arithmetic=(why, *measure.arithmetic))
    elif parts_of(where) and not isinstance(where, Around):
        for part in parts_of(where):
            yield from measures_of(part, checked)
    else:
        answer = judge_where(where, checked.places)
        words = (*_arithmetic(where, answer, checked), *because(answer))
        yield Measure(_ground(where, checked), TRUTHS[int(answer.truth[0])], words, figures_of(where, checked))


def because(answer: Answer) -> Iterator[str]:
    """Tell why an answer is unknown."""
    for code in codes_of(int(answer.reasons[0])) if answer.truth[0] == 0 else ():
        yield f"unknown, because {BY_CODE[code].words}"


def _ground(where: Where, checked: Checked) -> str:
    if isinstance(where, Band):
        line = line_words(where.line, checked)
        return f"the ground beyond {line}" if where.depth == ACROSS else f"band along {line}"
    if isinstance(where, Between):
        return f"between {line_words(where.first, checked)} and {line_words(where.second, checked)}"
    if isinstance(where, InArea | Around):
        name = checked.setup.book.areas[where.area]
        title = checked.setup.book.outlines[name].title
        named = name if title in (None, name) else f"{title} [{name}]"
        whole = f"{'' if named.startswith('area') else 'area '}{named}{', contested' * where.contested}"
        return f"within a distance of {whole}" if isinstance(where, Around) else whole
    if isinstance(where, Aloft):
        return "the air"
    return "anywhere" if isinstance(where, Anywhere) else "ground that cannot be located"


def _arithmetic(where: Where, answer: Answer, checked: Checked) -> Iterator[str]:
    if isinstance(where, Band):
        yield from _band(where, answer, checked)
    elif isinstance(where, Between):
        yield from _between(where, checked)
    elif isinstance(where, InArea):
        yield from area_words(where.area, checked)
    elif isinstance(where, Around):
        yield from around_words(where, checked)
    elif isinstance(where, Aloft):
        shows = {1: "the report shows a flight", 0: "the report may show a flight", -1: "nothing in the report flew"}
        yield f"only what flies is in the air: {shows[int(answer.truth[0])]}"


def _band(where: Band, answer: Answer, checked: Checked) -> Iterator[str]:
    offsets = checked.places.lines[where.line]
    depths = [sector.depth for sector in where.sectors] or [where.depth]
    if offsets is not None:
        limits = [limits_there(depth, where, checked) for depth in depths]
        yield from _offset(where.line, offsets, checked, _numbers(limits), both_sides=where.both_sides)
    yield from _sectors(where, offsets, checked) if where.sectors else _depth(where.depth, where, checked)
    if offsets is not None and not checked.places.unplaced[0]:
        yield from _ends(where, offsets)
        yield from _shares(where, answer, offsets, checked)


def _numbers(limits: list[Limits | None]) -> list[float]:
    """List the limits of one report as numbers, where they are known."""
    return [float(np.ravel(end)[0]) for one in limits if one is not None for end in one.ends]


def _offset(
    line: int, offsets: Offsets, checked: Checked, limits: list[float], *, both_sides: bool = False
) -> Iterator[str]:
    """Tell the signed offset, or the distance where the side does not matter or is not known."""
    if checked.places.unplaced[0]:
        yield "no place is stated: it may lie at any distance"
        return
    doubt = bool(offsets.either[0]) or not offsets.sided
    away = doubt or both_sides
    low, high = (float(bound[0]) for bound in (offsets.distances if away else (offsets.low, offsets.high)))
    if away:
        side = "" if both_sides else "; on which side is not known" if offsets.sided else "; the text names no side"
        where = f"distance {lengths(low, high, limits)}{side}"
    else:
        plus = checked.setup.book.courses[checked.setup.book.lines[line]].plus
        where = f"offset {lengths(low, high, limits)}, {_side(low, high, plus)}"
    yield where + _centre(offsets, checked, away=away)
    wide = offsets.uncertainty
    if wide:
        wider = lengths(max(low - wide, 0.0) if away else low - wide, high + wide, limits)
        yield f"the line itself is known to ± {number(wide, 0)} m: {wider}"
    begin, end = float(offsets.station_low[0]), float(offsets.station_high[0])
    between = f"at {metres(begin)} m" if end - begin < 1.0 else f"between {metres(begin)} and {metres(end)} m"
    yield f"its nearest point on the line lies {between} from the first point of the line (station)"


def _side(low: float, high: float, plus: str) -> str:
    if low >= 0.0:
        return f"on the plus side ({plus})"
    return f"on the other side than {plus}" if high < 0.0 else f"plus is {plus}, minus the other side"


def _centre(offsets: Offsets, checked: Checked, *, away: bool) -> str:
    """Tell how the bounds came about: the report's own place, and how exactly it is known."""
    batch = checked.batch
    if batch.region[0] >= 0:
        return f"; anywhere in the region {checked.reports.column('region')[0]}"
    radius, high = float(batch.radius[0]), float(offsets.high[0])
    centre = abs(high - radius) if away else high - radius
    return f"; centre {metres(centre)} m ± {number(radius, 0)} m" if radius else ""


def _sectors(where: Band, offsets: Offsets | None, checked: Checked) -> Iterator[str]:
    for sector in where.sectors:
        end = "on" if math.isinf(sector.end) else f"to {metres(sector.end)} m"
        here = offsets is None or bool(offsets.sectors[sector.begin, sector.end][0])
        for words in _depth(sector.depth, where, checked):
            away = "" if here else " (the report does not lie beside this sector)"
            yield f"sector from station {metres(sector.begin)} {'m ' if end == 'on' else ''}{end}{away}: {words}"


def _depth(depth: Depth, where: Band, checked: Checked) -> Iterator[str]:
    """Tell how far the zone surely reaches, and how far it possibly does, whatever the rule says of what is in it."""
    if depth.gap is not None:
        yield from gap_words(depth.gap, where, checked)
    limits = limits_there(depth, where, checked)
    if limits is None:
        return
    near_lo, near_hi, far_lo, far_hi = _numbers([limits])
    if math.isinf(near_hi) and near_hi > 0.0:
        possible = f"surely in the zone; possibly {_stretch(near_lo, far_hi)}" if far_hi > near_lo else "in the zone"
        yield f"no distance is {possible}"
        return
    sure = f"surely in the zone {_stretch(near_hi, far_lo)}" if far_lo > near_hi else "nowhere surely in the zone"
    open_ = "" if (near_lo, far_lo) == (near_hi, far_hi) else f"; possibly in the zone {_stretch(near_lo, far_hi)}"
    yield sure + open_


def _stretch(begin: float, end: float) -> str:
    begins = "across the line and" if math.isinf(begin) else f"from {limit_words(begin)}"
    return f"{begins} {'without a limit' if math.isinf(end) else f'to below {limit_words(end)}'}"


def _ends(where: Band, offsets: Offsets) -> Iterator[str]:
    beside = int(offsets.abeam[0])
    if beside == 1:
        return
    ends = {True: "goes round it", False: "stops there", None: "may go round it or stop there: the text does not say"}
    yield f"it {'lies' if beside == -1 else 'may lie'} beyond an end of the line; the band {ends[where.round_ends]}"


def _shares(where: Band, answer: Answer, offsets: Offsets, checked: Checked) -> Iterator[str]:
    """Tell the shares of the disc, where they say something; they have no part in the verdict."""
    low, high, far = float(offsets.low[0]), float(offsets.high[0]), where.depth.far
    if answer.truth[0] != 0 or offsets.either[0] or not offsets.sided or where.sectors or where.both_sides:
        return
    if checked.batch.region[0] >= 0 or not low < high or math.isinf(far.hi) or where.depth.gap is not None:
        return
    across = disc_share(low, high, -math.inf, 0.0)
    within = [
        f"{disc_share(low, high, 0.0, limit):.0%} within {limit_words(limit)}" for limit in sorted({far.lo, far.hi})
    ]
    yield f"shares of the disc, shown and never deciding: {across:.0%} across the line, {', '.join(within)}"


def _between(where: Between, checked: Checked) -> Iterator[str]:
    facing = checked.places.between.get((where.first, where.second))
    for line, sign in zip((where.first, where.second), facing or (0, 0), strict=True):
        offsets = checked.places.lines[line]
        if offsets is not None:
            side = {1: ", the other line lies on its plus side", -1: ", the other line lies on its minus side", 0: ""}[
                sign
            ]
            for words in _offset(line, offsets, checked, [0.0]):
                yield f"from {line_words(line, checked)}{side}: {words}"
