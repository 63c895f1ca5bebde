"""Files with a few bytes changed: how they are made, and how each of them is answered."""

import json
import random
import shutil
from pathlib import Path

import pyarrow as pa
import shapely

from binary_bombs import TABLE, arrow, geopackage, parquet, places, repeated
from truceline.errors import EvidenceError
from truceline.formats.reports import read_reports

WORDS = (b"\xff\xff\xff\x7f", b"\0\0\0\x80", b"\xff\xff\xff\xff", b"\0\0\0\0")


def originals(kind: str, folder: Path) -> list[bytes]:
    """Make good files of a kind."""
    listed = TABLE.append_column("by", pa.array([["a"], None]))
    if kind == "parquet":
        areas = places(shapely.to_wkb(shapely.Point(1, 2)), shapely.to_wkb(shapely.box(0, 0, 1, 1)))
        return [
            parquet(),
            parquet(use_dictionary=False, compression="none"),
            parquet(listed, compression="zstd"),
            areas,
        ]
    if kind == "arrow":
        packed = pa.ipc.IpcWriteOptions(compression="lz4")
        return [arrow(), arrow(listed, options=packed), arrow(pa.table({"report": repeated(3, 4)}))]
    return [geopackage(folder).read_bytes()]


def mutated(data: bytes, chance: random.Random) -> bytes:
    """Flip, overwrite, remove or double a few bytes."""
    made = bytearray(data)
    for _ in range(chance.choice([1, 1, 2, 4, 8])):
        at, way = chance.randrange(len(made)), chance.randrange(5)
        if way < 2:
            made[at] ^= 1 << chance.randrange(8)
        elif way == 2:
            made[at : at + 4] = chance.choice(WORDS)
        elif way == 3:
            del made[at : at + chance.randint(1, 16)]
        else:
            made[at:at] = made[at : at + chance.randint(1, 32)]
    return bytes(made)


def read_many(kind: str, count: int, seed: int, answer: str) -> None:
    """Read so many mutants of a kind, and write down how often each answer came; what is no answer with its error."""
    folder = Path(answer).parent / "mutants"
    folder.mkdir()
    chance, found, strange = random.Random(seed), {"read": 0, "refused": 0}, []
    base = originals(kind, folder)
    path = folder / {"parquet": "a.parquet", "arrow": "a.arrow", "gpkg": "a.gpkg"}[kind]
    for number in range(count):
        path.write_bytes(mutated(chance.choice(base), chance))
        try:
            counts = read_reports(path, zone="UTC").counts
            found["read" if counts["read"] == counts["kept"] + counts["rejected"] else "miscounted"] += 1
        except EvidenceError as error:
            found["refused" if all(fault.at.startswith(str(path)) for fault in error) else "unplaced"] += 1
        except Exception as error:  # noqa: BLE001 - this is what is looked for
            strange.append(f"{number}: {type(error).__name__}: {error}"[:300])
    shutil.rmtree(folder)
    Path(answer).write_text(json.dumps({**found, "strange": strange}), encoding="utf-8")
