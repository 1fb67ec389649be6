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
    days = sorted(each for each in {*calendar.national, *calendar.office} if each.year == year)
    rows = [[day(each), *_said(calendar, each)] for each in days]
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
    until = _("National days are decreed until {day}; later ones are estimates.")
    return [*lines, *paragraph(until.format(day=day(calendar.known_until)))]


def _said(calendar: Calendar, each: date) -> list[str]:
    own = calendar.office.get(each)
    if own is not None:
        return [
            _("open, said by the office") if own.is_open else _("closed, said by the office"),
            cut(plain(own.reason), 36),
        ]
    national = calendar.national[each]
    name = national.name_id if language() == "id" else national.name_en
    word = _("joint leave") if national.is_joint_leave else _("national holiday")
    return [word, cut(name, 36) + (_(" (estimate)") if national.estimated else "")]
