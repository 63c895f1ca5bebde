"""What differs between two texts: as plain values, and told in lines for a terminal."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from truceline.basics.counting import counted
from truceline.engines.comparing import ClauseDiffers, Words
from truceline.engines.flips import Flip, Meeting
from truceline.engines.pairing import Pair
from truceline.engines.told_dates import counted_days, told_in_words
from truceline.formats.table_text import Column, coloured, paragraph, text_table
from truceline.publish.explain_text import SHAPES
from truceline.publish.readings_text import FAINT, change_lines, sided
from truceline.publish.tally import number
from truceline.terms.node_changes import Change
from truceline.terms.untold import left_out_words

__all__ = ["compare_lines", "compared", "differs"]

Told = dict[str, Any]
FEW = 3
"""Clauses that are named of each of two texts that share none."""
MAIN = 3
"""Sets of deciding fields that are told for each flip; the others are counted."""


def compared(pair: Pair, words: Words, meetings: Sequence[Meeting] | None = None, reports: int | None = None) -> Told:
    """Put what differs into plain values, ready for JSON; words are as written.

    Parameters
    ----------
    pair : Pair
    words : Words
        From `engines.comparing.words_of`.
    meetings : sequence of Meeting, optional
        From `engines.flips.Flips`, with the number of `reports` that were compared.
    """
    told = {one.provision: one for one in meetings or ()}
    titles = {name: one.title or name for version in pair.versions for name, one in version.text.instruments.items()}
    found = {
        "agreement": pair.setup.agreement.id, "agreements": [version.text.agreement.id for version in pair.versions],
        "title": pair.setup.agreement.title, "of": list(pair.labels),
        "files": [version.name for version in pair.versions], "as_known": pair.as_known, "instruments": titles,
        "left_out": left_out_words(pair.setup.agreement), "reports": reports,
        "clauses": [_clause(one, told, pair) for one in words.clauses],
        "same": list(words.same), "of_all": [_change(one) for one in words.of_all], "beside": list(words.beside),
    }  # fmt: skip
    return {**found, **counted_days(found, [version.text for version in pair.versions])}


def _clause(one: ClauseDiffers, told: Mapping[str, Meeting], pair: Pair) -> Told:
    mine = [meeting for name, meeting in told.items() if name.partition("@")[0] == one.name]
    return {
        "id": one.name, "title": one.title, "only_in": None if one.only_in is None else pair.labels[one.only_in],
        "sentences": list(one.sentences), "at": list(one.places), "changes": [_change(each) for each in one.changes],
        "fields": list(one.fields), "verdicts": [_meeting(each) for each in mine],
    }  # fmt: skip


def _change(one: Change) -> Told:
    return {"field": one.field, "path": one.path, "from": one.before, "to": one.after, "from_at": one.at,
            "to_at": one.to}  # fmt: skip


def _meeting(one: Meeting) -> Told:
    return {
        "provision": one.provision, "differ": one.differ,
        "counts": [{"a": a or None, "b": b or None, **_flip(flip)} for (a, b), flip in one.flips.items()],
    }  # fmt: skip


def _flip(flip: Flip) -> Told:
    return {
        "reports": flip.count, "cannot_show": flip.blind,
        "decided_by": [{"fields": list(fields), "reports": count} for fields, count in flip.fields],
        "examples": [{"report": name, "protected": hidden} for name, hidden in flip.examples],
    }  # fmt: skip


def compare_lines(told: Told, *, only: bool = False, width: int | None = None, colour: bool = False) -> Iterator[str]:
    """Tell what differs, clause by clause: the words of both with their places, and the verdicts if there are reports.

    Parameters
    ----------
    told : dict
        From `compared`.
    only : bool
        With reports: leave out the clauses under which no verdict differs.
    width : int, optional
        Of the terminal: longer lines are broken between words. Without it none is.
    colour : bool
        Whether to write colours.
    """
    page = _Page(told, width, colour=colour)
    one, other = told["of"]
    known = f", as known on {told['as_known']}" if told["as_known"] else ""
    yield from paragraph(f"{told['title']} ({told['agreement']}): {one} -> {other}{known}", width, hang=2)
    yield from paragraph(_finding(told), width, hang=2)
    if is_unrelated(told):
        yield from page.unrelated()
        return
    if told["of_all"]:
        yield from ("", "Every clause")
        yield from page.changes(told["of_all"])
    for clause in told["clauses"]:
        if _differs(clause) or not (only or _only_by_all(clause)):
            yield ""
            yield from page.clause(clause)
    yield from page.closing(only=only)


class _Page:
    """Writes the parts of one page: dates in words, lines of one width."""

    def __init__(self, told: Told, width: int | None, *, colour: bool) -> None:
        self._told, self._width, self._colour = told, width, colour

    def clause(self, one: Told) -> Iterator[str]:
        yield from self._line(f"{one['title'][:1].upper()}{one['title'][1:]} ({one['id']})", 0)
        if one["only_in"]:
            words = one["sentences"][0] or one["sentences"][1]
            yield from self._line(f"only in {one['only_in']}: {self._words(words)}", 2)
            yield from self._line(one["at"][0] or one["at"][1], 4, FAINT)
        yield from self.changes(one["changes"])
        if not one["only_in"] and not one["fields"]:
            yield from self._line("words alone: no verdict can differ by this", 2)
        for meeting in one["verdicts"]:
            yield from self._meeting(meeting)

    def unrelated(self) -> Iterator[str]:
        """Of two texts without a common clause name a few of each: everything differs, and nothing was compared."""
        alike = [one["id"] for one in self._told["clauses"] if not one["only_in"]]
        yield from self._line(f"the same name in both, for other clauses: {_few(alike)}" if alike else "", 2)
        for name in self._told["of"]:
            mine = [one for one in self._told["clauses"] if one["only_in"] == name]
            named = _few([f"{one['title'][:1].upper()}{one['title'][1:]} ({one['id']})" for one in mine])
            yield from self._line(f"{counted(len(mine), 'clause')} in {name} alone: {named}", 2)
        yield from self._line("Two versions of one text share the names of their clauses; --json has every word.", 0)

    def changes(self, every: Sequence[Told]) -> Iterator[str]:
        for one in every:
            yield from change_lines(one, self._words, self._width, indent=2)
            yield from self._line(f"{one['from_at']} -> {one['to_at']}", 4, FAINT)

    def _meeting(self, one: Told) -> Iterator[str]:
        side = one["provision"].partition("@")[2]
        whose, total = f"{side}: " if side else "", counted(self._told["reports"], "report")
        apart = [each for each in one["counts"] if each["a"] != each["b"]]
        if any(None in (each["a"], each["b"]) for each in apart):
            where = self._told["of"][0 if apart[0]["b"] is None else 1]
            yield from self._line(f"{whose}judged in {where} alone: {_counts(apart)}", 2)
            return
        found = f"the verdict differs on {number(one['differ'])} of {total}" if apart else "no verdict differs"
        yield from self._line(f"{whose}{found}", 2)
        if apart:
            heads = (*self._told["of"], "reports", "decided by")
            columns = [Column(head, number=head == "reports") for head in heads]
            rows = [
                (_verdict(each["a"]), _verdict(each["b"]), number(each["reports"]), _decided(each)) for each in apart
            ]
            yield from text_table(columns, rows, indent=4, width=self._width)
        for each in apart:
            which = f"{_verdict(each['a'])} -> {_verdict(each['b'])}, " if len(apart) > 1 else ""
            yield from self._line(f"{which}such as {_examples(each)}", 4, FAINT)
        same = [each for each in one["counts"] if each not in apart]
        yield from self._line(f"the same in both: {_counts(same)}" if same else "", 4)
        blind = sum(each["cannot_show"] for each in apart)
        yield from self._line(
            f"of those that differ, from data sets that cannot show the act: {number(blind)}" if blind else "", 4
        )

    def closing(self, *, only: bool) -> Iterator[str]:
        told = self._told
        moved = [clause["id"] for clause in told["clauses"] if _only_by_all(clause) and not _differs(clause)]
        if moved and not only:
            yield ""
            yield from self._line(f"By what concerns every clause alone: {', '.join(moved)}", 0)
        if told["same"] and not only:
            yield ""
            yield from self._line(f"The same in both: {', '.join(told['same'])}", 0)
        if told["beside"]:
            yield ""
            yield from self._line(f"Beside the clauses these differ: {', '.join(told['beside'])}", 0)
        if told["left_out"]:
            yield ""
            yield from self._line(f"Not known on {told['as_known']}, so left out: {told['left_out']}", 0)

    def _words(self, words: str) -> str:
        return told_in_words(sided(words), self._told["events"], self._told["days"])

    def _line(self, text: str, indent: int, shade: int | None = None) -> Iterator[str]:
        if text:
            for line in paragraph(" ".join(text.split()), self._width, indent=indent, hang=2):
                yield coloured(line, shade if self._colour else None)


def _finding(told: Told) -> str:
    """Say what was found: how many clauses differ, and under how many of them a verdict does."""
    if is_unrelated(told):
        return "they share no clause"
    clauses = len(told["clauses"]) + len(told["same"])
    if not (told["clauses"] or told["of_all"] or told["beside"]):
        return f"nothing differs in {counted(clauses, 'clause')}"
    some = len(told["clauses"])
    words = f"{some or 'none'} of {counted(clauses, 'clause')} {'differs' if some == 1 else 'differ'}"
    if told["reports"] is None:
        return words
    apart = sum(_differs(clause) for clause in told["clauses"])
    return f"{words}; {counted(told['reports'], 'report')}, whose verdicts differ under {apart or 'none'} of them"


def _few(names: Sequence[str]) -> str:
    """Name the first ones and count the others."""
    more = [f"{len(names) - FEW} more"] if len(names) > FEW else []
    return "; ".join([*names[:FEW], *more])


def is_unrelated(told: Told) -> bool:
    """Say whether two texts share no clause: none has a name of the other, or two agreements only have like names."""
    sides = {clause["only_in"] for clause in told["clauses"]}
    one, other = told["agreements"]
    return not told["same"] and {*told["of"]} <= sides and (None not in sides or one != other)


def differs(told: Told) -> bool:
    """Say whether a verdict differs, or a clause is judged in one text alone; without reports, whether a word does."""
    if told["reports"] is None:
        return bool(told["clauses"] or told["of_all"] or told["beside"])
    return any(map(_differs, told["clauses"]))


def _only_by_all(clause: Told) -> bool:
    """Say whether a clause differs by nothing of its own."""
    return not clause["changes"] and clause["only_in"] is None


def _differs(clause: Told) -> bool:
    return any(each["a"] != each["b"] for one in clause["verdicts"] for each in one["counts"])


def _verdict(name: str) -> str:
    return f"{SHAPES[name]} {name.replace('_', ' ')}"


def _counts(every: Sequence[Told]) -> str:
    return ", ".join(f"{(each['a'] or each['b']).replace('_', ' ')} {number(each['reports'])}" for each in every)


def _decided(one: Told) -> str:
    """Name the sets of fields that decide, with the reports about which each does."""
    sets = one["decided_by"]
    parts = [f"{' and '.join(each['fields']) or 'all together'} {number(each['reports'])}" for each in sets[:MAIN]]
    return ", ".join([*parts, *([f"{len(sets) - MAIN} more"] if len(sets) > MAIN else [])])


def _examples(one: Told) -> str:
    """Name a few reports; of a protected one its id alone is ever told."""
    return ", ".join(f"{each['report']}{' (protected)' if each['protected'] else ''}" for each in one["examples"])
