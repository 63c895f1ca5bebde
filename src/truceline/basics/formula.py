"""A depth that somebody has worked out from the gap between two lines, such as ``(50 km - gap)/2``."""

from __future__ import annotations

import re
from dataclasses import dataclass

from truceline.basics.quantity import Distance, parse_distance

__all__ = ["Formula", "formula_of"]

_AS_FORMULA = re.compile(
    r"(?P<open>\()?(?:(?P<length>.+?)\s*(?P<sign>[+-])\s*)?gap\)?\s*(?:/\s*(?P<parts>[0-9]+))?"
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Formula:
    """A length in metres that follows a gap: ``base + share * gap``."""

    base: float
    share: float

    def of(self, gap: float) -> float:
        """Work the length out; it is never below zero.

        >>> Formula(25_000.0, -0.5).of(10_000.0), Formula(25_000.0, -0.5).of(60_000.0)
        (20000.0, 0.0)
        """
        return max(self.base + self.share * gap, 0.0)


def formula_of(distance: Distance) -> Formula:
    """Read a distance whose form is ``formula``.

    Raises
    ------
    ValueError
        If it is a distance of another form.

    Examples
    --------
    >>> formula_of(parse_distance("(50 km - gap)/2")), formula_of(parse_distance("50 km - gap/2"))
    (Formula(base=25000.0, share=-0.5), Formula(base=50000.0, share=-0.5))
    >>> formula_of(parse_distance("gap/2")), formula_of(parse_distance("3 mi + gap"))
    (Formula(base=0.0, share=0.5), Formula(base=4828.032, share=1.0))
    """
    match = _AS_FORMULA.fullmatch(distance.words)
    if distance.form != "formula" or match is None:
        msg = f"{distance.words!r} is no formula"
        raise ValueError(msg)
    parts = float(match["parts"] or 1)
    length = parse_distance(match["length"]).lo if match["length"] else 0.0
    share = (-1.0 if match["sign"] == "-" else 1.0) / parts
    return Formula(length / parts if match["open"] else length, share)
