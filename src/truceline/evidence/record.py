"""A record of a ledger: what was put down about one thing, under which id, by whom, when, and as which revision of it.

A record is never changed. A correction is a further revision; a retraction is a further revision that is no longer
given. What was known on a day is the records up to a number, because they are numbered in the order in which they came.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any, Final, Literal, get_args

from truceline.errors import Fault, LedgerError
from truceline.evidence.canonical import Json

__all__ = ["KINDS", "SAID", "Change", "Draft", "Kind", "Record", "changes", "envelope", "instant_text", "read_record"]

Kind = Literal["report", "statement", "judgement", "grade", "region", "import", "erasure", "rotation"]
KINDS: Final[tuple[str, ...]] = get_args(Kind)
SAID: Final = ("report", "statement", "judgement", "grade")
"""Kinds that say something about the deal; the others say how the ledger came to be as it is."""

_EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Draft:
    """What somebody wants to have put down.

    `body` : what is said, as values of JSON without floats. `hidden` : what of it has to be sealed; it is not shown
    when a draft is printed. `given` : False for a retraction. `why` : the reasons, for a retraction.
    `source` : the id of the import and the row in its file, from 1; ("", 0) where there is none.
    """

    kind: Kind
    id: str
    body: Mapping[str, Json] = field(repr=False)
    hidden: Mapping[str, Json] = field(default_factory=dict, repr=False)
    given: bool = True
    why: str = ""
    by: str = ""
    source: tuple[str, int] = ("", 0)


@dataclass(frozen=True, slots=True)
class Record:
    """A record as it stands in a ledger.

    `index` : its place in the ledger and in the log, from 0. `revision` : from 1, of this kind and id. `recorded_us` :
    when it was put down, in microseconds since 1970 UTC; never before that of the record in front of it.
    `sealed` : the commitment to its sealed part, in hexadecimal; empty where nothing is sealed.
    """

    index: int
    kind: Kind
    id: str
    revision: int
    recorded_us: int
    body: Mapping[str, Json] = field(repr=False)
    given: bool = True
    why: str = ""
    by: str = ""
    source: tuple[str, int] = ("", 0)
    sealed: str = ""

    @property
    def recorded(self) -> str:
        """When it was put down, such as ``2026-11-23T04:00:00.000000Z``."""
        return instant_text(self.recorded_us)


@dataclass(frozen=True, slots=True)
class Change:
    """What one revision changed: the field, and what stood there before and after; None: nothing."""

    field: str
    before: Json
    after: Json


def envelope(draft: Draft, revision: int, recorded_us: int, sealed: str = "") -> dict[str, Json]:
    """Give what is committed to for a draft: all that is said, and that it is said.

    >>> envelope(Draft("report", "q:1", {"act": "presence"}, by="desk"), 1, 0)["recorded"]
    '1970-01-01T00:00:00.000000Z'
    """
    said: dict[str, Json] = {
        "kind": draft.kind, "id": draft.id, "revision": revision, "recorded": instant_text(recorded_us),
        "by": draft.by, "given": draft.given, "body": dict(draft.body),
    }  # fmt: skip
    optional: dict[str, Json] = {"why": draft.why, "sealed": sealed}
    if draft.source[0]:
        optional["from"] = {"import": draft.source[0], "row": draft.source[1]}
    return said | {name: value for name, value in optional.items() if value}


def read_record(index: int, content: bytes) -> Record:
    """Read a record back from the bytes that were committed to.

    Raises
    ------
    LedgerError
        TL-L067, if they are none of a record; they are not quoted.

    Examples
    --------
    >>> from truceline.evidence.canonical import canonical
    >>> kept = canonical(envelope(Draft("report", "q:1", {"act": "presence"}, source=("import:0", 7)), 2, 5))
    >>> record = read_record(3, kept)
    >>> record.id, record.revision, record.recorded_us, record.source, record.body
    ('q:1', 2, 5, ('import:0', 7), {'act': 'presence'})
    """
    try:
        return _record(index, json.loads(content))
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        what, remedy = "what it says cannot be read", "run: truceline verify, and compare with a copy"
        raise LedgerError([Fault(f"record {index}", "TL-L067", what, remedy)]) from None


def _record(index: int, said: Mapping[str, Any]) -> Record:
    source = said.get("from", {"import": "", "row": 0})
    recorded = datetime.fromisoformat(said["recorded"]) - _EPOCH
    return Record(
        index, said["kind"], said["id"], said["revision"], recorded // timedelta(microseconds=1), dict(said["body"]),
        given=said["given"], why=said.get("why", ""), by=said["by"], source=(source["import"], source["row"]),
        sealed=said.get("sealed", ""),
    )  # fmt: skip


def changes(before: Mapping[str, Json], after: Mapping[str, Json]) -> tuple[Change, ...]:
    """List the fields in which two bodies differ, by name.

    >>> changes({"act": "presence", "lon": "35.8"}, {"act": "clash", "lon": "35.8", "by": ["n"]})
    (Change(field='act', before='presence', after='clash'), Change(field='by', before=None, after=['n']))
    """
    names = sorted(before.keys() | after.keys())
    pairs = ((name, before.get(name), after.get(name)) for name in names)
    return tuple(Change(name, old, new) for name, old, new in pairs if old != new)


def instant_text(us: int) -> str:
    """Write an instant as ISO 8601 in UTC, with six places of seconds.

    >>> instant_text(1_500_000)
    '1970-01-01T00:00:01.500000Z'
    """
    return f"{(_EPOCH + timedelta(microseconds=us)).replace(tzinfo=None).isoformat(timespec='microseconds')}Z"
