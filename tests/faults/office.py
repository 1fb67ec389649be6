"""An office for the faults: a book of its own, and clerks who write in processes of their own."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path

from blangko.stockroom import open_book, tasks
from blangko.stockroom.desk import Desk
from blangko.stockroom.proof import examine

DAY = date(2017, 10, 27)
DESK = Desk(DAY, f"{DAY}T09:00:00Z", "siti", yes=True)
NOBODY = 65_534
WRITER = """
import sys
from blangko.stockroom import tasks
from blangko.stockroom.post import post
from blangko.core.entry import movement
from blangko.stockroom import open_book
from tests.faults.office import DAY, DESK
place, name, times = sys.argv[1], sys.argv[2], int(sys.argv[3])
for _ in range(times):
    with open_book(place) as book:
        drafts = [movement("print", DAY, 1), movement("spoil", DAY, 1)]
        post(book, DESK._replace(recorded_by=name), drafts)
    print("written", flush=True)
"""


def begun(place: Path | str, opening: int = 10_000, code: str = "61.03") -> str:
    """A new book with so many cards; its place."""
    tasks.start(str(place), code, DESK, {}, tasks.opening_drafts(DAY, opening, 0), 0o600)
    return str(place)


def clerk(place: str, name: str, times: int) -> subprocess.Popen[bytes]:
    """A clerk who writes so many commands of two entries, and says "written" after each."""
    command = [sys.executable, "-c", WRITER, place, name, str(times)]
    return subprocess.Popen(command, stdout=subprocess.PIPE, cwd=Path(__file__).parents[2])


def command(place: str, *words: str) -> subprocess.Popen[bytes]:
    """A command as a clerk gives it."""
    env = {**os.environ, "BLANGKO_DB": place, "BLANGKO_TODAY": DAY.isoformat(), "BLANGKO_LANG": "en"}
    return subprocess.Popen(
        [sys.executable, "-P", "-m", "blangko", *words],
        env=env,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )


def entries(place: str | Path) -> int:
    """The number of entries of a book that is proved whole."""
    with open_book(str(place)) as book:
        seen = examine(book, DAY)
    errors = [finding for finding in seen.findings if finding.severity == "error"]
    assert errors == []
    return seen.entries


@contextmanager
def another_account() -> Iterator[None]:
    """Without an administrator's rights, who may write everywhere."""
    if not hasattr(os, "geteuid") or os.geteuid() != 0:
        yield
        return
    os.seteuid(NOBODY)
    try:
        yield
    finally:
        os.seteuid(0)
