"""How an agreement shows itself in a notebook: apart from the results, so that loading terms loads no engine."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from html import escape

from truceline.basics.counting import counted
from truceline.terms.agreement import Agreement
from truceline.terms.wording import sentence_of

__all__ = ["agreement_html", "cells"]


def agreement_html(agreement: Agreement) -> str:
    """Draw an agreement: each provision as a sentence in its words, each reading with its holder."""
    text = agreement.under(None)
    rules = [
        (name if one.title is None else f"{one.title} [{name}]", sentence_of(one, text))
        for name, one in text.provisions.items()
    ]
    held = [(name, reading.holder) for name, reading in text.readings.items()]
    counts = f"{counted(len(rules), 'provision')}, {counted(len(held), 'reading')}"
    return (
        f"<p><b>{escape(agreement.title)}</b> ({escape(agreement.id)}): {counts}</p>"
        f"{_pairs('provision', 'in a sentence', rules)}{_pairs('reading', 'held by', held)}"
    )


def _pairs(first: str, second: str, rows: Sequence[tuple[str, str]]) -> str:
    if not rows:
        return ""
    body = "".join(f"<tr>{cells(row, 'td')}</tr>" for row in rows)
    return f"<table><thead><tr>{cells((first, second), 'th')}</tr></thead><tbody>{body}</tbody></table>"


def cells(words: Iterable[str], tag: str) -> str:
    """Write the cells of a row, ``th`` or ``td``; what others wrote stays text.

    >>> cells(["<b>"], "td")
    '<td style="text-align:left">&lt;b&gt;</td>'
    """
    return "".join(f'<{tag} style="text-align:left">{escape(word)}</{tag}>' for word in words)
