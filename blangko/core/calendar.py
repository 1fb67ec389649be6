"""The calendar as the book states it: national days and the office's own, as entries and back again."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from blangko.core.entry import Entry
from blangko.core.settings import Settings
from blangko.core.workdays import LONGEST_CLOSURE_DAYS, Calendar, NationalDay, NationalDays, office_days
from blangko.errors import BackwardsPeriod

CLOSED, OPENED = "closed", "opened"
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
    for entry in sorted(statements, key=lambda entry: (entry.occurred_on, entry.entry_no)):
        first, last = _days_meant(entry)
        if entry.subject in (CLOSED, OPENED):
            said.append((entry.subject == OPENED, first, last, entry.note or ""))
        elif entry.subject == WORKDAY:
            days.pop(first, None)
        elif entry.subject == KNOWN:
            known_until = max(known_until, last)
        else:
            days[first] = national_day(entry)
    return Calendar(chosen.work_week, days, office_days(said), known_until, chosen.open_on_joint_leave)


def _days_meant(entry: Entry) -> tuple[date, date]:
    assert entry.due_on and entry.until_on, "a calendar statement names its days"
    return entry.due_on, entry.until_on
