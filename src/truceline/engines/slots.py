"""A table of slots, in machine code: it finds the number of a key by looking at one or two places."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from truceline.locate.compiled import compiled

__all__ = ["enter", "look_up"]

Codes = NDArray[np.int64]
SPREAD = -7046029254386353131
"""An odd number near 2**64 over the golden ratio: multiples of it scatter keys that lie close together."""
HIGH = 29
"""By so many bits the scattered ones are brought down to those that name a slot."""


@compiled
def look_up(keys: Codes, slots: Codes, held: Codes, numbers: Codes) -> int:
    """Fill in the numbers of n keys, -1 where a key is not entered; give how many are not.

    Parameters
    ----------
    keys, numbers : ndarray of int64, shape (n,)
    slots, held : ndarray of int64, shape (m,)
        Keys, and their numbers or -1 for a free slot; m is a power of two, and some slots are free.
    """
    last, missing = len(slots) - 1, 0
    for row in range(len(keys)):
        key = keys[row]
        scattered = key * SPREAD
        slot = (scattered ^ (scattered >> HIGH)) & last
        while held[slot] >= 0 and slots[slot] != key:
            slot = (slot + 1) & last
        numbers[row] = held[slot]
        missing += held[slot] < 0
    return missing


@compiled
def enter(keys: Codes, numbers: Codes, slots: Codes, held: Codes) -> int:
    """Enter distinct keys with their numbers into a table that nobody else looks at; some slots must stay free.

    Gives how many keys there are.
    """
    last = len(slots) - 1
    for row in range(len(keys)):
        key = keys[row]
        scattered = key * SPREAD
        slot = (scattered ^ (scattered >> HIGH)) & last
        while held[slot] >= 0 and slots[slot] != key:
            slot = (slot + 1) & last
        slots[slot] = key
        held[slot] = numbers[row]
    return len(keys)
