"""The edges: tables come from pandas, GeoDataFrames, polars and DuckDB, and findings go back to them."""

import json
from datetime import UTC, datetime

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc
import pytest
import shapely

import truceline as tl
from pages import ROOT, blocks
from truceline.api.tables import as_reports, handed
from truceline.formats.arrow import REPORT_SCHEMA

NOON = datetime(2030, 3, 6, 12, tzinfo=UTC)
POST = {
    "report": "report:1",
    "radius_m": 200.0,
    "act": "position",
    "by": ["Southbank Army"],
    "from": NOON,
    "until": NOON,
}
"""A post, without the point at which it stands: 5.5 km south of the river."""
THERE = shapely.Point(20.5, 9.95028)
DISTRICT = shapely.box(20.4, 9.8, 20.6, 9.9)
"""South of the river, surely farther away than 4 miles."""
SQL = """
    select 'p:' || i as report, 20.5::double as lon, 9.95028 as lat, 200.0::decimal(9, 2) as radius_m,
        'position'::enum('position', 'fire') as act, ['fire'::enum('position', 'fire')] as maybe,
        ['Southbank Army'] as "by", timestamptz '2030-03-06 12:00:00+00' as "from",
        timestamptz '2030-03-06 12:00:00+00' as until, 3::hugeint as count_lo, 'x' as "table", 'y' as regions
    from range({}) numbers(i)"""


def verdicts(checked):
    """List (report, verdict under the text, verdict under the other reading)."""
    told = {}
    for row in checked.findings.to_pylist():
        told.setdefault(row["report"], []).append(row["verdict"])
    return [(report, *found) for report, found in told.items()]


def geometries(shapes, system="EPSG:4326", encoding="geoarrow.wkb", **more):
    """Make a table with a column of geometries, as GeoArrow has them."""
    told = {"ARROW:extension:name": encoding, "ARROW:extension:metadata": json.dumps({"crs": system, **more})}
    rows = [{**POST, "report": f"r:{number}"} for number, _ in enumerate(shapes)]
    table = pa.Table.from_pylist(rows, schema=pa.schema([REPORT_SCHEMA.field(name) for name in POST]))
    column = pa.array([shape if isinstance(shape, bytes) else shapely.to_wkb(shape) for shape in shapes], pa.binary())
    return table.append_column(pa.field("where", pa.binary(), metadata=told), column)


def faults_of(reports):
    """Collect what is said against a table."""
    with pytest.raises(tl.UsageError) as refused:
        as_reports(reports)
    return [f"{fault.at}: {fault.code} {fault.what}; {fault.remedy}" for fault in refused.value]


def address(table, name):
    """Give the place in memory at which the values of a column stand."""
    [chunk] = table.column(name).chunks
    return chunk.buffers()[-1].address


# ---- findings go out ---------------------------------------------------------------------------------------------


def test_a_result_is_taken_for_its_findings(deal, post):
    """Arrow, polars, pandas and DuckDB take what a check gave, and find the same rows in it."""
    polars, duckdb = pytest.importorskip("polars"), pytest.importorskip("duckdb")
    checked = tl.check(deal, post)
    wanted = checked.findings.column("verdict").to_pylist()

    assert pa.table(checked) == checked.findings
    assert polars.DataFrame(checked)["verdict"].to_list() == wanted
    assert pd.DataFrame.from_arrow(checked)["verdict"].tolist() == wanted
    assert [verdict for (verdict,) in duckdb.sql("select verdict from checked").fetchall()] == wanted


def test_findings_are_handed_over_uncopied(deal, post):
    """The offsets that others see are the bytes that stand in `findings`."""
    polars = pytest.importorskip("polars")
    checked = tl.check(deal, post)
    there = address(checked.findings, "offset_near_m")

    assert address(pa.table(checked), "offset_near_m") == there
    assert address(pa.table(polars.DataFrame(checked)), "offset_near_m") == there


# ---- tables come in ----------------------------------------------------------------------------------------------


def test_columns_in_their_own_type_are_not_copied():
    """Numbers and times that are as they should be stay where they are, whoever holds them."""
    polars = pytest.importorskip("polars")
    lon = np.linspace(20.0, 21.0, 1000)
    arrow = pa.table({"report": pa.array(map(str, range(1000))), "lon": lon})
    frames = [arrow, polars.DataFrame(arrow), pd.DataFrame({"report": range(1000), "lon": lon}, copy=False)]
    holes = np.array([20.0, float("nan")])

    assert {address(as_reports(frame), "lon") for frame in frames} == {lon.ctypes.data}
    assert (
        address(as_reports(pd.DataFrame({"report": ["a", "b"], "lon": holes}, copy=False)), "lon") == holes.ctypes.data
    )
    assert address(as_reports(arrow), "report") == address(arrow, "report")


def test_large_strings_and_other_zones_share_their_bytes():
    """Only the offsets of large strings are made anew; an instant is the same number in every zone."""
    there = pa.table({
        "report": pa.array(["a", "b"], pa.large_string()), "from": pa.array([0, 1], pa.timestamp("us", "Etc/GMT-2")),
    })  # fmt: skip
    taken = as_reports(there)

    assert taken.schema.field("report").type == pa.string()
    assert address(taken, "report") == address(there, "report")
    assert address(taken, "from") == address(there, "from")


def test_a_polars_frame(deal):
    """Views of strings, lists of them, categories, microseconds in UTC and whatever else travels along."""
    polars = pytest.importorskip("polars")
    frame = polars.DataFrame({**{name: [value] for name, value in POST.items()}, "lon": [20.5], "lat": [9.95028]})
    frame = frame.with_columns(
        polars.col("act").cast(polars.Categorical),
        maybe=polars.Series([["fire"]], dtype=polars.List(polars.Categorical)),
        release=polars.lit("public").cast(polars.Enum(["public"])), mine=polars.lit("as it was"), count_lo=float("nan"),
        told=polars.struct(polars.lit("x")), via=polars.Series([["a", "b"]], dtype=polars.Array(polars.String, 2)),
        raw=polars.lit(b"x"),
    )  # fmt: skip
    taken = as_reports(frame)

    assert {name: taken.schema.field(name).type for name in taken.column_names if name in REPORT_SCHEMA.names} == {
        name: REPORT_SCHEMA.field(name).type for name in taken.column_names if name in REPORT_SCHEMA.names
    }
    assert (taken["maybe"].to_pylist(), taken["count_lo"].to_pylist()) == ([["fire"]], [None])
    assert taken["via"].to_pylist() == [["a", "b"]]
    assert "collect()" in faults_of(frame.lazy())[0]
    assert verdicts(tl.check(deal, frame)) == [("report:1", "no_violation", "violation")]
    assert len(tl.explain(deal, frame, "report:1")) == 2  # the rows are filtered, with all that travels along


def test_a_pandas_frame(deal):
    """Strings of pandas 3, nanoseconds, categories, lists in objects, and an index called report."""
    frame = pd.DataFrame({name: [value] for name, value in POST.items()} | {"lon": [20.5], "lat": [9.95028]})
    frame = frame.astype({"from": "datetime64[ns, UTC]", "until": "datetime64[ns, UTC]", "act": "category"})

    assert frame.dtypes["report"] == "str"
    assert frame.dtypes["by"] == "object"
    assert verdicts(tl.check(deal, frame)) == [("report:1", "no_violation", "violation")]
    assert verdicts(tl.check(deal, frame.set_index("report"))) == [("report:1", "no_violation", "violation")]


def test_nan_is_not_stated():
    """NaN is never a number, a yes or an id, in pandas or elsewhere; a column of nothing states nothing."""
    nan = float("nan")
    cells = {"lon": [20.5, nan], "radius_m": [nan, nan], "lasting": [nan, 1.0], "count_lo": [nan, 3.0],
             "from": [nan, nan], "by": [nan, nan], "range_km": [1.5, nan]}  # fmt: skip
    wanted = {"lon": [20.5, None], "radius_m": [None, None], "lasting": [None, True], "count_lo": [None, 3],
              "from": [None, None], "by": [None, None], "range_km": [1.5, None]}  # fmt: skip
    frame = pd.DataFrame({"report": ["a", "b"], **cells})
    arrow = pa.table({"report": ["a", "b"], **{name: pa.array(cell) for name, cell in cells.items()}})

    for reports in (frame, arrow):
        taken = as_reports(reports)

        assert {name: taken[name].to_pylist() for name in cells} == wanted
        assert taken.schema.field("by").type == pa.list_(pa.string())


def test_a_post_whose_time_is_nan_is_undated(deal):
    """A missing time of pandas is a time that nobody states, and never the year 1970."""
    frame = pd.DataFrame({name: [value] for name, value in POST.items()} | {"lon": [20.5], "lat": [9.95028]})
    undated = frame.assign(**{"from": pd.Series([pd.NaT], dtype="datetime64[ns, UTC]")})

    assert not tl.check(deal, undated).batch.dated.any()
    assert not tl.check(deal, frame.assign(**{"from": float("nan")})).batch.dated.any()


def test_a_duckdb_relation(deal):
    """Enums, decimals, times with a zone; columns whose names are those of our own attributes are columns."""
    duckdb = pytest.importorskip("duckdb")
    with duckdb.connect() as session:
        session.execute("set timezone = 'Etc/GMT-2'")
        relation = session.sql(SQL.format(3))
        taken = as_reports(relation)
        found = verdicts(tl.check(deal, relation))

    assert taken["from"].to_pylist() == [NOON] * 3
    assert (taken["count_lo"].to_pylist(), taken["maybe"].to_pylist()) == ([3] * 3, [["fire"]] * 3)
    assert found == [(f"p:{number}", "no_violation", "violation") for number in range(3)]


def test_a_large_duckdb_result_comes_in_batches(deal):
    """All batches of a stream are judged, and each row once."""
    duckdb = pytest.importorskip("duckdb")
    with duckdb.connect() as session:
        reader = session.sql(SQL.format(30_000)).to_arrow_reader(4096)
        checked = tl.check(deal, reader)

    assert checked.reports.column("lon").num_chunks == 8
    assert pc.count_distinct(checked.findings["report"]).as_py() == len(checked.batch) == 30_000
    assert checked.summary.verdicts["pull_back", "north"]["violation"] == 30_000


def test_several_tables_of_several_kinds(deal, post):
    """What travels along joins if its types do; if not, both types are named."""
    other = post.set_column(0, "report", pa.array(["report:2"])).append_column("mine", pa.array([[1]]))
    frame = as_reports(other).select(["report", "mine"]).to_pandas()

    assert len(tl.check(deal, [post, frame]).batch) == 2
    assert [fault.partition(" ")[0] for fault in faults_of([other, pa.table({"report": ["a"], "mine": ["x"]})])] == [
        "reports:"
    ]


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        (pd.DataFrame({"report": ["a"], "mine": [object()]}), "reports: TL-E912 "),
        (pd.DataFrame([["a", "b"]], columns=["report", "report"]), "reports: TL-E912 Duplicate column names"),
        (pa.table([["a"], [1.0], [2.0]], names=["report", "lon", "lon"]), "column lon: TL-E912 several columns"),
        (pd.DataFrame({"report": ["a"], "by": ["Southbank Army"]}), "TL-E912 large_string is not list<item: string>; "),
        (pd.DataFrame({"report": ["a"], "from": pd.to_datetime(["2030-03-06"])}), "give times with a zone"),
    ],
)  # fmt: skip
def test_a_table_that_cannot_be_taken_says_why(wrong, said):
    """Objects, names that stand twice, words for lists and times without a zone are refused, with the remedy."""
    assert any(said in fault for fault in faults_of(wrong))


# ---- geometries --------------------------------------------------------------------------------------------------


def test_points_of_a_geodataframe(deal):
    """A point becomes lon and lat, and needs its radius; none, and an empty one, is a place that is not stated."""
    geopandas = pytest.importorskip("geopandas")
    rows = [{**POST, "report": f"r:{number}"} for number in range(4)]
    rows[3]["radius_m"] = None
    shapes = [THERE, None, shapely.Point(), THERE]
    frame = geopandas.GeoDataFrame(rows, geometry=shapes, crs=4326)
    frame["drawn"] = geopandas.GeoSeries(shapes, crs=4326).to_crs(3857)  # another geometry, and not the active one
    checked = tl.check(deal, frame)

    assert checked.reports["lon"].to_pylist() == [20.5, None, None, 20.5]
    assert verdicts(checked) == [
        ("r:0", "no_violation", "violation"),
        *((f"r:{number}", "indeterminate", "indeterminate") for number in (1, 2, 3)),
    ]  # fmt: skip
    assert tl.sweep(deal, frame, line="river", distances=["4 mi"]).table["sure"].to_pylist() == [1]


def test_polygons_of_a_geodataframe(deal):
    """A polygon is the region in which its report lies; equal polygons are one region; names of regions stay."""
    geopandas = pytest.importorskip("geopandas")
    rows = [{**POST, "report": f"r:{number}", "region": name} for number, name in enumerate(["x", None, None, "x"])]
    shapes = [DISTRICT, DISTRICT, shapely.MultiPolygon([DISTRICT]), THERE]
    frame = geopandas.GeoDataFrame(rows, geometry=shapes, crs="OGC:CRS84")
    checked = tl.check(deal, [tl.report(), frame])

    assert checked.reports["region"].to_pylist() == [None, "polygon#2", "polygon#2", "polygon#4", "x"]
    assert verdicts(checked)[1:4] == [(f"r:{number}", "no_violation", "no_violation") for number in range(3)]
    assert list(checked.setup.atlas.region_ids) == ["polygon#2", "polygon#4"]
    assert tl.explain(deal, frame, "r:1", reading="north")[0].verdict == "no_violation"


def test_a_geodataframe_without_geometries(deal):
    """Where no column is a geometry the table is read as any other."""
    geopandas = pytest.importorskip("geopandas")
    frame = geopandas.GeoDataFrame([{**POST, "lon": 20.5, "lat": 9.95028}])

    assert verdicts(tl.check(deal, frame)) == [("report:1", "no_violation", "violation")]


def test_regions_that_are_given_stand_beside_those_that_are_drawn(deal, tmp_path):
    """Regions of an argument and of files stay known; borders of different files are not taken to be shared."""
    ring = [[20.1, 9.8], [20.2, 9.8], [20.2, 9.9], [20.1, 9.8]]
    feature = {"type": "Feature", "id": "D1", "properties": {"report": "f:1"},
               "geometry": {"type": "Polygon", "coordinates": [ring]}}  # fmt: skip
    (tmp_path / "file.geojson").write_text(json.dumps({"type": "FeatureCollection", "features": [feature]}))
    read = tl.read_reports(tmp_path / "file.geojson")
    drawn = geometries([DISTRICT])
    own = tl.Regions(("mine",), read.regions.polygons, (0.0,), "own.geojson")

    assert handed(read)[1] is read.regions
    assert handed([read, drawn])[1].ids == (*read.regions.ids, "polygon#2")
    assert handed([read, drawn])[1].source == ""
    assert handed([read, drawn], own)[1].ids == ("mine", "polygon#2")
    assert handed(drawn)[1].ids == ("polygon#1",)
    assert handed(read, tl.Regions.empty())[1].ids == ()
    assert [len(one.regions) for one in [tl.check(deal, read).setup.atlas]] == [1]


def test_geometries_of_polars_and_duckdb(deal):
    """A column that says it is WKB in degrees of WGS 84 is a geometry, whoever carries it."""
    polars, duckdb = pytest.importorskip("polars"), pytest.importorskip("duckdb")
    table = geometries([THERE, None], encoding="ogc.wkb")
    frame = polars.DataFrame(geometries([THERE, None]))
    with duckdb.connect() as session:
        session.register("plain", table.drop_columns(["where"]).slice(0, 1))
        relation = session.sql("select *, 'POINT (20.5 9.95028)'::geometry('OGC:CRS84') as there from plain")
        found = verdicts(tl.check(deal, relation))

    assert found == [("r:0", "no_violation", "violation")]
    assert verdicts(tl.check(deal, frame)) == verdicts(tl.check(deal, table))
    assert verdicts(tl.check(deal, table))[:1] == found


def test_a_registered_type_of_geometries_is_read_alike():
    """Where a library has registered the type with Arrow, the column says the same in another way."""

    class Wkb(pa.ExtensionType):
        def __init__(self):
            super().__init__(pa.binary(), "geoarrow.wkb")

        def __arrow_ext_serialize__(self):
            return b'{"crs": "EPSG:4326"}'

        @classmethod
        def __arrow_ext_deserialize__(cls, _kind, _told):
            return cls()

    column = pa.ExtensionArray.from_storage(Wkb(), pa.array([shapely.to_wkb(THERE), None]))

    assert as_reports(pa.table({"report": ["a", "b"], "where": column}))["lon"].to_pylist() == [20.5, None]


def test_columns_go_before_geometries():
    """A table that has lon or lat says itself where its points are; its geometry travels along, in any system."""
    table = geometries([THERE], "EPSG:3857").append_column("lon", pa.array([1.0])).append_column("lat", pa.array([2.0]))
    taken, regions = handed(table)

    assert (taken["lon"].to_pylist(), regions.ids) == ([1.0], ())
    assert "where" in taken.column_names


@pytest.mark.parametrize("none", [[], [None], [shapely.Polygon()]])
def test_no_geometries_are_no_fault(none):
    """A table without rows, and rows without a geometry, are taken."""
    assert as_reports(geometries(none))["lon"].to_pylist() == [None] * len(none)


@pytest.mark.parametrize(
    ("table", "said"),
    [
        (geometries([THERE], "EPSG:3857"), "the coordinate system is EPSG:3857; give EPSG:4326: to_crs(4326)"),
        (geometries([THERE], {"name": "a grid"}), "the coordinate system is a grid; give EPSG:4326: to_crs(4326)"),
        (geometries([THERE], None), "the coordinate system is not stated; say it: set_crs(4326)"),
        (geometries([THERE], encoding="geoarrow.point"), "encoded as geoarrow.point; give them as WKB"),
        (geometries([THERE, b"no", b"no"]), "this is no WKB (row 2 and 1 more)"),
        (geometries([THERE, shapely.LineString([(0, 0), (1, 1)])]), "neither a point nor a polygon (row 2)"),
        (geometries([shapely.Polygon([(0, 0), (1, 1), (1, 0), (0, 1)])]), "the polygon cannot be used (row 1)"),
        (geometries([THERE, DISTRICT], edges="spherical"), "edges are spherical, not straight in lon/lat (row 2)"),
        (geometries([THERE]).append_column(geometries([THERE]).schema.field("where").with_name("too"),
         geometries([THERE])["where"]), "where, too: TL-E912 which of these geometries is the place is not said"),
    ],
)  # fmt: skip
def test_geometries_that_cannot_be_used_say_why(table, said):
    """Another system, another encoding, broken bytes, lines and crossed polygons are refused, row by row."""
    [fault] = faults_of(table)

    assert "TL-E912" in fault
    assert said in fault


@pytest.mark.parametrize("told", ["{", "[1]"])
def test_broken_metadata_state_no_system(told):
    """What cannot be read is not stated."""
    table = geometries([THERE])
    field = table.schema.field("where")
    broken = field.with_metadata({**field.metadata, b"ARROW:extension:metadata": told})

    assert "not stated" in faults_of(table.drop_columns(["where"]).append_column(broken, table["where"]))[0]


# ---- the page ----------------------------------------------------------------------------------------------------


def test_the_page_on_frames_runs_as_written(monkeypatch):
    """The snippets that need polars, DuckDB and geopandas do what the page says."""
    for name in ("polars", "duckdb", "geopandas"):
        pytest.importorskip(name)
    monkeypatch.chdir(ROOT)
    [snippet] = blocks(ROOT / "docs" / "howto" / "python.md", "py")
    names = {}
    exec(compile(snippet.text, str(snippet), "exec"), names)  # noqa: S102 - the page is ours

    assert names["counts"] == [("indeterminate", 1), ("no_violation", 1), ("violation", 1)]
    assert len(names["late"].batch) == 3
