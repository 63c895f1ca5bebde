"""What data sets of events have in common, whoever codes them: an id and a publisher, and a place by a code."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from truceline.evidence.precision import PrecisionTable
from truceline.formats.cells import code_column, text_column
from truceline.formats.csv_file import CsvFile
from truceline.formats.gazetteer import Gazetteer
from truceline.formats.lists import constant, lists_of
from truceline.formats.places import Positions, extents, positions
from truceline.formats.rejects import flag, refuse
from truceline.formats.repeats import repeats
from truceline.formats.result import Part

__all__ = ["identity", "place", "require"]


def require(file: CsvFile, name: str, title: str, needed: Sequence[str], remedy: str) -> None:
    """Refuse a file that is not the data set.

    Raises
    ------
    EvidenceError
        TL-R005, with the columns that are missing.
    """
    missing = [column for column in needed if column not in file.table.column_names]
    if missing:
        raise refuse("TL-R005", name, f"{title} without {', '.join(missing)}", remedy)


def identity(rows: pa.Table, dataset: str, column: str, ids: pa.ChunkedArray, version: str | None, via: str) -> Part:
    """Give what every row has: its id, the data set and its release, and who carried it (the column `via`)."""
    count = len(rows)
    columns = {
        "report": pc.binary_join_element_wise(pa.scalar(dataset), ids.combine_chunks(), ":"),
        "dataset": constant(dataset, count),
        "dataset_version": constant(version, count),
        "lasting": pa.array(np.zeros(count, dtype=bool)),
        "via": lists_of(text_column(rows, via), ";"),
        "grade": constant("F6", count),
        "release": constant("public", count),
    }
    missing = flag("TL-R109", np.asarray(pc.is_null(ids).combine_chunks()), column)
    return columns, (missing, *repeats(rows, ids, column))


def place(
    rows: pa.Table, dataset: str, code: str, units: Mapping[str, str], words: str, table: PrecisionTable,
    regions: Gazetteer,
) -> tuple[Part, Positions]:  # fmt: skip
    """Give where it was: the point, and how exact it is by the column `code`; `units` are the columns of each level."""
    point = positions(rows["longitude"], rows["latitude"], ("longitude", "latitude"))
    named = {level: text_column(rows, column) for level, column in units.items()}
    extent = extents(code_column(rows, code), dataset, table, named, regions, code)
    columns = {
        **point.columns,
        "radius_m": pc.if_else(pa.array(point.given), extent.radius, pa.scalar(None, pa.float64())),
        "region": extent.region,
        "place": text_column(rows, words).combine_chunks(),
    }
    nowhere = flag("TL-R202", point.empty & np.asarray(pc.is_null(extent.region)), "longitude")
    return (columns, (*point.flags, nowhere, *extent.flags)), point
