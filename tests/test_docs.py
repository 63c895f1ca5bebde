"""The documentation and the program say the same: commands, options, rules, reasons, error codes and links."""

import re
import subprocess
from collections.abc import Mapping
from pathlib import Path

import pytest
from typer.main import get_command

from pages import PAGES, ROOT, anchors, commands, links
from truceline.cli.main import app
from truceline.judge.reasons import REASONS
from truceline.terms.lint import RULES

SRC, DOCS = ROOT / "src" / "truceline", ROOT / "docs"
COMMANDS = get_command(app).commands
MENTIONS = [command for page in PAGES for command in commands(page)]


def options(name: str) -> set[str]:
    """Collect the long options of a command, as they are typed."""
    params = COMMANDS[name].params
    words = {
        word for param in params for word in (*param.opts, *param.secondary_opts) if not getattr(param, "hidden", 0)
    }
    return {word for word in words if word.startswith("--")} | {"--help"}


def found(pattern: str, folder: Path, suffix: str) -> Mapping[str, str]:
    """Find each text that matches under a folder, with the file in which it stands."""
    return {
        match: path.relative_to(ROOT).as_posix()
        for path in sorted(folder.rglob(f"*{suffix}"))
        for match in re.findall(pattern, path.read_text(encoding="utf-8"))
    }


def test_every_command_has_its_page():
    """There is one page per command, and no page of a command that does not exist."""
    pages = {path.stem for path in (DOCS / "cli").glob("*.md")} - {"index"}

    assert pages == set(COMMANDS)


@pytest.mark.parametrize("name", sorted(COMMANDS))
def test_a_page_names_every_option(name):
    """The page of a command mentions each of its options, and none that it does not have."""
    text = (DOCS / "cli" / f"{name}.md").read_text(encoding="utf-8")
    named = set(re.findall(r"(?<![\w-])--[a-z][a-z-]*", text))

    assert named | {"--help"} == options(name)


def test_every_lint_rule_has_its_page():
    """There is one page per rule, and no page of a rule that does not exist."""
    pages = {path.stem for path in (DOCS / "rules").glob("*.md")} - {"index"}

    assert pages == {rule.id for rule in RULES}


def test_every_reason_is_explained():
    """The page of reasons has a heading or a row for each reason code, and for no other."""
    text = (DOCS / "reasons.md").read_text(encoding="utf-8")
    rows = re.findall(r"^(?:#+ |\| *)`(\w+)`", text, re.MULTILINE)

    assert sorted(rows) == sorted(reason.code for reason in REASONS)


def test_every_error_code_is_explained():
    """Each error code of the program stands on one of the two pages of errors, and nowhere else stands another."""
    pattern = r"\bTL-[A-Z]+\d{3}\b"
    explained = {
        code for page in DOCS.glob("errors*.md") for code in re.findall(pattern, page.read_text(encoding="utf-8"))
    }
    raised = found(pattern, SRC, ".py")

    assert {code: place for code, place in raised.items() if code not in explained} == {}
    assert explained - set(raised) == set()


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.relative_to(ROOT).as_posix())
def test_links_lead_somewhere(page):
    """Each link inside the repository leads to a file, and to a heading where it names one."""
    broken = []
    for link in links(page):
        name, _, anchor = link.partition("#")
        target = (page.parent / name).resolve() if name else page
        if not target.exists() or (anchor and anchor not in anchors(target)):
            broken.append(link)

    assert broken == []


def test_the_commands_of_the_pages_exist():
    """Each `truceline` line on any page names a command that exists, with options that it has."""
    wrong = []
    for mention in MENTIONS:
        for name, rest in re.findall(r"\btruceline (?!--)(\S+)([^|]*)", mention.line):
            if name not in COMMANDS or not set(re.findall(r"(?<!\S)--[a-z-]+", rest)) <= options(name):
                wrong.append(str(mention))

    assert wrong == []


def test_the_make_targets_of_the_pages_exist():
    """Each `make` line on any page names a target of the Makefile; `make demo` runs the demo of the program."""
    targets = {word for mention in MENTIONS if mention.line.startswith("make ") for word in mention.line.split()[1:]}
    wanted = sorted(target for target in targets if "=" not in target)
    quiet = ["make", "--dry-run", "--no-print-directory"]  # under `make test` a make in it names its folder
    plan = subprocess.run([*quiet, *wanted], cwd=ROOT, capture_output=True, text=True, check=False)
    demo = subprocess.run([*quiet, "demo"], cwd=ROOT, capture_output=True, text=True, check=True)

    assert {"demo", "test"} <= targets
    assert plan.returncode == 0, plan.stderr
    assert demo.stdout.strip().split("\n")[-1] == ".venv/bin/truceline demo"
