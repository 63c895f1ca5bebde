"""One writer for many clients: none is lost, none refused, each in its order; and whoever waits is always told."""

import _thread
import threading
import time
from collections import defaultdict
from concurrent.futures import CancelledError

import pytest

from ledgers import made, protected, said
from truceline.errors import Fault, LedgerError
from truceline.store.ledger import Ledger
from truceline.store.ledger_check import check_ledger
from truceline.store.writer import WAITING, Writer

CLIENTS, EACH = 200, 5


def together(clients):
    """Run clients at once, and wait for them; give what they raised."""
    raised = []

    def run(client):
        try:
            client()
        except Exception as error:  # noqa: BLE001 - whatever it is, it is looked at
            raised.append(error)

    threads = [threading.Thread(target=run, args=(client,)) for client in clients]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)
    assert not any(thread.is_alive() for thread in threads)
    return raised


def test_two_hundred_clients(empty):
    """Each gets its receipts; every record is there once, those of one client in its order; few transactions do."""
    ledger, signer = empty
    receipts, delays = defaultdict(list), []

    def client(name, writer):
        for number in range(EACH):
            begin = time.monotonic()
            receipts[name] += writer.submit([said(f"c{name}:{number}:{each}") for each in range(2)]).result(timeout=60)
            delays.append(time.monotonic() - begin)

    with Writer(ledger, lambda: 0) as writer:
        raised = together([lambda name=name: client(name, writer) for name in range(CLIENTS)])
    ledger.seal(signer)
    there = {record.id: record.index for record in ledger.records()}
    orders = [[there[f"c{name}:{number}:{each}"] for number in range(EACH) for each in range(2)]
              for name in range(CLIENTS)]  # fmt: skip

    assert raised == []
    assert len(there) == ledger.size() == CLIENTS * EACH * 2
    assert all(order == sorted(order) for order in orders)
    assert all([one.index for one in receipts[name]] == orders[name] for name in range(CLIENTS))
    assert all(one.outcome == "added" for some in receipts.values() for one in some)
    assert max(delays) < 60
    assert check_ledger(ledger).intact


def test_writing_by_oneself_refuses_somebody(tmp_path, monkeypatch):
    """Control of the test above: many who write by themselves and do not wait for each other are refused."""
    monkeypatch.setattr("truceline.store.database._WAIT_S", 0)
    ledger, refused = made(tmp_path / "a")[0], []

    def client(name):
        for number in range(20):
            try:
                ledger.append([said(f"c{name}:{number}")], 0)
            except LedgerError as error:
                refused.append(error)

    together([lambda name=name: client(name) for name in range(20)])

    assert refused
    assert ledger.size() == 400 - len(refused)


@pytest.fixture
def slow(monkeypatch):
    """Hold every transaction until it is let go, and then let it go well or badly."""
    gate, errors, real = threading.Event(), [], Ledger.append

    def append(self, *args):
        assert gate.wait(timeout=60)
        if errors:
            raise errors[0]
        return real(self, *args)

    monkeypatch.setattr(Ledger, "append", append)
    return gate, errors


@pytest.mark.parametrize(
    "error", [LedgerError([Fault("x", "TL-L061", "the database says no", "mend it")]), MemoryError(), OSError(28, "x")]
)
def test_an_error_of_the_database_reaches_everybody(tmp_path, slow, error):
    """Who waits and who comes later are told the same; nobody waits for ever, and nothing is put down."""
    ledger, _ = made(tmp_path / "a")
    gate, errors = slow
    errors.append(error)
    with Writer(ledger, lambda: 0) as writer:
        answers = [writer.submit([said(f"q:{number}")]) for number in range(20)]
        gate.set()
        told = [answer.exception(timeout=60) for answer in answers]
        with pytest.raises(type(error)):
            writer.submit([said("q:late")]).result(timeout=60)

    assert all(one is error for one in told)
    assert ledger.size() == 0


def test_a_clock_that_fails_is_told(tmp_path):
    """The clock is asked by the writer: what it raises reaches the client, too."""
    ledger, _ = made(tmp_path / "a")
    with Writer(ledger, lambda: 1 // 0) as writer:
        assert isinstance(writer.submit([said("q:1")]).exception(timeout=60), ZeroDivisionError)


def test_a_bad_draft_is_its_own_clients_fault_alone(tmp_path, slow):
    """Beside it others are put down; the writer goes on."""
    ledger, _ = made(tmp_path / "a")
    gate, _ = slow
    drafts = [said("q:1"), said("q:2", lon=3.5), protected("p:1"), said("bad\ud800"), said("q:3")]
    with Writer(ledger, lambda: 0) as writer:
        answers = [writer.submit([draft]) for draft in drafts]
        gate.set()
        codes = [error and error.faults[0].code for error in (one.exception(timeout=60) for one in answers)]
        last = writer.submit([said("q:4")]).result(timeout=60)

    assert codes == [None, "TL-L003", "TL-L041", "TL-L003", None]
    assert last[0].outcome == "added"
    assert ledger.size() == 3


def test_closing_answers_everybody(tmp_path, slow):
    """What waits at the end is put down; who comes after is told; closing twice is nothing."""
    ledger, _ = made(tmp_path / "a")
    gate, _ = slow
    writer = Writer(ledger, lambda: 0)
    answers = [writer.submit([said(f"q:{number}")]) for number in range(50)]
    threading.Timer(0.1, gate.set).start()
    writer.close()
    writer.close()

    assert all(answer.done() and answer.result()[0].put_down for answer in answers)
    with pytest.raises(LedgerError, match="TL-L074"):
        writer.submit([said("q:99")])


def test_who_takes_back_a_request_stops_nobody(tmp_path, slow):
    """A request that was cancelled while it waited is not put down; those before and behind it are."""
    ledger, _ = made(tmp_path / "a")
    gate, _ = slow
    with Writer(ledger, lambda: 0) as writer:
        first = writer.submit([said("q:1")])
        time.sleep(0.05)  # it is at work on the first by now
        second, third = (writer.submit([said(f"q:{number}")]) for number in (2, 3))
        assert second.cancel()
        gate.set()
        third.result(timeout=60)

    assert first.result()[0].index == 0
    assert [record.id for record in ledger.records()] == ["q:1", "q:3"]
    with pytest.raises(CancelledError):
        second.result()


def test_too_much_waiting_is_waited_for(tmp_path, slow):
    """More requests than there is room for: the clients wait, and all are put down."""
    ledger, _ = made(tmp_path / "a")
    gate, _ = slow
    answers = []
    with Writer(ledger, lambda: 0) as writer:
        writer.submit([said("q:first")])
        time.sleep(0.05)  # it is at work on it by now, and takes no more
        client = threading.Thread(
            target=lambda: answers.extend(writer.submit([said(f"q:{one}")]) for one in range(WAITING + 50))
        )
        client.start()
        time.sleep(0.2)
        waiting = client.is_alive()
        gate.set()
        client.join(timeout=60)

    assert waiting
    assert [answer.result()[0].index for answer in answers] == list(range(1, WAITING + 51))


def test_an_interrupt_leaves_nothing_hanging(tmp_path, slow):
    """Ctrl-C while an answer is waited for: the block ends, all are answered, and the thread is gone."""
    ledger, _ = made(tmp_path / "a")
    gate, _ = slow
    answers = []

    def interrupted():
        with Writer(ledger, lambda: 0) as writer:
            answers.extend(writer.submit([said(f"q:{number}")]) for number in range(9))
            threading.Timer(0.1, _thread.interrupt_main).start()
            threading.Timer(0.3, gate.set).start()
            answers[0].result(timeout=60)
            time.sleep(60)

    with pytest.raises(KeyboardInterrupt):
        interrupted()

    assert all(answer.done() for answer in answers)
    assert not [thread for thread in threading.enumerate() if thread.name == "ledger-writer" and thread.is_alive()]
    assert ledger.size() == 9


def test_no_drafts_are_no_records(tmp_path):
    """An empty request is answered with nothing."""
    ledger, _ = made(tmp_path / "a")
    with Writer(ledger, lambda: 0) as writer:
        assert writer.submit([]).result(timeout=60) == []


def test_what_waits_is_cut_into_transactions(tmp_path, slow, monkeypatch):
    """Not more than so many drafts go together; after an error all that still waits is told the same."""
    monkeypatch.setattr("truceline.store.writer.TOGETHER", 3)
    ledger, _ = made(tmp_path / "a")
    gate, errors = slow
    errors.append(LedgerError([Fault("x", "TL-L061", "the database says no", "mend it")]))
    with Writer(ledger, lambda: 0) as writer:
        answers = [writer.submit([said(f"q:{number}"), said(f"r:{number}")]) for number in range(9)]
        gate.set()
        told = [answer.exception(timeout=60) for answer in answers]

    assert told == errors * 9
