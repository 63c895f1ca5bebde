"""A patch laid over the text, by a reading or an amendment: entries added, replaced and dropped, places kept."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from truceline.terms.model import Document
from truceline.terms.node import Node, Place, Step
from truceline.terms.trouble import Steps, Trouble, guess, shown, unknown

__all__ = ["Patch", "patch_of", "patched"]

Patch = tuple[str, str]
"""Which patch: `readings` or `amendments`, and its name."""

# What a patch may change; it cannot patch other patches, nor which agreement it is about.
_FIXED = ("truceline", "agreement", "readings", "amendments")
_KINDS = {"readings": "a reading", "amendments": "an amendment"}
_SINGLE = ("term",)  # sections without named entries
_DRAWN = ("lines", "areas")  # reports are located on them once, whatever the reading
_COURSE = ("geometry", "plus", "uncertainty", "edges", "versions")
_RESTING = ("provisions.", "conditions.")  # what must have a source
_OPEN = tuple(name for name in Document.model_fields if name not in _FIXED)


def patch_of(root: Node, patch: Patch) -> Node:
    """Give the node of a patch."""
    section, name = patch
    return root.entries[section].entries[name]


def patched(root: Node, patch: Patch) -> tuple[Node, tuple[Trouble, ...]]:
    """Apply the `add` and `set` of a patch to the text, and take away the provisions that it `drops`.

    A path ends at the value to replace: the new value takes its place as a whole and is not merged
    with the old one. What is added under `add` must be new, what is set must stand in an entry that
    exists. What is added without a source rests on the source of the patch.

    Returns
    -------
    root : Node
        The text under the patch; what could not be applied is left as it was.
    troubles : tuple of Trouble
        Paths that lead nowhere.

    Examples
    --------
    >>> text = Node({"term": Node({"until": Node("none", 1, 8)}, 1, 7)}, 1, 1)
    >>> patch = Node({"set": Node({"term.until": Node("2031-01-01", 3, 9)}, 3, 3)}, 2, 3)
    >>> whole = text.with_entry("readings", Node({"south": patch}, 2, 1), (2, 1))
    >>> after, troubles = patched(whole, ("readings", "south"))
    >>> after.find("term.until").value, troubles
    ('2031-01-01', ())
    """
    troubles: list[Trouble] = []
    mine = patch_of(root, patch)
    for verb in ("add", "set"):
        changes = mine.child(verb)
        for path, value in (changes.entries if changes else {}).items():
            found = list(_refusals(root, path, (*patch, verb, path)))
            troubles.extend(found)
            if changes is not None and not found:
                entry = _with_source(mine, path, value) if verb == "add" else value
                root = _replaced(root, root.steps(path), entry, changes.keys.get(path, value.place))
    dropped, found = _dropped(root, patch)
    return dropped, (*troubles, *found)


def _dropped(root: Node, patch: Patch) -> tuple[Node, list[Trouble]]:
    """Take away the provisions that an amendment drops."""
    drops, provisions = patch_of(root, patch).child("drops"), root.child("provisions")
    names = [node.value for node in drops.value if isinstance(node, Node)] if drops else []
    there = provisions.entries if provisions else {}
    found = [
        unknown((*patch, "drops", index), "TL-E027", str(name), "a provision", there, "name one that the text has")
        for index, name in enumerate(names)
        if name not in there
    ]
    if provisions is None or not names:
        return root, found
    left = replace(provisions, value={name: node for name, node in there.items() if name not in names})
    return root.with_entry("provisions", left, root.keys.get("provisions", provisions.place)), found


def _refusals(root: Node, path: str, at: Steps) -> Iterator[Trouble]:
    section, *rest = root.steps(path)
    verb, who = at[2], _KINDS[str(at[0])]
    if section not in _OPEN:
        meant = None if section in _FIXED else guess(str(section), _OPEN)
        remedy = f"did you mean '{meant}'?" if meant else "start the path at a section such as 'provisions'"
        yield Trouble(at, "TL-E034", f"{shown(path)}: {who} cannot patch '{section}'", remedy, key=True)
    elif not rest and section not in _SINGLE:
        yield Trouble(at, "TL-E034", f"{shown(path)} is a whole section", "name one entry of it", key=True)
    elif verb == "set" and section in _DRAWN and _redraws(root, section, rest):
        remedy = f"put one of another name under 'add' ({section}.NAME), and let the provision name it"
        yield Trouble(at, "TL-E034", f"{shown(path)}: {who} cannot redraw what the text drew", remedy, key=True)
    elif verb == "add" and root.find(path) is not None:
        yield Trouble(at, "TL-E034", f"{shown(path)} exists already", "put it under 'set'", key=True)
    else:
        yield from _dead_ends(root, path, at)


def _redraws(root: Node, section: Step, rest: list[Step]) -> bool:
    """Say whether a path changes where a line or an area runs that the text has."""
    there = root.find(f"{section}.{rest[0]}") is not None
    return there and (len(rest) == 1 or rest[1] in _COURSE)


def _dead_ends(root: Node, path: str, at: Steps) -> Iterator[Trouble]:
    section, *rest = root.steps(path)
    verb = at[2]
    entries = root.child(section)
    new_entry = verb == "add" and len(rest) == 1
    if rest and section not in _SINGLE and not new_entry and (entries is None or entries.child(rest[0]) is None):
        known = list(entries.entries) if entries else []
        meant = guess(str(rest[0]), known)
        remedy = f"did you mean '{section}.{meant}'?" if meant else "name an entry that exists, or put it under 'add'"
        yield Trouble(at, "TL-E034", f"{shown(path)}: '{section}' has no '{rest[0]}'", remedy, key=True)
        return
    node = entries
    for step in rest:
        if node is not None and isinstance(node.value, str):
            what = f"{shown(path)}: nothing can stand below a word"
            yield Trouble(at, "TL-E034", what, f"set the whole of it: end the path before '{step}'", key=True)
            return
        below = node.child(step) if node else None
        if node is not None and isinstance(node.value, tuple) and below is None and section != "actors":
            what, remedy = f"{shown(path)}: the list has no entry '{step}'", "replace the list as a whole"
            yield Trouble(at, "TL-E034", what, remedy, key=True)
            return
        node = below


def _with_source(patch: Node, path: str, value: Node) -> Node:
    source = patch.child("source")
    if not path.startswith(_RESTING) or source is None or "source" in value.entries or not value.entries:
        return value
    return value.with_entry("source", source, source.place)


def _replaced(node: Node, steps: tuple[Step, ...], value: Node, place: Place) -> Node:
    """Give a copy of a tree with one value replaced; mappings on the way that do not exist are made."""
    if not steps:
        return value
    step, *rest = steps
    if isinstance(node.value, tuple):
        if isinstance(step, int):
            items = list(node.value)
            items[step] = _replaced(items[step], tuple(rest), value, place)
            return replace(node, value=tuple(items))
        node = _as_mapping(node)
    below = node.child(step) or Node({}, *place)
    return node.with_entry(str(step), _replaced(below, tuple(rest), value, place), node.keys.get(str(step), place))


def _as_mapping(node: Node) -> Node:
    """Turn a list of names into a mapping with empty entries, as the language does with `actors`."""
    names = [item for item in node.value if isinstance(item, Node) and isinstance(item.value, str)]
    entries = {str(item.value): Node({}, *item.place) for item in names}
    return replace(node, value=entries, keys={str(item.value): item.place for item in names})
