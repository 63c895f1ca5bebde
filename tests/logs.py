"""Logs for tests, made of fixed bytes and sealed at chosen sizes; and the second verifier, loaded from its file."""

import hashlib
import importlib.util
from pathlib import Path

from truceline.evidence.signed_note import VerifierKey
from truceline.store.log_files import seal
from truceline.store.signing import Signer, make_key

NAME = "northbank.example/log"

_FILE = Path(__file__).parents[1] / "verifier" / "verify_ledger.py"


def entries(count, salt=b""):
    """Make entries of 32 bytes, as commitments are, always the same."""
    return [hashlib.sha256(salt + str(number).encode()).digest() for number in range(count)]


def sealed(folder, made, *sizes, signer=None):
    """Seal a log in a folder at each size in turn, and give its signer and the heads, by size."""
    signer = signer or Signer(make_key(NAME), folder.parent / f"{folder.name}.key.signed")
    heads = {}
    for size in sizes or (len(made),):
        seal(folder, lambda begin, end=size: made[begin:end], signer)
        heads[size] = (folder / "checkpoint").read_bytes()
    return signer, heads


def files(folder):
    """Give the files of a log, without its lock, in order."""
    return sorted(path for path in folder.rglob("*") if path.is_file() and not path.name.startswith("."))


def load_verifier():
    """Load the second verifier, which is no part of the package."""
    spec = importlib.util.spec_from_file_location("verify_ledger", _FILE)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


SECOND = load_verifier()


def second_opinion(folder, key: VerifierKey, heads=()):
    """Ask the second verifier; give what it found wrong, and the bounds of the first bad entry."""
    old = [(f"head {number}", head) for number, head in enumerate(heads)]
    found, _ = SECOND.verify(folder, [SECOND.read_key(str(key))], old)
    return found.faults, found.first
