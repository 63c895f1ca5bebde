"""WHERE, judged: offset intervals and areas against the ground of a rule, with the reasons.

Three-valued and sound: an answer is 1 or -1 only if it holds for every place at which the report may
lie, for every distance that the words allow and for every course that the line may take.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

import numpy as np

from truceline.basics.truth import Truths, all_of, any_of
from truceline.judge.answer import Answer, kept
from truceline.judge.bands import judge_band
from truceline.judge.eras import agreed, held_then
from truceline.judge.located import Offsets, Places
from truceline.judge.reasons import bit
from truceline.plan.tables import (
    All,
    Aloft,
    Any_,
    Anywhere,
    Around,
    Band,
    Between,
    Dated,
    Except,
    InArea,
    Nowhere,
    OneOf,
    Replaced,
    Where,
)  # fmt: skip

__all__ = ["Answer", "Offsets", "Places", "judge_where"]


def judge_where(where: Where, places: Places) -> Answer:
    """Say for every report whether it lies on the ground of a rule.

    Reports without a place are unknown wherever a place matters, with that as the only reason.
    """
    answer = _JUDGES[type(where)](where, places)
    lost = places.unplaced & (answer.truth == 0)
    return Answer(answer.truth, np.where(lost, bit("report_unplaced"), answer.reasons), answer.line)


def _anywhere(_: Anywhere, places: Places) -> Answer:
    return Answer.constant(len(places), 1)


def _nowhere(where: Nowhere, places: Places) -> Answer:
    return Answer.constant(len(places), 0, where.reason)


def _in_area(where: InArea, places: Places) -> Answer:
    inside = places.areas[where.area]
    if inside is None:
        return Answer.constant(len(places), 0, "area_undefined")
    edge = places.edges.get(where.area, np.zeros(len(places), dtype=np.bool_))
    answer = Answer.of(inside, np.where(edge, bit("area_uncertain"), bit("report_too_coarse")))
    return _contested(answer) if where.contested else answer


def _contested(answer: Answer) -> Answer:
    """Leave open what lies in a contested area, or near one; for what lies outside the contest does not matter."""
    open_ = np.minimum(answer.truth, 0)
    return Answer(open_, kept(open_, answer.reasons | bit("area_contested")), answer.line)


def _around(where: Around, places: Places) -> Answer:
    """Lie within a depth of an area, measured from its boundary."""
    if places.lines[where.band.line] is None:
        return Answer.constant(len(places), 0, "area_undefined")
    answer = _by_edge(judge_band(where.band, places))
    return _contested(answer) if where.contested else answer


def _by_edge(answer: Answer) -> Answer:
    """Name the boundary of the area where along a line its course would be named."""
    line, area = bit("line_uncertain"), bit("area_uncertain")
    reasons = np.where(answer.reasons & line, answer.reasons & ~line | area, answer.reasons)
    return Answer(answer.truth, reasons, answer.line)


def _between(where: Between, places: Places) -> Answer:
    """Lie on the inner side of both lines."""
    facing = places.between.get((where.first, where.second))
    first, second = places.lines[where.first], places.lines[where.second]
    if first is None or second is None:
        return Answer.constant(len(places), 0, "line_undisclosed", where.first)
    if facing is None:
        return Answer.constant(len(places), 0, "area_undefined", where.first)
    sides = [_on_side(offsets, sign) for offsets, sign in ((first, facing[0]), (second, facing[1]))]
    truth = all_of(sides[0].truth, sides[1].truth)
    return Answer.of(truth, sides[0].reasons | sides[1].reasons, where.first)


def _on_side(offsets: Offsets, sign: int) -> Answer:
    low, high = (offsets.low, offsets.high) if sign > 0 else (-offsets.high, -offsets.low)
    wide = offsets.uncertainty
    truth = (low - wide >= 0).astype(np.int8) - (high + wide < 0).astype(np.int8)
    truth = np.where(offsets.either, np.int8(0), truth)
    masks = np.where(offsets.either, bit("beyond_line_end"), bit("report_too_coarse"))
    sharp = (low >= 0) | (high < 0)
    return Answer.of(truth, np.where(~offsets.either & sharp, bit("line_uncertain"), masks))


def _one_of(where: OneOf, places: Places) -> Answer:
    """Agree under every alternative, or leave it open: no speaker says which is meant."""
    answers = [judge_where(part, places) for part in where.parts]
    return agreed(answers, [np.ones(len(places), dtype=np.bool_)] * len(answers), "line_not_stated")


def _dated(where: Dated, places: Places) -> Answer:
    """Ask every ground that may have been meant at the time of the report."""
    meant = held_then([(part.begin, part.end) for part in where.parts], places.times, len(places))
    return agreed([judge_where(part.where, places) for part in where.parts], meant, "course_unclear")


def _replaced(where: Replaced, places: Places) -> Answer:
    """Ask every ground that is meant beside a part of the line at which the report may lie."""
    offsets = places.lines[where.line]
    everywhere = np.ones(len(places), dtype=np.bool_)
    meant = [everywhere if offsets is None else offsets.sectors[part.begin, part.end] for part in where.parts]
    return agreed([judge_where(part.where, places) for part in where.parts], meant, "sector_unclear")


def _aloft(_: Aloft, places: Places) -> Answer:
    """Ask what the report shows: only what flies is in the air."""
    if places.aloft is None:
        return Answer.constant(len(places), 0, "act_unclear")
    why = np.where(places.aloft == 0, bit("act_unclear"), bit("not_aloft"))
    return Answer(places.aloft, kept(places.aloft, why), np.full(len(places), -1, dtype=np.int16))


def _any(where: Any_, places: Places) -> Answer:
    return _fold([judge_where(part, places) for part in where.parts], any_of)


def _all(where: All, places: Places) -> Answer:
    return _fold([judge_where(part, places) for part in where.parts], all_of)


def _fold(answers: list[Answer], combine: Callable[..., Truths]) -> Answer:
    truth = combine(*(answer.truth for answer in answers))
    reasons = np.bitwise_or.reduce([answer.reasons for answer in answers])
    line = answers[-1].line
    for answer in reversed(answers[:-1]):  # the first part that gives the answer names the line
        line = np.where(answer.truth == truth, answer.line, line)
    return Answer(truth, kept(truth, reasons), line)


def _except(where: Except, places: Places) -> Answer:
    return _fold([judge_where(where.of, places), judge_where(where.but_not, places).opposite], all_of)


_JUDGES: Mapping[type, Callable[..., Answer]] = {
    Anywhere: _anywhere, Nowhere: _nowhere, InArea: _in_area, Around: _around, Band: judge_band, Between: _between,
    OneOf: _one_of, Any_: _any, All: _all, Except: _except, Dated: _dated, Replaced: _replaced, Aloft: _aloft,
}  # fmt: skip
