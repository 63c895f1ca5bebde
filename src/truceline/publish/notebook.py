"""How results show themselves in a notebook: short tables, no script, no network; saving to HTML keeps them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from html import escape

from truceline.engines.explaining import Explanation
from truceline.engines.local import Checked
from truceline.publish.explain_text import explanation_lines
from truceline.publish.summary_text import with_equal_counts
from truceline.publish.tally import number

__all__ = ["explanation_html", "summary_html"]

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
        f"<p><b>{escape(agreement.title)}</b>: {number(summary.reports)} reports{known}</p>"
        f"<table><thead><tr><th>provision</th><th>reading</th>{heads}"
        f'<th style="text-align:right">depends on the reading</th></tr></thead><tbody>{body}</tbody></table>'
    )


def explanation_html(explanations: Sequence[Explanation]) -> str:
    """Draw explanations as folded sections, the first one open."""
    parts = [_section(one, is_open=index == 0) for index, one in enumerate(explanations)]
    return "".join(parts)


def _section(one: Explanation, *, is_open: bool) -> str:
    head, *lines = explanation_lines(one)
    body = escape("\n".join(lines))
    return f"<details{' open' * is_open}><summary>{escape(head)}</summary><pre>{body}</pre></details>"


def _row(provision: str, names: Sequence[str], counts: dict[str, int], depends: int) -> str:
    cells: Iterator[str] = (f'<td style="text-align:right">{number(counts[verdict])}</td>' for verdict in VERDICTS)
    names_cell = f"<td>{escape(provision)}</td><td>{escape(', '.join(names))}</td>"
    return f'<tr>{names_cell}{"".join(cells)}<td style="text-align:right">{number(depends)}</td></tr>'


def _head(verdict: str) -> str:
    return f'<span style="color:{COLOURS[verdict]}">{SIGNS[verdict]}</span> {verdict.replace("_", " ")}'
