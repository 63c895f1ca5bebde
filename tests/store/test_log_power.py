"""The power is cut while a log grows: the head that is shown is backed by its files, and nothing told is lost."""

import os
import random
from pathlib import Path

import pytest

from forgetful import Folder
from logs import NAME, entries
from truceline.errors import LedgerError
from truceline.store import durable, log_files
from truceline.store.log_check import verify_log
from truceline.store.log_files import seal
from truceline.store.signing import Signer, make_key

MADE = entries(600)
SIZES = (3, 250, 300, 600)
CHOICES = 20 if os.environ.get("TRUCELINE_TORTURE") else 1
"""How often chance decides what is left, for each point at which the power is cut."""


def grown(root, monkeypatch):
    """Let a log grow by some seals in a watched folder; give what was done, the signer, and when heads were told."""
    signer = Signer(make_key(NAME), root / "key.signed")
    with monkeypatch.context() as patch:
        watched = Folder(root, patch, durable, log_files)
        told = []
        for size in SIZES:
            seal(root / "ledger" / "log", lambda begin, end=size: MADE[begin:end], signer)
            told.append((len(watched.done), size))
    return watched, signer, told


def wrong_after(signer, told, left, at):
    """Say what is wrong in what a cut has left: a head that was told and is not there, or one that is not backed."""
    signer = Signer(signer.key, left / signer.memory.name)
    size = max((size for when, size in told if when <= at), default=0)
    folder = left / "ledger" / "log"
    try:
        shown = verify_log(folder, [signer.key.verifier]) if (folder / "checkpoint").exists() else None
        if shown and not shown.intact:
            return str(shown)
        if size and (not shown or shown.checkpoint.head.size < size):
            return f"told {size}, shown {shown and shown.checkpoint.head.size}"
        again = seal(folder, lambda begin: MADE[begin:], signer)
        found = verify_log(folder, [signer.key.verifier])
    except LedgerError as error:
        return str(error)
    return "" if found.intact and again.head.size == len(MADE) else str(found)


def cut_everywhere(tmp_path, monkeypatch):
    """Cut the power at every point; list what is wrong."""
    (tmp_path / "disk").mkdir()
    watched, signer, told = grown(tmp_path / "disk", monkeypatch)
    chance, wrong = random.Random(41), []
    for at in range(len(watched.done) + 1):
        for number in range(CHOICES):
            left = watched.left(tmp_path / f"{at}-{number}", at, chance)
            wrong += [(at, each)] if (each := wrong_after(signer, told, left, at)) else []
    return wrong


@pytest.fixture
def unsynced(monkeypatch):
    """Let the folder of the copies be synced no more: what they hold is looked at only now."""
    monkeypatch.setattr(os, "fsync", lambda _: None)


@pytest.mark.slow
@pytest.mark.usefixtures("unsynced")
def test_every_head_is_backed_wherever_the_power_is_cut(tmp_path, monkeypatch):
    """What was not synced is kept by chance: the log verifies, nothing that was told is lost, and it grows on."""
    assert cut_everywhere(tmp_path, monkeypatch) == []


@pytest.mark.slow
@pytest.mark.usefixtures("unsynced")
@pytest.mark.parametrize("what", ["folders", "files"])
def test_without_syncs_heads_are_lost(tmp_path, monkeypatch, what):
    """Control of the test above: where folders, or files, are not synced, heads are lost or not backed."""
    if what == "folders":
        for module in (durable, log_files):
            monkeypatch.setattr(module, "sync_folder", lambda _: None)
    else:
        monkeypatch.setattr(Folder, "synced_file", lambda *_: None)

    assert cut_everywhere(tmp_path, monkeypatch)


def test_a_new_folder_lasts(tmp_path, monkeypatch):
    """The names of the folders of a ledger are synced, as are the names of the files in them."""
    watched = Folder(tmp_path, monkeypatch, durable, log_files)
    durable.make_folder(tmp_path / "a" / "b")
    durable.make_folder(tmp_path / "a" / "b")

    assert watched.done == [("folder", Path("a")), ("folder", Path("a/b")), ("sync", Path("a")), ("sync", Path())]
