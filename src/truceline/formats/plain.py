"""A table that bears our column names (its own, or through a mapping file) -> reports, every cell checked."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import PurePath
from typing import Final

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from truceline.basics.counting import counted
from truceline.evidence.columns import LISTS, NAMES
from truceline.evidence.kinds import KINDS
from truceline.evidence.mapping import is_known_act
from truceline.evidence.regions import Regions
from truceline.formats.cells import numbers, text_column, wholes, words, yes_or_no
from truceline.formats.csv_file import LARGEST, CsvFile
from truceline.formats.date_order import Order, Orders, order_of
from truceline.formats.date_proof import Dated
from truceline.formats.gazetteer import NO_REGIONS, Gazetteer, joined
from truceline.formats.lists import constant, lists_of
from truceline.formats.mapping_file import AS_IS, Mapped, mapped
from truceline.formats.places import positions
from truceline.formats.rejects import Flag, flag, refuse, remark
from truceline.formats.repeats import repeats
from truceline.formats.result import Part, ReportsRead, put_together
from truceline.formats.spans import as_times, check_zone, date_words, is_utc, read_spans
from truceline.formats.worded_places import COUNT, WordedPlaces, Wording, placed_by_words

__all__ = ["DATES", "Asked", "Shapes", "plain_dates", "read_plain"]

Flags = NDArray[np.bool_]
WORDS: Final = (
    "dataset", "dataset_version", "place", "place_how", "thing", "model", "unit", "means", "observer", "effort",
    "origin",
)  # fmt: skip
DATES: Final = ("from", "until", "reported", "recorded")
_PLAIN: Final = (pa.types.is_string, pa.types.is_integer, pa.types.is_floating, pa.types.is_boolean,
                 pa.types.is_timestamp, pa.types.is_date)  # fmt: skip
"""Types of columns that can be words as they are."""
OTHER_WAYS: Final = (
    r"^(?i:ucdp(?:-ged)?):\s*([0-9]+)$",
    r"ucdp-ged:\1",
)  # to write the id of an event of that data set
CLOSE: Final = {
    "latitude": "lat", "longitude": "lon", "lng": "lon", "long": "lon", "x": "lon", "y": "lat", "date": "from",
    "start": "from", "start_date": "from", "end": "until", "end_date": "until", "event_date": "from", "id": "report",
    "radius": "radius_m", "actor": "involved", "actors": "involved", "event_type": "act", "location": "place",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Asked:
    """How the user wants a file to be read."""

    zone: str | None = None
    regions: Gazetteer = NO_REGIONS
    mapping: Mapped = AS_IS
    dataset: str | None = None
    orders: Orders | None = None
    wording: Wording | None = None

    @property
    def order(self) -> Order | Orders | None:
        """Which number of a date the user says is first; or, of a file in parts, what the whole of it proves."""
        return self.mapping.date_order if self.orders is None else self.orders


@dataclass(frozen=True, slots=True)
class Shapes:
    """Places that come as geometries: columns lon, lat and region; the polygons; what is wrong with some."""

    columns: dict[str, pa.Array]
    regions: Regions
    flags: tuple[Flag, ...] = ()


def read_plain(name: str, kind: str, file: CsvFile, asked: Asked, shapes: Shapes | None = None) -> ReportsRead:
    """Read the columns that are ours; all others travel along.

    Raises
    ------
    EvidenceError
        TL-R005 if none of the columns is ours; TL-R010 and TL-R011 for the mapping and the zone; TL-R018 for a column
        of what cannot be a cell.
    """
    check_zone(asked.zone)
    cells = mapped(file.table, asked.mapping)
    _require_cells(cells, name)
    given = _with_shapes(cells, shapes)
    named = [column for column in given.column_names if column not in asked.mapping.constants]
    if not named:
        hints = "".join(f"; {each.evidence}" for each in _close(file.table, given))
        raise refuse("TL-R005", name, f"the file has {', '.join(file.table.column_names[:20])}{hints}")
    dataset = _dataset(given, asked.dataset)
    worded = placed_by_words(given, asked.wording)
    given = worded.table
    parts = (
        _ids(given, name, dataset, file), _words(given), _where(given, asked.regions, shapes, worded),
        _when(given, asked), _what(given, asked.mapping.lists), ({"dataset": dataset}, _close(file.table, given)),
    )  # fmt: skip
    travelling = file.table.select([column for column in file.table.column_names if column not in named])
    regions = joined(asked.regions.regions, shapes.regions) if shapes else asked.regions.regions
    only = pc.unique(dataset).to_pylist()
    whole = only[0] if len(only) == 1 else None
    read = put_together(name, kind, whole, file, parts, joined(regions, worded.regions), travelling)
    count = int(np.isin(file.numbers[worded.placed], read.numbers).sum())
    return replace(read, counts={**read.counts, COUNT: count}) if count else read


def plain_dates(table: pa.Table, asked: Asked, _: Orders) -> dict[str, Dated]:
    """Give the columns of dates of a part of a file, for `date_proof.proved`; typed instants need no proof."""
    how = asked.mapping
    columns = {ours: theirs for ours, theirs in how.columns.items() if ours in DATES}
    given = mapped(table, replace(how, columns=columns, constants={}))
    pairs = {"from": (_cells(given, "from"), _cells(given, "until"))}
    pairs |= {name: (given[name], given[name]) for name in ("reported", "recorded") if name in given.column_names}
    return {name: Dated(*date_words(*cells)) for name, cells in pairs.items() if not all(map(is_utc, cells))}


def _require_cells(given: pa.Table, name: str) -> None:
    """Refuse a column that cannot be read as words: pairs, maps, bytes that are no text."""
    for column in given.column_names:
        cells = given[column]
        _require_words(cells, f"{name} column {column}")
        listed = column in LISTS and (pa.types.is_list(cells.type) or pa.types.is_large_list(cells.type))
        if not any(is_plain(cells.type) for is_plain in _PLAIN):
            try:
                cells.cast(pa.list_(pa.string()) if listed else pa.string())
            except pa.ArrowException as error:
                raise refuse("TL-R018", f"{name} column {column}", f"{cells.type}") from error


def _require_words(cells: pa.ChunkedArray, at: str) -> None:
    """Refuse a column that says one long text many times over: as words it would be larger than any table."""
    if not pa.types.is_dictionary(cells.type) or not pa.types.is_string(cells.type.value_type):
        return
    sizes = (pc.sum(pc.binary_length(part.dictionary).take(part.indices)).as_py() or 0 for part in cells.chunks)
    if (size := sum(sizes)) > LARGEST:
        raise refuse("TL-R007", at, f"{size} bytes")


def _with_shapes(given: pa.Table, shapes: Shapes | None) -> pa.Table:
    """Put the geometries in the place of columns; a region that is named stays where the geometry is a point."""
    if shapes is None:
        return given
    columns = dict(zip(given.column_names, given.columns, strict=True))
    if any(shapes.columns["lon"].is_valid()):
        columns |= {name: pa.chunked_array([shapes.columns[name]]) for name in ("lon", "lat")}
    columns["region"] = pc.coalesce(shapes.columns["region"], text_column(given, "region"))
    return pa.table(columns)


def _dataset(given: pa.Table, stated: str | None) -> pa.Array:
    return constant(stated, len(given)) if stated else text_column(given, "dataset").combine_chunks()


def _ids(given: pa.Table, name: str, dataset: pa.Array, file: CsvFile) -> Part:
    """Give each row its id, after the data set's name; without ids the rows are called by their number."""
    if "report" not in given.column_names:
        stem = pc.fill_null(dataset, PurePath(name).name)
        records = pc.cast(pa.array(file.numbers), pa.string())
        return {"report": pc.binary_join_element_wise(stem, records, ":")}, (remark("TL-R306"),)
    ids = pc.replace_substring_regex(text_column(given, "report").combine_chunks(), *OTHER_WAYS)
    for each in pc.unique(dataset).drop_null().to_pylist():
        bare = pc.and_(pc.equal(dataset, each), pc.invert(pc.starts_with(ids, f"{each}:")))
        ids = pc.if_else(pc.fill_null(bare, fill_value=False), pc.binary_join_element_wise(each, ids, ":"), ids)
    missing = flag("TL-R109", np.asarray(pc.is_null(ids)), "report")
    return {"report": ids}, (missing, *repeats(file.table, pa.chunked_array([ids]), "report"))


def _words(given: pa.Table) -> Part:
    """Read the columns of words; an unknown grade is F6, an unknown release is protected."""
    columns = {name: text_column(given, name).combine_chunks() for name in WORDS}
    grade, release = text_column(given, "grade"), pc.utf8_lower(text_column(given, "release"))
    graded = pc.fill_null(pc.match_substring_regex(grade, "^[A-F][1-6]$"), fill_value=False)
    sorted_ = pc.is_in(release, pa.array(["public", "protected", None]))
    columns["grade"] = pc.if_else(graded, grade, "F6").combine_chunks()
    columns["release"] = pc.if_else(sorted_, release, "protected").combine_chunks()
    flags = (
        flag("TL-R218", _filled(grade) & ~_mask(graded), "grade", grade),
        flag("TL-R222", ~_mask(sorted_), "release", release),
        _unknown(columns["thing"], lambda thing: thing in KINDS, "TL-R211", "thing"),
    )
    return columns, flags


def _where(given: pa.Table, regions: Gazetteer, shapes: Shapes | None, worded: WordedPlaces) -> Part:
    point = positions(_cells(given, "lon"), _cells(given, "lat"))
    radius, sized, bad = numbers(_cells(given, "radius_m"))
    bad |= sized & (radius <= 0)
    named = text_column(given, "region")
    drawn = (*(shapes.regions.ids if shapes else ()), *worded.regions.ids)
    region = regions.ids_of(named.to_pylist(), drawn) if len(regions) else named
    region = region.combine_chunks() if isinstance(region, pa.ChunkedArray) else region
    unplaced = np.asarray(pc.is_null(region))
    flags = [
        *point.flags, *(shapes.flags if shapes else ()), *worded.flags,
        flag("TL-R111", bad, "radius_m", _cells(given, "radius_m")),
        flag("TL-R202", point.empty & ~_filled(named) & ~worded.asked, "lon"),
        flag("TL-R216", point.given & ~sized & ~bad & unplaced, "radius_m"),
        flag("TL-R204", _filled(named) & unplaced, "region", named),
    ]  # fmt: skip
    alien = _filled(named) & ~worded.placed
    if not len(regions) and not shapes and alien.any():
        flags.append(remark("TL-R305", counted(int(alien.sum()), "row")))
    columns = {**point.columns, "radius_m": pa.array(radius, mask=~sized | ~point.given), "region": region}
    return columns, tuple(flags)


def _when(given: pa.Table, asked: Asked) -> Part:
    start, end = _cells(given, "from"), _cells(given, "until")
    spans = read_spans(start, end, asked.zone, order_of(asked.order, "from"))
    lasting, odd = yes_or_no(_cells(given, "lasting"))
    lasting = pc.and_(lasting, pa.array(~spans.spread))  # it may have begun later, or ended earlier, than its span
    flags = [
        flag("TL-R106", spans.bad_start, "from", start), flag("TL-R106", spans.bad_end & _filled(end), "until", end),
        flag("TL-R107", spans.dated & (spans.end < spans.start), "until", end),
        flag("TL-R114", ~_filled(start) & _filled(end), "until", end),
        flag("TL-R220", ~_filled(start) & ~_filled(end), "from"),
        flag("TL-R205", spans.order.both, "from", start), flag("TL-R206", spans.order.turned, "from", start),
        flag("TL-R116", odd, "lasting", _cells(given, "lasting")), *spans.order.remarks,
    ]  # fmt: skip
    if asked.zone is None and spans.local:
        flags.append(remark("TL-R302"))
    columns = {
        "from": as_times(spans.start, spans.dated), "until": as_times(spans.end, spans.dated), "lasting": lasting,
    }  # fmt: skip
    for name in ("reported", "recorded"):
        if name in given.column_names:
            moment = read_spans(given[name], None, "UTC", order_of(asked.order, name))
            columns[name] = as_times(moment.start, moment.dated & ~moment.order.both)
            flags += [flag("TL-R106", moment.bad_start, name, given[name])]
    return columns, tuple(flags)


def _what(given: pa.Table, mark: str) -> Part:
    columns = {name: _lists(_cells(given, name), mark) for name in ("involved", "by", "maybe", "via")}
    columns["act"] = text_column(given, "act").combine_chunks()
    flags = [_unknown(columns["act"], is_known_act, "TL-R210", "act"), _unknown_lists(columns["maybe"])]
    for name in ("calibre_mm", "range_km"):
        size, sized, no_size = numbers(_cells(given, name))
        columns[name] = pa.array(size, mask=~sized)
        flags.append(flag("TL-R103", no_size | (sized & (size < 0)), name, _cells(given, name)))
    counts = {name: wholes(_cells(given, name)) for name in ("count_lo", "count_hi")}
    for name, (values, stated, bad) in counts.items():
        columns[name] = pa.array(values, mask=~stated)
        flags.append(flag("TL-R103", bad | (stated & (values < 0)), name, _cells(given, name)))
    (low, low_given, _), (high, high_given, _) = counts.values()
    flags.append(flag("TL-R115", low_given & high_given & (low > high), "count_lo", _cells(given, "count_lo")))
    return columns, tuple(flags)


def _cells(given: pa.Table, name: str) -> pa.ChunkedArray:
    """Give a column as it is, or an empty one."""
    return given[name] if name in given.column_names else pa.chunked_array([pa.nulls(len(given), pa.string())])


def _lists(cells: pa.ChunkedArray, mark: str) -> pa.Array:
    if pa.types.is_list(cells.type) or pa.types.is_large_list(cells.type):
        return cells.cast(pa.list_(pa.string())).combine_chunks()
    return lists_of(words(cells), mark)


def _unknown(cells: pa.Array, known: Callable[[str], bool], code: str, column: str) -> Flag:
    """Flag the words that nobody knows: each distinct word is looked up once."""
    strange = [word for word in pc.unique(cells).to_pylist() if word is not None and not known(word)]
    return flag(code, _mask(pc.is_in(cells, pa.array(strange, pa.string()))), column, pa.chunked_array([cells]))


def _unknown_lists(lists: pa.Array) -> Flag:
    flat, rows = pc.list_flatten(lists), np.asarray(pc.list_parent_indices(lists))
    strange = [word for word in pc.unique(flat).to_pylist() if word is not None and not is_known_act(word)]
    where = np.zeros(len(lists), dtype=bool)
    where[rows[_mask(pc.is_in(flat, pa.array(strange, pa.string())))]] = True
    return flag("TL-R210", where, "maybe")


def _close(table: pa.Table, given: pa.Table) -> tuple[Flag, ...]:
    """Say which columns were probably meant to be ours."""
    pairs = {name: CLOSE.get(name.casefold(), name.casefold()) for name in table.column_names}
    meant = [f"'{name}' may be '{ours}'" for name, ours in pairs.items()
             if ours in NAMES and ours not in given.column_names and name not in NAMES]  # fmt: skip
    return (remark("TL-R307", ", ".join(meant)),) if meant else ()


def _filled(cells: pa.ChunkedArray) -> Flags:
    """Say which cells hold something; blanks are nothing."""
    return _mask(pc.is_valid(words(cells)))


def _mask(flags: pa.Array | pa.ChunkedArray) -> Flags:
    flat = flags.combine_chunks() if isinstance(flags, pa.ChunkedArray) else flags
    return np.array(pc.fill_null(flat, fill_value=False), dtype=bool)
