"""WPN-1 class-undefined: a class of weapons is named, and no calibre or list of types."""

from __future__ import annotations

import re
from collections.abc import Iterator

from truceline.terms.lint.rule import Remark, Rule, in_every_text
from truceline.terms.lint.topics import deeds
from truceline.terms.model import Document

__all__ = ["RULE"]

_CLASS = re.compile(
    r"\b(?:heavy|light|long-range|short-range|offensive|advanced|lethal|major|strategic|sophisticated|military) "
    r"(?:and \w+ )?(?:weapons?|weaponry|arms|armou?r|equipment|artillery|mat[eé]riel|hardware)\b",
    re.IGNORECASE,
)


def _find(text: Document) -> Iterator[Remark]:
    for name, clause in text.provisions.items():
        said = next((match[0] for deed in deeds(clause) if " " in deed and (match := _CLASS.search(deed))), None)
        if said:
            what = f"'{name}' speaks of '{said}', and neither a calibre nor a list of types says what that is"
            fix = "declare it under 'things': types by name, or kinds with a calibre: '{gun: {calibre: \">=100 mm\"}}'"
            yield Remark(f"provisions.{name}.what", what, fix)


RULE = Rule(
    "WPN-1",
    "class-undefined",
    "error",
    "practice: one accord lists its heavy weapons by calibre and type, the next does not",
    "a class of weapons is named without calibres or types",
    in_every_text(_find),
    why=(
        "Is a mortar of 82 mm a heavy weapon? A text that does not say leaves the answer to whoever owns it, "
        "and every photograph of one is two findings."
    ),
    mend='Declare the class under `things`: types by name, or kinds with a calibre: `{gun: {calibre: ">=100 mm"}}`.',
)
