"""The contract between the engine and the page: everything the one-file report may say.

A payload is plain data (dict, list, str, int, float, bool, None), so that it can be stored, compared
and sent. Conventions, for every part:

- lengths are metres, degrees are EPSG:4326 in lon, lat order, instants are ISO 8601 in UTC
  (``2017-07-09T09:00:00Z``), spans are half-open [from, until);
- `*_words` are for reading and are shown as they are; nothing is parsed out of them;
- `None` means "not stated" or "no bound", never "no"; NaN and infinity are refused;
- everything about reports is columnar: one list per column, all of one length n, and a report is
  named by its index 0..n-1. Counts are never part of the payload: the page counts rows, so that
  each number can be walked back to them.

`truceline.publish.validate.validate` says whether a payload keeps this contract.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal, NotRequired

from typing_extensions import TypedDict

from truceline.publish.payload_claims import WhoSaid, strict
from truceline.publish.payload_counts import Together

__all__ = [
    "VERDICTS", "Agreement", "Area", "Band", "Base", "Border", "Demand", "Disagreements", "Effort", "Found", "Input",
    "Line", "Located", "Open", "Patch", "Payload", "Place", "Provision", "Reading", "ReadingWords", "ReasonWords",
    "Region", "Reports", "Rival", "Same", "Source", "Stance", "Station", "Sweep", "SweepRows",
]  # fmt: skip

VERDICTS = ("not_applicable", "no_violation", "indeterminate", "violation")
"""Verdict codes by number: 0, 1, 2, 3, as in `truceline.judge.verdict.Verdict`."""

Ring = Sequence[Sequence[float]]
"""A closed or open path of [lon, lat]."""


# Three keys are keywords of Python: they are declared by this form and inherited.
_Class = TypedDict("_Class", {"class": NotRequired[str | None]})
_From = TypedDict("_From", {"from": list[str | None]})
_Is = TypedDict("_Is", {"is": str})


@strict
class Agreement(_Class):
    """The deal that was checked; `class` is cessation, preliminary, definitive or other."""

    id: str
    title: str
    status: NotRequired[str | None]
    note: NotRequired[str | None]
    zone: NotRequired[str | None]


@strict
class Input(TypedDict):
    """One file that went in; `rows` counts its reports, or is None for terms and geometry."""

    name: str
    sha256: str
    rows: int | None
    licence: NotRequired[str | None]
    credit: NotRequired[str | None]


@strict
class Patch(TypedDict):
    """One change that a reading makes: `field` is line, depth, date, subject, act, denial or another word."""

    field: str
    path: str
    words: str


@strict
class Reading(TypedDict):
    """One reading; the text as written is a reading too. `left_out`: not known by the as-known date.

    `title` is its name for people; without one it is called by its id.
    """

    id: str
    title: NotRequired[str | None]
    holder: str
    note: NotRequired[str | None]
    denies: list[str]
    sources: list[str]
    patches: list[Patch]
    left_out: bool


@strict
class ReadingWords(TypedDict):
    """What a provision says under one reading, where that differs from the text."""

    sentence: NotRequired[str]
    where_words: NotRequired[str]
    when_words: NotRequired[str]


@strict
class Provision(TypedDict):
    """One clause. `judged` is "ban" where findings exist; else `because` says why there are none.

    `title` is its name for people; without one it is called by its id.
    `proxy`: what stands in for a clause that can be observed in part only.
    `power`: what the reports can show about this clause at all, in words; `tested` is false where
    no data set in use can show it. `under` holds the wording by reading id.
    """

    id: str
    sentence: str
    who: str
    what: str
    where_words: str
    when_words: str
    sources: list[str]
    words: str | None
    judged: Literal["ban", "ceiling", "floor", "trend", "not_judged_yet", "not_monitorable"]
    because: str | None
    tested: bool
    title: NotRequired[str]
    proxy: NotRequired[str | None]
    power: NotRequired[str | None]
    under: NotRequired[dict[str, ReadingWords]]


@strict
class ReasonWords(TypedDict):
    """A reason code in words that complete "because ..."; `decided_by` is what would decide it."""

    words: str
    decided_by: NotRequired[str]


@strict
class Reports(_From):
    """n reports, one list per column; a row that is None says "not stated".

    `from`, `until` : the event surely lies in [from, until). `when_words` : the date as people read it.
    `month` : YYYY-MM in which the event surely lies, None where it may lie in more than one.
    `lon`, `lat`, `radius_m` : the place surely lies within `radius_m` of the point; all three None without a disc.
    `region` : id in `regions`; it goes before the disc. A report with neither has no place.
    `involved`, `by` : names, empty where nobody is named and where the act is not attributed.
    `precision` : the location precision in the words of the data set. `said` : the report in its own words.
    `input` : index in `inputs`.
    """

    id: list[str]
    until: list[str | None]
    when_words: list[str | None]
    month: list[str | None]
    lon: list[float | None]
    lat: list[float | None]
    radius_m: list[float | None]
    region: list[str | None]
    place: list[str | None]
    involved: list[list[str]]
    by: list[list[str]]
    act: list[str | None]
    dataset: list[str | None]
    origin: list[str | None]
    precision: NotRequired[list[str | None]]
    said: NotRequired[list[str | None]]
    input: NotRequired[list[int | None]]


@strict
class Found(TypedDict):
    """The findings of one provision under one reading: a verdict number and an index in `reason_sets` per report."""

    verdict: list[int]
    reasons: list[int]


@strict
class Same(TypedDict):
    """The findings equal those of another reading of the same provision, row by row."""

    same_as: str


@strict
class Station(TypedDict):
    """A name along a line."""

    name: str
    station_km: float


@strict
class Line(TypedDict):
    """A reference line; `plus` is the side of positive offsets, in words. Stations grow along the parts."""

    id: str
    title: str
    parts: list[Ring]
    uncertainty_m: float
    plus: str
    length_km: float
    places: list[Station]


@strict
class Located(TypedDict):
    """Where the n reports lie along one line; all None where a report has no place.

    `low_m`, `high_m` : bounds on the signed offset, positive on the plus side. Where `either` is 1 the side is
    not known (beyond an end): they bound the distance, 0 <= low_m, and the offset may have either sign.
    `station_low_m`, `station_high_m` : bounds on the station.
    """

    low_m: list[float | None]
    high_m: list[float | None]
    either: list[int]
    station_low_m: list[float | None]
    station_high_m: list[float | None]


@strict
class Band(TypedDict):
    """The ground of a provision under a reading: surely [from_hi, to_lo), possibly [from_lo, to_hi).

    `to_hi_m` None: no outer bound is public (`undisclosed`), the words then stand for the drawing.
    `line` None: no line at all, `words` says where. `station_from_m`, `station_to_m`: the stretch of the line, None
    for an end of it. The outlines are rings for the map; possible includes sure.
    """

    line: str | None
    from_lo_m: float
    from_hi_m: float
    to_lo_m: float
    to_hi_m: float | None
    both_sides: bool
    words: str
    undisclosed: bool
    station_from_m: NotRequired[float | None]
    station_to_m: NotRequired[float | None]
    outline_sure: list[Ring]
    outline_possible: list[Ring]


@strict
class Area(TypedDict):
    """A polygon that the agreement speaks of; `unsure`: it is not agreed that it belongs to the zone."""

    id: str
    title: str
    rings: list[Ring]
    unsure: bool
    provisions: NotRequired[list[str]]


@strict
class Region(TypedDict):
    """A polygon in which reports lie that name no narrower place."""

    id: str
    title: NotRequired[str]
    rings: list[Ring]


@strict
class Border(TypedDict):
    """A border or other line of the base map."""

    path: Ring
    disputed: bool


@strict
class Place(TypedDict):
    """A named place of the base map; `rank` 1 is named first when room is short."""

    name: str
    lon: float
    lat: float
    rank: NotRequired[int]


@strict
class Base(TypedDict):
    """The base map; `extent` (west, south, east, north) bounds the ground for which `land` is complete."""

    land: list[Ring]
    borders: list[Border]
    places: list[Place]
    credit: str
    extent: NotRequired[Sequence[float] | None]
    disclaimer: NotRequired[str | None]


@strict
class SweepRows(TypedDict):
    """The rows behind a sweep, aligned.

    `report[i]` counts as possible from `possible_from_m[i]` on and surely from `sure_from_m[i]` on (None: at no
    distance, however large).
    """

    report: list[int]
    sure_from_m: list[float | None]
    possible_from_m: list[float | None]


@strict
class Sweep(TypedDict):
    """How many reports of a set lie nearer to a line than each distance.

    The three counts are aligned with `distance_m`; sure <= possible, and neither ever falls. `as_points` is the
    count that forgets uncertainty, shown as a warning.
    """

    line: str
    set: str
    set_title: str
    month: NotRequired[str | None]
    distance_m: list[float]
    sure: list[int]
    possible: list[int]
    as_points: list[int]
    rows: NotRequired[SweepRows]


@strict
class Rival(TypedDict):
    """A distance that somebody claims, asks or offers; `hi_m` None is open above. `label` is the short name.

    It is drawn on the sweeps of its `line`; None: the line has no published course, so it is told and not drawn.
    `id` is that of the reading or the demand, `title` its name for people.
    """

    id: NotRequired[str]
    title: NotRequired[str | None]
    label: str
    speaker: str
    lo_m: float
    hi_m: float | None
    words: str
    line: str | None
    kind: Literal["reading", "demand"]
    source: str | None


@strict
class Effort(TypedDict):
    """Whether anybody watched in a month: a month that was not watched is a gap, never a zero."""

    month: str
    state: Literal["watched", "partly", "not_watched"]
    words: str


@strict
class Disagreements(TypedDict):
    """Reports on which readings of a provision differ, and the fields that decide, aligned."""

    report: list[int]
    fields: list[list[str]]


@strict
class Source(TypedDict):
    """Who said it, through which carriers in order, resting on what; `origin` names the root that it rests on."""

    id: str
    by: str | None
    said: str | None
    via: list[str]
    of: list[str]
    kind: NotRequired[str | None]
    words: NotRequired[str | None]
    url: NotRequired[str | None]
    grade: NotRequired[str | None]
    check: NotRequired[str | None]
    origin: NotRequired[str | None]
    known_from: NotRequired[str | None]


@strict
class Stance(_Is):
    """The position of anybody to the deal or to one of its parts."""

    actor: str
    to: str
    said: str | None
    sources: list[str]


@strict
class Demand(TypedDict):
    """A distance asked or offered and never agreed."""

    id: str
    by: str
    where_words: str
    who: NotRequired[str | None]
    what: NotRequired[str | None]
    told_as: list[str]
    answer: NotRequired[str | None]
    sources: list[str]


@strict
class Open(TypedDict):
    """A term that the text leaves open."""

    term: str
    words: str


@strict
class Payload(TypedDict):
    """Everything that the page may say. Mappings by id keep the order in which they are shown."""

    title: str
    subtitle: str
    agreement: Agreement
    as_known: str | None
    notes: NotRequired[list[str]]
    made_with: str
    inputs: list[Input]
    readings: list[Reading]
    provisions: list[Provision]
    reasons: dict[str, ReasonWords]
    reason_sets: list[list[str]]
    reports: Reports
    findings: dict[str, dict[str, Found | Same]]
    lines: list[Line]
    located: dict[str, Located]
    bands: dict[str, dict[str, list[Band]]]
    areas: list[Area]
    regions: list[Region]
    base: Base
    sweep: list[Sweep]
    rivals: list[Rival]
    effort: list[Effort]
    disagreements: dict[str, Disagreements]
    sources: list[Source]
    stances: list[Stance]
    demands: list[Demand]
    open: list[Open]
    cannot_show: list[str]
    method: NotRequired[list[str]]
    who_said: NotRequired[WhoSaid]
    together: NotRequired[list[Together]]
