"""Reports whose place is only told in words: the disc or the region, how it was found, and the doubts."""

import csv
from pathlib import Path

import pyarrow as pa
import pytest
import shapely

from truceline.errors import EvidenceError
from truceline.evidence.toponyms import Toponym, Toponyms
from truceline.formats.apart import read_apart
from truceline.formats.mapping_file import read_mapping
from truceline.formats.rejects import faults_of
from truceline.formats.reports import asked_for, read_in_parts, read_reports
from truceline.formats.spooled import Spool
from truceline.formats.worded_places import COUNT
from truceline.locate.ecef import GEOD

TOY = "tests/data/places/toy.csv"
SMM = Path("tests/data/places")
HEADER = "report,from,lon,lat,radius_m,region,place"


def reports(tmp_path, *rows, header=HEADER, **how):
    """Read rows of CSV with the toy gazetteer."""
    path = tmp_path / "r.csv"
    path.write_text("\n".join((header, *rows)) + "\n", encoding="utf-8")
    return read_reports(path, zone="UTC", **{"places": TOY, **how})


def codes(read):
    """List row, code and evidence of each doubt."""
    return [(note["row"], note["code"], note["what"].rpartition(": ")[2]) for note in read.warned.to_pylist()]


def test_a_place_in_words_becomes_a_disc(tmp_path):
    """Position, radius and the way there are filled in; the words stay; what has a position keeps it."""
    read = reports(tmp_path, "a,2020-01-01,,,,,3km NW of Norton", "b,2020-01-01,20.1,10.1,500,,in Northton",
                   "c,2020-01-01,,,,,")  # fmt: skip
    first, second, third = read.table.to_pylist()

    assert first["place"] == "3km NW of Norton"
    assert (round(first["lon"], 4), round(first["lat"], 4), first["radius_m"]) == (20.4791, 10.0207, 2840.0)
    assert first["place_how"].startswith("Northton: centre 20.50000, 10.00000, all of it within 1,500 m (footprint); ")
    assert (second["lon"], second["radius_m"], second["place_how"]) == (20.1, 500.0, None)
    assert third["lon"] is None
    assert read.counts[COUNT] == 1
    assert codes(read) == [(3, "TL-R202", "the place is not known")]


def test_doubts_stand_at_their_row_with_the_reason(tmp_path):
    """One doubt for each, and the cell; the place stays unknown, and every row is loaded."""
    words = ("Weir", "in Mill", '"Northton (5km N of Southton)"', "north of Northton", "3km west-north of Northton",
             "Weir (3km N of Northton)")  # fmt: skip
    read = reports(tmp_path, *(f"r{number},2020-01-01,,,,,{one}" for number, one in enumerate(words)))
    [fault, *_] = faults_of(read.warned, "r.csv")

    assert [code for _, code, _ in codes(read)] == [
        "TL-R225", "TL-R226", "TL-R227", "TL-R228", "TL-R224", "TL-R229",
    ]  # fmt: skip
    assert str(fault) == (
        "r.csv row 1 column place: TL-R225 this name is not in the gazetteer: the place is not known: 'Weir' ('Weir'); "
        "add the place, or the name to 'also' of its place"
    )
    assert read.table["lon"].null_count == 5
    assert read.counts["kept"] == 6
    assert "Mill (village, North District; 20.60000, 10.20000)" in codes(read)[1][2]


def test_without_a_gazetteer_words_are_words(tmp_path):
    """Nothing is filled in, and the place is not known."""
    read = reports(tmp_path, "a,2020-01-01,,,,,in Northton", places=None)

    assert read.table["place_how"].to_pylist() == [None]
    assert codes(read) == [(1, "TL-R202", "the place is not known")]
    assert COUNT not in read.counts


def test_words_that_were_found_once_are_remembered():
    """A gazetteer is asked once for each place, however many rows and files name it."""
    how = asked_for("UTC", places=TOY).wording

    assert how.found("in Northton") is how.found("in Northton")


def test_half_a_position_and_a_region_are_kept(tmp_path):
    """Words never mend what the row states otherwise."""
    read = reports(tmp_path, "a,2020-01-01,20.5,,,,in Northton", "b,2020-01-01,,,,R1,in Northton")

    assert len(read.rejected) == 1
    assert COUNT not in read.counts
    assert read.table["lon"].to_pylist() == [None]


def test_a_row_that_is_refused_is_not_counted(tmp_path):
    """The count is of the reports that were taken."""
    read = reports(tmp_path, ",2020-01-01,,,,,in Northton", "b,2020-01-01,,,,,in Northton")

    assert read.counts[COUNT] == 1


def test_the_words_may_be_the_only_column_of_place(tmp_path):
    """The columns that are missing are made, and the source's own travel along."""
    read = reports(tmp_path, "a,in Northton,x", header="report,place,note")

    assert read.table.select(["lon", "lat", "radius_m", "region", "note"]).to_pylist() == [
        {"lon": 20.5, "lat": 10.0, "radius_m": 1500.0, "region": None, "note": "x"}
    ]


def test_a_place_may_become_a_region(tmp_path):
    """The polygon of what the words allow goes before the disc, and is known to the judge; one without has its disc."""
    read = reports(tmp_path, "a,2020-01-01,,,,,3km NW of Norton", "b,2020-01-01,,,,,in Northton", place_as="region")
    first, second = read.table["region"].to_pylist()
    [polygon] = read.regions.polygons
    there = GEOD.fwd(20.5, 10.0, 315.0, 3000.0)

    assert read.regions.ids == (first,)
    assert first.startswith("3km NW of Norton #")
    assert shapely.Polygon(*polygon[0]).contains(shapely.Point(*there[:2]))
    assert second is None
    assert read.table["radius_m"].to_pylist() == [2840.0, 1500.0]
    assert read.regions.source == ""
    assert not read.remarks


def test_regions_of_words_stand_beside_districts(tmp_path):
    """Names of districts are looked up as ever; drawn polygons are their own."""
    (tmp_path / "d.geojson").write_text(
        '{"type": "FeatureCollection", "features": [{"type": "Feature", "id": "D1", "properties": {"name": "Ford"}, '
        '"geometry": {"type": "Polygon", "coordinates": [[[0, 0], [1, 0], [1, 1], [0, 0]]]}}]}', encoding="utf-8",
    )  # fmt: skip
    read = reports(tmp_path, "a,2020-01-01,,,,,3km N of Norton", "b,2020-01-01,,,,Ford,", place_as="region",
                   regions=tmp_path / "d.geojson")  # fmt: skip

    assert read.table["region"].to_pylist()[1] == "D1"
    assert len(read.regions.ids) == 2


def test_a_mapping_file_names_the_gazetteer_and_the_manner(tmp_path):
    """How many points the author tells apart, what "near" is, and as what places are written."""
    for name, text in (
        ("g.csv", Path(TOY).read_text(encoding="utf-8")),
        ("p.csv", "dataset,code,radius_m,level,days,note\nplace-words,near,4000,,,\n"),
        ("m.yaml", "columns: {place: Where}\nplaces: g.csv\ncompass: 4\nplace_as: region\nprecision: p.csv\n"),
    ):
        (tmp_path / name).write_text(text, encoding="utf-8")
    rows = ("a,3km N of Norton", "b,near Norton")
    read = reports(tmp_path, *rows, header="report,Where", mapping=tmp_path / "m.yaml", places=None)
    other = reports(tmp_path, *rows, header="report,Where", mapping=tmp_path / "m.yaml", place_as="disc")

    assert "(north ± 45)" in read.table["place_how"][0].as_py()
    assert read.table["radius_m"][1].as_py() == 5500.0
    assert len(read.regions.ids) == 1
    assert not other.regions.ids


@pytest.mark.parametrize(("line", "told"), [("compass: 6", "compass is neither 4, 8 nor 16"),
                                            ("place_as: point", "place_as is neither disc nor region")])  # fmt: skip
def test_a_manner_that_nobody_knows_is_refused(tmp_path, line, told):
    """With its line and column."""
    path = tmp_path / "m.yaml"
    path.write_text(f"zone: UTC\n{line}\n", encoding="utf-8")

    with pytest.raises(EvidenceError, match=told) as error:
        read_mapping(path)
    assert ":2:" in error.value.faults[0].at


def test_a_table_of_precision_must_say_how_far_near_is(tmp_path):
    """A level is no radius."""
    (tmp_path / "p.csv").write_text(
        "dataset,code,radius_m,level,days,note\nplace-words,near,,adm1,,\n", encoding="utf-8"
    )
    (tmp_path / "m.yaml").write_text("precision: p.csv\n", encoding="utf-8")

    with pytest.raises(EvidenceError, match="TL-R008"):
        asked_for(mapping=tmp_path / "m.yaml", places=TOY)


def test_a_gazetteer_that_cannot_be_used_refuses_the_file(tmp_path):
    """Before a row is read."""
    (tmp_path / "g.csv").write_text("name,lon,lat\nA,1,x\n", encoding="utf-8")

    with pytest.raises(EvidenceError, match="TL-R019"):
        reports(tmp_path, "a,2020-01-01,,,,,A", places=tmp_path / "g.csv")


def test_numbers_that_are_numbers_already_stay_exact(tmp_path):
    """A table of another program has typed columns."""
    towns = Toponyms((Toponym("Northton", 20.5, 10.0, 1500.0),))
    table = pa.table({"report": ["a", "b"], "lon": [0.1 + 0.2, None], "lat": [1 / 3, None], "radius_m": [50.0, None],
                      "place": ["x", "in Northton"]})  # fmt: skip
    pa.parquet.write_table(table, tmp_path / "r.parquet")
    read = read_reports(tmp_path / "r.parquet", zone="UTC", places=towns)

    assert read.table["lon"].to_pylist() == [0.1 + 0.2, 20.5]
    assert read.table["lat"].to_pylist() == [1 / 3, 10.0]


def test_a_file_of_a_stranger_is_placed_in_the_process_that_reads_it(tmp_path):
    """With its polygons, as if it were read here."""
    pa.parquet.write_table(pa.table({"report": ["a"], "place": ["3km N of Norton"]}), tmp_path / "r.parquet")
    how = {"zone": "UTC", "places": TOY, "place_as": "region"}
    here, apart = read_reports(tmp_path / "r.parquet", **how), read_apart(tmp_path / "r.parquet", **how)

    assert apart.table.equals(here.table)
    assert apart.regions.ids == here.regions.ids
    assert apart.counts == here.counts


def test_a_file_in_parts_is_placed_part_by_part(tmp_path):
    """The counts add up, and the doubts are numbered through."""
    path = tmp_path / "r.csv"
    path.write_text("report,from,place\n" + "".join(f"r{at},2020-01-01,{'in Northton' if at % 2 else 'Weir'}\n"
                                                    for at in range(50)), encoding="utf-8")  # fmt: skip
    asked = asked_for("UTC", places=TOY)
    with (tmp_path / "rows.parquet").open("wb") as file:
        read = read_in_parts(path, "csv", asked, None, Spool(file, tmp_path / "rows.parquet", tmp_path / "notes"))

    assert read.counts[COUNT] == 25
    assert read.counts["TL-R225"] == 25


def smm():
    """Read the nineteen observations as facts, by id."""
    with (SMM / "smm_places.csv").open(encoding="utf-8") as file:
        facts = {row["report"]: row for row in csv.DictReader(file)}
    read = read_reports(SMM / "smm_places.csv", zone="Etc/GMT-2", places=SMM / "smm_gazetteer.csv", place_as="region")
    return facts, read


def test_the_places_of_a_real_mission_are_found_or_doubted():
    """Of nineteen, six in places that the gazetteer has, eight by their distance and bearing alone, five not."""
    _, read = smm()
    found = [row["report"] for row in read.table.to_pylist() if row["place_how"]]

    assert read.counts["kept"] == 19
    assert len(found) == read.counts[COUNT] == 14
    assert (read.counts["TL-R229"], read.counts["TL-R225"]) == (8, 5)
    assert sorted({row["place"] for row in read.table.to_pylist() if not row["place_how"]}) == [
        "in Bohoiavlenka", "in Novoselivka", "in Ternove", "in Vilkhivka",
    ]  # fmt: skip


def test_the_point_at_exactly_that_distance_and_bearing_lies_in_what_was_found():
    """Worked out elsewhere to eleven metres: in the disc, in the polygon, and for a name in reach of its words."""
    facts, read = smm()
    polygons = dict(zip(read.regions.ids, read.regions.polygons, strict=True))
    checked = []
    for row in read.table.to_pylist():
        fact = facts[row["report"]]
        if not fact["polar_lon"]:
            continue
        there = float(fact["polar_lon"]), float(fact["polar_lat"])
        away = GEOD.inv(row["lon"], row["lat"], *there)[2]
        if "not in the gazetteer" in row["place_how"]:
            assert away <= row["radius_m"]
            assert any(shapely.Polygon(*rings).contains(shapely.Point(there)) for rings in polygons[row["region"]])
        else:
            words = row["place"].rpartition("km ")[2].partition(" ")[0]
            assert away <= {"W": 6_000.0, "SW": 20_000.0}[words]
        checked.append(row["report"])

    assert len(checked) == 11
