"""The laws of the whole engine: exact positions, other places on Earth, other orders."""

from dataclasses import replace
from datetime import timedelta

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pyproj import Geod

from truceline.engines.local import check_batch
from truceline.engines.setup import prepare
from truceline.formats.terms_file import load_text
from truceline.judge.verdict import VERDICTS
from truceline.terms.shapes import LineShape
from world import TERMS, check, instant, reports, setup, truce, verdicts

GEOD = Geod(ellps="WGS84")
ACTORS = (*truce().under(None).actors, "strangers")
ACTS, THINGS = ("presence", "fire.artillery", "hostilities", "detention", "position"), ("tank", "gun", "mortar", None)

# What an exact report may give where a blurred one of the same gives a verdict: a rule that surely is
# not broken may also not speak at all, at the exact instant.
EXACTLY = {
    "violation": {"violation"},
    "no_violation": {"no_violation", "not_applicable"},
    "not_applicable": {"not_applicable"},
}


@st.composite
def rows(draw):
    """Draw a report somewhere around the river, within some radius, some time around the truce."""
    start = instant("2031-04-28") + timedelta(hours=draw(st.integers(0, 24 * 60)))
    actor = draw(st.sampled_from(ACTORS))
    return {
        "lon": draw(st.integers(19_800, 21_200)) / 1000,
        "lat": draw(st.integers(-400, 400)) / 1000,
        "radius_m": draw(st.sampled_from([0.0, 200.0, 1_000.0, 3_000.0, 9_000.0, 25_000.0])),
        "from": start,
        "until": start + timedelta(hours=draw(st.sampled_from([0, 1, 24, 24 * 30]))),
        "by": draw(st.sampled_from([[actor], []])),
        "involved": draw(st.lists(st.sampled_from(ACTORS), max_size=2)),
        "act": draw(st.sampled_from(ACTS)),
        "thing": draw(st.sampled_from(THINGS)),
        "count_lo": draw(st.integers(0, 8)),
    }


def true_positions(table, chance, times):
    """Take every report so often, each time at one place of its disc and at one instant of its span."""
    whole = table.take(pa.array(np.repeat(np.arange(table.num_rows), times)))
    n = whole.num_rows
    share = np.where(np.arange(n) % 3 == 0, 1.0, np.sqrt(chance.random(n)))  # a third lies on the rim
    lon, lat, radius = (whole.column(name).to_numpy() for name in ("lon", "lat", "radius_m"))
    lon, lat, _ = GEOD.fwd(lon, lat, chance.uniform(0, 360, n), radius * share)
    start, end = (whole.column(name).cast(pa.int64()).to_numpy() for name in ("from", "until"))
    moment = start + (chance.random(n) * (end - start)).astype(np.int64)
    exact = {"lon": lon, "lat": lat, "radius_m": np.zeros(n), "from": moment, "until": moment}
    for name, values in exact.items():
        column = pa.array(values).cast(whole.schema.field(name).type)
        whole = whole.set_column(whole.column_names.index(name), name, column)
    return whole


@settings(max_examples=10)
@given(st.lists(rows(), min_size=20, max_size=20), st.integers(0, 2**32 - 1))
def test_a_definite_verdict_holds_for_every_true_position(drawn, seed):
    """Of 50 places and instants within each report none contradicts it: 10,000 in all."""
    table = reports(*drawn)
    coarse, exact = check(table), check(true_positions(table, np.random.default_rng(seed), 50))

    for pair in coarse.pairs:
        blurred, sharp = (np.array(VERDICTS)[found.verdicts[pair].verdict] for found in (coarse, exact))
        for verdict, allowed in EXACTLY.items():
            assert set(sharp[np.repeat(blurred == verdict, 50)]) <= allowed, (pair, verdict)


def moved(agreement, degrees):
    """Move all lines and areas of an agreement eastwards."""
    shift = np.array([degrees, 0.0])
    shapes = {
        name: replace(shape, parts=tuple(part + shift for part in shape.parts))
        if isinstance(shape, LineShape)
        else replace(shape, polygons=tuple(tuple(ring + shift for ring in rings) for rings in shape.polygons))
        for name, shape in agreement.shapes.items()
    }
    return prepare(replace(agreement, shapes=shapes))


MOVED = {degrees: moved(truce(), degrees) for degrees in (0.125, -40.0)}


@settings(max_examples=20)
@given(st.lists(rows(), min_size=10, max_size=10), st.sampled_from(sorted(MOVED)))
def test_moving_everything_eastwards_changes_nothing(drawn, degrees):
    """The Earth is round: the same truce elsewhere on the same latitude gives the same verdicts and reasons."""
    there = [{**row, "lon": row["lon"] + degrees} for row in drawn]

    assert verdicts(check(reports(*there), MOVED[degrees])) == verdicts(check(reports(*drawn)))


@settings(max_examples=20)
@given(st.lists(rows(), min_size=6, max_size=6), st.permutations(range(6)))
def test_the_order_of_reports_does_not_matter(drawn, order):
    """Each report is judged by itself, and its rows stand where it stands."""
    table = reports(*drawn)

    assert verdicts(check(table.take(pa.array(order)))) == verdicts(check(table))


def reordered(text, section):
    """Write the entries of a section in the opposite order."""
    before, _, rest = text.partition(f"\n{section}:\n")
    lines = rest.split("\n")
    end = next(at for at, line in enumerate(lines) if line and not line.startswith(" "))
    entries = []
    for line in lines[:end]:
        if line.startswith("   "):
            entries[-1] += f"\n{line}"
        else:
            entries.append(line)
    return "\n".join([before, f"{section}:", *reversed(entries), *lines[end:]])


@pytest.mark.parametrize("section", ["provisions", "readings", "actors", "lines", "areas", "sets", "instruments"])
def test_the_order_of_the_terms_does_not_matter(section):
    """Provisions, readings, names: what comes first is no better than what comes last."""
    held = prepare(load_text(reordered(TERMS, section), "toy.yaml"))
    chance = np.random.default_rng(11)
    table = reports(*(
        {"lon": chance.uniform(19.9, 21.1), "lat": chance.uniform(-0.3, 0.3), "radius_m": chance.choice([0.0, 5e3]),
         "from": "2031-06-01", "until": "2031-06-02", "by": [str(chance.choice(ACTORS))],
         "act": str(chance.choice(ACTS))}
        for _ in range(200)
    ))  # fmt: skip
    there, here = check_batch(held, table), check_batch(setup(), table)

    assert verdicts(there) == verdicts(here)
    assert {(one.report, one.provision): one.fields for one in there.disagreements} == {
        (one.report, one.provision): one.fields for one in here.disagreements
    }


@pytest.mark.parametrize("bad", [float("nan"), float("inf"), float("-inf"), None])
@pytest.mark.parametrize("field", ["lon", "lat", "radius_m"])
def test_what_is_not_a_number_is_never_no_violation(field, bad):
    """A place that cannot be read is no place far away."""
    row = {"lon": 20.35, "lat": 0.1, "radius_m": 0.0, "from": "2031-06-01", "until": "2031-06-01",
           "by": ["northbank_army"], "act": "fire"}  # fmt: skip
    sharp, broken = (verdicts(check(reports(one))) for one in (row, {**row, field: bad}))

    assert sharp["r0", "halt", "text"][0] == "violation"
    assert broken["r0", "halt", "text"] == ("indeterminate", "report_unplaced")
    assert not any("outside" in reasons for _, reasons in broken.values())
