"""Dates as people type them: 2017-10-18 (ISO first, always), 18/10/2017, 5/11, 18 Okt 2017, kemarin, senin lalu.

Months and weeks likewise: 2017-10, oktober, okt 2017, bulan lalu; 2017-W43, 43, minggu lalu. And words from a list, in
either language.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from contextlib import suppress
from datetime import date, timedelta

from blangko.core.workdays import WEEKDAY_NAMES
from blangko.errors import BackwardsPeriod, NotADate, UnknownWord
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
_WITHOUT_YEAR = r"(\d{1,2})[/\-](\d{1,2})"
_AGO = r"(\d{1,3}|se|an? )\s*(hari|minggu|days?|weeks?) (yang lalu|lalu|ago|lagi)"
_WEEKDAY = r"(hari )?(?:(last|this|next) )?([a-z']+)(?:( minggu)?(?: yang)? (lalu|ini|depan))?"
_MONTH = r"(?:bulan )?([a-z]{3,9})\.?(?:[ \-/.,]*(\d{4}))?"
_WEEK = r"(?:(\d{4})-?)?(?:w|m|week |minggu (?:ke-?)?)?(\d{1,2})"
_WHEN = {"last": -1, "lalu": -1, "this": 0, "ini": 0, "next": 1, "depan": 1}
_MONTHS_AGO = {"bulan ini": 0, "this month": 0, "bulan lalu": 1, "last month": 1}
_WEEKS_AGO = {"minggu ini": 0, "this week": 0, "minggu lalu": 1, "last week": 1}
_NAMED = r"(?:[a-z']+,?\s+)?(\d{1,2})[ \-/.]*([a-z]{3,9})\.?(?:[ \-/.,]*(\d{4}|\d{2}))?"
_OTHER_MONTHS = {"pebruari": 2, "peb": 2, "mrt": 3, "ags": 8, "agt": 8, "sept": 9, "nop": 11, "nopember": 11}
"""How months are written in letters besides their usual names."""


YEARS = range(1900, 3000)
"""Years that somebody can mean; beyond them a slip of the hand, and arithmetic that runs out of the calendar."""
LONGEST_PERIOD_DAYS = 366


def typed_date(text: str, today: date, ahead: bool = False) -> date:
    """The date that `text` means, seen from `today`.

    A weekday, or a day without its year, is the last one that has come, today included; with `ahead` the next one.
    "senin lalu" lies before today and "senin depan" after it, whatever is meant to lie ahead; "minggu lalu" may be a
    week or a Sunday, and is refused.

    Raises:
        NotADate: It is none, or the calendar has no such day.
    """
    plain = _small(text)
    try:
        day = iso_date(plain) or _said(plain, today, ahead)
    except (ValueError, OverflowError):
        raise NotADate(text=text) from None
    if day.year not in YEARS:
        raise NotADate(text=text)
    return day


def typed_month(text: str, today: date) -> date:
    """The first day of the month that `text` means; without its year the last such month that has begun.

    Raises:
        NotAMonth: It is none.
    """
    from blangko.errors.files import NotAMonth

    plain = _small(text)
    try:
        first = _month_said(plain, today)
    except ValueError:
        raise NotAMonth(text=text) from None
    if first.year not in YEARS:
        raise NotAMonth(text=text)
    return first


def typed_week(text: str, today: date) -> date:
    """The Monday of the week that `text` means; without its year the last such week that has begun.

    Raises:
        NotAWeek: It is none.
    """
    from blangko.errors.files import NotAWeek

    plain = _small(text)
    if plain in _WEEKS_AGO:
        return today - timedelta(days=today.weekday() + 7 * _WEEKS_AGO[plain])
    found = re.fullmatch(_WEEK, plain, re.ASCII)
    if found is None:
        raise NotAWeek(text=text)
    for year in _years_of_week(found[1], today):
        with suppress(ValueError):
            monday = date.fromisocalendar(year, int(found[2]), 1)
            if found[1] or monday <= today:
                return monday
    raise NotAWeek(text=text)


def one_of(option: str, word: str | None, words: Sequence[str], synonyms: Mapping[str, str]) -> str | None:
    """The word that an option knows, or its Indonesian synonym.

    Raises:
        UnknownWord: Neither.
    """
    if word is None:
        return None
    said = synonyms.get(word.strip().lower(), word.strip().lower())
    if said not in words:
        raise UnknownWord(option=option, word=word, words=tuple(words))
    return said


def typed_period(week: str | None, first: str | None, last: str | None, today: date) -> tuple[date, date]:
    """The days that a week, or two days, name; the present week when nothing is named.

    Raises:
        NotAWeek, NotADate: One of them is none.
        BackwardsPeriod: The last day comes before the first, or a year lies between them.
    """
    if week is not None:
        monday = typed_week(week, today)
        return monday, monday + timedelta(days=6)
    if first is None and last is None:
        monday = today - timedelta(days=today.weekday())
        return monday, monday + timedelta(days=6)
    begin = typed_date(first, today) if first is not None else None
    end = typed_date(last, today) if last is not None else today
    begin = begin or end - timedelta(days=end.weekday())
    if end < begin or (end - begin).days > LONGEST_PERIOD_DAYS:
        raise BackwardsPeriod(first=begin, last=end)
    return begin, end


def days_of_month(month: str | None, today: date) -> tuple[date, date]:
    """The first and the last day of the month that a text means; of the present one when nothing is named.

    Raises:
        NotAMonth: It is none.
    """
    first = today.replace(day=1) if month is None else typed_month(month, today)
    return first, (first + timedelta(days=31)).replace(day=1) - timedelta(days=1)


def typed_coverage(text: str) -> float:
    """A share in per cent, above 0 and up to 100: 80, 80%, 79.5 or 79,5.

    Raises:
        NotACoverage: It is none.
    """
    from blangko.errors.ahead import NotACoverage

    plain = text.strip().removesuffix("%").rstrip().replace(",", ".")
    digits = plain.replace(".", "", 1)
    if not (digits.isascii() and digits.isdecimal()) or not 0 < float(plain) <= 100:
        raise NotACoverage(text=text)
    return float(plain)


def iso_date(text: str) -> date | None:
    """The day that a text such as 2017-10-18 means; None for a text of another form.

    Raises:
        ValueError: The calendar has no such day.
    """
    # Every command looks at such a text, and a pattern would have to be compiled for it.
    parts = text.split("-")
    is_day = [len(part) for part in parts] == [4, 2, 2] and all(part.isascii() and part.isdecimal() for part in parts)
    return date.fromisoformat(text) if is_day else None


def _small(text: str) -> str:
    """What was typed, in small letters and with single spaces."""
    return " ".join(text.strip().lower().split())


def _said(plain: str, today: date, ahead: bool) -> date:
    if plain in _DAYS_AGO:
        return today - timedelta(days=_DAYS_AGO[plain])
    if match := re.fullmatch(_NUMERIC, plain, re.ASCII):
        return date(_year(match[3]), int(match[2]), int(match[1]))
    if match := re.fullmatch(_WITHOUT_YEAR, plain, re.ASCII):
        return _nearest(int(match[1]), int(match[2]), today, ahead)
    if match := re.fullmatch(_AGO, plain, re.ASCII):
        return today + _away(match)
    if match := re.fullmatch(_WEEKDAY, plain):
        return _weekday(match, today, ahead)
    if match := re.fullmatch(_NAMED, plain, re.ASCII):
        month = month_named(match[2])
        if match[3]:
            return date(_year(match[3]), month, int(match[1]))
        return _nearest(int(match[1]), month, today, ahead)
    raise ValueError(plain)


def _weekday(said: re.Match[str], today: date, ahead: bool) -> date:
    """The day that a weekday means: senin, hari senin, senin lalu, next monday, senin minggu lalu."""
    called_day, before, name, of_week, behind = said.groups()
    when = _WHEN.get(before or behind or "")
    # A week and Sunday have the same name in Indonesian.
    if name not in _WEEKDAYS or (before and behind) or (name == "minggu" and behind and not (called_day or of_week)):
        raise ValueError(name)
    here = today + timedelta(days=_WEEKDAYS[name] - today.weekday())
    if of_week or when == 0:
        return here + timedelta(days=7 * (when or 0))
    if when is None:
        away = (here - today).days
        return today + timedelta(days=away % 7) if ahead else today - timedelta(days=-away % 7)
    if when < 0:
        return here if here < today else here - timedelta(days=7)
    return here if here > today else here + timedelta(days=7)


def _away(said: re.Match[str]) -> timedelta:
    """How far away is what is so many days or weeks ago, or still to come."""
    number = int(said[1]) if said[1].isdigit() else 1
    days = number * (7 if said[2].startswith(("minggu", "week")) else 1)
    return timedelta(days=days if said[3] == "lagi" else -days)


def _nearest(day: int, month: int, today: date, ahead: bool) -> date:
    """The nearest such day on the right side: in January "28 Des" is last year's; a leap day lies up to eight away."""
    for years in range(9):
        with suppress(ValueError):
            found = date(today.year + (years if ahead else -years), month, day)
            if found == today or (found > today) == ahead:
                return found
    raise ValueError(day, month)


def _month_said(plain: str, today: date) -> date:
    if plain in _MONTHS_AGO:
        return (today.replace(day=1) - timedelta(days=_MONTHS_AGO[plain])).replace(day=1)
    if match := re.fullmatch(r"(\d{4})-(\d{1,2})", plain, re.ASCII):
        return date(int(match[1]), int(match[2]), 1)
    if match := re.fullmatch(r"(\d{1,2})[/\-](\d{4})", plain, re.ASCII):
        return date(int(match[2]), int(match[1]), 1)
    if match := re.fullmatch(_MONTH, plain, re.ASCII):
        month = month_named(match[1])
        return date(int(match[2]), month, 1) if match[2] else _nearest(1, month, today, ahead=False)
    raise ValueError(plain)


def _years_of_week(year: str | None, today: date) -> tuple[int, ...]:
    """The years in which a week is looked for, the likeliest first."""
    this = today.isocalendar().year
    return (this, this - 1) if year is None else (int(year),) if int(year) in YEARS else ()


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
