"""The page of an agreement in Markdown, drawn from its file alone: nobody writes on it, so it cannot drift."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from truceline.basics.counting import counted
from truceline.engines.told_dates import in_words
from truceline.publish.terms_sections import Section, sections_of

__all__ = ["index_page", "terms_page"]

Told = dict[str, Any]
_IN_ADDRESSES = {ord(sign): f"%{ord(sign):X}" for sign in "<>|"}
_IN_WORDS = {ord("<"): "&lt;", ord(">"): "&gt;", **{ord(sign): f"\\{sign}" for sign in "|*_[]`#\\"}}
_SHOWN = {False: "how far from which line", True: "what holds when"}
_NEVER = "Drawn from the file by `truceline library --pages`: change the file, not this page."


def terms_page(told: Told, *, file: str, pictures: Sequence[str] = ()) -> str:
    """Write the page of one agreement.

    Parameters
    ----------
    told : dict
        From `terms_told`.
    file : str
        Where the file of terms lies, as seen from the page.
    pictures : sequence of str
        Where the pictures lie: how far, and when.
    """
    head = [f"# {_plain(told['title'])}", "", _plain(_standing(told)), ""]
    notes = [f"> {_plain(note)}\n" for note in (told["note"], told["shows_note"]) if note]
    seen = [f"![{_plain(told['title'])}: {_SHOWN[name.endswith('-time.svg')]}]({name})\n" for name in pictures]
    use = [
        f"The terms: [{told['id']}.yaml]({file}). To use them, or to begin terms of your own with them:",
        "", "```sh", f"truceline check library:{told['id']} reports.csv",
        f"truceline new --from {told['id']} -o my-terms.yaml", "```", "",
    ]  # fmt: skip
    body = [line for section in sections_of(told) for line in _section(section)]
    return "\n".join([*head, *notes, *seen, *use, *body, f"*{_NEVER}*", ""])


def index_page(entries: Iterable[Told]) -> str:
    """Write the list of all agreements, from what `library` tells of each."""
    columns = ("agreement", "signed", "parties", "clauses", "readings", "left open", "geometry", "unconfirmed")
    rows = [
        (
            f"[{_cell(one['title'])}]({one['id']}.md)<br>`{one['id']}`", in_words(one["signed"] or ""),
            ", ".join(map(_cell, one["parties"])), str(one["provisions"]), str(one["readings"]), str(one["open"]),
            one["geometry"], str(len(one["unconfirmed"])) if one["unconfirmed"] else "",
        )
        for one in entries
    ]  # fmt: skip
    intro = (
        "Agreements that come with Truceline, each as a file of terms: what the text says, in sentences; who reads it "
        "how, each with a source; what was asked and never agreed; what is left open. Nothing here is a finding about "
        "anybody. "
        "What nobody has read in a source is marked *unconfirmed*; what is not public stays undisclosed."
    )
    use = "`truceline library` lists them, and every command takes one as `library:ID` ([how](../cli/library.md))."
    table = _table(columns, rows, escaped=True)
    return "\n".join(["# Agreements", "", intro, "", use, "", *table, "", f"*{_NEVER}*", ""])


def _standing(told: Told) -> str:
    words = f"{told['class'].capitalize()} agreement" if told["class"] != "other" else "Agreement"
    counts = f"{counted(len(told['clauses']), 'clause')}, {counted(len(told['readings']), 'reading')}"
    return "; ".join(part for part in (words, told["status"], counts) if part) + "."


def _section(section: Section) -> Iterator[str]:
    yield f"## {section.title}"
    yield ""
    for note in section.notes:
        yield from (_plain(note), "")
    for item in section.items:
        yield from _item(item.head, item.lines)
    if section.items and not section.items[-1].lines:
        yield ""
    if section.rows:
        yield from _table(section.columns, section.rows)
        yield ""


def _item(head: str, lines: Sequence[str]) -> Iterator[str]:
    if not lines:
        yield f"- {_plain(head)}"
        return
    yield f"**{_plain(head)}**<br>"
    yield from (f"{_plain(line)}<br>" for line in lines[:-1])
    yield _plain(lines[-1])
    yield ""


def _table(columns: Sequence[str], rows: Iterable[Sequence[str]], *, escaped: bool = False) -> Iterator[str]:
    yield f"| {' | '.join(columns)} |"
    yield f"|{'---|' * len(columns)}"
    for row in rows:
        yield f"| {' | '.join(cell if escaped else _cell(cell) for cell in row)} |"


def _cell(words: str) -> str:
    return _plain(words).replace("\n", "<br>")


def _plain(words: str) -> str:
    r"""Keep the words of others from being read as Markdown; addresses become links.

    >>> _plain("5 * 3 | a_b <x> [s.un] https://un.org/a_b")
    '5 \\* 3 \\| a\\_b &lt;x&gt; \\[s.un\\] <https://un.org/a_b>'
    """
    return " ".join(_word(word) for word in words.split(" "))


def _word(word: str) -> str:
    if word.startswith(("http://", "https://")):
        return f"<{word.translate(_IN_ADDRESSES)}>"
    return word.translate(_IN_WORDS)
