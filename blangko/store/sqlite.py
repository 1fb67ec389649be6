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
    ClosedFile,
    DamagedBook,
    EmptyFile,
    ForeignFile,
    LockedBook,
    MissingBook,
    NewerBook,
    NotConfirmed,
    OlderBook,
    ReadOnlyBook,
    ServerNotSupported,
    reason_of,
)
from blangko.store import queries
from blangko.store.book import Book, Inspection
from blangko.store.schema import APPLICATION_ID, SCHEMA_VERSION, migrated

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


class SqliteBook(Book):
    """The book of one office in a file; `connection` is open until the book is closed."""

    def __init__(self, connection: sqlite3.Connection, path: str, office_code: str) -> None:
        super().__init__(path, office_code)
        self.connection = connection

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
        # IMMEDIATE takes the file's one write lock at once. A lock that is asked for later, after a first look, is
        # refused without any waiting when another wrote in between.
        self.connection.execute("BEGIN IMMEDIATE" if writing else "BEGIN")

    def commit(self) -> None:
        self.connection.execute("COMMIT")

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
            # The migrations are to find the table, and not the view that stood before it.
            self.connection.execute("DROP VIEW IF EXISTS temp.entry")
            with migrated(self.connection):
                yield self


def open_book(place: str, wait_ms: int | None = None, older: bool = False) -> SqliteBook:
    """The book at `place`; a lock that another holds is waited for `wait_ms` milliseconds, else 20 s.

    With `older` also a book of an older shape, which can be read and upgraded, but not be written to.

    Raises:
        BookUnreadable: Missing, empty, foreign, damaged, newer, older or locked; the file is left untouched.
    """
    refuse_server(place)
    version = _version_of_ours(place, older)
    with told(place, writing=False):
        connection = connect(place, wait_ms)
        try:
            if version < SCHEMA_VERSION:
                _show_missing_columns_empty(connection)
            offices = connection.execute(queries.OFFICES).fetchall()
        except BaseException:
            connection.close()
            raise
    if len(offices) != 1:
        # A second office would be kept in a book of its own; here it could only hide the first one.
        connection.close()
        raise DamagedBook(path=place, reason="it holds more than one office" if offices else "it holds no office")
    return SqliteBook(connection, place, offices[0][0])


def refuse_server(place: str) -> None:
    """Refuse a server's address where a file is meant, without repeating the password in it.

    Raises:
        ServerNotSupported: It is one.
    """
    if "://" in place:
        raise ServerNotSupported(path=place.split("@")[-1])


def _version_of_ours(place: str, older: bool) -> int:
    """The number of the book's shape.

    Looks at the header alone, before SQLite opens (and perhaps recovers) a file that is not ours.
    """
    try:
        with open(place, "rb") as file:
            header = file.read(100)
    except FileNotFoundError:
        raise MissingBook(path=place) from None
    except (PermissionError, IsADirectoryError) as error:
        raise ClosedFile(path=place, reason=reason_of(error)) from None
    except (OSError, ValueError) as error:
        raise DamagedBook(path=place, reason=reason_of(error)) from None
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


def connect(place: str, wait_ms: int | None = None) -> sqlite3.Connection:
    """A connection to the file at `place` with the settings of the house; locks are waited for as in `open_book`."""
    wait_ms = BUSY_TIMEOUT_MS if wait_ms is None else wait_ms
    # `mode=rw` never creates a file; SQLite falls back to reading alone where writing is not allowed.
    connection = sqlite3.connect(
        f"{Path(place).absolute().as_uri()}?mode=rw", uri=True, isolation_level=None, timeout=wait_ms / 1000
    )
    for pragma in _PRAGMAS:
        connection.execute(pragma)
    return connection


# --- Errors ---------------------------------------------------------------------------------------


@contextmanager
def told(path: str, writing: bool) -> Iterator[None]:
    """Turn SQLite's errors into ours, by their code: what is wrong with the book, in the words of errors.py."""
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
    if code == sqlite3.SQLITE_READONLY:
        return ReadOnlyBook(path=path)
    if code == sqlite3.SQLITE_CANTOPEN and not writing:
        return MissingBook(path=path) if not os.path.exists(path) else DamagedBook(path=path, reason=str(error))
    if writing and code in WRITING_FAILED:
        return NotConfirmed(path=path, reason=str(error))
    if isinstance(error, sqlite3.ProgrammingError | sqlite3.InterfaceError):
        return error
    return DamagedBook(path=path, reason=str(error))
