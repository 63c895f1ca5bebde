"""RDG-2 denial: a party or guarantor is on record saying that there is no such commitment."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import count
from typing import NamedTuple

from truceline.terms.agreement import Agreement
from truceline.terms.lint.entries import names_in, roles_of
from truceline.terms.lint.phrases import numbered
from truceline.terms.lint.rule import Remark, Rule
from truceline.terms.model import Document
from truceline.terms.sources import chains_of
from truceline.terms.wording import scope_words

__all__ = ["RULE"]

_DENIALS = {"denies": "denying", "rejects": "rejecting", "not bound": "saying that it is not bound by"}


class _Denial(NamedTuple):
    party: str
    of: str
    verb: str
    path: str
    sources: tuple[str, ...]
    scope: str | None = None


def _find(agreement: Agreement) -> Iterator[Remark]:
    text = agreement.document
    by_clause: dict[tuple[str, str], list[_Denial]] = {}
    for denial in (*_readings(text), *_stances(agreement)):
        by_clause.setdefault((denial.party, denial.of), []).append(denial)
    for (party, of), denials in by_clause.items():
        sources = dict.fromkeys(source for denial in denials for source in denial.sources)
        scopes = dict.fromkeys(denial.scope for denial in denials if denial.scope)
        scope = f" ({', '.join(scopes)})" if scopes else ""
        roles = ", ".join(roles_of(text.parties[party]))
        verbs = " and ".join(dict.fromkeys(denial.verb for denial in denials))
        whole = "the agreement as a whole" if of == "agreement" else f"'{of}'"
        what = f"{party} ({roles}) is on record {verbs} {whole}{scope}: {numbered(chains_of(text, sources))}"
        yield Remark(denials[0].path, what, _fix(of, denials, text))


def _readings(text: Document) -> Iterator[_Denial]:
    for name, reading in text.readings.items():
        party = _party(reading.holder, text)
        if party is not None:
            for of in reading.denies or ():
                path = f"readings.{name}.denies.{of}"
                scope = f"reading '{name}': as to {scope_words(reading, text)}" if reading.scope else None
                yield _Denial(party, of, _DENIALS["denies"], path, names_in(reading.source), scope)


def _stances(agreement: Agreement) -> Iterator[_Denial]:
    text = agreement.document
    places = (place for place in (f"stances.{index}" for index in count()) if place not in agreement.left_out)
    for path, stance in zip(places, text.stances, strict=False):
        party = _party(stance.actor, text)
        if party is not None and stance.is_ in _DENIALS and stance.to not in text.demands:
            yield _Denial(party, stance.to, _DENIALS[stance.is_], path, names_in(stance.source))


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
