"""Before the first report: readings chosen, equal renderings joined, and only what was known by a day."""

from dataclasses import replace

import pytest

from truceline.engines.setup import known_by, prepare
from truceline.errors import UsageError
from world import amended, at, check, instant, reports, setup, spot, truce, under


def test_all_readings_are_prepared_side_by_side():
    """The text among them, in the order of the file."""
    assert setup().readings == ("text", "northview", "southview", "press")
    assert [plan.reading for plan in setup().plans] == [0, 1, 2, 3]
    assert tuple(setup().demands) == ("wide", "heavy")
    assert setup().left_out == ()


def test_readings_are_chosen_by_name_and_kept_in_order():
    """The order of the question is not that of the file."""
    chosen = prepare(truce(), readings=["press", "text"])

    assert chosen.readings == ("text", "press")
    assert [plan.reading for plan in chosen.plans] == [0, 3]


def test_an_unknown_reading_is_refused_with_those_there_are():
    """All unknown names at once."""
    with pytest.raises(UsageError, match=r"'nobody', 'noone'.*choose among text, northview, southview, press"):
        prepare(truce(), readings=["nobody", "press", "noone"])


def test_a_rule_that_readings_render_alike_is_judged_once():
    """The fourth provision is left alone by all readings but one."""
    book = setup().book
    few = [pairs for _, pairs in setup().renderings if str(book.rules[pairs[0][0]]) == "few"]

    assert [[reading for _, reading in pairs] for pairs in few] == [["text", "northview", "southview"], ["press"]]
    assert sum(len(pairs) for _, pairs in setup().renderings) == 8 * 4


def test_a_rule_is_found_by_number_and_reading():
    """One that a reading does not have is none."""
    assert setup().rule(0, "press").rule == 0
    assert setup().rule(99, "press") is None


def test_what_was_not_known_by_a_day_is_left_out():
    """Readings and demands of the 12th of May are not known on the 11th; the press speaks in June."""
    early, late = prepare(truce(), as_known="2031-05-11"), prepare(truce(), as_known="2031-05-12")

    assert early.readings == ("text",)
    assert tuple(early.demands) == ()
    assert set(early.left_out) >= {"readings.northview", "readings.southview", "readings.press", "demands.wide"}
    assert late.readings == ("text", "northview", "southview")
    assert prepare(truce(), as_known="2031-05-11", readings=["text", "press"]).readings == ("text",)


def test_a_day_counts_to_its_end_in_the_zone_of_the_agreement():
    """The 11th of May ends at 22:00 UTC where clocks are two hours ahead."""
    end = int(instant("2031-05-11T22:00").timestamp()) * 1_000_000

    assert known_by("2031-05-11", truce()).end_us == end
    assert prepare(truce(), as_known="2031-05-11").known_until_us == end


@pytest.mark.parametrize(("zone", "hour"), [("Etc/GMT+5", 24), ("Etc/GMT-2", 22), (None, 24)])
def test_reports_of_the_next_day_are_never_known(zone, hour):
    """A bare day of publication is kept as 00:00 UTC: the day of reports ends by then, wherever the agreement is."""
    text = truce().document
    heading = text.agreement.model_copy(update={"zone": zone})
    there = replace(truce(), documents={None: text.model_copy(update={"agreement": heading})})

    midnight = int(instant("2031-05-11T00:00").timestamp())
    assert prepare(there, as_known="2031-05-11").known_until_us == (midnight + hour * 3600) * 1_000_000


def test_what_is_no_date_is_refused():
    """With the remedy of the date's own grammar."""
    with pytest.raises(UsageError, match="'11/05/2031' is no date"):
        prepare(truce(), as_known="11/05/2031")


def test_a_line_by_a_later_source_cannot_be_measured_from():
    """Until then a report has no offset from it, and the reason is that of a line whose course is not public."""
    drawn = "geometry: {coordinates: [[20.0, 0.1], [21.0, 0.1]]}"
    agreement = amended((f"{drawn}, uncertainty: 50 m}}", f"{drawn}, uncertainty: 50 m, source: s.north}}"))
    table = reports({**spot(30e3, 14e3), **at("2031-05-09"), "by": ["northbank_army"], "act": "presence",
                     "reported": "2031-05-10"})  # fmt: skip
    before, after = (check(table, prepare(agreement, as_known=day)) for day in ("2031-05-11", "2031-05-12"))

    assert under(before, "behind@north") == [("indeterminate", "line_undisclosed")]
    assert under(after, "behind@north") == [("violation", "every_condition_met")]
    assert "lines.northroad" in before.setup.left_out
