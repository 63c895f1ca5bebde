"""From the table of reports to coded columns: empty cells are "not stated", and names stay behind."""

from dataclasses import replace

import numpy as np
import pyarrow as pa
import pytest

from truceline.basics.size import parse_range
from truceline.engines import coding
from truceline.engines.coding import NEEDED, coded
from truceline.evidence.acts import ACT_IDS
from truceline.evidence.datasets import DATASETS
from truceline.evidence.kinds import KINDS
from truceline.plan.weapons import NOT_STATED, UNLISTED
from world import at, reports, setup

BOOK = setup().book


def code(*rows):
    """Code some reports; two regions are known."""
    return coded(reports(*rows), BOOK, {"east": 0, "west": 1})


def test_an_empty_report_states_nothing():
    """No date, no place, nobody, no act, no number; nothing is filled in."""
    batch = code({})

    assert not batch.dated[0]
    assert not batch.placed[0]
    assert np.isnan(batch.lon[0])
    assert batch.radius[0] == np.inf
    assert [int(column[0]) for column in (batch.region, batch.act, batch.thing, batch.dataset)] == [-1] * 4
    assert [int(column[0]) for column in (batch.count_lo, batch.count_hi)] == [-1, -1]
    assert [int(lists.lengths[0]) for lists in (batch.by, batch.involved, batch.maybe)] == [0, 0, 0]


def test_a_table_without_our_columns_states_nothing():
    """A missing column is a column of empty cells; so is one of nulls without a type."""
    bare = coded(pa.table({"report": ["a", "b"]}), BOOK, {})
    names = ("by", "maybe", "act", "region", "lon", "from", "lasting", "count_lo")
    nulls = coded(pa.table({name: pa.nulls(2) for name in names}), BOOK, {})

    for batch in (bare, nulls):
        assert len(batch) == 2
        assert not batch.dated.any()
        assert not batch.placed.any()
        assert batch.by.lengths.tolist() == [0, 0]
        assert batch.act.tolist() == [-1, -1]


def test_a_full_report_is_coded():
    """Names by id, by any name that the terms list; times in microseconds."""
    batch = code({
        **at("2031-06-01"), "lon": 20.5, "lat": 0.1, "radius_m": 250.0, "lasting": True,
        "by": ["Northbank FORCES", "nobody we know"], "involved": ["southbank_army"], "act": "presence",
        "maybe": ["fire"], "thing": "tank", "count_lo": 3, "count_hi": 5, "dataset": "ucdp-ged",
    })  # fmt: skip

    assert batch.start_us.tolist() == batch.end_us.tolist() == [1_938_038_400_000_000]
    assert (batch.lon[0], batch.lat[0], batch.radius[0], bool(batch.lasting[0])) == (20.5, 0.1, 250.0, True)
    assert batch.by.ids.tolist() == [BOOK.actor_ids["northbank_army"], -1]
    assert batch.involved.ids.tolist() == [BOOK.actor_ids["southbank_army"]]
    assert (batch.act[0], batch.maybe.ids.tolist()) == (ACT_IDS["presence"], [ACT_IDS["fire"]])
    assert (batch.thing[0], batch.dataset[0]) == (tuple(KINDS).index("tank"), tuple(DATASETS).index("ucdp-ged"))
    assert (batch.count_lo[0], batch.count_hi[0]) == (3, 5)


@pytest.mark.parametrize(
    "change",
    [{"lon": None}, {"lat": None}, {"radius_m": None}, {"lon": float("nan")}, {"lat": float("nan")},
     {"radius_m": float("nan")}, {"radius_m": float("inf")}, {"lon": float("inf")}, {"region": "nowhere we know"}],
)  # fmt: skip
def test_a_place_is_a_disc_or_none(change):
    """A bare point is none, and what is not a number is none; a region goes before the disc, known or not."""
    batch = code({"lon": 20.5, "lat": 0.1, "radius_m": 0.0, **change})

    assert not batch.placed[0]
    assert batch.radius[0] == np.inf
    assert batch.region[0] == -1


def test_a_known_region_goes_before_the_disc():
    """The disc is then no place."""
    batch = code(
        {"lon": 20.5, "lat": 0.1, "radius_m": 10.0, "region": "west"}, {"lon": 20.5, "lat": 0.1, "radius_m": 0.0}
    )

    assert batch.region.tolist() == [1, -1]
    assert batch.placed.tolist() == [False, True]


@pytest.mark.parametrize(
    "times",
    [{"from": "2031-06-01"}, {"until": "2031-06-01"}, {"from": "2031-06-02", "until": "2031-06-01"}],
)
def test_a_date_needs_both_of_its_ends_in_order(times):
    """Half a span, or one that runs backwards, is no date."""
    batch = code(times)

    assert not batch.dated[0]
    assert batch.start_us[0] == batch.end_us[0] == 0


def test_a_finer_act_counts_as_what_it_is_a_kind_of():
    """fire.flare is fire; a name outside the tree is not stated."""
    names = ("fire.flare", "fire.air", "fire.air.low", "singing", "singing.loud")
    batch = code(*({"act": name, "maybe": [name]} for name in names))

    assert batch.act.tolist() == [ACT_IDS["fire"], ACT_IDS["fire.air"], ACT_IDS["fire.air"], -1, -1]
    assert batch.maybe.ids.tolist() == batch.act.tolist()


@pytest.mark.parametrize(
    ("thing", "unit", "counts"),
    [
        ("tank", None, True), ("tank", "tank", True), ("tank", "vehicle", True), ("combatant", "persons", True),
        ("tank", "explosion", False), ("tank", "death", False), ("tank", "mortar", False), ("vehicle", "tank", False),
        (None, "tank", False), (None, None, True),
    ],
)  # fmt: skip
def test_a_number_of_something_else_is_no_number_of_the_thing(thing, unit, counts):
    """Eighty explosions are not eighty tanks; eighty vehicles that are tanks are."""
    batch = code({"thing": thing, "unit": unit, "count_lo": 80, "count_hi": 90})

    assert (batch.count_lo[0], batch.count_hi[0]) == ((80, 90) if counts else (-1, -1))


def test_sizes_are_millimetres_and_metres_exactly():
    """15.4 km are the 15400 m of the terms; nothing is of no size, of less, or of no number."""
    rows = [{"calibre_mm": size, "range_km": size} for size in (12.7, 15.4, 32.18688, 0.0, -1.0, np.nan, np.inf, None)]
    batch = code(*rows)

    assert np.array_equal(batch.calibre_mm, [12.7, 15.4, 32.18688, *[np.nan] * 5], equal_nan=True)
    ranges = [parse_range(words).lo for words in ("12.7 km", "15.4 km", "20 mi")]
    assert np.array_equal(batch.range_m, [*ranges, *[np.nan] * 5], equal_nan=True)


def test_makes_are_known_by_any_of_their_words():
    """Upper case and outer blanks make no difference; another word is not listed, and none is not stated."""
    book = replace(BOOK, makes=("k_7", "k-7"))
    table = reports({"model": " K-7"}, {"model": "k_7"}, {"model": "K 7"}, {"model": None})
    encoded = table.set_column(
        table.column_names.index("model"), "model", table.column("model").combine_chunks().dictionary_encode()
    )

    for one in (table, encoded):
        assert coded(one, book, {}).make.tolist() == [1, 0, UNLISTED, NOT_STATED]
    assert coded(table.drop_columns("model"), book, {}).make.tolist() == [NOT_STATED] * 4


def test_empty_names_in_a_list_are_nobody_we_know():
    """They are not left out: the report names somebody."""
    batch = code({"by": [None, "visitors"]}, {"by": []}, {"by": ["visitors"]})

    assert batch.by.lengths.tolist() == [2, 0, 1]
    assert batch.by.ids.tolist() == [-1, BOOK.actor_ids["visitors"], BOOK.actor_ids["visitors"]]


def test_dictionaries_chunks_and_slices_are_read_alike():
    """However the table is stored, the rows are the same."""
    plain = reports({"act": "fire", "by": ["visitors"]}, {"act": "clash"}, {"act": "fire", "by": ["northbank_army"]})
    encoded = plain.set_column(plain.column_names.index("act"), "act", plain.column("act").dictionary_encode())
    chunked = pa.concat_tables([plain.slice(0, 1), plain.slice(1, 2)])
    batches = [coded(table, BOOK, {}) for table in (plain, encoded, chunked)]

    for batch in batches[1:]:
        assert batch.act.tolist() == batches[0].act.tolist()
        assert batch.by.ids.tolist() == batches[0].by.ids.tolist()
    assert coded(plain.to_batches()[0].slice(1), BOOK, {}).by.starts.tolist() == [0, 0, 1]


def test_no_reports_are_coded_to_none():
    """An empty table is no fault."""
    assert len(coded(reports().slice(0, 0), BOOK, {})) == 0


def test_streams_read_every_column_that_is_coded(monkeypatch):
    """A column that verdicts begin to depend on must be read from streams too: none is asked for that is not."""
    asked = set()
    words = coding._Columns.words
    monkeypatch.setattr(coding._Columns, "words", lambda columns, name: asked.add(name) or words(columns, name))
    code({"act": "presence"})

    assert asked == set(NEEDED) - {"report", "release", "reported", "recorded"}
