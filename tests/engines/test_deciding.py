"""What decides between the readings, gathered over batches."""

from collections import Counter

from truceline.engines.deciding import Background, is_judged
from truceline.engines.setup import prepare
from truceline.formats.terms_file import load_text
from truceline.plan.codebook import RuleName
from world import amended, check, day, reports, spot, truce

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


def test_what_bounds_nothing_is_not_judged():
    """A ban, a ceiling and a trend are judged, a sentence without any number is not."""
    agreement = amended(("what: good faith, monitorable: none", "what: fire, monitorable: partly"), readings=False)
    held = prepare(agreement)
    ids = held.book.rule_ids
    names = ("halt", "few", "fewer", "spirit")

    assert [is_judged(held, ids[RuleName(name)]) for name in names] == [True, True, True, False]


def test_batches_of_different_sources_go_together():
    """Words come coded from one file and plain from another: the counts are the same."""
    background = Background()
    for at, rows in enumerate((ROWS[:4], ROWS[4:])):
        table = reports(*rows)
        if at == 0:
            table = table.set_column(
                table.column_names.index("act"), "act", table.column("act").combine_chunks().dictionary_encode()
            )
        background.look(check(table))

    assert background.deciding() == gathered([ROWS]).deciding()


SCOPED = """
truceline: 1
agreement: {id: t, title: T, class: cessation, zone: UTC}
instruments: {pact: {title: P, signed: 2030-02-20, in_force: 2030-03-01T00:00Z, text: public}}
parties: {nb: {role: signatory}, sb: {role: signatory}}
actors:
  a1: {title: A1, of: nb}
  a2: {title: A2, of: nb}
  b: {title: B, of: sb}
sets: {armies: {in: [a1, a2]}}
lines:
  river: {title: r, plus: south, geometry: {coordinates: [[20.0, 10.0], [21.0, 10.0]]}, edges: lonlat}
provisions:
  p: {who: armies, what: presence, where: {line: river, away: 5 km, ends: flat}, at_most: 0, under: pact, words: x,
    source: s.x}
readings:
  north: {holder: nb, source: s.x, denies: [p], scope: a1, set: {provisions.p.who: any, provisions.p.where.away: 3 km}}
sources: {s.x: {by: [N], said: 2030-02-20, kind: primary}}
"""


def test_a_denial_for_some_decides_about_their_reports_alone():
    """Who acted and who is denied meet: reports of other actors are another kind, in whatever order they come."""
    held = prepare(load_text(SCOPED, "scoped.yaml"))
    rows = [
        {"report": name, "by": [name, "b"], "act": "position", "lon": 20.5, "lat": 10 - 4_000 / 110_610,
         "radius_m": 10.0, **day("2030-06-03")}
        for name in ("a1", "a2")
    ]  # fmt: skip
    orders = [check(reports(*some), held) for some in (rows, rows[::-1], rows[:1], rows[1:])]
    fields = [{one.report: set(one.fields) for one in checked.disagreements} for checked in orders]

    assert fields[0] == fields[1] == {"a1": {"denial", "depth"}, "a2": {"depth"}} == fields[2] | fields[3]
