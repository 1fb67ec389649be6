"""Dates as people type them: 2017-10-18 (ISO first, always), 18/10/2017, 18 Okt 2017, kemarin, yesterday, senin."""

from __future__ import annotations

import re
from datetime import date, timedelta

from blangko.core.workdays import WEEKDAY_NAMES
from blangko.errors import NotADate
from blangko.words.written import LONG_MONTHS, MONTHS

_DAYS_AGO = {
    "today": 0,
    "hari ini": 0,
    "yesterday": 1,
    "kemarin": 1,
    "kemarin dulu": 2,
    "kemarin lusa": 2,
    "tomorrow": -1,
    "besok": -1,
    "lusa": -2,
}
_WEEKDAYS = {name: number for number, names in enumerate(WEEKDAY_NAMES) for name in names}
# Texts, since nearly every command gets no such day, and compiling both takes longer than the rest of this module.
_NUMERIC = r"(\d{1,2})[/.\- ](\d{1,2})[/.\- ](\d{4}|\d{2})"
_NAMED = r"(?:[a-z']+,?\s+)?(\d{1,2})[ \-/.]*([a-z]{3,9})\.?(?:[ \-/.,]*(\d{4}|\d{2}))?"
_OTHER_MONTHS = {"pebruari": 2, "peb": 2, "mrt": 3, "ags": 8, "agt": 8, "sept": 9, "nop": 11, "nopember": 11}
"""How months are written in letters besides their usual names."""


YEARS = range(1900, 3000)
"""Years that somebody can mean; beyond them a slip of the hand, and arithmetic that runs out of the calendar."""


def typed_date(text: str, today: date, ahead: bool = False) -> date:
    """The date that `text` means, seen from `today`.

    A weekday, or a day without its year, is the last one that has come, today included; with `ahead` the next one.

    Raises:
        NotADate: It is none, or the calendar has no such day.
    """
    plain = " ".join(text.strip().lower().split())
    try:
        day = iso_date(plain) or _said(plain, today, ahead)
    except (ValueError, OverflowError):
        raise NotADate(text=text) from None
    if day.year not in YEARS:
        raise NotADate(text=text)
    return day


def iso_date(text: str) -> date | None:
    """The day that a text such as 2017-10-18 means; None for a text of another form.

    Raises:
        ValueError: The calendar has no such day.
    """
    # Every command looks at such a text, and a pattern would have to be compiled for it.
    parts = text.split("-")
    is_day = [len(part) for part in parts] == [4, 2, 2] and all(part.isascii() and part.isdecimal() for part in parts)
    return date.fromisoformat(text) if is_day else None


def _said(plain: str, today: date, ahead: bool) -> date:
    if plain in _DAYS_AGO:
        return today - timedelta(days=_DAYS_AGO[plain])
    if plain in _WEEKDAYS:
        away = today.weekday() - _WEEKDAYS[plain]
        return today + timedelta(days=-away % 7) if ahead else today - timedelta(days=away % 7)
    if match := re.fullmatch(_NUMERIC, plain, re.ASCII):
        return date(_year(match[3]), int(match[2]), int(match[1]))
    if match := re.fullmatch(_NAMED, plain, re.ASCII):
        return _named(int(match[1]), match[2], match[3], today, ahead)
    raise ValueError(plain)


def _named(day: int, month_name: str, year: str | None, today: date, ahead: bool) -> date:
    month = month_named(month_name)
    if year:
        return date(_year(year), month, day)
    # Without a year the nearest such day on the right side is meant: in January "28 Des" is last year's.
    this_year = date(today.year, month, day)
    if ahead:
        return this_year if this_year >= today else date(today.year + 1, month, day)
    return this_year if this_year <= today else date(today.year - 1, month, day)


def month_named(name: str) -> int:
    """The month called `name`, in small letters: Indonesian or English, in full or short.

    Raises:
        ValueError: No month is called so.
    """
    if name in _OTHER_MONTHS:
        return _OTHER_MONTHS[name]
    for names in (MONTHS["id"], MONTHS["en"], LONG_MONTHS["id"]):
        if name.capitalize() in names:
            return names.index(name.capitalize()) + 1
    # dateutil knows the English names.
    from dateutil.parser import parserinfo

    month = parserinfo().month(name)
    if not month:
        raise ValueError(name)
    return int(month)


def _year(text: str) -> int:
    return int(text) + 2000 if len(text) == 2 else int(text)
