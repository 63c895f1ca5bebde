"""Agreements in: from a file, from text; what they leave open; the language as JSON Schema."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields
from pathlib import Path
from typing import Any, Self

from truceline.formats import terms_file
from truceline.formats.library import path_of
from truceline.publish.notebook_terms import agreement_html
from truceline.terms import agreement as texts
from truceline.terms import lint as linting
from truceline.terms import schema as language
from truceline.terms.lint import LintFinding

__all__ = ["Agreement", "lint", "load", "loads", "schema"]


class Agreement(texts.Agreement):
    """One agreement, read and resolved, under none and under each of its readings; from `truceline.load`.

    In a notebook it shows its provisions as sentences, and who holds which reading.
    """

    __slots__ = ()

    @classmethod
    def of(cls, agreement: texts.Agreement) -> Self:
        """Take what the reader made."""
        return cls(**{field.name: getattr(agreement, field.name) for field in fields(agreement)})

    def _repr_html_(self) -> str:
        return agreement_html(self)


def load(path: str | Path, *, geometry: Mapping[str, str | Path] | None = None) -> Agreement:
    """Load an agreement from a YAML or JSON file; lines and areas come from GeoJSON files beside it.

    Parameters
    ----------
    path : path
        The file; or ``library:ID`` for an agreement of the library (`truceline library` lists them).
    geometry : mapping of str to path, optional
        What fills the named slots of the terms: ``{"contact": "lines.geojson#contact"}``. What is not filled stays
        undisclosed.

    Raises
    ------
    TermsError
        With all faults of the file, each as ``file:line:col: CODE what; remedy``.
    UsageError
        TL-E950, if the library has no such agreement; TL-E952, if the terms have no such slot; TL-E040 or TL-E041, if
        what should fill it is not there.

    Examples
    --------
    >>> import truceline as tl
    >>> deal = tl.load("examples/toy/terms.yaml")
    >>> deal
    <Agreement river-truce: 1 provision, 2 readings>
    >>> deal.readings
    ('north', 'south')
    """
    return Agreement.of(terms_file.load(path_of(path), geometry))


def loads(
    text: str | bytes, *, name: str = "<terms>", folder: str | Path | None = None,
    geometry: Mapping[str, str | Path] | None = None,
) -> Agreement:  # fmt: skip
    """Load an agreement from text; `name` stands in messages, GeoJSON files are looked for in `folder`.

    `geometry` fills named slots, as in `load`.

    >>> import truceline as tl
    >>> tl.loads("truceline: 1, 2")
    Traceback (most recent call last):
    truceline.errors.TermsError: ...
    """
    return Agreement.of(terms_file.load_text(text, name, folder, geometry))


def lint(agreement: texts.Agreement, *, only: list[str] | None = None, reports: Any = None) -> tuple[LintFinding, ...]:
    """List what an agreement leaves open: no date, no definition, no geometry, no unit, no step for disputes.

    Parameters
    ----------
    agreement : Agreement
    only : list of str, optional
        Ids of the rules to run, such as ``["TIM-2"]``; all rules without it.
    reports : table, or sequence of tables, optional
        As in `truceline.check`: RDG-1 then names the clauses on which readings give different verdicts.

    Returns
    -------
    tuple of LintFinding
        In the order of the file. A finding speaks of the text, never of anybody's conduct.

    Examples
    --------
    >>> import truceline as tl
    >>> for finding in tl.lint(tl.load("examples/toy/terms.yaml"), only=["GEO-5"]):
    ...     print(finding)
    examples/toy/terms.yaml:...: GEO-5 warning: ...
    """
    contests = None if reports is None else _contests(agreement, reports)
    return linting.lint(agreement, only=only, contests=contests)


def _contests(agreement: texts.Agreement, reports: Any) -> dict[str, linting.Contest]:
    from truceline.api.checking import check  # noqa: PLC0415 - it loads what judges; most lints have no reports
    from truceline.engines.contests import contests_of  # noqa: PLC0415
    from truceline.engines.deciding import Background  # noqa: PLC0415

    checked, background = check(Agreement.of(agreement), reports), Background()
    background.look(checked)
    return contests_of(checked.summary, checked.setup, background)


def schema() -> dict[str, Any]:
    """Give the JSON Schema (2020-12) of the terms language, for editors and for others' checks.

    >>> import truceline as tl
    >>> tl.schema()["$schema"]
    'https://json-schema.org/draft/2020-12/schema'
    """
    return language.json_schema()
