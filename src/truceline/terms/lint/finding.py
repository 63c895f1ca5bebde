"""What the lint says about one gap in the text of an agreement; never a verdict about anybody's conduct."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

__all__ = ["LintFinding", "Severity"]

Severity = Literal["error", "warning", "info"]


@dataclass(frozen=True, slots=True)
class LintFinding:
    """One gap: the rule that found it, where, what is open, and what to write.

    `at` is ``file:line:col``; `path` the same place as a dotted path of the terms. The severity tells
    how much of the text's use hangs on the gap (`error`: reports cannot be judged by the clause).

    >>> what, fix = "'leave' gives no day", "agree on one"
    >>> print(LintFinding("TIM-2", "error", "deal.yaml:9:5", what, fix, "provisions.leave.when"))
    deal.yaml:9:5: TIM-2 error: 'leave' gives no day; agree on one
    """

    rule: str
    severity: Severity
    at: str
    what: str
    fix: str
    path: str

    def __str__(self) -> str:
        """Write the finding on one clickable line."""
        return f"{self.at}: {self.rule} {self.severity}: {self.what}; {self.fix}"
