"""The table of reports in Arrow: our columns first, then the source's own under their own names."""

from __future__ import annotations

from collections.abc import Mapping

import pyarrow as pa

from truceline.evidence.columns import COLUMNS, NAMES

__all__ = ["REPORT_SCHEMA", "TYPES", "report_table"]

TYPES: Mapping[str, pa.DataType] = {
    "words": pa.string(),
    "list": pa.list_(pa.string()),
    "time": pa.timestamp("us", tz="UTC"),
    "number": pa.float64(),
    "whole": pa.int64(),
    "yes_no": pa.bool_(),
}

REPORT_SCHEMA = pa.schema(
    [pa.field(column.name, TYPES[column.kind], metadata={"means": column.means}) for column in COLUMNS]
)


def report_table(ours: Mapping[str, pa.Array], source: pa.Table) -> pa.Table:
    """Join our columns and the source's own; what the source does not give is empty.

    A column of the source that bears one of our names means something else: it becomes ``source_<name>``.

    >>> table = report_table({"report": pa.array(["a:1"])}, pa.table({"id": [1], "region": ["Europe"]}))
    >>> table.column_names[:2], table.column_names[-2:], table["region"].to_pylist()
    (['report', 'dataset'], ['id', 'source_region'], [None])
    """
    count = len(source)
    columns = [
        ours[field.name].cast(field.type) if field.name in ours else pa.nulls(count, field.type)
        for field in REPORT_SCHEMA
    ]
    own = [field.with_name(f"source_{field.name}") if field.name in NAMES else field for field in source.schema]
    return pa.table([*columns, *source.columns], schema=pa.schema([*REPORT_SCHEMA, *own]))
