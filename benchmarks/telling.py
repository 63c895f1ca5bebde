"""What was measured, told: tables in Markdown, a plot, and the machine."""

import json
import math
import os
import platform
import subprocess
from collections import Counter
from dataclasses import dataclass
from datetime import UTC, datetime
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from exactness import Errors
from running import PEERS, Run

DOCS = Path(__file__).parents[1] / "docs"
BEGIN, END = "<!-- compare: begin -->", "<!-- compare: end -->"
PACKAGES = ("truceline", "numpy", "pyarrow", "numba", "shapely", "pyproj", "geopandas", "duckdb",
            "duckdb-extension-spatial", "sedonadb", "pyspark", "psycopg")  # fmt: skip
HEAD = """| way | rows | rows/s | with start | Truceline is | peak MiB | error, max | over 1 m / 1e-5 | wrong side |
|---|--:|--:|--:|--:|--:|--:|--:|--:|"""
US = "truceline_check"


@dataclass(frozen=True)
class Row:
    """One way: its module, its name, its median run, and its errors."""

    module: str
    title: str
    run: Run
    errors: Errors | None


@dataclass(frozen=True)
class Line:
    """What was measured on one line."""

    vertices: int
    rows: int
    told: list[Row]
    agreement: dict[str, Counter[str]] | None


def page(lines: list[Line], rounds: int, *, write: bool) -> str:
    """Give the section of the page; put it, and the plot, in place where asked to."""
    when = f"{datetime.now(UTC):%-d %B %Y}"
    parts = [f"Measured on {when}, medians of {rounds} rounds in which all ways took turns. {machine()}"]
    if write:
        parts.append("![Rows per second, by way](benchmarks.svg)")
    for line in lines:
        parts += [f"### {line.vertices:,} vertices", table(line), *missing(line), *agreement(line)]
    text = "\n\n".join(parts)
    if write:
        file = DOCS / "benchmarks.md"
        whole = file.read_text(encoding="utf-8")
        before, after = whole.split(BEGIN)[0], whole.split(END)[1]
        file.write_text(f"{before}{BEGIN}\n{text}\n{END}{after}", encoding="utf-8")
        (DOCS / "benchmarks.svg").write_text(plot(lines), encoding="utf-8")
    return text


def table(line: Line) -> str:
    """Write a row for each way that ran."""
    ours = next((row.run for row in line.told if row.module == US), Run())
    return "\n".join([HEAD, *(cells(row, ours) for row in line.told if not row.run.missing)])


def cells(row: Row, ours: Run) -> str:
    """Write one row."""
    done, errors = row.run, row.errors
    rate = done.rows / done.seconds
    times = (
        "" if row.module in {US, "decode", "oracle"} or not ours.seconds else factor(ours.rows / ours.seconds / rate)
    )
    exact = ["", "", ""] if errors is None else [metres(errors.largest), f"{errors.over:,}", f"{errors.wrong:,}"]
    title = f"**{row.title}**" if row.module == US else row.title
    return f"| {' | '.join([title, f'{done.rows:,}', thousands(rate), thousands(done.rows / done.wall), times, f'{done.peak:,.0f}', *exact])} |"  # noqa: E501


def missing(line: Line) -> list[str]:
    """Name the ways that did not run, with the reason."""
    return [f"Missing: {row.title} ({row.run.missing}). `make bench-peers` installs the peers." for row in line.told
            if row.run.missing]  # fmt: skip


def agreement(line: Line) -> list[str]:
    """Say how far verdicts agree with those of the peer nearest in exactness, and why they differ where they do."""
    if line.agreement is None:
        return []
    found = line.agreement
    same, total = sum(found["same"].values()), sum(sum(one.values()) for one in found.values())
    alike = f"{same:,} alike, {found['same']['definite']:,} of them definite"
    said = [f"Of {total:,} verdicts Truceline and STRtree with geodesic give {alike}."]
    names = {"both definite": "Both are definite and differ", "only the peer": "Only the peer is definite",
             "only Truceline": "Only Truceline is definite"}  # fmt: skip
    for kind, words in names.items():
        why = "; ".join(f"{count:,} {cause}" for cause, count in found[kind].most_common())
        said.append(f"{words}: {why or 'none'}.")
    return [" ".join(said)]


def machine() -> str:
    """Name the machine and the versions."""
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    names = [one.partition(":")[2].strip() for one in Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines()
             if one.startswith("model name")]  # fmt: skip
    known = {**versions_here(), **versions_there()}
    told = ", ".join(f"{name} {known[name]}" for name in PACKAGES if name in known)
    return (f"{os.cpu_count()} cores ({names[0] if names else platform.machine()}), {memory:.0f} GiB, "
            f"{platform.system()}, Python {platform.python_version()}; {told}.")  # fmt: skip


def versions_here() -> dict[str, str]:
    """Ask this Python for the versions."""
    found = {}
    for name in PACKAGES:
        try:
            found[name] = version(name)
        except PackageNotFoundError:
            continue
    return found


def versions_there() -> dict[str, str]:
    """Ask the Python of the peers for the versions."""
    if not PEERS.exists():
        return {}
    asked = subprocess.run([str(PEERS), "-c", "import json, telling; print(json.dumps(telling.versions_here()))"],
                           cwd=Path(__file__).parent, capture_output=True, text=True, check=True)  # fmt: skip
    return dict(json.loads(asked.stdout))


def plot(lines: list[Line]) -> str:
    """Draw bars, rows a second on a logarithmic scale; what is off by more than a metre is hatched, and says so."""
    rows = [(line.vertices, row) for line in lines for row in line.told if not row.run.missing]
    width, left, step = 920, 330, 26
    low, high = 1e2, 1e8
    at = lambda rate: left + (width - left - 150) * math.log10(max(rate, low) / low) / math.log10(high / low)  # noqa: E731
    drawn, y, before = [], 40, None
    for vertices, row in rows:
        if vertices != before:
            drawn.append(f'<text x="8" y="{y + 16}" class="head">a line of {vertices:,} vertices</text>')
            y, before = y + step, vertices
        drawn += bar(row, left, at(row.run.rows / row.run.seconds), y)
        y += step
    scale = [tick(at(10.0**power), y, ("100", "1 k", "10 k", "100 k", "1 M", "10 M", "100 M")[power - 2])
             for power in range(2, 9)]  # fmt: skip
    return SVG.format(width=width, height=y + 14, scale="\n".join(scale), bars="\n".join(drawn))


def tick(x: float, y: float, words: str) -> str:
    """Draw one line of the scale."""
    return (f'<line x1="{x:.0f}" x2="{x:.0f}" y1="34" y2="{y}"/>'
            f'<text x="{x:.0f}" y="28" text-anchor="middle">{words}</text>')  # fmt: skip


def bar(row: Row, left: float, right: float, y: float) -> list[str]:
    """Draw one way: its name, its bar, and in words what the bar shows."""
    off = row.errors is not None and row.errors.largest > 1.0
    kind = "us" if row.module == US else "limit" if row.module in {"decode", "oracle"} else "off" if off else "exact"
    words = thousands(row.run.rows / row.run.seconds) + (f", off by {metres(row.errors.largest)}" if off else "")
    return [f'<text x="{left - 8}" y="{y + 16}" text-anchor="end">{row.title.replace("`", "")}</text>',
            f'<rect x="{left}" y="{y + 4}" width="{max(right - left, 1):.0f}" height="16" class="{kind}"/>',
            f'<text x="{right + 6:.0f}" y="{y + 16}">{words}</text>']  # fmt: skip


def thousands(rate: float) -> str:
    """Write a rate as people say it.

    >>> thousands(14_600_000.0), thousands(267_300.0), thousands(6_320.0)
    ('14.6 M', '267 k', '6.3 k')
    """
    for unit, size in (("M", 1e6), ("k", 1e3)):
        if rate >= size * 0.9995:
            return f"{rate / size:.{0 if rate >= 20.0 * size or rate == size else 1}f} {unit}"
    return f"{rate:.0f}"


def metres(error: float) -> str:
    """Write an error in metres or millimetres.

    >>> metres(59.7), metres(0.0004)
    ('60 m', '0.4 mm')
    """
    if error >= 1.0:
        return f"{error:,.0f} m"
    return f"{error * 1e3:.1f} mm" if error >= 1e-4 else "under 0.1 mm"


def factor(times: float) -> str:
    """Write how many times as fast.

    >>> factor(43.2), factor(2.34)
    ('43 times', '2.3 times')
    """
    return f"{times:,.0f} times" if times >= 10.0 else f"{times:.1f} times"


SVG = """<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" role="img"
  aria-label="Rows per second by way, logarithmic; the figures stand in the tables of this page">
<style>
  text {{ font: 13px system-ui, sans-serif; fill: #222; stroke: #fff; stroke-width: 3px; paint-order: stroke; }}
  .head {{ font-weight: 600; }}
  line {{ stroke: #bbb; }}
  .us {{ fill: #0072B2; }} .exact {{ fill: #7A7A7A; }} .limit {{ fill: none; stroke: #7A7A7A; stroke-dasharray: 4 3; }}
  .off {{ fill: url(#hatch); stroke: #7A7A7A; }}
  @media (prefers-color-scheme: dark) {{
    text {{ fill: #eee; stroke: #111; }} line {{ stroke: #555; }} .us {{ fill: #56B4E9; }}
  }}
</style>
<defs><pattern id="hatch" width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
<rect width="2" height="6" fill="#7A7A7A"/></pattern></defs>
{scale}
{bars}
</svg>
"""
