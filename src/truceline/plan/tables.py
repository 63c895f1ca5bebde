"""The plan: one agreement under one reading, as frozen tables of ids and numbers.

No name of a party, an actor or a place is left in here. Whatever the judge needs is a number; the
names wait in the `Codebook` for the explanation.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, fields, is_dataclass
from enum import IntEnum
from typing import Any

import numpy as np
from numpy.typing import NDArray

from truceline.basics.time import Span

__all__ = [
    "All", "Any_", "Anywhere", "Band", "Between", "ByActor", "Depth", "Except", "InArea", "Kind", "Limit", "Nowhere",
    "OneOf", "Plan", "Rule", "Scope", "SectorDepth", "Spell", "What", "When", "Where", "Who", "fingerprint",
]  # fmt: skip

ByActor = NDArray[np.int8]
"""Truth values by actor id; the last entry stands for an actor whom the terms do not list."""


class Kind(IntEnum):
    """What the sentence asks: none at all, at most N, or something that is not judged yet."""

    BAN = 0
    CEILING = 1
    LATER = 2


@dataclass(frozen=True, slots=True)
class Limit:
    """A distance as two bounds in metres: surely from `lo`, possibly up to `hi`."""

    lo: float
    hi: float


@dataclass(frozen=True, slots=True)
class Depth:
    """A stretch of offsets [near, far); `reason` is the code for a place where the text leaves it open."""

    near: Limit
    far: Limit
    reason: str = "term_too_vague"


@dataclass(frozen=True, slots=True)
class SectorDepth:
    """The depth in one station range [begin, end) of the line, in metres."""

    begin: float
    end: float
    depth: Depth


@dataclass(frozen=True, slots=True)
class Band:
    """The ground within a depth of a line; `sectors`, where given, go before `depth`.

    `round_ends` is None where the text does not say whether the band goes round the line's end.
    """

    line: int
    depth: Depth
    sectors: tuple[SectorDepth, ...]
    both_sides: bool
    round_ends: bool | None


@dataclass(frozen=True, slots=True)
class InArea:
    """The ground inside a polygon; `contested`: it is not agreed that the area belongs to the zone."""

    area: int
    contested: bool


@dataclass(frozen=True, slots=True)
class Between:
    """The ground between two lines."""

    first: int
    second: int


@dataclass(frozen=True, slots=True)
class Anywhere:
    """No limit in space."""


@dataclass(frozen=True, slots=True)
class Nowhere:
    """Ground that cannot be located; `reason` says why."""

    reason: str


@dataclass(frozen=True, slots=True)
class OneOf:
    """Alternatives of which exactly one is meant, and no speaker says which."""

    parts: tuple[Where, ...]


@dataclass(frozen=True, slots=True)
class Any_:  # noqa: N801 - `Any` belongs to typing
    """Inside at least one."""

    parts: tuple[Where, ...]


@dataclass(frozen=True, slots=True)
class All:
    """Inside every one."""

    parts: tuple[Where, ...]


@dataclass(frozen=True, slots=True)
class Except:
    """Inside `of` and outside `but_not`."""

    of: Where
    but_not: Where


Where = Band | InArea | Between | Anywhere | Nowhere | OneOf | Any_ | All | Except


@dataclass(frozen=True, slots=True)
class Spell:
    """A membership that holds for a part of the time only: in (1) or unsure (0) from `begin` until `end`."""

    actor: int
    begin: Span
    end: Span
    truth: int = 1


@dataclass(frozen=True, slots=True)
class Who:
    """Whom the rule addresses: `member` before exceptions, `excepted`, who is `bound`, and members for a time.

    `unlisted` holds the ids that stand for nobody under this reading, though they do under another.
    """

    member: ByActor
    excepted: ByActor
    bound: ByActor
    spells: tuple[Spell, ...] = ()
    excepted_spells: tuple[Spell, ...] = ()
    undefined: bool = False
    exception_undefined: bool = False
    unlisted: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Scope:
    """As to whom, or on what ground, a reading denies a rule: whoever is a `member`, and everybody inside `where`.

    `member` and `spells` are as in `Who`; `undefined`: some of it stands in words that nobody has defined.
    """

    member: ByActor
    spells: tuple[Spell, ...] = ()
    where: Where | None = None
    undefined: bool = False


@dataclass(frozen=True, slots=True)
class What:
    """Which acts the rule speaks of (ids in `evidence.acts.ACTS`), and the presence of which things; any will do.

    `things` are the ids of the kinds meant; `undefined`: further words without a definition;
    `later`: further things given by selectors not judged yet. `blind[dataset]` says that a data set
    has no power to show any of it (last entry: a data set that declares nothing).
    """

    acts: tuple[int, ...]
    blind: NDArray[np.bool_]
    things: tuple[int, ...] = ()
    undefined: bool = False
    later: bool = False


@dataclass(frozen=True, slots=True)
class When:
    """In force from an instant in `begin` until one in `end`; `undated`: no date is given at all."""

    begin: Span
    end: Span
    undated: bool


@dataclass(frozen=True, slots=True)
class Rule:
    """One sentence, ready to be judged; `rule` is its place in the codebook's list.

    `denied`: the reading denies it, altogether or, where a `scope` is given, as to that only.
    """

    rule: int
    kind: Kind
    limit: int
    who: Who
    what: What
    where: Where
    when: When
    except_where: Where | None
    denied: bool
    conditional: bool
    scope: Scope | None = None

    @property
    def grounds(self) -> tuple[Where, ...]:
        """Every ground that has to be located for this rule."""
        denied = None if self.scope is None else self.scope.where
        return tuple(ground for ground in (self.where, self.except_where, denied) if ground is not None)


@dataclass(frozen=True, slots=True)
class Plan:
    """All judged rules of an agreement under one reading (an index into the codebook)."""

    reading: int
    rules: tuple[Rule, ...]
    fingerprint: str


def fingerprint(value: Any) -> str:
    """Hash any table: equal tables have equal fingerprints on every machine (SHA-256, hex)."""
    digest = hashlib.sha256()
    _feed(digest, value)
    return digest.hexdigest()


def _feed(digest: Any, value: Any) -> None:
    """Hash a value by its type, its length and its parts, so that no two values share a byte string."""
    if is_dataclass(value):
        parts: list[Any] = [getattr(value, field.name) for field in fields(value)]
        digest.update(f"{type(value).__name__}:{len(parts)};".encode())
    elif isinstance(value, tuple):
        parts = list(value)
        digest.update(f"tuple:{len(parts)};".encode())
    elif isinstance(value, np.ndarray):
        digest.update(f"array:{value.dtype.str}:{value.shape};".encode())
        digest.update(np.ascontiguousarray(value).tobytes())
        return
    else:
        text = repr(value)
        digest.update(f"{type(value).__name__}:{len(text)}:{text};".encode())
        return
    for part in parts:
        _feed(digest, part)
