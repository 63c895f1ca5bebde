"""One self-contained HTML file from a payload: style, script and data inside, nothing fetched from anywhere."""

from __future__ import annotations

import base64
import hashlib
import json
import re
from collections.abc import Sequence
from functools import cache
from importlib.resources import files
from pathlib import Path

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from truceline.basics.counting import counted
from truceline.formats.atomic import written
from truceline.publish.days import with_dates_in_words
from truceline.publish.pack import Packed, pack
from truceline.publish.payload import VERDICTS, Payload, Provision, Reading
from truceline.publish.payload_claims import Claim
from truceline.publish.payload_counts import Together
from truceline.publish.tally import Tally, headlines, number, tallies
from truceline.publish.validate import validate

__all__ = ["render", "write_report"]

STYLES = ("type", "bar", "figures", "tables", "prose", "print")
SCRIPTS = (
    "dom", "queue", "data", "words", "state", "filter", "marks", "plot", "keys", "pointer", "explain", "card", "rows",
    "project", "ground", "map", "lane", "strip", "panels", "differ", "sweep", "months", "readings", "controls", "main",
)  # fmt: skip


def render(payload: Payload) -> str:
    """Draw the report of a payload as one HTML text.

    The text refers to nothing outside itself: its content security policy allows only the style and the
    script that are in it, by their hashes. Whatever the payload says is text: it cannot become markup.

    Raises
    ------
    UsageError
        If the payload breaks its contract (`truceline.publish.validate.validate`), with every fault.
    """
    checked = with_dates_in_words(validate(payload))
    counts = tallies(checked)
    packed = pack(checked)
    packed["headlines"] = headlines(checked, counts)
    return _environment().get_template("report.html.j2").render(
        page=checked,
        counts=counts,
        headlines=packed["headlines"],
        first=_first(checked, counts),
        verdicts=VERDICTS,
        sources={source["id"]: source for source in checked["sources"]},
        clause_names=_names(checked["provisions"]),
        reading_names=_names(checked["readings"]),
        demand_names={demand["id"]: f"{demand['by']}: {demand['where_words']}" for demand in checked["demands"]},
        who=checked.get("who_said"),
        together=_by_clause(checked.get("together", [])),
        said_heading=_said_heading(checked),
        told_ids={said["id"] for claim in _claims(checked) for said in claim["statements"]},
        style=Markup(_style()),  # noqa: S704 -- our own file, checked in _joined
        script=Markup(_script()),  # noqa: S704 -- our own file, checked in _joined
        policy=_policy(_style(), _script()),
        data=Markup(_data(packed)),  # noqa: S704 -- every "<" is escaped in _data
    )  # fmt: skip


def write_report(payload: Payload, path: Path) -> None:
    """Write the report of a payload to a file: wholly, or not at all.

    Raises
    ------
    UsageError
        As `render` does, before the file is touched; TL-E910 if the file cannot be made.
    """
    text = render(payload)
    with written(path) as file:
        file.write(text.encode("utf-8"))


def _names(entries: Sequence[Provision] | Sequence[Reading]) -> dict[str, str]:
    """Name clauses or readings for people: by title, and by id where there is none."""
    return {entry["id"]: entry.get("title") or entry["id"] for entry in entries}


def _by_clause(rows: Sequence[Together]) -> dict[str, list[Together]]:
    """Put together what is said of each clause, in their order."""
    return {
        name: [row for row in rows if row["provision"] == name] for name in dict.fromkeys(r["provision"] for r in rows)
    }


def _claims(payload: Payload) -> Sequence[Claim]:
    return payload["who_said"]["claims"] if "who_said" in payload else ()


def _said_heading(payload: Payload) -> str:
    """Say how many claims have two independent origins."""
    claims = _claims(payload)
    two, said = sum(claim["count"] > 1 for claim in claims), sum(len(claim["statements"]) for claim in claims)
    of = f"{counted(said, 'statement')} of {counted(len(claims), 'claim')}"
    has = "has" if two in (0, 1) else "have"
    return f"Who said what: {of}; {two or 'none'} {has} two independent origins" + (" or more" if two else "")


def _anchor(name: str) -> str:
    """Make a name fit for a link within the page.

    >>> _anchor("n-1"), _anchor("a b=c")
    ('n-1', 'a_b_c')
    """
    return re.sub(r"[^\w.:-]+", "_", name)


def _first(payload: Payload, counts: dict[str, Tally]) -> str | None:
    """Name the provision that is shown at first: the first in the order of the file that was judged."""
    return next((provision["id"] for provision in payload["provisions"] if provision["id"] in counts), None)


def _data(packed: Packed) -> str:
    """Write data that can stand inside a script element: no "<" is left, so no tag and no comment can begin."""
    text = json.dumps(packed, ensure_ascii=False, allow_nan=False, separators=(",", ":"))
    return text.replace("<", "\\u003c")


def _joined(folder: str, names: tuple[str, ...], suffix: str) -> str:
    page = files("truceline.publish") / "page" / folder
    text = "\n".join((page / f"{name}.{suffix}").read_text(encoding="utf-8") for name in names)
    if re.search(r"</|<!--", text):
        msg = f"page/{folder} holds '</' or '<!--', which would end its element"
        raise ValueError(msg)
    return text


@cache
def _style() -> str:
    return _joined("style", STYLES, "css")


@cache
def _script() -> str:
    return '(() => {\n"use strict";\n' + _joined("report", SCRIPTS, "js") + "\n})();"


def _policy(style: str, script: str) -> str:
    """Allow the one style and the one script of the page, images written in the page, and nothing else."""
    return (
        f"default-src 'none'; style-src '{_hash(style)}'; script-src '{_hash(script)}'; img-src data:; "
        "base-uri 'none'; form-action 'none'"
    )


def _hash(text: str) -> str:
    return "sha256-" + base64.b64encode(hashlib.sha256(text.encode()).digest()).decode("ascii")


def _web_address(text: str | None) -> str | None:
    """Give a text back if it is a web address; a `javascript:` or `file:` link is shown as text instead.

    >>> _web_address("https://example.org/a"), _web_address("javascript:alert(1)")
    ('https://example.org/a', None)
    """
    return text if text is not None and re.fullmatch(r"https?://[^\s<>\"]+", text) else None


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=PackageLoader("truceline.publish", "page"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters["anchor"] = _anchor
    environment.filters["number"] = number
    environment.filters["web_address"] = _web_address
    return environment
