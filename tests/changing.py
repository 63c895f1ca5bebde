"""A truce whose ground changes: a river that moves, a bypass, a gap between roads, a baseline and an air zone."""

from __future__ import annotations

from functools import cache

from truceline.engines.setup import Setup, prepare
from truceline.terms.agreement import Agreement
from world import TERMS, amended

RIVER = "geometry: {coordinates: [[20.0, 0.0], [21.0, 0.0]]}"
NORTH, SOUTH = (f"geometry: {{coordinates: [[20.0, {lat}], [21.0, {lat}]]}}" for lat in (0.03, -0.02))
MOVED = f'versions: [{{from: "2031-05-10T00:00+02:00", {NORTH}}}, {{from: 2031-05-20, {SOUTH}, source: s.press}}]'
STILL = f"river: {{title: the river, plus: north, {RIVER}}}"
BYPASS = """lines:
  bypass: {title: the bypass, plus: south, geometry: {coordinates: [[20.2, -0.12], [20.7, -0.12]]},
    replaces: {line: southroad, from: 30 km, until: 70 to 72 km}}
"""
CLAUSES = """provisions:
  freeze: {each_side: true, who: side.who, what: presence, at_most: 0, under: truce, baseline: {line: side.line},
    source: s.text}
  held: {who: armies, what: presence, where: {of: {between: [river, southroad]}, but_not: towns}, at_most: 0,
    under: truce, source: s.text}
  sky: {who: armies, what: overflight, where: {line: river, away: 10 km, air: true, ends: round}, at_most: 0,
    under: truce, source: s.text}
"""
CHANGES = (
    (STILL, STILL.replace(RIVER, f"{RIVER}, {MOVED}")),
    ("lines:\n", BYPASS),
    ("south: {who: southbank_army, line: southroad}", "south: {who: southbank_army, line: [southroad, bypass]}"),
    ("provisions:\n", CLAUSES),
)
_NORTH = "northview: {holder: northbank, source: s.north, set: {provisions.behind.where.away: "
GAP = (f"{_NORTH}5 km,", f'{_NORTH}"(50 km - gap)/2",')
_HALT = "provisions.halt.where: Northton"
GROUND = (f"{_HALT}}}, denies: [guns]", f"{_HALT}, provisions.sky.where.away: 15 km}}, denies: [guns]")


@cache
def changing() -> Agreement:
    """Give the truce whose ground changes."""
    return amended(*CHANGES, GAP, GROUND)


@cache
def held() -> Setup:
    """Give it ready to be checked under all of its readings."""
    return prepare(changing())


@cache
def words() -> str:
    """Give its terms as text, to be read in a mirror."""
    text = TERMS
    for old, new in (*CHANGES, GAP, GROUND):
        text = text.replace(old, new)
    return text
