"""Where a finding ends: editors want a range, and the file knows places."""

from __future__ import annotations

from truceline.terms.agreement import Agreement
from truceline.terms.lint.finding import LintFinding

__all__ = ["Range", "ranges_of"]

Range = tuple[int, int, int]
"""Line, first column and the column behind the last one, counted from 1 in Unicode code points."""

_MOST = 120


def ranges_of(agreement: Agreement, findings: tuple[LintFinding, ...]) -> tuple[Range, ...]:
    """Give the range of each finding: the key, or the entry of a list, at which it stands; at least one column.

    Of words that go over several lines the first column is marked.
    """
    lengths: dict[tuple[int, int], int] = {}
    for _, node in agreement.root.walk():
        if isinstance(node.value, str) and "\n" not in node.value and len(node.value) <= _MOST:
            lengths.setdefault(node.place, len(node.value) + 2 * node.quoted)
        lengths.update({place: len(key) for key, place in node.keys.items()})
    return tuple(_range(*_place(finding), lengths) for finding in findings)


def _place(finding: LintFinding) -> tuple[int, int]:
    _, line, col = finding.at.rsplit(":", 2)
    return int(line), int(col)


def _range(line: int, col: int, lengths: dict[tuple[int, int], int]) -> Range:
    return line, col, col + max(lengths.get((line, col), 1), 1)
