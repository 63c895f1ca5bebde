"""The front door: the public names, and what stands behind them."""

import subprocess
import sys

import pytest

import truceline as tl


def test_the_names_are_few_and_all_there():
    """At most 25 public names, each of them is there, and `dir` shows them."""
    assert len(tl.__all__) <= 25
    assert all(getattr(tl, name) is not None for name in tl.__all__)
    assert dir(tl) == sorted(tl.__all__)


def test_every_public_function_says_what_it_does():
    """Each name has a docstring; each function one with an example."""
    functions = [getattr(tl, name) for name in tl.__all__ if name.islower() and name[0] != "_"]

    assert functions
    assert all(">>> " in function.__doc__ for function in functions)


def test_a_name_that_is_not_there_is_an_attribute_error():
    """A misspelt name is told as Python tells it."""
    with pytest.raises(AttributeError, match="no attribute 'lode'"):
        tl.lode  # noqa: B018


def test_importing_is_cheap():
    """The bare import loads no library: they come with the first name that needs them."""
    code = "import sys, truceline; print({'pyarrow', 'pydantic', 'numpy'} & set(sys.modules))"
    loaded = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)

    assert loaded.stdout == "set()\n"


def test_the_errors_are_one_family():
    """Whoever catches TrucelineError catches all of them."""
    family = (tl.TermsError, tl.EvidenceError, tl.GeometryError, tl.UsageError)

    assert all(issubclass(one, tl.TrucelineError) for one in family)
