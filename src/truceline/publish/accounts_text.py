"""Accounts told: on a terminal, as plain data, and in a notebook."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

from truceline.engines.account_words import REASONS
from truceline.engines.accounts import Account
from truceline.engines.figures import Clock
from truceline.engines.told_dates import in_words
from truceline.formats.table_text import coloured, paragraph
from truceline.publish.notebook_terms import cells
from truceline.publish.summary_clauses import COLOURS, MARKS

__all__ = ["accounts_data", "accounts_html", "accounts_lines", "accounts_payload"]

NO_NAMES: Mapping[str, str] = {}
RECORDS = 12
"""Records of effort that are told one by one; of more the rows with the same outcome are counted."""


def accounts_lines(
    accounts: Sequence[Account], names: Mapping[str, str] = NO_NAMES, *, width: int | None = None, colour: bool = False
) -> Iterator[str]:
    """Tell accounts clause by clause, with the arithmetic; readings of which the same is said share a line.

    `names` : how a clause is called, by its id; by that id alone without.
    """
    rows = _told_rows(accounts)
    if not rows:
        return
    yield "Counted together, over all reports:"
    for provision in dict.fromkeys(row.provision for row, _ in rows):
        yield ""
        mine = [(row, readings) for row, readings in rows if row.provision == provision]
        proxy = next((row.proxy for row, _ in mine if row.proxy), "")
        yield from paragraph(
            f"{names.get(provision, provision)}{f' (by a proxy: {proxy})' if proxy else ''}", width, hang=2
        )
        for row, readings in mine:
            mark = coloured(MARKS[row.verdict], COLOURS[row.verdict] if colour else None)
            yield from paragraph(f"{mark} {_said(row)}  {', '.join(readings)}", width, indent=2, hang=4)


def _told_rows(accounts: Sequence[Account]) -> list[tuple[Account, tuple[str, ...]]]:
    """List the rows that are told, with the readings of which each holds: months are told with their rule."""
    groups: dict[Account, list[str]] = {}
    for row in accounts:
        if row.window != "month":
            groups.setdefault(replace(row, reading=""), []).append(row.reading)
    rows = [(row, tuple(readings)) for row, readings in groups.items()]
    told = []
    for provision in dict.fromkeys(row.provision for row, _ in rows):
        mine = [one for one in rows if one[0].provision == provision]
        records = [one for one in mine if one[0].window == "record"]
        told += [one for one in mine if one[0].window != "record"]
        told += records if len(records) <= RECORDS else list(_together(records))
    return told


def accounts_data(accounts: Iterable[Account], clock: Clock) -> list[dict[str, Any]]:
    """Give accounts as plain data for JSON."""
    return [one.as_dict(clock) for one in accounts]


def accounts_payload(accounts: Sequence[Account]) -> list[dict[str, Any]]:
    """Give what the page says of them (`payload_counts.Together`)."""
    return [
        {
            "provision": row.provision, "readings": list(readings), "verdict": row.verdict, "proxy": row.proxy or None,
            "words": in_words(_said(row)),
        }
        for row, readings in _told_rows(accounts)
    ]  # fmt: skip


def accounts_html(accounts: Sequence[Account]) -> str:
    """Draw accounts for a notebook: one row for each line that the terminal shows."""
    rows = _told_rows(accounts)
    heads = cells(("provision", "reading", "verdict", "what was counted"), "th")
    body = "".join(
        f"<tr>{cells((row.provision, ', '.join(readings), row.verdict.replace('_', ' '), _said(row)), 'td')}</tr>"
        for row, readings in rows
    )
    if not rows:
        return "<p>No rule asks for a number, and nobody recorded who watched.</p>"
    return f"<table><thead><tr>{heads}</tr></thead><tbody>{body}</tbody></table>"


def _said(row: Account) -> str:
    return f"{row.name}: {row.words}" if row.window == "record" and row.name else row.words


def _together(
    records: Sequence[tuple[Account, tuple[str, ...]]]
) -> Iterator[tuple[Account, tuple[str, ...]]]:  # fmt: skip
    """Count records of the same outcome under the same readings."""
    groups: dict[tuple[str, tuple[str, ...], tuple[str, ...]], list[Account]] = {}
    for row, readings in records:
        groups.setdefault((row.verdict, row.reasons, readings), []).append(row)
    for (_, reasons, readings), rows in groups.items():
        why = "; ".join(REASONS[code] for code in reasons)
        yield replace(rows[0], name="", words=f"{len(rows):,} of {len(records):,} records of effort: {why}"), readings
