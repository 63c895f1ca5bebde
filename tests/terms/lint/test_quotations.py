"""Words with numbers in them are found wherever they stand."""

from pathlib import Path

import pytest

from truceline.formats.terms_file import load
from truceline.terms.lint.quotations import quotations
from truceline.terms.parts import parts_of

ROOT = Path(__file__).parents[3]
FILES = [
    ROOT / "examples" / "south-syria-2017" / "terms.yaml",
    ROOT / "tests" / "data" / "terms" / "good" / "river.yaml",
]


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.parent.name)
def test_the_short_way_finds_what_the_long_way_finds(path):
    """Nothing that was said or noted with a digit in it is passed over, and every path is the one the file writes."""
    text = load(path).document
    every = [
        (steps, part)
        for steps, part in parts_of(text)
        if isinstance(part, str) and steps[-1] in ("words", "note") and any(map(str.isdigit, part))
    ]

    assert every
    assert sorted(quotations(text), key=str) == sorted(every, key=str)
