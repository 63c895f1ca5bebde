"""Who reads which clause how, side by side, as plain values: what differs in words as written, and what it rests on.

Everything stands in the order of the file. Nothing is ranked, counted together or taken for the right reading.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from truceline.engines.told_dates import counted_days
from truceline.publish.entry_names import clause_title
from truceline.publish.terms_told import speaker_title
from truceline.terms.agreement import Agreement
from truceline.terms.amended import AS_SIGNED
from truceline.terms.base import names_in
from truceline.terms.differing import changes_in, changes_of_all
from truceline.terms.model import Document, Reading, Stance
from truceline.terms.node_changes import Change
from truceline.terms.sources import chains_of, known_since
from truceline.terms.timed import Amendment
from truceline.terms.unconfirmed import is_unconfirmed
from truceline.terms.untold import left_out_words, undated_words
from truceline.terms.versions import Version, reached, version_of
from truceline.terms.wording import sentence_of, text_words, where_words, who_words

__all__ = ["Told", "readings_told"]

Told = dict[str, Any]
_ABSENT = "not there"


def readings_told(
    agreement: Agreement, *, provisions: Sequence[str] = (), readings: Sequence[str] = (), as_known: str | None = None
) -> Told:
    """Tell who reads what how: clause by clause, then what concerns the whole deal, then what was asked.

    Parameters
    ----------
    agreement : Agreement
        As known on the day that is asked for.
    provisions, readings : sequence of str
        Only these; all of them by default.
    as_known : str, optional
        That day, to be told.

    Returns
    -------
    dict
        Texts, lists and truth values only, ready for JSON. Words are as written; ``from`` and ``to`` are empty where
        nothing is stated.
    """
    text = agreement.document
    versions = {name: version_of(agreement, name) for name in agreement.documents}
    names = dict.fromkeys(name for version in versions.values() for name in version.text.provisions)
    chosen = [name for name in names if not provisions or name in provisions]
    wanted = [name for name in agreement.readings if name != AS_SIGNED and (not readings or name in readings)]
    told = {
        "id": agreement.id, "title": agreement.title, "as_known": as_known, "text": text_words(text),
        "left_out": left_out_words(agreement), "undated": undated_words(agreement),
        "instruments": {name: one.title or name for name, one in text.instruments.items()},
        "readings": wanted,
        "clauses": [_clause(name, versions, wanted) for name in chosen],
        "deal": _deal(versions, wanted, _texts_of(chosen, versions)),
        "demands": [one for one in _demands(versions, names) if not provisions or {*one["clauses"]} & {*provisions}],
    }  # fmt: skip
    return {**told, **counted_days(told, [version.text for version in versions.values()])}


Versions = dict[str | None, Version]


def _clause(name: str, versions: Versions, wanted: Sequence[str]) -> Told:
    plain = versions[None]
    first = plain if name in plain.text.provisions else next(
        version for version in versions.values() if name in version.text.provisions
    )  # fmt: skip
    provision = first.text.provisions[name]
    told = [_reading(name, one, versions) for one in wanted]
    return {
        "id": name, "title": clause_title(name, first.text), "in_text": first is plain,
        "at": first.at(f"provisions.{name}"), "sentence": sentence_of(provision, first.text), "words": provision.words,
        **rests_on(first.text, provision.source),
        "as_signed": _as_signed(name, versions),
        "amendments": list(_amendments(name, versions)),
        "readings": [one for one in told if one["kind"] != "stands"],
        "as_it_stands": [one["id"] for one in told if one["kind"] == "stands"] if first is plain else [],
        "stances": [_stance(one, plain.text) for one in plain.text.stances if one.to == name],
    }  # fmt: skip


def _as_signed(name: str, versions: Versions) -> Told | None:
    """Tell the clause as it was signed, where an amendment changed it, brought it or dropped it."""
    signed, plain = versions.get(AS_SIGNED), versions[None]
    if signed is None:
        return None
    here, there = name in signed.text.provisions, name in plain.text.provisions
    changes = changes_in(name, signed, plain) if here and there else ()
    if (here and there and not changes) or not (here or there):
        return None
    sentence = sentence_of(signed.text.provisions[name], signed.text) if here else _ABSENT
    return {"sentence": sentence, "dropped": here and not there, "changes": list(map(_change, changes))}


def _amendments(name: str, versions: Versions) -> Iterator[Told]:
    """List the amendments that name the clause, or something on which it rests."""
    text = versions[None].text
    near = {f"provisions.{name}"}
    for version in (versions[None], versions.get(AS_SIGNED)):
        near |= {".".join(entry) for entry in reached(version, name)} if version else set()
    for key, one in text.amendments.items():
        if any(path == each or path.startswith(f"{each}.") for path in _paths(one) for each in near):
            yield {"id": key, "title": one.title or key.replace("_", " "), "agreed": str(one.agreed),
                   **rests_on(text, one.source)}  # fmt: skip


def _paths(one: Amendment) -> Iterator[str]:
    yield from one.set or ()
    yield from one.add or ()
    yield from (f"provisions.{name}" for name in one.drops or ())


def _reading(name: str, reading: str, versions: Versions) -> Told:
    """Tell what a reading makes of a clause: that it changes, denies, keeps or adds it, or leaves it as it stands."""
    plain, mine = versions[None], versions[reading]
    held = mine.text.readings[reading]
    here, there = name in plain.text.provisions, name in mine.text.provisions
    changes = changes_in(name, plain, mine) if here and there else ()
    if here:
        kind = "changes" if changes else "keeps" if _keeps(held, name) else "stands"
        kind = "denies" if any(change.field == "denial" for change in changes) else kind
    else:
        kind = "adds" if there else "stands"
    whole = kind == "keeps" and name not in names_in(held.keeps)
    return {**_held(reading, held, mine.text), "kind": kind, "with_all": whole, "changes": list(map(_change, changes))}


def _keeps(held: Reading, name: str) -> bool:
    return bool({"all", name} & {*names_in(held.keeps)})


def _held(name: str, held: Reading, text: Document) -> Told:
    return {
        "id": name, "title": held.title, "holder": speaker_title(held.holder, text), "note": held.note,
        "slip": held.lint, "until": str(held.until) if held.until else None, **rests_on(text, held.source),
    }  # fmt: skip


def _change(one: Change) -> Told:
    return {"field": one.field, "path": one.path, "from": one.before, "to": one.after, "from_at": one.at,
            "to_at": one.to}  # fmt: skip


def _texts_of(clauses: Iterable[str], versions: Versions) -> set[str]:
    """Name the instruments on which some clauses rest, under whichever reading."""
    near = {entry for name in clauses for version in versions.values() for entry in reached(version, name)}
    return {name for section, name in near if section == "instruments"}


def _deal(versions: Versions, wanted: Sequence[str], texts: set[str]) -> Told:
    """Tell what concerns every clause: readings of how long the deal holds, and positions to it and to these texts."""
    plain = versions[None]
    found = []
    for name in wanted:
        changes = changes_of_all(plain, versions[name])
        held = versions[name].text.readings[name]
        if changes or "all" in names_in(held.keeps):
            kind = "changes" if changes else "keeps"
            found.append({**_held(name, held, plain.text), "kind": kind, "changes": list(map(_change, changes))})
    known = {"agreement", *texts}
    return {"readings": found, "stances": [_stance(one, plain.text) for one in plain.text.stances if one.to in known]}


def _stance(one: Stance, text: Document) -> Told:
    return {
        "actor": speaker_title(one.actor, text), "is": one.is_, "to": one.to,
        "said": str(one.said) if one.said else None, "note": one.note, **rests_on(text, one.source),
    }  # fmt: skip


def _demands(versions: Versions, names: Iterable[str]) -> Iterator[Told]:
    """List what was asked, with the clauses that are measured from a line of it under some reading."""
    plain = versions[None]
    text = plain.text
    lines = {name: {entry for version in versions.values() for entry in reached(version, name)} for name in names}
    for key, one in text.demands.items():
        mine = {entry for entry in reached(plain, key, "demands") if entry[0] == "lines"}
        yield {
            "id": key, "by": speaker_title(one.by, text), "ground": where_words(one.where, text),
            "who": who_words(one.who, text) if one.who else None, "what": one.what, "told_as": list(one.told_as),
            "answer": one.answer, "claims": one.claims, "note": one.note, **rests_on(text, one.source),
            "clauses": [name for name, near in lines.items() if mine & near],
            "stances": [_stance(each, text) for each in text.stances if each.to == key],
        }  # fmt: skip


def rests_on(text: Document, names: str | tuple[str, ...] | None) -> Told:
    """Tell on what something rests: its sources, their chains in words, since when it was known."""
    return {
        "sources": list(names_in(names)), "chains": list(chains_of(text, names)),
        "known_since": known_since(text, names), "unconfirmed": is_unconfirmed(text, names),
    }  # fmt: skip
