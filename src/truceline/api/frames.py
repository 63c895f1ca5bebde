"""Tables of others as Arrow tables: pandas, GeoDataFrames, polars, DuckDB, and whoever else hands over Arrow."""

from __future__ import annotations

import sys
from typing import Any

import pyarrow as pa

from truceline.errors import Fault, UsageError
from truceline.formats.result import ReportsRead

__all__ = ["arrow_of"]

HANDOVERS = ("__arrow_c_stream__", "__arrow_c_array__")
"""The methods of the Arrow PyCapsule interface by which a table is handed over."""


def arrow_of(reports: Any) -> pa.Table:
    """Take any table as an Arrow table; its buffers are shared, not copied, where its library has Arrow buffers.

    Views of strings, as polars has them, are copied: few Arrow functions know them.

    Raises
    ------
    UsageError
        TL-E911 if it is no table; TL-E912 if its library cannot write a column as Arrow.

    Examples
    --------
    >>> arrow_of(pa.table({"report": pa.array(["a"], pa.string_view())}))["report"].type
    DataType(large_string)
    """
    if isinstance(reports, ReportsRead):
        return reports.table
    if isinstance(reports, pa.RecordBatch):
        return _plain(pa.Table.from_batches([reports]))
    if isinstance(reports, pa.Table):
        return _plain(reports)
    if any(hasattr(reports, name) for name in HANDOVERS):
        return _plain(_handed_over(reports))
    what = f"a {type(reports).__name__} is no table of reports"
    remedy = "give what tl.read_reports or tl.report makes, or a data frame; a lazy one needs its collect()"
    raise UsageError([Fault("reports", "TL-E911", what, remedy)])


def _handed_over(reports: Any) -> pa.Table:
    try:
        return pa.table(_writable(reports)).replace_schema_metadata(None)
    except (pa.ArrowException, TypeError, ValueError) as error:
        what = ": ".join(map(str, error.args))
        remedy = "give a table whose columns have one type each, or leave the column out"
        raise UsageError([Fault("reports", "TL-E912", what, remedy)]) from error


def _writable(reports: Any) -> Any:
    """Let a GeoDataFrame write its active geometry itself: what it has of pandas does not know geometries."""
    geopandas: Any = sys.modules.get("geopandas")  # whoever has a GeoDataFrame has loaded it
    if geopandas is None or not isinstance(reports, geopandas.GeoDataFrame):
        return reports
    active = reports.active_geometry_name
    others = [name for name, kind in reports.dtypes.items() if str(kind) == "geometry" and name != active]
    return (reports if active is None else reports.drop(columns=others)).to_arrow()


def _plain(table: pa.Table) -> pa.Table:
    """Copy the columns that hold views; all others stay where they are."""
    for at, field in enumerate(table.schema):
        kind = _without_views(field.type)
        if kind != field.type:
            table = table.set_column(at, field.with_type(kind), table.column(at).cast(kind))
    return table


def _without_views(kind: pa.DataType) -> pa.DataType:
    """Name the type that holds the same and can be filtered and joined: views have no such functions in Arrow."""
    types = pa.types
    if types.is_string_view(kind):
        return pa.large_string()
    if types.is_binary_view(kind):
        return pa.large_binary()
    if types.is_dictionary(kind):
        return pa.dictionary(kind.index_type, _without_views(kind.value_type), kind.ordered)
    if types.is_struct(kind):
        return pa.struct([field.with_type(_without_views(field.type)) for field in kind])
    if not (types.is_list(kind) or types.is_large_list(kind) or types.is_fixed_size_list(kind)):
        return kind
    item = kind.value_field.with_type(_without_views(kind.value_type))
    if types.is_fixed_size_list(kind):
        return pa.list_(item, kind.list_size)
    return pa.large_list(item) if types.is_large_list(kind) else pa.list_(item)
