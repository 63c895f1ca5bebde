"""Chains: how they are written, and the graph that they draw."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from truceline.evidence.chain import Carrier, Chain, carriers_of, parse_chain

names = st.sampled_from(["Agency", "Wire", "Gazette", "Herald"])
carriers = st.builds(Carrier, names, st.booleans()) | st.just(Carrier("?"))
chains = st.builds(
    Chain, st.sampled_from(["?", "named", "Ada North"]), st.lists(st.tuples(carriers), max_size=4).map(tuple)
)


@given(chains)
def test_a_chain_reads_as_it_was_written(chain):
    """Written and read again it is the same."""
    assert parse_chain(str(chain)) == chain
    assert parse_chain(str(chain).split(">")) == chain


@pytest.mark.parametrize("words", ["", "Ada North>>Herald", "?>Agency,", ">", []])
def test_an_empty_link_is_refused(words):
    """What is not known is written as "?"."""
    with pytest.raises(ValueError, match="empty link; write '\\?'"):
        parse_chain(words)


@given(st.lists(chains, max_size=6))
def test_a_circle_is_a_way_down_to_where_it_began(drawn):
    """Each carrier of a circle stands right above the next, nobody is in two circles, and no circle is missed."""
    graph = carriers_of(drawn)
    circles = graph.circles()

    for circle in circles:
        keys = [name.casefold() for name in circle]
        assert keys[0] == keys[-1]
        assert all(upper in graph.above[lower] for upper, lower in pairwise(keys))
    assert len({name for circle in circles for name in circle}) == sum(len(circle) - 1 for circle in circles)
    on_one = {key for key in graph.names if any(key in graph.sources_of([up]) for up in graph.above[key] - {"?"})}
    assert bool(on_one) == bool(circles)


def test_an_outlet_that_repeats_itself_is_a_circle():
    """The shortest circle is that of an outlet that cites itself."""
    assert carriers_of([parse_chain("?>Herald>Herald")]).circles() == (("Herald", "Herald"),)


def test_an_outlet_that_is_its_own_source_is_a_carrier():
    """The first word is a carrier where it carries something else; a person is none."""
    assert carriers_of([parse_chain("Gazette>Herald"), parse_chain("?>Gazette")]).above["herald"] == {"gazette"}
    assert carriers_of([parse_chain("Ada North>Herald")]).above["herald"] == frozenset()


def test_a_gap_links_both_of_its_sides():
    """Beyond somebody unknown stands whoever is named before him; and anybody else."""
    graph = carriers_of([parse_chain("?>Agency>?>Herald"), parse_chain("?>A. P. Y.>Blog")], {"a p y": "Agency"})

    assert graph.above["herald"] == {"agency", "?"}
    assert graph.above["blog"] == {"agency"}


def test_the_ends_of_a_chain():
    """First carrier and publisher may be several, or nobody."""
    chain = parse_chain("official>Agency, Wire?>Herald")

    assert [str(carrier) for carrier in chain.first] == ["Agency", "Wire?"]
    assert [carrier.known for carrier in chain.first] == [True, False]
    assert [str(carrier) for carrier in chain.publisher] == ["Herald"]
    assert parse_chain("Ada North").first == parse_chain("Ada North").publisher == ()
