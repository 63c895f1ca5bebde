"""Which keys the language knows where: unknown keys are met with those that belong there."""

import pytest

from truceline.terms.faults import form_trouble, keys_at


@pytest.mark.parametrize(
    ("path", "some", "none"),
    [
        ((), {"truceline", "provisions"}, {"who"}),
        (("agreement",), {"id", "class"}, {"class_"}),
        (("provisions", "a"), {"who", "if", "except"}, {"if_", "line"}),
        (("provisions", "a", "where", "(line)"), {"away", "ends"}, {"places"}),
        (("provisions", "a", "where", "(any)", "any", 0, "(places)"), {"unsure"}, {"line"}),
        (("zones", "z"), {"line", "places", "of"}, {"who"}),
        (("zones", "z", "(line)", "away", "(mapping)"), {"from", "to", "least"}, {"line"}),
        (("lines", "l", "versions", 0, "(mapping)"), {"from", "geometry"}, {"plus"}),
        (("sets", "s", "in", 1, "(mapping)"), {"who", "until"}, {"in"}),
        (("stances", 0), {"actor", "is"}, {"who"}),
        (("sources", "s.a"), {"by", "via"}, {"actor"}),
        (("truceline", "x"), set(), {"who"}),
    ],
)
def test_keys_are_those_of_the_place(path, some, none):
    """Aliases as the file writes them; of a union, the form that was written."""
    keys = set(keys_at(path))

    assert some <= keys
    assert not none & keys


def test_an_error_of_a_kind_not_met_before_is_told_in_its_own_words():
    """A kind of error without a sentence of its own still has a place, a code and a remedy."""
    trouble = form_trouble({"type": "frozen_instance", "loc": (), "msg": "nothing new", "input": [1]})

    assert trouble[:4] == ((), "TL-E008", "a list cannot stand at 'the file'", "write nothing new")
