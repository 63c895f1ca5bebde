"""Names: what may be one person or body is never taken for two."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from truceline.evidence.names import bodies_may_be_one, key_of, people_may_be_one
from truceline.evidence.speaker import Speaker, differ, may_be_one, words_of

words = st.text(min_size=1, max_size=20).filter(str.strip)


@given(words)
def test_a_name_may_be_itself(name):
    """Whatever it is written in, a name is one with itself, and with itself in capitals."""
    assert people_may_be_one(name, name)
    assert bodies_may_be_one(name, name)
    assert key_of(key_of(name)) == key_of(name)


@given(words, words)
def test_both_ways_round_the_answer_is_the_same(one, other):
    """Who is compared with whom makes no difference."""
    assert people_may_be_one(one, other) == people_may_be_one(other, one)
    assert bodies_may_be_one(one, other) == bodies_may_be_one(other, one)


@pytest.mark.parametrize(
    ("one", "other", "may"),
    [
        ("Alexander Lavrentin", "Aleksandr Lavrentyn", True),  # two spellings
        ("Mohammad al-Bari", "Muhammed Bari", True),
        ("President North", "Ada North", True),
        ("North", "Ada North", True),
        ("A. North", "Ada Mary North", True),
        ("Ada North", "Ада Норт", True),  # two scripts
        ("Ada North", "Ada Upton", False),
        ("the foreign minister", "Ada North", False),
        ("Northbank minister", "Southbank minister", False),
    ],
)
def test_people(one, other, may):
    """Examples of names that may be one person's, and that are not."""
    assert people_may_be_one(one, other) is may


def test_speakers_are_compared_by_person_then_by_body():
    """A body may speak through its people; an unnamed speaker differs only by the body he is of."""
    ada, north = Speaker(person="Ada Upton", body="Northbank"), Speaker(body="Northbank Army")

    assert may_be_one(ada, north)
    assert not may_be_one(ada, Speaker(body="Southbank"))
    assert not may_be_one(ada, Speaker(person="Bo Downes"))
    assert differ((ada,), (Speaker(person="Bo Downes"),))
    assert differ((ada,), (Speaker(description="aide", body="Southbank"),))
    assert not differ((ada,), (Speaker(description="aide"),))
    assert not differ((ada,), ())


def test_a_speaker_in_words():
    """Names, offices and bodies stand in one line, and whoever has no name is marked so."""
    assert words_of((Speaker("Ada Upton", "envoy", "Northbank"),)) == "Ada Upton, envoy, Northbank"
    assert words_of((Speaker(office="envoy"),)) == "envoy (unnamed)"
    assert words_of((Speaker(body="Northbank"),)) == "Northbank"
    assert not Speaker(office="envoy", body="Northbank").named
