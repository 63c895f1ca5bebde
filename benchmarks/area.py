"""How fast discs are located in areas: every disc measured, against cells that settle most of them.

python benchmarks/area.py [discs]      a million by default; both ways take turns in one run
"""

import json
import sys
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import numpy as np
import shapely

from truceline.locate.area import Area, depths_in_area, discs_in_area, reference_area
from truceline.locate.nets import nets_round

EXAMPLE = Path(__file__).parents[1] / "examples" / "south-syria-2017" / "areas.geojson"
DISTRICTS = ("SY.DR", "SY.QU", "SY.SU")
WINDOWS = {"around": (35.5, 32.2, 37.8, 33.6), "country": (35.5, 32.2, 42.4, 37.4)}


def areas() -> Iterator[tuple[str, Area]]:
    """Make the areas of the example, and one of 4,096 vertices."""
    for feature in json.loads(EXAMPLE.read_text(encoding="utf-8"))["features"]:
        if feature["id"] in DISTRICTS:
            shape = shapely.geometry.shape(feature["geometry"])
            rings = [
                [np.array(ring.coords) for ring in (part.exterior, *part.interiors)]
                for part in shapely.get_parts(shape)
            ]
            yield feature["id"], reference_area(rings, uncertainty=2000.0, repair=True)
    turn = np.linspace(0.0, 2.0 * np.pi, 4096, endpoint=False)
    random = np.random.default_rng(3)
    far = 0.4 + sum(random.normal(0.0, 0.15 / k) * np.cos(k * turn + random.uniform(0.0, 6.0)) for k in range(2, 400))
    yield (
        "ragged",
        reference_area([[np.stack([36.5 + far * np.cos(turn), 32.9 + far * np.sin(turn)], 1)]], uncertainty=2000.0),
    )


def discs(window: tuple[float, float, float, float], n: int) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Scatter distinct discs: three in ten sharp, the others from 50 m to 60 km."""
    random, (west, south, east, north) = np.random.default_rng(1), window
    radius = np.where(random.random(n) < 0.3, 0.0, np.exp(random.uniform(np.log(50.0), np.log(60e3), n)))
    return random.uniform(west, east, n), random.uniform(south, north, n), radius


def measured(area: Area, lon: np.ndarray, lat: np.ndarray, radius: np.ndarray) -> np.ndarray:
    """Locate the discs by the distance of each from the boundary."""
    depth, margin = depths_in_area(area, lon, lat, machine_code=False), radius + area.uncertainty
    return (depth >= margin).astype(np.int8) - (-depth > margin).astype(np.int8)


def timed(act, *terms) -> tuple[np.ndarray, float]:
    """Run once; give the result and the seconds of this process."""
    begin = time.process_time()
    return act(*terms), time.process_time() - begin


def main(n: int) -> None:
    """Print a row for each area and window: discs per second. The measured way is given a tenth of the discs."""
    print(
        f"{'area':8} {'window':8} {'vertices':>8} {'measured':>10} {'cells, new':>10} {'known':>10} {'differing':>10}"
    )
    for name, area in areas():
        vertices = shapely.get_num_coordinates(area.shape)
        for window, bounds in WINDOWS.items():
            columns = discs(bounds, n)
            some = [column[: n // 10] for column in columns]
            fresh = replace(area, nets=nets_round(area.shape, area.boundary.pieces))
            expected, slow = timed(measured, area, *some)
            found, new = timed(discs_in_area, fresh, *columns)
            _, known = timed(discs_in_area, fresh, *columns)
            differing = int((found[: n // 10] != expected).sum())
            rates = f"{len(some[0]) / slow:10,.0f} {n / new:10,.0f} {n / known:10,.0f}"
            print(f"{name:8} {window:8} {vertices:8,} {rates} {differing:10}")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 1_000_000)
