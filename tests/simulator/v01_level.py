"""The demand model of version 0.1, kept as it was: what the replay compares with must not change with the product.

The level is the demand of an average open day. It is held as a gamma distribution that forgets: each day the
evidence behind it is discounted, then the day's cards are added. Five discounts run side by side and are weighted by
how well each foretold the days so far, so that a steady office and a changing one both get the memory they need.

Sources: Harvey and Fernandes, "Time series models for count or qualitative observations", JBES 7 (1989), the
discounted gamma-Poisson; West and Harrison, Bayesian Forecasting and Dynamic Models (1997), discounting and weights;
Berry and West, "Bayesian forecasting of many count-valued time series", JBES 38 (2020), dispersion; Saoud, Kourentzes
and Boylan, "Approximations for the lead time variance", EJOR (2022), calibration on the error of the sum itself.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from blangko.core.gamma import gamma_chance, gamma_quantile

HISTORY_DAYS = 400
MINIMUM_DAYS = 5
"""Fewer days that are not lower bounds teach nothing."""

DISCOUNTS = (0.80, 0.90, 0.95, 0.98, 0.99)
SCORE_MEMORY = 0.97

FIRST_DAYS = 10
LEAST_LEVEL = 0.1
FAINTEST_EVIDENCE = 1.0
"""Days that teach nothing weaken the evidence to this shape of the gamma, a level known to ± 100 %, and no further."""

DISPERSION_AT_START = (0.003, 0.3)
DISPERSION_MEMORY, DISPERSION_WEIGHT = 0.95, 8.0
DISPERSION_LIMITS = (1e-4, 2.0)

WEEKDAY_MEMORY, WEEKDAY_WEIGHT, WEEKDAY_ROOF = 0.97, 15.0, 4.0
DEAD_MEMORY, DEAD_WEIGHT, DEAD_SPREAD = 0.99, 20.0, 1.5
BUSY_CARDS = 10.0
"""Where no more than this is expected, a day of zero cards is a quiet day, not a dead one."""
OUTLIER_DEVIATIONS = 6.0

SPANS = (5, 10, 20)
"""Open days after which a forecast sum is compared with what was used."""
CALIBRATE_FROM, CALIBRATE_EVERY = 10, 5
CALIBRATION_AT_START, CALIBRATION_WEIGHT = 1.6, 6.0
"""A young book knows less than its few days say. On real daily counts of 15 days an interval meant to hold 80 % held
71 % with a start at 1, and 78 % with this; after a year it makes no difference."""
CALIBRATION_MEMORY, CALIBRATION_ROOF = 0.99, 9.0
CALIBRATION_LIMITS = (0.8, 4.0)

TYPICAL_VARIATION = 0.3
TYPICAL_DISCOUNT = 0.98
TYPICAL_DISPERSION = 0.1


class DayUse(NamedTuple):
    """The use of one open day, in cards; `is_lower_bound` where more was wanted than could be printed."""

    day: date
    cards: int
    is_lower_bound: bool = False


def fit(history: Sequence[DayUse]) -> DemandModel:
    """The demand that these days teach, oldest first; at most the last 400 are used.

    Raises:
        ValueError: Fewer than `MINIMUM_DAYS` of the days are more than lower bounds.
    """
    days = history[-HISTORY_DAYS:]
    if sum(not use.is_lower_bound for use in days) < MINIMUM_DAYS:
        raise ValueError(f"fewer than {MINIMUM_DAYS} days show the demand itself")
    days = _since_first_use(days)
    learner = _Learner(*_first_guess(days))
    calibration = _Calibration([use.day.weekday() for use in days])
    for number, use in enumerate(days):
        calibration.before_day(number, learner)
        calibration.after_day(learner.learn(use))
    return learner.model(calibration.factors(), len(days))


def typical(cards_per_workday: float) -> DemandModel:
    """The demand of an office that has only stated its typical daily use: a round figure, so the spread is wide.

    The level is taken to be right within 30 % (coefficient of variation) and days to differ by as much again, so four
    weeks in five lie between about 0.6 and 1.45 times the stated use.
    """
    shape = 1 / TYPICAL_VARIATION**2
    level = _level_moments([1.0], [shape], [shape / max(cards_per_workday, LEAST_LEVEL)], [TYPICAL_DISCOUNT])
    return DemandModel(level, (1.0,) * 7, TYPICAL_DISPERSION, 0.0, (1.0,) * len(SPANS), 0)


class LevelMoments(NamedTuple):
    """What the forecast needs to know of the level, averaged over the bank of discounts.

    With level L = A/B of one discount d: the means of L, of L², of L²/A (how badly the level is known now) and of
    L²/A · (1 − d)/d (how much worse it is known with every day ahead).
    """

    mean: float
    square: float
    doubt: float
    drift: float


class DemandModel(NamedTuple):
    """The level of demand with all that turns it into the demand of coming days."""

    level: LevelMoments
    weekday_factors: tuple[float, ...]
    dispersion: float
    dead_share: float
    calibration: tuple[float, ...]
    workdays_observed: int

    @property
    def cards_per_workday(self) -> float:
        """Cards that an average open day is expected to use."""
        return (1 - self.dead_share) * self.level.mean

    def expected(self, day: date) -> float:
        """Cards that this day is expected to use if the office is open."""
        return self.cards_per_workday * self.weekday_factors[day.weekday()]

    def cumulative(self, workdays: Sequence[date]) -> CumulativeDemand:
        """The use from the first to each of these open days, in order."""
        factors = [self.weekday_factors[day.weekday()] for day in workdays]
        means, variances = use_sums(self.level, self.dispersion, self.dead_share, factors)
        spread = [
            _limited(variance * _calibrated(self.calibration, ahead), mean)
            for ahead, (mean, variance) in enumerate(zip(means, variances, strict=True), start=1)
        ]
        return CumulativeDemand(tuple(workdays), tuple(means), tuple(spread))


class CumulativeDemand(NamedTuple):
    """Mean and variance of the use from the first horizon day to each of them, in cards; a gamma each."""

    workdays: tuple[date, ...]
    mean: tuple[float, ...]
    variance: tuple[float, ...]

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


def use_sums(
    level: LevelMoments, dispersion: float, dead_share: float, factors: Sequence[float]
) -> tuple[list[float], list[float]]:
    """Mean and variance of the use summed over days 1..h, for each h; `factors` are the weekday factors of the days.

    For one discount, with w_i the factors, L = A/B and U_i = (1/A)(1 + i·(1 − d)/d) the relative doubt of the level
    on day i, the variance is Σ (L·w_i + k·(L·w_i)²) + L²·(Σ w_i²·U_i + 2·Σ_{i<l} w_i·w_l·U_i). Since
    Σ w_i² + 2·Σ_{i<l} w_i·w_l = (Σ w_i)², that falls apart into running sums which do not depend on the discount.
    """
    alive = 1 - dead_share
    dead_spread = DEAD_SPREAD * dead_share * alive * level.mean * level.mean
    total = squares = by_age = ageing = 0.0
    means, variances = [], []
    for age, factor in enumerate(factors, start=1):
        total += factor
        squares += factor * factor
        ageing += age * factor * factor + 2 * factor * by_age
        by_age += age * factor
        mean = level.mean * total
        noise = mean + dispersion * level.square * squares
        doubt = (level.doubt + level.square) * total * total - mean * mean + level.drift * ageing
        means.append(alive * mean)
        variances.append(alive * alive * (noise + doubt) + dead_spread * squares)
    return means, variances


def _calibrated(factors: Sequence[float], days_ahead: int) -> float:
    """The calibration factor of a sum of days: linear between the spans, flat outside."""
    if days_ahead <= SPANS[0]:
        return factors[0]
    for i in range(1, len(SPANS)):
        if days_ahead <= SPANS[i]:
            share = (days_ahead - SPANS[i - 1]) / (SPANS[i] - SPANS[i - 1])
            return factors[i - 1] + share * (factors[i] - factors[i - 1])
    return factors[-1]


def _limited(variance: float, mean: float) -> float:
    # Far ahead of a level that drifts fast the formula would say "most likely nothing, or else a flood", and a shelf
    # would seem to last for ever. The sum is never taken to be known worse than within ± 100 %.
    return min(variance, mean + mean * mean)


def _level_moments(
    weights: Sequence[float], shapes: Sequence[float], rates: Sequence[float], discounts: Sequence[float]
) -> LevelMoments:
    mean = square = doubt = drift = 0.0
    for weight, shape, rate, discount in zip(weights, shapes, rates, discounts, strict=True):
        level = shape / rate
        mean += weight * level
        square += weight * level * level
        doubt += weight * level / rate
        drift += weight * level / rate * (1 - discount) / discount
    return LevelMoments(mean, square, doubt, drift)


def _since_first_use(days: Sequence[DayUse]) -> Sequence[DayUse]:
    # Before the first card was used the office had not begun: such days are neither quiet nor dead.
    first = next((i for i, use in enumerate(days) if use.cards > 0), 0)
    return days[first:]


def _first_guess(days: Sequence[DayUse]) -> tuple[float, float]:
    """Level and dispersion to begin with, from the first days that had any use."""
    shown = [use.cards for use in days[:FIRST_DAYS] if use.cards > 0 and not use.is_lower_bound]
    if not shown:
        shown = [use.cards for use in days if use.cards > 0][:FIRST_DAYS]
    if not shown:
        return LEAST_LEVEL, DISPERSION_AT_START[1]
    level = sum(shown) / len(shown)
    variance = sum((cards - level) ** 2 for cards in shown) / len(shown)
    return level, _within(variance / level**2 - 1 / level, DISPERSION_AT_START)


def _within(value: float, limits: tuple[float, float]) -> float:
    return min(max(value, limits[0]), limits[1])


class _Learner:
    """All that is learnt so far; `learn` takes one day."""

    def __init__(self, level: float, dispersion: float) -> None:
        weight = 2 / (1 + dispersion * level)
        self.shapes = [weight * level] * len(DISCOUNTS)
        self.rates = [weight] * len(DISCOUNTS)
        self.scores = [0.0] * len(DISCOUNTS)
        self.weights = [1 / len(DISCOUNTS)] * len(DISCOUNTS)
        self.level = level
        self.dispersion = dispersion
        self.dispersion_sum, self.dispersion_count = DISPERSION_WEIGHT * dispersion, DISPERSION_WEIGHT
        self.weekday_sums, self.weekday_counts = [0.0] * 7, [0.0] * 7
        self.weekday_factors = [1.0] * 7
        self.dead_sum, self.dead_count = 0.0, DEAD_WEIGHT

    def model(self, calibration: tuple[float, ...], workdays_observed: int) -> DemandModel:
        return DemandModel(
            self.moments(),
            tuple(self.weekday_factors),
            self.dispersion,
            self.dead_share,
            calibration,
            workdays_observed,
        )

    def moments(self) -> LevelMoments:
        return _level_moments(self.weights, self.shapes, self.rates, DISCOUNTS)

    @property
    def dead_share(self) -> float:
        return self.dead_sum / self.dead_count

    def learn(self, use: DayUse) -> float:
        """Learn from one day; returns its cards, or what was expected of it where the cards hide the demand."""
        weekday = use.day.weekday()
        expected = self.level * self.weekday_factors[weekday]
        variance = expected + self.dispersion * expected * expected
        hidden = use.is_lower_bound and use.cards <= expected
        dead = not use.is_lower_bound and _is_dead(use.cards, expected, variance)
        self._count_dead(dead)
        if hidden or dead:
            self._forget()
            return expected if hidden else use.cards
        reach = OUTLIER_DEVIATIONS * math.sqrt(variance)
        cards = min(max(use.cards, expected - reach), expected + reach)
        ratio = cards / self.level
        self._learn_level(cards, self.weekday_factors[weekday])
        self._learn_dispersion(cards, expected)
        self._learn_weekday(ratio, weekday)
        return use.cards

    def _count_dead(self, dead: bool) -> None:
        self.dead_sum = DEAD_MEMORY * self.dead_sum + dead
        self.dead_count = DEAD_MEMORY * self.dead_count + 1

    def _forget(self) -> None:
        for i, discount in enumerate(DISCOUNTS):
            if self.shapes[i] * discount >= FAINTEST_EVIDENCE:
                self.shapes[i] *= discount
                self.rates[i] *= discount

    def _learn_level(self, cards: float, factor: float) -> None:
        """Discount the evidence of each level, judge its forecast of the day, and add the day."""
        lgamma, log, dispersion = math.lgamma, math.log, self.dispersion
        shapes, rates, scores = self.shapes, self.rates, self.scores
        for i, discount in enumerate(DISCOUNTS):
            shape, rate = discount * shapes[i], discount * rates[i]
            mean = factor * shape / rate
            size = 1 / (dispersion + 1 / shape)
            # The negative binomial chance of the day, but for a term that is the same for every discount.
            chance = lgamma(cards + size) - lgamma(size) - size * log(1 + mean / size) - cards * log(1 + size / mean)
            scores[i] = SCORE_MEMORY * scores[i] + chance
            weight = 1 / (1 + dispersion * mean)
            shapes[i] = shape + weight * cards
            rates[i] = rate + weight * factor
        self._weigh()

    def _weigh(self) -> None:
        best = max(self.scores)
        weights = [math.exp(score - best) for score in self.scores]
        total = sum(weights)
        self.weights = [weight / total for weight in weights]
        self.level = sum(
            weight * shape / rate
            for weight, shape, rate in zip(self.weights, self.shapes, self.rates, strict=True)
        )  # fmt: skip

    def _learn_dispersion(self, cards: float, expected: float) -> None:
        seen = ((cards - expected) ** 2 - expected) / (expected * expected)
        self.dispersion_sum = DISPERSION_MEMORY * self.dispersion_sum + seen
        self.dispersion_count = DISPERSION_MEMORY * self.dispersion_count + 1
        self.dispersion = _within(self.dispersion_sum / self.dispersion_count, DISPERSION_LIMITS)

    def _learn_weekday(self, ratio: float, weekday: int) -> None:
        sums, counts = self.weekday_sums, self.weekday_counts
        sums[weekday] = WEEKDAY_MEMORY * sums[weekday] + min(ratio, WEEKDAY_ROOF)
        counts[weekday] = WEEKDAY_MEMORY * counts[weekday] + 1
        factors = [(seen + WEEKDAY_WEIGHT) / (count + WEEKDAY_WEIGHT) for seen, count in zip(sums, counts, strict=True)]
        mean = sum(factor * count for factor, count in zip(factors, counts, strict=True)) / sum(counts)
        self.weekday_factors = [factor / mean for factor in factors]


def _is_dead(cards: float, expected: float, variance: float) -> bool:
    """Nothing printed where much was expected, and no cause given: the office stood still."""
    return cards == 0 and expected > BUSY_CARDS and expected * expected > 2 * variance


class _Pending(NamedTuple):
    """A forecast of the use up to a day that has not come yet."""

    span: int
    used_before: float
    mean: float
    variance: float


class _Calibration:
    """How far the sums foretold on past days missed, for each span, in units of the variance foretold with them."""

    def __init__(self, weekdays: Sequence[int]) -> None:
        self.weekdays = weekdays
        self.pending: dict[int, list[_Pending]] = {}
        self.days = 0
        self.used = 0.0
        self.sums = [CALIBRATION_WEIGHT * CALIBRATION_AT_START] * len(SPANS)
        self.counts = [CALIBRATION_WEIGHT] * len(SPANS)

    def factors(self) -> tuple[float, ...]:
        return tuple(
            _within(seen / count, CALIBRATION_LIMITS) for seen, count in zip(self.sums, self.counts, strict=True)
        )

    def before_day(self, number: int, learner: _Learner) -> None:
        """Every fifth day, foretell the coming spans."""
        if number < CALIBRATE_FROM or number % CALIBRATE_EVERY:
            return
        factors = [learner.weekday_factors[weekday] for weekday in self.weekdays[number : number + SPANS[-1]]]
        means, variances = use_sums(learner.moments(), learner.dispersion, learner.dead_share, factors)
        for i, span in enumerate(SPANS):
            if span <= len(factors):
                forecast = _Pending(i, self.used, means[span - 1], variances[span - 1])
                self.pending.setdefault(number + span, []).append(forecast)

    def after_day(self, cards: float) -> None:
        """Add the day's use, and judge the forecasts that end with this day."""
        self.days += 1
        self.used += cards
        for span, used_before, mean, variance in self.pending.pop(self.days, ()):
            error = (self.used - used_before - mean) ** 2 / variance
            self.sums[span] = CALIBRATION_MEMORY * self.sums[span] + min(error, CALIBRATION_ROOF)
            self.counts[span] = CALIBRATION_MEMORY * self.counts[span] + 1
