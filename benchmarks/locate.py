"""How fast places and discs are located on a line: machine code, NumPy, and what one would pick instead.

python benchmarks/locate.py [--rows 2000000] [--rounds 5]

The ways take turns in one run; the medians of their rates are printed, in rows a second of processor
time, and of wall time where two threads share the work. What one would pick instead is Shapely's
STRtree on the line in a UTM zone, and pyproj's geodesic to the foot.
"""

import argparse
import statistics
import threading
import time
from collections.abc import Callable

import numpy as np
import shapely
from pyproj import Geod, Transformer

from truceline.locate.disc import locate_discs
from truceline.locate.line import ReferenceLine, locate_points, reference_line

GEOD = Geod(ellps="WGS84")
FORTY_MILES = (35.4, 32.5, 37.2, 37.0)
REGION = (31.0, 28.0, 42.0, 41.0)


def line_of(vertices: int) -> ReferenceLine:
    """Draw a ragged line of some 440 km in the zone 37 north of UTM, uncertain by 300 m."""
    random, share = np.random.default_rng(1), np.linspace(0.0, 1.0, vertices)
    wander = np.cumsum(random.normal(0.0, 0.2 / np.sqrt(vertices), vertices))
    lonlat = np.stack([36.0 + 0.3 * np.sin(6.0 * share) + wander * 0.2, 33.0 + 3.5 * share], axis=1)
    return reference_line([lonlat], plus="left", uncertainty=300.0)


def places(rows: int, window: tuple[float, float, float, float]) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Scatter places in a window, known to 100 m to 20 km."""
    random, (west, south, east, north) = np.random.default_rng(2), window
    radius = np.exp(random.uniform(np.log(100.0), np.log(20e3), rows))
    return random.uniform(west, east, rows), random.uniform(south, north, rows), radius


def planar(line: ReferenceLine) -> Callable[[np.ndarray, np.ndarray], np.ndarray]:
    """Measure with Shapely: nearest edge and foot in UTM, then the geodesic to the foot."""
    there = Transformer.from_crs("EPSG:4326", "EPSG:32637", always_xy=True)
    back = Transformer.from_crs("EPSG:32637", "EPSG:4326", always_xy=True)
    vertices = np.stack(there.transform(*line.parts[0].T), axis=1)
    edges = shapely.linestrings(np.stack([vertices[:-1], vertices[1:]], axis=1))
    tree = shapely.STRtree(edges)

    def measure(lon: np.ndarray, lat: np.ndarray) -> np.ndarray:
        points = shapely.points(*there.transform(lon, lat))
        edge = edges[tree.nearest(points)]
        foot = shapely.get_coordinates(shapely.line_interpolate_point(edge, shapely.line_locate_point(edge, points)))
        return GEOD.inv(lon, lat, *back.transform(*foot.T))[2]

    return measure


def rates(acts: dict[str, tuple[Callable[..., object], int]], columns: tuple[np.ndarray, ...], rounds: int) -> None:
    """Let the acts take turns, each with as many rows as it is given, and print their median rates."""
    found: dict[str, list[float]] = {name: [] for name in acts}
    for _ in range(rounds):
        for name, (act, rows) in acts.items():
            some = [column[:rows] for column in columns]
            begin, wall = time.process_time(), time.perf_counter()
            act(*some)
            spent = time.perf_counter() - wall if "threads" in name else time.process_time() - begin
            found[name].append(rows / spent)
    for name, rate in found.items():
        print(f"    {name:34} {statistics.median(rate) / 1e6:9.3f} M rows/s")


def on_threads(act: Callable[..., object], *columns: np.ndarray) -> None:
    """Let two threads do half of the rows each."""
    halves = [[column[part::2].copy() for column in columns] for part in (0, 1)]
    threads = [threading.Thread(target=act, args=half) for half in halves]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


def compare(line: ReferenceLine, window: tuple[float, float, float, float], rows: int, rounds: int) -> None:
    """Print the rates of all ways for one line and one window."""
    sectors = [(0.0, line.length / 2.0), (line.length / 2.0, np.inf)]

    def discs(*columns: np.ndarray, machine_code: bool = True) -> object:
        return locate_discs(line, *columns, sectors=sectors, machine_code=machine_code)

    def points(lon: np.ndarray, lat: np.ndarray, _: np.ndarray) -> object:
        return locate_points(line, lon, lat, machine_code=True)

    measure, columns, few = planar(line), places(rows, window), max(rows // 100, 1)
    points(*(column[:1] for column in columns))
    discs(*(column[:1] for column in columns))
    acts = {
        "points, machine code": (points, rows),
        "points, machine code, 2 threads": (lambda *some: on_threads(points, *some), rows),
        "points, NumPy": (lambda lon, lat, _: locate_points(line, lon, lat, machine_code=False), few),
        "points, STRtree and Geod": (lambda lon, lat, _: measure(lon, lat), 10 * few),
        "discs, machine code": (discs, rows),
        "discs, machine code, 2 threads": (lambda *some: on_threads(discs, *some), rows),
        "discs, NumPy": (lambda *some: discs(*some, machine_code=False), max(few // 4, 1)),
    }
    rates(acts, columns, rounds)


def main() -> None:
    """Measure lines of 400 and 5,000 vertices, near the line and in the region around."""
    options = argparse.ArgumentParser(description="How fast places and discs are located on a line.")
    options.add_argument("--rows", type=int, default=2_000_000)
    options.add_argument("--rounds", type=int, default=5)
    given = options.parse_args()
    for vertices in (400, 5000):
        line = line_of(vertices)
        begin = time.process_time()
        locate_discs(line, [36.0], [33.0], [1.0], machine_code=True)
        spent = time.process_time() - begin
        print(f"{vertices} vertices, {line.length / 1e3:.0f} km; tables and first answer after {spent:.2f} s")
        for name, window in {"within some 40 miles": FORTY_MILES, "in the region": REGION}.items():
            print(f"  {name}")
            compare(line, window, given.rows, given.rounds)


if __name__ == "__main__":
    main()
