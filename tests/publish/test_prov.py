"""W3C PROV: where a run and the verdicts on one report come from, read back by a reader that is not ours."""

import json
from functools import cache
from importlib.resources import files

import jsonschema
import pyarrow as pa
import pytest
from prov.model import (
    ProvActivity,
    ProvAgent,
    ProvAttribution,
    ProvCommunication,
    ProvDerivation,
    ProvDocument,
    ProvEntity,
    ProvGeneration,
    ProvSpecialization,
    ProvUsage,
)

from truceline.engines.explaining import explain_all
from truceline.engines.setup import prepare
from truceline.formats.terms_file import load_text
from truceline.publish.prov import entity, prov_bytes
from truceline.publish.prov_run import NamedFile, Ran, run_prov
from truceline.publish.prov_verdict import verdicts_prov
from world import TERMS, at, mirrored, reports, setup, spot, swapped

FILES = (NamedFile("terms", "toy.yaml", "a" * 64), NamedFile("reports", "reports.csv", "b" * 64, rows=2))
SECRETS = {"observer": "canary-observer", "source_identity": "canary-name", "source_identity_phone": "canary-phone"}
POST = {**spot(30_000.0, 2_500.0, 400.0), **at("2031-06-02T10:00"), "act": "position", "by": ["southbank_army"],
        "thing": "tank", "place": "the mill"}  # fmt: skip


def table(*rows, **columns):
    """Make a table of reports with further columns of words."""
    made = reports(*rows)
    for name, value in ({"origin": "a patrol", "observer": "canary-observer"} | SECRETS | columns).items():
        cells = value if isinstance(value, list) else [value] * made.num_rows
        made = made.append_column(name, pa.array(cells))
    return made.append_column("via", pa.array([["Agency", "Post"]] * made.num_rows, pa.list_(pa.string())))


def ran(held=None, **changes):
    """Give a run of the toy truce."""
    return Ran(held or setup(), **{"files": FILES, "version": "1.2.3"} | changes)


def about(row, held=None, **columns):
    """Write where the verdicts on one report come from."""
    made = ran(held)
    told = explain_all(made.setup, table(row, **columns), "r0")
    return verdicts_prov(made, told, [FILES[1]])


@cache
def post():
    """Give the document about the post of an army, as bytes."""
    return about(POST)


def read(data):
    """Read a document with the library of the W3C model."""
    return ProvDocument.deserialize(content=data.decode(), format="jsonld")


def pairs(document, kind):
    """List the two ends of all relations of a kind, by name."""
    return {tuple(str(end) for end in record.args[:2]) for record in document.get_records(kind)}


def said(document, name):
    """Give the attributes of what is called so, by their local names."""
    [record] = document.get_record(name)
    found = {}
    for key, value in record.attributes:
        found.setdefault(key.localpart, []).append(str(getattr(value, "value", value)))
    return found


def is_valid(data):
    """Hold a document against the JSON Schema of PROV-JSONLD, as the library ships it."""
    schema = json.loads((files("prov.tests") / "schemas" / "prov-jsonld.schema.json").read_text(encoding="utf-8"))
    jsonschema.validators.validator_for(schema)(schema).validate(json.loads(data))
    return True


@pytest.mark.parametrize("make", [lambda: run_prov(ran()), post], ids=["run", "verdicts"])
def test_others_read_it(make):
    """A document fits the schema of PROV-JSONLD, and a round through the library loses nothing."""
    document = read(make())

    assert is_valid(make())
    assert document == read(document.serialize(format="jsonld").encode())
    assert document.get_provn().count("truceline:") > 20


def test_a_run_names_its_files_and_its_software():
    """What was read and what was written has a hash; the check used it, and a program of a version did it."""
    written = (NamedFile("findings", "findings.csv", "c" * 64),)
    document = read(run_prov(ran(written=written, options={"since": "2031-05-01"})))
    check = said(document, "run:check")

    assert pairs(document, ProvUsage) == {("run:check", f"sha256:{'a' * 64}"), ("run:reading", f"sha256:{'b' * 64}")}
    assert pairs(document, ProvGeneration) == {(f"sha256:{'c' * 64}", "run:check")}
    assert {(f"sha256:{'c' * 64}", f"sha256:{one * 64}") for one in "ab"} <= pairs(document, ProvDerivation)
    assert pairs(document, ProvCommunication) == {("run:check", "run:reading")}
    assert check["option_since"] == ["2031-05-01"]
    assert said(document, "run:software")["version"] == ["1.2.3"]
    assert said(document, f"sha256:{'b' * 64}")["rows"] == ["2"]


def test_a_run_has_the_times_that_it_is_given():
    """Start and end come from the caller; without them the same run is the same bytes, and has no time."""
    timed = read(run_prov(ran(started="2031-07-01T10:00:00Z", ended="2031-07-01T10:00:02Z")))
    [check] = timed.get_record("run:check")

    assert check.get_startTime().isoformat() == "2031-07-01T10:00:00+00:00"
    assert check.get_endTime().isoformat() == "2031-07-01T10:00:02+00:00"
    assert run_prov(ran()) == run_prov(ran())
    assert b"Time" not in run_prov(ran())


def test_whatever_went_in_is_part_of_the_name_of_a_run():
    """Another file, option, version, day or time is another run; all that is called by the run is called otherwise."""
    known = prepare(setup().agreement, as_known="2031-05-15")
    other = (FILES[0], NamedFile("reports", "reports.csv", "d" * 64))
    runs = [ran(), ran(known), ran(files=other), ran(version="2"), ran(options={"only": "violation"}),
            ran(started="2031-07-01T10:00:00Z")]  # fmt: skip

    assert len({one.id for one in runs}) == len(runs)


def test_clauses_and_readings_rest_on_their_sources():
    """A clause is in the file of terms and rests on who said it; a reading has its holder, and its carriers between."""
    document = read(run_prov(ran()))
    came = pairs(document, ProvDerivation)

    assert said(document, "terms:provisions.halt")["words"] == ["The fire stops."]
    assert said(document, "terms:readings.northview")["holder"] == ["northbank"]
    assert ("terms:provisions.halt", f"sha256:{'a' * 64}") in came
    assert ("terms:provisions.halt", "terms:sources.s.text") in came
    assert ("terms:readings.northview", "terms:sources.s.north/via/1") in came
    assert ("terms:sources.s.north/via/1", "terms:sources.s.north") in came
    assert ("terms:sources.s.press", "terms:sources.s.north/via/1") in came
    assert ("terms:sources.s.north/via/1", "terms:by/Radio%20North") in pairs(document, ProvAttribution)


def test_nothing_comes_of_itself():
    """Sources that rest on each other are told as one after the other: PROV has no room for a circle."""
    circle = TERMS.replace("said: 2031-05-12, via: [Radio North]}", "said: 2031-05-12, of: [s.press]}")
    document = read(run_prov(ran(prepare(load_text(circle, "toy.yaml")))))
    above = {}
    for what, of in pairs(document, ProvDerivation):
        above.setdefault(what, set()).add(of)

    def reached(name, way=()):
        assert name not in way
        return all(reached(upper, (*way, name)) for upper in above.get(name, ()))

    assert circle != TERMS
    assert all(reached(name) for name in above)
    assert said(document, "terms:sources.s.press")


def test_a_verdict_rests_on_report_clause_and_reading():
    """Each verdict is an entity with its reasons, derived from the report, the clause, the reading and the measures."""
    document = read(post())
    verdict = "run:verdict/r0/behind%40south/northview"
    came = pairs(document, ProvDerivation)

    assert said(document, verdict)["verdict"] == ["no_violation"]
    assert said(document, verdict)["reasons"] == ["outside"]
    assert said(document, "run:verdict/r0/guns/text")["verdict"] == ["indeterminate"]
    assert {(verdict, of) for of in ("run:report/r0", "terms:provisions.behind", "terms:readings.northview",
                                     f"{verdict}/measure/1")} <= came  # fmt: skip
    assert (verdict, "run:check") in pairs(document, ProvGeneration)
    assert ("run:verdict/r0/halt/text", "terms:readings.text") not in came
    assert ("run:report/r0", f"sha256:{'b' * 64}") in came


def test_the_arithmetic_has_numbers_and_units():
    """Offsets, stations and limits are numbers whose names end in their unit, and sentences beside them."""
    document = read(post())
    measure = said(document, "run:verdict/r0/guns/text/measure/1")

    assert float(measure["offset_near_m"][0]) == pytest.approx(2_100.0, abs=0.01)
    assert float(measure["offset_far_m"][0]) == pytest.approx(2_900.0, abs=0.01)
    assert measure["surely_to_m"] == ["4828.032"]
    assert {"station_near_m", "station_far_m", "arithmetic", "truth"} <= set(measure)


def test_a_report_came_through_its_carriers():
    """Who said it first and who carried it are agents; the report comes of each account, and each account of it."""
    document = read(post())
    came = pairs(document, ProvDerivation)
    whose = pairs(document, ProvAttribution)

    assert ("run:report/r0", "run:report/r0/via/2") in came
    assert ("run:report/r0/via/1", "run:report/r0/origin") in came
    assert ("run:report/r0/origin", "run:by/a%20patrol") in whose
    assert ("run:report/r0/via/2", "run:by/Post") in whose
    assert said(document, "run:report/r0/via/2")["place_in_chain"] == ["2"]
    assert said(document, "run:report/r0")["place"] == ["the mill"]


def test_a_report_without_carriers_comes_of_its_origin():
    """Without carriers the report comes of what was said first; without an origin of its carriers alone."""
    made = ran()
    plain = table(POST).drop_columns("via")
    first = read(verdicts_prov(made, explain_all(made.setup, plain, "r0"), []))
    carried = read(about(POST, origin=None))

    assert ("run:report/r0", "run:report/r0/origin") in pairs(first, ProvDerivation)
    assert carried.get_record("run:report/r0/origin") == []
    assert ("run:report/r0", "run:report/r0/via/1") in pairs(carried, ProvDerivation)


def test_revisions_stand_behind_the_report():
    """Each row of the id is an entity with what differs in it, and says whether it was judged."""
    made = ran()
    rows = table(POST, {**POST, "act": "clash", "report": "r0"})
    told = explain_all(made.setup, rows, "r0")
    document = read(verdicts_prov(made, told, []))

    assert said(document, "run:report/r0/row/1") | {"label": [], "type": []} == {
        "label": [], "type": [], "act": ["position"], "judged": ["no"]
    }  # fmt: skip
    assert said(document, "run:report/r0/row/2")["judged"] == ["yes"]
    assert ("run:report/r0/row/1", "run:report/r0") in pairs(document, ProvSpecialization)


def test_who_observed_it_and_who_told_it_stay_behind():
    """No observer and no column of a source's identity is in a document, nor any column of the source."""
    assert b"canary" not in post()
    assert b"canary" not in about(POST, note="canary of the source")


def test_of_a_protected_report_nothing_is_told_but_the_verdict():
    """Its id, its verdicts and their reasons are told; no place, time, act, carrier, condition or measure."""
    hidden = about({**POST, "release": "protected", "place": "canary mill"}, origin="canary origin")
    document = read(hidden)
    report = said(document, "run:report/r0")

    assert b"canary" not in hidden
    assert set(report) == {"label", "type", "report", "release"}
    assert not any(
        word in hidden for word in (b"Agency", b"position", b"measure", b"truceline:condition", b"2031-06-02")
    )
    assert said(document, "run:verdict/r0/guns/text")["verdict"] == ["indeterminate"]
    assert {str(one.identifier) for one in document.get_records(ProvAgent) if "run:" in str(one.identifier)} == {
        "run:software"
    }


def test_swapping_the_sides_mirrors_it():
    """With names swapped and the ground mirrored the document is the same but for the sign of the latitude."""
    there = about({**POST, "lat": -POST["lat"], "by": ["northbank_army"]}, prepare(mirrored(TERMS)))
    upright = swapped(there.decode()).replace(f'"{-POST["lat"]}"', f'"{POST["lat"]}"')

    assert _sorted(upright) == _sorted(post().decode())
    assert b"northbank" in post()


def _sorted(text):
    """Sort the statements: sentences on both sides come in the order of the sides."""
    document = json.loads(text)
    return document["@context"], sorted(map(json.dumps, document["@graph"]))


def test_names_of_any_kind_are_identifiers():
    """Blanks, colons, quotes and letters of other scripts in an id are escaped, and come back by the label."""
    data = prov_bytes(
        [entity("run:a%20%22b", "Report", 'é "b"', note="x", none=None, empty="", many=())], {"run": "urn:x:"}
    )
    [found] = read(data).get_records(ProvEntity)

    assert is_valid(data)
    assert str(found.label) == 'é "b"'
    assert len(found.attributes) == 3


def test_an_activity_may_have_no_time():
    """The reading of reports has no times of its own: nobody says when within the run it was."""
    [reading] = read(run_prov(ran(started="2031-07-01T10:00:00Z"))).get_record("run:reading")

    assert isinstance(reading, ProvActivity)
    assert reading.get_startTime() is None
