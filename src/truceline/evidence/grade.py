"""Admiralty grades: how reliable the source is, how credible what it says; by whom, when and why.

Each scale is judged apart from the other. Nothing is graded by default, and F6 is never left blank. Grades of
several people stand side by side: there is no average.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from truceline.basics.time import Span
from truceline.errors import Fault
from truceline.evidence.statement_codes import fault_of

__all__ = ["INFORMATION", "SOURCES", "UNGRADED", "Grade", "grade_faults", "is_known", "parse_grade", "standing"]

SOURCES: Mapping[str, str] = MappingProxyType({
    "A": "completely reliable", "B": "usually reliable", "C": "fairly reliable", "D": "not usually reliable",
    "E": "unreliable", "F": "reliability cannot be judged",
})  # fmt: skip
INFORMATION: Mapping[str, str] = MappingProxyType({
    "1": "confirmed by other sources", "2": "probably true", "3": "possibly true", "4": "doubtful", "5": "improbable",
    "6": "truth cannot be judged",
})  # fmt: skip
UNGRADED = "F6"


@dataclass(frozen=True, slots=True)
class Grade:
    """One grade of one statement or report by one person; `decided` is when.

    >>> Grade("n-1", "B2", "desk officer", Span(0, 1), "agrees with the patrol log").words
    'usually reliable, probably true'
    """

    of: str
    grade: str = UNGRADED
    by: str = ""
    decided: Span | None = None
    why: str = ""

    def __post_init__(self) -> None:
        """Refuse what is no grade."""
        parse_grade(self.grade)

    @property
    def words(self) -> str:
        """What the letter and the digit mean."""
        return f"{SOURCES[self.grade[0]]}, {INFORMATION[self.grade[1]]}"


def parse_grade(words: str) -> str:
    """Read a grade; blank is F6.

    Raises
    ------
    ValueError
        If it is not a letter A-F and a digit 1-6.

    Examples
    --------
    >>> parse_grade(" b2 "), parse_grade("")
    ('B2', 'F6')
    """
    grade = words.strip().upper() or UNGRADED
    if not re.fullmatch("[A-F][1-6]", grade):
        msg = f"{words[:60]!r} is no grade; write a letter A-F and a digit 1-6, such as B2"
        raise ValueError(msg)
    return grade


def grade_faults(grade: Grade, origins: int, at: str) -> tuple[Fault, ...]:
    """Say what forbids a grade; nothing if it may stand.

    Parameters
    ----------
    origins : int
        How many independent origins are behind the claim: `Origins.count`.

    Examples
    --------
    >>> print(*grade_faults(Grade("n-1", "A1", "desk officer", Span(0, 1), "two outlets"), 1, "n-1"))
    n-1: TL-S401 1 means confirmed by independent sources, and there are not two independent origins: 1 origin; grade
    it 2 or lower, or add a statement of another origin
    """
    faults = []
    if grade.grade != UNGRADED and not (grade.by.strip() and grade.why.strip() and grade.decided):
        faults.append(fault_of("TL-S403", at, grade.grade, "say who graded it, when, and why"))
    if grade.grade[1] == "1" and origins < 2:
        faults.append(fault_of("TL-S401", at, "1 origin" if origins == 1 else "no origin"))
    return tuple(faults)


def standing(of: str, grades: Iterable[Grade], as_known: Span | None = None) -> tuple[Grade, ...]:
    """List the grades of one statement or report that stand side by side: the latest of each grader, by name.

    A grade is known from the end of the time at which it was given. Two grades of one person of which it
    cannot be told which is later both stand. Without any it is F6, graded by nobody.

    Examples
    --------
    >>> given = [Grade("n-1", "C3", "monitor", Span(0, 1), "hearsay"),
    ...          Grade("n-1", "B2", "monitor", Span(5, 6), "seen"),
    ...          Grade("n-1", "D4", "reviewer", Span(2, 3), "copied")]
    >>> [(each.by, each.grade) for each in standing("n-1", given)], standing("n-2", given)[0].grade
    ([('monitor', 'B2'), ('reviewer', 'D4')], 'F6')
    >>> [each.grade for each in standing("n-1", given, as_known=Span(0, 3))]
    ['C3', 'D4']
    """
    known = [each for each in grades if each.of == of and is_known(each, as_known)]
    stand = {each for each in known if not any(_later(other, each) for other in known if other.by == each.by)}
    return tuple(sorted(stand, key=_order)) or (Grade(of),)


def _order(grade: Grade) -> tuple[str, str, str, int, int]:
    decided = grade.decided or Span(0, 0)
    return grade.by, grade.grade, grade.why, decided.start_us, decided.end_us


def is_known(grade: Grade, as_known: Span | None) -> bool:
    """Say whether a grade was known by the end of a time; one without a date is taken as known."""
    return as_known is None or grade.decided is None or grade.decided.end_us <= as_known.end_us


def _later(one: Grade, other: Grade) -> bool:
    if one.decided is None or other.decided is None:
        return False
    return one.decided.start_us >= other.decided.end_us and one.decided.end_us > other.decided.start_us
