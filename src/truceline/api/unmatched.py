"""Judgements about reports that nobody gave: they count for nothing, and whoever wrote them is told."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

import pyarrow as pa
import pyarrow.compute as pc

from truceline.api.ledger_named import is_ledger
from truceline.api.reading import ReportFiles
from truceline.api.running import Run
from truceline.basics.counting import counted
from truceline.errors import Fault
from truceline.evidence.effort import Beside
from truceline.evidence.statement_codes import CODES, fault_of

__all__ = ["Unmatched", "unmatched_in", "unmatched_lines", "unmatched_of"]

SHOWN = 10
NAMED = 3
CODE = "TL-S204"


@dataclass(frozen=True, slots=True)
class Unmatched:
    """A judgement that names `reports` which are in no file that was read; `at` : where it stands."""

    judgement: str
    at: str
    reports: tuple[str, ...]
    hint: str = ""

    @property
    def fault(self) -> Fault:
        """Say it in words.

        >>> print(Unmatched("j-3", "desk.csv row 4", ("r9",)).fault)
        desk.csv row 4 judgement j-3: TL-S204 the judgement is about reports that are in no file given: it counts for
        nothing there: 'r9'; correct the id, or name the file in which the report stands
        """
        more = f" and {len(self.reports) - NAMED:,} more" if len(self.reports) > NAMED else ""
        names = ", ".join(map(repr, self.reports[:NAMED])) + more
        return fault_of(CODE, f"{self.at} judgement {self.judgement}".strip(), names, CODES[CODE][1] + self.hint)

    def as_dict(self) -> dict[str, object]:
        """Give plain data for JSON."""
        return {
            "judgement": self.judgement, "at": self.at, "reports": list(self.reports), "message": str(self.fault)
        }  # fmt: skip


def unmatched_of(run: Run) -> tuple[Unmatched, ...]:
    """Find the judgements of a run about reports that are in none of its files.

    All reports of the files count as there, those as well that a date leaves out of the check. The files are gone
    through up to the last report that is asked for.
    """
    beside = run.setup.beside
    batches = run.files.batches(columns=("report",)) if _wanted(beside) else ()
    return unmatched_in(beside, (batch.column(0) for batch in batches), _hint(run))


def unmatched_in(
    beside: Beside, ids: Iterable[pa.Array | pa.ChunkedArray], hint: str = ""
) -> tuple[Unmatched, ...]:  # fmt: skip
    """Find the judgements about reports that are not among some ids.

    Parameters
    ----------
    beside : Beside
        With the judgements that stand; only those on whether reports tell of the same are looked at.
    ids : iterable of arrays
        The reports there are, in any parts; a denial of access is a report as well.
    hint : str
        What else the reader may look for.
    """
    missing = _wanted(beside) - {f"effort:{record.id}" for record in beside.effort if record.denied}
    for some in ids:
        if not missing:
            break
        names = some.cast(pa.string())
        missing -= set(names.filter(pc.is_in(names, value_set=pa.array(sorted(missing), pa.string()))).to_pylist())
    at = dict(beside.rows)
    return tuple(
        Unmatched(each.id, at.get(each.id, ""), lost, hint)
        for each in beside.judgements if each.kind in ("same", "not_same")
        for lost in [tuple(name for name in dict.fromkeys(each.about) if name in missing)] if lost
    )  # fmt: skip


def unmatched_lines(found: Sequence[Unmatched]) -> Iterator[str]:
    """Tell them in words; of many the first ones, and how many more there are."""
    yield from (str(one.fault) for one in found[:SHOWN])
    if len(found) > SHOWN:
        yield f"... and {counted(len(found) - SHOWN, 'more judgement')} with {CODE}"


def _wanted(beside: Beside) -> set[str]:
    return {name for each in beside.judgements if each.kind in ("same", "not_same") for name in each.about}


def _hint(run: Run) -> str:
    """Say where the report may be, if it is in no file as it was read."""
    refused = _refused(run.files)
    late = run.setup.as_known is not None and any(is_ledger(path) for path in run.files.paths)
    return "".join([
        f"; {counted(refused, 'row')} of the reports {'was' if refused == 1 else 'were'} refused, and it may be there"
        if refused else "",
        f"; it may have come into the ledger after {run.setup.as_known}" if late else "",
    ])  # fmt: skip


def _refused(files: ReportFiles) -> int:
    """Count the rows that were refused; a checked file has only rows that were not."""
    return sum(getattr(source, "counts", {}).get("rejected", 0) for source in files.order)
