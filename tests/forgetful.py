"""A folder that is watched, so that it can be said what of it is left when the power is cut.

All that is done below it by `store/durable.py` and `store/log_files.py` is noted: folders and names that are made, new
and removed; contents; and what is synced. A content lasts once its file is synced, a name once its folder is.
"""

import os
import shutil
from pathlib import Path


class Folder:
    """What was done below a folder, in order."""

    def __init__(self, root, patch, *modules):
        """Begin to watch; `patch` is taken back by whoever gave it."""
        self.root, self.done, self.handles = root, [], {}
        self.real = {name: getattr(os, name) for name in ("open", "fsync", "replace", "unlink", "mkdir")}
        self.rmtree = shutil.rmtree
        for name in self.real:
            patch.setattr(os, name, getattr(self, name))
        for module in modules:
            if hasattr(module, "shutil"):
                patch.setattr(module.shutil, "rmtree", self.removed)

    def open(self, path, flags, *args, **more):
        """Open, and remember what the handle is of."""
        handle = self.real["open"](path, flags, *args, **more)
        self.handles[handle] = Path(path)
        return handle

    def fsync(self, handle):
        """Sync a file or a folder."""
        path = self.handles[handle]
        if path.is_dir():
            self.note("sync", path)
        else:
            self.synced_file(path)
        self.real["fsync"](handle)

    def replace(self, old, new, **more):
        """Give a file its name."""
        data = Path(old).read_bytes()
        self.real["replace"](old, new, **more)
        self.note("moved", old, self.below(new), data)

    def unlink(self, path, **more):
        """Remove a name."""
        self.real["unlink"](path, **more)
        self.note("gone", path)

    def mkdir(self, path, *args, **more):
        """Make a folder."""
        self.real["mkdir"](path, *args, **more)
        self.note("folder", path)

    def removed(self, path, **more):
        """Remove a folder with all in it."""
        for file in sorted(Path(path).rglob("*"), reverse=True):
            self.note("gone", file)
        self.rmtree(path, **more)

    def below(self, path):
        """Name a path as it is called here."""
        return Path(path).relative_to(self.root)

    def note(self, what, path, *more):
        """Note what was done, if it was done here."""
        if Path(path).is_relative_to(self.root):
            self.done.append((what, self.below(path), *more))

    def synced_file(self, path):
        """Note that the content of a file lasts."""
        self.note("content", path)

    def left(self, goal, at, chance):
        """Make what may be left after the first steps, in a new folder, and give it.

        Of the changes of one folder's names those before its last sync are left, and of the others each by chance, the
        earlier ones first. A file whose content was never synced may be left empty.
        """
        steps = self.done[:at]
        synced = {what[1]: number for number, what in enumerate(steps) if what[0] == "sync"}
        whole = {what[1] for what in steps if what[0] == "content"}
        goal.mkdir()
        stopped = set()
        for number, (what, path, *more) in enumerate(steps):
            folder = (more[0] if what == "moved" else path).parent
            kept = number < synced.get(folder, -1) or (folder not in stopped and chance.random() < 0.5)
            if what in ("sync", "content") or not kept:
                stopped |= {folder} if what not in ("sync", "content") else set()
                continue
            if what == "folder" and (goal / path.parent).is_dir():
                (goal / path).mkdir(exist_ok=True)
            elif what == "moved" and (goal / folder).is_dir():
                data = more[1] if path in whole or chance.random() < 0.5 else b""
                (goal / more[0]).write_bytes(data)
            elif what == "gone":
                (goal / path).unlink(missing_ok=True) if not (goal / path).is_dir() else None
        return goal
