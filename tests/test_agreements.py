"""The library of agreements: every file loads, keeps its word about sources, and has the pages drawn from it."""

import hashlib
import re

import pytest

from pages import ROOT
from truceline.api.library import library_pages
from truceline.api.new import begin, begun_with
from truceline.api.terms import lint, load
from truceline.engines.setup import prepare
from truceline.formats.library import library_files, shelf
from truceline.publish.terms_told import terms_told
from truceline.terms.node import Node

FILES = library_files()
PAGES = ROOT / "docs" / "agreements"
OPEN = {"undisclosed", "contested", "annexed", "unmarked", "public"}
MOST_WORDS = 25
STATES = re.compile(r"\|\s*`(geo/[\w.-]+\.geojson)`\s*\|.*\|\s*`([0-9a-f]{64})`\s*\|")


@pytest.fixture(scope="module")
def agreement(request):
    """Load one agreement, once for all tests of it."""
    return load(FILES[request.param])


every = pytest.mark.parametrize("agreement", sorted(FILES), indirect=True, scope="module")


def entries(root: Node, key: str):
    """Go through the values that stand under a key, wherever that is."""
    return [(steps, node) for steps, node in root.walk() if steps and steps[-1] == key]


@every
def test_it_goes_by_the_name_of_its_file(agreement):
    """The id in the file is that by which the library knows it."""
    assert FILES[agreement.id].samefile(agreement.name)


@every
def test_it_can_be_checked_and_linted(agreement):
    """It compiles under every reading, and what it leaves open is told."""
    assert len(prepare(agreement).plans) == len(agreement.documents)
    assert isinstance(lint(agreement), tuple)


@every
def test_quotations_are_short(agreement):
    """What is quoted is at most 25 words; the rest is said in own words."""
    long = [
        ".".join(map(str, steps)) for steps, node in entries(agreement.root, "words")
        if isinstance(node.value, str) and "geometry" not in steps and len(node.value.split()) > MOST_WORDS
    ]  # fmt: skip

    assert long == []


@every
def test_every_source_can_be_looked_up_or_says_that_it_was_not(agreement):
    """A source has an address or a carrier, rests on another one, or is marked unconfirmed; nothing rests on memory."""
    sources = agreement.document.sources
    bare = [name for name, one in sources.items() if not (one.url or one.of or one.via) and one.check != "unconfirmed"]
    memory = [steps for steps, node in entries(agreement.root, "source") if node.value == "memory"]

    assert bare == []
    assert memory == []


@every
def test_what_has_no_course_says_what_is_wanting(agreement):
    """A line or area is drawn, waits for a file by name, or says why it is not drawn; what is drawn says how well."""
    for text in agreement.documents.values():
        for name, entry in (*text.lines.items(), *text.areas.items()):
            if f"lines.{name}" in agreement.shapes or f"areas.{name}" in agreement.shapes:
                assert entry.uncertainty is not None, name
            else:
                assert entry.geometry in OPEN or entry.geometry.words, name


@every
def test_it_can_be_told(agreement):
    """Every clause is a sentence, and every reading says who holds it."""
    told = terms_told(agreement)

    assert all(one["sentence"] and one["chains"] for one in told["clauses"])
    assert all(one["holder"] for one in told["readings"])


@every
def test_a_copy_is_the_same_agreement(agreement, tmp_path):
    """What `truceline new` copies loads beside its geometry, and says the same."""
    copy = tmp_path / "mine" / "my.yaml"
    copy.parent.mkdir()
    begin(copy, begun_with(agreement.id))
    found = load(copy)

    assert found.documents == agreement.documents
    assert found.shapes.keys() == agreement.shapes.keys()


def test_the_geometry_is_listed_with_its_hash():
    """Every file of geometry stands in SOURCE.md as it is, and agreements use no other."""
    folder = shelf()
    stated = dict(STATES.findall((folder / "SOURCE.md").read_text(encoding="utf-8")))
    there = {path.relative_to(folder).as_posix(): path for path in folder.rglob("*") if path.suffix == ".geojson"}
    own = [shape for path in FILES.values() if path.parent == folder for shape in load(path).shapes.values()]
    used = {shape.source.rpartition("#")[0] for shape in own if "#" in shape.source}

    assert stated == {name: hashlib.sha256(path.read_bytes()).hexdigest() for name, path in there.items()}
    assert used <= set(there)


def test_the_stored_pages_are_those_that_are_drawn():
    """`truceline library --pages docs/agreements` would change nothing, and there is no page of anything else."""
    drawn = dict(library_pages(PAGES))
    stored = {path.name: path.read_text(encoding="utf-8") for path in PAGES.iterdir()}

    assert sorted(stored) == sorted(drawn)
    assert [name for name, text in drawn.items() if stored[name] != text] == []


def test_the_list_on_the_shelf_names_what_is_there():
    """What lies elsewhere is there, and has no second copy on the shelf."""
    elsewhere = [name for name, path in FILES.items() if path.parent != shelf()]

    assert all(FILES[name].is_file() for name in elsewhere)
    assert not any((shelf() / f"{name}.yaml").exists() for name in elsewhere)
