"""The course of the year: what is known of a day beforehand, beyond its weekday and the level.

Three things move a day: a known season; the time of the year, as the year before showed it; and a closure just over,
after which people come who found the door shut. On five series of office work the time of the year took the error to
0.93, together with the closures to 0.92.
"""

from collections.abc import Iterator, Sequence
from datetime import date
from itertools import accumulate
from math import sqrt
from operator import mul, sub
from typing import NamedTuple

from blangko.core.demand import DayUse
from blangko.core.seasons import A_YEAR, Seasons
from blangko.core.workdays import ONE_DAY

AROUND_DAYS = 10
"""The use at a time of the year is a mean of 21 days: ten before the day, the day, ten after."""
LEAST_AROUND = 5
LARGEST_SWING = 2.0


class Course(NamedTuple):
    """What is known beforehand of the days of one office.

    `week` holds the weekdays worked, `last` the last day learnt from. `first` and `swings` are the profile of the year:
    for each calendar day from `first` on the use around it as a share of the use a year before `last`, and of that the
    root, since this year does half as much of what the year before did.
    """

    week: frozenset[int]
    seasons: Seasons | None
    last: date = date.min
    first: date = date.min
    swings: tuple[float, ...] = ()

    def factors(self, days: Sequence[date]) -> list[float]:
        """By how much the season and the time of the year multiply the use of each of these days."""
        seasonal = seasonal_factors(self.seasons, days)
        return list(map(mul, seasonal, map(self._swing, days))) if self.swings else seasonal

    def reopenings(self, days: Sequence[date], before: date | None) -> list[bool]:
        """Whether each of these days is the first after a closure: a day of the work week without work.

        Without a calendar the days themselves, `before` and then `days`, are taken to be all the open days.
        """
        reopens = self._missed if self.seasons is None else self._reopens
        earlier = [before, *days[:-1]]
        return [
            open_day != day - ONE_DAY and reopens(open_day, day)
            for open_day, day in zip(earlier, days, strict=True)
        ]  # fmt: skip

    def _reopens(self, before: date | None, day: date) -> bool:
        """Going back from the day, a closed day of the work week is met before an open one; a week has both."""
        assert self.seasons is not None
        for _ in range(7):
            day -= ONE_DAY
            if day == before or self.seasons.calendar.is_open(day):
                return False
            if day.weekday() in self.week:
                return True
        return False

    def _missed(self, before: date | None, day: date) -> bool:
        """Between these two open days a day of the work week was left out."""
        if before is None:
            return False
        # Ordinal 1 was a Monday.
        return any((number - 1) % 7 in self.week for number in range(before.toordinal() + 1, day.toordinal()))

    def _swing(self, day: date) -> float:
        reference = self.seasons.year_before(day) if self.seasons else day - A_YEAR
        number = (reference - self.first).days
        return self.swings[min(max(number, 0), len(self.swings) - 1)]


def course(days: Sequence[DayUse], seasons: Seasons | None) -> Course:
    """The course of the year as these days, oldest first and at least one, show it."""
    week = seasons.calendar.week if seasons else frozenset(use.day.weekday() for use in days)
    last, first = days[-1].day, days[0].day
    plain = Course(week, seasons, last, first)
    reference = seasons.year_before(last) if seasons else last - A_YEAR
    if reference < first:
        return plain
    means = _means_around(days, seasons)
    today = means[(reference - first).days]
    low, high = today / LARGEST_SWING, today * LARGEST_SWING
    return plain._replace(swings=tuple(sqrt(min(max(mean, low), high) / today) for mean in means))


def seasonal_factors(seasons: Seasons | None, days: Sequence[date]) -> list[float]:
    """By how much the known seasons multiply the use of each of these days; 1 where none are known."""
    return [seasons.factor(day) for day in days] if seasons else [1.0] * len(days)


def _means_around(days: Sequence[DayUse], seasons: Seasons | None) -> list[float]:
    """For each calendar day from the first on, the mean use of the days around it, the known seasons taken out.

    Where too few of them show demand, the mean of the day before stands.
    """
    first = days[0].day.toordinal()
    length = days[-1].day.toordinal() - first + 1
    cards, counts = [0.0] * length, [0] * length
    for use, factor in zip(days, seasonal_factors(seasons, [use.day for use in days]), strict=True):
        # A day without use tells of a stop rather than of the time of the year.
        if use.cards > 0 and not use.is_lower_bound:
            cards[use.day.toordinal() - first] = use.cards / factor
            counts[use.day.toordinal() - first] = 1
    means = [
        total / count if count >= LEAST_AROUND else None
        for total, count in zip(_around(cards), _around(counts), strict=True)
    ]
    return _filled(means)


def _around(values: Sequence[float]) -> Iterator[float]:
    """For each of the values the sum of it and of those within `AROUND_DAYS` of it."""
    sums = [0, *accumulate(values)]
    padded = [0] * AROUND_DAYS + sums + [sums[-1]] * AROUND_DAYS
    return map(sub, padded[2 * AROUND_DAYS + 1 :], padded)


def _filled(means: Sequence[float | None]) -> list[float]:
    """The means with the one before in place of each that is missing, and the first in place of those before it."""
    found = next((mean for mean in means if mean is not None), 1.0)
    filled = []
    for mean in means:
        found = found if mean is None else mean
        filled.append(found)
    return filled
