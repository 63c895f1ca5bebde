"""Places in the words of observers: "3km NW of X", "southern outskirts of X", "heard from X, 3-5km NW" as values.

The words are read whole or not at all: what is left over may be what matters. Where they are, `locate.placing` finds.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from typing import Final

from truceline.evidence.compass import Bearing, Points, bearing_of, side_of
from truceline.evidence.reach import DISTANCE, Reach, reach_of
from truceline.evidence.toponyms import MARKS

__all__ = ["Away", "Beside", "Between", "Label", "Named", "Near", "Part", "PlaceWordsError", "Spot", "parse_place"]

LONGEST: Final = 300
"""Letters: longer words are a story, and no place."""


class PlaceWordsError(ValueError):
    """Words that are no place: `code` TL-R224 if they cannot be read, TL-R228 if they set no bounds; and `what`."""

    def __init__(self, code: str, what: str) -> None:
        """Keep the parts."""
        super().__init__(f"{code} {what}")
        self.code, self.what = code, what


@dataclass(frozen=True, slots=True)
class Label:
    """Words beside a name that may say which of several is meant: its district, its kind, or its `former` name."""

    words: str
    former: bool = False


@dataclass(frozen=True, slots=True)
class Named:
    """A place by its name, and what stands `beside` it; `whole` is the name with the words that follow it."""

    name: str
    beside: tuple[Beside, ...] = ()
    whole: str = ""


@dataclass(frozen=True, slots=True)
class Part:
    """One side of a place (None: some part of it); at its `edge`, or anywhere on that side."""

    side: Bearing | None
    of: Spot
    edge: bool = False


@dataclass(frozen=True, slots=True)
class Near:
    """A place near another."""

    of: Spot


@dataclass(frozen=True, slots=True)
class Away:
    """A place so far from another, in a direction (None: in any); `seen` if the other is where the observer stood."""

    reach: Reach
    bearing: Bearing | None
    of: Spot
    seen: bool = False


@dataclass(frozen=True, slots=True)
class Between:
    """A place between two others."""

    one: Spot
    other: Spot


Spot = Named | Part | Near | Away | Between
Beside = Away | Near | Label

_POINT: Final = "(?:north|east|south|west|[nesw])(?:[ -]?(?:north|east|south|west|[nesw])){0,2}(?![a-z])"
_SIDE: Final = "(?:north|east|south|west)(?:[ -]?(?:north|east|south|west)){0,2}(?:ern)?"
_TO: Final = "(?:to |in )?(?:the )?(?:direction )?(?:due |directly )?"
_SEEN: Final = "(?:heard|seen|observed|recorded|spotted|noted|filmed|as (?:heard|seen|observed))"
_PART: Final = "outskirts|outskirt|suburbs?|part|side|half|end|edges?|limits|boundary|border|fringes?"
_EDGES: Final = ("outskirt", "edge", "limit", "boundary", "border", "fringe")
_OF_OBSERVERS: Final = (
    "(?:the |its |their )?(?:(?:observer|monitor|patrol|team|camera|observation)(?:'s|s'|s)? )?(?:position|location)s? "
)
_REMARK: Final = r"(?:non-|not )?government[- ]controlled|outside government control"
"""Words beside a name that say nothing of where it is."""


def parse_place(words: str, points: Points = 8) -> Spot:
    """Read a place in words.

    Parameters
    ----------
    words : str
        "in X", "3km NW of X", "3-5 km from X", "within 2 km of X", "350m north of the southern edge of X", "southern
        outskirts of X", "between X and Y", "near X", "X (23km SW of Y)", "X, North District", "heard from X, 3-5km
        NW", "3km NW of the observers' position in X".
    points : {4, 8, 16}
        How many points of the compass the author tells apart (`compass.bearing_of`).

    Raises
    ------
    PlaceWordsError
        TL-R224 or TL-R228; its text says what is wrong with which words.

    Examples
    --------
    >>> parse_place("Northton (3km west of Southton)").beside[0].of
    Named(name='Southton', beside=(), whole='Southton')
    >>> away = parse_place("heard from Northton, 3-5km NW")
    >>> away.seen, away.reach.hi, away.bearing.name, away.of.name
    (True, 5500.0, 'north-west', 'Northton')
    """
    plain = _plain(words)
    if not plain or len(plain) > LONGEST:
        raise PlaceWordsError("TL-R224", "there are no words" if not plain else f"more than {LONGEST} letters")
    if re.search("[0-9],[0-9]", plain):
        raise PlaceWordsError("TL-R224", f"{words.strip()!r} has a comma within a number; write a point")
    try:
        return _Reader(points).spot(plain)
    except PlaceWordsError:
        raise
    except ValueError as error:
        raise PlaceWordsError("TL-R224", str(error)) from error


def _plain(words: str) -> str:
    """Write words with one kind of dash, apostrophe and blank.

    >>> _plain(" 3\u20135\u00a0km  N of the O\u2019Toole inn. ")
    "3-5 km N of the O'Toole inn"
    """
    return " ".join(unicodedata.normalize("NFC", words).translate(MARKS).split()).strip(" .,;:")


class _Reader:
    """The forms in which a place is said, tried one after the other."""

    def __init__(self, points: Points) -> None:
        self.points = points
        said = rf"(?P<reach>{DISTANCE})"
        away = rf"{said} ?,? ?{_TO}(?P<bearing>{_POINT})"
        self.forms: tuple[tuple[str, Callable[[re.Match[str]], Spot]], ...] = (
            (rf"{_SEEN} (?:from|at|in) (?P<of>.+?) ?[,;:] ?(?:at )?{away}", self._seen),
            (rf"{away},? {_SEEN} from (?P<of>.+)", self._seen),
            (rf"(?:{_SEEN} )?(?:at |located |just )?{away} of (?P<of>.+)", self._away),
            (rf"(?:{_SEEN} )?(?:at |located )?{said} (?:away )?(?:from|off|outside) (?P<of>.+)", self._around),
            (rf"(?:{_SEEN} )?within (?:a radius of )?{said} (?:of|from) (?P<of>.+)", self._within),
            (r"(?:in |on |somewhere )?(?:the (?:area|road|ground|stretch) )?between (?P<of>.+)", self._between),
            (
                rf"(?:in |at |on |over )?(?:the )?(?:(?P<side>{_SIDE}) )?(?P<part>{_PART}) of (?P<of>.+)",
                self._part,
            ),
            (rf"(?:{_SEEN} (?:from|at|in) |{_TO}{_POINT} of |(?:more than|over|at least|beyond) ?{DISTANCE}).*",
             self._endless),
            (r"(?:near|close to|not far from|next to|in the (?:vicinity|area) of) (?P<of>.+)", self._near),
            (rf"{_OF_OBSERVERS}(?P<at>in|at|near) (?P<of>.+)", self._position),
            (r"(?:(?:in|at|inside|over) )?(?:the )?(?:(?:village|town|city|settlement|hamlet) of )?(?P<of>.+)",
             self._named),
        )  # fmt: skip

    def spot(self, words: str) -> Spot:
        """Read words by the first form that fits; the last one fits all."""
        found = ((re.fullmatch(form, words, re.IGNORECASE), made) for form, made in self.forms)
        return next(made(match) for match, made in found if match)

    def _away(self, match: re.Match[str]) -> Away:
        seen = re.fullmatch(f"{_OF_OBSERVERS}.*", match["of"], re.IGNORECASE) is not None
        return Away(reach_of(match["reach"]), bearing_of(match["bearing"], self.points), self.spot(match["of"]), seen)

    def _seen(self, match: re.Match[str]) -> Away:
        return replace(self._away(match), seen=True)

    def _around(self, match: re.Match[str]) -> Away:
        return Away(reach_of(match["reach"]), None, self.spot(match["of"]))

    def _within(self, match: re.Match[str]) -> Away:
        whole = self._around(match)
        return replace(whole, reach=replace(whole.reach, lo=0.0))

    def _between(self, match: re.Match[str]) -> Between:
        parts = _split(match["of"], " and ")
        if len(parts) != 2:
            what = f"{match[0]!r} names {len(parts)} places; write 'between X and Y'"
            raise PlaceWordsError("TL-R224", what)
        return Between(self.spot(parts[0]), self.spot(parts[1]))

    def _part(self, match: re.Match[str]) -> Part:
        side = side_of(match["side"]) if match["side"] else None
        return Part(side, self.spot(match["of"]), match["part"].casefold().startswith(_EDGES))

    def _near(self, match: re.Match[str]) -> Near:
        return Near(self.spot(match["of"]))

    def _position(self, match: re.Match[str]) -> Spot:
        of = self.spot(match["of"])
        return Near(of) if match["at"].casefold() == "near" else of

    def _endless(self, match: re.Match[str]) -> Spot:
        raise PlaceWordsError("TL-R228", f"{match[0]!r} does not say how far away it was at most")

    def _named(self, match: re.Match[str]) -> Named:
        words = match["of"]
        body = re.fullmatch(r"(?P<name>[^(),]+)(?P<beside>(?: ?,? ?\([^()]+\)|,[^(),]+)*)", words)
        if body is None:
            raise PlaceWordsError("TL-R224", f"the brackets of {words!r} cannot be read")
        whole = body["name"].strip()
        more = [piece.strip() for piece in re.split("[(),;]", body["beside"])]
        name, near, other = whole.partition(" near ")
        _require_name(name)
        beside = [Near(Named(other, (), other))] if near else []
        return Named(name, (*beside, *self._beside(more)), whole)

    def _beside(self, pieces: list[str]) -> Iterator[Beside]:
        """Read what stands beside a name, in brackets or behind a comma."""
        for piece in filter(None, pieces):
            if re.fullmatch(_REMARK, piece, re.IGNORECASE):
                continue
            former = re.fullmatch(r"(?:formerly|also known as|also|aka|a\.k\.a\.) (?P<of>.+)", piece, re.IGNORECASE)
            if former:
                yield Label(former["of"], former=True)
                continue
            spot = self.spot(piece)
            yield spot if isinstance(spot, Away | Near) else Label(piece)


def _split(words: str, mark: str) -> list[str]:
    """Split words at a mark, but not within brackets.

    >>> _split("X (a and b) and Y", " and ")
    ['X (a and b)', 'Y']
    """
    parts, depth = [""], 0
    for piece in re.split(rf"(\(|\)|{mark})", words):
        depth += {"(": 1, ")": -1}.get(piece, 0)
        if piece == mark and not depth:
            parts.append("")
        else:
            parts[-1] += piece
    return parts


def _require_name(name: str) -> None:
    """Refuse as a name what holds a distance, or no letter: it would be looked up in vain, and the reader misled."""
    if re.search(DISTANCE, name, re.IGNORECASE):
        raise PlaceWordsError("TL-R224", f"{name!r} holds a distance, and does not say from where")
    if not any(map(str.isalpha, name)):
        raise PlaceWordsError("TL-R224", f"{name!r} is no name")
