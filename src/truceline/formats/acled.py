"""ACLED: its event types as acts, its precision codes as places and spans.

Actor 1 and actor 2 imply no direction, so nothing is attributed. Fatalities stay the source's own
column: a 0 there also stands for "not known".
"""

from __future__ import annotations

from pathlib import Path
from typing import Final

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from truceline.evidence.precision import PrecisionTable
from truceline.formats.cells import code_column, text_column, wholes
from truceline.formats.csv_file import CsvFile, read_bytes, read_csv
from truceline.formats.date_order import Order, Orders, in_order, order_of
from truceline.formats.date_proof import Dated
from truceline.formats.dates import NO_DAY, Days, split_dates
from truceline.formats.events import identity, place, require
from truceline.formats.gazetteer import NO_REGIONS, Gazetteer
from truceline.formats.lists import actors_of, listed
from truceline.formats.parquet_file import parquet_rows
from truceline.formats.rejects import flag, remark
from truceline.formats.result import Part, ReportsRead, put_together
from truceline.formats.spans import as_times, check_zone, days_as_spans
from truceline.formats.tables import Tables, tables_of

__all__ = ["DATASET", "NEEDED", "acled_dates", "read_acled"]

DATASET: Final = "acled"
TIME: Final = "acled-time"
NEEDED: Final = (
    "event_id_cnty", "event_date", "time_precision", "event_type", "sub_event_type", "actor1", "actor2", "latitude",
    "longitude", "geo_precision",
)  # fmt: skip
ACTORS: Final = ("actor1", "assoc_actor_1", "actor2", "assoc_actor_2")
UNITS: Final = {"adm1": "admin1", "country": "country"}
SECOND: Final = 1_000_000


def read_acled(
    source: Path | str | bytes | CsvFile,
    *,
    name: str | None = None,
    zone: str | None = None,
    regions: Gazetteer = NO_REGIONS,
    version: str | None = None,
    date_order: Order | Orders | None = None,
    tables: Tables | None = None,
) -> ReportsRead:
    """Read an export of ACLED: CSV (also packed), Parquet, the bytes of one of them, or a table of its cells.

    The arguments are those of `read_ucdp`.

    Raises
    ------
    EvidenceError
        If the file is no ACLED export (TL-R005) or cannot be read at all (TL-R001 to TL-R011).
    """
    check_zone(zone)
    called = name or (str(source) if isinstance(source, str | Path) else "<bytes>")
    file = source if isinstance(source, CsvFile) else _table(source, called)
    rows, meanings = file.table, tables or tables_of(DATASET)
    require(file, called, "ACLED", NEEDED, "export all columns")
    where, _ = place(rows, DATASET, "geo_precision", UNITS, "location", meanings.precision, regions)
    when = _dates(rows, zone, date_order, meanings.precision)
    parts = (_identity(rows, version), where, when, _acts(rows, meanings))
    return put_together(called, "acled", DATASET, file, parts, regions.regions)


def acled_dates(table: pa.Table, *_: object) -> dict[str, Dated]:
    """Give the column of dates of a part of a file, for `date_proof.proved`."""
    cells = text_column(table, "event_date")
    return {"event_date": Dated(cells, cells)}


def _table(source: Path | str | bytes, name: str) -> CsvFile:
    data = source if isinstance(source, bytes) else read_bytes(Path(source))
    return parquet_rows(data, name) if data.startswith(b"PAR1") else read_csv(data, name)


def _identity(rows: pa.Table, version: str | None) -> Part:
    ids = text_column(rows, "event_id_cnty")
    columns, flags = identity(rows, DATASET, "event_id_cnty", ids, version, "source")
    return {**columns, "reported": _uploaded(rows)}, flags


def _dates(rows: pa.Table, zone: str | None, stated: Order | Orders | None, meanings: PrecisionTable) -> Part:
    """Widen each date by what its precision code leaves open."""
    cells, codes = text_column(rows, "event_date"), code_column(rows, "time_precision")
    split = split_dates(cells)
    days = in_order(split, split, stated=order_of(stated, "event_date"))
    known = days.first != NO_DAY
    widening, unknown = _widening(codes, meanings)
    begin, end = days_as_spans(
        np.where(known, days.first - widening, NO_DAY), np.where(known, days.last + widening, NO_DAY), zone
    )
    flags = (
        flag("TL-R106", ~known, "event_date", cells), flag("TL-R205", days.both, "event_date", cells),
        flag("TL-R206", days.turned, "event_date", cells), flag("TL-R221", unknown, "time_precision", codes),
        *days.remarks, *([remark("TL-R302")] if zone is None else []),
    )  # fmt: skip
    return {"from": as_times(begin, known), "until": as_times(end, known)}, flags


def _widening(
    codes: pa.ChunkedArray, meanings: PrecisionTable
) -> tuple[Days, np.ndarray[tuple[int], np.dtype[np.bool_]]]:
    """Give the days to add on both sides; a code that is not in the table is as vague as the vaguest."""
    days = {code: meaning.days for (dataset, code), meaning in meanings.items() if dataset == TIME}
    coded = pc.fill_null(codes, "").combine_chunks().dictionary_encode()
    present = coded.dictionary.to_pylist()
    index = np.asarray(coded.indices)
    widest = max(days.values(), default=0)
    by_code = np.array([days.get(code, widest) for code in present], dtype=np.int64)
    return by_code[index], np.array([code not in days for code in present], dtype=bool)[index]


def _acts(rows: pa.Table, meanings: Tables) -> Part:
    """Give what was done, once per distinct event type, and who was involved, once per distinct set of names."""
    shown, nobody = meanings.acts, meanings.nobody
    kinds = pc.binary_join_element_wise(
        *(pc.fill_null(text_column(rows, name), "") for name in ("event_type", "sub_event_type")), "/"
    )
    coded = kinds.combine_chunks().dictionary_encode()
    found = [shown.get(kind) for kind in coded.dictionary.to_pylist()]
    names = pc.binary_join_element_wise(*(pc.fill_null(text_column(rows, name), "") for name in ACTORS), ";")
    people = names.combine_chunks().dictionary_encode()
    columns = {
        "act": pa.array([each.act if each else None for each in found], pa.string()).take(coded.indices),
        "maybe": listed(each.maybe if each else () for each in found).take(coded.indices),
        "thing": pa.array([(each.thing or None) if each else None for each in found], pa.string()).take(coded.indices),
        "involved": listed(actors_of(text, ";", nobody) for text in people.dictionary.to_pylist()).take(people.indices),
    }
    unknown, nobody_named = (np.asarray(pc.is_null(columns[name])) for name in ("act", "involved"))
    return columns, (flag("TL-R219", unknown, "sub_event_type", kinds), flag("TL-R213", nobody_named, "actor1"))


def _uploaded(rows: pa.Table) -> pa.Array:
    """Give the moment from which the row stood in the data set in its present form."""
    seconds, given, _ = wholes(text_column(rows, "timestamp"))
    return as_times(seconds * SECOND, given & (seconds > 0))
