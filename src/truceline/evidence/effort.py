"""Effort: who watched which ground, from when to when, by what means, and what was denied to them.

Without such a record silence says nothing. With one it says no more than the record: what a watch that was complete
did not see was not there; what one that was not complete did not see may have been.
"""

from __future__ import annotations

from dataclasses import dataclass

from truceline.basics.time import Moment, Span
from truceline.evidence.judgement import Judgement

__all__ = ["ALONE", "DENIALS", "Beside", "Effort"]

DENIALS = "effort"
"""The data set of denials, which are reports of obstruction."""


@dataclass(frozen=True, slots=True)
class Effort:
    """One record of effort.

    `by` : who watched. `begin`, `end` : from when to when; of a bare date its first, and its last, instant.
    The ground is a `zone` (a zone, an area or a provision of the terms), or a `region`, or the disc of `radius_m`
    metres around (`lon`, `lat`). `complete` : nothing on it that the watch `shows` (acts) was missed. `denied` : they
    were kept from it, `denied_by` whom. `means`, `source` : how they watched, and where it is written.
    """

    id: str
    by: str
    begin: Moment
    end: Moment
    zone: str = ""
    region: str = ""
    lon: float | None = None
    lat: float | None = None
    radius_m: float | None = None
    means: str = ""
    complete: bool = False
    denied: bool = False
    denied_by: str = ""
    shows: tuple[str, ...] = ()
    source: str = ""

    def span(self, zone: str | None) -> Span:
        """Give the time of the watch, by the clock of a zone (UTC where none is named)."""
        begin, end = (moment.span(zone or "UTC", {}) for moment in (self.begin, self.end))
        return Span(begin.start_us, max(end.end_us, begin.start_us))


@dataclass(frozen=True, slots=True)
class Beside:
    """What a run knows beside its reports: who watched, and what people decided about reports.

    `files` : from which it was read, by role ("effort", "judgements"); values that were made come from none.
    `rows` : where each judgement stands in its file, by its id. `since_us` : reports that begin before this instant
    are left out of the run.
    """

    effort: tuple[Effort, ...] = ()
    judgements: tuple[Judgement, ...] = ()
    files: tuple[tuple[str, str], ...] = ()
    rows: tuple[tuple[str, str], ...] = ()
    since_us: int | None = None


ALONE = Beside()
"""Reports of which nobody knows more."""
