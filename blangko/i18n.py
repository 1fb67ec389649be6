"""The two languages of the screen: the catalogue, and how numbers, shares and days are written.

Babel would do the numbers and dates as well, but it takes 37 ms to import, half the time of a whole daily command.
Source texts are English; `N_` marks one for the catalogue where it is only looked up later.
"""

from __future__ import annotations

import gettext
import locale
import os
from datetime import date
from pathlib import Path

LANGUAGES = ("en", "id")
_MONTHS = {
    "en": ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"],
    "id": ["Jan", "Feb", "Mar", "Apr", "Mei", "Jun", "Jul", "Agu", "Sep", "Okt", "Nov", "Des"],
}
_LONG_MONTHS = {
    "en": "January February March April May June July August September October November December".split(),  # noqa: SIM905
    "id": "Januari Februari Maret April Mei Juni Juli Agustus September Oktober November Desember".split(),  # noqa: SIM905
}
_WEEKDAYS = {
    "en": ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"],
    "id": ["Sen", "Sel", "Rab", "Kam", "Jum", "Sab", "Min"],
}
_LONG_WEEKDAYS = {
    "en": ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"],
    "id": ["Senin", "Selasa", "Rabu", "Kamis", "Jumat", "Sabtu", "Minggu"],
}

_translations: gettext.NullTranslations = gettext.NullTranslations()
_language = "en"
_was_chosen = False


def speak(language: str, chosen: bool = True) -> None:
    """Choose the language of everything that is written from now on; what is not known is English.

    `chosen` says that somebody asked for it, and not the lack of a book that could say.
    """
    global _translations, _language, _was_chosen
    _was_chosen = chosen
    _language = language if language in LANGUAGES else "en"
    _translations = gettext.NullTranslations()
    if _language != "en":
        folder = Path(__file__).parent / "locale"
        _translations = gettext.translation("blangko", folder, languages=[_language], fallback=True)


def language() -> str:
    return _language


def was_chosen() -> bool:
    """Whether somebody asked for the language that is spoken."""
    return _was_chosen


def _(message: str) -> str:
    return _translations.gettext(message)


def N_(message: str) -> str:  # noqa: N802 (the usual name for a text that is translated later)
    return message


def plural(one: str, many: str, number: int) -> str:
    """The form for `number`, with the number in place of `{n}`; Indonesian knows one form only."""
    return _translations.ngettext(one, many, number).format(n=count(number))


def machine_language() -> str:
    """The language of the machine: Indonesian where its locale is, else English."""
    names = [os.environ.get(name, "") for name in ("LC_ALL", "LC_MESSAGES", "LANG")]
    name = next(filter(None, names), "") or (locale.getlocale()[0] or "")
    return "id" if name.lower().startswith(("id", "in_")) else "en"


def count(number: int) -> str:
    """A whole number with its thousands parted: 1,043 in English, 1.043 in Indonesian."""
    text = f"{number:,}"
    return text.replace(",", ".") if _language == "id" else text


def rate(number: float) -> str:
    """A number with one decimal: 201.3 in English, 201,3 in Indonesian."""
    text = f"{number:,.1f}"
    return text.translate(str.maketrans(",.", ".,")) if _language == "id" else text


def cards(number: int) -> str:
    return plural("{n} card", "{n} cards", number)


def signed(number: int) -> str:
    """A difference with its sign: +5, -325, 0."""
    return f"{'+' if number > 0 else ''}{count(number)}"


def workdays(number: int) -> str:
    return plural("{n} working day", "{n} working days", number)


def share(fraction: float) -> str:
    """A chance or a part in per cent; what is neither none nor all never reads as 0 % or 100 %."""
    percent = round(100 * fraction)
    if percent == 0 and fraction > 0:
        return "< 1 %"
    if percent == 100 and fraction < 1:
        return "> 99 %"
    return f"{percent} %"


def short_day(day: date) -> str:
    """Fri 3 Nov"""
    return f"{_WEEKDAYS[_language][day.weekday()]} {day.day} {_MONTHS[_language][day.month - 1]}"


def day(day: date) -> str:
    """Fri 3 Nov 2017"""
    return f"{short_day(day)} {day.year}"


def long_day(day: date) -> str:
    """Friday, 3 November 2017"""
    name = _LONG_WEEKDAYS[_language][day.weekday()]
    return f"{name}, {day.day} {_LONG_MONTHS[_language][day.month - 1]} {day.year}"


def written_day(day: date) -> str:
    """3 November 2017, as on a letter"""
    return f"{day.day} {_LONG_MONTHS[_language][day.month - 1]} {day.year}"


def month(first: date) -> str:
    """November 2017"""
    return f"{_LONG_MONTHS[_language][first.month - 1]} {first.year}"


def day_and_month(day: date) -> str:
    """3 Nov"""
    return f"{day.day} {_MONTHS[_language][day.month - 1]}"


def weekday(number: int) -> str:
    """The short name of a weekday; Monday is 0."""
    return _WEEKDAYS[_language][number]


def plain(text: str) -> str:
    """Text from outside on one line, made safe to show: signs that steer a terminal or turn the direction of writing
    become visible question marks."""
    return "".join(sign if sign.isprintable() else " " if sign in "\n\r\t" else "?" for sign in text)
