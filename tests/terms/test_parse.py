"""Files in, agreements or faults out: every good file loads, every bad one tells all its faults and where they are."""

import re
from pathlib import Path

import pytest

from truceline.errors import TermsError
from truceline.formats.terms_file import load, load_text

DATA = Path(__file__).parents[1] / "data" / "terms"
GOOD = sorted((DATA / "good").glob("*.yaml"))
BAD = sorted((DATA / "bad").glob("*.yaml"))

LEAST = """truceline: 1
agreement: {id: least, title: The least, class: cessation}
instruments: {truce: {signed: 2031-05-01}}
parties: {northbank: [signatory], southbank: [signatory]}
provisions:
  ceasefire: {who: any, what: hostilities, where: anywhere, at_most: 0, source: memory}
sources: {}
"""

# Words of the library beneath, which nobody should have to read.
JARGON = re.compile(r"Input should|tagged-union|valid (dictionary|string)|pydantic|_error|\((mapping|text|list)\)|None")


def expected(path):
    """Read from the second line of a bad file which faults it has: ``line:col CODE, ...``."""
    faults = path.read_text(encoding="utf-8").split("\n")[1].removeprefix("# faults: ")
    return [tuple(fault.split(" ")) for fault in faults.split(", ")]


def refusal(text, name="deal.yaml"):
    """Give the faults of a text that cannot be loaded, one per line."""
    with pytest.raises(TermsError) as refused:
        load_text(text, name)
    return str(refused.value)


@pytest.mark.parametrize("path", GOOD, ids=lambda path: path.stem)
def test_good_files_load(path):
    """Every good file loads, under each of its readings."""
    agreement = load(path)

    assert agreement.document.provisions
    assert all(agreement.under(reading).provisions for reading in agreement.readings)


@pytest.mark.parametrize("path", BAD, ids=lambda path: path.stem)
def test_bad_files_tell_all_their_faults(path):
    """Every bad file is refused with exactly the faults that its head lists, each at its line and column."""
    with pytest.raises(TermsError) as refused:
        load(path)

    assert [(fault.at.removeprefix(f"{path}:"), fault.code) for fault in refused.value] == expected(path)


@pytest.mark.parametrize("path", BAD, ids=lambda path: path.stem)
def test_faults_are_plain_sentences(path):
    """A fault says what is wrong and what to write, and nothing about the library beneath."""
    with pytest.raises(TermsError) as refused:
        load(path)

    assert not JARGON.search(str(refused.value))
    assert all(fault.what and fault.remedy for fault in refused.value)


def test_plain_scalars_stay_words():
    """What other YAML readers turn into truth values, times and numbers stays as it was written."""
    text = LEAST + "open: {a: no, b: 12:00, c: 1_000, d: 2031-11-08, e: NO, f: 0o17}"
    words = load_text(text).document.open

    assert words == {"a": "no", "b": "12:00", "c": "1_000", "d": "2031-11-08", "e": "NO", "f": "0o17"}


def test_faults_come_in_the_order_of_the_file():
    """Faults of the text, of its readings and of its references are told together, from top to bottom."""
    text = LEAST.replace("hostilities", "hostilites").replace("at_most: 0", "at_most: few").replace(": any", ": al")
    text += "readings: {south: {holder: southbank, set: {provisions.nothing.at_most: 1}}}"

    first, second = refusal(text).split("\n")

    assert first.startswith("deal.yaml:6:67: TL-E014 'few' does not fit 'at_most'; write a whole number")
    assert second.startswith("deal.yaml:8:45: TL-E034 'provisions.nothing.at_most': 'provisions' has no 'nothing'; ")


def test_a_fault_of_the_text_is_told_once():
    """A fault that every reading shares is the text's alone."""
    text = LEAST.replace("hostilities", "hostilites")
    text += "readings: {south: {holder: southbank, set: {provisions.ceasefire.at_most: 1}}}"

    assert len(refusal(text).split("\n")) == 1


def test_too_many_readings_are_refused_at_once():
    """A file whose readings would take minutes to check is refused before the first is read."""
    lines = [f"  r{number}: {{holder: x, set: {{provisions.ceasefire.at_most: 1}}}}" for number in range(200)]
    text = LEAST + "open: {" + ", ".join(f"k{number}: x" for number in range(2000)) + "}\nreadings:\n"

    assert "TL-E006 200 readings of so long a text" in refusal(text + "\n".join(lines))


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("", "deal.yaml:1:1: TL-E001 the file is empty; start it with 'truceline: 1'"),
        ("[truceline, 1]", "deal.yaml:1:1: TL-E008 a list cannot stand at 'the file'; write a mapping (key: value)"),
        ("truceline", "deal.yaml:1:1: TL-E008 'truceline' cannot stand at 'the file'; write a mapping (key: value)"),
    ],
)
def test_a_file_that_is_no_mapping_is_refused(text, fault):
    """Nothing, a list and a word are no agreements."""
    assert refusal(text) == fault


def test_sections_of_the_wrong_kind_are_refused():
    """A list where a section of entries belongs is one fault, and so is a word where readings belong."""
    text = LEAST.replace("provisions:\n  ceasefire:", "zones: [a]\nreadings: none\nprovisions:\n  ceasefire:")

    assert [line.split(" ")[0] for line in refusal(text).split("\n")] == ["deal.yaml:5:8:", "deal.yaml:6:11:"]


def test_a_reading_of_the_wrong_form_is_a_fault_of_the_text():
    """A patch that is no mapping is told with the text's own faults, and is not applied."""
    text = LEAST + "readings: {south: {holder: southbank, set: all}, north: none}"

    assert [line.split(" ")[1] for line in refusal(text).split("\n")] == ["TL-E008", "TL-E008"]
