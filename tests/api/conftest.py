"""A truce on a straight river for those who work in Python."""

import pytest

import truceline as tl

TERMS = """\
truceline: 1
agreement: {id: river-truce, title: River <truce>, class: cessation, zone: Etc/GMT-2}
instruments: {pact: {title: Pact, signed: 2030-02-20, in_force: 2030-03-01T00:00+02:00, text: public}}
parties: {northbank: {role: signatory}, southbank: {role: signatory}}
actors:
  northbank_army: {of: northbank, also: [Northbank Army]}
  southbank_army: {of: southbank, also: [Southbank Army]}
lines:
  river: {title: the river, plus: south, geometry: {coordinates: [[20.0, 10.0], [21.0, 10.0]]}, edges: lonlat}
  brook: {title: the brook, plus: south}
  front: {title: the front, plus: the other side, geometry: {coordinates: [[20.0, 9.0], [21.0, 9.0]]}}
provisions:
  pull_back:
    {who: southbank_army, what: presence, where: {line: river, away: 3 mi}, at_most: 0, under: pact, source: s.pact}
readings:
  north: {holder: northbank, source: s.north, set: {provisions.pull_back.where.away: 4 mi}}
sources:
  s.pact: {by: [Northbank, Southbank], said: 2030-02-20, kind: primary}
  s.north: {by: Northbank spokesman, said: 2030-03-21}
"""


@pytest.fixture(scope="session")
def deal():
    """Load the terms from text."""
    return tl.loads(TERMS)


@pytest.fixture
def post():
    """Report a post 5.5 km south of the river: inside 4 miles, outside 3."""
    return tl.report(
        by="Southbank Army", lon=20.5, lat=9.95028, within="200 m", when="2030-03-06T10:00Z", act="position"
    )
