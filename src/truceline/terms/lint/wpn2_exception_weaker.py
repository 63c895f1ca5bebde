"""WPN-2 exception-weaker: a weapon that is listed by name may stand nearer than any other of its class."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from truceline.basics.quantity import Distance, parse_distance
from truceline.terms.lint.rule import Remark, Rule, in_the_text
from truceline.terms.model import Document

__all__ = ["RULE"]


def _find(text: Document) -> Iterator[Remark]:
    for section in ("provisions", "readings"):
        for name, entry in getattr(text, section).items():
            table, general = getattr(entry, "table", None) or {}, getattr(entry, "else_", None) or {}
            least = min(_distances(general).values(), key=lambda one: one.lo, default=None)
            weaker = {key: one for key, one in _distances(table).items() if least is not None and one.hi < least.lo}
            if least and weaker:
                nearer = ", ".join(f"'{key}' ({one})" for key, one in weaker.items())
                what = f"{nearer}: listed by name, and so held to less than the {least} that hold for all others"
                yield Remark(f"{section}.{name}.table", what, "say that the greater of the two distances holds")


def _distances(table: Mapping[str, Any]) -> dict[str, Distance]:
    """Read the distances of a table; what is none is left aside."""
    found = {}
    for key, value in table.items():
        try:
            found[key] = parse_distance(str(value))
        except ValueError:
            continue
    return found


RULE = Rule(
    "WPN-2",
    "exception-weaker",
    "warning",
    "practice: a table with 8 and 9 km for types that a general rule keeps 15 km away",
    "a weapon listed by name is held to less than all others",
    in_the_text(_find),
    why=(
        "The exception was meant to be stricter and came out weaker: the list gives a gun nine kilometres "
        "where its class has fifteen. Whoever owns it reads the list, and whoever is in range reads the rule."
    ),
    mend="Say that the greater of the two distances holds.",
)
