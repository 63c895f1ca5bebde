"""The second verifier: one small file that shares no code, and says the same as the first."""

import ast
import json
import subprocess
import sys
from base64 import b64encode
from pathlib import Path

import pytest

from logs import SECOND, entries, sealed
from truceline.store.signing import make_key

ROOT = Path(__file__).parents[2]
FILE = ROOT / "verifier" / "verify_ledger.py"
DATA = ROOT / "tests" / "data" / "log"
VECTORS = json.loads((DATA / "merkle.json").read_text(encoding="utf-8"))
NOTES = json.loads((DATA / "notes.json").read_text(encoding="utf-8"))


def run(*arguments):
    """Run the file as anybody would, with the program not on its path."""
    line = [sys.executable, "-I", str(FILE), *map(str, arguments)]
    return subprocess.run(line, capture_output=True, text=True, check=False)


def test_it_shares_no_code():
    """It has under 400 lines, and imports the standard library and `cryptography` alone."""
    text = FILE.read_text(encoding="utf-8")
    nodes = list(ast.walk(ast.parse(text)))
    modules = {alias.name for node in nodes if isinstance(node, ast.Import) for alias in node.names}
    modules |= {node.module for node in nodes if isinstance(node, ast.ImportFrom)}

    assert text.count("\n") < 400
    assert {name.partition(".")[0] for name in modules} <= sys.stdlib_module_names | {"cryptography"}


def test_the_published_roots():
    """Its tree is that of RFC 6962."""
    leaves = [SECOND.hash_entry(bytes.fromhex(one)) for one in VECTORS["leaves"]]

    assert [SECOND.hash_tree(leaves[:size]).hex() for size in range(1, 9)] == VECTORS["roots"]


def test_the_published_notes():
    """It reads a head of Go's checksum database, and refuses it with one digit changed; a note of two signers too."""
    key = SECOND.read_key(NOTES["sumdb"]["key"])
    origin, size, root = SECOND.read_head(NOTES["sumdb"]["note"].encode(), [key])
    go = NOTES["go"]
    both = go["text"] + "\n" + "".join(go["signatures"])

    assert (origin, size, len(root)) == ("go.sum database tree", 20_852_163, 32)
    assert SECOND.open_note(both, [SECOND.read_key(go["keys"][1])]) + "\n" == go["text"]
    for bad in (NOTES["sumdb"]["note"].replace("163", "164"), both):
        with pytest.raises(SECOND.Wrong):
            SECOND.read_head(bad.encode(), [key])


@pytest.mark.parametrize("key", [*NOTES["go"]["bad_keys"], "", "a+b", "a+b+c", "a+c74f20a3+AA=="])
def test_what_is_no_key(key):
    """A key of another kind, length or id is refused."""
    with pytest.raises(SECOND.Wrong):
        SECOND.read_key(key)


@pytest.mark.parametrize(
    "text", ["log\n1\n", "log\n01\nAAAA\n", "log\n1\nAAAA\n", "log\n\n1\n", "lo\tg\n1\nAAAA\n", "log\n1\nA\n"]
)
def test_what_is_no_head(text):
    """A text that is signed and no head is refused."""
    key = make_key("log")
    line = b64encode(key.verifier.key_id + key.sign(text.encode())).decode()
    for note in (f"{text}\n\u2014 log {line}\n", f"{text}\n- log {line}\n", f"{text}\n\u2014 log {line}", text):
        with pytest.raises(SECOND.Wrong):
            SECOND.read_head(note.encode(), [SECOND.read_key(str(key.verifier))])
    with pytest.raises(SECOND.Wrong):
        SECOND.read_head(b"\xff", [])


def test_it_runs_by_itself(tmp_path):
    """From the command line: 0 and what was found, 1 and the first bad entry, 2 for a wrong call."""
    folder, made = tmp_path / "log", entries(300)
    signer, heads = sealed(folder, made, 150, 300)
    (tmp_path / "old").write_bytes(heads[150])
    (tmp_path / "log.pub").write_text(f"{signer.key.verifier}\n", encoding="utf-8")
    good = run(folder, "--key", signer.key.verifier, "--head", tmp_path / "old")
    alone = run(folder, "--key", tmp_path / "log.pub")
    path = folder / "tile/entries/000"
    data = bytearray(path.read_bytes())
    data[34 * 7 + 9] ^= 1
    path.write_bytes(data)
    bad = run(folder, "--key", signer.key.verifier, "--head", tmp_path / "old")

    assert (good.returncode, good.stderr) == (0, "")
    assert good.stdout.startswith("northbank.example/log: 300 entries, root ")
    assert good.stdout.endswith("; 1 older heads are continued\na verified log is not a verified event\n")
    assert (alone.returncode, "no older head was given" in alone.stdout) == (0, True)
    assert (bad.returncode, bad.stdout.strip().split("\n")[-1]) == (1, "first bad entry: 7")
    assert run(folder, "--key", "nonsense").returncode == 2
    assert run(tmp_path, "--key", signer.key.verifier).returncode == 1


def test_bounds_are_told(tmp_path):
    """A log that was signed anew is told with the bounds that the older head gives."""
    made = entries(300)
    signer, heads = sealed(tmp_path / "log", made, 150)
    (tmp_path / "old").write_bytes(heads[150])
    signer.memory.unlink()
    sealed(tmp_path / "forged", entries(300, b"x"), signer=signer)
    found = run(tmp_path / "forged", "--key", signer.key.verifier, "--head", tmp_path / "old")

    assert (found.returncode, found.stdout.strip().split("\n")[-1]) == (1, "first bad entry: one of 0 to 149")


def test_the_readme_says_what_it_does_not_show():
    """The words: tamper-evident to anyone who holds an older head; a verified log is not a verified event."""
    text = " ".join((ROOT / "verifier" / "README.md").read_text(encoding="utf-8").split())

    assert "tamper-evident to anyone who holds one" in text
    assert "a verified log is not a verified event" in text
    assert "immutable" not in text
