"""Words in a table of reports that nobody knows: taken as a file's would be, and told as warnings."""

from __future__ import annotations

import sys
import warnings
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

import pyarrow as pa
import pyarrow.compute as pc

from truceline.basics.counting import counted
from truceline.errors import Fault
from truceline.evidence.acts import ACTS
from truceline.evidence.kinds import KINDS
from truceline.evidence.mapping import is_known_act
from truceline.formats.report_codes import CODES
from truceline.terms.trouble import guess

__all__ = ["doubts_of", "guarded", "warn_of"]

RELEASES = ("public", "protected")
SHOWN = 10
"""Words of a column that are named; the others are counted."""


@dataclass(frozen=True, slots=True)
class _List:
    """A column whose words come from a list, and the code of those that do not."""

    column: str
    code: str
    has: Callable[[str], bool]
    words: Iterable[str]


LISTS = (
    _List("act", "TL-R210", is_known_act, ACTS), _List("maybe", "TL-R210", is_known_act, ACTS),
    _List("thing", "TL-R211", KINDS.__contains__, KINDS),
    _List("release", "TL-R222", lambda word: word.lower() in RELEASES, RELEASES),
)  # fmt: skip


def doubts_of(reports: pa.Table, before: int = 0) -> tuple[Fault, ...]:
    """Find the words for acts, things and releases that are in no list of ours: mostly they are misspelt.

    Parameters
    ----------
    reports : pyarrow.Table
        With our columns in their own types.
    before : int
        How many reports stand in the tables before it; rows are counted from 1.

    Returns
    -------
    tuple of Fault
        One per column and word, with the first row and the number of rows.

    Examples
    --------
    >>> print(*doubts_of(pa.table({"act": ["fire", "posiiton", "posiiton"]})))
    reports row 2 column act: TL-R210 no act has this name: it equals only itself ('posiiton', 2 rows);
    did you mean 'position'?
    """
    there = (one for one in LISTS if one.column in reports.column_names)
    return tuple(fault for one in there for fault in _in_column(reports, one, before))


def guarded(reports: pa.Table) -> pa.Table:
    """Take a release that is neither public nor protected for protected, whatever its capitals; null is public.

    >>> guarded(pa.table({"release": ["Public", "sealed", None]}))["release"].to_pylist()
    ['public', 'protected', None]
    """
    if "release" not in reports.column_names:
        return reports
    given = reports.column("release")
    if pc.all(pc.is_in(given, pa.array([*RELEASES, None]))).as_py() in (True, None):
        return reports
    lower = pc.utf8_lower(given)
    known = pc.if_else(pc.is_in(lower, pa.array([*RELEASES, None])), lower, "protected")
    at = reports.column_names.index("release")
    return reports.set_column(at, reports.schema.field(at), known.cast(given.type))


def warn_of(doubts: Iterable[Fault]) -> None:
    """Warn of doubts where the caller of Truceline stands."""
    for doubt in doubts:
        warnings.warn(str(doubt), UserWarning, stacklevel=_depth())


def _in_column(reports: pa.Table, given: _List, before: int) -> Iterator[Fault]:
    words, rows = reports.column(given.column).combine_chunks(), None
    if pa.types.is_list(words.type):
        words, rows = pc.list_flatten(words), pc.list_parent_indices(words)
    strange = [word for word in pc.unique(words).to_pylist() if word is not None and not given.has(word)]
    what, do = CODES[given.code].what, CODES[given.code].do
    for word in strange[:SHOWN]:
        found = pc.indices_nonzero(pc.equal(words, word))
        mine = found if rows is None else pc.unique(rows.take(found))
        at = f"reports row {before + mine[0].as_py() + 1} column {given.column}"
        meant = guess(word, given.words)
        remedy = f"did you mean {meant!r}?" if meant else do
        yield Fault(at, given.code, f"{what} ({word!r}, {counted(len(mine), 'row')})", remedy)
    if len(strange) > SHOWN:
        more = counted(len(strange) - SHOWN, "more word")
        yield Fault(f"reports column {given.column}", given.code, f"{what} ({more})", do)


def _depth() -> int:
    """Count the functions from a warning up to whoever called the first one of ours."""
    depth, frame = 1, sys._getframe(1)  # noqa: SLF001 - the only way to find the caller
    while frame.f_back is not None and str(frame.f_globals.get("__name__")).startswith("truceline"):
        depth, frame = depth + 1, frame.f_back
    return depth
