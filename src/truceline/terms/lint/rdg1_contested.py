"""RDG-1 contested: two readings of a clause give different verdicts on reports that there are."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from truceline.terms.agreement import Agreement
from truceline.terms.lint.rule import Remark, Rule

__all__ = ["RULE", "Contest", "contested"]


@dataclass(frozen=True, slots=True)
class Contest:
    """How one clause fared: of how many reports the verdict depends on the reading, and on which of its fields."""

    depends: int
    reports: int
    fields: Mapping[str, int]


def contested(agreement: Agreement, contests: Mapping[str, Contest]) -> Iterator[Remark]:
    """Tell for each clause, by name, that its readings differ on reports; a clause on which they agree is left out.

    The check itself is not done here: whoever has reports counts, and hands the counts in.
    """
    for name, contest in contests.items():
        if contest.depends > 0:
            fields = ", ".join(f"{field} {count}" for field, count in contest.fields.items())
            share = f"{contest.depends:,} of {contest.reports:,} report{'' if contest.reports == 1 else 's'}"
            what = f"the verdict on '{name}' depends on the reading for {share}"
            fix = "settle the clause in these fields; until then every result stands under each reading"
            yield Remark(_path(name, agreement), what + (f" (deciding fields: {fields})" if fields else ""), fix)


def _path(name: str, agreement: Agreement) -> str:
    """Place a clause in the text, or in the reading that adds it; ``clause@side`` is the row of one side."""
    clause = name.partition("@")[0]
    path = f"provisions.{clause}"
    adding = (reading for reading, one in agreement.document.readings.items() if path in (one.add or {}))
    reading = None if clause in agreement.document.provisions else next(adding, None)
    return path if reading is None else f"readings.{reading}.add.{path}"


def _find(_: Agreement) -> tuple[Remark, ...]:
    """Find nothing: without reports it cannot be told."""
    return ()


RULE = Rule(
    "RDG-1",
    "contested",
    "warning",
    "Truceline's own check, of the reports that are handed in",
    "two readings of a clause give different verdicts on reports that there are",
    _find,
    why=(
        "Many readings differ and never matter. Where they differ on reports that there are, the quarrel is "
        "not about what happened: it is about the text, and there it can be settled."
    ),
    mend="Settle the clause in the fields that decide: they are the fewest that carry one reading over to the other.",
)
