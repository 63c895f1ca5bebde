"""WHEN, compiled: from an instant in one span until an instant in another, and never a day that nobody stated."""

import pytest

from truceline.basics.time import FOREVER, NEVER_BEFORE, Span, parse_moment
from truceline.plan.period import anchors_of, period_of, span_of
from truceline.plan.tables import When
from world import amended, instant, truce

HALT = "at_most: 0, under: truce, words: The fire stops."


READING = ("denies: [guns]}", 'denies: [guns], until: "2031-10-01T00:00+02:00"}')


def us(words):
    """Give an instant in microseconds."""
    return int(instant(words).timestamp()) * 1_000_000


def period(terms, *changes, reading=None):
    """Compile the period of the provision `halt`, with other words for its `under`."""
    agreement = amended((HALT, f"at_most: 0, {terms}, words: The fire stops."), *changes, readings=READING in changes)
    text = agreement.under(reading)
    return period_of(text.provisions["halt"], text, text.readings[reading] if reading else None)


SIGNED, NOON = us("2031-05-01T00:00+02:00"), us("2031-05-02T12:00+02:00")
ANNEX = us("2031-05-10T00:00+02:00")
NEW_YEAR = Span(us("2032-01-01T00:00+02:00"), us("2032-01-02T00:00+02:00"))
ENDLESS = ("term: {until: 2032-01-01, source: s.text}", "term: {until: none, source: s.text}")


def test_a_provision_follows_its_instrument_and_ends_with_the_deal():
    """From the instant of entry into force; a deal that ends on a day ends at an instant of that day."""
    assert period("under: truce") == When(Span(NOON, NOON), NEW_YEAR, undated=False)


def test_its_own_dates_go_before_those_of_its_instrument():
    """A bare date is that whole local day: the hour is not stated."""
    begin, end = us("2031-06-01T00:00+02:00"), us("2031-07-01T00:00+02:00")
    found = period("under: truce, when: {from: 2031-06-01, until: 2031-07-01}")

    assert found == When(Span(begin, begin + 86_400_000_000), Span(end, end + 86_400_000_000), undated=False)


def test_a_deadline_is_a_beginning():
    """A withdrawal is a ban that starts at its deadline."""
    due = us("2031-06-01T09:00+02:00")

    assert period('when: {by: "2031-06-01T09:00+02:00"}').begin == Span(due, due)


def test_an_instrument_without_a_day_of_entry_into_force_holds_from_nobody_knows_when():
    """Surely not before it was signed; whatever follows it is undated."""
    found = period("under: annex")

    assert found == When(Span(ANNEX, FOREVER), NEW_YEAR, undated=True)


def test_no_date_at_all_is_not_before_the_instruments():
    """`from: none` and `by: none`: the date of the instrument's entry into force is not the provision's."""
    for words in ("when: {from: none}, under: truce", "when: {by: none}, under: truce"):
        assert period(words) == When(Span(NOON, FOREVER), NEW_YEAR, undated=True)


def test_several_instruments_bound_the_beginning_together():
    """Not before the first, surely once the last is in force; without `under` all of them count."""
    both = When(Span(NOON, FOREVER), NEW_YEAR, undated=True)
    dated = ("annex: {title: Annex, signed: 2031-05-10,", 'annex: {title: Annex, in_force: "2031-05-10T00:00+02:00",')

    assert period("under: [truce, annex]") == both
    assert period("verify: nobody") == both
    assert period("under: [truce, annex]", dated).begin == Span(NOON, ANNEX)


def test_without_any_dated_instrument_nothing_is_known():
    """Neither a day before which it surely did not hold."""
    bare = ('signed: 2031-05-01, in_force: "2031-05-02T12:00+02:00"', "text: undisclosed")

    assert period("under: truce", bare).begin == Span(NEVER_BEFORE, FOREVER)


@pytest.mark.parametrize("key", ["signed", "agreed", "date"])
def test_an_instrument_counts_from_the_day_it_was_signed_agreed_or_dated(key):
    """Whichever is stated: it is no day of entry into force."""
    other = ('signed: 2031-05-01, in_force: "2031-05-02T12:00+02:00"', f"{key}: 2031-05-01")
    text = amended(other, readings=False).under(None)

    assert anchors_of(text)["truce"] == Span(SIGNED, FOREVER)


def test_a_shift_counts_from_its_instrument():
    """Fourteen days by the local calendar after noon is noon."""
    assert period("when: {from: truce + 14 d}").begin == Span(NOON + 14 * 86_400_000_000, NOON + 14 * 86_400_000_000)


def test_an_open_end_lasts():
    """Neither the provision nor the deal ends."""
    assert period("under: truce, when: {until: none}", ENDLESS).end == Span(FOREVER, FOREVER)


def test_the_earliest_end_counts():
    """That of the provision, of the reading, or of the whole deal."""
    autumn, summer = us("2031-10-01T00:00+02:00"), us("2031-07-01T00:00+02:00")
    own = 'under: truce, when: {until: "2031-07-01T00:00+02:00"}'

    assert period("under: truce", READING, reading="northview").end == Span(autumn, autumn)
    assert period(own, READING, reading="northview").end == Span(summer, summer)
    assert period("under: truce", READING).end == NEW_YEAR


def test_no_moment_has_no_span():
    """And one that hangs on nothing may be at any time."""
    text = truce().under(None)

    assert span_of(None, text) is None
    assert span_of(parse_moment("D+14"), text) == Span(NEVER_BEFORE, FOREVER)


def test_between_from_and_by_the_rule_may_hold_already():
    """A withdrawal begun on one day is due on another: surely banned only after the later one."""
    begin = period("when: {from: 2031-05-02, by: 2031-05-10}").begin

    assert (begin.start_us, begin.end_us) == (us("2031-05-02T00:00+02:00"), us("2031-05-11T00:00+02:00"))


def test_an_instrument_without_a_day_leaves_the_beginning_open():
    """Under two texts, of which one names no day, nobody can tell from when both held."""
    change = ("annex: {title: Annex, signed: 2031-05-10, amends: truce}", "annex: {title: Annex, amends: truce}")

    assert period("under: [truce, annex]", change).begin == Span(NOON, FOREVER)


def test_a_term_that_lasts_for_words_may_have_ended():
    """How long it lasts is kept and not counted yet, so its end is not known."""
    change = ("term: {until: 2032-01-01, source: s.text}", "term: {lasts: 1 d, source: s.text}")

    assert period("under: truce", change).end == Span(NEVER_BEFORE, FOREVER)
