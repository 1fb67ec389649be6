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


def account() -> str:
    """The account at the desk as the system knows it: its number and name, on Windows its name.

    The environment is not asked: anybody can write any name into LOGNAME. A machine that knows no name for the number
    still has a book to keep.
    """
    if os.name == "nt":
        return f"account {_name_on_windows()}"
    import pwd

    number = os.getuid()
    try:
        return f"uid {number} {pwd.getpwuid(number).pw_name}"
    except KeyError:
        return f"uid {number}"


def _name_on_windows() -> str:
    try:
        # There it asks the system, and not the environment.
        return os.getlogin() or "unknown"
    except OSError:
        return "unknown"
