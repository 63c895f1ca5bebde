"""Truceline: check any report against any reading of a ceasefire or withdrawal agreement, and see why.

>>> import truceline as tl
>>> deal = tl.load("examples/toy/terms.yaml")
>>> reports = tl.read_reports("examples/toy/reports.csv", agreement=deal)
>>> tl.check(deal, reports)
<Checked river-truce: 5 reports x 1 provision x 3 readings>
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

from truceline.errors import EvidenceError, Fault, GeometryError, TermsError, TrucelineError, UsageError

if TYPE_CHECKING:
    from truceline.api.checking import Checked, check, explain
    from truceline.api.duplicates import duplicates
    from truceline.api.measuring import measure, sweep
    from truceline.api.origins import origins
    from truceline.api.publishing import write_report
    from truceline.api.reading import read_reports
    from truceline.api.tables import report
    from truceline.api.terms import Agreement, lint, load, loads, schema
    from truceline.basics.truth import Truth
    from truceline.evidence.regions import Regions
    from truceline.judge.verdict import Verdict

__all__ = [
    "Agreement", "Checked", "EvidenceError", "Fault", "GeometryError", "Regions", "TermsError", "TrucelineError",
    "Truth", "UsageError", "Verdict", "__version__", "check", "duplicates", "explain", "lint", "load", "loads",
    "measure", "origins", "read_reports", "report", "schema", "sweep", "write_report",
]  # fmt: skip

__version__: str

_ROOMS = {
    "api.checking": ("Checked", "check", "explain"),
    "api.duplicates": ("duplicates",),
    "api.measuring": ("measure", "sweep"),
    "api.origins": ("origins",),
    "api.publishing": ("write_report",),
    "api.reading": ("read_reports",),
    "api.tables": ("report",),
    "api.terms": ("Agreement", "lint", "load", "loads", "schema"),
    "basics.truth": ("Truth",),
    "evidence.regions": ("Regions",),
    "judge.verdict": ("Verdict",),
}


def __getattr__(name: str) -> Any:
    """Load a name when it is first asked for, so that `truceline --help` need not load everything."""
    if name == "__version__":
        return import_module("importlib.metadata").version("truceline")
    for room, names in _ROOMS.items():
        if name in names:
            return getattr(import_module(f"truceline.{room}"), name)
    msg = f"module 'truceline' has no attribute {name!r}"
    raise AttributeError(msg)


def __dir__() -> list[str]:
    """List the public names."""
    return sorted(__all__)
