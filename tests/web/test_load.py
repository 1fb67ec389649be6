"""Many at once on one book: every entry that was acknowledged stands there once, and nobody waits longer than the lock.

CLIENTS say how many write at once and ENTRIES how many each; everyday tests are content with fewer.
"""

import os
import sqlite3
import threading
import time
from contextlib import closing, contextmanager

import pytest

from blangko.stockroom import look, open_book
from tests.faults.office import DAY, begun, entries
from tests.web.served import Caller, serving

pytestmark = pytest.mark.file

FEW_CLIENTS, FEW_ENTRIES = 12, 5
CLIENTS, ENTRIES = int(os.environ.get("CLIENTS", "50")), int(os.environ.get("ENTRIES", "200"))
LOCK_SECONDS = 20
"""How long an entry may wait for the book."""


class Clerk:
    """Somebody who writes prints, one after the other; `told` says how each was answered, and in how many seconds."""

    def __init__(self, port, number, entries):
        self.told, self._number, self._entries = [], number, entries
        self._caller = Caller(port)
        self._caller.get("/")

    def write(self):
        hidden = self._caller.hidden("/print")
        for count in range(self._entries):
            form = {**hidden, "key": f"clerk {self._number} form {count}", "printed": 1, "yes": "yes"}
            self._caller.post("/print", form)
            self.told.append((self._caller.code, self._caller.seconds))


def at_once(tasks):
    """Begin all of them at once, and wait for all."""
    threads = [threading.Thread(target=task, daemon=True) for task in tasks]
    for thread in threads:
        thread.start()
    while any(thread.is_alive() for thread in threads):
        time.sleep(0.05)


@contextmanager
def held(place):
    """Somebody else's command has the book meanwhile."""
    with closing(sqlite3.connect(place, isolation_level=None)) as connection:
        connection.execute("BEGIN IMMEDIATE")
        yield
        connection.execute("ROLLBACK")


@pytest.mark.parametrize(
    ("clients", "each"),
    [(FEW_CLIENTS, FEW_ENTRIES), pytest.param(CLIENTS, ENTRIES, marks=pytest.mark.heavy)],
    ids=["a few", "all"],
)
def test_whoever_writes_at_once_finds_every_entry_once_and_waits_no_longer_than_the_lock(tmp_path, clients, each):
    place = begun(tmp_path / "book.db", opening=100_000)
    with serving(place, tmp_path) as server:
        clerks = [Clerk(server.port, number, each) for number in range(clients)]
        at_once(clerk.write for clerk in clerks)
        caller = Caller(server.port)
        caller.get("/")
    told = [answer for clerk in clerks for answer in clerk.told]

    assert {code for code, _ in told} == {303} and len(told) == clients * each
    assert max(seconds for _, seconds in told) < LOCK_SECONDS
    # The proof counts the numbers without a gap, and each form's key stands once.
    assert entries(place) == 1 + clients * each
    with open_book(place) as book:
        assert look.balance_on(book, DAY).on_hand == 100_000 - clients * each
    assert caller.code == 200


def test_who_reads_while_others_write_does_not_wait_for_them(tmp_path):
    """Not even while somebody holds the book, so that every writer waits."""
    place = begun(tmp_path / "book.db", opening=100_000)
    with serving(place, tmp_path) as server:
        clerks = [Clerk(server.port, number, 1) for number in range(20)]
        reader = Caller(server.port)
        reader.get("/")
        with held(place):
            threads = [threading.Thread(target=clerk.write, daemon=True) for clerk in clerks]
            for thread in threads:
                thread.start()
            time.sleep(1)
            for _ in range(20):
                reader.get("/")
                assert reader.code == 200
            assert [clerk.told for clerk in clerks] == [[]] * len(clerks)
        while any(thread.is_alive() for thread in threads):
            time.sleep(0.05)

    assert {code for clerk in clerks for code, _ in clerk.told} == {303}
    assert entries(place) == 1 + len(clerks)
