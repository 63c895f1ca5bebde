"""Agreement + one reading -> Plan: dense frozen tables with a fingerprint, and no names."""

from __future__ import annotations

from truceline.basics.amount import ends_of
from truceline.plan.codebook import Codebook, RuleName, codebook_of, rules_of
from truceline.plan.condition import compile_condition, compile_waivers
from truceline.plan.denial import compile_scope
from truceline.plan.ground import Ground, excepted_ground, ground_of
from truceline.plan.owed import trend_of
from truceline.plan.period import period_of
from truceline.plan.subject import compile_what, compile_who
from truceline.plan.tables import Kind, Plan, Rule, fingerprint
from truceline.terms.agreement import Agreement
from truceline.terms.model import Document, Provision, Reading
from truceline.terms.timed import excepted_names

__all__ = ["TEXT", "book_of", "compile_document", "compile_plan", "compile_rule", "readings_of"]

TEXT = "text"
"""The name under which the plain text, without any reading, is judged."""


def readings_of(agreement: Agreement) -> tuple[str, ...]:
    """List the readings that are judged side by side: the plain text first, none of them a default."""
    return (TEXT, *agreement.readings)


def book_of(agreement: Agreement) -> Codebook:
    """Give a number to every name of the agreement and of all its readings."""
    return codebook_of([agreement.under(None), *(agreement.under(name) for name in agreement.readings)])


def compile_plan(agreement: Agreement, reading: str, book: Codebook) -> Plan:
    """Compile the agreement under one reading (`TEXT` for none).

    Returns
    -------
    Plan
        Rules by id, in the order of the codebook; a rule that the reading does not contain is left
        out. Equal plans have equal fingerprints.
    """
    chosen = None if reading == TEXT else reading
    text = agreement.under(chosen)
    rules = compile_document(text, book, text.readings[reading] if chosen else None)
    return Plan(readings_of(agreement).index(reading), rules, fingerprint(rules))


def compile_document(text: Document, book: Codebook, reading: Reading | None) -> tuple[Rule, ...]:
    """Compile every judged sentence of a document, already patched by `reading`."""
    judged = set(rules_of(text))
    names = [name for name in book.rules if name in judged]
    return tuple(compile_rule(name, text.provisions[name.provision], text, book, reading) for name in names)


def compile_rule(name: RuleName, provision: Provision, text: Document, book: Codebook, reading: Reading | None) -> Rule:
    """Compile one sentence."""
    ground = Ground(text, book, name.side)
    denied = reading is not None and name.provision in (reading.denies or ())
    least, most = ends_of(provision.at_most or provision.at_least or 0)
    return Rule(
        rule=book.rule_ids[name],
        kind=_kind(provision),
        limit=least,
        who=compile_who(provision, text, book, name.side),
        what=compile_what(provision, text, book),
        where=ground_of(provision, ground),
        when=period_of(provision, text, reading),
        except_where=excepted_ground(excepted_names(provision.except_), ground),
        denied=denied,
        scope=compile_scope(reading, ground) if reading is not None and denied else None,
        trend=trend_of(provision, text),
        condition=compile_condition(provision, text),
        waivers=compile_waivers(provision, ground),
        unjudged=reading is not None and reading.table is not None,
        slack=most - least,
    )


def _kind(provision: Provision) -> Kind:
    if provision.trend is not None:
        return Kind.TREND
    if (provision.at_most is None) == (provision.at_least is None):
        return Kind.LATER  # nothing that could be counted; two rules in one sentence are refused (TL-E082)
    if provision.at_most is None:
        return Kind.FLOOR
    return Kind.CEILING if ends_of(provision.at_most)[1] > 0 else Kind.BAN
