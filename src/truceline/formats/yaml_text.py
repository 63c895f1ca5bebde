"""YAML 1.2 and JSON text -> a tree of strings that knows its places; a strict subset, by events.

The text is never constructed into objects: `no`, `12:00`, `1_000` and `2017-11-08` stay words. What
could make a small text large or its meaning hidden (aliases, tags, merge keys, several documents) is
refused when it is met. The events are read one by one, so that nothing here recurses.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any, Final

from ruamel.yaml import YAML
from ruamel.yaml.error import MarkedYAMLError, YAMLError
from ruamel.yaml.events import (
    AliasEvent,
    DocumentStartEvent,
    MappingEndEvent,
    MappingStartEvent,
    NodeEvent,
    ScalarEvent,
    SequenceEndEvent,
    SequenceStartEvent,
)

from truceline.errors import Fault, TermsError
from truceline.terms.node import Node, Place

__all__ = ["LARGEST", "read_yaml"]

LARGEST: Final = 1_000_000  # bytes, a hundred times the longest agreement that we know
_MOST_NODES: Final = 30_000
_DEEPEST: Final = 60
_SHOWN: Final = 100

# Whatever no text editor shows: controls but for tab and newline, surrogates, the byte order mark inside the text.
_HIDDEN = re.compile("[\x00-\x08\x0b-\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufeff\ufffe\uffff]")
# Letters of a tag: the parser takes time with the square of its length to read one that is refused anyway.
_LONG_WORD = re.compile(r"[0-9A-Za-z\-;/?:@&=+$,_.!~*'()\[\]%#<]{1000,}")


def read_yaml(data: bytes | str, name: str, *, begin: str = "start it with 'truceline: 1'") -> Node:
    """Read one YAML 1.2 or JSON document.

    Parameters
    ----------
    data : bytes or str
        UTF-8, with or without a byte order mark; at most 1 MB, 30 000 values, nested 60 deep.
    name : str
        The file's name as it shall stand in faults.
    begin : str
        What to write into an empty file, for the fault of it.

    Raises
    ------
    TermsError
        At the first fault that keeps the text from being read; all duplicate keys come at once.

    Examples
    --------
    >>> read_yaml("when: {from: 2017-11-08, at: 12:00}", "deal.yaml").plain()
    {'when': {'from': '2017-11-08', 'at': '12:00'}}
    """
    builder = _Builder(name, begin)
    try:
        for event in YAML(typ="safe", pure=True).parse(_decoded(data, name)):
            builder.take(event)
    except MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        raise TermsError([_syntax(name, (mark.line + 1, mark.column + 1) if mark else (1, 1), error)]) from error
    except (YAMLError, ValueError, OverflowError) as error:
        raise TermsError([_syntax(name, (1, 1), error)]) from error
    return builder.done()


def _decoded(data: bytes | str, name: str) -> str:
    if len(data) > LARGEST:
        what, remedy = f"the file is larger than {LARGEST // 1_000_000} MB", "split it into one file per agreement"
        raise TermsError([Fault(f"{name}:1:1", "TL-E006", what, remedy)])
    try:
        text = data.decode("utf-8-sig") if isinstance(data, bytes) else data.removeprefix("\ufeff")
    except UnicodeDecodeError as error:
        good = data[: error.start] if isinstance(data, bytes) else b""
        line, col = good.count(b"\n") + 1, error.start - good.rfind(b"\n")
        what, remedy = "the file is not UTF-8 text", "save it with the encoding UTF-8"
        fault = Fault(f"{name}:{line}:{col}", "TL-E002", what, remedy)
        raise TermsError([fault]) from error
    if hidden := _HIDDEN.search(text):
        before = text[: hidden.start()]
        place = (before.count("\n") + 1, hidden.start() - before.rfind("\n"))
        raise TermsError([_hidden(name, place, hidden[0])])
    for word in _LONG_WORD.finditer(text):
        if "!" in word[0]:
            line, col = text.count("\n", 0, word.start()) + 1, word.start() - text.rfind("\n", 0, word.start())
            what = f"a tag, or a word with '!' in it, of {len(word[0])} letters"
            raise TermsError([Fault(f"{name}:{line}:{col}", "TL-E005", what, "delete it: every value is plain text")])
    return text


def _hidden(name: str, place: Place, character: str) -> Fault:
    what = f"an invisible control character, U+{ord(character):04X}"
    return Fault(f"{name}:{place[0]}:{place[1]}", "TL-E002", what, "delete it")


_PROBLEMS = (
    ("int too large", "an escape in quotes names no character", "write the character itself"),
    ("chr()", "an escape in quotes names no character", "write the character itself"),
    ("'\\t'", "a tab stands where YAML wants spaces", "indent with spaces"),
    ("found unexpected end of stream", "the text ends inside quotes or brackets", "close them"),
    ("mapping values are not allowed", "a second ': ' on one line", "put words that contain ': ' in quotes"),
    ("expected ',' or", "brackets or a comma are missing", "close the bracket, or put words with commas in quotes"),
    ("could not find expected ':'", "a line without ': '", "write 'key: value', or indent the continued words"),
    ("expected <block end>", "the line is not indented like its neighbours", "align it with the line above"),
)


def _syntax(name: str, place: Place, error: Exception) -> Fault:
    problem = str(getattr(error, "problem", None) or error).partition("\n")[0]
    for sign, what, remedy in _PROBLEMS:
        if sign in problem:
            return Fault(f"{name}:{place[0]}:{place[1]}", "TL-E001", what, remedy)
    what = f"this is not YAML: {problem}"
    return Fault(f"{name}:{place[0]}:{place[1]}", "TL-E001", what, "check quotes, brackets and indentation here")


@dataclass(slots=True)
class _Open:
    """A mapping or list that is still being read."""

    place: Place
    is_map: bool
    items: list[Node] = field(default_factory=list)
    entries: dict[str, Node] = field(default_factory=dict)
    keys: dict[str, Place] = field(default_factory=dict)
    key: Node | None = None


@dataclass(slots=True)
class _Builder:
    """Takes events one by one and grows the tree."""

    name: str
    begin: str
    open: list[_Open] = field(default_factory=list)
    root: Node | None = None
    nodes: int = 0
    documents: int = 0
    faults: list[Fault] = field(default_factory=list)

    def take(self, event: Any) -> None:
        place = (event.start_mark.line + 1, event.start_mark.column + 1)
        if isinstance(event, NodeEvent):
            self._refuse_hidden_meaning(event, place)
        if isinstance(event, DocumentStartEvent):
            self._document(event, place)
        elif isinstance(event, ScalarEvent):
            self._add(Node(self._text(event.value, place), *place, quoted=bool(event.style)))
        elif isinstance(event, (MappingStartEvent, SequenceStartEvent)):
            self._begin(place, is_map=isinstance(event, MappingStartEvent))
        elif isinstance(event, (MappingEndEvent, SequenceEndEvent)):
            self._end()

    def done(self) -> Node:
        if self.root is None:
            self.faults.append(self._fault((1, 1), "TL-E001", "the file is empty", self.begin))
        if self.root is None or self.faults:
            raise TermsError(self.faults)
        return self.root

    def _fault(self, place: Place, code: str, what: str, remedy: str) -> Fault:
        return Fault(f"{self.name}:{place[0]}:{place[1]}", code, what, remedy)

    def _stop(self, place: Place, code: str, what: str, remedy: str) -> None:
        raise TermsError([*self.faults, self._fault(place, code, what, remedy)])

    def _document(self, event: DocumentStartEvent, place: Place) -> None:
        self.documents += 1
        if self.documents > 1:
            self._stop(place, "TL-E005", "a second document begins", "keep one agreement per file, without '---'")
        if event.tags or (event.version and tuple(event.version) != (1, 2)):
            self._stop((1, 1), "TL-E005", "a '%' directive", "delete it: the file is YAML 1.2")

    def _refuse_hidden_meaning(self, event: NodeEvent, place: Place) -> None:
        if isinstance(event, AliasEvent) or event.anchor:
            sign = "*" if isinstance(event, AliasEvent) else "&"
            name = f"'{sign}{str(event.anchor)[:_SHOWN]}'"
            self._stop(place, "TL-E005", f"{name}: anchors and aliases are not part of the language",
                       "write the value out, or name it under sets, things or zones")  # fmt: skip
        if tag := getattr(event, "tag", None):
            self._stop(place, "TL-E005", f"the tag '{tag[:_SHOWN]}'", "delete it: every value is plain text")
        self.nodes += 1
        if self.nodes > _MOST_NODES:
            self._stop(place, "TL-E006", f"more than {_MOST_NODES} values", "split it into one file per agreement")

    def _text(self, value: str, place: Place) -> str:
        # JSON escapes such as \ud83d\ude00 arrive as two halves of one character.
        joined = value.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "surrogatepass")
        if hidden := _HIDDEN.search(joined):
            self.faults.append(_hidden(self.name, place, hidden[0]))
        return joined

    def _begin(self, place: Place, *, is_map: bool) -> None:
        if len(self.open) >= _DEEPEST:
            self._stop(place, "TL-E006", f"nested deeper than {_DEEPEST}", "flatten it: name parts under zones")
        if self.open and self.open[-1].is_map and self.open[-1].key is None:
            self._stop(place, "TL-E005", "a key made of a list or mapping", "use a word as the key")
        self.open.append(_Open(place, is_map))

    def _end(self) -> None:
        done = self.open.pop()
        value = done.entries if done.is_map else tuple(done.items)
        self._add(Node(value, *done.place, keys=done.keys))

    def _add(self, node: Node) -> None:
        if not self.open:
            self.root = node
        elif not self.open[-1].is_map:
            self.open[-1].items.append(node)
        elif self.open[-1].key is None:
            self.open[-1].key = node
        else:
            self._entry(self.open[-1], self.open[-1].key, node)

    def _entry(self, parent: _Open, key: Node, node: Node) -> None:
        word = str(key.value)
        parent.key = None
        if word == "<<" and not key.quoted:
            self._stop(key.place, "TL-E005", "'<<': merge keys are not part of the language", "write the entries out")
        if word in parent.entries:
            line, col = parent.keys[word]
            what = f"'{word}' is written twice, first at {line}:{col}"
            self.faults.append(self._fault(key.place, "TL-E004", what, "rename or delete one of them"))
        parent.entries[word] = node
        parent.keys[word] = key.place
