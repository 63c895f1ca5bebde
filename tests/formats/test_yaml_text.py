"""YAML and JSON as a strict subset: words stay words, and what hides or multiplies meaning is refused at its place."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from truceline.errors import TermsError
from truceline.formats.yaml_text import LARGEST, read_yaml

REFUSED = [
    ("a: 1\na: 2\nb: 3\nb: 4", "d:2:1: TL-E004 'a' is written twice, first at 1:1|d:4:1: TL-E004 'b' is written"),
    ("a: &x 1", "d:1:4: TL-E005 '&x'"),
    ("a: *x", "d:1:4: TL-E005 '*x'"),
    ("a: &x [1]\nb: [*x, *x]", "d:1:4: TL-E005 '&x'"),
    ("a: !!python/object x", "d:1:4: TL-E005 the tag 'tag:yaml.org,2002:python/object'"),
    ("a: !x {b: 1}", "d:1:4: TL-E005 the tag '!x'"),
    ("<<: {a: 1}", "d:1:1: TL-E005 '<<': merge keys"),
    ("a: 1\n---\nb: 2", "d:2:1: TL-E005 a second document"),
    ("%YAML 1.1\n---\na: 1", "d:1:1: TL-E005 a '%' directive"),
    ("%TAG ! tag:x,2031:\n---\na: 1", "d:1:1: TL-E005 a '%' directive"),
    ("[a, b]: c", "d:1:1: TL-E005 a key made of a list or mapping"),
    ("? {a: b}\n: c", "d:1:3: TL-E005 a key made of a list or mapping"),
    ("[" * 61, "d:1:61: TL-E006 nested deeper than 60"),
    ("{a: " * 61, "d:1:241: TL-E006 nested deeper than 60"),
    ("[" + "x," * 30_001 + "]", "TL-E006 more than 30000 values"),
    ("a:\n\t- b", "d:2:1: TL-E001 a tab"),
    ('{"a":\n\t"b\tc"', "TL-E001"),
    ("a: 'b", "d:1:6: TL-E001 the text ends inside quotes"),
    ("a: b: c", "d:1:5: TL-E001 a second ': ' on one line"),
    ("a: [b, c\nd: e", "TL-E001 brackets or a comma are missing"),
    ("a:\n  - b\n c: 1", "TL-E001 the line is not indented like its neighbours"),
    ("a: 1\nb\nc: 2", "TL-E001 a line without ': '"),
    ("a: @b", "TL-E001 this is not YAML: found character '@'"),
    ("a: x\x01", "d:1:5: TL-E002 an invisible control character, U+0001"),
    ('a: "x\\x00"', "d:1:4: TL-E002 an invisible control character, U+0000"),
    ('{"a": "\\ud800"}', "d:1:7: TL-E002 an invisible control character, U+D800"),
    ("a: 1\n# \ufeff", "d:2:3: TL-E002 an invisible control character, U+FEFF"),
    (b"a: 1\nb: \xff", "d:2:4: TL-E002 the file is not UTF-8 text"),
    (b"\xff", "d:1:1: TL-E002 the file is not UTF-8 text"),
    ('a: "\\UFFFFFFFF"', "d:1:1: TL-E001 an escape in quotes names no character"),
    ('a: "\\U00110000"', "d:1:1: TL-E001 an escape in quotes names no character"),
    ("# nothing", "d:1:1: TL-E001 the file is empty"),
    (b"a: " + b"x" * LARGEST, "d:1:1: TL-E006 the file is larger than 1 MB"),
]


@pytest.mark.parametrize(("text", "faults"), REFUSED, ids=range(len(REFUSED)))
def test_what_is_outside_the_subset_is_refused_at_its_place(text, faults):
    """Each refusal names line and column, and what to do instead."""
    with pytest.raises(TermsError) as refused:
        read_yaml(text, "d")
    told = str(refused.value).split("\n")

    assert len(told) == len(faults.split("|"))
    assert all(wanted in line for wanted, line in zip(faults.split("|"), told, strict=True))
    assert all("; " in line for line in told)


def test_an_alias_bomb_costs_nothing():
    """References that would unfold to millions of values are refused at the first anchor."""
    bomb = "a: &a [x]\n" + "".join(f"{here}: &{here} [{f'*{there},' * 9}]\n" for there, here in pairwise("abcdefghi"))

    with pytest.raises(TermsError, match="d:1:4: TL-E005"):
        read_yaml(bomb, "d")


def test_scalars_keep_their_words_places_and_quotes():
    """Every scalar is the string as written, and quotes are remembered."""
    root = read_yaml("a: no\nb: [12:00, '7', \"8\"]\nc: |\n  two\n  lines\n", "d")

    assert root.plain() == {"a": "no", "b": ["12:00", "7", "8"], "c": "two\nlines\n"}
    assert root.find("b.0").place == (2, 5)
    assert [item.quoted for item in root.entries["b"].value] == [False, True, True]
    assert root.keys["c"] == (3, 1)


def test_json_is_yaml():
    """Escapes, compact colons and pairs of surrogates are read as JSON means them."""
    root = read_yaml('{"a":1,"b":"\\ud83d\\ude00","c":"\\/","d":[true,null,-1.5e3]}', "d")

    assert root.plain() == {"a": "1", "b": "\U0001f600", "c": "/", "d": ["true", "null", "-1.5e3"]}


def test_a_byte_order_mark_is_tolerated():
    """Some editors begin every file with one."""
    assert read_yaml(b"\xef\xbb\xbfa: 1", "d").plain() == {"a": "1"}
    assert read_yaml("\ufeffa: 1", "d").plain() == {"a": "1"}


def answer(text):
    """Read a text and give its faults, if any; every other error is passed on."""
    try:
        read_yaml(text, "d")
    except TermsError as refused:
        return refused.faults
    return ()


@given(st.text(max_size=60) | st.text(alphabet="ab:-[]{}#&*!|>'\"%@`,? \n\t", max_size=60))
def test_any_text_is_read_or_refused(text):
    """Whatever stands in a file, the answer is a tree or a refusal with its place."""
    faults = answer(text)

    assert all(fault.at.startswith("d:") and fault.code.startswith("TL-E00") for fault in faults)


@given(st.binary(max_size=40))
def test_any_bytes_are_read_or_refused(data):
    """A file that is no text at all is refused with a place too."""
    faults = answer(data)

    assert all(fault.at.startswith("d:") and fault.code.startswith("TL-E00") for fault in faults)
