"""A server for the faults: one that is broken on purpose, and books on it."""

from __future__ import annotations

import io
import os
from collections.abc import Iterator
from contextlib import contextmanager, redirect_stderr, redirect_stdout
from itertools import count
from typing import NamedTuple
from unittest.mock import patch

from blangko.cli.app import main
from blangko.stockroom import open_book, tasks
from tests import postgres
from tests.faults.office import DAY, DESK
from tests.faults.tally import Tally

CODE = "61.03"
WORDS = ("print", "3", "--spoiled", "2", "--yes")
"""A command of two entries."""
_SETTINGS = """
fsync = off
autovacuum = off
jit = off
max_wal_size = 64MB
"""
"""It keeps what it acknowledged when it is killed; the machine itself does not fail here."""
_numbers = count(1)


class Answer(NamedTuple):
    """How a command ended, and what it said."""

    code: int
    out: str
    err: str

    @property
    def is_done(self) -> bool:
        return self.code == 0

    @property
    def is_told(self) -> bool:
        """A refusal in at most three sentences, with the code of one; never a traceback."""
        return self.code in (1, 3) and 0 < len(self.err.splitlines()) <= 6 and "Traceback" not in self.err


@contextmanager
def a_server() -> Iterator[postgres.Server]:
    """A server of its own, which nobody else minds losing."""
    server = postgres.Server(_SETTINGS)
    try:
        yield server
    finally:
        server.remove()


def begun_on(server: postgres.Server, opening: int = 100_000, code: str = CODE) -> str:
    """A book in a database of its own; its place."""
    return begun_in(new_database(server), code, opening)


def new_database(server: postgres.Server) -> str:
    """The place of a database with nothing in it."""
    name = f"faults_{next(_numbers)}"
    run(server.address(), f"CREATE DATABASE {name} TEMPLATE template0 STRATEGY wal_log")
    return server.address(name)


def begun_in(place: str, code: str, opening: int = 100_000) -> str:
    """The book of one more office in a database; its place."""
    tasks.start(place, code, DESK, {}, tasks.opening_drafts(DAY, opening, 0), 0o600)
    return f"{place}#{code}"


def run(place: str, *statements: str) -> None:
    """Run statements as the server's administrator, each by itself."""
    from blangko.store.postgres import connected

    with connected(place) as database:
        for statement in statements:
            database.connection.execute(statement)


def last_no(place: str) -> int:
    """The number of the last entry; whether the book is whole is proved once for many."""
    with open_book(place) as book, book.reading():
        return book.last()[0]


def said(place: str, *words: str) -> Answer:
    """What a command answers, given in this process."""
    out, err = io.StringIO(), io.StringIO()
    surroundings = {"BLANGKO_DB": place, "BLANGKO_TODAY": DAY.isoformat(), "BLANGKO_LANG": "en"}
    with patch.dict(os.environ, surroundings), redirect_stdout(out), redirect_stderr(err):
        code = main(list(words))
    return Answer(code, out.getvalue(), err.getvalue())


def judged(fault: str, first: Answer, again: Answer, stood: int, stands: int, whole: int = 2) -> Tally:
    """What became of a command of `whole` entries that met a fault, and of the same under the same key after it.

    `stood` entries of it were there after the fault, `stands` after the second try.
    """
    return Tally(
        fault,
        1,
        acknowledged=int(first.is_done),
        lost=int((first.is_done and stood != whole) or stands < whole),
        damaged=int(stood not in (0, whole)),
        refused=int(not first.is_done),
        doubled=int(stands > whole),
        misleading=int(not (first.is_done or first.is_told) or not again.is_done),
    )
