"""HUM-1 civilians: nothing on civilians, relief, detainees, the missing, or mines."""

from __future__ import annotations

from collections.abc import Iterator

from truceline.terms.covers import TOPICS, Topic
from truceline.terms.lint.rule import Remark, Rule, in_the_text
from truceline.terms.lint.topics import is_missing
from truceline.terms.model import Document

__all__ = ["RULE"]

_TOPICS: tuple[Topic, ...] = ("civilians", "aid", "detainees", "missing", "mines")


def _find(text: Document) -> Iterator[Remark]:
    left = [topic for topic in _TOPICS if is_missing(text, topic)]
    if left:
        what = f"nothing is said on {'; '.join(TOPICS[topic] for topic in left)}"
        fix = (
            "agree on each in a clause of its own, with numbers where there can be some: lorries a day, names, hectares"
        )
        yield Remark(f"covers.{left[0]}", what, fix)


RULE = Rule(
    "HUM-1",
    "civilians",
    "warning",
    "UN typology of ceasefires: protection of civilians, prisoners; practice: thresholds such as lorries a day",
    "nothing on civilians, relief, detainees, the missing, or mines",
    in_the_text(_find),
    why=(
        "People judge a truce by who comes home and what comes in. These clauses are the easiest to agree on "
        "and to count, and they build what the others need."
    ),
    mend=(
        "Agree on each in a clause of its own: `what: delivery, at_least: 600`, `what: release`, `what: "
        "detention, at_most: 0`."
    ),
    topics=("civilians", "aid", "detainees", "missing", "mines"),
)
