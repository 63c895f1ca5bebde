"""Rows with a place only in words: they get the disc, or the region, that surely holds it, and how it was found."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Final, Literal

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from truceline.evidence.place_words import PlaceWordsError
from truceline.evidence.regions import Regions
from truceline.evidence.toponyms import Toponyms
from truceline.formats.cells import text_column, words
from truceline.formats.rejects import Flag
from truceline.locate.placing import Manner, Placed, place_of

__all__ = ["COUNT", "PlaceAs", "WordedPlaces", "Wording", "placed_by_words"]

Flags = NDArray[np.bool_]
PlaceAs = Literal["disc", "region"]
"""As what a place in words is written."""
COUNT: Final = "placed by words"
"""The name under which such rows are counted."""
_NUMBERS: Final = ("lon", "lat", "radius_m")


@dataclass(frozen=True, slots=True)
class Wording:
    """How places in words are found: by which gazetteer, in which manner, and as what they are written.

    What was found once is remembered; no answer depends on it.
    """

    places: Toponyms
    manner: Manner = field(default_factory=Manner)
    place_as: PlaceAs = "disc"
    _found: dict[str, Placed | PlaceWordsError] = field(default_factory=dict, repr=False)

    def found(self, place: str) -> Placed | PlaceWordsError:
        """Find the place of words, or say why there is none."""
        if place not in self._found:
            try:
                self._found[place] = place_of(place, self.places, self.manner)
            except PlaceWordsError as error:
                self._found[place] = error
        return self._found[place]


@dataclass(frozen=True, slots=True)
class WordedPlaces:
    """A table of our columns with what was found: `asked`, the rows that had only words; `placed`, those found."""

    table: pa.Table
    asked: Flags
    placed: Flags
    regions: Regions = field(default_factory=Regions.empty)
    flags: tuple[Flag, ...] = ()


def placed_by_words(given: pa.Table, how: Wording | None) -> WordedPlaces:
    """Fill lon, lat, radius_m, region and place_how where a row has a place in words, and neither position nor region.

    >>> from truceline.evidence.toponyms import Toponym
    >>> how = Wording(Toponyms((Toponym("Northton", 20.5, 10.0, 1500.0),)))
    >>> found = placed_by_words(pa.table({"place": ["in Northton", "in Mill", None]}), how)
    >>> found.table.select(["lon", "lat", "radius_m"]).to_pylist()[0], found.placed.tolist()
    ({'lon': '20.5', 'lat': '10', 'radius_m': '1500'}, [True, False, False])
    >>> [(flag.code, flag.evidence, flag.rows.tolist()) for flag in found.flags]
    [('TL-R225', "'Mill'", [1])]
    """
    none = np.zeros(len(given), dtype=bool)
    if how is None or "place" not in given.column_names:
        return WordedPlaces(given, none, none)
    told = text_column(given, "place")
    asked = np.asarray(pc.is_valid(told).combine_chunks()) & ~_stated(given)
    if not asked.any():
        return WordedPlaces(given, none, none)
    coded = pc.if_else(pa.chunked_array([pa.array(asked)]), told, None).combine_chunks().dictionary_encode()
    answers = [how.found(word) for word in coded.dictionary.to_pylist()]
    where = np.where(asked, np.asarray(pc.fill_null(coded.indices, 0)), -1)
    regions = _names(coded.dictionary.to_pylist(), answers) if how.place_as == "region" else [None] * len(answers)
    table = _filled(given, answers, regions, coded.indices)
    found = np.array([isinstance(one, Placed) for one in answers] + [False])[where]
    return WordedPlaces(table, asked, found, _known(answers, regions), tuple(_flags(answers, where, told)))


def _stated(given: pa.Table) -> Flags:
    """Say which rows have a coordinate or a region: those keep what they have."""
    stated = np.zeros(len(given), dtype=bool)
    for name in ("lon", "lat", "region"):
        if name in given.column_names:
            stated |= np.asarray(pc.is_valid(words(given[name])).combine_chunks())
    return stated


def _filled(
    given: pa.Table, answers: Sequence[Placed | PlaceWordsError], regions: Sequence[str | None], rows: pa.Array
) -> pa.Table:
    """Put what was found into the columns, as words that are read as all others are."""
    cells: dict[str, list[str | None]] = {name: [] for name in (*_NUMBERS, "region", "place_how")}
    for one, region in zip(answers, regions, strict=True):
        disc = one.disc if isinstance(one, Placed) else None
        for name, value in zip(_NUMBERS, (disc.lon, disc.lat, disc.radius) if disc else (None,) * 3, strict=True):
            cells[name].append(None if value is None else np.format_float_positional(value, trim="-"))
        cells["region"].append(region)
        cells["place_how"].append(one.how if isinstance(one, Placed) else None)
    columns = dict(zip(given.column_names, given.columns, strict=True))
    for name, new in cells.items():
        filled = pa.array(new, pa.string()).take(rows)
        columns[name] = pc.coalesce(filled, text_column(given, name))
    return pa.table(columns)


def _names(told: Sequence[str], answers: Sequence[Placed | PlaceWordsError]) -> list[str | None]:
    """Name the polygons of places: the words, and a hash of the polygons, so that one name has one polygon."""
    names: list[str | None] = []
    for word, one in zip(told, answers, strict=True):
        polygons = one.polygons if isinstance(one, Placed) else ()
        drawn = b"".join(np.round(ring, 9).tobytes() for polygon in polygons for ring in polygon)
        names.append(f"{word[:60]} #{hashlib.sha256(drawn).hexdigest()[:8]}" if polygons else None)
    return names


def _known(answers: Sequence[Placed | PlaceWordsError], names: Sequence[str | None]) -> Regions:
    """Give the polygons that the rows name; they are drawn, and share their borders with none."""
    found = {name: one.polygons for name, one in zip(names, answers, strict=True)
             if name is not None and isinstance(one, Placed)}  # fmt: skip
    return Regions(tuple(found), tuple(found.values()), (0.0,) * len(found), "")


def _flags(
    answers: Sequence[Placed | PlaceWordsError], where: NDArray[np.int64], told: pa.ChunkedArray
) -> Iterator[Flag]:
    """Say why places were not found, or only by a reference."""
    order = np.argsort(where, kind="stable")
    ends = np.searchsorted(where[order], np.arange(len(answers) + 1))
    for number, one in enumerate(answers):
        code, what = _doubt(one)
        if code:
            rows = order[ends[number] : ends[number + 1]]
            yield Flag(code, rows, "place", told.take(pa.array(rows)).combine_chunks(), what)


def _doubt(one: Placed | PlaceWordsError) -> tuple[str, str]:
    if isinstance(one, PlaceWordsError):
        return one.code, one.what
    return ("TL-R229", repr(one.unknown)) if one.unknown else ("", "")
