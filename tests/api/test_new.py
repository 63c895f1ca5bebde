"""Terms to begin with: nothing is lost on the way, and nothing is overwritten."""

import pytest

from truceline.api.new import begin, begun_with
from truceline.api.terms import lint, load
from truceline.errors import UsageError
from truceline.formats import library

TERMS = """\
truceline: 1
agreement: {id: river, title: River, class: cessation}
instruments: {truce: {signed: 2031-05-01}}
parties: {northbank: [signatory]}
lines: {front: {title: the front, plus: north, geometry: {file: geo/front.geojson, id: a}}}
provisions: {away: {who: any, what: presence, where: {line: front, away: 3 km}, at_most: 0, source: s.text}}
sources: {s.text: {kind: primary}}
"""
MAP = (
    '{"type": "FeatureCollection", "features": [{"type": "Feature", "id": "a", '
    '"geometry": {"type": "LineString", "coordinates": [[20, 10], [21, 10]]}}]}'
)


@pytest.fixture
def shelf(tmp_path, monkeypatch):
    """Put up a shelf with one agreement and its geometry."""
    folder = tmp_path / "shelf" / "agreements"
    (folder / "geo").mkdir(parents=True)
    (folder / "river.yaml").write_text(TERMS, encoding="utf-8")
    (folder / "geo" / "front.geojson").write_text(MAP, encoding="utf-8")
    (folder / "SOURCE.md").write_text("drawn by us\n", encoding="utf-8")
    monkeypatch.setattr(library, "files", lambda _: folder.parent)
    return folder


@pytest.fixture
def desk(tmp_path):
    """Make an empty folder to write into."""
    folder = tmp_path / "desk"
    folder.mkdir()
    return folder


def test_the_form_loads_and_is_honest(desk):
    """The empty form is a sound file, and what it leaves open is found."""
    [path] = begin(desk / "my.yaml", begun_with())
    agreement = load(path)

    assert {"TIM-1", "TIM-2", "GEO-2", "GEO-5", "TXT-1"} <= {finding.rule for finding in lint(agreement)}
    assert agreement.shapes == {}


def test_a_copy_brings_its_geometry_and_its_credit(shelf, desk):
    """Geometry lies where the copy looks for it; where it comes from stands beside it under the name of the copy."""
    written = begin(desk / "my.yaml", begun_with("library:river"))

    assert [path.relative_to(desk).as_posix() for path in written] == ["geo/front.geojson", "my.SOURCE.md", "my.yaml"]
    assert (desk / "my.yaml").read_text(encoding="utf-8").startswith("# Begun with 'river' (River) of the library")
    assert (desk / "my.yaml").read_text(encoding="utf-8").endswith(TERMS)
    assert load(desk / "my.yaml").shapes.keys() == {"lines.front"}
    assert (shelf / "river.yaml").read_text(encoding="utf-8") == TERMS


@pytest.mark.usefixtures("shelf")
def test_nothing_is_overwritten(desk):
    """Whatever is there is told at once, and nothing is written; equal geometry is no obstacle."""
    begin(desk / "first.yaml", begun_with("river"))
    second = begin(desk / "second.yaml", begun_with("river"))
    (desk / "geo" / "front.geojson").write_text("{}", encoding="utf-8")
    (desk / "third.yaml").symlink_to(desk / "nowhere")
    with pytest.raises(UsageError) as refused:
        begin(desk / "third.yaml", begun_with("river"))

    assert [path.name for path in second] == ["second.SOURCE.md", "second.yaml"]
    assert [(fault.at, fault.code) for fault in refused.value] == [
        (str(desk / "geo" / "front.geojson"), "TL-E954"), (str(desk / "third.yaml"), "TL-E954"),
    ]  # fmt: skip
    assert not (desk / "third.SOURCE.md").exists()


@pytest.mark.usefixtures("shelf")
def test_a_place_that_cannot_be_written_is_told(desk):
    """A folder that is not there is not made, and a file in the place of one is no folder."""
    with pytest.raises(UsageError, match="TL-E910"):
        begin(desk / "no" / "my.yaml", begun_with("river"))
    (desk / "geo").touch()
    with pytest.raises(UsageError, match="TL-E910"):
        begin(desk / "my.yaml", begun_with("river"))
    assert not (desk / "no").exists()


def test_what_needs_nothing_has_nothing_beside_it(shelf):
    """Without geometry there is no page about its origin."""
    plain = TERMS.replace("{file: geo/front.geojson, id: a}", "undisclosed")
    (shelf / "river.yaml").write_text(plain, encoding="utf-8")

    assert begun_with("river").beside == {}
    assert "SOURCE.md" not in begun_with("river").text
