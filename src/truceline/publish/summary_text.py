"""The short summary of a check, for a terminal: per provision and reading, how many of each verdict, and why."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from types import MappingProxyType
from typing import Any

import pyarrow as pa

from truceline.basics.counting import counted
from truceline.basics.quantity import MILE
from truceline.engines.accounts import accounts_of
from truceline.engines.deciding import Background
from truceline.engines.figures import Clock
from truceline.engines.local import Summary
from truceline.engines.proxies import proxies_of
from truceline.engines.setup import Setup
from truceline.evidence.datasets import DATASETS
from truceline.formats.table_text import Column, paragraph, text_table
from truceline.plan.compile import TEXT
from truceline.publish.accounts_text import accounts_data, accounts_lines
from truceline.publish.clause_names import clause_names, line_names
from truceline.publish.summary_clauses import (
    COLOURS,
    clause_lines,
    judged_rules,
    legend,
    silent_lines,
    text_and_readings,
    with_equal_counts,
)
from truceline.publish.tally import number
from truceline.terms.untold import left_out_words, undated_words

__all__ = [
    "COLOURS", "known_sentences", "line_names", "summary_data", "summary_lines", "sweep_lines", "with_equal_counts",
]  # fmt: skip

NO_NAMES: Mapping[str, str] = MappingProxyType({})


def summary_lines(
    summary: Summary, setup: Setup, *, background: Background | None = None, left_out: str | None = None,
    width: int | None = None, colour: bool = False,
) -> Iterator[str]:  # fmt: skip
    """Tell the counts, provision by provision; readings with the same counts share a line.

    Parameters
    ----------
    summary : Summary
        Of all batches.
    setup : Setup
        Of the same run.
    background : Background, optional
        Of all batches too: what their data sets cannot show, and what decides between the readings.
    left_out : str, optional
        A sentence on reports that were left out before.
    width : int, optional
        Of the terminal: longer lines are broken between words. Without it none is.
    colour : bool
        Whether to write colours.
    """
    yield from _heading(summary, setup, left_out, width)
    if background is not None:
        yield from _caveats(background, width)
    judged = judged_rules(summary, setup)
    decides = background.deciding() if background is not None else {}
    proxies, names = proxies_of(setup), clause_names(setup)
    if judged:
        yield from ("", legend(colour=colour))
    for name in judged:
        yield ""
        deciding = decides.get(name, {})
        yield from clause_lines(name, summary, deciding, title=names[name], width=width, colour=colour)
        if name in proxies:
            yield from paragraph(f"seen through a proxy: {proxies[name]}", width, indent=2, hang=2)
    accounts = accounts_of(setup, summary.counted)
    if accounts:
        yield from ("", *accounts_lines(accounts, names, width=width, colour=colour))
    silent = list(silent_lines(summary, setup, width))
    if silent:
        yield from ("", *silent)
    for sentence in known_sentences(setup):
        yield ""
        yield from paragraph(sentence, width, hang=2)


def known_sentences(setup: Setup) -> tuple[str, ...]:
    """Say what the terms leave out as not known on the day asked for, and what they take as known without a date."""
    left_out, undated = left_out_words(setup.agreement), undated_words(setup.agreement)
    return (*([f"Not known on {setup.as_known}, so left out: {left_out}"] if left_out else []),
            *([f"As known on {setup.as_known}: {undated}"] if undated else []))  # fmt: skip


def sweep_lines(found: pa.Table, names: Mapping[str, str] = NO_NAMES) -> Iterator[str]:
    """Tell a sweep: per line and set a table of distances with both counts; km first, miles beside.

    `names` : what to call lines (`line_names`); one that is not in it goes by its id.
    """
    rows = found.to_pylist()
    monthly = any(row["month"] for row in rows)
    columns = [Column("km", number=True), Column("miles", number=True), Column("surely", number=True),
               Column("possibly", number=True), Column("of", number=True)]  # fmt: skip
    for line, name in dict.fromkeys((row["line"], row["set"]) for row in rows):
        yield f"within the distance of {names.get(line, line)}, reports of {name}"
        mine = [row for row in rows if (row["line"], row["set"]) == (line, name)]
        month = [Column("month")] if monthly else []
        yield from text_table([*month, *columns], [_sweep_row(row, monthly=monthly) for row in mine], indent=2)


def _sweep_row(row: Mapping[str, Any], *, monthly: bool) -> tuple[str, ...]:
    distance = row["distance_m"]
    counts = (number(row[name]) for name in ("sure", "possible", "reports"))
    return (*([row["month"]] if monthly else []), f"{distance / 1000:,.3f}", f"{distance / MILE:,.2f}", *counts)


def summary_data(summary: Summary, setup: Setup, background: Background | None = None) -> dict[str, Any]:
    """Give the same counts as plain data for JSON, with all reasons and no grouping."""
    decides, proxies = background.deciding() if background is not None else {}, proxies_of(setup)
    return {
        "agreement": setup.agreement.id,
        "readings": list(setup.readings),
        "as_known": setup.as_known,
        "left_out": list(setup.left_out),
        "undated_sources": list(setup.agreement.undated),
        "notes": list(known_sentences(setup)),
        "reports": summary.reports,
        "not_known_then": summary.unknown_then,
        "undated_publication": summary.undated_then,
        "datasets": dict(background.datasets) if background is not None else {},
        "provisions": {
            provision: {
                "depends_on_reading": depends,
                "deciding_fields": decides.get(provision, {}),
                "proxy": proxies.get(provision),
                "readings": {
                    reading: {"verdicts": counts, "reasons": summary.reasons[provision, reading]}
                    for (name, reading), counts in summary.verdicts.items() if name == provision
                },
            }
            for provision, depends in summary.depends.items()
        },
        "accounts": accounts_data(accounts_of(setup, summary.counted), Clock(setup.agreement.document.agreement.zone)),
    }  # fmt: skip


def _heading(summary: Summary, setup: Setup, left_out: str | None, width: int | None) -> Iterator[str]:
    yield from paragraph(f"{setup.agreement.title} ({setup.agreement.id})", width, hang=2)
    yield from paragraph(", ".join(_checked(summary, setup)), width, hang=2)
    if left_out:
        yield from paragraph(left_out, width, hang=2)


def _checked(summary: Summary, setup: Setup) -> Iterator[str]:
    one = setup.readings[0] if len(setup.readings) == 1 else None
    under = f"reading {one}" if one not in (None, TEXT) else text_and_readings(setup.readings)
    yield f"{counted(summary.reports, 'report')} under {under}"
    if setup.as_known:
        yield f"as known on {setup.as_known}"
    if summary.unknown_then:
        yield f"{number(summary.unknown_then)} not published by then"
    if summary.undated_then:
        yield f"{number(summary.undated_then)} published at a date that nobody states"


def _caveats(background: Background, width: int | None) -> Iterator[str]:
    """Say what the data sets in use cannot show, in their own words."""
    for name, count in background.datasets.items():
        about = DATASETS[name]
        if about.note:
            yield ""
            yield from paragraph(f"{about.title} ({counted(count, 'report')}): {about.note}", width, hang=2)
