"""FollowTheMoney statements: rows that their model accepts, and nothing of what is protected."""

import json
import re
from collections import Counter
from pathlib import Path

import pytest

from truceline.evidence.record import Record
from truceline.formats.ftm import ftm_statements
from truceline.formats.ftm_rows import LONGEST, Entity, Fact, clean, date_of, language_of, rows_of

MODEL = json.loads((Path(__file__).parents[1] / "data" / "ftm" / "model.json").read_text(encoding="utf-8"))
REPORT = {
    "from": "2031-05-01T22:00:00.000000Z", "until": "2031-05-02T22:00:00.250000Z", "lon": "20.5", "lat": "9.9",
    "radius_m": "500", "place": "the mill; at the ford", "involved": ["Northbank Army", "Southbank Army"],
    "by": ["Southbank Army"], "act": "clash", "thing": "mortar", "maybe": ["presence"], "count_lo": "2",
    "origin": "a patrol", "via": ["Agency", "Gazette"], "observer": "canary", "source_identity": "canary",
    "grade": "B2", "release": "public", "note": "their own",
}  # fmt: skip
SAID = {
    "id": "n-1", "person": "Ada North", "office": "minister", "body": "Northbank", "chain": "named>Agency>Gazette",
    "category": "CONCEDE", "stance": "offers", "modes": "future", "polarity": "negative", "hedge": "reportedly",
    "fact": "no post will stay", "said": "2031-05-01", "published": "2031-05-02T10:00+02:00", "retrieved": "2031-06",
    "language": "de", "quote": "kein Posten bleibt", "sha256": "0" * 64, "url": "https://gazette.example/1",
    "value": "5 km",
}  # fmt: skip


def record(kind, body, index=0, name="q:1", **more):
    """Make a record, put down so many days after the first one."""
    return Record(index, kind, name, more.pop("revision", 1), index * 86_400_000_000, body, **more)


def told(*records, **more):
    """Give the rows as triples (schema, property, value), without the ids of entities."""
    rows = list(ftm_statements(records, **more))
    return [(row["schema"], row["prop"], row["value"]) for row in rows if row["prop"] != "id"]


def values(rows, schema, prop):
    """List the values of one property."""
    return [value for kind, name, value in rows if (kind, name) == (schema, prop)]


def test_a_report_is_an_event():
    """What an Event has a property for is carried over, and nothing else: no coordinate, count or attribution."""
    rows = told(record("report", REPORT))

    assert [(prop, value) for schema, prop, value in rows if schema == "Event" and prop != "involved"] == [
        ("name", "q:1"), ("recordId", "q:1"), ("startDate", "2031-05-01T22:00:00"), ("endDate", "2031-05-02T22:00:01"),
        ("location", "the mill, at the ford"), ("keywords", "clash"), ("keywords", "mortar"), ("publisher", "Agency"),
        ("publisher", "Gazette"),
    ]  # fmt: skip
    assert sorted(values(rows, "LegalEntity", "name")) == ["Northbank Army", "Southbank Army"]
    assert len(values(rows, "Event", "involved")) == 2


def test_the_words_as_they_came_are_kept():
    """A value that their types write otherwise has the original beside it, and any other has none."""
    rows = list(ftm_statements([record("report", REPORT)]))

    assert {row["original_value"] for row in rows} == {None, "the mill; at the ford"}


def test_a_statement_is_an_article():
    """What was said is an Article: no Event, for it may deny, demand or forecast; its keywords say which."""
    rows = told(record("statement", SAID))

    assert [(prop, value) for schema, prop, value in rows if schema == "Article"] == [
        ("title", "no post will stay"), ("authoredAt", "2031-05-01"), ("publishedAt", "2031-05-02T08:00:00"),
        ("retrievedAt", "2031-06"), ("publisher", "Gazette"), ("sourceUrl", "https://gazette.example/1"),
        ("language", "deu"), ("keywords", "CONCEDE"), ("keywords", "offers"), ("keywords", "future"),
        ("keywords", "negative"), ("keywords", "reportedly"), ("description", "kein Posten bleibt"),
    ]  # fmt: skip
    assert values(rows, "Person", "position") == ["minister"]
    assert values(rows, "Documentation", "role") == ["speaker"]
    assert values(rows, "UnknownLink", "role") == ["minister"]
    assert "Event" not in {schema for schema, _, _ in rows}


def test_only_the_quote_has_a_language():
    """The language is that of the source; the fact is told in words of whoever recorded it."""
    rows = list(ftm_statements([record("statement", SAID)]))

    assert [(row["prop"], row["lang"]) for row in rows if row["lang"]] == [("description", "deu")]


@pytest.mark.parametrize(
    ("speaker", "links", "names"),
    [({"body": "Northbank"}, ["speaker"], ["Northbank"]),
     ({"body": "Northbank", "description": "official"}, ["official (unnamed)"], ["Northbank"]),
     ({"description": "official"}, [], []), ({}, [], []),
     ({"person": "Ada North"}, ["speaker"], ["Ada North"])],
)  # fmt: skip
def test_speakers_are_who_is_named(speaker, links, names):
    """Who has no name becomes no person: an unnamed official leads to the body alone, or to nobody."""
    body = {"chain": "?>Agency", "stance": "states", "outlet": "Herald", **speaker}
    rows = told(record("statement", body))

    assert values(rows, "Documentation", "role") == links
    assert [value for schema, prop, value in rows if prop == "name"] == names
    assert values(rows, "Article", "publisher") == ["Herald"]
    assert values(rows, "Article", "title") == ["q:1"]


def test_a_sheet_of_another_layout_is_read_as_from_its_file():
    """A statement whose row came from a sheet with `stmt_id` is read by the same reader."""
    sheet = {"stmt_id": "ss-1", "date": "2031-05-01", "outlet": "Herald", "kind": "demand", "speaker": "Ada North",
             "speaker_affil": "Northbank", "chain": "named>Herald"}  # fmt: skip
    rows = told(record("statement", sheet))

    assert values(rows, "Article", "keywords") == ["demands"]
    assert values(rows, "Person", "name") == ["Ada North"]


def test_every_row_fits_their_model():
    """Each schema has the property, each reference leads to an entity of the right kind, what is required is there."""
    rows = list(ftm_statements([record("report", REPORT), record("statement", SAID, 1, "n-1")]))
    kinds = {row["entity_id"]: row["schema"] for row in rows}
    seen = {(row["entity_id"], row["prop"]) for row in rows}
    for row in rows:
        model = MODEL["schemata"][row["schema"]]
        kind, _, reach = model["properties"].get(row["prop"], "entity").partition(" ")
        assert row["prop"] == "id" or row["prop"] in model["properties"]
        assert len(row["value"]) <= MODEL["longest"][kind]
        assert not reach or reach in MODEL["schemata"][kinds[row["value"]]]["is"]
        assert all((row["entity_id"], needed) in seen for needed in model["required"])
        assert re.fullmatch("[0-9a-zA-Z]([0-9a-zA-Z.-]*[0-9a-zA-Z])?", row["entity_id"])

    assert {row["schema"] for row in rows} == set(MODEL["schemata"])


def test_a_statement_has_the_id_that_they_give_it():
    """Members, their order and the id are those of statements that the library of the model wrote."""
    for theirs in MODEL["statements"]:
        fact = Fact(theirs["prop"], "string", theirs["value"], theirs["lang"])
        [_, ours] = rows_of(Entity(theirs["entity_id"], theirs["schema"], (fact,)), theirs["dataset"], None)

        assert ours == theirs | {"first_seen": None, "last_seen": None}
    assert next(iter(next(ftm_statements([record("report", REPORT)])))) == "canonical_id"


def test_limits_are_theirs():
    """The longest values and the languages are those of the model."""
    known = {language_of(code) for code in MODEL["languages"]}

    assert dict(LONGEST) == MODEL["longest"]
    assert known - {None} <= set(MODEL["languages"])
    assert set(MODEL["languages"]) - known == {"cnr", "fil", "mul"}


def test_the_newest_revision_counts():
    """What was corrected is gone; what still stands was first seen when the unbroken run of it began."""
    bodies = [{"act": act, "place": place} for act, place in (("fire", "ford"), ("clash", "mill"), ("fire", "mill"))]
    records = [record("report", body, number, revision=number + 1) for number, body in enumerate(bodies)]
    rows = {row["prop"]: row for row in ftm_statements(records)}

    assert (rows["keywords"]["value"], rows["keywords"]["first_seen"]) == ("fire", "1970-01-03T00:00:00")
    assert (rows["location"]["value"], rows["location"]["first_seen"]) == ("mill", "1970-01-02T00:00:00")
    assert rows["name"]["first_seen"] == "1970-01-01T00:00:00"
    assert {row["last_seen"] for row in rows.values()} == {"1970-01-03T00:00:00"}
    assert rows["keywords"]["origin"] == "report q:1 revision 3"


def test_a_name_in_several_records_is_one_entity():
    """It comes last, once, seen from the first to the last of the records that speak of it, whichever came first."""
    body = {"involved": ["Northbank Army"], "release": "public"}
    records = [record("report", body, 5, "q:2"), record("report", body, 3, "q:1"), record("report", body, 9, "q:3")]
    rows = [row for row in ftm_statements(records) if row["schema"] == "LegalEntity"]

    assert [(row["prop"], row["first_seen"], row["last_seen"]) for row in rows] == [
        (prop, "1970-01-04T00:00:00", "1970-01-10T00:00:00") for prop in ("id", "name")
    ]
    assert {row["origin"] for row in rows} == {None}


def test_rows_of_an_entity_follow_each_other():
    """Their tool rolls up rows that stand together: no entity begins twice."""
    rows = ftm_statements([record("report", REPORT), record("report", REPORT, 1, "q:2"), record("statement", SAID, 2)])
    names = [row["canonical_id"] for row in rows]
    begun = [name for name, before in zip(names, [None, *names], strict=False) if name != before]

    assert len(begun) == len(set(begun))


@pytest.mark.parametrize(
    ("row", "reason"),
    [(record("report", REPORT | {"release": "protected"}), "protected"),
     (record("report", REPORT | {"release": "secret"}), "protected"),
     (record("report", {"act": "canary"}, sealed="ab" * 32), "protected"),
     (record("statement", SAID | {"release": "protected"}), "protected"),
     (record("statement", {"stance": "states"}, sealed="ab" * 32), "protected"),
     (record("report", REPORT, given=False), "retracted"),
     (record("statement", {"chain": "?>Agency"}), "unreadable"),
     (record("judgement", {"kind": "same"}), "judgement"), (record("region", {}), "region")],
)  # fmt: skip
def test_what_is_left_out_is_counted(row, reason):
    """Protected, retracted and unreadable records and those of other kinds give no row, and are counted by reason."""
    left_out = Counter()

    assert told(row, left_out=left_out) == []
    assert left_out == {reason: 1}


def test_of_a_record_with_sealed_fields_the_rest_is_handed_on():
    """A public report keeps its public fields, and the sealed ones are counted; no canary comes through."""
    left_out = Counter()
    rows = list(ftm_statements([record("report", REPORT, sealed="ab" * 32)], left_out=left_out))

    assert left_out == {"sealed": 1}
    assert rows
    assert "canary" not in json.dumps(rows)
    assert "ab" * 32 not in json.dumps(rows)


def test_before_it_was_released_nothing_was_seen():
    """A report that became public is dated from then, not from when it was put down as protected."""
    hidden = record("report", REPORT | {"release": "protected"})
    rows = list(ftm_statements([hidden, record("report", REPORT, 1, revision=2)]))

    assert {row["first_seen"] for row in rows} == {"1970-01-02T00:00:00"}


@pytest.mark.parametrize("dataset", ["", "River log", "river-log", "_log", "Log"])
def test_a_data_set_has_a_name_of_theirs(dataset):
    """A name that their tools would refuse is refused here."""
    with pytest.raises(ValueError, match="is no name for a data set"):
        next(ftm_statements([], dataset=dataset))


@pytest.mark.parametrize(
    ("words", "date"),
    [("2031", "2031"), ("2031-05", "2031-05"), ("2031-05-01", "2031-05-01"),
     ("2031-05-01T10:00+02:00", "2031-05-01T08:00:00"), ("2031-05-01T10:00", None),
     ("2031-05-01/07", None), ("spring", None), ("0001-01-01T00:00+14:00", None)],
)  # fmt: skip
def test_dates_are_bare_or_instants(words, date):
    """Their dates have no zone and no range: what is neither a bare date nor an instant is left out."""
    assert date_of(words) == date


@pytest.mark.parametrize(
    ("kind", "words", "value"),
    [("string", " a\x00b ", "ab"), ("string", " ", None), ("name", "x" * 385, None), ("url", "ftp://a.example", None),
     ("url", "https://a.example/1", "https://a.example/1"), ("url", "https://a example", None),
     ("text", "a\nb", "a\nb"), ("address", "a ,, b", "a , b")],
)  # fmt: skip
def test_values_are_as_their_types_write_them(kind, words, value):
    """Control characters go, blanks of names and places become one, and what is too long or no address is left out."""
    assert clean(kind, words) == value


def test_a_value_that_their_types_do_not_take_is_left_out():
    """An address of the web that is none is left out and counted, and the rest of the statement is handed on."""
    left_out = Counter()
    rows = told(record("statement", SAID | {"url": "see the paper"}), left_out=left_out)

    assert values(rows, "Article", "sourceUrl") == []
    assert values(rows, "Article", "title") == ["no post will stay"]
    assert left_out == {"value": 1}
