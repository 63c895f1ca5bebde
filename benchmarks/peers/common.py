"""What all peers share: the columns, the rules as tables, verdicts by NumPy, the file of verdicts, and the contract.

python -m peers.NAME FILE LINE OUT    reads reports, writes verdicts, prints {"rows", "seconds", "peak_mib"} as JSON

`rules.json` stands beside LINE. The seconds run from before the first read to after the last write; starting
Python and importing libraries is left out of them, and told by whoever starts the process.
"""

import json
import resource
import sys
import time
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

WORDS = ("no_violation", "indeterminate", "violation", "not_applicable")
COLUMNS = ("report", "from", "lon", "lat", "radius_m", "by", "act")
MEASURES = ("offset_near_m", "offset_far_m", "station_near_m", "station_far_m")


class Reports:
    """Columns of reports as arrays, actors and acts as numbers."""

    def __init__(self, table: pa.Table, rules: dict) -> None:
        """Take the columns out of a table."""
        self.ids = table["report"]
        self.lon, self.lat, self.radius = (table[name].to_numpy() for name in ("lon", "lat", "radius_m"))
        self.when = table["from"].cast(pa.int64()).to_numpy()
        self.actor = _numbers(table["by"].combine_chunks().flatten(), rules["actors"])
        self.act = _numbers(table["act"].combine_chunks(), rules["acts"])


def read(file: str, rules: dict, rows: int | None = None) -> Reports:
    """Read what the rules need, words as places in a dictionary."""
    coded = ["by.list.element", "act"]
    if rows is None:
        return Reports(pq.read_table(file, columns=list(COLUMNS), read_dictionary=coded), rules)
    first = next(pq.ParquetFile(file, read_dictionary=coded).iter_batches(rows, columns=list(COLUMNS)))
    return Reports(pa.Table.from_batches([first]), rules)


def rules_beside(line: str) -> dict:
    """Read the tables of the rules."""
    return json.loads(Path(line).with_name("rules.json").read_text(encoding="utf-8"))


def vertices_of(line: str) -> np.ndarray:
    """Read the line, shape (vertices, 2), longitude and latitude."""
    [feature] = json.loads(Path(line).read_text(encoding="utf-8"))["features"]
    return np.array(feature["geometry"]["coordinates"])


def utm_of(vertices: np.ndarray) -> int:
    """Choose the zone of UTM in which the line lies, as `GeoDataFrame.estimate_utm_crs` does (north of the equator)."""
    return 32601 + int((vertices[:, 0].mean() + 180.0) // 6.0)


def plus_side(vertices: np.ndarray, far: float) -> np.ndarray:
    """Close the line round the far left of it: south from its first vertex, north from its last; the corners."""
    (west, _), (first, south), (last, north) = vertices.min(axis=0) - far, vertices[0], vertices[-1]
    return np.concatenate([[[first, south - far]], vertices, [[last, north + far], [west, north + far],
                                                              [west, south - far]]])  # fmt: skip


def judged(rules: dict, reports: Reports, offset: np.ndarray, station: np.ndarray) -> dict[str, np.ndarray]:
    """Judge all rules; offsets and stations in metres, offsets positive on the plus side."""
    found = {}
    for rule in rules["rules"]:
        at = np.abs(offset) if rule["both_sides"] else offset
        where = ground(rule["bands"], at, station, reports.radius)
        who = np.array(rule["who"], dtype=np.int8)[reports.actor]
        what = np.array(rule["what"], dtype=np.int8)[reports.act]
        verdict = np.minimum(np.minimum(where, who), what) + np.int8(1)
        silent = (reports.when < rule["from_us"]) | (reports.when >= rule["until_us"])
        found[rule["name"]] = np.where(silent, np.int8(3), verdict)
    return found


def ground(bands: list, at: np.ndarray, station: np.ndarray, radius: np.ndarray) -> np.ndarray:
    """Say whether each disc lies in a band: 1, 0 or -1; with several sectors, in those it may belong to."""
    low, high = at - radius, at + radius
    least, most = np.full(len(at), 1, dtype=np.int8), np.full(len(at), -1, dtype=np.int8)
    for begin, end, near, far in bands:
        inside, outside = (low >= near) & (high < far), (high < near) | (low >= far)
        truth = inside.astype(np.int8) - outside.astype(np.int8)
        if len(bands) == 1:
            return truth
        mine = (station + radius >= begin) & (station - radius < end)
        least = np.where(mine, np.minimum(least, truth), least)
        most = np.where(mine, np.maximum(most, truth), most)
    return np.where(least == most, least, np.int8(0))


def table_of(reports: Reports, verdicts: dict[str, np.ndarray], offset: np.ndarray, station: np.ndarray) -> pa.Table:
    """Put the verdicts and measures side by side, as Truceline's wide rows do."""
    words = pa.array(WORDS)
    columns = {name: pa.DictionaryArray.from_arrays(codes, words) for name, codes in verdicts.items()}
    measures = (offset - reports.radius, offset + reports.radius, station - reports.radius, station + reports.radius)
    return pa.table({"report": reports.ids, **columns, **dict(zip(MEASURES, measures, strict=True))})


def write(table: pa.Table, out: str) -> None:
    """Write verdicts as Parquet, measures without a dictionary: they seldom repeat."""
    coded = [name for name in table.column_names if pa.types.is_dictionary(table.schema.field(name).type)]
    pq.write_table(table, out, use_dictionary=coded, row_group_size=2**17)


def told(rows: int, began: float, **more: float) -> None:
    """Print what was done."""
    seconds = time.perf_counter() - began
    print(json.dumps({"rows": rows, "seconds": seconds, "peak_mib": peak(), **more}))


def peak() -> float:
    """Tell the most memory that this process held, in MiB; what `getrusage` says may be that of whoever started it."""
    status = Path("/proc/self/status")
    if not status.exists():
        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    [most] = [line for line in status.read_text(encoding="utf-8").splitlines() if line.startswith("VmHWM")]
    return int(most.split()[1]) / 1024


def by_numpy(
    maker: Callable[[np.ndarray], Callable[[np.ndarray, np.ndarray], tuple[np.ndarray, np.ndarray]]],
    rows: int | None = None,
) -> None:
    """Run a peer whose `maker` turns the line into a function of places that gives offsets and stations."""
    file, line, out = sys.argv[1:]
    began = time.perf_counter()
    rules = rules_beside(line)
    measure = maker(vertices_of(line))
    reports = read(file, rules, rows)
    offset, station = measure(reports.lon, reports.lat)
    write(table_of(reports, judged(rules, reports, offset, station), offset, station), out)
    told(len(offset), began)


def _numbers(words: pa.Array, names: list[str]) -> np.ndarray:
    coded = words if pa.types.is_dictionary(words.type) else words.dictionary_encode()
    ids = np.array([names.index(word) for word in coded.dictionary.to_pylist()])
    return ids[coded.indices.to_numpy()]
