"""A terms file and the shapes beside it; every fault of a shape stands at its place in the terms."""

import shutil
from pathlib import Path

import pytest

from truceline.errors import TermsError
from truceline.formats.terms_file import load, load_text
from truceline.terms.shapes import AreaShape, LineShape

GOOD = Path(__file__).parents[1] / "data" / "terms" / "good"

HEAD = """truceline: 1
agreement: {id: least, title: The least, class: cessation}
instruments: {truce: {signed: 2031-05-01}}
parties: {northbank: [signatory]}
provisions: {ceasefire: {who: any, what: hostilities, at_most: 0, source: memory}}
sources: {}
"""


def test_shapes_come_from_the_files_beside_the_terms():
    """Lines and areas are attached by name, with the feature that they come from."""
    shapes = load(GOOD / "river.yaml").shapes

    assert {name: shape.source for name, shape in shapes.items()} == {
        "lines.river": "river.geojson#river",
        "lines.canal": "river.geojson#canal",
        "lines.ditch": "lines.ditch",
        "areas.Old Town": "river.geojson#7",
        "areas.Islands": "river.geojson#islands",
        "areas.Market": "areas.Market",
    }
    assert isinstance(shapes["lines.canal"], LineShape)
    assert [len(part) for part in shapes["lines.canal"].parts] == [2, 2]
    assert isinstance(shapes["areas.Islands"], AreaShape)
    assert [len(polygon) for polygon in shapes["areas.Islands"].polygons] == [2, 1]


def test_a_line_that_a_reading_adds_has_its_shape():
    """Additions of readings are looked up like the entries of the text."""
    text = HEAD + (
        "readings: {north: {holder: northbank, add: "
        "{lines.fence: {title: fence, plus: north, geometry: {file: river.geojson, id: river}}}}}"
    )
    agreement = load_text(text, folder=GOOD)

    assert agreement.shapes["lines.fence"].source == "river.geojson#river"


def test_all_faults_of_shapes_come_at_once():
    """Missing files and ids, wrong kinds, and paths out of the folder, each at the geometry that asks for it."""
    text = (
        HEAD
        + """lines:
  a: {title: a, plus: north, geometry: {file: none.geojson, id: x}}
  b: {title: b, plus: north, geometry: {file: river.geojson, id: brook}}
  c: {title: c, plus: north, geometry: {file: river.geojson, id: islands}}
  d: {title: d, plus: north, geometry: {file: ../bad/form_nan.yaml, id: x}}
  e: {title: e, plus: north, geometry: {coordinates: [[20.0, 95.0], [21.0, 45.0]]}}
  f: {title: f, plus: north, geometry: {file: none.geojson, id: y}}
  g: {title: g, plus: north, geometry: {file: /etc/hostname, id: y}}
areas:
  well: {geometry: {file: river.geojson, id: well}}
  hook: {geometry: {coordinates: [[20.0, 45.0], [21.0, 45.0], [20.0, 45.0]]}}
"""
    )
    with pytest.raises(TermsError) as refused:
        load_text(text, "deal.yaml", folder=GOOD)

    assert [(fault.at, fault.code, fault.what) for fault in refused.value] == [
        ("deal.yaml:8:30", "TL-E040", "there is no file 'none.geojson' that can be read"),
        ("deal.yaml:9:30", "TL-E041", "there is no feature 'river.geojson#brook'"),
        ("deal.yaml:10:30", "TL-E042", "'river.geojson#islands' is a MultiPolygon and not a line"),
        ("deal.yaml:11:30", "TL-E040", "'../bad/form_nan.yaml' lies outside the folder of the terms"),
        ("deal.yaml:12:30", "TL-E043", "'lines.e' has the position [20.0, 95.0], which is nowhere on Earth"),
        ("deal.yaml:13:30", "TL-E040", "there is no file 'none.geojson' that can be read"),
        ("deal.yaml:14:30", "TL-E040", "'/etc/hostname' lies outside the folder of the terms"),
        ("deal.yaml:16:10", "TL-E042", "'river.geojson#well' is a Point and not an area"),
        ("deal.yaml:17:10", "TL-E043", "'areas.hook' has fewer than 4 points"),
    ]


def test_a_link_out_of_the_folder_is_refused(tmp_path):
    """A file that only seems to lie beside the terms is outside."""
    inside = tmp_path / "terms"
    inside.mkdir()
    shutil.copy(GOOD / "river.geojson", tmp_path)
    (inside / "river.geojson").symlink_to(tmp_path / "river.geojson")
    (inside / "deal.yaml").write_text(
        HEAD + "lines: {a: {title: a, plus: north, geometry: {file: river.geojson, id: river}}}", encoding="utf-8"
    )

    with pytest.raises(TermsError, match="lies outside the folder"):
        load(inside / "deal.yaml")


def test_text_without_a_folder_has_no_files():
    """Terms that were not read from a file cannot name one."""
    text = HEAD + "lines: {a: {title: a, plus: north, geometry: {file: river.geojson, id: river}}}"

    with pytest.raises(TermsError, match="the terms were not read from a file"):
        load_text(text)


def test_a_file_that_cannot_be_read_is_refused(tmp_path):
    """No file, or a folder in its place."""
    with pytest.raises(TermsError, match="TL-E001 the file cannot be read"):
        load(tmp_path / "none.yaml")
    with pytest.raises(TermsError, match="TL-E001 the file cannot be read"):
        load(str(tmp_path))
