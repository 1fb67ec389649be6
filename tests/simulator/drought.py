"""Eight weeks of drought in invented offices whose true demand is known: what the book teaches of it afterwards.

`python -m tests.simulator.drought` prints how far the level learnt lies from the true one, beside the mean of the
last 30 calendar days. An office is granted a quarter of its need. It rations and marks every day, or forgets the mark
on one day in five, or writes down how many it turned away, or gives out what there is until the shelf is empty and
marks nothing. People sent home stay away, or come back as `offices` lets them.
"""

from __future__ import annotations

import argparse
import math
import random
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, timedelta
from itertools import product
from statistics import mean, median
from typing import NamedTuple

from blangko.core.answer import demand_model
from blangko.core.entry import movement
from blangko.core.facts import Facts
from blangko.core.workdays import NationalDays
from blangko.store.national_days import national_days
from tests.simulator.book import Book
from tests.simulator.offices import COME_BACK, RETURN_WITH_CARDS, RETURN_WITHOUT, STAYS_WAITING

BEGINS = date(2022, 6, 13)
"""From here to the end no Lebaran and no vote moves the demand: the true level stays what it is."""
DROUGHT_DAYS = 40
GRANTED_SHARE = 0.25
AFTER_DAYS = (-DROUGHT_DAYS, 0, 10, 20)
"""Open days after the drought on whose evenings the level learnt is looked at; the first lies before it."""
PLENTY_WORKDAYS, LEFT_WORKDAYS = 1000, 2
CAPACITY = 2.0
"""The counter prints at most twice the usual day."""

WAYS = ("marked", "forgotten", "turned away", "empty")
LEVELS = (80, 150, 300, 600)
WEEKS = ((1.0, 1.0, 1.0, 1.0, 1.0), (1.22, 1.08, 1.0, 0.95, 0.75), (1.5, 1.1, 0.9, 0.8, 0.7))
VARIATIONS = (0.01, 0.05, 0.12)
DAYS_BEFORE = (40, 80, 160)


class Office(NamedTuple):
    """An office with the demand of its average open day, in cards, and the days of its book before the drought."""

    seed: int
    level: float
    week: Sequence[float]
    variation: float
    days_before: int


class Learnt(NamedTuple):
    """The level learnt and the 30-day mean of an evening, as shares of the true level."""

    level: float
    thirty_days: float


class _Counter:
    """The counter of an office, with the people who were sent home."""

    def __init__(self, office: Office, returns: bool) -> None:
        self.draw, self.office, self.returns = random.Random(f"drought {office}"), office, returns
        self.queue = 0.0

    def serve(self, day: date, shelf_cards: int, quota: int | None) -> tuple[int, int]:
        """The cards printed on a day, and the people turned away."""
        back = round(self.queue * (RETURN_WITH_CARDS if shelf_cards > 0 else RETURN_WITHOUT))
        wanted = self._new_people(day) + back
        printed = min(wanted, shelf_cards, round(CAPACITY * self.office.level), quota or wanted)
        if self.returns:
            self.queue = self.queue * STAYS_WAITING - back + COME_BACK * (wanted - printed)
        return printed, wanted - printed

    def _new_people(self, day: date) -> int:
        expected, variation = self.office.level * self.office.week[day.weekday()], self.office.variation
        people = self.draw.gammavariate(1 / variation, variation * expected)
        return max(round(self.draw.gauss(people, math.sqrt(people))), 0)


def learnt_in(office: Office, way: str, returns: bool, national: NationalDays) -> list[Learnt]:
    """What is learnt on the evenings of `AFTER_DAYS`."""
    evenings = {office.days_before + DROUGHT_DAYS + after - 1 for after in AFTER_DAYS}
    found = []
    for number, facts in enumerate(_evenings(office, way, returns, national)):
        if number in evenings:
            model = demand_model(facts)
            assert model is not None
            found.append(Learnt(model.cards_per_workday / office.level, _thirty_days(facts) / office.level))
    return found


def _evenings(office: Office, way: str, returns: bool, national: NationalDays) -> Iterator[Facts]:
    book = Book(national, BEGINS, round(PLENTY_WORKDAYS * office.level), {"office_name": "Kantor"})
    counter = _Counter(office, returns)
    last = office.days_before + DROUGHT_DAYS
    days = book.calendar.next_open_days(BEGINS, last + max(AFTER_DAYS))
    for number, day in enumerate(days):
        if number == office.days_before:
            _send_away(book, day, round(LEFT_WORKDAYS * office.level))
        in_drought = office.days_before <= number < last
        if in_drought and (number - office.days_before) % 5 == 0:
            book.write(movement("receive", day, round(5 * GRANTED_SHARE * office.level)))
        if number == last:
            book.write(movement("receive", day, round(PLENTY_WORKDAYS * office.level)))
        _write(book, counter, day, way if in_drought else None)
        yield book.facts(day)


def _send_away(book: Book, day: date, left: int) -> None:
    """The office goes into the drought with so many cards: the rest is taken back."""
    book.write(movement("send", day, book.on_hand - left, purpose="back", to_place="outside"))


def _write(book: Book, counter: _Counter, day: date, way: str | None) -> None:
    quota = None if way in (None, "empty") else max(round(GRANTED_SHARE * counter.office.level), 1)
    printed, turned_away = counter.serve(day, book.on_hand, quota)
    print_ = movement("print", day, printed)
    if quota and way == "turned away":
        print_ = print_._replace(turned_away_cards=turned_away)
    elif quota and (way == "marked" or counter.draw.random() < 0.8):
        print_ = print_._replace(quota_cards=quota)
    elif way == "empty" and printed == 0 and counter.draw.random() < 0.5:
        print_ = print_._replace(cause="no-blanks")
    book.write(print_)


def _thirty_days(facts: Facts) -> float:
    """What the rule of thumb says of an open day: the mean of the days written in the last 30 calendar days."""
    first = facts.as_of - timedelta(days=30)
    return mean(day.printed for day in facts.days if day.day > first and day.logged)


def offices(seeds: int) -> list[Office]:
    """So many offices of every kind."""
    kinds = product(range(seeds), LEVELS, WEEKS, VARIATIONS, DAYS_BEFORE)
    return [Office(*kind) for kind in kinds]


def table(lives: Iterable[Office], ways: Sequence[str], national: NationalDays) -> Iterator[str]:
    """One row for each way, each habit of the people and each evening."""
    chosen = list(lives)
    for way, returns in product(ways, (False, True)):
        each = [learnt_in(office, way, returns, national) for office in chosen]
        for after, found in zip(AFTER_DAYS, zip(*each, strict=True), strict=True):
            evening = f"{after} days after" if after >= 0 else "before"
            yield _row(f"{way}, people {'return' if returns else 'stay away'}, {evening}", found)


def _row(name: str, found: Sequence[Learnt]) -> str:
    levels = sorted(each.level for each in found)
    off = [abs(level - 1) for level in levels]
    tail = len(levels) // 20
    return (
        f"{name:46} median {median(levels):.3f}  90 % in {levels[tail]:.2f}-{levels[-1 - tail]:.2f}"
        f"  within 10 %: {mean(each <= 0.1 for each in off):4.0%}  5 %: {mean(each <= 0.05 for each in off):4.0%}"
        f"  mean miss {mean(off):5.1%}  30-day rule {median(each.thirty_days for each in found):.2f}"
    )


def main() -> None:
    """Replay and print."""
    parser = argparse.ArgumentParser(prog="python -m tests.simulator.drought")
    parser.add_argument("ways", nargs="*", metavar="WAY", help=f"of {', '.join(WAYS)}; all unless given")
    parser.add_argument("--seeds", type=int, default=1)
    asked = parser.parse_args()
    for row in table(offices(asked.seeds), asked.ways or WAYS, national_days()):
        print(row, flush=True)


if __name__ == "__main__":
    main()
