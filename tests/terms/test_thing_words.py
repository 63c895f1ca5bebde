"""Weapons in plain words: kind, calibre and range, and what a class is made of."""

import pytest

from truceline.terms.model import Provision
from truceline.terms.thing_words import make_words, selector_words, what_words
from truceline.terms.wording import changes_of, field_of, sentence_of
from world import amended

THINGS = (
    "lines:\n  river",
    """models:
  K_7: {kind: gun, calibre: 122 mm, range: 15..16 km, also: [K-7], title: the K-7 howitzer}
  Zeta: {kind: anti_tank_gun}
things:
  small: {any: [{gun: {calibre: "<100 mm"}}], title: small guns}
  big: {any: [{gun: {calibre: ">=100 mm", range: 20 km or less}}, K-7], but_not: [small, tank]}
  every: {any: [big, odd arms of all kinds]}
  more: {any: [every]}
lines:
  river""",
)
TEXT = amended(THINGS, readings=False).under(None)


def what(value):
    """Read what a sentence speaks of."""
    return Provision.model_validate({"who": "any", "what": value, "source": "memory"}).what


@pytest.mark.parametrize(
    ("value", "words"),
    [
        ({"gun": {"range": ">20 km", "calibre": "122 mm"}}, "gun of 122 mm with a range of over 20 km"),
        ({"gun": {"calibre": "82..120 mm"}}, "gun of 82 mm to 120 mm"),
        ({"anti_tank_gun": {"range": "<=9 km"}}, "anti tank gun with a range of 9 km or less"),
        ({"gun": {}}, "gun"),
        (["fire_of_all_kinds", {"tank": {}}], "fire of all kinds, tank"),
        ({"any": ["tank", "gun"]}, "tank, gun"),
        ({"any": ["gun"], "but_not": "small"}, "gun, but not small guns (gun of under 100 mm)"),
        ("K-7", "the K-7 howitzer"),
        ("Zeta", "Zeta"),
        ({"small": {"range": "5 km"}}, "small guns (gun of under 100 mm) with a range of 5 km"),
        (
            "big",
            (
                "big (gun of 100 mm or more with a range of 20 km or less, the K-7 howitzer, "
                "but not small guns (gun of under 100 mm), tank)"
            ),
        ),
        ("more", "more (every (big, odd arms of all kinds))"),
        ({"give": ["maps", "lists"], "by": "hand"}, "give maps or lists, by hand"),
        ({"post": {"monitoring": "10"}}, "post (monitoring 10)"),
    ],
)
def test_what_is_meant_in_words(value, words):
    """Titles where there are some; classes with what they are made of, two within each other and no more."""
    assert what_words(what(value), TEXT) == words


def test_without_a_text_names_stay_names():
    """Nobody knows then what a class is made of."""
    assert what_words(what(["big", "K-7"])) == "big, K-7"
    assert selector_words("big", TEXT) == "big"


def test_a_make_is_told_with_what_is_known_of_it():
    """And what is not known."""
    assert make_words("K_7", TEXT.models["K_7"]) == "the K-7 howitzer: gun, calibre 122 mm, range 15 km to 16 km"
    assert make_words("Zeta", TEXT.models["Zeta"]) == "Zeta: anti tank gun, calibre not stated, range not stated"


def test_a_changed_class_is_told_as_the_sentence_has_it():
    """Under the reading that changes it: the act, in the words of the text that it makes."""
    other = "provisions.guns.what: [small, artillery], things.small.any: [mortar]"
    agreement = amended(THINGS, ("provisions.guns.when: {from: 2031-05-20}", other))
    text = agreement.under("press")
    told = {path: (field, words) for field, path, words in changes_of(text.readings["press"], text)}

    assert told["things.small.any"] == ("act", "mortar")
    assert told["provisions.guns.what"] == ("act", "small guns (mortar), artillery")
    assert field_of("models.K_7.calibre") == "act"
    assert "small guns (mortar), artillery" in sentence_of(text.provisions["guns"], text)


def test_a_class_may_be_told_by_its_title_alone():
    """Where there is no room, what a class is made of is left out; a name without a title stands for itself."""
    assert what_words(what(["small", "K-7"]), TEXT, 0) == "small guns, the K-7 howitzer"
    assert what_words(what({"any": ["gun"], "but_not": "small"}), TEXT, 0) == "gun, but not small guns"
