"""Where reports lie, as the judge sees it: offsets, distances, and what can be told of them."""

import strategies as some


def test_the_distance_from_a_line_is_that_of_its_nearest_and_farthest_place():
    """Across the line it begins at none; on the minus side it is as long as on the plus side."""
    offsets = some.offsets_of([some.beside(3.0, 5.0), some.beside(-2.0, 4.0), some.beside(-9.0, -7.0)])
    near, far = offsets.distances

    assert (near.tolist(), far.tolist()) == ([3.0, 0.0, 7.0], [5.0, 4.0, 9.0])


def test_of_a_line_whose_side_is_not_stated_only_the_distance_can_be_told():
    """Elsewhere the signed offset is."""
    seen = [some.beside(-9.0, -7.0)]
    signed, distance = (some.offsets_of(seen, sided=sided).told for sided in (True, False))

    assert [bound.tolist() for bound in signed] == [[-9.0], [-7.0]]
    assert [bound.tolist() for bound in distance] == [[7.0], [9.0]]
