"""REL-1 prior-agreements: how the text stands to earlier ones is not stated."""

from __future__ import annotations

from collections.abc import Iterator

from truceline.terms.base import names_in
from truceline.terms.lint.phrases import titled
from truceline.terms.lint.rule import Remark, Rule, in_the_text
from truceline.terms.lint.topics import is_missing
from truceline.terms.model import Document, Instrument

__all__ = ["RULE"]

_RELATIONS = ("replaces", "supersedes", "implements", "contradicts", "repeals")
_FIX = "say it in the text, and here: 'amends: ...', 'adds_to: ...' or 'replaces: ...'"


def _find(text: Document) -> Iterator[Remark]:
    related = {name: _relations(one) for name, one in text.instruments.items()}
    pointed = {other for others in related.values() for other in others}
    used = {name for clause in text.provisions.values() for name in names_in(clause.under)}
    if len(used) > 1 and "prior_agreements" not in text.covers:
        for name in (name for name in text.instruments if name in used and not related[name] and name not in pointed):
            instrument = text.instruments[name]
            if instrument.text is None or instrument.text.casefold().startswith("public"):
                what = f"nothing says how {titled(name, instrument.title)} stands to the other texts of the deal"
                yield Remark(f"instruments.{name}", what, _FIX)
    elif not any(related.values()) and is_missing(text, "prior_agreements"):
        what = "nothing says what becomes of earlier texts: whether this one replaces them, adds to them or leaves them"
        yield Remark("covers.prior_agreements", what, _FIX)


def _relations(instrument: Instrument) -> tuple[str, ...]:
    stated = (instrument.amends, instrument.adds_to, instrument.endorses)
    extra = (instrument.model_extra or {}).items()
    return (
        *(name for one in stated for name in names_in(one)),
        *(str(value) for key, value in extra if key in _RELATIONS),
    )


RULE = Rule(
    "REL-1",
    "prior-agreements",
    "warning",
    "practice: an accord that refers to the one before it and neither replaces nor confirms it",
    "how the text stands to earlier ones is not stated",
    in_the_text(_find),
    why=(
        "If the new text is silent the old one may still hold, and so may both: two deadlines, two lines, two "
        "lists. Each side then keeps the one it likes better."
    ),
    mend="Say it in the text: it replaces, adds to or leaves untouched, article by article.",
    topics=("prior_agreements",),
)
