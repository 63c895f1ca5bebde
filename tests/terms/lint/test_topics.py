"""What a text is known to have: told by its clauses, by `covers`, or not to be told."""

import pytest

from truceline.basics.time import parse_moment
from truceline.errors import TermsError
from truceline.formats.terms_file import load_text
from truceline.terms.covers import TOPICS, Cover
from truceline.terms.lint.topics import _SIGNS, deeds, hidden, is_missing, said, standing
from truceline.terms.lint.watch import watchers
from truceline.terms.model import Provision

TERMS = """\
truceline: 1
agreement: {id: river-2031, title: River truce, class: cessation, zone: UTC}
instruments: {pact: {signed: 2031-03-01, in_force: 2031-03-02T12:00, text: public}}
parties: {northbank: [signatory], southbank: [signatory]}
actors: {north_army: {of: northbank}, south_army: {of: southbank}}
models: {skiff: {kind: ship}}
things: {craft: {any: [skiff]}, deep: {any: [craft, {tank: {range: 5 km}}]}}
mechanism:
  office: {by: [northbank, southbank], does: [{reports_to: [northbank]}, counting flights], note: storage, every: 7 d}
provisions:
  halt: {who: [north_army, south_army], what: hostilities, where: anywhere, at_most: 0, note: prisoners, source: s.pact}
  more: {who: north_army, what: WHAT, where: anywhere, at_most: 0, source: s.pact}
sources:
  s.pact: {kind: primary, by: [Northbank, Southbank], said: 2031-03-01}
  s.late: {by: an envoy, said: 2031-04-01}
"""


def text(what="fire", extra=""):
    """Load the truce with one more clause, and one more section."""
    return load_text(TERMS.replace("WHAT", what) + extra).document


@pytest.mark.parametrize(
    ("what", "topic"),
    [
        ("obstruction", "access"), ("overflight", "air"), ("uav", "air"), ("[fire, fire.mine]", "mines"),
        ("mine", "mines"), ("delivery", "aid"), ("detention", "detainees"), ("construction", "new_positions"),
        ("ship", "sea"), ("deep", "sea"), ("skiff", "sea"), ("{ship: {range: 5 km}}", "sea"),
        ("{any: [tank, ship]}", "sea"),
        ("laying of mines", "mines"), ("return of fire", "return_fire"), ("a hot line", "monitoring"),
    ],
)  # fmt: skip
def test_a_clause_shows_its_topic(what, topic):
    """By its act, by the thing it is about, or by its words."""
    assert standing(text(what), topic) == "covered"
    assert topic in ("air", "monitoring") or is_missing(text(), topic)


def test_the_mechanism_shows_its_topics_and_notes_show_none():
    """What a mechanism does counts, down to lists in it; what the coder notes does not."""
    assert standing(text(), "publication") == "covered"
    assert standing(text(), "air") == "covered"
    assert is_missing(text(), "storage")
    assert is_missing(text(), "detainees")


def test_every_topic_has_its_signs():
    """No topic can be asked for that nothing could show."""
    assert {*_SIGNS, "others"} == set(TOPICS)


@pytest.mark.parametrize(
    ("covers", "known"),
    [
        ("{disputes: s.pact}", "covered"),
        ("{disputes: [s.pact, s.late]}", "covered"),
        ("{disputes: {source: s.pact, words: the commission}}", "covered"),
        ("{disputes: none}", "none"),
        ("{disputes: {is: none, note: gone through}}", "none"),
        ("{disputes: left out on purpose}", "left out on purpose"),
        ("{disputes: unknown}", "unknown"),
        ("{others: unknown}", "unknown"),
        ("{others: unknown, disputes: none}", "none"),
        ("{access: none}", "none"),
    ],
)
def test_covers_has_the_first_word(covers, known):
    """What is said of a topic goes before what can be seen; `others` stands for the topics that are not listed."""
    assert standing(text(extra=f"covers: {covers}\n"), "disputes") == known


def test_covers_goes_before_the_clauses():
    """Somebody who has read the text knows better than a search for words."""
    assert is_missing(text("obstruction", "covers: {access: none}\n"), "access")


def test_of_a_text_that_is_not_public_nobody_can_say_what_it_lacks():
    """One instrument that nobody can read is enough; one that does not say is this file itself."""
    secret = load_text(TERMS.replace("WHAT", "fire").replace("text: public", "text: partly leaked")).document
    unstated = load_text(TERMS.replace("WHAT", "fire").replace(", text: public", "")).document

    assert hidden(secret) == ("pact",)
    assert standing(secret, "disputes") == "unknown"
    assert hidden(unstated) == ()
    assert is_missing(unstated, "disputes")


@pytest.mark.parametrize(
    ("covers", "code"),
    [
        ("{acess: s.pact}", "TL-E010"),
        ("{access: {words: free}}", "TL-E008"),
        ("{access: {is: none, source: s.pact}}", "TL-E008"),
        ("{access: {is: maybe}}", "TL-E010"),
        ("{access: s.nobody}", "TL-E026"),
    ],
)
def test_what_cannot_be_meant_is_refused(covers, code):
    """An unknown topic, a claim without a source, a source for nothing, and a source that there is not."""
    with pytest.raises(TermsError) as caught:
        text(extra=f"covers: {covers}\n")

    assert code in [fault.code for fault in caught.value.faults]


def test_what_was_said_later_is_unknown():
    """As known on a day, a topic that rests on a later source is unknown, and not missing."""
    agreement = load_text(TERMS.replace("WHAT", "fire") + "covers: {disputes: s.late, access: s.pact, orders: none}\n")
    then = agreement.as_known(parse_moment("2031-03-10").span("UTC", {})).document

    assert [standing(then, topic) for topic in ("disputes", "access", "orders")] == ["unknown", "covered", "none"]
    assert then.covers["disputes"] == Cover.model_validate({"is": "unknown"})


def test_deeds_and_words_are_all_there():
    """A class without a name names its members, and words come with their places."""
    clause = Provision.model_validate({"who": "any", "what": {"any": ["tank", {"gun": {"calibre": "122 mm"}}]}})

    assert [*deeds(clause)] == ["tank", "gun"]
    assert ("provisions.more.what", "fire") in list(said(text()))


@pytest.mark.parametrize(
    ("charge", "clause", "who"),
    [
        ("", "halt", ("office",)),
        ("does: [watching the halt]", "halt", ("office",)),
        ("does: {first: hostilities}", "halt", ("office",)),
        ("holds: [[anywhere]]", "halt", ("office",)),
        ("inspects: 7", "halt", ()),
        ("does: [patrols]", "halt", ()),
        ("does: [patrols]", "calm", ("both commands",)),
    ],
)
def test_who_checks_a_clause(charge, clause, who):
    """By its own word, by a mechanism charged with its ground, act or name, or by one charged with everything."""
    terms = TERMS.replace("does: [{reports_to: [northbank]}, counting flights]", charge or "means: [drone]")
    calm = "  calm: {who: north_army, what: fire, at_most: 0, verify: both commands, source: s.pact}\n"
    terms = terms.replace("  more:", f"{calm}  more:")
    found = load_text(terms.replace("WHAT", "fire")).document

    assert watchers(clause, found.provisions[clause], found) == who
