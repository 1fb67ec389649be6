"""The use summed over coming days: its mean and variance, given a level that is known badly and drifts.

Sources: West and Harrison, Bayesian Forecasting and Dynamic Models (1997), discounting; Saoud, Kourentzes and Boylan,
"Approximations for the lead time variance", EJOR (2022), calibration on the error of the sum itself.
"""

from collections.abc import Collection, Sequence
from typing import NamedTuple

DEAD_SPREAD = 1.5

ANNOUNCED_DOUBT = 0.3
"""What was announced is a guess, like a stated use: what a campaign brings is right within 30 %, on all its days alike.
"""

SPANS = (5, 10, 20)
"""Open days after which a forecast sum is compared with what was used."""


class LevelMoments(NamedTuple):
    """What the forecast needs to know of the level, averaged over the bank of discounts.

    With level L = A/B of one discount d: the means of L, of L², of L²/A (how badly the level is known now) and of
    L²/A · (1 − d)/d (how much worse it is known with every day ahead).
    """

    mean: float
    square: float
    doubt: float
    drift: float


def level_moments(
    weights: Sequence[float], shapes: Sequence[float], rates: Sequence[float], discounts: Sequence[float]
) -> LevelMoments:
    """The moments of the level over a bank of discounts, each with its weight and its gamma."""
    mean = square = doubt = drift = 0.0
    for weight, shape, rate, discount in zip(weights, shapes, rates, discounts, strict=True):
        level = shape / rate
        mean += weight * level
        square += weight * level * level
        doubt += weight * level / rate
        drift += weight * level / rate * (1 - discount) / discount
    return LevelMoments(mean, square, doubt, drift)


def use_sums(
    level: LevelMoments,
    dispersion: float,
    dead_share: float,
    factors: Sequence[float],
    spans: Collection[int] | None = None,
) -> tuple[list[float], list[float]]:
    """Mean and variance of the use summed over days 1..h, for each h, or for those among `spans`.

    `factors` say by how much each of the days differs from an average one.

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
        aged = age * factor
        ageing += aged * factor + 2 * factor * by_age
        by_age += aged
        if spans is not None and age not in spans:
            continue
        mean = level.mean * total
        noise = mean + dispersion * level.square * squares
        doubt = (level.doubt + level.square) * total * total - mean * mean + level.drift * ageing
        means.append(alive * mean)
        variances.append(alive * alive * (noise + doubt) + dead_spread * squares)
    return means, variances


def calibrated(factors: Sequence[float], days_ahead: int) -> float:
    """The calibration factor of a sum of days: linear between the spans, flat outside."""
    if days_ahead <= SPANS[0]:
        return factors[0]
    for i in range(1, len(SPANS)):
        if days_ahead <= SPANS[i]:
            share = (days_ahead - SPANS[i - 1]) / (SPANS[i] - SPANS[i - 1])
            return factors[i - 1] + share * (factors[i] - factors[i - 1])
    return factors[-1]


def limited(variance: float, mean: float) -> float:
    """The variance of a sum, which is never taken to be known worse than within ± 100 %.

    Far ahead of a level that drifts fast the formula would say "most likely nothing, or else a flood", and a shelf
    would seem to last for ever.
    """
    return min(variance, mean + mean * mean)
