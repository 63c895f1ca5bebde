"""UCDP GED in all its forms: yearly releases, special releases, and Candidate files without a header.

What the data set codes is read as it is defined: a row is organised violence with deaths between two
sides, on some day from `date_start` to `date_end`, at a place as exact as `where_prec` says. Which side
fired is not coded, and the point of a district is not a place.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Final

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from truceline.formats import ucdp_checks as checks
from truceline.formats.cells import code_column, text_column
from truceline.formats.csv_file import CsvFile, cells_of_first_line, read_bytes, read_csv, text_of
from truceline.formats.date_order import Order, Orders, Told, earliest_from, in_order, order_of
from truceline.formats.date_proof import Dated
from truceline.formats.dates import NO_DAY, split_dates
from truceline.formats.events import identity, place, require
from truceline.formats.gazetteer import NO_REGIONS, Gazetteer
from truceline.formats.lists import actors_of, listed
from truceline.formats.parquet_file import parquet_rows
from truceline.formats.rejects import flag, remark
from truceline.formats.result import Part, ReportsRead, put_together
from truceline.formats.spans import DAY, as_times, check_zone, days_as_spans
from truceline.formats.tables import Tables, tables_of

__all__ = [
    "COLUMNS_49", "DATASET", "HEADLESS", "MISSING", "NEEDED", "is_headless", "read_ucdp", "release_of", "release_order",
    "ucdp_dates",
]  # fmt: skip

DATASET: Final = "ucdp-ged"
NEEDED: Final = (
    "id", "type_of_violence", "side_a", "side_b", "where_prec", "latitude", "longitude", "date_start", "date_end",
)  # fmt: skip
COLUMNS_49: Final = (
    "id", "relid", "year", "active_year", "code_status", "type_of_violence", "conflict_dset_id", "conflict_new_id",
    "conflict_name", "dyad_dset_id", "dyad_new_id", "dyad_name", "side_a_dset_id", "side_a_new_id", "side_a",
    "side_b_dset_id", "side_b_new_id", "side_b", "number_of_sources", "source_article", "source_office", "source_date",
    "source_headline", "source_original", "where_prec", "where_coordinates", "where_description", "adm_1", "adm_2",
    "latitude", "longitude", "geom_wkt", "priogrid_gid", "country", "country_id", "region", "event_clarity",
    "date_prec", "date_start", "date_end", "deaths_a", "deaths_b", "deaths_civilians", "deaths_unknown", "best", "high",
    "low", "gwnoa", "gwnob",
)  # fmt: skip
UNITS: Final = {"adm1": "adm_1", "adm2": "adm_2", "country": "country"}
MISSING: Final = ("", "NA")  # as spreadsheets and as R write it
OUR_PREFIX: Final = r"^(?i:ucdp(?:-ged)?):\s*"  # others write UCDP:123 for 123
HEADLESS: Final = remark("TL-R303", "49 columns, as in Candidate release 24.0.1")
PUBLISHED: Final = re.compile(r"ged-?event_v([0-9]+(?:_[0-9]+){1,3})(?![0-9_])", re.IGNORECASE)
RELEASE: Final = re.compile(r"([0-9]{1,3})\.(?:([1-9][0-9]?)|0\.([0-9]{1,2}))")


def read_ucdp(
    source: Path | str | bytes | CsvFile,
    *,
    name: str | None = None,
    zone: str | None = None,
    regions: Gazetteer = NO_REGIONS,
    version: str | None = None,
    date_order: Order | Orders | None = None,
    tables: Tables | None = None,
) -> ReportsRead:
    """Read a release of UCDP GED: CSV (also packed), Parquet, the bytes of one of them, or a table of its cells.

    Parameters
    ----------
    zone : str, optional
        The IANA time zone of the places. Without one a day is every place's day, 50 hours long.
    regions : Gazetteer
        Polygons of administrative units and countries. Without them, rows that are only exact to a
        unit have no place.
    version : str, optional
        The release, such as "23.1". The files say it by the name under which they are published alone.
    date_order : "month" or "day", optional
        What the two numbers of dates such as 05/02/2014 mean. Without it the file must prove it, or
        both readings are kept.
    tables : Tables, optional
        What the data set's codes mean, ours if not given.

    Raises
    ------
    EvidenceError
        If the file is not UCDP GED (TL-R005) or cannot be read at all (TL-R001 to TL-R011).
    """
    check_zone(zone)
    called = name or (str(source) if isinstance(source, str | Path) else "<bytes>")
    file = source if isinstance(source, CsvFile) else _table(source, called)
    rows, meanings = file.table, tables or tables_of(DATASET)
    require(file, called, "UCDP GED", NEEDED, "read a whole release of the data set")
    parts: tuple[Part, ...] = (
        _identity(rows, version or release_of(called)), _place(rows, regions, meanings), _dates(rows, zone, date_order),
        checks.deaths(rows), _acts(rows, meanings), checks.clearance(rows),
    )  # fmt: skip
    return put_together(called, "ucdp", DATASET, file, parts, regions.regions)


def release_of(name: str) -> str | None:
    """Read the release from the name under which a file is published.

    >>> release_of("GEDEvent_v23_1.csv"), release_of("GEDEvent_v24_0_1.csv"), release_of("mine.csv")
    ('23.1', '24.0.1', None)
    """
    found = PUBLISHED.search(Path(name).name)
    return found[1].replace("_", ".") if found else None


def release_order(version: str) -> tuple[int, ...] | None:
    """Give the place of a release among all: a yearly one (23.1) comes after every Candidate release (23.0.12).

    The publisher replaces Candidate events by those of the yearly release. None for special releases.

    >>> release_order("22.1") < release_order("23.1"), release_order("24.0.12") < release_order("24.1")
    (True, True)
    """
    found = RELEASE.fullmatch(version)
    if found is None:
        return None
    return (1, int(found[1]), int(found[2])) if found[2] else (0, int(found[1]), int(found[3]))


def ucdp_dates(table: pa.Table, _: object, known: Orders) -> dict[str, Dated]:
    """Give the columns of dates of a part of a file, for `date_proof.proved`."""
    told = [_source_dates(table)[1], *(text_column(table, name) for name in ("date_start", "date_end"))]
    of_events = Dated(told[1], told[2], checks.longest(table), _told(table, known))
    return {"source_date": Dated(told[0], told[0], vouched=False), "date_start": of_events}


def _table(source: Path | str | bytes, name: str) -> CsvFile:
    """Open a release as a table, with or without a header."""
    data = source if isinstance(source, bytes) else read_bytes(Path(source))
    if data.startswith(b"PAR1"):
        return parquet_rows(data, name)
    first, _ = cells_of_first_line(text_of(data, name)[0])
    if not is_headless(first):
        return read_csv(data, name, empty=MISSING)
    file = read_csv(data, name, columns=COLUMNS_49, empty=MISSING)
    return replace(file, flags=(*file.flags, HEADLESS))


def is_headless(first: Sequence[str]) -> bool:
    """Say whether a first line is already a record: 49 cells, an id, and dates where dates belong."""
    if len(first) != len(COLUMNS_49) or not re.fullmatch(f"(?:{OUR_PREFIX[1:]})?[0-9]+", first[0]):
        return False
    dates = split_dates(pa.chunked_array([[first[COLUMNS_49.index(name)] for name in ("date_start", "date_end")]]))
    return bool((dates.form >= 0).all())


def _identity(rows: pa.Table, version: str | None) -> Part:
    """Give what every row has, and who said it first."""
    ids = pc.replace_substring_regex(code_column(rows, "id"), OUR_PREFIX, "")
    columns, flags = identity(rows, DATASET, "id", ids, version, "source_office")
    return {**columns, "origin": text_column(rows, "source_original").combine_chunks()}, flags


def _place(rows: pa.Table, regions: Gazetteer, meanings: Tables) -> Part:
    (columns, flags), point = place(
        rows, DATASET, "where_prec", UNITS, "where_coordinates", meanings.precision, regions
    )
    return columns, (*flags, *checks.grid(rows, point))


def _dates(rows: pa.Table, zone: str | None, stated: Order | Orders | None) -> Part:
    starts, ends = text_column(rows, "date_start"), text_column(rows, "date_end")
    first = split_dates(starts)
    last = split_dates(ends, first.forms)
    most, told = checks.longest(rows), _told(rows, stated if isinstance(stated, Mapping) else {})
    days = in_order(first, last, most=most, told=told, stated=order_of(stated, "date_start"))
    no_start, no_end = days.first == NO_DAY, days.last == NO_DAY
    known = ~no_start & ~no_end
    begin, end = days_as_spans(days.first, days.last, zone)
    reported = earliest_from(told, np.where(known, days.first, np.iinfo(np.int64).max))
    published = reported != NO_DAY
    columns = {
        "from": as_times(begin, known), "until": as_times(end, known),
        "reported": as_times(np.where(published, reported, 0) * DAY, published),
    }  # fmt: skip
    flags = [
        flag("TL-R106", no_start, "date_start", starts),
        flag("TL-R106", no_end, "date_end", ends),
        flag("TL-R107", known & (days.last < days.first), "date_end", ends),
        flag("TL-R205", days.both, "date_start", starts),
        flag("TL-R206", days.turned, "date_start", starts),
        checks.too_long(rows, days.first, days.last, np.where(days.both, checks.NO_LIMIT, most)),
        *days.remarks,
    ]
    return columns, (*flags, *([remark("TL-R302")] if zone is None else []))


def _source_dates(rows: pa.Table) -> tuple[np.ndarray[tuple[int], np.dtype[np.int64]], pa.ChunkedArray]:
    """Give the dates of all sources one by one, and before them the row of each."""
    lists = pc.split_pattern(pc.fill_null(text_column(rows, "source_date"), "").combine_chunks(), ";")
    return np.asarray(pc.list_parent_indices(lists), dtype=np.int64), pa.chunked_array([pc.list_flatten(lists)])


def _told(rows: pa.Table, known: Orders) -> Told:
    """Collect the days on which sources reported: of those dates that can be read only one way."""
    row, cells = _source_dates(rows)
    dates = split_dates(cells)
    days = in_order(dates, dates, stated=order_of(known, "source_date"))
    sure = (days.first != NO_DAY) & ~days.both
    return Told(row[sure], days.first[sure])


def _acts(rows: pa.Table, meanings: Tables) -> Part:
    """Give who was involved and what was done: one answer for each distinct code and pair of sides."""
    names = (code_column(rows, "type_of_violence"), text_column(rows, "side_a"), text_column(rows, "side_b"))
    coded = [pc.fill_null(name, "").combine_chunks().dictionary_encode() for name in names]
    distinct, which = np.unique([np.asarray(each.indices) for each in coded], axis=1, return_inverse=True)
    parts = (each.dictionary.take(pa.array(index)).to_pylist() for each, index in zip(coded, distinct, strict=True))
    keys = list(zip(*parts, strict=True))
    shown, nobody = meanings.acts, meanings.nobody
    shows = [shown.get(code) for code, _, _ in keys]
    sides = [(actors_of(first, ", ", nobody), actors_of(second, ", ", nobody)) for _, first, second in keys]
    by = [dict(zip(("side_a", "side_b"), pair, strict=True)) for pair in sides]
    found = {
        "act": pa.array([each.act if each else None for each in shows], pa.string()),
        "maybe": listed(each.maybe if each else None for each in shows),
        "by": listed(named.get(each.by) if each else None for named, each in zip(by, shows, strict=True)),
        "involved": listed(tuple(dict.fromkeys(first + second)) for first, second in sides),
    }
    columns = {name: answers.take(pa.array(which)) for name, answers in found.items()}
    strange, nobody_named = (np.asarray(pc.is_null(columns[name])) for name in ("act", "involved"))
    return columns, (
        flag("TL-R219", strange, "type_of_violence", rows["type_of_violence"]),
        flag("TL-R213", nobody_named, "side_a", rows["side_a"]),
    )
