"""What the terms rest on: who first said a thing, through whom it came, and since when it was known.

Circles among sources are kept as written and cut where they close: they show that nobody knows who
said it first.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator

from truceline.basics.time import NEVER_BEFORE, Span
from truceline.terms.model import Document

__all__ = ["chain_words", "chains", "chains_of", "is_known", "known_since", "origins", "without_date"]

Chain = tuple[str, ...]

_MEMORY = "memory"
_MOST_CHAINS = 100


def chains(document: Document, name: str) -> tuple[Chain, ...]:
    """List the ways from a source up to the sources that rest on nothing further; circles are cut.

    A chain begins with `name` and ends with an origin, or with the name at which the circle closes.
    The shortest come first; there may be very many, so that only the first hundred are given.

    Examples
    --------
    With ``s.retold: {of: [s.a, s.b]}`` this is (("s.retold", "s.a"), ("s.retold", "s.b")).
    """
    done: list[Chain] = []
    pending: deque[Chain] = deque([(name,)])
    while pending and len(done) < _MOST_CHAINS:
        path = pending.popleft()
        source = document.sources.get(path[-1])
        above = source.of if source and path[-1] not in path[:-1] else ()
        if above:
            pending.extend((*path, upstream) for upstream in above)
        else:
            done.append(path)
    return tuple(done)


def origins(document: Document, names: str | Iterable[str] | None) -> tuple[str, ...]:
    """List who first said what some sources carry: however many carriers one speaker has, it is one origin.

    Independence is never assumed: speakers of a joint statement are one origin, and so are statements
    that share a speaker or an unnamed one of the same description. A source that does not say by whom
    counts by its own name; a circle has no origin.
    """
    groups: list[dict[str, None]] = []
    for name in _first_sources(document, names):
        group = dict.fromkeys(_speakers(document, name))
        shared = [other for other in groups if other.keys() & group.keys()]
        groups = [other for other in groups if not any(other is one for one in shared)]
        groups.append({who: None for one in (*shared, group) for who in one})
    return tuple(", ".join(group) for group in groups)


def _first_sources(document: Document, names: str | Iterable[str] | None) -> list[str]:
    """List the sources above some sources that rest on nothing further."""
    seen = dict.fromkeys(_listed(names))
    pending = deque(seen)
    first: list[str] = []
    while pending:
        name = pending.popleft()
        source = document.sources.get(name)
        above = source.of if source else ()
        first += [] if above else [name]
        fresh = [upstream for upstream in dict.fromkeys(above) if upstream not in seen]
        seen.update(dict.fromkeys(fresh))
        pending.extend(fresh)
    return first


def chains_of(document: Document, names: str | Iterable[str] | None) -> tuple[str, ...]:
    """Tell the chains of one or several sources in words, first speaker first."""
    paths = (path for name in _listed(names) for path in chains(document, name))
    return tuple(dict.fromkeys(chain_words(document, path) for path in paths))


def chain_words(document: Document, path: Chain) -> str:
    """Tell one chain: who said it and when, and through which carriers it came.

    A single source reads ``official (unnamed), 2017-11-12, via Agency, Paper [s.name]``.
    """
    circle = path[-1] in path[:-1]
    links = [_words(document, name) for name in reversed(path[:-1] if circle else path)]
    return " > ".join(([f"a circle back to [{path[-1]}]"] if circle else []) + links)


def is_known(document: Document, names: str | Iterable[str] | None, day: Span) -> bool:
    """Say whether at least one of some sources was surely known by the end of a day.

    A source is known from its `known_from`, else from the end of the time at which it was said. One
    that gives neither is known no earlier than the earliest source it rests `of`. Where no date is
    found it counts as known, as does an entry without a source: nothing shows that it came later.
    """
    listed = _listed(names)
    return not listed or any(_known_from(document, name) <= day.end_us for name in listed)


def known_since(document: Document, names: str | Iterable[str] | None) -> str | None:
    """Give the day since which the first of some sources could be known, as written; None where one states none."""
    listed = _listed(names)
    if not listed or without_date(document, listed):
        return None
    earliest = min(_known_from(document, name) for name in listed)
    dated = (document.sources[name] for name in _above(document, listed) if name in document.sources)
    moments = (one.known_from or one.said for one in dated)
    zone = document.agreement.zone
    first = [one for one in moments if one and one.span(zone, {}).end_us == earliest]
    return str(first[0]).rpartition("..")[2]


def _above(document: Document, names: Iterable[str]) -> Iterator[str]:
    """Go through some sources and all that they rest on, each once."""
    seen = dict.fromkeys(names)
    pending = deque(seen)
    while pending:
        yield (name := pending.popleft())
        source = document.sources.get(name)
        fresh = [upstream for upstream in (source.of if source else ()) if upstream not in seen]
        seen.update(dict.fromkeys(fresh))
        pending.extend(fresh)


def without_date(document: Document, names: str | Iterable[str] | None) -> tuple[str, ...]:
    """List those of some sources that no date can be found for, so that `is_known` takes them for known on any day."""
    return tuple(name for name in _listed(names) if _known_from(document, name) == NEVER_BEFORE)


def _known_from(document: Document, name: str) -> int:
    """Find since when a source could be known, going up from undated ones; circles give no date of their own."""
    seen = {name: None}
    pending = deque(seen)
    dates: list[int] = []
    while pending:
        source = document.sources.get(pending.popleft())
        moment = (source.known_from or source.said) if source else None
        if moment is not None:
            dates.append(moment.span(document.agreement.zone, {}).end_us)
        elif source is None or not source.of:
            return NEVER_BEFORE
        else:
            fresh = [upstream for upstream in dict.fromkeys(source.of) if upstream not in seen]
            seen.update(dict.fromkeys(fresh))
            pending.extend(fresh)
    return min(dates, default=NEVER_BEFORE)


def _speakers(document: Document, name: str) -> tuple[str, ...]:
    source = document.sources.get(name)
    return _listed(source.by) or (name,) if source else (name,)


def _words(document: Document, name: str) -> str:
    source = document.sources.get(name)
    if source is None:
        return "from memory, unconfirmed" if name == _MEMORY else name
    parts = [", ".join(_listed(source.by)) or source.kind or "unstated"]
    parts += [str(source.said)] if source.said else []
    parts += [f"via {', '.join(source.via)}"] if source.via else []
    return f"{', '.join(parts)} [{name}]"


def _listed(names: str | Iterable[str] | None) -> tuple[str, ...]:
    return (names,) if isinstance(names, str) else tuple(names or ())
