"""The local engine: batch by batch, what was known by a day, summaries that add up, and disagreements."""

import numpy as np
import pyarrow as pa

from truceline.engines.local import EMPTY, Summary, check_batch, check_stream
from truceline.engines.setup import prepare
from truceline.judge.check import judge
from truceline.judge.divergence import deciding_fields
from world import amended, at, check, day, reports, setup, spot, truce, under

PRESENT = {"act": "presence", "by": ["northbank_army"], **at("2031-06-01")}
THREE = reports(
    {**spot(30_000.0, 13_000.0), **PRESENT},
    {**spot(30_000.0, 16_500.0), **PRESENT},
    {**spot(30_000.0, 40_000.0), **PRESENT},
)


def test_a_batch_is_judged_by_every_rule_under_every_reading():
    """11 km of ground lie between river and road; the stand-off of 3 to 4 miles is counted from the road."""
    checked = check(THREE)

    assert [verdict for verdict, _ in under(checked, "behind@north")] == ["violation", "indeterminate", "no_violation"]
    assert [verdict for verdict, _ in under(checked, "behind@north", "northview")] == [
        "violation", "no_violation", "no_violation"
    ]  # fmt: skip
    assert len(checked.pairs) == 8 * 4
    assert checked.report_ids.to_pylist() == ["r0", "r1", "r2"]


def test_a_record_batch_is_as_good_as_a_table():
    """And so are its slices."""
    whole = check(THREE).findings
    [batch] = THREE.to_batches()

    assert check_batch(setup(), batch).findings.equals(whole)
    assert check_batch(setup(), batch.slice(1, 1)).findings.to_pylist() == whole.to_pylist()[32:64]


def test_a_stream_gives_what_one_batch_gives(monkeypatch):
    """In pieces of at most so many rows, in their order; the counts add up."""
    monkeypatch.setattr("truceline.engines.local.BATCH_ROWS", 2)
    whole = check(THREE)
    pieces = list(check_stream(setup(), THREE.to_batches()))

    assert [len(piece.batch) for piece in pieces] == [2, 1]
    assert pa.concat_tables([piece.findings for piece in pieces]).to_pylist() == whole.findings.to_pylist()
    assert sum((piece.summary for piece in pieces), EMPTY) == whole.summary


def test_a_summary_counts_verdicts_reasons_and_what_depends_on_the_reading():
    """By provision and reading; a report with several reasons counts for each."""
    summary = check(THREE).summary

    assert summary.reports == 3
    assert summary.verdicts["behind@north", "text"] == {
        "not_applicable": 0, "no_violation": 1, "indeterminate": 1, "violation": 1
    }  # fmt: skip
    assert summary.reasons["behind@north", "text"] == {"outside": 1, "term_too_vague": 1, "every_condition_met": 1}
    assert summary.reasons["behind@south", "text"] == {"not_subject": 3, "outside": 3}
    assert summary.depends == {
        "halt": 0, "empty": 0, "behind@north": 2, "behind@south": 0, "guns": 3, "few": 0, "fewer": 0, "swap": 0
    }  # fmt: skip


def test_summaries_of_different_batches_add_up_key_by_key():
    """A reason that one batch lacks counts none there; the empty summary changes nothing."""
    one, rest = (check(THREE.slice(*rows)).summary for rows in ((0, 1), (1, 2)))

    assert one + rest == check(THREE).summary
    assert EMPTY + one == one
    assert isinstance(one + rest, Summary)


def test_what_depends_on_the_reading_names_the_fields_that_decide():
    """5.4 km from the road: open by 3 to 4 miles, clear of 5 km; by 4 miles it matters which line is meant."""
    found = {(one.report, one.provision): one for one in check(THREE).disagreements}
    second = found["r1", "behind@north"]

    assert dict(second.verdicts) == {
        "text": "indeterminate", "northview": "no_violation", "southview": "indeterminate", "press": "indeterminate"
    }  # fmt: skip
    assert second.fields == ("depth",)
    assert ("r2", "behind@north") not in found
    assert found["r2", "guns"].fields == ("denial", "ground")


def test_sectors_of_one_reading_are_held_against_the_line_of_another():
    """What decides between a band by sectors along the river and one along a road is told, whatever the sectors."""
    sectors = "{line: river, sectors: [{until: 20 km, away: 5 km}, {from: 20 km, away: 30 km}]}"
    words = ("provisions.behind.where: {line: border, away: 4 mi}", f"provisions.behind.where: {sectors}")
    held = prepare(amended(words), readings=["northview", "southview"])
    found = check_batch(held, reports({**spot(90_000.0, 16_500.0, 100.0), **at("2031-06-01T10:00"),
                                       "by": ["northbank_army"], "act": "presence"}))  # fmt: skip

    assert {one.provision for one in found.disagreements} >= {"behind@north"}


def test_no_disagreement_where_there_is_only_one_reading():
    """One reading alone agrees with itself."""
    alone = prepare(truce(), readings=["press"])

    assert check(THREE, alone).disagreements == ()


def test_reports_of_later_days_are_left_out_and_counted():
    """By the day they were published, else taken in; one without either is left out as undated."""
    table = reports(
        {**PRESENT, "reported": "2031-05-11T21:59"},
        {**PRESENT, "reported": "2031-05-11T22:00"},
        {**PRESENT, "recorded": "2031-05-10"},
        {**PRESENT, "reported": "2031-05-12", "recorded": "2031-05-10"},
        PRESENT,
    )
    checked = check(table, prepare(truce(), as_known="2031-05-11"))

    assert checked.report_ids.to_pylist() == ["r0", "r2"]
    assert (checked.unknown_then, checked.undated_then) == (2, 1)
    assert (checked.summary.unknown_then, checked.summary.undated_then) == (2, 1)
    assert (
        check(table.drop_columns(["reported", "recorded"]), prepare(truce(), as_known="2031-05-11")).undated_then == 5
    )


def test_a_whole_day_is_too_coarse_on_the_day_of_entry_into_force():
    """The truce holds from noon: that day is unknown, the day before not in force, the day after in force."""
    days = [
        {**spot(85_000.0, -20_000.0), "act": "fire", "by": ["southbank_army"], **day(f"2031-05-0{n}")}
        for n in (1, 2, 3)
    ]

    assert under(check(reports(*days)), "halt") == [
        ("not_applicable", "not_in_force"),
        ("indeterminate", "report_time_coarse"),
        ("violation", "every_condition_met"),
    ]


def test_what_decides_about_a_kind_decides_about_each_report_of_it():
    """Asked of every report by itself, the deciding fields are those found once for its kind."""
    chance = np.random.default_rng(7)
    table = reports(
        *(
            {
                "lon": 20.0 + float(chance.uniform(-0.2, 1.2)),
                "lat": float(chance.uniform(-0.3, 0.3)),
                "radius_m": float(chance.choice([0.0, 500.0, 5_000.0])),
                "by": [str(chance.choice(["northbank_army", "southbank_army", "strangers"]))],
                "act": "presence",
                **at(f"2031-0{chance.integers(4, 8)}-1{chance.integers(0, 9)}"),
            }
            for _ in range(400)
        )
    )
    checked = check(table)

    assert len(checked.disagreements) > 100
    for rule in {rule for rule, _ in checked.pairs}:
        rows = np.flatnonzero(checked.apart(rule))
        readings, found = checked.by_reading(rule)
        renderings = [checked.setup.rule(rule, reading) for reading in readings]
        fields = deciding_fields(
            renderings,
            found[:, rows],
            rows,
            lambda one, some: judge(one, checked.batch.take(some), checked.places.take(some)).verdict,
        )
        by_kind = checked.deciding(rule)
        assert fields == [by_kind[kind] for kind in checked.ruled.kind[rows].tolist()]


def test_the_counts_of_nothing_change_no_counts():
    """A batch without reports, at any place of the run, takes nothing away."""
    summary = check(THREE).summary

    assert summary + EMPTY == EMPTY + summary == summary
