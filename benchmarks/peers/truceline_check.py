"""Truceline itself, by its command line: `truceline check TERMS FILE --wide --no-summary -o OUT`."""

import sys
import time
from pathlib import Path

import pyarrow.parquet as pq
from peers import common

from truceline.cli.start import run


def main() -> None:
    """Run the command in this process, loading included."""
    file, line, out = sys.argv[1:]
    terms = str(Path(line).with_name("terms.yaml"))
    sys.argv = ["truceline", "check", terms, file, "--wide", "--no-summary", "-o", out]
    began = time.perf_counter()
    try:
        run()
    except SystemExit as end:
        if end.code:
            raise
    common.told(pq.read_metadata(out).num_rows, began)


if __name__ == "__main__":
    main()
