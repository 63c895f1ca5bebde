"""What is said about files of statements, judgements and grades: what was refused, and what is doubtful."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from truceline.basics.counting import counted
from truceline.errors import Fault
from truceline.formats.rows_file import RowsRead

__all__ = ["lines_about_rows"]

_BY_NAME = 3  # rows that share a doubt and are named one by one


def lines_about_rows(reads: Iterable[RowsRead], *, most: int = 10) -> Iterator[str]:
    r"""Tell what was wrong with the rows of each file.

    Parameters
    ----------
    reads : iterable of RowsRead
    most : int
        Refused rows that are told of, for each file. Doubts that more than three rows share are one line.

    Examples
    --------
    >>> from truceline.formats.grades_file import grades_from_rows
    >>> print(*lines_about_rows([grades_from_rows([{"of": "n-1", "grade": "Z9"}], "ledger")]), sep="\n")
    ledger grade of n-1 column grade: TL-S402 this is no grade: 'Z9' is no grade; write a letter A-F and a digit ...
    ledger: 0 of 1 row read, 1 left out
    """
    for read in reads:
        yield from map(str, read.remarks)
        for row in read.rejected[:most]:
            yield from map(str, row.faults)
        if read.rejected:
            gone, rows = len(read.rejected), len(read.rows) + len(read.rejected)
            yield f"{read.name}: {rows - gone:,} of {counted(rows, 'row')} read, {gone:,} left out"
        yield from _doubts(read)


def _doubts(read: RowsRead) -> Iterator[str]:
    alike: dict[tuple[str, str], list[Fault]] = {}
    for fault in read.warned:
        alike.setdefault((fault.code, fault.what), []).append(fault)
    for (code, what), some in alike.items():
        if len(some) <= _BY_NAME:
            yield from map(str, some)
        else:
            first = some[0].at.removeprefix(f"{read.name} ").partition(" column ")[0]
            yield f"{read.name}: {code} {what} ({len(some):,} rows, the first is {first}); {some[0].remedy}"
