"""GEO-5 units: a distance that two people can measure differently, or that changed on the way."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from truceline.basics.quantity import Distance
from truceline.terms.agreement import Agreement
from truceline.terms.bounds import parts_of
from truceline.terms.lint.depths import Depth, depths
from truceline.terms.lint.entries import names_in
from truceline.terms.lint.figures import TOLERANCE, Figure, agree, apart, conversions, figures
from truceline.terms.lint.phrases import listed, metric
from truceline.terms.lint.quotations import quotations
from truceline.terms.lint.rule import Remark, Rule, at_patch, in_every_text
from truceline.terms.model import Demand, Document, Reading
from truceline.terms.sources import chains
from truceline.terms.trouble import Steps
from truceline.terms.where import Away

__all__ = ["RULE"]

_Numbers = dict[tuple[str, str], tuple[Figure, ...]]

_UNDISCLOSED = "is undisclosed"
_OBTAIN = "obtain the number and its unit, and the text or map that states them"
_AT_MOST = re.compile(r"\b(?:up to|at most|no more than|less than|under|within)\W*$")
_AT_LEAST = re.compile(r"\b(?:more than|over|at least|beyond)\W*$")
_EARTH = 20_037_508.0  # metres: half way round the equator
_TOO_FAR = 100.0
_RANGE = re.compile(r" (?:to|and)(?: (?:over|under|about|around|some|nearly))? ")
"""Between the two ends of one range, such as "20 m to 7 km"."""
_ACROSS = re.compile(r"\W*(?:deep|wide|in depth|in width)\b")
_SCALE = "look the number up at its source: a comma, a unit or a power of ten has gone astray"
_KEPT = "keep the words first said, and write every other figure as a reading, demand or source of its own"


def _find(agreement: Agreement) -> Iterator[Remark]:
    yield from in_every_text(_open_depths)(agreement)
    yield from _in_words(agreement.document)
    yield from _told_otherwise(agreement.document)
    yield from _retold(agreement)


def _open_depths(text: Document) -> Iterator[Remark]:
    """Find depths without a number, unexplained ranges and rounded numbers; each cause is told once per clause."""
    told: dict[tuple[str, str, str], list[Depth]] = {}
    for depth in depths(text):
        cause = _cause(depth.away)
        if cause is not None:
            told.setdefault((depth.clause, *cause), []).append(depth)
    for (_, what, fix), found in told.items():
        words = dict.fromkeys(str(_words(depth.away)) for depth in found if what != _UNDISCLOSED)
        lines = dict.fromkeys(depth.line for depth in found)
        said = f"{listed(words, 'or')} " if words else ""
        yield Remark(found[0].path, f"the distance {said}from {listed(lines)} {what}", fix)


def _cause(away: Distance | Away) -> tuple[str, str] | None:
    distance, how = _words(away), away.how if isinstance(away, Away) else None
    if distance.form == "undisclosed" or how == "undisclosed":
        return _UNDISCLOSED, _OBTAIN
    if distance.form == "vague":
        return "gives no number", _OBTAIN
    if how in ("average", "varies", "choice") or (isinstance(away, Away) and away.least is not None):
        return None  # the first two are gaps of another kind (GEO-6); the last is none
    bounds = metric(distance.lo, distance.hi)
    if distance.form == "range":
        fix = "agree on one number, or say what the range means: 'how: choice' if the obliged side picks, or 'sectors'"
        return f"is a range ({bounds}), and nothing says which number holds where", fix
    if distance.form == "rounded" or how == "rounded":
        within = f" ({bounds})" if distance.lo < distance.hi else ""
        return f"is rounded{within}", "agree on an exact number and its unit"
    if distance.form == "up_to":
        return "gives a largest number and no least one", "agree on the number that holds at each place"
    return None


def _words(away: Distance | Away) -> Distance:
    return away.to if isinstance(away, Away) else away


def _in_words(text: Document) -> Iterator[Remark]:
    """Find quoted words and notes in which one distance stands in two units that do not match, or is out of scale."""
    for steps, words in quotations(text):
        path = ".".join(map(str, steps))
        wrong = [pair for pair in conversions(words) if not agree(*pair)]
        if wrong:
            pairs = " and ".join(_pair(*pair) for pair in wrong)
            yield Remark(path, f"one distance in two units: {pairs}", _KEPT)
        yield from (Remark(path, what, _SCALE) for what in _out_of_scale(words, steps, text))


def _out_of_scale(words: str, steps: Steps, text: Document) -> Iterator[str]:
    """Tell depths and widths that dwarf the smallest distance beside them, and distances longer than the way around."""
    plain, found = " ".join(words.split()), figures(words)
    for figure in found:
        if figure.lo > _EARTH:
            yield f"{figure} is longer than half the way around the earth"
        elif _ACROSS.match(plain, figure.end):
            others = [other.hi for other in found if not _RANGE.fullmatch(plain[other.end : figure.start])]
            beside = others + _depths_of(steps, text)
            least = min((other for other in beside if other > 0.0), default=figure.hi)
            if figure.lo >= _TOO_FAR * least:
                yield f"{figure} stands beside {metric(least, least)}: out of scale"


def _pair(first: Figure, second: Figure) -> str:
    share = apart(first, second)
    told = f"{100 * share:.0f} % apart" if share < 1.0 else f"{share + 1.0:.0f} times one another"
    return f"{first} and {second} are {told}"


def _told_otherwise(text: Document) -> Iterator[Remark]:
    """Find demands that were retold with another distance."""
    for name, demand in text.demands.items():
        said = _said(demand)
        other = [words for words in demand.told_as if not all(_fits(figure, words, said) for figure in figures(words))]
        if said and other:
            first = ", ".join(str(figure) for figure in said)
            what = f"{first} was also told as {', '.join(map(_in_km, other))}: over 5 % apart"
            yield Remark(f"demands.{name}.told_as", what, _KEPT)


def _said(demand: Demand) -> tuple[Figure, ...]:
    distances = [part for _, part in parts_of(demand.where) if isinstance(part, Distance)]
    return tuple({figure.words: figure for part in distances for figure in figures(part.words)}.values())


def _fits(figure: Figure, words: str, said: Iterable[Figure]) -> bool:
    """Say whether a retold figure can be one of those said; "more than 80 km" fits 85 km."""
    before = words[: figure.start]
    if _AT_MOST.search(before):
        return any(first.lo <= figure.hi * (1.0 + TOLERANCE) for first in said)
    if _AT_LEAST.search(before):
        return any(first.hi >= figure.lo * (1.0 - TOLERANCE) for first in said)
    return any(agree(figure, first) for first in said)


def _in_km(words: str) -> str:
    found = figures(words)
    if all(figure.is_metric for figure in found):
        return f"'{words}'"
    return f"'{words}' ({metric(found[0].lo, found[-1].hi)})"


def _retold(agreement: Agreement) -> Iterator[Remark]:
    """Find readings that retell another one in a different unit, and no longer say the same."""
    numbers = {name: _numbers(agreement.under(name)) for name in (None, *agreement.readings)}
    for name, reading in agreement.document.readings.items():
        for earlier in _retells(reading, agreement.document):
            for path, figure, first in _shared_depths(numbers[name], numbers[earlier], numbers[None]):
                what = f"the reading '{name}' retells '{earlier}': {_pair(first, figure)}"
                yield Remark(at_patch(name, reading, path) or path, what, _KEPT)


def _retells(reading: Reading, text: Document) -> Iterator[str]:
    """Name the readings whose sources this one's sources were drawn from."""
    own = names_in(reading.source)
    upstream = {above for name in own for chain in chains(text, name) for above in chain} - set(own)
    yield from (name for name, other in text.readings.items() if upstream & set(names_in(other.source)))


def _shared_depths(mine: _Numbers, theirs: _Numbers, text: _Numbers) -> Iterator[tuple[str, Figure, Figure]]:
    """Pair the numbers that two readings set at the same place, from the same line, in different systems of units."""
    for key in (key for key in mine if key in theirs):
        own = text.get(key) not in (mine[key], theirs[key])
        for first, second in zip(theirs[key], mine[key], strict=False):
            if own and first.is_metric != second.is_metric and not agree(first, second):
                yield key[0], second, first


def _numbers(text: Document) -> _Numbers:
    """Collect the figures of each depth by path and line, the largest depth and the least one apart."""
    found = {}
    for path, _, line, away in depths(text):
        parts = {"": away} if isinstance(away, Distance) else {".to": away.to, ".least": away.least}
        found.update({(path + key, line): figures(part.words) for key, part in parts.items() if part is not None})
    return found


def _depths_of(steps: Steps, text: Document) -> list[float]:
    """List the depths, in metres, of the clause to which some words belong."""
    clause = ".".join(map(str, steps[:2]))
    found = [_words(depth.away) for depth in depths(text) if depth.clause == clause]
    return [distance.hi for distance in found if distance.form == "exact"]


RULE = Rule(
    "GEO-5",
    "units",
    "warning",
    "practice: one official's range came back in miles, rounded, from another line",
    "a distance without a number, rounded or a range; miles and kilometres over 5 % apart; a number out of scale",
    _find,
    why=(
        'A distance changes when it travels. Seven kilometres become "four miles", four miles become "six '
        'kilometres", and a stand-off has lost a seventh of its depth without anybody deciding so. Inside '
        "such a gap the same report is a breach for one reader and none for the other."
    ),
    mend="Agree on one number and one unit, in the text itself; conversions belong in a note.",
)
