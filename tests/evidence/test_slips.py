"""Slips: what changed on the way, with both wordings."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from truceline.evidence.slips import slips
from truceline.evidence.statement_words import read_statement

FIRST = {"id": "n-1", "chain": "named>Agency", "person": "Ada North", "stance": "states", "value": "30 km",
         "said": "2017-11-12", "line": "the river", "modes": "historical"}  # fmt: skip


def pair(chain="named>Agency>Herald", other="n-2", **words):
    """Read the first statement and a retelling of it."""
    return [read_statement(row, "")[0] for row in (FIRST, FIRST | {"id": other, "chain": chain} | words)]


@pytest.mark.parametrize(
    ("words", "fields"),
    [
        ({}, []),
        ({"value": "19 mi"}, ["unit"]),
        ({"value": "18 mi"}, ["value", "unit"]),
        ({"value": "25 km"}, ["value"]),
        ({"value": "2017-11-08"}, ["value"]),
        ({"value": "several miles"}, ["value"]),
        ({"value": ""}, []),
        ({"said": "2017-11-20"}, ["date"]),
        ({"said": "2017-11"}, []),
        ({"line": "the border"}, ["line"]),
        ({"line": "THE RIVER"}, []),
        ({"line": ""}, []),
        ({"person": "Bo South"}, ["speaker"]),
        ({"person": ""}, []),
        ({"modes": "future"}, ["mode"]),
        ({"modes": ""}, ["mode"]),
    ],
)
def test_each_kind_of_slip(words, fields):
    """What is told otherwise is a slip; what is left out is none."""
    assert [slip.field for slip in slips(pair(**words))] == fields


def test_the_earlier_carrier_was_changed_by_the_later():
    """Whichever comes first in the file, the words go from the carrier above to the one below."""
    [down] = slips(pair(line="the border"))
    [up] = slips(pair(line="the border", other="n-0"))

    assert (down.was, down.became, down.carrier, down.changed) == ("the river", "the border", "Agency", True)
    assert (up.one, up.other, up.was) == ("n-1", "n-0", "the river")


def test_two_retellings_differ():
    """Without the text that both retell nobody knows which of them changed it."""
    one, other = pair(line="the border", chain="named>Agency>Blog")
    sibling = read_statement(FIRST | {"id": "n-3", "chain": "named>Agency>Herald"}, "")[0]
    [slip] = slips([other, sibling])

    assert not slip.changed
    assert str(slip) == "line: 'the border' [n-2] or 'the river' [n-3] both after Agency"
    assert len(slips([one, other, sibling])) == 2


def test_two_texts_of_one_outlet_are_held_against_what_it_retells():
    """They slip after the carrier above; of an outlet's own texts there is none, nor without a common carrier."""
    retold = [read_statement(FIRST | {"id": f"n-{n}", "chain": "named>Agency>Herald", "line": line}, "")[0]
              for n, line in enumerate(["river", "border"])]  # fmt: skip

    assert [slip.carrier for slip in slips(retold)] == ["Agency"]
    assert slips(pair(chain="named>Agency", line="the border")) == ()
    assert slips(pair(chain="named>Wire", line="the border")) == ()
    assert slips(pair(chain="named>?", line="the border")) == ()


@given(st.randoms())
def test_the_order_of_statements_never_matters(rng):
    """The same slips come out, whichever statement was written first."""
    said = [*pair(line="the border", value="18 mi"), *pair(chain="named>Agency>Herald>Blog", other="n-3", said="2018")]
    shuffled = list({each.id: each for each in said}.values())
    rng.shuffle(shuffled)

    assert slips(shuffled) == slips({each.id: each for each in said}.values())
