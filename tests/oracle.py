"""The nearest point of a line, found slowly and by other means: pyproj on a walk along the edges."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from pyproj import Geod

from zoo import Shape

GEOD = Geod(ellps="WGS84")
STEP = 100.0  # metres between the places at which the walk stops
GOLDEN = (np.sqrt(5.0) - 1.0) / 2.0


@dataclass(frozen=True, slots=True)
class Foot:
    """What the oracle says of one place; `rival` is how much farther the next best branch is [m]."""

    distance: float
    left: bool
    rival: float


class Walk:
    """All stops on a line, with the edge and the share of the edge at which each stands."""

    def __init__(self, shape: Shape) -> None:
        """Walk every edge of every part, in their order."""
        self.edges, self.lonlat = [], shape.edges == "lonlat"
        number, share = [], []
        for part in shape.lonlat():
            for (lon, lat), (to_lon, to_lat) in pairwise(part):
                turn = (to_lon - lon + 180.0) % 360.0 - 180.0
                self.edges.append((lon, lat, turn, to_lat - lat, *GEOD.inv(lon, lat, to_lon, to_lat)[::2]))
                stops = max(int(self.edges[-1][5] / STEP), 2) + 1
                number.append(np.full(stops, len(self.edges) - 1))
                share.append(np.linspace(0.0, 1.0, stops))
        self.number, self.share = np.concatenate(number), np.concatenate(share)
        self.lon, self.lat = self.at(self.number, self.share)
        steps = np.append(GEOD.inv(self.lon[:-1], self.lat[:-1], self.lon[1:], self.lat[1:])[2], 0.0)
        steps[np.append(np.diff(self.number) != 0, True)] = 0.0
        self.station = np.concatenate([[0.0], np.cumsum(steps)[:-1]])

    def at(self, number, share):
        """Stand on edges, at shares of them."""
        lon, lat, turn, rise, azimuth, far = np.array(self.edges)[number].T
        if self.lonlat:
            return (lon + turn * share + 180.0) % 360.0 - 180.0, lat + rise * share
        lon, lat, _ = GEOD.fwd(lon, lat, azimuth, far * share)
        return np.asarray(lon), np.asarray(lat)

    def missed(self, station, lon, lat):
        """Measure how far places [n] are from where the stations [n] lie, within a step of the walk."""
        stop = np.clip(np.searchsorted(self.station, station, side="right") - 1, 0, len(self.station) - 1)
        onward = np.minimum(stop + 1, len(self.station) - 1)
        way = np.maximum(self.station[onward] - self.station[stop], 1e-9)
        step = np.where(self.number[onward] == self.number[stop], (station - self.station[stop]) / way, 0.0)
        share = self.share[stop] + step * (self.share[onward] - self.share[stop])
        return np.asarray(GEOD.inv(*self.at(self.number[stop], share), lon, lat)[2])

    def nearest(self, lon: float, lat: float) -> Foot:
        """Find the nearest point: on every edge that may hold it, golden section around the best stop."""
        far = _between(lon, lat, self.lon, self.lat)
        near = np.flatnonzero(far < far.min() + 2.0 * STEP)
        best = [near[self.number[near] == number] for number in np.unique(self.number[near])]
        feet = [self._refined(lon, lat, stops[np.argmin(far[stops])]) for stops in best]
        distance, number, share = min(feet)
        foot = [float(value[0]) for value in self.at([number], [share])]
        away = _between(*foot, self.lon, self.lat) > 3.0 * STEP
        lows = np.flatnonzero((far <= np.roll(far, 1)) & (far <= np.roll(far, -1)) & away & (far < distance + 200.0))
        rival = min((self._refined(lon, lat, stop)[0] for stop in lows), default=np.inf)
        return Foot(distance, self._left(number, share, lon, lat), rival - distance)

    def _refined(self, lon, lat, stop):
        number = self.number[stop]
        step = 1.0 / (np.count_nonzero(self.number == number) - 1)
        low, high = max(self.share[stop] - step, 0.0), min(self.share[stop] + step, 1.0)
        for _ in range(40):
            one, other = high - GOLDEN * (high - low), low + GOLDEN * (high - low)
            to_one, to_other = _between(lon, lat, *self.at([number, number], np.array([one, other])))
            low, high = (low, other) if to_one <= to_other else (one, high)
        shares = np.array([0.0, 1.0, (low + high) / 2.0])
        far = _between(lon, lat, *self.at([number] * 3, shares))
        return float(far.min()), int(number), float(shares[np.argmin(far)])

    def _left(self, number, share, lon, lat):
        """Compare azimuths at the foot; off a vertex, a place lies on the outer side of the bend."""
        corner, course = self.at([number], [share]), self._course(number, share)
        neighbour, theirs = (
            ((number - 1) % len(self.edges), 1.0) if share == 0.0 else ((number + 1) % len(self.edges), 0.0)
        )
        there = self.at([neighbour], [theirs])
        if share in (0.0, 1.0) and GEOD.inv(corner[0][0], corner[1][0], there[0][0], there[1][0])[2] < 0.01:
            other = self._course(neighbour, theirs)
            return bool(((other - course) if share == 1.0 else (course - other)) % 360.0 < 180.0)
        towards = GEOD.inv(corner[0][0], corner[1][0], lon, lat)[0]
        return bool((towards - course) % 360.0 > 180.0)

    def _course(self, number, share):
        near = np.clip([share - 1e-6, share + 1e-6], 0.0, 1.0)
        lon, lat = self.at([number, number], near)
        return GEOD.inv(lon[0], lat[0], lon[1], lat[1])[0]


def _between(lon, lat, to_lon, to_lat):
    many = np.full(np.shape(to_lon), lon), np.full(np.shape(to_lon), lat)
    return np.asarray(GEOD.inv(*many, to_lon, to_lat)[2])
