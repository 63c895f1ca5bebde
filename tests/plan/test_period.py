"""WHEN, compiled: from an instant in one span until an instant in another, and never a day that nobody stated."""

import pytest

from truceline.basics.time import FOREVER, NEVER_BEFORE, Span, parse_moment
from truceline.plan.anchored import bounds_of, made_since, span_of
from truceline.plan.period import period_of
from truceline.plan.tables import When
from truceline.terms.anchors import anchors_of
from world import amended, instant, truce

HALT = "at_most: 0, under: truce, words: The fire stops."


DAY = 86_400_000_000
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


def test_days_are_counted_from_the_own_instrument():
    """D is the entry into force of what the provision stands under, for its end as for its beginning."""
    found = period("under: truce, when: {from: D+1, until: D+30}")

    assert (found.begin, found.end) == (Span(NOON + DAY, NOON + DAY), Span(NOON + 30 * DAY, NOON + 30 * DAY))


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
    """And one counted from an instrument that has no date may be at any time."""
    text = truce().under(None)

    assert span_of(None, text) is None
    assert span_of(parse_moment("deal + 14 d"), text) == Span(NEVER_BEFORE, FOREVER)


def test_day_zero_is_that_of_the_instruments():
    """Of those under which the provision stands; for want of them of all, of which one may name no day."""
    text = truce().under(None)
    fortnight = 14 * DAY

    assert span_of(parse_moment("D+14"), text, ("truce",)) == Span(NOON + fortnight, NOON + fortnight)
    assert span_of(parse_moment("D + 36 h"), text, ("truce",)) == Span(NOON + 3 * DAY // 2, NOON + 3 * DAY // 2)
    assert span_of(parse_moment("D-1"), text) == Span(NOON - DAY, FOREVER)
    assert period("under: truce, when: {from: D+14}").begin == Span(NOON + fortnight, NOON + fortnight)


@pytest.mark.parametrize(
    ("zone", "start", "words", "due"),
    [
        ("Europe/Kyiv", "2015-02-15T00:00+02:00", "pkg + 14 d", "2015-03-01T00:00+02:00"),
        ("Europe/Kyiv", "2015-09-30T00:00+03:00", "pkg + 41 d", "2015-11-10T00:00+02:00"),
        ("Asia/Damascus", "2019-10-23T12:00+03:00", "pkg + 150 h", "2019-10-29T18:00+03:00"),
        ("Asia/Beirut", "2024-11-27T04:00+02:00", "pkg + 60 d", "2025-01-26T04:00+02:00"),
        ("Europe/Moscow", "2020-11-10T00:00+03:00", "pkg + 5 years", "2025-11-10T00:00+03:00"),
    ],
)
def test_days_go_by_the_local_calendar_and_hours_by_the_clock(zone, start, words, due):
    """Whatever the clocks do in between, so many days later it is the same hour; 150 hours are 150 hours."""
    text = amended(('in_force: "2031-05-02T12:00+02:00"', f'in_force: "{start}"'), ("zone: Etc/GMT-2", f"zone: {zone}"),
                   readings=False).under(None)  # fmt: skip

    assert span_of(parse_moment(words.replace("pkg", "truce")), text) == Span(us(due), us(due))


def test_what_is_not_bounded_has_the_bounds_of_time():
    """A stretch of which one end is not stated reaches as far as time does."""
    text = truce().under(None)

    assert bounds_of(None, None, text) == (Span(NEVER_BEFORE, NEVER_BEFORE), Span(FOREVER, FOREVER))
    assert bounds_of(parse_moment("truce + 1 d"), None, text)[0] == Span(NOON + DAY, NOON + DAY)
    assert made_since(text) == NOON


def test_between_from_and_by_the_rule_may_hold_already():
    """A withdrawal begun on one day is due on another: surely banned only after the later one."""
    begin = period("when: {from: 2031-05-02, by: 2031-05-10}").begin

    assert (begin.start_us, begin.end_us) == (us("2031-05-02T00:00+02:00"), us("2031-05-11T00:00+02:00"))


def test_an_instrument_without_a_day_leaves_the_beginning_open():
    """Under two texts, of which one names no day, nobody can tell from when both held."""
    change = ("annex: {title: Annex, signed: 2031-05-10, amends: truce}", "annex: {title: Annex, amends: truce}")

    assert period("under: [truce, annex]", change).begin == Span(NOON, FOREVER)


def end(term):
    """Compile the end of a provision under a deal with this term."""
    return period(
        "under: truce", ("term: {until: 2032-01-01, source: s.text}", f"term: {{{term}, source: s.text}}")
    ).end


def test_a_term_is_counted():
    """From when it says, else from the entry into force; the earlier of two ends counts, and an open one is none."""
    autumn = us("2031-10-01T00:00+02:00")

    assert end('lasts: 30 d, from: "2031-09-01T00:00+02:00"') == Span(autumn, autumn)
    assert end("lasts: 48 hours, from: truce + 1 d") == Span(NOON + 3 * DAY, NOON + 3 * DAY)
    assert end('lasts: 1 year, until: "2031-10-01T00:00+02:00"') == Span(autumn, autumn)
    assert end("lasts: 30 d, from: 2031-09-01") == Span(autumn, autumn + DAY)


def test_a_term_that_cannot_be_counted_may_have_ended_since_it_began():
    """Words that are no length; and from an instrument without a day nobody can count."""
    assert end("lasts: for a while") == Span(NOON, FOREVER)
    assert end("lasts: 1 d") == Span(NOON + DAY, FOREVER)


def test_a_renewal_puts_another_end_in_its_place():
    """One of which only words tell leaves open how long the deal lasts."""
    first = us("2032-03-01T00:00+02:00")
    one = '{until: "2032-03-01T00:00+02:00", source: s.text}'
    due = 'until: "2032-01-01T00:00+02:00"'

    assert end(f"{due}, renewed: [{one}]") == Span(first, first)
    assert end(f"{due}, renewed: [{{until: none, source: s.text}}]") == Span(FOREVER, FOREVER)
    assert end(f"{due}, renewal: yearly") == Span(NEW_YEAR.start_us, FOREVER)
    assert end(f"{due}, renewal: none") == Span(NEW_YEAR.start_us, NEW_YEAR.start_us)
    assert end("until: none, renewal: yearly") == Span(FOREVER, FOREVER)


MARCH, JUNE = us("2032-03-01T00:00+02:00"), us("2032-06-01T00:00+02:00")
SOON, LATE = 'until: "2032-03-01T00:00+02:00"', 'until: "2032-06-01T00:00+02:00"'


@pytest.mark.parametrize(
    ("soon", "late", "found"),
    [
        ("agreed: 2031-10-01, source: s.text", "agreed: 2031-11-01, source: s.text", Span(JUNE, JUNE)),
        ("agreed: 2031-11-01, source: s.text", "agreed: 2031-10-01, source: s.text", Span(MARCH, MARCH)),
        ("agreed: 2031-10-01, source: s.text", "agreed: 2031-10-01, source: s.text", Span(MARCH, JUNE)),
        ("agreed: 2031-10-01, source: s.october", "agreed: 2031-10-01, source: s.text", Span(MARCH, MARCH)),
        ("agreed: 2031-10-01, source: s.october", "agreed: 2031-10-01, source: s.november", Span(JUNE, JUNE)),
        ("source: s.november", "source: s.october", Span(MARCH, MARCH)),
        ("source: s.november", "agreed: 2031-12-01, source: s.october", Span(JUNE, JUNE)),
        ("source: s.text", "source: s.text", Span(MARCH, JUNE)),
    ],
)
def test_the_renewal_agreed_last_counts_wherever_it_stands(soon, late, found):
    """By when it was agreed, else by when it was known; of one day by when it was known, else nobody can tell."""
    told = (
        "  s.text:",
        "  s.october: {by: envoy, said: 2031-10-05}\n  s.november: {by: envoy, known_from: 2031-11-05}\n  s.text:",
    )
    both = [f"{{{SOON}, {soon}}}", f"{{{LATE}, {late}}}"]

    for order in (both, both[::-1]):
        term = f"term: {{renewed: [{', '.join(order)}], source: s.text}}"
        assert period("under: truce", ("term: {until: 2032-01-01, source: s.text}", term), told).end == found


def test_the_end_of_contradicting_renewals_may_be_open():
    """Until March, or without an end: from March on nobody can tell."""
    assert end(f"renewed: [{{{SOON}, source: s.text}}, {{until: none, source: s.text}}]") == Span(MARCH, FOREVER)
