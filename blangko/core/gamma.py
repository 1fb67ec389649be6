"""A gamma distribution known by its mean and variance, by the cube-root normal approximation.

Source: Wilson and Hilferty, "The distribution of chi-square", PNAS 17 (1931): the cube root of a gamma
variable is very nearly normal. No special function beyond `erfc` is needed, forwards or backwards.
"""

from __future__ import annotations

import math

NEGLIGIBLE = 1e-9
"""A mean below this is no demand at all."""


def gamma_chance(mean: float, variance: float, amount: float) -> float:
    """The chance that a gamma variable is at most `amount`."""
    if amount <= 0:
        return 0.0
    if mean <= NEGLIGIBLE:
        return 1.0
    if variance <= NEGLIGIBLE * mean * mean:
        return 1.0 if amount >= mean else 0.0
    spread = math.sqrt(variance) / (3 * mean)
    return normal_chance((math.cbrt(amount / mean) - 1 + spread * spread) / spread)


def gamma_quantile(mean: float, variance: float, chance: float) -> float:
    """The amount that a gamma variable stays below with this chance."""
    if mean <= NEGLIGIBLE:
        return 0.0
    spread = math.sqrt(max(variance, 0.0)) / (3 * mean)
    root = 1 - spread * spread + normal_quantile(chance) * spread
    return mean * max(root, 0.0) ** 3


def normal_chance(z: float) -> float:
    """The chance that a standard normal variable is at most `z`."""
    return math.erfc(-z / math.sqrt(2)) / 2


def normal_quantile(chance: float) -> float:
    """The value that a standard normal variable stays below with this chance, in (0, 1); exact to about 1e-10.

    Source: Abramowitz and Stegun, Handbook of Mathematical Functions (1964), 26.2.23, and one step of Halley's method.
    """
    if not 0 < chance < 1:
        raise ValueError(f"a chance lies between 0 and 1, not {chance}")
    if chance > 0.5:
        return -normal_quantile(1 - chance)
    t = math.sqrt(-2 * math.log(chance))
    z = (2.515517 + t * (0.802853 + t * 0.010328)) / (1 + t * (1.432788 + t * (0.189269 + t * 0.001308))) - t
    step = (normal_chance(z) - chance) * math.sqrt(2 * math.pi) * math.exp(z * z / 2)
    return z - step / (1 + z * step / 2)
