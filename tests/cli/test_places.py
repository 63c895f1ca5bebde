"""`--places`: reports whose place is only told in words, in every command that reads reports."""

import json
from hashlib import sha256
from pathlib import Path

import pyarrow.parquet as pq
import pytest

GAZETTEER = "name,lon,lat,radius_m\nNorthton,20.5,10.02,500\nMill,20.1,10.1,\nMill,20.9,10.1,\n"
ROWS = """\
report,from,place,by,act
w,2030-03-05T10:00Z,6.0km S of Northton,Southbank Army,position
x,2030-03-05T10:00Z,in Mill,Southbank Army,position
"""


@pytest.fixture
def words(run):
    """Put reports in words and a gazetteer on the desk."""
    Path("g.csv").write_text(GAZETTEER, encoding="utf-8")
    Path("w.csv").write_text(ROWS, encoding="utf-8")
    return run


def test_an_import_keeps_what_was_found(words):
    """Disc and arithmetic stand in the file; what was found is counted, what was not is named."""
    result = words("import w.csv --zone UTC --places g.csv -o w.parquet")
    first, second = pq.read_table("w.parquet").to_pylist()

    assert "... 1 row of w.csv placed by the words of the place: place_how tells how" in result.stderr
    assert "w.csv row 2 column place: TL-R226 several places have this name" in result.stderr
    assert first["place_how"].startswith("Northton: centre 20.50000, 10.02000, all of it within 500 m (footprint)")
    assert (first["radius_m"], first["region"]) == (2816.0, None)
    assert second["lon"] is second["place_how"] is None


def test_a_check_and_an_import_agree(words):
    """Whether the words are read by the check or were read before; an older file without the column is checked too."""
    words("import w.csv --zone Etc/GMT-2 --places g.csv -o w.parquet")
    old = pq.read_table("w.parquet")
    pq.write_table(old.drop_columns(["place_how"]), "old.parquet")
    asked = "--format csv --no-summary"
    found = words(f"check terms.yaml w.csv --places g.csv {asked}").stdout
    without = words(f"check terms.yaml w.csv {asked}").stdout

    assert "w,pull_back,north" in found
    assert found != without
    assert words(f"check terms.yaml w.parquet {asked}").stdout == found
    assert words(f"check terms.yaml old.parquet {asked}").stdout == found
    assert words(f"check terms.yaml old.parquet w.parquet {asked}").stdout == found


def test_an_explanation_shows_the_arithmetic(words):
    """Beside the disc that came out of it, among what played a part."""
    told = words("explain terms.yaml w.csv --places g.csv --report w --reading north").stdout.replace("\n  ", " ")
    found = json.loads(words("explain terms.yaml w.csv --places g.csv --report w --json").stdout)

    assert "place_how: Northton: centre 20.50000, 10.02000" in told
    assert "bearing 157.5 to 202.5 degrees (south ± 22.5)" in dict(found[0]["facts"])["place_how"]


def test_a_mapping_file_may_ask_for_regions(words):
    """The polygon goes before the disc, and the explanation names it; an import carries none."""
    Path("m.yaml").write_text("places: g.csv\nplace_as: region\n", encoding="utf-8")
    told = words("explain terms.yaml w.csv --mapping m.yaml --zone UTC --report w --reading north").stdout
    words("import w.csv --mapping m.yaml --zone UTC -o w.parquet")

    assert "region: 6.0km S of Northton #" in told
    assert pq.read_table("w.parquet")["region"].to_pylist() == [None, None]


@pytest.mark.parametrize("command", ["sweep terms.yaml w.csv --line river", "report terms.yaml w.csv --out w.html",
                                     "lint terms.yaml --reports w.csv"])  # fmt: skip
def test_other_commands_read_words_too(words, command):
    """Wherever reports are read."""
    assert "placed by the words of the place" in words(f"{command} --places g.csv").stderr


def test_a_gazetteer_that_is_not_there_is_a_wrong_call(words):
    """And one with a fault is a fault of the file; the output may not be written over it."""
    Path("bad.csv").write_text("name,lon,lat\nA,x,1\n", encoding="utf-8")

    assert words("check terms.yaml w.csv --places none.csv").exit_code == 2
    assert "--places none.csv: TL-R001" in words("check terms.yaml w.csv --places none.csv").stderr
    assert words("check terms.yaml w.csv --places bad.csv").exit_code == 3
    assert "bad.csv row 1 column lon: TL-R019" in words("check terms.yaml w.csv --places bad.csv").stderr
    assert "TL-E923" in words("check terms.yaml w.csv --places g.csv --format csv --out g.csv").stderr


def test_a_record_of_provenance_names_the_gazetteer(words):
    """With its hash, like every file that went in."""
    words("check terms.yaml w.csv --places g.csv --prov w.jsonld")

    assert "GazetteerFile" in Path("w.jsonld").read_text(encoding="utf-8")


def test_a_record_of_provenance_names_the_gazetteer_of_a_mapping_file(words):
    """Whether an option or the mapping file names it; one that the option goes before did not go in."""
    Path("m.yaml").write_text("places: g.csv\n", encoding="utf-8")
    Path("other.csv").write_text(Path("g.csv").read_text(encoding="utf-8") + "Elsewhere,1,1,10\n", encoding="utf-8")
    digests = {name: sha256(Path(name).read_bytes()).hexdigest() for name in ("g.csv", "other.csv")}
    told = []
    for places in ("", " --places other.csv"):
        assert words(f"check terms.yaml w.csv --mapping m.yaml{places} --prov w.jsonld").exit_code == 0
        told.append(Path("w.jsonld").read_text(encoding="utf-8"))

    assert [digests["g.csv"] in text for text in told] == [True, False]
    assert [digests["other.csv"] in text for text in told] == [False, True]
    assert all(text.count('"truceline:GazetteerFile"') == 1 for text in told)


def test_a_ledger_takes_what_was_found(words):
    """The disc, the words and the arithmetic are put down; another gazetteer is another import."""
    words("init out --name example.org/desk")
    first = words("add reports w.csv --ledger out --zone UTC --places g.csv")
    Path("g.csv").write_text(GAZETTEER.replace("Northton,20.5", "Northton,20.4"), encoding="utf-8")
    again = words("add reports w.csv --ledger out --zone UTC --places g.csv")

    assert "placed by the words of the place" in first.stderr
    assert "1 changed: further revisions" in again.stdout
