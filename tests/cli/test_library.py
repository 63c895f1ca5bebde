"""`truceline library`, `truceline new`, ``library:ID`` and ``--geometry``: agreements to use and to begin with."""

import json

import pytest

SLOTTED = "{title: the brook, plus: south, geometry: {slot: brook, words: its course in 2030}}"


@pytest.fixture
def slotted(desk):
    """Have the second provision hang on a line that waits for its course."""
    terms = (desk / "terms.yaml").read_text(encoding="utf-8")
    terms = terms.replace("{title: the brook, plus: south}", SLOTTED).replace(
        "what: hostilities, where: ford", "what: hostilities, where: {line: brook, away: 9 km, ends: flat}"
    )
    (desk / "slotted.yaml").write_text(terms, encoding="utf-8")
    return desk


def test_the_list_has_every_agreement(run):
    """A table, and the same as JSON."""
    shown, told = run("library").stdout, json.loads(run("library --json").stdout)

    assert "undof-1974" in shown
    assert [one["id"] for one in told] == sorted(one["id"] for one in told)


def test_one_is_told_in_plain_words(run):
    """Sentences and sources for people; the same as JSON."""
    shown, told = run("library undof-1974").stdout, json.loads(run("library undof-1974 --json").stdout)

    assert "WHAT IT SAYS" in shown
    assert all(one["sentence"] in shown or one["sentence"][1:] in shown for one in told["clauses"])


def test_an_agreement_that_is_not_there_is_a_wrong_call(run):
    """The name is guessed, wherever it was typed."""
    for line in ("library undof-1947", "lint library:undof-1947", "new --from undof-1947 -o a.yaml",
                 "locate library:undof-1947 reports.csv"):  # fmt: skip
        result = run(line)

        assert result.exit_code == 2
        assert "TL-E950" in result.stderr
        assert "did you mean 'undof-1974'?" in result.stderr


def test_pages_are_drawn_into_a_folder(run, desk):
    """All of them at once with their list, or that of one; as JSON there are none."""
    done = run("library --pages drawn")
    one = run("library undof-1974 --pages one")
    refused = run("library --json --pages other")

    assert done.stdout.endswith(" files: drawn\n")
    assert (desk / "drawn" / "index.md").is_file()
    assert (desk / "drawn" / "undof-1974.svg").read_text(encoding="utf-8").startswith("<svg")
    assert one.stdout == "3 files: one\n"
    assert (refused.exit_code, (desk / "other").exists()) == (2, False)
    assert "TL-E953" in refused.stderr


def test_a_folder_that_cannot_be_made_is_told(run, desk):
    """A file stands where the folder should be."""
    (desk / "drawn").touch()
    result = run("library --pages drawn/pages")

    assert result.exit_code == 2
    assert "TL-E910" in result.stderr


def test_a_file_is_no_folder_for_pages(run, desk):
    """That it is a file is said in plain words, and it stays as it was."""
    (desk / "drawn").write_text("mine", encoding="utf-8")
    result = run("library --pages drawn")

    assert result.exit_code == 2
    assert result.stderr.startswith("--pages drawn: TL-E910 this is a file, and every page is a file in a folder; name")
    assert (desk / "drawn").read_text(encoding="utf-8") == "mine"


@pytest.mark.parametrize("start", ["", "--from undof-1974 "])
def test_terms_begun_in_a_folder_that_is_not_there_are_refused(run, left, start):
    """The folder is named as it was typed, with what makes it; nothing is written."""
    result = run(f"new {start}-o nowhere/my.yaml")

    assert (result.exit_code, left()) == (2, [])
    assert result.stderr == ("nowhere/my.yaml: TL-E910 there is no folder 'nowhere'; make it first: mkdir -p nowhere\n")


def test_the_library_stands_for_a_file(run):
    """`library:ID` is taken where terms are."""
    assert run("check library:undof-1974 reports.csv").exit_code == 0
    assert "undof-1974" in run("check library:undof-1974 reports.csv").stdout
    assert run("locate library:undof-1974 reports.csv --line B -o located.csv").exit_code == 0


def test_a_form_is_printed_or_written(run, desk, left):
    """The form goes to the screen or into a file, the same; a second time it is refused."""
    shown, again = run("new").stdout, run("new -o my.yaml")
    refused = run("new -o my.yaml")

    assert again.stdout == "my.yaml\n"
    assert (desk / "my.yaml").read_text(encoding="utf-8") == shown
    assert (refused.exit_code, left()) == (2, ["my.yaml"])
    assert "my.yaml: TL-E954" in refused.stderr


def test_a_copy_lies_beside_its_geometry(run, left):
    """What was written is listed; without a name there is no place for the geometry."""
    written, shown = run("new --from undof-1974 -o my.yaml"), run("new --from undof-1974")

    assert written.stdout.split() == ["lines.geojson", "my.SOURCE.md", "my.yaml"]
    assert left() == ["lines.geojson", "my.SOURCE.md", "my.yaml"]
    assert shown.exit_code == 2
    assert "TL-E918" in shown.stderr
    assert run("new -o my.txt").exit_code == 2


@pytest.mark.parametrize(
    "line",
    [
        "check slotted.yaml reports.csv --json",
        "explain slotted.yaml reports.csv --report e --provision quiet --reading text",
        "lint slotted.yaml --only GEO-2",
        "lint slotted.yaml --only GEO-2 --reports reports.csv",
        "locate slotted.yaml reports.csv --line brook",
        "report slotted.yaml reports.csv -o page.html",
        "sweep slotted.yaml reports.csv --line brook",
    ],
)
@pytest.mark.usefixtures("slotted")
def test_every_command_takes_what_is_brought(run, line):
    """With the line the answer is another one than without it."""
    without = run(line)
    given = run(f"{line} --geometry brook=map.geojson#river")

    assert given.exit_code in (0, 1)
    assert "TL-E9" not in given.stderr
    assert line.startswith("report") or (given.exit_code, given.stdout) != (without.exit_code, without.stdout)


@pytest.mark.usefixtures("slotted")
def test_readings_take_what_is_brought(run):
    """As every command that takes terms: a slot that they do not have is refused."""
    given, wrong = (run(f"readings slotted.yaml --geometry {name}=map.geojson#river") for name in ("brook", "brok"))

    assert given.exit_code == 0
    assert "Pull back (pull_back)" in given.stdout
    assert wrong.exit_code == 2
    assert "geometry brok: TL-E952" in wrong.stderr


@pytest.mark.usefixtures("slotted")
def test_a_file_that_is_brought_and_not_there_is_named_as_it_was_typed(run, desk):
    """It lies where the user says, and not beside the terms."""
    for path, what in ((desk / "no.geojson", "there is no file"), (desk, "is a folder")):
        told = run(f"check slotted.yaml reports.csv --geometry brook={path}#river").stderr

        assert "geometry brook: TL-E040" in told
        assert f"'{path}'" in told
        assert what in told
        assert "beside the terms" not in told


@pytest.mark.usefixtures("slotted")
def test_terms_from_a_pipe_take_what_is_brought(run, desk):
    """The slots of `-` are filled as well; what is wrong with the call is told."""
    terms = (desk / "slotted.yaml").read_bytes()
    result = run("lint - --only GEO-2 --geometry brook=map.geojson#river", input=terms)
    wrong = run("lint slotted.yaml --geometry brok=map.geojson#river --geometry brook")

    assert result.exit_code == 0
    assert wrong.exit_code == 2
    assert "--geometry: TL-E951" in wrong.stderr
    assert "TL-E952" in run("lint slotted.yaml --geometry brok=map.geojson#river").stderr
