"""SQLite's errors told as ours, by their code."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager

from blangko.errors import BookMoved, DamagedBook, LockedBook, MissingBook, NotConfirmed, ReadOnlyBook

WRITING_FAILED = (sqlite3.SQLITE_FULL, sqlite3.SQLITE_IOERR, sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_READONLY)
"""What SQLite says when a disk does not take what is written."""


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
