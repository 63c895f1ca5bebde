"""The short summary of a check, for a terminal: per provision and reading, how many of each verdict, and why."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from truceline.engines.local import Summary
from truceline.engines.setup import Setup
from truceline.formats.table_text import Column, coloured, text_table
from truceline.judge.reasons import BY_CODE
from truceline.publish.tally import number

__all__ = ["COLOURS", "alike", "summary_data", "summary_lines"]

COLOURS: Mapping[str, int] = {"violation": 166, "no_violation": 32, "indeterminate": 178, "not_applicable": 244}
"""The colours of the verdicts in 256, as near as they come to those of the page."""

_HEADS = {
    "violation": "◆ violation",
    "no_violation": "● no violation",
    "indeterminate": "□ indeterminate",
    "not_applicable": "x not applicable",
}
MAIN = 3
"""Reasons of indeterminate verdicts that are named; the others are in the rows."""


def summary_lines(summary: Summary, setup: Setup, *, width: int | None = None, colour: bool = False) -> Iterator[str]:
    """Tell the counts, provision by provision; readings that render a rule alike share a line.

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
    columns = [
        Column("reading"),
        *(Column(head, number=True, colour=COLOURS[verdict]) for verdict, head in _HEADS.items()),
        Column("why indeterminate"),
    ]
    for provision, depends in summary.depends.items():
        yield ""
        told = f"{number(depends)} of {number(summary.reports)} reports" if depends else "none of the reports"
        words = "the verdict depends on the reading for"
        yield f"{coloured(provision, 15 if colour else None)}: {words} {told}"
        rows = [_row(names, provision, summary) for names in alike(setup, provision)]
        yield from text_table(columns, rows, indent=2, width=width, colour=colour)
    if setup.left_out:
        yield ""
        yield f"Not known on {setup.as_known}, so left out: {', '.join(setup.left_out)}"


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


def alike(setup: Setup, provision: str) -> list[tuple[str, ...]]:
    """Group the readings that render a provision alike, in the order of the terms."""
    groups = [
        tuple(reading for rule, reading in pairs if str(setup.book.rules[rule]) == provision)
        for _, pairs in setup.renderings
    ]
    return sorted((names for names in groups if names), key=lambda names: setup.readings.index(names[0]))


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
    return (", ".join(names), *(number(counts[verdict]) for verdict in _HEADS), why)
