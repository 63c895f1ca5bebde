"""Amendments: dated patches over the text, laid in order; the text as signed beside them; faults at their places."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from truceline.basics.time import parse_moment
from truceline.errors import TermsError
from truceline.formats.terms_file import load_text
from truceline.plan.compile import book_of, compile_plan, readings_of
from truceline.terms.agreement import Agreement

TEXT = """truceline: 1
agreement: {id: river-2031, title: River Line, class: preliminary, zone: Etc/GMT-3}
instruments: {truce: {signed: 2031-05-01, in_force: 2031-05-02}}
parties: {northbank: [signatory], southbank: [signatory]}
actors: [north_army, south_army]
lines: {river: {title: the river, plus: north}}
provisions:
  leave: {who: north_army, what: presence, where: {line: river, away: 5 km}, at_most: 0, source: s.text,
    when: {by: 2031-06-01}}
  tolls: {who: any, what: obstruction, at_most: 0, source: s.text}
sources:
  s.text: {kind: primary, said: 2031-05-01}
  s.more: {by: spokesman, said: 2031-05-30}
  s.last: {by: spokesman, said: 2031-06-20}
"""
MORE = """  more: {title: a week more, agreed: 2031-05-30, source: s.more, set: {provisions.leave.when.by: 2031-06-15}}
"""
LAST = """  last:
    agreed: 2031-06-20
    source: s.last
    set: {provisions.leave.where.away: 3 km}
    add: {provisions.boats: {who: any, what: ship, at_most: 0}, conditions.calm: {words: a calm river}}
    drops: [tolls]
"""


def load(amendments=MORE + LAST, readings="", text=TEXT):
    """Load the text with amendments and readings."""
    whole = text + (f"amendments:\n{amendments}" if amendments else "") + (f"readings:\n{readings}" if readings else "")
    return load_text(whole, "deal.yaml")


def known(agreement, day):
    """Give the agreement as known by the end of a day."""
    return agreement.as_known(parse_moment(day).span("Etc/GMT-3", {}))


def refused(*args, **options):
    """Give the faults of a file."""
    with pytest.raises(TermsError) as caught:
        load(*args, **options)
    return [str(fault) for fault in caught.value.faults]


def test_the_text_is_the_text_as_amended():
    """Values set, entries added and provisions dropped; what is added rests on the source of the amendment."""
    text = load().document

    assert str(text.provisions["leave"].when.by) == "2031-06-15"
    assert text.provisions["leave"].where.away.words == "3 km"
    assert list(text.provisions) == ["leave", "boats"]
    assert (text.provisions["boats"].source, text.conditions["calm"].source) == ("s.last", "s.last")


def test_the_text_as_signed_stands_beside_it():
    """As a reading of its own, before all others, that nobody patched; it says what the amendments changed."""
    agreement = load(readings="  press: {holder: press, keeps: all}\n")
    signed = agreement.under("as_signed")

    assert agreement.readings == ("as_signed", "press")
    assert readings_of(agreement) == ("text", "as_signed", "press")
    assert list(signed.provisions) == ["leave", "tolls"]
    assert str(signed.provisions["leave"].when.by) == "2031-06-01"
    assert signed.readings["as_signed"].set == {
        "provisions.leave.when.by": "2031-06-01", "provisions.boats": "not there yet",
        "conditions.calm": "not there yet", "provisions.leave.where.away": "5 km", "provisions.tolls": "still stands",
    }  # fmt: skip
    assert agreement.under("press") is agreement.document


def test_without_amendments_there_is_no_text_as_signed():
    """The text is the only one."""
    assert load("").readings == ()


def test_readings_patch_the_text_as_amended():
    """They may change what an amendment brought, and see what it set."""
    agreement = load(readings="  north: {holder: northbank, source: s.last, set: {provisions.boats.at_most: 2}}\n")
    text = agreement.under("north")

    assert text.provisions["boats"].at_most == 2
    assert str(text.provisions["leave"].when.by) == "2031-06-15"
    assert {"as_signed", "north"} == set(text.readings)


def test_a_name_that_the_language_needs_is_refused():
    """No reading of a file can be called as the text as signed is."""
    assert refused("", "  as_signed: {holder: press, keeps: all}\n") == [
        (
            "deal.yaml:16:3: TL-E030 'as_signed' has a meaning of its own:"
            " 'as_signed' is the text without its amendments; choose another name"
        )
    ]


FAULTS = {
    "set: {provisions.leaves.at_most: 1}": (
        "16:49: TL-E034 'provisions.leaves.at_most': 'provisions' has no 'leaves'; did you mean 'provisions.leave'?"
    ),
    "set: {agreement.title: x}": (
        "16:49: TL-E034 'agreement.title': an amendment cannot patch 'agreement';"
        " start the path at a section such as 'provisions'"
    ),
    "set: {amendments.a.agreed: 2031-01-01}": (
        "16:49: TL-E034 'amendments.a.agreed': an amendment cannot patch 'amendments';"
        " start the path at a section such as 'provisions'"
    ),
    "set: {lines.river.plus: south}": (
        "16:49: TL-E034 'lines.river.plus': an amendment cannot redraw what the text drew;"
        " put one of another name under 'add' (lines.NAME), and let the provision name it"
    ),
    "set: {provisions.leave.who: nobody_known}": (
        "16:71: TL-E020 with the amendment 'a': 'nobody_known' is not an actor, a set or a party;"
        " declare it under 'actors' or 'sets', or describe it in several words"
    ),
    "drops: [toll]": "16:51: TL-E027 'toll' is not a provision; did you mean 'tolls'?",
    "note: nothing": "16:6: TL-E036 the amendment changes nothing; add one of set, add, drops",
}


@pytest.mark.parametrize("patch", FAULTS)
def test_faults_of_an_amendment_stand_at_its_own_place(patch):
    """As those of a reading do; each is told once, also where readings see the amended text."""
    readings = "  north: {holder: northbank, source: s.text, set: {provisions.tolls.at_most: 2}}\n"

    assert refused(f"  a: {{agreed: 2031-05-03, source: s.text, {patch}}}\n", readings) == [
        f"deal.yaml:{FAULTS[patch]}"
    ]


def test_an_amendment_has_a_date_and_a_source():
    """Nobody could tell otherwise when it became part of the text."""
    faults = refused("  a: {set: {provisions.tolls.at_most: 2}}\n")

    assert [fault.split(";")[0] for fault in faults] == [
        "deal.yaml:16:6: TL-E007 'agreed' is missing", "deal.yaml:16:6: TL-E017 'source' is missing",
    ]  # fmt: skip


def test_amendments_stand_in_the_order_in_which_they_were_agreed():
    """They are laid over the text in the order of the file."""
    assert refused(LAST + MORE) == [
        (
            "deal.yaml:22:38: TL-E032 'more' was agreed (2031-05-30) before 'last', which stands above it;"
            " put the earlier one first"
        )
    ]
    assert load(MORE.replace("2031-05-30, source", "truce + 28 d, source") + LAST).readings == ("as_signed",)


SAME_TIME = "  more: {{agreed: {0}, source: s.more, {1}}}\n  last: {{agreed: {2}, source: s.last, {3}}}\n"


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("set: {provisions.leave.at_most: 1}", "set: {provisions.leave.at_most: 2}"),
        ("set: {provisions.leave.when: {by: 2031-07-01}}", "set: {provisions.leave.when.by: 2031-07-02}"),
        ("set: {provisions.tolls.at_most: 1}", "drops: [tolls]"),
    ],
)
def test_amendments_of_one_day_that_contradict_each_other_are_refused(one, other):
    """Nobody can tell which was the last; with their hours, or on other days, the later one counts."""
    day, noon, night = "2031-06-01", '"2031-06-01T12:00+03:00"', '"2031-06-01T20:00+03:00"'

    for whole in (SAME_TIME.format(day, one, day, other), SAME_TIME.format(noon, one, noon, other)):
        [fault] = refused(whole)
        assert "TL-E083 'last' changes 'provisions." in fault
        assert ", and so does 'more', agreed at the same time" in fault
    assert load(SAME_TIME.format(noon, one, night, other)).readings == ("as_signed",)


def test_amendments_of_one_day_may_change_other_things_or_say_the_same():
    """Whichever was the last, the text is one."""
    one = "set: {provisions.leave.at_most: 1, provisions.leave.where.away: 3 km}"
    other = "set: {provisions.leave.at_most: 1, provisions.tolls.at_most: 2}"

    assert load(SAME_TIME.format("2031-06-01", one, "2031-06-01", other)).document.provisions["leave"].at_most == 1


def test_a_reading_of_what_was_dropped_is_refused():
    """It patches the text as amended, which has it no longer."""
    readings = "  north: {holder: northbank, source: s.text, set: {provisions.tolls.at_most: 2}}\n"

    assert refused(readings=readings)[0].endswith("'provisions' has no 'tolls'; name an entry that exists, or put it"
                                                  " under 'add'")  # fmt: skip


def test_what_was_not_known_is_taken_out_of_the_text():
    """The text is laid anew with the amendments of which somebody had told by then."""
    before, between, after = (known(load(), day) for day in ("2031-05-29", "2031-05-30", "2031-06-20"))

    assert (before.readings, between.readings, after.readings) == ((), ("as_signed",), ("as_signed",))
    assert str(before.document.provisions["leave"].when.by) == "2031-06-01"
    assert str(between.document.provisions["leave"].when.by) == "2031-06-15"
    assert list(between.document.provisions) == ["leave", "tolls"]
    assert after.document == load().document
    assert before.left_out == ("amendments.more", "amendments.last")
    assert between.left_out == ("amendments.last",)
    assert list(between.document.amendments) == ["more"]


def test_an_amendment_was_not_known_before_it_was_agreed():
    """Whatever its source says of its own day."""
    agreement = load(MORE.replace("source: s.more", "source: s.text"))

    assert known(agreement, "2031-05-29").left_out == ("amendments.more",)
    assert known(agreement, "2031-05-30").left_out == ()


def test_what_cannot_be_laid_without_a_later_amendment_goes_with_it():
    """A reading, or another amendment, of what only a later one brings; its path is told."""
    early = MORE + LAST.replace("s.last", "s.more").replace("2031-06-20", "2031-05-30")
    further = "  further: {agreed: 2031-06-21, source: s.text, set: {provisions.boats.at_most: 3}}\n"
    readings = (
        "  north: {holder: northbank, source: s.text, set: {provisions.boats.at_most: 2}}\n"
        "  south: {holder: southbank, source: s.text, set: {provisions.leave.at_most: 2}}\n"
    )
    agreement = load(early.replace("source: s.more\n", "source: s.last\n") + further, readings)
    then = known(agreement, "2031-06-01")

    assert then.left_out == ("amendments.last", "amendments.further", "readings.north")
    assert then.readings == ("as_signed", "south")


def test_knowing_less_in_two_steps_is_knowing_less():
    """What a first day leaves out a later one does not bring back."""
    agreement = load()

    assert known(known(agreement, "2031-06-30"), "2031-05-29").document == known(agreement, "2031-05-29").document
    assert known(known(agreement, "2031-05-29"), "2031-06-30").document == known(agreement, "2031-05-29").document
    assert known(known(agreement, "2031-06-01"), "2031-05-29").left_out == ("amendments.last", "amendments.more")


def test_what_an_amendment_wrote_is_found_at_its_place():
    """What it set or added stands with it, the rest of an entry in the text; so does all of the text as signed."""
    agreement = load()

    assert agreement.place_of("provisions.leave.when.by") == "deal.yaml:16:72"
    assert agreement.place_of("provisions.leave.who") == "deal.yaml:8:11"
    assert agreement.place_of("provisions.boats") == "deal.yaml:21:11"
    assert agreement.place_of("readings.as_signed") == "deal.yaml:15:1"
    assert agreement.place_of("readings.as_signed.set.provisions.leave.who") == "deal.yaml:8:11"


def plans(agreement: Agreement):
    """Compile every reading that both texts have."""
    book = book_of(agreement)
    return {name: compile_plan(agreement, name, book).rules for name in readings_of(agreement)}


@settings(max_examples=20, deadline=None)
@given(st.lists(st.sampled_from(["provisions.leave.at_most", "provisions.tolls.at_most", "provisions.leave.who"]),
                min_size=1, max_size=3, unique=True))  # fmt: skip
def test_an_amendment_that_changes_nothing_changes_no_rule(paths):
    """What it sets is what stands there already: every text has the same rules as before, the one as signed too."""
    said = {"provisions.leave.at_most": 0, "provisions.tolls.at_most": 0, "provisions.leave.who": "north_army"}
    changes = ", ".join(f"{path}: {said[path]}" for path in paths)
    idle = load(f"  idle: {{agreed: 2031-05-03, source: s.text, set: {{{changes}}}}}\n")
    rules = plans(idle)

    assert [*map(repr, rules["text"])] == [*map(repr, rules["as_signed"])] == [*map(repr, plans(load(""))["text"])]


@settings(max_examples=25, deadline=None)
@given(st.integers(1, 30), st.integers(1, 30))
def test_a_later_day_knows_more(one, other):
    """Of sources, amendments, readings and provisions that were left out on a later day none was known earlier."""
    readings = "  north: {holder: northbank, source: s.last, set: {provisions.tolls.at_most: 2}}\n"
    agreement = load(MORE, readings)
    early, late = (known(agreement, f"2031-06-{day:02}") for day in sorted((one, other)))

    assert set(late.left_out) <= set(early.left_out)
    assert set(early.document.amendments) <= set(late.document.amendments)
    assert set(early.readings) <= set(late.readings)


def test_a_file_with_too_many_patches_is_refused():
    """Every amendment and every reading that changes something is checked with the whole text."""
    clauses = "".join(
        f"  clause_{number}: {{who: any, what: fire, at_most: {number}, source: s.text}}\n" for number in range(500)
    )
    many = "".join(
        f"  a{number}: {{agreed: 2031-05-03, source: s.text, set: {{provisions.tolls.at_most: {number}}}}}\n"
        for number in range(120)
    )

    assert refused(many, text=TEXT.replace("  tolls:", f"{clauses}  tolls:")) == [
        "deal.yaml:515:1: TL-E006 120 amendments of so long a text; split the agreement into several files"
    ]
