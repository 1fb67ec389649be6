"""What the use ahead means for the shelf: the run-out day, and what is left until then."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from blangko.core.demand import DayUse
from blangko.core.forecast import ForecastRow, Spread, empty_chances, forecast_rows, run_out
from blangko.core.level import CumulativeDemand, DemandModel, LevelMoments, fit
from blangko.core.use import UseAhead, use_ahead

MONDAY = date(2017, 10, 30)


def open_days(count: int, first: date = MONDAY) -> list[date]:
    every = (first + timedelta(days=number) for number in range(count * 2 + 7))
    return [day for day in every if day.weekday() < 5][:count]


def use_of(means: list[float], variances: list[float], unwritten: int = 0) -> UseAhead:
    """The use summed over the unwritten days and those ahead, as given."""
    days = tuple(open_days(len(means)))
    return UseAhead(days[unwritten:], CumulativeDemand(days, tuple(means), tuple(variances)), unwritten, None, 0.0)


def certain_use(cards_a_day: int, days: int, unwritten: int = 0) -> UseAhead:
    """Every day uses exactly so many cards."""
    return use_of([cards_a_day * (i + 1.0) for i in range(days)], [0.0] * days, unwritten)


def uncertain_use(cards_a_day: float = 200, days: int = 60) -> UseAhead:
    level = LevelMoments(cards_a_day, cards_a_day**2, cards_a_day**2 / 40, cards_a_day**2 / 800)
    model = DemandModel(level, (1.2, 1.0, 0.9, 1.0, 0.9, 1.0, 1.0), 0.05, 0.0, (1.0, 1.2, 0.9), 100)
    return use_ahead(model, [], open_days(days))


def gone(use: UseAhead, on_hand: int) -> Spread[int | None]:
    return run_out(empty_chances(use, on_hand))


def rows(use: UseAhead, on_hand: int, until: int) -> list[ForecastRow]:
    return forecast_rows(use, on_hand, empty_chances(use, on_hand), until)


def test_1043_cards_at_208_a_day_are_gone_on_the_sixth_day():
    # Sanggau, 28 October 2017: 5 * 208 = 1,040 leaves 3 cards on Friday evening; on Monday 6 November they are gone.
    use = certain_use(208, 20)

    assert gone(use, 1_043) == Spread(5, 5, 5)
    assert use.workdays[5] == date(2017, 11, 6)


def test_the_last_card_of_a_day_is_still_printed_on_it():
    # 1,040 cards are just five days: nothing is left on Friday evening, but nobody was sent home.
    assert gone(certain_use(208, 20), 1_040) == Spread(5, 5, 5)
    assert gone(certain_use(208, 20), 1_039) == Spread(4, 4, 4)


def test_an_empty_shelf_is_gone_on_the_first_day():
    assert gone(uncertain_use(), 0) == Spread(0, 0, 0)


def test_a_shelf_that_outlasts_the_horizon_has_no_run_out_day():
    assert gone(certain_use(10, 20), 500) == Spread(None, None, None)


def test_the_late_end_of_the_run_out_may_lie_beyond_the_horizon_alone():
    spread = gone(uncertain_use(200, days=10), 1_950)

    assert spread.p10 is not None
    assert spread.p90 is None


def test_the_run_out_worked_on_paper():
    # Means 200, 400, 600 and deviations 40, 60, 80; 500 on the shelf. With a = (σ/3M)², z = (∛(500/M) − 1 + a)/√a:
    # day 2: ∛1.25 = 1.0772, √a = .05,    a = .0025,  z = 1.594, gone with chance .055
    # day 3: ∛.8333 = .9410, √a = .0444,  a = .00198, z = −1.283, gone with chance .900 (just above)
    use = use_of([200, 400, 600], [1600, 3600, 6400])

    assert [round(chance, 3) for chance in empty_chances(use, 500)] == [0.0, 0.0, 0.055, 0.9]
    assert gone(use, 500) == Spread(2, 2, 2)


def test_days_that_nobody_wrote_down_have_used_their_cards_this_evening():
    # Two unwritten days at 200 leave 600 of 1,000: three days more.
    use = certain_use(200, 20, unwritten=2)

    assert gone(use, 1_000) == Spread(3, 3, 3)
    assert empty_chances(use, 399)[0] == 1
    assert empty_chances(use, 400)[0] == 0


def test_unwritten_days_that_used_all_that_there_was_leave_no_day_of_supply():
    assert gone(certain_use(200, 20, unwritten=3), 500) == Spread(0, 0, 0)


def test_the_rows_show_use_shelf_and_danger_of_each_open_day():
    shown = rows(uncertain_use(200), 1_000, until=8)

    assert [row.day for row in shown] == open_days(8)
    assert [row.expected_cards for row in shown] == [240.0, 200.0, 180.0, 200.0, 180.0, 240.0, 200.0, 180.0]
    assert shown[0].stock_cards.p10 < 760 < shown[0].stock_cards.p90
    assert shown[-1].stock_cards == Spread(0, 0, 0)
    assert shown[0].empty_probability < 0.001
    assert shown[-1].empty_probability > 0.9


def test_the_sum_of_the_rows_can_be_redone():
    # 300 on the shelf, 40 a day, today not written yet: 260 are left this evening, 220 tomorrow.
    shown = rows(certain_use(40, 20), 300, until=2)

    assert [(row.expected_cards, row.stock_cards.p50) for row in shown] == [(40.0, 260), (40.0, 220)]


def test_the_unwritten_days_are_off_the_shelf_before_the_first_row():
    # Three unwritten days at 200 have used 600 of 2,000; the first day shown uses its own 200 and no more.
    shown = rows(certain_use(200, 20, unwritten=3), 2_000, until=2)

    assert [(row.expected_cards, row.stock_cards.p50) for row in shown] == [(200.0, 1_200), (200.0, 1_000)]


def test_the_expected_use_is_shown_to_a_tenth_of_a_card():
    # 123.45 * 1.2 = 148.14 on a Monday, 123.45 * 0.9 = 111.105 on a Wednesday.
    assert [row.expected_cards for row in rows(uncertain_use(123.45), 1_000, until=3)[::2]] == [148.1, 111.1]


def test_rows_end_with_the_horizon():
    assert len(rows(uncertain_use(200, days=10), 1_000, until=99)) == 10
    assert rows(uncertain_use(200, days=10), 1_000, until=0) == []


def test_stock_is_shown_in_whole_cards():
    assert all(isinstance(cards, int) for row in rows(uncertain_use(), 1_043, 20) for cards in row.stock_cards)


def test_a_calibration_that_shrinks_does_not_bring_cards_back():
    # The variance of the sum falls from day 2 to day 3: taken alone, day 3 would be safer than day 2 was.
    shown = rows(use_of([200, 400, 410], [1600, 40_000, 400]), 600, until=3)

    assert shown[2].empty_probability == shown[1].empty_probability > 0.1
    assert shown[2].stock_cards.p10 <= shown[1].stock_cards.p10


histories = st.lists(st.integers(0, 600), min_size=5, max_size=60)


@settings(max_examples=60, deadline=None)
@given(histories, st.integers(0, 20_000), st.integers(0, 5))
def test_the_shelf_only_empties(cards: list[int], on_hand: int, unwritten: int):
    days = open_days(len(cards), date(2017, 1, 2))
    model = fit([DayUse(day, use) for day, use in zip(days, cards, strict=True)])
    ahead = open_days(40)

    shown = rows(use_ahead(model, ahead[:unwritten], ahead[unwritten:]), on_hand, until=40)

    for row in shown:
        assert 0 <= row.stock_cards.p10 <= row.stock_cards.p50 <= row.stock_cards.p90 <= on_hand
        assert 0 <= row.empty_probability <= 1
    for row, following in pairwise(shown):
        assert following.empty_probability >= row.empty_probability
        assert all(later <= now for later, now in zip(following.stock_cards, row.stock_cards, strict=True))


@settings(max_examples=60, deadline=None)
@given(st.floats(1, 1_000), st.integers(0, 20_000), st.integers(0, 2_000))
def test_more_cards_never_run_out_sooner(cards_a_day: float, on_hand: int, more: int):
    use = uncertain_use(cards_a_day, days=40)

    for soon, late in zip(gone(use, on_hand), gone(use, on_hand + more), strict=True):
        assert late is None or (soon is not None and soon <= late)


@settings(max_examples=60, deadline=None)
@given(st.floats(1, 1_000), st.integers(0, 20_000))
def test_the_run_out_agrees_with_counting_day_by_day(cards_a_day: float, on_hand: int):
    use = uncertain_use(cards_a_day, days=40)

    def slow(level: float) -> int | None:
        empty = [i for i in range(40) if 1 - use.chance_within(i + 1, on_hand) >= level]
        return empty[0] if empty else None

    assert gone(use, on_hand) == Spread(slow(0.1), slow(0.5), slow(0.9))


@pytest.mark.parametrize("on_hand", [0, -5])
def test_a_shelf_with_nothing_on_it_is_empty_on_every_evening(on_hand: int):
    assert empty_chances(certain_use(200, 3), on_hand)[1:] == [1, 1, 1]
