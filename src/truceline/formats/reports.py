"""Any file of reports -> one table of reports, its rejects and its doubts; and back to disk."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Final

import pyarrow as pa
import pyarrow.parquet as pq

from truceline.evidence.columns import LATER, NAMES
from truceline.evidence.toponyms import Toponyms
from truceline.formats import acled, ucdp
from truceline.formats.arrow_file import ENDINGS, arrow_rows, arrow_schema, is_arrow, write_arrow
from truceline.formats.atomic import written
from truceline.formats.checked import mark_of
from truceline.formats.csv_file import cells_of_first_line, read_bytes, read_csv, text_of
from truceline.formats.csv_parts import head_of
from truceline.formats.gazetteer import NO_REGIONS, Gazetteer, read_regions
from truceline.formats.geojson import read_geojson
from truceline.formats.geopackage import read_geopackage
from truceline.formats.geoparquet import GEO, read_geoparquet
from truceline.formats.mapping_file import AS_IS, Mapped, read_mapping
from truceline.formats.notes_file import write_rejects
from truceline.formats.parquet_file import opened_parquet, parquet_rows
from truceline.formats.parts import WHOLE, Seen, is_large, parts_of
from truceline.formats.place_names import read_place_names
from truceline.formats.plain import Asked, read_plain
from truceline.formats.rejects import refuse, why
from truceline.formats.result import ReportsRead
from truceline.formats.spooled import Spool, Spooled, spooled
from truceline.formats.tables import precisions, tables_of
from truceline.formats.worded_places import PlaceAs, Wording
from truceline.locate.placing import Manner

__all__ = ["KINDS", "asked_for", "kind_in_parts", "kind_of", "read_in_parts", "read_reports", "write_reports"]

IN_PARTS: Final = ("parquet", "arrow", "ucdp", "acled", "csv")
KINDS: Final = ("parquet", "arrow", "ucdp", "acled", "csv", "geojson", "gpkg", "geoparquet")


def read_reports(  # noqa: PLR0913 - one argument per option of the command
    path: Path | str,
    kind: str | None = None,
    *,
    zone: str | None = None,
    regions: Gazetteer | Path | str | None = None,
    mapping: Mapped | Path | str | None = None,
    dataset: str | None = None,
    version: str | None = None,
    places: Toponyms | Path | str | None = None,
    place_as: PlaceAs | None = None,
) -> ReportsRead:
    """Read a file of reports.

    Parameters
    ----------
    path : path
        CSV, TSV, GeoJSON (each may be packed as .gz), GeoPackage, Arrow IPC, Parquet or GeoParquet.
    kind : str, optional
        One of `KINDS`; guessed from the name and the columns if not given.
    zone : str, optional
        IANA time zone of bare dates; goes before that of the mapping file.
    regions : Gazetteer or path, optional
        Polygons for places that are only exact to a district or a country.
    mapping : Mapped or path, optional
        How the file's columns and words become ours.
    dataset : str, optional
        The name of the data set, where the file does not say it.
    version : str, optional
        The release of a known data set, such as "23.1".
    places : Toponyms or path, optional
        A gazetteer, for places that are told only in words; goes before that of the mapping file.
    place_as : {"disc", "region"}, optional
        As what such a place is written; goes before the mapping file, and is a disc where neither says.

    Returns
    -------
    ReportsRead
        The usable rows as a table, what was rejected and why, what is doubtful, and counts.

    Raises
    ------
    EvidenceError
        TL-R001 to TL-R018, if the file as a whole cannot be used.
    """
    where, asked = Path(path), asked_for(zone, regions, mapping, dataset, places, place_as)
    is_geopackage = where.suffix.lower() == ".gpkg" or kind == "gpkg"
    data = b"" if is_geopackage else read_bytes(where)
    try:
        if is_geopackage:
            return read_geopackage(where, asked)
        chosen = kind or kind_of(data, str(where))
        if chosen not in KINDS:
            raise refuse("TL-R002", str(where), f"'{chosen}'")
        return _read(data, str(where), chosen, asked, version)
    except (OSError, pa.ArrowException, UnicodeDecodeError) as error:  # a map where a number belongs, or broken text
        raise refuse("TL-R001", str(where), why(error)) from error


def asked_for(
    zone: str | None = None, regions: Gazetteer | Path | str | None = None, mapping: Mapped | Path | str | None = None,
    dataset: str | None = None, places: Toponyms | Path | str | None = None, place_as: PlaceAs | None = None,
) -> Asked:  # fmt: skip
    """Put together how a file is to be read, as for `read_reports`."""
    how = mapping if isinstance(mapping, Mapped) else read_mapping(mapping) if mapping else AS_IS
    known = regions if isinstance(regions, Gazetteer) else read_regions(regions) if regions else NO_REGIONS
    return Asked(zone or how.zone, known, how, dataset, wording=_wording(how, places or how.places, place_as))


def _wording(how: Mapped, places: Toponyms | Path | str | None, place_as: PlaceAs | None) -> Wording | None:
    """Say how places in words are found; None without a gazetteer."""
    if places is None:
        return None
    named = places if isinstance(places, Toponyms) else read_place_names(places)
    known = {**precisions(), **precisions(how.precision)}
    footprint, near = (known["place-words", code].radius_m for code in ("footprint", "near"))
    if footprint is None or near is None:
        what = "place-words footprint and near are radii"
        raise refuse("TL-R008", str(how.precision), what, "fill radius_m (whole metres)")
    return Wording(named, Manner(how.compass, footprint, near), place_as or how.place_as)


def kind_in_parts(path: Path, kind: str | None = None, *, most: int = WHOLE) -> str | None:
    """Say as what kind a file is to be read in parts; None if it has to be, or can be, read as a whole.

    Files of more than `most` bytes are, unless they are GeoJSON, GeoPackage or GeoParquet.

    Raises
    ------
    EvidenceError
        TL-R001 if it cannot be opened.
    """
    if kind not in (None, *IN_PARTS) or not is_large(path, most):
        return None
    if kind is not None:
        return kind
    head = head_of(path)
    try:
        found = _kind_of_schema(pq.read_schema(path)) if head.startswith(b"PAR1") else kind_of(head, str(path), path)
    except (OSError, pa.ArrowException) as error:
        raise refuse("TL-R001", str(path), why(error)) from error
    return found if found in IN_PARTS else None


def read_in_parts(
    path: Path, kind: str, asked: Asked, version: str | None, spool: Spool, seen: Seen = lambda _: None
) -> Spooled:
    """Read a file part by part, whatever its size; its usable rows and all notes go to disk.

    `seen` is told what share of the work is done, from 0 to 1.

    Raises
    ------
    EvidenceError
        As `read_reports`, and TL-R015.
    OSError
        If there is no room on the disk.
    """
    return spooled(parts_of(path, kind, asked, version, seen), spool)


def kind_of(data: bytes, name: str, path: Path | None = None) -> str:
    r"""Guess the kind of a file from its bytes and its columns; the first bytes do if the `path` is given.

    >>> kind_of(b"report,from,lon,lat,radius_m\n", "patrols.csv"), kind_of(b'{"type": "FeatureCollection"}', "a")
    ('csv', 'geojson')
    """
    if data.startswith(b"PAR1"):
        return _kind_of_schema(opened_parquet(data, name).schema_arrow)
    if is_arrow(data):
        names = arrow_schema(data if path is None else path).names
        return "arrow" if set(NAMES) - LATER <= set(names) else _kind_of_columns(names) or "arrow"
    text, _ = text_of(data, name)
    if text.lstrip()[:1] in {b"{", b"["}:
        return "geojson"
    columns, _ = cells_of_first_line(text)
    return "ucdp" if ucdp.is_headless(columns) else _kind_of_columns(columns) or "csv"


def write_reports(read: ReportsRead, path: Path | str) -> tuple[Path, ...]:
    """Write the table as Parquet, and what was left out or doubted beside it as ``<path>.rejects.csv``.

    A name that ends as those of Arrow IPC do (`arrow_file.ENDINGS`) is written as that. Each file is written wholly
    or not at all. The metadata of the table say of which data set and file it is, count what was found, and say if
    the rows are called by their number only.

    Returns
    -------
    tuple of Path
        The files written: the second only if a row was left out or doubted.
    """
    goal = Path(path)
    about = {"file": Path(read.name).name, "kind": read.kind, "dataset": read.dataset, "counts": dict(read.counts),
             "numbered": read.numbered}  # fmt: skip
    table = read.table.replace_schema_metadata({**(read.table.schema.metadata or {}), **mark_of(about)})
    with written(goal) as file:
        if goal.suffix.lower() in ENDINGS:
            write_arrow(table.schema, table.to_batches(), file)
        else:
            pq.write_table(table, file, compression="zstd", row_group_size=2**17)
    if not len(read.rejected) and not len(read.warned):
        return (goal,)
    rejects = goal.with_name(f"{goal.name}.rejects.csv")
    write_rejects([read.rejected, read.warned], rejects)
    return goal, rejects


def _read(data: bytes, name: str, kind: str, asked: Asked, version: str | None) -> ReportsRead:
    if kind in {"ucdp", "acled"}:
        module = ucdp if kind == "ucdp" else acled
        own = tables_of(module.DATASET, precision=asked.mapping.precision, acts=asked.mapping.acts)
        read = ucdp.read_ucdp if kind == "ucdp" else acled.read_acled
        cells = arrow_rows(data, name) if is_arrow(data) else data
        return read(
            cells,
            name=name,
            zone=asked.zone,
            regions=asked.regions,
            version=version,
            date_order=asked.order,
            tables=own,
        )
    if kind == "geojson":
        return read_geojson(data, name, asked)
    if kind == "csv":
        return read_plain(name, kind, read_csv(data, name), asked)
    file = arrow_rows(data, name) if kind == "arrow" else parquet_rows(data, name)
    return read_geoparquet(file.table, name, asked) if kind == "geoparquet" else read_plain(name, kind, file, asked)


def _kind_of_schema(schema: pa.Schema) -> str:
    own = set(NAMES) - LATER <= set(schema.names)
    other = "geoparquet" if GEO in (schema.metadata or {}) else _kind_of_columns(schema.names)
    return "parquet" if own or other is None else other


def _kind_of_columns(columns: Sequence[str]) -> str | None:
    present = {column.strip() for column in columns}
    if present >= set(ucdp.NEEDED):
        return "ucdp"
    return "acled" if present >= set(acled.NEEDED) else None
