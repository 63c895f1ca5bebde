"""Who said it: the independent origins behind each claim, from statements in files or in a ledger."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, TypeVar

from truceline.api.ledger_named import is_ledger, rows_at
from truceline.basics.counting import counted
from truceline.basics.time import Span, parse_moment
from truceline.errors import EvidenceError, Fault, UsageError
from truceline.evidence.claims import Claim, claims_of, known_statements
from truceline.evidence.grade import Grade
from truceline.evidence.judgement import Judgement
from truceline.evidence.statement import Statement
from truceline.evidence.statement_codes import fault_of
from truceline.formats.grades_file import read_grades
from truceline.formats.judgements_file import read_judgements
from truceline.formats.rows_file import RejectedRow, RowsRead
from truceline.formats.statements_file import StatementsRead, read_statements, statements_in
from truceline.publish.origins_data import traced_data
from truceline.publish.origins_text import traced_lines
from truceline.publish.traced import Traced
from truceline.terms.trouble import among

__all__ = ["Material", "Origins", "day_asked", "material_of", "origins", "trace"]

T = TypeVar("T")
STANDARD_INPUT = "standard input"


@dataclass(frozen=True, slots=True)
class Material:
    """What the origins are sought in: statements, and what people decided about them.

    `reads` is what was read; `sealed` are the ids of what a ledger has sealed, of which nothing else is known.
    """

    statements: tuple[Statement, ...]
    judgements: tuple[Judgement, ...] = ()
    grades: tuple[Grade, ...] = ()
    reads: tuple[RowsRead, ...] = ()
    sealed: tuple[str, ...] = ()


class Origins(Traced):
    """The origins behind some claims, from `truceline.origins`: `claims`, each with its `origins`; print it."""

    __slots__ = ()

    def __str__(self) -> str:
        """Tell them as the command does."""
        return "\n".join(self.lines())

    def __repr__(self) -> str:
        """Say in one line what was found."""
        two = sum(claim.origins.count > 1 for claim in self.claims)
        return f"<Origins of {counted(len(self.claims), 'claim')}, {two} with two origins or more>"

    def lines(self, *, width: int | None = None, colour: bool = False) -> Iterator[str]:
        """Tell them line by line, for a terminal of some width."""
        return traced_lines(self, width=width, colour=colour)

    def as_dict(self) -> dict[str, Any]:
        """Give everything as what JSON can hold."""
        return traced_data(self)


def origins(
    statements: str | Path | Iterable[Statement], judgements: str | Path | Iterable[Judgement] = (),
    grades: str | Path | Iterable[Grade] = (), *, claims: Sequence[str] | None = None,
    about: Sequence[str] | None = None, as_known: str | None = None,
) -> Origins:  # fmt: skip
    """Find the independent origins behind each claim, however many carry it.

    Parameters
    ----------
    statements, judgements, grades : path or iterable of values
        Files, or what `evidence` has of them. Rows of a file that cannot be read are left out, as by the command.
        The folder of a ledger stands for its statements, judgements and grades; as known on a day, for those that it
        had by then.
    claims : sequence of str, optional
        Only these claims; a statement without a claim goes by its id.
    about : sequence of str, optional
        Only claims of which some statement is about one of these: provisions, readings or demands of the terms.
    as_known : str, optional
        Only what was known by the end of this day; bare dates are days in UTC.

    Raises
    ------
    UsageError
        TL-E900 if the day cannot be read; TL-E940 if there is no such claim, or nothing about that.
    EvidenceError
        If a file cannot be read at all.

    Examples
    --------
    >>> import truceline as tl
    >>> found = tl.origins("examples/toy/statements.csv", claims=["four_miles"])
    >>> found.claims[0].origins.count, len(found.claims[0].statements)
    (1, 3)
    """
    named = [statements] if isinstance(statements, str | Path) and is_ledger(statements) else []
    there = material_of([str(path) for path in named], as_known=as_known)
    material = Material(
        there.statements or _values(() if named else statements, lambda path: read_statements(path).statements),
        (*there.judgements, *_values(judgements, lambda path: read_judgements(path).judgements)),
        (*there.grades, *_values(grades, lambda path: read_grades(path).grades)),
        sealed=there.sealed,
    )
    return trace(material, claims=claims, about=about, as_known=as_known)


def material_of(
    files: Sequence[str], judgements: Path | str | None = None, grades: Path | str | None = None, *,
    as_known: str | None = None,
) -> Material:  # fmt: skip
    """Read files of statements, and of what was decided about them; ``-`` is the standard input.

    The folder of a ledger among them stands for its statements, judgements and grades, as they stood at the end of the
    day `as_known`.

    Raises
    ------
    EvidenceError
        With the faults of every file that cannot be read at all.
    """
    faults: list[Fault] = []

    def read(reader: Callable[[str], RowsRead], path: Path | str | None) -> Iterator[RowsRead]:
        try:
            yield from () if path is None else (reader(str(path)),)
        except EvidenceError as error:
            faults.extend(error.faults)

    day = day_asked(as_known)
    ledgers = rows_at(files, None if day is None else day.end_us)
    kept = [one for ledger in ledgers for one in ledger.reads]
    plain = [path for path in files if not is_ledger(path)]
    new = [*(one for path in plain for one in read(_statements_at, path)),
           *read(read_judgements, judgements), *read(read_grades, grades)]  # fmt: skip
    if faults:
        raise EvidenceError(faults)
    said = list(_once([one for one in (*kept, *new) if isinstance(one, StatementsRead)]))
    decided = [one for one in (*kept, *new) if not isinstance(one, StatementsRead)]
    return Material(
        tuple(each for one in said for each in one.statements),
        tuple(each for one in decided for each in getattr(one, "judgements", ())),
        tuple(each for one in decided for each in getattr(one, "grades", ())),
        (*said, *decided),
        tuple(name for ledger in ledgers for name in ledger.sealed),
    )


def trace(
    material: Material, *, claims: Sequence[str] | None = None, about: Sequence[str] | None = None,
    as_known: str | None = None,
) -> Origins:  # fmt: skip
    """Find the origins in what is at hand; the same as `origins`, for any source of the three."""
    day = day_asked(as_known)
    statements = material.statements
    _refuse_unknown(statements, claims, about)
    every = claims_of(statements, material.judgements, material.grades, day)
    there = known_statements(statements, day)
    shown = [claim for claim in every if _is_asked(claim, claims, about)]
    known = {each.id for each in there}
    later = tuple(each.id for each in statements if each.id not in known)
    undated = tuple(
        each.id for claim in shown for each in claim.statements if not (each.published or each.said or each.retrieved)
    )
    return Origins(
        tuple(shown),
        len(statements),
        as_known,
        later,
        undated if as_known is not None else (),
        _astray(material),
        material.sealed,
    )


def day_asked(as_known: str | None) -> Span | None:
    """Read the day up to whose end things count as known, in UTC.

    Raises
    ------
    UsageError
        TL-E900.
    """
    if as_known is None:
        return None
    try:
        moment = parse_moment(as_known)
    except ValueError as error:
        remedy = str(error).rpartition("; ")[2]
        raise UsageError([Fault("as known", "TL-E900", f"{as_known!r} is no date", remedy)]) from error
    return moment.span("UTC", {})


def _values(given: str | Path | Iterable[T], read: Callable[[str | Path], tuple[T, ...]]) -> tuple[T, ...]:
    return read(given) if isinstance(given, str | Path) else tuple(given)


def _statements_at(path: str) -> StatementsRead:
    return statements_in(sys.stdin.buffer.read(), STANDARD_INPUT) if path == "-" else read_statements(path)


def _once(reads: Iterable[StatementsRead]) -> Iterator[StatementsRead]:
    """Keep the first of the statements of several files that have one id, and name the others."""
    seen: dict[str, str] = {}
    for one in reads:
        pairs = tuple(zip(one.statements, one.rows, strict=True))
        again = tuple(_again(one.name, each, row, seen) for each, row in pairs if each.id in seen)
        kept = [(each, row) for each, row in pairs if each.id not in seen]
        seen.update({each.id: one.name for each, _ in kept})
        statements, rows = tuple(each for each, _ in kept), tuple(row for _, row in kept)
        yield replace(one, statements=statements, rows=rows, rejected=(*one.rejected, *again))


def _again(name: str, each: Statement, row: Mapping[str, str], seen: Mapping[str, str]) -> RejectedRow:
    fault = fault_of("TL-S102", f"{name} statement {each.id}", f"in {seen[each.id]}")
    return RejectedRow(0, (fault,), json.dumps(dict(row), ensure_ascii=False))


def _called(claim: Claim) -> str:
    """Name a claim; a statement that has none goes by its own id."""
    return claim.name or claim.statements[0].id


def _is_asked(claim: Claim, claims: Sequence[str] | None, about: Sequence[str] | None) -> bool:
    return (not claims or _called(claim) in claims) and (not about or bool(set(about) & set(claim.about)))


def _refuse_unknown(
    statements: Iterable[Statement], claims: Sequence[str] | None, about: Sequence[str] | None
) -> None:  # fmt: skip
    said = tuple(statements)
    names = dict.fromkeys(each.claim or each.id for each in said)
    subjects = dict.fromkeys(name for each in said for name in each.about)
    faults = [
        Fault(option, "TL-E940", f"no statement has {what} {name!r}", among(name, list(there)))
        for option, what, asked, there in (
            ("--claim", "the claim", claims, names), ("--about", "anything about", about, subjects)
        )
        for name in asked or ()
        if name not in there
    ]  # fmt: skip
    if faults:
        raise UsageError(faults)


def _astray(material: Material) -> tuple[str, ...]:
    """List what grades and judgements of statements are about, where it is no statement here."""
    ids = {each.id for each in material.statements}
    graded = (each.of for each in material.grades)
    judged = (name for each in material.judgements if each.kind == "attribution" for name in each.about)
    return tuple(dict.fromkeys(name for name in (*graded, *judged) if name not in ids))
