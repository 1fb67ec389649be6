"""Failing calls: every write, sync, open, rename and unlink of a command fails once, each in a run of its own.

Needs Linux with strace, which makes a call on the office's own files fail as a full or a broken disk does.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from tests import PATIENCE_SECONDS
from tests.faults.power import COMMANDS, TODAY, prepared, seen
from tests.faults.tally import Tally

FAULTS = (
    ("pwrite64", "ENOSPC"),
    ("pwrite64", "EIO"),
    ("write", "ENOSPC"),
    ("fsync", "EIO"),
    ("fdatasync", "EIO"),
    ("ftruncate", "EIO"),
    ("openat", "EIO"),
    ("openat", "ENOSPC"),
    ("rename", "EIO"),
    ("link", "EIO"),
    ("unlink", "EIO"),
)
KEYED = ("print", "undo", "count --adjust")


class Fault(NamedTuple):
    """The `number`-th `call` of a command's run fails with `error`."""

    command: str
    call: str
    error: str
    number: int


class Office:
    """The folder of an office before a command, the command, and what book and copy are before and after it."""

    def __init__(self, command: str, place: Path) -> None:
        self.command, self.place = command, place
        self.words = [*COMMANDS[command], *(["--key", "once"] if command in KEYED else [])]
        self.folder, self.kept = place / "office", place / "before"
        self.folder.mkdir(parents=True)
        prepared(self.folder, command)
        shutil.copytree(self.folder, self.kept)
        self.before = self.state()
        self.calls = self._recorded()
        self.after = self.state()

    def begin_again(self) -> None:
        shutil.rmtree(self.folder)
        shutil.copytree(self.kept, self.folder)

    def state(self) -> tuple[object, object]:
        """Entries and shape of the book, and of the copy where there is one; raises where either is not whole."""
        copy = self.folder / "copy.db"
        return seen(self.folder / "book.db"), seen(copy) if copy.exists() else None

    def run(self, before: Sequence[str] = ()) -> subprocess.CompletedProcess[bytes]:
        env = {**os.environ, "BLANGKO_DB": str(self.folder / "book.db"), "BLANGKO_TODAY": TODAY.isoformat(),
               "BLANGKO_LANG": "en", "PYTHONDONTWRITEBYTECODE": "1"}  # fmt: skip
        # Where Python looks for modules is not the office's matter.
        env.pop("PYTHONPATH", None)
        return subprocess.run(
            [*before, sys.executable, "-P", "-m", "blangko", *self.words],
            cwd=self.folder,
            env=env,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            check=False,
            timeout=PATIENCE_SECONDS,
        )

    def _recorded(self) -> dict[str, list[int]]:
        """For each call the numbers of those, counted over the whole run, that are about the office's files."""
        names = sorted({call for call, _ in FAULTS})
        trace = self.place / "trace"
        done = self.run(["strace", "-f", "-y", "-o", str(trace), "-e", f"trace={','.join(names)}"])
        assert done.returncode == 0, done.stderr
        counted: Counter[str] = Counter()
        found: dict[str, list[int]] = {name: [] for name in names}
        for line in trace.read_text().splitlines():
            if call := re.match(r"\d+\s+(\w+)\(", line):
                counted[call[1]] += 1
                if self._is_ours(call[1], line):
                    found[call[1]].append(counted[call[1]])
        return found

    def _is_ours(self, call: str, line: str) -> bool:
        if call in ("rename", "link", "unlink"):
            return True
        if call == "openat":
            name = re.search(r'"([^"]*)"', line)
            return bool(name) and os.path.join(self.folder, name[1]).startswith(str(self.folder))
        return f"<{self.folder}" in line


def judged(office: Office, fault: Fault) -> Tally:
    """Let one call fail, look at the book, and give the command again.

    A book is as before or as after; what was told as done is done; what was told as not done is not, unless the words
    say that it is not confirmed; and a second try ends where one undisturbed try ends.
    """
    office.begin_again()
    trace = office.place / "trace"
    inject = f"inject={fault.call}:error={fault.error}:when={fault.number}"
    done = office.run(["strace", "-f", "-o", str(trace), "-e", f"trace={fault.call}", "-e", inject])
    assert "(INJECTED)" in trace.read_text(), fault
    words = done.stderr.decode()
    refused = done.returncode != 0
    tally = Tally(f"failing call, {fault.command}", 1, acknowledged=not refused, refused=refused)
    try:
        now = office.state()
    except Exception:
        # Whatever the book or the copy says, in whatever words: it is not whole.
        return tally._replace(damaged=1)
    unsaid = refused and not 0 < len(words.strip().splitlines()) <= 4
    untrue = refused and now != office.before and "Not confirmed" not in words
    office.run()
    return tally._replace(
        lost=int(not refused and now != office.after),
        damaged=int(now not in (office.before, office.after)),
        doubled=int(office.state() != office.after),
        misleading=int("Traceback" in words or unsaid or untrue),
    )


def faults(offices: Sequence[Office]) -> Iterator[Fault]:
    """Every call of every command, with every error that it is tried with."""
    for office in offices:
        for call, error in FAULTS:
            for number in office.calls[call]:
                yield Fault(office.command, call, error, number)
