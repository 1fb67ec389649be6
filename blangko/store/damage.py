"""Looking for damage in the file of a book: what was written there may have come back as something else.

Everything here expects the worst: a number may be a text, a text no UTF-8, a page gone. Only an audit looks so closely;
the daily commands trust SQLite to complain.
"""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import Any

from blangko.core.columns import COLUMNS, WHOLE
from blangko.errors import DamagedBook
from blangko.store import queries
from blangko.store.backups import FOLDER
from blangko.store.book import Book
from blangko.store.schema import differences

LEAST_ENTRY_BYTES = 100
"""The seal of an entry alone takes 64."""


class FileInspection:
    """A book's file, looked at from below; the methods are described in `store.book.Inspection`."""

    def __init__(self, book: Book, connection: sqlite3.Connection) -> None:
        self._book = book
        self._connection = connection

    def damage(self) -> list[str]:
        with self._book.told(writing=False):
            found = [row[0] for row in self._looked_at("PRAGMA integrity_check(10)")]
            links = [f"foreign key of {row[0]}" for row in self._looked_at("PRAGMA foreign_key_check")]
        return [text for text in dict.fromkeys([*found, *links]) if text != "ok"]

    def _looked_at(self, pragma: str) -> list[Any]:
        """The rows of a check; where the check itself cannot go on, that is what it found."""
        try:
            return self._book.execute(pragma, {})
        except DamagedBook as error:
            return [(error.reason,)]

    def changed_parts(self) -> list[str]:
        return differences(self._connection)

    @contextmanager
    def damaged_text_told(self) -> Iterator[None]:
        self._connection.text_factory = lambda raw: raw.decode("utf-8", "surrogateescape")
        try:
            yield
        finally:
            self._connection.text_factory = str

    def sealed_rows(self, one_by_one: bool) -> tuple[Iterable[Any], list[int]]:
        if not one_by_one:
            return self._book.each_row(queries.SEALED_ROWS_FROM, first_no=1), []
        last_no, _ = self._book.last()
        # In a damaged file even the last number may be anything; more entries than fit into it were never there.
        most = min(last_no, os.path.getsize(self._book.path) // LEAST_ENTRY_BYTES)
        tried = {number: self._sealed_row(number) for number in range(1, most + 1)}
        return [row for row in tried.values() if row], [number for number, row in tried.items() if not row]

    def _sealed_row(self, entry_no: int) -> Any:
        try:
            return next(iter(self._book.rows(queries.SEALED_ROW, entry_no=entry_no)), None)
        except (DamagedBook, sqlite3.DatabaseError):
            return None

    def has_wrong_types(self) -> bool:
        # A STRICT table refuses a wrong type, but damage does not ask it.
        wrong = []
        for column in COLUMNS:
            right = "integer" if column.holds == WHOLE else "text"
            empty = f" AND {column.name} IS NOT NULL" if column.may_be_empty else ""
            wrong.append(f"typeof({column.name}) <> '{right}'{empty}")
        sql = f"SELECT 1 FROM entry WHERE office_code = :office_code AND ({' OR '.join(wrong)}) LIMIT 1"
        return bool(self._book.rows(sql))

    def writable_by_others(self) -> bool:
        return _is_open_to_others(self._book.path)

    def names(self) -> int:
        return os.stat(self._book.path).st_nlink

    def folders_open_to_others(self) -> list[str]:
        own = os.path.dirname(os.path.abspath(self._book.path))
        return [folder for folder in (own, os.path.join(own, FOLDER)) if _is_open_to_others(folder)]


def _is_open_to_others(path: str) -> bool:
    try:
        # Windows keeps that elsewhere.
        return os.name != "nt" and bool(os.stat(path).st_mode & 0o002)
    except FileNotFoundError:
        return False
