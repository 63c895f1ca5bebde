"""A statement: who said what about the deal, when, and through whom it came here. Values only, all as stated."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from truceline.basics.time import Moment
from truceline.evidence.chain import Chain
from truceline.evidence.figures import Value
from truceline.evidence.speaker import Speaker

__all__ = ["MOST_CHARACTERS", "MOST_WORDS", "Citation", "Statement"]

MOST_WORDS, MOST_CHARACTERS = 25, 250
_SHA256 = re.compile("[0-9a-f]{64}")


@dataclass(frozen=True, slots=True)
class Citation:
    """A place in a source copy, as a TextQuoteSelector of the W3C Web Annotation model, and the copy's SHA-256.

    `exact` : the words quoted, at most 25 of them and at most 250 characters (some scripts set no blanks).
    `prefix`, `suffix` : what stands right before and behind them in the copy, in the same words and blanks.

    >>> Citation("a depth of several miles", sha256="0" * 64).exact
    'a depth of several miles'
    >>> Citation("so " * 26)
    Traceback (most recent call last):
    ValueError: a quote of 26 words; quote at most 25 words and 250 characters
    """

    exact: str
    prefix: str = ""
    suffix: str = ""
    sha256: str = ""

    def __post_init__(self) -> None:
        """Refuse a quote that is empty or too long, and a hash that is none."""
        words = len(self.exact.split())
        if not 0 < words <= MOST_WORDS or len(self.exact) > MOST_CHARACTERS:
            size = f"{words} words" if not 0 < words <= MOST_WORDS else f"{len(self.exact)} characters"
            msg = f"a quote of {size}; quote at most {MOST_WORDS} words and {MOST_CHARACTERS} characters"
            raise ValueError(msg)
        if self.sha256 and not _SHA256.fullmatch(self.sha256):
            msg = f"{self.sha256[:70]!r} is no SHA-256; write 64 digits 0-9 and a-f"
            raise ValueError(msg)


@dataclass(frozen=True, slots=True)
class Statement:
    """One statement as one carrier published it; empty words and None mean "not stated".

    `speakers` : who said it; several for a joint statement, none where nobody says.
    `category` : a PLOVER category, with its own mode behind a point ("RETREAT.withdraw"); `modes` are those
    that any statement may have; `stance` is the speaker's position. The words are those of `vocabulary`.
    `claim` : what several statements have in common that say, or should say, the same.
    `about` : provisions, readings or demands of the terms.
    `value`, `words` : the figure, and how it was written there; `line`, `subject` : from where, and who, as stated.
    `fact` : what was said, in the words of whoever recorded it.
    `polarity` : positive, negative or opposed; `hedge` : the word that holds it open, such as "reportedly".
    `said`, `published`, `retrieved` : three dates, never mixed.

    >>> Statement("n-1", speakers=(Speaker(person="Ada North"),)).attributed
    True
    """

    id: str
    speakers: tuple[Speaker, ...] = ()
    chain: Chain = field(default_factory=Chain)
    category: str = ""
    modes: tuple[str, ...] = ()
    stance: str = ""
    claim: str = ""
    about: tuple[str, ...] = ()
    value: Value | None = None
    words: str = ""
    line: str = ""
    subject: str = ""
    fact: str = ""
    language: str = ""
    said: Moment | None = None
    published: Moment | None = None
    retrieved: Moment | None = None
    outlet: str = ""
    url: str = ""
    polarity: str = "positive"
    hedge: str = ""
    citation: Citation | None = None
    release: str = "public"

    @property
    def attributed(self) -> bool:
        """Whether anybody is said to have said it."""
        return bool(self.speakers)

    @property
    def named(self) -> bool:
        """Whether every speaker is named."""
        return self.attributed and all(speaker.named for speaker in self.speakers)
