"""The level of demand, learnt day by day.

The level is the demand of an average open day. It is held as a gamma distribution that forgets: each day the
evidence behind it is discounted, then the day's cards are added. Four discounts run side by side and are weighted by
how well each foretold the days so far, so that a steady office and a changing one both get the memory they need.

Sources: Harvey and Fernandes, "Time series models for count or qualitative observations", JBES 7 (1989), the
discounted gamma-Poisson; Berry and West, "Bayesian forecasting of many count-valued time series", JBES 38 (2020),
dispersion.
"""

import math
from collections.abc import Sequence
from operator import mul, truediv

from blangko.core.demand import DayUse
from blangko.core.returning import Returning
from blangko.core.sums import ANNOUNCED_DOUBT, SPANS, LevelMoments, level_moments, use_sums

DISCOUNTS = (0.81, 0.91, 0.97, 0.99)
"""A fifth changed nothing on ten real daily series."""
SCORE_MEMORY = 0.97

FIRST_DAYS = 10
LEAST_LEVEL = 0.1
SILENT_DAY = 0.1
"""A day that teaches nothing weakens the evidence by this power of a discount: no more is known, little has changed."""
FAINTEST_EVIDENCE = 1.0
"""Days that teach nothing weaken the evidence to this shape of the gamma, a level known to ± 100 %, and no further."""

DISPERSION_AT_START = (0.003, 0.3)
DISPERSION_UNSEEN = 0.1
"""Where the first days are shares of a total: they do not tell how days differ."""
DISPERSION_MEMORY, DISPERSION_WEIGHT = 0.95, 8.0
DISPERSION_LIMITS = (1e-4, 2.0)

WEEKDAY_MEMORY, WEEKDAY_WEIGHT = 0.97, 15.0
REOPENING_WEIGHT = 5.0
RATIO_ROOF = 4.0
DEAD_MEMORY, DEAD_WEIGHT = 0.99, 20.0
BUSY_CARDS = 10.0
"""Where no more than this is expected, a day of zero cards is a quiet day, not a dead one."""
AMPLE_QUOTA = 1.25
"""A quota of so many usual days sends nobody home. Were its days lower bounds, only the busy ones would teach."""
OUTLIER_DEVIATIONS = 6.0

CALIBRATE_FROM, CALIBRATE_EVERY = 10, 5
CALIBRATION_AT_START, CALIBRATION_WEIGHT = 1.6, 6.0
"""A young book knows less than its few days say. On real daily counts of 15 days an interval meant to hold 80 % held
71 % with a start at 1, and 78 % with this; after a year it makes no difference."""
CALIBRATION_MEMORY, CALIBRATION_ROOF = 0.99, 9.0
CALIBRATION_LIMITS = (0.8, 4.0)


class Learner:
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
        self.weekday_seen, self.weekday_mean = [1.0] * 7, 1.0
        self.reopening_sum = self.reopening_count = REOPENING_WEIGHT
        self.dead_sum, self.dead_count = 0.0, DEAD_WEIGHT
        self.returning = Returning()

    def moments(self) -> LevelMoments:
        """The level as the bank of discounts knows it."""
        return level_moments(self.weights, self.shapes, self.rates, DISCOUNTS)

    @property
    def dead_share(self) -> float:
        """The share of days on which the office stands still and says no cause."""
        return self.dead_sum / self.dead_count

    @property
    def reopening_factor(self) -> float:
        """By how much the first day after a closure differs from other days."""
        return self.reopening_sum / self.reopening_count

    @property
    def weekday_factors(self) -> list[float]:
        """By how much each weekday differs from an average day."""
        mean = self.weekday_mean
        return [seen / mean for seen in self.weekday_seen]

    def factor(self, weekday: int, known: float, reopens: bool) -> float:
        """By how much a day differs from an average one; `known` is what the course of the year says."""
        factor = known * (self.weekday_seen[weekday] / self.weekday_mean)
        return factor * self.reopening_factor if reopens else factor

    def learn(self, use: DayUse, known: float = 1.0, reopens: bool = False) -> float:
        """Learn from one day; returns its cards, or what was expected of it where the cards hide the demand.

        Cards for people who had been sent home before are no new demand: they are taken off.
        """
        weekday = use.day.weekday()
        factor = self.factor(weekday, known, reopens)
        expected = self.level * factor
        variance = expected + self.dispersion * expected * expected
        bound = _is_bound(use, expected)
        hidden = bound and (use.is_drain or use.cards <= expected)
        dead = not bound and not use.announced and _is_dead(use.cards, expected, variance)
        self._count_dead(dead)
        if hidden or dead:
            # Nobody knows of an unexplained stop how many came: on half of the series here too few came back later.
            self.returning.evening(max(expected - use.cards, 0.0) if hidden else 0.0)
            self._forget()
            return expected if hidden else use.cards
        deviation = math.sqrt(variance)
        returned = self.returning.came_back(use.cards - expected, deviation, bound)
        self.returning.evening(use.turned_away)
        if 0 < use.cards - expected <= returned:
            self._forget()
            return expected
        new = use._replace(cards=use.cards - returned) if returned else use
        reach = OUTLIER_DEVIATIONS * deviation
        cards = min(max(_usual_cards(new, expected, variance), expected - reach), expected + reach)
        ratio = cards / (self.level * known)
        self._learn_level(cards, factor)
        if use.is_share:
            return expected
        self._learn_dispersion(cards, expected)
        self._learn_day(ratio, weekday, reopens)
        return new.cards

    def _count_dead(self, dead: bool) -> None:
        self.dead_sum = DEAD_MEMORY * self.dead_sum + dead
        self.dead_count = DEAD_MEMORY * self.dead_count + 1

    def _forget(self) -> None:
        for i, discount in enumerate(DISCOUNTS):
            faded = discount**SILENT_DAY
            if self.shapes[i] * faded >= FAINTEST_EVIDENCE:
                self.shapes[i] *= faded
                self.rates[i] *= faded

    def _learn_level(self, cards: float, factor: float) -> None:
        """Discount the evidence of each level, judge its forecast of the day, and add the day."""
        # Four hundred days are learnt for every answer, each in four ways: most of its time is spent in these lines.
        lgamma, log, dispersion = math.lgamma, math.log, self.dispersion
        shapes, rates, scores = [], [], []
        for discount, shape, rate, score in zip(DISCOUNTS, self.shapes, self.rates, self.scores, strict=True):
            shape *= discount
            rate *= discount
            mean = factor * shape / rate
            size = 1 / (dispersion + 1 / shape)
            # The negative binomial chance of the day, but for a term that is the same for every discount.
            chance = lgamma(cards + size) - lgamma(size) - size * log(1 + mean / size) - cards * log(1 + size / mean)
            scores.append(SCORE_MEMORY * score + chance)
            weight = 1 / (1 + dispersion * mean)
            shapes.append(shape + weight * cards)
            rates.append(rate + weight * factor)
        self.shapes, self.rates, self.scores = shapes, rates, scores
        self._weigh()

    def _weigh(self) -> None:
        best, exp = max(self.scores), math.exp
        weights = [exp(score - best) for score in self.scores]
        total = sum(weights)
        self.weights = [weight / total for weight in weights]
        self.level = sum(map(mul, self.weights, map(truediv, self.shapes, self.rates)))

    def _learn_dispersion(self, cards: float, expected: float) -> None:
        seen = ((cards - expected) ** 2 - expected) / (expected * expected)
        self.dispersion_sum = DISPERSION_MEMORY * self.dispersion_sum + seen
        self.dispersion_count = DISPERSION_MEMORY * self.dispersion_count + 1
        self.dispersion = _within(self.dispersion_sum / self.dispersion_count, DISPERSION_LIMITS)

    def _learn_day(self, ratio: float, weekday: int, reopens: bool) -> None:
        """Learn how its weekday, and a closure just over, move a day; `ratio` is its use in average days."""
        if reopens:
            reopening, usual = self.reopening_factor, self.weekday_seen[weekday] / self.weekday_mean
            self.reopening_sum += min(ratio / usual, RATIO_ROOF)
            self.reopening_count += 1
            ratio /= reopening
        self._learn_weekday(ratio, weekday)

    def _learn_weekday(self, ratio: float, weekday: int) -> None:
        counts, sums, seen = self.weekday_counts, self.weekday_sums, self.weekday_seen
        sums[weekday] = sum_now = WEEKDAY_MEMORY * sums[weekday] + min(ratio, RATIO_ROOF)
        counts[weekday] = count = WEEKDAY_MEMORY * counts[weekday] + 1
        seen[weekday] = (sum_now + WEEKDAY_WEIGHT) / (count + WEEKDAY_WEIGHT)
        self.weekday_mean = sum(map(mul, seen, counts)) / sum(counts)


def _usual_cards(use: DayUse, expected: float, variance: float) -> float:
    """The cards of a day without what a campaign brought.

    Where a day of a campaign differs from what was to be expected, the campaign was misjudged or the level is: the
    difference is shared by how badly each is known (best linear prediction).
    """
    if not use.announced:
        return use.cards
    share = variance / (variance + use.announced + (ANNOUNCED_DOUBT * use.announced) ** 2)
    return expected + share * (use.cards - expected)


def _is_bound(use: DayUse, expected: float) -> bool:
    """More was wanted than the cards of the day; not so where a quota far above the usual day was not used up."""
    is_ample = use.quota > AMPLE_QUOTA * expected and use.cards < use.quota
    return use.is_lower_bound and not is_ample


def _is_dead(cards: float, expected: float, variance: float) -> bool:
    """Nothing printed where much was expected, and no cause given: the office stood still."""
    return cards == 0 and expected > BUSY_CARDS and expected * expected > 2 * variance


_Pending = tuple[int, float, float, float]
"""A forecast of the use up to a day that has not come yet: number of the span, used before it, mean and variance."""


class Calibration:
    """How far the sums foretold on past days missed, for each span, in units of the variance foretold with them."""

    def __init__(self, weekdays: Sequence[int], known: Sequence[float], reopens: Sequence[bool]) -> None:
        self.days = list(zip(weekdays, known, reopens, strict=True))
        self.pending: dict[int, list[_Pending]] = {}
        self.number = 0
        self.used = 0.0
        self.sums = [CALIBRATION_WEIGHT * CALIBRATION_AT_START] * len(SPANS)
        self.counts = [CALIBRATION_WEIGHT] * len(SPANS)

    @property
    def factors(self) -> tuple[float, ...]:
        """By how much the variance of the sum of each span has to be widened."""
        return tuple(
            _within(seen / count, CALIBRATION_LIMITS) for seen, count in zip(self.sums, self.counts, strict=True)
        )

    def before_day(self, number: int, learner: Learner) -> None:
        """Every fifth day, foretell the coming spans."""
        if number < CALIBRATE_FROM or number % CALIBRATE_EVERY:
            return
        usual, reopening = learner.weekday_factors, learner.reopening_factor
        factors = [
            known * usual[weekday] * (reopening if reopens else 1.0)
            for weekday, known, reopens in self.days[number : number + SPANS[-1]]
        ]
        sums = use_sums(learner.moments(), learner.dispersion, learner.dead_share, factors, SPANS)
        for i, (mean, variance) in enumerate(zip(*sums, strict=True)):
            self.pending.setdefault(number + SPANS[i], []).append((i, self.used, mean, variance))

    def after_day(self, cards: float) -> None:
        """Add the day's use, and judge the forecasts that end with this day."""
        self.number += 1
        self.used += cards
        for span, used_before, mean, variance in self.pending.pop(self.number, ()):
            error = (self.used - used_before - mean) ** 2 / variance
            self.sums[span] = CALIBRATION_MEMORY * self.sums[span] + min(error, CALIBRATION_ROOF)
            self.counts[span] = CALIBRATION_MEMORY * self.counts[span] + 1


def first_guess(days: Sequence[DayUse], known: Sequence[float]) -> tuple[float, float]:
    """Level and dispersion to begin with, from the first days that had any use; `known` as in `Learner.learn`."""
    pairs = list(zip(days, known, strict=True))
    shown = [use.cards / factor for use, factor in pairs[:FIRST_DAYS] if use.cards > 0 and not use.is_lower_bound]
    if not shown:
        shown = [use.cards / factor for use, factor in pairs if use.cards > 0][:FIRST_DAYS]
    if not shown:
        return LEAST_LEVEL, DISPERSION_AT_START[1]
    level = sum(shown) / len(shown)
    if any(use.is_share for use in days[:FIRST_DAYS]):
        return level, DISPERSION_UNSEEN
    variance = sum((cards - level) ** 2 for cards in shown) / len(shown)
    return level, _within(variance / level**2 - 1 / level, DISPERSION_AT_START)


def _within(value: float, limits: tuple[float, float]) -> float:
    return min(max(value, limits[0]), limits[1])
