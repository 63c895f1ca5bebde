"""An agreement: its readings, the places in its file, and what was known on a day."""

from itertools import pairwise

import pytest

from truceline.basics.time import parse_moment
from truceline.errors import UsageError
from truceline.formats.terms_file import load_text
from truceline.terms.known import NOT_YET

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


def test_sources_without_a_date_are_named(agreement):
    """Only those on which something rests that stayed; what rests on memory has no date either."""
    text = TEXT.replace("is: rejects, source: s.radio", "is: rejects, source: [memory, s.radio]")
    text += "  s.blank: {kind: press}\n  s.retold: {by: press, of: [s.text]}\n"

    assert agreement.undated == ()
    assert known(agreement, "2031-06-01").undated == ("s.text",)
    assert known(load_text(text), "2031-05-11").undated == ("s.text", "memory")
    assert known(load_text(text.replace("[s.paper, s.month]", "s.retold")), "2031-05-11").undated == (
        "s.text", "s.retold", "memory",
    )  # fmt: skip


def test_an_entry_is_found_whether_known_or_not(agreement):
    """As the file has it, what only a reading adds included."""
    then = known(agreement, "2031-05-11")

    assert then.entry("demands.wide").plain()["by"] == "northbank"
    assert then.entry("provisions.boats").plain()["what"] == "ship"
    assert then.entry("demands.nothing.at.all") is None


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


DRAWN = "geometry: {coordinates: [[20.0, 45], [21.0, 45]]}"
FIELD = "geometry: {coordinates: [[20.0, 45], [21.0, 45], [21, 46], [20.0, 45]]}"
GROUND = f"""
lines:
  old: {{title: old line, plus: north, {DRAWN}}}
  told: {{title: told line, plus: north, {DRAWN}, source: [s.radio, s.text]}}
  late: {{title: late line, plus: north, {DRAWN}, uncertainty: 50 m, places: {{Mill: 3 km}}, source: s.radio}}
  either: {{title: one of two, plus: north, one_of: [old, told], source: s.radio}}
  front: {{title: the front, plus: north, {DRAWN},
    versions: [2031-05-02, {{from: 2031-05-03, {DRAWN}, source: s.radio}}]}}
  moved: {{title: moved, plus: north, {DRAWN}, versions: [{{from: 2031-05-03, {DRAWN}, source: s.radio}}]}}
areas:
  Field: {{{FIELD}}}
  Marsh: {{{FIELD}, source: s.radio}}
zones:
  strip: {{line: old, away: 3 km, source: s.radio}}
  wide: {{any: [{{line: old, away: 3 km}}, {{line: old, away: 5 km, source: s.radio}}]}}
  both: {{all: [strip, {{places: [Field], source: s.text}}]}}
  rest: {{of: {{places: [Field]}}, but_not: {{places: [Marsh], source: s.radio}}}}
mechanism:
  patrol: {{does: patrols}}
  camera: {{does: films, source: s.radio}}
"""


def test_ground_that_nobody_had_described_yet_is_undisclosed():
    """A line, an area or a zone by a later source has no course yet; one by an early source, or by none, has."""
    act, where = "what: hostilities,", "where: {line: old, away: 1 km, source: s.radio},"
    text = TEXT.replace(act, f"{act} {where}")
    agreement = load_text(text + GROUND)
    then = known(agreement, "2031-05-19")
    lines, areas, zones = then.document.lines, then.document.areas, then.document.zones

    assert sorted(then.shapes) == ["areas.Field", "lines.front", "lines.moved", "lines.old", "lines.told"]
    assert (lines["late"].geometry, lines["late"].places, lines["late"].title) == ("undisclosed", None, "late line")
    assert (lines["either"].one_of, areas["Marsh"].geometry) == (None, "undisclosed")
    assert [str(one) for one in lines["front"].versions] == ["2031-05-02"]
    assert lines["moved"].versions is None
    assert zones["strip"] == zones["wide"].any[1] == zones["rest"].but_not == NOT_YET
    assert zones["wide"].any[0] == agreement.document.zones["wide"].any[0]
    assert zones["both"] == agreement.document.zones["both"]
    assert then.document.provisions["ceasefire"].where == NOT_YET
    assert list(then.document.mechanism) == ["patrol"]


def test_what_of_the_ground_was_not_known_is_told():
    """By its path; the day after the last source nothing is missing, and knowing less in two steps is knowing less."""
    agreement = load_text(TEXT + GROUND)
    then = known(agreement, "2031-05-19")

    assert [path for path in then.left_out if path.partition(".")[0] in ("lines", "areas", "zones", "mechanism")] == [
        "mechanism.camera", "areas.Marsh", "lines.late", "lines.either", "lines.front", "lines.moved",
        "zones.strip", "zones.wide", "zones.rest",
    ]  # fmt: skip
    assert known(agreement, "2031-05-20").document == agreement.document
    assert known(agreement, "2031-05-20").shapes.keys() == agreement.shapes.keys()
    assert known(known(agreement, "2031-05-25"), "2031-05-19").shapes.keys() == then.shapes.keys()


def test_a_reading_by_an_early_source_does_not_make_a_late_line_known():
    """The course belongs to the name: where one text rests it on nothing known yet, nobody can use it."""
    text = TEXT.replace("keeps: all,", "keeps: all, set: {lines.late.source: s.text},")
    then = known(load_text(text + GROUND), "2031-05-19")

    assert "lines.late" not in then.shapes
    assert then.under("editor").lines["late"].source == "s.text"
