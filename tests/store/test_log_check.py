"""Verify a log: an older head finds every change to what it speaks of; controls say what is not found without one."""

import random
import shutil

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from logs import NAME, entries, files, sealed, second_opinion
from truceline.errors import LedgerError
from truceline.evidence.checkpoint import Checkpoint
from truceline.evidence.merkle import EMPTY_ROOT, Head, leaf_hash, root_of
from truceline.evidence.signed_note import sign
from truceline.evidence.tiles import bundle
from truceline.store import log_recount
from truceline.store.log_check import verify_log
from truceline.store.log_files import seal
from truceline.store.signing import Signer, make_key

MADE = entries(700)
KEY = make_key(NAME)


def resigned(folder, made):
    """Write a log of these entries with the key of the log and no memory: what whoever holds the key can do."""
    shutil.rmtree(folder, ignore_errors=True)
    sealed(folder, made, signer=Signer(KEY, folder.parent / "forger.signed"))
    (folder.parent / "forger.signed").unlink()


@pytest.fixture
def log(tmp_path):
    """Give a log of 700 entries, with its older heads."""
    _, heads = sealed(tmp_path / "log", MADE, 150, 300, 600, 700, signer=Signer(KEY, tmp_path / "signed"))
    return tmp_path / "log", heads


EDITS = {
    "edit": lambda made: [*made[:123], b"x" * 32, *made[124:]],
    "deletion": lambda made: made[:123] + made[124:],
    "insertion": lambda made: [*made[:123], b"x" * 32, *made[123:]],
    "reorder": lambda made: [*made[:123], made[124], made[123], *made[125:]],
    "deletion and padding": lambda made: [*made[:123], *made[124:], b"x" * 32],
}


@pytest.mark.parametrize("name", EDITS)
def test_a_rewritten_log_is_found_by_an_older_head(log, name):
    """Signed anew by whoever holds the key: both verifiers find it by yesterday's head, and not without (control)."""
    folder, heads = log
    resigned(folder, EDITS[name](MADE))
    alone = verify_log(folder, [KEY.verifier])
    found = verify_log(folder, [KEY.verifier], {"old": heads[300]})

    assert (alone.intact, second_opinion(folder, KEY.verifier)) == (True, ([], None))
    assert "does not show whether anything was cut off or rewritten" in str(alone)
    assert [fault.code for fault in found.faults] == ["TL-L025"]
    assert found.suspects == second_opinion(folder, KEY.verifier, [heads[300]])[1] == (0, 300)


@pytest.mark.parametrize("size", [0, 1, 299, 599])
def test_a_truncated_log_is_found_by_an_older_head(log, size):
    """The end cut off and the rest signed anew: the first missing entry is named; without the head it looks sound."""
    folder, heads = log
    resigned(folder, MADE[:size])
    found = verify_log(folder, [KEY.verifier], {"old": heads[600]})

    assert verify_log(folder, [KEY.verifier]).intact
    assert second_opinion(folder, KEY.verifier)[0] == []
    assert [fault.code for fault in found.faults] == ["TL-L024"]
    assert found.suspects == second_opinion(folder, KEY.verifier, [heads[600]])[1] == (size, size + 1)


def test_an_old_copy_of_the_log_is_found(log, tmp_path):
    """Yesterday's whole folder, put back as it was: sound in itself, and cut off by any newer head."""
    _, heads = log
    sealed(tmp_path / "copy", MADE, 300, signer=Signer(KEY, tmp_path / "forger.signed"))

    assert verify_log(tmp_path / "copy", [KEY.verifier], {"older": heads[150]}).intact
    assert not verify_log(tmp_path / "copy", [KEY.verifier], {"newer": heads[700]}).intact


def test_more_heads_close_in_on_the_first_bad_entry(log):
    """With several heads it lies between the last that fits and the first that does not."""
    folder, heads = log
    resigned(folder, [*MADE[:400], b"x" * 32, *MADE[401:]])
    found = verify_log(folder, [KEY.verifier], {str(size): data for size, data in heads.items()})

    assert found.suspects == (300, 600)
    assert found.older == ("150", "300")
    assert "one of the entries 300 to 599" in str(found)


@pytest.mark.parametrize("index", [0, 123, 255, 256, 511, 512, 699])
def test_an_edit_without_the_key_names_the_entry(log, index):
    """Changed in the file alone: the signed root and the tiles lead down to the very entry, for both verifiers."""
    folder, heads = log
    number = index // 256
    path = folder / (f"tile/entries/00{number}" + (".p/188" if number == 2 else ""))
    made = MADE[number * 256 : number * 256 + 256]
    made[index % 256] = b"x" * 32
    path.write_bytes(bundle(made))
    found = verify_log(folder, [KEY.verifier], {"old": heads[150]})

    assert {"TL-L022", "TL-L023"} <= {fault.code for fault in found.faults}
    assert found.suspects == second_opinion(folder, KEY.verifier)[1] == (index, index + 1)
    assert f"The first bad entry is entry {index}, counted from 0." in str(found)


def test_an_edit_in_a_log_of_full_tiles(tmp_path):
    """Where the last tile is full, the way down from the root begins a level higher."""
    folder = tmp_path / "log"
    sealed(folder, MADE, 512, signer=Signer(KEY, tmp_path / "signed"))
    (folder / "tile/entries/001").write_bytes(bundle([*MADE[256:511], b"x" * 32]))

    assert verify_log(folder, [KEY.verifier]).suspects == second_opinion(folder, KEY.verifier)[1] == (511, 512)


def test_an_edit_with_its_tile_is_bounded_by_the_tile_above(log):
    """Entry and tile changed together, without the key: the level above still stands, so the 256 entries are named."""
    folder, _ = log
    made = [*MADE[256:300], b"x" * 32, *MADE[301:512]]
    (folder / "tile/entries/001").write_bytes(bundle(made))
    (folder / "tile/0/001").write_bytes(b"".join(map(leaf_hash, made)))
    found = verify_log(folder, [KEY.verifier])
    (folder / "tile/0/001").unlink()
    without = verify_log(folder, [KEY.verifier])

    assert found.suspects == without.suspects == (256, 512)
    assert second_opinion(folder, KEY.verifier)[0]


def test_where_no_tile_leads_to_the_root_an_older_head_bounds(log):
    """Entries and all tiles changed, without the key: nothing below the signed root stands, and all are suspect."""
    folder, heads = log
    checkpoint = (folder / "checkpoint").read_bytes()
    resigned(folder, [*MADE[:650], *entries(50, b"x")])
    (folder / "checkpoint").write_bytes(checkpoint)
    found = verify_log(folder, [KEY.verifier], {"600": heads[600]})
    (folder / "tile/1/000.p/2").unlink()

    assert found.suspects == (0, 700)
    assert found.older == ("600",)
    assert verify_log(folder, [KEY.verifier]).suspects == (0, 700)


def test_a_damaged_tile_is_no_bad_entry(log):
    """The entries make up the signed root: the tile is told, and no entry is suspected; both verifiers agree."""
    folder, heads = log
    for name in ("tile/0/001", "tile/1/000.p/2", "tile/0/002.p/188", "tile/0/002.p/88", "tile/entries/002.p/88"):
        path = folder / name
        good = path.read_bytes()
        path.write_bytes(good[:-1] + bytes([good[-1] ^ 1]))
        found = verify_log(folder, [KEY.verifier], {"old": heads[150]})
        second = second_opinion(folder, KEY.verifier)
        path.write_bytes(good)

        assert [(fault.code, fault.at) for fault in found.faults] == [("TL-L022", str(path))]
        assert found.suspects is None
        assert len(second[0]) == 1
        assert second[1] is None


@pytest.mark.parametrize(
    ("name", "data", "code"),
    [
        ("tile/0/000", None, "TL-L021"),
        ("tile/1/000.p/2", None, "TL-L021"),
        ("tile/0/000", bytes(8191), "TL-L021"),
        ("tile/0/000", bytes(8193), "TL-L021"),
        ("tile/0/002.p/12", bytes(12), "TL-L021"),
        ("tile/entries/002.p/12", b"\0", "TL-L021"),
        ("tile/0/000.p/256", bytes(32), "TL-L029"),
        ("tile/notes.txt", b"hello", "TL-L029"),
    ],
)
def test_files_that_are_missing_or_do_not_belong(log, name, data, code):
    """What is not there, of another length, or no file of a log is told by both verifiers."""
    folder, _ = log
    (folder / name).parent.mkdir(exist_ok=True)
    (folder / name).write_bytes(data) if data is not None else (folder / name).unlink()
    found = verify_log(folder, [KEY.verifier])

    assert [(fault.code, fault.at) for fault in found.faults] == [(code, str(folder / name))]
    assert {fault.partition(":")[0] for fault in second_opinion(folder, KEY.verifier)[0]} == {str(folder / name)}


@pytest.mark.parametrize("data", [None, b"", b"\0", bytes(256 * 65_537 + 1)])
def test_entries_that_cannot_be_read(log, data):
    """The first entry that cannot be read is named, and a head behind it cannot be told to fit."""
    folder, heads = log
    path = folder / "tile/entries/001"
    path.write_bytes(data) if data is not None else path.unlink()
    found = verify_log(folder, [KEY.verifier], {"150": heads[150], "300": heads[300]})

    assert found.suspects == (256, 257)
    assert found.older == ("150",)
    assert {fault.code for fault in found.faults} == {"TL-L021", "TL-L025"}
    assert second_opinion(folder, KEY.verifier)[1] == (256, 257)


def test_strays_without_end_end(log, monkeypatch):
    """After some faults nothing more is looked for."""
    monkeypatch.setattr(log_recount, "_MOST_FAULTS", 20)
    folder, _ = log
    for name in range(30):
        (folder / "tile" / f"stray{name}").write_bytes(b"")

    assert len(verify_log(folder, [KEY.verifier]).faults) == 21


def test_a_head_without_end_ends(tmp_path, monkeypatch):
    """A signed head of 2**62 entries is told to be wrong after some faults, not searched for ever."""
    monkeypatch.setattr(log_recount, "_MOST_FAULTS", 20)
    folder = tmp_path / "log"
    sealed(folder, MADE, 300, signer=Signer(KEY, tmp_path / "signed"))
    note = sign(str(Checkpoint(NAME, Head(2**62, EMPTY_ROOT))), KEY.verifier, KEY.sign)
    (folder / "checkpoint").write_bytes(str(note).encode())
    found = verify_log(folder, [KEY.verifier])

    assert 20 < len(found.faults) < 60
    assert found.suspects == (0, 2**62)
    assert second_opinion(folder, KEY.verifier)[1] == (256, 257)


def test_what_is_no_head_of_the_log(log):
    """A checkpoint that nobody known has signed, one of another log, one that cannot be read: each is told."""
    folder, heads = log
    other = make_key("southbank.example/log")
    foreign = str(sign(str(Checkpoint(other.name, Head(0, EMPTY_ROOT))), other.verifier, other.sign)).encode()
    given = {"unread": b"x", "unsigned": heads[300].replace(b"300", b"299"), "foreign": foreign}
    found = verify_log(folder, [KEY.verifier, other.verifier], given)

    assert [(fault.at, fault.code) for fault in found.faults] == [
        ("unread", "TL-L010"), ("unsigned", "TL-L012"), ("foreign", "TL-L031"),
    ]  # fmt: skip
    assert found.suspects is None


def test_a_checkpoint_that_does_not_hold(log):
    """Changed, of an unknown key, or no checkpoint at all: told, and no entry is suspected for it."""
    folder, _ = log
    path = folder / "checkpoint"
    good = path.read_bytes()
    for bad in (good.replace(b"\n700\n", b"\n300\n"), b"nonsense"):
        path.write_bytes(bad)
        found = verify_log(folder, [KEY.verifier])

        assert found.faults[0].code in {"TL-L010", "TL-L012"}
        assert (found.suspects, found.intact) == (None, False)
        assert str(found.faults[0]) in str(found)
        with pytest.raises(LedgerError):
            found.demand()
    path.write_bytes(good)

    assert verify_log(folder, [make_key(NAME).verifier]).faults[0].code == "TL-L012"
    assert verify_log(folder, []).faults[0].code == "TL-L012"
    with pytest.raises(LedgerError, match="TL-L028"):
        verify_log(folder / "tile", [KEY.verifier])


def test_two_heads_of_one_size_are_a_fork(log):
    """The same number of entries and another root, both signed: one of them is not of this log."""
    folder, heads = log
    forged = str(sign(str(Checkpoint(NAME, Head(700, EMPTY_ROOT))), KEY.verifier, KEY.sign)).encode()

    assert [fault.code for fault in verify_log(folder, [KEY.verifier], {"fork": forged}).faults] == ["TL-L025"]
    (folder / "checkpoint").write_bytes(forged)
    found = verify_log(folder, [KEY.verifier], {"shown": heads[700]})
    assert ([fault.code for fault in found.faults], found.suspects) == (["TL-L023"], (0, 700))


def test_the_words(log):
    """A sound log is told with its size and root, and with what that does not show; nothing is raised."""
    folder, heads = log
    found = verify_log(folder, [KEY.verifier], {"yesterday": heads[600]})
    found.demand()

    assert str(found) == (
        f"{NAME}: 700 entries, root {root_of(map(leaf_hash, MADE)).hex()[:16]}...; every entry is as signed.\n"
        "It continues what was signed before: yesterday.\n"
        "A verified log is not a verified event: it shows what was put down, not what happened."
    )


def random_edit(chance, made):
    """Change some entries of a list in one of the ways there are."""
    made = list(made)
    for _ in range(chance.randint(1, 4)):
        place, other = (chance.randrange(len(made)) for _ in range(2))
        act = chance.choice(["edit", "delete", "insert", "swap", "cut"])
        if act == "edit":
            made[place] = chance.randbytes(32)
        elif act == "delete" and len(made) > 1:
            del made[place]
        elif act == "insert":
            made.insert(place, chance.randbytes(32))
        elif act == "swap":
            made[place], made[other] = made[other], made[place]
        elif place:
            del made[place:]
    return made


@pytest.mark.slow
def test_random_edits_are_found(tmp_path):
    """300 logs rewritten at random and signed anew: found by both verifiers exactly if the old entries were touched."""
    _, heads = sealed(tmp_path / "log", MADE, 500, signer=Signer(KEY, tmp_path / "signed"))
    folder, wrong = tmp_path / "forged", []
    for seed in range(300):
        forged = random_edit(random.Random(seed), MADE)
        same = forged[:500] == MADE[:500]
        resigned(folder, forged)
        found = verify_log(folder, [KEY.verifier], {"old": heads[500]})
        first = next((i for i, (a, b) in enumerate(zip(forged, MADE, strict=False)) if a != b), len(forged))
        named = found.suspects is None or found.suspects[0] <= first < found.suspects[1] or len(forged) < 500
        if found.intact != same or not named or bool(second_opinion(folder, KEY.verifier, [heads[500]])[0]) == same:
            wrong.append(seed)

    assert wrong == []


@settings(max_examples=25)
@given(st.data())
def test_random_edits_of_the_files_name_the_first_bad_entry(tmp_path_factory, data):
    """Entries changed in their bundles without the key: the first of them is named exactly."""
    folder = tmp_path_factory.mktemp("log") / "log"
    size = data.draw(st.integers(1, 700))
    sealed(folder, MADE, size, signer=Signer(KEY, folder.parent / "signed"))
    changed = sorted(data.draw(st.sets(st.integers(0, size - 1), min_size=1, max_size=5)))
    made = [b"x" * 32 if place in changed else one for place, one in enumerate(MADE[:size])]
    for path in files(folder):
        if path.relative_to(folder).parts[1:2] == ("entries",):
            number = int(path.relative_to(folder).parts[2][:3])
            path.write_bytes(bundle(made[number * 256 : number * 256 + 256]))

    assert verify_log(folder, [KEY.verifier]).suspects == (changed[0], changed[0] + 1)


def test_what_lies_beyond_the_head_counts_for_nothing(log):
    """Files that a killed run has left are counted, and are no entries; what they repeat must fit all the same."""
    folder, heads = log
    (folder / "checkpoint").write_bytes(heads[600])
    found = verify_log(folder, [KEY.verifier], {"old": heads[300]})
    path = folder / "tile/entries/002.p/188"
    path.write_bytes(bundle([b"x" * 32, *MADE[513:700]]))

    assert (found.intact, found.beyond) == (True, 2)
    assert [fault.code for fault in verify_log(folder, [KEY.verifier]).faults] == ["TL-L022"]


def test_nothing_is_written(log):
    """Verifying leaves every file, and every date of one, as it was."""
    folder, heads = log
    before = {path: (path.read_bytes(), path.stat().st_mtime_ns) for path in folder.rglob("*") if path.is_file()}
    verify_log(folder, [KEY.verifier], {"old": heads[150]})

    assert {path: (path.read_bytes(), path.stat().st_mtime_ns) for path in before} == before


def test_seal_after_verify(log, tmp_path):
    """A log that verifies goes on growing."""
    folder, _ = log
    seal(folder, lambda begin: entries(1000)[begin:], Signer(KEY, tmp_path / "signed"))

    assert verify_log(folder, [KEY.verifier]).checkpoint.head.size == 1000
