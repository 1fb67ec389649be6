"""A file moved over the book, or the book taken away, at every call that a command makes on the office's files.

Needs Linux with strace, which stops the command there; then the file is moved, and the command goes on.
"""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NamedTuple

from tests import PATIENCE_SECONDS
from tests.faults.calls import Office
from tests.faults.power import TODAY, seen
from tests.faults.tally import Tally

CALLS = ("openat", "pwrite64", "fdatasync", "fsync", "ftruncate")


def _moved_over(book: Path) -> None:
    other = book.with_name("old.db")
    os.replace(other, book)


def _moved_away(book: Path) -> None:
    os.replace(book, book.with_name("gone.db"))


def _deleted(book: Path) -> None:
    book.unlink()


def _folder_moved(book: Path) -> None:
    """The whole folder is put in the place of another, as a programme that synchronises folders does."""
    shutil.copytree(book.parent, book.parent.with_name("synced"))
    os.replace(book.parent.with_name("synced") / "old.db", book.parent.with_name("synced") / "book.db")
    os.replace(book.parent, book.parent.with_name("gone"))
    os.replace(book.parent.with_name("synced"), book.parent)


MOVES: dict[str, Callable[[Path], None]] = {
    "moved over": _moved_over,
    "moved away": _moved_away,
    "deleted": _deleted,
    "folder replaced": _folder_moved,
}


class Point(NamedTuple):
    """The `number`-th `call` of a command's run, at which the `move` happens."""

    move: str
    call: str
    number: int


def points(office: Office) -> Iterator[Point]:
    """Every call on the office's own files, with every move."""
    for move in MOVES:
        for call in CALLS:
            for number in office.calls[call]:
                yield Point(move, call, number)


def judged(office: Office, point: Point) -> Tally:
    """Move the file while the command stands still; what is told as written stands in the book that is there now."""
    shutil.rmtree(office.place / "gone", ignore_errors=True)
    office.begin_again()
    told, words = _stopped(office, point)
    tally = Tally(f"{point.move}, {office.command}", 1, acknowledged=int(told), refused=int(not told))
    book = office.folder / "book.db"
    try:
        now = seen(book) if book.exists() else None
    except Exception:
        # Whatever the book says, in whatever words: it is not whole.
        return tally._replace(damaged=1)
    lost = told and now != office.after[0]
    return tally._replace(lost=int(lost), misleading=int("Traceback" in words or not words.strip()))


def _stopped(office: Office, point: Point) -> tuple[bool, str]:
    """Whether the command told that it has written, and all that it said."""
    trace = office.place / "trace"
    trace.write_text("")
    inject = f"inject={point.call}:signal=SIGSTOP:when={point.number}"
    env = {**os.environ, "BLANGKO_DB": str(office.folder / "book.db"), "BLANGKO_TODAY": TODAY.isoformat(),
           "BLANGKO_LANG": "en", "PYTHONDONTWRITEBYTECODE": "1"}  # fmt: skip
    env.pop("PYTHONPATH", None)
    running = subprocess.Popen(
        ["strace", "-f", "-o", str(trace), "-e", f"trace={point.call}", "-e", inject,
         sys.executable, "-P", "-m", "blangko", *office.words],
        cwd=office.folder, env=env, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
    )  # fmt: skip
    _wait_until_it_stands_still(trace, running)
    MOVES[point.move](office.folder / "book.db")
    (command,) = Path(f"/proc/{running.pid}/task/{running.pid}/children").read_text().split()
    os.kill(int(command), signal.SIGCONT)
    out, err = running.communicate(timeout=PATIENCE_SECONDS)
    return b"Written" in out, (out + err).decode()


def _wait_until_it_stands_still(trace: Path, running: subprocess.Popen[bytes]) -> None:
    patience = time.monotonic() + PATIENCE_SECONDS
    while "stopped by SIGSTOP" not in trace.read_text():
        assert running.poll() is None, trace.read_text()
        assert time.monotonic() < patience
        time.sleep(0.01)
