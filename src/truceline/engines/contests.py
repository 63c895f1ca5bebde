"""For which clauses the reading decides, and in which fields: what the lint asks of reports (RDG-1)."""

from __future__ import annotations

from truceline.engines.deciding import Background, is_judged
from truceline.engines.setup import Setup
from truceline.engines.summary import Summary
from truceline.terms.lint import Contest

__all__ = ["contests_of"]


def contests_of(summary: Summary, setup: Setup, background: Background) -> dict[str, Contest]:
    """Tell of each clause that is judged for how many reports its verdict depends on the reading.

    Parameters
    ----------
    summary : Summary
        The counts of a run.
    background : Background
        What was shown every batch of the same run.
    """
    rules = {str(rule): place for place, rule in enumerate(setup.book.rules)}
    decides = background.deciding()
    return {
        name: Contest(depends, summary.reports, decides.get(name, {}))
        for name, depends in summary.depends.items()
        if is_judged(setup, rules[name])
    }
