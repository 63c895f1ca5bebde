"""The limit: pyarrow reads the six columns that the rules need, group by group; nothing is done with them."""

import sys
import time

import pyarrow.parquet as pq
from peers import common


def main() -> None:
    """Read; OUT stays unwritten."""
    file, _, _ = sys.argv[1:]
    began = time.perf_counter()
    reports = pq.ParquetFile(file, read_dictionary=["by.list.element", "act"])
    groups = range(reports.num_row_groups)
    rows = sum(len(reports.read_row_group(group, columns=list(common.COLUMNS[1:]))) for group in groups)
    common.told(rows, began)


if __name__ == "__main__":
    main()
