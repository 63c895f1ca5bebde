"""Places in words, found by a gazetteer: the disc that surely holds each, its polygon where that is tighter, and how.

Nothing is guessed: of several places of one name the words beside it decide, or nothing does.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import combinations

import numpy as np

from truceline.evidence.compass import Points
from truceline.evidence.place_words import (
    Away,
    Beside,
    Between,
    Label,
    Named,
    Near,
    Part,
    PlaceWordsError,
    Spot,
    parse_place,
)
from truceline.evidence.regions import Ring
from truceline.evidence.toponyms import Toponym, Toponyms
from truceline.locate.ecef import GEOD
from truceline.locate.footprint import edge_round, side_of_polygons
from truceline.locate.sector import Disc, Sector, enclosing_disc, outside_of, sector_polygon
from truceline.locate.tidings import contradiction_words, several_words

__all__ = ["Manner", "Placed", "place_of"]

Polygons = tuple[tuple[Ring, ...], ...]


@dataclass(frozen=True, slots=True)
class Manner:
    """How places are told: `points` of the compass; metres of a `footprint` that is not stated; metres of "near"."""

    points: Points = 8
    footprint: float = 2000.0
    near: float = 25000.0


@dataclass(frozen=True, slots=True, eq=False)
class Placed:
    """A place that was found: the disc that holds it, and the arithmetic that led there.

    `polygons` : what holds it more tightly; none where the disc says it all. `unknown` : the name that is not in the
    gazetteer, where the reference beside it placed it.
    """

    disc: Disc
    how: str
    polygons: Polygons = ()
    unknown: str = ""


def place_of(words: str, places: Toponyms, manner: Manner | None = None) -> Placed:
    """Find the place of words.

    Returns
    -------
    Placed
        Every place that the words allow lies in its disc and in its polygons. A reference point may lie anywhere in
        its footprint; distances and bearings are geodesic.

    Raises
    ------
    PlaceWordsError
        TL-R224 and TL-R228 as `parse_place`; TL-R225 for a name that is not in the gazetteer; TL-R226 for one that
        several places have while nothing beside it decides; TL-R227 where the words contradict each other.

    Examples
    --------
    >>> towns = Toponyms((Toponym("Northton", 20.0, 10.0, 1000.0),))
    >>> found = place_of("3km east of Northton", towns)
    >>> found.disc
    Disc(lon=20.029493, lat=9.999999, radius=2340.0)
    >>> print(found.how)  # doctest: +NORMALIZE_WHITESPACE
    Northton: centre 20.00000, 10.00000, all of it within 1,000 m (footprint); 2,500 to 3,500 m away ("3km" and half of
    its last digit), bearing 67.5 to 112.5 degrees (east ± 22.5); so within 2,340 m of 20.02949, 10.00000
    """
    chosen = manner or Manner()
    return _Finder(places, chosen).find(parse_place(words, chosen.points))


@dataclass(frozen=True, slots=True)
class _Finder:
    places: Toponyms
    manner: Manner

    def find(self, spot: Spot) -> Placed:
        if isinstance(spot, Named):
            return self._named(spot)
        if isinstance(spot, Away):
            return self._away(spot)
        if isinstance(spot, Part):
            return self._part(spot)
        if isinstance(spot, Near):
            return self._near(spot)
        return self._between(spot)

    def _named(self, named: Named) -> Placed:
        return self._placed(*self._chosen(named)) if self._called(named)[0] else self._by_reference(named)

    def _called(self, named: Named) -> tuple[tuple[Toponym, ...], tuple[Beside, ...]]:
        """Find the places of a name, the longer name first, and what is left beside it."""
        whole = self.places.called(named.whole)
        if whole and named.whole != named.name:
            return whole, named.beside[1:]
        return self.places.called(named.name), named.beside

    def _chosen(self, named: Named) -> tuple[Toponym, str]:
        """Choose among the places of a name the one that everything beside it allows, and say what could not be asked.

        Raises
        ------
        PlaceWordsError
            TL-R224, TL-R226, TL-R227.
        """
        found, beside = self._called(named)
        for label in (one for one in beside if isinstance(one, Label)):
            found = _told_by(label, found, named.name)
        every = [one for one in beside if not isinstance(one, Label)]
        claims = [claim for claim in every if self._references(claim.of)]
        fits = [one for one in found if all(self._allows(claim, one) for claim in claims)]
        if not fits:
            words = (self._against(claim, one) for one in found for claim in claims if not self._allows(claim, one))
            raise PlaceWordsError("TL-R227", "; ".join(dict.fromkeys(words)))
        if len(fits) > 1:
            raise PlaceWordsError("TL-R226", several_words(named.name, fits))
        unasked = "".join(f"; not compared with '{_name_of(claim.of)}', which is not in the gazetteer"
                          for claim in every if claim not in claims)  # fmt: skip
        return fits[0], unasked

    def _placed(self, place: Toponym, more: str) -> Placed:
        stated = place.radius is not None
        disc = Disc(place.lon, place.lat, self.manner.footprint if place.radius is None else place.radius)
        how = (
            f"{place.name}: centre {_at(disc)}, all of it within {disc.radius:,.0f} m "
            f"(footprint{'' if stated else ', not stated'}){more}"
        )
        return Placed(disc, how, place.polygons)

    def _by_reference(self, named: Named) -> Placed:
        """Place a name that nobody knows by a distance and a bearing from a place that is known.

        Raises
        ------
        PlaceWordsError
            TL-R225; TL-R227 if two of them lie apart.
        """
        claims = [one for one in named.beside if isinstance(one, Away) and one.bearing and self._references(one.of)]
        found = [self._away(claim, self.manner.footprint) for claim in claims]
        if not found:
            raise PlaceWordsError("TL-R225", repr(named.name))
        for claim, other in combinations(range(len(found)), 2):
            if _apart(found[claim].disc, found[other].disc):
                two = (f"'{_words_of(claims[at], 0.0)} of {_name_of(claims[at].of)}'" for at in (claim, other))
                raise PlaceWordsError("TL-R227", f"no place is both {' and '.join(two)}")
        there = min(found, key=lambda one: one.disc.radius)
        how = f"{named.name}, which is not in the gazetteer, by the reference beside it: {there.how}"
        return replace(there, how=how, unknown=named.name)

    def _start(self, spot: Spot) -> Placed:
        """Find a place from which something is measured."""
        return self._edge(spot) if isinstance(spot, Part) else self.find(spot)

    def _references(self, spot: Spot) -> tuple[Placed, ...]:
        """Find all places that a reference may mean; none if its name is not known."""
        if isinstance(spot, Named) and len(found := self._called(spot)[0]) > 1:
            return tuple(self._placed(one, "") for one in found)
        try:
            return (self._start(spot),)
        except PlaceWordsError as error:
            if error.code == "TL-R225":
                return ()
            raise

    def _allows(self, claim: Away | Near, place: Toponym) -> bool:
        """Say whether a place may lie where a claim says: its footprint and that of the reference count."""
        own = self.manner.footprint if place.radius is None else place.radius
        return any(_outside(one, place) <= 0.0 for one in self._from(claim, own))

    def _from(self, claim: Away | Near, own: float) -> Iterator[Sector]:
        for one in self._references(claim.of):
            spread = one.disc.radius + own
            if isinstance(claim, Near):
                yield Sector(one.disc.lon, one.disc.lat, 0.0, self.manner.near, 0.0, 180.0, spread)
            else:
                yield _sector(claim, one.disc, spread)

    def _against(self, claim: Away | Near, place: Toponym) -> str:
        sector = min(self._from(claim, 0.0), key=lambda one: _outside(one, place))
        return contradiction_words(place, sector, _name_of(claim.of), _words_of(claim, self.manner.near))

    def _away(self, away: Away, own: float = 0.0) -> Placed:
        start = self._start(away.of)
        sector = _sector(away, start.disc, start.disc.radius + own)
        disc = _rounded(enclosing_disc(sector))
        ring = sector_polygon(sector)
        seen = "as seen from " if away.seen else ""
        own_words = f", and {own:,.0f} m more for its own footprint" if own else ""
        how = f"{seen}{start.how}; {_reach(away)}{own_words}; {_so(disc)}"
        return Placed(disc, how, () if ring is None else ((ring,),), start.unknown)

    def _edge(self, part: Part) -> Placed:
        """Find the part of a place from which something is measured: of a disc, any point of it may be its edge."""
        whole, boundary = self.find(part.of), self._boundary(part.of)
        if not boundary or part.side is None:
            return whole
        disc = edge_round(boundary, part.side) if part.edge else side_of_polygons(boundary, part.side)[0]
        which = f"{part.side.name} {'edge' if part.edge else 'part'}"
        return Placed(disc, f"the {which} of {whole.how}; {_so(disc)}", unknown=whole.unknown)

    def _part(self, part: Part) -> Placed:
        whole, boundary = self.find(part.of), self._boundary(part.of)
        if part.side is None:
            return whole
        how = f"{whole.how}; its {part.side.name} side, {part.side.half:.0f} degrees on both sides of that bearing"
        if boundary:
            disc, polygons = side_of_polygons(boundary, part.side)
            disc = _rounded(disc)
            return Placed(disc, f"{how}; {_so(disc)}", polygons)
        there = whole.disc
        ring = sector_polygon(Sector(there.lon, there.lat, 0.0, there.radius, part.side.middle, part.side.half))
        return Placed(there, f"{how}; {_so(there)}", () if ring is None else ((ring,),), whole.unknown)

    def _boundary(self, spot: Spot) -> Polygons:
        return self._chosen(spot)[0].polygons if isinstance(spot, Named) and self._called(spot)[0] else ()

    def _near(self, near: Near) -> Placed:
        of = self.find(near.of)
        disc = replace(of.disc, radius=of.disc.radius + self.manner.near)
        return Placed(disc, f"{of.how}; near is within {self.manner.near:,.0f} m; {_so(disc)}", unknown=of.unknown)

    def _between(self, between: Between) -> Placed:
        """Take the disc whose diameter runs from one to the other, wherever in its footprint each lies."""
        one, other = self.find(between.one), self.find(between.other)
        bearing, _, apart = GEOD.inv(one.disc.lon, one.disc.lat, other.disc.lon, other.disc.lat)
        lon, lat, _ = GEOD.fwd(one.disc.lon, one.disc.lat, bearing, apart / 2.0)
        radius = (apart / 2.0 + one.disc.radius + other.disc.radius) * (1.0 + 1e-3)
        disc = _rounded(Disc(lon, lat, radius))
        how = f"{one.how}; and {other.how}; {apart:,.0f} m apart; {_so(disc)}"
        return Placed(disc, how, unknown=one.unknown or other.unknown)


def _apart(one: Disc, other: Disc) -> bool:
    """Say whether two discs have no place in common."""
    return bool(GEOD.inv(one.lon, one.lat, other.lon, other.lat)[2] > one.radius + other.radius)


def _outside(sector: Sector, place: Toponym) -> float:
    """Measure how far a place surely lies outside a sector, wherever in its spread that is seen from [m]."""
    return float(outside_of(sector, place.lon, place.lat)[0]) * (1.0 - 1e-3) - sector.drift - 1.0


def _sector(away: Away, start: Disc, spread: float) -> Sector:
    bearing, reach = away.bearing, away.reach
    middle, half = (0.0, 180.0) if bearing is None else (bearing.middle, bearing.half)
    return Sector(start.lon, start.lat, reach.lo, reach.hi, middle, half, spread)


def _told_by(label: Label, found: Sequence[Toponym], name: str) -> tuple[Toponym, ...]:
    """Keep the places of which a label may speak; a former name that nobody knows excludes none.

    Raises
    ------
    PlaceWordsError
        TL-R224 for a label that speaks of none of them.
    """
    told = tuple(one for one in found if (one.is_called if label.former else one.is_told_by)(label.words))
    if not told and not label.former:
        what = f"{label.words!r} beside {name!r} is neither its district nor its kind in the gazetteer"
        raise PlaceWordsError("TL-R224", what)
    return told or tuple(found)


def _name_of(spot: Spot) -> str:
    while not isinstance(spot, Named):
        spot = spot.one if isinstance(spot, Between) else spot.of
    return spot.name


def _words_of(claim: Away | Near, near: float) -> str:
    if isinstance(claim, Near):
        return f"near, which is within {near / 1000.0:,.0f} km"
    return f"{claim.reach.words} {claim.bearing.name if claim.bearing else 'away'}"


def _reach(away: Away) -> str:
    """Tell a distance and a bearing with what was added to them."""
    reach, bearing = away.reach, away.bearing
    told = f'{reach.lo:,.0f} to {reach.hi:,.0f} m away ("{reach.words}" and half of its last digit)'
    if bearing is None:
        return f"{told}, in any direction"
    low, high = ((bearing.middle + turn) % 360.0 for turn in (-bearing.half, bearing.half))
    return f"{told}, bearing {low:g} to {high:g} degrees ({bearing.name} ± {bearing.half:g})"


def _rounded(disc: Disc) -> Disc:
    """Write the middle with six decimals, and make up for it: the disc still holds all that it held."""
    return Disc(round(disc.lon, 6), round(disc.lat, 6), float(math.ceil(disc.radius + 0.2)))


def _at(disc: Disc) -> str:
    return f"{disc.lon:.5f}, {disc.lat:.5f}"


def _so(disc: Disc) -> str:
    return f"so within {np.ceil(disc.radius):,.0f} m of {_at(disc)}"
