"""The commands of a ledger: made, added to, signed, verified, withdrawn, erased, handed on."""

import json
import sqlite3
from contextlib import closing

import pytest

from truceline.store.vault import make_identity, save_identity

MORE = "report,from,lon,lat,radius_m,involved,by,act,reported,note\n"
CHANGED = MORE + "a,2030-03-05,20.5,9.97,100,Southbank Army,Southbank Army,position,2030-03-06,moved\n"
PROTECTED = (
    "report,from,lon,lat,radius_m,act,reported,release,source_identity_name,place\n"
    "p,2030-03-05,20.5,9.97,100,position,2030-03-06,protected,canary nurse,canary mill\n"
)


@pytest.fixture
def ledger(run, desk):
    """Make a ledger with the five reports of the desk in it."""
    assert run("init led --name northbank.example/led").exit_code == 0
    assert run("add reports reports.csv --ledger led --by desk --version 1 --dataset d").exit_code == 0
    return desk / "led"


def read(result):
    """Read what was printed as JSON."""
    assert result.exit_code in (0, 1), result.output
    return json.loads(result.stdout)


def tampered(folder, statement):
    """Change the database behind its back."""
    with closing(sqlite3.connect(folder / "ledger.sqlite")) as raw:
        for (name,) in raw.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall():
            raw.execute(f"DROP TRIGGER {name}")
        raw.execute(statement)
        raw.commit()


def test_from_beginning_to_end(run, ledger, desk):
    """Made, added to, added to again, corrected, withdrawn, erased: each says what it did, and all is verified."""
    again = run("add reports reports.csv --ledger led --by desk --version 1 --dataset d")
    (desk / "more.csv").write_text(CHANGED, encoding="utf-8")
    more = run("add reports more.csv --ledger led --by desk --dataset d --version 1")
    gone = run("retract report d:b --ledger led --why mistaken --by desk")
    erased = run("erase report d:c --ledger led --reason harm --by desk")
    verified = run("verify --ledger led")
    log, diff = run("log --ledger led").stdout, run("diff --ledger led").stdout

    assert "5 there already" in again.stdout
    assert "1 changed" in more.stdout
    assert (gone.exit_code, erased.exit_code, verified.exit_code) == (0, 0, 0)
    assert "1 record erased" in erased.stdout
    assert "copies, backups and archives" in erased.stderr
    assert "each is the one that was put down" in verified.stdout
    assert "retracted: mistaken" in log
    assert "d:c" not in log.replace("report:d:c", "")
    assert "    lat: 9.98 -> 9.97" in diff
    assert (ledger.with_suffix(".key")).exists()


def test_only_later_reports_are_added(run, desk):
    """With a day, earlier reports stay outside, and the import says how many; what has no such date takes no day."""
    run("init led --name northbank.example/led")
    (desk / "two.csv").write_text("report,from,act\nd:x,2030-03-01,clash\nd:y,2030-03-09,clash\n", encoding="utf-8")
    added = run("add reports two.csv --ledger led --by desk --zone UTC --since 2030-03-05")
    refused = run("add statements two.csv --ledger led --since 2030-03-05")
    log = run("log --ledger led --json").stdout

    assert "1 new" in added.stdout
    assert "d:y" in log
    assert "d:x" not in log
    assert refused.exit_code == 2
    assert "TL-E934" in refused.stderr


def test_verify_ends_with_1_and_names_the_first_bad_record(run, ledger):
    """After a change behind its back: 1, and the number of the record; with JSON too."""
    tampered(ledger, "UPDATE openings SET content = replace(content, '9.98', '9.99') WHERE seq = 1")
    plain, data = run("verify --ledger led"), run("verify --ledger led --json")

    assert (plain.exit_code, data.exit_code) == (1, 1)
    assert "is number 1, counted from 0" in plain.stdout
    assert (read(data)["intact"], read(data)["first_bad_record"]) == (False, 1)


def test_verify_against_a_head_and_a_key(run, ledger, desk):
    """A head that was kept and the key it was signed with: good ones fit, a rewritten ledger does not."""
    (desk / "head").write_bytes(run("log --ledger led --head").stdout_bytes)
    key = json.loads((ledger / "ledger.json").read_text(encoding="utf-8"))["keys"][0]
    good = read(run(["verify", "--ledger", "led", "--head", "head", "--public-key", key, "--json"]))
    other = run("init other --name northbank.example/led")

    assert (good["intact"], good["older_heads"]) == (True, ["head"])
    assert other.exit_code == 0
    assert run("verify --ledger other --head head").exit_code == 1


@pytest.mark.usefixtures("ledger")
def test_json_of_every_command(run, desk):
    """What is for programs is one value of JSON, or one on each line."""
    (desk / "more.csv").write_text(CHANGED, encoding="utf-8")
    added = read(run("add reports more.csv --ledger led --dataset d --version 1 --json"))
    status = read(run("status --ledger led --json"))
    log = [json.loads(line) for line in run("log --ledger led --json").stdout.splitlines()]
    diff = [json.loads(line) for line in run("diff --ledger led --json").stdout.splitlines()]

    assert added["rows"] == {"revised": 1}
    assert status["kinds"]["report"] == {"records": 6, "standing": 5}
    assert [line["index"] for line in log] == list(range(len(log)))
    assert [line["id"] for line in diff] == ["d:a"]
    assert read(run("verify --ledger led --json"))["records"] == len(log)


def test_the_environment_names_what_is_always_the_same(run, ledger, monkeypatch):
    """Ledger, key and name can stand in the environment."""
    monkeypatch.setenv("TRUCELINE_LEDGER", str(ledger))
    monkeypatch.setenv("TRUCELINE_KEY", f"{ledger}.key")
    monkeypatch.setenv("TRUCELINE_BY", "night shift")
    done = run("retract report d:a --why mistaken")

    assert done.exit_code == 0
    assert "by night shift" in run("log --last 1").stdout
    assert run("seal").exit_code == run("status").exit_code == 0


WRONG = {
    "add reports reports.csv --ledger none": 3, "status --ledger none": 3, "verify --ledger none": 3,
    "log --ledger none": 3, "diff --ledger none": 3, "seal --ledger none": 3, "migrate --ledger none": 3,
    "export --ledger none --out x.zip": 3, "erase report q --ledger none --reason harm --by x": 3,
    "retract report q --ledger none --why x --by x": 3, "rotate --ledger none --to new.key": 3,
    "init led": 3, "add things reports.csv --ledger led": 2, "add reports none.csv --ledger led": 3,
    "add reports terms.yaml --ledger led": 3, "add reports reports.csv --ledger led --key none.key": 3,
    "retract report d:zz --ledger led --why x --by x": 3, "retract import d:a --ledger led --why x --by x": 2,
    "retract report d:a --ledger led --by x": 2, "erase report d:zz --ledger led --reason harm --by x": 3,
    "erase report d:a --ledger led --reason whim --by x": 3, "erase rotation key --ledger led --reason harm --by x": 2,
    "diff --ledger led --since soon": 2, "diff --ledger led --until 2030-13-01": 2, "log --ledger led --as-known x": 2,
    "log --ledger led --proof 99": 3, "log --ledger led --last 0": 2, "log --ledger led --kind nonsense": 2,
    "verify --ledger led --head none": 2, "verify --ledger led --public-key x": 3,
    "verify --ledger led --identity none": 3, "rotate --ledger led": 2, "rotate --ledger led --to led.key": 3,
    "rotate --ledger led --to led/new.key": 2, "rotate --ledger led --recipient age1nobody": 3,
    "restore reports.csv again": 3, "restore none.zip again": 3, "init x --database mysql://host/x": 3,
    "init x --recipient age1nobody": 3, "init x --key x/in.key": 2, "seal --ledger led --key other.key": 3,
    "identity led.key": 3, "export --ledger led --out none/x.zip": 2,
}  # fmt: skip


@pytest.mark.usefixtures("ledger")
@pytest.mark.parametrize("line", WRONG)
def test_what_is_wrong_is_told(run, desk, line):
    """A wrong call ends with 2, a file that cannot be used with 3; one line each, no traceback; nothing is put down."""
    run("init other --name southbank.example/log")
    before = read(run("status --ledger led --json"))
    result = run(line)

    assert (result.exit_code, result.stdout) == (WRONG[line], "")
    assert "Traceback" not in result.stderr
    assert "TL-" in result.stderr or "Usage" in result.stderr
    assert read(run("status --ledger led --json")) == before
    assert not list(desk.rglob("*.part"))


def test_without_its_key_records_are_put_down_and_not_signed(run, ledger, desk):
    """That is said, and once the key is there they are signed."""
    (desk / "led.key").rename(desk / "away.key")
    (desk / "led.key.signed").rename(desk / "away.key.signed")
    (desk / "more.csv").write_text(CHANGED, encoding="utf-8")
    added = run("add reports more.csv --ledger led --dataset d --version 1")
    gone = run("retract report d:b --ledger led --why mistaken --by desk")
    status = run("status --ledger led").stdout
    sealed = run("seal --ledger led --key away.key")

    assert "TL-L072" in added.stderr
    assert (added.exit_code, gone.exit_code, sealed.exit_code) == (0, 0, 0)
    assert "not signed yet: run truceline seal" in status
    assert read(run("verify --ledger led --json"))["unsealed"] == 0
    assert ledger.exists()


def test_keys_change(run, ledger, desk):
    """Another key signs, and the old one no more; another identity opens, and the old one no more."""
    for name in ("one", "two"):
        save_identity(make_identity(), desk / f"{name}.age")
    recipients = [(desk / f"{name}.age").read_text(encoding="ascii").split()[3] for name in ("one", "two")]
    named = run(["rotate", "--ledger", "led", "--recipient", recipients[0]])
    (desk / "p.csv").write_text(PROTECTED, encoding="utf-8")
    added = run("add reports p.csv --ledger led --dataset d --version 1")
    changed = run(["rotate", "--ledger", "led", "--recipient", recipients[1], "--identity", "one.age"])
    turned = run("rotate --ledger led --to new.key --by desk")

    assert [one.exit_code for one in (named, added, changed, turned)] == [0, 0, 0, 0]
    assert "1 protected parts are closed" in changed.stdout
    assert read(run("verify --ledger led --identity two.age --json"))["opened"] == 1
    assert run("verify --ledger led --identity one.age").exit_code == 1
    assert run("seal --ledger led").exit_code == 3
    assert run("seal --ledger led --key new.key").exit_code == 0
    assert "canary" not in run("log --ledger led --json").stdout + run("diff --new --ledger led").stdout
    assert ledger.exists()


def test_a_ledger_goes_into_one_file_and_back(run, ledger, desk):
    """Restored it is verified, gives the same file, and the same findings; a pipe gives the same bytes."""
    assert run("export --ledger led --out led.zip").exit_code == 0
    restored = run("restore led.zip again")
    assert run("export --ledger again --out again.zip").exit_code == 0
    piped = run("export --ledger led --out -")
    ftm = run("export --ledger led --format ftm --out led.jsonl")

    assert "northbank.example/led: 7 records, verified: again" in restored.stdout
    assert (desk / "led.zip").read_bytes() == (desk / "again.zip").read_bytes() == piped.stdout_bytes
    assert run("restore led.zip again").exit_code == 3
    assert ftm.exit_code == 0
    assert all(json.loads(line) for line in (desk / "led.jsonl").read_text(encoding="utf-8").splitlines())
    assert run("migrate --ledger again").stdout.startswith("again/ledger.sqlite: step ")
    assert ledger.exists()


def test_an_identity_is_made(run, desk):
    """Its public half is printed, and its file is its owner's alone."""
    made = run("identity me.age")

    assert made.stdout.startswith("age1")
    assert (desk / "me.age").stat().st_mode & 0o777 == 0o600
    assert "AGE-SECRET" not in made.stdout + made.stderr
