"""What the commands have in common: names of files, values of options, terms from a pipe."""

import errno
import os
from pathlib import Path

import pytest

from truceline.cli import inputs


@pytest.mark.parametrize("line", ["check - reports.csv", "sweep - reports.csv", "explain - reports.csv --report a"])
def test_terms_may_come_from_a_pipe(run, desk, line):
    """`-` in the place of TERMS reads them from the standard input; their GeoJSON files lie where the user stands."""
    named = run(line.replace("-", "terms.yaml", 1))
    piped = run(line, input=(desk / "terms.yaml").read_bytes())

    assert piped.exit_code == 0
    assert piped.stdout == named.stdout.replace("terms.yaml:", "<stdin>:")


def test_faults_of_terms_from_a_pipe_are_those_of_stdin(run):
    """A fault, and a finding of the lint, name the standard input as their file."""
    bad, empty = run("lint -", input="truceline: 1, 2\n"), run("lint -", input="")

    assert (bad.exit_code, empty.exit_code) == (3, 3)
    assert all(line.startswith("<stdin>:1:") for line in bad.stderr.splitlines())
    assert empty.stderr.startswith("<stdin>:1:1: TL-E001 the file is empty")


def test_a_lint_of_a_pipe_counts_its_findings(run, desk):
    """The last line names the standard input."""
    last = run("lint -", input=(desk / "terms.yaml").read_bytes()).stdout.splitlines()[-1]

    assert last.startswith("<stdin>: ")


@pytest.mark.parametrize(
    "line",
    ["check - -", "check terms.yaml - -", "sweep - -", "explain - - --report a", "report - - -o a.html", "locate - -"],
)
def test_the_standard_input_is_read_once(run, left, line):
    """Two inputs cannot come through one pipe."""
    result = run(line, input="")

    assert (result.exit_code, left()) == (2, [])
    assert result.stderr == "-: TL-E922 the standard input can be read only once; name a file instead of one '-'\n"


@pytest.mark.parametrize(
    "line",
    ["check terms.yaml reports.csv --format csv -o {}", "sweep terms.yaml reports.csv --format csv -o {}",
     "locate map.geojson reports.csv -o {}", "check terms.yaml - --mapping reports.csv --format csv -o {}",
     "report terms.yaml reports.csv -o {}", "import reports.csv -o {}"],
)  # fmt: skip
def test_no_input_is_overwritten(run, desk, line):
    """An output that is one of the inputs, by another path or a link too, is refused; the input stays as it was."""
    before = (desk / "reports.csv").read_bytes()
    ending = {"report": ".html", "import": ".parquet"}.get(line.split()[0], ".csv")
    (desk / f"link{ending}").symlink_to(desk / "reports.csv")
    result = run(line.format(f"link{ending}"), input="")

    assert result.exit_code == 2
    assert f"link{ending}: TL-E923 the output would overwrite an input" in result.stderr
    assert (desk / "reports.csv").read_bytes() == before


@pytest.mark.parametrize(
    "line",
    ["check terms.yaml reports.csv", "sweep terms.yaml reports.csv", "explain terms.yaml reports.csv --report a",
     "report terms.yaml reports.csv -o a.html", "import reports.csv -o a.parquet"],
)  # fmt: skip
def test_a_wrong_value_is_a_wrong_call(run, desk, left, line):
    """A zone, a mapping and districts that do not exist end with 2, all at once, each named as it was typed."""
    (desk / "folder").mkdir()
    result = run(f"{line} --zone Mars/X --mapping nope.yaml --regions folder")

    assert (result.exit_code, left()) == (2, ["folder"])
    assert [line.partition(";")[0] for line in result.stderr.splitlines()] == [
        "--zone Mars/X: TL-R011 there is no such time zone",
        f"--mapping nope.yaml: TL-R001 the file cannot be opened ({os.strerror(errno.ENOENT)})",
        f"--regions folder: TL-R001 the file cannot be opened ({os.strerror(errno.EISDIR)})",
    ]


def test_a_file_that_may_not_be_read_is_named(run, monkeypatch):
    """A mapping that belongs to somebody else is there, and is not opened."""
    monkeypatch.setattr(inputs.os, "access", lambda _path, mode: mode == os.F_OK)
    result = run("check terms.yaml reports.csv --mapping reports.csv")

    assert result.exit_code == 2
    assert os.strerror(errno.EACCES) in result.stderr


def test_a_value_from_the_environment_is_called_by_its_variable(run, monkeypatch):
    """Nobody looks for an option that was not typed."""
    monkeypatch.setenv("TRUCELINE_ZONE", "Mars/X")
    result = run("check terms.yaml reports.csv")

    assert result.exit_code == 2
    assert result.stderr.startswith("TRUCELINE_ZONE Mars/X: TL-R011")


def test_a_file_that_is_there_and_is_no_mapping_ends_with_3(run, desk):
    """The value of the option is good, the file is not; each fault has its place."""
    (desk / "empty.yaml").touch()
    (desk / "words.yaml").write_text("only words\n", encoding="utf-8")
    results = [run(f"check terms.yaml reports.csv --mapping {name}.yaml") for name in ("empty", "words")]

    assert [result.exit_code for result in results] == [3, 3]
    assert [result.stderr.partition(" ")[0] for result in results] == ["empty.yaml:1:1:", "words.yaml:1:1:"]
    assert all("TL-R010" in result.stderr for result in results)


@pytest.mark.parametrize("line", ["check reports.csv terms.yaml", "lint reports.csv", "sweep map.geojson reports.csv"])
def test_reports_in_the_place_of_the_terms_are_seen(run, line):
    """Who swaps the two arguments learns their order, and not that a table is bad YAML."""
    result = run(line)

    assert result.exit_code == 2
    assert "TL-E924 this is no file of terms; name the terms first, and then the reports" in result.stderr


@pytest.mark.parametrize(
    ("line", "told"),
    [("check terms.yaml reports.csv --reading nort", "did you mean 'north'?"),
     ("explain terms.yaml reports.csv --report a --provision pul_back", "did you mean 'pull_back'?"),
     ("sweep terms.yaml reports.csv --line rver", "did you mean 'river'?"),
     ("sweep terms.yaml reports.csv --set northbank_amry", "did you mean 'northbank_army'?"),
     ("locate terms.yaml reports.csv --line rver", "did you mean 'river'?")],
)  # fmt: skip
def test_the_name_that_was_meant_is_offered(run, line, told):
    """A misspelt reading, provision, line or set is guessed."""
    result = run(line)

    assert (result.exit_code, told in result.stderr) == (2, True)


def test_the_day_is_named_as_it_was_typed(run):
    """A fault of --as-known says so, once, with its remedy."""
    result = run("check terms.yaml reports.csv --as-known soon")

    assert result.stderr.startswith("--as-known: TL-E900 'soon' is no date; write 2017-07-09")


def test_an_output_that_is_no_path_hides_no_fault(run):
    """A name through a file is not the name of an input."""
    result = run("check terms.yaml reports.csv -o reports.csv/a.csv")

    assert (result.exit_code, "TL-E910" in result.stderr) == (2, True)
    assert Path("reports.csv").is_file()
