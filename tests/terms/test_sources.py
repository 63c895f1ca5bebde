"""Chains of sources: who first said it, through whom it came, and circles that are cut."""

import pytest

from truceline.basics.time import parse_moment
from truceline.formats.terms_file import load_text
from truceline.terms.sources import chain_words, chains, chains_of, is_known, known_since, origins, without_date

HEAD = """truceline: 1
agreement: {id: least, title: The least, class: cessation}
instruments: {truce: {signed: 2031-05-01}}
parties: {northbank: [signatory]}
provisions: {ceasefire: {who: any, what: hostilities, at_most: 0, source: s.text}}
sources:
  s.text: {kind: primary}
  s.a: {by: officer (unnamed), said: 2031-05-02, via: [Agency, Paper]}
  s.b: {by: [minister, envoy], said: 2031-05-03, of: []}
  s.c: {by: envoy, via: [Radio]}
  s.d: {lang: fr, via: [Radio]}
  s.retold: {by: press, of: [s.a, s.b]}
  s.again: {kind: press, of: [s.retold, s.a]}
  s.ring: {of: [s.wheel]}
  s.wheel: {of: [s.ring, s.a]}
"""


@pytest.fixture(scope="module")
def document():
    """Load the sources once."""
    return load_text(HEAD).document


def test_chains_lead_to_those_who_rest_on_nothing(document):
    """Each way up is told once, the shortest first."""
    assert chains(document, "s.a") == (("s.a",),)
    assert chains(document, "s.again") == (
        ("s.again", "s.a"),
        ("s.again", "s.retold", "s.a"),
        ("s.again", "s.retold", "s.b"),
    )


def test_circles_are_cut_where_they_close(document):
    """A circle ends with the name at which it closes, and the other ways go on."""
    assert chains(document, "s.ring") == (("s.ring", "s.wheel", "s.ring"), ("s.ring", "s.wheel", "s.a"))


def test_there_is_an_end_to_the_telling():
    """Sources that retell each other in many layers have more ways than anybody reads."""
    both = "{{of: [s.x{n}, s.y{n}]}}\n".format
    layers = "".join(f"  s.x{n}: {both(n=n + 1)}  s.y{n}: {both(n=n + 1)}" for n in range(40))
    document = load_text(HEAD + layers + "  s.x40: {by: one}\n  s.y40: {by: two}\n").document

    assert len(chains(document, "s.x30")) == 100
    assert origins(document, "s.x0") == ("one", "two")


def test_chains_are_told_in_words(document):
    """First speaker first, with the day and the carriers."""
    assert chains_of(document, ["s.a", "s.retold", "s.a"]) == (
        "officer (unnamed), 2031-05-02, via Agency, Paper [s.a]",
        "officer (unnamed), 2031-05-02, via Agency, Paper [s.a] > press [s.retold]",
        "minister, envoy, 2031-05-03 [s.b] > press [s.retold]",
    )
    assert chains_of(document, ["s.text", "s.d", "memory"]) == (
        "primary [s.text]", "unstated, via Radio [s.d]", "from memory, unconfirmed",
    )  # fmt: skip
    assert chains_of(document, None) == ()
    assert chain_words(document, ("s.ring", "s.wheel", "s.ring")) == (
        "a circle back to [s.ring] > unstated [s.wheel] > unstated [s.ring]"
    )
    assert chain_words(document, ("s.gone",)) == "s.gone"


def test_independence_is_never_assumed(document):
    """Carriers of one speaker are one origin, and so are statements that share a speaker."""
    assert origins(document, ["s.a", "s.retold"]) == ("officer (unnamed)", "minister, envoy")
    assert origins(document, ["s.b", "s.c"]) == ("minister, envoy",)
    assert origins(document, ["s.text", "s.d", "memory"]) == ("s.text", "s.d", "memory")
    assert origins(document, "s.wheel") == ("officer (unnamed)",)


def test_a_pure_circle_has_no_origin():
    """Nobody knows who said first what two sources have from each other."""
    document = load_text(HEAD + "  s.p: {of: [s.q]}\n  s.q: {of: [s.p]}\n").document

    assert origins(document, "s.p") == ()


def test_what_has_no_date_counts_as_known(document):
    """Nothing shows that an undated source, or an entry without one, came later."""
    day = parse_moment("1990-01-01").span(None, {})

    assert is_known(document, ["s.a", "s.text"], day)
    assert is_known(document, None, day)
    assert is_known(document, "memory", day)
    assert not is_known(document, ["s.a", "s.b"], day)


def test_an_undated_source_is_no_older_than_what_it_rests_on():
    """It is known with the earliest of the sources above it; a circle gives no date of its own."""
    more = "  s.hearsay: {of: [s.retold, s.text]}\n  s.p: {of: [s.q]}\n  s.q: {of: [s.p]}\n"
    document = load_text(HEAD + more).document
    first, second = (parse_moment(day).span(None, {}) for day in ("2031-05-01", "2031-05-02"))

    assert [is_known(document, name, first) for name in ("s.retold", "s.again", "s.ring")] == [False] * 3
    assert [is_known(document, name, second) for name in ("s.retold", "s.again", "s.ring")] == [True] * 3
    assert is_known(document, "s.hearsay", first)
    assert is_known(document, "s.p", first)


def test_sources_without_a_date(document):
    """Neither they nor whatever they rest on says when; memory never does."""
    every = ["s.text", "s.a", "s.c", "s.retold", "s.ring", "memory"]

    assert without_date(document, every) == ("s.text", "s.c", "memory")
    assert without_date(document, None) == ()


def test_since_when_it_was_known_is_the_first_day_of_some_sources(document):
    """Going up from undated ones, through circles too; without any date nobody can tell."""
    assert known_since(document, ("s.b", "s.a")) == "2031-05-02"
    assert known_since(document, "s.retold") == "2031-05-02"
    assert known_since(document, "s.ring") == "2031-05-02"
    assert known_since(document, ("s.a", "s.c")) is None
    assert known_since(document, "memory") is None
    assert known_since(document, None) is None
    told = load_text(HEAD.replace("said: 2031-05-03,", "said: 2031-05-03..2031-05-07,")).document
    assert known_since(told, "s.b") == "2031-05-07"
