"""Rows of FollowTheMoney statements: one value of one property of one entity each, with the id that they give it.

Written against followthemoney 4.11.2. A value that would not be accepted there is not handed on in another form.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from types import MappingProxyType
from typing import Any, Final

__all__ = ["LONGEST", "Entity", "Fact", "clean", "date_of", "entity_id", "language_of", "rows_of"]

LONGEST: Final = MappingProxyType({
    "name": 384, "string": 1024, "text": 65_000, "address": 250, "url": 4096, "date": 32, "language": 16, "entity": 200,
})  # fmt: skip
"""Characters that a value of each type may have."""
_URL: Final = re.compile(r"https?://[^\s/?#]+\.[^\s]*")
_CONTROL: Final = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f]")
_CODES: Final = (
    "af:afr am:amh ar:ara az:aze be:bel bg:bul bn:ben bs:bos ca:cat cs:ces da:dan de:deu el:ell en:eng es:spa et:est "
    "fa:fas fi:fin fr:fra ga:gle he:heb hi:hin hr:hrv hu:hun hy:hye id:ind is:isl it:ita ja:jpn ka:kat kk:kaz km:khm "
    "kn:kan ko:kor ky:kir lb:ltz lo:lao lt:lit lv:lav mk:mkd mn:mon ms:msa mt:mlt my:mya ne:nep nl:nld no:nor pl:pol "
    "ps:pus pt:por ro:ron ru:rus si:sin sk:slk sl:slv sq:sqi sr:srp sv:swe sw:swa ta:tam te:tel tg:tgk th:tha tk:tuk "
    "tl:tgl tr:tur uk:ukr ur:urd uz:uzb vi:vie zh:zho"
)
_LANGUAGES: Final = MappingProxyType({code[:2]: code[3:] for code in _CODES.split()})
"""ISO 639-1 to ISO 639-3, of the languages that their model knows."""


@dataclass(frozen=True, slots=True)
class Fact:
    """One value of one property; `kind` is its type there, `lang` the language of words where it is known."""

    prop: str
    kind: str
    value: str
    lang: str | None = None


@dataclass(frozen=True, slots=True)
class Entity:
    """An entity of one schema with its facts; `shared` if other records may speak of it too."""

    id: str
    schema: str
    facts: tuple[Fact, ...]
    shared: bool = False


def entity_id(dataset: str, *words: str) -> str:
    """Make the id of an entity from the words that tell it from all others, by SHA-256.

    Each word goes in with its length, so that ("a.b", "c") and ("a", "b.c") are two.

    >>> entity_id("log", "report", "q:1")
    'log-a65294a7ef5bf08f10dddd70732f21184e4668d6'
    """
    text = "".join(f"{len(word.encode())}:{word}" for word in words)
    return f"{dataset.replace('_', '-')}-{hashlib.sha256(text.encode()).hexdigest()[:40]}"


def rows_of(entity: Entity, dataset: str, origin: str | None) -> Iterator[dict[str, Any]]:
    """Give the rows of an entity, with ``first_seen`` and ``last_seen`` still to be filled in.

    The members come in the order of their own writer: lines can then be sorted by ``canonical_id`` with plain sort.
    """
    yield _row(entity, Fact("id", "id", entity.id), dataset, origin)
    for fact in dict.fromkeys(entity.facts):
        value = clean(fact.kind, fact.value)
        if value is not None:
            yield _row(entity, fact, dataset, origin, value)


def clean(kind: str, words: str) -> str | None:
    r"""Write a value as their types have it; None where it is none of that type, or too long for it.

    >>> clean("address", "the mill;\n at the river"), clean("name", ' "Ada   North" '), clean("url", "no address")
    ('the mill, at the river', 'Ada North', None)
    """
    text = _CONTROL.sub("", words).strip()
    if kind == "address":
        text = re.sub(r",\s?[,.]", ", ", re.sub(r"[\n\t;]", ", ", text))
    if kind == "name":
        text = text.strip("\"'")
    if kind in ("address", "name"):
        text = " ".join(text.split())
    if not 0 < len(text) <= LONGEST[kind] or (kind == "url" and not _URL.fullmatch(text)):
        return None
    return text


def date_of(words: str, *, up: bool = False) -> str | None:
    """Write an instant in UTC to the second, down or up; a bare date, month or year stays as it is; None for others.

    >>> date_of("2017-07-09T12:00:00.5+03:00"), date_of("2017-07-09T12:00:00.5+03:00", up=True), date_of("2017-07")
    ('2017-07-09T09:00:00', '2017-07-09T09:00:01', '2017-07')
    """
    if re.fullmatch(r"[0-9]{4}(-[0-9]{2}){0,2}", words):
        return words
    try:
        moment = datetime.fromisoformat(words)
        utc = moment.astimezone(UTC) if moment.tzinfo else None
    except (ValueError, OverflowError):
        return None
    if utc is None:  # no instant: nobody says of which zone
        return None
    if up and utc.microsecond:
        utc += timedelta(seconds=1)
    return f"{utc:%Y-%m-%dT%H:%M:%S}"


def language_of(words: str) -> str | None:
    """Give the three letters of a language that their model knows, by two letters or three.

    >>> language_of("ar"), language_of("eng"), language_of("Latin")
    ('ara', 'eng', None)
    """
    code = words.strip().lower()
    return _LANGUAGES.get(code, code if code in _LANGUAGES.values() else None)


def _row(entity: Entity, fact: Fact, dataset: str, origin: str | None, value: str | None = None) -> dict[str, Any]:
    kept = fact.value if value is None else value
    return {
        "canonical_id": entity.id, "entity_id": entity.id, "prop": fact.prop, "schema": entity.schema, "value": kept,
        "dataset": dataset, "lang": fact.lang, "original_value": None if kept == fact.value else fact.value,
        "first_seen": None, "last_seen": None, "external": False, "origin": origin,
        "id": _key(dataset, entity.id, fact.prop, kept, fact.lang),
    }  # fmt: skip


def _key(dataset: str, entity: str, prop: str, value: str, lang: str | None) -> str:
    """Compute the id of a statement as `Statement.make_key` of followthemoney does; it names, and protects nothing."""
    text = f"{dataset}.{entity}.{prop}.{value}" + (f"@{lang}" if lang else "")
    return hashlib.sha1(text.encode(), usedforsecurity=False).hexdigest()
