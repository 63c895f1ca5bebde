"""What is shown of claims, for a terminal and for programs: voices with those who carried them, figures, slips.

Of a protected statement only its id is shown, and that it is protected. It counts as any other does.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import chain as joined
from zoneinfo import ZoneInfo

from truceline.basics.quantity import MILE, Distance
from truceline.basics.time import FOREVER, NEVER_BEFORE, Span
from truceline.evidence.chain import UNKNOWN, Carrier
from truceline.evidence.claims import Claim
from truceline.evidence.figures import Value, unit_of
from truceline.evidence.names import key_of
from truceline.evidence.origins import Conflict, Voice
from truceline.evidence.slips import Slip, SlipField
from truceline.evidence.speaker import words_of
from truceline.evidence.statement import Statement

__all__ = [
    "Carried", "Changed", "Heard", "Traced", "Wording", "changes_of", "circles_of", "conflicts_of", "converted",
    "heard", "is_open", "one_line", "outlets_of", "span_words", "speaker_words", "step_words",
]  # fmt: skip

_METRIC = (1.0, 1000.0)


@dataclass(frozen=True, slots=True)
class Traced:
    """Claims to be shown, as known on a date.

    `of` : how many statements there are in all. `later` : ids of those that were not known on that day; `undated` :
    of those that are taken as known, for they have no date. `astray` : what grades and judgements are about
    and is no statement here. `sealed` : ids of what a ledger has sealed, and which is left out.
    """

    claims: tuple[Claim, ...]
    of: int
    as_known: str | None = None
    later: tuple[str, ...] = ()
    undated: tuple[str, ...] = ()
    astray: tuple[str, ...] = ()
    sealed: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Carried:
    """Who published it, through whom, and the statements that are one and the same telling."""

    publisher: str
    via: tuple[str, ...]
    statements: tuple[str, ...]
    languages: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Heard:
    """A voice as it is shown: who spoke, who heard it first, who published it then; ids of protected statements."""

    who: str
    first: tuple[str, ...]
    carried: tuple[Carried, ...]
    protected: tuple[str, ...]


Wording = tuple[str, tuple[str, ...]]
"""Words, and the ids of the statements that have them."""


@dataclass(frozen=True, slots=True)
class Changed:
    """What was worded differently after one carrier.

    `before` : the wordings with the carrier itself; none where only retellings are at hand. `after` : all others.
    """

    fields: tuple[SlipField, ...]
    carrier: str
    before: tuple[Wording, ...]
    after: tuple[Wording, ...]


def is_open(statement: Statement) -> bool:
    """Say whether a statement may be shown."""
    return statement.release == "public"


def one_line(text: str) -> str:
    r"""Write the words of others in one line: a line end in a cell would look like ours.

    >>> one_line("no post\n  is seen")
    'no post is seen'
    """
    return " ".join(text.split())


def heard(voice: Voice, claim: Claim) -> Heard:
    """Put reprints, translations and citations of one voice together, by who published them through whom."""
    mine = [each for each in claim.statements if each.id in voice.statements]
    shown = [each for each in mine if is_open(each)]
    ways: dict[tuple[str, ...], list[Statement]] = {}
    for each in shown:
        ways.setdefault(tuple(map(step_words, each.chain.steps[1:])) or _first(each), []).append(each)
    carried = tuple(_carried(way, some) for way, some in ways.items())
    who, first = (speaker_words(shown[0]), _first(shown[0])) if shown else ("", ())
    return Heard(who, first, carried, tuple(each.id for each in mine if not is_open(each)))


def speaker_words(statement: Statement) -> str:
    """Say who spoke, as stated."""
    return words_of(statement.speakers) if statement.speakers else "unattributed"


def step_words(step: Iterable[Carrier]) -> str:
    """Write the carriers of one step in words.

    >>> step_words([Carrier("Agency"), Carrier("Wire", doubtful=True)]), step_words([Carrier("?")])
    ('Agency and Wire (not certain)', 'somebody not known')
    """
    return " and ".join(
        "somebody not known" if each.name == UNKNOWN else f"{each.name} (not certain)" if each.doubtful else each.name
        for each in step
    )


def outlets_of(statements: Iterable[Statement]) -> int:
    """Count those who published some statements; a statement without a carrier counts by its outlet."""
    keys = {
        key_of(name)
        for each in statements
        for name in ([carrier.name for carrier in each.chain.publisher] or [each.outlet])
        if name
    }
    return len(keys)


def conflicts_of(claim: Claim) -> Iterator[Conflict]:
    """Go through the attribution conflicts that may be shown."""
    shown = {each.id for each in claim.statements if is_open(each)}
    return (
        each for each in claim.origins.conflicts if shown & {*each.one.statements} and shown & {*each.other.statements}
    )


def changes_of(claim: Claim) -> Iterator[Changed]:
    """Put the slips together that may be shown: all wordings of one thing after one carrier."""
    shown = {each.id for each in claim.statements if is_open(each)}
    alike: dict[tuple[str, bool], dict[SlipField, list[Slip]]] = {}
    for each in claim.slips:
        if {each.one, each.other} <= shown:
            alike.setdefault((each.carrier, each.changed), {}).setdefault(each.field, []).append(each)
    for (carrier, changed), by_field in alike.items():
        said = {name: _wordings(some, changed=changed) for name, some in by_field.items()}
        for before, after in dict.fromkeys(said.values()):
            fields = tuple(name for name, words in said.items() if words == (before, after))
            yield Changed(fields, carrier, before, after)


def _wordings(some: Iterable[Slip], *, changed: bool) -> tuple[tuple[Wording, ...], tuple[Wording, ...]]:
    """Collect who has which words: before the change and after it; of two retellings nobody knows which is which."""
    sides: tuple[dict[str, dict[str, None]], ...] = ({}, {})
    for each in some:
        sides[0 if changed else 1].setdefault(each.was, {})[each.one] = None
        sides[1].setdefault(each.became, {})[each.other] = None
    before, after = (tuple((words, tuple(ids)) for words, ids in side.items()) for side in sides)
    return before, after


def circles_of(claim: Claim) -> Iterator[tuple[str, ...]]:
    """Go through the circles; one that only protected statements tell of comes without names."""
    shown = [each for each in claim.statements if is_open(each)]
    steps = joined.from_iterable(each.chain.steps for each in shown)
    named = {key_of(carrier.name) for step in steps for carrier in step} | {key_of(each.chain.origin) for each in shown}
    yield from (circle if {*map(key_of, circle)} <= named else () for circle in claim.origins.circles)


def converted(value: Value) -> str:
    """Write a distance in the other unit: miles of kilometres, kilometres of everything else; "" where there is none.

    >>> from truceline.evidence.figures import parse_value
    >>> converted(parse_value("5-7 km")), converted(parse_value("18 mi")), converted(parse_value("several miles"))
    ('3.1 to 4.3 miles', '29.0 km', '')
    """
    if not isinstance(value, Distance) or not unit_of(value):
        return ""
    scale, unit = (MILE, "miles") if unit_of(value) in _METRIC else (1000.0, "km")
    low, high = f"{value.lo / scale:,.1f}", f"{value.hi / scale:,.1f}"
    if value.form == "up_to":
        return f"up to {high} {unit}"
    return f"{low} {unit}" if low == high else f"{low} to {high} {unit}"


def span_words(span: Span | None, zone: str | None = None) -> str:
    """Write when something was, by the clock of a zone or in UTC: a day, an instant or a stretch.

    >>> day = 86_400_000_000
    >>> span_words(Span(0, day)), span_words(Span(0, 2 * day)), span_words(Span(0, 0)), span_words(None)
    ('1970-01-01', '1970-01-01 to 1970-01-02', '1970-01-01 00:00 UTC', 'no date')
    >>> span_words(Span(0, day // 2)), span_words(Span(0, day), "Etc/GMT-3")
    ('1970-01-01 00:00 to 12:00 UTC', '1970-01-01 03:00 to 1970-01-02 03:00 +03:00')
    """
    if span is None or {span.start_us, span.end_us} == {NEVER_BEFORE, FOREVER}:
        return "no date"
    start, end = (_clock(us, zone) for us in (span.start_us, span.end_us))
    if start is None or end is None:
        return f"from {start:%Y-%m-%d}" if end is None else f"until {end - timedelta(microseconds=1):%Y-%m-%d}"
    offset = end.isoformat()[-6:] if zone else "UTC"
    if span.is_instant:
        return f"{start:%Y-%m-%d %H:%M} {offset}"
    if any(f"{each:%H%M%S%f}".strip("0") for each in (start, end)):
        until = f"{end:%H:%M}" if start.date() == end.date() else f"{end:%Y-%m-%d %H:%M}"
        return f"{start:%Y-%m-%d %H:%M} to {until} {offset}"
    last = (end - timedelta(hours=12)).date()
    return f"{start.date()}" if last == start.date() else f"{start.date()} to {last}"


def _clock(us: int, zone: str | None) -> datetime | None:
    """Look at the clock of a zone; None for an open end."""
    if us in (NEVER_BEFORE, FOREVER):
        return None
    return (datetime(1970, 1, 1, tzinfo=UTC) + timedelta(microseconds=us)).astimezone(ZoneInfo(zone) if zone else UTC)


def _first(statement: Statement) -> tuple[str, ...]:
    return (step_words(statement.chain.first),) if statement.chain.steps else ()


def _carried(way: tuple[str, ...], statements: list[Statement]) -> Carried:
    languages = dict.fromkeys(each.language for each in statements if each.language)
    publisher = way[-1] if way else ""
    return Carried(publisher, way[:-1], tuple(each.id for each in statements), tuple(languages))
