"""Clauses and positions go by names that people use, and a clause of two sides says whose side it is."""

from __future__ import annotations

import truceline as tl
from truceline.publish.clauses import provisions, stances
from truceline.publish.curves import rivals

TERMS = """
truceline: 1
agreement: {id: two-banks, title: Two banks, class: cessation, zone: UTC}
instruments: {pact: {title: Truce of the two banks, signed: 2030-02-20, in_force: 2030-03-01T00:00Z}}
parties:
  northbank: {title: Northbank, role: signatory}
  southbank: {title: Southbank, role: signatory}
actors:
  northbank_army: {title: Northbank army, of: northbank, also: [Northbank Army]}
  southbank_army: {title: Southbank army, of: southbank, also: [Southbank Army]}
lines:
  river: {title: the river, plus: south, geometry: {coordinates: [[20.0, 10.0], [21.0, 10.0]]}, edges: lonlat}
sides:
  northbank: {who: northbank_army, line: river}
  southbank: {who: southbank_army, line: river}
provisions:
  keep_away:
    title: keep away from the river
    who: side.who
    what: presence
    where: {line: side.line, away: 3 mi, both_sides: true, ends: flat}
    at_most: 0
    when: {from: 2030-03-01T00:00Z}
    each_side: true
    source: s.pact
demands:
  farther: {by: southbank, where: {line: river, away: 5..7 km}, source: s.pact}
stances:
  - {actor: southbank, to: pact, is: accepts, source: s.pact}
  - {actor: northbank, to: keep_away, is: interprets, source: s.pact}
  - {actor: northbank, to: farther, is: rejects, source: s.pact}
  - {actor: northbank, to: agreement, is: rejects, source: s.pact}
sources: {s.pact: {by: [Northbank, Southbank], said: 2030-02-20, kind: primary}}
"""
REPORTS = "id,date,lat,lon,radius_m,actor,act\nr1,2030-04-01,10.01,20.5,500,Northbank Army,presence\n"


def checked(folder):
    """Check one report of the two banks."""
    (folder / "terms.yaml").write_text(TERMS, encoding="utf-8")
    (folder / "reports.csv").write_text(REPORTS, encoding="utf-8")
    deal = tl.load(folder / "terms.yaml")
    return tl.check(deal, tl.read_reports(folder / "reports.csv", agreement=deal))


def test_a_clause_of_two_sides_names_the_side_its_forces_and_its_line(tmp_path):
    """Nothing is left of the words that stand for a row of `sides`."""
    north, south = provisions(checked(tmp_path))

    assert (north["title"], south["title"]) == (
        "Keep away from the river (Northbank)", "Keep away from the river (Southbank)",
    )  # fmt: skip
    assert north["who"] == "Northbank army"
    assert "Southbank army: presence, within 3 mi" in south["sentence"]
    assert "of the river" in south["where_words"]
    assert "side." not in south["sentence"]


def test_positions_are_taken_to_things_with_titles(tmp_path):
    """An instrument and a clause by title, a demand by its words."""
    told = [one["to"] for one in stances(checked(tmp_path).setup.agreement.under(None))]

    assert told == [
        "Truce of the two banks", "keep away from the river", "Southbank: within 5 to 7 km of the river",
        "the agreement",
    ]  # fmt: skip


def test_a_distance_is_labelled_by_its_speaker(tmp_path):
    """Shortly, as it stands at the head of its hairline."""
    labels = {(one["id"], one["label"]) for one in rivals(checked(tmp_path))}

    assert labels == {("text", "the text, 3 mi"), ("farther", "Southbank, 5\u20137 km")}
