"""The whole ledger in one file: a ZIP that is read without Truceline, and from which the ledger is made again.

Every record stands there with the exact bytes that were committed to, its nonce and its commitment; the signed log; a
schema; and the SHA-256 of every file. The same records give the same bytes, whatever database they come from.
Protected parts are left out: their commitments stay. With `sealed` their envelopes go along, closed, for a backup.
"""

from __future__ import annotations

import hashlib
import json
import zipfile
import zlib
from base64 import b64decode, b64encode
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from itertools import islice
from pathlib import Path, PurePosixPath
from typing import Any, BinaryIO, Final

import sqlalchemy as sa

from truceline.errors import Fault, LedgerError
from truceline.store.database import insert
from truceline.store.durable import disk_fault, put, put_all
from truceline.store.ledger import SETTINGS, Ledger, Settings, begun, read_settings
from truceline.store.ledger_check import check_ledger
from truceline.store.log_reading import CHECKPOINT, tile_files
from truceline.store.searching import contents, end_of
from truceline.store.tables import erasures, openings, records, vault

__all__ = ["restore", "write_archive"]

_SUMS: Final = "SHA256SUMS"
_RECORDS: Final = "records.jsonl"
_LOG: Final = "log"
_DATED: Final = (1980, 1, 1, 0, 0, 0)
_LARGEST: Final = 2**34
_LINE: Final = 2**26
_BATCH: Final = 5_000
_README: Final = """A ledger of Truceline, whole and readable without it.

records.jsonl   one record a line, in order. `content` is the text that was put down, byte for byte; `nonce` and
                `commitment` are hexadecimal: commitment = HMAC-SHA256(key nonce, "truceline/record/v1\\n" + content).
                Null: the record was erased, by the record `erased_by`. `envelope`: a protected part, closed with age.
schema.json     what a line of records.jsonl holds, as JSON Schema.
log/            the signed log: commitments in a tree after RFC 6962, as C2SP tlog-tiles; log/checkpoint is its head.
ledger.json     the name of the log and the public keys that may have signed it.
SHA256SUMS      the hashes of all other files: sha256sum -c SHA256SUMS

The log is tamper-evident to anyone who holds an older head. A verified log is not a verified event.
"""
_HEX: Final = {"type": ["string", "null"], "pattern": "^[0-9a-f]+$"}
_SCHEMA: Final = {
    "$schema": "https://json-schema.org/draft/2020-12/schema",
    "title": "A record of a ledger",
    "type": "object",
    "additionalProperties": False,
    "required": ["index", "kind", "id", "revision", "recorded_us", "source", "commitment", "nonce", "content"],
    "properties": {
        "index": {"type": "integer", "minimum": 0},
        "kind": {"type": "string"},
        "id": {"type": "string"},
        "revision": {"type": "integer", "minimum": 1},
        "recorded_us": {"type": "integer", "description": "microseconds since 1970 UTC"},
        "source": {"type": "string", "description": "the id of the import, or empty"},
        "commitment": {**_HEX, "type": "string"},
        "nonce": _HEX,
        "content": {"type": ["string", "null"], "description": "JSON, byte for byte what was committed to"},
        "erased_by": {"type": "integer"},
        "envelope": {"type": "string", "contentEncoding": "base64", "description": "closed with age"},
        "same": {**_HEX, "type": "string", "description": "recognises an equal protected part, to who holds the key"},
    },
}


def write_archive(ledger: Ledger, file: BinaryIO, *, sealed: bool = False) -> int:
    """Write a ledger into one file, and give the number of records.

    Parameters
    ----------
    ledger : Ledger
    file : binary file
    sealed : bool
        Whether the envelopes of protected parts go along, closed: for a backup, not for the public.
    """
    sums: dict[str, str] = {}
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        said = json.loads(_settings_of(ledger, sealed=sealed).text())
        fixed = {"README.txt": _README.encode(), SETTINGS: _json(said), "schema.json": _json(_SCHEMA)}
        logged = {f"{_LOG}/{path.relative_to(ledger.log).as_posix()}": path for path in _log_files(ledger.log)}
        for name, data in fixed.items():
            sums[name] = _put(archive, name, iter([data]))
        for name in sorted(logged):  # before the records: what is put down meanwhile is not signed, and not too few
            with disk_fault(logged[name]):
                sums[name] = _put(archive, name, iter([logged[name].read_bytes()]))
        count, lines = _counted_lines(ledger, sealed=sealed)
        sums[_RECORDS] = _put(archive, _RECORDS, lines)
        _put(archive, _SUMS, (f"{digest}  {name}\n".encode() for name, digest in sorted(sums.items())))
    return count


def restore(archive: Path | str, folder: Path | str, *, database: str | None = None) -> Ledger:
    """Make a ledger again from its archive, and verify it; only then it is one.

    Raises
    ------
    LedgerError
        TL-L080, if the archive is none, or a file in it is not what its hashes say; TL-L064, if there is a ledger in
        the folder; and whatever verifying finds.
    """
    at = str(archive)
    with _readable(at), zipfile.ZipFile(archive) as file:
        names = _checked(file, at)
        settings = read_settings(file.read(SETTINGS), f"{at} {SETTINGS}")
        ledger = begun(folder, settings, database)
        try:
            put_all({ledger.log / PurePosixPath(name).relative_to(_LOG): file.read(name)
                     for name in names if name.startswith(f"{_LOG}/")})  # fmt: skip
            _fill(ledger, file)
            check_ledger(ledger).demand()
        except BaseException:
            ledger.close()
            raise
    put(ledger.folder / SETTINGS, ledger.settings.text())
    return ledger


@contextmanager
def _readable(at: str) -> Iterator[None]:
    """Tell what zipfile, json and our own reading raise over a file that is no archive of ours."""
    try:
        yield
    except LedgerError:
        raise
    except (OSError, zipfile.BadZipFile, zlib.error, LookupError, ValueError, TypeError, AttributeError, EOFError,
            OverflowError, RuntimeError) as error:  # fmt: skip
        raise _no_archive(at, f"it cannot be read ({type(error).__name__})") from None


def _settings_of(ledger: Ledger, *, sealed: bool) -> Settings:
    """Say what the ledger says of itself, without where its database is, and whether something of it is left out."""
    with ledger.database.reading() as connection:
        left_out = not sealed and connection.execute(sa.select(vault.c.seq).limit(1)).first() is not None
    without = left_out or ledger.settings.without_sealed
    return replace(ledger.settings, database="", without_sealed=without)


def _counted_lines(ledger: Ledger, *, sealed: bool) -> tuple[int, Iterator[bytes]]:
    size = ledger.size()
    return size, _lines(ledger, size, sealed=sealed)


def _lines(ledger: Ledger, size: int, *, sealed: bool) -> Iterator[bytes]:
    with ledger.database.reading() as connection:
        for row in contents(connection, 0, min(size, end_of(connection)[0])):
            told: dict[str, Any] = {
                "index": row.seq, "kind": row.kind, "id": row.id, "revision": row.revision,
                "recorded_us": row.recorded, "source": row.source, "commitment": row.commitment.hex(),
                "nonce": row.nonce and row.nonce.hex(), "content": row.content and row.content.decode(),
            }  # fmt: skip
            if row.by_seq is not None:
                told["erased_by"] = row.by_seq
            if sealed and row.envelope is not None:
                told |= {"envelope": b64encode(row.envelope).decode(), "same": row.same.hex()}
            yield json.dumps(told, ensure_ascii=False).encode() + b"\n"


def _put(archive: zipfile.ZipFile, name: str, data: Iterator[bytes]) -> str:
    """Write one file of the archive, dated as all of them are, and give its hash."""
    about = zipfile.ZipInfo(name, _DATED)
    about.compress_type = zipfile.ZIP_DEFLATED
    about.external_attr = 0o644 << 16
    digest = hashlib.sha256()
    with archive.open(about, "w", force_zip64=True) as file:
        for part in data:
            digest.update(part)
            file.write(part)
    return digest.hexdigest()


def _log_files(folder: Path) -> Iterator[Path]:
    yield folder / CHECKPOINT
    yield from (path for path, tile in tile_files(folder) if tile is not None)


def _checked(file: zipfile.ZipFile, at: str) -> list[str]:
    """Hold every file against the hashes; no name leads out of the folder, and none is there that has no hash."""
    said = dict(line.split("  ", 1)[::-1] for line in file.read(_SUMS).decode().splitlines())
    names = [about.filename for about in file.infolist() if about.filename != _SUMS]
    if sorted(names) != sorted(said) or sum(about.file_size for about in file.infolist()) > _LARGEST:
        raise _no_archive(at, "its files are not those that it names, or they are too large")
    for name in names:
        if PurePosixPath(name).is_absolute() or ".." in PurePosixPath(name).parts:
            raise _no_archive(at, f"{name!r} leads out of the folder")
        with file.open(name) as inside:
            if hashlib.file_digest(inside, "sha256").hexdigest() != said[name]:  # type: ignore[arg-type] # it has readinto
                raise _no_archive(at, f"{name} is not what its hash says")
    return names


def _fill(ledger: Ledger, file: zipfile.ZipFile) -> None:
    with file.open(_RECORDS) as lines:
        read = map(_row, iter(lambda: lines.readline(_LINE), b""))
        while rows := list(islice(read, _BATCH)):
            with ledger.database.writing() as connection:
                insert(connection, records, rows)
                insert(connection, openings, [row for row in rows if row["content"] is not None])
                insert(connection, vault, [row for row in rows if row["envelope"] is not None])
                insert(connection, erasures, [row for row in rows if row["by_seq"] is not None])


def _row(line: bytes) -> dict[str, Any]:
    said = json.loads(line)
    nonce, content = said["nonce"], said["content"]
    return {
        "seq": said["index"], "kind": said["kind"], "id": said["id"], "revision": said["revision"],
        "recorded": said["recorded_us"], "source": said["source"], "commitment": bytes.fromhex(said["commitment"]),
        "nonce": nonce and bytes.fromhex(nonce), "content": content and content.encode(),
        "by_seq": said.get("erased_by"), "envelope": b64decode(said["envelope"]) if "envelope" in said else None,
        "same": bytes.fromhex(said.get("same", "")),
    }  # fmt: skip


def _json(said: Mapping[str, object]) -> bytes:
    return (json.dumps(said, ensure_ascii=False, indent=2) + "\n").encode()


def _no_archive(at: str, what: str) -> LedgerError:
    return LedgerError([Fault(at, "TL-L080", f"this is no whole archive of a ledger: {what}", "take it from a copy")])
