"""Hypothesis: truths, lengths, instants, periods, and truths that change with time."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
from hypothesis import strategies as st

from truceline.basics.time import FOREVER, NEVER_BEFORE, Span
from truceline.plan.tables import Limit, When
from truceline.plan.timeline import Timeline, told

truth = st.sampled_from([-1, 0, 1])
metres = st.integers(-60, 60).map(float)
lengths = st.integers(0, 60).map(float)
instants = st.integers(-50, 50)
always = When(Span(NEVER_BEFORE, NEVER_BEFORE), Span(FOREVER, FOREVER), undated=False)
"""In force at all times."""


@st.composite
def spans(draw: st.DrawFn) -> Span:
    """Draw an instant, or a span in which it lies."""
    start = draw(instants)
    return Span(start, start + draw(st.just(0) | st.integers(0, 40)))


@st.composite
def conditions(draw: st.DrawFn) -> Timeline:
    """Draw whether what a rule hangs on is met, by time."""
    edges = sorted(draw(st.sets(instants, max_size=3)))
    return told([(Span(begin, begin), Span(end, end), draw(truth)) for begin, end in pairwise((-60, *edges, 60))])


@st.composite
def whens(draw: st.DrawFn) -> When:
    """Draw a period, dated or not."""
    begin, end = draw(spans()), draw(spans() | st.just(Span(FOREVER, FOREVER)))
    undated = draw(st.booleans())
    hung = draw(st.booleans()), draw(st.booleans())
    return When(Span(begin.start_us, FOREVER) if undated else begin, end, undated and not hung[0], hung)


@st.composite
def limits(draw: st.DrawFn) -> Limit:
    """Draw a distance, exact or not."""
    low = draw(lengths)
    return Limit(low, low + draw(st.just(0.0) | lengths | st.just(np.inf)))
