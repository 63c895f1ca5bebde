"""An agreement: its readings, the places in its file, and what was known on a day."""

from itertools import pairwise

import pytest

from truceline.basics.time import parse_moment
from truceline.errors import UsageError
from truceline.formats.terms_file import load_text

TEXT = """truceline: 1
agreement: {id: river-2031, title: River Line, class: preliminary, zone: Etc/GMT-3}
instruments: {truce: {signed: 2031-05-01}}
parties: {northbank: [signatory], southbank: [signatory]}
provisions:
  ceasefire: {who: any, what: hostilities, at_most: 0, source: s.text}
  leaked: {who: any, what: presence, at_most: 0, source: [s.paper, s.radio]}
demands:
  wide: {by: northbank, where: anywhere, source: s.radio}
readings:
  north: {holder: northbank, source: s.text, denies: [leaked, ceasefire]}
  press: {holder: press, source: [s.paper, s.month], set: {provisions.ceasefire.at_most: 1}}
  editor: {holder: an editor, keeps: all, add: {provisions.boats: {who: any, what: ship, at_most: 0, source: s.radio}}}
stances:
  - {actor: northbank, to: truce, is: accepts, source: s.text}
  - {actor: southbank, to: leaked, is: rejects, source: s.radio}
sources:
  s.text: {kind: primary}
  s.paper: {by: reporter, said: 2031-05-10, known_from: 2031-05-12}
  s.radio: {by: spokesman, said: 2031-05-20}
  s.month: {by: diplomat, said: 2031-05}
"""


@pytest.fixture(scope="module")
def agreement():
    """Load the agreement once."""
    return load_text(TEXT, "deal.yaml")


def known(agreement, day):
    """Give the agreement as known by the end of a day."""
    return agreement.as_known(parse_moment(day).span("Etc/GMT-3", {}))


def test_an_agreement_introduces_itself(agreement):
    """It has an id, a title, its readings in order, and a short form for notebooks."""
    assert (agreement.id, agreement.title) == ("river-2031", "River Line")
    assert agreement.readings == ("north", "press", "editor")
    assert repr(agreement) == "<Agreement river-2031: 2 provisions, 3 readings>"
    assert repr(known(agreement, "2000-01-01")) == "<Agreement river-2031: 1 provision, 2 readings>"


def test_there_is_no_default_reading(agreement):
    """The text is its own view; a reading that does not exist is an error of the call."""
    assert agreement.under(None) is agreement.document
    with pytest.raises(UsageError, match="there is no reading 'pres'; did you mean 'press'"):
        agreement.under("pres")
    with pytest.raises(UsageError, match="choose among none"):
        load_text(
            TEXT.replace("readings:", "#")
            .replace("  north: {", "# ")
            .replace("  press: {", "# ")
            .replace("  editor: {", "# ")
        ).under("x")


def test_everything_has_its_place(agreement):
    """Paths lead to the key in the file, into lists, and to what a reading adds; else to the nearest place."""
    assert agreement.place_of("provisions.leaked") == "deal.yaml:7:3"
    assert agreement.place_of("provisions.leaked.who") == "deal.yaml:7:12"
    assert agreement.place_of("sources.s.radio.by") == "deal.yaml:20:13"
    assert agreement.place_of("stances.1") == "deal.yaml:16:5"
    assert agreement.place_of("provisions.boats") == "deal.yaml:13:49"
    assert agreement.place_of("provisions.nothing") == "deal.yaml:5:1"


def test_what_was_not_known_yet_is_left_out(agreement):
    """Before its source was known there was no such provision, reading, demand or stance."""
    then = known(agreement, "2031-05-11")

    assert then.left_out == (
        "readings.press", "provisions.leaked", "provisions.boats", "demands.wide", "stances.1",
    )  # fmt: skip
    assert then.readings == ("north", "editor")
    assert list(then.document.provisions) == ["ceasefire"]
    assert then.document.readings["north"].denies == ("ceasefire",)
    assert list(then.under("editor").provisions) == ["ceasefire"]


def test_one_known_source_is_enough(agreement):
    """From the day on which the first of its sources could be known an entry counts."""
    then = known(agreement, "2031-05-12")

    assert then.left_out == ("provisions.boats", "demands.wide", "stances.1")
    assert then.under("press").provisions["ceasefire"].at_most == 1


def test_a_month_is_known_at_its_end(agreement):
    """A source said in some month was surely known only when the month was over; undated ones always were."""
    assert "press" not in known(agreement, "2031-05-11").readings
    assert known(agreement, "2031-05-31").left_out == ()
    assert known(agreement, "2000-01-01").readings == ("north", "editor")


def test_knowing_less_never_adds(agreement):
    """Whatever is known on an earlier day is known on a later one."""
    days = ["2031-05-01", "2031-05-11", "2031-05-12", "2031-05-20", "2031-06-01"]
    left = [set(known(agreement, day).left_out) for day in days]

    assert all(later <= earlier for earlier, later in pairwise(left))
    assert known(known(agreement, "2031-06-01"), "2031-05-11").left_out == known(agreement, "2031-05-11").left_out


def test_consent_sets_and_term_are_as_known():
    """A later consent is none yet, a later term neither; who belongs to a set by a later source is unsure."""
    text = TEXT.replace("southbank: [signatory]", "southbank: {role: addressee, consent: s.radio}") + (
        "actors: [army, guard, scouts]\n"
        "sets:\n"
        "  armed: {in: [army, {who: guard, from: 2031-05-03, source: s.radio}, {who: scouts, until: 2031-06-01}]}\n"
        "  foreign: {in: [scouts, {who: army, until: 2031-06-01}], unsure: [guard], source: s.radio}\n"
        "term: {until: 2032-01-01, source: s.radio}\n"
    )
    agreement = load_text(text)
    then = known(agreement, "2031-05-19")
    armed, foreign = then.document.sets.values()

    assert then.document.parties["southbank"].consent is None
    assert then.document.term is None
    assert ([getattr(one, "who", one) for one in armed.in_], armed.unsure) == (["army", "scouts"], ("guard",))
    assert (foreign.in_, foreign.unsure) == ((), ("scouts", "army", "guard"))
    assert then.left_out[-5:-1] == ("parties.southbank.consent", "sets.armed", "sets.foreign", "term")
    assert known(agreement, "2031-05-20").document == agreement.document
    assert known(then, "2031-05-19").left_out == then.left_out


def test_shapes_go_with_the_readings_that_drew_them():
    """What only a later reading draws has no shape yet; no other reading can have drawn the name elsewhere."""
    drawn = "geometry: {{coordinates: [[20.0, {0}], [21.0, {0}]]}}".format
    text = TEXT.replace(
        "press: {", f"yard: {{holder: x, add: {{lines.alt: {{title: a, plus: north, {drawn(45)}}}}}}}\n  press: {{"
    )
    late = text.replace("holder: x,", "holder: x, source: s.radio,")

    assert list(known(load_text(text), "2031-05-11").shapes) == ["lines.alt"]
    assert known(load_text(late), "2031-05-11").shapes == {}
