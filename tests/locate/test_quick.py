import sys

import numpy as np
import pytest

from truceline.locate import quick
from truceline.locate.line import locate_points, reference_line
from truceline.locate.quick import POINTS, known, pays
from zoo import SHAPES, WAVE, Shape

LINE = SHAPES["wave"].line()


@pytest.fixture
def without_numba(monkeypatch):
    """Hide numba."""
    quick.installed.cache_clear()
    monkeypatch.setitem(sys.modules, "truceline.locate.compiled", None)
    monkeypatch.delattr("truceline.locate.compiled", raising=False)
    yield
    quick.installed.cache_clear()


def test_machine_code_is_used_where_there_is_much_to_measure():
    """It pays by the number of pairs of place and piece; whoever states a wish gets it."""
    pytest.importorskip("numba")
    many = np.broadcast_to(np.float64(33.0), (int(POINTS / len(LINE.pieces.length)) + 1,))

    assert pays(POINTS, LINE, many, machine_code=None)
    assert not pays(POINTS, LINE, many[:-2], machine_code=None)
    assert pays(POINTS, LINE, many[:1], machine_code=True)
    assert not pays(POINTS, LINE, many, machine_code=False)
    assert not pays(POINTS, LINE, many[0], machine_code=True)


@pytest.mark.usefixtures("without_numba")
def test_without_numba_the_slow_way_answers():
    """The same answer, bit for bit, whatever is wished."""
    wished, plain = (locate_points(LINE, [36.1], [33.0], machine_code=way) for way in (True, None))

    assert np.array_equal(wished.offset, plain.offset)


def test_a_line_that_is_made_anew_is_known_again():
    """Its tables are made once, whatever its name; another uncertainty or side makes another line."""
    again = reference_line(SHAPES["wave"].lonlat(), plus="left", name="other")
    others = [
        SHAPES["wave"].line(uncertainty=1.0),
        SHAPES["wave"].line(plus="right"),
        Shape((WAVE[:-1],)).line(),
    ]

    assert known(again) == known(LINE)
    assert all(known(other) != known(LINE) for other in others)
