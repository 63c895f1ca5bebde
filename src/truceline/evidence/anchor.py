"""Whether a citation still stands in a source copy: found, or an orphan. An anchor is never moved."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import Literal

from truceline.evidence.statement import Citation

__all__ = ["Anchor", "look_up", "sha256_of"]


@dataclass(frozen=True, slots=True)
class Anchor:
    """What became of a citation: its state, where the quote begins (in characters, from 0), and why.

    `same_copy` : whether the copy is the one that was quoted, byte by byte; False also where no hash was kept.
    """

    state: Literal["found", "orphan"]
    why: str
    begins: int | None = None
    same_copy: bool = False


def sha256_of(text: str) -> str:
    """Hash a text as UTF-8.

    >>> sha256_of("")[:8]
    'e3b0c442'
    """
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def look_up(citation: Citation, text: str, sha256: str | None = None) -> Anchor:
    """Look a citation up in the text of a source copy.

    Parameters
    ----------
    citation : Citation
        Prefix, quote and suffix must follow one another in the text, character by character.
    text : str
        The text of the copy.
    sha256 : str, optional
        The hash of the copy, if the text was taken out of it; else that of the text as UTF-8.

    Returns
    -------
    Anchor
        Found if the words stand there, in their surroundings, exactly once. An orphan else: a quote that
        now stands elsewhere, among other words, or more than once is not looked for.

    Examples
    --------
    >>> look_up(Citation("five km", "stay ", " away"), "They stay five km away.").begins
    10
    >>> look_up(Citation("five km", "stay ", " away"), "They keep five km away.").why
    'the quote stands in the text, but among other words'
    """
    same = bool(citation.sha256) and (sha256 or sha256_of(text)) == citation.sha256
    whole = citation.prefix + citation.exact + citation.suffix
    at = text.find(whole)
    if at < 0:
        moved = "the quote stands in the text, but among other words"
        return Anchor("orphan", moved if citation.exact in text else "the quote does not stand in the text", None, same)
    if text.find(whole, at + 1) >= 0:
        return Anchor("orphan", "the quote and its surroundings stand there more than once", None, same)
    why = "in the copy that was quoted" if same else _another(citation)
    return Anchor("found", why, at + len(citation.prefix), same)


def _another(citation: Citation) -> str:
    return (
        "in another copy than was quoted"
        if citation.sha256
        else "no hash was kept: whether it is the copy is not known"
    )
