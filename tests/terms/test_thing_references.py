"""Words for things: what they stand for, and classes that nobody could judge by."""

import pytest

from truceline.errors import TermsError
from truceline.formats.terms_file import load_text
from truceline.terms.model import Document, Provision
from truceline.terms.thing_references import makes_of
from truceline.terms.things import Make, Thing
from world import amended


def classes(*lines):
    """Give the toy truce with some classes of things."""
    things = "\n  ".join(["things:", *lines])
    return amended(("lines:\n  river", f"{things}\nlines:\n  river"), readings=False)


def test_any_word_of_a_make_stands_for_it():
    """Its own name and those that reports use, upper case or not."""
    text = Document.model_construct(models={"K_7": Make(kind="gun", also=("K-7", " Big One "))})

    assert makes_of(text) == {"k_7": "K_7", "k-7": "K_7", "big one": "K_7"}


def test_classes_may_be_made_of_classes():
    """Several times over, as long as somebody can follow them."""
    found = classes("a: {any: [tank]}", "b: {any: [gun], but_not: a}", "c: {any: [a, b, {b: {calibre: 100 mm}}]}")

    assert [*found.under(None).things] == ["a", "b", "c"]


@pytest.mark.parametrize(
    ("lines", "what"),
    [
        (["c0: {any: [tank, gun]}", *(f"c{n}: {{any: [c{n - 1}, {{c{n - 1}: {{}}}}]}}" for n in range(1, 16))],
         "made of 10001 selectors, 13 classes deep"),
        (["c0: {any: [tank]}", *(f"c{n}: {{any: [c{n - 1}]}}" for n in range(1, 32))],
         "made of 31 selectors, 31 classes deep"),
    ],
)  # fmt: skip
def test_classes_without_measure_are_refused(lines, what):
    """A few lines could make a class of millions of selectors; a circle is told as such and not twice."""
    with pytest.raises(TermsError) as refused:
        classes(*lines)

    assert [(fault.code, what in fault.what) for fault in refused.value] == [("TL-E006", True)]


def test_a_word_that_a_faulty_make_may_have_is_no_further_fault():
    """One fault makes no others."""
    text = "things: {rockets: {any: [BM-27]}}\nmodels: {Zeta: {kind: mlrs, calibre: big, also: [BM-27]}}\n"
    with pytest.raises(TermsError) as refused:
        load_text(f"truceline: 1\n{text}", "deal.yaml")

    assert "TL-E021" not in {fault.code for fault in refused.value}


def test_what_was_read_stays_what_it_is():
    """A class of things in a sentence may be handed over as such."""
    thing = Thing(any=("tank",), but_not="gun")

    assert Provision.model_validate({"who": "any", "what": thing}).what is thing
