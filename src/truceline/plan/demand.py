"""Demands, compiled: distances asked or offered and never agreed. They are swept, never judged."""

from __future__ import annotations

from truceline.basics.time import FOREVER, NEVER_BEFORE, Span
from truceline.plan.codebook import Codebook
from truceline.plan.ground import Ground, compile_where, excepted_ground
from truceline.plan.subject import compile_what, compile_who
from truceline.plan.tables import Kind, Rule, When
from truceline.terms.model import Demand, Document, Provision

__all__ = ["compile_demands"]


def compile_demands(text: Document, book: Codebook) -> dict[str, Rule]:
    """Compile every demand as if it were a ban, in force at all times, so that it can be compared with reports.

    Its number is -1: it is no rule of the agreement and has no verdict. Of a line with dated courses the newest counts:
    a demand asks for what is to come.
    """
    return {name: _compile(demand, text, book) for name, demand in text.demands.items()}


def _compile(demand: Demand, text: Document, book: Codebook) -> Rule:
    asked = Provision.model_construct(
        who=demand.who or "any", what=demand.what or "presence", except_=demand.except_, through=demand.by
    )
    ground = Ground(text, book, newest=True)
    return Rule(
        rule=-1,
        kind=Kind.BAN,
        limit=0,
        who=compile_who(asked, text, book, None),
        what=compile_what(asked, text, book),
        where=compile_where(demand.where, ground),
        when=When(Span(NEVER_BEFORE, NEVER_BEFORE), Span(FOREVER, FOREVER), undated=False),
        except_where=excepted_ground(demand.except_, ground),
        denied=False,
    )
