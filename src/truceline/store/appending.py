"""Putting records down: in one transaction, numbered without a gap, each with its commitment.

What is there already is not put down again. What differs becomes a further revision. What was retracted or erased
does not come back by itself when an old file is added once more.
"""

from __future__ import annotations

import hmac
import secrets
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Literal

import sqlalchemy as sa

from truceline.errors import Fault, LedgerError
from truceline.evidence.canonical import canonical, is_halved
from truceline.evidence.commitment import NONCE_SIZE, blind
from truceline.evidence.record import Draft, envelope, read_record
from truceline.store.database import insert
from truceline.store.searching import end_of, revisions_of, standing_of
from truceline.store.tables import openings, records, vault
from truceline.store.vault import Recipient, sealed

__all__ = ["Hiding", "Outcome", "Receipt", "append"]

Outcome = Literal["added", "revised", "unchanged", "retracted", "erased"]
_Key = tuple[str, str]
_Said = tuple[tuple[Mapping[str, Any], bytes], ...]


@dataclass(frozen=True, slots=True)
class Hiding:
    """How protected parts are sealed: for these recipients of age, and recognised by a secret that never leaves us."""

    recipients: Sequence[Recipient]
    secret: bytes = field(repr=False)

    def same(self, draft: Draft) -> bytes:
        """Give what is equal for equal protected parts of one record, and tells nobody anything without the secret."""
        text = canonical({"kind": draft.kind, "id": draft.id, "hidden": draft.hidden}, draft.id)
        return hmac.digest(self.secret, b"truceline/same/v1\n" + text, "sha256")


@dataclass(frozen=True, slots=True)
class Receipt:
    """What became of a draft: its record's place, from 0, its revision, and whether anything was put down.

    `outcome` : "added", "revised"; "unchanged": it stood there; "retracted", "erased": it was withdrawn before, and
    was left out. A receipt is given after the commit; that the record stands in the signed log is shown by a proof.
    """

    id: str
    index: int
    revision: int
    outcome: Outcome

    @property
    def put_down(self) -> bool:
        """Whether there is a new record."""
        return self.outcome in ("added", "revised")


@dataclass(frozen=True, slots=True)
class _Known:
    """The last record of an id, with what is said beside it by the same import (`searching.standing_of`).

    `former` : what was said before, where it matters: what was withdrawn is all of it.
    """

    index: int
    revision: int
    source: str
    said: _Said
    given: bool = True
    erased: bool = False
    former: _Said = ()

    def says(self, draft: Draft, mark: bytes) -> bool:
        said = self.said if self.given else (*self.said, *self.former)
        return any(body == draft.body and beside == mark for body, beside in said)


def append(
    connection: sa.Connection, drafts: Sequence[Draft], now_us: int, hiding: Hiding | None = None,
    first: Draft | None = None,
) -> list[Receipt]:  # fmt: skip
    """Put drafts down inside a transaction that writes; those that are there already are left out.

    Parameters
    ----------
    connection : Connection
        From `Database.writing`.
    drafts : sequence of Draft
    now_us : int
        The time, in microseconds since 1970 UTC. A clock that went back does not bring the records out of order: none
        is recorded before the one in front of it.
    hiding : Hiding, optional
        How what is hidden in drafts is sealed; needed where something is.
    first : Draft, optional
        Is put down before the others, if any of them is.

    Returns
    -------
    list of Receipt
        One per draft, in order.

    Raises
    ------
    LedgerError
        TL-L003, if a body or an id has no single text; TL-L041, if a part is hidden and `hiding` is None. Nothing is
        put down.
    """
    _demand_ids(drafts)
    index, recorded_us = end_of(connection)
    known = _known(connection, [*drafts, *([first] if first else [])])
    writing = _Writing(index, max(recorded_us, now_us), known, hiding)
    if first and any(writing.outcome(draft) in ("added", "revised") for draft in drafts):
        writing.take(first)
    receipts = [writing.take(draft) for draft in drafts]
    for table, rows in writing.rows.items():
        insert(connection, table, rows)
    return receipts


class _Writing:
    """The rows of one transaction."""

    def __init__(self, index: int, recorded_us: int, known: dict[_Key, _Known], hiding: Hiding | None) -> None:
        self._index, self._recorded_us, self._known, self._hiding = index, recorded_us, known, hiding
        self.rows: dict[sa.Table, list[dict[str, Any]]] = {records: [], openings: [], vault: []}

    def outcome(self, draft: Draft) -> Outcome:
        """Say what is to become of a draft."""
        known = self._known.get((draft.kind, draft.id))
        if known is None:
            return "added"
        if known.erased:
            return "erased"
        if not draft.given:
            return "revised" if known.given else "unchanged"
        if not known.says(draft, self._mark(draft)):
            return "revised"
        return "unchanged" if known.given else "retracted"

    def take(self, draft: Draft) -> Receipt:
        """Put a draft down, if it is to be."""
        outcome = self.outcome(draft)
        known = self._known.get((draft.kind, draft.id))
        if known and outcome not in ("added", "revised"):
            return Receipt(draft.id, known.index, known.revision, outcome)
        index, revision = self._index, known.revision + 1 if known else 1
        self._index += 1
        self._put(index, draft, revision)
        together = known and known.given and draft.given and draft.source[0] and known.source == draft.source[0]
        beside = known.said if known and together else ()
        said = (*beside, (draft.body, self._mark(draft)))
        former = (*known.former, *known.said) if known else ()
        self._known[draft.kind, draft.id] = _Known(index, revision, draft.source[0], said, draft.given, former=former)
        return Receipt(draft.id, index, revision, outcome)

    def _mark(self, draft: Draft) -> bytes:
        return self._hiding.same(draft) if self._hiding and draft.hidden else b""

    def _put(self, index: int, draft: Draft, revision: int) -> None:
        commitment = ""
        if draft.hidden:
            if self._hiding is None:
                what = "a part of it is protected, and nobody is named who could open it"
                raise LedgerError([Fault(draft.id, "TL-L041", what, "name recipients for the ledger")])
            hidden = sealed(draft.hidden, secrets.token_bytes(NONCE_SIZE), self._hiding.recipients)
            commitment = hidden.commitment.hex()
            self.rows[vault].append({"seq": index, "same": self._mark(draft), "envelope": hidden.envelope})
        said = envelope(draft, revision, self._recorded_us, commitment)
        kept = blind(said, secrets.token_bytes(NONCE_SIZE), draft.id)
        self.rows[openings].append({"seq": index, "nonce": kept.nonce, "content": kept.content})
        self.rows[records].append({
            "seq": index, "kind": draft.kind, "id": draft.id, "revision": revision, "recorded": self._recorded_us,
            "source": draft.source[0], "commitment": kept.commitment,
        })  # fmt: skip


def _known(connection: sa.Connection, drafts: Sequence[Draft]) -> dict[_Key, _Known]:
    """Look up what is known of the ids of drafts."""
    found: dict[_Key, _Known] = {}
    for kind in sorted({draft.kind for draft in drafts}):
        for row in standing_of(connection, kind, sorted({draft.id for draft in drafts if draft.kind == kind})):
            before = found.get((kind, row.id))
            if row.content is None:
                found[kind, row.id] = _Known(row.seq, row.revision, row.source, (), erased=True)
                continue
            record = read_record(row.seq, row.content)
            said = (*(before.said if before else ()), (record.body, row.same or b""))
            found[kind, row.id] = _Known(row.seq, row.revision, row.source, said, record.given)
    return found | dict(_with_former(connection, drafts, found))


def _with_former(
    connection: sa.Connection, drafts: Sequence[Draft], found: Mapping[_Key, _Known]
) -> Iterator[tuple[_Key, _Known]]:
    """Look up all that was ever said of what was withdrawn, or is to be."""
    now = {(draft.kind, draft.id) for draft in drafts if not draft.given}
    withdrawn = {key for key, known in found.items() if not known.erased and (key in now or not known.given)}
    for kind in sorted({kind for kind, _ in withdrawn}):
        former: dict[str, _Said] = {}
        for row in revisions_of(connection, kind, sorted(id_ for other, id_ in withdrawn if other == kind)):
            said = read_record(row.seq, row.content).body, row.same or b""
            former[row.id] = (*former.get(row.id, ()), said)
        yield from (((kind, id_), replace(found[kind, id_], former=said)) for id_, said in former.items())


def _demand_ids(drafts: Sequence[Draft]) -> None:
    """See that all databases take the ids: no half of a character pair, and no zero."""
    bad = [draft for draft in drafts if "\0" in draft.id or is_halved(draft.id)]
    if bad:
        what, remedy = "an id with half of a character pair or with a zero", "write the whole characters"
        raise LedgerError([Fault(f"{draft.kind} {draft.id!a}", "TL-L003", what, remedy) for draft in bad])
