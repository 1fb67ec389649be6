"""The calendar as the book states it: national days and the office's own, as entries and back again."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from itertools import pairwise

from blangko.core.entry import Entry
from blangko.core.settings import Settings
from blangko.core.workdays import (
    LONGEST_CLOSURE_DAYS,
    MONDAY_TO_FRIDAY,
    ONE_DAY,
    Calendar,
    NationalDay,
    NationalDays,
    each_day,
    office_days,
)
from blangko.errors import BackwardsPeriod, CalendarNotKnown

CLOSED, OPENED = "closed", "opened"
SOURCE_CLOSED = "source"
"""The giver hands out nothing on those days."""
PRINTING_STOPPED = "printing"
"""The counter is open, but nothing can be printed: no ribbon, no printer, no server."""
PUBLIC, JOINT = "public", "joint"
WORKDAY = "workday"
"""A national day of the data file that is none after all."""
KNOWN = "known"
"""The national days are decreed up to the statement's last day."""
ESTIMATED = "estimated"


def days_stated(said_on: date, subject: str, first: date, last: date, reason: str) -> Entry:
    """A statement of the days from `first` to `last`, said on `said_on`: closed, opened, or what they are nationally.

    Raises:
        BackwardsPeriod: `last` comes before `first`, or more than a year after it.
    """
    if not 0 <= (last - first).days < LONGEST_CLOSURE_DAYS:
        raise BackwardsPeriod(first=first, last=last)
    return Entry("calendar", said_on, subject=subject, due_on=first, until_on=last, note=reason)


def national_day_stated(said_on: date, day: NationalDay) -> Entry:
    """The statement of a national day; `national_day` reads it back."""
    draft = days_stated(said_on, JOINT if day.is_joint_leave else PUBLIC, day.day, day.day, day.name_id)
    return draft._replace(value=day.name_en, cause=ESTIMATED if day.estimated else None)


def national_day(entry: Entry) -> NationalDay:
    """The national day that a calendar statement names; the inverse of `national_day_stated`."""
    first, _ = _days_meant(entry)
    return NationalDay(first, entry.subject == JOINT, entry.cause == ESTIMATED, entry.note or "", entry.value or "")


def calendar(statements: Iterable[Entry], national: NationalDays, chosen: Settings) -> Calendar:
    """The calendar of an office: the national days, and over them what the book states, the latest statement last."""
    days, known_until = dict(national.days), national.known_until
    said = []
    for entry in sorted(statements, key=_moment):
        first, last = _days_meant(entry)
        if entry.subject in (CLOSED, OPENED):
            said.append((entry.subject == OPENED, first, last, entry.note or ""))
        elif entry.subject == WORKDAY:
            days.pop(first, None)
        elif entry.subject == KNOWN:
            known_until = max(known_until, last)
        elif entry.subject in (PUBLIC, JOINT):
            days[first] = national_day(entry)
    return Calendar(chosen.work_week, days, office_days(said), known_until, chosen.open_on_joint_leave)


def source_calendar(statements: Iterable[Entry], calendar: Calendar) -> Calendar:
    """The open days of the giver: Monday to Friday without national days and joint leave, less what was said of him.

    Args:
        statements: The calendar statements of the office.
        calendar: The office's calendar, which knows the national days.
    """
    listed = [entry for entry in statements if entry.subject == SOURCE_CLOSED]
    said = [(False, *_days_meant(entry), entry.note or "") for entry in sorted(listed, key=_moment)]
    return Calendar(MONDAY_TO_FRIDAY, calendar.national, office_days(said), calendar.known_until)


def stopped_days(statements: Iterable[Entry]) -> frozenset[date]:
    """The days on which nothing can be printed, though the counter may be open."""
    periods = [_days_meant(entry) for entry in statements if entry.subject == PRINTING_STOPPED]
    return frozenset(day for first, last in periods for day in each_day(first, last))


def open_by_month(calendar: Calendar, year: int) -> list[int]:
    """The number of open days of each month of a year, from January on.

    Raises:
        CalendarNotKnown: The national days of that year are not known.
    """
    listed = sorted(calendar.national)
    if not listed or not listed[0].year <= year <= listed[-1].year:
        raise CalendarNotKnown(year=year, first=listed[0].year, last=listed[-1].year)
    firsts = [date(year, month, 1) for month in range(1, 13)] + [date(year + 1, 1, 1)]
    return [calendar.count_open(first - ONE_DAY, following - ONE_DAY) for first, following in pairwise(firsts)]


def _moment(entry: Entry) -> tuple[date, int]:
    return entry.occurred_on, entry.entry_no


def _days_meant(entry: Entry) -> tuple[date, date]:
    assert entry.due_on and entry.until_on, "a calendar statement names its days"
    return entry.due_on, entry.until_on
