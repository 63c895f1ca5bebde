"""What of a file need not be read: nothing that is said or counted depends on it."""

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import changing
import world
from truceline.api.reading import ReportFiles
from truceline.api.running import Run, Since, run_check
from truceline.engines.deciding import Background
from truceline.engines.pruning import NOTHING, Sieve, Writes, reach_of
from truceline.engines.setup import prepare
from truceline.evidence.extent import Extent
from truceline.evidence.regions import Regions
from truceline.formats.arrow import REPORT_SCHEMA
from truceline.plan.tables import Band, Depth, Limit, SectorDepth
from truceline.publish.summary_text import summary_data

EARLY, LATE = "2031-04-01T00:00", "2032-06-01T00:00"
"""Before any instrument of the toy truce, and after its end."""
DAYS = (EARLY, "2031-04-30T22:00", "2031-05-03T00:00", "2031-05-10T12:00", "2031-06-10T00:00", LATE)
ACTORS = ("Northbank Army", "southbank_army", "northhill_army", "southvale_army", "visitors", "somebody else")
OPEN = Writes(("violation", "indeterminate"))


@st.composite
def rows(draw):
    """Draw a report: early, in force or late, near the river or far away, or at a place or a time not told."""
    row = {
        "act": draw(st.sampled_from(["position", "clash", "fire", "detention", None])),
        "thing": draw(st.sampled_from([None, "tank"])),
        "by": draw(st.lists(st.sampled_from(ACTORS), max_size=2)) or None,
        "involved": draw(st.lists(st.sampled_from(ACTORS), max_size=2)) or None,
        "dataset": draw(st.sampled_from([None, "ucdp-ged", "acled"])),
        "lasting": draw(st.booleans()),
        "reported": draw(st.sampled_from([None, EARLY, LATE])),
    }
    if draw(st.integers(0, 9)):
        start = world.instant(draw(st.sampled_from(DAYS)))
        row |= {"from": start, "until": max(start, world.instant(draw(st.sampled_from(DAYS))))}
    if draw(st.integers(0, 9)):
        far = draw(st.sampled_from([0.0, 0.0, 40.0, -170.0]))
        row |= {"lon": 20.5 + far / 2, "lat": draw(st.sampled_from([0.01, 0.3, 60.0])),
                "radius_m": draw(st.sampled_from([100.0, 30_000.0]))}  # fmt: skip
    return row


def run_of(folder, table, group=4, held=None, since=None, name="reports.parquet"):
    """Write reports as a checked file with row groups of a size, and put it up to be checked."""
    columns = [table[one.name].cast(one.type) if one.name in table.column_names else pa.nulls(len(table), one.type)
               for one in REPORT_SCHEMA]  # fmt: skip
    path = folder / name
    marked = pa.table(columns, schema=REPORT_SCHEMA).replace_schema_metadata({"truceline": "{}"})
    pq.write_table(marked, path, row_group_size=group)
    return Run(held or world.setup(), ReportFiles((str(path),), (path,), Regions.empty()), since)


def found_by(run, writes, sieve):
    """Check, and give all that is told: the counts, what decides, and the rows as they are written."""
    background, written = Background(), []
    nothing = writes.nothing
    counts = run_check(
        run, write=None if nothing else written.append, only=writes.verdicts, wide=writes.wide, look=background.look,
        sieve=sieve, threads=1,
    )  # fmt: skip
    told = [row for batch in written for row in batch.to_pylist()]
    return summary_data(counts, run.setup, background), told


@settings(max_examples=30, deadline=None)
@given(st.lists(rows(), max_size=24), st.integers(1, 6), st.sampled_from([NOTHING, OPEN, Writes(), Writes(wide=True)]),
       st.sampled_from([None, "2031-04-15", "2031-06-01"]), st.booleans(), st.booleans())  # fmt: skip
def test_whatever_is_not_read_changes_nothing(tmp_path_factory, drawn, group, writes, since, in_time, moving):
    """Counts, reasons, deciding fields and rows are those of a run that reads everything, also where ground changes."""
    truce = changing.held() if moving else None
    if in_time:
        drawn = sorted(drawn, key=lambda row: row.get("from") or world.instant(EARLY))
    day = None if since is None else world.instant(since)
    left = [None if day is None else Since(since, int(day.timestamp() * 1e6)) for _ in range(2)]
    folder, table = tmp_path_factory.mktemp("law"), world.reports(*drawn)
    pruned, whole = (run_of(folder, table, group, truce, since=one, name=f"{number}.parquet")
                     for number, one in enumerate(left))  # fmt: skip

    assert found_by(pruned, writes, pruned.sieve(writes)) == found_by(whole, writes, Sieve(whole.setup))
    assert since is None or left[0].left_out == left[1].left_out


@settings(max_examples=15, deadline=None)
@given(st.lists(rows(), max_size=16), st.integers(1, 4))
def test_what_was_published_later_is_counted_so_without_being_read(tmp_path_factory, drawn, group):
    """As known on a day, reports of another time are still told apart by when they were published."""
    held = prepare(world.truce(), as_known="2031-12-31")
    folder = tmp_path_factory.mktemp("known")
    run = run_of(folder, world.reports(*drawn), group, held)

    assert found_by(run, NOTHING, run.sieve(NOTHING)) == found_by(run, NOTHING, Sieve(held))


def many(count=8, **row):
    """Make reports that differ in their ids alone."""
    told = {"by": ["Northbank Army"], "act": "position", "dataset": "acled", **world.spot(0.0, 50.0, 100.0)}
    return world.reports(*[told | row] * count)


@pytest.mark.parametrize(
    ("start", "end", "unread"),
    [
        (EARLY, EARLY, 8),
        (EARLY, "2031-05-02T10:00", 8),  # when the truce came into force
        (EARLY, "2031-05-02T10:00:00.000001", 0),
        (LATE, LATE, 8),
        ("2032-01-01T21:59:59.999999", LATE, 0),  # until a day that is told without an hour: at its end it is over
        ("2032-01-01T22:00", LATE, 8),
        ("2031-05-20T00:00", "2031-05-20T00:00", 0),
    ],
)
def test_reports_of_another_time_are_not_read(tmp_path, start, end, unread):
    """Those that end before any rule began, or begin when all have ended; not one microsecond more."""
    run = run_of(tmp_path, many(**{"from": world.instant(start), "until": world.instant(end)}))
    sieve = run.sieve(NOTHING)
    found = found_by(run, NOTHING, sieve)

    assert (sieve.reports, sieve.parts) == (unread, unread // 4)
    assert found == found_by(run, NOTHING, Sieve(run.setup))


def test_of_reports_of_another_time_only_those_who_acted_are_read(tmp_path):
    """Why a rule does not speak depends on them; what all reports of a row group share is not read either."""
    run = run_of(tmp_path, many(**world.at(EARLY)))
    [(extent, excerpt)] = seen_by(run, NOTHING)[:1]

    assert extent.same == {"dataset": "acled"}
    assert set(excerpt.columns) == {"by", "involved"}
    assert set(excerpt.instead) == {"from", "until", "dataset"}


def seen_by(run, writes):
    """Give what is known of each row group, and what is read of it."""
    sieve, told = run.sieve(writes), []

    def choose(extent):
        told.append((extent, sieve(extent)))
        return told[-1][1]

    for _ in run.files.batches(columns=sieve.columns, choose=choose):
        pass
    return told


def test_reports_on_other_ground_are_read_without_their_place(tmp_path):
    """Where every report lies farther from all ground than it may be off; a wide disc there may reach it."""
    when = world.at("2031-05-20T00:00")
    far, wide = {"lon": 60.0, "lat": 40.0, "radius_m": 500.0}, {"lon": 60.0, "lat": 40.0, "radius_m": 9e6}
    held = prepare(world.amended(("where: strip,", "where: towns,"), readings=False))
    unread = {}
    for name, place in (("far", far), ("wide", wide), ("there", {}), ("none", {"lon": None})):
        run = run_of(tmp_path, many(**when, **place), held=held)
        sieve = run.sieve(NOTHING)

        assert found_by(run, NOTHING, sieve) == found_by(run, NOTHING, Sieve(held))
        unread[name] = sieve.reports

    assert unread == {"far": 8, "wide": 0, "there": 0, "none": 0}


def test_a_ground_without_bounds_forbids_it(tmp_path):
    """The strip between two lines goes on for ever: whoever is far away may still lie in it."""
    run = run_of(tmp_path, many(**world.at("2031-05-20T00:00"), lon=60.0, lat=40.0))

    assert found_by(run, NOTHING, sieve := run.sieve(NOTHING)) == found_by(run, NOTHING, Sieve(run.setup))
    assert sieve.reports == 0


def test_one_long_report_keeps_nobody_from_being_passed_over(tmp_path):
    """Its row group is read in full, and the others in it are judged by those who acted alone."""
    table = pa.concat_tables([many(3, **world.at(EARLY)), many(1, **{"from": world.instant(EARLY),
                                                                     "until": world.instant(LATE)})])  # fmt: skip
    run = run_of(tmp_path, table)
    parts = [set(batch.schema.names) for batch in run.batches(100, run.sieve(NOTHING))]

    assert len(parts) == 2
    assert "lon" in parts[0]
    assert parts[1] == {"from", "until", "by", "involved", "dataset"}
    assert found_by(run, NOTHING, run.sieve(NOTHING)) == found_by(run, NOTHING, Sieve(run.setup))


def test_what_has_rows_is_read(tmp_path):
    """Rows name their reports: only where none is written is nothing of them needed."""
    run = run_of(tmp_path, many(**world.at(EARLY)))
    unread = {}
    for writes in (Writes(), Writes(wide=True), Writes(("not_applicable",)), OPEN, NOTHING):
        found_by(run, writes, sieve := run.sieve(writes))
        unread[writes] = sieve.reports

    assert list(unread.values()) == [0, 0, 0, 8, 8]


@pytest.mark.parametrize("scope", ["Northton", "guests"])
def test_a_denial_by_place_or_time_forbids_it(tmp_path, scope):
    """Then it depends on more than those who acted why a rule does not speak."""
    held = prepare(world.amended(("denies: [guns]", f"denies: [guns], scope: {scope}")))
    run = run_of(tmp_path, many(**world.at(EARLY)), held=held)

    assert found_by(run, NOTHING, sieve := run.sieve(NOTHING)) == found_by(run, NOTHING, Sieve(held))
    assert sieve.reports == 0


@pytest.mark.parametrize(
    ("change", "asked"),
    [
        ((), False),
        (("few: {who: armies, what: tank,", "few: {who: armies, what: {tank: {calibre: 125 mm}},"), True),
        (("lines:\n  river", "models: {Zeta: {kind: tank}}\nlines:\n  river"), True),
        (("who: southbank_army, source: s.north}", "who: southbank_army, what: big, source: s.north}"), True),
    ],
)
def test_sizes_and_makes_are_read_where_rules_ask_of_them(change, asked):
    """Of a rule about kinds alone nothing depends on them, unless the terms know makes; demands are asked too."""
    big = ("sides:\n  north", "things: {big: {any: [{gun: {calibre: over 100 mm}}]}}\nsides:\n  north")
    held = prepare(world.amended(big, *([change] if change else []), readings=False))
    columns = {"calibre_mm", "range_km", "model"}

    assert {*Sieve(held, Writes()).columns} & columns == (columns if asked else set())


def test_nothing_known_of_a_part_forbids_it():
    """Without statistics every row is read."""
    sieve = Sieve(world.setup(), NOTHING, since_us=0)

    assert sieve(Extent(5)) is None
    assert sieve(Extent(5, begins=(5, 9), ends=(6, 9))) is None
    assert sieve(Extent(5, begins=(-9, -5))).columns == ()


def test_the_sentence_counts():
    """One report lies, two lie."""
    sieve = Sieve(world.setup(), NOTHING)
    sieve(Extent(1, begins=(0, 0), ends=(0, 0), dated=True))
    one = str(sieve)
    sieve(Extent(2_000, begins=(0, 0), ends=(0, 0), dated=True))

    assert one.startswith("1 report in 1 row group lies wholly outside")
    assert str(sieve).startswith("2,001 reports in 2 row groups lie wholly outside")


@pytest.mark.parametrize(
    ("sectors", "reach"),
    [
        ((), 900.0),
        (((0.0, 50.0, 500.0), (50.0, np.inf, 5_000.0)), 5_000.0),
        (((0.0, 50.0, 500.0), (60.0, np.inf, 500.0)), np.inf),
        (((0.0, 50.0, 500.0),), np.inf),
    ],
)
def test_a_band_has_bounds_if_its_sectors_leave_no_gap(sectors, reach):
    """Of a stretch without a depth nothing is said of how far the band reaches there."""
    parts = tuple(SectorDepth(begin, end, depth_to(far)) for begin, end, far in sectors)

    assert reach_of(Band(0, depth_to(900.0), parts, both_sides=False, round_ends=True)) == reach


def depth_to(far):
    """Give a depth from the line to a distance."""
    return Depth(Limit(0.0, 0.0), Limit(far, far))
