"""The columns of a table of reports: one row is one report as received, never an "event of truth".

An empty cell always means "not stated". The source's own columns travel beside these, under
their own names.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

__all__ = ["COLUMNS", "IDENTITY", "LATER", "LISTS", "NAMES", "Column", "ColumnKind"]

ColumnKind = Literal["words", "list", "time", "number", "whole", "yes_no"]


@dataclass(frozen=True, slots=True)
class Column:
    """One column: its name, what its cells hold, and what they mean."""

    name: str
    kind: ColumnKind
    means: str


COLUMNS: tuple[Column, ...] = (
    Column("report", "words", "stable id, <dataset>:<id of the source>; a changed row of one id is a new revision"),
    Column("dataset", "words", "the data set, such as ucdp-ged"),
    Column("dataset_version", "words", "its version as the publisher counts"),
    Column("from", "time", "the event surely lies in [from, until); a bare date is that whole local day"),
    Column("until", "time", "the end of that span, not included; a bare date is the end of that day"),
    Column("lasting", "yes_no", "true: it lasted throughout [from, until); false: at some instant in it"),
    Column("lon", "number", "degrees east, EPSG:4326; without radius_m or region a point is no place"),
    Column("lat", "number", "degrees north, EPSG:4326"),
    Column("radius_m", "number", "the true place surely lies within so many metres of (lon, lat)"),
    Column("region", "words", "id of the polygon in which the place surely lies; it goes before the disc"),
    Column("place", "words", "the place in the words of the source"),
    Column("place_how", "words", "how lon, lat, radius_m or region were found from the words of the place"),
    Column("involved", "list", "actors named in the report, whatever they did"),
    Column("by", "list", "actors to whom the report attributes the act; empty: not attributed"),
    Column("act", "words", "what was surely done: a name from the tree of acts"),
    Column("maybe", "list", "further acts that the report may show"),
    Column("thing", "words", "weapon or object: a name from the tree of things"),
    Column("calibre_mm", "number", "calibre in millimetres, where stated"),
    Column("range_km", "number", "range in kilometres, where stated"),
    Column("model", "words", "make or type in the words of the source"),
    Column("count_lo", "whole", "how many, at least"),
    Column("count_hi", "whole", "how many, at most"),
    Column("unit", "words", "of what: explosion, burst, vehicle, person, death ..."),
    Column("means", "words", "how it was seen: patrol, camera, uav, satellite, radar, press, party"),
    Column("observer", "words", "who observed it"),
    Column("effort", "words", "id of the record of who watched where and when"),
    Column("origin", "words", "who said it first"),
    Column("via", "list", "the carriers, in order"),
    Column("grade", "words", "Admiralty grade, such as B2; F6 where nobody graded it"),
    Column("release", "words", "public or protected"),
    Column("reported", "time", "when it was published; a bare date is kept as 00:00 UTC of that date"),
    Column("recorded", "time", "when it was taken in here"),
)

NAMES: tuple[str, ...] = tuple(column.name for column in COLUMNS)
LISTS: frozenset[str] = frozenset(column.name for column in COLUMNS if column.kind == "list")

LATER: frozenset[str] = frozenset({"place_how"})
"""Columns that files which were checked by an earlier version lack; they tell how others were found."""

IDENTITY = "source_identity"
"""Columns of a source whose names begin so hold who told it: a ledger seals them, and no output shows them."""
