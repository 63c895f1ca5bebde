"""Files of reports, read as an agreement wants them."""

import json
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

import truceline as tl
from truceline.api.reading import Asked, import_reports, open_files, regions_for

SQUARE = [[[20.4, 9.9], [20.6, 9.9], [20.6, 9.99], [20.4, 9.99], [20.4, 9.9]]]
TERMS = """\
truceline: 1
agreement: {id: t, title: T, class: cessation, zone: Etc/GMT-2}
instruments: {pact: {title: Pact, signed: 2030-02-20, in_force: 2030-03-01T00:00+02:00, text: public}}
parties: {northbank: {role: signatory}}
actors: {northbank_army: {of: northbank}}
areas:
  ford: {geometry: {file: one.geojson, id: ford}}
  mill: {geometry: {file: two.geojson, id: mill}}
provisions: {quiet: {who: any, what: hostilities, where: ford, at_most: 0, under: pact, source: s.pact}}
sources: {s.pact: {by: Northbank, said: 2030-02-20}}
"""


def geojson(**polygons):
    """Write polygons by id as GeoJSON."""
    features = [
        {"type": "Feature", "id": name, "properties": {"name": name.title()},
         "geometry": {"type": "Polygon", "coordinates": ring}}
        for name, ring in polygons.items()
    ]  # fmt: skip
    return json.dumps({"type": "FeatureCollection", "features": features})


@pytest.fixture
def deal(tmp_path, monkeypatch):
    """Load an agreement with areas in two files."""
    (tmp_path / "one.geojson").write_text(geojson(ford=SQUARE), encoding="utf-8")
    (tmp_path / "two.geojson").write_text(geojson(mill=SQUARE, inn=SQUARE), encoding="utf-8")
    (tmp_path / "terms.yaml").write_text(TERMS, encoding="utf-8")
    (tmp_path / "r.csv").write_text("report,from,region\na,2030-03-05,ford\nb,2030-03-05,Inn\nc,,\n", encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    return tl.load("terms.yaml")


def test_the_agreement_lends_its_zone_and_its_districts(deal):
    """Bare dates are days of the agreement; districts are those of its files, by id and by name."""
    read = tl.read_reports("r.csv", agreement=deal)

    assert read.table["from"][0].as_py().isoformat() == "2030-03-04T22:00:00+00:00"
    assert read.table["region"].to_pylist()[:2] == ["ford", "inn"]
    assert tl.read_reports("r.csv").table["from"][0].as_py().isoformat() == "2030-03-04T10:00:00+00:00"


def test_districts_of_several_files_share_no_border(deal):
    """Where districts come from two files, nobody takes their borders for one."""
    gazetteer = regions_for(deal)

    assert set(gazetteer.regions.ids) == {"ford", "mill", "inn"}
    assert gazetteer.regions.source == ""
    assert len(gazetteer.names) == len(gazetteer.levels) == 3


def test_a_file_of_districts_goes_before(deal):
    """What the user names is taken instead."""
    assert regions_for(deal, "one.geojson").regions.ids == ("ford",)
    assert tl.read_reports("r.csv", agreement=deal, regions="one.geojson").table["region"].to_pylist() == [
        "ford",
        None,
        None,
    ]


def test_a_mapping_file_keeps_its_own_zone(deal, tmp_path):
    """The zone of the agreement does not go before one that a mapping file states."""
    (tmp_path / "map.yaml").write_text("zone: Asia/Tokyo\n", encoding="utf-8")
    read = tl.read_reports("r.csv", agreement=deal, mapping="map.yaml")

    assert read.table["from"][0].as_py().isoformat() == "2030-03-04T15:00:00+00:00"


def test_without_areas_there_are_no_districts():
    """An agreement without areas lends none."""
    text = (
        TERMS.replace("areas:\n", "")
        .replace("  ford: {geo", "  #")
        .replace("  mill: {geo", "  #")
        .replace("where: ford, ", "")
    )

    assert regions_for(tl.loads(text)).regions.ids == ()


def test_what_was_read_shows_itself(deal, tmp_path):
    """The repr is one line, `faults` names each bad row, a notebook lists them."""
    (tmp_path / "bad.csv").write_text("report,from,lon,lat\na,2030-03-05,500,1\nb,2030-03-05,,\n", encoding="utf-8")
    read = tl.read_reports("bad.csv", agreement=deal)

    assert repr(read) == "<Reports bad.csv (csv): 1 of 2 rows, 1 of them doubted>"
    assert [str(fault)[:31] for fault in read.faults()] == ["bad.csv row 1 column lon: TL-R1"]
    assert "<li>bad.csv row 1" in read._repr_html_()


def test_files_keep_their_order(deal):
    """A stream between two files that were read stays between them."""
    for name, ids in (("s", "de"), ("t", "fgh")):
        Path(f"{name}.csv").write_text(
            "report,from\n" + "".join(f"{one},2030-03-05\n" for one in ids), encoding="utf-8"
        )
    import_reports("s.csv", Asked(zone="Etc/GMT-2"), "s.parquet")
    files = open_files(deal, ["r.csv", "s.parquet", "t.csv"], Asked())
    ids = [one for batch in files.batches(2) for one in batch.column("report").to_pylist()]

    assert files.rows == (3, 2, 3)
    assert len(files.reads) == 2
    assert files.names == ("r.csv", "s.parquet", "t.csv")
    assert "".join(ids) == "abcdefgh"
    assert files.table()["report"].to_pylist() == ids


def test_a_report_in_several_files_is_given_once(deal):
    """Read or streamed, the same file twice is no second set of reports; nor is a single file compared."""
    import_reports("r.csv", Asked(zone="Etc/GMT-2", regions="one.geojson"), "s.parquet")
    files = open_files(deal, ["s.parquet", "r.csv", "r.csv"], Asked(regions="one.geojson"))

    assert [batch.num_rows for batch in files.batches()] == [3, 0, 0]
    assert files.table()["report"].to_pylist() == ["a", "b", "c"]
    assert [(row.source, row.code) for row in files.settled.superseded] == [(1, "TL-R117")] * 3 + [(2, "TL-R117")] * 3
    assert not open_files(deal, ["s.parquet"], Asked()).settled.gone


def test_a_changed_row_of_one_file_is_judged_in_its_newest_revision(deal):
    """In one file, read or streamed, and by what was known on the day."""
    rows = "report,from,act,reported\na,2030-03-05,fire,2030-03-06\na,2030-03-05,clash,2030-03-09\n"
    Path("v.csv").write_text(rows, encoding="utf-8")
    import_reports("v.csv", Asked(zone="Etc/GMT-2"), "v.parquet")
    early = 1_898_985_600_000_000  # 2030-03-06 12:00 UTC, in microseconds

    for name in ("v.csv", "v.parquet"):
        assert open_files(deal, [name], Asked()).table()["act"].to_pylist() == ["clash"]
        assert open_files(deal, [name], Asked(), known_until_us=early).table()["act"].to_pylist() == ["fire", "clash"]


def test_rows_whose_order_nobody_knows_come_last_as_one(deal):
    """What both rows share is judged: the act that they state differently is not stated."""
    Path("v.csv").write_text(
        "report,from,act\na,2030-03-05,fire\nb,2030-03-05,fire\na,2030-03-05,clash\n", encoding="utf-8"
    )
    files = open_files(deal, ["v.csv"], Asked())
    rows = [row for batch in files.batches() for row in batch.to_pylist()]

    assert [(row["report"], row["act"]) for row in rows] == [("b", "fire"), ("a", None)]
    assert files.table()["report"].to_pylist() == ["b", "a"]


def test_rows_without_ids_are_no_revisions_of_each_other(deal, tmp_path):
    """Two files of one name whose rows have no ids hold different reports, unless the rows are equal."""
    for folder, act in (("x", "fire"), ("y", "clash")):
        (tmp_path / folder).mkdir()
        Path(folder, "day.csv").write_text(f"from,act\n2030-03-05,{act}\n2030-03-06,fire\n", encoding="utf-8")
    import_reports("y/day.csv", Asked(zone="Etc/GMT-2"), "z.parquet")

    for second in ("y/day.csv", "z.parquet"):
        table = open_files(deal, ["x/day.csv", second], Asked()).table()
        assert table["act"].to_pylist() == ["fire", "fire", "clash"]


def test_what_the_system_forbids_is_a_fault_of_the_file(deal, tmp_path):
    """Without the number that the system gives it, and without the name twice."""
    (tmp_path / "folder.parquet").mkdir()
    with pytest.raises(tl.EvidenceError) as found:
        open_files(deal, ["none.csv", "folder.parquet"], Asked())
    with pytest.raises(tl.EvidenceError, match="the file cannot be opened: Is a directory"):
        tl.read_reports("folder.parquet")

    assert [(fault.at, fault.code) for fault in found.value] == [
        ("folder.parquet", "TL-R014"), ("none.csv", "TL-R001"),
    ]  # fmt: skip
    assert found.value.faults[1].what == "the file cannot be opened: No such file or directory"


def test_parquet_of_others_is_not_streamed(deal):
    """A Parquet file that nobody checked is read as a whole; what only ends like one is told to be none."""
    pq.write_table(pa.table({"report": ["z"]}), "z.parquet")
    Path("no.parquet").write_text("PAR", encoding="utf-8")

    assert open_files(deal, ["z.parquet"], Asked()).reads[0].table.num_rows == 1
    with pytest.raises(tl.EvidenceError):
        open_files(deal, ["no.parquet"], Asked(kind="parquet"))


def test_the_error_of_a_boundary_counts_for_its_reports_too(deal):
    """The uncertainty that the terms state of an area holds for reports that name it, whatever the file says."""
    wide = tl.loads(TERMS.replace("id: ford}}", "id: ford}, uncertainty: 2 km}"), folder=".", name="./terms.yaml")

    assert (
        dict(zip(regions_for(wide).regions.ids, regions_for(wide).regions.uncertainties, strict=True))["ford"] == 2000.0
    )
    assert dict(zip(regions_for(deal).regions.ids, regions_for(deal).regions.uncertainties, strict=True))["ford"] == 0.0


def test_polygons_of_reports_share_no_border_with_districts(deal, tmp_path):
    """A polygon that a report brings is not taken for a piece of the map from which the districts are cut."""
    feature = '{"type": "Feature", "properties": {"report": "p", "from": "2030-03-05"}, "geometry": %s}'
    shape = json.dumps({"type": "Polygon", "coordinates": SQUARE})
    (tmp_path / "p.geojson").write_text(feature % shape, encoding="utf-8")
    alone = open_files(deal, ["r.csv"], Asked(regions="one.geojson")).regions
    beside = open_files(deal, ["r.csv", "p.geojson"], Asked(regions="one.geojson")).regions

    assert (alone.ids, alone.source) == (("ford",), "one.geojson")
    assert (len(beside.ids), beside.source) == (2, "")
    assert tl.read_reports("p.geojson", agreement=deal, regions="one.geojson").regions.source == ""
