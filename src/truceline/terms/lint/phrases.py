"""Names and numbers in the words of a finding."""

from __future__ import annotations

from collections.abc import Iterable

__all__ = ["listed", "metric", "numbered", "titled"]

_MOST = 6


def listed(names: Iterable[str], joint: str = "and") -> str:
    """List quoted names as a sentence does; beyond six the rest is counted.

    >>> listed(["a", "b", "c"]), listed(["withdraw"])
    ("'a', 'b' and 'c'", "'withdraw'")
    """
    quoted = [f"'{name}'" for name in names]
    if len(quoted) > _MOST + 1:
        quoted = [*quoted[:_MOST], f"{len(quoted) - _MOST} more"]
    return f"{', '.join(quoted[:-1])} {joint} {quoted[-1]}" if len(quoted) > 1 else "".join(quoted)


def numbered(texts: Iterable[str]) -> str:
    """Join texts that contain commas themselves by numbering them.

    >>> numbered(["an official, via Agency", "a map"])
    '(1) an official, via Agency (2) a map'
    """
    return " ".join(f"({number}) {text}" for number, text in enumerate(texts, start=1))


def titled(name: str, title: str | None) -> str:
    """Quote a name, with its title where it has one.

    >>> titled("river", "the river line")
    "'river' (the river line)"
    """
    return f"'{name}' ({title})" if title and title != name else f"'{name}'"


def metric(lo: float, hi: float) -> str:
    """Write bounds in metres for people: kilometres, or metres below one kilometre, with one decimal.

    >>> metric(4828.032, 6437.376), metric(457.2, 457.2), metric(30000.0, 30000.0)
    ('4.8 to 6.4 km', '457.2 m', '30 km')
    """
    unit, scale = ("km", 1000.0) if hi >= 1000.0 else ("m", 1.0)
    ends = (f"{end / scale:.1f}".removesuffix(".0") for end in (lo, hi))
    return f"{' to '.join(dict.fromkeys(ends))} {unit}"
