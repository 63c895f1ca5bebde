"""How fast a whole check is, and how much memory it holds: made-up reports like the example's, Parquet to Parquet.

python benchmarks/check.py --rows 100000 1000000                        all ways, twenty readings
python benchmarks/check.py --memory --rows 1000000 10000000 100000000   peak memory alone; `generate` makes the files
python benchmarks/check.py --counts --rows 1000000                      three bans against three rules that count

A hundred million reports are a file of some 6 GB and take their time: ask for them by name.
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
WIDE = ["check", "--wide", "--no-summary", "-o", "findings.parquet"]
WAYS = {
    "check, wide": WIDE,
    "check, wide, one thread": [*WIDE, "--threads", "1"],
    "check, wide, one reading": [*WIDE, "--reading", "text"],
    "check, only violations": ["check", "--only", "violation", "--no-summary", "-o", "findings.parquet"],
    "check, counts only": ["check", "--json"],
    "sweep, 30 distances": ["sweep", "--format", "csv"],
}
MEMORY = {name: WAYS[name] for name in ("check, wide", "check, wide, one reading", "check, counts only")}


PLAIN = """
truceline: 1
agreement: {id: squares, title: Three squares, class: cessation, zone: UTC}
instruments: {truce: {in_force: "2011-01-01T00:00+00:00"}}
parties: {one: [signatory]}
areas:
  west: {geometry: {coordinates: [[35.5, 32.5], [36.2, 32.5], [36.2, 33.2], [35.5, 33.2], [35.5, 32.5]]}}
  east: {geometry: {coordinates: [[36.2, 32.5], [37.0, 32.5], [37.0, 33.2], [36.2, 33.2], [36.2, 32.5]]}}
  north: {geometry: {coordinates: [[35.5, 33.2], [38.0, 33.2], [38.0, 36.5], [35.5, 36.5], [35.5, 33.2]]}}
provisions:
  first: {who: any, what: hostilities, where: west, FIRST, source: s.text}
  second: {who: any, what: hostilities, where: east, SECOND, source: s.text}
  third: {who: any, what: hostilities, where: north, THIRD, source: s.text}
sources: {s.text: {kind: primary, by: both}}
"""
ASKED = {
    "three bans": ("at_most: 0", "at_most: 0", "at_most: 0"),
    "a ceiling, a floor, a trend": ("at_most: 9", "at_least: 9", "trend: down, to: 0, when: {by: 2018-01-01}"),
}
"""Two texts that differ in nothing but what they ask: none at all, or a number over all reports."""


def counted(rows, folder):
    """Check so many reports against rules that count, and against bans on the same ground."""
    reports = str(Path(folder) / "reports.parquet")
    like = ["--like", str(EXAMPLE / "ucdp_ged_syria.parquet"), "--rows", str(rows), "-o", reports]
    told = {"generate": run([*TRUCELINE, "generate", *like], folder)}
    for name, asked in ASKED.items():
        terms = Path(folder) / "terms.yaml"
        text = PLAIN
        for word, limit in zip(("FIRST", "SECOND", "THIRD"), asked, strict=True):
            text = text.replace(word, limit)
        terms.write_text(text, encoding="utf-8")
        for way, options in (
            ("counts only", ["--json"]),
            ("wide", ["--wide", "--no-summary", "-o", "findings.parquet"]),
        ):
            told[f"{name}, {way}"] = run([*TRUCELINE, "check", str(terms), reports, *options], folder)
    return told


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
    for _ in pq.ParquetFile(path, pre_buffer=False).iter_batches():  # a buffer keeps all it has read
        pass
    return time.perf_counter() - started, time.process_time() - used, None


def measured(rows, ways, folder):
    """Make a file of so many reports, and run every way on it."""
    reports = str(Path(folder) / "reports.parquet")
    like = ["--like", str(EXAMPLE / "ucdp_ged_syria.parquet"), "--rows", str(rows), "-o", reports]
    told = {"generate": run([*TRUCELINE, "generate", *like], folder), "bare read": read(reports)}
    for name, (command, *options) in ways.items():
        told[name] = run([*TRUCELINE, command, str(EXAMPLE / "terms.yaml"), reports, *options], folder)
    return told


def main():
    """Print one row per way and size."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rows", type=int, nargs="+", default=[100_000, 1_000_000])
    parser.add_argument("--memory", action="store_true", help="only what shows how memory grows")
    parser.add_argument("--counts", action="store_true", help="only what rules that count cost beside bans")
    asked = parser.parse_args()
    print("| rows | what | wall s | CPU s | rows/s | CPU us/row | peak MiB |\n|--:|---|--:|--:|--:|--:|--:|")
    for rows in asked.rows:
        with tempfile.TemporaryDirectory() as folder:
            ways = MEMORY if asked.memory else WAYS
            told = counted(rows, folder) if asked.counts else measured(rows, ways, folder)
        for name, (wall, cpu, memory) in told.items():
            held = "" if memory is None else f"{memory:,.0f}"
            cells = (f"{rows:,}", name, f"{wall:.1f}", f"{cpu:.1f}", f"{rows / wall:,.0f}", f"{cpu / rows * 1e6:.1f}")
            print(f"| {' | '.join((*cells, held))} |", flush=True)


if __name__ == "__main__":
    main()
