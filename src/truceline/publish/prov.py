"""W3C PROV as JSON-LD: the statements of a document, and their bytes.

The form is that of the W3C member submission PROV-JSONLD: one object per statement of the PROV data model, in a list
called ``@graph``, with the context that the submission names. The same statements are the same bytes.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final, TypeAlias
from urllib.parse import quote

__all__ = ["CONTEXT", "NAMESPACE", "Said", "Statement", "activity", "agent", "derived", "entity", "name", "prov_bytes",
           "relation"]  # fmt: skip

CONTEXT: Final = "https://openprovenance.org/prov-jsonld/context.jsonld"
"""The context of the submission, by address; no program of ours fetches it."""
NAMESPACE: Final = "https://truceline.org/ns#"
"""Of our types and attributes, which have the names of columns and of members of ``--json``."""

Statement: TypeAlias = Mapping[str, Any]
Said: TypeAlias = "str | float | Sequence[str] | None"
"""What an attribute may hold: words, a number or several words; None and no words at all are not said."""


def name(prefix: str, *words: str) -> str:
    """Make an identifier from words; whatever is no letter, digit or one of ``-._~`` is written as %XX.

    >>> name("run", "report", "toy:2")
    'run:report/toy%3A2'
    """
    return f"{prefix}:{'/'.join(quote(word, safe='') for word in words)}"


def entity(at: str, kind: str, label: str = "", /, **said: Said) -> Statement:
    """State a thing: a file, a clause, a report, a verdict.

    >>> entity("run:report/q", "Report", "q", lon=20.5, act=["fire", "clash"])["truceline:lon"]
    [{'@value': '20.5', '@type': 'xsd:double'}]
    """
    return _element("Entity", at, kind, label, said)


def activity(at: str, kind: str, label: str = "", /, started: str = "", ended: str = "", **said: Said) -> Statement:
    """State what was done; `started` and `ended` are ISO 8601, and left out where nobody gives them."""
    times = {"startTime": started, "endTime": ended}
    return _element("Activity", at, kind, label, said) | {key: time for key, time in times.items() if time}


def agent(at: str, label: str, kind: str = "", /, **said: Said) -> Statement:
    """State who: a speaker, a carrier, a program (`kind` is ``prov:SoftwareAgent``)."""
    return _element("Agent", at, kind, label, said)


def relation(kind: str, **ends: str) -> Statement:
    """State how two of them hang together.

    >>> relation("Usage", activity="run:check", entity="run:report/q")
    {'@type': 'Usage', 'activity': 'run:check', 'entity': 'run:report/q'}
    """
    return {"@type": kind, **ends}


def derived(what: str, of: str, by: str = "") -> Statement:
    """State that one entity came of another, by an activity where it is known."""
    return relation("Derivation", generatedEntity=what, usedEntity=of, **({"activity": by} if by else {}))


def prov_bytes(statements: Iterable[Statement], prefixes: Mapping[str, str]) -> bytes:
    """Write a document; what is stated twice stands in it once.

    Parameters
    ----------
    statements : iterable of Statement
        They keep their order.
    prefixes : mapping of str to str
        Beside those that every document has: ``prov``, ``truceline``, ``xsd``.

    Examples
    --------
    >>> document = json.loads(prov_bytes([entity("run:q", "Report")] * 2, {"run": "urn:truceline:run:1:"}))
    >>> document["@graph"]
    [{'@id': 'run:q', '@type': 'Entity', 'type': ['truceline:Report']}]
    """
    known = {"prov": "http://www.w3.org/ns/prov#", "truceline": NAMESPACE, "xsd": "http://www.w3.org/2001/XMLSchema#"}
    once = {json.dumps(each, sort_keys=True): each for each in statements}
    document = {"@context": [known | dict(prefixes), CONTEXT], "@graph": list(once.values())}
    return (json.dumps(document, ensure_ascii=False, indent=1, sort_keys=True, allow_nan=False) + "\n").encode()


def _element(element: str, at: str, kind: str, label: str, said: Mapping[str, Said]) -> dict[str, Any]:
    made: dict[str, Any] = {"@type": element, "@id": at}
    if kind:
        made["type"] = [kind if ":" in kind else f"truceline:{kind}"]
    if label:
        made["label"] = [{"@value": label}]
    return made | {f"truceline:{key}": _values(value) for key, value in said.items() if value not in (None, "", (), [])}


def _values(value: Said) -> list[dict[str, str]]:
    return [_value(each) for each in ([value] if isinstance(value, str | float | int | None) else value)]


def _value(value: str | float | None) -> dict[str, str]:
    if value is None or isinstance(value, str):
        return {"@value": value or ""}
    return {"@value": repr(value), "@type": "xsd:integer" if isinstance(value, int) else "xsd:double"}
