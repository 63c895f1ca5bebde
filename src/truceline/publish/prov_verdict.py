"""Where the verdicts on one report come from, as PROV: the report and its carriers, the clause, the arithmetic.

Of a protected report nothing is stated but its id, the verdicts and their reasons. The columns of the source, who
observed it, and every column of a source's identity stay in the file.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from truceline.engines.explaining import Explanation, Measure
from truceline.evidence.columns import NAMES
from truceline.plan.compile import TEXT
from truceline.publish.prov import Statement, agent, derived, entity, name, relation
from truceline.publish.prov_run import CHECK, READ, NamedFile, Ran, run_statements, with_prefixes
from truceline.publish.prov_terms import clause_at, reading_at

__all__ = ["verdicts_prov"]

TOLD = frozenset(NAMES) - {"observer", "origin", "via", "report"}
"""Columns that become attributes; who said it first and who carried it are agents."""


def verdicts_prov(ran: Ran, explanations: Sequence[Explanation], found_in: Iterable[NamedFile]) -> bytes:
    """Write where the verdicts on one report come from.

    Parameters
    ----------
    ran : Ran
    explanations : sequence of Explanation
        Of one report, from the same setup; none where nothing that was known speaks of it.
    found_in : iterable of NamedFile
        Those of the files in which rows of this report stand.
    """
    pairs = [(one.provision, one.reading) for one in explanations]
    statements = list(run_statements(ran, pairs))
    for number, one in enumerate(explanations):
        statements += [*(_report(one, found_in) if number == 0 else ()), *_verdict(ran, one)]
    return with_prefixes(ran, statements)


def _report(one: Explanation, found_in: Iterable[NamedFile]) -> Iterator[Statement]:
    """State the report as it was judged, the rows that it stands in, and through whom it came."""
    at = _report_at(one)
    said = {key: value for key, value in (*one.facts, *one.told) if key in TOLD}
    yield entity(at, "Report", one.report, report=one.report, **said)
    yield relation("Generation", entity=at, activity=READ)
    for file in found_in:
        yield derived(at, file.at, READ)
    yield from _revisions(one, at)
    yield from _carried(one, at)


def _revisions(one: Explanation, at: str) -> Iterator[Statement]:
    """State each row of the id with the cells in which it differs; what is judged was chosen among all, or joined."""
    for number, row in enumerate(one.revisions, start=1):
        row_at = name("run", "report", one.report, "row", str(number))
        cells = {key: value for key, value in row.cells if key in TOLD}
        judged = "yes" if row.judged else "no"
        yield entity(row_at, "Revision", f"{one.report}, row {number}", judged=judged, **cells)
        yield relation("Specialization", specificEntity=row_at, generalEntity=at)
        yield derived(at, row_at, READ)


def _carried(one: Explanation, at: str) -> Iterator[Statement]:
    """State each carrier's account, and the origin from whom all have it, directly or not."""
    first = dict(one.told).get("origin")
    origin = name("run", "report", one.report, "origin")
    if first:
        yield entity(origin, "Statement", f"{one.report} as first said")
        yield from _attributed(origin, first)
    for number, carrier in enumerate(one.via, start=1):
        account = name("run", "report", one.report, "via", str(number))
        yield entity(account, "Account", f"{one.report} as carried by {carrier}", place_in_chain=number)
        yield from _attributed(account, carrier)
        yield derived(at, account)
        if first:
            yield derived(account, origin)
    if first and not one.via:
        yield derived(at, origin)


def _attributed(what: str, who: str) -> Iterator[Statement]:
    at = name("run", "by", who)
    yield agent(at, who)
    yield relation("Attribution", entity=what, agent=at)


def _verdict(ran: Ran, one: Explanation) -> Iterator[Statement]:
    at = name("run", "verdict", one.report, one.provision, one.reading)
    yield entity(
        at, "Verdict", f"{one.report}, {one.provision} under {one.reading}", report=one.report,
        provision=one.provision, reading=one.reading, verdict=one.verdict, reasons=[why.code for why in one.reasons],
        because=[why.words for why in one.reasons], sentence=one.sentence, as_known=one.as_known,
        condition=[] if _protected(one) else [f"{each.question} {each.truth}" for each in one.conditions],
    )  # fmt: skip
    yield relation("Generation", entity=at, activity=CHECK)
    rests_on = [_report_at(one), clause_at(ran.setup, one.provision)]
    for source in rests_on + ([reading_at(one.reading)] if one.reading != TEXT else []):
        yield derived(at, source, CHECK)
    for number, measure in enumerate(one.measures, start=1):
        yield from _measure(f"{at}/measure/{number}", measure, _report_at(one))
        yield derived(at, f"{at}/measure/{number}", CHECK)


def _measure(at: str, measure: Measure, report: str) -> Iterator[Statement]:
    figures = {figure.name: figure.value for figure in measure.figures}
    yield entity(at, "Measure", measure.ground, truth=measure.truth, arithmetic=measure.arithmetic, **figures)
    yield relation("Generation", entity=at, activity=CHECK)
    yield derived(at, report, CHECK)


def _protected(one: Explanation) -> bool:
    return ("release", "protected") in one.facts


def _report_at(one: Explanation) -> str:
    return name("run", "report", one.report)
