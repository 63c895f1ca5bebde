"""Toy truce in memory: Northbank and Southbank on either side of a straight river with two sectors.

The river lies on the equator, where a degree is 111,319.49 m long, so that north and south mirror
each other exactly; the roads run beside it, some 11 km away. Words of one side stand beside the same
words of the other, so that the sides can be swapped.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import UTC, datetime
from functools import cache
from typing import Any

import numpy as np
import pyarrow as pa

from truceline.engines.local import Checked, check_batch
from truceline.engines.setup import Setup, prepare
from truceline.evidence.batch import Batch, Lists
from truceline.formats.terms_file import load_text
from truceline.locate.along import point_at
from truceline.locate.line import reference_line
from truceline.terms.agreement import Agreement
from truceline.terms.shapes import LineShape

TERMS = """
truceline: 1
agreement: {id: toy-truce, title: Truce of the river, class: cessation, zone: Etc/GMT-2}
instruments:
  truce: {title: Truce, signed: 2031-05-01, in_force: "2031-05-02T12:00+02:00"}
  annex: {title: Annex, signed: 2031-05-10, amends: truce}
parties:
  northbank: [signatory]
  southbank: [signatory]
  northhill: {role: non-party}
  southhill: {role: non-party}
  northvale: {role: addressee, consent: s.text}
  southvale: {role: addressee}
actors:
  northbank_army: {title: Northbank Army, of: northbank, also: [Northbank Forces]}
  southbank_army: {title: Southbank Army, of: southbank, also: [Southbank Forces]}
  northbank_scouts: {of: northbank}
  southbank_scouts: {of: southbank}
  northbank_guides: {of: northbank}
  southbank_guides: {of: southbank}
  northhill_army: {of: northhill}
  southhill_army: {of: southhill}
  northvale_army: {of: northvale}
  southvale_army: {of: southvale}
  visitors: {}
sets:
  armies: {title: the armies, in: [northbank_army, southbank_army], unsure: [northbank_scouts, southbank_scouts]}
  guests: {in: [{who: visitors, from: 2031-06-01, until: 2031-07-01}], unsure: [armies]}
areas:
  Northton: {title: town of Northton, geometry: {coordinates: [[20.2, 0.05], [20.4, 0.05], [20.4, 0.25], [20.2, 0.05]]}}
  Southton: {geometry: {coordinates: [[20.6, -0.3], [20.9, -0.3], [20.9, -0.02], [20.6, -0.3]]}, uncertainty: 500 m}
  Bridge: {geometry: {coordinates: [[20.45, -0.02], [20.55, -0.02], [20.55, 0.02], [20.45, 0.02], [20.45, -0.02]]}}
  Mill: {geometry: undisclosed}
lines:
  river: {title: the river, plus: north, geometry: {coordinates: [[20.0, 0.0], [21.0, 0.0]]}}
  northroad: {title: north road, plus: north, geometry: {coordinates: [[20.0, 0.1], [21.0, 0.1]]}, uncertainty: 50 m}
  southroad: {title: south road, plus: south, geometry: {coordinates: [[20.0, -0.1], [21.0, -0.1]]}}
  brook: {title: the brook, plus: left, geometry: {coordinates: [[20.3, 0.3], [20.5, 0.1], [20.8, 0.3]]}}
  border: {title: the border, plus: north, one_of: [river, northroad]}
  front: {title: the front, plus: the other side, geometry: {coordinates: [[20.0, -0.2], [21.0, -0.2]]}}
  hidden: {title: the hidden line, plus: north}
sides:
  north: {who: northbank_army, line: northroad}
  south: {who: southbank_army, line: southroad}
zones:
  strip: {between: [northroad, southroad]}
  towns: {places: [Northton, Southton], unsure: [Bridge]}
provisions:
  halt: {who: armies, what: hostilities, where: towns, at_most: 0, under: truce, words: The fire stops., source: s.text}
  empty: {who: any, what: presence, where: strip, at_most: 0, except: [northbank_guides, southbank_guides, Bridge],
    when: {from: 2031-05-04}, source: s.text}
  behind: {each_side: true, who: side.who, what: presence, where: {line: side.line, away: 3..4 mi}, at_most: 0,
    under: truce, source: s.text}
  guns: {who: armies, what: [artillery, tank], at_most: 0, under: annex, when: {from: none}, source: s.text,
    where: {line: river, sectors: [{until: 50 km, away: 3 mi}, {from: 50 km, away: 10 to 15 km}], ends: round}}
  few: {who: armies, what: tank, where: {line: river, away: 20 km, both_sides: true, ends: flat}, at_most: 3,
    under: truce, source: s.text}
  fewer: {who: armies, what: presence, where: towns, trend: down, under: truce, source: s.text}
  swap: {who: guests, what: detention, where: anywhere, at_most: 0, under: truce, if: the bridge is open,
    source: s.text}
  spirit: {who: armies, what: good faith, monitorable: none, because: intent, source: s.text}
term: {until: 2032-01-01, source: s.text}
readings:
  northview: {holder: northbank, source: s.north, set: {provisions.behind.where.away: 5 km,
    provisions.halt.where: Northton}, denies: [guns]}
  southview: {holder: southbank, source: [s.south], set: {provisions.behind.where: {line: border, away: 4 mi},
    provisions.halt.who: any, provisions.empty.when: {from: 2031-05-06}}}
  press: {holder: press, source: s.press, set: {provisions.guns.where: {any: [{line: hidden, away: 5 km},
    {line: front, away: 2 km}]}, provisions.guns.when: {from: 2031-05-20}, provisions.few.at_most: 5}}
demands:
  wide: {by: northbank, where: {line: river, away: 30..40 km}, who: southbank_army, source: s.north}
  heavy: {by: southbank, where: {line: river, away: 30 km}, what: tank, except: [northbank_scouts, Bridge],
    source: s.south}
sources:
  s.text: {kind: primary, by: [Northbank, Southbank], said: 2031-05-01}
  s.north: {by: spokesman of Northbank, said: 2031-05-12, via: [Radio North]}
  s.south: {by: spokesman of Southbank, said: 2031-05-12, via: [Radio South]}
  s.press: {by: press, said: 2031-06-20, of: [s.north, s.south]}
"""

RIVER = reference_line([[(20.0, 0.0), (21.0, 0.0)]], plus="north")

_TIMES, _NUMBERS = ("from", "until", "reported", "recorded"), ("lon", "lat", "radius_m", "calibre_mm", "range_km")
_LISTS, _COUNTS = ("by", "involved", "maybe"), ("count_lo", "count_hi")
_WORDS = ("report", "region", "act", "thing", "model", "unit", "dataset", "release", "place")
REPORTS = pa.schema([
    *((name, pa.string()) for name in _WORDS),
    *((name, pa.timestamp("us", "UTC")) for name in _TIMES),
    *((name, pa.float64()) for name in _NUMBERS),
    *((name, pa.list_(pa.string())) for name in _LISTS),
    *((name, pa.int64()) for name in _COUNTS),
    ("lasting", pa.bool_()),
])  # fmt: skip


@cache
def truce() -> Agreement:
    """Give the toy truce."""
    return load_text(TERMS, "toy.yaml")


@cache
def setup() -> Setup:
    """Give the toy truce, ready to be checked under all of its readings."""
    return prepare(truce())


def amended(*changes: tuple[str, str], readings: bool = True) -> Agreement:
    """Give the toy truce with some of its words replaced, each of which must stand in it once.

    Without its readings it is loaded in a third of the time.
    """
    text = TERMS if readings else TERMS[: TERMS.index("readings:")] + TERMS[TERMS.index("demands:") :]
    for old, new in changes:
        if text.count(old) != 1:
            raise ValueError(old)
        text = text.replace(old, new)
    return load_text(text, "toy.yaml")


def reports(*rows: Mapping[str, Any]) -> pa.Table:
    """Make a table of reports; instants are ISO words, what is left out is not stated."""
    full = [{"report": f"r{number}", **row} for number, row in enumerate(rows)]
    for row in full:
        row.update({name: instant(row[name]) for name in _TIMES if row.get(name) is not None})
    return pa.Table.from_pylist(full, schema=REPORTS)


def instant(words: str | datetime) -> datetime:
    """Read an instant; without an offset it is UTC."""
    moment = words if isinstance(words, datetime) else datetime.fromisoformat(words)
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


def spot(station: float, offset: float, radius: float = 0.0) -> dict[str, float]:
    """Give a place by its station and offset [m] along the river."""
    lon, lat = point_at(RIVER, station, offset)
    return {"lon": float(lon[0]), "lat": float(lat[0]), "radius_m": radius}


def day(words: str) -> dict[str, datetime]:
    """Give the span of a whole day in UTC."""
    start = instant(words)
    return {"from": start, "until": start.replace(hour=0) + (instant("2000-01-02") - instant("2000-01-01"))}


def at(words: str) -> dict[str, datetime]:
    """Give an instant as a span of no length."""
    return {"from": instant(words), "until": instant(words)}


def check(table: pa.Table, held: Setup | None = None) -> Checked:
    """Check reports against the toy truce, or against another one."""
    return check_batch(held or setup(), table)


def verdicts(checked: Checked) -> dict[tuple[str, str, str], tuple[str, str]]:
    """Give verdict and reasons by (report, provision, reading)."""
    return {(row["report"], row["provision"], row["reading"]): (row["verdict"], row["reasons"])
            for row in checked.findings.to_pylist()}  # fmt: skip


def under(checked: Checked, provision: str, reading: str = "text") -> list[tuple[str, str]]:
    """Give verdict and reasons of every report under one provision and one reading."""
    found = verdicts(checked)
    return [found[one, provision, reading] for one in checked.report_ids.to_pylist()]


_PAIRS = (("north", "south"), ("North", "South"), ("left", "right"))
_OTHER = {word: other for pair in _PAIRS for word, other in (pair, pair[::-1])}


def swapped(text: str) -> str:
    """Swap every word of one side for that of the other, left for right too, as in a mirror."""
    return re.sub("|".join(_OTHER), lambda match: _OTHER[match[0]], text)


def mirrored(text: str) -> Agreement:
    """Swap the sides of an agreement, and draw its lines and areas as in a mirror on the equator."""
    agreement = load_text(swapped(text), "toy.yaml")
    flip = np.array([1.0, -1.0])
    shapes = {
        name: replace(shape, parts=tuple(part * flip for part in shape.parts))
        if isinstance(shape, LineShape)
        else replace(shape, polygons=tuple(tuple(ring * flip for ring in rings) for rings in shape.polygons))
        for name, shape in agreement.shapes.items()
    }
    return replace(agreement, shapes=shapes)


def lists(*rows: Iterable[int]) -> Lists:
    """Make a column of lists of ids."""
    members = [tuple(row) for row in rows]
    starts = np.concatenate(([0], np.cumsum([len(row) for row in members]))).astype(np.int64)
    return Lists(starts, np.array([one for row in members for one in row], dtype=np.int32))


def batch(n: int = 1, **columns: Any) -> Batch:
    """Make n coded reports that state nothing, but for the columns given."""
    nothing: dict[str, Any] = {
        "start_us": np.zeros(n, np.int64), "end_us": np.zeros(n, np.int64), "dated": np.zeros(n, np.bool_),
        "lasting": np.zeros(n, np.bool_), "lon": np.full(n, np.nan), "lat": np.full(n, np.nan),
        "radius": np.full(n, np.inf), "placed": np.zeros(n, np.bool_), "region": np.full(n, -1, np.int32),
        "by": lists(*[()] * n), "involved": lists(*[()] * n), "act": np.full(n, -1, np.int32),
        "maybe": lists(*[()] * n), "thing": np.full(n, -1, np.int32), "count_lo": np.full(n, -1, np.int64),
        "count_hi": np.full(n, -1, np.int64), "dataset": np.full(n, -1, np.int32),
        "calibre_mm": np.full(n, np.nan), "range_m": np.full(n, np.nan), "make": np.full(n, -1, np.int32),
    }  # fmt: skip
    given = {name: value if isinstance(value, Lists) else np.asarray(value, nothing[name].dtype)
             for name, value in columns.items()}  # fmt: skip
    return Batch(**nothing | given)
