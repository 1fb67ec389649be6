"""The files of books: a new one made, one copied, one built from rows; each gets its name only when it is whole."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Callable, Iterable, Sequence
from typing import Any

from blangko.core.columns import NAMES
from blangko.core.entry import Entry
from blangko.core.seal import FIRST_SEAL
from blangko.errors import BookExists, CannotCreate, DamagedBook, reason_of
from blangko.store import queries
from blangko.store.saved import being_made, make_folder, put_where_nothing_is
from blangko.store.schema import create_schema
from blangko.store.sqlite import WRITING_FAILED, SqliteBook, code_of, connect, refuse_server

PAGES_AT_ONCE = 1000
Watch = Callable[[int, int], None]
"""Is told how many pages are copied, and of how many."""


def create_book(place: str, office_code: str, drafts: Sequence[Sequence[Entry]], mode: int = 0o600) -> None:
    """Make a new book with its first entries, one batch for each sequence of drafts.

    The file is built under another name in the same folder and then given its own, so that a crash leaves no half
    book and an existing one is never touched.

    Raises:
        BookExists: There is a file at `place`.
        CannotCreate: The folder or the file cannot be made.
        ServerNotSupported: The place is a server's address.
    """
    refuse_server(place)
    if os.path.lexists(place):
        raise BookExists(path=place)
    try:
        make_folder(place, mode)
        with being_made(place, mode) as building:
            _fill(building, office_code, drafts)
            put_where_nothing_is(building, place)
    except FileExistsError:
        raise BookExists(path=place) from None
    except (OSError, sqlite3.Error) as error:
        raise CannotCreate(path=place, reason=reason_of(error)) from None


def _fill(building: str, office_code: str, drafts: Sequence[Sequence[Entry]]) -> None:
    connection = connect(building)
    try:
        create_schema(connection)
        connection.execute("BEGIN IMMEDIATE")
        connection.execute(
            queries.ADD_OFFICE, {"office_code": office_code, "last_entry_no": 0, "last_seal": FIRST_SEAL}
        )
        book = SqliteBook(connection, building, office_code)
        for batch in drafts:
            book.append(batch)
        connection.execute("COMMIT")
    finally:
        connection.close()


def copy_book(book: SqliteBook, target: str, watch: Watch | None = None) -> None:
    """Copy the whole book, as it is at one moment, over the empty file `target`, by SQLite's own means.

    `watch` is told how many pages are done and how many there are.

    Raises:
        CannotCreate: The target cannot be written.
        BookUnreadable: The book cannot be read.
    """

    def told(_: int, remaining: int, total: int) -> None:
        if watch:
            watch(total - remaining, total)

    connection = sqlite3.connect(target, isolation_level=None)
    try:
        # One view from the first page to the last: else a clerk who writes meanwhile would make the copy begin anew.
        with book.reading():
            book.last()
            try:
                book.connection.backup(connection, pages=PAGES_AT_ONCE, progress=told)
            except sqlite3.Error as error:
                if code_of(error) in WRITING_FAILED:
                    raise CannotCreate(path=target, reason=str(error)) from None
                raise
    finally:
        connection.close()


def build_book(
    target: str, office_code: str, last_entry_no: int, last_seal: str, rows: Iterable[Sequence[Any]]
) -> None:
    """Fill the empty file `target` with a book's rows as they are, numbers and seals included.

    Raises:
        DamagedBook: The rows are not those of a book.
    """
    connection = connect(target)
    try:
        create_schema(connection)
        # Past `append`, which would seal anew: numbers and seals come as they were, and the proof looks at them next.
        connection.execute("BEGIN IMMEDIATE")
        connection.execute(
            queries.ADD_OFFICE, {"office_code": office_code, "last_entry_no": last_entry_no, "last_seal": last_seal}
        )
        connection.executemany(queries.ADD_ENTRY, (dict(zip(NAMES, row, strict=True)) for row in rows))
        connection.execute("COMMIT")
    except (sqlite3.IntegrityError, sqlite3.DataError, sqlite3.ProgrammingError, ValueError, OverflowError) as error:
        raise DamagedBook(path=target, reason=str(error)) from None
    finally:
        connection.close()
