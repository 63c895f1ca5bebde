"""Names that rest on themselves: a set that contains itself, a zone made of itself, a condition counted from itself.

Circles among sources are no fault: they show that nobody knows who said it first.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from truceline.terms.model import Document, Spell
from truceline.terms.things import words_in
from truceline.terms.timed import Condition
from truceline.terms.trouble import Steps, Trouble, shown
from truceline.terms.where import AllOf, AnyOf, ExceptFor, Where

__all__ = ["circle_through", "loop_troubles", "zone_names"]

Links = Mapping[str, Iterable[str]]


def circle_through(name: str, links: Links) -> tuple[str, ...] | None:
    """Find the shortest way from a name back to itself.

    >>> circle_through("a", {"a": ["b"], "b": ["c", "a"]})
    ('a', 'b', 'a')
    """
    came_from: dict[str, str] = {}
    pending = deque([name])
    while pending:
        here = pending.popleft()
        for following in links.get(here, ()):
            if following == name:
                return _way(name, here, came_from)
            if following not in came_from:
                came_from[following] = here
                pending.append(following)
    return None


def _way(name: str, last: str, came_from: Mapping[str, str]) -> tuple[str, ...]:
    way = [name, last]
    while way[-1] != name:
        way.append(came_from[way[-1]])
    return tuple(reversed(way)) if last != name else (name, name)


def loop_troubles(document: Document) -> Iterator[Trouble]:
    """Find circles; each circle is told once, at its first name in the file."""
    for section, every in _links(document).items():
        links = _trimmed(every)
        told: set[str] = set()
        for name in links:
            circle = None if name in told else circle_through(name, links)
            if circle:
                told.update(circle)
                what = f"{shown(name)} contains itself: {' > '.join(circle)}"
                yield Trouble((section, name), "TL-E031", what, "break the circle, or use two names", key=True)


def _trimmed(links: Mapping[str, Iterable[str]]) -> Links:
    """Drop the names that lead to no circle, again and again: what is left is small even in a large file."""
    left = {name: [to for to in ends if to in links] for name, ends in links.items()}
    sources: dict[str, list[str]] = {}
    for name, ends in left.items():
        for to in ends:
            sources.setdefault(to, []).append(name)
    open_ends = {name: len(ends) for name, ends in left.items()}
    pending = [name for name, count in open_ends.items() if count == 0]
    while pending:
        name = pending.pop()
        left.pop(name)
        for before in sources.get(name, ()):
            open_ends[before] -= 1
            if open_ends[before] == 0:
                pending.append(before)
    return {name: [to for to in ends if to in left] for name, ends in left.items()}


def _links(document: Document) -> dict[str, dict[str, list[str]]]:
    return {
        "sets": {
            name: [member.who if isinstance(member, Spell) else member for member in (*chosen.in_, *chosen.unsure)]
            for name, chosen in document.sets.items()
        },
        "things": {name: list(words_in(thing)) for name, thing in document.things.items()},
        "lines": {name: list(line.one_of or ()) for name, line in document.lines.items()},
        "zones": {name: [part for _, part in zone_names(zone)] for name, zone in document.zones.items()},
        "instruments": {name: _anchors(instrument) for name, instrument in document.instruments.items()},
        "conditions": {name: _counted_from(condition) for name, condition in document.conditions.items()},
    }


def _anchors(instrument: Any) -> list[str]:
    dates = (instrument.in_force, instrument.signed, instrument.agreed, instrument.date)
    return [date.anchor for date in dates if date is not None and date.anchor]


def _counted_from(condition: Condition) -> list[str]:
    dates = (date for stretch in condition.is_ for date in (stretch.from_, stretch.until))
    return [date.anchor for date in dates if date is not None and date.anchor]


def zone_names(zone: Where, steps: Steps = ()) -> Iterator[tuple[Steps, str]]:
    """List the names of zones or areas of which a zone is made, with the path to each.

    >>> list(zone_names(AnyOf(any=("strip", "town"))))
    [(('any', 0), 'strip'), (('any', 1), 'town')]
    """
    if isinstance(zone, str):
        yield steps, zone
    elif isinstance(zone, AnyOf | AllOf):
        key, parts = ("any", zone.any) if isinstance(zone, AnyOf) else ("all", zone.all)
        for index, part in enumerate(parts):
            yield from zone_names(part, (*steps, key, index))
    elif isinstance(zone, ExceptFor):
        yield from zone_names(zone.of, (*steps, "of"))
        yield from zone_names(zone.but_not, (*steps, "but_not"))
