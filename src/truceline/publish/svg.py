"""A small drawing as SVG: text stays text, numbers have one decimal, and it reads on light and on dark paper."""

from __future__ import annotations

import math
import textwrap
from collections.abc import Iterable, Iterator
from html import escape

__all__ = ["EM", "Sheet", "fitted", "number", "text_width", "wrapped"]

EM = 0.54
"""How wide a letter of a common sans-serif is on average, in its own height; a little more than it mostly is."""

_STYLE = """
text { font: 12px system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", "Liberation Sans", Arial, sans-serif;
  fill: #1b1a18; font-variant-numeric: tabular-nums; stroke: #fdfcfa; stroke-width: 3px; paint-order: stroke; }
.head { font-size: 15px; font-weight: 600; } .clause { font-weight: 600; }
.small { font-size: 11px; fill: #5b5851; } .paper { fill: #fdfcfa; }
.sure { fill: #5d5470; } .open { fill: url(#hatch); stroke: #5d5470; stroke-width: 0.8; }
.fade { fill: url(#hatch); mask: url(#fading); } .past { fill: #5d5470; mask: url(#fading); }
.hatch { stroke: #5d5470; stroke-width: 2; }
.line { stroke: #1b1a18; stroke-width: 2.5; } .error { fill: #1b1a18; opacity: 0.1; }
.grid { stroke: #d9d4c9; } .axis { stroke: #5b5851; }
.asked { stroke: #5b5851; stroke-dasharray: 2 3; } .tick { stroke: #1b1a18; stroke-width: 2.5; }
@media (prefers-color-scheme: dark) {
  text { fill: #ebe8e1; stroke: #14161a; } .small { fill: #aeaaa1; } .paper { fill: #14161a; }
  .sure, .past { fill: #b3a8cc; } .open { stroke: #b3a8cc; } .hatch { stroke: #b3a8cc; }
  .line, .tick { stroke: #f3f0e9; } .error { fill: #f3f0e9; } .grid { stroke: #363a40; }
  .axis, .asked { stroke: #aeaaa1; }
}
"""
_DEFS = (
    '<defs><pattern id="hatch" width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">'
    '<line class="hatch" x1="1" x2="1" y1="0" y2="6"/></pattern>'
    '<linearGradient id="away"><stop offset="0.4" stop-color="#fff"/><stop offset="1" stop-color="#000"/>'
    '</linearGradient><mask id="fading" maskContentUnits="objectBoundingBox">'
    '<rect width="1" height="1" fill="url(#away)"/></mask></defs>'
)


class Sheet:
    """A drawing that grows downward: what is put on it, and how far down it has come (`y`, in pixels)."""

    def __init__(self, width: float) -> None:
        """Begin at the top."""
        self.width, self.y, self.parts = width, 0.0, list[str]()

    def text(self, x: float, y: float, words: str, kind: str = "", anchor: str = "start") -> None:
        """Write one line of text with its foot at `y`."""
        classes = f' class="{kind}"' if kind else ""
        where = f' text-anchor="{anchor}"' if anchor != "start" else ""
        self.parts.append(f'<text x="{number(x)}" y="{number(y)}"{classes}{where}>{escape(words, quote=False)}</text>')

    def line(self, start: tuple[float, float], end: tuple[float, float], kind: str) -> None:
        """Draw a straight line."""
        (x1, y1), (x2, y2) = start, end
        ends = f'x1="{number(x1)}" y1="{number(y1)}" x2="{number(x2)}" y2="{number(y2)}"'
        self.parts.append(f'<line class="{kind}" {ends}/>')

    def box(self, x: float, y: float, size: tuple[float, float], kind: str, *, mirrored: bool = False) -> None:
        """Draw a rectangle; `mirrored` turns it about its left edge: what fades to the right then fades to the left."""
        wide, high = (number(max(one, 0.0)) for one in size)
        turned = f' transform="translate({number(2 * x)} 0) scale(-1 1)"' if mirrored else ""
        corner = f'x="{number(x)}" y="{number(y)}"'
        self.parts.append(f'<rect class="{kind}" {corner} width="{wide}" height="{high}"{turned}/>')

    def legend(self, x: float, signs: Iterable[tuple[str, str]]) -> None:
        """Say what the signs mean, by the class of each: ``tick`` is a stroke, all others are boxes."""
        for kind, words in signs:
            if kind == "tick":
                self.line((x + 12, self.y - 10), (x + 12, self.y + 2), kind)
            else:
                self.box(x, self.y - 9, (24, 10), kind)
            self.text(x + 30, self.y, words, "small")
            x += 54 + text_width(words, 11)

    def under(self, mark: int, parts: Iterable[str]) -> None:
        """Lay something under all that was put down since a mark (`len(sheet.parts)` of then)."""
        self.parts[mark:mark] = parts

    def written(self, title: str, words: str) -> str:
        """Give the whole drawing; `words` say what it shows to whoever cannot see it."""
        size = f'viewBox="0 0 {number(self.width)} {number(self.y)}" width="{number(self.width)}"'
        head = (
            f'<svg xmlns="http://www.w3.org/2000/svg" {size} height="{number(self.y)}" role="img" '
            f'aria-labelledby="t d">\n<title id="t">{escape(title, quote=False)}</title>\n'
            f'<desc id="d">{escape(words, quote=False)}</desc>\n<style>{_STYLE}</style>\n{_DEFS}\n'
        )
        paper = f'<rect class="paper" width="{number(self.width)}" height="{number(self.y)}"/>\n'
        return head + paper + "\n".join(self.parts) + "\n</svg>\n"


def number(value: float) -> str:
    """Write a number with at most one decimal, so that it is the same on every machine.

    >>> number(12.04), number(3.25), number(-0.01)
    ('12', '3.2', '0')
    """
    words = f"{value:.1f}".removesuffix(".0")
    return "0" if words == "-0" else words


def text_width(words: str, size: float = 12.0) -> float:
    """Bound how wide a line of text is, in pixels."""
    return len(words) * size * EM


def wrapped(words: str, width: float, size: float = 12.0) -> list[str]:
    """Break words into lines of at most so many pixels.

    >>> wrapped("the ground within five kilometres of the river", 160)
    ['the ground within five', 'kilometres of the river']
    """
    return textwrap.wrap(words, max(int(width / (size * EM)), 12), break_long_words=True) or [""]


def fitted(most: float, least: int = 4) -> Iterator[float]:
    """Give round distances from 0 up to `most`, at least so many steps of 1, 2 or 5.

    >>> list(fitted(30.0)), list(fitted(0.5))
    ([0.0, 5.0, 10.0, 15.0, 20.0, 25.0, 30.0], [0.0, 0.1, 0.2, 0.3, 0.4, 0.5])
    """
    power = 10.0 ** math.floor(math.log10(most / least))
    step = max(power * one for one in (1, 2, 5) if most / (power * one) >= least - 1e-9)
    yield from (round(step * count, 9) for count in range(int(most / step + 1e-9) + 1))
