"""How results show themselves in a notebook: short tables, no script, no network; saving to HTML keeps them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from html import escape
from typing import Any

import pyarrow as pa

from truceline.basics.counting import counted
from truceline.basics.quantity import MILE
from truceline.engines.explaining import Explanation
from truceline.engines.local import Checked
from truceline.publish.explain_text import explanation_lines, headline, source_lines
from truceline.publish.notebook_terms import cells
from truceline.publish.summary_text import known_sentences, with_equal_counts
from truceline.publish.tally import number

__all__ = ["explanation_html", "summary_html", "sweep_html"]

MOST = 100
"""Rows of a sweep that are drawn."""

VERDICTS = ("violation", "no_violation", "indeterminate", "not_applicable")
SIGNS = {"violation": "◆", "no_violation": "●", "indeterminate": "□", "not_applicable": "\N{MULTIPLICATION SIGN}"}
COLOURS = {
    "violation": "#D55E00", "no_violation": "#0072B2", "indeterminate": "#E69F00", "not_applicable": "#7A7A7A",
}  # fmt: skip


def summary_html(checked: Checked) -> str:
    """Draw the counts of each verdict by provision and reading; readings with the same counts share a row."""
    summary = checked.summary
    rows = [
        (provision, names, summary.verdicts[provision, names[0]], summary.depends[provision])
        for provision in summary.depends
        for names in with_equal_counts(summary, provision)
    ]
    body = "".join(_row(*row) for row in rows)
    heads = "".join(f'<th style="text-align:right">{_head(verdict)}</th>' for verdict in VERDICTS)
    agreement = checked.setup.agreement
    known = f", as known on {escape(checked.setup.as_known)}" if checked.setup.as_known else ""
    return (
        f"<p><b>{escape(agreement.title)}</b>: {counted(summary.reports, 'report')}{known}</p>"
        f"<table><thead><tr><th>provision</th><th>reading</th>{heads}"
        f'<th style="text-align:right">depends on the reading</th></tr></thead><tbody>{body}</tbody></table>'
        + "".join(f"<p>{escape(sentence)}</p>" for sentence in known_sentences(checked.setup))
    )


def explanation_html(explanations: Sequence[Explanation]) -> str:
    """Draw explanations as folded sections, the first one open."""
    parts = [_section(one, is_open=index == 0) for index, one in enumerate(explanations)]
    return "".join(parts)


def sweep_html(table: pa.Table) -> str:
    """Draw a sweep: per line, set and month how many reports lie surely, and possibly, within each distance."""
    rows = table.slice(0, MOST).to_pylist()
    monthly = any(row["month"] for row in rows)
    heads = ["line", "reports of", *["month"] * monthly, "km", "miles", "surely", "possibly", "of"]
    body = "".join(_sweep_row(row, monthly=monthly) for row in rows)
    more = f"<p>{counted(len(table) - len(rows), 'more row')} in <code>.table</code></p>" if len(table) > MOST else ""
    return f"<table><thead><tr>{cells(heads, 'th')}</tr></thead><tbody>{body}</tbody></table>{more}"


def _sweep_row(row: dict[str, Any], *, monthly: bool) -> str:
    words = [row["line"], row["set"], *[row["month"] or ""] * monthly]
    distance = row["distance_m"]
    counts = [number(row[name]) for name in ("sure", "possible", "reports")]
    return f"<tr>{cells([*words, f'{distance / 1000:,.3f}', f'{distance / MILE:,.2f}', *counts], 'td')}</tr>"


def _section(one: Explanation, *, is_open: bool) -> str:
    _, *lines = explanation_lines(one, source=False)
    told = f"<pre>{_text(lines)}</pre>{_source(one)}"
    return f"<details{' open' * is_open}><summary>{escape(headline(one))}</summary>{told}</details>"


def _source(one: Explanation) -> str:
    """Fold the columns of the source away."""
    if not one.source:
        return ""
    head, *lines = source_lines(one)
    return f"<details><summary>{escape(head)}</summary><pre>{_text(lines)}</pre></details>"


def _text(lines: Iterable[str]) -> str:
    return escape("\n".join(lines))


def _row(provision: str, names: Sequence[str], counts: dict[str, int], depends: int) -> str:
    cells: Iterator[str] = (f'<td style="text-align:right">{number(counts[verdict])}</td>' for verdict in VERDICTS)
    names_cell = f"<td>{escape(provision)}</td><td>{escape(', '.join(names))}</td>"
    return f'<tr>{names_cell}{"".join(cells)}<td style="text-align:right">{number(depends)}</td></tr>'


def _head(verdict: str) -> str:
    return f'<span style="color:{COLOURS[verdict]}">{SIGNS[verdict]}</span> {verdict.replace("_", " ")}'
