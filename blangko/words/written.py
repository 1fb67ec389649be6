"""Numbers, shares and days as people write them, in the language that is spoken.

Babel would do them as well, but it takes 37 ms to import, half the time of a whole daily command.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from blangko.core.workdays import WEEKDAY_NAMES
from blangko.words.language import _, language, plural_form

MINUS = "\u2212"
MONTHS: dict[str, Sequence[str]] = {
    "en": ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"),
    "id": ("Jan", "Feb", "Mar", "Apr", "Mei", "Jun", "Jul", "Agu", "Sep", "Okt", "Nov", "Des"),
}
LONG_MONTHS: dict[str, Sequence[str]] = {
    "en": "January February March April May June July August September October November December".split(),  # noqa: SIM905
    "id": "Januari Februari Maret April Mei Juni Juli Agustus September Oktober November Desember".split(),  # noqa: SIM905
}


def plural(one: str, many: str, number: int) -> str:
    """The form for `number`, with the number in place of `{n}`."""
    return plural_form(one, many, number).format(n=count(number))


def count(number: int) -> str:
    """A whole number with its thousands parted: 1,043 in English, 1.043 in Indonesian; with a true minus sign."""
    text = f"{number:,}".replace("-", MINUS)
    return text.replace(",", ".") if language() == "id" else text


def rate(number: float) -> str:
    """A number with one decimal: 201.3 in English, 201,3 in Indonesian."""
    text = f"{number:,.1f}".replace("-", MINUS)
    return text.translate(str.maketrans(",.", ".,")) if language() == "id" else text


def cards(number: int) -> str:
    return plural("{n} card", "{n} cards", number)


def signed(number: int) -> str:
    """A difference with its sign: +5, \u2212325, 0."""
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
    return f"{weekday(day.weekday())} {day.day} {MONTHS[language()][day.month - 1]}"


def day(day: date) -> str:
    """Fri 3 Nov 2017"""
    return f"{short_day(day)} {day.year}"


def period(first: date, last: date) -> str:
    """Fri 3 Nov to Tue 14 Nov 2017; one day alone where both are the same."""
    return day(last) if first == last else _("{first} to {last}").format(first=short_day(first), last=day(last))


def long_day(day: date) -> str:
    """Friday, 3 November 2017"""
    name = WEEKDAY_NAMES[day.weekday()][1 if language() == "en" else 3].capitalize()
    return f"{name}, {day.day} {LONG_MONTHS[language()][day.month - 1]} {day.year}"


def written_day(day: date) -> str:
    """3 November 2017, as on a letter"""
    return f"{day.day} {LONG_MONTHS[language()][day.month - 1]} {day.year}"


def month(first: date) -> str:
    """November 2017"""
    return f"{LONG_MONTHS[language()][first.month - 1]} {first.year}"


def short_month(first: date) -> str:
    """Nov 2017"""
    return f"{MONTHS[language()][first.month - 1]} {first.year}"


def day_and_month(day: date) -> str:
    """3 Nov"""
    return f"{day.day} {MONTHS[language()][day.month - 1]}"


def weekday(number: int) -> str:
    """The short name of a weekday; Monday is 0."""
    return WEEKDAY_NAMES[number][0 if language() == "en" else 2].capitalize()


def plain(text: str) -> str:
    """Text from outside on one line, made safe to show: signs that steer a terminal or turn the direction of writing
    become visible question marks."""
    if text.isprintable():
        return text
    return "".join(sign if sign.isprintable() else " " if sign in "\n\r\t" else "?" for sign in text)


def harmless(text: str) -> str:
    """Several lines made safe to show, each as `plain` does: the last look at an answer, whatever book it is from."""
    return "\n".join(map(plain, text.split("\n")))
