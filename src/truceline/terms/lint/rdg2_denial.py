"""RDG-2 denial: a party or guarantor is on record saying that there is no such commitment."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import count
from typing import NamedTuple

from truceline.basics.time import ALL_TIME, Moment, Span
from truceline.terms.agreement import Agreement
from truceline.terms.lint.entries import names_in, roles_of
from truceline.terms.lint.phrases import numbered
from truceline.terms.lint.rule import Remark, Rule
from truceline.terms.model import Document, Stance
from truceline.terms.sources import chains_of
from truceline.terms.wording import scope_words

__all__ = ["RULE"]

_DENIALS = {"denies": "denying", "rejects": "rejecting", "not bound": "saying that it is not bound by"}
_ACCEPTANCES = ("accepts", "reaffirms")


class _Denial(NamedTuple):
    party: str
    of: str
    verb: str
    path: str
    sources: tuple[str, ...]
    when: Span
    scope: str | None = None


def _find(agreement: Agreement) -> Iterator[Remark]:
    text = agreement.document
    by_clause: dict[tuple[str, str], list[_Denial]] = {}
    for denial in (*_readings(text), *_stances(agreement)):
        by_clause.setdefault((denial.party, denial.of), []).append(denial)
    for (party, of), denials in by_clause.items():
        later = _later(denials, agreement)
        if any(surely for _, surely in later) and all(denial.path.startswith("stances.") for denial in denials):
            continue  # it was taken back, and no reading stands for it
        sources = dict.fromkeys(source for denial in denials for source in denial.sources)
        scopes = dict.fromkeys(denial.scope for denial in denials if denial.scope)
        scope = f" ({', '.join(scopes)})" if scopes else ""
        roles = ", ".join(roles_of(text.parties[party]))
        verbs = " and ".join(dict.fromkeys(denial.verb for denial in denials))
        whole = "the agreement as a whole" if of == "agreement" else f"'{of}'"
        what = f"{party} ({roles}) is on record {verbs} {whole}{scope}: {numbered(chains_of(text, sources))}"
        accepted = dict.fromkeys(source for stance, _ in later for source in names_in(stance.source))
        if accepted:
            when = "later" if all(surely for _, surely in later) else "perhaps later"
            what += f"; and on record accepting it, {when}: {numbered(chains_of(text, accepted))}"
        yield Remark(denials[0].path, what, _fix(of, denials, text))


def _later(denials: list[_Denial], agreement: Agreement) -> list[tuple[Stance, bool]]:
    """List what the same party said for it that may come after all of its denials, and whether it surely does."""
    text, (first, *_) = agreement.document, denials
    begun, ended = min(one.when.start_us for one in denials), max(one.when.end_us for one in denials)
    found = []
    for _, stance in _positions(agreement):
        when = _said(stance.said, names_in(stance.source), text)
        is_theirs = stance.to in (first.of, "agreement") and _party(stance.actor, text) == first.party
        if is_theirs and stance.is_ in _ACCEPTANCES and when != ALL_TIME and when.end_us > begun:
            found.append((stance, when.start_us >= ended))
    return found


def _said(said: Moment | None, sources: tuple[str, ...], text: Document) -> Span:
    """Bound when something was said: as stated, else as its sources say; at any time if they do not."""
    moments = [said] if said else [text.sources[name].said for name in sources if name in text.sources]
    spans = [one.span(text.agreement.zone, {}) for one in moments if one is not None]
    if not spans or len(spans) < len(moments):
        return ALL_TIME
    return Span(min(span.start_us for span in spans), max(span.end_us for span in spans))


def _readings(text: Document) -> Iterator[_Denial]:
    for name, reading in text.readings.items():
        party = _party(reading.holder, text)
        if party is not None:
            for of in reading.denies or ():
                path = f"readings.{name}.denies.{of}"
                scope = f"reading '{name}': as to {scope_words(reading, text)}" if reading.scope else None
                sources = names_in(reading.source)
                yield _Denial(party, of, _DENIALS["denies"], path, sources, _said(None, sources, text), scope)


def _stances(agreement: Agreement) -> Iterator[_Denial]:
    text = agreement.document
    for path, stance in _positions(agreement):
        party, sources = _party(stance.actor, text), names_in(stance.source)
        if party is not None and stance.is_ in _DENIALS and stance.to not in text.demands:
            when = _said(stance.said, sources, text)
            yield _Denial(party, stance.to, _DENIALS[stance.is_], path, sources, when)


def _positions(agreement: Agreement) -> Iterator[tuple[str, Stance]]:
    """Go through the stances with their places in the file, in which those not known yet have theirs too."""
    places = (place for place in (f"stances.{index}" for index in count()) if place not in agreement.left_out)
    return zip(places, agreement.document.stances, strict=False)


def _party(holder: str, text: Document) -> str | None:
    """Find the party that somebody is, by name or title; a non-party has nothing to deny."""
    for name, party in text.parties.items():
        if holder.casefold() in (name.casefold(), (party.title or name).casefold()):
            return name if roles_of(party) != ("non-party",) else None
    return None


def _fix(of: str, denials: list[_Denial], text: Document) -> str:
    ask = "ask for the commitment, or its limits, in writing"
    if any(denial.path.startswith("readings.") for denial in denials):
        return f"{ask}; until then results stand under both readings"
    clauses = of if of in text.provisions else "..."
    return f"{ask}; until then add a reading with 'denies: [{clauses}]', so that results stand under both"


RULE = Rule(
    "RDG-2",
    "denial",
    "warning",
    "practice: a guarantor who says afterwards that nothing was promised",
    "a party or guarantor is on record denying the commitment",
    _find,
    why=(
        "A clause that one of its makers disowns is not the same clause. The finding takes no side: the "
        "denial may be right, the text may be narrower than others say, or the speaker may be talking to "
        "another audience. But whoever uses a verdict must know that it stands under one reading and falls "
        "under the other."
    ),
    mend="Ask for the commitment, or for its limits, in writing and clause by clause.",
)
