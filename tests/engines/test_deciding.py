"""What decides between the readings, gathered over batches."""

from collections import Counter

from truceline.engines.deciding import Background, is_judged
from truceline.engines.setup import prepare
from truceline.plan.codebook import RuleName
from world import check, day, reports, setup, spot, truce

ROWS = [
    {"by": ["Northbank Forces"], "act": "fire", "thing": "artillery", **day(f"2031-05-{20 + at % 4}"),
     **spot(30_000 + at * 700, 4_000 + at * 300, 100 * at)}
    for at in range(12)
]  # fmt: skip


def gathered(batches):
    """Look at some batches of reports, one after the other."""
    background = Background()
    for rows in batches:
        background.look(check(reports(*rows)))
    return background


def test_the_counts_are_those_of_the_disagreements():
    """Each field is counted for every report about which it decides, as the list of disagreements tells them."""
    checked = check(reports(*ROWS))
    listed = Counter((one.provision, field) for one in checked.disagreements for field in one.fields)
    counted = gathered([ROWS]).deciding()

    assert counted
    assert {(name, field): count for name, fields in counted.items() for field, count in fields.items()} == {
        key: count for key, count in listed.items() if key[0] in counted
    }
    assert all(list(fields.values()) == sorted(fields.values(), reverse=True) for fields in counted.values())


def test_batches_may_be_cut_anywhere():
    """The same reports in one batch, or in many, give the same counts."""
    assert gathered([ROWS[:1], ROWS[1:5], ROWS[5:]]).deciding() == gathered([ROWS]).deciding()


def test_where_nothing_disagrees_nothing_decides():
    """No reports, and reports under one reading alone, give no fields."""
    alone = Background()
    alone.look(check(reports(*ROWS), prepare(truce(), readings=["text"])))

    assert Background().deciding() == {}
    assert alone.deciding() == {}


def test_the_reports_of_known_data_sets_are_counted():
    """A data set that declares nothing about what it can show is not counted."""
    background = gathered([[{"dataset": "ucdp-ged"}, {"dataset": "diary"}, {}], [{"dataset": "ucdp-ged"}]])

    assert background.datasets == {"ucdp-ged": 2}


def test_a_trend_is_not_judged():
    """A ban and a ceiling are judged, a trend is not."""
    ids = setup().book.rule_ids

    assert [is_judged(setup(), ids[RuleName(name)]) for name in ("halt", "few", "fewer")] == [True, True, False]
