"""What a user brings for the slots of some terms: found, refused with the reason, and drawn."""

from pathlib import Path

import pytest

from truceline.errors import TermsError, UsageError
from truceline.formats.slots import brought_words
from truceline.formats.terms_file import load, load_text

GOOD = Path(__file__).parents[1] / "data" / "terms" / "good"
TERMS, MAP = GOOD / "slots.yaml", GOOD / "river.geojson"


def test_nothing_brought_is_nothing_drawn():
    """As long as nobody fills a slot there is no shape, as for an undisclosed line."""
    assert load(TERMS).shapes == {}


def test_a_slot_is_filled_wherever_it_stands():
    """One file fills the line, and the line that a reading adds; what was not brought stays undrawn."""
    shapes = load(TERMS, {"front": f"{MAP}#river", "market": f"{MAP}#7"}).shapes

    assert {name: shape.source for name, shape in shapes.items()} == {
        "lines.front": f"{MAP}#river", "areas.Market": f"{MAP}#7", "lines.fence": f"{MAP}#river",
    }  # fmt: skip


def test_a_dated_course_has_a_slot_of_its_own():
    """The course from June on is filled by its own name."""
    assert list(load(TERMS, {"front_june": f"{MAP}#river"}).shapes) == ["lines.front@2031-06-01"]


def test_terms_from_a_pipe_can_be_filled():
    """Files that the user names need no folder of the terms."""
    text = TERMS.read_bytes()

    assert "lines.front" in load_text(text, geometry={"front": f"{MAP}#river"}).shapes


def test_a_file_with_one_feature_needs_no_id(tmp_path):
    """Where there is nothing to choose the id may be left out."""
    line = '{"type": "LineString", "coordinates": [[20, 10], [21, 10]]}'
    feature = f'{{"type": "Feature", "id": "a", "geometry": {line}}}'
    path = tmp_path / "one.geojson"
    path.write_text(f'{{"type": "FeatureCollection", "features": [{feature}]}}', encoding="utf-8")

    assert load(TERMS, {"front": path}).shapes["lines.front"].source == f"{path}#a"


def test_all_that_is_wrong_is_told_at_once(tmp_path):
    """A slot that is not there, a file that is not there, a feature that is not there, and one that has to be named."""
    given = {
        "frnt": f"{MAP}#river", "front": tmp_path / "none.geojson", "market": f"{MAP}#brook", "front_june": MAP,
    }  # fmt: skip
    with pytest.raises(UsageError) as refused:
        load(TERMS, given)

    assert [(fault.at, fault.code, fault.what) for fault in refused.value] == [
        ("geometry frnt", "TL-E952", "the terms have no slot of this name"),
        ("geometry front", "TL-E040", f"there is no file '{tmp_path / 'none.geojson'}'"),
        ("geometry market", "TL-E041", f"there is no feature '{MAP}#brook'"),
        ("geometry front_june", "TL-E041", f"'{MAP}' has 5 features"),
    ]


def test_a_feature_of_another_kind_is_told_where_the_terms_ask():
    """An area cannot fill a line: the fault stands at the slot in the terms."""
    with pytest.raises(TermsError) as refused:
        load(TERMS, {"front": f"{MAP}#7"})
    first = refused.value.faults[0]

    assert (first.at, first.code) == (f"{TERMS}:12:5", "TL-E042")


def test_what_was_typed_is_read():
    """NAME=FILE#ID; a name without a file, and a slot filled twice, are wrong calls."""
    assert brought_words(["a=b.geojson#c=d", "e=f.geojson"]) == {"a": "b.geojson#c=d", "e": "f.geojson"}
    with pytest.raises(UsageError) as refused:
        brought_words(["a", "=b", "c=", "d=e", "d=f"])
    assert [fault.code for fault in refused.value] == ["TL-E951"] * 4
