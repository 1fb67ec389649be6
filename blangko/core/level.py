"""The demand that a book teaches, and what it promises for the days ahead.

`learning` follows the level day by day, `course` knows what the calendar and the year before say of a day, `sums` adds
up coming days; this module brings them together.
"""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from itertools import accumulate
from operator import add
from typing import NamedTuple

from blangko.core.course import Course, course, seasonal_factors
from blangko.core.demand import HISTORY_DAYS, DayUse
from blangko.core.gamma import gamma_chance, gamma_quantile
from blangko.core.learning import LEAST_LEVEL, Calibration, Learner, first_guess
from blangko.core.returning import ComingBack
from blangko.core.seasons import Seasons
from blangko.core.sums import ANNOUNCED_DOUBT, SPANS, LevelMoments, calibrated, level_moments, limited, use_sums

MINIMUM_DAYS = 5
"""Fewer days that are not lower bounds teach nothing."""

SEASON_DOUBT = 0.25
"""The deviation of a season's strength: 30 % more after Lebaran are 22 % to 38 % in two offices of three."""
RETURN_DOUBT = 0.25
"""The deviation of the cards for people who come back: nobody counted them when they were sent home."""
TYPICAL_VARIATION = 0.3
TYPICAL_DISCOUNT = 0.98
TYPICAL_DISPERSION = 0.1


def learnt(
    history: Sequence[DayUse], typical_cards: float | None, seasons: Seasons | None = None
) -> "DemandModel | None":
    """What is known of the demand: what the days teach, else the stated typical daily use, else the rationed days.

    An office that has known nothing but shortage is answered with the largest of its days, marked `at_least`.
    None where too little is known. A stated use is taken as it stands: whoever said it knew the season.
    """
    days = history[-HISTORY_DAYS:]
    lower_bounds = sum(use.is_lower_bound for use in days)
    if len(days) - lower_bounds >= MINIMUM_DAYS:
        return fit(days, seasons)
    if typical_cards:
        return typical(typical_cards)
    largest = max((use.cards for use in days), default=0.0)
    if lower_bounds < MINIMUM_DAYS or largest <= 0:
        return None
    return typical(largest)._replace(at_least=True, workdays_observed=len(days))


def fit(history: Sequence[DayUse], seasons: Seasons | None = None) -> "DemandModel":
    """The demand that these days teach, oldest first; at most the last 400 are used.

    Without `seasons` the days are taken to be all open days there were, and no season is known.

    Raises:
        ValueError: Fewer than `MINIMUM_DAYS` of the days are more than lower bounds.
    """
    days = history[-HISTORY_DAYS:]
    if sum(not use.is_lower_bound for use in days) < MINIMUM_DAYS:
        raise ValueError(f"fewer than {MINIMUM_DAYS} days show the demand itself")
    days = _since_first_use(days)
    year, dates = course(days, seasons), [use.day for use in days]
    known, reopens = year.factors(dates), year.reopenings(dates, None)
    learner = Learner(*first_guess(days, known))
    calibration = Calibration([day.weekday() for day in dates], known, reopens)
    ratios: dict[date, float] = {}
    for number, use in enumerate(days):
        calibration.before_day(number, learner)
        if seasons and use.day in seasons.moved and use.cards > 0 and not use.is_lower_bound and not use.is_share:
            expected = learner.level * learner.factor(use.day.weekday(), known[number], reopens[number])
            ratios[use.day] = use.cards / expected * seasons.factor(use.day)
        calibration.after_day(learner.learn(use, known[number], reopens[number]))
    if seasons:
        year = year._replace(seasons=seasons.learnt(dates[0], dates[-1], ratios))
    return DemandModel(
        learner.moments(),
        tuple(learner.weekday_factors),
        learner.dispersion,
        learner.dead_share,
        calibration.factors,
        len(days),
        learner.reopening_factor,
        year,
        learner.returning.coming(),
    )


def resumed(
    taught: "DemandModel", strengths: Mapping[str, float], history: Sequence[DayUse], seasons: Seasons
) -> "DemandModel":
    """The demand that `fit` found in these very days, made again from what was kept of it.

    Args:
        taught: All that was found but the course of the year.
        strengths: How strong the seasons were found to be.
        history: The days that taught it, not one more or less.
        seasons: The seasons as they are known today.
    """
    year = course(_since_first_use(history[-HISTORY_DAYS:]), seasons)
    return taught._replace(course=year._replace(seasons=seasons.as_strong(strengths)))


def _since_first_use(days: Sequence[DayUse]) -> Sequence[DayUse]:
    # Before the first card was used the office had not begun: such days are neither quiet nor dead.
    first = next((i for i, use in enumerate(days) if use.cards > 0), 0)
    return days[first:]


def typical(cards_per_workday: float) -> "DemandModel":
    """The demand of an office that has only stated its typical daily use: a round figure, so the spread is wide.

    The level is taken to be right within 30 % (coefficient of variation) and days to differ by as much again, so four
    weeks in five lie between about 0.6 and 1.45 times the stated use.
    """
    shape = 1 / TYPICAL_VARIATION**2
    level = level_moments([1.0], [shape], [shape / max(cards_per_workday, LEAST_LEVEL)], [TYPICAL_DISCOUNT])
    return DemandModel(level, (1.0,) * 7, TYPICAL_DISPERSION, 0.0, (1.0,) * len(SPANS), 0)


class DemandModel(NamedTuple):
    """The level of demand with all that turns it into the demand of coming days.

    `returning` are people who were sent home before; they come on top of the level.
    With `at_least` it was never seen without rationing: the true demand is this or more.
    """

    level: LevelMoments
    weekday_factors: tuple[float, ...]
    dispersion: float
    dead_share: float
    calibration: tuple[float, ...]
    workdays_observed: int
    reopening_factor: float = 1.0
    course: Course | None = None
    returning: ComingBack = ComingBack()
    at_least: bool = False

    @property
    def cards_per_workday(self) -> float:
        """Cards that an average open day is expected to use, at this time of the year and outside known seasons."""
        return (1 - self.dead_share) * self.level.mean

    def average(self, days: Sequence[date]) -> float:
        """Cards that an average open day of these is expected to use: the rate to show for the time they lie in."""
        if self.course is None or not days:
            return self.cards_per_workday
        return self.cards_per_workday * sum(self.course.factors(days)) / len(days)

    def expected(self, day: date) -> float:
        """Cards that this day is expected to use if the office is open."""
        return self.cards_per_workday * self._factors([day], None)[0]

    def cumulative(self, workdays: Sequence[date], extra: Mapping[date, float] | None = None) -> "CumulativeDemand":
        """The use from the first to each of these open days, in order.

        Args:
            workdays: Open days, ascending; those of a gap that nobody wrote down as well as those ahead.
            extra: Announced cards on top, of some of the days; they scatter as the office's days do.
        """
        factors = self._factors(workdays, self.course.last if self.course else None)
        means, variances = use_sums(self.level, self.dispersion, self.dead_share, factors)
        doubts = self._season_doubts(workdays)
        spread = [
            limited(variance * calibrated(self.calibration, ahead) + doubt, mean)
            for ahead, (mean, variance, doubt) in enumerate(zip(means, variances, doubts, strict=True), start=1)
        ]
        demand = CumulativeDemand(tuple(workdays), tuple(means), tuple(spread))
        return self._with_returning(demand).with_extra(extra or {}, self.dispersion)

    def _with_returning(self, demand: "CumulativeDemand") -> "CumulativeDemand":
        """The demand with the cards of people who were sent home before and come back now."""
        if not self.returning.per_day:
            return demand
        back = list(accumulate(self.returning.ahead(len(demand.workdays))))
        doubts = [(RETURN_DOUBT * cards) ** 2 for cards in back]
        means, variances = map(add, demand.mean, back), map(add, demand.variance, doubts)
        return demand._replace(mean=tuple(means), variance=tuple(variances))

    def _season_doubts(self, days: Sequence[date]) -> Iterator[float]:
        """What the known seasons add to the variance of each sum: all days of one are wrong together."""
        seasonal = seasonal_factors(self.course.seasons if self.course else None, days)
        moved = accumulate(abs(factor - 1) for factor in seasonal)
        return ((SEASON_DOUBT * self.cards_per_workday * workdays) ** 2 for workdays in moved)

    def _factors(self, days: Sequence[date], before: date | None) -> list[float]:
        usual = [self.weekday_factors[day.weekday()] for day in days]
        if self.course is None:
            return usual
        known, reopens = self.course.factors(days), self.course.reopenings(days, before)
        return [
            factor * course_factor * (self.reopening_factor if first else 1.0)
            for factor, course_factor, first in zip(usual, known, reopens, strict=True)
        ]


class CumulativeDemand(NamedTuple):
    """Mean and variance of the use from the first horizon day to each of them, in cards; a gamma each."""

    workdays: tuple[date, ...]
    mean: tuple[float, ...]
    variance: tuple[float, ...]

    def with_extra(self, extra: Mapping[date, float], dispersion: float = 0.0) -> "CumulativeDemand":
        """The demand with so many more cards on some of the days.

        They differ from day to day as `dispersion` says, and all together from what was announced.
        """
        if not extra:
            return self
        added = [extra.get(day, 0.0) for day in self.workdays]
        means = list(accumulate(added))
        spread = accumulate(cards + dispersion * cards * cards for cards in added)
        variances = [own + (ANNOUNCED_DOUBT * mean) ** 2 for own, mean in zip(spread, means, strict=True)]
        return CumulativeDemand(
            self.workdays,
            tuple(map(add, self.mean, means)),
            tuple(map(add, self.variance, variances)),
        )

    def chance_within(self, days_ahead: int, cards: float) -> float:
        """The chance that the first `days_ahead` open days use at most so many cards.

        An empty shelf does not last even one day: with 0 cards the chance is 0.
        """
        if days_ahead <= 0:
            return 1.0
        return gamma_chance(self.mean[days_ahead - 1], self.variance[days_ahead - 1], cards)

    def quantile(self, days_ahead: int, p: float) -> float:
        """The cards that the first `days_ahead` open days stay below with chance `p`."""
        if days_ahead <= 0:
            return 0.0
        return gamma_quantile(self.mean[days_ahead - 1], self.variance[days_ahead - 1], p)
