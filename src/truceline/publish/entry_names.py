"""Entries of an agreement by their titles: what a dotted path of the terms leads to, in words for people."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from truceline.terms.model import Document
from truceline.terms.wording import who_words

__all__ = ["clause_title", "entry_title", "kind_and_title"]

_KINDS = {
    "sets": "the set", "models": "the models", "areas": "the ground", "lines": "the line",
    "conditions": "the condition", "provisions": "the clause", "amendments": "the amendment",
    "readings": "the reading", "demands": "what was asked", "mechanism": "the mechanism", "stances": "the position",
    "term": "how long it holds",
}  # fmt: skip


def clause_title(name: str, text: Document) -> str:
    """Name a clause for people: by its title, else by its key.

    >>> clause_title("pull_back", Document.model_construct(provisions={}))
    'Pull back'
    """
    provision = text.provisions.get(name)
    words = (provision.title if provision else None) or name.replace("_", " ")
    return words[:1].upper() + words[1:]


def entry_title(path: str, text: Document) -> str:
    """Name the entry to which a path leads, or in which it ends: by its title, else by its key.

    >>> from truceline.terms.model import Membership
    >>> text = Document.model_construct(sets={"all": Membership.model_validate({"in": (), "title": "both sides"})})
    >>> entry_title("sets.all.in", text), entry_title("sets.some_more", text), entry_title("term.until", text)
    ('both sides', 'some more', 'until')
    """
    section, _, rest = path.partition(".")
    name = rest.partition(".")[0]
    if section == "provisions":
        return clause_title(name, text)
    entries: Any = getattr(text, section, None)
    entry = entries.get(name) if isinstance(entries, Mapping) else None
    title = getattr(entry, "title", None) or (getattr(entry, "model_extra", None) or {}).get("title")
    return str(title or name.replace("_", " ") or section)


def kind_and_title(path: str, texts: Sequence[Document]) -> str:
    """Say what kind of entry a path leads to, and its title in the first of some texts that has it.

    >>> kind_and_title("provisions.pull_back", [Document.model_construct(provisions={})])
    'the clause "Pull back"'
    """
    section, _, name = path.partition(".")
    kind, first = _KINDS[section], texts[0]
    if section == "stances":
        return f"{kind} of {who_words(first.stances[int(name)].actor, first)}"
    if section == "demands":
        return f"{kind} by {who_words(first.demands[name].by, first)}"
    having = next((text for text in texts if name in getattr(text, section)), first) if name else first
    return f'{kind} "{entry_title(path, having)}"' if name else kind
