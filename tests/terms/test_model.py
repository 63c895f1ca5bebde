"""The document: a value that survives its own dump, and forms of zones that are told apart by what is written."""

from pathlib import Path

import pytest
from pydantic import ValidationError

from truceline.basics.amount import Amount
from truceline.errors import TermsError
from truceline.formats.terms_file import load, load_text
from truceline.terms.model import Document, Provision
from truceline.terms.where import AllOf, AnyOf, Away, Band, ExceptFor, Places

GOOD = sorted((Path(__file__).parents[1] / "data" / "terms" / "good").glob("*.yaml"))


@pytest.mark.parametrize("path", GOOD, ids=lambda path: path.stem)
def test_a_document_survives_its_own_dump(path):
    """Written out as plain data and read again it is the same document: no word is lost."""
    document = load(path).document
    plain = document.model_dump(mode="json", by_alias=True, exclude_none=True)

    assert Document.model_validate(plain) == document


def test_a_document_is_frozen():
    """Values do not change under the hands of those who read them."""
    document = load(GOOD[0]).document

    with pytest.raises(ValidationError, match="frozen"):
        document.term = None


def test_zones_may_be_built_from_parts():
    """Notebooks build zones from classes as well as from words."""
    band = Band(line="river", away=Away(to="5 km"))
    zone = AnyOf(any=(band, AllOf(all=("strip", Places(places=("Old Town",))))))
    left = ExceptFor(of=zone, but_not=Band(line=("river", "canal"), away="3 mi"))
    provision = Provision(who="any", what=("fire",), where=left, at_most=75, source=("s.text",), each_side=True)

    assert provision.where.of.any[0].away.to.hi == 5000.0
    assert provision.where.but_not.away.words == "3 mi"
    assert (provision.at_most, provision.each_side) == (75, True)


def test_numbers_are_taken_as_they_were_said():
    """Plain digits are a number; other words keep what they say, and what is owed is one at least."""
    [text] = [path.read_text(encoding="utf-8") for path in GOOD if path.stem == "minimal"]

    def bound(words):
        document = load_text(text.replace("at_most: 0", words)).document
        plain = document.model_dump(mode="json", by_alias=True, exclude_none=True)
        [one] = Document.model_validate(plain).provisions.values()
        return one.at_least if one.at_most is None else one.at_most

    assert bound("at_most: 75") == 75
    assert bound('at_most: "about 3,500"') == Amount("about 3,500", 3450, 3550)
    assert bound("at_least: 3400..3600") == Amount("3400..3600", 3400, 3600)
    for words in ("at_least: 0..5", "at_most: 20..10", 'at_most: "75"', "at_most: about ten"):
        with pytest.raises(TermsError, match="TL-E014"):
            bound(words)


def test_a_zone_of_no_form_is_refused():
    """What is neither a name nor a form of zone is no place."""
    with pytest.raises(ValidationError, match="a zone's name, or a mapping"):
        Provision(who="any", what="fire", where=7)
