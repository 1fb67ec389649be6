"""The life of one office in its world: people are served or sent home, the clerk writes the book, somebody asks.

Of the people sent home nine in ten come back: a quarter of them on every day on which there are cards again, and one
in twenty to look whether there are. While cards are few some offices ration.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import NamedTuple

from blangko.core.entry import Entry, movement
from blangko.core.facts import Facts
from blangko.core.workdays import NationalDays
from tests.simulator.book import Book
from tests.simulator.world import Part, World, WorldDay

Rule = Callable[[Facts], int]
"""How many cards to ask for on the evening of `facts.as_of`; 0 for none."""

COME_BACK, STAYS_WAITING = 0.9, 0.985
RETURN_WITH_CARDS, RETURN_WITHOUT = 0.25, 0.05
SPOILED_SHARE = 0.008
RATIONS_BELOW_DAYS, RATION_SHARE = 2, 0.45
OPENING_DAYS = 12


class Lived(NamedTuple):
    """One open day as it was: `short_people` came for the first time and were sent home for want of cards."""

    day: date
    new_people: int
    printed: int
    short_people: float
    shelf_cards: int
    expected_people: float
    book_cards: int


class Life(NamedTuple):
    """What became of an office: its days, the days on which somebody fetched cards, how often it asked, its book."""

    days: list[Lived]
    trips: list[date]
    requests: int
    book: Book


class _Served(NamedTuple):
    printed: int
    spoiled: int
    short_people: float
    quota: int | None
    cause: str | None


class _Office:
    """An office on its way from day to day."""

    def __init__(self, world: World, rule: Rule, national: NationalDays) -> None:
        self.world, self.rule = world, rule
        profile = world.profile
        self.shelf = round(OPENING_DAYS * profile.rate / 100) * 100
        stated = {"office_name": "Kantor", "typical_daily_use": str(profile.typical_daily_use)}
        self.book = Book(national, profile.begins, self.shelf, stated)
        self.queue = 0.0
        self.coming: list[tuple[Part, int]] = []
        self.news: list[tuple[date, Entry]] = []
        self.late: list[tuple[date, list[Entry]]] = []
        self.trips: list[date] = []
        self.requests = 0

    def live(self, today: WorldDay, is_last_of_month: bool) -> Lived:
        """One open day, from the morning's delivery to the evening's request."""
        self._receive(today.day)
        served = self._serve(today)
        self._write(today, served)
        self._count(today, is_last_of_month)
        self._hear(today.day)
        self._ask(today.day)
        return Lived(
            today.day, today.new_people, served.printed, served.short_people, self.shelf, today.expected_people,
            self.book.on_hand,
        )  # fmt: skip

    def _receive(self, day: date) -> None:
        there = [(part, number) for part, number in self.coming if part.arrives_on <= day]
        self.coming = [each for each in self.coming if each not in there]
        for part, number in there:
            self.shelf += part.cards
            self.book.write(movement("receive", day, part.cards, party="Provinsi", request_no=number))
        if there:
            self.trips.append(day)

    def _serve(self, today: WorldDay) -> _Served:
        back = round(self.queue * (RETURN_WITH_CARDS if self.shelf > 0 else RETURN_WITHOUT))
        wanted = today.new_people + back
        most = min(wanted, round(self.world.profile.capacity * (1 - today.down)))
        quota = self._quota()
        spoiled = min(int(SPOILED_SHARE * most + today.chance), self.shelf) if most else 0
        printed = min(most, self.shelf - spoiled, most if quota is None else quota)
        self.queue = self.queue * STAYS_WAITING - back + COME_BACK * (wanted - printed)
        short = (most - printed) * today.new_people / wanted if wanted else 0.0
        return _Served(printed, spoiled, short, quota, self._cause(today, printed))

    def _quota(self) -> int | None:
        rate = self.world.profile.rate
        if not self.world.profile.rations or not 0 < self.shelf < RATIONS_BELOW_DAYS * rate:
            return None
        return max(round(RATION_SHARE * rate / 10) * 10, 10)

    def _cause(self, today: WorldDay, printed: int) -> str | None:
        if today.down:
            return "server"
        return "no-blanks" if printed == 0 and self.shelf == 0 else None

    def _write(self, today: WorldDay, served: _Served) -> None:
        self.shelf -= served.printed + served.spoiled
        quota = served.quota if today.flags_quota else None
        drafts = [movement("print", today.day, served.printed, cause=served.cause, quota_cards=quota)]
        if served.spoiled:
            drafts.append(movement("spoil", today.day, served.spoiled, cause="print"))
        if today.written_after is not None:
            self.late.append((today.day + timedelta(days=today.written_after), drafts))
        due = [written for on, written in self.late if on <= today.day]
        self.late = [each for each in self.late if each[0] > today.day]
        for draft in (draft for written in due for draft in written):
            self.book.write(draft)

    def _count(self, today: WorldDay, is_last_of_month: bool) -> None:
        """Count at the end of a month, and when the shelf is seen empty: the book is put right."""
        seen_empty = self.shelf == 0 and self.book.on_hand > 0 and today.written_after == 0
        if is_last_of_month or seen_empty:
            self.late = []
            self.book.count(today.day, self.shelf)

    def _hear(self, day: date) -> None:
        for _, grant in (each for each in self.news if each[0] <= day):
            self.book.write(grant._replace(occurred_on=day))
        self.news = [each for each in self.news if each[0] > day]

    def _ask(self, day: date) -> None:
        cards = self.rule(self.book.facts(day))
        if not cards:
            return
        number = self.book.write(Entry("request", day, cards=cards)).entry_no
        reply = self.world.reply(day, cards)
        self.coming += [(part, number) for part in reply.parts]
        self.requests += 1
        if reply.told_on is not None:
            granted = sum(part.cards for part in reply.parts)
            grant = Entry("grant", reply.told_on, cards=granted, due_on=reply.due_on, request_no=number)
            self.news.append((reply.told_on, grant))


def life(world: World, rule: Rule, national: NationalDays) -> Life:
    """The life of an office that asks by this rule, from its first day to its last."""
    office = _Office(world, rule, national)
    nexts = [*(each.day for each in world.days[1:]), None]
    days = [
        office.live(today, coming is not None and coming.month != today.day.month)
        for today, coming in zip(world.days, nexts, strict=True)
    ]
    return Life(days, office.trips, office.requests, office.book)
