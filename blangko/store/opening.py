"""The one door to a book, wherever it lies: in a file or on a server."""

from __future__ import annotations

from blangko.store import sqlite
from blangko.store.book import Book


def open_book(place: str, wait_ms: int | None = None, older: bool = False) -> Book:
    """The book in that file, or of that office on that server; the rest as in `store.sqlite.open_book`.

    A server's lock is waited for as long as ever, since only a write takes one there.

    Raises:
        BlangkoError: It cannot be opened.
    """
    # One look, before anything is loaded that a file does not need.
    if "://" not in place:
        return sqlite.open_book(place, wait_ms, older)
    from blangko.store import postgres

    return postgres.open_book(place)
