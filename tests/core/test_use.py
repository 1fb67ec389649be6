"""The use of the days ahead: demand, people who wait, and what the counter can print."""

from __future__ import annotations

import random
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from blangko.core.level import CumulativeDemand, DemandModel, LevelMoments
from blangko.core.use import UseAhead, use_ahead

DAYS = tuple(date(2017, 10, 30) + timedelta(days=number) for number in range(5))


def sums(a_day: float, spread: float = 0.0) -> CumulativeDemand:
    """So many cards on each day, and as independent of each other as can be, with this variance of one day."""
    return CumulativeDemand(DAYS, tuple(a_day * (i + 1) for i in range(5)), tuple(spread * (i + 1) for i in range(5)))


def model(cards_a_day: float = 100, dead_share: float = 0.0) -> DemandModel:
    level = LevelMoments(cards_a_day, cards_a_day**2, 0, 0)
    return DemandModel(level, (1.0,) * 7, 0.0, dead_share, (1.0,) * 3, 20)


def test_people_who_wait_are_printed_for_at_capacity_until_nobody_waits():
    # 100 come each day and 300 wait; 250 can be printed: 250, then the other 250 of the 500 wanted, then a hundred.
    use = UseAhead(DAYS, sums(100), 0, sums(250, 1e-9), 300)

    assert [use.mean(days) for days in range(4)] == [0, 250, 500, 600]
    assert (use.chance_within(1, 249), use.chance_within(1, 251)) == (0, 1)
    assert (use.chance_within(3, 599), use.chance_within(3, 600)) == (0, 1)
    assert use.quantile(1, 0.5) == pytest.approx(250, abs=0.01)
    assert use.quantile(3, 0.5) == pytest.approx(600, abs=0.01)


def test_without_a_capacity_the_use_is_the_demand():
    use = UseAhead(DAYS, sums(100, 400), 0, None, 0)

    assert [use.mean(days) for days in (1, 5)] == [100, 500]
    assert use.chance_within(2, 230) == use.demand.chance_within(2, 230)
    assert use.quantile(2, 0.9) == use.demand.quantile(2, 0.9)


def test_no_day_uses_no_card():
    use = UseAhead(DAYS, sums(100), 0, None, 0)

    assert (use.mean(0), use.quantile(0, 0.9), use.unwritten_cards) == (0, 0, 0)
    # A shelf with nothing on it is not emptied by a day that does not come.
    assert use.chance_within(0, 0) == 1


def test_the_unwritten_days_are_used_before_the_first_day_ahead():
    use = UseAhead(DAYS[2:], sums(100), 2, None, 0)

    assert [use.mean(days) for days in range(4)] == [200, 300, 400, 500]
    assert use.unwritten_cards == 200
    assert (use.chance_within(0, 199), use.chance_within(0, 200)) == (0, 1)


def test_the_days_are_summed_from_the_first_unwritten_one():
    use = use_ahead(model(), DAYS[:2], DAYS[2:])

    assert use.workdays == DAYS[2:]
    assert use.demand == model().cumulative(DAYS)
    assert (use.unwritten_days, use.drain, use.waiting_cards) == (2, None, 0)


def test_people_who_wait_change_nothing_where_no_capacity_is_known():
    assert use_ahead(model(), [], DAYS, waiting_cards=500) == use_ahead(model(), [], DAYS)


def test_a_counter_at_capacity_differs_by_a_tenth_from_day_to_day():
    drain = use_ahead(model(), DAYS[:1], DAYS[1:], waiting_cards=500, capacity_cards=200).drain

    assert drain is not None
    assert (drain.mean[0], drain.mean[4]) == (200, 1000)
    assert (drain.variance[0], drain.variance[4]) == pytest.approx((400, 2000))


def test_days_without_the_server_take_their_share_of_the_capacity():
    # One day in ten is dead: 180 of 200 a day; the variance 200² * (.1² + 1.5 * .1 * .9) = 400 + 5,400.
    drain = use_ahead(model(dead_share=0.1), [], DAYS, 500, 200).drain

    assert drain is not None
    assert (drain.mean[0], drain.variance[0]) == pytest.approx((180, 5_800))


def test_demand_above_the_capacity_is_not_used_though_nobody_waits_yet():
    use = use_ahead(model(300), [], DAYS, waiting_cards=0, capacity_cards=200)

    assert use.mean(5) == 1_000
    assert use.quantile(5, 0.5) < 1_010


numbers = st.floats(20, 500)


@settings(max_examples=20, deadline=None)
@given(numbers, numbers, st.floats(0, 2_000), st.integers(1, 5), st.floats(0.05, 0.5), st.integers(0, 2**32))
def test_the_use_agrees_with_throwing_dice(wanted, capacity, waiting, days, doubt, seed):
    use = UseAhead(DAYS, sums(wanted, (wanted * doubt) ** 2), 0, sums(capacity, (capacity * 0.1) ** 2), waiting)
    dice, tries = random.Random(seed), 4_000

    def gamma(mean: float, variance: float) -> float:
        return dice.gammavariate(mean * mean / variance, variance / mean)

    thrown = sorted(
        min(waiting + gamma(use.demand.mean[days - 1], use.demand.variance[days - 1]),
            gamma(use.drain.mean[days - 1], use.drain.variance[days - 1]))
        for _ in range(tries)
    )  # fmt: skip

    for share in (0.1, 0.5, 0.9):
        seen = thrown[round(tries * share)]
        # Four standard errors of a chance seen 4,000 times are at most .032.
        assert use.chance_within(days, seen) == pytest.approx(share, abs=0.035)
        assert use.chance_within(days, use.quantile(days, share)) == pytest.approx(share, abs=0.001)


@settings(max_examples=40, deadline=None)
@given(numbers, numbers, st.floats(0, 2_000), st.integers(1, 5), st.floats(0, 3_000))
def test_more_people_who_wait_never_leave_more_cards(wanted, capacity, waiting, days, cards):
    fewer = UseAhead(DAYS, sums(wanted, wanted**2), 0, sums(capacity, capacity), waiting)
    more = fewer._replace(waiting_cards=waiting + 100)

    assert more.chance_within(days, cards) <= fewer.chance_within(days, cards)
    assert more.mean(days) >= fewer.mean(days)
