"""Read the documentation as a program does: its pages, code blocks, commands, links and headings."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[1]
PAGES = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md"), *(ROOT / "examples").rglob("*.md")])

_FENCE = re.compile(r"^```(\w*)[^\n]*\n(.*?)^```$", re.MULTILINE | re.DOTALL)
_LINK = re.compile(r"\[[^\]]*\]\(([^)\s]+)[^)]*\)")


@dataclass(frozen=True)
class Block:
    """One fenced block: the page and line it stands in, its language and its text."""

    page: Path
    line: int
    language: str
    text: str

    def __str__(self) -> str:
        """Name the block as a clickable place."""
        return f"{self.page.relative_to(ROOT).as_posix()}:{self.line}"


@dataclass(frozen=True)
class Command:
    """One command line of a page and the output shown below it (empty: none is shown)."""

    place: str
    line: str
    shown: str = ""

    def __str__(self) -> str:
        """Name the command with its place."""
        return f"{self.place} {self.line}"


def blocks(page: Path, *languages: str) -> Iterator[Block]:
    """Go through the fenced blocks of a page in these languages."""
    text = page.read_text(encoding="utf-8")
    for match in _FENCE.finditer(text):
        if match[1] in languages:
            yield Block(page, text.count("\n", 0, match.start()) + 1, match[1], match[2])


def commands(page: Path) -> Iterator[Command]:
    """Go through the commands of a page: each line of an ``sh`` block, each ``$`` line of a ``console`` block."""
    for block in blocks(page, "sh", "console"):
        text = block.text.replace("\\\n", " ")
        if block.language == "sh":
            lines = (line.partition(" #")[0].strip() for line in text.split("\n"))
            yield from (Command(str(block), line) for line in lines if line and not line.startswith("#"))
        else:
            for part in re.split(r"^\$ ", text, flags=re.MULTILINE)[1:]:
                line, _, shown = part.partition("\n")
                yield Command(str(block), line.strip(), shown)


def links(page: Path) -> Iterator[str]:
    """Go through the links of a page that stay inside the repository."""
    text = re.sub(r"`[^`\n]*`", "", _FENCE.sub("", page.read_text(encoding="utf-8")))
    yield from (link for link in _LINK.findall(text) if not re.match(r"[a-z]+:", link))


def anchors(page: Path) -> set[str]:
    """Collect the names by which the headings of a page can be reached."""
    text = _FENCE.sub("", page.read_text(encoding="utf-8"))
    heads = re.findall(r"^#+ (.*)$", text, re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", head.lower()).strip().replace(" ", "-") for head in heads}
