"""Where the book is, what day it is, who is at the desk: everything the program takes from its surroundings."""

from __future__ import annotations

import os
from datetime import UTC, date, datetime, time
from pathlib import Path

from blangko.errors import NotADate
from blangko.words.typed import YEARS, iso_date

BOOK_NAME = "blangko.db"


def book_place(chosen: str | None, office: str | None = None) -> str:
    """The book that `--db` or BLANGKO_DB names, else the user's own, else the one shared on this machine.

    A server's address gets the `office` behind it, that of `--office` or BLANGKO_OFFICE, where one is named.
    """
    named = chosen or os.environ.get("BLANGKO_DB")
    if named:
        return _of_office(named, named_office(office)) if "://" in named else named
    own = user_place()
    shared = shared_place()
    return shared if not Path(own).exists() and Path(shared).exists() else own


def _without_password(address: str) -> str:
    from blangko.store.address import shown

    # A new password does not make another book of it.
    return shown(address)


def _of_office(address: str, code: str | None) -> str:
    from blangko.store.address import with_office

    return with_office(address, code) if code else address


def named_office(chosen: str | None) -> str | None:
    """The code of the office that `--office` or BLANGKO_OFFICE names."""
    return (chosen or os.environ.get("BLANGKO_OFFICE") or "").strip() or None


def user_place() -> str:
    """The book of one account."""
    from platformdirs import user_data_dir

    return str(Path(user_data_dir("blangko", appauthor=False)) / BOOK_NAME)


def shared_place() -> str:
    """The book for several accounts of one machine."""
    from platformdirs import site_data_dir

    return str(Path(site_data_dir("blangko", appauthor=False)) / BOOK_NAME)


def addresses_place(chosen: str | None) -> str:
    """The file of addresses for messages: that of `--addresses` or BLANGKO_ADDRESSES, else the account's own."""
    from platformdirs import user_config_dir

    named = chosen or os.environ.get("BLANGKO_ADDRESSES")
    return named or str(Path(user_config_dir("blangko", appauthor=False)) / "addresses.txt")


def province_key_place() -> str:
    """The file with the key that a province signs its receipts with; BLANGKO_KEY names another one."""
    from platformdirs import user_config_dir

    return os.environ.get("BLANGKO_KEY") or str(Path(user_config_dir("blangko", appauthor=False)) / "province.key")


def token() -> str:
    """What the province's door knows this office by: BLANGKO_TOKEN; never an option, which every list would show."""
    return os.environ.get("BLANGKO_TOKEN", "").strip()


def local_day(instant: str) -> date:
    """The day in the office at an instant in UTC, as the book records it."""
    return datetime.fromisoformat(instant).astimezone().date()


def told_place(book: str) -> str:
    """The file in which this account keeps what it last told of the book at that place."""
    from hashlib import sha256

    from platformdirs import user_state_dir

    # By its place, since a book that cannot be read says nothing else about itself; and a copy is a book of its own.
    place = _without_password(book) if "://" in book else os.path.normcase(os.path.realpath(book))
    name = sha256(place.encode()).hexdigest()[:16]
    return str(Path(user_state_dir("blangko", appauthor=False)) / f"told-{name}.json")


def page_key_place() -> str:
    """The file of the key with which this account's page signs its sessions."""
    from platformdirs import user_state_dir

    return str(Path(user_state_dir("blangko", appauthor=False)) / "page.key")


def accounts_place() -> str:
    """The file of those who may log in to this account's page; BLANGKO_ACCOUNTS names another one."""
    from platformdirs import user_config_dir

    return os.environ.get("BLANGKO_ACCOUNTS") or str(
        Path(user_config_dir("blangko", appauthor=False)) / "accounts.json"
    )


def today() -> date:
    """BLANGKO_TODAY when it is set (tests, replays), else the date in the office by the machine's clock.

    Raises:
        NotADate: BLANGKO_TODAY is not an ISO date, with a time behind it or without.
    """
    return _told_moment()[0] if is_replay() else _now().astimezone().date()


def time_of_day() -> time:
    """The time in the office: that of BLANGKO_TODAY (2017-10-27T16:31), else by the machine's clock, in its own zone.

    A day told without a time is over: the book is looked at as on its evening.

    Raises:
        NotADate: As `today`.
    """
    return _told_moment()[1] if is_replay() else _now().astimezone().time()


def _told_moment() -> tuple[date, time]:
    told = os.environ["BLANGKO_TODAY"]
    day, parted, clock = told.replace(" ", "T").partition("T")
    try:
        on, at = iso_date(day), time.fromisoformat(clock) if parted else time.max
    except ValueError:
        raise NotADate(text=told) from None
    if on is None or on.year not in YEARS or at.tzinfo:
        raise NotADate(text=told)
    return on, at


def is_replay() -> bool:
    """Whether today was told by BLANGKO_TODAY and not by the clock."""
    return bool(os.environ.get("BLANGKO_TODAY"))


def now_utc() -> str:
    """This instant, as the book records it."""
    return _now().strftime("%Y-%m-%dT%H:%M:%SZ")


def clock() -> float:
    """This instant in seconds, for what expires; never a date in the office."""
    return _now().timestamp()


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
