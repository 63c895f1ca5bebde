"""From which files a ledger has what it holds: its imports, and the root over its records."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import closing
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from truceline.evidence.canonical import Json
from truceline.evidence.merkle import leaf_hash, root_of
from truceline.evidence.record import Record
from truceline.store.ledger import Ledger, open_ledger

__all__ = ["Import", "LedgerInputs", "inputs_of", "root_of_ledger"]


@dataclass(frozen=True, slots=True)
class Import:
    """A file that was taken in: what it held, its name and hash, how many rows of it stood or were put down.

    `rows` None: it was never finished. `about` : how it was read, as the ledger has it.
    """

    what: str
    file: str
    sha256: str
    rows: int | None
    about: Mapping[str, Json]


@dataclass(frozen=True, slots=True)
class LedgerInputs:
    """A ledger as an input: the name of its log, how many records were read, the root over them, and its imports."""

    name: str
    size: int
    root: bytes
    imports: tuple[Import, ...]


def inputs_of(folder: Path | str, until_us: int | None = None) -> LedgerInputs:
    """Look up what a ledger was made from, as it stood before an instant (None: now).

    The root is that of the first `size` entries of its log, signed or not: proofs of the log lead from it to any head.

    Raises
    ------
    LedgerError
        If it is no ledger, or its database says no.
    """
    with closing(open_ledger(folder)) as ledger:
        size = ledger.size(until_us)
        taken = tuple(_imports(ledger, size))
        return LedgerInputs(ledger.settings.name, size, _root(ledger, size), taken)


def root_of_ledger(folder: Path | str, until_us: int | None = None) -> str:
    """Give the root over the records of a ledger, in hexadecimal: what a hash is for a file."""
    with closing(open_ledger(folder)) as ledger:
        return _root(ledger, ledger.size(until_us)).hex()


def _root(ledger: Ledger, size: int) -> bytes:
    return root_of(map(leaf_hash, islice(ledger.commitments(0), size)))


def _imports(ledger: Ledger, size: int) -> Iterator[Import]:
    last: dict[str, Record] = {record.id: record for record in ledger.standing("import", size)}
    for record in last.values():
        became = record.body.get("became")
        rows = [int(str(count)) for count in became.values()] if isinstance(became, Mapping) else None
        words = {name: str(record.body.get(name, "")) for name in ("what", "file", "sha256")}
        yield Import(words["what"], words["file"], words["sha256"], None if rows is None else sum(rows), record.body)
