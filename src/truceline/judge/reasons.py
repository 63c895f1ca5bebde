"""The closed list of reason codes: why a verdict is what it is, and what would decide it.

A set of reasons travels as a bit mask (uint64), bit i standing for the i-th member of `REASONS`;
codes are only ever added at the end, so that a stored mask keeps its meaning.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

import numpy as np

__all__ = ["BY_CODE", "REASONS", "Reason", "bit", "codes_of"]


@dataclass(frozen=True, slots=True)
class Reason:
    """One code, the verdict it goes with, its meaning in plain words and what would decide."""

    code: str
    verdict: str
    words: str
    decided_by: str = ""


REASONS = (
    Reason("not_in_force", "not_applicable", "the rule was not in force at the time of the report"),
    Reason("not_bound", "not_applicable", "whoever is named in the report is not bound by the agreement"),
    Reason("condition_unmet", "not_applicable", "the condition of the rule was not met"),
    Reason("denied", "not_applicable", "the holder of this reading denies the provision"),
    Reason("not_subject", "no_violation", "nobody named in the report belongs to those whom the rule addresses"),
    Reason("not_the_act", "no_violation", "what the report shows is not what the rule speaks of"),
    Reason("outside", "no_violation", "the place lies surely outside the ground that the rule covers"),
    Reason("excepted", "no_violation", "the actor or the place is excepted from the rule"),
    Reason("every_condition_met", "violation", "every condition of the rule is surely met"),
    Reason("no_date", "indeterminate", "the report states no date", "a date of the event"),
    Reason("report_time_coarse", "indeterminate", "the time of the report straddles a limit of the rule's period",
           "a more exact time of the event"),
    Reason("term_undated", "indeterminate", "the text gives no date from which the rule holds",
           "a date on which the parties agree"),
    Reason("term_time_vague", "indeterminate", "the rule's period begins or ends at an instant not stated exactly",
           "the hour and zone of entry into force"),
    Reason("actor_not_named", "indeterminate", "the report names nobody", "who was involved"),
    Reason("attribution_unknown", "indeterminate", "some of those involved are addressed by the rule and some are not,"
           " and the report does not say who acted", "who acted, according to whom"),
    Reason("membership_contested", "indeterminate", "it is contested whether the actor belongs to those addressed",
           "an agreed list of members"),
    Reason("actor_unlisted", "indeterminate", "the terms do not list an actor of the report's name",
           "a line in the terms for this name"),
    Reason("subject_undefined", "indeterminate", "the text names those addressed in words without a list",
           "a definition of those addressed"),
    Reason("act_unclear", "indeterminate", "the report may or may not show the act that the rule speaks of",
           "a more exact account of what happened"),
    Reason("act_undefined", "indeterminate", "the text names the act in words without a definition",
           "a definition of the act"),
    Reason("thing_not_stated", "indeterminate", "the report does not say which weapon or object it was",
           "the kind of weapon or object"),
    Reason("report_too_coarse", "indeterminate", "the place of the report is not exact enough for the limit",
           "a more exact place"),
    Reason("report_unplaced", "indeterminate", "the report states no place that could be located", "a place"),
    Reason("term_too_vague", "indeterminate", "the text leaves the distance open where the report lies",
           "one agreed distance for this part of the line"),
    Reason("distance_undisclosed", "indeterminate", "the distance is not public", "publication of the distance"),
    Reason("line_undisclosed", "indeterminate", "the course of the reference line is not public",
           "publication of the line"),
    Reason("line_uncertain", "indeterminate", "the course of the reference line is not known exactly enough",
           "a more exact course of the line"),
    Reason("line_not_stated", "indeterminate", "no speaker says which of several lines is meant",
           "a statement of the line meant"),
    Reason("side_not_stated", "indeterminate", "the text does not say which side of the line is meant",
           "a statement of the side meant"),
    Reason("beyond_line_end", "indeterminate", "the place may lie beyond an end of the line, where it has no sides",
           "a rule for the ground beyond the ends"),
    Reason("ends_not_stated", "indeterminate", "the text does not say whether the band goes round the end of the line",
           "a statement that the band is round or flat at its ends"),
    Reason("sector_unclear", "indeterminate", "the report may lie in either of two sectors with different depths",
           "a more exact place along the line"),
    Reason("area_contested", "indeterminate", "it is contested whether this area belongs to the zone",
           "an agreed list of areas"),
    Reason("area_undefined", "indeterminate", "the ground is named in words, without a published boundary",
           "a published boundary"),
    Reason("exception_undefined", "indeterminate", "an exception is written in words without a definition",
           "a definition of the exception"),
    Reason("bound_unknown", "indeterminate", "it is not known whether the actor is bound by the agreement",
           "a line in the terms that says to which party the actor belongs"),
    Reason("source_cannot_show", "indeterminate", "this data set cannot show the act that the rule speaks of",
           "reports from a source that can"),
    Reason("count_incomplete", "indeterminate", "sightings can break a ceiling but never prove that it was kept, nor"
           " that anything is missing", "a complete inspection"),
    Reason("not_judged_yet", "indeterminate", "rules of this kind are recorded and not yet judged by this version",
           "a version that judges them"),
    Reason("denial_unclear", "indeterminate", "it is not known whether the denial of the rule reaches this report",
           "a list of those, or a boundary of the ground, that the denial means"),
    Reason("thing_size_not_stated", "indeterminate", "the report does not say of which calibre or range the weapon is",
           "the calibre or the range of the weapon, or its make"),
    Reason("thing_contradicted", "indeterminate", "what the report says of the weapon does not go together with what"
           " the terms say of its make", "which of the two holds"),
    Reason("make_unlisted", "indeterminate", "the terms do not list a weapon of the make that the report names",
           "a line in the terms for this make"),
    Reason("enough_shown", "no_violation", "the report surely shows as much as the rule demands"),
    Reason("series_needed", "indeterminate", "one report shows no change over time", "counts of several months, with"
           " who watched in them"),
    Reason("line_moves", "indeterminate", "the line moves, and no dated course of it is known",
           "its course on the day of the report"),
    Reason("course_unclear", "indeterminate", "the line ran elsewhere at another time, and the report may be of either",
           "a more exact time of the event, or of the change of the line"),
    Reason("not_aloft", "no_violation", "the rule covers the air alone, and what the report shows did not fly"),
    Reason("condition_unknown", "indeterminate", "it is not known whether, or when, the condition was met that the"
           " rule hangs on", "a source that says whether it was met, and since when"),
    Reason("number_rounded", "indeterminate", "the text does not say exactly how many, and what is shown lies between"
           " the numbers that it may mean", "one agreed number"),
    Reason("area_uncertain", "indeterminate", "the boundary of the area is not known exactly enough",
           "a more exact boundary of the area"),
)  # fmt: skip

BY_CODE = {reason.code: reason for reason in REASONS}
_BITS = {reason.code: np.uint64(1 << index) for index, reason in enumerate(REASONS)}


def bit(code: str) -> np.uint64:
    """Give the bit of a reason code.

    >>> int(bit("denied"))
    8
    """
    return _BITS[code]


@lru_cache(maxsize=65536)
def codes_of(mask: int) -> tuple[str, ...]:
    """Name the reasons in a bit mask, in the order of the list.

    >>> codes_of(12)
    ('condition_unmet', 'denied')
    """
    return tuple(reason.code for index, reason in enumerate(REASONS) if mask >> index & 1)
