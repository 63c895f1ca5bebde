"""The house keeps its own rules: imports go down only, the core touches nothing, files stay small, no side is named."""

import ast
import io
import re
import sys
import tokenize
from collections.abc import Iterator
from pathlib import Path

import pytest
from importlinter.cli import lint_imports

ROOT = Path(__file__).parents[1]
SRC = ROOT / "src" / "truceline"
ROOMS = ("basics", "terms", "evidence", "plan", "locate", "judge")
SOURCES = sorted(SRC.rglob("*.py"))
PAGE_PARTS = sorted([*SRC.rglob("*.js"), *SRC.rglob("*.css")])
CORE = [path for path in SOURCES if path.relative_to(SRC).parts[0] in ROOMS]
CODE = [*SOURCES, *sorted((ROOT / "tests").rglob("*.py")), *sorted((ROOT / "benchmarks").rglob("*.py"))]

GUESTS = {"numpy", "shapely", "pyproj", "pydantic", "pydantic_core", "truceline"}
"""What the core may use beside the standard library."""
MACHINE_CODE = ("src/truceline/locate/compiled.py", "numba")
"""One file may use one package more."""
DOORS = {
    "asyncio", "builtins", "concurrent", "ctypes", "fileinput", "ftplib", "getpass", "glob", "http", "importlib", "io",
    "locale", "logging", "mmap", "multiprocessing", "os", "pathlib", "pickle", "platform", "pkgutil", "random",
    "secrets", "select", "selectors", "shelve", "shutil", "signal", "smtplib", "socket", "sqlite3", "ssl", "subprocess",
    "sys", "tempfile", "threading", "time", "tkinter", "urllib", "uuid", "webbrowser",
}  # fmt: skip
"""Modules of the standard library that lead out of the core: to files, clocks, chance, the network or the machine."""
CALLS = {"open", "print", "input", "eval", "exec", "compile", "breakpoint", "__import__"}
METHODS = {
    "now", "today", "utcnow", "read_text", "write_text", "read_bytes", "write_bytes", "fromfile", "tofile", "loadtxt",
    "savetxt", "genfromtxt", "memmap",
}  # fmt: skip

MAX_FILE, MAX_FUNCTION = 300, 40
Function = ast.FunctionDef | ast.AsyncFunctionDef


def name_of(path: Path) -> str:
    """Name a file as it is written in messages and test ids."""
    return path.relative_to(ROOT).as_posix()


def tree_of(path: Path) -> ast.Module:
    """Parse one file."""
    return ast.parse(path.read_text(encoding="utf-8"), filename=name_of(path))


def docstring_lines(node: ast.AST) -> set[int]:
    """Number the lines of the docstring of a module, class or function."""
    body = getattr(node, "body", None)
    if not (isinstance(body, list) and body and isinstance(body[0], ast.Expr)):
        return set()
    value = body[0].value
    if not (isinstance(value, ast.Constant) and isinstance(value.value, str)):
        return set()
    return set(range(value.lineno, (value.end_lineno or value.lineno) + 1))


def code_lines(text: str) -> int:
    """Count lines that are neither blank, nor comment, nor docstring.

    >>> code_lines('"A docstring."' + chr(10) + "# a comment" + chr(10) * 2 + "x = [" + chr(10) + "]" + chr(10))
    2
    """
    silent = {tokenize.COMMENT, tokenize.NL, tokenize.NEWLINE, tokenize.INDENT, tokenize.DEDENT, tokenize.ENDMARKER}
    lines: set[int] = set()
    for token in tokenize.generate_tokens(io.StringIO(text).readline):
        if token.type not in silent:
            lines.update(range(token.start[0], token.end[0] + 1))
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.Module | ast.ClassDef | Function):
            lines -= docstring_lines(node)
    return len(lines)


def imported(tree: ast.Module) -> Iterator[tuple[int, str]]:
    """Go through the modules that a file imports, wherever it does so."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from ((node.lineno, alias.name) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield node.lineno, node.module or ""


def outward(tree: ast.Module) -> Iterator[tuple[int, str]]:
    """Go through the calls that read, write, ask, run or look at a clock."""
    for node in ast.walk(tree):
        if not isinstance(node, ast.Call):
            continue
        if isinstance(node.func, ast.Name) and node.func.id in CALLS:
            yield node.lineno, node.func.id
        elif isinstance(node.func, ast.Attribute):
            word = ast.unparse(node.func)
            if node.func.attr in METHODS or re.match(r"(np|numpy)\.(random\.|load$|save|fromfile)", word):
                yield node.lineno, word


def test_imports_go_down_only(monkeypatch):
    """The contracts of pyproject.toml hold: the flow runs one way, the core is closed, there are no cycles."""
    monkeypatch.chdir(ROOT)

    assert lint_imports(config_filename="pyproject.toml", no_cache=True) == 0


def test_the_core_uses_only_what_it_may():
    """The core imports the standard library without its doors, numpy, shapely, pyproj and pydantic."""
    faults = []
    for path in CORE:
        for line, module in imported(tree_of(path)):
            root = module.partition(".")[0]
            guest = root in GUESTS | sys.stdlib_module_names or (name_of(path), root) == MACHINE_CODE
            if root in DOORS or not guest:
                faults.append(f"{name_of(path)}:{line}: imports {module}")

    assert CORE
    assert faults == []


def test_the_core_touches_nothing():
    """The core opens no file, prints nothing, asks nobody, throws no dice and reads no clock."""
    faults = [f"{name_of(path)}:{line}: calls {word}" for path in CORE for line, word in outward(tree_of(path))]

    assert faults == []


@pytest.mark.parametrize(
    "line",
    ["open('a')", "print(1)", "datetime.now(UTC)", "date.today()", "Path('a').read_text()", "np.load('a')",
     "np.random.default_rng()"],
)  # fmt: skip
def test_a_call_to_the_outside_is_seen(line):
    """The test above has teeth: it sees each kind of call that it forbids."""
    assert list(outward(ast.parse(line)))


def test_a_file_is_one_idea():
    """No file is longer than 300 lines of code, blank lines, comments and docstrings not counted."""
    sizes = {name_of(path): code_lines(path.read_text(encoding="utf-8")) for path in CODE}
    for path in PAGE_PARTS:
        lines = map(str.strip, path.read_text(encoding="utf-8").split("\n"))
        sizes[name_of(path)] = sum(not line.startswith(("//", "/*", "*")) for line in lines if line)

    assert {name: size for name, size in sizes.items() if size > MAX_FILE} == {}


def test_a_function_does_one_thing():
    """No function is longer than 40 lines, its docstring not counted."""
    sizes = {
        f"{name_of(path)}:{node.lineno} {node.name}": node.end_lineno - node.lineno + 1 - len(docstring_lines(node))
        for path in CODE
        for node in ast.walk(tree_of(path))
        if isinstance(node, Function)
    }

    assert {name: size for name, size in sizes.items() if size > MAX_FUNCTION} == {}


def side_words() -> re.Pattern[str]:
    """Build one expression from the list of words that name a side."""
    words = (ROOT / "tests" / "data" / "words" / "neutral.txt").read_text(encoding="utf-8").split("\n")
    return re.compile(
        rf"\b({'|'.join(re.escape(word) for word in words if word)})(n|an|ian|i|s|ns|ans|ians|is|ish|ese)?\b",
        re.IGNORECASE,
    )


def test_the_code_names_no_side():
    """No party, country, people or person is named in the code: it would not know whose agreement it reads."""
    names = side_words()
    faults = []
    for path in [*SOURCES, *(part for part in PAGE_PARTS if part.suffix == ".js")]:
        for number, line in enumerate(path.read_text(encoding="utf-8").split("\n"), start=1):
            faults.extend(f"{name_of(path)}:{number}: {match[0]}" for match in names.finditer(line))

    assert faults == []


def test_the_list_of_words_has_teeth():
    """A country is found with and without its ending, and plain words are left alone."""
    names = side_words()

    assert all(names.search(word) for word in ("Syria", "Syrian", "Israelis", "Hezbollah", "Sudanese"))
    assert not any(names.search(word) for word in ("normalise", "formality", "Northbank", "malign", "chinaware"))


def test_nothing_is_left_over():
    """No promise of later work stands in the code."""
    pattern = re.compile(r"\b(TODO|FIXME|XXX|HACK|NotImplementedError)\b")
    faults = [name_of(path) for path in SOURCES if pattern.search(path.read_text(encoding="utf-8"))]

    assert faults == []
