"""TXT-2 languages: several language versions, and nothing says which prevails."""

from __future__ import annotations

import re
from collections.abc import Iterator

from truceline.terms.lint.entries import free_words
from truceline.terms.lint.rule import Remark, Rule, in_the_text
from truceline.terms.lint.topics import standing
from truceline.terms.model import Document

__all__ = ["RULE"]

_KEYS = ("language", "languages", "lang")
_SEVERAL = re.compile(r",|;|/|\band\b", re.IGNORECASE)
_PREVAILS = re.compile(r"(?<!none )(?<!neither )(?<!no version )\bprevails?\b|only authentic", re.IGNORECASE)
_UNOFFICIAL = re.compile(r"unofficial (?:\w+ )?translation", re.IGNORECASE)


def _find(text: Document) -> Iterator[Remark]:
    if standing(text, "languages") in ("covered", "left out on purpose"):
        return
    for path, words in _languages(text):
        if _SEVERAL.search(words) and not _PREVAILS.search(words):
            what = f"the text has several languages ('{words}'), and nothing says which of them prevails"
            yield Remark(path, what, "agree on the one that prevails, or on what holds where they differ")
    for path, words in _notes(text):
        if _UNOFFICIAL.search(words):
            what = "the words rest on an unofficial translation"
            yield Remark(
                path, what, "quote the authentic text, with 'lang', and keep the translation as a source of its own"
            )


def _languages(text: Document) -> Iterator[tuple[str, str]]:
    if text.agreement.language:
        yield "agreement.language", text.agreement.language
    for name, instrument in text.instruments.items():
        for key in _KEYS:
            value = (instrument.model_extra or {}).get(key)
            if value:
                yield f"instruments.{name}.{key}", ", ".join(free_words(value))


def _notes(text: Document) -> Iterator[tuple[str, str]]:
    for section in ("instruments", "sources"):
        for name, entry in getattr(text, section).items():
            if entry.note:
                yield f"{section}.{name}.note", entry.note


RULE = Rule(
    "TXT-2",
    "languages",
    "warning",
    "practice: an accord signed in one language only, and known to the world in translations",
    "several languages, none of which prevails, or an unofficial translation",
    in_the_text(_find),
    why=(
        'A width in one language is a depth in another, and "by" a day may be before it or on it. Two '
        "authentic versions are two agreements as soon as somebody is accused."
    ),
    mend=(
        "Agree on the version that prevails, or on who decides where the versions differ, and write it under "
        "`language`."
    ),
    topics=("languages",),
)
