"""The whole ledger in one file: the same bytes from both databases, there and back; and nothing else is let in."""

import hashlib
import io
import json
import random
import zipfile
from contextlib import suppress

import jsonschema
import pytest

from ledgers import DAY, HIDING, IDENTITY, filled, protected, said
from truceline.errors import LedgerError
from truceline.store.archive import restore, write_archive
from truceline.store.erasing import erase
from truceline.store.ledger import is_ledger
from truceline.store.ledger_check import check_ledger


def rich(folder, database=None):
    """Make a ledger with everything in it: revisions, sealed parts, erased records, an unsealed end."""
    ledger, signer = filled(folder, 20, database)
    erase(ledger, "report", "q:3", "harm", by="desk", now_us=20 * DAY)
    erase(ledger, "report", "p:6", "harm", by="desk", now_us=20 * DAY)
    ledger.append([said("q:late", place="Ñoño 村")], 21 * DAY)
    ledger.seal(signer)
    ledger.append([said("q:unsealed"), protected("p:unsealed")], 22 * DAY, HIDING)
    return ledger


def archived(ledger, **how):
    """Write an archive, and give its bytes."""
    file = io.BytesIO()
    write_archive(ledger, file, **how)
    return file.getvalue()


@pytest.mark.parametrize("sealed", [True, False])
@pytest.mark.parametrize("begin", ["sqlite", "postgresql"])
def test_there_and_back_gives_the_same_bytes(tmp_path, new_database, begin, sealed):
    """From either database into the other one and back, and into its own: every archive is equal, byte for byte."""
    places = [None, new_database(), None] if begin == "sqlite" else [new_database(), None, new_database()]
    ledger = rich(tmp_path / "0", places[0])
    first = archived(ledger, sealed=sealed)
    ledger.close()
    data = first
    for number, place in enumerate(places[1:], 1):
        (tmp_path / f"{number}.zip").write_bytes(data)
        again = restore(tmp_path / f"{number}.zip", tmp_path / str(number), database=place)
        data = archived(again, sealed=sealed)
        found = check_ledger(again, identities=[IDENTITY])
        again.close()

        assert data == first
        assert (found.sealed, found.opened, found.left_out) == (2, 2 * sealed, 2 * (not sealed))
        assert (found.intact, found.erased) == (True, 4)
    with zipfile.ZipFile(tmp_path / "1.zip") as file:
        assert sum(b"envelope" in line for line in file.read("records.jsonl").splitlines()) == (2 if sealed else 0)


def test_an_archive_is_read_without_us(tmp_path):
    """Its lines fit its schema, its hashes are those of its files, and nothing of a sealed part or a place is in it."""
    ledger = rich(tmp_path / "a")
    with zipfile.ZipFile(io.BytesIO(archived(ledger, sealed=True))) as file:
        schema = json.loads(file.read("schema.json"))
        lines = file.read("records.jsonl").splitlines()
        sums = dict(line.split("  ")[::-1] for line in file.read("SHA256SUMS").decode().splitlines())
        actual = {name: hashlib.sha256(file.read(name)).hexdigest() for name in file.namelist() if name != "SHA256SUMS"}
        settings = file.read("ledger.json")
    for line in lines:
        jsonschema.validate(json.loads(line), schema)
    ledger.close()

    assert sums == actual
    assert len(lines) == 25
    assert json.loads(settings)["database"] == ""
    assert str(tmp_path).encode() not in settings


def packed(files, sums=None):
    """Pack files as an archive is packed, with hashes that fit unless others are given."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as file:
        for name, data in files.items():
            file.writestr(name, data)
        fitting = "".join(f"{hashlib.sha256(data).hexdigest()}  {name}\n" for name, data in files.items())
        file.writestr("SHA256SUMS", fitting if sums is None else sums)
    return out.getvalue()


@pytest.fixture
def parts(tmp_path):
    """Give the files of a good archive."""
    ledger, _ = filled(tmp_path / "good", 9)
    with zipfile.ZipFile(io.BytesIO(archived(ledger, sealed=True))) as file:
        found = {name: file.read(name) for name in file.namelist() if name != "SHA256SUMS"}
    ledger.close()
    return found


def test_the_parts_make_an_archive(parts, tmp_path):
    """Control of the tests below: packed again as they were, they are restored."""
    (tmp_path / "x.zip").write_bytes(packed(parts))
    restore(tmp_path / "x.zip", tmp_path / "again").close()

    assert is_ledger(tmp_path / "again")


def line(**changed):
    """Change the third line of the records."""

    def change(parts):
        lines = parts["records.jsonl"].splitlines()
        lines[2] = json.dumps(json.loads(lines[2]) | changed).encode()
        return parts | {"records.jsonl": b"\n".join(lines) + b"\n"}

    return change


def without(parts, number):
    """Leave one record out."""
    return parts | {"records.jsonl": b"\n".join(parts["records.jsonl"].splitlines()[:number])}


BAD = {
    "an edit": line(content="{}"), "another id": line(id="x"), "another number": line(index=1), "late": line(index=99),
    "no nonce": line(nonce=None), "nonce of another type": line(nonce=7), "huge": line(recorded_us=2**70),
    "no hex": line(commitment="zz"), "content of another type": line(content=[1]), "not base64": line(envelope="é"),
    "wrongly erased": line(content=None, nonce=None, erased_by=3), "half a character": line(id="\ud800"),
    "cut off": lambda parts: without(parts, 5), "no object": lambda parts: parts | {"records.jsonl": b"[]\n"},
    "no JSON": lambda parts: parts | {"records.jsonl": b"{\n"}, "deep": lambda p: p | {"records.jsonl": b"[" * 99999},
    "no records": lambda parts: {name: data for name, data in parts.items() if name != "records.jsonl"},
    "out of the folder": lambda parts: parts | {"log/../../evil": b"x"}, "absolute": lambda p: p | {"/evil": b"x"},
    "settings": lambda parts: parts | {"ledger.json": b"{}"}, "no head": lambda parts: parts | {"log/checkpoint": b""},
    "log as a file": lambda parts: parts | {"log/checkpoint/x": b""},
}  # fmt: skip


@pytest.mark.parametrize("name", BAD)
def test_what_is_no_whole_archive_is_refused(parts, tmp_path, name):
    """With hashes that fit: whatever was changed is told, nothing lies outside of the folder, and no ledger is made."""
    (tmp_path / "x.zip").write_bytes(packed(BAD[name](parts)))
    with pytest.raises(LedgerError, match=r"TL-L0"):
        restore(tmp_path / "x.zip", tmp_path / "in" / "again")

    assert not is_ledger(tmp_path / "in" / "again")
    assert not list(tmp_path.rglob("evil"))


def test_hashes_that_do_not_fit(parts, tmp_path):
    """A file that is not what its hash says, one without a hash, and a hash without a file."""
    other = {"README.txt": b"x"}
    good = packed(parts)
    cases = [packed(parts | other, zipfile.ZipFile(io.BytesIO(good)).read("SHA256SUMS")), packed(parts, ""),
             packed(parts, "no sums"), packed(parts, b"\xff"), b"", b"no zip", good[: len(good) // 2]]  # fmt: skip
    for data in cases:
        (tmp_path / "x.zip").write_bytes(data)
        with pytest.raises(LedgerError, match="TL-L080"):
            restore(tmp_path / "x.zip", tmp_path / "again")

    assert not is_ledger(tmp_path / "again")


def test_bytes_that_are_broken(parts, tmp_path):
    """Whatever bytes of an archive are broken, it is refused as a ledger is, or they told nothing."""
    good, chance, told = archived_good(parts), random.Random(1), []
    for _ in range(60):
        at = chance.randrange(len(good))
        (tmp_path / "x.zip").write_bytes(good[:at] + bytes([good[at] ^ 1 << chance.randrange(8)]) + good[at + 1 :])
        with suppress(LedgerError):
            restore(tmp_path / "x.zip", tmp_path / f"again{at}")
            told.append(at)

    assert len(told) < 12


def archived_good(parts):
    """Pack with compression, so that broken bytes meet what unpacks them."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as file, zipfile.ZipFile(io.BytesIO(packed(parts))) as plain:
        for name in plain.namelist():
            file.writestr(name, plain.read(name))
    return out.getvalue()
