"""What the demand means for the shelf: the run-out day, and what is left until then."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from blangko.core.demand import DayUse
from blangko.core.forecast import Spread, empty_chances, forecast_rows, run_out
from blangko.core.level import CumulativeDemand, DemandModel, LevelMoments, fit

MONDAY = date(2017, 10, 30)


def open_days(count: int, first: date = MONDAY) -> list[date]:
    every = (first + timedelta(days=number) for number in range(count * 2 + 7))
    return [day for day in every if day.weekday() < 5][:count]


def certain_use(cards_a_day: int, days: int) -> CumulativeDemand:
    """Every day uses exactly so many cards."""
    return CumulativeDemand(tuple(open_days(days)), tuple(cards_a_day * (i + 1.0) for i in range(days)), (0.0,) * days)


def uncertain_use(cards_a_day: float = 200, days: int = 60) -> tuple[DemandModel, CumulativeDemand]:
    level = LevelMoments(cards_a_day, cards_a_day**2, cards_a_day**2 / 40, cards_a_day**2 / 800)
    model = DemandModel(level, (1.2, 1.0, 0.9, 1.0, 0.9, 1.0, 1.0), 0.05, 0.0, (1.0, 1.2, 0.9), 100)
    return model, model.cumulative(open_days(days))


def test_1043_cards_at_208_a_day_are_gone_on_the_sixth_day():
    # Sanggau, 28 October 2017: 5 * 208 = 1,040 leaves 3 cards on Friday evening; on Monday 6 November they are gone.
    demand = certain_use(208, 20)

    assert run_out(demand, 1_043) == Spread(5, 5, 5)
    assert demand.workdays[5] == date(2017, 11, 6)


def test_an_empty_shelf_is_gone_on_the_first_day():
    _, demand = uncertain_use()

    assert run_out(demand, 0) == Spread(0, 0, 0)


def test_a_shelf_that_outlasts_the_horizon_has_no_run_out_day():
    assert run_out(certain_use(10, 20), 500) == Spread(None, None, None)


def test_the_late_end_of_the_run_out_may_lie_beyond_the_horizon_alone():
    _, demand = uncertain_use(200, days=10)

    gone = run_out(demand, 1_950)

    assert gone.p10 is not None
    assert gone.p90 is None


def test_the_run_out_worked_on_paper():
    # Means 200, 400, 600 and deviations 40, 60, 80; 500 on the shelf. With a = (σ/3M)², z = (∛(500/M) − 1 + a)/√a:
    # day 2: ∛1.25 = 1.0772, √a = .05,    a = .0025,  z = 1.594, gone with chance .055
    # day 3: ∛.8333 = .9410, √a = .0444,  a = .00198, z = −1.283, gone with chance .900 (just above)
    demand = CumulativeDemand(tuple(open_days(3)), (200.0, 400.0, 600.0), (1600.0, 3600.0, 6400.0))

    chances = list(empty_chances(demand, 500))

    assert [round(chance, 3) for chance in chances] == [0.0, 0.055, 0.9]
    assert run_out(demand, 500) == Spread(2, 2, 2)


def test_the_rows_show_use_shelf_and_danger_of_each_open_day():
    model, demand = uncertain_use(200)

    rows = forecast_rows(model, demand, 1_000, until=8)

    assert [row.day for row in rows] == open_days(8)
    assert [row.expected_cards for row in rows] == [240.0, 200.0, 180.0, 200.0, 180.0, 240.0, 200.0, 180.0]
    assert rows[0].stock_cards.p10 < 760 < rows[0].stock_cards.p90
    assert rows[-1].stock_cards == Spread(0, 0, 0)
    assert rows[0].empty_probability < 0.001
    assert rows[-1].empty_probability > 0.9


def test_the_expected_use_is_shown_to_a_tenth_of_a_card():
    # 123.45 * 1.2 = 148.14 on a Monday, 123.45 * 0.9 = 111.105 on a Wednesday.
    model, demand = uncertain_use(123.45)

    rows = forecast_rows(model, demand, 1_000, until=3)

    assert [row.expected_cards for row in rows[::2]] == [148.1, 111.1]


def test_rows_end_with_the_horizon():
    model, demand = uncertain_use(200, days=10)

    assert len(forecast_rows(model, demand, 1_000, until=99)) == 10
    assert forecast_rows(model, demand, 1_000, until=0) == []


def test_stock_is_shown_in_whole_cards():
    model, demand = uncertain_use(200)

    assert all(isinstance(cards, int) for row in forecast_rows(model, demand, 1_043, 20) for cards in row.stock_cards)


def test_a_calibration_that_shrinks_does_not_bring_cards_back():
    # The variance of the sum falls from day 2 to day 3: taken alone, day 3 would be safer than day 2 was.
    model, _ = uncertain_use()
    demand = CumulativeDemand(tuple(open_days(3)), (200.0, 400.0, 410.0), (1600.0, 40_000.0, 400.0))

    rows = forecast_rows(model, demand, 600, until=3)

    assert rows[2].empty_probability == rows[1].empty_probability > 0.1
    assert rows[2].stock_cards.p10 <= rows[1].stock_cards.p10


histories = st.lists(st.integers(0, 600), min_size=5, max_size=60)


@settings(max_examples=60, deadline=None)
@given(histories, st.integers(0, 20_000))
def test_the_shelf_only_empties(cards: list[int], on_hand: int):
    days = open_days(len(cards), date(2017, 1, 2))
    model = fit([DayUse(day, use) for day, use in zip(days, cards, strict=True)])
    demand = model.cumulative(open_days(40))

    rows = forecast_rows(model, demand, on_hand, until=40)

    for row in rows:
        assert 0 <= row.stock_cards.p10 <= row.stock_cards.p50 <= row.stock_cards.p90 <= on_hand
        assert 0 <= row.empty_probability <= 1
    for row, following in pairwise(rows):
        assert following.empty_probability >= row.empty_probability
        assert all(later <= now for later, now in zip(following.stock_cards, row.stock_cards, strict=True))


@settings(max_examples=60, deadline=None)
@given(st.floats(1, 1_000), st.integers(0, 20_000), st.integers(0, 2_000))
def test_more_cards_never_run_out_sooner(cards_a_day: float, on_hand: int, more: int):
    _, demand = uncertain_use(cards_a_day, days=40)

    fewer, longer = run_out(demand, on_hand), run_out(demand, on_hand + more)

    for soon, late in zip(fewer, longer, strict=True):
        assert late is None or (soon is not None and soon <= late)


@settings(max_examples=60, deadline=None)
@given(st.floats(1, 1_000), st.integers(0, 20_000))
def test_the_run_out_agrees_with_counting_day_by_day(cards_a_day: float, on_hand: int):
    _, demand = uncertain_use(cards_a_day, days=40)

    def slow(level: float) -> int | None:
        gone = [i for i in range(40) if 1 - demand.chance_within(i + 1, on_hand) >= level]
        return gone[0] if gone else None

    assert run_out(demand, on_hand) == Spread(slow(0.1), slow(0.5), slow(0.9))
