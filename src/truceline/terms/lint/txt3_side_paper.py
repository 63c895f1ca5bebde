"""TXT-3 side-paper: the text leans on an annex, a map or a protocol that is not at hand."""

from __future__ import annotations

import re
from collections.abc import Iterator

from truceline.terms.lint.entries import free_words
from truceline.terms.lint.phrases import listed, titled
from truceline.terms.lint.rule import Remark, Rule, in_the_text
from truceline.terms.model import Document, Instrument

__all__ = ["PAPER", "RULE"]

PAPER = re.compile(
    r"\b(annex(?:es)?|appendix|protocols?|side[ _]letters?|(?:attached|annexed) maps?|"
    r"(?:secret|side) understandings?)\b(?-i:(?: [A-Z0-9]+)?)\b",
    re.IGNORECASE,
)
_KEYS = ("maps", "map", "annex", "annexes", "protocol", "protocols", "side_letter", "side_letters", "letters")
_HELD = re.compile(r"(?:public|held|at hand|none\b|no\b)", re.IGNORECASE)
_FIX = "obtain it and add it as a source or instrument of its own, or let the parties say that nothing hangs on it"


def _find(text: Document) -> Iterator[Remark]:
    for name, instrument in text.instruments.items():
        for key, words in _papers(instrument):
            what = (
                f"{titled(name, instrument.title)} names {key.replace('_', ' ')} ({words}) that these terms do not hold"
            )
            yield Remark(f"instruments.{name}.{key}", what, _FIX)
    for path, words in _quoted(text):
        paper = PAPER.search(words)
        if paper and not _is_named(paper[1], text):
            yield Remark(path, f"it speaks of '{paper[0]}', and no instrument here is that paper", _FIX)


def _papers(instrument: Instrument) -> Iterator[tuple[str, str]]:
    extra = instrument.model_extra or {}
    if extra.get("held") == "true":
        return
    for key in _KEYS:
        value = instrument.maps if key == "maps" else extra.get(key)
        words = listed(free_words(value))
        if words and not _HELD.match(words.strip("'")):
            yield key, words


def _quoted(text: Document) -> Iterator[tuple[str, str]]:
    for section in ("provisions", "sources"):
        for name, entry in getattr(text, section).items():
            if entry.words:
                yield f"{section}.{name}.words", entry.words
    for name, words in text.open.items():
        yield f"open.{name}", f"{name} {words}".replace("_", " ")


def _is_named(noun: str, text: Document) -> bool:
    """Say whether an instrument goes by that noun, or has papers of that kind, which are told at the instrument."""
    stem = noun.casefold().rstrip("s").removesuffix("e")
    return any(
        stem in " ".join((name, one.title or "", *(one.model_extra or {}))).replace("_", " ").casefold()
        for name, one in text.instruments.items()
    )


RULE = Rule(
    "TXT-3",
    "side-paper",
    "warning",
    "practice: ceilings that stood in a separate proposal and not in the agreement",
    "an annex, a map or a protocol is named that is not at hand",
    in_the_text(_find),
    why=(
        "The numbers of an agreement often stand in its annex, and its lines on a map in a safe. Whoever "
        "checks a report against the text alone checks it against half of what was agreed."
    ),
    mend="Obtain the paper and add it: as an instrument of its own (`adds_to`), with its source.",
)
