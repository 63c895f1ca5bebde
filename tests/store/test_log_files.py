"""A log grows: only what the disk holds is signed, every head continues the last, and a fork is refused."""

import shutil

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from logs import NAME, entries, files, sealed
from truceline.errors import LedgerError
from truceline.evidence.checkpoint import Checkpoint, open_checkpoint
from truceline.evidence.log_proof import check_entry, parse_proof
from truceline.evidence.merkle import EMPTY_ROOT, Head, check_consistency, leaf_hash, root_of
from truceline.evidence.signed_note import sign
from truceline.evidence.tiles import tiles_of
from truceline.store import log_files
from truceline.store.durable import locked
from truceline.store.log_check import verify_log
from truceline.store.log_files import seal
from truceline.store.log_reading import prove_entry, prove_growth, read_entries
from truceline.store.signing import Signer, make_key, verifies

SIZES = (0, 1, 2, 150, 200, 255, 256, 257, 300, 512, 700)
MADE = entries(700)


def test_a_log_is_what_c2sp_says(tmp_path):
    """After any growth the tiles of the size are there, and the root is that of the entries."""
    folder = tmp_path / "log"
    signer, heads = sealed(folder, MADE, *SIZES)
    for size, data in heads.items():
        checkpoint, _ = open_checkpoint(data, [signer.key.verifier], verifies)

        assert checkpoint == Checkpoint(NAME, Head(size, root_of(map(leaf_hash, MADE[:size]))))
    assert {str(tile) for tile in tiles_of(700)} <= {path.relative_to(folder).as_posix() for path in files(folder)}
    assert list(read_entries(folder, 700)) == MADE
    assert list(read_entries(folder, 700, 300)) == MADE[300:]
    assert list(read_entries(folder, 700, 700)) == []


def test_partial_tiles_go_once_the_full_one_is_there(tmp_path):
    """A partial tile stays for those who hold its head, until its full tile is there (C2SP)."""
    folder = tmp_path / "log"
    signer, _ = sealed(folder, MADE, 150, 200)
    early = {path.relative_to(folder).as_posix() for path in files(folder)}
    sealed(folder, MADE, 256, signer=signer)

    assert {"tile/0/000.p/150", "tile/0/000.p/200"} <= early
    assert {path.relative_to(folder).as_posix() for path in files(folder)} == {
        "checkpoint", "tile/0/000", "tile/1/000.p/1", "tile/entries/000"
    }  # fmt: skip


def test_sealing_again_changes_nothing(tmp_path):
    """Without new entries every byte of the log stays as it is, the signature too."""
    folder = tmp_path / "log"
    signer, _ = sealed(folder, MADE, 300)
    before = {path: path.read_bytes() for path in files(folder)}
    sealed(folder, MADE, 300, signer=signer)

    assert {path: path.read_bytes() for path in files(folder)} == before


@settings(max_examples=15)
@given(cuts=st.lists(st.integers(0, 700), min_size=1, max_size=5).map(sorted))
def test_the_way_makes_no_difference(tmp_path_factory, cuts):
    """However a log was cut into seals, its last head is that of all its entries, and it verifies with every head."""
    folder = tmp_path_factory.mktemp("way") / "log"
    signer, heads = sealed(folder, MADE, *cuts)
    found = verify_log(folder, [signer.key.verifier], {str(size): data for size, data in heads.items()})

    assert found.checkpoint.head.root == root_of(map(leaf_hash, MADE[: cuts[-1]]))
    assert (found.faults, found.suspects, found.beyond) == ((), None, 0)
    assert len(found.older) == len(heads)


def test_proofs_convince_whoever_has_the_head(tmp_path):
    """From the files follow a proof for each entry, under 2 KiB, and one of growth from any older head."""
    folder = tmp_path / "log"
    signer, heads = sealed(folder, MADE, *SIZES)
    keys = (signer.key.verifier,)
    new = open_checkpoint(heads[700], keys, verifies)[0].head
    for index in (0, 255, 256, 511, 699):
        text = str(prove_entry(folder, index)).encode()

        assert check_entry(MADE[index], parse_proof(text), keys, verifies) == new
        assert len(text) < 2048
    for data in heads.values():
        old = open_checkpoint(data, keys, verifies)[0].head
        check_consistency(old, new, prove_growth(folder, old.size, new))
    with pytest.raises(LedgerError, match="TL-L001 a log of 700 entries has no entry 700"):
        prove_entry(folder, 700)
    with pytest.raises(LedgerError, match="TL-L028 there is no signed head: this is no log"):
        prove_entry(tmp_path, 0)


def written(monkeypatch, change):
    """Let something happen to the files after they were written and before they are read back."""
    real = log_files.grow

    def grow(folder, size, new):
        head = real(folder, size, new)
        change(folder)
        return head

    monkeypatch.setattr(log_files, "grow", grow)


def turned(path, bit):
    """Turn one bit of a file over."""
    data = bytearray(path.read_bytes())
    data[bit // 8] ^= 1 << bit % 8
    path.write_bytes(data)


@pytest.mark.parametrize("name", ["tile/entries/000", "tile/0/000", "tile/1/000.p/1", "tile/entries/001.p/44",
                                  "tile/0/001.p/44"])  # fmt: skip
def test_a_bit_turned_before_the_signature_is_never_signed(tmp_path, monkeypatch, name):
    """A bit error between writing and signing, in any file, ends in a refusal; no head appears, shown or kept."""
    good = tmp_path / "good"
    signer, _ = sealed(good, MADE, 120)
    size = {"tile/entries/000": 8704, "tile/1/000.p/1": 32}.get(name, 1400)
    kept = signer.last()
    for bit in range(0, size * 8, 7 if size < 100 else 1013):
        folder = tmp_path / "log"
        shutil.copytree(good, folder)
        with monkeypatch.context() as patch:
            written(patch, lambda folder, bit=bit: turned(folder / name, bit))
            with pytest.raises(LedgerError, match=r"TL-L02[12]"):
                seal(folder, lambda begin: MADE[begin:300], signer)

        assert (folder / "checkpoint").read_bytes() == signer.last() == kept
        shutil.rmtree(folder)


def test_a_file_that_is_gone_before_the_signature(tmp_path, monkeypatch):
    """A bundle that was written and cannot be read back is never signed."""
    folder = tmp_path / "log"
    signer, heads = sealed(folder, MADE, 120)
    written(monkeypatch, lambda folder: (folder / "tile/entries/000").unlink())
    with pytest.raises(LedgerError, match="TL-L021 the file is missing"):
        seal(folder, lambda begin: MADE[begin:300], signer)

    assert (folder / "checkpoint").read_bytes() == heads[120]


def test_an_old_tile_that_changes_meanwhile(tmp_path, monkeypatch):
    """A tile that was right when the work began, and is not when it is read back, is not signed over."""
    folder = tmp_path / "log"
    signer, heads = sealed(folder, MADE, 300)
    written(monkeypatch, lambda folder: turned(folder / "tile/1/000.p/1", 5))
    with pytest.raises(LedgerError, match="TL-L022 what is read back does not make up the root"):
        seal(folder, lambda begin: MADE[begin:310], signer)

    assert (folder / "checkpoint").read_bytes() == heads[300]


def test_without_reading_back_a_bad_head_is_signed(tmp_path, monkeypatch):
    """Control: with the check taken out, the same bit error is signed, and nobody sees it until somebody verifies."""
    folder = tmp_path / "log"
    signer, _ = sealed(folder, MADE, 120)
    written(monkeypatch, lambda folder: turned(folder / "tile/entries/000", 80))
    monkeypatch.setattr(log_files, "check_written", lambda *_: None)
    seal(folder, lambda begin: MADE[begin:300], signer)

    assert verify_log(folder, [signer.key.verifier]).suspects == (0, 1)


def test_after_a_refusal_the_next_seal_mends_it(tmp_path, monkeypatch):
    """What the refused run has left is removed, and the entries are asked for again."""
    folder = tmp_path / "log"
    signer, heads = sealed(folder, MADE, 120)
    with monkeypatch.context() as patch:
        written(patch, lambda folder: turned(folder / "tile/entries/000", 80))
        with pytest.raises(LedgerError):
            seal(folder, lambda begin: MADE[begin:300], signer)
    (folder / "tile" / "0" / ".000.1a2b3c4d.part").write_bytes(b"half")
    left = verify_log(folder, [signer.key.verifier])
    other = entries(400, b"other ")
    seal(folder, lambda begin: [*MADE[:120], *other][begin:200], signer)
    found = verify_log(folder, [signer.key.verifier], {"old": heads[120]})

    assert left.beyond == 5
    assert found.intact, str(found)
    assert found.beyond == 0
    assert not list(folder.rglob("*.part"))


def test_an_old_copy_is_not_signed(tmp_path):
    """A folder restored from yesterday's copy is recognised by what the key signed last: signing it would be a fork."""
    folder = tmp_path / "log"
    signer, _ = sealed(folder, MADE, 150)
    shutil.copytree(folder, tmp_path / "copy")
    sealed(folder, MADE, 300, signer=signer)
    shutil.rmtree(folder)
    shutil.copytree(tmp_path / "copy", folder)
    with pytest.raises(LedgerError, match=r"TL-L027 the folder does not hold what was signed last \(300 entries"):
        seal(folder, lambda begin: entries(400, b"fork ")[begin:], signer)

    assert (folder / "checkpoint").read_bytes() == (tmp_path / "copy" / "checkpoint").read_bytes()


def test_without_the_memory_of_the_key_the_fork_is_signed(tmp_path):
    """Control: with the memory of the key removed, the old copy is signed anew; only the older head shows the fork."""
    folder = tmp_path / "log"
    signer, _ = sealed(folder, MADE, 150)
    shutil.copytree(folder, tmp_path / "copy")
    _, heads = sealed(folder, MADE, 300, signer=signer)
    shutil.rmtree(folder)
    shutil.copytree(tmp_path / "copy", folder)
    signer.memory.unlink()
    seal(folder, lambda begin: entries(400, b"fork ")[begin:], signer)
    keys = [signer.key.verifier]

    assert verify_log(folder, keys).intact
    assert verify_log(folder, keys, {"old": heads[300]}).faults[0].code == "TL-L025"


def test_a_head_that_was_signed_and_not_shown_is_shown(tmp_path, monkeypatch):
    """Killed between keeping a head and showing it: the next run finds it in the folder, and goes on from there."""
    folder = tmp_path / "log"
    signer, _ = sealed(folder, MADE, 150)
    asked = []
    with monkeypatch.context() as patch:
        patch.setattr(log_files, "put", lambda *_: (_ for _ in ()).throw(KeyboardInterrupt))
        with pytest.raises(KeyboardInterrupt):
            seal(folder, lambda begin: MADE[begin:300], signer)
    shown = (folder / "checkpoint").read_bytes()
    checkpoint = seal(folder, lambda begin: asked.append(begin) or MADE[begin:400], signer)

    assert b"\n150\n" in shown
    assert asked == [300]
    assert checkpoint.head == Head(400, root_of(map(leaf_hash, MADE[:400])))


def test_a_folder_that_was_changed_is_not_signed(tmp_path):
    """Tiles that do not make up the last signed root, are cut off, or are gone: refused, with the cause."""
    folder = tmp_path / "log"
    signer, _ = sealed(folder, MADE, 150)
    tile = folder / "tile/0/000.p/150"
    good = tile.read_bytes()
    for bad, cause in ((good[:-1] + bytes([good[-1] ^ 1]), "TL-L027"), (good[:-1], "TL-L021"), (None, "TL-L021")):
        tile.write_bytes(bad) if bad else tile.unlink()
        with pytest.raises(LedgerError, match=r"TL-L027 the folder does not hold") as raised:
            seal(folder, lambda begin: MADE[begin:], signer)

        assert raised.value.faults[-1].code == cause


def test_a_bundle_that_cannot_be_continued(tmp_path):
    """The last entries are read before others are put behind them; what cannot be read is told."""
    folder = tmp_path / "log"
    signer, _ = sealed(folder, MADE, 150)
    path = folder / "tile/entries/000.p/150"
    path.write_bytes(path.read_bytes()[:-1])
    with pytest.raises(LedgerError, match="TL-L021 entry 149 is cut off or missing"):
        seal(folder, lambda begin: MADE[begin:], signer)


def test_another_key_does_not_sign(tmp_path):
    """Neither a new key of the name, unless the former one is given, nor the key of another log."""
    folder = tmp_path / "log"
    signer, heads = sealed(folder, MADE, 150)
    new = Signer(make_key(NAME), tmp_path / "new.signed")
    with pytest.raises(LedgerError, match="TL-L012 no known key has signed it"):
        seal(folder, lambda begin: MADE[begin:], new)
    seal(folder, lambda begin: MADE[begin:], new, former=[signer.key.verifier])
    both = [signer.key.verifier, new.key.verifier]

    assert verify_log(folder, both, {"old": heads[150]}).intact
    assert [one.code for one in verify_log(folder, both[1:], {"old": heads[150]}).faults] == ["TL-L012"]


def test_the_head_of_another_log_is_not_continued(tmp_path):
    """One key that signed two logs: the head says which of them it is, and the other one is refused."""
    signer = Signer(make_key(NAME), tmp_path / "signed")
    (tmp_path / "log").mkdir()
    note = sign(str(Checkpoint("southbank.example/log", Head(0, EMPTY_ROOT))), signer.key.verifier, signer.key.sign)
    (tmp_path / "log" / "checkpoint").write_bytes(str(note).encode())
    with pytest.raises(LedgerError, match=r"TL-L031 this is a head of the log 'southbank\.example/log'"):
        seal(tmp_path / "log", lambda begin: MADE[begin:], signer)


def test_one_signer_at_a_time(tmp_path):
    """While somebody seals, nobody else does, and the key signs no copy of the log elsewhere."""
    folder = tmp_path / "log"
    signer, _ = sealed(folder, MADE, 150)
    for path in (folder / ".lock", tmp_path / f"{signer.memory.name}.lock"):
        with locked(path), pytest.raises(LedgerError, match="TL-L026"):
            seal(folder, lambda begin: MADE[begin:], signer)


def test_an_entry_that_is_too_long(tmp_path):
    """It is refused before anything is signed."""
    folder = tmp_path / "log"
    signer, _ = sealed(folder, MADE, 3)
    with pytest.raises(LedgerError, match="TL-L020"):
        seal(folder, lambda _: [bytes(65_536)], signer)

    assert signer.last() == (folder / "checkpoint").read_bytes()


def test_large_entries_are_written_in_several_batches(tmp_path):
    """Entries of any allowed length are kept; what is gathered in memory is bounded."""
    folder = tmp_path / "log"
    made = [bytes([number % 256]) * 65_535 for number in range(300)]
    signer, _ = sealed(folder, made)

    assert list(read_entries(folder, 300)) == made
    assert verify_log(folder, [signer.key.verifier]).intact
