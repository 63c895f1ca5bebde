"""Names of people, bodies and carriers: when two surely mean different ones, and when they may mean the same.

One person is written in many ways: in another script, with or without a title or a first name, with other
vowels. Where two names may be one, they are taken for one: nobody becomes two by a spelling.
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache

__all__ = ["bodies_may_be_one", "key_of", "people_may_be_one"]

_TITLE_WORDS = (
    "al el the a an of for and de von van bin ben ibn mr mrs ms miss dr prof sir lord lady king queen prince sheikh "
    "president vice prime minister ministry foreign defence defense interior secretary state general lieutenant "
    "colonel brigadier major captain commander admiral marshal chief deputy senior ambassador envoy special senator "
    "chairman chairwoman spokesman spokeswoman spokesperson official"
)
_TITLES = frozenset(_TITLE_WORDS.split())
_SURE = 3  # consonants: with fewer, two short names would look alike too often


@cache
def key_of(name: str) -> str:
    """Fold a name for comparison: case, accents, punctuation and a leading article make no difference.

    >>> key_of("The Daily  Héron"), key_of("daily heron"), key_of("?")
    ('daily heron', 'daily heron', '?')
    """
    plain = "".join(each for each in unicodedata.normalize("NFKD", name) if not unicodedata.combining(each))
    words = re.sub(r"[\W_]+", " ", plain.casefold()).strip()
    return words.removeprefix("the ") or name.strip()


def people_may_be_one(one: str, other: str) -> bool:
    """Say whether two names may be those of one person.

    They may if their last words are alike, if all words of the shorter one have a like in the longer one,
    titles left out, or if they are written in two scripts.

    >>> people_may_be_one("Sergey Alexandrov", "President Aleksandrow"), people_may_be_one("Ada North", "Bo North")
    (True, True)
    >>> people_may_be_one("Ada North", "Ada South"), people_may_be_one("Ada", "Ада Норт")
    (False, True)
    """
    a, b = _words(one), _words(other)
    return _scripts_differ(one, other) or _alike(a[-1], b[-1]) or _within(a, b)


def bodies_may_be_one(one: str, other: str) -> bool:
    """Say whether two names may be those of one body: all words of the shorter one have a like in the longer one.

    >>> bodies_may_be_one("Defence Ministry", "Northbank Defence Ministry"), bodies_may_be_one("Northbank", "Southbank")
    (True, False)
    """
    return _scripts_differ(one, other) or _within(tuple(key_of(one).split()), tuple(key_of(other).split()))


@cache
def _words(name: str) -> tuple[str, ...]:
    words = tuple(key_of(name).split())
    return tuple(word for word in words if word not in _TITLES) or words


def _within(one: tuple[str, ...], other: tuple[str, ...]) -> bool:
    shorter, longer = sorted((one, other), key=len)
    return all(any(_alike(word, like) for like in longer) for word in shorter)


def _alike(one: str, other: str) -> bool:
    if 1 in (len(one), len(other)):
        return one[0] == other[0]
    bones = _bones(one)
    return one == other or (len(bones) >= _SURE and bones == _bones(other))


@cache
def _bones(word: str) -> str:
    """Give the consonants of a word as transliterations agree on them.

    >>> _bones("lavrentiev"), _bones("lavrentyev"), _bones("mohammed"), _bones("muhammad")
    ('lvrntv', 'lvrntv', 'mhmd', 'mhmd')
    """
    for written, heard in (("ph", "f"), ("ks", "x"), ("ck", "k"), ("w", "v"), ("q", "k")):
        word = word.replace(written, heard)
    return re.sub(r"(.)\1+", r"\1", re.sub("[aeiouyj]", "", word))


def _scripts_differ(one: str, other: str) -> bool:
    return key_of(one).isascii() != key_of(other).isascii()
