"""What became of the offices: cards short, days empty, stock and trips, by rule."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import cache
from typing import NamedTuple

from blangko.core.workdays import NationalDays
from blangko.store.national_days import national_days
from tests.simulator.offices import Life, life
from tests.simulator.rules import RULES
from tests.simulator.world import DROUGHTS, Period, world

SEED = 14
SCENARIOS: dict[str, tuple[Period, ...]] = {"usual supply": (), "national droughts": DROUGHTS}
DAYS_A_YEAR = 365


class Figures(NamedTuple):
    """What counts, over all offices: the share of people who were sent home for want of cards, the days that ended
    with an empty shelf per office and year, the cards on the shelf in days of use, trips per office and year."""

    short_share: float
    empty_days: float
    stock_days: float
    trips: float
    asked: float


def figures(lives: Sequence[Life]) -> Figures:
    """The figures of many lives; each office's stock counts in days of its own use."""
    days = [day for each in lives for day in each.days]
    years = sum((each.days[-1].day - each.days[0].day).days + 1 for each in lives) / DAYS_A_YEAR
    return Figures(
        sum(day.short_people for day in days) / sum(day.new_people for day in days),
        sum(day.shelf_cards == 0 for day in days) / years,
        sum(map(_stock_days, lives)) / len(lives),
        sum(len(each.trips) for each in lives) / years,
        sum(each.requests for each in lives) / years,
    )


def _stock_days(lived: Life) -> float:
    return sum(day.shelf_cards for day in lived.days) / sum(day.expected_people for day in lived.days)


def lives(rule: str, droughts: Sequence[Period], offices: Iterable[int], days: int, seed: int = SEED) -> list[Life]:
    """The lives of these offices under one rule."""
    known = _national()
    return [life(world(seed, number, known, days, droughts), RULES[rule], known) for number in offices]


@cache
def _national() -> NationalDays:
    return national_days()


def table(found: dict[str, Figures]) -> str:
    """The figures of each rule, one line each."""
    lines = [f"{'rule':<16}{'short':>9}{'empty days':>12}{'stock days':>12}{'trips':>8}{'asked':>8}"]
    lines += [
        f"{rule:<16}{each.short_share:>8.2%}{each.empty_days:>12.1f}{each.stock_days:>12.1f}{each.trips:>8.1f}"
        f"{each.asked:>8.1f}"
        for rule, each in found.items()
    ]
    return "\n".join(lines)
