"""The lint told to people: what matters most first, and nothing cut off."""

from pathlib import Path

import pytest

from truceline.formats.table_text import shown_width
from truceline.formats.terms_file import load, load_text
from truceline.publish.lint_text import FAMILIES, count_line, explain_lines, family, lint_lines
from truceline.terms.lint import NOTHING_UNTOLD, RULES, LintFinding, Untold, lint, untold

LOOSE = Path(__file__).parents[1] / "terms" / "lint" / "loose.yaml"


def finding(rule, severity="error"):
    """Make a finding of a rule."""
    return LintFinding(rule, severity, "deal.yaml:1:1", "this is open", "close it", "provisions.leave")


def test_every_rule_has_a_family():
    """No finding is left out of the text because nobody named its family."""
    assert {family(rule.id) for rule in RULES} == set(FAMILIES)


def test_everything_found_is_told():
    """Each finding stands in the text once, as it is written for programs."""
    found = lint(load(LOOSE))
    told = list(lint_lines(found, NOTHING_UNTOLD, "loose.yaml"))

    assert sorted(line for line in told if line.startswith(str(LOOSE))) == sorted(map(str, found))
    assert told[-1] == count_line(found, "loose.yaml")


def test_the_gravest_come_first_and_the_most_frequent_of_them():
    """A reader who stops after five lines has seen the worst."""
    rules = ["GEO-2", "TIM-2", "TIM-2", "VER-3", "VER-6", "RES-1", "GEO-1"]
    lines = list(lint_lines([*map(finding, rules), finding("VER-8", "info")], NOTHING_UNTOLD, "deal.yaml"))

    assert lines[0] == "8 things this text leaves open: 7 errors, 1 info."
    assert [line.split()[0] for line in lines[1:6]] == ["TIM-2", "GEO-2", "VER-3", "VER-6", "and"]
    assert lines[1].endswith(" (2 times)")
    assert lines[5] == "  and 2 errors more"


@pytest.mark.parametrize(
    ("untold", "closing"),
    [
        (Untold(("pact",), ("sea",), ()),
         "It cannot be told, as the text of pact is not public: whether the text has anything on sea."),
        (Untold((), ("sea", "air"), ()),
         "It cannot be told, as 'covers' calls it unknown: whether the text has anything on sea, air."),
        (Untold((), (), ("return_fire",)), "Left out on purpose, as 'covers' says: return fire."),
        (Untold((), (), ("sea",) * 13),
         "Left out on purpose, as 'covers' says: 13 topics, sea, sea, sea, sea among them."),
    ],
)  # fmt: skip
def test_what_silence_does_not_mean_is_said(untold, closing):
    """What could not be told and what was left out on purpose stand below the findings."""
    assert closing in list(lint_lines([], untold, "deal.yaml"))


def test_unknown_and_left_out_are_kept_apart():
    """A topic that nobody knows of and one that was left out on purpose are not the same silence."""
    terms = LOOSE.read_text(encoding="utf-8") + "covers: {sea: unknown, access: left out on purpose, air: none}\n"
    hidden, unknown, left_out = untold(load_text(terms))

    assert (hidden, unknown, left_out) == ((), ("sea",), ("access",))


def test_lines_fit_a_terminal():
    """With a width nothing is wider, but for words that are longer than the line."""
    lines = list(lint_lines(lint(load_text(LOOSE.read_text(encoding="utf-8"), "x.yaml")), untold(load(LOOSE)), "x.yaml",
                            width=60))  # fmt: skip

    assert all(shown_width(line) <= 60 for line in lines)
    assert all(shown_width(line) <= 70 for rule in RULES for line in explain_lines(rule, width=70))


def test_colours_mark_severities_alone():
    """In colour the text is the same, with a shade around the severity."""
    plain = list(lint_lines([finding("TIM-2")], NOTHING_UNTOLD, "deal.yaml"))
    coloured = list(lint_lines([finding("TIM-2")], NOTHING_UNTOLD, "deal.yaml", colour=True))

    assert [line.replace("\x1b[38;5;166m", "").replace("\x1b[0m", "") for line in coloured] == plain
    assert coloured != plain
