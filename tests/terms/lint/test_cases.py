"""Every rule has a bad case with the findings it gives, a good one without any, and a page that shows both."""

import re
from pathlib import Path

import pytest

from truceline.formats.terms_file import load_text
from truceline.formats.yaml_text import read_yaml
from truceline.terms.lint import RULES, lint

HERE = Path(__file__).parent
DOCS = Path(__file__).parents[3] / "docs" / "rules"
SECTIONS = ["What it finds", "Why it matters", "Bad", "Good", "How to fix", "Basis"]


def cases_of(rule):
    """Read the case file of a rule: kind -> title -> terms (and findings)."""
    path = HERE / "cases" / f"{rule.id}.yaml"
    return read_yaml(path.read_bytes(), path.name).plain()


def each(kind):
    """List the cases of one kind, rule by rule."""
    return [
        pytest.param(case, id=f"{rule.id} {title}") for rule in RULES for title, case in cases_of(rule)[kind].items()
    ]


def told(terms):
    """Lint a text and write each finding as the command line does."""
    return [str(finding) for finding in lint(load_text(terms, "terms.yaml"))]


def section(rule, name):
    """Give the text below one heading of a rule's page."""
    return (DOCS / f"{rule.id}.md").read_text(encoding="utf-8").partition(f"\n## {name}\n")[2].partition("\n## ")[0]


def snippets(text):
    """Collect the YAML that a page shows, each line without its indentation."""
    blocks = re.findall(r"```yaml\n(.*?)```", text, re.DOTALL)
    return ["\n".join(line.strip() for line in block.strip().split("\n")) for block in blocks]


@pytest.mark.parametrize("case", each("bad"))
def test_a_bad_case_gives_these_findings_and_no_others(case):
    """All rules together find what the case says, in the order of the file: nothing is missed, nothing is noise."""
    assert told(case["terms"]) == case["finds"].rstrip("\n").split("\n")


@pytest.mark.parametrize("case", each("good"))
def test_a_good_case_gives_no_finding(case):
    """A text that says all that the rule asks for is left alone, by every rule."""
    assert told(case["terms"]) == []


@pytest.mark.parametrize("case", each("bad"))
def test_swapping_the_parties_swaps_the_findings(case):
    """The lint reads the same if the parties are swapped: same places, same words, names exchanged."""

    def swapped(text):
        names = {"north": "south", "south": "north", "North": "South", "South": "North"}
        return re.sub("[Nn]orth|[Ss]outh", lambda match: names[match[0]], text)

    assert told(swapped(case["terms"])) == swapped(case["finds"]).rstrip("\n").split("\n")


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.id)
def test_every_rule_has_its_page(rule):
    """The page has its title and its sections, and shows what the case files test."""
    page = (DOCS / f"{rule.id}.md").read_text(encoding="utf-8")
    shown = {kind: snippets(section(rule, kind.title())) for kind in ("bad", "good")}
    tested = {
        kind: ["\n".join(line.strip() for line in case["terms"].split("\n")) for case in cases.values()]
        for kind, cases in cases_of(rule).items()
    }

    assert page.startswith(f"# {rule.id} {rule.name}\n")
    assert re.findall(r"^## (.*)$", page, re.MULTILINE) == SECTIONS
    for kind in ("bad", "good"):
        assert shown[kind]
        assert all(any(snippet in text for text in tested[kind]) for snippet in shown[kind])
    for line in re.findall(r"```text\n(.*?)\n```", section(rule, "Bad"), re.DOTALL):
        assert any(line in case["finds"].split("\n") for case in cases_of(rule)["bad"].values())


def test_the_index_lists_every_rule():
    """The index has one row per rule, with its severity and its summary, and there are no other pages."""
    text = (DOCS / "index.md").read_text(encoding="utf-8")
    rows = re.findall(r"^\| \[(\S+)\]\((\S+)\) (\S+) \| (\w+) \| (.*) \|$", text, re.MULTILINE)

    assert rows == [(rule.id, f"{rule.id}.md", rule.name, rule.severity, rule.summary) for rule in RULES]
    assert {path.stem for path in DOCS.glob("*.md")} == {"index", *(rule.id for rule in RULES)}
