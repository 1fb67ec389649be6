"""Power cuts: a command's own writes, replayed with what was not synced dropped, torn or out of order.

Needs Linux with strace, which records what the command writes. What was synced is on the disk; of the writes since the
last sync of a file any subset is, each torn at 512 bytes; of the changes of a folder since its last sync any beginning
is, and perhaps some of the rest.
"""

from __future__ import annotations

import os
import random
import re
import shutil
import sqlite3
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import closing
from datetime import date
from pathlib import Path
from typing import NamedTuple

from blangko.stockroom import open_book
from blangko.stockroom.proof import examine
from tests.faults.tally import Tally

SECTOR = 512
TODAY = date(2017, 10, 27)
CALLS = (
    "openat,creat,write,pwrite64,ftruncate,fsync,fdatasync,unlink,unlinkat,rename,renameat,renameat2,link,linkat,lseek"
)
SHEET = "Tanggal;Masuk;Cetak;Rusak\n2/10/2017;;187;3\n3/10/2017;2.000;201;\n4/10/2017;;150;\n"
COMMANDS = {
    "print": ["print", "187", "--spoiled", "3"],
    "undo": ["undo", "--reason", "wrong"],
    "count --adjust": ["count", "790", "--adjust", "--reason", "ten missing"],
    "import": ["import", "sheet.csv", "--yes"],
    "backup": ["backup", "-o", "copy.db"],
    "restore": ["restore", "old.db", "--yes"],
    "upgrade": ["upgrade"],
}
RELEASED = Path(__file__).parents[1] / "store" / "released" / "0001.sql"


class Step(NamedTuple):
    """One call that changed the disk, or `ack`: the moment at which the command told its success."""

    kind: str
    path: str
    offset: int = 0
    data: bytes = b""
    other: str = ""


# --- Recording ----------------------------------------------------------------------------------


def prepared(folder: Path, command: str) -> None:
    """A book of 1,000 cards with a print, an older copy of it, and a clerk's sheet; a released book for `upgrade`."""
    (folder / "sheet.csv").write_text(SHEET)
    if command == "upgrade":
        with closing(sqlite3.connect(folder / "book.db")) as connection:
            connection.executescript(RELEASED.read_text(encoding="utf-8"))
        (folder / "backups").mkdir()
        return
    for words in (["init", "--office", "Uji", "--code", "61.03", "--opening", "1000", "--on", "2017-09-29"],
                  ["backup", "-o", "old.db"], ["print", "200", "--on", "2017-10-26"]):  # fmt: skip
        _run([], folder, words)


def recorded(folder: Path, words: Sequence[str]) -> list[Step]:
    """Run a command in `folder` and list what it did to the disk, in order."""
    trace = folder.parent / "trace"
    _run(["strace", "-f", "-y", "-xx", "-s", "99999999", "-e", f"trace={CALLS}", "-o", str(trace)], folder, words)
    return list(_steps(trace.read_text(), folder))


def _run(before: Sequence[str], folder: Path, words: Sequence[str]) -> None:
    env = {**os.environ, "BLANGKO_DB": str(folder / "book.db"), "BLANGKO_TODAY": TODAY.isoformat(),
           "BLANGKO_LANG": "en", "PYTHONDONTWRITEBYTECODE": "1"}  # fmt: skip
    command = [*before, sys.executable, "-m", "blangko", *words]
    subprocess.run(command, cwd=folder, env=env, stdin=subprocess.DEVNULL, capture_output=True, check=True)


_CALL = re.compile(r"^\d+\s+(\w+)\((.*)\)\s+= (-?\d+)")
_FD = re.compile(r"(?:(\d+)|AT_FDCWD)<((?:\\x[0-9a-f]{2})*)>")
_TEXT = re.compile(r'"((?:\\x[0-9a-f]{2})*)"')


def _steps(trace: str, folder: Path) -> Iterator[Step]:
    places: dict[tuple[str, str], int] = {}
    inside = str(folder)
    for line in trace.splitlines():
        call = _CALL.match(line)
        if call is None or int(call[3]) < 0:
            continue
        name, words, result = call[1], call[2], int(call[3])
        handle = _FD.match(words)
        texts = [bytes.fromhex(text.replace("\\x", "")) for text in _TEXT.findall(words)]
        path = bytes.fromhex(handle[2].replace("\\x", "")).decode() if handle else ""
        if handle and handle[1] == "1" and name == "write":
            yield Step("ack", "")
        elif name in ("openat", "creat"):
            made = os.path.join(path if handle and handle[1] is None else inside, texts[0].decode())
            places[(str(result), made)] = 0
            if "O_CREAT" in words and made.startswith(inside):
                yield Step("create", made)
        elif name in ("unlink", "unlinkat", "rename", "renameat", "renameat2", "link", "linkat"):
            names = [os.path.join(inside, text.decode()) for text in texts]
            if names[0].startswith(inside):
                kind = re.sub(r"at2?$", "", name)
                yield Step(kind, names[0], other=names[1] if len(names) > 1 else "")
        elif path.startswith(inside) and handle:
            yield from _on_file(name, words, texts, path, (handle[1], path), places, result)


def _on_file(
    name: str,
    words: str,
    texts: Sequence[bytes],
    path: str,
    key: tuple[str, str],
    places: dict[tuple[str, str], int],
    result: int,
) -> Iterator[Step]:
    numbers = re.findall(r", (\d+)(?=,|$)", words)
    if name == "pwrite64":
        yield Step("write", path, int(numbers[-1]), texts[0])
    elif name == "write":
        yield Step("write", path, places.get(key, 0), texts[0])
        places[key] = places.get(key, 0) + result
    elif name == "lseek":
        places[key] = result
    elif name == "ftruncate":
        yield Step("truncate", path, int(numbers[-1]))
    elif name in ("fsync", "fdatasync"):
        yield Step("sync", path)


# --- Replaying ----------------------------------------------------------------------------------


class Disk:
    """What is on the disk for sure, and what waits in memory; files are known by a number, names point to them."""

    def __init__(self, folder: Path) -> None:
        self.files: list[bytearray] = []
        self.names: dict[str, int] = {}
        self.waiting: dict[int, list[Step]] = {}
        self.name_changes: list[tuple[str, int]] = []
        for path in sorted(each for each in folder.rglob("*") if each.is_file()):
            self.names[str(path)] = len(self.files)
            self.files.append(bytearray(path.read_bytes()))
        self.now = dict(self.names)

    def take(self, step: Step) -> None:
        """One more call."""
        if step.kind == "create":
            if step.path not in self.now:
                self.files.append(bytearray())
                self._change(step.path, len(self.files) - 1)
        elif step.kind in ("write", "truncate"):
            self.waiting.setdefault(self.now[step.path], []).append(step)
        elif step.kind == "sync":
            self._sync(step.path)
        elif step.kind == "unlink":
            if step.path in self.now:
                self._change(step.path, -1)
        elif step.kind in ("rename", "link"):
            number = self.now[step.path]
            self._change(step.other, number)
            if step.kind == "rename":
                self._change(step.path, -1)

    def _change(self, path: str, number: int) -> None:
        self.name_changes.append((path, number))
        _point(self.now, path, number)

    def _sync(self, path: str) -> None:
        """What was written to a file, or which names a folder has, is on the disk from now on."""
        if path in self.now:
            number = self.now[path]
            for step in self.waiting.pop(number, []):
                _apply(self.files[number], step, None)
        inside = [change for change in self.name_changes if os.path.dirname(change[0]) == path]
        for name, number in inside:
            _point(self.names, name, number)
        self.name_changes = [change for change in self.name_changes if change not in inside]

    def after_cut(self, chance: random.Random) -> dict[str, bytes]:
        """One state that the disk may be in when the power fails now."""
        files = [bytearray(content) for content in self.files]
        for number, steps in self.waiting.items():
            kept = [step for step in steps if chance.random() < 0.6]
            if chance.random() < 0.3:
                chance.shuffle(kept)
            for step in kept:
                _apply(files[number], step, chance)
        names = dict(self.names)
        certain = chance.randint(0, len(self.name_changes))
        for index, (path, number) in enumerate(self.name_changes):
            if index < certain or chance.random() < 0.3:
                _point(names, path, number)
        return {path: bytes(files[number]) for path, number in names.items()}


def _point(names: dict[str, int], path: str, number: int) -> None:
    if number < 0:
        names.pop(path, None)
    else:
        names[path] = number


def _apply(content: bytearray, step: Step, chance: random.Random | None) -> None:
    """Write to a file; with a `chance` some of the write's sectors may be missing."""
    if step.kind == "truncate":
        del content[step.offset :]
        content.extend(bytes(max(step.offset - len(content), 0)))
        return
    torn = chance is not None and chance.random() < 0.3
    for start in range(0, len(step.data), SECTOR):
        if torn and chance is not None and chance.random() < 0.5:
            continue
        part, at = step.data[start : start + SECTOR], step.offset + start
        content.extend(bytes(max(at + len(part) - len(content), 0)))
        content[at : at + len(part)] = part


# --- Judging ------------------------------------------------------------------------------------


def judged(command: str, states: int, seed: int, disk_lies: bool = False) -> Tally:
    """Cut the power in so many places of a command; whatever is acknowledged must stand, and the book be whole.

    With `disk_lies` nothing that was synced is sure: then books must be found lost, or the judging is worth nothing.
    """
    chance = random.Random(f"{seed} {command}")
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place, "office")
        folder.mkdir()
        prepared(folder, command)
        before = Path(place, "before")
        shutil.copytree(folder, before)
        steps = recorded(folder, COMMANDS[command])
        if disk_lies:
            steps = [step for step in steps if step.kind != "sync"]
        expected = (seen(before / "book.db"), seen(folder / "book.db"))
        told = max((index for index, step in enumerate(steps) if step.kind == "ack"), default=len(steps))
        acknowledged = lost = damaged = 0
        for _ in range(states):
            # After the last step as often as before it: there something was acknowledged, and much may not be synced.
            cut = len(steps) if chance.random() < 0.5 else chance.randint(0, len(steps))
            found = _state(folder, before, steps[:cut], chance, Path(place, "after"))
            acknowledged += cut > told
            damaged += found is None
            lost += found is not None and found not in (expected[1:] if cut > told else expected)
    return Tally(f"power cut, {command}", states, acknowledged, lost, damaged)


def _state(
    folder: Path, before: Path, steps: Sequence[Step], chance: random.Random, after: Path
) -> tuple[int, int] | None:
    """The number of entries and the shape that the book has after the cut; None when it is not whole."""
    disk = Disk(before)
    for step in steps:
        moved = step._replace(path=_moved(step.path, folder, before), other=_moved(step.other, folder, before))
        disk.take(moved)
    shutil.rmtree(after, ignore_errors=True)
    after.mkdir()
    for path, content in disk.after_cut(chance).items():
        (after / os.path.basename(path)).write_bytes(content)
    try:
        return seen(after / "book.db")
    except Exception:
        # Anything that the book says here, in whatever words, is a book that somebody lost.
        return None


def _moved(path: str, folder: Path, before: Path) -> str:
    return path.replace(str(folder), str(before), 1) if path else path


def seen(place: Path) -> tuple[int, int]:
    """The number of entries of a whole book, and the number of its shape."""
    with open_book(str(place), older=True) as book:
        found, version = examine(book, TODAY), book.version()
    errors = [finding for finding in found.findings if finding.severity == "error"]
    assert not errors, errors
    return found.entries, version
