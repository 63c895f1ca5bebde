"""How far offsets are from the oracle's, and where verdicts differ from those of the peer nearest in exactness."""

import json
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.dataset as ds

DEFINITE = ("violation", "no_violation", "not_applicable")


@dataclass(frozen=True)
class Errors:
    """The largest error [m], how many are over 1 m and 1e-5 of the distance, and how many sides are wrong."""

    places: int
    largest: float
    over: int
    wrong: int


def verdicts_of(out: Path) -> pa.Table:
    """Read what a way wrote, in the order of the reports, under the names that the peers use."""
    table = ds.dataset(out, format="parquet").to_table()
    plain = [one.with_type(pa.string()) if one.type == pa.string_view() else one for one in table.schema]
    table = table.cast(pa.schema(plain))
    table = table.rename_columns([name.removeprefix("border/").removesuffix("/text") for name in table.column_names])
    number = pc.cast(pc.utf8_slice_codeunits(table["report"].cast(pa.string()), len("bench:")), pa.int64())
    return table.take(pc.sort_indices(number))


def errors_of(found: pa.Table, oracle: pa.Table) -> Errors:
    """Compare the offsets of the places that the oracle measured; beyond an end, where no side is, the distance."""
    true, table = oracle["offset_near_m"].to_numpy(), found.slice(0, len(oracle))
    low, high = table["offset_near_m"].to_numpy(), table["offset_far_m"].to_numpy()
    sided = np.isfinite(true)
    error, distance = np.abs(np.abs(high) - np.abs(true))[sided], np.abs(true)[sided]
    apart = (np.sign(high) != np.sign(true)) & (low == high)  # bounds from -d to d say that no side is known
    return Errors(
        int(sided.sum()), float(error.max()), int((error > np.maximum(1.0, 1e-5 * distance)).sum()),
        int((apart[sided] & (distance > 0.1)).sum()),
    )  # fmt: skip


def agreement_of(found: pa.Table, peer: pa.Table, rules: Path) -> dict[str, Counter[str]]:
    """Count verdicts by how Truceline's and the peer's stand to each other, and each difference by its cause."""
    counts: dict[str, Counter[str]] = {"same": Counter(), "both definite": Counter(), "only the peer": Counter(),
                                       "only Truceline": Counter()}  # fmt: skip
    for rule in json.loads(rules.read_text(encoding="utf-8"))["rules"]:
        ours, theirs = (_words(table[rule["name"]]) for table in (found, peer))
        cause = causes(found, peer, rule)
        sure, theirs_sure = np.isin(ours, DEFINITE), np.isin(theirs, DEFINITE)
        differ = ours != theirs
        counts["same"]["definite"] += int((~differ & sure).sum())
        counts["same"]["indeterminate"] += int((~differ & ~sure).sum())
        counts["both definite"].update(cause[differ & sure & theirs_sure].tolist())
        counts["only the peer"].update(cause[differ & ~sure].tolist())
        counts["only Truceline"].update(cause[differ & ~theirs_sure].tolist())
    return counts


def causes(found: pa.Table, peer: pa.Table, rule: dict) -> np.ndarray:
    """Name what may set two verdicts apart: an end of the line, a sector, or a limit within the error of the peer."""
    low, high = found["offset_near_m"].to_numpy(), found["offset_far_m"].to_numpy()
    near, far = peer["offset_near_m"].to_numpy(), peer["offset_far_m"].to_numpy()
    unsided = low == -high
    limits = {limit for _, _, *pair in rule["bands"] for limit in pair}
    bounds = np.abs([low, high, near, far])
    close = np.min([np.abs(bounds - limit).min(axis=0) for limit in limits], axis=0) < 1.0
    both = (np.abs(near - low) < 1.0) & (np.abs(far - high) < 1.0)
    return np.select(
        [unsided, close & both, np.full(len(low), len(rule["bands"]) > 1)],
        ["no side beyond an end of the line", "within 1 m of a limit", "several sectors may be nearest"],
        "another part of the line, or other side, was chosen",
    )


def _words(column: pa.ChunkedArray) -> np.ndarray:
    return column.cast(pa.string()).to_numpy(zero_copy_only=False).astype("U16")
