"""A book that is a file: SQLite's alone.

Settings chosen by replaying power cuts: `journal_mode=TRUNCATE` with `synchronous=EXTRA` loses nothing that was
acknowledged. A file is opened only when its header says that it is a book of ours, so that no other file is touched.
"""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterable, Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from typing import Any

from blangko.core.columns import NAMES
from blangko.errors import (
    BookMoved,
    ChangedRules,
    DamagedBook,
    EmptyFile,
    ForeignFile,
    InterruptedWrite,
    LockedBook,
    MissingBook,
    MovedMeanwhile,
    NewerBook,
    NotConfirmed,
    OlderBook,
    ReadOnlyBook,
    ServerNotSupported,
)
from blangko.store import queries
from blangko.store.beside import BookFile, book_file, may_write
from blangko.store.book import Book, Inspection
from blangko.store.schema import APPLICATION_ID, SCHEMA_VERSION, changed_parts, migrated

BUSY_TIMEOUT_MS = 20_000
"""How long the lock of another is waited for: longer than any command takes, shorter than anybody's patience."""
_PRAGMAS = (
    "PRAGMA journal_mode=TRUNCATE",
    "PRAGMA synchronous=EXTRA",
    "PRAGMA foreign_keys=ON",
    "PRAGMA trusted_schema=OFF",
    "PRAGMA cell_size_check=ON",
)
WRITING_FAILED = (sqlite3.SQLITE_FULL, sqlite3.SQLITE_IOERR, sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_READONLY)
"""What SQLite says when a disk does not take what is written."""
_CANNOT_RECOVER = (sqlite3.SQLITE_READONLY_ROLLBACK, sqlite3.SQLITE_READONLY_RECOVERY, sqlite3.SQLITE_READONLY_CANTINIT)


class SqliteBook(Book):
    """The book of one office in a file; `connection` is open until the book is closed.

    Args:
        connection: To the file.
        path: What people call the file.
        office_code: The office's.
        file: The file as it was found; None for one that is being made, where nobody else can reach it.
        wait_ms: How long locks are waited for, as in `open_book`.
    """

    def __init__(
        self,
        connection: sqlite3.Connection,
        path: str,
        office_code: str,
        file: BookFile | None = None,
        wait_ms: int | None = None,
    ) -> None:
        super().__init__(path, office_code)
        self.connection = connection
        self._file = file
        self._wait_ms = wait_ms

    def execute(self, sql: str, values: Mapping[str, Any]) -> list[Any]:
        return list(self.execute_streamed(sql, values))

    def execute_streamed(self, sql: str, values: Mapping[str, Any]) -> Iterator[Any]:
        try:
            yield from self.connection.execute(sql, values)
        except sqlite3.DatabaseError as error:
            if code_of(error) == sqlite3.SQLITE_CORRUPT:
                raise DamagedBook(path=self.path, reason=str(error)) from error
            raise

    def execute_for_each(self, sql: str, rows: Iterable[Mapping[str, Any]]) -> None:
        self.connection.executemany(sql, rows)

    def in_transaction(self) -> bool:
        return self.connection.in_transaction

    def begin(self, writing: bool) -> None:
        if self._file:
            # Somebody may have thought about a question for minutes since the book was opened.
            self._file.refuse_planted()
        if not writing:
            self.connection.execute("BEGIN")
            return
        self._take_to_write()
        # IMMEDIATE takes the file's one write lock at once. A lock that is asked for later, after a first look, is
        # refused without any waiting when another wrote in between.
        self.connection.execute("BEGIN IMMEDIATE")
        if changed := changed_parts(self.connection):
            # A trigger that was added by hand could swallow the entry.
            self.rollback()
            raise ChangedRules(path=self.path, name=changed[0])

    def _take_to_write(self) -> None:
        """Make sure that what is written goes into the book, and where it was opened to be read only, open it anew."""
        if self._file is None:
            return
        self._file.refuse_to_write()
        if not _is_given(self._file):
            self.connection.close()
            self.connection = connect(self._file.path, self._wait_ms)
            self._refuse_moved(BookMoved(path=self.path))

    def commit(self) -> None:
        self.connection.execute("COMMIT")
        # SQLite looks at the name before it writes; a file that took the name since has no such entry.
        self._refuse_moved(MovedMeanwhile(path=self.path))

    def _refuse_moved(self, error: Exception) -> None:
        if self._file and not self._file.is_still_there():
            raise error

    def rollback(self) -> None:
        # SQLite may have rolled back by itself already (a full disk does that).
        if self.connection.in_transaction:
            self.connection.execute("ROLLBACK")

    def told(self, writing: bool) -> AbstractContextManager[None]:
        return told(self.path, writing)

    def inspection(self) -> Inspection:
        from blangko.store.damage import FileInspection

        return FileInspection(self, self.connection)

    def close(self) -> None:
        self.connection.close()

    def version(self) -> int:
        """The number of the book's shape."""
        ((found,),) = self.execute("PRAGMA user_version", {})
        return int(found)

    @contextmanager
    def upgrading(self) -> Iterator[SqliteBook]:
        """Today's shape, in one transaction: it stands when the block ends, the old one when it raises."""
        with told(self.path, writing=True):
            self._take_to_write()
            # The migrations are to find the table, and not the view that stood before it.
            self.connection.execute("DROP VIEW IF EXISTS temp.entry")
            with migrated(self.connection):
                yield self
            self._refuse_moved(MovedMeanwhile(path=self.path))


def open_book(place: str, wait_ms: int | None = None, older: bool = False, called: str | None = None) -> SqliteBook:
    """The book at `place`; a lock that another holds is waited for `wait_ms` milliseconds, else 20 s.

    With `older` also a book of an older shape, which can be read and upgraded, but not be written to. `called` is what
    people are told of, where that is not the place.

    Raises:
        BookUnreadable: Missing, empty, foreign, damaged, newer, older, locked, or with something planted beside it; the
            file is left untouched.
    """
    refuse_server(place)
    file = book_file(place, called)
    version = version_of_ours(file, older)
    is_unfinished = file.refuse_planted()
    with told(file.called, writing=False):
        connection = connect(file.path, wait_ms, to_read=not _is_given(file))
        try:
            if not file.is_still_there():
                raise BookMoved(path=file.called)
            if is_unfinished:
                # Any look at the book takes back what a power cut left unfinished; that may have been an upgrade.
                connection.execute(queries.OFFICES).fetchall()
                version = version_of_ours(book_file(place, called), older)
            if version < SCHEMA_VERSION:
                _show_missing_columns_empty(connection)
            offices = connection.execute(queries.OFFICES).fetchall()
        except BaseException:
            connection.close()
            raise
    if len(offices) != 1:
        # A second office would be kept in a book of its own; here it could only hide the first one.
        connection.close()
        reason = "it holds more than one office" if offices else "it holds no office"
        raise DamagedBook(path=file.called, reason=reason)
    return SqliteBook(connection, file.called, offices[0][0], file, wait_ms)


def _is_given(file: BookFile) -> bool:
    """Whether the book is this account's to write; anybody else, root too, opens it to be read until it writes."""
    return os.name == "nt" or may_write(os.geteuid(), file.found)


def refuse_server(place: str) -> None:
    """Refuse a server's address where a file is meant, without repeating the password in it.

    Raises:
        ServerNotSupported: It is one.
    """
    if "://" in place:
        raise ServerNotSupported(path=place.split("@")[-1])


def version_of_ours(file: BookFile, older: bool) -> int:
    """The number of the book's shape; of an older one only with `older`.

    Looks at the header alone, before SQLite opens (and perhaps recovers) a file that is not ours.

    Raises:
        BookUnreadable: It is no book of ours, or of another shape.
    """
    place, header = file.called, file.header
    if not header:
        raise EmptyFile(path=place)
    if header[:16] != b"SQLite format 3\0" or int.from_bytes(header[68:72], "big") != APPLICATION_ID:
        raise ForeignFile(path=place)
    version = int.from_bytes(header[60:64], "big")
    if version > SCHEMA_VERSION:
        raise NewerBook(path=place, found=version, known=SCHEMA_VERSION)
    if version < (1 if older else SCHEMA_VERSION):
        raise OlderBook(path=place, found=version, known=SCHEMA_VERSION)
    return version


def _show_missing_columns_empty(connection: sqlite3.Connection) -> None:
    """Let today's statements read a book of an older shape: a column that it lacks is empty in every entry.

    A copy of it is proved so before it is upgraded. The view stands before the table on this connection alone; the
    file is left untouched.
    """
    held = {name for _, name, *_ in connection.execute("PRAGMA main.table_info(entry)")}
    missing = ", ".join(f"NULL AS {name}" for name in NAMES if name not in held)
    if held and missing:
        connection.execute("PRAGMA temp_store=MEMORY")
        connection.execute(f"CREATE TEMP VIEW entry AS SELECT *, {missing} FROM main.entry")


def connect(place: str, wait_ms: int | None = None, to_read: bool = False) -> sqlite3.Connection:
    """A connection to the file at `place` with the settings of the house; locks are waited for as in `open_book`.

    One that is made only `to_read` changes nothing, not even what a write that was cut off has left.
    """
    wait_ms = BUSY_TIMEOUT_MS if wait_ms is None else wait_ms
    # `mode=rw` never creates a file; SQLite falls back to reading alone where writing is not allowed.
    address = f"{Path(place).absolute().as_uri()}?mode={'ro' if to_read else 'rw'}"
    connection = sqlite3.connect(address, uri=True, isolation_level=None, timeout=wait_ms / 1000)
    try:
        for pragma in _PRAGMAS:
            connection.execute(pragma)
    except BaseException:
        connection.close()
        raise
    return connection


# --- Errors ---------------------------------------------------------------------------------------


@contextmanager
def told(path: str, writing: bool) -> Iterator[None]:
    """Turn SQLite's errors into ours, by their code: what is wrong with the book, in the words of `errors`."""
    try:
        yield
    except sqlite3.Error as error:
        raise _as_ours(error, path, writing) from error
    except UnicodeDecodeError as error:
        # Damage in the middle of a text, or of SQLite's own words about it.
        raise DamagedBook(path=path, reason=str(error)) from error


def code_of(error: sqlite3.Error) -> int:
    """SQLite's plain code; 0 for what Python itself complains about, such as text that is no UTF-8."""
    return getattr(error, "sqlite_errorcode", 0) & 0xFF


def _as_ours(error: sqlite3.Error, path: str, writing: bool) -> Exception:
    code = code_of(error)
    if code in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED):
        return LockedBook(path=path)
    if getattr(error, "sqlite_errorcode", 0) == sqlite3.SQLITE_READONLY_DBMOVED:
        return BookMoved(path=path)
    if getattr(error, "sqlite_errorcode", 0) in _CANNOT_RECOVER:
        return InterruptedWrite(path=path)
    if code == sqlite3.SQLITE_READONLY:
        return ReadOnlyBook(path=path)
    if code == sqlite3.SQLITE_CANTOPEN and not writing:
        return MissingBook(path=path) if not os.path.exists(path) else DamagedBook(path=path, reason=str(error))
    if writing and code in WRITING_FAILED:
        return NotConfirmed(path=path, reason=str(error))
    if isinstance(error, sqlite3.ProgrammingError | sqlite3.InterfaceError):
        return error
    return DamagedBook(path=path, reason=str(error))
