"""Every rule has a bad case with the findings it gives, a good one without any, and a page that shows both."""

import re
from pathlib import Path

import pytest

from truceline.formats.terms_file import load, load_text
from truceline.formats.yaml_text import read_yaml
from truceline.terms.covers import OTHERS, TOPICS
from truceline.terms.lint import RULES, Contest, lint, untold

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
        pytest.param(rule, case, id=f"{rule.id} {title}")
        for rule in RULES
        for title, case in cases_of(rule)[kind].items()
    ]


def told(rule, case, terms=None):
    """Lint the text of a case by one rule, and write each finding as the command line does."""
    counts = {name: Contest(int(one["depends"]), int(one["reports"]), {key: int(n) for key, n in one["fields"].items()})
              for name, one in case.get("contests", {}).items()}  # fmt: skip
    return [
        str(finding)
        for finding in lint(load_text(terms or case["terms"], "terms.yaml"), only=[rule.id], contests=counts)
    ]


def section(rule, name):
    """Give the text below one heading of a rule's page."""
    return (DOCS / f"{rule.id}.md").read_text(encoding="utf-8").partition(f"\n## {name}\n")[2].partition("\n## ")[0]


def snippets(text):
    """Collect the YAML that a page shows, each line without its indentation."""
    blocks = re.findall(r"```yaml\n(.*?)```", text, re.DOTALL)
    return ["\n".join(line.strip() for line in block.strip().split("\n")) for block in blocks]


@pytest.mark.parametrize(("rule", "case"), each("bad"))
def test_a_bad_case_gives_these_findings_and_no_others(rule, case):
    """The rule finds what the case says, in the order of the file: nothing is missed, nothing is told twice."""
    assert told(rule, case) == case["finds"].rstrip("\n").split("\n")


@pytest.mark.parametrize(("rule", "case"), each("good"))
def test_a_good_case_gives_no_finding(rule, case):
    """A text that says all that the rule asks for, or of which it cannot be told, is left alone by it."""
    assert told(rule, case) == []


def test_a_text_that_says_everything_is_left_alone_by_every_rule():
    """It can be done: a text of one page in which no rule finds a gap."""
    agreement = load(HERE / "complete.yaml")

    assert [str(finding) for finding in lint(agreement)] == []
    assert untold(agreement) == ((), (), ())


@pytest.mark.parametrize(("rule", "case"), each("bad"))
def test_swapping_the_parties_swaps_the_findings(rule, case):
    """The lint reads the same if the parties are swapped: same places, same words, names exchanged."""

    def swapped(text):
        names = {"north": "south", "south": "north", "North": "South", "South": "North"}
        return re.sub("[Nn]orth|[Ss]outh", lambda match: names[match[0]], text)

    assert told(rule, case, swapped(case["terms"])) == swapped(case["finds"]).rstrip("\n").split("\n")


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


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.id)
def test_a_rule_explains_itself_in_the_words_of_its_page(rule):
    """Why it matters and what to do first read the same from the command line and on the page."""
    why, first = (" ".join(section(rule, name).split()) for name in ("Why it matters", "How to fix"))

    assert rule.why == why
    assert first.startswith(f"- {rule.mend}")
    assert set(rule.topics) <= set(TOPICS)


def test_every_topic_is_looked_at_by_a_rule():
    """What a file may say under `covers` makes a difference to some rule."""
    assert {topic for rule in RULES for topic in rule.topics} == set(TOPICS) - {OTHERS}


def test_the_index_lists_every_rule():
    """The index has one row per rule, with its severity and its summary, and there are no other pages."""
    text = (DOCS / "index.md").read_text(encoding="utf-8")
    rows = re.findall(r"^\| \[(\S+)\]\((\S+)\) (\S+) \| (\w+) \| (.*) \|$", text, re.MULTILINE)

    assert rows == [(rule.id, f"{rule.id}.md", rule.name, rule.severity, rule.summary) for rule in RULES]
    assert {path.stem for path in DOCS.glob("*.md")} == {"index", *(rule.id for rule in RULES)}
