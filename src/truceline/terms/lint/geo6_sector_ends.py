"""GEO-6 sector-ends: the distance differs along the line, and nothing says where it changes."""

from __future__ import annotations

from collections.abc import Iterator

from truceline.terms.lint.depths import Depth, depths
from truceline.terms.lint.rule import Remark, Rule, in_every_text
from truceline.terms.model import Document
from truceline.terms.where import Away

__all__ = ["RULE"]

_FIX = (
    "list the sectors with the points of the line where each begins and ends: "
    "'sectors: [{from: 0 km, until: 22 km, away: 5 km}, ...]'"
)


def _find(text: Document) -> Iterator[Remark]:
    told: set[tuple[str, str]] = set()
    for depth in depths(text):
        lacks = _lacks(depth.away)
        if lacks and (depth.clause, lacks) not in told:
            told.add((depth.clause, lacks))
            yield Remark(depth.path, f"{_depth_words(depth)} {lacks}", _FIX)


def _lacks(away: object) -> str | None:
    if not isinstance(away, Away):
        return None
    if away.how == "average":
        return "is an average: it fixes the depth at no single point, neither the least nor the largest"
    if away.how == "varies" or away.least is not None:
        rule = f" (it follows {away.depends_on})" if away.depends_on else ""
        return f"differs along the line{rule}, and nothing says where one depth ends and the next begins"
    return None


def _depth_words(depth: Depth) -> str:
    words = depth.away.to if isinstance(depth.away, Away) else depth.away
    return f"the depth '{words}' from '{depth.line}'"


RULE = Rule(
    "GEO-6",
    "sector-ends",
    "error",
    "practice: one distance in one place and six times as much in another, with no points between",
    "the distance differs by sector, and the ends of the sectors are missing",
    in_every_text(_find),
    why=(
        '"Five kilometres here, thirty there" is two rules and a missing map. Between the least and the '
        "largest depth nobody can say whether a position is allowed, however exact the report is. An average "
        "is worse: it is kept or broken by the zone as a whole and by no single point in it."
    ),
    mend=(
        "Agree on the points of the line at which the depth changes, by coordinates or named places, and "
        "write them as stations: distances along the line from its first point."
    ),
)
