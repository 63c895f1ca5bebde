"""Work in threads: the order of the input, bounded, and stopped at once."""

import threading
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from truceline.engines.streaming import in_order, threads_here


@settings(max_examples=30)
@given(st.lists(st.integers(0, 3), max_size=30), st.integers(1, 4))
def test_results_come_in_the_order_of_the_items(waits, threads):
    """However long each takes, and however many threads there are."""

    def work(item):
        time.sleep(item[1] / 2_000)
        return item[0]

    assert list(in_order(work, enumerate(waits), threads)) == list(range(len(waits)))


def test_no_more_items_are_drawn_than_are_worked_on():
    """A stream that is larger than the memory is never drawn ahead of its results."""
    drawn = []
    results = in_order(lambda item: item, (drawn.append(item) or item for item in range(100)), threads=2)
    next(results)

    assert len(drawn) <= 3


def test_a_fault_is_raised_and_the_rest_never_begins():
    """What comes before the fault is given; what had not begun when it was raised never does."""
    begun = []

    def work(item):
        begun.append(item)
        if item == 3:
            msg = "broken"
            raise ValueError(msg)
        return item

    results = in_order(work, range(1_000), threads=2)

    assert [next(results) for _ in range(3)] == [0, 1, 2]
    with pytest.raises(ValueError, match="broken"):
        next(results)
    assert len(begun) < 10


def test_threads_end_when_nobody_asks_any_more():
    """A consumer that stops, by an interrupt too, leaves no thread behind."""
    before = threading.active_count()
    results = in_order(lambda item: item, range(1_000), threads=2)
    next(results)
    results.close()

    assert threading.active_count() == before
    assert threads_here() >= 1
