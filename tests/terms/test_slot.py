"""Named slots: found wherever a geometry stands, filled without moving anything."""

from truceline.formats.yaml_text import read_yaml
from truceline.terms.slot import Slot, filled, geometry_kind, slots_in

TEXT = """\
lines:
  front: {geometry: {slot: front, words: its course}, versions: [{geometry: {slot: june, words: in June}}]}
  road: {geometry: undisclosed}
readings:
  north: {set: {"areas.market.geometry": {slot: market}}}
note: {slot: nothing}
"""


def test_slots_are_found_wherever_a_geometry_stands():
    """In lines, in dated courses and in what readings set; a mapping elsewhere is no slot."""
    assert slots_in(read_yaml(TEXT, "a.yaml")) == {"front": "its course", "june": "in June", "market": ""}


def test_filling_keeps_the_places():
    """What is filled stands where the slot stood, and all else is as it was."""
    root = read_yaml(TEXT, "a.yaml")
    after = filled(root, {"june": ("b.geojson", "7")})

    assert after.find("lines.front.versions").plain() == [{"geometry": {"file": "b.geojson", "id": "7"}}]
    assert after.find("lines.front.versions").place == root.find("lines.front.versions").place
    assert after.find("lines.front.geometry") == root.find("lines.front.geometry")


def test_the_form_of_a_geometry_is_told_by_its_keys():
    """A slot, made or written, is no shape; a shape and a word are what they were."""
    slot = Slot(slot="front", words="its course")

    assert [geometry_kind(one) for one in (slot, {"slot": "a"}, {"file": "a"}, "annexed")] == [
        "(slot)", "(slot)", "(mapping)", "(text)",
    ]  # fmt: skip
