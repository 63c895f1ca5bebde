"""A row of words -> a statement, every word checked, all faults at once."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from truceline.errors import Fault
from truceline.evidence.chain import Carrier, Chain, parse_chain
from truceline.evidence.figures import Value, parse_value
from truceline.evidence.names import people_may_be_one
from truceline.evidence.row_words import RowWords, stated_moment
from truceline.evidence.speaker import Speaker
from truceline.evidence.statement import Citation, Statement
from truceline.evidence.vocabulary import CATEGORIES, MODES, POLARITIES, RELEASES, STANCES, is_category

__all__ = ["STATEMENT_COLUMNS", "read_statement"]

STATEMENT_COLUMNS: Final = (
    "id", "person", "office", "body", "description", "chain", "category", "modes", "stance", "claim", "about", "value",
    "words", "line", "subject", "fact", "language", "said", "published", "retrieved", "outlet", "url", "polarity",
    "hedge", "quote", "prefix", "suffix", "sha256", "release",
)  # fmt: skip
"""The columns of a file of statements; cells that hold several words have ``;`` between them."""

_KINDS: Final = tuple(
    sorted({*CATEGORIES, *(f"{kind}.{mode}" for kind, modes in CATEGORIES.items() for mode in modes)})
)
_PLAIN: Final = ("claim", "words", "line", "subject", "fact", "language", "outlet", "url", "hedge")


def read_statement(cells: Mapping[str, str], at: str) -> tuple[Statement | None, tuple[Fault, ...]]:
    """Read one statement from its cells.

    Parameters
    ----------
    cells : mapping of str to str
        Words by column, those of `STATEMENT_COLUMNS`; others are not looked at.
    at : str
        Where the row stands, as in "said.csv row 3".

    Returns
    -------
    statement : Statement or None
        None if a fault TL-S1 was found.
    faults : tuple of Fault
        All faults and doubts of the row, in the order of the columns.

    Examples
    --------
    >>> cells = {"id": "n-1", "chain": "Ada North>Gazette", "stance": "offers", "value": "5 km"}
    >>> statement, faults = read_statement(cells, "said.csv row 1")
    >>> statement.speakers[0].person, statement.value.hi, faults
    ('Ada North', 5000.0, ())
    >>> print(*read_statement({"id": "n-1", "stance": "offer", "description": "aide"}, "said.csv row 1")[1])
    said.csv row 1 column stance: TL-S103 this word is not in the list: 'offer'; did you mean 'offers'?
    """
    row = RowWords(cells, at)
    name = row.text("id")
    if not name:
        row.find("TL-S101", "id")
    speakers, chain = _origin(row)
    category, modes, stance = _kind(row)
    polarity = row.word("polarity", row.text("polarity") or "positive", tuple(POLARITIES))
    said, published, retrieved = (
        row.read(column, "TL-S105", stated_moment) for column in ("said", "published", "retrieved")
    )
    if said and published and published.span(None, {}).end_us < said.span(None, {}).start_us:
        row.find("TL-S111", "published", f"{published} before {said}")
    value: Value | None = row.read("value", "TL-S104", parse_value)
    citation, release = _citation(row), _release(row)
    row.faults.sort(key=lambda fault: STATEMENT_COLUMNS.index(fault.at.rpartition(" ")[2]))
    if any(fault.code.startswith("TL-S1") for fault in row.faults):
        return None, tuple(row.faults)
    claim, words, line, subject, fact, language, outlet, url, hedge = map(row.text, _PLAIN)
    statement = Statement(
        name, speakers, chain, category, modes, stance, claim, row.list("about"), value, words, line, subject, fact,
        language, said, published, retrieved, outlet, url, polarity, hedge, citation, release,
    )  # fmt: skip
    return statement, tuple(row.faults)


def _origin(row: RowWords) -> tuple[tuple[Speaker, ...], Chain]:
    """Read who said it and the chain; a chain that is not given is the outlet alone."""
    words = row.text("chain") or f"?>{row.text('outlet')}".removesuffix(">")
    try:
        chain = parse_chain(words)
    except ValueError as error:
        what, _, remedy = str(error).rpartition("; ")
        row.find("TL-S106", "chain", what, remedy)
        chain = Chain()
    speakers = _speakers(row)
    if chain.names_speaker and not speakers:
        return (Speaker(person=chain.origin),), chain
    if chain.names_speaker and not _is_one_of(chain.origin, speakers):
        chain = Chain("named" if speakers[0].named else "unnamed", ((Carrier(chain.origin),), *chain.steps))
    if not speakers:
        row.find("TL-S201", "person")
    return speakers, chain


def _speakers(row: RowWords) -> tuple[Speaker, ...]:
    """Put the speakers together: the lists of the four columns run side by side, ``-`` for nothing."""
    columns = [row.list(column) for column in ("person", "office", "body", "description")]
    count = max(map(len, columns))
    if any(len(column) not in (0, count) for column in columns):
        row.find("TL-S113", "person", " and ".join(str(len(column)) for column in columns if column))
        return ()
    filled = [["" if word == "-" else word for word in column] or [""] * count for column in columns]
    speakers = tuple(Speaker(*words) for words in zip(*filled, strict=True) if any(words))
    if any(speaker.person and speaker.description for speaker in speakers):
        row.find("TL-S112", "description")
    return speakers


def _is_one_of(word: str, speakers: tuple[Speaker, ...]) -> bool:
    """Say whether the first word of a chain is the speaker, or else a carrier."""
    said = (text for each in speakers for text in (each.person, each.body, each.description) if text)
    return any(people_may_be_one(word, text) for text in said)


def _kind(row: RowWords) -> tuple[str, tuple[str, ...], str]:
    category, stance, modes = row.text("category"), row.text("stance"), row.list("modes")
    if category and not is_category(category):
        row.word("category", category, _KINDS)
    row.word("stance", stance, tuple(STANCES))
    for mode in modes:
        row.word("modes", mode, tuple(MODES))
    if not category and not stance:
        row.find("TL-S109", "category")
    return category, tuple(dict.fromkeys(modes)), stance


def _citation(row: RowWords) -> Citation | None:
    prefix, suffix = (row.cells.get(column, "") for column in ("prefix", "suffix"))  # blanks count
    if not row.text("quote"):
        if prefix.strip() or suffix.strip() or row.text("sha256"):
            row.find("TL-S108", "quote")
        return None
    if not row.text("sha256"):
        row.find("TL-S203", "sha256")
    return row.read(
        "quote", "TL-S107", lambda _: Citation(row.cells["quote"], prefix, suffix, row.text("sha256").lower())
    )


def _release(row: RowWords) -> str:
    word = row.text("release") or RELEASES[0]
    if word not in RELEASES:
        row.find("TL-S202", "release", repr(word[:60]))
        return RELEASES[1]
    return word
