"""Who reads which clause how, told in lines, in Markdown and as rows."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from truceline.basics.counting import counted
from truceline.engines.told_dates import told_in_words
from truceline.formats.table_text import coloured, paragraph, shown_width
from truceline.publish.readings_told import Told

__all__ = ["COLUMNS", "change_lines", "markdown_lines", "readings_lines", "readings_rows", "sided"]

FAINT, OPEN = 244, 178
"""Colours: where a thing stands and who said it; what is unconfirmed."""
MOST_CHAINS = 4
NOT_STATED = "(not stated)"
COLUMNS = (
    "provision", "reading", "kind", "field", "path", "from", "to", "from_at", "to_at", "holder", "known_since",
    "sources", "rests_on", "unconfirmed", "note",
)  # fmt: skip
"""The columns of a row: one per clause, reading and field; the text has a row with its sentence."""


def readings_lines(told: Told, *, width: int | None = None, colour: bool = False) -> Iterator[str]:
    """Tell clause by clause what the text says, and then who reads it otherwise, denies it or keeps it.

    Parameters
    ----------
    told : dict
        From `readings_told`.
    width : int, optional
        Of the terminal: longer lines are broken between words. Without it none is.
    colour : bool
        Whether to write colours.
    """
    page = _Page(told, width, colour=colour)
    yield from paragraph(f"{told['title']} ({told['id']})", width, hang=2)
    yield from paragraph(_counts(told), width, hang=2)
    for clause in told["clauses"]:
        yield ""
        yield from page.clause(clause)
    yield from page.deal(told["deal"])
    yield from page.demands(told["demands"])
    for sentence in _closing(told):
        yield ""
        yield from paragraph(sentence, width, hang=2)


class _Page:
    """Writes the parts of one page: dates in words, lines of one width."""

    def __init__(self, told: Told, width: int | None, *, colour: bool) -> None:
        self._told, self._width, self._colour = told, width, colour
        self._words = _in_words(told)
        self._seen: set[str] = set()

    def clause(self, one: Told) -> Iterator[str]:
        yield from self._line(f"{one['title']} ({one['id']})", 0)
        if one["in_text"]:
            yield from self._line(f"{self._told['text']}: {self._words(one['sentence'])}", 2)
            yield from self._line(f'in its words: "{one["words"]}"' if one["words"] else "", 4)
            yield from self._sources(one)
        else:
            dropped = (one["as_signed"] or {}).get("dropped")
            whose = "dropped by an amendment" if dropped else "not in the text, a reading adds it"
            yield from self._line(f"{whose}: {self._words(one['sentence'])}", 2)
        yield from self._signed(one)
        for reading in one["readings"]:
            if not reading["with_all"]:
                yield from self._reading(reading)
        kept = [reading["id"] for reading in one["readings"] if reading["with_all"]]
        yield from self._line(f"kept under {', '.join(kept)}" if kept else "", 2)
        if one["as_it_stands"]:
            every = len(one["as_it_stands"]) == len(self._told["readings"])
            names = "every reading" if every and len(self._told["readings"]) > 1 else ", ".join(one["as_it_stands"])
            yield from self._line(f"as it stands under {names}", 2)
        for stance in one["stances"]:
            yield from self._stance(stance)

    def deal(self, one: Told) -> Iterator[str]:
        if one["readings"] or one["stances"]:
            yield ""
            yield "The whole deal"
        for reading in one["readings"]:
            yield from self._reading(reading, whole=True)
        for stance in one["stances"]:
            yield from self._stance(stance, to=self._told["instruments"].get(stance["to"], "the agreement"))

    def demands(self, every: Sequence[Told]) -> Iterator[str]:
        if every:
            yield ""
            yield "Asked or offered, and never agreed"
        for one in every:
            whom = f", of {one['who']}" if one["who"] else ""
            what = f", {one['what'].replace('_', ' ')}" if one["what"] else ""
            yield from self._line(f"{one['id']}, by {one['by']}: {self._words(one['ground'])}{whom}{what}", 2)
            said = (f"told as {self._words(', '.join(one['told_as']))}" if one["told_as"] else "",
                    f"answer: {one['answer']}" if one["answer"] else "",
                    f"measured from a line of {', '.join(one['clauses'])}" if one["clauses"] else "")  # fmt: skip
            yield from self._line("; ".join(part for part in said if part), 4)
            yield from self._sources(one)
            for stance in one["stances"]:
                yield from self._stance(stance, 4)

    def _signed(self, one: Told) -> Iterator[str]:
        signed = one["as_signed"]
        if signed is not None:
            yield from self._line(f"as signed: {self._words(signed['sentence'])}", 2)
            for change in signed["changes"]:
                yield from change_lines(change, self._words, self._width, indent=4)
        for amendment in one["amendments"]:
            yield from self._line(f"changed by {amendment['title']}, agreed {self._words(amendment['agreed'])}", 4)
            yield from self._sources(amendment, 6)

    def _reading(self, one: Told, *, whole: bool = False) -> Iterator[str]:
        title = f": {one['title']}" if one["title"] else ""
        kept = "every clause" if whole else "it"
        verb = {"adds": " adds it", "keeps": f" keeps {kept} as it stands"}.get(one["kind"], "")
        yield from self._line(f"{one['id']}{verb}{title}", 2)
        told = one["id"] in self._seen
        above = "; what it rests on stands above" if told else ""
        yield from self._line(f"held by {one['holder']}, {self._since(one)}{above}", 4)
        self._seen.add(one["id"])
        for change in one["changes"]:
            yield from change_lines(change, self._words, self._width, indent=4)
        if told:
            return
        yield from self._line(f"until {self._words(one['until'])}" if one["until"] and not whole else "", 4)
        yield from self._line(f"note: {one['note']}" if one["note"] else "", 4)
        yield from self._line(f"a slip on the way: {one['slip']}" if one["slip"] else "", 4)
        yield from self._sources(one)

    def _stance(self, one: Told, indent: int = 2, *, to: str = "") -> Iterator[str]:
        said = f", {self._words(one['said'])}" if one["said"] else ""
        note = f": {one['note']}" if one["note"] else ""
        about = f" to {to}" if to else ""
        yield from self._line(f"position of {one['actor']}{about}: {one['is']}{said}{note}", indent)
        yield from self._sources(one, indent + 2)

    def _since(self, one: Told) -> str:
        since = f"known since {self._words(one['known_since'])}" if one["known_since"] else "no date is stated"
        return f"{since}; unconfirmed" if one["unconfirmed"] else since

    def _sources(self, one: Told, indent: int = 4) -> Iterator[str]:
        for chain in _shown(one["chains"]):
            yield from self._line(f"rests on {self._words(chain)}", indent, FAINT)

    def _line(self, text: str, indent: int, shade: int | None = None) -> Iterator[str]:
        if text:
            for line in paragraph(" ".join(text.split()), self._width, indent=indent, hang=2):
                yield coloured(line, shade if self._colour else None)


Words = Callable[[str], str]


def change_lines(change: Told, words: Words, width: int | None, *, indent: int) -> Iterator[str]:
    """Write a field and its words, from and to: in one line if there is room, else in two.

    What stands beside the clauses, and counts for several of them, is named by its path.

    >>> list(change_lines({"field": "date", "path": "term.until", "from": "", "to": "2031"}, str, 60, indent=2))
    ['  date, term.until: (not stated) -> 2031']
    """
    section = change["path"].partition(".")[0]
    field = change["field"] if section in ("provisions", "zones") else f"{change['field']}, {change['path']}"
    before, after = (words(change[key]) or NOT_STATED for key in ("from", "to"))
    line = f"{field}: {before} -> {after}"
    if width is None or indent + shown_width(line) <= width:
        yield " " * indent + line
        return
    yield from paragraph(f"{field}: {before}", width, indent=indent, hang=4)
    yield from paragraph(f"-> {after}", width, indent=indent + 2, hang=3)


def sided(words: str) -> str:
    """Write a side that a clause leaves open by what it is.

    >>> sided("side.who: presence, within 5 km of side.line")
    'each side: presence, within 5 km of its own line'
    """
    return words.replace("side.who", "each side").replace("side.line", "its own line")


def markdown_lines(told: Told) -> Iterator[str]:
    """Write the same as Markdown: a heading and a table per clause."""
    words = _in_words(told)
    yield f"# {told['title']} (`{told['id']}`): who reads it how"
    yield ""
    yield _counts(told)
    for clause in told["clauses"]:
        yield from ("", f"## {clause['title']} (`{clause['id']}`)", "", f"> {words(clause['sentence'])}")
        if clause["as_signed"] is not None:
            yield from (">", f"> As signed: {words(clause['as_signed']['sentence'])}")
        if clause["readings"]:
            yield from ("", *_table(clause["readings"], words))
        if clause["as_it_stands"]:
            yield from ("", f"As it stands under {', '.join(f'`{name}`' for name in clause['as_it_stands'])}.")
    if told["deal"]["readings"]:
        yield from ("", "## The whole deal", "", *_table(told["deal"]["readings"], words))
    stances = [*(one for clause in told["clauses"] for one in clause["stances"]), *told["deal"]["stances"]]
    if stances:
        yield from ("", "## Positions", "")
        yield from _rows(("who", "what", "to", "when", "rests on"),
                         [(one["actor"], one["is"], f"`{one['to']}`", words(one["said"] or ""),
                           "<br>".join(map(words, _shown(one["chains"])))) for one in stances])  # fmt: skip
    if told["demands"]:
        yield from ("", "## Asked or offered, and never agreed", "")
        yield from _rows(("by", "what", "answer", "rests on"),
                         [(one["by"], words(one["ground"]), one["answer"] or "",
                           "<br>".join(map(words, _shown(one["chains"])))) for one in told["demands"]])  # fmt: skip
    for sentence in _closing(told):
        yield from ("", sentence)


def _table(readings: Sequence[Told], words: Words) -> Iterator[str]:
    heads = ("reading", "held by", "what differs", "known since", "rests on")
    yield from _rows(heads, [_cells(one, words) for one in readings])


def _cells(one: Told, words: Words) -> tuple[str, ...]:
    changes = [
        f"{each['field']}: {words(each['from']) or NOT_STATED} → {words(each['to']) or NOT_STATED}"
        for each in one["changes"]
    ]
    verb = {"adds": "adds this clause", "keeps": "keeps it as it stands"}.get(one["kind"])
    since = words(one["known_since"] or "no stated date") + ("; unconfirmed" if one["unconfirmed"] else "")
    said = "<br>".join(map(words, _shown(one["chains"])))
    return f"`{one['id']}`", one["holder"], "<br>".join([*([verb] if verb else []), *changes]), since, said


def _rows(heads: Sequence[str], rows: Sequence[Sequence[str]]) -> Iterator[str]:
    yield f"| {' | '.join(heads)} |"
    yield f"|{'---|' * len(heads)}"
    for row in rows:
        yield f"| {' | '.join(' '.join(cell.split()).replace('|', chr(92) + '|') for cell in row)} |"


def readings_rows(told: Told) -> Iterator[dict[str, str]]:
    """Write one row per clause, reading and field, with the words as written; see `COLUMNS`."""
    for clause in told["clauses"]:
        text = {**clause, "holder": "", "note": "", "changes": []}
        if clause["in_text"]:
            yield _row(clause["id"], {**text, "id": "text", "kind": "text"}, ("sentence", clause["sentence"]))
        for change in (clause["as_signed"] or {"changes": ()})["changes"]:
            before = {**change, "from": change["to"], "to": change["from"]}
            yield _row(clause["id"], {**text, "id": "as_signed", "kind": "changes"}, change=before)
        for one in clause["readings"]:
            added = ("sentence", clause["sentence"]) if one["kind"] == "adds" else None
            yield from ([_row(clause["id"], one, change=change) for change in one["changes"]]
                        or [_row(clause["id"], one, added)])  # fmt: skip
        for name in clause["as_it_stands"]:
            yield dict.fromkeys(COLUMNS, "") | {"provision": clause["id"], "reading": name, "kind": "stands"}
    for one in told["deal"]["readings"]:
        yield from (_row("", one, change=change) for change in one["changes"])


def _row(
    provision: str, one: Told, words: tuple[str, str] | None = None, *, change: Told | None = None
) -> dict[str, str]:
    field, to = words or ("", "")
    said = change or {"field": field, "path": "", "from": "", "to": to, "from_at": "", "to_at": ""}
    return {
        "provision": provision, "reading": one["id"], "kind": one["kind"], **said, "holder": one["holder"],
        "known_since": one["known_since"] or "", "sources": ";".join(one["sources"]),
        "rests_on": "; ".join(one["chains"]), "unconfirmed": "yes" if one["unconfirmed"] else "",
        "note": one["note"] or "",
    }  # fmt: skip


def _in_words(told: Told) -> Words:
    """Write dates as people read them, days counted from a text by its title, and sides by what they are."""
    return lambda words: told_in_words(sided(words), told["events"], told["days"])


def _counts(told: Told) -> str:
    counts = counted(len(told["clauses"]), "clause"), counted(len(told["readings"]), "reading")
    known = f", as known on {told['as_known']}" if told["as_known"] else ""
    return f"{' and '.join(counts)}{known}; in the order of the file, none of them is a default"


def _closing(told: Told) -> Iterator[str]:
    if told["left_out"]:
        yield f"Not known on {told['as_known']}, so left out: {told['left_out']}"
    if told["as_known"] and told["undated"]:
        yield f"As known on {told['as_known']}: {told['undated']}"


def _shown(chains: Sequence[str]) -> list[str]:
    more = len(chains) - MOST_CHAINS
    return [*chains[:MOST_CHAINS], *([f"{more} more"] if more > 0 else [])]
