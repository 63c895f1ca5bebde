"""The origins behind claims, told on a terminal: first all claims in a table, then each with what is behind it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from truceline.basics.counting import counted
from truceline.evidence.claims import Claim
from truceline.evidence.grade import UNGRADED
from truceline.evidence.judgement import Contest, Judgement
from truceline.evidence.origins import Origin, Voice
from truceline.evidence.statement import Statement
from truceline.evidence.vocabulary import POLARITIES
from truceline.formats.table_text import Column, coloured, paragraph, text_table
from truceline.publish.traced import (
    Carried,
    Changed,
    Heard,
    Traced,
    changes_of,
    circles_of,
    conflicts_of,
    converted,
    heard,
    is_open,
    one_line,
    outlets_of,
    span_words,
    speaker_words,
    step_words,
)

__all__ = [
    "FAINT", "OPEN", "claim_lines", "claim_name", "closing_words", "contest_words", "judgement_words", "marks_of",
    "traced_lines",
]  # fmt: skip

OPEN, FAINT = 178, 244
"""Colours: what is open between people, and where a thing stands."""

Lines = Iterator[tuple[int, str, int | None]]
"""Lines of a section: how far they are indented, their text, their colour."""


def traced_lines(traced: Traced, *, width: int | None = None, colour: bool = False) -> Iterator[str]:
    """Tell all claims: how many origins each has, and then each with its voices, slips, figures and grades.

    Parameters
    ----------
    traced : Traced
    width : int, optional
        Of the terminal: longer lines are broken between words. Without it none is.
    colour : bool
        Whether to write colours.
    """
    if len(traced.claims) > 1:
        yield from _overview(traced, width, colour=colour)
    for number, claim in enumerate(traced.claims):
        yield from [""] * (number > 0 or len(traced.claims) > 1)
        yield from claim_lines(claim, width=width, colour=colour)
    for number, sentence in enumerate(closing_words(traced)):
        yield from [""] * (number == 0)
        yield from paragraph(sentence, width, hang=2)


def claim_lines(claim: Claim, *, width: int | None = None, colour: bool = False) -> Iterator[str]:
    """Tell one claim; the heading says what was found."""
    yield from paragraph(one_line(_headline(claim)), width, hang=2)
    for section in (_origins, _conflicts, _slips, _figures, _grades, _judged):
        for indent, text, shade in section(claim):
            for line in paragraph(one_line(text), width, indent=indent, hang=2):
                yield coloured(line, shade if colour else None)


def _overview(traced: Traced, width: int | None, *, colour: bool) -> Iterator[str]:
    claims = traced.claims
    two = sum(claim.origins.count > 1 for claim in claims)
    said = sum(len(claim.statements) for claim in claims)
    text = f"{counted(said, 'statement')}, {counted(len(claims), 'claim')}; {two or 'none'} with two origins or more"
    yield from paragraph(text, width, hang=2)
    about = "origins: the fewest people who can account for every statement of the claim, however many carry it"
    yield from paragraph(about, width, hang=2)
    yield ""
    columns = [Column("claim"), Column("statements", number=True), Column("outlets", number=True),
               Column("origins", number=True), Column("")]  # fmt: skip
    rows = [
        (claim_name(claim), str(len(claim.statements)), str(outlets_of(claim.statements)), str(claim.origins.count),
         "; ".join(marks_of(claim)))
        for claim in claims
    ]  # fmt: skip
    yield from text_table(columns, rows, width=width, colour=colour)


def marks_of(claim: Claim) -> Iterator[str]:
    """Say in a few words what to look at."""
    if not claim.origins.count:
        yield "rests on itself"
    elif not any(origin.named for origin in claim.origins.origins):
        yield "nobody is named"
    if next(conflicts_of(claim), None) is not None:
        yield "credited to different speakers"
    if fields := dict.fromkeys(name for each in changes_of(claim) for name in each.fields):
        yield f"changed on the way: {', '.join(fields)}"
    if claim.refused:
        yield f"{counted(len(claim.refused), 'grade')} refused"
    if claim.contests:
        yield "contested"


def _headline(claim: Claim) -> str:
    count, said = claim.origins.count, counted(len(claim.statements), "statement")
    behind = f"{counted(count, 'origin') if count else 'no origin'} behind {said}"
    where = f" in {counted(outlets_of(claim.statements), 'outlet')}" if len(claim.statements) > 1 else ""
    about = f" (about {', '.join(claim.about)})" if claim.about else ""
    return f"{claim_name(claim)}: {behind}{where}{about}"


def claim_name(claim: Claim) -> str:
    """Name a claim; a statement that has none goes by its own id."""
    return one_line(claim.name or f"{claim.statements[0].id} (no claim)")


def _origins(claim: Claim) -> Lines:
    if len(claim.statements) == 1 and claim.origins.count and is_open(claim.statements[0]):
        return  # its chain says it all
    number = 1
    for origin in claim.origins.origins:
        yield 2, _origin_words(origin, number), None
        number += origin.least
        for voice in origin.voices:
            yield from _voice(voice, claim)
    if claim.origins.loose:
        whose = (
            "counted for nobody, for it may go back to an origin above" if claim.origins.count else "what it rests on"
        )
        yield 2, whose, OPEN
        for voice in claim.origins.loose:
            yield from _voice(voice, claim)
    for circle in circles_of(claim):
        names = " > ".join(circle) or "of protected statements"
        yield 2, f"a circle, in which each has it from the one before: {names}", OPEN


def _origin_words(origin: Origin, number: int) -> str:
    if origin.least > 1:
        last = number + origin.least - 1
        return f"origins {number} to {last}: so many people at the least, who cannot be told apart"
    return f"origin {number}" if origin.named else f"origin {number}: nobody behind it is named"


def _voice(voice: Voice, claim: Claim) -> Lines:
    shown = heard(voice, claim)
    if shown.who:
        yield 4, shown.who, None
        yield 6, _carriers(shown), FAINT
    if shown.protected:
        yield 4, f"protected [{', '.join(shown.protected)}]", FAINT


def _carriers(shown: Heard) -> str:
    """Say who carried it first, and who published it, through whom."""
    ids = ", ".join(name for each in shown.carried for name in each.statements)
    if not shown.first:
        return f"through no carrier that is stated [{ids}]"
    if [(each.publisher, each.via) for each in shown.carried] == [(shown.first[0], ())]:
        return f"carried by {_carried(shown.carried[0])}"
    return f"first carried by {shown.first[0]}; published by {', '.join(map(_carried, shown.carried))}"


def _carried(each: Carried) -> str:
    languages = f" ({', '.join(each.languages)})" if each.languages else ""
    via = f" through {', '.join(each.via)}" if each.via else ""
    return f"{each.publisher}{languages}{via} [{', '.join(each.statements)}]"


def _conflicts(claim: Claim) -> Lines:
    for conflict in conflicts_of(claim):
        yield 2, f"credited to different speakers, which makes no second origin: {conflict.why}", OPEN
        for voice in (conflict.one, conflict.other):
            shown = heard(voice, claim)
            yield 4, f"{shown.who} [{', '.join(name for each in shown.carried for name in each.statements)}]", None


def _slips(claim: Claim) -> Lines:
    for each in changes_of(claim):
        yield 2, _changed_words(each), OPEN
        for words, ids in each.before:
            yield 4, _wording("", words, ids), None
        for words, ids in each.after:
            yield 4, _wording("became " if each.before else "", words, ids), None


def _changed_words(each: Changed) -> str:
    what = " and ".join((", ".join(each.fields[:-1]), each.fields[-1]) if len(each.fields) > 1 else each.fields)
    if each.before:
        return f"{what}: changed after {each.carrier}"
    return f"{what}: told in {len(each.after)} ways, all after {each.carrier}; which is right is not known"


def _wording(verb: str, words: str, ids: tuple[str, ...]) -> str:
    return f'{verb}"{_plain(words)}" [{", ".join(ids)}]'


def _plain(words: str) -> str:
    """Write a range as it is read.

    >>> _plain("5..30 km")
    '5 to 30 km'
    """
    return re.sub(r"(?<=[0-9])\.\.(?=[0-9])", " to ", words)


def _figures(claim: Claim) -> Lines:
    for figure in claim.figures:
        shown = [each for each in figure.statements if is_open(each)]
        if shown and shown[0].value is not None:
            value, other = str(shown[0].value), converted(shown[0].value)
            yield 2, f"the figure {_plain(value)}{f' ({other})' if other else ''}", None
            for each in shown:
                yield from _way_back(each, known=value)
    bare = [each for each in claim.statements if each.value is None and is_open(each)]
    alone = len(claim.statements) == 1
    if bare and not alone:
        yield 2, "without a figure" if claim.figures else "where it stands", None
    for each in bare:
        yield from ((indent - 2 * alone, text, shade) for indent, text, shade in _way_back(each))


def _way_back(each: Statement, known: str = "") -> Lines:
    """Tell where a statement stands: who published it when, what it says, through whom it came, quote and address."""
    value = str(each.value or "")
    figure = f'"{each.words}"' if each.words else _plain(value) if value != known else ""
    line = f'from "{each.line}"' if each.line else ""
    meant = POLARITIES[each.polarity].removeprefix("the statement ").partition(",")[0]
    against = meant if each.polarity != "positive" else ""
    what = ", ".join(filter(None, (each.stance or each.category, *each.modes, against)))
    day = str(each.published or each.said or "no date")
    outlet = each.outlet or step_words(each.chain.publisher)
    yield 4, ", ".join(filter(None, (f"[{each.id}] {outlet}", day, what, f"{figure} {line}".strip()))), None
    if each.fact:
        yield 6, each.fact, None
    way = " > ".join((speaker_words(each), *map(step_words, each.chain.steps)))
    yield 6, f"{way}{f' ({each.hedge})' if each.hedge else ''}", FAINT
    if each.citation:
        copy = f" (copy {each.citation.sha256[:12]})" if each.citation.sha256 else " (no copy is known)"
        yield 6, f'"{each.citation.exact.strip()}"{copy}', FAINT
    if each.url:
        yield 6, each.url, FAINT


def _grades(claim: Claim) -> Lines:
    if claim.grades or claim.refused:
        yield 2, "graded, source and information", None
    for grades in claim.grades.values():
        for each in grades:
            yield 4, f"[{each.of}] {each.grade}, {each.words}: {each.by}, {span_words(each.decided)}: {each.why}", None
    if claim.grades:
        rest = [each.id for each in claim.statements if each.id not in claim.grades]
        if rest:
            yield 4, f"[{', '.join(rest)}] {UNGRADED}: nobody has graded them", FAINT
    for each, faults in claim.refused.items():
        yield from ((4, f"refused, by {each.by}: {fault}", OPEN) for fault in faults)


def _judged(claim: Claim) -> Lines:
    if claim.judgements:
        yield 2, "judged, which changes no count", None
    for each in claim.judgements:
        yield 4, f"[{each.id}] {judgement_words(each)}: {each.by}, {span_words(each.decided)}: {each.why}", None
    for contest in claim.contests:
        yield 4, contest_words(contest), OPEN


def judgement_words(each: Judgement) -> str:
    """Say what was decided.

    >>> from truceline.basics.time import Span
    >>> judgement_words(Judgement("j-1", "member", ("scouts",), "officer", Span(0, 1), "badge", "army", "unsure"))
    'scouts of army: unsure'
    """
    about = " and ".join(each.about)
    if each.kind in ("same", "not_same"):
        return f"{about} are {'one' if each.kind == 'same' else 'not one'}"
    return f"{about} {'of' if each.kind == 'member' else 'said or done by'} {each.what}: {each.answer}"


def contest_words(contest: Contest) -> str:
    """Say what is contested, and by which judgements."""
    state = "in one group all the same" if contest.joined else "not joined"
    return f"contested: {contest.one} and {contest.other} ({', '.join(contest.judgements)}), {state}"


def closing_words(traced: Traced) -> Sequence[str]:
    """Say what holds of all claims: what was not known yet, what has no date, no quote or no grade."""
    said = [each for claim in traced.claims for each in claim.statements]
    told = []
    if traced.as_known is not None:
        later = f"{len(traced.later)} of {counted(traced.of, 'statement')} came later and are left out"
        undated = f"; taken as known, for they have no date: {', '.join(traced.undated)}" if traced.undated else ""
        told.append(f"As known on {traced.as_known}: {later}{undated}.")
    if quiet := sum(each.citation is None for each in said):
        told.append(f"{quiet} of {counted(len(said), 'statement')} keep no quote that could be looked up again.")
    if said and not any(claim.grades for claim in traced.claims):
        told.append("Nobody has graded any of it (F6).")
    if traced.astray:
        told.append(f"Graded or judged, and no statement here: {', '.join(traced.astray)}.")
    if traced.sealed:
        told.append(f"Left out, for they are sealed and only their ids are known: {', '.join(traced.sealed)}.")
    return told
