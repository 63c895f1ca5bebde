"""Numbers of things as they were said: the words, and the numbers that they may mean.

"About 3,500" is no number but a range. The convention is that of distances (`basics.quantity`): half of the last
digit on either side; of a round number that is the last digit that is not a nought.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Annotated, Any

from pydantic import PlainSerializer, PlainValidator, WithJsonSchema
from pydantic_core import PydanticCustomError

__all__ = ["PATTERN", "Amount", "AmountText", "ends_of", "parse_amount"]


@dataclass(frozen=True, slots=True)
class Amount:
    """A number in its own words, which may mean any whole number from `lo` to `hi`, both included.

    >>> Amount("about 3,500", 3450, 3550)
    Amount(words='about 3,500', lo=3450, hi=3550)
    """

    words: str
    lo: int
    hi: int

    def __post_init__(self) -> None:
        """Refuse bounds that are no bounds."""
        if not 0 <= self.lo <= self.hi:
            msg = f"no number of things: from {self.lo} to {self.hi}"
            raise ValueError(msg)

    def __str__(self) -> str:
        """Give back the words as said."""
        return self.words


def ends_of(amount: int | Amount) -> tuple[int, int]:
    """Give the least and the largest number that is meant.

    >>> ends_of(75), ends_of(parse_amount("about 200"))
    ((75, 75), (150, 250))
    """
    return (amount, amount) if isinstance(amount, int) else (amount.lo, amount.hi)


# One grammar for the parser and for the JSON Schema: only what Python and ECMAScript expressions share.
_GROUPS = "[0-9]{1,3}(?:,[0-9]{3}){1,3}"
_NUMBER = f"(?:{_GROUPS}|[0-9]{{1,10}})"
_ROUND = "(?:around|about|roughly|approximately|some|~)"
_TO = r"(?: *(?:\.\.|-|\u2013) *| +to +)"
# Plain digits are a number and no words.
PATTERN = rf"^\s*(?:{_ROUND} *{_NUMBER}(?:{_TO}{_NUMBER})?|{_NUMBER}{_TO}{_NUMBER}|{_GROUPS})\s*$"
_AS_AMOUNT = re.compile(rf"(?P<round>{_ROUND} *)?(?P<lo>{_NUMBER})(?:{_TO}(?P<hi>{_NUMBER}))?")


def parse_amount(text: str) -> Amount:
    """Read a number of things from the words in which it was said.

    Parameters
    ----------
    text : str
        "about 3,500", "3400..3600", "3,400 to 3,600", "3,500".

    Returns
    -------
    Amount
        A rounded number covers half of its last digit that is not a nought on either side, one at least.

    Raises
    ------
    ValueError
        If the words are no such number; the message reads ``what is wrong; what to write``.

    Examples
    --------
    >>> parse_amount("about 3,500"), parse_amount("about 75")
    (Amount(words='about 3,500', lo=3450, hi=3550), Amount(words='about 75', lo=74, hi=76))
    >>> parse_amount("3400..3600").hi
    3600
    """
    words = text.strip()
    match = _AS_AMOUNT.fullmatch(words) if re.fullmatch(PATTERN, words) else None
    if match is None:
        msg = f"{words[:60]!r} is not a number of things; write 75, 'about 3,500' or '3400..3600'"
        raise ValueError(msg)
    lo = int(match["lo"].replace(",", ""))
    hi = lo if match["hi"] is None else int(match["hi"].replace(",", ""))
    if lo > hi:
        msg = f"'{words}' runs backwards; write the smaller number first"
        raise ValueError(msg)
    if match["round"] is None:
        return Amount(words, lo, hi)
    return Amount(words, max(min(lo, 1), lo - _slack(lo)), hi + _slack(hi))


def _slack(number: int) -> int:
    """Half a unit of the last digit that is not a nought, in whole things.

    >>> _slack(3500), _slack(1000), _slack(75), _slack(0)
    (50, 500, 1, 1)
    """
    unit = 1
    while number and number % (unit * 10) == 0:
        unit *= 10
    return max(1, unit // 2)


def _read(value: Any) -> Amount:
    if isinstance(value, Amount):
        return value
    try:
        return parse_amount(value)
    except ValueError as error:
        wanted = "a number such as 75, 'about 3,500' or '3400..3600', the smaller one first"
        raise PydanticCustomError("number", "{wanted}", {"wanted": wanted}) from error


AmountText = Annotated[
    Amount,
    PlainValidator(_read),
    PlainSerializer(str, return_type=str),
    WithJsonSchema({
        "title": "Number of things",
        "type": "string",
        "pattern": PATTERN,
        "description": "a number as it was said: about 3,500; 3400..3600; 3,400 to 3,600",
    }),
]  # fmt: skip
