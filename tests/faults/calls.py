"""Failing calls: the first, second, third … write, sync or name of a command fails, until the command succeeds.

`python -m tests.faults.calls` prints a table; the suite runs the print command. Needs Linux with strace, which makes
the calls on the book's own files fail as a full or a broken disk does.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from tests.faults.power import COMMANDS, TODAY, entries, prepared

FAULTS = (
    ("pwrite64", "ENOSPC"),
    ("pwrite64", "EIO"),
    ("fsync,fdatasync", "EIO"),
    ("ftruncate", "EIO"),
    ("openat", "EIO"),
    ("unlink", "EIO"),
    ("rename", "EIO"),
    ("link", "EPERM"),
)
MOST_TRIES = 60
KEYED = ("print", "count --adjust")


class Outcome(NamedTuple):
    """What became of a command whose calls failed one after the other."""

    command: str
    fault: str
    tries: int
    refused: int
    lost: int
    damaged: int
    doubled: int
    tracebacks: int


def judged(command: str, calls: str, error: str) -> Outcome:
    """Fail the n-th call for n = 1, 2, 3 … until the command meets no fault any more."""
    refused = lost = damaged = doubled = tracebacks = tries = 0
    for number in range(1, MOST_TRIES):
        with tempfile.TemporaryDirectory() as place:
            folder = Path(place, "office")
            folder.mkdir()
            prepared(folder, command)
            book = folder / "book.db"
            before = entries(book)
            words = [*COMMANDS[command], "--key", "once"] if command in KEYED else COMMANDS[command]
            code, said, hit = _failing(folder, words, calls, error, number)
            tries += 1
            refused += code != 0
            tracebacks += "Traceback" in said
            try:
                after = entries(book)
            except Exception:
                # A book that cannot be read after a failed call is damaged, whatever it says.
                damaged += 1
                continue
            if code == 0 and command not in ("backup", "restore", "upgrade"):
                lost += after == before
            if "--key" in words:
                _run(folder, words)
                first = entries(book)
                _run(folder, words)
                doubled += entries(book) != first or first != before + 2
        if not hit:
            break
    return Outcome(command, f"{calls} {error}", tries, refused, lost, damaged, doubled, tracebacks)


def _failing(folder: Path, words: Sequence[str], calls: str, error: str, number: int) -> tuple[int, str, bool]:
    """The exit code, what was said, and whether a call failed."""
    trace = folder.parent / "trace"
    paths = [folder / name for name in ("book.db", "book.db-journal", "copy.db")]
    watched = [part for path in [*paths, folder] for part in ("-P", str(path))]
    inject = [part for call in calls.split(",") for part in ("-e", f"inject={call}:error={error}:when={number}")]
    strace = ["strace", "-f", "-o", str(trace), *watched, "-e", f"trace={calls}", *inject]
    done = _run(folder, words, strace)
    return done.returncode, (done.stdout + done.stderr).decode(), "(INJECTED)" in trace.read_text()


def _run(folder: Path, words: Sequence[str], before: Sequence[str] = ()) -> subprocess.CompletedProcess[bytes]:
    env = {**os.environ, "BLANGKO_DB": str(folder / "book.db"), "BLANGKO_TODAY": TODAY.isoformat(),
           "BLANGKO_LANG": "en"}  # fmt: skip
    return subprocess.run(
        [*before, sys.executable, "-P", "-m", "blangko", *words],
        cwd=folder,
        env=env,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        check=False,
        timeout=120,
    )


def main() -> int:
    print(f"{'command':16} {'fault':22} tries  refused  lost  damaged  doubled  tracebacks")
    bad = 0
    for command in COMMANDS:
        for calls, error in FAULTS:
            each = judged(command, calls, error)
            bad += each.lost + each.damaged + each.doubled + each.tracebacks
            print(f"{each.command:16} {each.fault:22} {each.tries:5} {each.refused:8} {each.lost:5} {each.damaged:8}"
                  f" {each.doubled:8} {each.tracebacks:11}", flush=True)  # fmt: skip
    return 1 if bad else 0


if __name__ == "__main__":
    sys.exit(main())
