"""The lint: what an agreement leaves open, each gap with its place and a remedy.

A finding is a result, never an exception, and never a verdict: it speaks of the text alone. One file
holds one rule; a rule that is not in `RULES` does not run. Each has its page in ``docs/rules``.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from truceline.errors import Fault, UsageError
from truceline.terms.agreement import Agreement
from truceline.terms.covers import Topic
from truceline.terms.lint import (
    act1_prohibited,
    act2_permitted,
    act3_offensive_defined,
    act4_return_fire,
    act5_no_new_positions,
    amd1_amendment,
    def1_undefined_term,
    def2_hedge,
    geo1_area,
    geo2_line_no_geometry,
    geo3_line_date,
    geo4_width_vs_offset,
    geo5_units,
    geo6_sector_ends,
    geo7_air_sea,
    geo8_measure_rule,
    geo9_exclusion_towns,
    hum1_civilians,
    num1_sums,
    ord1_command,
    par1_parties,
    par2_bound_non_signatory,
    par3_controlled_forces,
    par4_actor_undefined,
    par5_guarantor,
    rdg1_contested,
    rdg2_denial,
    rel1_prior_agreements,
    res1_dispute,
    res2_consequence,
    res3_waiver,
    tim1_entry_into_force,
    tim2_timetable,
    tim3_relative_time,
    tim4_duration_review,
    tim5_sequence,
    txt1_text_status,
    txt2_languages,
    txt3_side_paper,
    ver1_mechanism,
    ver2_who_verifies_what,
    ver3_access,
    ver4_baseline,
    ver5_proof,
    ver6_violation_defined,
    ver7_unit_of_count,
    ver8_publication,
    ver9_notification,
    wpn1_class_undefined,
    wpn2_exception_weaker,
    wpn3_boundary_value,
    wpn4_ceiling_basis,
    wpn5_storage,
)
from truceline.terms.lint.finding import LintFinding, Severity
from truceline.terms.lint.rdg1_contested import Contest, contested
from truceline.terms.lint.rule import Remark, Rule
from truceline.terms.lint.topics import hidden, standing
from truceline.terms.trouble import guess

__all__ = [
    "NOTHING_UNTOLD",
    "RULES",
    "Contest",
    "LintFinding",
    "Rule",
    "Severity",
    "Untold",
    "chosen",
    "lint",
    "untold",
]

RULES: tuple[Rule, ...] = (
    txt1_text_status.RULE,
    txt2_languages.RULE,
    txt3_side_paper.RULE,
    par1_parties.RULE,
    par2_bound_non_signatory.RULE,
    par3_controlled_forces.RULE,
    par4_actor_undefined.RULE,
    par5_guarantor.RULE,
    tim1_entry_into_force.RULE,
    tim2_timetable.RULE,
    tim3_relative_time.RULE,
    tim4_duration_review.RULE,
    tim5_sequence.RULE,
    geo1_area.RULE,
    geo2_line_no_geometry.RULE,
    geo3_line_date.RULE,
    geo4_width_vs_offset.RULE,
    geo5_units.RULE,
    geo6_sector_ends.RULE,
    geo7_air_sea.RULE,
    geo8_measure_rule.RULE,
    geo9_exclusion_towns.RULE,
    act1_prohibited.RULE,
    act2_permitted.RULE,
    act3_offensive_defined.RULE,
    act4_return_fire.RULE,
    act5_no_new_positions.RULE,
    wpn1_class_undefined.RULE,
    wpn2_exception_weaker.RULE,
    wpn3_boundary_value.RULE,
    wpn4_ceiling_basis.RULE,
    wpn5_storage.RULE,
    ver1_mechanism.RULE,
    ver2_who_verifies_what.RULE,
    ver3_access.RULE,
    ver4_baseline.RULE,
    ver5_proof.RULE,
    ver6_violation_defined.RULE,
    ver7_unit_of_count.RULE,
    ver8_publication.RULE,
    ver9_notification.RULE,
    res1_dispute.RULE,
    res2_consequence.RULE,
    res3_waiver.RULE,
    ord1_command.RULE,
    hum1_civilians.RULE,
    rel1_prior_agreements.RULE,
    amd1_amendment.RULE,
    def1_undefined_term.RULE,
    def2_hedge.RULE,
    rdg1_contested.RULE,
    rdg2_denial.RULE,
    num1_sums.RULE,
)


class Untold(NamedTuple):
    """What no rule could tell: instruments that are not public; topics that are unknown, or left out on purpose."""

    hidden: tuple[str, ...]
    unknown: tuple[Topic, ...]
    left_out: tuple[Topic, ...]


NOTHING_UNTOLD = Untold((), (), ())
"""Where nobody asks what the lint could not be told."""


def lint(
    agreement: Agreement, *, only: Iterable[str] | None = None, contests: Mapping[str, Contest] | None = None
) -> tuple[LintFinding, ...]:
    """Find what the text and its readings leave open.

    Parameters
    ----------
    agreement : Agreement
        Loaded terms. What `as_known` left out gives no finding; sources are looked at as a whole.
    only : iterable of str, optional
        Ids of the rules to run, such as ``["GEO-6"]``; all of `RULES` without it.
    contests : mapping of str to Contest, optional
        How each clause fared with reports that somebody has checked, for RDG-1; without it RDG-1 finds nothing.

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
        for rule in chosen(only, agreement.name)
        for remark in _found(rule, agreement, contests or {})
    ]
    return tuple(sorted(found, key=_place))


def _found(rule: Rule, agreement: Agreement, contests: Mapping[str, Contest]) -> Iterable[Remark]:
    return contested(agreement, contests) if contests and rule is rdg1_contested.RULE else rule.find(agreement)


def untold(agreement: Agreement) -> Untold:
    """Say what the lint could not be told, so that its silence is not taken for praise.

    >>> from truceline.formats.terms_file import load
    >>> untold(load("examples/toy/terms.yaml")).hidden
    ()
    """
    text = agreement.document
    topics = dict.fromkeys(topic for rule in RULES for topic in rule.topics)
    known = {topic: standing(text, topic) for topic in topics}
    return Untold(
        hidden(text),
        tuple(topic for topic, stands in known.items() if stands == "unknown"),
        tuple(topic for topic, stands in known.items() if stands == "left out on purpose"),
    )


def chosen(only: Iterable[str] | None, name: str) -> tuple[Rule, ...]:
    """Give the rules of these ids, in the order of `RULES`; all of them for None.

    Raises
    ------
    UsageError
        TL-E051, with the id that was probably meant; `name` stands in the message.
    """
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
