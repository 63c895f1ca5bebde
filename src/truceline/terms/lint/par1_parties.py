"""PAR-1 parties: who signs is not defined, or signs in no role."""

from __future__ import annotations

from collections.abc import Iterator

from truceline.terms.base import names_in
from truceline.terms.lint.entries import free_words, roles_of
from truceline.terms.lint.phrases import listed
from truceline.terms.lint.rule import Remark, Rule, in_the_text
from truceline.terms.model import Document, Party

__all__ = ["RULE"]

_SIGNERS = frozenset({"signatory", "party"})


def _find(text: Document) -> Iterator[Remark]:
    if text.parties and not any(_SIGNERS.intersection(roles_of(party)) for party in text.parties.values()):
        what = "nobody among the parties is a signatory: the text binds no one"
        yield Remark("parties", what, "give the role 'signatory' to those who signed")
    called = _called(text)
    for name, party in text.parties.items():
        told = dict.fromkeys((*roles_of(party), *(party.reading or {}).values()))
        if (isinstance(party.role, dict) or party.reading) and len(told) > 1:
            what = f"the role of '{name}' is told in different ways: {listed(told, 'or')}"
            yield Remark(f"parties.{name}", what, "have the text name one role, and the duties that come with it")
        elif _signs(party) and name not in called:
            what = f"'{name}' signs, and nobody is named who belongs to it: no report can be laid to it"
            yield Remark(f"parties.{name}", what, f"list its forces under 'actors', each with 'of: {name}'")
    yield from _signatures(text)


def _signs(party: Party) -> bool:
    """Say whether it signs for itself and not as a witness, a verifier or the like."""
    return _SIGNERS.issuperset(roles_of(party))


def _called(text: Document) -> set[str]:
    """Name the parties that have actors, or that clauses, sides or the mechanism name."""
    found = {actor.of for actor in text.actors.values() if actor.of} | {*text.actors, *text.sets, *text.sides}
    for clause in text.provisions.values():
        found.update((*names_in(clause.who), *names_in(clause.through), *names_in(clause.verify)))
    for entry in text.mechanism.values():
        found.update(free_words(entry.model_extra))
    return found


def _signatures(text: Document) -> Iterator[Remark]:
    """Find signatures without a party or a role behind them."""
    for name, instrument in text.instruments.items():
        signed = (instrument.model_extra or {}).get("signed_by")
        people = signed if isinstance(signed, dict) else dict.fromkeys(free_words(signed))
        loose = [who for who, role in people.items() if role in (None, "none") and who not in text.parties]
        if loose:
            what = f"{listed(loose)} signed '{name}', and nothing says in which role"
            fix = "name the party and the role behind each signature: 'signed_by: {A. Person: minister}'"
            yield Remark(f"instruments.{name}.signed_by", what, fix)


RULE = Rule(
    "PAR-1",
    "parties",
    "error",
    "UN Guidance on Mediation of Ceasefires (2022), ch. 1: two or more parties; practice: signatures without a title",
    "a signatory is not defined, or a signature has no role",
    in_the_text(_find),
    why=(
        "A promise needs somebody who gave it. Where a signature has no role, its owner is a party on the "
        "days when it suits and a guest on the others, and reports about his forces can be laid to nobody."
    ),
    mend="Give each signatory its forces: `actors: {north_army: {of: northbank}}`.",
)
