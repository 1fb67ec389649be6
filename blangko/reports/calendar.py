"""The office's year: the days that differ from the work week."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from blangko.core.workdays import Calendar
from blangko.reports.table import cut, paragraph, table
from blangko.words.language import _, language
from blangko.words.written import count, day, plain, weekday


def calendar_screen(calendar: Calendar, year: int, open_days: Sequence[int]) -> list[str]:
    """A year's closed and opened days with their reasons, and the open days of each month; estimates are marked."""
    rows = [[day(each), *_said(calendar, each)] for each in different_days(calendar, year)]
    week = ", ".join(weekday(each) for each in sorted(calendar.week))
    lines = [
        *paragraph(
            _("{year}: work week {week}; open days by month {months}, together {sum}.").format(
                year=year, week=week, months=" ".join(map(count, open_days)), sum=count(sum(open_days))
            )
        ),
        "",
    ]
    if rows:
        lines += [*table([_("Date"), _("Day"), _("Reason")], rows), ""]
    return [*lines, *paragraph(known_until(calendar))]


def different_days(calendar: Calendar, year: int) -> list[date]:
    """The days of a year of which the nation or the office said something."""
    return sorted(each for each in {*calendar.national, *calendar.office} if each.year == year)


def _said(calendar: Calendar, each: date) -> list[str]:
    kind, reason = kind_and_reason(calendar, each)
    return [kind, cut(reason, 36) + estimate_mark(calendar, each)]


def kind_and_reason(calendar: Calendar, each: date) -> tuple[str, str]:
    """What sort of day it is, and why; what the office said of it goes before the nation."""
    own = calendar.office.get(each)
    if own is not None:
        kind = _("open, said by the office") if own.is_open else _("closed, said by the office")
        return kind, plain(own.reason)
    national = calendar.national[each]
    name = national.name_id if language() == "id" else national.name_en
    return _("joint leave") if national.is_joint_leave else _("national holiday"), plain(name)


def day_said(calendar: Calendar, each: date) -> str:
    """Whether a day is open, and why it is not as its weekday is."""
    if each in calendar.office or each in calendar.national:
        kind, reason = kind_and_reason(calendar, each)
        return f"{kind}: {reason}{estimate_mark(calendar, each)}"
    return _("open") if calendar.is_open(each) else _("closed")


def known_until(calendar: Calendar) -> str:
    """How far the national days are decreed."""
    return _("National days are decreed until {day}; later ones are estimates.").format(day=day(calendar.known_until))


def estimate_mark(calendar: Calendar, each: date) -> str:
    """The mark of a national day that is not decreed yet."""
    is_estimate = each not in calendar.office and calendar.national[each].estimated
    return _(" (estimate)") if is_estimate else ""
