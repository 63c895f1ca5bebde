"""Clauses and lines by their titles, each with the id by which it is found in the file and asked for."""

from __future__ import annotations

from truceline.engines.setup import Setup
from truceline.plan.codebook import RuleName, rules_of
from truceline.plan.compile import TEXT
from truceline.terms.model import Document
from truceline.terms.rims import is_outward
from truceline.terms.wording import who_words

__all__ = ["clause_names", "line_names", "titled_clause"]


def clause_names(setup: Setup) -> dict[str, str]:
    """Name every clause of a run by its id, in the words of the first text that has it; one per side says whose."""
    found: dict[str, str] = {}
    for reading in setup.readings:
        text = setup.agreement.under(None if reading == TEXT else reading)
        for rule in (*rules_of(text), *(RuleName(name) for name in text.provisions)):
            found.setdefault(str(rule), titled_clause(rule, text))
    return found


def line_names(setup: Setup, *, both_sides: bool = False) -> dict[str, str]:
    """Name every line and boundary of a run by its id: its title, the id, and what lies behind the boundary of an area.

    Counts on one side of it take what lies in the area as no distance away.
    """
    found = {}
    for name, line in setup.book.courses.items():
        behind = "; what lies in it counts as 0" if name in setup.book.rims and is_outward(name) else ""
        found[name] = f"{line.title} ({name})" + ("" if both_sides else behind)
    return found


def titled_clause(rule: RuleName, text: Document) -> str:
    """Write the title of a clause and its id; the id alone where it has no title.

    >>> from truceline.terms.model import Provision
    >>> quiet = Provision.model_construct(title="no fire")
    >>> text = Document.model_construct(provisions={"quiet": quiet, "leave": Provision.model_construct(title=None)})
    >>> titled_clause(RuleName("quiet"), text), titled_clause(RuleName("leave"), text)
    ('No fire (quiet)', 'leave')
    """
    title = text.provisions[rule.provision].title
    if title is None:
        return str(rule)
    whose = f": {who_words(text.sides[rule.side].who, text)}" if rule.side is not None else ""
    return f"{title[:1].upper()}{title[1:]}{whose} ({rule})"
