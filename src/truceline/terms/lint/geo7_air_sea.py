"""GEO-7 air-sea: the rules speak of the ground and are silent on what flies or floats."""

from __future__ import annotations

from collections.abc import Iterator

from truceline.terms.lint.rule import Remark, Rule, in_the_text
from truceline.terms.lint.topics import is_missing
from truceline.terms.model import Document

__all__ = ["RULE"]


def _find(text: Document) -> Iterator[Remark]:
    if is_missing(text, "air"):
        what = "nothing says whether flights and uncrewed aircraft are allowed, over which ground and how high"
        yield Remark("covers.air", what, "add a clause on 'overflight', or a zone with 'air: true'")
    # Whether the ground touches the sea cannot be told from the terms: only a plain "none" counts.
    if "sea" in text.covers and is_missing(text, "sea"):
        what = "nothing says what holds for boats, ports and the sea"
        yield Remark("covers.sea", what, "add a clause on 'ship', with the waters in which it holds")


RULE = Rule(
    "GEO-7",
    "air-sea",
    "warning",
    "Haysom and Hottinger: land, sea and air; practice: drones over areas that were agreed for the ground alone",
    "flights and uncrewed aircraft are not addressed",
    in_the_text(_find),
    why=(
        "A ban on hostilities does not say whether a drone may look. Flights are the first thing that each "
        "side sees of the other, and where no clause speaks of them every one is lawful to its owner."
    ),
    mend="Add a clause on it: `what: overflight`, with its ground, its height and its exceptions.",
    topics=("air", "sea"),
)
