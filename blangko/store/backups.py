"""Copies beside the book: what they are called, which is the newest, and which may go."""

from __future__ import annotations

import os
import re
import stat
from collections.abc import Iterable
from datetime import date

FOLDER = "backups"
KEEP_NEWEST = 14
KEEP_MONTHS = 12
_BEGINNING = b"SQLite format 3\0"
_NAME = re.compile(r".+-(\d{4})(\d\d)(\d\d)T\d{6}Z\.db")


def backup_place(book_place: str, now: str) -> str:
    """Where a copy made at the instant `now` (UTC, as the book records it) goes."""
    stamp = now.replace(":", "").replace("-", "")
    return os.path.join(_folder(book_place), f"{_stem(book_place)}-{stamp}.db")


def newest_backup(book_place: str) -> date | None:
    """The day of the newest copy beside the book; None without one."""
    return max((_day(name) for name in _names(book_place)), default=None)


def newest_copies(book_place: str) -> list[str]:
    """The paths of the newest files with a copy's name beside the book, as many as the rule keeps, the newest first.

    Also of those that are no copies any more: somebody may have emptied them.
    """
    names = sorted(_named(book_place), reverse=True)[:KEEP_NEWEST]
    return [os.path.join(_folder(book_place), name) for name in names]


def forget_old(book_place: str) -> list[str]:
    """Take away the copies that the rule does not keep; their names."""
    gone = sorted(set(_names(book_place)) - kept(_names(book_place)))
    for name in gone:
        os.unlink(os.path.join(_folder(book_place), name))
    return gone


def kept(names: Iterable[str]) -> set[str]:
    """The names that stay: the fourteen newest, the newest of each of the last twelve months, and of each year."""
    # The names end in the instant, so they sort as the copies were made.
    newest_first = sorted(names, reverse=True)
    months: dict[str, str] = {}
    years: dict[str, str] = {}
    for name in newest_first:
        day = _day(name).isoformat()
        months.setdefault(day[:7], name)
        years.setdefault(day[:4], name)
    return {*newest_first[:KEEP_NEWEST], *list(months.values())[:KEEP_MONTHS], *years.values()}


def _folder(book_place: str) -> str:
    return os.path.join(os.path.dirname(os.path.abspath(book_place)), FOLDER)


def _stem(book_place: str) -> str:
    """The book's own name, so that two books in one folder keep their copies apart."""
    return os.path.splitext(os.path.basename(book_place))[0]


def _names(book_place: str) -> list[str]:
    return [name for name in _named(book_place) if _may_be_a_copy(os.path.join(_folder(book_place), name))]


def _named(book_place: str) -> list[str]:
    # A book called "kas" must not forget the copies of one called "kas-lama".
    own = len(_stem(book_place)) + len("-20171027T090000Z.db")
    try:
        listed = [name for name in os.listdir(_folder(book_place)) if name.startswith(f"{_stem(book_place)}-")]
    except OSError:
        return []
    return [name for name in listed if len(name) == own and _NAME.fullmatch(name) and _is_day(name)]


def _may_be_a_copy(path: str) -> bool:
    """Whether an ordinary file begins as a database does; one that is empty would push a copy out of its place."""
    try:
        if not stat.S_ISREG(os.stat(path).st_mode):
            return False
        with open(path, "rb") as file:
            return file.read(len(_BEGINNING)) == _BEGINNING
    except OSError:
        return False


def _is_day(name: str) -> bool:
    try:
        return bool(_day(name))
    except ValueError:
        return False


def _day(name: str) -> date:
    match = _NAME.fullmatch(name)
    if match is None:
        raise ValueError(name)
    return date(*map(int, match.groups()))
