"""A desk with an agreement, its district and a few reports, where files may be written."""

import os
from pathlib import Path

import pytest
from typer.testing import CliRunner

from truceline.cli.main import app

TERMS = """\
truceline: 1
agreement: {id: river-truce, title: River truce, class: cessation, zone: Etc/GMT-2}
instruments:
  pact: {title: Pact, signed: 2030-02-20, in_force: 2030-03-01T00:00+02:00, text: public}
parties:
  northbank: {role: signatory}
  southbank: {role: signatory}
actors:
  northbank_army: {of: northbank, also: [Northbank Army]}
  southbank_army: {of: southbank, also: [Southbank Army]}
areas:
  ford: {title: the ford, geometry: {file: map.geojson, id: ford}}
lines:
  river: {title: the river, plus: south, geometry: {file: map.geojson, id: river}, edges: lonlat}
  brook: {title: the brook, plus: south}
provisions:
  pull_back:
    who: southbank_army
    what: presence
    where: {line: river, away: 3 to 4 miles, ends: flat}
    at_most: 0
    under: pact
    words: 3 to 4 miles from the river
    source: s.pact
  quiet: {who: any, what: hostilities, where: ford, at_most: 0, under: pact, source: s.pact}
readings:
  north: {holder: northbank, source: s.north, set: {provisions.pull_back.where.away: 4 mi}}
  south: {holder: southbank, source: s.south, set: {provisions.pull_back.where.away: 3 mi}}
sources:
  s.pact: {by: [Northbank, Southbank], said: 2030-02-20, kind: primary}
  s.north: {by: Northbank spokesman, said: 2030-02-21}
  s.south: {by: Southbank spokesman, said: 2030-03-22}
"""

MAP = """\
{"type": "FeatureCollection", "features": [
 {"type": "Feature", "id": "river", "properties": {},
  "geometry": {"type": "LineString", "coordinates": [[20.0, 10.0], [21.0, 10.0]]}},
 {"type": "Feature", "id": "ford", "properties": {"name": "The Ford"},
  "geometry": {"type": "Polygon", "coordinates": [[[20.4, 9.9], [20.6, 9.9], [20.6, 9.99], [20.4, 9.99], [20.4, 9.9]]]}}
]}
"""

REPORTS = """\
report,from,lon,lat,radius_m,involved,by,act,reported,note
a,2030-03-05,20.5,9.98,100,Southbank Army,Southbank Army,position,2030-03-06,2.2 km south
b,2030-03-06,20.5,9.95028,500,Southbank Army,Southbank Army,position,2030-03-07,5.5 km south
c,2030-03-07,20.5,9.955,25000,Southbank Army,Southbank Army,position,2030-03-08,somewhere there
d,2030-02-25,20.5,9.99,100,Southbank Army,Southbank Army,position,2030-02-26,too early
e,2030-03-08,20.5,9.95,100,Northbank Army;Southbank Army,,clash,2030-04-09,in the ford
"""


@pytest.fixture
def desk(tmp_path, monkeypatch):
    """Lay out the files, and sit down there."""
    files = {"terms.yaml": TERMS, "map.geojson": MAP, "reports.csv": REPORTS}
    for name, text in files.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    for name in [name for name in os.environ if name.startswith("TRUCELINE_")] + ["COLUMNS"]:
        monkeypatch.delenv(name, raising=False)
    return tmp_path


@pytest.fixture
def run(desk):  # noqa: ARG001 - whoever runs a command sits at the desk
    """Run a command as it would be typed (without the name of the program)."""
    runner = CliRunner()

    def typed(line, **more):
        result = runner.invoke(app, line.split() if isinstance(line, str) else line, **more)
        if result.exception is not None and not isinstance(result.exception, SystemExit):
            raise result.exception
        return result

    return typed


@pytest.fixture
def left():
    """List the files on the desk that a run left, hidden ones too."""
    laid = {"terms.yaml", "map.geojson", "reports.csv"}
    return lambda: sorted({path.name for path in Path().iterdir()} - laid)
