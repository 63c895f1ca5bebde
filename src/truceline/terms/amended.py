"""The texts of a file: as amended, as signed, and as each reading has it; with all that is wrong with them."""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from truceline.terms.checking import Located, checked, located, of_patch, text_of
from truceline.terms.model import Document, Reading
from truceline.terms.node import Node
from truceline.terms.readings import Patch, patch_of, patched

__all__ = ["AS_SIGNED", "Texts", "patches_of", "texts_of"]

AS_SIGNED = "as_signed"
"""The reading under which the text is judged without its amendments, where there are some."""


@dataclass(frozen=True, slots=True)
class Texts:
    """What a file says: `documents` by reading (None: the text as amended), what is wrong, and what was left out.

    `left_out` : paths of the amendments that were not wanted, and of amendments and readings that cannot be laid over
    the text without them.
    """

    documents: Mapping[str | None, Document]
    found: tuple[Located, ...]
    left_out: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Step:
    """A patch laid over a tree: the new tree and text, the faults of the patch, and all faults of the text."""

    tree: Node
    text: Document | None
    faults: list[Located]
    every: list[Located]


def texts_of(root: Node, amendments: Container[str] | None = None) -> Texts:
    """Lay the amendments over the text, in the order of the file, and each reading over what comes of it.

    Parameters
    ----------
    root : Node
        The whole file.
    amendments : container of str, optional
        Those that are wanted; all of them without it. What cannot be laid over the text without the others is left
        out as well; where all are wanted it is a fault.
    """
    signed, found = checked(root, is_text=True)
    told, tree, text, kept, out = list(found), root, signed, list[str](), list[str]()
    for name in _named(root, "amendments"):
        wanted = amendments is None or name in amendments
        step = _laid(root, tree, ("amendments", name), told) if wanted else None
        if step is None or (step.faults and amendments is not None):
            out.append(f"amendments.{name}")
        else:
            kept.append(name)
            found, told, tree, text = [*found, *step.faults], [*told, *step.every], step.tree, step.text
    shared = _shared(root, signed, kept)
    documents: dict[str | None, Document | None] = {None: _sharing(text, shared)}
    if kept:
        documents[AS_SIGNED] = _sharing(signed, shared)
    for name in _named(root, "readings"):
        step = _laid(root, tree, ("readings", name), told) if _is_patch(root, name) else None
        if step is not None and step.faults and amendments is not None:
            out.append(f"readings.{name}")
        else:
            found = [*found, *(step.faults if step else ())]
            documents[name] = _sharing(step.text, shared) if step else documents[None]
    return Texts({name: one for name, one in documents.items() if one is not None}, tuple(found), tuple(out))


def patches_of(root: Node) -> Iterator[Patch]:
    """List what is laid over the text of a file: its amendments, and the readings that change something."""
    yield from (("amendments", name) for name in _named(root, "amendments"))
    yield from (("readings", name) for name in _named(root, "readings") if _is_patch(root, name))


def _named(root: Node, section: str) -> Iterable[str]:
    there = root.child(section)
    return there.entries if there else ()


def _is_patch(root: Node, reading: str) -> bool:
    """Say whether the reading changes the text at all; one of a wrong form is told with the text's own faults."""
    verbs = [patch_of(root, ("readings", reading)).child(verb) for verb in ("set", "add")]
    return any(verb is not None and verb.entries for verb in verbs)


def _laid(root: Node, tree: Node, patch: Patch, told: Iterable[Located]) -> _Step:
    after, troubles = patched(tree, patch)
    text, every = checked(text_of(after))
    return _Step(after, text, [*located(root, troubles), *of_patch(root, patch, every, told)], every)


def _shared(root: Node, signed: Document | None, kept: list[str]) -> dict[str, Any]:
    """Give what no patch changes, and every text of the file has."""
    if signed is None:
        return {}
    beside = {AS_SIGNED: _reading_as_signed(root, kept)} if kept else {}
    amendments = {name: one for name, one in signed.amendments.items() if name in kept}
    return {"readings": {**beside, **signed.readings}, "amendments": amendments}


def _sharing(text: Document | None, shared: dict[str, Any]) -> Document | None:
    if text is None or all(getattr(text, section) == entries for section, entries in shared.items()):
        return text
    return text.model_copy(update=shared)


def _reading_as_signed(root: Node, kept: Iterable[str]) -> Reading:
    """Describe the text as signed as a reading: what stands in it where the amendments say something else."""
    undone: dict[str, Any] = {}
    for name in kept:
        patch = patch_of(root, ("amendments", name))
        parts = {verb: patch.child(verb) for verb in ("add", "set", "drops")}
        undone |= dict.fromkeys(parts["add"].entries if parts["add"] else (), "not there yet")
        for path in parts["set"].entries if parts["set"] else ():
            there = root.find(path)
            undone.setdefault(path, "not stated" if there is None else there.plain())
        dropped = parts["drops"].value if parts["drops"] else ()
        undone |= {f"provisions.{one.value}": "still stands" for one in dropped if isinstance(one, Node)}
    words = "the text as signed, without its amendments"
    return Reading(holder=words, title="the text as signed", keeps="all", set=undone or None)
