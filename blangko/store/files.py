"""The files of books: a new one made, one copied, one built from rows; each gets its name only when it is whole."""

from __future__ import annotations

import os
import shutil
import sqlite3
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

from blangko.core.columns import NAMES
from blangko.core.entry import Entry
from blangko.core.seal import FIRST_SEAL
from blangko.errors import CannotCreate, DamagedBook, LockedBook, reason_of
from blangko.errors.files import BookExists
from blangko.store import queries
from blangko.store.beside import BookFile, book_file
from blangko.store.saved import (
    being_made,
    make_folder,
    put_back_unless_proved,
    put_where_nothing_is,
    set_companions_aside,
)
from blangko.store.schema import create_schema
from blangko.store.sqlite import (
    WRITING_FAILED,
    SqliteBook,
    code_of,
    connect,
    open_book,
    refuse_server,
    told,
    version_of_ours,
)

PAGES_AT_ONCE = 1000
NIK_GUARD = "entry_holds_no_nik"
"""The trigger that refuses a citizen's number."""
MOST_STEPS = 100_000
"""Of SQLite's machine, for two rows that take it some dozens."""
TABLES = ("alembic_version", "entry", "kind", "office")
Watch = Callable[[int, int], None]
"""Is told how many pages are copied, and of how many."""


def create_book(place: str, office_code: str, drafts: Sequence[Sequence[Entry]], mode: int = 0o600) -> None:
    """Make a new book with its first entries, one batch for each sequence of drafts.

    The file is built under another name in the same folder and then given its own, so that a crash leaves no half
    book and an existing one is never touched.

    Raises:
        BookExists: There is a file at `place`.
        CannotCreate: The folder or the file cannot be made.
        BookUnreadable: It is made, but cannot be used under its name.
        ServerNotSupported: The place is a server's address.
    """
    refuse_server(place)
    if os.path.lexists(place):
        raise BookExists(path=place)
    try:
        make_folder(place, mode)
        with being_made(place, mode) as building:
            end = _fill(building, office_code, drafts)
            set_companions_aside(place)
            put_where_nothing_is(building, place)
        with put_back_unless_proved(place, os.stat(place), kept=None):
            _prove(place, end)
    except FileExistsError:
        raise BookExists(path=place) from None
    except (OSError, sqlite3.Error) as error:
        raise CannotCreate(path=place, reason=reason_of(error)) from None


def _prove(place: str, end: tuple[int, str]) -> None:
    """Look at a new book under its own name: nothing that lies beside it may have changed it."""
    with open_book(place) as book, book.reading():
        if book.last() != end or book.inspection().damage():
            raise DamagedBook(path=place, reason="its end is not as it was written")


def _fill(building: str, office_code: str, drafts: Sequence[Sequence[Entry]]) -> tuple[int, str]:
    """Make the book; number and seal of its last entry."""
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
        end = book.last()
        connection.execute("COMMIT")
        return end
    finally:
        connection.close()


@contextmanager
def opened_copy(source: str) -> Iterator[SqliteBook]:
    """The book at `source`, which may come from anywhere and be of an older shape, opened as a private copy.

    Raises:
        BookUnreadable: As `open_book`; or something lies beside it, or it is written meanwhile.
    """
    from tempfile import TemporaryDirectory

    with TemporaryDirectory(prefix="blangko-") as folder:
        copied = os.path.join(folder, "copy.db")
        copy_whole(source, copied)
        with open_book(copied, older=True, called=source) as book:
            yield book


def end_of_copy(source: str) -> tuple[str, int, str]:
    """Office, number and seal of the last entry of a copy, read where it lies.

    SQLite is told that the file never changes: then it looks at nothing that lies beside it, and takes no lock.

    Raises:
        BookUnreadable: It is no book of ours, or something lies beside it.
    """
    file = _from_elsewhere(source)
    address = f"{Path(file.path).as_uri()}?mode=ro&immutable=1"
    with told(source, writing=False), closing(sqlite3.connect(address, uri=True)) as connection:
        # Two rows are read. A file that makes more of it wants to keep whoever looks from ever coming to an end.
        connection.set_progress_handler(lambda: 1, MOST_STEPS)
        for (code,) in connection.execute(queries.OFFICES):
            for entry_no, seal in connection.execute(queries.THE_OFFICE, {"office_code": code}):
                if isinstance(entry_no, int) and isinstance(seal, str):
                    return code, entry_no, seal
    raise DamagedBook(path=source, reason="it holds no office")


def copy_whole(source: str, target: str) -> None:
    """Copy the file of a book that may come from anywhere, byte by byte: it is never opened where it lies.

    Raises:
        BookUnreadable: It is no book of ours, something lies beside it, or it is written meanwhile.
    """
    before = _from_elsewhere(source)
    with open(before.path, "rb") as read, open(target, "wb") as written:
        shutil.copyfileobj(read, written)
    after = _from_elsewhere(source)
    # SQLite counts every write in the header.
    if not before.is_still_there() or _state(after) != _state(before):
        raise LockedBook(path=source)
    _refuse_views(target, source)


def _refuse_views(copied: str, source: str) -> None:
    """Refuse a copy that has a view in the place of a table: it could be made so that no look at it comes to an end."""
    with told(source, writing=False), closing(sqlite3.connect(copied)) as connection:
        for table in TABLES:
            for _, _, kind, *_ in connection.execute(f"PRAGMA table_list({table})"):
                if kind != "table":
                    raise DamagedBook(path=source, reason="it holds no book")


def _from_elsewhere(source: str) -> BookFile:
    file = book_file(source)
    version_of_ours(file, older=True)
    file.refuse_companions()
    return file


def _state(file: BookFile) -> tuple[object, ...]:
    return file.found.st_size, file.found.st_mtime_ns, file.header


def copy_book(book: SqliteBook, target: str, watch: Watch | None = None) -> None:
    """Copy the whole book, as it is at one moment, over the empty file `target`, by SQLite's own means.

    `watch` is told how many pages are done and how many there are.

    Raises:
        CannotCreate: The target cannot be written.
        BookUnreadable: The book cannot be read.
    """

    def tell(_: int, remaining: int, total: int) -> None:
        if watch:
            watch(total - remaining, total)

    # The whole path: where SQLite is so built, a name that begins with "file:" is an address and no name.
    connection = sqlite3.connect(os.path.abspath(target), isolation_level=None)
    try:
        # One view from the first page to the last: else a clerk who writes meanwhile would make the copy begin anew.
        with book.reading():
            book.last()
            try:
                book.connection.backup(connection, pages=PAGES_AT_ONCE, progress=tell)
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
        # An old book may hold what none takes any more; the proof tells of it, and the book is not lost for it.
        (guard,) = connection.execute(f"SELECT sql FROM sqlite_master WHERE name = '{NIK_GUARD}'").fetchone()
        connection.execute(f"DROP TRIGGER {NIK_GUARD}")
        connection.executemany(queries.ADD_ENTRY, (dict(zip(NAMES, row, strict=True)) for row in rows))
        connection.execute(guard)
        connection.execute("COMMIT")
    except (sqlite3.IntegrityError, sqlite3.DataError, sqlite3.ProgrammingError, ValueError, OverflowError) as error:
        raise DamagedBook(path=target, reason=str(error)) from None
    finally:
        connection.close()
