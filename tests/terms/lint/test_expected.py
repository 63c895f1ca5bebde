"""The findings of every shipped agreement, read and judged by people: what changes them has to be read again."""

from pathlib import Path

import pytest

from truceline.formats.terms_file import load
from truceline.terms.lint import lint

HERE = Path(__file__).parent
ROOT = Path(__file__).parents[3]
SHELF = [path for path in (ROOT / "agreements").glob("*.yaml") if path.stem != "elsewhere"]
SHIPPED = sorted([*(ROOT / "examples").glob("*/terms.yaml"), *SHELF])


def name_of(path):
    """Name an example by its folder, and an agreement of the library by its file."""
    return path.parent.name if path.name == "terms.yaml" else path.stem


def told(path):
    """Write the findings of a file without their places, which move with every line that is added above them."""
    return [f"{one.rule} {one.severity} {one.path}: {one.what}" for one in lint(load(path))]


@pytest.mark.parametrize("path", SHIPPED, ids=name_of)
def test_the_findings_of_a_shipped_agreement_are_those_that_were_reviewed(path):
    """Not one more and not one less than in ``expected``, in the order of the file."""
    reviewed = HERE / "expected" / f"{name_of(path)}.txt"

    assert reviewed.exists(), f"read the findings of {name_of(path)} as a mediator would, and keep them here"
    assert told(path) == reviewed.read_text(encoding="utf-8").splitlines()
