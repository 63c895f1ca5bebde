"""Numbers of things in words: one report, two reports."""

from __future__ import annotations

__all__ = ["counted"]


def counted(number: int, noun: str) -> str:
    """Write how many there are of something whose plural takes an s.

    >>> counted(1, "report"), counted(0, "report"), counted(16566, "report")
    ('1 report', '0 reports', '16,566 reports')
    """
    return f"{number:,} {noun}" if number == 1 else f"{number:,} {noun}s"
