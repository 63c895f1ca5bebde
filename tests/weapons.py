"""Hypothesis: selectors of weapons, and what the terms know of makes."""

from __future__ import annotations

import numpy as np
from hypothesis import strategies as st

from truceline.evidence.kinds import KINDS
from truceline.plan.weapons import ANY_SIZE, Bounds, BySize, ByWords, Make, Makes, Sort, Thing

N_MAKES = 3
SEEN = tuple(tuple(KINDS).index(name) for name in ("gun", "anti_tank_gun", "mortar", "tank", "vehicle", "weapon"))
sizes = st.sampled_from([np.nan, 82.0, 100.0, 122.0])


@st.composite
def bounds(draw: st.DrawFn) -> Bounds:
    """Draw sizes: of any, up to one, from one on, or of one alone."""
    size = draw(sizes)
    low, high = draw(st.sampled_from([(-np.inf, size), (size, np.inf), (size, size), (size + 0.5, size + 1.0)]))
    return Bounds(low, high) if size == size else ANY_SIZE  # noqa: PLR0124 - not a number


@st.composite
def listed(draw: st.DrawFn) -> Make:
    """Draw what the terms know of one make."""
    return Make((draw(st.integers(0, N_MAKES - 1)),), draw(st.sampled_from(SEEN)), draw(bounds()), draw(bounds()))


def makes() -> st.SearchStrategy[Makes]:
    """Draw what the terms know of all makes."""
    return st.lists(listed(), max_size=N_MAKES).map(lambda found: Makes.of(N_MAKES, found))


def things() -> st.SearchStrategy[Thing]:
    """Draw a selector: a kind, a make, one of them by size, words without a definition, or a class of these."""
    plain = st.sampled_from(SEEN) | st.integers(0, len(KINDS) - 1) | listed() | st.just(ByWords())
    single = plain | st.builds(BySize, plain, bounds(), bounds())
    several = st.lists(single, max_size=3).map(tuple)
    return single | st.builds(Sort, several, several)
