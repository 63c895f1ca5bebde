"""The contract of the part of the page that tells who said what; the conventions are those of `publish.payload`.

Every word is for reading and shown as it is. Of a protected statement nothing but its id is told.
"""

from __future__ import annotations

from typing import NotRequired

from pydantic import ConfigDict, with_config
from typing_extensions import TypedDict

__all__ = ["Changed", "Claim", "Credited", "Origin", "Statement", "Voice", "WhoSaid", "Wording", "strict"]

strict = with_config(ConfigDict(extra="forbid", strict=True, allow_inf_nan=False))


@strict
class Statement(TypedDict):
    """One telling of a claim, as stated; what is not stated is None or left out.

    `via` : the carriers, whoever heard it first in front and whoever published it at the end. `value` : the figure;
    `other` : the same in the other unit; `words` : the figure as it was written there. `line` : from where it is
    measured. `does` : what the statement does (interprets, demands, ...). `said` : what was said, in the words of
    whoever recorded it. `quote`, `copy` : words of the source, and the beginning of the hash of its copy.
    """

    id: str
    protected: bool
    speaker: NotRequired[str | None]
    via: NotRequired[list[str]]
    outlet: NotRequired[str | None]
    day: NotRequired[str | None]
    does: NotRequired[list[str]]
    value: NotRequired[str | None]
    other: NotRequired[str | None]
    words: NotRequired[str | None]
    line: NotRequired[str | None]
    said: NotRequired[str | None]
    hedge: NotRequired[str | None]
    quote: NotRequired[str | None]
    copy: NotRequired[str | None]
    url: NotRequired[str | None]
    language: NotRequired[str | None]
    grades: NotRequired[list[str]]


@strict
class Voice(TypedDict):
    """One speaker as heard by one first carrier; `speaker` None: all of it is protected."""

    speaker: str | None
    statements: list[str]


@strict
class Origin(TypedDict):
    """One origin, or where `least` is more than 1 so many that cannot be told apart."""

    named: bool
    least: int
    voices: list[Voice]


@strict
class Credited(TypedDict):
    """One saying that is credited to different speakers, and what speaks for one saying."""

    one: Voice
    other: Voice
    why: str


@strict
class Wording(TypedDict):
    """Words, and the statements that have them."""

    words: str
    statements: list[str]


@strict
class Changed(TypedDict):
    """What was worded differently after one carrier; `before` is empty where only retellings are at hand."""

    fields: list[str]
    carrier: str
    before: list[Wording]
    after: list[Wording]


@strict
class Claim(TypedDict):
    """What several statements have in common: how many independent origins it has, `why`, and all that was found.

    `about` : provisions, readings and demands of the terms. `look` : what to look at, in a few words. `loose` : voices
    that count for nobody. `decided` : judgements, contests and refused grades, in words.
    """

    id: str
    count: int
    outlets: int
    about: list[str]
    look: list[str]
    why: str
    origins: list[Origin]
    loose: list[Voice]
    credited: list[Credited]
    circles: list[list[str]]
    changed: list[Changed]
    statements: list[Statement]
    decided: list[str]


@strict
class WhoSaid(TypedDict):
    """All claims, in the order in which they first come; `notes` hold of all of them."""

    claims: list[Claim]
    notes: list[str]
