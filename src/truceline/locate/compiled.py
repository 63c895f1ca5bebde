"""Machine code: the one door to numba, without which everything is measured by NumPy."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, ParamSpec, TypeVar

import numba

__all__ = ["compiled", "woven"]

Said = ParamSpec("Said")
Given = TypeVar("Given")


def compiled(function: Callable[Said, Given]) -> Callable[Said, Given]:
    """Have a function translated to machine code when it is first called; it holds no lock while it runs.

    It may read and write the arrays that it is given and make none: to count who holds an array would
    cost more than the measuring. The code is kept on disk for the next process, beside the file or in
    the user's own cache; where neither can be written, it is translated anew. NaN and rounding stay
    what they are in Python. What is kept knows of a change of this function's file, not of the woven
    ones: after changing those, `make clean`. It must take plain tuples of arrays, for a class that is
    gone by the next release would make it unreadable.

    >>> @compiled
    ... def half(value):
    ...     return value / 2.0
    >>> half(3.0)
    1.5
    """
    try:
        return _translated(function, {"cache": True})
    except RuntimeError:  # numba found no folder to keep it in
        return _translated(function, {})


def woven(function: Callable[Said, Given]) -> Callable[Said, Given]:
    """Have a function become part of the compiled ones that call it: handing tables over costs more than it does."""
    return _translated(function, {"forceinline": True, "no_cpython_wrapper": True, "no_cfunc_wrapper": True})


def _translated(function: Callable[Said, Given], ways: Mapping[str, bool]) -> Callable[Said, Given]:
    all_ways: Any = {"nogil": True, "error_model": "numpy", "_nrt": False, **ways}
    translated: Callable[Said, Given] = numba.njit(**all_ways)(function)
    return translated
