"""The shelf of agreements: found in a checkout and in a package, each by its name."""

import shutil

import pytest

from truceline.errors import UsageError
from truceline.formats import library
from truceline.formats.library import library_files, path_of


def test_the_names_lead_to_files():
    """Every id has a file that is there; those beside their reports stand only once."""
    files = library_files()

    assert {"sw-syria-2017", "undof-1974"} <= set(files)
    assert all(path.is_file() for path in files.values())
    assert list(files) == sorted(files)


def test_a_package_has_its_own_shelf(tmp_path, monkeypatch):
    """In an installation the library lies in the package, with the examples that it points to."""
    package = tmp_path / "lib" / "truceline"
    (package / "agreements").mkdir(parents=True)
    shutil.copy(library.shelf() / library.ELSEWHERE, package / "agreements")
    (package / "agreements" / "river.yaml").touch()
    monkeypatch.setattr(library, "files", lambda _: package)

    assert library_files()["river"] == package / "agreements" / "river.yaml"
    assert library_files()["undof-1974"] == package / "examples" / "undof-1974" / "terms.yaml"


def test_no_shelf_and_no_such_agreement_are_told(tmp_path, monkeypatch):
    """A name that is not there is guessed; an installation without a library says so."""
    with pytest.raises(UsageError, match=r"TL-E950 there is no such .*; did you mean 'undof-1974'\?"):
        path_of("library:undof-1947")
    monkeypatch.setattr(library, "files", lambda _: tmp_path / "a" / "b" / "truceline")
    with pytest.raises(UsageError, match="TL-E950 this installation has no library"):
        path_of("library:undof-1974")


def test_a_shelf_without_a_list_has_its_own_files(tmp_path, monkeypatch):
    """The list of agreements elsewhere may be left out."""
    (tmp_path / "agreements").mkdir()
    (tmp_path / "agreements" / "river.yaml").touch()
    monkeypatch.setattr(library, "files", lambda _: tmp_path)

    assert list(library_files()) == ["river"]
