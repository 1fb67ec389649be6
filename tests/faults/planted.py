"""Files that somebody plants beside a book: journals and logs that SQLite would take for its own.

The layouts are those of "Database File Format" of SQLite, chapters 3 (rollback journal) and 4 (write-ahead log).
"""

from __future__ import annotations

import os
import shutil
import sqlite3
import struct
import tempfile
from collections.abc import Callable, Mapping
from contextlib import closing
from pathlib import Path

MAGIC = b"\xd9\xd5\x05\xf9\x20\xa1\x63\xd7"
NONCE = 7
SECTOR = 512
LOCK_BYTE = 0x40000000
"""The page of this byte holds no content; a journal names its super-journal under that page's number."""


def page_size(place: Path) -> int:
    return int.from_bytes(place.read_bytes()[16:18], "big")


def pages(place: Path) -> dict[int, bytes]:
    """The pages of a file by their numbers, which begin at 1."""
    content, size = place.read_bytes(), page_size(place)
    return {at // size + 1: content[at : at + size] for at in range(0, len(content), size)}


def journal(kept: Mapping[int, bytes], pages_before: int, names: bytes = b"") -> bytes:
    """A hot journal: what `kept` pages were before, and how many pages there were; `names` a super-journal if any."""
    size = len(next(iter(kept.values())))
    header = MAGIC + struct.pack(">5I", len(kept), NONCE, pages_before, SECTOR, size)
    records = b"".join(struct.pack(">I", no) + page + struct.pack(">I", _checksum(page)) for no, page in kept.items())
    return header.ljust(SECTOR, b"\0") + records + (super_record(names, size) if names else b"")


def super_record(name: bytes, size: int = 4096) -> bytes:
    """The end of a journal that names a super-journal, which SQLite unlinks after it has rolled back."""
    return struct.pack(">I", LOCK_BYTE // size + 1) + name + struct.pack(">2I", len(name), sum(name)) + MAGIC


def _checksum(page: bytes) -> int:
    return (NONCE + sum(page[at] for at in range(len(page) - 200, 0, -200))) & 0xFFFFFFFF


def journal_of(place: Path, names: bytes = b"") -> bytes:
    """A hot journal that brings the whole file back to what it holds now."""
    kept = pages(place)
    return journal(kept, len(kept), names)


def log_of(place: Path, change: Callable[[sqlite3.Connection], object]) -> bytes:
    """A write-ahead log that makes the book at `place` say what a `change` makes of it."""
    with tempfile.TemporaryDirectory() as folder:
        other = Path(folder, "other.db")
        shutil.copy(place, other)
        with closing(sqlite3.connect(other, isolation_level=None)) as connection:
            connection.execute("PRAGMA journal_mode=WAL")
            connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
            change(connection)
            return Path(f"{other}-wal").read_bytes()


def everything(folder: Path) -> dict[str, bytes]:
    """The files of a folder by name, to see whether any of them was touched; links and pipes are not followed."""
    return {
        str(path.relative_to(folder)): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and not path.is_symlink() and os.stat(path).st_size < 10**8
    }


# --- The plants ---------------------------------------------------------------------------------


def _forged(connection: sqlite3.Connection) -> None:
    """What somebody would have the book say: one card instead of all that came."""
    connection.execute("DROP TRIGGER entry_is_never_changed")
    connection.execute("UPDATE entry SET cards = 1 WHERE kind = 'opening'")


def _beside(place: Path, suffix: str) -> Path:
    return place.with_name(place.name + suffix)


def _names_a_victim(place: Path, victim: Path) -> None:
    _beside(place, "-journal").write_bytes(journal_of(place, os.fsencode(victim)))


def _names_a_victim_after_noise(place: Path, victim: Path) -> None:
    """No page to roll back: SQLite reads the name of the super-journal before it looks at the pages."""
    header = MAGIC + struct.pack(">5I", 0, NONCE, len(pages(place)), SECTOR, page_size(place))
    noise = bytes(5 * SECTOR)
    _beside(place, "-journal").write_bytes(header.ljust(SECTOR, b"\0") + noise + super_record(os.fsencode(victim)))


def _names_the_book(place: Path, victim: Path) -> None:
    _beside(place, "-journal").write_bytes(journal_of(place, os.fsencode(place)))


def _link_to_a_journal(place: Path, victim: Path) -> None:
    elsewhere = place.with_name("somewhere")
    elsewhere.write_bytes(journal_of(place))
    _beside(place, "-journal").symlink_to(elsewhere)


def _link_to_a_victim(place: Path, victim: Path) -> None:
    _beside(place, "-journal").symlink_to(victim)


def _link_to_nothing(place: Path, victim: Path) -> None:
    """A commit would make the file that such a link names."""
    _beside(place, "-journal").symlink_to(place.with_name("made by the commit"))


def _second_name_of_a_journal(place: Path, victim: Path) -> None:
    elsewhere = place.with_name("somewhere")
    elsewhere.write_bytes(journal_of(place))
    os.link(elsewhere, _beside(place, "-journal"))


def _pipe(suffix: str) -> Callable[[Path, Path], None]:
    return lambda place, victim: os.mkfifo(_beside(place, suffix))


def _folder(suffix: str) -> Callable[[Path, Path], None]:
    return lambda place, victim: _beside(place, suffix).mkdir()


def _huge_journal(place: Path, victim: Path) -> None:
    _beside(place, "-journal").write_bytes(journal_of(place))
    os.truncate(_beside(place, "-journal"), 10**12)


def _journal_of_a_huge_book(place: Path, victim: Path) -> None:
    """Rolled back, it would make the book as long as four billion pages."""
    _beside(place, "-journal").write_bytes(journal(pages(place), 0xFFFFFFFE))


def _log_of_another_truth(place: Path, victim: Path) -> None:
    _beside(place, "-wal").write_bytes(log_of(place, _forged))


def _log_and_its_index(place: Path, victim: Path) -> None:
    _log_of_another_truth(place, victim)
    _beside(place, "-shm").write_bytes(bytes(32768))


def _empty(suffix: str) -> Callable[[Path, Path], None]:
    return lambda place, victim: _beside(place, suffix).write_bytes(b"")


PLANTS: dict[str, Callable[[Path, Path], None]] = {
    "a journal that names a victim": _names_a_victim,
    "a journal without pages that names a victim": _names_a_victim_after_noise,
    "a journal that names the book": _names_the_book,
    "a link to a journal": _link_to_a_journal,
    "a link to a victim": _link_to_a_victim,
    "a link to nothing": _link_to_nothing,
    "a second name of a journal": _second_name_of_a_journal,
    "a pipe as the journal": _pipe("-journal"),
    "a folder as the journal": _folder("-journal"),
    "a journal of a terabyte": _huge_journal,
    "a journal of a book of 16 terabytes": _journal_of_a_huge_book,
    "a log of another truth": _log_of_another_truth,
    "a log and its index": _log_and_its_index,
    "an empty log": _empty("-wal"),
    "an empty index": _empty("-shm"),
    "a pipe as the log": _pipe("-wal"),
}
"""What is laid beside a book (its place, then that of a file that must not come to harm)."""
