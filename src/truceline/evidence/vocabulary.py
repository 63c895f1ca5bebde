"""The closed lists of words for statements: one word per idea, each with its meaning.

Categories and modes are those of the PLOVER manual of 2023. An announced withdrawal is a CONCEDE or an
AGREE; only one that was carried out is a RETREAT.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

__all__ = ["CATEGORIES", "MODES", "POLARITIES", "RELEASES", "STANCES", "is_category"]

CATEGORIES: Mapping[str, tuple[str, ...]] = MappingProxyType({
    "AGREE": (),
    "CONSULT": ("visit", "third-party", "multilateral", "phone"),
    "SUPPORT": (),
    "CONCEDE": (),
    "COOPERATE": (),
    "AID": (),
    "RETREAT": ("withdraw", "release", "disarm", "ceasefire", "access", "resign"),
    "REQUEST": ("assist", "change", "yield", "meet"),
    "ACCUSE": ("disapprove", "investigate", "allege"),
    "REJECT": ("assist", "change", "yield", "meet"),
    "THREATEN": ("restrict", "arrest", "relations", "expel", "territory", "violence"),
    "PROTEST": ("demo", "riot", "strike", "hunger", "boycott", "obstruct", "vandalize"),
    "SANCTION": ("convict", "expel", "withdraw", "discontinue"),
    "MOBILIZE": ("troops", "weapons", "police", "militia"),
    "COERCE": ("seize", "restrict", "censor", "curfew", "martial-law", "arrest", "deport", "withhold",
               "misinformation", "cyber"),
    "ASSAULT": ("abduct", "beat", "torture", "sexual", "targeted", "destroy", "primitive", "firearms", "explosives",
                "suicide-attack", "aerial", "drone", "heavy-weapons", "crowd-control", "unconventional"),
})  # fmt: skip
"""Each category with its own modes."""

MODES: Mapping[str, str] = MappingProxyType({
    "historical": "it is told of the past",
    "future": "it is announced, expected or warned of",
    "hypothetical": "it hangs on a condition",
    "negation": "it is said not to be so",
})  # fmt: skip

STANCES: Mapping[str, str] = MappingProxyType({
    "accepts": "agrees to it, or welcomes it as it is",
    "rejects": "refuses it",
    "not_bound": "says that it does not oblige the speaker's side",
    "interprets": "says what it means",
    "offers": "proposes it, or grants it",
    "demands": "asks for it",
    "forecasts": "says that it will come about",
    "denies": "says that it is not in the deal, or did not happen",
    "states": "says what is so, on the ground or in the text, and takes no position to it",
})  # fmt: skip

POLARITIES: Mapping[str, str] = MappingProxyType({
    "positive": "the statement says that it is so",
    "negative": "the statement says that it is not so",
    "opposed": "the statement speaks against it, whether it is so or not",
})  # fmt: skip

RELEASES = ("public", "protected")


def is_category(word: str) -> bool:
    """Say whether a word is a category, or one with a mode of its own behind a point.

    >>> is_category("RETREAT"), is_category("RETREAT.withdraw"), is_category("RETREAT.phone")
    (True, True, False)
    """
    category, _, mode = word.partition(".")
    return category in CATEGORIES and (word == category or mode in CATEGORIES[category])
