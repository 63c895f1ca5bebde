"""The report, told: what played a part, what else it says, how exact its place is, and its other rows."""

import pyarrow as pa

from truceline.engines.explaining import explain, explain_all
from truceline.engines.figures import Clock
from truceline.engines.setup import prepare
from truceline.engines.told_report import revisions_of
from truceline.evidence.precision import precision_table
from world import at, reports, setup, spot, truce

TANK = {**spot(30_000.0, 2_000.0, 4_000.0), **at("2031-06-01"), "by": ["southbank_scouts"], "act": "presence",
        "thing": "tank"}  # fmt: skip


def test_the_fields_that_played_a_part_come_apart_from_the_others():
    """Ours that decide, ours that do not, and those of the source, empty ones too."""
    table = reports(TANK).append_column("side_a", pa.array(["A"])).append_column("note", pa.array([""]))
    told = explain(setup(), table, "r0", "few", "text")
    ban = explain(setup(), reports({"act": "fire", "place": "the mill"}), "r0", "halt", "text")

    assert [name for name, _ in told.facts] == [
        "report", "from", "until", "lon", "lat", "radius_m", "by", "act", "thing"
    ]  # fmt: skip
    assert told.source == (("side_a", "A"), ("note", None))
    assert ban.told == (("place", "the mill"),)


def test_numbers_play_a_part_in_ceilings_alone():
    """Who counts asks how many; a ban does not. Yes and no are words."""
    table = reports({"act": "presence", "thing": "tank", "count_lo": 4, "lasting": True, **at("2031-06-01")})
    ceiling, ban = (explain(setup(), table, "r0", name, "text") for name in ("few", "halt"))

    assert dict(ceiling.facts)["count_lo"] == "4"
    assert dict(ban.told)["count_lo"] == "4"
    assert dict(ban.facts)["lasting"] == "yes"


def test_the_precision_rule_is_named():
    """The code of the source, its meaning, and the radius or the level that the table makes of it."""
    rows = [
        {"dataset": "ucdp-ged", "code": code, "radius_m": radius, "level": level, "days": "", "note": note}
        for code, radius, level, note in (("2", "25000", "", "around a named place"), ("3", "", "adm2", "a unit"))
    ]
    table = reports(*({"dataset": "ucdp-ged", "region": region, **spot(0.0, 0.0, radius)}
                      for region, radius in ((None, 25_000.0), ("east", None), (None, 5.0)))
                    ).append_column("where_prec", pa.array([2, 3, 2]))  # fmt: skip
    known = precision_table(rows, "precision.csv")
    words = [dict(explain_all(setup(), table, f"r{row}", precision=known)[0].facts)["precision"] for row in range(3)]

    assert words == [
        "where_prec 2: around a named place; by the table of precision codes within 25,000 m",
        "where_prec 3: a unit; by the table of precision codes anywhere in the polygon (adm2)",
        "where_prec 2: read by another table of precision codes than that of Truceline",
    ]


def test_of_several_rows_with_one_id_the_latest_is_judged_and_all_are_shown():
    """By the day of publication, as far as it was known then; the cells in which they differ stand side by side."""
    rows = [{"report": "r", "act": act, "reported": day, **at("2031-06-01")}
            for act, day in (("fire", "2031-06-03"), ("clash", "2031-06-02"), ("presence", "2031-06-04"))]  # fmt: skip
    now, then = (explain(held, reports(*rows), "r", "halt", "text")
                 for held in (setup(), prepare(truce(), as_known="2031-06-03")))  # fmt: skip

    assert [(one.judged, dict(one.cells)["act"]) for one in now.revisions] == [
        (False, "fire"), (False, "clash"), (True, "presence"),
    ]  # fmt: skip
    assert [one.judged for one in then.revisions] == [True, False, False]
    assert dict(then.facts)["act"] == "fire"
    assert now.revisions[0].cells == (("act", "fire"), ("reported", "2031-06-03 00:00 UTC"))
    assert explain(setup(), reports(TANK), "r0", "halt", "text").revisions == ()


def test_a_row_that_holds_what_several_share_stands_last():
    """Where none of the rows is judged by itself, it is shown below them."""
    rows = reports({"report": "r", "act": "fire"}, {"report": "r", "act": "fire.air"})
    joined = reports({"report": "r"})
    [told, *_] = explain_all(setup(), joined, "r", rows=rows)

    assert [(one.judged, dict(one.cells)["act"]) for one in told.revisions] == [
        (False, "fire"), (False, "fire.air"), (True, None),
    ]  # fmt: skip


def test_without_a_day_of_publication_the_last_row_is_judged():
    """A table may lack the columns altogether."""
    table = pa.table({"report": ["r", "r"], "act": ["fire", "clash"]})

    assert [one.judged for one in explain(setup(), table, "r", "halt", "text").revisions] == [False, True]


def test_of_a_protected_revision_nothing_is_told():
    """Beside a public row of the same report a protected one shows that it is protected, and no cell more."""
    rows = reports({**TANK, "release": "public"}, {**TANK, "release": "protected", "lon": 20.45, "thing": "gun"})
    told = revisions_of(rows, rows.slice(0, 1), Clock())

    assert [name for name, _ in told[0].cells] == ["report", "thing", "release", "lon"]
    assert told[1].cells == (("release", "protected"),)
