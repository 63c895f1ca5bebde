import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from truceline.locate.line import reference_line
from truceline.locate.tips import FIRST_RAYS, _rays, _straight_until, tips_of
from zoo import SHAPES


@given(st.lists(st.integers(-200, 200), min_size=1, max_size=30))
def test_how_far_a_line_runs_within_a_right_angle(turns):
    """The same as by trying every stretch."""
    found = _straight_until(np.array(turns, dtype=float))
    tried = [
        max(last for last in range(first, len(turns)) if np.ptp(turns[first : last + 1]) < 90)
        for first in range(len(turns))
    ]

    assert found.tolist() == tried


def test_a_line_too_wide_for_a_map_has_no_stretch_with_a_common_side():
    """Where directions are unknown none is straight."""
    line = reference_line([[(-100.0, 0.0), (0.0, 0.0), (100.0, 0.0)]], plus="north")

    assert set(tips_of(line).one_sided.tolist()) == {-1}


@pytest.mark.parametrize("name", ["wave", "hook", "zigzag", "dense", "spiral"])
def test_rays_hold_all_directions_between_them(name):
    """What lies behind all rays of an end lies behind all pieces that they stand for."""
    line = SHAPES[name].line()
    tips, pieces = tips_of(line), line.pieces
    random = np.random.default_rng(1)
    for end, (piece, onward) in enumerate(tips.end_pieces.tolist()):
        order = np.arange(piece, len(pieces.length)) if onward > 0 else np.arange(piece, -1, -1)
        for level, count in enumerate(tips.ray_count[end]):
            some = order[: FIRST_RAYS << level]
            ways = np.concatenate([pieces.start[some], pieces.until()[some]]) - tips.ends[end]
            ways = ways[np.linalg.norm(ways, axis=1) > 1e-6]
            ways /= np.linalg.norm(ways, axis=1)[:, None]
            rays = tips.rays[end, level, :count]
            places = random.normal(size=(500, 3))
            behind = (places @ rays.T).max(axis=1, initial=-np.inf) <= -0.1

            assert np.all((places @ ways.T).max(axis=1)[behind & (count > 0)] <= -0.1 + 1e-9)


def test_directions_all_round_have_no_rays():
    """Between directions that spread over more than half the sky nothing is held."""
    turn = np.linspace(0.0, 2.0 * np.pi, 9)[:-1]

    assert len(_rays(np.stack([np.cos(turn), np.sin(turn), 0.0 * turn], axis=1))) == 0


def test_too_many_rays_are_not_used():
    """A cone with forty edges is left to a look at every piece."""
    turn = np.linspace(0.0, 2.0 * np.pi, 41)[:-1]

    assert len(_rays(np.stack([np.cos(turn), np.sin(turn), 2.0 + 0.0 * turn], axis=1))) == 0


def test_runs_hold_their_pieces():
    """No tip of a piece is farther from the chord of its run than the width of the run."""
    line = SHAPES["spiral"].line()
    runs, pieces = tips_of(line).runs, line.pieces
    for level, first in enumerate(runs.first.tolist()):
        chord = runs.chords[first + np.arange(len(pieces.length)) // 8 ** (level + 1)]
        gap = pieces.until() - chord[:, :3]
        foot = np.clip((gap * chord[:, 3:6]).sum(axis=1), 0.0, chord[:, 6])

        assert np.all(np.linalg.norm(gap - chord[:, 3:6] * foot[:, None], axis=1) <= chord[:, 7])
