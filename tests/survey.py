"""The oracle for many places at once: pyproj on a walk along the line, every stretch that may be nearest searched."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from oracle import GOLDEN, Walk
from zoo import GEOD

RIVAL = 0.05  # feet that are farther by less [m] must all be on one side before a side is sure
EVERY = 10  # stops of the walk that make a stretch
MOST = 1_000_000  # geodesics measured at once
ABEAM = 0.06  # degrees: nearer to the perpendicular at an end, a line known to two centimetres may have no side
LOOK = 2e-2  # metres ahead and back at which a course is taken
FLAT = 0.01  # degrees: a line that turns by less runs straight on; one that turns back by nearly 180 has no side


@dataclass(frozen=True, slots=True)
class Surveyed:
    """What the oracle says of n places: metres; 1 left, -1 right, 0 beyond an end; whether that is beyond doubt."""

    distance: np.ndarray
    left: np.ndarray
    sure: np.ndarray


@dataclass(frozen=True, slots=True)
class Feet:
    """One row for every place and stretch that may hold its foot."""

    place: np.ndarray
    stretch: np.ndarray
    share: np.ndarray
    distance: np.ndarray


class Survey:
    """A walk in stretches of about a kilometre, each on one edge."""

    def __init__(self, walk: Walk) -> None:
        """Pick the stops; stretches that have no length are left out."""
        self.walk = walk
        stops = np.flatnonzero(np.isin(walk.share, (0.0, 1.0)) | (np.arange(len(walk.share)) % EVERY == 0))
        long = np.diff(walk.station[stops])
        kept = (np.diff(walk.number[stops]) == 0) & (long > 1e-6)
        self.first, self.last, self.long = stops[:-1][kept], stops[1:][kept], 1.01 * long[kept]
        self.edge, self.low, self.high = walk.number[self.first], walk.share[self.first], walk.share[self.last]

    def look(self, lon, lat) -> Surveyed:
        """Measure n places."""
        steps = max(len(lon) * 2 * len(self.first) // MOST, 1)
        chunks = np.array_split(np.arange(len(lon)), steps)
        found = [self._looked(lon[rows], lat[rows]) for rows in chunks]
        return Surveyed(*(np.concatenate([getattr(one, name) for one in found]) for name in Surveyed.__slots__))

    def _looked(self, lon, lat):
        feet = self._feet(lon, lat)
        best = np.full(len(lon), np.inf)
        np.minimum.at(best, feet.place, feet.distance)
        here = feet.distance <= best[feet.place] + RIVAL
        feet = Feet(*(getattr(feet, name)[here] for name in Feet.__slots__))
        side, sure = self._sides(feet, lon[feet.place], lat[feet.place])
        least = ~self._outdone(feet)
        lowest, highest, clear = np.ones(len(lon), int), -np.ones(len(lon), int), best > RIVAL
        np.minimum.at(lowest, feet.place[least], side[least])
        np.maximum.at(highest, feet.place[least], side[least])
        np.logical_and.at(clear, feet.place[least], sure[least])
        return Surveyed(best, lowest, clear & (lowest == highest))

    def _feet(self, lon, lat):
        """Search every stretch that may hold a foot: no place of it is nearer than its tips and its length allow."""
        stops = np.union1d(self.first, self.last)
        many = np.broadcast_arrays(lon[:, None], lat[:, None], self.walk.lon[stops], self.walk.lat[stops])
        far = np.asarray(GEOD.inv(*map(np.ascontiguousarray, many))[2])
        one, other = (far[:, np.searchsorted(stops, tips)] for tips in (self.first, self.last))
        place, stretch = np.nonzero(one + other - self.long <= 2.0 * (far.min(axis=1, keepdims=True) + RIVAL))
        tips = self.low[stretch], self.high[stretch]
        middle = self._narrowed(self.edge[stretch], *tips, lon[place], lat[place])
        away = np.asarray(GEOD.inv(*self.walk.at(self.edge[stretch], middle), lon[place], lat[place])[2])
        shares = np.stack([*tips, middle])
        aways = np.stack([one[place, stretch], other[place, stretch], away + 1e-8])
        best = np.argmin(aways, axis=0)
        return Feet(place, stretch, *(rows[best, np.arange(len(best))] for rows in (shares, aways)))

    def _narrowed(self, edge, low, high, lon, lat):
        """Search by golden section."""
        for _ in range(36):
            tries = high - GOLDEN * (high - low), low + GOLDEN * (high - low)
            to_one, to_other = (np.asarray(GEOD.inv(*self.walk.at(edge, share), lon, lat)[2]) for share in tries)
            low, high = np.where(to_one <= to_other, low, tries[0]), np.where(to_one <= to_other, tries[1], high)
        return (low + high) / 2.0

    def _outdone(self, feet):
        """Say which feet stand at a tip from which the line leads on to a nearer place."""
        key = feet.place * (len(self.first) + 1) + feet.stretch
        nearer = np.zeros(len(key), dtype=bool)
        for tip, step in ((self.low, -1), (self.high, 1)):
            rows = np.flatnonzero(feet.share == tip[feet.stretch])
            wanted = feet.place[rows] * (len(self.first) + 1) + self._joined(step)[feet.stretch[rows]]
            at = np.minimum(np.searchsorted(key, wanted), len(key) - 1)
            nearer[rows] |= (key[at] == wanted) & (feet.distance[at] < feet.distance[rows] - 1e-7)
        return nearer

    def _joined(self, step):
        """Say which stretch goes on from each one's tip, back (-1) or ahead (1); -1 at an end of the line."""
        order, walk = np.arange(len(self.first)), self.walk
        here, there = (self.last, self.first) if step > 0 else (self.first, self.last)
        beside = (order + step) % len(order)
        gap = GEOD.inv(walk.lon[here], walk.lat[here], walk.lon[there[beside]], walk.lat[there[beside]])[2]
        return np.where(np.asarray(gap) < 1e-3, beside, -1)

    def _sides(self, feet, lon, lat):
        """Compare azimuths at the feet: the outer side of a bend, or the side of the course; 0 beyond an end."""
        edge, share = self.edge[feet.stretch], feet.share
        place = self.walk.at(edge, share)
        towards = np.asarray(GEOD.inv(*place, lon, lat)[0])
        behind, ahead = (self._course(feet, place, step) for step in (-1, 1))
        turn = _turned(ahead - behind)
        by_course = np.where(_turned(towards - np.where(np.isnan(ahead), behind, ahead)) < 0.0, 1, -1)
        side = np.where(np.abs(turn) > FLAT, np.where(turn > 0.0, 1, -1), by_course)
        out = np.where(np.isnan(ahead), behind, ahead + 180.0)
        past = 90.0 - np.abs(_turned(towards - out))
        end = np.isnan(turn)
        sure = np.where(end, np.abs(past) > ABEAM, (np.abs(turn) < 180.0 - FLAT) & ~self._abeam(feet))
        return np.where(end & (past > 0.0), 0, side), sure

    def _abeam(self, feet):
        """Say which feet lie so near to an end of the line that the place may be beyond it."""
        low, high, long = (column[feet.stretch] for column in (self.low, self.high, self.long))
        before, after = (self._joined(step)[feet.stretch] < 0 for step in (-1, 1))
        share = np.where(before, feet.share - low, np.inf), np.where(after, high - feet.share, np.inf)
        return np.minimum(*share) / (high - low) * long < np.radians(ABEAM) * feet.distance

    def _course(self, feet, place, step):
        """Give the course at feet, as the line comes (-1) or as it goes on (1); NaN where there is no more line."""
        tip = feet.share == (self.high if step > 0 else self.low)[feet.stretch]
        other = np.where(tip, self._joined(step)[feet.stretch], feet.stretch)
        low, high = self.low[other], self.high[other]
        look = np.minimum(LOOK / self.long[other], 1.0) * (high - low)
        inner = np.clip(feet.share, low, high - look) if step > 0 else np.clip(feet.share, low + look, high)
        begin = np.where(tip, low if step > 0 else high, inner)
        stand = np.where(tip, place, self.walk.at(self.edge[other], begin))
        azimuth = np.asarray(GEOD.inv(*stand, *self.walk.at(self.edge[other], begin + step * look))[0])
        return np.where(other < 0, np.nan, azimuth + (180.0 if step < 0 else 0.0))


def _turned(angle):
    return (angle + 180.0) % 360.0 - 180.0
