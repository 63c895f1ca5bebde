"""The library told in short: what is counted, what is wanting, and what is drawn."""

import pytest

from truceline.api.library import library, library_pages, told_of
from truceline.errors import TermsError, UsageError
from truceline.formats import library as shelves

TERMS = """\
truceline: 1
agreement: {id: river, title: River, class: cessation}
instruments:
  truce: {agreed: 2031-05-02, signed: 2031-05-01, in_force: 2031-05-03}
  late: {title: Late, signed: 2031-06-01}
parties: {northbank: {title: Northbank, role: signatory}, southbank: [signatory]}
areas: {Town: {geometry: undisclosed}}
lines:
  front: {title: the front, plus: north, geometry: {slot: front, words: its course}}
  road: {title: the road, plus: north, geometry: {coordinates: [[20, 10], [21, 10]]}}
  either: {title: either, plus: north, one_of: [front, road]}
provisions:
  away: {who: any, what: presence, where: {line: front, away: 3 km}, at_most: 0, under: truce, source: s.text}
  halt: {who: any, what: fire, at_most: 0, under: late, source: s.guess}
open: {depth: how far}
sources: {s.text: {kind: primary}, s.guess: {kind: secondary, check: unconfirmed}}
"""
BARE = """\
truceline: 1
agreement: {id: bare, title: Bare, class: other}
instruments: {truce: {date: 2031-05-01}}
parties: {northbank: [signatory]}
provisions: {halt: {who: any, what: fire, at_most: 0, where: anywhere, source: s.text}}
sources: {s.text: {kind: primary}}
"""


@pytest.fixture
def shelf(tmp_path, monkeypatch):
    """Put up a shelf with two agreements."""
    folder = tmp_path / "agreements"
    folder.mkdir()
    (folder / "river.yaml").write_text(TERMS, encoding="utf-8")
    (folder / "bare.yaml").write_text(BARE, encoding="utf-8")
    monkeypatch.setattr(shelves, "files", lambda _: tmp_path)
    return folder


@pytest.mark.usefixtures("shelf")
def test_an_agreement_is_told_in_short():
    """Days are the first that are stated; courses, gaps and what is unconfirmed are counted."""
    bare, river = library().values()

    assert river.as_dict() == {
        "id": "river", "title": "River", "class": "cessation", "signed": "2031-05-01", "in_force": "2031-05-03",
        "parties": ["Northbank", "southbank"], "provisions": 2, "readings": 0, "open": 1,
        "unconfirmed": ["provisions.halt", "s.guess"], "geometry": "1 of 3 courses", "slots": ["front"],
    }  # fmt: skip
    assert (bare.signed, bare.in_force, bare.geometry) == ("2031-05-01", None, "none needed")


@pytest.mark.usefixtures("shelf")
def test_pages_are_drawn_with_what_there_is_to_draw(tmp_path):
    """Distances where there are some, times where they differ or there is nothing else, and the list of all."""
    pages = dict(library_pages(tmp_path / "docs" / "agreements"))

    assert list(pages) == ["bare-time.svg", "bare.md", "river.svg", "river-time.svg", "river.md", "index.md"]
    assert "(../../agreements/river.yaml)" in pages["river.md"]
    assert "(river.md)" in pages["index.md"]


def test_a_file_with_faults_is_refused(shelf):
    """What is wrong with a file of the library is told with its place."""
    (shelf / "bare.yaml").write_text(BARE.replace("fire", "fyre"), encoding="utf-8")
    with pytest.raises(TermsError, match="TL-E021"):
        library()


@pytest.mark.usefixtures("shelf")
def test_one_is_told_by_its_name():
    """With or without the word before it; a name that is not there is refused."""
    assert told_of("river") == told_of("library:river")
    with pytest.raises(UsageError, match="TL-E950"):
        told_of("rivr")
