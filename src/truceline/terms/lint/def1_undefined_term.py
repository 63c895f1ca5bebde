"""DEF-1 undefined-term: a term that carries weight and is defined nowhere."""

from __future__ import annotations

import re
from collections.abc import Iterator

from truceline.terms.lint.geo4_width_vs_offset import BOTH_WORDS
from truceline.terms.lint.phrases import listed
from truceline.terms.lint.rule import Remark, Rule, in_the_text
from truceline.terms.lint.topics import deeds
from truceline.terms.lint.txt3_side_paper import PAPER
from truceline.terms.model import Document

__all__ = ["RULE"]

_TERM = re.compile(r"(?<![.!?:;] )(?<!^)\b[A-Z][a-z]+(?: [A-Z][a-z]+)+\b")
_FIX = "define it in the text, and declare it here: a set, a thing, an area, a line, or a clause of its own"
_ENTRIES = ("instruments", "parties", "actors", "sets", "things", "areas", "lines", "provisions")


def _find(text: Document) -> Iterator[Remark]:
    yield from _left_open(text)
    used: dict[str, list[str]] = {}
    for name, clause in text.provisions.items():
        for deed in deeds(clause):
            if " " in deed and clause.monitorable != "none":
                used.setdefault(deed, []).append(name)
    for deed, names in used.items():
        if len(names) > 1:
            what = f"{listed(names)} rest on '{deed}', which is defined nowhere"
            yield Remark(f"provisions.{names[0]}.what", what, _FIX)
    known = _known(text)
    for name, clause in text.provisions.items():
        loose = [term for term in _TERM.findall(clause.words or "") if term.casefold() not in known]
        if loose:
            what = f"the words write {listed(dict.fromkeys(loose))} like a defined term, and nothing defines it"
            yield Remark(f"provisions.{name}.words", what, _FIX)


def _left_open(text: Document) -> Iterator[Remark]:
    """Tell what `open` says by itself; sets, lines, zones, widths and missing papers are told by their own rules."""
    told = {name.casefold() for section in (text.sets, text.lines, text.zones) for name in section}
    for name, words in text.open.items():
        elsewhere = name.casefold() in told
        if not elsewhere and not BOTH_WORDS.search(words) and not PAPER.search(f"{name} {words}".replace("_", " ")):
            yield Remark(f"open.{name}", f"the text leaves '{name.replace('_', ' ')}' open: {words}", _FIX)


def _known(text: Document) -> str:
    """Collect every name and title, so that a term that stands in one of them counts as known."""
    entries = ((name, entry) for section in _ENTRIES for name, entry in getattr(text, section).items())
    said = [f"{name} {getattr(entry, 'title', None) or ''}" for name, entry in entries]
    said += [*text.zones, text.agreement.title, *(place for line in text.lines.values() for place in line.places or ())]
    return "\n".join(said).replace("_", " ").casefold()


RULE = Rule(
    "DEF-1",
    "undefined-term",
    "warning",
    "Human Rights Center Berkeley, digital ceasefires: a list of definitions",
    "a term that carries weight and is defined nowhere",
    in_the_text(_find),
    why=(
        "A capital letter promises a definition. Where there is none each side brings its own, and finds out "
        "in the field that they differ."
    ),
    mend="Define it in the text, and declare it here: a set, a thing, an area, a line.",
)
