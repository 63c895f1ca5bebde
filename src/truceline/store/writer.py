"""One writer for many clients: what waits is put down together, in one transaction with one sync of the disk.

Each client is answered once its records are on the disk, and not before. What one client hands in is put down in that
order. Where too much waits, a client waits too; nothing is refused, and nothing is dropped.
"""

from __future__ import annotations

import queue
from collections.abc import Callable, Sequence
from concurrent.futures import Future
from threading import Lock, Thread
from types import TracebackType
from typing import Final, Self

from truceline.errors import Fault, LedgerError
from truceline.evidence.record import Draft
from truceline.store.appending import Hiding, Receipt
from truceline.store.ledger import Ledger

__all__ = ["Writer"]

WAITING: Final = 1_000
"""How many requests may wait; the next client waits until there is room."""
TOGETHER: Final = 5_000
"""Drafts that are put down in one transaction, about: a request is never cut."""

_Request = tuple[tuple[Draft, ...], "Future[list[Receipt]]"]


class Writer:
    """Puts records down for many threads at once; use it in a `with` block, which ends when all are answered.

    If the disk or the database says no, those whose records were in that transaction are told, and the writer stops:
    whoever comes later is told the same. Open the ledger anew, look at what is there, and go on.
    """

    def __init__(self, ledger: Ledger, clock: Callable[[], int], hiding: Hiding | None = None) -> None:
        """Begin to take requests.

        Parameters
        ----------
        ledger : Ledger
        clock : callable
            Gives the time, in microseconds since 1970 UTC.
        hiding : Hiding, optional
            How protected parts are sealed.
        """
        self._ledger, self._clock, self._hiding = ledger, clock, hiding
        self._requests: queue.Queue[_Request | None] = queue.Queue(WAITING)
        self._door = Lock()
        self._closed = False
        self._broken: Exception | None = None
        self._thread = Thread(target=self._work, name="ledger-writer", daemon=True)
        self._thread.start()

    def submit(self, drafts: Sequence[Draft]) -> Future[list[Receipt]]:
        """Hand drafts in; the answer holds their receipts, once they are on the disk, or the error.

        Raises
        ------
        LedgerError
            TL-L074, if the writer was closed or had to stop.
        """
        answer: Future[list[Receipt]] = Future()
        with self._door:
            if self._closed or self._broken:
                raise self._broken or _stopped(self._ledger)
            self._requests.put((tuple(drafts), answer))
        return answer

    def close(self) -> None:
        """Put down what waits, answer everybody, and end."""
        with self._door:
            if not self._closed:
                self._closed = True
                self._requests.put(None)
        self._thread.join()

    def __enter__(self) -> Self:
        """Take requests."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, value: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Answer everybody."""
        self.close()

    def _work(self) -> None:
        last = False
        while not last:
            group, last = self._group()
            if group:
                self._put_down(group)

    def _group(self) -> tuple[list[_Request], bool]:
        """Wait for a request, and take what waits behind it; and say whether the end came."""
        group: list[_Request] = []
        size = 0
        while size < TOGETHER:
            try:
                request = self._requests.get(block=not group)
            except queue.Empty:
                break
            if request is None:
                return group, True
            if not request[1].set_running_or_notify_cancel():  # who asked wants it no more; from here on it is put down
                continue
            group.append(request)
            size += len(request[0])
        return group, False

    def _put_down(self, group: list[_Request]) -> None:
        if self._broken:
            self._refuse(group, self._broken)
            return
        drafts = [draft for some, _ in group for draft in some]
        try:
            receipts = iter(self._ledger.append(drafts, self._clock(), self._hiding))
        except Exception as error:  # noqa: BLE001 - whoever waits for an answer has to be told
            self._refuse(group, error)
            return
        for some, answer in group:
            answer.set_result([next(receipts) for _ in some])

    def _refuse(self, group: list[_Request], error: Exception) -> None:
        """Tell who asked; drafts without a single text are their client's fault alone, all else ends the writer."""
        if isinstance(error, LedgerError) and {fault.code for fault in error} <= {"TL-L003", "TL-L041"}:
            if len(group) > 1:
                for request in group:
                    self._put_down([request])
                return
        else:
            self._broken = error
        for _, answer in group:
            answer.set_exception(error)


def _stopped(ledger: Ledger) -> LedgerError:
    what = "the writer of this ledger was closed"
    return LedgerError([Fault(str(ledger.folder), "TL-L074", what, "open another one")])
