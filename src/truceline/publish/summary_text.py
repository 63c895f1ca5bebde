"""The short summary of a check, for a terminal: per provision and reading, how many of each verdict, and why."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import pyarrow as pa

from truceline.basics.quantity import MILE
from truceline.engines.local import Summary
from truceline.engines.setup import Setup
from truceline.formats.table_text import Column, coloured, text_table
from truceline.judge.reasons import BY_CODE
from truceline.publish.tally import number

__all__ = ["COLOURS", "summary_data", "summary_lines", "sweep_lines", "with_equal_counts"]

COLOURS: Mapping[str, int] = {"violation": 166, "no_violation": 32, "indeterminate": 178, "not_applicable": 244}
"""The colours of the verdicts in 256, as near as they come to those of the page."""

_HEADS = {
    "violation": "◆ violation",
    "no_violation": "● no violation",
    "indeterminate": "□ indeterminate",
    "not_applicable": "\N{MULTIPLICATION SIGN} not applicable",
}
MAIN = 3
"""Reasons of indeterminate verdicts that are named; the others are in the rows."""


def summary_lines(summary: Summary, setup: Setup, *, width: int | None = None, colour: bool = False) -> Iterator[str]:
    """Tell the counts, provision by provision; readings with the same counts share a line.

    Parameters
    ----------
    summary : Summary
        Of all batches.
    setup : Setup
        Of the same run.
    width, colour
        As in `truceline.formats.table_text.text_table`.
    """
    yield f"{setup.agreement.title} ({setup.agreement.id})"
    yield ", ".join(_checked(summary, setup))
    heads = [Column(head, number=True, colour=COLOURS[verdict]) for verdict, head in _HEADS.items()]
    columns = [*heads, Column("reading")]
    for provision, depends in summary.depends.items():
        yield ""
        told = f"{number(depends)} of {number(summary.reports)} reports" if depends else "none of the reports"
        words = "the verdict depends on the reading for"
        yield f"{coloured(provision, 15 if colour else None)}: {words} {told}"
        rows = [_row(names, provision, summary) for names in with_equal_counts(summary, provision)]
        yield from text_table(columns, rows, indent=2, width=width, colour=colour)
    if setup.left_out:
        yield ""
        yield f"Not known on {setup.as_known}, so left out: {', '.join(setup.left_out)}"


def sweep_lines(found: pa.Table) -> Iterator[str]:
    """Tell a sweep: per line and set a table of distances with both counts; km first, miles beside."""
    rows = found.to_pylist()
    monthly = any(row["month"] for row in rows)
    columns = [Column("km", number=True), Column("miles", number=True), Column("surely", number=True),
               Column("possibly", number=True), Column("of", number=True)]  # fmt: skip
    for line, name in dict.fromkeys((row["line"], row["set"]) for row in rows):
        yield f"within the distance of {line}, reports of {name}"
        mine = [row for row in rows if (row["line"], row["set"]) == (line, name)]
        month = [Column("month")] if monthly else []
        yield from text_table([*month, *columns], [_sweep_row(row, monthly=monthly) for row in mine], indent=2)


def _sweep_row(row: Mapping[str, Any], *, monthly: bool) -> tuple[str, ...]:
    distance = row["distance_m"]
    counts = (number(row[name]) for name in ("sure", "possible", "reports"))
    return (*([row["month"]] if monthly else []), f"{distance / 1000:,.3f}", f"{distance / MILE:,.2f}", *counts)


def summary_data(summary: Summary, setup: Setup) -> dict[str, Any]:
    """Give the same counts as plain data for JSON, with all reasons and no grouping."""
    return {
        "agreement": setup.agreement.id,
        "readings": list(setup.readings),
        "as_known": setup.as_known,
        "left_out": list(setup.left_out),
        "reports": summary.reports,
        "not_known_then": summary.unknown_then,
        "undated_publication": summary.undated_then,
        "provisions": {
            provision: {
                "depends_on_reading": depends,
                "readings": {
                    reading: {"verdicts": counts, "reasons": summary.reasons[provision, reading]}
                    for (name, reading), counts in summary.verdicts.items() if name == provision
                },
            }
            for provision, depends in summary.depends.items()
        },
    }  # fmt: skip


def with_equal_counts(summary: Summary, provision: str) -> list[tuple[str, ...]]:
    """Group the readings under which a provision has the same counts and reasons, in the order of the terms.

    Equal counts need not be counts of the same reports: `Summary.depends` says whether they are.
    """
    groups: dict[str, list[str]] = {}
    for (name, reading), counts in summary.verdicts.items():
        if name == provision:
            told = sorted(counts.items()), sorted(summary.reasons[name, reading].items())
            groups.setdefault(repr(told), []).append(reading)
    return [tuple(names) for names in groups.values()]


def _checked(summary: Summary, setup: Setup) -> Iterator[str]:
    yield f"{number(summary.reports)} reports"
    yield f"{len(setup.readings)} readings" if len(setup.readings) != 1 else f"reading {setup.readings[0]}"
    if setup.as_known:
        yield f"as known on {setup.as_known}"
        yield f"{number(summary.unknown_then)} not published by then"
        yield f"{number(summary.undated_then)} published at a date that nobody states"


def _row(names: tuple[str, ...], provision: str, summary: Summary) -> tuple[str, ...]:
    counts = summary.verdicts[provision, names[0]]
    reasons = summary.reasons[provision, names[0]]
    open_ones = {code: count for code, count in reasons.items() if BY_CODE[code].verdict == "indeterminate"}
    main = sorted(open_ones.items(), key=lambda pair: -pair[1])[:MAIN]
    why = ", ".join(f"{code} {number(count)}" for code, count in main)
    told = ", ".join(names) + (f"\n  indeterminate: {why}" if why else "")
    return (*(number(counts[verdict]) for verdict in _HEADS), told)
