"""Records of effort against rules: which ground was watched, and what reports may tell of it."""

import numpy as np
import pytest

from truceline.api.effort import with_beside
from truceline.engines.setup import prepare
from truceline.errors import UsageError
from truceline.evidence.effort import Beside
from truceline.evidence.regions import Regions
from truceline.formats.effort_file import effort_from_rows
from world import amended, at, check, reports, setup, truce

WIDE = np.array([[20.0, -0.5], [21.0, -0.5], [21.0, 0.5], [20.0, 0.5], [20.0, -0.5]])
FAR = WIDE + np.array([5.0, 0.0])
REGIONS = Regions(("wide", "far"), (([WIDE],), ([FAR],)), (0.0, 0.0), source="districts")
RECORD = {"id": "p", "by": "patrols", "from": "2031-06-01", "until": "2031-06-01", "complete": "yes",
          "shows": "hostilities; presence"}  # fmt: skip
HERE = prepare(truce(), regions=REGIONS)
FIRE = {"act": "fire", "by": ["northbank_army"], **at("2031-06-01T10:00")}
AREA = prepare(amended(("what: hostilities, where: towns,", "what: hostilities, where: Northton,"), readings=False),
               regions=REGIONS)  # fmt: skip


def watch(held, **cells):
    """Hold one record against the rules of a setup."""
    read = effort_from_rows([RECORD | cells], "log")
    [found] = with_beside(held, Beside(read.records)).counter.watches
    return found


def number(held, name):
    """Give the number of the rendering of a rule in the text."""
    return next(at for (rule, reading), at in held.pairs.items()
                if (str(held.book.rules[rule]), reading) == (name, "text"))  # fmt: skip


DISC = {"lon": "20.35", "lat": "0.15"}


@pytest.mark.parametrize(
    ("cells", "covers"),
    [
        ({"zone": "Northton"}, 1), ({"zone": "halt"}, 1), ({"zone": "Southton"}, -1), ({"zone": "Mill"}, 0),
        ({"zone": "towns"}, 0), ({"region": "wide"}, 1), ({"region": "far"}, -1),
        (DISC | {"radius_m": "60000"}, 1), (DISC | {"radius_m": "2000"}, 0),
        ({"lon": "25", "lat": "5", "radius_m": "1000"}, -1),
    ],
)  # fmt: skip
def test_which_ground_of_a_rule_was_watched(cells, covers):
    """All of it, none of it, or nobody can tell: the same area, another one, a polygon or a disc around it."""
    assert watch(AREA, **cells).covers[number(AREA, "halt")] == covers


@pytest.mark.parametrize(("zone", "covers"), [("towns", 1), ("halt", 1), ("Northton", 0), ("behind@north", 0)])
def test_a_zone_by_its_name_is_the_ground_of_whoever_uses_it(zone, covers):
    """The ground of a rule is that of its zone; a part of it is not all of it."""
    assert watch(setup(), zone=zone).covers[number(setup(), "halt")] == covers


def test_a_rule_for_one_side_has_its_own_ground():
    """The ground of one side is not that of the other."""
    found = watch(setup(), zone="behind@north").covers

    assert (found[number(setup(), "behind@north")], found[number(setup(), "behind@south")]) == (1, 0)


def test_grounds_of_several_parts():
    """Any of two areas is covered if both are; all of them if one is; what is left of one if it is."""
    grounds = {
        "{any: [Northton, Southton]}": (1, 0), "{all: [Northton, strip]}": (1, 1),
        "{of: Northton, but_not: Bridge}": (1, 1), "{all: [strip, hidden_ground]}": (0, 0),
    }  # fmt: skip
    for words, expected in grounds.items():
        zone = ("  strip: {between: [northroad, southroad]}",
                "  strip: {between: [northroad, southroad]}\n  hidden_ground: {line: hidden, away: 5 km}")  # fmt: skip
        held = prepare(amended(("what: hostilities, where: towns,", f"what: hostilities, where: {words},"), zone,
                               readings=False), regions=REGIONS)  # fmt: skip
        found = [
            watch(held, **cells).covers[number(held, "halt")] for cells in ({"region": "wide"}, {"zone": "Northton"})
        ]

        assert tuple(found) == expected, words


def meets(held, cells, *rows):
    """Say which reports may tell of the stretch of a record."""
    checked = check(reports(*({**FIRE, **one} for one in rows)), held)
    return watch(held, **cells).meets(checked.batch, checked.places, held.atlas).tolist()


IN, OUT = {"lon": 20.35, "lat": 0.1, "radius_m": 100.0}, {"lon": 20.75, "lat": -0.1, "radius_m": 100.0}
GROUNDS = [{"zone": "Northton"}, DISC | {"radius_m": "20000"}]


@pytest.mark.parametrize("cells", GROUNDS)
def test_only_what_surely_lies_elsewhere_is_left_out(cells):
    """In the ground, perhaps in it, without a place; not one that is surely outside, nor of another day."""
    wide = {**OUT, "radius_m": 90_000.0}
    later = {**IN, **at("2031-06-05T10:00")}
    undated = {**IN, "from": None, "until": None}

    assert meets(HERE, cells, IN, OUT, wide, {}, later, undated) == [True, False, True, True, False, True]


def test_reports_of_a_region_may_tell_of_whatever_touches_it():
    """A region far away does not."""
    rows = ({"region": "wide"}, {"region": "far"})

    assert meets(HERE, DISC | {"radius_m": "2000"}, *rows) == [True, False]
    assert meets(HERE, {"region": "wide"}, *rows, IN, {"lon": 25.5, "lat": 0.0, "radius_m": 10.0}) == [
        True, False, True, False
    ]  # fmt: skip


def test_a_ground_that_no_rule_asks_for_may_be_anywhere():
    """Reports are not located between lines that no rule of the run names: then nothing is surely outside."""
    plain = "strip: {between: [northroad, southroad]}"
    held = prepare(amended((plain, f"{plain}\n  gap: {{between: [river, front]}}"), readings=False))

    assert meets(held, {"zone": "gap"}, OUT) == [True]
    assert meets(held, {"zone": "strip"}, OUT) == [True]
    assert meets(held, {"zone": "strip"}, {"lon": 20.5, "lat": 2.0, "radius_m": 10.0}) == [False]


def test_names_that_nobody_knows_are_refused_together():
    """Zones, sides and regions, each with its record."""
    rows = [RECORD | {"id": "a", "zone": "nowhere"}, RECORD | {"id": "b", "zone": "behind@west"},
            RECORD | {"id": "c", "region": "D-7"}]  # fmt: skip
    with pytest.raises(UsageError) as caught:
        with_beside(setup(), Beside(effort_from_rows(rows, "log").records))

    assert [(fault.at, fault.code) for fault in caught.value] == [(f"effort {name}", "TL-E942") for name in "abc"]
