"""Readings patch the text: values are replaced whole, entries are added, and nothing else changes."""

import pytest

from truceline.errors import TermsError
from truceline.formats.terms_file import load_text

TEXT = """truceline: 1
agreement: {id: river-2031, title: River Line, class: preliminary}
instruments: {truce: {signed: 2031-05-01}}
parties: {northbank: [signatory], southbank: [signatory]}
actors: [north_army]
lines: {river: {title: the river, plus: north}}
zones: {strip: {line: river, away: {to: 5 km, how: average}}}
provisions:
  ceasefire: {who: any, what: hostilities, where: strip, at_most: 0, except: [north_army], source: s.text}
  thinning: {who: any, what: [tank, gun], where: {line: river, away: 5 km}, at_most: 9, source: s.text}
stances: [{actor: northbank, to: truce, is: accepts, source: s.text}]
sources: {s.text: {kind: primary}, s.radio: {by: spokesman}}
readings: {north: {holder: northbank, source: s.radio, PATCH}}
"""


def under(patch):
    """Give the text as a reading with this patch has it."""
    return load_text(TEXT.replace("PATCH", patch)).under("north")


def test_a_value_is_replaced_as_a_whole():
    """What is set takes the place of the old value and is not merged with it."""
    text = under("set: {zones.strip: {line: river, away: {to: 3 mi}}}")

    assert text.zones["strip"].away.to.words == "3 mi"
    assert text.zones["strip"].away.how is None


def test_a_part_of_a_value_may_be_replaced():
    """A longer path leaves the neighbours of its end as they are."""
    text = under("set: {zones.strip.away.to: 3 mi, provisions.thinning.what.1: mlrs}")

    assert (text.zones["strip"].away.to.words, text.zones["strip"].away.how) == ("3 mi", "average")
    assert text.provisions["thinning"].what == ("tank", "mlrs")


def test_keys_that_do_not_stand_yet_are_made():
    """Inside an entry that exists a path may lead to what the text does not say."""
    text = under("set: {provisions.ceasefire.when.from: truce + 14 d, term.until: 2032-01-01}")

    assert text.provisions["ceasefire"].when.from_.words == "truce + 14 d"
    assert text.term.until.words == "2032-01-01"


def test_a_term_may_be_replaced_or_added():
    """The term has no entries of its own: it is patched by its name alone."""
    assert under("set: {term: {until: 2032-01-01}}").term.until.words == "2032-01-01"
    assert under("add: {term: {until: 2032-01-01}}").term.until.words == "2032-01-01"


def test_an_added_provision_rests_on_the_reading():
    """Without a source of its own it has the reading's; one that names a source keeps it."""
    text = under(
        "add: {provisions.a: {who: any, what: fire, at_most: 0},"
        " provisions.b: {who: any, what: fire, at_most: 0, source: s.text}}"
    )

    assert (text.provisions["a"].source, text.provisions["b"].source) == ("s.radio", "s.text")


def test_what_is_added_may_be_set():
    """Additions come first; a list of actors takes further ones."""
    text = under("set: {provisions.ceasefire.who: [north_army, boatmen]}, add: {actors.boatmen: {title: boatmen}}")

    assert text.provisions["ceasefire"].who == ("north_army", "boatmen")
    assert list(text.actors) == ["north_army", "boatmen"]


def test_an_entry_of_a_list_may_be_patched():
    """Stances are counted from 0."""
    assert under("set: {stances.0.is: rejects}").stances[0].is_ == "rejects"


def test_the_text_stays_as_it_is():
    """A reading changes its own view alone, and a reading without a patch sees the text."""
    agreement = load_text(TEXT.replace("PATCH", "set: {provisions.thinning.at_most: 1}"))
    silent = load_text(TEXT.replace("PATCH", "keeps: all"))

    assert agreement.document.provisions["thinning"].at_most == 9
    assert agreement.under("north").provisions["thinning"].at_most == 1
    assert agreement.under("north").readings == agreement.document.readings
    assert silent.under("north") is silent.document


@pytest.mark.parametrize(
    ("patch", "what"),
    [
        ("set: {provisions.cease.at_most: 1}", "'provisions' has no 'cease'"),
        ("set: {areas.town.note: x}", "'areas' has no 'town'"),
        ("set: {truceline: 1}", "a reading cannot patch 'truceline'"),
        ("set: {provision.ceasefire.who: any}", "did you mean 'provisions'?"),
        ("set: {provisions: {}}", "is a whole section"),
        ("set: {provisions.ceasefire.where.away: 3 km}", "nothing can stand below a word"),
        ("set: {provisions.ceasefire.except.3: north_army}", "the list has no entry '3'"),
        ("set: {provisions.ceasefire.except.x: north_army}", "the list has no entry 'x'"),
        ("add: {provisions.ceasefire: {who: any}}", "exists already"),
        ("add: {provisions.new.who: any}", "'provisions' has no 'new'"),
    ],
)
def test_paths_that_lead_nowhere_are_refused(patch, what):
    """Each wrong path is a fault at its own key."""
    with pytest.raises(TermsError) as refused:
        load_text(TEXT.replace("PATCH", patch))
    [fault] = refused.value.faults

    assert what in f"{fault.what}; {fault.remedy}"
    assert fault.at == f"<terms>:13:{TEXT.split(chr(10))[12].index('PATCH') + 7}"


def test_a_computed_distance_belongs_to_a_reading():
    """Under a reading it is a distance, in the text it is a fault."""
    away = 'zones.strip.away: {to: "(50 km - gap)/2", gap: [river, road]}'
    text = under(f"add: {{lines.road: {{title: the road, plus: north}}}}, set: {{{away}}}")

    assert text.zones["strip"].away.to.form == "formula"
    with pytest.raises(TermsError, match="TL-E039"):
        load_text(TEXT.replace("PATCH", "keeps: all").replace("to: 5 km", "to: gap/2"))


def test_a_reading_cannot_redraw_a_line_of_the_text():
    """Reports are located once per line, so another course is another line, with a name of its own."""
    with pytest.raises(TermsError) as caught:
        under("set: {lines.river.uncertainty: 3 km}")

    [fault] = caught.value.faults
    assert fault.code == "TL-E034"
    assert fault.remedy == "put one of another name under 'add' (lines.NAME), and let the provision name it"
