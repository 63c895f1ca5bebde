"""Grounds taken apart and put together again."""

from dataclasses import replace

from hypothesis import given

import strategies as some
from truceline.plan.tables import Band, Between
from truceline.plan.walk import depths_of, every_part, parts_of, with_bands


@given(some.wheres)
def test_a_ground_comes_before_its_parts_and_holds_all_of_them(where):
    """Every part of a part is a part; what has none is a single ground."""
    found = list(every_part([where]))

    assert found[0] is where
    assert len(found) == 1 + sum(len(list(every_part([part]))) for part in parts_of(where))


@given(some.wheres)
def test_changing_the_bands_leaves_the_rest(where):
    """The same bands give the same ground; other bands are found where those were."""
    changed = with_bands(where, lambda band: replace(band, line=7))

    assert with_bands(where, lambda band: band) == where
    assert [type(part) for part in every_part([changed])] == [type(part) for part in every_part([where])]
    assert {part.line for part in every_part([changed]) if isinstance(part, Band)} <= {7}


def test_a_strip_has_no_parts_and_a_band_its_depths():
    """The depth of a band comes before those of its sectors."""
    near, far = some.Depth(some.Limit(0, 0), some.Limit(3, 3)), some.Depth(some.Limit(0, 0), some.Limit(5, 5))
    band = Band(0, near, (some.SectorDepth(0.0, 9.0, far),), both_sides=False, round_ends=None)

    assert parts_of(Between(0, 1)) == ()
    assert depths_of(band) == (near, far)
