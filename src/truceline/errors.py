"""The error tree of Truceline: what went wrong, where, and what to do about it.

::

    TrucelineError
    |-- TermsError       the agreement file cannot be understood (never: "was violated")
    |-- EvidenceError    a file of reports cannot be understood at all
    |-- GeometryError    a line or an area cannot be used
    |-- LedgerError      a ledger or its log cannot be used, or does not show what it should
    `-- UsageError       the call itself is wrong: an unknown reading, line or option

A verdict and a lint finding are results, never exceptions.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

__all__ = ["EvidenceError", "Fault", "GeometryError", "LedgerError", "TermsError", "TrucelineError", "UsageError"]


@dataclass(frozen=True, slots=True, order=True)
class Fault:
    """One fault: what is wrong, at which place, and the remedy.

    `at` is ``file:line:col`` for text files and ``file row N column NAME`` for tables.

    >>> print(Fault("deal.yaml:12:9", "TL-E012", "'3 leagues' is not a distance", "write '3 mi'"))
    deal.yaml:12:9: TL-E012 '3 leagues' is not a distance; write '3 mi'
    """

    at: str
    code: str
    what: str
    remedy: str

    def __str__(self) -> str:
        """Write the fault on one clickable line."""
        return f"{self.at}: {self.code} {self.what}; {self.remedy}"


class TrucelineError(Exception):
    """The base of every error that Truceline raises on purpose; it carries all faults found at once.

    >>> error = TermsError([Fault("deal.yaml:3:1", "TL-E003", "unknown key 'wen'", "did you mean 'when'?")])
    >>> print(error)
    deal.yaml:3:1: TL-E003 unknown key 'wen'; did you mean 'when'?
    """

    def __init__(self, faults: Iterable[Fault]) -> None:
        """Keep the parts, so that callers never parse the text."""
        self.faults = tuple(faults)
        super().__init__("\n".join(str(fault) for fault in self.faults))

    def __iter__(self) -> Iterator[Fault]:
        """Go through the faults in the order of the file."""
        return iter(self.faults)


class TermsError(TrucelineError):
    """The terms cannot be understood: a fault of the file, not of anybody's conduct."""


class EvidenceError(TrucelineError):
    """A file of reports cannot be understood at all (single bad rows are listed, not raised)."""


class GeometryError(TrucelineError):
    """A line or area has coordinates that cannot be used."""


class LedgerError(TrucelineError):
    """A ledger or its log cannot be used, or does not show what it should: a fault of the record itself."""


class UsageError(TrucelineError):
    """The call is wrong: it names a reading, line, set or option that does not exist."""
