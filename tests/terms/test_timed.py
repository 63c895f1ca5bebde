"""Conditions, exceptions with bounds and renewals in a file: what they name, and what was known of them on a day."""

import pytest

from truceline.basics.time import parse_moment
from truceline.errors import TermsError
from truceline.formats.terms_file import load_text
from truceline.terms.known import NOT_YET
from truceline.terms.timed import excepted_names, waivers_of
from truceline.terms.untold import left_out_words, undated_words
from truceline.terms.wording import changes_of, condition_words, sentence_of, text_words

TEXT = """truceline: 1
agreement: {id: river-2031, title: River Line, class: preliminary, zone: Etc/GMT-3}
instruments: {truce: {signed: 2031-05-01}}
parties: {northbank: [signatory]}
actors: {army: {title: Northbank Army}, guides: {}, scouts: {}}
lines: {river: {title: the river, plus: north}}
zones: {strip: {line: river, away: 1 km}}
conditions:
  calm: {title: the river is calm, words: while the river is calm, source: s.text, is: [
    {from: 2031-05-02, until: 2031-06-01, is: met}, {from: 2031-06-01, is: unmet, source: s.late}]}
  late: {source: s.late, is: [{is: met}]}
provisions:
  away: {who: army, what: presence, where: strip, at_most: 0, if: calm, after: [not late, the flood], source: s.text,
    together_with: tolls, except: [guides,
    {who: scouts, where: strip, from: 2031-05-03, until: 2031-05-09, source: s.late},
    {where: {line: river, away: 2 km, source: s.late}}]}
  tolls: {who: any, what: obstruction, at_most: 0, source: s.text, except: {until: 2031-05-03}}
term:
  {lasts: 60 d, from: 2031-05-01, renewed: [{until: 2031-08-01, source: s.text}, {until: 2031-09-01, source: s.late}],
  source: s.text}
sources:
  s.text: {kind: primary, said: 2031-05-01}
  s.late: {by: spokesman, said: 2031-06-20}
"""


def load(*changes):
    """Load the text with some words replaced, each of which stands in it once."""
    text = TEXT
    for old, new in changes:
        assert text.count(old) == 1, old
        text = text.replace(old, new)
    return load_text(text, "deal.yaml")


def known(agreement, day="2031-06-01"):
    """Give the agreement as known by the end of a day."""
    return agreement.as_known(parse_moment(day).span("Etc/GMT-3", {}))


def faults(*changes):
    """Give the codes and words of what is refused."""
    with pytest.raises(TermsError) as caught:
        load(*changes)
    return [f"{fault.code} {fault.what}" for fault in caught.value.faults]


def test_the_sentence_names_conditions_and_exceptions():
    """Conditions by their titles and words, exceptions with their bounds; other words as they stand."""
    text = load().document

    assert sentence_of(text.provisions["away"], text) == (
        "Northbank Army: presence, within 1 km of the river, none at all, except guides,"
        " scouts within 1 km of the river from 2031-05-03 until 2031-05-09, everybody within 2 km of the river,"
        ' if the river is calm ("while the river is calm"), after not late, after the flood, together with tolls'
    )
    assert sentence_of(text.provisions["tolls"], text).endswith("except everybody until 2031-05-03")
    assert condition_words("nothing_here", text) == "nothing here"


def test_plain_names_and_exceptions_with_bounds_stand_side_by_side():
    """One alone needs no list; a demand has names only."""
    away, tolls = load().document.provisions.values()

    assert (excepted_names(away.except_), len(waivers_of(away.except_))) == (("guides",), 2)
    assert (excepted_names(tolls.except_), len(waivers_of(tolls.except_))) == ((), 1)


@pytest.mark.parametrize(
    ("old", "new", "fault"),
    [
        ("if: calm", "if: clam", "TL-E080 'clam' is not a condition"),
        ("not late", "not latter", "TL-E080 'latter' is not a condition"),
        ("if: calm", "if: tolls", "TL-E080 'tolls' is not a condition"),
        ("together_with: tolls", "together_with: toll", "TL-E027 'toll' is not a provision or a condition"),
        ("who: scouts", "who: scout", "TL-E020 'scout' is not an actor, a set or a party"),
        ("who: scouts, where: strip", "who: scouts, where: strips", "TL-E023 'strips' is not a zone or an area"),
        ("except: {until: 2031-05-03}", "except: {note: none}",
         "TL-E081 the exception says neither whom, nor where, nor when it spares"),
        ("except: {until: 2031-05-03}", "except: {who: side.who}", "TL-E029 'side.who' without 'each_side'"),
        ("except: {until: 2031-05-03}", "except: {where: {line: side.line, away: 1 km}}",
         "TL-E029 'side.line' without 'each_side'"),
        ("except: {until: 2031-05-03}", "except: {from: 2031-06-03, until: 2031-05-03}",
         "TL-E032 it ends (2031-05-03) before it begins (2031-06-03)"),
        ("{from: 2031-05-02, until: 2031-06-01, is: met}", "{from: 2031-07-02, until: 2031-06-01, is: met}",
         "TL-E032 it ends (2031-06-01) before it begins (2031-07-02)"),
        ("from: 2031-05-03, until: 2031-05-09", "from: clam + 1 d",
         "TL-E028 'clam' is not an instrument or a condition"),
        ("{signed: 2031-05-01}", "{signed: calm + 1 d}",
         "TL-E028 'calm' is a condition, and no day of a paper hangs on one"),
        ("late: {source: s.late, is: [{is: met}]}", "late: {source: s.late, is: [{from: late + 1 d, is: met}]}",
         "TL-E031 'late' contains itself: late > late"),
        ("late: {source: s.late, is: [{is: met}]}\n", "truce: {source: s.late}\n  late: {source: s.late}\n",
         "TL-E030 'truce' already names an entry of 'instruments'"),
        ("late: {source: s.late, is: [{is: met}]}\n", "D: {source: s.late}\n  late: {source: s.late}\n",
         "TL-E030 'D' already names the day zero"),
        ("is: unmet", "is: broken", "TL-E010 'broken' is not a word for 'is'"),
        ("late: {source: s.late, is", "late: {is", "TL-E017 'source' is missing"),
        ("until: 2031-08-01, source: s.text", "until: 2031-08-01", "TL-E017 'source' is missing"),
        ("except: {until: 2031-05-03}", f"except: [{', '.join(['{until: 2031-05-03}'] * 32)}]",
         "TL-E006 more than 31 exceptions with bounds of their own"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_told(old, new, fault):
    """A name that refers to nothing, bounds that are none or run backwards, and what rests on nothing."""
    assert faults((old, new)) == [fault]


def test_what_was_told_later_is_left_out_or_unknown():
    """Stretches of conditions, exceptions and renewals; the ground of an exception is not known yet."""
    then = known(load())
    away, term = then.document.provisions["away"], then.document.term
    [ground] = waivers_of(away.except_)

    assert [one.is_ for one in then.document.conditions["calm"].is_] == ["met"]
    assert then.document.conditions["late"].is_ == ()
    assert (excepted_names(away.except_), ground.where) == (("guides",), NOT_YET)
    assert [str(one.until) for one in term.renewed] == ["2031-08-01"]
    assert then.left_out == ("conditions.calm", "conditions.late", "provisions.away.except", "term.renewed")
    assert left_out_words(then) == (
        'the state of the conditions calm ("the river is calm"), late; the exception of the clause away;'
        " the renewal of the term"
    )
    assert known(load(), "2031-06-20").document == load().document


def test_a_renewal_counts_from_the_day_on_which_it_was_agreed():
    """Whatever its source: one that states no date is taken as known, and what was not agreed yet was no renewal."""
    later = load(("{until: 2031-08-01, source: s.text}", "{until: 2031-08-01, agreed: 2031-06-10, source: s.text}"))

    assert known(later).document.term.renewed == ()
    assert [str(one.until) for one in known(later, "2031-06-10").document.term.renewed] == ["2031-08-01"]


def test_sources_of_what_changes_with_time_are_among_those_without_a_date():
    """They decide whether it was known."""
    then = known(load(("s.late: {by: spokesman, said: 2031-06-20}", "s.late: {by: spokesman}")))

    assert then.undated == ("s.late",)
    assert undated_words(then) == "1 source of the terms states no date; it is taken as known: s.late"


def test_a_later_amendment_is_told_by_its_title():
    """Under the kind that it is."""
    text = TEXT + (
        "amendments: {more: {title: Two weeks more, agreed: 2031-06-20, source: s.late,"
        " set: {provisions.tolls.at_most: 1}}}\n"
    )

    assert left_out_words(known(load_text(text))).startswith('the amendment more ("Two weeks more"); the state of')


def test_a_term_by_a_later_source_is_none_with_its_renewals():
    """It is told once."""
    then = known(load(("  source: s.text}\nsources", "  source: s.late}\nsources")))

    assert then.document.term is None
    assert "term" in then.left_out
    assert left_out_words(then).endswith("the term of the deal")


def test_readings_say_whether_a_condition_is_met():
    """They set what is told of it, or add one of their own, which rests on their source."""
    agreement = load_text(TEXT + (
        "readings: {north: {holder: northbank, source: s.text, set: {conditions.calm.is: [{is: unmet}],"
        " provisions.tolls.if: dry}, add: {conditions.dry: {words: a dry river}}}}\n"
    ))  # fmt: skip
    text = agreement.under("north")

    assert [one.is_ for one in text.conditions["calm"].is_] == ["unmet"]
    assert text.conditions["dry"].source == "s.text"
    assert changes_of(text.readings["north"], text)[:2] == (
        ("condition", "conditions.calm.is", "is unmet"), ("condition", "provisions.tolls.if", "dry"),
    )  # fmt: skip


def test_amendments_say_what_they_change():
    """By field, as readings do; what they drop is dropped."""
    agreement = load_text(TEXT + (
        "amendments: {more: {title: Two weeks more, agreed: 2031-05-20, source: s.text, drops: [tolls],"
        " set: {provisions.away.at_most: 1, provisions.away.together_with: late}}}\n"
    ))  # fmt: skip
    text = agreement.document

    assert changes_of(text.amendments["more"], text) == (
        ("limit", "provisions.away.at_most", "1"), ("condition", "provisions.away.together_with", "late"),
        ("provision", "provisions.tolls", "dropped"),
    )  # fmt: skip
    assert text_words(text) == "the text as amended (Two weeks more)"


def test_a_renewal_agreed_by_an_instrument_is_known_from_its_day():
    """Nobody knew before of what was agreed forty days after the signature; without a day it counts as agreed."""
    renewed = "{until: 2031-08-01, source: s.text}, {until: 2031-09-01, source: s.late}"
    agreement = load((renewed, "{until: 2031-08-01, agreed: truce + 40 d, source: s.text}"))

    assert known(agreement, "2031-06-09").document.term.renewed == ()
    assert len(known(agreement, "2031-06-10").document.term.renewed) == 1
    assert (
        len(known(load((renewed, "{until: 2031-08-01, agreed: D + 90 d, source: s.text}"))).document.term.renewed) == 1
    )
