"""Where the book is, what day it is, who is at the desk: everything the program takes from its surroundings."""

from __future__ import annotations

import os
from datetime import UTC, date, datetime
from pathlib import Path

from blangko.errors import NotADate
from blangko.words.typed import YEARS, iso_date

BOOK_NAME = "blangko.db"


def book_place(chosen: str | None) -> str:
    """The book that `--db` or BLANGKO_DB names, else the user's own, else the one shared on this machine."""
    named = chosen or os.environ.get("BLANGKO_DB")
    if named:
        return named
    own = user_place()
    shared = shared_place()
    return shared if not Path(own).exists() and Path(shared).exists() else own


def user_place() -> str:
    """The book of one account."""
    from platformdirs import user_data_dir

    return str(Path(user_data_dir("blangko", appauthor=False)) / BOOK_NAME)


def shared_place() -> str:
    """The book for several accounts of one machine."""
    from platformdirs import site_data_dir

    return str(Path(site_data_dir("blangko", appauthor=False)) / BOOK_NAME)


def today() -> date:
    """BLANGKO_TODAY when it is set (tests, replays), else the date in the office by the machine's clock.

    Raises:
        NotADate: BLANGKO_TODAY is not an ISO date.
    """
    told = os.environ.get("BLANGKO_TODAY")
    if not told:
        return _now().astimezone().date()
    try:
        day = iso_date(told)
    except ValueError:
        day = None
    if day is None or day.year not in YEARS:
        raise NotADate(text=told)
    return day


def is_replay() -> bool:
    """Whether today was told by BLANGKO_TODAY and not by the clock."""
    return bool(os.environ.get("BLANGKO_TODAY"))


def now_utc() -> str:
    """This instant, as the book records it."""
    return _now().strftime("%Y-%m-%dT%H:%M:%SZ")


def _now() -> datetime:
    return datetime.now(UTC)


def os_user() -> str:
    """The account at the desk; a machine without one still has a book to keep."""
    import getpass

    try:
        return getpass.getuser() or "unknown"
    except (KeyError, OSError):
        return "unknown"
