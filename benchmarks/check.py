"""How fast a whole check is: made-up reports like those of the example, from Parquet to Parquet.

python benchmarks/check.py --rows 100000 1000000
"""

import argparse
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import pyarrow.parquet as pq

ROOT = Path(__file__).parent.parent
EXAMPLE = ROOT / "examples" / "south-syria-2017"
TRUCELINE = [sys.executable, "-c", "from truceline.cli.start import run; run()"]
WAYS = {
    "check, wide": ["check", "--wide", "--no-summary", "-o", "findings.parquet"],
    "check, wide, one thread": ["check", "--wide", "--no-summary", "--threads", "1", "-o", "findings.parquet"],
    "check, wide, one reading": ["check", "--wide", "--no-summary", "--reading", "text", "-o", "findings.parquet"],
    "check, only violations": ["check", "--only", "violation", "--no-summary", "-o", "findings.parquet"],
    "check, counts only": ["check", "--json"],
    "sweep, 30 distances": ["sweep", "--format", "csv"],
}


def run(arguments, folder):
    """Run a command; give wall and processor seconds and the most memory it held, in MiB."""
    started = time.perf_counter()
    process = subprocess.Popen(arguments, cwd=folder, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    _, status, usage = os.wait4(process.pid, 0)
    if status:
        sys.exit(f"failed: {' '.join(arguments)}")
    return time.perf_counter() - started, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024


def read(path):
    """Read the file as it is, batch by batch: no check can be faster."""
    started, used = time.perf_counter(), time.process_time()
    for _ in pq.ParquetFile(path).iter_batches():
        pass
    return time.perf_counter() - started, time.process_time() - used, None


def main():
    """Print one row per way and size."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, nargs="+", default=[100_000, 1_000_000])
    asked = parser.parse_args()
    print("| rows | what | wall s | CPU s | rows/s | CPU us/row | peak MiB |\n|---|---|---|---|---|---|---|")
    for rows in asked.rows:
        with tempfile.TemporaryDirectory() as folder:
            reports = str(Path(folder) / "reports.parquet")
            like = ["--like", str(EXAMPLE / "ucdp_ged_syria.parquet"), "--rows", str(rows), "-o", reports]
            told = {"generate": run([*TRUCELINE, "generate", *like], folder), "bare read": read(reports)}
            for name, (command, *options) in WAYS.items():
                told[name] = run([*TRUCELINE, command, str(EXAMPLE / "terms.yaml"), reports, *options], folder)
        for name, (wall, cpu, memory) in told.items():
            held = "" if memory is None else f"{memory:,.0f}"
            print(
                f"| {rows:,} | {name} | {wall:.1f} | {cpu:.1f} | {rows / wall:,.0f} | {cpu / rows * 1e6:.1f} | {held} |"
            )


if __name__ == "__main__":
    main()
