"""The codes TL-R: what can be wrong with a file of reports, what it means and what to do about it.

TL-R0: the whole file is refused. TL-R1: the row is left out and kept in the list of rejects. TL-R2: the
row is loaded, and the doubt is said. TL-R3: a remark about the whole file. TL-R6: a file of
a stranger is refused by the process in which it was opened. A code never changes its meaning.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

__all__ = ["CODES", "Code"]


@dataclass(frozen=True, slots=True)
class Code:
    """One thing that can be wrong, and what to do."""

    what: str
    do: str


_CODES = {
    "TL-R001": ("the file cannot be opened", "check the name and that the file is whole"),
    "TL-R002": (
        "the kind of file is not known",
        "say which kind it is: ucdp, acled, csv, geojson, gpkg, geoparquet, arrow or parquet",
    ),
    "TL-R003": ("the text is neither UTF-8 nor Windows-1252", "save the file as CSV UTF-8"),
    "TL-R004": ("lines with different delimiters", "save the file again with one delimiter"),
    "TL-R005": ("columns are missing or not ours", "use our column names, or name yours in a mapping file"),
    "TL-R006": ("two columns have one name", "rename one of them"),
    "TL-R007": ("the file is too large when unpacked", "unpack it yourself, check it, and read it in parts"),
    "TL-R008": ("a table of codes has a fault", "correct the row"),
    "TL-R009": ("the coordinate system is not stated or not known", "save the layer in EPSG:4326"),
    "TL-R010": ("the mapping file has a fault", "correct it; see docs/howto/reports.md"),
    "TL-R011": ("there is no such time zone", "write an IANA name such as 'Etc/GMT-3'"),
    "TL-R012": ("this region cannot be used", "correct the feature"),
    "TL-R013": ("this is no proper JSON", "write it again with a JSON program"),
    "TL-R014": (
        "the ending of the name is none of a file of reports",
        "keep only files of reports in the folder; what begins with . or _ is left out",
    ),
    "TL-R015": ("a record of a large file is too long", "close the quote that is opened there, or shorten the record"),
    "TL-R016": ("the file is of another kind than was asked for", "leave the kind out, or name the kind of this file"),
    "TL-R017": (
        "the columns are too many, or are called by whole texts",
        "keep the columns that are needed, each with a short name",
    ),
    "TL-R018": ("a column holds what cannot be a cell", "write words, numbers, dates or lists of words into it"),
    "TL-R019": ("the gazetteer has a fault", "correct the row"),
    "TL-R101": ("the row has another number of cells than the header", "quote cells that hold the delimiter"),
    "TL-R102": ("a quote is opened here and swallows lines that look like rows", "close the quote, or double it"),
    "TL-R103": ("this is no plain number", "write digits with a point, such as 36.7076; leave unknown cells empty"),
    "TL-R104": (
        "the position is outside longitude -180..180, latitude -90..90",
        "correct it, or set the right columns",
    ),
    "TL-R105": ("longitude and latitude seem to be swapped", "swap the two columns"),
    "TL-R106": ("this is no date that can be read", "write 2017-07-09 or 2017-07-09T12:00+03:00"),
    "TL-R107": ("it ends before it starts", "correct the dates"),
    "TL-R108": ("the same row stands in the file before", "delete one of the two"),
    "TL-R109": ("the row has no id", "give every row an id that stays the same"),
    "TL-R110": ("half a position", "give both longitude and latitude, or neither"),
    "TL-R111": ("the radius is not a length above 0", "write metres, or leave the cell empty if nobody knows"),
    "TL-R112": ("a geometry that is neither a point nor a polygon", "give a point with a radius, or a polygon"),
    "TL-R113": ("the polygon cannot be used", "redraw it without crossing itself"),
    "TL-R114": ("an end without a start", "give 'from', or leave both empty"),
    "TL-R115": ("the lowest count is above the highest", "correct the counts"),
    "TL-R116": ("this is neither true nor false", "write true or false"),
    "TL-R117": ("the same report stands before and is counted there", "give each report once"),
    "TL-R118": ("a newer revision of this report is judged", "give the row an id of its own if it is another report"),
    "TL-R201": ("position 0, 0 stands for a missing one: the place is not known", "leave both cells empty"),
    "TL-R202": ("no position: the place is not known", "give a position and radius_m, or a region"),
    "TL-R203": (
        "this precision code is not in the table: the place is not known",
        "correct it, or add it to precision.csv",
    ),
    "TL-R204": ("no region given has this name: the place is not known", "add the name to 'also' of the region"),
    "TL-R205": (
        "day and month may be either way round: both readings are kept",
        "set date_order: day or month in a mapping file",
    ),
    "TL-R206": (
        "a spreadsheet turned day and month of this date; it is read the right way round",
        "check a few against the source",
    ),
    "TL-R207": (
        "a row with this id and other content stands before: one is a revision of the other",
        "give it an id of its own if it is another report",
    ),
    "TL-R208": ("the lowest, best and highest counts contradict each other: all are covered", "ask the publisher"),
    "TL-R209": ("-1 stands for a missing number", "leave it: the number is taken as not stated"),
    "TL-R210": ("no act has this name: it equals only itself", "use a name from the tree of acts, or map it"),
    "TL-R211": ("no thing has this name: it equals only itself", "use a name from the tree of things, or map it"),
    "TL-R212": ("the publisher has not cleared this row", "wait for the yearly release"),
    "TL-R213": ("no actor is named", "name them if you know; else nobody is known to have done it"),
    "TL-R214": ("the position lies outside the grid cell that the row names", "check the position"),
    "TL-R215": ("far from all other rows, and among them if longitude and latitude are swapped", "check the position"),
    "TL-R216": (
        "a point without radius_m: the place is not known",
        "say how exact it is: radius_m, in the file or as a constant",
    ),
    "TL-R217": ("the dates are further apart than their precision code says", "check the dates"),
    "TL-R218": ("this is no Admiralty grade: taken as F6", "write a letter A-F and a digit 1-6"),
    "TL-R219": (
        "the data set's table does not know this event type: the act is not stated",
        "add it to the table of acts",
    ),
    "TL-R220": ("no date: when it happened is not known", "write at least the year, such as 2017"),
    "TL-R221": (
        "this precision of time is not in the table: the date is widened as for the least exact code",
        "correct it, or add it to precision.csv",
    ),
    "TL-R222": ("release is neither public nor protected: taken as protected", "write public or protected"),
    "TL-R223": (
        "rows with this id differ and none is known to be the newest, so what they share is judged",
        "date the revisions (reported, recorded), or state their releases (dataset_version)",
    ),
    "TL-R224": (
        "the words of the place cannot be read: the place is not known",
        "write it as '3 km NW of X', 'in X', 'southern outskirts of X' or 'between X and Y'",
    ),
    "TL-R225": (
        "this name is not in the gazetteer: the place is not known",
        "add the place, or the name to 'also' of its place",
    ),
    "TL-R226": (
        "several places have this name and nothing beside it decides: the place is not known",
        "say which one: its district, or a distance and a bearing from a known place",
    ),
    "TL-R227": (
        "the words of the place contradict each other: the place is not known",
        "check the name, the distance and the bearing against the source",
    ),
    "TL-R228": (
        "the words of the place set no bounds: the place is not known",
        "say how far away it was at most, or in which place",
    ),
    "TL-R229": (
        "this name is not in the gazetteer: the reference beside it places the report",
        "add the place: it would be known more exactly",
    ),
    "TL-R301": ("the text is not UTF-8 and was read as Windows-1252", "check names with accents"),
    "TL-R302": (
        "no time zone given: a bare date is every place's day, 50 hours long",
        "give the time zone (option zone), such as 'Etc/GMT-3'",
    ),
    "TL-R303": (
        "the file has no header; its columns are known by their number",
        "compare them with the codebook of the release",
    ),
    "TL-R304": ("the order of day and month is proved by the file", "check a few dates against the source"),
    "TL-R305": (
        "rows name an administrative unit, and no file of regions is given: their place is not known",
        "give a file with their polygons (option regions)",
    ),
    "TL-R306": (
        "no ids: rows are called by their number, which changes with the file",
        "give every row an id that stays the same",
    ),
    "TL-R307": ("a column whose name is close to one of ours is not read", "rename it, or name it in a mapping file"),
    "TL-R308": (
        "the order of day and month is not proved by the file",
        "set date_order: day or month in a mapping file",
    ),
    "TL-R309": ("the file has no rows", "check that it is the right file"),
    "TL-R310": (
        "there are too many reports to compare their ids: one that stands twice counts twice",
        "check fewer files at a time",
    ),
    "TL-R601": (
        "reading it crashed a process of its own",
        "do not open it in another program either; ask whoever gave it to you for a CSV file",
    ),
    "TL-R602": (
        "reading it took too long in a process of its own",
        "ask whoever gave it to you for a CSV file, or for parts of it",
    ),
    "TL-R603": (
        "reading it needed too much memory in a process of its own",
        "ask whoever gave it to you for a CSV file, or for parts of it",
    ),
    "TL-R604": ("reading it failed in a process of its own", "ask whoever gave it to you for a CSV file"),
}
CODES: Mapping[str, Code] = MappingProxyType({code: Code(*words) for code, words in _CODES.items()})
