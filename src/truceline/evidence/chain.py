"""The way of a statement: who said it, who carried it, who published it; and the graph of all carriers.

``Ada North>Agency>Gazette`` reads: Ada North said it, the agency had it from her, the Gazette from the
agency. ``?`` is somebody unknown, a name with ``?`` behind it is not certain, names with commas between
them carried it side by side. The first word may also be ``named``, ``official``, ``officials`` or ``joint
statement``: then the columns of the speaker say who.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from truceline.evidence.names import key_of

__all__ = ["ROLES", "UNKNOWN", "Carrier", "Carriers", "Chain", "carriers_of", "parse_chain"]

UNKNOWN = "?"
ROLES = ("named", "unnamed", "official", "officials", "joint statement")


@dataclass(frozen=True, slots=True)
class Carrier:
    """One carrier by name, or "?"; `doubtful` where it is not certain that it carried it."""

    name: str
    doubtful: bool = False

    def __str__(self) -> str:
        """Write it as in a chain."""
        return f"{self.name}?" if self.doubtful else self.name

    @property
    def known(self) -> bool:
        """Whether it is certain who this is."""
        return self.name != UNKNOWN and not self.doubtful


@dataclass(frozen=True, slots=True)
class Chain:
    """A chain: the word for who said it, and the steps, first carrier first, publisher last.

    >>> print(Chain("Ada North", ((Carrier("Agency"),), (Carrier("Gazette"), Carrier("Herald", doubtful=True)))))
    Ada North>Agency>Gazette, Herald?
    """

    origin: str = UNKNOWN
    steps: tuple[tuple[Carrier, ...], ...] = ()

    def __str__(self) -> str:
        """Write the chain in its own form."""
        return ">".join((self.origin, *(", ".join(map(str, step)) for step in self.steps)))

    @property
    def first(self) -> tuple[Carrier, ...]:
        """Those who had it from the speaker himself; nobody where no carrier is stated."""
        return self.steps[0] if self.steps else ()

    @property
    def publisher(self) -> tuple[Carrier, ...]:
        """Those with whom it was read."""
        return self.steps[-1] if self.steps else ()

    @property
    def names_speaker(self) -> bool:
        """Whether the first word is a name, not "?" and not the word for a kind of speaker."""
        return self.origin != UNKNOWN and self.origin.casefold() not in ROLES


def parse_chain(words: str | Sequence[str]) -> Chain:
    """Read a chain from words with ``>`` between them, or from a list of them, first speaker first.

    Raises
    ------
    ValueError
        If a link is empty; the message reads ``what is wrong; what to write``.

    Examples
    --------
    >>> parse_chain("?>Agency, Wire>Herald?").steps[0]
    (Carrier(name='Agency', doubtful=False), Carrier(name='Wire', doubtful=False))
    >>> str(parse_chain(["official", "Agency"]))
    'official>Agency'
    """
    links = [link.strip() for link in (words.split(">") if isinstance(words, str) else words)]
    if not links or not all(part.strip() for link in links for part in link.split(",")):
        msg = f"{str(words)[:60]!r} has an empty link; write '?' for who is not known"
        raise ValueError(msg)
    return Chain(links[0], tuple(tuple(_carrier(part.strip()) for part in link.split(",")) for link in links[1:]))


def _carrier(word: str) -> Carrier:
    name = word.removesuffix("?").strip()
    return Carrier(name or UNKNOWN, doubtful=bool(name) and word.endswith("?"))


@dataclass(frozen=True, slots=True)
class Carriers:
    """Who had it from whom, by folded name: `above` lists those from whom a carrier had it.

    `names` gives each carrier as first written, in the order of the chains.
    """

    above: Mapping[str, frozenset[str]] = field(default_factory=dict)
    names: Mapping[str, str] = field(default_factory=dict)

    def sources_of(self, keys: Iterable[str]) -> frozenset[str]:
        """Collect some carriers and all from whom they may have had it, directly or not.

        >>> graph = carriers_of([parse_chain("?>Agency>Gazette>Herald")])
        >>> sorted(graph.sources_of(["gazette"]))
        ['agency', 'gazette']
        """
        seen = set(keys)
        pending = deque(seen)
        while pending:
            fresh = self.above.get(pending.popleft(), frozenset()) - seen
            seen |= fresh
            pending.extend(fresh)
        return frozenset(seen)

    def circles(self) -> tuple[tuple[str, ...], ...]:
        """Find the circles: each by the names of its carriers in order, the first one again at the end.

        Where carriers are linked in several circles, one shortest circle through the first of them stands for all.

        >>> carriers_of(map(parse_chain, ["?>Gazette>Herald", "?>Herald>Gazette>Blog"])).circles()
        (('Gazette', 'Herald', 'Gazette'),)
        """
        found: list[tuple[str, ...]] = []
        done: set[str] = set()
        for key in self.names:
            circle = () if key in done else self._circle(key)
            if circle:
                up = self.sources_of([key])
                done |= {other for other in up if key in self.sources_of([other])}
                found.append(tuple(self.names[each] for each in circle))
        return tuple(found)

    def _circle(self, key: str) -> tuple[str, ...]:
        """Find a shortest way from a carrier up to itself, told downwards."""
        order = {name: number for number, name in enumerate(self.names)}
        pending: deque[tuple[str, ...]] = deque([(key,)])
        seen: set[str] = set()
        while pending:
            path = pending.popleft()
            for upper in sorted(self.above.get(path[0], frozenset()) - {UNKNOWN}, key=order.__getitem__):
                if upper == key:
                    return (key, *path)
                if upper not in seen:
                    seen.add(upper)
                    pending.append((upper, *path))
        return ()


def carriers_of(chains: Iterable[Chain], known_as: Mapping[str, str] | None = None) -> Carriers:
    """Draw the graph of all carriers of some chains.

    Parameters
    ----------
    chains : iterable of Chain
        An unknown carrier links those on both sides of it, and stands above the lower one as "?". A first word
        that is a name of one of the carriers is one too: an outlet may be its own source.
    known_as : mapping of str to str
        Other names of carriers, by folded name: the name to use instead.

    Examples
    --------
    >>> sorted(carriers_of([parse_chain("?>Agency>?>Herald")]).above["herald"])
    ['?', 'agency']
    """
    chains, renamed = tuple(chains), known_as or {}
    above: dict[str, set[str]] = {}
    names: dict[str, str] = {}
    carrying = {_folded(carrier.name, renamed) for chain in chains for step in chain.steps for carrier in step}
    for chain in chains:
        own = chain.names_speaker and _folded(chain.origin, renamed) in carrying
        passed: list[str] = []
        for step in (*(((Carrier(chain.origin),),) if own else ()), *chain.steps):
            keys = [_named(carrier.name, names, renamed) for carrier in step]
            for key in keys:
                above.setdefault(key, set()).update(passed)
            passed = [*passed, UNKNOWN] if keys == [UNKNOWN] else keys
    above.pop(UNKNOWN, None)
    return Carriers({key: frozenset(upper) for key, upper in above.items()}, names)


def _folded(name: str, known_as: Mapping[str, str]) -> str:
    return key_of(known_as.get(key_of(name), name))


def _named(name: str, names: dict[str, str], known_as: Mapping[str, str]) -> str:
    """Fold a name, and remember how it was first written."""
    key = _folded(name, known_as)
    if key != UNKNOWN:
        names.setdefault(key, known_as.get(key_of(name), name))
    return key
