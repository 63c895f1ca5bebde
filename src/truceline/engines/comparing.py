"""In which words two texts differ, clause by clause, and which of that a verdict can see."""

from __future__ import annotations

from dataclasses import dataclass

from truceline.engines.pairing import Pair
from truceline.judge.divergence import differing_fields
from truceline.plan.tables import fingerprint
from truceline.terms.differing import changes_in, changes_of_all, differ_beside
from truceline.terms.node_changes import Change
from truceline.terms.wording import sentence_of

__all__ = ["ClauseDiffers", "Words", "words_of"]


@dataclass(frozen=True, slots=True)
class ClauseDiffers:
    """A clause that is not the same in both: `only_in` is 0 or 1 where only one has it, `fields` what a verdict sees.

    `sentences` and `places` are those of both (empty where it is not there). Without any `fields` no verdict differs.
    """

    name: str
    title: str
    sentences: tuple[str, str]
    places: tuple[str, str]
    changes: tuple[Change, ...]
    fields: tuple[str, ...]
    only_in: int | None = None


@dataclass(frozen=True, slots=True)
class Words:
    """In which words two texts differ: clauses, what concerns all of them, and entries `beside` them, as paths."""

    clauses: tuple[ClauseDiffers, ...]
    of_all: tuple[Change, ...]
    beside: tuple[str, ...]
    same: tuple[str, ...]

    @property
    def differ(self) -> bool:
        """Whether anything differs."""
        return bool(self.clauses or self.of_all or self.beside)


def words_of(pair: Pair) -> Words:
    """Compare the words of two texts, clause by clause in the order of the first."""
    one, other = pair.versions
    names = dict.fromkeys((*one.text.provisions, *other.text.provisions))
    every = [_clause(name, pair) for name in names]
    told = {change.path for clause in every for change in clause.changes}
    beside = differ_beside(one, other) if pair.beside else ()
    left = tuple(path for path in beside if not _is_told(path, told))
    clauses = tuple(each for each in every if each.changes or each.fields or each.only_in is not None)
    same = tuple(each.name for each in every if each not in clauses)
    return Words(clauses, changes_of_all(one, other), left, same)


def _is_told(path: str, told: set[str]) -> bool:
    """Say whether the difference of an entry stands in some clause already."""
    return any(each == path or each.startswith(f"{path}.") for each in told)


def _clause(name: str, pair: Pair) -> ClauseDiffers:
    texts = [version.text for version in pair.versions]
    there = [name in text.provisions for text in texts]
    first = texts[there.index(True)].provisions[name]
    sentences = [sentence_of(text.provisions[name], text) if name in text.provisions else "" for text in texts]
    places = [
        version.at(f"provisions.{name}") if has else "" for version, has in zip(pair.versions, there, strict=True)
    ]
    only = None if all(there) else there.index(True)
    return ClauseDiffers(
        name, first.title or name.replace("_", " "), (sentences[0], sentences[1]), (places[0], places[1]),
        changes_in(name, *pair.versions) if only is None else (), _fields(name, pair), only,
    )  # fmt: skip


def _fields(name: str, pair: Pair) -> tuple[str, ...]:
    """Name the fields in which the rules of a clause differ, whichever side they are read for."""
    found: dict[str, None] = {}
    for number, rule in enumerate(pair.setup.book.rules):
        one, other = pair.rules(number)
        if rule.provision != name or (one is None and other is None):
            continue
        if one is None or other is None:
            found["monitorable"] = None
        elif fingerprint(one) != fingerprint(other):
            found |= dict.fromkeys(differing_fields(one, other) or ("limit",))
    return tuple(found)
