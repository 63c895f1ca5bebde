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
from truceline.plan.timeline import ALWAYS, Timeline
from truceline.plan.trend import Trend
from truceline.plan.weapons import Makes, Thing, selects_by_make_or_size

__all__ = [
    "All", "Aloft", "Any_", "Anywhere", "Around", "Band", "Between", "ByActor", "Course", "Dated", "Depth", "Era",
    "Except", "Gap", "InArea", "Kind", "Limit", "Nowhere", "OneOf", "Plan", "Replaced", "Rule", "Scope", "SectorDepth",
    "Spell", "Stretch", "Waiver", "What", "When", "Where", "Who", "fingerprint",
]  # fmt: skip

ByActor = NDArray[np.int8]
"""Truth values by actor id; the last entry stands for an actor whom the terms do not list."""


class Kind(IntEnum):
    """What the sentence asks: none at all, at most N, at least N, a change over time, or nothing of these."""

    BAN = 0
    CEILING = 1
    LATER = 2
    FLOOR = 3
    TREND = 4


@dataclass(frozen=True, slots=True)
class Limit:
    """A distance as two bounds in metres: surely from `lo`, possibly up to `hi`."""

    lo: float
    hi: float


@dataclass(frozen=True, slots=True)
class Course:
    """A course that a line may have from an instant in `begin` until one in `end`; one that is not charted has -1."""

    line: int
    begin: Span
    end: Span
    reason: str = "line_undisclosed"


@dataclass(frozen=True, slots=True)
class Gap:
    """A limit that hangs on how far apart two lines lie: ``base + share * gap`` metres, never below zero.

    `to` : the courses of the other line; several at one time are alternatives of which one is meant.
    """

    base: float
    share: float
    to: tuple[Course, ...]


@dataclass(frozen=True, slots=True)
class Depth:
    """A stretch of offsets [near, far); `reason` is the code for a place where the text leaves it open.

    Where there is a `gap` the far limit follows it, station by station, and `far` bounds it along the whole line.
    """

    near: Limit
    far: Limit
    reason: str = "term_too_vague"
    gap: Gap | None = None


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
class Around:
    """The ground within a depth of an area: a `band` along its boundary; `contested` as in `InArea`."""

    band: Band
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


@dataclass(frozen=True, slots=True)
class Era:
    """Ground that is meant from an instant in `begin` until one in `end`."""

    where: Where
    begin: Span
    end: Span


@dataclass(frozen=True, slots=True)
class Dated:
    """Ground that changes with the time of the report, such as that along a line which moves."""

    parts: tuple[Era, ...]


@dataclass(frozen=True, slots=True)
class Stretch:
    """Ground that is meant beside one station range [begin, end) of a line, in metres."""

    begin: float
    end: float
    where: Where


@dataclass(frozen=True, slots=True)
class Replaced:
    """Ground that hangs on the station of a line, parts of which other lines replace."""

    line: int
    parts: tuple[Stretch, ...]


@dataclass(frozen=True, slots=True)
class Aloft:
    """The air above any ground: only what flies is there."""


Where = (
    Band | InArea | Around | Between | Anywhere | Nowhere | OneOf | Any_ | All | Except | Dated | Replaced | Aloft
)  # fmt: skip


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

    `things` are the selectors of those meant, a number being a kind; `makes` what the text knows of the makes
    that reports name; `undefined`: further words without a definition. `blind[dataset]` says that a data
    set has no power to show any of it (last entry: a data set that declares nothing).
    """

    acts: tuple[int, ...]
    blind: NDArray[np.bool_]
    things: tuple[Thing, ...] = ()
    undefined: bool = False
    makes: Makes | None = None

    @property
    def by_more_than_kind(self) -> bool:
        """Whether the make or the size of what was seen can matter."""
        return self.makes is not None or any(selects_by_make_or_size(thing) for thing in self.things)


@dataclass(frozen=True, slots=True)
class When:
    """In force from an instant in `begin` until one in `end`; `undated`: no date is given at all.

    `hung` : whether the begin, and the end, is counted from a condition. A begin at the end of time never comes.
    """

    begin: Span
    end: Span
    undated: bool
    hung: tuple[bool, bool] = (False, False)


@dataclass(frozen=True, slots=True)
class Waiver:
    """An exception with bounds: whoever is a `member`, on this ground, at these times; all of them must fit.

    `member` and `spells` are as in `Who`; `undefined`: some of those meant stand in words that nobody has defined.
    """

    member: ByActor
    spells: tuple[Spell, ...] = ()
    where: Where | None = None
    during: Timeline = ALWAYS
    undefined: bool = False


@dataclass(frozen=True, slots=True)
class Rule:
    """One sentence, ready to be judged; `rule` is its place in the codebook's list.

    `denied`: the reading denies it, altogether or, where a `scope` is given, as to that only. `trend`: what a change
    over time asks, of a rule of that kind. `condition`: whether what it hangs on is met; `unjudged`: the reading has
    a table for it that is not judged. `limit`: how many at most, or at least; a number that the text rounds may mean
    any from `limit` to ``limit + slack``.
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
    scope: Scope | None = None
    trend: Trend | None = None
    condition: Timeline = ALWAYS
    waivers: tuple[Waiver, ...] = ()
    unjudged: bool = False
    slack: int = 0

    @property
    def limits(self) -> tuple[int, int]:
        """The least and the largest number that the limit may mean."""
        return self.limit, self.limit + self.slack

    @property
    def grounds(self) -> tuple[Where, ...]:
        """Every ground that has to be located for this rule."""
        denied = None if self.scope is None else self.scope.where
        every = (self.where, self.except_where, denied, *(waiver.where for waiver in self.waivers))
        return tuple(ground for ground in every if ground is not None)


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
