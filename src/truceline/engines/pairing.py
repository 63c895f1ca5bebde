"""Two texts ready to be judged side by side: two readings of one agreement, or two versions of a file.

Both are compiled over one codebook. A line or an area that both have and draw differently is two lines, or two areas,
to the judge: then it is the line, or the ground, that decides.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from truceline.engines.atlas import atlas_of
from truceline.engines.setup import Setup, known_by, prepare
from truceline.errors import Fault, UsageError
from truceline.evidence.regions import Regions
from truceline.plan.codebook import Codebook, codebook_of
from truceline.plan.compile import TEXT, compile_document
from truceline.plan.tables import Plan, Rule, fingerprint
from truceline.terms.agreement import Agreement
from truceline.terms.model import Area, Line
from truceline.terms.node_changes import alike
from truceline.terms.trouble import among
from truceline.terms.versions import Version, version_of

__all__ = ["ONE", "OTHER", "Pair", "pair_of"]

ONE, OTHER = "one", "other"
"""What the two are called as readings of their setup."""
_AGAIN = "~"
"""Marks the second drawing of a line or an area; no name of the language has it."""


@dataclass(frozen=True)
class Pair:
    """Two texts: `versions` as they are written, `labels` as people call them, `setup` to judge both.

    `beside` tells whether they are two files, which may differ beside their clauses. `as_known` : the day up to whose
    end things count as known.
    """

    labels: tuple[str, str]
    versions: tuple[Version, Version]
    setup: Setup
    beside: bool = False

    @property
    def as_known(self) -> str | None:
        """The day as known on which both are compared."""
        return self.setup.as_known

    def rules(self, rule: int) -> tuple[Rule | None, Rule | None]:
        """Give one rule as both have it; None where one has no such rule."""
        return self.setup.rule(rule, ONE), self.setup.rule(rule, OTHER)


def pair_of(
    one: Agreement, other: Agreement | None = None, *, readings: tuple[str, str] = (TEXT, TEXT),
    as_known: str | None = None, regions: Regions | None = None, quick: bool = False,
) -> Pair:  # fmt: skip
    """Make two texts ready.

    Parameters
    ----------
    one, other : Agreement
        Without another one, two readings of the same are compared.
    readings : (str, str)
        The reading of each; ``text`` is the text without any.
    as_known : str, optional
        Leave out what was not known by the end of this day.
    regions : Regions, optional
        Polygons in which reports may lie.
    quick : bool
        Locate reports by compiled code, if there is any.

    Raises
    ------
    UsageError
        TL-E901, if a reading does not exist, or was not known on that day.
    """
    both = (one, one if other is None else other)
    held = prepare(one, readings=TEXT, as_known=as_known)  # also says what was not known, and until when reports count
    known = (held.agreement, held.agreement if other is None else _known(other, as_known))
    whole = tuple(_refusing(*each, as_known) for each in zip(both, known, readings, strict=True))
    versions = version_of(known[0], whole[0]), version_of(known[1], whole[1])
    setup = _setup(held, versions, regions, quick=quick)
    labels = readings if other is None else _labels(one.name, other.name)
    return Pair(labels, versions, setup, beside=other is not None)


def _known(agreement: Agreement, as_known: str | None) -> Agreement:
    return agreement if as_known is None else agreement.as_known(known_by(as_known, agreement))


def _refusing(whole: Agreement, known: Agreement, reading: str, as_known: str | None) -> str | None:
    """Give the name of a reading that there is (None: the text)."""
    if reading == TEXT or reading in known.readings:
        return None if reading == TEXT else reading
    there = (TEXT, *known.readings)
    what = f"there is no reading '{reading}'"
    if reading in whole.readings:
        what = f"the reading '{reading}' was not known on {as_known}"
    raise UsageError([Fault(whole.name, "TL-E901", what, among("" if reading in whole.readings else reading, there))])


def _labels(one: str, other: str) -> tuple[str, str]:
    """Call two files by their names, without the way to them where that is enough to tell them apart.

    >>> _labels("a/old.yaml", "a/new.yaml"), _labels("a/terms.yaml", "b/terms.yaml")
    (('old.yaml', 'new.yaml'), ('a/terms.yaml', 'b/terms.yaml'))
    """
    short = one.rpartition("/")[2], other.rpartition("/")[2]
    if one == other:
        return f"{one} (first)", f"{other} (second)"
    return short if short[0] != short[1] else (one, other)


def _setup(held: Setup, versions: tuple[Version, Version], regions: Regions | None, *, quick: bool) -> Setup:
    one, other = versions
    anew = _drawn_anew(one, other)
    book, theirs = _with_both(codebook_of([one.text, other.text]), anew)
    plans = tuple(
        Plan(number, rules, fingerprint(rules))
        for number, (version, names) in enumerate(((one, book), (other, theirs)))
        for rules in (compile_document(version.text, names, version.reading),)
    )
    rules = [rule for plan in plans for rule in plan.rules]
    again = {f"{path}{_AGAIN}": other.shapes[path] for path in anew.paths if path in other.shapes}
    charts = replace(held.agreement, shapes={**other.shapes, **one.shapes, **again})
    charts = replace(charts, shapes={path: shape for path, shape in charts.shapes.items() if path not in anew.bare})
    atlas = replace(atlas_of(charts, book, rules, regions), quick=quick)
    return replace(held, readings=(ONE, OTHER), book=book, plans=plans, demands={}, atlas=atlas)


@dataclass(frozen=True, slots=True)
class _Anew:
    """Lines and areas of the other text that the one has too, and draws differently; `bare`: those it does not draw."""

    lines: Mapping[str, Line]
    areas: Mapping[str, Area]
    bare: frozenset[str]

    @property
    def paths(self) -> tuple[str, ...]:
        return (*(f"lines.{name}" for name in self.lines), *(f"areas.{name}" for name in self.areas))


def _drawn_anew(one: Version, other: Version) -> _Anew:
    mine, theirs = codebook_of([one.text]), codebook_of([other.text])
    lines = {
        name: line for name, line in theirs.courses.items() if name in mine.courses and name not in theirs.rims
        and not _same(f"lines.{name}", mine.courses[name], line, one, other)
    }  # fmt: skip
    areas = {
        name: area for name, area in theirs.outlines.items()
        if name in mine.outlines and not _same(f"areas.{name}", mine.outlines[name], area, one, other)
    }  # fmt: skip
    lines |= {name: theirs.courses[name] for name, area in theirs.rims.items() if area in areas}
    paths = (*(f"lines.{name}" for name in lines), *(f"areas.{name}" for name in areas))
    return _Anew(lines, areas, frozenset(path for path in paths if path not in one.shapes))


def _same(path: str, mine: Line | Area, theirs: Line | Area, one: Version, other: Version) -> bool:
    before, after = one.shapes.get(path), other.shapes.get(path)
    shaped = before is after or (before is not None and after is not None and alike(before, after))
    keys = ("plus", "edges", "uncertainty")
    return shaped and all(getattr(mine, key, None) == getattr(theirs, key, None) for key in keys)


def _with_both(book: Codebook, anew: _Anew) -> tuple[Codebook, Codebook]:
    """Give what is drawn anew ids of its own: the codebook of the one text, and the same as the other names it."""
    lines = {f"{name}{_AGAIN}": line for name, line in anew.lines.items()}
    areas = {f"{name}{_AGAIN}": area for name, area in anew.areas.items()}
    rims = {f"{name}{_AGAIN}": f"{book.rims[name]}{_AGAIN}" for name in anew.lines if name in book.rims}
    both = replace(
        book, lines=(*book.lines, *lines), areas=(*book.areas, *areas), courses={**book.courses, **lines},
        outlines={**book.outlines, **areas}, rims={**book.rims, **rims},
    )  # fmt: skip
    theirs = replace(
        both, lines=_exchanged(both.lines, anew.lines), areas=_exchanged(both.areas, anew.areas),
        courses={**both.courses, **anew.lines}, outlines={**both.outlines, **anew.areas},
    )  # fmt: skip
    return both, theirs


def _exchanged(names: tuple[str, ...], moved: Iterable[str]) -> tuple[str, ...]:
    """Let the names in `moved` stand for the second drawing.

    >>> _exchanged(("road", "river", "river~"), ["river"])
    ('road', 'river~', 'river')
    """
    other = {name: f"{name}{_AGAIN}" for name in moved}
    other |= {second: first for first, second in other.items()}
    return tuple(other.get(name, name) for name in names)
