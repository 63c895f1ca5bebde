"""The page of error codes shows faults that the loader really gives."""

import re
from pathlib import Path

import pytest

from truceline.errors import TrucelineError
from truceline.formats.terms_file import load_text

ROOT = Path(__file__).parents[2]
DATA = ROOT / "tests" / "data" / "terms"
PAGE = (ROOT / "docs" / "errors.md").read_text(encoding="utf-8")
SHOWN = re.findall(r"^deal\.yaml(?::\d+:\d+)?: (TL-E\d{3} .*)$", PAGE, re.MULTILINE)
LEAST = (DATA / "good" / "minimal.yaml").read_text(encoding="utf-8")
SHAPES = """lines:
  a: {title: a, plus: north, geometry: {file: none.geojson, id: x}}
  b: {title: b, plus: north, geometry: {file: river.geojson, id: brook}}
  c: {title: c, plus: north, geometry: {file: river.geojson, id: islands}}
  e: {title: e, plus: north, geometry: {coordinates: [[45.0, 95.0], [45.0, 96.0]]}}
"""


def faults_of(text):
    """Give what the loader says about a text, or about a reading that it does not have."""
    try:
        load_text(text, "deal.yaml", folder=DATA / "good").under("north")
    except TrucelineError as refused:
        return {f"{fault.code} {fault.what}; {fault.remedy}" for fault in refused}
    return set()


@pytest.fixture(scope="module")
def given():
    """Collect the faults of all bad files and of a few texts that are no files at all."""
    texts = [path.read_text(encoding="utf-8") for path in (DATA / "bad").glob("*.yaml")]
    texts += ["a:\n\t- b", "a: x\x01", "a: 1\na: 2", "a: &x 1", "[" * 61, LEAST + SHAPES, LEAST]
    return set().union(*map(faults_of, texts))


def test_every_code_has_an_example():
    """Each heading is followed by a fault of that code."""
    headings = re.findall(r"^### (TL-E\d{3}) ", PAGE, re.MULTILINE)

    assert len(headings) == len(set(headings))
    assert set(headings) == {shown.partition(" ")[0] for shown in SHOWN}


@pytest.mark.parametrize("shown", SHOWN, ids=lambda shown: shown.partition(" ")[0])
def test_the_examples_are_real(shown, given):
    """What the page shows is what the loader says, to the letter."""
    assert shown in given
