"""A byte of a book's file changed by hand: whatever makes the book say something else is found."""

from __future__ import annotations

import random
import sqlite3
from datetime import date
from pathlib import Path
from typing import Any

from blangko.errors import BookUnreadable
from blangko.stockroom import open_book
from blangko.stockroom.proof import examine
from tests.faults.tally import Tally, summed

DAY = date(2017, 10, 27)
READ = ("entry", "office", "kind", "alembic_version", "sqlite_master")


def errors(place: Path) -> list[tuple[str, int | None]]:
    """The errors of an audit, by code and entry; the refusal's name where the book cannot even be opened."""
    try:
        with open_book(str(place)) as book:
            found = examine(book, DAY).findings
    except BookUnreadable as refused:
        return [(type(refused).__name__, None)]
    return [(each.code, each.entry_no) for each in found if each.severity == "error"]


def said(place: Path) -> list[Any] | None:
    """Everything that the file says to whoever reads it, as bytes; None where it says nothing any more."""
    reader = sqlite3.connect(f"file:{place}?mode=ro", uri=True)
    reader.text_factory = bytes
    try:
        return [reader.execute(f"SELECT * FROM {table}").fetchall() for table in READ]
    except Exception:
        # SQLite gives up in many ways; which one does not matter here.
        return None
    finally:
        reader.close()


def judged(place: Path, tries: int, chance: random.Random) -> Tally:
    """Change one bit of the book at `place`, so many times; it is as it was afterwards."""
    good, before = place.read_bytes(), said(place)
    assert before is not None
    try:
        return summed("byte changed by hand", [_changed(place, good, before, chance) for _ in range(tries)])
    finally:
        place.write_bytes(good)


def _changed(place: Path, good: bytes, before: list[Any], chance: random.Random) -> Tally:
    """An entry that says something else has to be named; anything else that does, has to be told."""
    changed = bytearray(good)
    changed[chance.randrange(len(good))] ^= 1 << chance.randrange(8)
    place.write_bytes(changed)
    told, now = errors(place), said(place)
    matters = now != before
    only_entries = now is not None and now[0] != before[0] and now[1:] == before[1:]
    named = bool(told) and (not only_entries or any(number is not None for _, number in told))
    rewritten = place.read_bytes() != bytes(changed)
    return Tally("", 1, found=int(matters and named), hidden=int(matters and not named), damaged=int(rewritten))
