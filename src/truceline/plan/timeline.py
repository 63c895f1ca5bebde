"""A truth that changes with time: true, false or unknown at every instant, as stretches between edges."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import pairwise

from truceline.basics.time import FOREVER, NEVER_BEFORE, Span

__all__ = ["ALWAYS", "UNKNOWN", "Timeline", "all_of", "came_true", "negated", "once", "told", "within"]


@dataclass(frozen=True, slots=True)
class Timeline:
    """Truth values (1, 0, -1) by time: `values[i]` holds from ``edges[i - 1]`` until ``edges[i]``, microseconds.

    There is one value more than edges, and neighbours differ, so that equal truths are equal values.
    """

    edges: tuple[int, ...]
    values: tuple[int, ...]

    def at(self, instant: int) -> int:
        """Give the truth at an instant.

        >>> Timeline((10,), (-1, 1)).at(9), Timeline((10,), (-1, 1)).at(10)
        (-1, 1)
        """
        return self.values[sum(1 for edge in self.edges if edge <= instant)]

    @property
    def stretches(self) -> Iterator[tuple[int, int, int]]:
        """Go through the stretches: (begin, end, truth), without gaps, from the beginning of time to its end."""
        bounds = (NEVER_BEFORE, *self.edges, FOREVER)
        return ((begin, end, value) for (begin, end), value in zip(pairwise(bounds), self.values, strict=True))


ALWAYS = Timeline((), (1,))
UNKNOWN = Timeline((), (0,))


def told(stretches: Iterable[tuple[Span, Span, int]]) -> Timeline:
    """Put together what was said of parts of the time.

    Parameters
    ----------
    stretches : iterable of (begin, end, truth)
        Each holds from an instant in `begin` until one in `end`.

    Returns
    -------
    Timeline
        Unknown where nothing surely was said, and where what was said, or may have been, differs.

    Examples
    --------
    >>> told([(Span(10, 10), Span(20, 30), 1)])
    Timeline(edges=(10, 20), values=(0, 1, 0))
    >>> told([(Span(0, 0), Span(9, 9), 1), (Span(5, 5), Span(9, 9), -1)])
    Timeline(edges=(0, 5), values=(0, 1, 0))
    """
    every = tuple(stretches)
    edges = sorted({at for begin, end, _ in every for span in (begin, end) for at in (span.start_us, span.end_us)})
    inside = [at for at in edges if _is_inside(at)]
    return _merged(inside, [_said_at(at, every) for at in (NEVER_BEFORE, *inside)])


def _said_at(instant: int, stretches: Iterable[tuple[Span, Span, int]]) -> int:
    """Give what all that surely or possibly was said of an instant agrees on, if anything surely was."""
    possible = {value for begin, end, value in stretches if begin.start_us <= instant < end.end_us}
    sure = {value for begin, end, value in stretches if begin.end_us <= instant < end.start_us}
    return possible.pop() if sure and len(possible) == 1 else 0


def within(begin: Span, end: Span) -> Timeline:
    """Say at every instant whether it lies in a stretch that begins in one span and ends in another.

    >>> within(Span(10, 12), Span(20, 20))
    Timeline(edges=(10, 12, 20), values=(-1, 0, 1, -1))
    """
    edges = sorted({at for span in (begin, end) for at in (span.start_us, span.end_us) if _is_inside(at)})
    return _merged(edges, [min(_reached(begin, at), -_reached(end, at)) for at in (NEVER_BEFORE, *edges)])


def _reached(span: Span, instant: int) -> int:
    """Say whether an instant that lies in a span has come."""
    return 1 if instant >= span.end_us else -1 if instant < span.start_us else 0


def _is_inside(instant: int) -> bool:
    return NEVER_BEFORE < instant < FOREVER


def negated(line: Timeline) -> Timeline:
    """Negate a truth at every instant: unknown stays unknown.

    >>> negated(Timeline((10,), (-1, 0)))
    Timeline(edges=(10,), values=(1, 0))
    """
    return Timeline(line.edges, tuple(-value for value in line.values))


def all_of(lines: Iterable[Timeline]) -> Timeline:
    """Combine truths at every instant by Kleene's AND; of none of them it is true at all times.

    >>> all_of([Timeline((10,), (-1, 1)), Timeline((20,), (0, 1))])
    Timeline(edges=(10, 20), values=(-1, 0, 1))
    """
    every = tuple(lines)
    edges = sorted({edge for line in every for edge in line.edges})
    return _merged(edges, [min((line.at(at) for line in every), default=1) for at in (NEVER_BEFORE, *edges)])


def once(line: Timeline, since: int) -> Timeline:
    """Say at every instant whether something has come true: from the first instant at which it surely is, it has.

    It surely has not while it was false all the time from `since` on. What nobody can tell of the time before
    that does not count.

    >>> once(Timeline((0, 10, 20), (0, -1, 1, -1)), since=0)
    Timeline(edges=(0, 10), values=(0, -1, 1))
    >>> once(Timeline((0, 10, 20), (0, -1, 1, -1)), since=-5)
    Timeline(edges=(10,), values=(0, 1))
    """
    edges = sorted({*line.edges, *([since] if _is_inside(since) else ())})
    so_far, values = -1, []
    for begin, end in pairwise((NEVER_BEFORE, *edges, FOREVER)):
        value = max(so_far, line.at(begin))
        values.append(value)
        so_far = value if value == 1 or end > since else so_far
    return _merged(edges, values)


def came_true(line: Timeline) -> Span:
    """Bound the first instant of all time at which something was true.

    Returns
    -------
    Span
        From the first instant at which it may have come true, to the first one by which it surely has. Both are the
        end of time where it never did. What is true since ever began some time before it ended: nobody says when.

    Examples
    --------
    >>> came_true(Timeline((10, 20, 30), (-1, 0, 1, -1)))
    Span(start_us=10, end_us=20)
    >>> came_true(Timeline((), (-1,))) == Span(FOREVER, FOREVER)
    True
    >>> came_true(Timeline((10,), (1, -1))) == Span(NEVER_BEFORE, 10)
    True
    """
    possible = next((begin for begin, _, value in line.stretches if value > -1), FOREVER)
    sure = (end if begin == NEVER_BEFORE else begin for begin, end, value in line.stretches if value == 1)
    return Span(possible, next(sure, FOREVER))


def _merged(edges: Iterable[int], values: list[int]) -> Timeline:
    """Drop the edges at which nothing changes."""
    kept = [(edge, value) for edge, before, value in zip(edges, values, values[1:], strict=False) if value != before]
    return Timeline(tuple(edge for edge, _ in kept), (values[0], *(value for _, value in kept)))
