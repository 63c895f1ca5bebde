"""What was known on a day stays as it was, whatever comes later."""

import hashlib
import os

import pyarrow.parquet as pq
import pytest
from typer.testing import CliRunner

from ledgers import DAY, made, mixed, said, seeded
from truceline.api.ledger_views import bodies, reports_in
from truceline.cli.main import app
from truceline.evidence.record import Draft
from truceline.store.ledger_check import check_ledger

TORTURE = bool(os.environ.get("TRUCELINE_TORTURE"))
LATER = 100_000 if TORTURE else 3_000
ANSWERS = 1_000
"""Frozen answers: of all kinds and days together."""
DAYS = 327
"""Days of the ledger; each is asked for three kinds of things, and some for findings."""

CHECKED = range(10, 300, 15)
"""Days of which a check is made."""

TERMS = """\
truceline: 1
agreement: {id: river-truce, title: River truce, class: cessation, zone: Etc/GMT-2}
instruments: {pact: {title: Pact, signed: 1970-01-01, in_force: 1970-01-02T00:00+02:00, text: public}}
parties: {northbank: {role: signatory}, southbank: {role: signatory}}
actors: {southbank_army: {of: southbank, also: [Southbank Army]}}
lines:
  river: {title: the river, plus: south, geometry: {coordinates: [[20.0, 10.0], [21.0, 10.0]]}, edges: lonlat}
provisions:
  pull_back:
    {who: southbank_army, what: presence, where: {line: river, away: 3 mi}, at_most: 0, under: pact, source: s.pact}
sources:
  s.pact: {by: [Northbank, Southbank], said: 1970-01-01, kind: primary}
"""


def post(number, chance, **more):
    """Report a post near the river on a day."""
    return said(
        f"p:{number % 60}", "position", lon=repr(20.5 + chance.random() / 9), lat=repr(9.96 - chance.random() / 20),
        radius_m="100.0", by=["Southbank Army"], involved=["Southbank Army"], reported="1970-01-05T00:00:00.000000Z",
        **{"from": "1970-01-05T00:00:00.000000Z", "until": "1970-01-06T00:00:00.000000Z", **more},
    )  # fmt: skip


def drafts(chance, count):
    """Draft posts, and what else comes to a desk; an exact report of each number, late or corrected or withdrawn."""
    for number, draft in enumerate(mixed(chance, count, ids=12)):
        if draft.kind == "report":
            given = chance.random() > 0.1
            body = post(number, chance).body
            yield Draft("report", f"p:{chance.randrange(16)}", body, given=given, why="" if given else "x", by="desk")
        else:
            yield draft


def hashed(parts):
    """Hash what was answered, byte for byte."""
    digest = hashlib.sha256()
    for part in parts:
        digest.update(repr(part).encode() + b"\n")
    return digest.hexdigest()


def day_of(ledger, kind, day):
    """Answer what stood of a kind at the end of a day, as it is stored."""
    return hashed(ledger.standing_contents(kind, ledger.size(day * DAY)))


def findings(ledger, terms, day):
    """Answer what a check finds in what was known at the end of a day."""
    line = f"check {terms} {ledger.folder} --format jsonl --as-known 1970-{1 + day // 28:02}-{1 + day % 28:02}"
    done = CliRunner().invoke(app, line.split())
    return hashed([done.exit_code, done.stdout])


def table_of(ledger, day):
    """Answer with the table of reports of a day that a check streams."""
    found = reports_in(ledger.folder, day * DAY)
    return hashed(pq.read_table(found.path).to_pylist())


def frozen(ledger, terms):
    """Ask the thousand questions; of PostgreSQL, which is slow to answer many small ones, a few of them."""
    days, kinds = range(0, DAYS, 1 if ledger.database.is_file else 24), ("report", "statement", "judgement")
    stood = {f"{kind} {day}": day_of(ledger, kind, day) for kind in kinds for day in days}
    checked = CHECKED if ledger.database.is_file else CHECKED[::5]
    found = {f"check {day}": findings(ledger, terms, day) for day in checked}
    return stood | found


@pytest.fixture
def old(empty):
    """Fill a ledger over a year; what comes on the last day is put down at once."""
    ledger, signer = empty
    for day, draft in enumerate(drafts(seeded(11), DAYS)):
        ledger.append([draft], day * DAY + 5)
    return ledger, signer


@pytest.mark.slow
def test_a_thousand_answers_do_not_change(old, tmp_path):
    """Late, corrected and withdrawn records in random order: every frozen answer is the same, byte for byte."""
    ledger, signer = old
    terms, chance = tmp_path / "terms.yaml", seeded(12)
    terms.write_text(TERMS, encoding="utf-8")
    before = frozen(ledger, terms)
    tables, now = [table_of(ledger, day) for day in (40, 200)], day_of(ledger, "report", 400)
    later = list(drafts(chance, LATER))
    chance.shuffle(later)
    for at in range(0, LATER, 500):
        ledger.append(later[at : at + 500], chance.randrange(400 * DAY))  # the clock is wrong, too
    ledger.seal(signer)
    after = frozen(ledger, terms)

    assert len(before) == (ANSWERS + 1 if ledger.database.is_file else 46)
    assert len(set(before.values())) > len(before) // 4
    checked = [answer for name, answer in before.items() if name.startswith("check")]
    assert len(set(checked)) == len(checked) > 3
    assert [name for name in before if before[name] != after[name]] == []
    assert tables == [table_of(ledger, day) for day in (40, 200)]
    assert day_of(ledger, "report", 400) != now
    assert check_ledger(ledger).intact


def published(ledger, day):
    """Answer as one would who goes by when a report was published: the mistake that this page is about."""
    found = [record for record in ledger.standing("report")
             if str(record.body["reported"]) < f"1970-{1 + day // 28:02}-{1 + day % 28:02}"]  # fmt: skip
    return hashed(sorted((record.id, sorted(map(str, record.body.items()))) for record in found))


def test_going_by_the_day_of_publishing_changes_answers(tmp_path):
    """Control of the test above: by `reported` instead of by when it was put down, late reports change old answers."""
    ledger, _ = made(tmp_path / "a")
    for day, draft in enumerate(drafts(seeded(11), 60)):
        ledger.append([draft], day * DAY)
    before = published(ledger, 30), day_of(ledger, "report", 30)
    ledger.append(list(drafts(seeded(12), 60)), 60 * DAY)
    after = published(ledger, 30), day_of(ledger, "report", 30)

    assert before[0] != after[0]
    assert before[1] == after[1]


def test_statements_as_they_stood(tmp_path):
    """The rows of statements of a day are those that stood at its end, in words, and nothing that came later."""
    ledger, _ = made(tmp_path / "a")
    for day, act in enumerate(["clash", "presence"]):
        ledger.append([Draft("statement", "s:1", {"act": act})], day * DAY)

    assert bodies(ledger, "statement", DAY) == ({"act": "clash"},)
    assert bodies(ledger, "statement") == ({"act": "presence"},)
    assert bodies(ledger, "statement", 0) == ()
