"""Signed notes: the published ones are read, checked and made, and what is no note is refused."""

import json
from base64 import b64encode
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from truceline.errors import LedgerError
from truceline.evidence.signed_note import (
    Note,
    Signature,
    VerifierKey,
    check_signatures,
    parse_key,
    parse_note,
    sign,
    strict_base64,
)
from truceline.store.signing import SigningKey, verifies

NOTES = json.loads((Path(__file__).parents[1] / "data" / "log" / "notes.json").read_text(encoding="utf-8"))
GO, C2SP = NOTES["go"], NOTES["c2sp"]
PETER, ENOCH = map(parse_key, GO["keys"])
BOTH = (GO["text"] + "\n" + "".join(GO["signatures"])).encode()


def test_the_note_of_c2sp():
    """The key and the note of the specification: read, checked, written back byte for byte."""
    key, note = parse_key(C2SP["key"]), parse_note(C2SP["note"].encode())

    assert (str(key), key.name, key.key_id.hex()) == (C2SP["key"], "example.com/foo", "530d903a")
    assert check_signatures(note, [key], verifies) == (key,)
    assert note.text == "This is an example message.\n"
    assert str(note) == C2SP["note"]


def test_the_note_of_go_is_made_byte_for_byte():
    """Ed25519 has one signature for one text: with the published secret we make the published note."""
    secret = SigningKey("PeterNeumann", strict_base64(GO["secret"].split("+", 4)[4])[1:])
    note = sign(GO["text"], secret.verifier, secret.sign)

    assert secret.verifier == PETER
    assert str(note) == GO["text"] + "\n" + GO["signatures"][0]


@pytest.mark.parametrize(("keys", "good"), [([PETER], [PETER]), ([ENOCH], [ENOCH]), ([ENOCH, PETER], [PETER, ENOCH])])
def test_known_signatures_are_checked_and_others_ignored(keys, good):
    """Of two signatures those of known keys are checked, in the order of the note; the other is not looked at."""
    assert check_signatures(parse_note(BOTH), keys, verifies) == tuple(good)


def test_a_key_that_signed_twice_is_named_once():
    """Two good signatures of one key are one voice."""
    peter = GO["signatures"][0]
    note = parse_note(f"{GO['text']}\n{peter}{peter}".encode())

    assert check_signatures(note, [PETER], verifies) == (PETER,)


def test_nobody_known_has_signed():
    """Without a known key a note is refused, and the fault names the keys that were looked for."""
    note = parse_note(BOTH)
    with pytest.raises(LedgerError, match=r"head: TL-L012 no known key has signed it \(no key was given\)"):
        check_signatures(note, [], verifies, "head")
    with pytest.raises(LedgerError, match=r"TL-L012 no known key has signed it \(example.com/foo\+530d903a\)"):
        check_signatures(note, [parse_key(C2SP["key"])], verifies)


def test_a_name_or_an_id_alone_is_no_known_key():
    """A signature counts for a key only if both its name and its id are those of the key (C2SP)."""
    renamed = BOTH.replace(b"PeterNeumann", b"CarmenSandiego")
    other = BOTH.replace(b"x08g", b"xxxx")

    for data in (renamed, other):
        with pytest.raises(LedgerError, match="no known key has signed it"):
            check_signatures(parse_note(data), [PETER], verifies)


def test_one_bad_signature_of_a_known_key_is_enough():
    """A note is refused if one known signature does not fit, though another does; all that fail are named."""
    changed = parse_note(BOTH.replace(b"cryptography", b"cryptographY"))
    with pytest.raises(LedgerError) as raised:
        check_signatures(changed, [PETER, ENOCH], verifies)

    assert [fault.what for fault in raised.value] == [
        "the signature of PeterNeumann does not fit the text",
        "the signature of EnochRoot does not fit the text",
    ]
    half = Note(GO["text"], (*parse_note(BOTH).signatures[:1], Signature("EnochRoot", ENOCH.key_id, bytes(64))))
    with pytest.raises(LedgerError, match="the signature of EnochRoot does not fit"):
        check_signatures(half, [PETER, ENOCH], verifies)


TEXT, SIGNED = GO["text"], GO["signatures"][0]
BAD_NOTES = {
    "no blank line": TEXT,
    "no signature": TEXT + "\n",
    "no last end of line": TEXT + "\n" + SIGNED[:-1],
    "a control character": "\x01" + TEXT + "\n" + SIGNED,
    "a tab": TEXT[:-1] + "\t\n\n" + SIGNED,
    "a carriage return": TEXT[:-1] + "\r\n\n" + SIGNED,
    "a space in the name": TEXT + "\n" + SIGNED.replace("PeterNeumann", "Bad Name"),
    "a plus in the name": TEXT + "\n" + SIGNED.replace("PeterNeumann", "a+b"),
    "no name": TEXT + "\n" + SIGNED.replace("PeterNeumann", ""),
    "another line": TEXT + "\n" + SIGNED + "Unexpected line.\n",
    "a short dash": TEXT + "\n" + SIGNED.replace("\u2014", "-"),
    "an id alone": TEXT + "\n\u2014 PeterNeumann x08goA==\n",
    "base64 of a second form": TEXT + "\n" + SIGNED.replace("nAM=", "nAN="),
    "a hundred and one": TEXT + "\n" + SIGNED * 101,
}


@pytest.mark.parametrize("name", BAD_NOTES)
def test_what_is_no_note(name):
    """Those that golang.org/x/mod refuses, and more, are refused with a line; base64 has one form only."""
    with pytest.raises(LedgerError) as raised:
        parse_note(BAD_NOTES[name].encode(), "head")

    assert {fault.code for fault in raised.value} == {"TL-L010"}
    assert all(fault.at.startswith("head") for fault in raised.value)


def test_the_line_is_named():
    """All faults of a note come at once, each with its line."""
    with pytest.raises(LedgerError) as raised:
        parse_note(f"one\ntw\x02o\n\n{SIGNED}nonsense\nmore".encode(), "head")

    assert [fault.at for fault in raised.value] == ["head:2", "head:5", "head:6", "head:6"]


def test_bytes_that_are_no_text():
    """What is not UTF-8 is told with its line, and what is too long is not looked at."""
    with pytest.raises(LedgerError, match="head:2: TL-L010 byte 4 is not UTF-8"):
        parse_note(b"one\n\xff\n\n", "head")
    with pytest.raises(LedgerError, match="TL-L010 more than 1000000 bytes"):
        parse_note(bytes(1_000_001))


def test_an_empty_line_belongs_to_the_text():
    """The last empty line parts text and signatures; those before it are text, as in the example of C2SP."""
    note = parse_note(f"one\n\ntwo\n\n{SIGNED}".encode())

    assert note.text == "one\n\ntwo\n"


def test_only_a_text_of_whole_lines_is_signed():
    """What could not be read again is not signed."""
    for text in ("no end", "a\tb\n"):
        with pytest.raises(LedgerError, match="TL-L010"):
            sign(text, PETER, lambda data: data)


@pytest.mark.parametrize("text", [*GO["bad_keys"], "", "PeterNeumann", "Peter Neumann+c74f20a3+AAAA", "a+zz+AA==",
                                  "a+c74f20a3+A", "a+c74f20a3+AA==", "a+c74f20a3+", "+c74f20a3+AA=="])  # fmt: skip
def test_what_is_no_key(text):
    """A key of another kind, of another length or with another id is refused, and the place is named."""
    with pytest.raises(LedgerError, match=r"log\.pub: TL-L011 "):
        parse_key(text, "log.pub")


def test_no_mangled_key_is_a_key():
    """No part of a published key, and no key with one character moved on, is taken (golang.org/x/mod)."""
    text = GO["keys"][0]
    mangled = [text[i:j] for i in range(len(text)) for j in range(i, len(text) + 1) if (i, j) != (0, len(text))]
    mangled += [text[:i] + chr(ord(text[i]) + 1) + text[i + 1 :] for i in range(len(text))]
    for one in mangled:
        with pytest.raises(LedgerError):
            parse_key(one)


@settings(max_examples=100)
@given(st.binary(max_size=80))
def test_base64_has_one_form(data):
    """Whatever decodes is written back as it was."""
    text = b64encode(data).decode()

    assert strict_base64(text) == data
    assert strict_base64(text + "\n") is None
    assert strict_base64(text.rstrip("=") + "===") is None


@settings(max_examples=200)
@given(st.binary(max_size=120))
def test_any_bytes_are_a_note_or_a_located_refusal(data):
    """No bytes bring the reader down; what is read is written back as it was."""
    for one in (data, data + b"\n\n" + SIGNED.encode()):
        try:
            read = str(parse_note(one, "head")).encode()
        except LedgerError as error:
            read, codes = one, {fault.code for fault in error}
        else:
            codes = {"TL-L010"}

        assert read == one
        assert codes == {"TL-L010"}


def test_a_key_is_known_by_its_text():
    """A key from bytes is written as one from text."""
    assert parse_key(str(VerifierKey("northbank.example/log", bytes(32)))) == VerifierKey(
        "northbank.example/log", bytes(32)
    )
