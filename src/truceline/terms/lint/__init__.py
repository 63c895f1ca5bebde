"""The lint: what an agreement leaves open, each gap with its place and a remedy.

A finding is a result, never an exception, and never a verdict: it speaks of the text alone. One file
holds one rule; a rule that is not in `RULES` does not run. Each has its page in ``docs/rules``.
"""

from __future__ import annotations

from collections.abc import Iterable

from truceline.errors import Fault, UsageError
from truceline.terms.agreement import Agreement
from truceline.terms.lint import (
    geo2_line_no_geometry,
    geo5_units,
    geo6_sector_ends,
    geo8_measure_rule,
    par2_bound_non_signatory,
    par4_actor_undefined,
    rdg2_denial,
    tim1_entry_into_force,
    tim2_timetable,
    txt1_text_status,
    ver4_baseline,
)
from truceline.terms.lint.finding import LintFinding, Severity
from truceline.terms.lint.rule import Rule
from truceline.terms.trouble import guess

__all__ = ["RULES", "LintFinding", "Rule", "Severity", "lint"]

RULES: tuple[Rule, ...] = (
    txt1_text_status.RULE,
    par2_bound_non_signatory.RULE,
    par4_actor_undefined.RULE,
    tim1_entry_into_force.RULE,
    tim2_timetable.RULE,
    geo2_line_no_geometry.RULE,
    geo5_units.RULE,
    geo6_sector_ends.RULE,
    geo8_measure_rule.RULE,
    ver4_baseline.RULE,
    rdg2_denial.RULE,
)


def lint(agreement: Agreement, *, only: Iterable[str] | None = None) -> tuple[LintFinding, ...]:
    """Find what the text and its readings leave open.

    Parameters
    ----------
    agreement : Agreement
        Loaded terms. What `as_known` left out gives no finding; sources are looked at as a whole.
    only : iterable of str, optional
        Ids of the rules to run, such as ``["GEO-6"]``; all of `RULES` without it.

    Returns
    -------
    tuple of LintFinding
        In the order of the file; one finding per clause and cause. Empty: these rules found no gap.

    Raises
    ------
    UsageError
        If `only` names a rule that does not exist.
    """
    found = [
        LintFinding(rule.id, rule.severity, agreement.place_of(remark.path), remark.what, remark.fix, remark.path)
        for rule in _chosen(only, agreement.name)
        for remark in rule.find(agreement)
    ]
    return tuple(sorted(found, key=_place))


def _chosen(only: Iterable[str] | None, name: str) -> tuple[Rule, ...]:
    known = tuple(rule.id for rule in RULES)
    wanted = known if only is None else tuple(only)
    strange = [item for item in wanted if item not in known]
    if strange:
        raise UsageError(Fault(name, "TL-E051", f"there is no rule '{item}'", _meant(item, known)) for item in strange)
    return tuple(rule for rule in RULES if rule.id in wanted)


def _meant(item: str, known: Iterable[str]) -> str:
    meant = guess(item, known)
    return f"did you mean '{meant}'?" if meant else f"choose among {', '.join(known)}"


def _place(finding: LintFinding) -> tuple[int, int]:
    _, line, col = finding.at.rsplit(":", 2)
    return int(line), int(col)
