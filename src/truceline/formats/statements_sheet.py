"""Sheets of statements in another layout, in which one column holds the speaker: their cells under our names.

Their first column is ``stmt_id``; the first word of the chain says what the speaker is ("named", "official",
"?"); the value stands in two columns and its unit in a third. Our own columns may stand beside theirs, and
what is filled in there goes before.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

__all__ = ["SHEET_COLUMNS", "from_sheet"]

_SAME: Final = MappingProxyType({
    "stmt_id": "id", "date": "published", "reference_line_as_stated": "line", "subject_as_stated": "subject",
})  # fmt: skip
SHEET_COLUMNS: Final = (*_SAME, "speaker", "speaker_affil", "kind", "value_min", "value_max", "unit")
_STANCES: Final = MappingProxyType({
    "monitoring": "states", "term": "states", "position_report": "states", "reading": "interprets",
    "position": "interprets", "demand": "demands", "offer": "offers",
})  # fmt: skip
"""What their kinds are called here; another kind is kept, and refused as a stance."""


def from_sheet(cells: Mapping[str, str]) -> dict[str, str]:
    """Give the cells of one row under our names.

    >>> row = {"stmt_id": "n-1", "speaker": "Ada North", "speaker_affil": "Northbank", "chain": "named>Agency",
    ...        "kind": "demand", "value_min": "5.0", "value_max": "7.0", "unit": "km"}
    >>> ours = from_sheet(row)
    >>> ours["person"], ours["body"], ours["stance"], ours["value"]
    ('Ada North', 'Northbank', 'demands', '5..7 km')
    """
    theirs = {column: cells.get(column, "").strip() for column in SHEET_COLUMNS}
    made = {ours: theirs[column] for column, ours in _SAME.items()}
    made |= {"stance": _STANCES.get(theirs["kind"], theirs["kind"]), "value": _value(theirs), **_speaker(theirs, cells)}
    ours = {column: cell for column, cell in cells.items() if column not in SHEET_COLUMNS and cell.strip()}
    if "category" in ours and not _STANCES.get(theirs["kind"]):
        made.pop("stance")
    return made | ours


def _value(theirs: Mapping[str, str]) -> str:
    low, high, unit = (re.sub(r"(\.[0-9]*?)0+$|(?<=[0-9])\.$", r"\1", theirs[name]).removesuffix(".")
                       for name in ("value_min", "value_max", "unit"))  # fmt: skip
    number = low if low == high or not high else high if not low else f"{low}..{high}"
    return f"{number} {unit}".strip()


def _speaker(theirs: Mapping[str, str], cells: Mapping[str, str]) -> dict[str, str]:
    """Say who spoke: a name only where the chain says so, several with "and" between them; in brackets is nobody."""
    role = cells.get("chain", "").partition(">")[0].strip()
    words = re.sub(r"\s*\(anon\.\)", "", theirs["speaker"])
    said = words.strip("()") if words != "(unattributed)" else ""
    bodies = [body.strip() for body in theirs["speaker_affil"].split(",") if body.strip() not in ("", "?")]
    if not said or role == "?":
        return {}
    if role not in ("named", "joint statement"):
        return {"description": said, "body": ", ".join(bodies)}
    people = [name.strip() for name in said.split(" and ")]
    matched = bodies if len(bodies) == len(people) else ["-"] * len(people)
    return {"person": "; ".join(people), "body": "; ".join(matched)}
