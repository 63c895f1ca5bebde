"""A file taken into a ledger: its rows as drafts, put down some thousand at a time, under one import that tells of it.

The import is a record too: which file it was (its hash, its name, its size), how it was read, who added it, and, once
it is through, what became of its rows. It is put down with the first row that is new; a file that brings nothing new
leaves no trace. A run that is killed leaves whole batches, and doing it again adds the rest.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache
from itertools import islice
from typing import Final

from truceline.errors import Fault, LedgerError
from truceline.evidence.canonical import Json, canonical
from truceline.evidence.columns import IDENTITY
from truceline.evidence.record import Draft, Kind
from truceline.store.appending import Hiding, Outcome, Receipt
from truceline.store.ledger import Ledger

__all__ = ["BATCH", "Added", "Given", "divided", "take_in"]

BATCH: Final = 5_000
"""Rows of one transaction."""
OPEN: Final = ("release",)
"""What is shown of a protected row beside its id."""

Row = tuple[str, int, Mapping[str, Json]]
"""An id, the number of the row in its file, from 1, and its body."""


@dataclass(frozen=True, slots=True)
class Given:
    """A file as it is given: what it holds, and how it was read.

    `sha256` : of the file, or an HMAC of it where rows may be protected.
    `about` : what the record of the import says of it; two readings of one file that may differ have to differ here.
    `at` : what the file is called in a fault.
    """

    kind: Kind
    sha256: str
    about: Mapping[str, Json]
    by: str = ""
    at: str = "file"

    @property
    def id(self) -> str:
        """The id of the import: the same for the same file, read in the same way."""
        text = canonical({"kind": self.kind, "sha256": self.sha256, "about": self.about}, "import")
        return f"import:{hashlib.sha256(text).hexdigest()[:16]}"


@dataclass(frozen=True, slots=True)
class Added:
    """What became of the rows of a file: how many of each outcome, and the first ids of those that were left out."""

    counts: Mapping[Outcome, int]
    left_out: tuple[Receipt, ...] = field(default=())

    @property
    def new(self) -> int:
        """How many records were put down."""
        return self.counts.get("added", 0) + self.counts.get("revised", 0)


def divided(body: Mapping[str, Json]) -> tuple[dict[str, Json], dict[str, Json]]:
    """Part a body into what is open and what has to be sealed.

    >>> divided({"act": "presence", "release": "public", "source_identity_name": "A"})
    ({'act': 'presence', 'release': 'public'}, {'source_identity_name': 'A'})
    >>> divided({"act": "presence", "release": "protected"})
    ({'release': 'protected'}, {'act': 'presence'})
    """
    protected = body.get("release") == "protected"
    if not protected and not any(map(_is_identity, body)):
        return dict(body), {}
    open_ = {name: cell for name, cell in body.items()
             if name in OPEN or not (protected or _is_identity(name))}  # fmt: skip
    return open_, {name: cell for name, cell in body.items() if name not in open_}


@cache  # a file has few columns and many rows
def _is_identity(name: str) -> bool:
    return name.startswith(IDENTITY)


def take_in(
    ledger: Ledger, given: Given, rows: Iterable[Row], clock: Callable[[], int], hiding: Hiding | None = None,
    seen: Callable[[int], None] = lambda _: None,
) -> Added:  # fmt: skip
    """Put the rows of a file down, batch by batch; every batch is on the disk before the next one is begun.

    Parameters
    ----------
    ledger : Ledger
    given : Given
    rows : iterable of (id, number, body)
    clock : callable
        Gives the time, in microseconds since 1970 UTC.
    hiding : Hiding, optional
        Needed where a row is protected.
    seen : callable
        Is told how many rows are done.

    Raises
    ------
    LedgerError
        As `Ledger.append`, and TL-L041 with its row where nobody is named who could open a protected one; what was put
        down before stays.
    """
    counts: Counter[Outcome] = Counter()
    left_out: list[Receipt] = []
    source, done = iter(rows), 0
    about: dict[str, Json] = {"sha256": given.sha256, "what": given.kind, **given.about}
    id_ = given.id
    first = Draft("import", id_, about, by=given.by)
    while batch := list(islice(source, BATCH)):
        receipts = ledger.append([_draft(given, id_, row, hiding) for row in batch], clock(), hiding, first)
        counts.update(receipt.outcome for receipt in receipts)
        left_out += [each for each in receipts if each.outcome in ("retracted", "erased")][: 10 - len(left_out)]
        done += len(batch)
        seen(done)
    added = Added(dict(counts), tuple(left_out))
    if added.new:
        sums: dict[str, Json] = {name: str(count) for name, count in sorted(counts.items())}
        ledger.append([Draft("import", id_, {**about, "became": sums}, by=given.by)], clock())
    return added


def _draft(given: Given, import_id: str, row: Row, hiding: Hiding | None) -> Draft:
    id_, number, body = row
    open_, hidden = divided(body)
    if hidden and hiding is None:
        what = "this row is protected, and the ledger names nobody for whom it could be sealed"
        remedy = "name recipients: truceline rotate --recipient age1..., and have the key of the ledger here"
        raise LedgerError([Fault(f"{given.at} row {number}", "TL-L041", what, remedy)])
    return Draft(given.kind, id_, open_, hidden=hidden, by=given.by, source=(import_id, number))
