"""Claims: what several statements have in common, with the origins behind it and all that people decided about it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from truceline.basics.time import NEVER_BEFORE, Span
from truceline.errors import Fault
from truceline.evidence import grade as grading
from truceline.evidence import judgement as judging
from truceline.evidence.figures import Value, same_figure
from truceline.evidence.grade import Grade, grade_faults
from truceline.evidence.judgement import Contest, Judgement
from truceline.evidence.names import key_of
from truceline.evidence.origins import Origins, origins
from truceline.evidence.slips import Slip, slips
from truceline.evidence.statement import Statement

__all__ = ["Claim", "Figure", "claims_of", "known_statements", "refused_grades"]


@dataclass(frozen=True, slots=True)
class Figure:
    """One figure, and the statements that give it, in whatever unit; `value` is as the first of them has it."""

    value: Value
    statements: tuple[Statement, ...]


@dataclass(frozen=True, slots=True)
class Claim:
    """What is known of one claim.

    `name` : "" for a statement that has no claim and stands alone. `statements` : in the order in which they came.
    `origins` : who may have said it first. `slips` : what changed on the way.
    `grades` : the standing grades of each graded statement; any other is F6. `refused` : grades that may not
    stand, with what forbids them. `judgements`, `contests` : what people decided about its statements and speakers,
    and where they contradict each other.
    """

    name: str
    statements: tuple[Statement, ...]
    origins: Origins
    slips: tuple[Slip, ...] = ()
    grades: Mapping[str, tuple[Grade, ...]] = field(default_factory=dict)
    refused: Mapping[Grade, tuple[Fault, ...]] = field(default_factory=dict)
    judgements: tuple[Judgement, ...] = ()
    contests: tuple[Contest, ...] = ()

    @property
    def about(self) -> tuple[str, ...]:
        """The provisions, readings and demands of the terms that it is about, in the order in which they come."""
        return tuple(dict.fromkeys(name for each in self.statements for name in each.about))

    @property
    def figures(self) -> tuple[Figure, ...]:
        """The figures in it; the same one told in another unit is one figure."""
        found: list[list[Statement]] = []
        for each in self.statements:
            like = next((some for some in found if _same(some[0].value, each.value)), None)
            if like is not None:
                like.append(each)
            elif each.value is not None:
                found.append([each])
        return tuple(Figure(some[0].value, tuple(some)) for some in found if some[0].value is not None)


def claims_of(
    statements: Iterable[Statement], judgements: Iterable[Judgement] = (), grades: Iterable[Grade] = (),
    as_known: Span | None = None,
) -> tuple[Claim, ...]:  # fmt: skip
    """Sort statements by claim, and find out about each.

    Parameters
    ----------
    statements, judgements, grades : iterables
        Of all sources together; of two statements with one id the first counts.
    as_known : Span, optional
        Only what was known by the end of this time.

    Returns
    -------
    tuple of Claim
        In the order in which they first come. A judgement is shown and changes no count; a grade that says
        "confirmed" where there are not two origins is refused, and the grader's earlier one stands.

    Examples
    --------
    >>> from truceline.evidence.statement_words import read_statement
    >>> chains = {"n-1": "Ada North>Agency", "n-2": "Ada North>Agency>Herald", "n-3": "?>Blog"}
    >>> said = [read_statement({"id": name, "chain": chain, "claim": "c" * (name < "n-3"), "stance": "states"}, "")[0]
    ...         for name, chain in chains.items()]
    >>> grade = Grade("n-1", "A1", "desk officer", Span(0, 1), "two outlets")
    >>> [(claim.name, claim.origins.count, len(claim.refused)) for claim in claims_of(said, (), [grade])]
    [('c', 1, 1), ('', 1, 0)]
    """
    once: dict[str, Statement] = {}
    for each in statements:
        once.setdefault(each.id, each)
    by_claim: dict[tuple[str, str], list[Statement]] = {}
    for each in known_statements(once.values(), as_known):
        by_claim.setdefault((each.claim, "" if each.claim else each.id), []).append(each)
    decided, given = tuple(judgements), tuple(grades)
    pairs = (each for each in judging.known(decided, as_known) if each.kind in ("same", "not_same"))
    shown = (*judging.standing(decided, as_known), *pairs)
    contests = judging.grouped(decided, as_known).contests
    return tuple(_claim(tuple(said), shown, contests, given, as_known) for said in by_claim.values())


def known_statements(statements: Iterable[Statement], as_known: Span | None) -> tuple[Statement, ...]:
    """Keep the statements that could be known by the end of a time.

    One is known from the end of the time at which it was published, else said, else retrieved; bare dates are days in
    UTC. One without any date is taken as known, as a source of the terms is.
    """
    return tuple(each for each in statements if as_known is None or _known_from(each) <= as_known.end_us)


def refused_grades(
    grades: Iterable[Grade], statements: Iterable[Statement], as_known: Span | None = None
) -> dict[Grade, tuple[Fault, ...]]:
    """Find the grades that may not stand, with what forbids each: "confirmed" needs two origins of the claim (TL-S401).

    Parameters
    ----------
    grades : iterable of Grade
        Those of anything else than one of `statements` are passed over.
    statements : iterable of Statement
        All there are: who else said the same is what counts.

    Examples
    --------
    >>> from truceline.evidence.statement_words import read_statement
    >>> said = [read_statement({"id": "n-1", "chain": "Ada North>Agency", "stance": "states"}, "")[0]]
    >>> given = [Grade("n-1", grade, "desk officer", Span(0, 1), "as told") for grade in ("B1", "B2")]
    >>> [grade.grade for grade in refused_grades(given, said)]
    ['B1']
    """
    found = claims_of(statements, (), grades, as_known)
    return {grade: faults for claim in found for grade, faults in claim.refused.items()}


def _claim(
    said: tuple[Statement, ...], judgements: Sequence[Judgement], contests: Sequence[Contest], grades: Sequence[Grade],
    as_known: Span | None,
) -> Claim:  # fmt: skip
    found, ids = origins(said), {each.id for each in said}
    names = {key_of(word) for each in said for speaker in each.speakers for word in (speaker.person, speaker.body)}
    mine = [each for each in grades if each.of in ids]
    faults = {each: grade_faults(each, found.count, f"the grade {each.grade} of {each.of}") for each in mine}
    stand = [each for each in mine if not faults[each]]
    given = {name: grading.standing(name, stand, as_known) for name in dict.fromkeys(each.of for each in stand)}
    return Claim(
        said[0].claim, said, found, slips(said),
        {name: some for name, some in given.items() if any(each.by for each in some)},
        {each: why for each, why in faults.items() if why and grading.is_known(each, as_known)},
        tuple(each for each in judgements if ids & set(each.about) or names & {key_of(word) for word in each.about}),
        tuple(each for each in contests if ids & {each.one, each.other}),
    )  # fmt: skip


def _same(one: Value | None, other: Value | None) -> bool:
    return one is not None and other is not None and same_figure(one, other)


def _known_from(statement: Statement) -> int:
    moment = statement.published or statement.said or statement.retrieved
    return NEVER_BEFORE if moment is None else moment.span("UTC", {}).end_us
