"""The gamma distribution: its edges, and how exact its quantiles are."""

from statistics import NormalDist

import pytest

from blangko.core.gamma import NEGLIGIBLE, gamma_chance, gamma_quantile, normal_chance, normal_quantile


@pytest.mark.parametrize("number", [*range(1, 500, 7), 9])
def test_a_normal_quantile_is_exact_to_nine_places(number: int):
    # The first guess is wrong by less than 4.5e-4; one step of Halley's method cubes that, to about 1e-10.
    chance = number / 1000

    assert normal_quantile(chance) == pytest.approx(NormalDist().inv_cdf(chance), abs=1e-9)
    assert normal_quantile(1 - chance) == pytest.approx(NormalDist().inv_cdf(1 - chance), abs=1e-9)


def test_half_of_all_lies_below_nought():
    assert normal_chance(0) == 0.5
    assert normal_quantile(0.5) == pytest.approx(0, abs=1e-9)


@pytest.mark.parametrize("chance", [0, 1, -0.5, 1.5])
def test_a_refused_chance_is_named_as_it_was_given(chance: float):
    with pytest.raises(ValueError, match=f"not {chance}$"):
        normal_quantile(chance)


def test_less_than_a_billionth_of_a_card_is_no_demand():
    assert NEGLIGIBLE == 1e-9
    assert gamma_quantile(NEGLIGIBLE, NEGLIGIBLE**2, 0.9) == 0
    assert gamma_chance(NEGLIGIBLE, NEGLIGIBLE**2, 1e-12) == 1
    # A mean of two billionths with a spread of as much is demand still, and less than a third of it is not likely.
    assert gamma_quantile(2e-9, 4e-18, 0.9) > 2e-9
    assert gamma_chance(2e-9, 4e-18, 6e-10) < 0.5


def test_a_spread_of_a_thirty_thousandth_of_the_mean_is_none():
    # A variance of a billionth of the squared mean is a deviation of 3.2e-5 of the mean.
    least = NEGLIGIBLE * 1_000 * 1_000
    assert gamma_chance(1_000, least, 1_000) == 1
    assert gamma_chance(1_000, least, 999.99) == 0
    # With ten times the variance a deviation is a ten thousandth: 16 % lie more than one below the mean.
    assert gamma_chance(1_000, 1e-8 * 1_000**2, 999.9) == pytest.approx(0.1587, abs=1e-3)


def test_no_shelf_is_less_than_empty():
    assert gamma_chance(0, 0, 0) == 0
    assert gamma_chance(200, 900, -1) == 0
    assert gamma_chance(200, 900, 0.5) < 1e-9
    # Where a mean is known within 300 % only, the cube root would lie below nought.
    assert gamma_quantile(1, 9, 0.1) == 0
    # A variance that rounding left below nought is none.
    assert gamma_quantile(200, -1e-12, 0.9) == 200
