"""Which verdicts differ between two texts: the laws of comparing, and what decides."""

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from truceline.engines.comparing import words_of
from truceline.engines.flips import ROWS_SCHEMA, Flips
from truceline.engines.local import check_batch, check_stream
from truceline.engines.pairing import pair_of
from truceline.engines.setup import prepare
from truceline.errors import UsageError
from world import TERMS, amended, at, mirrored, reports, spot, swapped, truce

ACTORS = ("northbank_army", "southbank_army", "northbank_scouts", "southbank_scouts", "visitors")
NORTHTON = (
    "[[20.2, 0.05], [20.4, 0.05], [20.4, 0.25], [20.2, 0.05]]",
    "[[20.2, 0.05], [20.9, 0.05], [20.4, 0.3], [20.2, 0.05]]",
)
"""The town as it is drawn, and as it could be."""
SUBJECTS = dict.fromkeys(("halt", "guns", "few", "fewer", "swap"), ("subject",))
READINGS = ("text", "northview", "southview", "press")


def rows(count=120):
    """Make reports around the river, of every kind; one in seven is protected."""
    chance = np.random.default_rng(7)
    for number in range(count):
        yield {
            "lon": round(chance.uniform(19.9, 21.1), 4), "lat": round(chance.uniform(-0.4, 0.4), 4),
            "radius_m": [0.0, 300.0, 5_000.0][number % 3], **at(f"2031-05-{chance.integers(1, 30):02d}"),
            "by": [str(chance.choice(ACTORS))], "act": str(chance.choice(["presence", "fire", "hostilities"])),
            "thing": [None, "tank", "gun"][number % 3], "count_lo": number % 7,
            "dataset": [None, "ucdp-ged"][number % 11 == 0], "release": ["public", "protected"][number % 7 == 0],
        }  # fmt: skip


TABLE = reports(*rows())


def met(pair, table=TABLE, **more):
    """Compare two texts on some reports: what came of each clause, and the rows."""
    found = []
    flips = Flips(pair, found.append, **more)
    for checked in check_stream(pair.setup, table.to_batches()):
        flips.look(checked)
    return flips, pa.Table.from_batches(found, schema=ROWS_SCHEMA).to_pylist()


def counts(flips, *, turned=False, name=str):
    """Give verdicts, counts, fields and examples by clause; turned the other way round if asked."""
    return {
        name(meeting.provision): {
            (other, one) if turned else (one, other): (flip.count, flip.blind, flip.fields, flip.examples)
            for (one, other), flip in meeting.flips.items()
        }
        for meeting in flips.meetings
    }  # fmt: skip


@pytest.mark.parametrize("reading", READINGS)
def test_a_text_differs_from_itself_in_nothing(reading):
    """Neither in words nor in verdicts, be it read once or loaded twice."""
    for pair in (
        pair_of(truce(), readings=(reading, reading)),
        pair_of(truce(), amended(), readings=(reading, reading)),
    ):
        flips, found = met(pair, only=True)

        assert not words_of(pair).differ
        assert found == []
        assert not any(meeting.differ for meeting in flips.meetings)


@given(st.permutations(READINGS))
@settings(max_examples=4, deadline=None)
def test_the_other_way_round_everything_is_mirrored(readings):
    """From A to B and from B to A: the same reports, counts and fields, with the verdicts in each other's place."""
    one, other = readings[:2]
    here, rows_here = met(pair_of(truce(), readings=(one, other)))
    there, rows_there = met(pair_of(truce(), readings=(other, one)))

    assert counts(here) == counts(there, turned=True)
    assert [{**row, "verdict_a": row["verdict_b"], "verdict_b": row["verdict_a"]} for row in rows_here] == rows_there


@given(st.integers(0, 2**32 - 1), st.integers(1, 60))
@settings(max_examples=4, deadline=None)
def test_the_order_of_reports_and_batches_never_matters(seed, size):
    """Not even for the few reports that are named."""
    mixed = TABLE.take(np.random.default_rng(seed).permutation(TABLE.num_rows)).combine_chunks()
    batches = pa.Table.from_batches(mixed.to_batches(max_chunksize=size))
    pair = pair_of(truce(), readings=("northview", "press"))
    whole, found = met(pair)
    parts, again = met(pair_of(truce(), readings=("northview", "press")), batches)

    assert counts(whole) == counts(parts)
    assert sorted(map(str, found)) == sorted(map(str, again))


def test_swapping_the_sides_mirrors_what_differs():
    """With names swapped and the ground mirrored the same verdicts differ, for the same fields."""
    turned = [{**row, "lat": -row["lat"], "by": [swapped(one) for one in row["by"]]} for row in rows()]
    here, _ = met(pair_of(truce(), readings=("northview", "press")))
    there, _ = met(pair_of(mirrored(TERMS), readings=("southview", "press")), reports(*turned))

    assert counts(here) == counts(there, name=swapped)
    assert any(meeting.differ for meeting in here.meetings)


@pytest.mark.parametrize("pair", [("text", "northview"), ("southview", "press")])
def test_the_rows_are_the_verdicts_of_a_check(pair):
    """Every row has the two verdicts that a check gives under the two readings, and fields where they differ."""
    _, found = met(pair_of(truce(), readings=pair))
    checked = check_batch(prepare(truce()), TABLE).findings.to_pylist()
    verdicts = {(row["report"], row["provision"], row["reading"]): row["verdict"] for row in checked}

    assert len(found) == TABLE.num_rows * 8
    for row in found:
        key = row["report"], row["provision"]
        assert (row["verdict_a"], row["verdict_b"]) == tuple(verdicts[*key, name] for name in pair)
        protected = int(row["report"][1:]) % 7 == 0
        assert bool(row["fields"]) == (row["verdict_a"] != row["verdict_b"] and not protected)


def test_the_fields_are_those_of_a_check():
    """What decides between two readings is what a check of the two says."""
    _, found = met(pair_of(truce(), readings=("northview", "southview")), only=True)
    checked = check_batch(prepare(truce(), readings=("northview", "southview")), TABLE)
    decides = {(one.report, one.provision): one.fields for one in checked.disagreements}
    shown = {(row["report"], row["provision"]): tuple(sorted(filter(None, row["fields"].split(";")))) for row in found}

    assert decides
    for key, fields in decides.items():
        assert shown[key] in (fields, ())


def test_two_versions_are_judged_as_each_by_itself():
    """Line, set, depth and date change at once; every verdict is that of a check of the one file or the other."""
    new = amended(
        ("[[20.0, 0.0], [21.0, 0.0]]", "[[20.0, 0.15], [21.0, 0.15]]"), ("away: 20 km, both", "away: 15 km, both"),
        ("unsure: [northbank_scouts, southbank_scouts]", "unsure: [southbank_scouts]"),
        NORTHTON,
        ("signed: 2031-05-10, amends", "signed: 2031-05-20, amends"),
    )  # fmt: skip
    _, found = met(pair_of(truce(), new))
    both = [
        {(row["report"], row["provision"]): row["verdict"] for row in check_batch(prepare(one, readings="text"), TABLE)
         .findings.to_pylist()} for one in (truce(), new)
    ]  # fmt: skip

    assert {row["fields"] for row in found} >= {"", "line"}
    for row in found:
        key = row["report"], row["provision"]
        assert (row["verdict_a"], row["verdict_b"]) == (both[0][key], both[1][key])


def test_a_line_that_is_drawn_otherwise_decides_as_a_line():
    """The words are the same but for the course; of an area it is the ground."""
    moved = amended(("[[20.0, 0.0], [21.0, 0.0]]", "[[20.0, 0.15], [21.0, 0.15]]"))
    area = amended(NORTHTON)
    hidden = amended(("plus: left, geometry: {coordinates: [[20.3, 0.3], [20.5, 0.1], [20.8, 0.3]]}}", "plus: left}"))

    for new, field in ((moved, "line"), (area, "ground")):
        _, found = met(pair_of(truce(), new), only=True)
        assert {row["fields"] for row in found} - {""} == {field}
    assert met(pair_of(truce(), hidden), only=True)[1] == []
    assert met(pair_of(hidden, truce()), only=True)[1] == []


def test_a_clause_that_only_one_has_is_counted_by_itself():
    """Its reports have a verdict in one text and none in the other; no row is about them."""
    fewer = amended(("  swap: {who: guests", "  barter: {who: guests"))
    pair = pair_of(truce(), fewer)
    flips, found = met(pair)
    by = {meeting.provision: meeting for meeting in flips.meetings}
    words = {clause.name: clause for clause in words_of(pair).clauses}

    assert {one for one, other in by["swap"].flips if other == ""}
    assert {other for one, other in by["barter"].flips if one == ""}
    assert by["swap"].differ == 0
    assert {row["provision"] for row in found}.isdisjoint({"swap", "barter"})
    assert (words["swap"].only_in, words["barter"].only_in) == (0, 1)
    assert words["swap"].places[1] == ""


def test_what_is_no_longer_judged_is_judged_in_one_alone():
    """A clause that becomes unobservable is in both texts, and has verdicts in one."""
    pair = pair_of(
        truce(), amended(("few: {who: armies, what: tank,", "few: {who: armies, monitorable: none, what: tank,"))
    )
    [clause] = words_of(pair).clauses
    flips, _ = met(pair)
    [few] = [meeting for meeting in flips.meetings if meeting.provision == "few"]

    assert clause.fields == ("monitorable",)
    assert {other for _, other in few.flips} == {""}


def test_words_say_what_no_verdict_can_see():
    """A note changes no field; a set changes the subject; what stands in a clause is not named beside it again."""
    noted = words_of(pair_of(truce(), amended(("words: The fire stops.", "words: All fire stops."))))
    unsure = words_of(
        pair_of(truce(), amended(("unsure: [northbank_scouts, southbank_scouts]", "unsure: [northbank_scouts]")))
    )

    assert [(one.name, one.fields) for one in noted.clauses] == [("halt", ())]
    assert {one.name: one.fields for one in unsure.clauses} == SUBJECTS | {"spirit": ()}
    assert unsure.beside == ()
    assert "spirit" in noted.same


def test_a_trend_that_asks_for_another_change_is_a_limit():
    """No report decides a trend; the rules differ all the same."""
    [clause] = words_of(pair_of(truce(), amended(("trend: down", "trend: not_up")))).clauses

    assert clause.fields == ("limit",)


def test_a_reading_must_exist_and_be_known():
    """What is wrong says which of the two it is."""
    with pytest.raises(UsageError, match="TL-E901 there is no reading 'northvue'; did you mean 'northview'"):
        pair_of(truce(), readings=("text", "northvue"))
    with pytest.raises(UsageError, match="the reading 'press' was not known on 2031-05-31"):
        pair_of(truce(), readings=("press", "text"), as_known="2031-05-31")
    assert pair_of(truce(), amended(), as_known="2031-05-31").as_known == "2031-05-31"


def test_a_report_of_blind_data_is_counted_as_such():
    """Deaths do not show presence: where one text asks for it and the other does not, the flip says so."""
    pair = pair_of(truce(), amended(("halt: {who: armies, what: hostilities", "halt: {who: armies, what: presence")))
    table = reports({**spot(30_000.0, 10_000.0), **at("2031-06-01"), "by": ["northbank_army"], "act": "hostilities",
                     "dataset": "ucdp-ged"})  # fmt: skip
    flips, _ = met(pair, table)
    [halt] = [meeting for meeting in flips.meetings if meeting.provision == "halt"]

    assert [(pair, flip.blind) for pair, flip in halt.flips.items()] == [(("violation", "indeterminate"), 1)]
    assert flips.reports == 1
