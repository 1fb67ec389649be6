"""The book of a simulated office: entries in memory, and the facts that they state, made entry by entry.

`facts_of` reads the whole book each time; a replay asks each evening for two years, so this keeps what it says up to
date instead. A test holds the two against each other.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right, insort
from datetime import date
from typing import Any

from blangko.core import book
from blangko.core.book import Balance, Day
from blangko.core.calendar import calendar, source_calendar
from blangko.core.entry import Entry, movement, shelf_change
from blangko.core.facts import Count, Facts, count_stated, history_begins, stated_settings
from blangko.core.requests import Request, requests
from blangko.core.settings import settings
from blangko.core.workdays import Calendar, NationalDays

LISTED = (date(2014, 1, 1), date(2029, 12, 31))
ABOUT_REQUESTS = ("request", "grant", "close", "receive")


class QuickCalendar(Calendar):
    """A calendar that looks its open days up in a list: a replay asks for the same days every evening."""

    __slots__ = ()

    def open_days(self, first: date, last: date) -> list[date]:
        known = _listed(self)
        return known[bisect_left(known, first) : bisect_right(known, last)]

    def next_open_days(self, first: date, count: int) -> list[date]:
        known = _listed(self)
        return known[(begin := bisect_left(known, first)) : begin + count]


_LISTS: dict[int, tuple[Calendar, list[date]]] = {}


def _listed(calendar: Calendar) -> list[date]:
    if id(calendar) not in _LISTS:
        _LISTS[id(calendar)] = (calendar, Calendar(*calendar).open_days(*LISTED))
    return _LISTS[id(calendar)][1]


class Book:
    """One office's book, written day by day; entries may be dated back, never later than the facts are asked for."""

    def __init__(self, national: NationalDays, opened_on: date, opening_cards: int, stated: dict[str, str]) -> None:
        self.entries: list[Entry] = []
        self.opened_on = opened_on
        self._sums: list[book.PlaceSum] = []
        self._moves: dict[date, list[Entry]] = {}
        self._dates: list[date] = []
        self._days: list[Day] = []
        self._asked: list[Entry] = []
        self._requests: list[Request] = []
        self._count: tuple[Entry, int, int] | None = None
        self.on_hand = 0
        for subject, value in stated.items():
            self.write(Entry("setting", opened_on, subject=subject, value=value))
        self.write(movement("opening", opened_on, opening_cards))
        self.settings = settings(stated_settings(entry for entry in self.entries if entry.kind == "setting"))
        self.calendar = QuickCalendar(*calendar([], national, self.settings))
        self.source = QuickCalendar(*source_calendar([], self.calendar))

    def write(self, draft: Entry, **columns: Any) -> Entry:
        """Write an entry down."""
        number = len(self.entries) + 1
        entry = draft._replace(entry_no=number, office_code="00.00", **columns)
        self.entries.append(entry)
        if entry.kind in ABOUT_REQUESTS:
            self._asked.append(entry)
            self._requests = requests(self._asked)
        if entry.is_movement:
            self._move(entry)
        return entry

    def count(self, day: date, cards: int) -> None:
        """State a count, and adjust the book to it."""
        difference = cards - self.on_hand
        first = self.write(Entry("count", day, cards=cards), batch_no=len(self.entries) + 1)
        self._count = (first, self.on_hand, difference)
        if difference:
            ways = {"from_place": "shelf", "to_place": "discrepancy"}
            if difference > 0:
                ways = {"from_place": "discrepancy", "to_place": "shelf"}
            self.write(movement("adjust", day, abs(difference), note="opname", batch_no=first.entry_no, **ways))

    def facts(self, as_of: date) -> Facts:
        """What the book says on this evening, on which nothing later is written yet."""
        first = bisect_left(self._dates, history_begins(as_of))
        return Facts(
            office_code="00.00",
            as_of=as_of,
            balance=self._balance(),
            days=self._days[first:],
            opened_on=self.opened_on,
            settings=self.settings,
            calendar=self.calendar,
            source=self.source,
            requests=self._requests,
            last_count=self._last_count(),
            backlog={},
            last_entry_no=len(self.entries),
            seal="",
        )

    def _balance(self) -> Balance:
        return book.balance(self._sums)

    def _last_count(self) -> Count | None:
        return count_stated(*self._count) if self._count else None

    def _move(self, entry: Entry) -> None:
        self.on_hand += shelf_change(entry)
        self._sums = _added(self._sums, entry)
        day = entry.occurred_on
        if day not in self._moves:
            insort(self._dates, day)
        self._moves.setdefault(day, []).append(entry)
        if self._count and day < self._count[0].occurred_on:
            counted, before, adjusted = self._count
            self._count = (counted, before + shelf_change(entry), adjusted)
        self._refresh(bisect_left(self._dates, day))

    def _refresh(self, first: int) -> None:
        """Sum the days up again, from this one on."""
        del self._days[first:]
        opening = self._days[-1].closing if self._days else 0
        later = [entry for day in self._dates[first:] for entry in self._moves[day]]
        self._days += book.days(later, opening)


def _added(sums: list[book.PlaceSum], entry: Entry) -> list[book.PlaceSum]:
    """The sums by kind and place with one movement more."""
    (more,) = book.sums([entry])
    found = [each._replace(cards=each.cards + more.cards) if each[:4] == more[:4] else each for each in sums]
    return found if any(each[:4] == more[:4] for each in sums) else [*found, more]
