"""`truceline stamp`: a request for a time stamp, and what an authority answered."""

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from truceline.cli.main import app

STAMPS = Path(__file__).parents[1] / "data" / "stamps"
HEAD, TOKEN, ROOT = STAMPS / "checkpoint", STAMPS / "granted.tsr", STAMPS / "root.pem"


def run(*arguments):
    """Run the command."""
    return CliRunner().invoke(app, ["stamp", *map(str, arguments)])


def test_a_request_is_a_file_and_no_connection(tmp_path):
    """The request goes into a file, and says what to do with it."""
    done = run(HEAD, "--out", tmp_path / "head.tsq")

    assert done.exit_code == 0, done.output
    assert (tmp_path / "head.tsq").read_bytes()[:1] == b"\x30"
    assert "send it to an authority" in done.output


def test_an_answer_is_verified():
    """What the authority states is told, and what that does not show."""
    words, data = run(HEAD, "--token", TOKEN, "--root", ROOT), run(HEAD, "--token", TOKEN, "--root", ROOT, "--json")

    assert words.exit_code == data.exit_code == 0
    assert "existed before 20" in words.output
    assert "nothing about when" in words.output
    assert json.loads(data.output)["authority"] == "O=Test authority,CN=Test stamps"


@pytest.mark.parametrize(
    "wrong", [[], ["--token", TOKEN], ["--root", ROOT, "--out", "x"], ["--token", "no", "--root", ROOT]]
)
def test_what_is_not_clear_is_refused(wrong):
    """Neither, both, or half of what is needed ends with 2, before anything is written."""
    assert run(HEAD, *wrong).exit_code == 2


def test_a_stamp_of_other_bytes_is_refused(tmp_path):
    """An answer is about one head and no other."""
    other = tmp_path / "other"
    other.write_bytes(HEAD.read_bytes() + b"\n")

    assert run(other, "--token", TOKEN, "--root", ROOT).exit_code == 3
