"""What an office's book teaches in the simulated world, beside what is true there: the rate learnt under a quota that
is not always written down, and how often the range foretold before Lebaran holds the use that follows."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from statistics import median
from typing import NamedTuple

from blangko.core.answer import demand_model
from blangko.core.entry import movement
from blangko.core.workdays import NationalDays
from tests.simulator.book import Book
from tests.simulator.world import World, WorldDay, lebaran_numbers, world

PLENTY_CARDS = 10_000_000
DAYS_BEFORE_QUOTA, DAYS_UNDER_QUOTA = 80, 40
QUOTA_SHARE = 0.25
WORKDAYS_BEFORE_LEBARAN = 15
SPANS = (10, 20)
LEAST_HISTORY = 100


class Foretold(NamedTuple):
    """A range that was to hold 80 % of the sums, and the sum that came."""

    low: float
    high: float
    came: int

    @property
    def holds(self) -> bool:
        return self.low <= self.came <= self.high


def learnt_under_quota(offices: Iterable[int], seed: int, national: NationalDays) -> float:
    """The rate learnt after 40 days under a quota, a quarter of the demand and flagged on four days in five, over the
    true one; the median of the offices."""
    return median(_learnt_share(world(seed, number, national), national) for number in offices)


def _learnt_share(lived_in: World, national: NationalDays) -> float:
    days = lived_in.days[: DAYS_BEFORE_QUOTA + DAYS_UNDER_QUOTA]
    quota = max(round(QUOTA_SHARE * lived_in.profile.rate), 1)
    book = _book(lived_in, national)
    for number, today in enumerate(days):
        if number < DAYS_BEFORE_QUOTA:
            book.write(movement("print", today.day, today.new_people))
        else:
            flagged = quota if today.flags_quota else None
            book.write(movement("print", today.day, min(quota, today.new_people), quota_cards=flagged))
    model = demand_model(book.facts(days[-1].day))
    assert model is not None
    true_rate = sum(day.expected_people for day in days[DAYS_BEFORE_QUOTA:]) / DAYS_UNDER_QUOTA
    return model.cards_per_workday / true_rate


def cover_before_lebaran(offices: Iterable[int], seed: int, national: NationalDays) -> float:
    """The share of the 10-day and 20-day sums, foretold three weeks before a Lebaran, that lie in the range of 80 %."""
    found = [each for number in offices for each in _before_lebaran(world(seed, number, national), national)]
    return sum(each.holds for each in found) / len(found)


def _before_lebaran(lived_in: World, national: NationalDays) -> list[Foretold]:
    numbers = lebaran_numbers([day.day for day in lived_in.days], national)
    found = []
    book = _book(lived_in, national)
    for place, today in enumerate(lived_in.days):
        book.write(movement("print", today.day, today.new_people))
        if numbers.get(today.day) == -WORKDAYS_BEFORE_LEBARAN and place >= LEAST_HISTORY:
            found += _foretold(book, today.day, lived_in.days[place + 1 : place + 1 + max(SPANS)])
    return found


def _foretold(book: Book, as_of: date, ahead: Sequence[WorldDay]) -> list[Foretold]:
    model = demand_model(book.facts(as_of))
    assert model is not None
    if len(ahead) < max(SPANS):
        return []
    demand = model.cumulative([day.day for day in ahead])
    return [
        Foretold(
            demand.quantile(span, 0.1), demand.quantile(span, 0.9), sum(day.new_people for day in ahead[:span])
        )
        for span in SPANS
    ]  # fmt: skip


def _book(lived_in: World, national: NationalDays) -> Book:
    stated = {"typical_daily_use": str(lived_in.profile.typical_daily_use)}
    return Book(national, lived_in.profile.begins, PLENTY_CARDS, stated)
