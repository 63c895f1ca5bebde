"""A row of words -> what somebody decided: a judgement or a grade. Every word is checked, all faults come at once.

A bare date is that day in UTC, on the desk of everybody: decisions are put in order by it.
"""

from __future__ import annotations

from collections.abc import Container, Mapping
from typing import Final, cast, get_args

from truceline.basics.time import Span
from truceline.errors import Fault
from truceline.evidence.grade import UNGRADED, Grade, grade_faults, parse_grade
from truceline.evidence.judgement import Answer, Judgement, JudgementKind, faults_of
from truceline.evidence.row_words import RowWords, stated_moment
from truceline.evidence.statement_codes import fault_of

__all__ = ["GRADE_COLUMNS", "JUDGEMENT_COLUMNS", "SHOWN_COLUMNS", "is_undecided", "read_grade", "read_judgement"]

JUDGEMENT_COLUMNS: Final = ("id", "kind", "about", "what", "answer", "by", "decided", "why", "replaces")
"""The columns of a file of judgements; in `about` there is ``;`` between several."""

GRADE_COLUMNS: Final = ("of", "grade", "by", "decided", "why")
"""The columns of a file of grades."""

SHOWN_COLUMNS: Final = ("reasons", "one", "other")
"""Columns of a sheet of proposals that are for whoever fills it in; nothing is read from them."""

_DECISION: Final = ("kind", "grade", "what", "answer", "by", "decided", "why", "replaces")
_ABOUT_SEVERAL: Final = ("same", "not_same")


def is_undecided(cells: Mapping[str, str]) -> bool:
    """Say whether nobody has filled a row in yet: it names what is to be decided, and nothing of a decision.

    >>> is_undecided({"id": "j-1", "about": "a; b", "by": " "}), is_undecided({"id": "j-1", "by": "desk officer"})
    (True, False)
    """
    return not any(cells.get(column, "").strip() for column in _DECISION)


def read_judgement(
    cells: Mapping[str, str], at: str, earlier: Container[str] = ()
) -> tuple[Judgement | None, tuple[Fault, ...]]:
    r"""Read one judgement from its cells.

    Parameters
    ----------
    cells : mapping of str to str
        Words by column, those of `JUDGEMENT_COLUMNS`; others are not looked at.
    at : str
        Where the row stands, as in "desk.csv row 3".
    earlier : container of str
        The ids of the judgements before it, which it may replace.

    Returns
    -------
    judgement : Judgement or None
        None if there is a fault.
    faults : tuple of Fault
        All faults of the row.

    Examples
    --------
    >>> cells = {"id": "j-1", "kind": "same", "about": "n-1; n-2", "by": "desk officer", "decided": "2017-12-01"}
    >>> read_judgement(cells | {"why": "one shot, two logs"}, "desk.csv row 1")[0].pairs
    (('n-1', 'n-2'),)
    >>> print(*read_judgement(cells | {"kind": "sane"}, "desk.csv row 1")[1], sep="\n")
    desk.csv row 1 column kind: TL-S103 this word is not in the list: 'sane'; did you mean 'same'?
    desk.csv row 1: TL-S403 who decided, or why, is missing; name the person or role, and give the reasons
    """
    row = RowWords(cells, at)
    name, kind, answer, what = map(row.text, ("id", "kind", "answer", "what"))
    if not name:
        row.find("TL-S101", "id")
    known = _kind(row, kind, answer, what)
    decided = _decided(row)
    # What has no proper kind or answer is told of once; everything else is looked at all the same.
    trial = Judgement(
        name, cast("JudgementKind", kind), row.list("about"), row.text("by"), decided or Span(0, 0), row.text("why"),
        what, cast("Answer", answer if answer in get_args(Answer) else "yes"), row.text("replaces"),
    )  # fmt: skip
    more = (fault for fault in faults_of(trial, earlier, at) if known or fault.code != "TL-S404")
    faults = (*row.faults, *more)
    return (None if faults else trial), faults


def _kind(row: RowWords, kind: str, answer: str, what: str) -> bool:
    """Check kind and answer, and whether they go together; say whether the kind is one."""
    kinds, answers = get_args(JudgementKind), get_args(Answer)
    row.word("kind", kind, kinds)
    row.word("answer", answer, answers)
    if not kind:
        row.find("TL-S404", "kind", "it is empty", f"write one of {', '.join(kinds)}")
    elif kind in _ABOUT_SEVERAL and (what or answer not in ("", "yes")):
        row.find("TL-S404", "what" if what else "answer", f"{kind!r} has none", "leave it empty")
    elif kind in kinds and kind not in _ABOUT_SEVERAL and not answer:
        row.find("TL-S404", "answer", f"{kind!r} needs one", f"write one of {', '.join(answers)}")
    return kind in kinds


def read_grade(cells: Mapping[str, str], at: str) -> tuple[Grade | None, tuple[Fault, ...]]:
    r"""Read one grade from its cells.

    Whether there are the two origins without which nothing is confirmed (TL-S401) is not known here: see
    `claims.refused_grades`.

    Examples
    --------
    >>> cells = {"of": "n-1", "grade": "b2", "by": "desk officer", "decided": "2017-12-01", "why": "as the log has it"}
    >>> read_grade(cells, "desk.csv row 1")[0].words
    'usually reliable, probably true'
    >>> print(*read_grade(cells | {"grade": "good", "of": ""}, "desk.csv row 1")[1], sep="\n")
    desk.csv row 1 column of: TL-S101 the row has no id; name the statement or report that is graded
    desk.csv row 1 column grade: TL-S402 this is no grade: 'good' is no grade; write a letter A-F and a digit 1-6, such
    as B2
    """
    row = RowWords(cells, at)
    of = row.text("of")
    if not of:
        row.find("TL-S101", "of", remedy="name the statement or report that is graded")
    grade = row.read("grade", "TL-S402", parse_grade)
    decided = row.read("decided", "TL-S105", _span)
    trial = Grade(of, grade or UNGRADED, row.text("by"), decided, row.text("why"))
    missed = grade_faults(trial, 2, at) if decided or not row.text("decided") else ()
    faults = (*row.faults, *missed)
    return (None if faults else trial), faults


def _decided(row: RowWords) -> Span | None:
    if not row.text("decided"):
        row.faults.append(fault_of("TL-S403", f"{row.at} column decided", "it is empty", "say when it was decided"))
    return row.read("decided", "TL-S105", _span)


def _span(words: str) -> Span:
    return stated_moment(words).span("UTC", {})
