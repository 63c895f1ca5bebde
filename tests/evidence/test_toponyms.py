"""Named places: which words call one, and how several of one name are told apart."""

from truceline.evidence.toponyms import Toponym, Toponyms

MILL = Toponym("Mill", 20.0, 10.0, 500.0, ("The Mill", "O'Mill"), "village", ("North District", "Upper County"))


def test_a_name_is_compared_letter_by_letter():
    """Case, blanks, dashes and apostrophes make no difference; any other letter does."""
    places = Toponyms((MILL, Toponym("Mill", 21.0, 10.0)))

    assert len(places.called(" MILL ")) == 2
    assert places.called("o\u2019mill") == (MILL,)
    assert places.called("Mil") == places.called("") == ()


def test_a_name_that_one_place_has_twice_is_one_place():
    """A name that is repeated under `also` makes no homonym."""
    assert Toponyms((Toponym("Inn", 20.0, 10.0, also=("inn",)),)).called("Inn")[0].name == "Inn"
    assert len(Toponyms((Toponym("Inn", 20.0, 10.0, also=("inn",)),)).called("Inn")) == 1


def test_a_place_is_told_by_its_district_its_kind_and_its_names():
    """The word for a district may be left out; an empty label tells nothing."""
    assert all(map(MILL.is_told_by, ("North", "north district", "Upper", "village", "in North District")))
    assert not any(map(MILL.is_told_by, ("South", "district", "")))
    assert MILL.is_called("the mill")
    assert str(MILL) == "Mill (village, North District, Upper County; 20.00000, 10.00000)"
