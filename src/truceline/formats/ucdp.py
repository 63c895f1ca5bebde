"""UCDP GED in all its forms: yearly releases, special releases, and Candidate files without a header.

What the data set codes is read as it is defined: a row is organised violence with deaths between two
sides, on some day from `date_start` to `date_end`, at a place as exact as `where_prec` says. Which side
fired is not coded, and the point of a district is not a place.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Final

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from truceline.formats import ucdp_checks as checks
from truceline.formats.cells import code_column, text_column
from truceline.formats.csv_file import CsvFile, cells_of_first_line, read_bytes, read_csv, text_of
from truceline.formats.date_order import Order, Told, earliest_from, in_order
from truceline.formats.dates import NO_DAY, split_dates
from truceline.formats.gazetteer import NO_REGIONS, Gazetteer
from truceline.formats.lists import actors_of, constant, listed, lists_of
from truceline.formats.parquet_file import parquet_rows
from truceline.formats.places import extents, positions
from truceline.formats.rejects import flag, refuse, remark
from truceline.formats.repeats import repeats
from truceline.formats.result import Part, ReportsRead, put_together
from truceline.formats.spans import DAY, as_times, check_zone, days_as_spans
from truceline.formats.tables import Tables, tables_of

__all__ = ["COLUMNS_49", "DATASET", "NEEDED", "is_headless", "read_ucdp"]

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


def read_ucdp(
    source: Path | str | bytes,
    *,
    name: str | None = None,
    zone: str | None = None,
    regions: Gazetteer = NO_REGIONS,
    version: str | None = None,
    date_order: Order | None = None,
    tables: Tables | None = None,
) -> ReportsRead:
    """Read a release of UCDP GED: CSV (also packed), Parquet, or the bytes of one of them.

    Parameters
    ----------
    zone : str, optional
        The IANA time zone of the places. Without one a day is every place's day, 50 hours long.
    regions : Gazetteer
        Polygons of administrative units and countries. Without them, rows that are only exact to a
        unit have no place.
    version : str, optional
        The release, such as "23.1"; the files do not say it.
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
    called = name or ("<bytes>" if isinstance(source, bytes) else str(source))
    file = _table(source if isinstance(source, bytes) else read_bytes(Path(source)), called)
    rows, meanings = file.table, tables or tables_of(DATASET)
    missing = [column for column in NEEDED if column not in rows.column_names]
    if missing:
        raise refuse(
            "TL-R005", called, f"UCDP GED without {', '.join(missing)}", "read a whole release of the data set"
        )
    parts: tuple[Part, ...] = (
        _identity(rows, version), _place(rows, regions, meanings), _dates(rows, zone, date_order),
        checks.deaths(rows), _acts(rows, meanings), checks.clearance(rows),
    )  # fmt: skip
    return put_together(called, "ucdp", DATASET, file, parts, regions.regions)


def _table(data: bytes, name: str) -> CsvFile:
    """Open a release as a table, with or without a header."""
    if data.startswith(b"PAR1"):
        return parquet_rows(data, name)
    first, _ = cells_of_first_line(text_of(data, name)[0])
    if not is_headless(first):
        return read_csv(data, name, empty=MISSING)
    file = read_csv(data, name, columns=COLUMNS_49, empty=MISSING)
    return replace(file, flags=(*file.flags, remark("TL-R303", "49 columns, as in Candidate release 24.0.1")))


def is_headless(first: Sequence[str]) -> bool:
    """Say whether a first line is already a record: 49 cells, an id, and dates where dates belong."""
    if len(first) != len(COLUMNS_49) or not (first[0].isascii() and first[0].isdigit()):
        return False
    dates = split_dates(pa.chunked_array([[first[COLUMNS_49.index(name)] for name in ("date_start", "date_end")]]))
    return bool((dates.form >= 0).all())


def _identity(rows: pa.Table, version: str | None) -> Part:
    """Give what every row has: its id, the data set, who said it and who carried it."""
    ids, count = code_column(rows, "id"), len(rows)
    columns = {
        "report": pc.binary_join_element_wise(pa.scalar(DATASET), ids.combine_chunks(), ":"),
        "dataset": constant(DATASET, count),
        "dataset_version": constant(version, count),
        "lasting": pa.array(np.zeros(count, dtype=bool)),
        "origin": text_column(rows, "source_original").combine_chunks(),
        "via": lists_of(text_column(rows, "source_office"), ";"),
        "grade": constant("F6", count),
        "release": constant("public", count),
    }
    missing = flag("TL-R109", np.asarray(pc.is_null(ids).combine_chunks()), "id")
    return columns, (missing, *repeats(rows, ids, "id"))


def _place(rows: pa.Table, regions: Gazetteer, meanings: Tables) -> Part:
    point = positions(rows["longitude"], rows["latitude"], ("longitude", "latitude"))
    named = {level: text_column(rows, column) for level, column in UNITS.items()}
    extent = extents(code_column(rows, "where_prec"), DATASET, meanings.precision, named, regions, "where_prec")
    columns = {
        **point.columns,
        "radius_m": pc.if_else(pa.array(point.given), extent.radius, pa.scalar(None, pa.float64())),
        "region": extent.region,
        "place": text_column(rows, "where_coordinates").combine_chunks(),
    }
    nowhere = flag("TL-R202", point.empty & np.asarray(pc.is_null(extent.region)), "longitude")
    return columns, (*point.flags, nowhere, *checks.grid(rows, point), *extent.flags)


def _dates(rows: pa.Table, zone: str | None, stated: Order | None) -> Part:
    starts, ends = text_column(rows, "date_start"), text_column(rows, "date_end")
    first = split_dates(starts)
    last = split_dates(ends, first.forms)
    most, told = checks.longest(rows), _told(rows)
    days = in_order(first, last, most=most, told=told, stated=stated)
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


def _told(rows: pa.Table) -> Told:
    """Collect the days on which sources reported: of those dates that can be read only one way."""
    lists = pc.split_pattern(pc.fill_null(text_column(rows, "source_date"), "").combine_chunks(), ";")
    row = np.asarray(pc.list_parent_indices(lists), dtype=np.int64)
    dates = split_dates(pa.chunked_array([pc.list_flatten(lists)]))
    days = in_order(dates, dates)
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
