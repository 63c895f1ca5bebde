"""Words and notes of the terms in which there are numbers, wherever they stand."""

from __future__ import annotations

from collections.abc import Iterator

from pydantic import BaseModel

from truceline.terms.model import Document
from truceline.terms.trouble import Steps

__all__ = ["quotations"]


def quotations(text: Document) -> Iterator[tuple[Steps, str]]:
    """Go through what was said (`words`) and noted (`note`), with its path, where it holds a digit.

    It looks at no other words, which makes it several times faster than `parts_of`.
    """
    pending: list[tuple[Steps, object]] = [((), text)]
    while pending:
        steps, part = pending.pop()
        if isinstance(part, BaseModel):
            fields = vars(part)
            for key in ("words", "note"):
                words = fields.get(key)
                if isinstance(words, str) and any(map(str.isdigit, words)):
                    yield (*steps, key), words
            below = [(name.removesuffix("_"), value) for name, value in fields.items()]  # 'from_' is written 'from'
        else:
            below = [*(part.items() if isinstance(part, dict) else enumerate(part) if isinstance(part, tuple) else ())]
        pending += [((*steps, step), value) for step, value in below if isinstance(value, BaseModel | dict | tuple)]
