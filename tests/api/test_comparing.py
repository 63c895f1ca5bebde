"""Comparing from Python: what is shown, what is refused, and files read as both versions would read them."""

import pyarrow as pa
import pytest

import truceline as tl
from truceline.api.comparing import compare, pair_from, readings, run_pair, start_pair
from truceline.api.reading import Asked, open_files
from truceline.engines.setup import prepare

TOY = "examples/toy"


@pytest.fixture(scope="module")
def deal():
    """Load the toy agreement."""
    return tl.load(f"{TOY}/terms.yaml")


@pytest.fixture(scope="module")
def rows(deal):
    """Read its reports."""
    return tl.read_reports(f"{TOY}/reports.csv", agreement=deal)


def test_readings_are_shown_side_by_side(deal):
    """As text, as Markdown, as a table of words, as plain data."""
    found = readings(deal, provision="pull_back")

    assert repr(found) == "<Readings of river-truce: 2 readings of 1 clause>"
    assert "depth: 3 to 4 miles -> 4 mi" in str(found)
    assert "| `north` |" in found.markdown
    assert found.rows.column("reading").to_pylist() == ["text", "north", "south"]
    assert found.as_dict()["readings"] == ["north", "south"]
    assert readings(deal, as_known="2030-03-01").as_dict()["readings"] == ["north"]


def test_names_that_are_not_there_come_all_at_once(deal):
    """A reading and a provision."""
    with pytest.raises(tl.UsageError) as raised:
        readings(deal, provision=["pull_bck"], reading="nrth")

    assert [fault.code for fault in raised.value] == ["TL-E904", "TL-E901"]


def test_two_readings_are_compared(deal, rows):
    """Words alone, or the verdicts of reports too."""
    words, verdicts = compare(deal, between=("north", "south")), compare(deal, between=("north", "south"), reports=rows)

    assert words.differ
    assert words.rows is None
    assert verdicts.differ
    assert repr(verdicts) == "<Comparison of north and south: pull_back differ>"
    assert "the verdict differs on 1 of 5 reports" in str(verdicts)
    assert verdicts.as_dict()["reports"] == 5
    assert verdicts.rows.num_rows == 5


def test_two_versions_are_compared(deal, rows):
    """Equal ones differ in nothing."""
    same = compare(deal, tl.load(f"{TOY}/terms.yaml"), reports=rows)

    assert not same.differ
    assert repr(same) == f"<Comparison of {TOY}/terms.yaml (first) and {TOY}/terms.yaml (second): the same clauses>"


@pytest.mark.parametrize("more", [{}, {"between": ("north", "south"), "reading": "north"}])
def test_one_text_is_not_enough(deal, more):
    """Nor are three."""
    with pytest.raises(tl.UsageError, match="TL-E960"):
        compare(deal, **more)


def test_open_files_are_as_good_as_tables(deal):
    """They are read already."""
    files = open_files(deal, [f"{TOY}/reports.csv"], Asked(), known_until_us=prepare(deal).known_until_us)

    assert compare(deal, between=("north", "south"), reports=files).differ


def test_a_run_writes_rows_and_counts_what_it_was_not_asked_to_write(deal):
    """All rows, or those that differ; the counts are the same."""
    pair = pair_from(deal, None, between=("north", "south"), reading=None, as_known=None)
    run = start_pair(pair, (deal, None), [f"{TOY}/reports.csv"], Asked())
    every, some = [], []
    counts = [
        run_pair(pair, run, write=every.append),
        run_pair(pair, run, write=some.append, only=True),
        run_pair(pair, run),
    ]

    assert pa.Table.from_batches(every).num_rows == 5
    assert pa.Table.from_batches(some).column("report").to_pylist() == ["toy:2"]
    assert [one.reports for one in counts] == [5, 5, 5]
    assert [one.meetings[0].differ for one in counts] == [1, 1, 1]


def version(tmp_path, name, *changes):
    """Write a version of a small agreement, beside its geometry."""
    folder = tmp_path / name
    folder.mkdir()
    ring = "[[[0,0],[1,0],[1,1],[0,0]]]"
    area = '{"type":"Feature","id":"D","properties":{},"geometry":{"type":"Polygon","coordinates":' + ring + "}}"
    more, body = area.replace('"D"', '"E"').replace("[1,1]", "[1,2]"), TERMS
    features = f"{area},{more}" if "wide" in name else area
    if "moved" in name:
        features = area.replace("[1,1]", "[1,3]")
    for old, new in changes:
        body = body.replace(old, new)
    (folder / "map.geojson").write_text('{"type":"FeatureCollection","features":[' + features + "]}", encoding="utf-8")
    (folder / "terms.yaml").write_text(body, encoding="utf-8")
    return tl.load(folder / "terms.yaml")


TERMS = """\
truceline: 1
agreement: {id: t, title: T, class: cessation, zone: UTC}
instruments: {pact: {in_force: 2030-03-01T00:00Z}}
parties: {north: [signatory]}
areas: {D: {geometry: {file: map.geojson, id: D}}}
provisions: {quiet: {who: any, what: fire, where: D, at_most: 0, under: pact, source: s.pact}}
sources: {s.pact: {kind: primary}}
"""


def test_reports_are_read_as_both_versions_would(tmp_path):
    """Other zones or other districts are refused until they are named; districts that one file lacks are no matter."""
    reports = tmp_path / "reports.csv"
    reports.write_text("report,from,region,act\na,2030-03-05,D,fire\nb,2030-03-05,E,fire\n", encoding="utf-8")
    old, wide = version(tmp_path, "old"), version(tmp_path, "wide")
    moved = version(tmp_path, "moved", ("zone: UTC", "zone: Etc/GMT-3"))

    def run(one, other, asked=None):
        pair = pair_from(one, other, between=None, reading=None, as_known=None)
        return run_pair(pair, start_pair(pair, (one, other), [str(reports)], asked or Asked()))

    with pytest.raises(tl.UsageError) as raised:
        run(old, moved)
    assert [fault.code for fault in raised.value] == ["TL-E961", "TL-E961"]
    assert run(old, moved, Asked(zone="UTC", regions=tmp_path / "wide" / "map.geojson")).reports == 2
    one, other = run(old, wide).meetings[0].flips, run(wide, old).meetings[0].flips
    assert {pair: flip.count for pair, flip in one.items()} == {pair: flip.count for pair, flip in other.items()}
