"""Where the result of a run comes from, as PROV: the files, the reading of reports, the check, and what was written.

A file is called by its SHA-256 (``nih:sha-256;...``, RFC 6920), so that it has one name in all documents; everything
else by the run, whose name is a hash of all that went into it.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from truceline.engines.setup import Setup
from truceline.publish.prov import Statement, activity, agent, derived, entity, name, prov_bytes, relation
from truceline.publish.prov_terms import terms_statements

__all__ = ["CHECK", "READ", "NamedFile", "Ran", "run_prov", "run_statements", "with_prefixes"]

READ, CHECK = "run:reading", "run:check"
FILE = "nih:sha-256;"
KINDS = {"terms": "TermsFile", "geometry": "GeometryFile", "reports": "ReportsFile", "mapping": "MappingFile",
         "regions": "RegionsFile", "places": "GazetteerFile", "findings": "FindingsFile", "table": "CountsFile",
         "page": "PageFile", "sweep": "SweepFile", "accounts": "AccountsFile", "effort": "EffortFile",
         "judgements": "JudgementsFile"}  # fmt: skip
READ_BY = ("reports", "mapping", "regions", "places")


@dataclass(frozen=True, slots=True)
class NamedFile:
    """A file that went in or came out: its role (a key of `KINDS`), its name without folders, its hash, its rows."""

    role: str
    name: str
    sha256: str
    rows: int | None = None

    @property
    def at(self) -> str:
        """Its identifier."""
        return name("sha256", self.sha256)


@dataclass(frozen=True, slots=True)
class Ran:
    """A run: what went in, how it was asked for, by which version, and what was written.

    `files` : those that went in; exactly one is the file of terms. `options` : by name, as they were given.
    `started`, `ended` : ISO 8601 with an offset, or empty: nothing here reads a clock.
    """

    setup: Setup
    files: tuple[NamedFile, ...]
    options: Mapping[str, str] = field(default_factory=dict)
    version: str = ""
    started: str = ""
    ended: str = ""
    written: tuple[NamedFile, ...] = ()

    @property
    def terms(self) -> NamedFile:
        """The file of terms."""
        return next(file for file in self.files if file.role == "terms")

    @property
    def id(self) -> str:
        """SHA-256 of what went in: another file, set of readings, option, version or time is another run."""
        held = [[file.role, file.name, file.sha256] for file in self.files]
        plans = [plan.fingerprint for plan in self.setup.plans]
        text = [held, plans, dict(self.options), self.setup.as_known, self.version, self.started, self.ended]
        return hashlib.sha256(json.dumps(text, sort_keys=True).encode()).hexdigest()


def run_prov(ran: Ran) -> bytes:
    """Write where the result of a run comes from; single reports and verdicts are not in it."""
    return with_prefixes(ran, [*run_statements(ran, ran.setup.names), *_written(ran)])


def with_prefixes(ran: Ran, statements: Iterable[Statement]) -> bytes:
    """Write statements about a run as a document."""
    terms = f"{FILE}{ran.terms.sha256}#"
    return prov_bytes(statements, {"run": f"urn:truceline:run:{ran.id}:", "sha256": FILE, "terms": terms})


def run_statements(ran: Ran, pairs: Iterable[tuple[str, str]]) -> Iterator[Statement]:
    """State the files, the clauses and readings of some pairs (provision, reading), and the two activities.

    The check has the times of the whole run; nobody says when within it reports were read.
    """
    for file in ran.files:
        yield from _file(file)
    yield from _agreement(ran)
    yield from terms_statements(ran.setup, pairs, ran.terms.at)
    software = name("run", "software")
    yield agent(software, f"truceline {ran.version}", "prov:SoftwareAgent", version=ran.version)
    yield activity(READ, "ReadingOfReports")
    yield activity(
        CHECK, "Check", started=ran.started, ended=ran.ended, as_known=ran.setup.as_known,
        reading=ran.setup.readings, **{f"option_{key}": value for key, value in ran.options.items()},
    )  # fmt: skip
    yield relation("Communication", informed=CHECK, informant=READ)
    for done in (READ, CHECK):
        plan = {"plan": ran.terms.at} if done == CHECK else {}
        yield relation("Association", activity=done, agent=software, **plan)
    for file in ran.files:
        yield relation("Usage", activity=READ if file.role in READ_BY else CHECK, entity=file.at)


def _agreement(ran: Ran) -> Iterator[Statement]:
    """Say what the terms are about, of the same entity as the file."""
    document = ran.setup.agreement.document
    heading = document.agreement
    yield entity(
        ran.terms.at, "TermsFile", heading.title, agreement=heading.id, terms_language=str(document.truceline),
        status=heading.status,
    )  # fmt: skip


def _file(file: NamedFile) -> Iterator[Statement]:
    yield entity(file.at, KINDS[file.role], file.name, name=file.name, sha256=file.sha256, rows=file.rows)


def _written(ran: Ran) -> Iterator[Statement]:
    for file in ran.written:
        yield from _file(file)
        yield relation("Generation", entity=file.at, activity=CHECK)
        for source in ran.files:
            if source.role in ("terms", "reports"):
                yield derived(file.at, source.at, CHECK)
