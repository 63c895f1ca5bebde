"""`truceline explain`: one verdict walked back."""

import json

import pytest

EXPLAIN = "explain terms.yaml reports.csv --report b"


def test_every_step_is_told(run):
    """Clause and place in the file, words, source, reading, report, conditions and arithmetic are all there."""
    shown = run(f"{EXPLAIN} --provision pull_back --reading north").stdout

    for part in ("b, pull_back: ◆ violation under reading north", "every_condition_met", "the rule (terms.yaml:",
                 '"3 to 4 miles from the river"', "[s.pact]", "held by northbank", "[s.north]", "radius_m: 500.0",
                 "does the rule speak?", "is it broken?", "the arithmetic: band along the river [river] (true)",
                 "below 6,437.376 m (4 miles)"):  # fmt: skip
        assert part in shown, part


def test_all_verdicts_on_a_report_by_default(run):
    """Without --provision and --reading each of the six verdicts is explained."""
    assert run(EXPLAIN).stdout.count("under reading") == 6


def test_what_would_decide_is_told(run):
    """An open verdict says what would close it."""
    shown = run(f"{EXPLAIN} --provision pull_back --reading text").stdout

    assert "what would decide: one agreed distance for this part of the line" in shown


def test_for_programs_there_is_json(run):
    """`--json` gives the parts of the same explanation."""
    [one] = json.loads(run(f"{EXPLAIN} --provision pull_back --reading south --json").stdout)

    assert (one["verdict"], one["reasons"][0]["code"]) == ("no_violation", "outside")
    assert one["holder_sources"] == ["Southbank spokesman, 2030-03-22 [s.south]"]


def test_lines_fit_the_screen(run, monkeypatch):
    """Where COLUMNS says how wide the screen is, no line is longer."""
    monkeypatch.setenv("COLUMNS", "70")

    assert max(map(len, run(EXPLAIN).stdout.splitlines())) <= 70


@pytest.mark.parametrize(
    ("options", "code"),
    [("--report z", "TL-E905"), ("--report b --provision peace", "TL-E904"), ("--report b --reading west", "TL-E901"),
     ("--report e --as-known 2030-03-10", "TL-E906")],
)  # fmt: skip
def test_what_is_not_there_is_named(run, options, code):
    """An unknown report, provision or reading, or a report not known then, ends with 2."""
    result = run(f"explain terms.yaml reports.csv {options}")

    assert result.exit_code == 2
    assert code in result.stderr
