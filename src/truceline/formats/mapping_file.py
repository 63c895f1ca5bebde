"""A mapping file: how the columns and words of somebody else's table become ours.

::

    columns:                      # ours: theirs
      report: "Event No"
      from: Date
      lon: X
      lat: Y
      involved: [Actor 1, Actor 2]
      region: none                # their column `region` is not our `region`
    constants: {dataset: patrols, radius_m: 500}
    values:                       # ours: {theirs: ours}; a word that is not listed stays as it is
      act: {Battle: clash, Shelling: fire.artillery}
    lists: ","                    # what separates names within a cell; ';' if not given
    zone: Etc/GMT-3
    date_order: day               # or month: what comes first in 05/02/2014
    decimal: ","                  # 36,7 is a number
    empty: [NA, "-99"]            # cells that mean "not stated"
    precision: precision.csv      # for UCDP and ACLED: your own tables of codes, beside this file
    acts: acts-acled.csv
    places: gazetteer.csv         # finds places that are told only in words ('3km NW of X'), beside this file
    compass: 8                    # how many points of it the author tells apart: 4, 8 or 16
    place_as: disc                # or region: such a place as the polygon of what the words allow
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc

from truceline.errors import EvidenceError, Fault, TermsError
from truceline.evidence.columns import LISTS, NAMES
from truceline.evidence.compass import Points
from truceline.formats.csv_file import read_bytes
from truceline.formats.date_order import Order
from truceline.formats.rejects import refuse
from truceline.formats.report_codes import CODES
from truceline.formats.worded_places import PlaceAs
from truceline.formats.yaml_text import read_yaml
from truceline.terms.node import Node
from truceline.terms.trouble import guess

__all__ = ["AS_IS", "Mapped", "mapped", "read_mapping"]

KEYS = ("columns", "constants", "values", "lists", "zone", "date_order", "decimal", "empty", "precision", "acts",
        "places", "compass", "place_as")  # fmt: skip
_POINTS: dict[str | None, Points] = {"4": 4, "8": 8, "16": 16}
_CHOICES: dict[str, tuple[tuple[str, ...], str, str]] = {
    "date_order": (("day", "month"), "day nor month", "write day or month"),
    "decimal": ((".", ","), "'.' nor ','", "write ',' if 36,7 is a number"),
    "compass": (("4", "8", "16"), "4, 8 nor 16", "write how many of its points the author tells apart"),
    "place_as": (("disc", "region"), "disc nor region", "write disc or region"),
}
NUMBERS = ("lon", "lat", "radius_m", "calibre_mm", "range_km")


@dataclass(frozen=True, slots=True)
class Mapped:
    """A mapping file as read; an empty one takes every column that bears one of our names."""

    columns: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    constants: Mapping[str, str] = field(default_factory=dict)
    values: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    lists: str = ";"
    zone: str | None = None
    date_order: Order | None = None
    decimal: str = "."
    empty: tuple[str, ...] = ()
    precision: Path | None = None
    acts: Path | None = None
    places: Path | None = None
    compass: Points = 8
    place_as: PlaceAs = "disc"
    name: str = "mapping"


AS_IS = Mapped()


def read_mapping(path: Path | str) -> Mapped:
    """Read a mapping file.

    Raises
    ------
    EvidenceError
        TL-R010, with every fault at its line and column.
    """
    data = read_bytes(Path(path))
    if not data.strip():
        raise refuse("TL-R010", f"{path}:1:1", "it is empty", "write our names below 'columns:'")
    try:
        root = read_yaml(data, str(path))
    except TermsError as error:
        faults = [Fault(each.at, "TL-R010", each.what, each.remedy) for each in error]
        raise EvidenceError(faults) from error
    found = [
        Fault(f"{path}:{place[0]}:{place[1]}", "TL-R010", f"{CODES['TL-R010'].what}: {what}", remedy)
        for place, what, remedy in _troubles(root)
    ]
    if found:
        raise EvidenceError(found)
    plain = root.plain()
    order: dict[str, Order] = {"day": "day", "month": "month"}
    return Mapped(
        columns={ours: _tuple(theirs) for ours, theirs in plain.get("columns", {}).items()},
        constants=plain.get("constants", {}),
        values=plain.get("values", {}),
        lists=plain.get("lists", ";"),
        zone=plain.get("zone"),
        date_order=order.get(plain.get("date_order")),
        decimal=plain.get("decimal", "."),
        empty=_tuple(plain.get("empty", ())),
        precision=Path(path).parent / plain["precision"] if "precision" in plain else None,
        acts=Path(path).parent / plain["acts"] if "acts" in plain else None,
        places=Path(path).parent / plain["places"] if "places" in plain else None,
        compass=_POINTS.get(plain.get("compass"), 8),
        place_as="region" if plain.get("place_as") == "region" else "disc",
        name=str(path),
    )


def mapped(table: pa.Table, how: Mapped) -> pa.Table:
    """Give the columns that are ours, under our names and with our words.

    >>> how = Mapped(columns={"act": ("Type",)}, values={"act": {"Battle": "clash"}}, constants={"radius_m": "500"})
    >>> mapped(pa.table({"Type": ["Battle"], "Notes": ["..."]}), how).to_pylist()
    [{'act': 'clash', 'radius_m': '500'}]

    Raises
    ------
    EvidenceError
        TL-R010 for columns of theirs that the table does not have.
    """
    absent = [(ours, name) for ours, names in how.columns.items() for name in names
              if name != "none" and name not in table.column_names]  # fmt: skip
    if absent:
        raise EvidenceError(_absent(how, ours, name, table.column_names) for ours, name in absent)
    columns = {name: table[name] for name in table.column_names if name in NAMES and name not in how.columns}
    columns |= {ours: _joined(table, names, how) for ours, names in how.columns.items() if names != ("none",)}
    columns = {name: _translated(cells, name, how) for name, cells in columns.items()}
    for name, word in how.constants.items():
        columns[name] = pa.chunked_array([pa.array([word] * len(table), pa.string())])
    return pa.table(columns) if columns else table.select([])


def _absent(how: Mapped, ours: str, name: str, known: list[str]) -> Fault:
    meant = guess(name, known)
    remedy = f"did you mean '{meant}'?" if meant else f"the file has {', '.join(known)}"
    return Fault(how.name, "TL-R010", f"{CODES['TL-R010'].what}: no column '{name}' for '{ours}'", remedy)


def _joined(table: pa.Table, names: tuple[str, ...], how: Mapped) -> pa.ChunkedArray:
    """Give one column, or several as one list."""
    if len(names) == 1:
        return table[names[0]]
    cells = [pc.fill_null(pc.cast(table[name], pa.string()), "") for name in names]
    return pc.binary_join_element_wise(*cells, how.lists)


def _translated(cells: pa.ChunkedArray, name: str, how: Mapped) -> pa.ChunkedArray:
    if not pa.types.is_string(cells.type) and not pa.types.is_large_string(cells.type):
        return cells
    if how.empty:
        cells = pc.if_else(pc.is_in(cells, pa.array(how.empty)), pa.scalar(None, cells.type), cells)
    if how.decimal != "." and name in NUMBERS:
        cells = pc.replace_substring(cells, how.decimal, ".")
    words = how.values.get(name)
    if not words:
        return cells
    coded = pc.cast(cells.combine_chunks(), pa.string()).dictionary_encode()
    mark = how.lists if name in LISTS else None
    new = [_in_our_words(text, words, mark) for text in coded.dictionary.to_pylist()]
    return pa.chunked_array([pa.array(new, pa.string()).take(coded.indices)])


def _in_our_words(text: str, words: Mapping[str, str], mark: str | None) -> str:
    parts = [text] if mark is None else text.split(mark)
    return (mark or "").join(words.get(part.strip(), part) for part in parts)


def _tuple(value: object) -> tuple[str, ...]:
    return (value,) if isinstance(value, str) else tuple(value) if isinstance(value, list | tuple) else ()


_Trouble = tuple[tuple[int, int], str, str]


def _troubles(root: Node) -> Iterator[_Trouble]:
    """Find everything that is wrong with the form of the file."""
    if not isinstance(root.value, Mapping):
        yield root.place, "it is no mapping", "write our names below 'columns:'"
    for key in root.entries:
        if key not in KEYS:
            yield root.keys[key], f"no key is called '{key}'", _meant(key, KEYS)
    for section in ("columns", "constants", "values"):
        node = root.entries.get(section)
        if node is not None:
            yield from _our_names(node)
            inner = (part for entry in node.entries.values() for part in entry.entries.values())
            flat = node.entries.values() if section == "constants" else inner
            yield from (
                (each.place, "a list where a word belongs", "write one word") for each in flat if not _word(each)
            )
    lists = root.entries.get("lists")
    if lists is not None and not lists.value:
        yield lists.place, "lists is empty", "write what separates names, such as ';'"
    for key, (known, what, remedy) in _CHOICES.items():
        chosen = root.entries.get(key)
        if chosen is not None and chosen.value not in known:
            yield chosen.place, f"{key} is neither {what}", remedy


def _our_names(node: Node) -> Iterator[_Trouble]:
    if not node.entries:
        yield node.place, "no entries", "write our name, a colon, and theirs"
    for name in node.entries:
        if name not in NAMES:
            yield node.keys[name], f"no column of ours is called '{name}'", _meant(name, NAMES)


def _meant(name: str, known: tuple[str, ...]) -> str:
    meant = guess(name, known)
    return f"did you mean '{meant}'?" if meant else f"use one of {', '.join(known)}"


def _word(node: Node) -> bool:
    return isinstance(node.value, str)
