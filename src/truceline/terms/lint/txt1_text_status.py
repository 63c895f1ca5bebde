"""TXT-1 text-status: the text is not published, so its clauses rest on what was said about it."""

from __future__ import annotations

from collections.abc import Iterator

from truceline.terms.lint.entries import names_in
from truceline.terms.lint.phrases import listed, numbered, titled
from truceline.terms.lint.rule import Remark, Rule, in_the_text
from truceline.terms.model import Document, Instrument, Provision
from truceline.terms.sources import chains_of

__all__ = ["RULE"]


def _find(text: Document) -> Iterator[Remark]:
    for name, instrument in text.instruments.items():
        clauses = {key: clause for key, clause in text.provisions.items() if name in _under(clause, text)}
        hearsay = {key: clause for key, clause in clauses.items() if _rests_on_statements(instrument, clause, text)}
        if hearsay and not _is_published(instrument):
            yield _remark(name, instrument, hearsay, text)


def _under(clause: Provision, text: Document) -> tuple[str, ...]:
    """Name the instruments of a clause; one that names none belongs to the only instrument there is."""
    if clause.under is not None:
        return names_in(clause.under)
    return tuple(text.instruments) if len(text.instruments) == 1 else ()


def _is_published(instrument: Instrument) -> bool:
    return instrument.text is not None and instrument.text.casefold().startswith(("public", "publish"))


def _rests_on_statements(instrument: Instrument, clause: Provision, text: Document) -> bool:
    """Say whether nobody can read the clause: its text is withheld, or unmentioned and no source is the text itself."""
    if instrument.text is not None:
        return True
    return not any(name in text.sources and text.sources[name].kind == "primary" for name in names_in(clause.source))


def _remark(name: str, instrument: Instrument, clauses: dict[str, Provision], text: Document) -> Remark:
    sources = dict.fromkeys(source for clause in clauses.values() for source in names_in(clause.source))
    status = f"the text is '{instrument.text}'" if instrument.text else "no published text is named"
    many = "s" if len(clauses) > 1 else ""
    rest = f"clause{many} {listed(clauses)} rest{'' if many else 's'} on {numbered(chains_of(text, sources))}"
    return Remark(
        f"instruments.{name}.text" if instrument.text else f"instruments.{name}",
        f"{titled(name, instrument.title)}: {status}; {rest}",
        "publish the text and name it as a primary source, with 'text: public'; "
        "until then read every result as one about these statements",
    )


RULE = Rule(
    "TXT-1",
    "text-status",
    "warning",
    "UN Guidance on Mediation of Ceasefires (2022), ch. 1: a formal text",
    "no published text: the clauses rest on statements, which are listed with their chains",
    in_the_text(_find),
    why=(
        "Two people who argue about a secret text argue about two retellings. Whoever holds the paper can say "
        "at any time that it reads differently, and a report can only be held against what somebody said the "
        "clause is. With the chains in view a reader sees how many people that really was: ten newspapers "
        "that carry one official are one voice."
    ),
    mend="Publish the text, or at least the clauses with their lines, numbers and dates.",
)
