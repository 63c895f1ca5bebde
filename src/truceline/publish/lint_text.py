"""What the lint found, told to people: what matters most first, then finding by finding, family by family."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from types import MappingProxyType

from truceline.basics.counting import counted
from truceline.formats.table_text import coloured, paragraph
from truceline.terms.lint import RULES, LintFinding, Rule, Severity, Untold

__all__ = ["FAMILIES", "count_line", "explain_lines", "family", "lint_lines", "rule_address"]

FAMILIES: Mapping[str, str] = MappingProxyType({
    "TXT": "The text itself", "PAR": "Who is bound", "TIM": "Time", "GEO": "Ground, air and sea", "ACT": "Acts",
    "WPN": "Weapons", "VER": "Checking", "RES": "Disputes and consequences", "ORD": "Orders", "HUM": "People",
    "REL": "Other texts", "AMD": "Changes", "DEF": "Words", "RDG": "Readings", "NUM": "Numbers",
})  # fmt: skip
"""The families of rules, in the order in which they are told."""

COLOURS: Mapping[Severity, int] = MappingProxyType({"error": 166, "warning": 178, "info": 244})
_MOST = 4
_MOST_TOPICS = 12


def lint_lines(
    findings: Sequence[LintFinding], untold: Untold, name: str, *, width: int | None = None, colour: bool = False
) -> Iterator[str]:
    r"""Tell findings: a first line for everybody, what matters most, then all of them by family.

    Every finding is one line that begins with its place (``file:line:col:``), so that editors make it a link; with a
    width it is broken between words.

    Examples
    --------
    >>> print(*lint_lines([], Untold((), (), ("sea",)), "deal.yaml"), sep="\n")
    These rules find nothing that the text leaves open.
    <BLANKLINE>
    Left out on purpose, as 'covers' says: sea.
    deal.yaml: 0 error, 0 warning, 0 info
    """
    yield from paragraph(_first_line(findings), width)
    yield from (line for one in _gravest(findings) for line in paragraph(one, width, indent=2, hang=2))
    for prefix, title in FAMILIES.items():
        own = [finding for finding in findings if family(finding.rule) == prefix]
        if own:
            yield ""
            yield title
            for finding in own:
                yield from _finding_lines(finding, width, colour=colour)
    yield ""
    for line in _closing(findings, untold):
        yield from paragraph(line, width, hang=2)
    yield count_line(findings, name)


def count_line(findings: Iterable[LintFinding], name: str) -> str:
    """Count findings by severity, for programs that read the last line.

    >>> count_line([], "deal.yaml")
    'deal.yaml: 0 error, 0 warning, 0 info'
    """
    counts = Counter(finding.severity for finding in findings)
    return f"{name}: " + ", ".join(f"{counts[severity]} {severity}" for severity in COLOURS)


def explain_lines(rule: Rule, *, width: int | None = None) -> Iterator[str]:
    """Tell a rule in short: what it finds, why it matters, what to do first, on what it rests, and where its page is.

    >>> next(explain_lines(RULES[0]))
    'TXT-1 text-status (warning)'
    """
    yield f"{rule.id} {rule.name} ({rule.severity})"
    parts = {"finds": rule.summary, "why": rule.why, "mend": rule.mend, "basis": rule.basis}
    if rule.topics:
        topics = ", ".join(f"covers: {{{topic}: ...}}" for topic in rule.topics)
        parts["silent"] = f"where the text is not public, and where it says so: {topics}"
    for label, words in {**parts, "page": rule_address(rule.id)}.items():
        yield from paragraph(f"{label + ':':<8}{words}", width, indent=2, hang=8)


def family(rule: str) -> str:
    """Give the family of a rule by its id.

    >>> family("GEO-6")
    'GEO'
    """
    return rule.partition("-")[0]


def rule_address(rule: str) -> str:
    """Give the address of a rule's page.

    >>> rule_address("GEO-6")
    'https://truceline.org/rules/GEO-6'
    """
    return f"https://truceline.org/rules/{rule}"


def _first_line(findings: Sequence[LintFinding]) -> str:
    if not findings:
        return "These rules find nothing that the text leaves open."
    counts = Counter(finding.severity for finding in findings)
    parts = ", ".join(counted(counts[severity], severity) for severity in COLOURS if counts[severity])
    things = "1 thing" if len(findings) == 1 else f"{len(findings):,} things"
    return f"{things} this text leaves open: {parts}."


def _gravest(findings: Sequence[LintFinding]) -> Iterator[str]:
    """Name the rules of the gravest severity found, the most frequent first."""
    gravest = next((severity for severity in COLOURS if any(one.severity == severity for one in findings)), None)
    often = Counter(finding.rule for finding in findings if finding.severity == gravest)
    known = {rule.id: rule for rule in RULES}
    for rule, count in often.most_common(_MOST):
        yield f"{rule} {known[rule].summary}" + (f" ({count} times)" if count > 1 else "")
    if len(often) > _MOST:
        more = sum(count for _, count in often.most_common()[_MOST:])
        yield f"and {counted(more, str(gravest))} more"


def _finding_lines(finding: LintFinding, width: int | None, *, colour: bool) -> Iterator[str]:
    head = f" {finding.severity}: "
    shade = COLOURS[finding.severity] if colour else None
    for number, line in enumerate(paragraph(str(finding), width, hang=2)):
        yield line.replace(head, f" {coloured(finding.severity, shade)}: ", 1) if number == 0 else line


def _closing(findings: Iterable[LintFinding], untold: Untold) -> Iterator[str]:
    """Say what to do where the terms are short of the text, and what silence does not mean."""
    hidden, unknown, left_out = untold
    if any(finding.path.startswith("covers.") for finding in findings):
        yield "What the text has and these terms do not show is said under 'covers', as in 'covers: {access: s.text}'."
    if unknown:
        why = f"the text of {', '.join(hidden)} is not public" if hidden else "'covers' calls it unknown"
        yield f"It cannot be told, as {why}: whether the text has anything on {_topics(unknown)}."
    if left_out:
        yield f"Left out on purpose, as 'covers' says: {_topics(left_out)}."


def _topics(topics: Sequence[str]) -> str:
    words = [topic.replace("_", " ") for topic in topics]
    return ", ".join(words) if len(words) <= _MOST_TOPICS else f"{len(words)} topics, {', '.join(words[:4])} among them"
