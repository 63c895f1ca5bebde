"""The JSON Schema agrees with the loader: an editor accepts and refuses the same files, as far as form goes."""

import json
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator
from ruamel.yaml import YAML
from ruamel.yaml.constructor import SafeConstructor

from truceline.formats.terms_file import load_text
from truceline.terms.schema import SCHEMA_ID, json_schema

DATA = Path(__file__).parents[1] / "data" / "terms"
GOOD = sorted((DATA / "good").glob("*.yaml"))
FORM = sorted((DATA / "bad").glob("form_*.yaml"))
SENSE = sorted((DATA / "bad").glob("sense_*.yaml"))


class Core(SafeConstructor):
    """YAML 1.2 core as editors type it: numbers and truth values, but no dates and no ``1_000``."""

    def whole(self, node):
        """Read a whole number in plain digits."""
        return node.value if "_" in node.value else self.construct_yaml_int(node)


Core.add_constructor("tag:yaml.org,2002:timestamp", lambda _, node: node.value)
Core.add_constructor("tag:yaml.org,2002:int", Core.whole)


def typed(path):
    """Read a file as an editor does."""
    yaml = YAML(typ="safe", pure=True)
    yaml.Constructor = Core
    return yaml.load(path.read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def validator():
    """Give a validator of the schema, once it is known to be one."""
    schema = json_schema()
    Draft202012Validator.check_schema(schema)
    return Draft202012Validator(schema)


@pytest.mark.parametrize("path", GOOD, ids=lambda path: path.stem)
def test_good_files_fit_the_schema(path, validator):
    """What the loader takes, short forms included, an editor takes too."""
    assert [error.message for error in validator.iter_errors(typed(path))] == []


@pytest.mark.parametrize("path", FORM, ids=lambda path: path.stem)
def test_bad_forms_do_not_fit_the_schema(path, validator):
    """What is wrong in form an editor marks before the loader is run."""
    assert not validator.is_valid(typed(path))


@pytest.mark.parametrize("path", SENSE, ids=lambda path: path.stem)
def test_bad_sense_fits_the_schema(path, validator):
    """References, circles and the calendar are beyond a schema; those files are right in form."""
    assert [error.message for error in validator.iter_errors(typed(path))] == []


@pytest.mark.parametrize("path", GOOD, ids=lambda path: path.stem)
def test_json_is_read_like_yaml(path):
    """The same file written as JSON, typed scalars and all, is the same document."""
    as_json = json.dumps(typed(path), ensure_ascii=True)
    as_yaml = path.read_text(encoding="utf-8")

    assert load_text(as_json, folder=path.parent).document == load_text(as_yaml, folder=path.parent).document


def test_the_schema_says_what_it_is():
    """An editor needs the draft and an id, and shows the descriptions."""
    schema = json_schema()

    assert schema["$schema"] == "https://json-schema.org/draft/2020-12/schema"
    assert schema["$id"] == SCHEMA_ID
    assert all("description" in part for name, part in schema["$defs"].items() if name not in ("Free", "Words"))


def test_nothing_may_be_empty():
    """No part of the schema lets null through: a key that may be left out is not one that may be empty."""
    text = json.dumps(json_schema())

    assert '"null"' not in text
    assert "null" not in text


def test_a_missing_unit_or_side_is_refused(validator):
    """The faults that a schema is for: a distance without unit, a line without side, a text bound, an unknown key."""
    least = typed(DATA / "good" / "minimal.yaml")
    bad = [
        {**least, "zones": {"strip": {"line": "river", "away": 5}}},
        {**least, "lines": {"river": {"title": "the river"}}},
        {**least, "provisions": {"a": {"who": "any", "what": "fire", "at_most": "none", "source": "s.text"}}},
        {**least, "provisions": {"a": {"who": "any", "what": "fire", "at_most": 0}}},
        {**least, "provisions": {"a": {"who": "any", "what": "fire", "at_most": "about", "source": "s.text"}}},
        {**least, "sectons": {}},
        {**least, "open": {"a": None}},
    ]

    assert not any(validator.is_valid(document) for document in bad)
