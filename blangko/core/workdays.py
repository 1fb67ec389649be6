"""Open days: the work week, the national days over it, and the office's own calendar over both."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date, timedelta
from itertools import groupby
from typing import NamedTuple

ONE_DAY = timedelta(days=1)
MONDAY_TO_FRIDAY = frozenset(range(5))
WEEKDAY_NAMES = (
    ("mon", "monday", "sen", "senin"),
    ("tue", "tuesday", "sel", "selasa"),
    ("wed", "wednesday", "rab", "rabu"),
    ("thu", "thursday", "kam", "kamis"),
    ("fri", "friday", "jum", "jumat", "jum'at"),
    ("sat", "saturday", "sab", "sabtu"),
    ("sun", "sunday", "min", "minggu", "ahad"),
)
"""What people call each weekday from Monday on: short and full in English, short and full in Indonesian, other names.
The first is also the one that the book keeps in a setting."""
LONGEST_CLOSURE_DAYS = 366


class NationalDay(NamedTuple):
    """A national holiday, or a day of joint leave (cuti bersama); `estimated` until the decree is out."""

    day: date
    is_joint_leave: bool
    estimated: bool
    name_id: str
    name_en: str


class NationalDays(NamedTuple):
    """The national days by date, and the last day of the last year for which they are decreed."""

    days: dict[date, NationalDay]
    known_until: date


class OfficeDay(NamedTuple):
    """What the office said of one day: open or closed, and why."""

    is_open: bool
    reason: str


class Calendar(NamedTuple):
    """Which days an office works.

    `week` holds the weekdays worked (Monday is 0). `known_until` is the last day of the last year whose
    national days are decreed: later days are guesses.
    """

    week: frozenset[int]
    national: Mapping[date, NationalDay]
    office: Mapping[date, OfficeDay]
    known_until: date
    open_on_joint_leave: bool = False

    def is_open(self, day: date) -> bool:
        own = self.office.get(day)
        if own is not None:
            return own.is_open
        if day.weekday() not in self.week:
            return False
        national = self.national.get(day)
        return national is None or (national.is_joint_leave and self.open_on_joint_leave)

    def open_days(self, first: date, last: date) -> list[date]:
        """The open days from `first` to `last`, both included."""
        # As `is_open`, for a thousand days at a time.
        week, national, office, works_on_leave = self.week, self.national, self.office, self.open_on_joint_leave
        return [
            day
            for day in map(date.fromordinal, range(first.toordinal(), last.toordinal() + 1))
            if (
                office[day].is_open
                if day in office
                else day.weekday() in week
                and (day not in national or (works_on_leave and national[day].is_joint_leave))
            )
        ]

    def next_open_days(self, first: date, count: int) -> list[date]:
        """The first `count` open days from `first` on; fewer when an office hardly ever opens."""
        found: list[date] = []
        # Five years without enough open days is an office that closed for good.
        last = first + timedelta(days=2 * count + 5 * 365)
        while len(found) < count and first <= last:
            # A week of five open days, and what holidays there may be: so a second look is seldom needed.
            until = min(first + timedelta(days=(count - len(found)) * 3 // 2 + 7), last)
            found += self.open_days(first, until)
            first = until + ONE_DAY
        return found[:count]

    def last_open_days(self, last: date, count: int) -> list[date]:
        """The last `count` open days up to `last`, in order."""
        found: list[date] = []
        day = last
        while len(found) < count and (last - day).days < 2 * count + 366:
            if self.is_open(day):
                found.append(day)
            day -= ONE_DAY
        return found[::-1]

    def count_open(self, after: date, until: date) -> int:
        """Open days after `after`, up to and with `until`; negative when `until` comes first."""
        if until < after:
            return -self.count_open(until, after)
        return len(self.open_days(after + ONE_DAY, until))


def weekday_spans(week: Iterable[int]) -> Iterator[tuple[int, int]]:
    """Weekdays as spans from one to another, in order: Monday to Friday is one."""
    for _shift, group in groupby(enumerate(sorted(week)), lambda pair: pair[1] - pair[0]):
        days = [number for _place, number in group]
        yield days[0], days[-1]


def each_day(first: date, last: date) -> Iterator[date]:
    """The days from `first` to `last`, both included."""
    day = first
    while day <= last:
        yield day
        day += ONE_DAY


def office_days(statements: Iterable[tuple[bool, date, date, str]]) -> dict[date, OfficeDay]:
    """The office's own calendar from its statements (open, first, last, reason), oldest first: the latest holds."""
    said: dict[date, OfficeDay] = {}
    for is_open, first, last, reason in statements:
        for day in each_day(first, last):
            said[day] = OfficeDay(is_open, reason)
    return said
