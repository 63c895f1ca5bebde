"""`--prov FILE`: where a result comes from, beside the result."""

import hashlib
import json
from pathlib import Path

import pytest
from prov.model import ProvDocument

CHECK = "check terms.yaml reports.csv --prov run.jsonld"
EXPLAIN = "explain terms.yaml reports.csv --report b --prov b.jsonld"


@pytest.fixture(autouse=True)
def epoch(monkeypatch):
    """Tell every run the same time."""
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1900000000")


def graph(path):
    """Read a record: it is one for the library of the W3C model, and here by name."""
    data = Path(path).read_text(encoding="utf-8")
    assert ProvDocument.deserialize(content=data, format="jsonld").records
    return {each["@id"]: each for each in json.loads(data)["@graph"] if "@id" in each}


def sha256(path):
    """Hash a file as the record names it."""
    return f"sha256:{hashlib.sha256(Path(path).read_bytes()).hexdigest()}"


def test_a_check_records_its_files(run):
    """Terms, geometry, reports and what was written are there by their hash, with the options and the version."""
    result = run(f"{CHECK} -o findings.csv --only violation --since 2030-03-01 --zone UTC --sweep sweep.csv")
    found = graph("run.jsonld")

    assert result.exit_code == 0
    kinds = {name: found[sha256(name)]["type"] for name in
             ("terms.yaml", "map.geojson", "reports.csv", "findings.csv", "sweep.csv")}  # fmt: skip
    assert [kind for [kind] in kinds.values()] == [
        f"truceline:{name}File" for name in ("Terms", "Geometry", "Reports", "Findings", "Sweep")
    ]
    assert found["run:check"]["startTime"] == "2030-03-17T17:46:40Z"
    assert {key: found["run:check"][f"truceline:option_{key}"] for key in ("only", "since", "zone")} == {
        "only": [{"@value": "violation"}], "since": [{"@value": "2030-03-01"}], "zone": [{"@value": "UTC"}]
    }  # fmt: skip


def test_other_outputs_are_called_what_they_are(run):
    """The counts as a table, the page, and nothing at all where everything went to the screen."""
    kinds = []
    for out in ("counts.txt", "page.html", "-"):
        run(f"{CHECK} -o {out}")
        kinds += [each["type"][0] for each in graph("run.jsonld").values() if each["@type"] == "Entity"]

    made = ("truceline:CountsFile", "truceline:PageFile", "truceline:FindingsFile")
    assert [kind for kind in kinds if kind in made] == ["truceline:CountsFile", "truceline:PageFile"]


def test_a_device_cannot_be_read_again(run):
    """What goes to a device is not in the record, which is written all the same."""
    result = run(f"{CHECK} -o /dev/null --format csv")

    assert result.exit_code == 0
    assert not any("truceline:FindingsFile" in each.get("type", ()) for each in graph("run.jsonld").values())


def test_a_report_of_which_nothing_speaks_yet(run):
    """As known before anything was, no clause speaks of the report: the record has the files and the check."""
    terms = Path("terms.yaml").read_text(encoding="utf-8").replace("said: 2030-02-20", "said: 2030-05-20")
    Path("terms.yaml").write_text(terms, encoding="utf-8")
    result = run(f"{EXPLAIN} --as-known 2030-03-08")

    assert result.exit_code == 0
    assert sha256("reports.csv") in graph("b.jsonld")
    assert not any(name.startswith(("run:verdict", "run:report")) for name in graph("b.jsonld"))


def test_named_files_of_options_are_inputs(run):
    """A file of districts is an input as the reports are; a mapping file too."""
    Path("mapping.yaml").write_text("constants: {dataset: patrols}\n", encoding="utf-8")
    drawn = json.loads(Path("map.geojson").read_text(encoding="utf-8"))
    drawn["features"] = drawn["features"][1:]
    Path("districts.geojson").write_text(json.dumps(drawn), encoding="utf-8")
    run(f"{CHECK} --regions districts.geojson --mapping mapping.yaml --zone UTC")
    found = graph("run.jsonld")

    assert found[sha256("mapping.yaml")]["type"] == ["truceline:MappingFile"]
    assert found[sha256("districts.geojson")]["type"] == ["truceline:RegionsFile"]


def test_an_explanation_records_the_verdicts(run):
    """The verdict that is shown is in the record, and the report comes of the file in which it stands."""
    Path("more.csv").write_text("report,from,act\nz,2030-03-06,position\n", encoding="utf-8")
    result = run(f"{EXPLAIN} more.csv --reading north")
    data = json.loads(Path("b.jsonld").read_text(encoding="utf-8"))["@graph"]
    came = [each["usedEntity"] for each in data if each.get("generatedEntity") == "run:report/b"]

    assert "b, pull_back: ◆ violation under reading north" in result.stdout
    assert graph("b.jsonld")["run:verdict/b/pull_back/north"]["truceline:verdict"] == [{"@value": "violation"}]
    assert came == [sha256("reports.csv")]
    assert "run:verdict/b/pull_back/south" not in graph("b.jsonld")


def test_the_same_run_is_the_same_bytes(run, monkeypatch):
    """With the time stated twice the same call writes the same bytes; without it the clock is told."""
    run(EXPLAIN)
    first = Path("b.jsonld").read_bytes()
    run(EXPLAIN)

    assert Path("b.jsonld").read_bytes() == first
    monkeypatch.delenv("SOURCE_DATE_EPOCH")
    run(EXPLAIN)
    assert Path("b.jsonld").read_bytes() != first


@pytest.mark.parametrize(
    ("call", "code"),
    [("check terms.yaml reports.csv --prov -", "TL-E918"), ("check terms.yaml reports.csv --prov run.txt", "TL-E918"),
     ("check terms.yaml reports.csv --prov f.json --out f.json --format jsonl", "TL-E918"),
     ("check terms.yaml - --prov run.json", "TL-E916"), ("explain - reports.csv --report b --prov b.json", "TL-E916"),
     ("explain terms.yaml map.json --report b --prov map.json", "TL-E923")],
)  # fmt: skip
def test_what_does_not_go_together_is_refused(run, left, call, code):
    """A record is a file of its own, named as JSON, and rests on files; nothing is written otherwise."""
    Path("map.json").write_text("{}", encoding="utf-8")
    result = run(call)

    assert result.exit_code == 2
    assert code in result.stderr
    assert "--out" not in result.stderr
    assert left() == ["map.json"]
