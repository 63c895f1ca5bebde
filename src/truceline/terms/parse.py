"""Tree -> agreement: the text, its amendments and every reading of it validated; all faults at once, with places."""

from __future__ import annotations

from truceline.errors import Fault, TermsError
from truceline.terms.agreement import Agreement
from truceline.terms.amended import patches_of, texts_of
from truceline.terms.checking import text_of
from truceline.terms.node import Node

__all__ = ["read"]

_MOST_WORK = 300_000  # values times patches; the largest agreement we know has 20 000


def read(root: Node, name: str) -> Agreement:
    """Read an agreement from the tree of its file.

    Parameters
    ----------
    root : Node
        The file, every scalar a string as written.
    name : str
        The file's name as it shall stand in faults.

    Raises
    ------
    TermsError
        With every fault of the text, of its amendments and of all its readings, in the order of the file.
    """
    _refuse_too_much(root, name)
    texts = texts_of(root)
    if texts.found:
        ordered = sorted(dict.fromkeys(texts.found), key=lambda item: (item[0], item[1].code))
        raise TermsError(Fault(f"{name}:{line}:{col}", t.code, t.what, t.remedy) for (line, col), t in ordered)
    return Agreement(name, root, texts.documents)


def _refuse_too_much(root: Node, name: str) -> None:
    """Refuse a file that would take long: the whole text is checked once under each patch."""
    patches = list(patches_of(root))
    if sum(1 for _ in text_of(root).walk()) * len(patches) > _MOST_WORK:
        section = patches[-1][0]
        line, col = root.nearest((section,), key=True)
        what, remedy = f"{len(patches)} {section} of so long a text", "split the agreement into several files"
        raise TermsError([Fault(f"{name}:{line}:{col}", "TL-E006", what, remedy)])
