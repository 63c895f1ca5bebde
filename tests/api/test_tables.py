"""Tables of reports: of one report in words, and from others."""

from datetime import UTC, date, datetime

import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

import truceline as tl
from truceline.api.tables import as_reports
from truceline.formats.arrow import REPORT_SCHEMA

UNTIL_NOON = """\
truceline: 1
agreement: {id: river, title: River truce, class: cessation, zone: UTC}
instruments: {truce: {in_force: "2031-01-01T00:00Z"}}
parties: {northbank: [signatory]}
actors: {northbank_army: {of: northbank}}
provisions:
  ban: {who: northbank_army, what: presence, where: anywhere, at_most: 0, under: truce, source: s.text,
    when: {from: "2031-01-01T00:00Z", until: "2031-01-18T12:00Z"}}
sources: {s.text: {kind: primary, by: both sides}}
"""


def test_a_report_in_words():
    """Distances and dates are read as they are said; whoever acted is named too."""
    [row] = tl.report(who=["Northbank Army", "guests"], by="Northbank Army", lon=20.5, lat=10.0, within="around 2 km",
                      when="2030-03-05", zone="Etc/GMT-2", act="clash", maybe="fire", thing="tank", count=3,
                      reported="2030-03-07", dataset="patrols", place="the ford", lasting=True).to_pylist()  # fmt: skip

    assert row["radius_m"] == 2500.0
    assert (row["from"], row["until"]) == (datetime(2030, 3, 4, 22, tzinfo=UTC), datetime(2030, 3, 5, 22, tzinfo=UTC))
    assert (row["involved"], row["by"], row["maybe"]) == (["Northbank Army", "guests"], ["Northbank Army"], ["fire"])
    assert (row["count_lo"], row["count_hi"], row["lasting"]) == (3, 3, True)
    assert row["reported"] == datetime(2030, 3, 7, tzinfo=UTC)


def test_what_is_not_said_is_empty():
    """A report that says nothing has an id and is public; everything else is not stated."""
    [row] = tl.report().to_pylist()

    assert {name: value for name, value in row.items() if value is not None} == {
        "report": "report:1", "lasting": False, "grade": "F6", "release": "public",
    }  # fmt: skip


def test_a_day_without_a_zone_is_every_places_day():
    """From the first place on earth to see the day to the last: 50 hours."""
    [row] = tl.report(when="2030-03-05").to_pylist()

    assert (row["until"] - row["from"]).total_seconds() == 50 * 3600


def test_what_lasted_on_a_bare_date_without_a_zone_is_open_where_a_zone_may_tell_otherwise(tmp_path):
    """In Kiribati it was over before the rule ended; in Berlin, and by the clock of UTC, it began after it."""
    terms = tmp_path / "terms.yaml"
    terms.write_text(UNTIL_NOON, encoding="utf-8")
    held = {"by": "northbank_army", "lon": 20.0, "lat": 0.0, "within": "1 m", "act": "presence", "when": "2031-01-19"}
    one, there, here = (
        tl.report(**held, lasting=True, zone=zone) for zone in (None, "Pacific/Kiritimati", "Europe/Berlin")
    )
    agreement = tl.load(str(terms))
    codes = [tl.check(agreement, row).findings["verdict"].to_pylist() for row in (one, there, here)]

    assert [row["lasting"].to_pylist() for row in (one, there, here)] == [[False], [True], [True]]
    assert codes == [["indeterminate"], ["violation"], ["not_applicable"]]


@pytest.mark.parametrize(
    ("when", "zone", "lasting"),
    [
        ("2031-01-19T10:00Z/2031-01-19T12:00Z", None, True), ("2031-01-19T10:00", None, False),
        ("2031-10-26T02:30", "Europe/Berlin", False), (None, None, True), ("2031-01", "UTC", True),
    ],
)  # fmt: skip
def test_what_lasted_did_so_throughout_a_span_whose_ends_are_known(when, zone, lasting):
    """By an offset or a zone; a time that the clocks repeat is none."""
    assert tl.report(when=when, zone=zone, lasting=True)["lasting"].to_pylist() == [lasting]


def test_a_weapon_is_told_by_its_sizes_and_its_make():
    """Sizes as said, with a unit, in the units of the table; the make in the words of the source."""
    [row] = tl.report(thing="gun", calibre="4.8 in", range="20 mi", model="K-7").to_pylist()

    assert (row["calibre_mm"], row["range_km"], row["model"]) == (121.92, 32.18688, "K-7")


@pytest.mark.parametrize(
    "words", [{"calibre": "122"}, {"calibre": ">=100 mm"}, {"range": "15..16 km"}, {"range": "far"}]
)
def test_a_size_of_a_report_is_one_figure(words):
    """A unit is needed, and what clauses say of many guns no report can say of one."""
    with pytest.raises(tl.UsageError) as refused:
        tl.report(**words)

    assert [(fault.at, fault.code) for fault in refused.value] == [(*words, "TL-E912")]


def test_all_that_cannot_be_read_is_told_at_once():
    """Every word at fault is named, with what to write."""
    with pytest.raises(tl.UsageError) as refused:
        tl.report(lon=500.0, lat=10.0, within="near", when="05/03/2030", reported="soon")
    places = [fault.at for fault in refused.value]

    assert places == ["when", "reported", "lon, lat", "within"]
    assert {fault.code for fault in refused.value} == {"TL-E912"}


@pytest.mark.parametrize(
    ("words", "at"),
    [({"lon": 20.0}, "lon, lat"), ({"lon": 20.0, "lat": 10.0}, "within"), ({"within": "undisclosed"}, "within"),
     ({"when": "2030-03-05", "zone": "Mars/North"}, "when"), ({"when": "D+14"}, "when"),
     ({"lat": float("nan"), "lon": 1.0, "within": "1 m"}, "lon, lat")],
)  # fmt: skip
def test_half_a_place_is_none(words, at):
    """Half a position, a bare point, a distance without an end and an unknown zone are refused."""
    with pytest.raises(tl.UsageError) as refused:
        tl.report(**words)

    assert at in [fault.at for fault in refused.value]


@given(st.floats(-180, 180), st.floats(-90, 90), st.integers(1, 10**6))
def test_a_place_travels_unchanged(lon, lat, metres):
    """Coordinates and radius are those that were given, to the bit."""
    [row] = tl.report(lon=lon, lat=lat, within=f"{metres} m").to_pylist()

    assert (row["lon"], row["lat"], row["radius_m"]) == (lon, lat, float(metres))


def test_columns_come_in_our_types():
    """Whole numbers, dictionaries and finer clocks are taken; what is not ours is left alone."""
    table = as_reports(pa.table({
        "report": [1, 2], "lon": pa.array([20, 21]), "act": pa.array(["clash", "clash"]).dictionary_encode(),
        "from": pa.array([0, 1000], pa.timestamp("ns", "Etc/GMT-2")), "until": pa.nulls(2), "mine": [[1], [2]],
    }))  # fmt: skip

    assert table["report"].to_pylist() == ["1", "2"]
    assert [table.schema.field(name).type for name in ("lon", "act", "from", "until")] == [
        REPORT_SCHEMA.field(name).type for name in ("lon", "act", "from", "until")
    ]
    assert table["mine"].to_pylist() == [[1], [2]]


def test_a_time_without_a_zone_is_nobodys_instant():
    """Bare dates and local times in a table are refused: nobody knows where they are meant."""
    local = pa.array([0], pa.timestamp("us"))
    naive = pa.table({"report": ["a"], "from": local, "until": [date(2030, 3, 6)], "lon": ["east"]})
    with pytest.raises(tl.UsageError) as refused:
        as_reports(naive)

    assert [fault.at for fault in refused.value] == [
        "reports column from", "reports column until", "reports column lon",
    ]  # fmt: skip


@pytest.mark.parametrize("wrong", [7, "reports.csv", {"report": []}, pa.table({"name": ["a"]})])
def test_what_is_no_table_is_refused(wrong):
    """Anything else, or a table without ids, is told to be none."""
    with pytest.raises(tl.UsageError, match="TL-E911"):
        as_reports(wrong)


def test_every_row_off_the_earth_is_named():
    """Coordinates out of range are told by row and column, all at once; what is not stated is no fault."""
    wrong = pa.table({"report": ["a", "b", "c"], "lon": [20.0, 500.0, None], "lat": [95.0, 10.0, None],
                      "radius_m": [5.0, -1.0, None]})  # fmt: skip
    with pytest.raises(tl.UsageError) as error:
        as_reports(wrong)

    assert [fault.at for fault in error.value.faults] == [
        "reports row 2 column lon", "reports row 1 column lat", "reports row 2 column radius_m"
    ]  # fmt: skip
