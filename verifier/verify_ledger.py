"""Verify the log of a ledger without Truceline: a second opinion in one file.

It shares no code with Truceline, and needs Python 3.11 and the package `cryptography`. It reads a folder with a signed
`checkpoint`, tiles and entries (C2SP tlog-tiles), hashes every entry anew, and says whether the folder is what was
signed, and whether it continues the older heads that you kept. It writes nothing.

    python verify_ledger.py FOLDER --key KEY [--head FILE]...

It ends with 0 if nothing is wrong, with 1 if something is, and with 2 if it was called wrongly.
A verified log is not a verified event: it shows what was put down, and not what happened.
"""

import argparse
import base64
import hashlib
import re
import struct
import sys
from collections.abc import Callable
from pathlib import Path

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

FANOUT = 256
TILE_NAME = re.compile(r"tile/(entries|[0-9]{1,2})/((?:x\d{3}/)*\d{3})(?:\.p/([1-9]\d{0,2}))?", re.ASCII)


Key = tuple[str, bytes, Ed25519PublicKey]
"""The name of a key, its id, and what checks signatures."""


class Wrong(Exception):  # noqa: N818
    """Something in a file that is not as it must be."""


# ---- the tree (RFC 6962, 2.1) ----


def hash_entry(data: bytes) -> bytes:
    """Hash an entry as a leaf."""
    return hashlib.sha256(b"\0" + data).digest()


def hash_tree(hashes: list[bytes]) -> bytes:
    """Hash a list of leaves as the standard defines it: split at the largest power of two below its length."""
    if not hashes:
        return hashlib.sha256().digest()
    stack: list[tuple[int, bytes]] = []  # pairs of (leaves below, hash), the larger ones below the smaller ones
    for one in hashes:
        count = 1
        while stack and stack[-1][0] == count:
            below, left = stack.pop()
            one = hashlib.sha256(b"\1" + left + one).digest()  # noqa: PLW2901
            count += below
        stack.append((count, one))
    _, root = stack.pop()
    while stack:
        root = hashlib.sha256(b"\1" + stack.pop()[1] + root).digest()
    return root


# ---- signed heads (C2SP signed-note and tlog-checkpoint) ----


def unbase64(text: str) -> bytes:
    """Decode base64 that can be written in this way only."""
    try:
        data = base64.b64decode(text, validate=True)
    except ValueError:
        data = None
    if data is None or base64.b64encode(data) != text.encode():
        message = f"{text[:20]!r} is not base64"
        raise Wrong(message)
    return data


def read_key(text: str) -> Key:
    """Read a key, NAME+ID+BASE64, and give its name, its id and what checks signatures."""
    parts = text.strip().split("+", 2)
    if len(parts) != 3:
        message = "a key is written NAME+ID+BASE64"
        raise Wrong(message)
    name, stated, typed = parts[0], parts[1], unbase64(parts[2])
    if len(typed) != 33 or typed[0] != 1:
        message = f"the key of {name} is not one of Ed25519"
        raise Wrong(message)
    key_id = hashlib.sha256(name.encode() + b"\n" + typed).digest()[:4]
    if key_id.hex() != stated:
        message = f"the id of the key of {name} is {key_id.hex()}, not {stated}"
        raise Wrong(message)
    return name, key_id, Ed25519PublicKey.from_public_bytes(typed[1:])


def open_note(note: str, keys: list[Key]) -> str:
    """Check the signatures of a note; give its text."""
    body, middle, signed = note.rpartition("\n\n")
    if not middle or not signed.endswith("\n") or any(one < " " and one != "\n" for one in note):
        message = "the head is no signed note"
        raise Wrong(message)
    good = 0
    for line in signed[:-1].split("\n"):
        parts = line.split(" ")
        if len(parts) != 3 or parts[0] != "\u2014":
            message = f"{line[:30]!r} is no signature"
            raise Wrong(message)
        raw = unbase64(parts[2])
        for name, key_id, public in keys:
            if (name, key_id) == (parts[1], raw[:4]):
                try:
                    public.verify(raw[4:], f"{body}\n".encode())
                except InvalidSignature:
                    message = f"the signature of {name} does not fit the head"
                    raise Wrong(message) from None
                good += 1
    if not good:
        message = "none of the given keys has signed the head"
        raise Wrong(message)
    return body


def read_head(data: bytes, keys: list[Key]) -> tuple[str, int, bytes]:
    """Read a signed head and check it; give its origin, its size and its root."""
    try:
        lines = open_note(data.decode("utf-8"), keys).split("\n")
    except UnicodeDecodeError:
        message = "the head is not UTF-8"
        raise Wrong(message) from None
    if len(lines) < 3 or "" in lines or not re.fullmatch(r"0|[1-9][0-9]{0,18}", lines[1], re.ASCII):
        message = "the head has no origin, size and root"
        raise Wrong(message)
    root = unbase64(lines[2])
    if len(root) != 32:
        message = "the root of the head is not of 32 bytes"
        raise Wrong(message)
    return lines[0], int(lines[1]), root


# ---- the files (C2SP tlog-tiles) ----


def path_of(kind: str | int, number: int, width: int) -> str:
    """Name the file of a tile: its level or `entries`, its number, and its width."""
    digits = str(number)
    digits = digits.zfill(-(-len(digits) // 3) * 3)
    groups = [digits[i : i + 3] for i in range(0, len(digits), 3)]
    path = f"tile/{kind}/" + "".join(f"x{group}/" for group in groups[:-1]) + groups[-1]
    return path if width == FANOUT else f"{path}.p/{width}"


def split_bundle(data: bytes) -> tuple[list[bytes], bool]:
    """Take a bundle apart; give its entries, and whether it ends where an entry ends."""
    entries, at = [], 0
    while at + 2 <= len(data):
        (length,) = struct.unpack_from(">H", data, at)
        if at + 2 + length > len(data):
            break
        entries.append(data[at + 2 : at + 2 + length])
        at += 2 + length
    return entries, at == len(data)


class Log:
    """A log of some size: `rows` holds the hashes of each level, computed from the stored entries alone."""

    def __init__(self, folder: Path, size: int, report: Callable[..., None]) -> None:
        """Read all entries, and hash them up to the root."""
        self.folder, self.size, self.report = folder, size, report
        self.told: dict[int, list[bytes]] = {}  # what the tiles of level 0 say, by their number
        leaves: list[bytes] = []
        while len(leaves) < size:
            number, width = len(leaves) // FANOUT, min(FANOUT, size - len(leaves))
            entries = self.entries(number, width)
            leaves += map(hash_entry, entries)
            if len(entries) < width:
                report(f"entry {len(leaves)} cannot be read", len(leaves))
                break
        self.rows = [leaves]
        while len(self.rows[-1]) >= FANOUT:
            row = self.rows[-1]
            last = len(row) - len(row) % FANOUT
            self.rows.append([hash_tree(row[i : i + FANOUT]) for i in range(0, last, FANOUT)])

    def entries(self, number: int, width: int) -> list[bytes]:
        """Give the entries of a bundle, as many as can be read."""
        for stored in dict.fromkeys((width, FANOUT)):
            path = self.folder / path_of("entries", number, stored)
            if path.is_file() and path.stat().st_size <= FANOUT * 65_537:
                found, whole = split_bundle(path.read_bytes())
                if not whole or len(found) != stored:
                    self.report(f"{path}: it does not hold {stored} whole entries")
                return found[:width]
        return []

    def root(self, size: int) -> bytes | None:
        """Give the root over the first entries; None: not all of them can be read."""
        return hash_tree(self.rows[0][:size]) if size <= len(self.rows[0]) else None

    def told_root(self, size: int) -> bytes:
        """Give the root over the first entries, not by the entries but by the tiles of level 0."""
        return hash_tree([one for number in sorted(self.told) for one in self.told[number]][:size])

    def compare(self, path: Path, kind: str, number: int, width: int) -> None:
        """Hold one file against the hashes of the entries, as far as the log reaches."""
        level = 0 if kind == "entries" else int(kind)
        row = self.rows[level] if level < len(self.rows) else []
        mine = row[number * FANOUT : number * FANOUT + width]
        limit = width * 65_537 if kind == "entries" else width * 32
        if path.stat().st_size > limit:
            self.report(f"{path}: it is longer than it can be")
            return
        data = path.read_bytes()
        if kind == "entries":
            entries, whole = split_bundle(data)
            its, right = [hash_entry(one) for one in entries], whole and len(entries) == width
        else:
            its, right = [data[i : i + 32] for i in range(0, len(data), 32)], len(data) == limit
        if not right:
            self.report(f"{path}: it does not hold {width} of what it should hold")
        if kind == "0" and width == min(FANOUT, self.size - number * FANOUT):
            self.told[number] = its
        for i, (one, other) in enumerate(zip(mine, its, strict=False)):
            if one != other:
                first = (number * FANOUT + i) * FANOUT**level
                exact = first if level == 0 else None
                self.report(f"{path}: it does not fit the stored entries, first at entry {first}", exact)
                return

    def compare_all(self) -> int:
        """Hold every file against the entries, and miss none; give how many reach beyond the log."""
        beyond, there = 0, set[str]()
        for path in sorted((self.folder / "tile").rglob("*")):
            name = path.relative_to(self.folder).as_posix()
            if path.is_dir() or path.name.startswith("."):
                continue
            match = TILE_NAME.fullmatch(name)
            kind, number, width = ("", 0, 0)
            if match:
                kind, number = match[1], int(match[2].replace("x", "").replace("/", ""))
                width = int(match[3] or FANOUT)
            if not match or name != path_of(int(kind) if kind.isdigit() else kind, number, width):
                self.report(f"{path}: this is no file of a log")
                continue
            there.add(name)
            scale = 1 if kind == "entries" else FANOUT ** int(kind)
            beyond += (number * FANOUT + width) * scale > self.size
            self.compare(path, kind, number, width)
        if len(self.rows[0]) == self.size:
            self.miss(there)
        return beyond

    def miss(self, there: set[str]) -> None:
        """Say which tiles are not there."""
        for level, row in enumerate(self.rows):
            for number in range(-(-len(row) // FANOUT)):
                width = min(FANOUT, len(row) - number * FANOUT)
                if not {path_of(level, number, width), path_of(level, number, FANOUT)} & there:
                    self.report(f"{self.folder / path_of(level, number, width)}: it is missing")


class Findings:
    """All that is wrong, and the bounds within which the first bad entry must be."""

    def __init__(self) -> None:
        """Begin with nothing."""
        self.faults: list[str] = []
        self.bounds: list[tuple[int, int]] = []

    def report(self, text: str, entry: int | None = None) -> None:
        """Note a fault, and the entry that it shows to be bad."""
        self.faults.append(text)
        if entry is not None:
            self.bounds.append((entry, entry + 1))

    @property
    def first(self) -> tuple[int, int] | None:
        """The first bad entry is one of those from the first number to the one before the second."""
        return (min(low for low, _ in self.bounds), min(high for _, high in self.bounds)) if self.bounds else None


def verify(folder: Path, keys: list[Key], heads: list[tuple[str, bytes]]) -> tuple[Findings, str]:
    """Verify a folder; give what was found, and what can be said of a log in which nothing is wrong."""
    found = Findings()
    try:
        origin, size, root = read_head((folder / "checkpoint").read_bytes(), keys)
    except (OSError, Wrong) as error:
        found.report(f"{folder / 'checkpoint'}: {error}")
        return found, ""
    log = Log(folder, size, found.report)
    beyond = log.compare_all()
    entries_fit = log.root(size) == root
    if entries_fit:
        found.bounds.clear()  # the entries are as signed; it is a tile or an older form of a bundle that was changed
    elif log.root(size) is not None:
        found.report(f"{folder}: the stored entries do not make up the root that was signed")
    tiles_fit = log.told_root(size) == root
    for name, data in heads:
        try:
            hold(log, origin, read_head(data, keys), name, found, tiles_fit=tiles_fit)
        except Wrong as error:
            found.report(f"{name}: {error}")
    if not entries_fit and not found.bounds:
        found.bounds.append((0, size))
    told = f"{origin}: {size} entries, root {root.hex()}; {len(heads)} older heads are continued"
    return found, told + (f"; {beyond} files reach beyond it and were never signed" if beyond else "")


def hold(log: Log, origin: str, head: tuple[str, int, bytes], name: str, found: Findings, *, tiles_fit: bool) -> None:
    """Hold a log against an older head; tiles that lead to the signed root and to this head name the entry already."""
    its_origin, size, root = head
    if its_origin != origin:
        found.report(f"{name}: it is a head of {its_origin}, not of {origin}")
    elif size > log.size:
        found.report(f"{name}: it speaks of {size} entries, the log of {log.size}: its end was cut off", log.size)
    elif log.root(size) != root:
        found.report(f"{name}: the first {size} entries of the log are not those that were signed")
        if not (tiles_fit and log.told_root(size) == root):
            found.bounds.append((0, size))


def main(arguments: list[str] | None = None) -> int:
    """Read the command line, verify, and tell."""
    options = argparse.ArgumentParser(description="Verify the log of a ledger without Truceline.")
    options.add_argument("folder", type=Path, help="in which 'checkpoint' and 'tile' stand")
    options.add_argument("--key", action="append", required=True, help="NAME+ID+BASE64, or a file with it; repeatable")
    options.add_argument("--head", action="append", default=[], type=Path, help="a head kept from before; repeatable")
    given = options.parse_args(arguments)
    try:
        keys = [read_key(Path(key).read_text("utf-8") if "+" not in key else key) for key in given.key]
        heads = [(str(path), path.read_bytes()) for path in given.head]
    except (OSError, ValueError, Wrong) as error:
        options.error(str(error))
    found, told = verify(given.folder, keys, heads)
    for fault in found.faults:
        print(fault)
    if found.first:
        low, high = found.first
        print(f"first bad entry: {low}" if high - low == 1 else f"first bad entry: one of {low} to {high - 1}")
    if not found.faults:
        print(told)
        if not heads:
            print("no older head was given: this does not show whether anything was cut off or rewritten")
        print("a verified log is not a verified event")
    return 1 if found.faults else 0


if __name__ == "__main__":
    sys.exit(main())
