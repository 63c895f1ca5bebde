"""How long a ledger takes to take reports in, to verify, and to say what was known on a day; and two hundred clients.

python benchmarks/ledger.py [--rows 1000000] [--database postgresql://...] [--clients-only]

Reports are made up like those of the southern Syria example, with all its columns. Each step runs in a process of its
own, so that its peak memory is its own. Wall seconds count the syncs of the disk, which differ from machine to machine.
"""

import argparse
import os
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path

from truceline.api.ledger import begin, now_us
from truceline.evidence.record import Draft
from truceline.store.writer import Writer

ROOT = Path(__file__).parents[1]
EXAMPLE = ROOT / "examples" / "south-syria-2017"
TRUCELINE = [sys.executable, "-c", "from truceline.cli.start import run; run()"]
CLIENTS, EACH = 200, 20


def run(name, *arguments, rows=None):
    """Run a command, and print how long it took and the most memory it held."""
    started = time.perf_counter()
    process = subprocess.Popen([*TRUCELINE, *map(str, arguments)], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    _, status, usage = os.wait4(process.pid, 0)
    if status:
        sys.exit(f"failed: {name}")
    wall, spent = time.perf_counter() - started, usage.ru_utime + usage.ru_stime
    rate = f"{rows / wall:,.0f}" if rows else ""
    print(f"| {name} | {wall:.1f} | {spent:.1f} | {rate} | {usage.ru_maxrss / 1024:,.0f} |", flush=True)


def clients(folder, database):
    """Let two hundred threads put down a record at a time through one writer; print rate and latency."""
    ledger, _ = begin(folder, "benchmark.example/log", database=database)
    waits = []

    def client(number, writer):
        for turn in range(EACH):
            started = time.perf_counter()
            writer.submit([Draft("report", f"c{number}:{turn}", {"act": "presence"})]).result()
            waits.append(time.perf_counter() - started)

    started = time.perf_counter()
    with Writer(ledger, now_us) as writer:
        threads = [threading.Thread(target=client, args=(number, writer)) for number in range(CLIENTS)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    rate, waits = CLIENTS * EACH / (time.perf_counter() - started), sorted(waits)
    median, late, latest = (waits[int(share * len(waits))] * 1e3 for share in (0.5, 0.99, 0.999))
    print(f"\n{CLIENTS} clients, one record at a time: {rate:,.0f} acknowledged/s; "
          f"median {median:.0f} ms, p99 {late:.0f} ms, p99.9 {latest:.0f} ms")  # fmt: skip


def main():
    """Print one row per step."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rows", type=int, default=1_000_000)
    parser.add_argument("--database", help="URL of an empty PostgreSQL database, instead of SQLite")
    parser.add_argument("--clients-only", action="store_true")
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as place:
        if not asked.clients_only:
            steps(Path(place), asked.rows, asked.database)
        if asked.clients_only or not asked.database:
            clients(Path(place) / "clients", asked.database)


def steps(place, rows, database):
    """Make reports, take them in, take them in again, verify, and check."""
    reports, ledger, terms = place / "reports.parquet", place / "ledger", EXAMPLE / "terms.yaml"
    where = ["--database", database] if database else []
    print(f"{rows:,} reports\n\n| what | wall s | CPU s | rows/s | peak MiB |\n|---|--:|--:|--:|--:|")
    run("generate", "generate", "--like", EXAMPLE / "ucdp_ged_syria.parquet", "--rows", rows, "-o", reports, rows=rows)
    run("init", "init", ledger, "--name", "benchmark.example/log", *where)
    run("add, signed", "add", "reports", reports, "--ledger", ledger, rows=rows)
    run("add again: nothing new", "add", "reports", reports, "--ledger", ledger, rows=rows)
    run("verify: log and every record", "verify", "--ledger", ledger, rows=rows)
    run(
        "check as known today, counts",
        "check",
        terms,
        ledger,
        "--as-known",
        time.strftime("%Y-%m-%d"),
        "--json",
        rows=rows,
    )
    run("check of the plain file, counts", "check", terms, reports, "--json", rows=rows)


if __name__ == "__main__":
    main()
