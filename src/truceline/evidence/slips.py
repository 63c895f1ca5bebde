"""Slips: what changed between the carriers of one chain, with both wordings.

Where the text of the earlier carrier is at hand, the later one changed it. Where only two retellings of
one carrier are, they differ, and at least one of them changed it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import combinations
from typing import Literal

from truceline.basics.quantity import Distance
from truceline.evidence.figures import same_figure, unit_of
from truceline.evidence.names import key_of
from truceline.evidence.speaker import differ, words_of
from truceline.evidence.statement import Statement

__all__ = ["Slip", "SlipField", "slips"]

SlipField = Literal["value", "unit", "date", "line", "speaker", "mode"]


@dataclass(frozen=True, slots=True)
class Slip:
    """One difference between two statements of one chain: their ids, their words, and where they part.

    `changed` : the other statement retells the one; False: both retell `carrier`, and which is right is not known.
    """

    field: SlipField
    one: str
    other: str
    was: str
    became: str
    carrier: str
    changed: bool

    def __str__(self) -> str:
        """Write it in one line.

        >>> print(Slip("unit", "n-1", "n-2", "5 km", "3 mi", "Agency", changed=True))
        unit: '5 km' [n-1] became '3 mi' [n-2] after Agency
        """
        verb, where = ("became", "after") if self.changed else ("or", "both after")
        return f"{self.field}: {self.was!r} [{self.one}] {verb} {self.became!r} [{self.other}] {where} {self.carrier}"


def slips(statements: Iterable[Statement]) -> tuple[Slip, ...]:
    r"""Find the slips among the statements of one claim.

    Two statements are of one chain where both name a certain carrier: the last such is the publisher of one of
    them, or stands above both. Two texts of one outlet are held against each other by what it retells. A value
    in another unit is a slip of the unit, and of the value too if the conversion is off by more than half of its
    last digit.

    Examples
    --------
    >>> from truceline.evidence.statement_words import read_statement
    >>> rows = [{"id": "n-1", "chain": "aide>Agency", "stance": "states", "value": "30 km", "line": "river"},
    ...         {"id": "n-2", "chain": "aide>Agency>Herald", "stance": "states", "value": "18 mi", "line": "border"}]
    >>> print(*slips(read_statement(row, "")[0] for row in rows), sep="\n")
    value: '30 km' [n-1] became '18 mi' [n-2] after Agency
    unit: '30 km' [n-1] became '18 mi' [n-2] after Agency
    line: 'river' [n-1] became 'border' [n-2] after Agency
    """
    said = sorted(statements, key=lambda each: each.id)
    return tuple(slip for one, other in combinations(said, 2) for slip in _between(one, other))


def _between(one: Statement, other: Statement) -> Iterator[Slip]:
    ways = _ways(one), _ways(other)
    common = [key for key in ways[0] if key in ways[1]]
    ends = [[*way][-1:] for way in ways]
    if ends[0] == ends[1]:  # one outlet, two texts: what they have in common is the carrier before it
        common = [key for key in common if [key] != ends[0]]
    if not common:
        return
    last = common[-1]
    if ends[1] == [last]:
        one, other = other, one
    for field, was, became in _differences(one, other):
        yield Slip(field, one.id, other.id, was, became, ways[0][last], changed=[last] in ends)


def _ways(statement: Statement) -> dict[str, str]:
    """List the certain carriers of a statement by folded name, first carrier first."""
    carriers = (carrier for step in statement.chain.steps for carrier in step if carrier.known)
    return {key_of(carrier.name): carrier.name for carrier in carriers}


def _differences(one: Statement, other: Statement) -> Iterator[tuple[SlipField, str, str]]:
    if one.value and other.value:
        if not same_figure(one.value, other.value):
            yield "value", str(one.value), str(other.value)
        if (
            isinstance(one.value, Distance)
            and isinstance(other.value, Distance)
            and _units_differ(one.value, other.value)
        ):
            yield "unit", str(one.value), str(other.value)
    if one.said and other.said and not same_figure(one.said, other.said):
        yield "date", str(one.said), str(other.said)
    if one.line and other.line and key_of(one.line) != key_of(other.line):
        yield "line", one.line, other.line
    if differ(one.speakers, other.speakers):
        yield "speaker", words_of(one.speakers), words_of(other.speakers)
    if set(one.modes) != set(other.modes):
        yield "mode", ", ".join(one.modes) or "none", ", ".join(other.modes) or "none"


def _units_differ(one: Distance, other: Distance) -> bool:
    return bool(unit_of(one) and unit_of(other)) and unit_of(one) != unit_of(other)
