"""An open book: its file, its connection, its transactions.

Settings chosen by replaying power cuts: `journal_mode=TRUNCATE` with `synchronous=EXTRA` loses nothing that was
acknowledged. A file is opened only when its header says that it is a book of ours, so that no other file is touched.
"""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import Any

from blangko.core.columns import COLUMNS, DAYS, SEALED, WHOLE
from blangko.core.entry import Entry
from blangko.core.seal import next_seal
from blangko.errors import (
    ClosedFile,
    DamagedBook,
    EmptyFile,
    ForeignFile,
    MissingBook,
    NewerBook,
    OlderBook,
    ServerNotSupported,
    reason_of,
)
from blangko.store import queries
from blangko.store.schema import APPLICATION_ID, SCHEMA_VERSION, migrated
from blangko.store.told import code_of, told

BUSY_TIMEOUT_MS = 20_000
LEAST_ENTRY_BYTES = 100
"""The seal of an entry alone takes 64."""
_PRAGMAS = (
    "PRAGMA journal_mode=TRUNCATE",
    "PRAGMA synchronous=EXTRA",
    "PRAGMA foreign_keys=ON",
    "PRAGMA trusted_schema=OFF",
    "PRAGMA cell_size_check=ON",
)
_DATES = tuple(Entry._fields.index(name) for name in DAYS)


class Book:
    """The book of one office, open: a context manager. Reads and writes happen in `reading()` and `writing()`."""

    def __init__(self, connection: sqlite3.Connection, path: str, office_code: str) -> None:
        self.connection = connection
        self.path = path
        self.office_code = office_code

    def __enter__(self) -> Book:
        return self

    def __exit__(self, *_: object) -> None:
        self.connection.close()

    @contextmanager
    def reading(self) -> Iterator[Book]:
        """One consistent view, however many statements look at it; inside another one, or a transaction, the same."""
        if self.connection.in_transaction:
            # Whoever opened the view, or the transaction, tells what goes wrong in it.
            yield self
            return
        with told(self.path, writing=False):
            self.connection.execute("BEGIN")
            try:
                yield self
            finally:
                _end(self.connection, "ROLLBACK")

    @contextmanager
    def writing(self) -> Iterator[Book]:
        """One transaction: all of it stands when the block ends, nothing of it when it raises.

        Takes the book's write lock first and waits up to 20 s for it, so that every rule inside is checked against
        what the others wrote.
        """
        with told(self.path, writing=True):
            self.connection.execute("BEGIN IMMEDIATE")
            try:
                yield self
                self.connection.execute("COMMIT")
            except BaseException:
                _end(self.connection, "ROLLBACK")
                raise

    @contextmanager
    def upgrading(self) -> Iterator[Book]:
        """Today's shape, in one transaction: it stands when the block ends, the old one when it raises."""
        with told(self.path, writing=True), migrated(self.connection):
            yield self

    def version(self) -> int:
        """The number of the book's shape."""
        ((found,),) = self.rows("PRAGMA user_version")
        return int(found)

    def rows(self, sql: str, **values: Any) -> list[Any]:
        """The rows of one statement of `store.queries`; dates among `values` become text."""
        named = {name: value.isoformat() if isinstance(value, date) else value for name, value in values.items()}
        return self.connection.execute(sql, {"office_code": self.office_code, **named}).fetchall()

    def entries(self, sql: str, **values: Any) -> list[Entry]:
        """The entries of one statement of `store.queries`.

        Raises:
            DamagedBook: A day is none, or a page of the file is damaged.
        """
        try:
            return [_entry(row) for row in self.rows(sql, **values)]
        except (TypeError, ValueError) as error:
            raise DamagedBook(path=self.path, reason=str(error)) from error
        except sqlite3.DatabaseError as error:
            if code_of(error) == sqlite3.SQLITE_CORRUPT:
                raise DamagedBook(path=self.path, reason=str(error)) from error
            raise

    def entry(self, sql: str, **values: Any) -> Entry | None:
        return next(iter(self.entries(sql, **values)), None)

    def number(self, sql: str, **values: Any) -> int | None:
        """The first value of the first row, a whole number; None without a row."""
        return next((row[0] for row in self.rows(sql, **values)), None)

    def text(self, sql: str, **values: Any) -> str | None:
        """The first value of the first row, a text; None without a row."""
        return next((row[0] for row in self.rows(sql, **values)), None)

    def day(self, text: str) -> date:
        """A day that a statement gave as text; a day that is none is damage."""
        try:
            return date.fromisoformat(text)
        except (TypeError, ValueError) as error:
            raise DamagedBook(path=self.path, reason=str(error)) from error

    def last(self) -> tuple[int, str]:
        """Number and seal of the last entry.

        Raises:
            DamagedBook: The office's row holds something else.
        """
        ((_, entry_no, seal),) = self.rows(queries.THE_OFFICE)
        if not isinstance(entry_no, int) or not isinstance(seal, str):
            raise DamagedBook(path=self.path, reason="its end is not as it was written")
        return entry_no, seal

    def append(self, drafts: Sequence[Entry]) -> list[Entry]:
        """Number, seal and write the drafts of one command as one batch; call within `writing()`."""
        last_no, seal = self.last()
        if last_no and self.text(queries.SEAL_OF, entry_no=last_no) != seal:
            # Sealed on from there, every later entry would look like a forgery.
            raise DamagedBook(path=self.path, reason="its end is not as it was written")
        batch_no, written, rows = last_no + 1, [], []
        for entry_no, draft in enumerate(drafts, batch_no):
            row = _row(draft)
            row["office_code"], row["entry_no"], row["batch_no"] = self.office_code, entry_no, batch_no
            seal = row["seal"] = next_seal(seal, SEALED, [row[name] for name in SEALED])
            rows.append(row)
            written.append(
                draft._replace(office_code=self.office_code, entry_no=entry_no, batch_no=batch_no, seal=seal)
            )
        self.connection.executemany(queries.ADD_ENTRY, rows)
        self.rows(queries.MOVE_OFFICE_ON, last_entry_no=batch_no + len(drafts) - 1, last_seal=seal)
        return written

    @contextmanager
    def damaged_text_told(self) -> Iterator[None]:
        """Text that is no UTF-8 is read as lone surrogates and not refused, so that its entry can be named."""
        self.connection.text_factory = lambda raw: raw.decode("utf-8", "surrogateescape")
        try:
            yield
        finally:
            self.connection.text_factory = str

    def sealed_rows(self, one_by_one: bool) -> tuple[list[Any], list[int]]:
        """The rows of `queries.SEALED_ROWS_FROM`, and the numbers of the entries that SQLite cannot find any more.

        Those are known only when the entries are read `one_by_one`, as a damaged file has to be.
        """
        if not one_by_one:
            return self.rows(queries.SEALED_ROWS_FROM, first_no=1), []
        last_no, _ = self.last()
        # In a damaged file even the last number may be anything; more entries than fit into it were never there.
        most = min(last_no, os.path.getsize(self.path) // LEAST_ENTRY_BYTES)
        tried = {number: self._sealed_row(number) for number in range(1, most + 1)}
        return [row for row in tried.values() if row], [number for number, row in tried.items() if not row]

    def _sealed_row(self, entry_no: int) -> Any:
        try:
            return next(iter(self.rows(queries.SEALED_ROW, entry_no=entry_no)), None)
        except sqlite3.DatabaseError:
            return None

    def file_damage(self) -> list[str]:
        """What SQLite finds wrong with the file and its links, in its own words; nothing when all is well."""
        with told(self.path, writing=False):
            found = [row[0] for row in self._looked_at("PRAGMA integrity_check(10)")]
            links = [f"foreign key of {row[0]}" for row in self._looked_at("PRAGMA foreign_key_check")]
        return [text for text in dict.fromkeys([*found, *links]) if text != "ok"]

    def _looked_at(self, pragma: str) -> list[Any]:
        """The rows of a check; where the check itself cannot go on, that is what it found."""
        try:
            return self.connection.execute(pragma).fetchall()
        except sqlite3.DatabaseError as error:
            if code_of(error) != sqlite3.SQLITE_CORRUPT:
                raise
            return [(str(error),)]

    def has_wrong_types(self) -> bool:
        """Whether damage has put something into a column of an entry that its type does not allow, or nothing."""
        wrong = []
        for column in COLUMNS:
            right = "integer" if column.holds == WHOLE else "text"
            empty = f" AND {column.name} IS NOT NULL" if column.may_be_empty else ""
            wrong.append(f"typeof({column.name}) <> '{right}'{empty}")
        sql = f"SELECT 1 FROM entry WHERE office_code = :office_code AND ({' OR '.join(wrong)}) LIMIT 1"
        return bool(self.rows(sql))

    def writable_by_others(self) -> bool:
        """Whether every account of the machine may write to the file; Windows keeps that elsewhere."""
        return os.name != "nt" and bool(os.stat(self.path).st_mode & 0o002)


def _entry(row: Sequence[Any]) -> Entry:
    values = list(row)
    for index in _DATES:
        if values[index] is not None:
            values[index] = date.fromisoformat(values[index])
    return Entry._make(values)


def _row(entry: Entry) -> dict[str, Any]:
    row = entry._asdict()
    for name in DAYS:
        if row[name] is not None:
            row[name] = row[name].isoformat()
    return row


def open_book(place: str, wait_ms: int | None = None, older: bool = False) -> Book:
    """The book at `place`; a lock that another holds is waited for `wait_ms` milliseconds, else 20 s.

    With `older` also a book of an older shape, which can be read and upgraded, but not be written to.

    Raises:
        BookUnreadable: Missing, empty, foreign, damaged, newer, older or locked; the file is left untouched.
    """
    if "://" in place:
        raise ServerNotSupported(path=place.split("@")[-1])
    _refuse_foreign(place, older)
    with told(place, writing=False):
        connection = connect(place, wait_ms)
        try:
            offices = connection.execute(queries.THE_OFFICE).fetchall()
        except BaseException:
            connection.close()
            raise
    if len(offices) != 1:
        # A second office would be kept in a book of its own; here it could only hide the first one.
        connection.close()
        raise DamagedBook(path=place, reason="it holds more than one office" if offices else "it holds no office")
    return Book(connection, place, offices[0][0])


def _refuse_foreign(place: str, older: bool) -> None:
    """Look at the header alone, before SQLite opens (and perhaps recovers) a file that is not ours."""
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


def _end(connection: sqlite3.Connection, how: str) -> None:
    # SQLite may have rolled back by itself already (a full disk does that).
    if connection.in_transaction:
        connection.execute(how)
