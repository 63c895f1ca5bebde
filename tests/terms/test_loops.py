"""Names that rest on themselves are found however long the way round is."""

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from truceline.formats.terms_file import load_text
from truceline.terms.loops import circle_through, loop_troubles
from truceline.terms.model import Membership

TEXT = """truceline: 1
agreement: {id: least, title: The least, class: cessation}
instruments: {truce: {signed: 2031-05-01}}
parties: {northbank: [signatory]}
provisions: {ceasefire: {who: any, what: hostilities, at_most: 0, source: memory}}
sources: {}
"""
LEAST = load_text(TEXT).document

letters = st.sampled_from("abcdef")
graphs = st.dictionaries(letters, st.lists(letters, max_size=4))


def reachable(name, links):
    """Collect what can be reached in one step or more, the plain way."""
    found, more = set(), set(links.get(name, ()))
    while more:
        found |= more
        more = {there for here in more for there in links.get(here, ())} - found
    return found


@given(graphs, letters)
def test_a_circle_is_found_if_there_is_one(links, name):
    """There is a circle exactly if a name can be reached from itself; the way told is a way."""
    circle = circle_through(name, links)

    assert (circle is not None) == (name in reachable(name, links))
    if circle:
        assert circle[0] == circle[-1] == name
        assert all(there in links[here] for here, there in pairwise(circle))


@given(graphs)
def test_a_document_tells_of_circles_exactly_if_it_has_some(links):
    """Sets built at random: a fault comes exactly if some set contains itself."""
    sets = {name: {"in": [there for there in ends if there in links]} for name, ends in links.items()}
    document = LEAST.model_copy(update={"sets": {name: Membership(**entry) for name, entry in sets.items()}})
    inner = {name: entry["in"] for name, entry in sets.items()}
    told = {trouble.steps[1] for trouble in loop_troubles(document)}

    assert bool(told) == any(name in reachable(name, inner) for name in inner)
    assert all(name in reachable(name, inner) for name in told)


def test_a_long_ring_is_found_once():
    """A circle of thousands of names is told once, at its first name."""
    size = 3000
    links = "".join(f"  a{number}: {{in: [a{(number + 1) % size}]}}\n" for number in range(size))
    sets = load_text(TEXT + "sets:\n" + links.replace("[a0]", "[b]") + "actors: [b]\n").document.sets
    ring = {**sets, f"a{size - 1}": sets[f"a{size - 1}"].model_copy(update={"in_": ("a0",)})}
    [trouble] = loop_troubles(LEAST.model_copy(update={"sets": ring}))

    assert trouble.steps == ("sets", "a0")
