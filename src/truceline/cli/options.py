"""Arguments and options that several commands share, each with its one line of help."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

__all__ = [
    "AsKnown", "Edges", "Format", "Geometry", "Json", "Kind", "KindOption", "Mapping", "Out", "Places", "Plus",
    "Prov", "Readings", "Regions", "RegionsAlone", "Reports", "Since", "SweepFormat", "Terms", "Zone", "ZoneAlone",
]  # fmt: skip


class Kind(StrEnum):
    """Kinds of files of reports."""

    AUTO = "auto"
    UCDP = "ucdp"
    ACLED = "acled"
    CSV = "csv"
    GEOJSON = "geojson"
    GPKG = "gpkg"
    GEOPARQUET = "geoparquet"
    PARQUET = "parquet"
    ARROW = "arrow"


class Format(StrEnum):
    """How the result of a check is written."""

    TABLE = "table"
    CSV = "csv"
    JSONL = "jsonl"
    PARQUET = "parquet"
    HTML = "html"


class SweepFormat(StrEnum):
    """How the result of a sweep is written."""

    TABLE = "table"
    CSV = "csv"
    JSONL = "jsonl"
    PARQUET = "parquet"


class Plus(StrEnum):
    """Sides of a line."""

    LEFT = "left"
    RIGHT = "right"
    NORTH = "north"
    NORTH_EAST = "north-east"
    EAST = "east"
    SOUTH_EAST = "south-east"
    SOUTH = "south"
    SOUTH_WEST = "south-west"
    WEST = "west"
    NORTH_WEST = "north-west"


class Edges(StrEnum):
    """What an edge between two vertices is."""

    LONLAT = "lonlat"
    GEODESIC = "geodesic"


Terms = Annotated[
    Path,
    typer.Argument(
        metavar="TERMS", help="The agreement: a YAML or JSON file, library:ID, or - for a pipe.", readable=False
    ),
]
Geometry = Annotated[
    list[str] | None,
    typer.Option("--geometry", metavar="NAME=FILE#ID", help="What fills a slot of the terms; may be repeated."),
]
Reports = Annotated[
    list[str], typer.Argument(metavar="REPORTS", help="Files of reports, or folders of them; - for a pipe.")
]
Readings = Annotated[
    list[str] | None,
    typer.Option("--reading", metavar="NAME", help="Only this reading; may be repeated. 'text': without any."),
]
AsKnown = Annotated[
    str | None, typer.Option("--as-known", metavar="DATE", help="Only what could be known by the end of this day.")
]
KindOption = Annotated[Kind, typer.Option("--kind", help="What the files of reports are.")]
Mapping = Annotated[
    Path | None,
    typer.Option(
        "--mapping",
        metavar="FILE",
        envvar="TRUCELINE_MAPPING",
        readable=False,
        help="YAML file that says which columns are meant.",
    ),
]
Zone = Annotated[
    str | None,
    typer.Option(
        "--zone",
        metavar="TZ",
        envvar="TRUCELINE_ZONE",
        help="Time zone of bare dates; that of the agreement by default.",
    ),
]
Regions = Annotated[
    Path | None,
    typer.Option(
        "--regions",
        metavar="FILE",
        envvar="TRUCELINE_REGIONS",
        readable=False,
        help="GeoJSON of districts; the area files of the terms by default.",
    ),
]
Places = Annotated[
    Path | None,
    typer.Option(
        "--places",
        metavar="FILE",
        envvar="TRUCELINE_PLACES",
        readable=False,
        help="Gazetteer, CSV or GeoJSON, for places that are told only in words.",
    ),
]
ZoneAlone = Annotated[
    str | None,
    typer.Option("--zone", metavar="TZ", envvar="TRUCELINE_ZONE", help="Time zone of bare dates, such as Etc/GMT-3."),
]
RegionsAlone = Annotated[
    Path | None,
    typer.Option("--regions", metavar="FILE", envvar="TRUCELINE_REGIONS", readable=False, help="GeoJSON of districts."),
]
Out = Annotated[
    str | None, typer.Option("--out", "-o", metavar="FILE", help="Write to this file, wholly or not at all.")
]
Prov = Annotated[
    str | None,
    typer.Option("--prov", metavar="FILE", help="Write where the result comes from into this file, as W3C PROV."),
]
Since = Annotated[
    str | None, typer.Option("--since", metavar="DATE", help="Only reports that lie wholly on or after this day.")
]
Json = Annotated[bool, typer.Option("--json", help="Print JSON.")]
