"""What was not known yet on a day, and what was taken for known although no date says so, in words."""

from __future__ import annotations

from truceline.basics.counting import counted
from truceline.terms.agreement import Agreement
from truceline.terms.node import Node

__all__ = ["left_out_words", "undated_words"]

MOST = 10
"""Sources that are named; the others are counted."""

KINDS = {
    ("readings", ""): "reading", ("provisions", ""): "clause", ("demands", ""): "demand",
    ("mechanism", ""): "mechanism", ("term", ""): "term of the deal", ("parties", "consent"): "consent of the party",
    ("sets", ""): "membership of the set", ("areas", ""): "boundary of the area", ("lines", ""): "course of the line",
    ("zones", ""): "ground of the zone", ("provisions", "where"): "ground of the clause",
    ("demands", "where"): "ground of the demand", ("stances", ""): "position", ("amendments", ""): "amendment",
    ("conditions", ""): "state of the condition", ("provisions", "except"): "exception of the clause",
    ("term", "renewed"): "renewal of the term",
}  # fmt: skip
"""What the last steps of a path stand for: the section, and the part of the entry that went."""


def left_out_words(agreement: Agreement) -> str:
    """Tell what `Agreement.as_known` left out: by kind, with titles where there are some; empty if nothing.

    For the paths ``readings.north``, ``readings.south`` and ``lines.river`` this is
    'the readings north, south; the course of the line river ("the river")'.
    """
    groups: dict[str, list[str]] = {}
    for path in agreement.left_out:
        section, name, part = _split(path)
        groups.setdefault(KINDS[section, part], []).append(_called(agreement, section, name))
    return "; ".join(_group(kind, names) for kind, names in groups.items())


def undated_words(agreement: Agreement) -> str:
    """Tell which sources without any date `Agreement.as_known` took for known; empty if none."""
    names = agreement.undated
    if not names:
        return ""
    one = len(names) == 1
    head = f"{counted(len(names), 'source')} of the terms {'states' if one else 'state'} no date"
    more = f" and {len(names) - MOST:,} more" if len(names) > MOST else ""
    return f"{head}; {'it is' if one else 'they are'} taken as known: {', '.join(names[:MOST])}{more}"


def _split(path: str) -> tuple[str, str, str]:
    """Split a path of `left_out` into section, name and part."""
    section, _, name = path.partition(".")
    if section == "term":
        return section, "", name
    part = next((part for which, part in KINDS if part and which == section and name.endswith(f".{part}")), "")
    return section, name.removesuffix(f".{part}") if part else name, part


def _group(kind: str, names: list[str]) -> str:
    return f"the {kind}{'s' * (len(names) > 1)} {', '.join(names)}".rstrip()


def _called(agreement: Agreement, section: str, name: str) -> str:
    if section == "term":
        return ""
    entry = agreement.entry(f"{section}.{name}")
    if section != "stances":
        return _with_title(entry, name)
    actor, to, said = (_written(entry, key) for key in ("actor", "to", "said"))
    who = _written(agreement.entry(f"parties.{actor}"), "title") or actor
    return f"of {who} to {_aim(agreement, to)}{f' said {said}' if said else ''}"


def _aim(agreement: Agreement, name: str) -> str:
    """Name what a position is taken to."""
    if name == "agreement":
        return "the agreement"
    entries = (agreement.entry(f"{section}.{name}") for section in ("instruments", "provisions", "demands"))
    return _with_title(next((entry for entry in entries if entry is not None), None), name)


def _with_title(entry: Node | None, name: str) -> str:
    title = _written(entry, "title")
    return f'{name} ("{title}")' if title else name


def _written(entry: Node | None, key: str) -> str:
    """Give the words under a key, on one line; empty where there are none."""
    value = entry.entries[key].value if entry is not None and key in entry.entries else ""
    return " ".join(value.split()) if isinstance(value, str) else ""
