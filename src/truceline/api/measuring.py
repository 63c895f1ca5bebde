"""Distances: reports counted as a function of the stand-off, and places measured from a line."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import pyarrow as pa
from numpy.typing import ArrayLike, NDArray

from truceline.api.once import each_once
from truceline.api.tables import handed
from truceline.basics.counting import counted
from truceline.basics.quantity import parse_distance
from truceline.engines import sweeping
from truceline.engines.atlas import ChartedLine
from truceline.engines.setup import prepare
from truceline.errors import Fault, UsageError
from truceline.evidence.regions import Regions
from truceline.locate.line import ReferenceLine, locate_points, reference_line
from truceline.locate.pieces import Edges
from truceline.locate.sides import Plus
from truceline.publish.notebook import sweep_html
from truceline.publish.summary_text import line_names, sweep_lines
from truceline.terms.agreement import Agreement
from truceline.terms.trouble import among

__all__ = ["LOCATED_SCHEMA", "Swept", "distances_of", "line_of", "measure", "options_of", "sweep"]

LOCATED_SCHEMA = pa.schema([
    ("point", pa.int64()), ("line", pa.string()), ("station_m", pa.float64()), ("offset_m", pa.float64()),
    ("side", pa.string()), ("beyond_end", pa.bool_()),
])  # fmt: skip
SIDES = np.array(["unknown", "plus", "minus"])
"""The words for a side: 0, 1, -1."""


@dataclass(frozen=True, slots=True, repr=False)
class Swept:
    """Counts by distance: `table` has a row per line, set, month and distance; data frames take the whole as it is.

    `names` : what ``print`` calls the lines.
    Equal if all rows are. In a notebook it shows its rows; ``print`` tells them as tables of text.
    """

    table: pa.Table
    names: Mapping[str, str] = field(default_factory=dict, compare=False)

    __hash__ = None  # type: ignore[assignment]  # a table has no hash

    def __repr__(self) -> str:
        """Say in one line what was swept."""
        nouns = {"line": "line", "set": "set", "month": "month", "distance_m": "distance"}
        sizes = ((len(self.table[name].drop_null().unique()), noun) for name, noun in nouns.items())
        return f"<Swept: {' x '.join(counted(size, noun) for size, noun in sizes if size or noun != 'month')}>"

    def __str__(self) -> str:
        """Tell the counts as text."""
        return "\n".join(sweep_lines(self.table, self.names))

    def __arrow_c_stream__(self, requested_schema: object | None = None) -> object:
        """Hand the rows over to whoever takes Arrow."""
        return self.table.__arrow_c_stream__(requested_schema)

    def _repr_html_(self) -> str:
        return sweep_html(self.table)


def sweep(  # noqa: PLR0913 - one argument per option of the command
    agreement: Agreement, reports: Any, *, line: str | Sequence[str] | None = None,
    who: str | Sequence[str] | None = None, upto: str = "30 mi", step: str = "1 mi",
    distances: Sequence[str] | None = None, both_sides: bool = False, as_points: bool = False, months: bool = False,
    as_known: str | None = None, regions: Regions | None = None,
) -> Swept:  # fmt: skip
    """Count the reports that lie surely, and possibly, within each distance of each line.

    Parameters
    ----------
    agreement : Agreement
    reports : table
        As `truceline.check` takes it.
    line, who : str or sequence of str, optional
        Lines (all with a published course) and sets of actors (``everyone``).
    upto, step : str
        The distances: every `step` up to `upto`, in words with a unit.
    distances : sequence of str, optional
        The distances themselves, such as ``["3 mi", "4 mi"]``, instead.
    both_sides : bool
        Count by distance alone, whichever side of the line a report lies on.
    as_points : bool
        Take every coordinate for exact, as a naive count does: for comparison.
    months : bool
        Count each month by itself.
    as_known, regions
        As in `truceline.check`.

    Returns
    -------
    Swept
        Its `table` has line, set, month (null: all time), distance_m, sure, possible, reports. ``sure <= possible``;
        a report exactly at a distance is not within it.

    Raises
    ------
    UsageError
        If a line or set does not exist, or a distance cannot be read.

    Examples
    --------
    >>> import truceline as tl
    >>> deal = tl.load("examples/toy/terms.yaml")
    >>> near = tl.report(who="Southbank Army", lon=20.5, lat=9.97, within="100 m", when="2030-03-02", act="presence")
    >>> curve = tl.sweep(deal, near, distances=["3 km", "4 km"])
    >>> curve, curve.table["sure"].to_pylist()
    (<Swept: 1 line x 1 set x 2 distances>, [0, 1])
    """
    options = options_of(line, who, upto, step, distances, both_sides=both_sides, as_points=as_points, months=months)
    taken, known = handed(reports, regions)
    setup = prepare(agreement, as_known=as_known, regions=known)
    found = sweeping.sweep(setup, each_once(taken, setup.known_until_us)[0], options)
    return Swept(found, line_names(setup, both_sides=both_sides))


def options_of(  # noqa: PLR0913
    line: str | Sequence[str] | None, who: str | Sequence[str] | None, upto: str, step: str,
    distances: Sequence[str] | None, *, both_sides: bool, as_points: bool, months: bool,
) -> sweeping.SweepOptions:  # fmt: skip
    """Turn the words of `sweep` into its options."""
    return sweeping.SweepOptions(
        distances_m=distances_of(distances, upto, step), lines=_listed(line), sets=_listed(who) or (sweeping.EVERYONE,),
        both_sides=both_sides, as_points=as_points, months=months,
    )  # fmt: skip


def distances_of(distances: Sequence[str] | None, upto: str, step: str) -> tuple[float, ...]:
    """Give the distances of a sweep in metres, rising.

    >>> distances_of(["4 mi", "3 mi"], "", ""), distances_of(None, "2.5 km", "1 km")
    ((4828.032, 6437.376), (1000.0, 2000.0))

    Raises
    ------
    UsageError
        TL-E913, with every distance that cannot be used.
    """
    words = [("upto", upto), ("step", step)] if distances is None else [("distances", word) for word in distances]
    faults: list[Fault] = []
    metres = [_metres(at, word, faults) for at, word in words]
    if faults:
        raise UsageError(faults)
    if distances is not None:
        return tuple(sorted(set(metres)))
    count = int(metres[0] / metres[1] + 1e-9)
    if not 1 <= count <= 100_000:
        what = f"{count} distances of {step} up to {upto}"
        raise UsageError([Fault("step", "TL-E913", what, "choose a step that fits 1 to 100 000 times")])
    return tuple(round(metres[1] * number, 6) for number in range(1, count + 1))


def measure(
    lines: Agreement | Mapping[str, ArrayLike] | ArrayLike, lon: ArrayLike, lat: ArrayLike, *,
    plus: Plus | None = None, edges: Edges = "lonlat",
) -> pa.Table:  # fmt: skip
    """Measure places from lines: station, offset and side on the ellipsoid.

    Parameters
    ----------
    lines : Agreement, mapping of name to vertices, or vertices
        Vertices are [lon, lat] in degrees, shape (k, 2), and need `plus`; an agreement says itself on which
        side its lines count as plus, and lines without a published course are left out.
    lon, lat : float or array_like, shape (n,)
        Degrees, EPSG:4326.
    plus : str
        ``left`` or ``right`` of the way in which the line is drawn, or a compass point.
    edges : {"lonlat", "geodesic"}
        What an edge between two vertices is: straight in lon/lat, as in GeoJSON, or the shortest way.

    Returns
    -------
    pyarrow.Table
        n rows per line: point (0 to n - 1), line, station_m, offset_m (positive on the plus side), side (plus,
        minus, unknown), beyond_end.

    Raises
    ------
    GeometryError
        Naming every place and every vertex that cannot be used.
    UsageError
        TL-E914, if `plus` is missing.

    Examples
    --------
    A degree of the equator is 111,319.49 m long, the first degree of a meridian 110,574.39 m:

    >>> import truceline as tl
    >>> there = tl.measure([(0.0, 0.0), (2.0, 0.0)], 1.0, -1.0, plus="north")
    >>> there.to_pydict()["station_m"], there.to_pydict()["offset_m"]
    ([111319.490...], [-110574.38...])
    """
    east, north = np.atleast_1d(np.asarray(lon, np.float64)), np.atleast_1d(np.asarray(lat, np.float64))
    drawn = _drawn(lines, plus, edges)
    return pa.concat_tables([
        _table(name, line, east, north) for name, line in drawn.items()
    ] or [LOCATED_SCHEMA.empty_table()])  # fmt: skip


def line_of(agreement: Agreement, name: str, plus: Plus | None = None) -> ReferenceLine:
    """Give a line of an agreement to measure from; `plus` stands in for a side that is only words there.

    Raises
    ------
    UsageError
        TL-E903, if there is no such line or its course is not public; TL-E914, if it has no plus side.
    """
    charted = _charted(agreement)
    if name not in charted:
        what = f"there is no line {name!r} with a published course"
        raise UsageError([Fault(agreement.name, "TL-E903", what, among(name, charted))])
    line = charted[name]
    if plus is None and not line.sided:
        raise UsageError([_no_plus(f"line {name}")])
    if plus is None:
        return line.line
    return reference_line(line.line.parts, plus=plus, edges=line.line.edges, name=name)


def _charted(agreement: Agreement) -> dict[str, ChartedLine]:
    setup = prepare(agreement)
    return {name: line for name, line in zip(setup.book.lines, setup.atlas.lines, strict=True) if line is not None}


def _drawn(lines: Any, plus: Plus | None, edges: Edges) -> dict[str, ReferenceLine]:
    if isinstance(lines, Agreement):
        return {name: line_of(lines, name, plus) for name in _charted(lines)}
    if plus is None:
        raise UsageError([_no_plus("line")])
    named = lines if isinstance(lines, Mapping) else {"line": lines}
    return {name: reference_line([part], plus=plus, edges=edges, name=name) for name, part in named.items()}


def _no_plus(at: str) -> Fault:
    return Fault(at, "TL-E914", "nobody says which side is plus", "give plus='left', 'right' or a compass point")


def _table(name: str, line: ReferenceLine, lon: NDArray[np.float64], lat: NDArray[np.float64]) -> pa.Table:
    points = locate_points(line, lon, lat)
    columns = [
        np.arange(len(lon)), np.full(len(lon), name), points.station, points.offset, SIDES[points.side],
        points.beyond_end,
    ]  # fmt: skip
    return pa.table([pa.array(column) for column in columns], schema=LOCATED_SCHEMA)


def _listed(names: str | Sequence[str] | None) -> tuple[str, ...] | None:
    return None if names is None else (names,) if isinstance(names, str) else tuple(names)


def _metres(at: str, words: str, faults: list[Fault]) -> float:
    """Read one exact distance above 0; anything else is a fault."""
    try:
        distance = parse_distance(words)
    except ValueError as error:
        what, _, remedy = str(error).rpartition("; ")
        faults.append(Fault(at, "TL-E913", what, remedy))
        return 1.0
    if distance.form != "exact" or distance.lo == 0:
        faults.append(Fault(at, "TL-E913", f"{words!r} is not one distance above 0", "write one, such as '3 mi'"))
    return distance.lo
