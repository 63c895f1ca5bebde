"""From verdicts to the page's payload: everything is carried over, nothing is decided here."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, cast

from truceline.engines.local import Checked
from truceline.judge.reasons import REASONS, codes_of
from truceline.publish.accounts_text import accounts_payload
from truceline.publish.clauses import cannot_show, demands, provisions, readings, sources, stances
from truceline.publish.columns import report_columns
from truceline.publish.curves import rivals, sweeps
from truceline.publish.ground import areas, bands, charted, lines, located, regions
from truceline.publish.payload import Payload
from truceline.publish.summary_text import known_sentences
from truceline.publish.traced import Traced
from truceline.publish.who_said import who_said
from truceline.terms.model import Document

__all__ = ["METHOD", "payload_of"]

METHOD = (
    (
        "Each report is taken as the area in which it surely lies: the precision code of its data set becomes a radius "
        "or a district. Its distance to a line is measured on the WGS84 ellipsoid and is an interval."
    ),
    (
        "A rule is a sentence: who may do what, where, when. Each of its conditions is true, false or unknown for a "
        "report. All true is a violation under that reading; one surely false is no violation; anything else stays "
        "indeterminate, with the reason."
    ),
    "Probabilities never decide. Readings are not voted on, and none of them is the default.",
)
SWEPT_BOTH = (
    "Counts in the sweep are of distance alone, on either side of the line, as most speakers tell distances; "
    "the verdicts take the side into account."
)


def payload_of(  # noqa: PLR0913 - the parts of a page
    checked: Checked, *, title: str, subtitle: str, inputs: Sequence[Mapping[str, Any]], base: Mapping[str, Any],
    version: str, left_out: Sequence[str] = (), traced: Traced | None = None,
) -> Payload:  # fmt: skip
    """Put together what the one-file report says.

    Parameters
    ----------
    checked : Checked
        All reports of the page, judged.
    title, subtitle : str
    inputs : sequence of mapping
        One per file that went in: `name`, `sha256`, `rows`, `licence`, `credit`.
    base : mapping
        Coast, borders and places of the map (`formats.base_map`).
    version : str
        The version of Truceline.
    left_out : sequence of str
        Further sentences on what was left out of the page.
    traced : Traced, optional
        Who said what; without it, or without any claim in it, the page does not speak of it.

    Returns
    -------
    Payload
        Plain data; `publish.validate` holds it against its contract.
    """
    setup, text = checked.setup, checked.setup.agreement.under(None)
    payload = {
        "title": title,
        "subtitle": subtitle,
        "agreement": _heading(text),
        "as_known": setup.as_known,
        "notes": list(known_sentences(setup)),
        "made_with": f"truceline {version}",
        "inputs": [dict(one) for one in inputs],
        "readings": list(readings(checked)),
        "provisions": list(provisions(checked)),
        "reasons": {one.code: {"words": one.words, "decided_by": one.decided_by} for one in REASONS},
        **_findings(checked),
        "reports": report_columns(checked),
        "lines": list(lines(checked)),
        "located": {setup.book.lines[line]: located(checked, line) for line in charted(checked)},
        "bands": {reading: bands(checked, reading) for reading in setup.readings},
        "areas": list(areas(checked)),
        "regions": list(regions(checked)),
        "base": dict(base),
        "sweep": list(sweeps(checked)),
        "rivals": list(rivals(checked)),
        "effort": [],
        "disagreements": _disagreements(checked),
        "sources": list(sources(text)),
        "stances": list(stances(text)),
        "demands": list(demands(text)),
        "open": [{"term": term, "words": words} for term, words in text.open.items()],
        "cannot_show": [*cannot_show(checked), *left_out],
        "method": [*METHOD, SWEPT_BOTH],
        **({"who_said": who_said(traced)} if traced and (traced.claims or traced.sealed) else {}),
        **({"together": accounts_payload(checked.accounts_told)} if checked.accounts_told else {}),
    }
    return cast("Payload", payload)  # fmt: skip


def _heading(text: Document) -> dict[str, Any]:
    heading = text.agreement
    return {
        "id": heading.id, "title": heading.title, "class": heading.class_, "status": heading.status,
        "note": heading.note, "zone": heading.zone,
    }  # fmt: skip


def _findings(checked: Checked) -> dict[str, Any]:
    """Write verdicts and reasons as arrays; readings that agree row by row share one."""
    masks: dict[int, int] = {}
    findings: dict[str, dict[str, Any]] = {}
    for rule, reading in checked.pairs:
        verdicts = checked.verdicts[rule, reading]
        mine = findings.setdefault(str(checked.setup.book.rules[rule]), {})
        twin = next((other for other in mine if checked.verdicts[rule, other] is verdicts), None)
        if twin is not None:
            mine[reading] = {"same_as": twin}
            continue
        reasons = [masks.setdefault(mask, len(masks)) for mask in verdicts.reasons.tolist()]
        mine[reading] = {"verdict": verdicts.verdict.tolist(), "reasons": reasons}
    return {"findings": findings, "reason_sets": [list(codes_of(mask)) for mask in masks]}


def _disagreements(checked: Checked) -> dict[str, Any]:
    rows = {name: row for row, name in enumerate(checked.report_ids.to_pylist())}
    found: dict[str, dict[str, list[Any]]] = {}
    for one in checked.disagreements:
        mine = found.setdefault(one.provision, {"report": [], "fields": []})
        mine["report"].append(rows[one.report])
        mine["fields"].append(list(one.fields))
    return found
