"""The file of a book, and what lies beside it: which file it is, and whether SQLite may believe what it finds there.

SQLite believes a journal or a log by its name alone: it rolls back a `-journal`, then unlinks the super-journal that
it names, and it reads a `-wal` instead of the file. So both are looked at before any connection is made, and again
before each transaction. What remains is whoever may write to the folder and is quick enough to come in between.
"""

import os
import stat
from typing import NamedTuple

from blangko.errors import BookMoved, ClosedFile, DamagedBook, MissingBook, PlantedFile, TwoNames, reason_of

JOURNAL = "-journal"
COMPANIONS = (JOURNAL, "-wal", "-shm")
"""What SQLite looks for beside a file."""
MAGIC = b"\xd9\xd5\x05\xf9\x20\xa1\x63\xd7"
"""How a journal begins, and how one ends that names a super-journal. No book of ours has one: it takes ATTACH."""
SPARE_BYTES = 1 << 20
ROOT = 0
HEADER_BYTES = 100
JOURNAL_HEADER_BYTES = 28
# A pipe is not waited for, since it is none of ours; Windows has no such pipes, and would change the ends of lines.
_LOOK = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)


class BookFile(NamedTuple):
    """A book's file as it was found: what people call it, its own path behind any link, what the machine says of it."""

    called: str
    path: str
    found: os.stat_result
    header: bytes

    def refuse_planted(self) -> bool:
        """Refuse to open the book while something lies beside it that is not its own; whether a journal holds anything.

        Three looks into the folder and none into a file, as long as the journal is empty, as every write leaves it.

        Raises:
            PlantedFile: Something does.
        """
        is_unfinished = False
        for suffix in COMPANIONS:
            try:
                beside = os.lstat(self.path + suffix)
            except OSError:
                continue
            is_unfinished |= beside.st_size > 0
            # Our books have no log: they are never in that mode.
            if suffix != JOURNAL or not self._is_own_journal(beside):
                raise PlantedFile(path=self.called, beside=self.path + suffix)
        return is_unfinished

    def refuse_companions(self) -> None:
        """Refuse a copy from elsewhere with anything beside it, even a journal of its own that holds something.

        Raises:
            PlantedFile: There is something.
        """
        for suffix in COMPANIONS:
            beside = self.path + suffix
            if os.path.lexists(beside) and (suffix != JOURNAL or not is_empty_file(beside)):
                raise PlantedFile(path=self.called, beside=beside)

    def _is_own_journal(self, journal: os.stat_result) -> bool:
        """Whether a write of this book, cut off or under way, can have left that journal."""
        is_plain = stat.S_ISREG(journal.st_mode) and journal.st_nlink == 1
        # Root's is left where the book alone was given away since.
        if not is_plain or not (journal.st_uid == ROOT or may_write(journal.st_uid, self.found)):
            return False
        if journal.st_size == 0:
            return True
        reach = _reach_of(self.path + JOURNAL)
        # Asked last: a clerk who writes meanwhile may have let the book grow, and it never shrinks.
        book_bytes = os.stat(self.path).st_size
        # It holds each page of the book at most once, and a few headers.
        return journal.st_size <= 2 * book_bytes + SPARE_BYTES and reach is not None and reach <= book_bytes

    def is_still_there(self) -> bool:
        """Whether the book's path still leads to this file."""
        try:
            return os.path.samestat(os.stat(self.path), self.found)
        except OSError:
            return False

    def refuse_to_write(self) -> None:
        """Refuse to write to a file that is no longer the book, or is the book under two names.

        SQLite puts the journal beside the name by which a file was opened; by the other name nobody would roll it back.

        Raises:
            BookMoved, TwoNames: It is.
        """
        try:
            now = os.stat(self.path)
        except OSError:
            raise BookMoved(path=self.called) from None
        if not os.path.samestat(now, self.found):
            raise BookMoved(path=self.called)
        if now.st_nlink > 1:
            raise TwoNames(path=self.called, names=now.st_nlink)


def book_file(place: str, called: str | None = None) -> BookFile:
    """The file at `place`, with the first bytes of it; it is never waited for.

    Raises:
        BookUnreadable: There is none, or it cannot be read.
    """
    called = called or place
    try:
        path = os.path.realpath(place) if os.path.islink(place) else os.path.abspath(place)
        handle = os.open(path, _LOOK)
        try:
            # Windows may number a file otherwise when it is asked by its handle than by its path, as later looks do.
            found = os.stat(path) if os.name == "nt" else os.fstat(handle)
            header = os.read(handle, HEADER_BYTES) if stat.S_ISREG(found.st_mode) else b"no file"
        finally:
            os.close(handle)
    except FileNotFoundError:
        raise MissingBook(path=called) from None
    except (PermissionError, IsADirectoryError) as error:
        raise ClosedFile(path=called, reason=reason_of(error)) from None
    except (OSError, ValueError) as error:
        raise DamagedBook(path=called, reason=reason_of(error)) from None
    if stat.S_ISDIR(found.st_mode):
        raise ClosedFile(path=called, reason="is a directory")
    return BookFile(called, path, found, header)


def may_write(account: int, file: os.stat_result) -> bool:
    """Whether the file is given to the account to be written: as its owner, by its group, or like to anybody.

    What root may do besides does not count: whatever root opens is to stay as it is.
    """
    if account == file.st_uid or os.name == "nt" or file.st_mode & stat.S_IWOTH:
        return True
    return bool(file.st_mode & stat.S_IWGRP) and file.st_gid in _groups(account)


def _groups(account: int) -> list[int]:
    # Asked only where a book is shared, or somebody else's.
    import pwd

    try:
        known = pwd.getpwuid(account)
    except KeyError:
        return []
    return os.getgrouplist(known.pw_name, known.pw_gid)


def is_empty_file(path: str) -> bool:
    """Whether it is a file that holds nothing, such as the journal that every write leaves."""
    try:
        found = os.lstat(path)
    except OSError:
        return False
    return stat.S_ISREG(found.st_mode) and found.st_size == 0


def _reach_of(journal: str) -> int | None:
    """The bytes of the book that a journal would roll back to, 0 for none; nothing where it names a super-journal.

    A clerk who writes meanwhile may empty it between any two looks.
    """
    try:
        with open(journal, "rb") as file:
            header = file.read(JOURNAL_HEADER_BYTES)
            end = os.fstat(file.fileno()).st_size - len(MAGIC)
            file.seek(max(len(header), end))
            ends_in_magic = file.read(len(MAGIC)) == MAGIC
    except FileNotFoundError:
        return 0
    except OSError:
        return None
    if ends_in_magic:
        return None
    # A header that was torn off or never written is not rolled back.
    if header[:8] != MAGIC or len(header) < JOURNAL_HEADER_BYTES:
        return 0
    return int.from_bytes(header[16:20], "big") * int.from_bytes(header[24:28], "big")
