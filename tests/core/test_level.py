"""The level of demand: what a history teaches, and what it promises for the days ahead."""

from __future__ import annotations

import math
import random
from datetime import date, timedelta
from itertools import pairwise
from statistics import NormalDist

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from blangko.core.demand import DayUse
from blangko.core.gamma import gamma_chance, gamma_quantile, normal_quantile
from blangko.core.level import (
    MINIMUM_DAYS,
    CumulativeDemand,
    DemandModel,
    LevelMoments,
    fit,
    learnt,
    typical,
    use_sums,
)
from blangko.core.returning import ComingBack
from blangko.core.seasons import known_seasons
from blangko.core.workdays import MONDAY_TO_FRIDAY, Calendar, NationalDay

MONDAY = date(2017, 10, 2)


def open_days(count: int, first: date = MONDAY) -> list[date]:
    every = (first + timedelta(days=number) for number in range(count * 2 + 7))
    return [day for day in every if day.weekday() < 5][:count]


def history(*cards: int, lower_bounds: tuple[int, ...] = ()) -> list[DayUse]:
    """One use per open day; `lower_bounds` holds the numbers, from 0, of the days that hide demand."""
    days = open_days(len(cards))
    return [DayUse(day, use, number in lower_bounds) for number, (day, use) in enumerate(zip(days, cards, strict=True))]


def after(days: list[DayUse], count: int = 20) -> list[date]:
    return open_days(count, days[-1].day + timedelta(days=1))


def test_an_office_that_uses_200_every_day_is_expected_to_use_200():
    model = fit(history(*[200] * 60))

    assert model.cards_per_workday == pytest.approx(200)
    assert model.expected(MONDAY) == pytest.approx(200)
    assert model.workdays_observed == 60
    assert model.cumulative(open_days(5)).mean == pytest.approx((200, 400, 600, 800, 1000))


def test_the_busy_monday_is_learnt():
    model = fit(history(*[300, 150, 150, 150, 150] * 40))

    # An average day uses (300 + 4 * 150) / 5 = 180. After 40 weeks a Monday has been seen 1/(1 - .97) * (1 - .97^40)
    # = 23.5 times, for a ratio of 300/180 = 1.67; with 15 days of ratio 1 taken as seen before that gives
    # (39.1 + 15) / 38.5 = 1.41, and (23.5 * .833 + 15) / 38.5 = 0.90 for the others.
    assert model.cards_per_workday == pytest.approx(180, rel=0.05)
    assert model.expected(MONDAY) == pytest.approx(1.41 * 180, rel=0.05)
    assert model.expected(MONDAY + timedelta(days=2)) == pytest.approx(0.90 * 180, rel=0.05)


def test_a_change_of_pace_is_followed():
    before = [190, 210, 170, 230, 200] * 20

    model = fit(history(*before, *[300, 320, 280, 310, 290] * 4))

    assert 280 < model.cards_per_workday < 320


def test_a_rationed_day_does_not_teach_that_demand_is_low():
    normal = [190, 210, 170, 230, 200] * 6

    taught = fit(history(*normal))
    rationed = fit(history(*normal, 50, 50, 50, lower_bounds=(30, 31, 32)))

    assert rationed.cards_per_workday == pytest.approx(taught.cards_per_workday, rel=1e-9)
    assert rationed.level.doubt > taught.level.doubt


def test_a_rationed_day_above_the_expected_use_teaches_that_demand_is_high():
    normal = [190, 210, 170, 230, 200] * 6

    assert fit(history(*normal, 300, lower_bounds=(30,))) == fit(history(*normal, 300))


def test_an_unexplained_zero_on_a_busy_office_is_a_dead_day_and_not_a_fall_in_demand():
    normal = [190, 210, 170, 230, 200] * 6

    taught = fit(history(*normal))
    stood_still = fit(history(*normal, 0))

    # The level stays. Of 20 days taken as seen beforehand, .99^31 * 20 = 14.6 weigh still; with the 31 days seen since,
    # (1 - .99^31)/.01 = 26.8, the one dead day is 1/41.4 of all.
    assert stood_still.level.mean == pytest.approx(taught.level.mean, rel=1e-9)
    assert stood_still.dead_share == pytest.approx(1 / 41.4, rel=0.005)
    assert stood_still.cards_per_workday == pytest.approx(taught.level.mean * (1 - 1 / 41.4), rel=1e-3)


def test_an_unexplained_zero_in_a_small_office_is_a_quiet_day():
    assert fit(history(*[3, 2, 0, 4, 1] * 6)).dead_share == 0


def test_a_day_with_a_typing_error_does_not_carry_the_level_away():
    normal = [190, 210, 170, 230, 200] * 6

    assert fit(history(*normal, 20_000)).cards_per_workday < 300


def test_days_before_the_first_card_was_used_are_left_out():
    normal = [190, 210, 170, 230, 200] * 6

    began_late = fit(history(*[0] * 10, *normal))

    assert began_late == fit(history(*[0] * 10, *normal)[10:])


def test_the_first_single_card_is_the_first_use():
    assert fit(history(0, 1, *[190, 210, 170, 230, 200] * 6)).workdays_observed == 31


def test_an_office_that_never_printed_has_been_seen_on_every_day():
    assert fit(history(0, 0, 0, 0, 0)).workdays_observed == 5


def test_a_rationed_day_with_just_the_expected_use_hides_the_demand_too():
    # The nine days after the first use 1,800 cards, 200 a day: so many are expected of the first.
    normal = [200, 190, 210, 170, 230, 200, 180, 220, 200, 190] * 3

    rationed = fit(history(200, *normal, lower_bounds=(0,)))

    # One card less on the day lets one person come back, who is no more than one card of the days that follow.
    less, more = (fit(history(cards, *normal, lower_bounds=(0,))) for cards in (199, 201))
    assert rationed.level == pytest.approx(less.level, rel=1e-4)
    assert rationed.level != pytest.approx(more.level, rel=1e-4)


def test_only_the_last_400_days_are_learnt_from():
    old, recent = [5] * 100, [190, 210, 170, 230] * 100

    model = fit(history(*old, *recent))

    assert model.workdays_observed == 400
    assert model == fit(history(*old, *recent)[-400:])


def test_four_usable_days_are_too_few():
    with pytest.raises(ValueError, match=str(MINIMUM_DAYS)):
        fit(history(200, 200, 200, 200, 50, 50, lower_bounds=(4, 5)))


def test_a_history_of_lower_bounds_alone_is_refused():
    with pytest.raises(ValueError, match=str(MINIMUM_DAYS)):
        fit(history(*[100] * 30, lower_bounds=tuple(range(30))))


def test_five_quiet_days_promise_next_to_nothing():
    demand = fit(history(0, 0, 0, 0, 0)).cumulative(open_days(20))

    assert demand.mean[-1] < 1
    assert demand.chance_within(20, 100) == pytest.approx(1)


@pytest.mark.parametrize(
    "days",
    [
        history(*[0] * 400),
        history(*[1] * 400),
        history(*[1_000_000] * 400),
        history(*[1, 1_000_000] * 200),
        history(*[200] * 100, *[0] * 300),
        history(*[200] * 50, *[0] * 350, lower_bounds=tuple(range(50, 400))),
        history(*[0] * 395, *[200] * 5),
    ],
)
def test_odd_histories_are_answered_with_numbers(days: list[DayUse]):
    assert_sound(fit(days), after(days, 250))


@settings(max_examples=60, deadline=None)
@given(st.lists(st.tuples(st.integers(0, 1_000_000), st.booleans()), min_size=5, max_size=40))
def test_any_history_is_answered_with_numbers(uses: list[tuple[int, bool]]):
    days = [DayUse(day, cards, flag) for day, (cards, flag) in zip(open_days(len(uses)), uses, strict=True)]
    usable = sum(not use.is_lower_bound for use in days)

    if usable >= MINIMUM_DAYS:
        assert_sound(fit(days), after(days, 40))


def assert_sound(model: DemandModel, workdays: list[date]) -> None:
    demand = model.cumulative(workdays)
    assert all(math.isfinite(value) and value >= 0 for value in (*demand.mean, *demand.variance))
    assert list(demand.mean) == sorted(demand.mean)
    for days_ahead in (1, 5, len(workdays)):
        quantiles = [demand.quantile(days_ahead, p) for p in (0.01, 0.1, 0.5, 0.9, 0.99)]
        assert quantiles == sorted(quantiles)
        assert all(map(math.isfinite, quantiles))
        assert 0 <= demand.chance_within(days_ahead, 1_000) <= 1


def test_a_stated_typical_use_is_taken_as_a_round_figure():
    model = typical(200)
    week = model.cumulative(open_days(5))

    # Variance of 5 days: 1,000 for the counts, .1 * 5 * 200² * 1.09 = 21,800 for the days, .09 * 1,000² = 90,000 for
    # the level and some thousands for its drift: a deviation of 340 or a little more, so 1.28 * 340 = 440 either way.
    assert model.cards_per_workday == pytest.approx(200)
    assert model.workdays_observed == 0
    assert model.weekday_factors == (1.0,) * 7
    assert week.mean[-1] == pytest.approx(1000)
    assert math.sqrt(week.variance[-1]) == pytest.approx(340, rel=0.02)
    assert 560 < week.quantile(5, 0.1) < 640
    assert 1400 < week.quantile(5, 0.9) < 1500


def test_the_spread_of_one_typical_day_worked_on_paper():
    # 200 for the counts, .1 * 200² = 4,000 for the days, and for the level .09 * 200² = 3,600, a day old: / .98.
    assert typical(200).cumulative([MONDAY]).variance == pytest.approx((200 + 4_000 + 3_600 / 0.98,))


def test_the_doubt_about_two_days_worked_on_paper():
    # Level 100 with A = 25, so B = .25; discount .8, so the drift is (1 - .8)/.8 = .25 a day; k = .05; factors 1 and 2.
    # U_1 = 1.25/25 = .05, U_2 = 1.5/25 = .06.
    # Day 1: 100 + .05 * 100² + 100² * .05                                      =   100 +   500 +   500 = 1,100
    # Both:  300 + .05 * (100² + 200²) + 100² * .05 + 200² * .06 + 2 * 100 * 200 * .05
    #                                                       = 300 + 2,500 + 500 + 2,400 + 2,000 = 7,700
    level = LevelMoments(mean=100, square=10_000, doubt=100 / 0.25, drift=100 / 0.25 * 0.25)

    means, variances = use_sums(level, dispersion=0.05, dead_share=0, factors=[1, 2])

    assert means == pytest.approx([100, 300])
    assert variances == pytest.approx([1_100, 7_700])


def test_one_day_in_ten_dead_worked_on_paper():
    # Level 100, known exactly, no dispersion: mean 90, variance .81 * 100 + 1.5 * .1 * .9 * 100² = 81 + 1,350.
    level = LevelMoments(mean=100, square=10_000, doubt=0, drift=0)

    assert use_sums(level, dispersion=0, dead_share=0.1, factors=[1]) == ([90], [pytest.approx(1_431)])


banks = st.lists(
    st.tuples(st.floats(0.05, 1), st.floats(1, 500), st.floats(0.01, 5), st.sampled_from([0.8, 0.9, 0.95, 0.98, 0.99])),
    min_size=1,
    max_size=5,
)


@settings(deadline=None)
@given(banks, st.floats(0, 0.5), st.floats(0, 0.5), st.lists(st.floats(0.2, 3), min_size=1, max_size=12))
def test_the_running_sums_agree_with_the_double_sum(
    bank: list[tuple[float, float, float, float]], k: float, dead: float, factors: list[float]
):
    total = sum(weight for weight, _, _, _ in bank)
    bank = [(weight / total, shape, rate, discount) for weight, shape, rate, discount in bank]
    level = LevelMoments(
        sum(p * a / b for p, a, b, _ in bank),
        sum(p * (a / b) ** 2 for p, a, b, _ in bank),
        sum(p * (a / b) ** 2 / a for p, a, b, _ in bank),
        sum(p * (a / b) ** 2 / a * (1 - d) / d for p, a, b, d in bank),
    )

    means, variances = use_sums(level, k, dead, factors)

    mean, variance = slow_sum_of_use(bank, k, dead, factors)
    assert means[-1] == pytest.approx(mean)
    assert variances[-1] == pytest.approx(variance)


def slow_sum_of_use(
    bank: list[tuple[float, float, float, float]], k: float, dead: float, factors: list[float]
) -> tuple[float, float]:
    """The mixture over the bank, each with its double sum over pairs of days."""
    days = range(len(factors))
    mean = second = 0.0
    for p, a, b, d in bank:
        x = [factor * a / b for factor in factors]
        u = [(1 + (i + 1) * (1 - d) / d) / a for i in days]
        variance = sum(x[i] + k * x[i] ** 2 + x[i] ** 2 * u[i] for i in days)
        variance += 2 * sum(x[i] * x[j] * u[i] for j in days for i in range(j))
        mean += p * sum(x)
        second += p * (variance + sum(x) ** 2)
    level = sum(p * a / b for p, a, b, _ in bank)
    still = 1.5 * dead * (1 - dead) * sum((level * factor) ** 2 for factor in factors)
    return (1 - dead) * mean, (1 - dead) ** 2 * (second - mean**2) + still


def test_the_calibration_is_linear_between_its_spans():
    level = LevelMoments(mean=100, square=10_000, doubt=100, drift=0)
    plain = DemandModel(level, (1.0,) * 7, 0.05, 0.0, (1.0, 1.0, 1.0), 100)
    workdays = open_days(30)

    widened = plain._replace(calibration=(1.0, 2.0, 5.0)).cumulative(workdays).variance

    ratios = [wide / narrow for wide, narrow in zip(widened, plain.cumulative(workdays).variance, strict=True)]
    assert [ratios[days - 1] for days in (1, 5, 7, 10, 15, 20, 30)] == pytest.approx([1, 1, 1.4, 2, 3.5, 5, 5])


def test_a_shelf_lasts_no_day_for_certain_and_no_day_at_all_when_empty():
    demand = CumulativeDemand((MONDAY,), (200.0,), (900.0,))

    assert demand.chance_within(0, 0) == 1
    assert demand.quantile(0, 0.9) == 0
    assert demand.chance_within(1, 0) == 0


def test_the_chance_worked_on_paper():
    # Mean 1,000, deviation 100: shape 100, so 1/(9s) = 1/900 and 3√s = 30. At 1,100 cards the cube root of 1.1 is
    # 1.03228: z = (1.03228 - 1 + .00111) * 30 = 1.0017, Φ = .8418.
    assert gamma_chance(1_000, 10_000, 1_100) == pytest.approx(0.8418, abs=1e-4)
    assert gamma_quantile(1_000, 10_000, 0.8418) == pytest.approx(1_100, abs=0.2)


def test_demand_known_exactly_has_no_spread():
    assert gamma_chance(200, 0, 199) == 0
    assert gamma_chance(200, 0, 200) == 1
    assert gamma_quantile(200, 0, 0.9) == 200
    assert gamma_chance(0, 0, 1) == 1
    assert gamma_quantile(0, 0, 0.9) == 0


@given(st.floats(1e-6, 1 - 1e-6))
def test_the_normal_quantile_agrees_with_the_standard_library(p: float):
    assert normal_quantile(p) == pytest.approx(NormalDist().inv_cdf(p), abs=1e-6)


@pytest.mark.parametrize("p", [0, 1, -0.1, 1.5])
def test_there_is_no_quantile_for_what_is_certain(p: float):
    with pytest.raises(ValueError, match="chance"):
        normal_quantile(p)


@given(st.floats(1, 1e6), st.floats(0.05, 1), st.floats(0.01, 0.99))
def test_the_chance_of_staying_below_a_quantile_is_its_own(mean: float, deviation: float, p: float):
    variance = (deviation * mean) ** 2
    amount = gamma_quantile(mean, variance, p)

    assert amount == 0 or gamma_chance(mean, variance, amount) == pytest.approx(p, abs=1e-6)


# --- What is learnt where little is known --------------------------------------------------------


def test_an_office_that_has_only_ever_rationed_is_answered_with_its_largest_day_marked_at_least():
    days = history(*[60] * 24, 80, lower_bounds=tuple(range(25)))

    model = learnt(days, None)

    assert (model.cards_per_workday, model.at_least, model.workdays_observed) == (80, True, 25)


def test_four_days_that_show_demand_among_rationed_ones_count_as_at_least_too():
    days = history(*[60] * 5, 90, 70, 80, 75, lower_bounds=tuple(range(5)))

    assert learnt(days, None).cards_per_workday == 90


def test_a_stated_typical_use_is_believed_before_rationed_days():
    days = history(*[60] * 25, lower_bounds=tuple(range(25)))

    model = learnt(days, 200)

    assert (model.cards_per_workday, model.at_least) == (200, False)


@pytest.mark.parametrize("typical_cards", [None, 0])
@pytest.mark.parametrize(
    "days",
    [[], history(60, 60, 60, 60, lower_bounds=(0, 1, 2, 3)), history(*[0] * 9, lower_bounds=tuple(range(9)))],
    ids=["nothing", "four rationed days", "never a card"],
)
def test_too_little_is_known_to_say_anything(days: list[DayUse], typical_cards: float | None):
    assert learnt(days, typical_cards) is None


def test_five_days_that_show_demand_are_believed_before_a_stated_use():
    days = history(190, 210, 170, 230, 200)

    assert learnt(days, 50) == fit(days)


# --- Totals, drains, seasons, campaigns ----------------------------------------------------------


def test_a_month_told_as_one_total_moves_the_level_and_nothing_else():
    normal = [300, 150, 150, 150, 150] * 8
    month = [use._replace(is_share=number >= 40) for number, use in enumerate(history(*normal, *[240] * 22))]

    before, told = fit(month[:40]), fit(month)

    assert 225 < told.cards_per_workday < 245
    assert told.weekday_factors == before.weekday_factors
    assert told.dispersion == before.dispersion


def test_a_book_of_monthly_totals_alone_is_answered():
    totals = [use._replace(is_share=True) for use in history(*[70] * 22, *[75] * 21, *[72] * 20)]

    model = fit(totals)

    # The days of a total do not tell how days differ: a tenth of the square is taken for it.
    assert model.cards_per_workday == pytest.approx(72, rel=0.03)
    assert model.dispersion == 0.1


def test_a_day_printed_at_capacity_while_people_waited_does_not_teach_that_demand_is_high():
    normal = [190, 210, 170, 230, 200] * 6
    drained = [*history(*normal, *[600] * 10)]
    drained[30:] = [use._replace(is_lower_bound=True, is_drain=True) for use in drained[30:]]

    assert fit(drained).cards_per_workday == pytest.approx(fit(history(*normal)).cards_per_workday)


def lebaran_calendar() -> Calendar:
    """Lebaran on Monday 27 November 2017, without a closed day around it."""
    feast = date(2017, 11, 27)
    return Calendar(MONDAY_TO_FRIDAY, {feast: NationalDay(feast, False, False, "Hari Raya Idul Fitri", "")}, {}, feast)


def test_the_days_before_and_after_lebaran_are_expected_as_the_season_is_known():
    days = history(*[200] * 30)
    model = fit(days, known_seasons(lebaran_calendar(), days[-1].day))

    # The thirty days end on 10 November. Lebaran itself is closed: the 28th is the first open day after it, and from
    # Monday 13 November on a tenth fewer people come.
    assert model.cards_per_workday == pytest.approx(200)
    assert model.expected(date(2017, 11, 10)) == pytest.approx(200)
    assert model.expected(date(2017, 11, 13)) == pytest.approx(180)
    assert model.expected(date(2017, 11, 29)) == pytest.approx(260)


def test_how_strong_a_season_is_is_known_within_a_quarter_and_for_all_its_days_alike():
    days = history(*[200] * 30)
    model = fit(days, known_seasons(lebaran_calendar(), days[-1].day))
    ahead = [date(2017, 11, day) for day in (10, 23, 24, 29, 30)]

    # The seasons move the five days by 0, .1, .1, .3 and .3 of 200 cards: added up by 0, 20, 40, 100 and 160.
    seasonal = [1, 0.9, 0.9, 1.3, 1.3]
    _, variances = use_sums(model.level, model.dispersion, model.dead_share, seasonal)
    known = [variance * model.calibration[0] for variance in variances]
    doubts = [wide - narrow for wide, narrow in zip(model.cumulative(ahead).variance, known, strict=True)]
    assert doubts == pytest.approx([0, 5**2, 10**2, 25**2, 40**2], abs=0.5)


def test_the_rate_shown_is_that_of_the_days_it_is_shown_for():
    days = history(*[200] * 30)
    model = fit(days, known_seasons(lebaran_calendar(), days[-1].day))

    # Two days at 180, and two at 260: 220.
    assert model.average([date(2017, 11, day) for day in (23, 24, 29, 30)]) == pytest.approx(220)
    assert model.average([]) == pytest.approx(200)
    assert typical(150).average([date(2017, 11, 29)]) == pytest.approx(150)


def test_a_rush_that_was_expected_does_not_raise_the_level():
    seasons = known_seasons(lebaran_calendar(), date(2017, 12, 8))
    dates = seasons.calendar.open_days(MONDAY, date(2017, 12, 8))
    days = [DayUse(day, round(200 * seasons.factor(day))) for day in dates]

    assert fit(days, seasons).cards_per_workday == pytest.approx(200, rel=0.01)
    assert fit(days).cards_per_workday > 215


def test_the_first_day_after_a_closure_is_learnt():
    dates = [day for day in open_days(120) if day.day not in (10, 20)]
    reopened = {day for before, day in pairwise(dates) if (day - before).days not in (1, 3)}
    days = [DayUse(day, 300 if day in reopened else 200) for day in dates]

    model = fit(days)

    # Five days of the ordinary are taken as seen beforehand; of n reopenings each had half as much again, but for what
    # the weekdays have taken to themselves meanwhile.
    n = len(reopened)
    assert n == 7
    assert model.reopening_factor == pytest.approx((5 + 1.5 * n) / (5 + n), rel=0.02)


def test_announced_cards_come_on_top_of_the_days_they_are_announced_for():
    demand = CumulativeDemand(tuple(open_days(3)), (100.0, 200.0, 300.0), (500.0, 1_000.0, 1_500.0))
    day = open_days(3)[1]

    more = demand.with_extra({day: 50.0, date(2018, 1, 1): 70.0}, dispersion=0.1)

    # 50 cards more, counted one by one, a tenth of the square for days that differ, and three tenths of what was
    # announced, squared, because that is a guess: 50 + .1 * 2,500 + (.3 * 50)² = 525.
    assert more.mean == (100, 250, 350)
    assert more.variance == pytest.approx((500, 1_525, 2_025))
    assert demand.with_extra({}) == demand


def test_a_campaign_is_part_of_the_days_ahead():
    model = fit(history(*[200] * 60))
    ahead = open_days(5, date(2018, 1, 8))

    with_campaign = model.cumulative(ahead, dict.fromkeys(ahead[2:4], 150.0))

    assert with_campaign.mean == pytest.approx((200, 400, 750, 1_100, 1_300))
    assert with_campaign.variance[-1] > model.cumulative(ahead).variance[-1] + 300


def test_after_a_year_behind_an_empty_shelf_the_run_out_can_still_be_told():
    days = history(*[190, 210, 170, 230, 200] * 10, *[0] * 250, lower_bounds=tuple(range(50, 300)))

    demand = fit(days).cumulative(after(days, 250))

    # The level is known badly, but not worse than within 100 %: in a year 1,000 cards are gone, almost surely.
    assert demand.mean[4] == pytest.approx(1_000, rel=0.05)
    assert 0.1 < demand.chance_within(5, 1_000) < 0.9
    assert demand.chance_within(250, 1_000) < 0.05
    assert demand.variance[-1] <= demand.mean[-1] + demand.mean[-1] ** 2


def test_a_young_book_knows_its_sums_worse_than_its_few_days_say():
    assert fit(history(150, 200, 100, 250, 200)).calibration == pytest.approx((1.6, 1.6, 1.6))


@settings(max_examples=40, deadline=None)
@given(st.integers(0, 2**32), st.integers(12, 60), st.sampled_from([8, 200, 3_000]))
def test_what_is_learnt_agrees_with_the_formulas_written_out(seed: int, length: int, busy: int):
    chance = random.Random(seed)
    cards = [round(chance.uniform(0.5, 1.6) * busy) if chance.random() < 0.93 else 0 for _ in range(length)]
    days = [use._replace(is_lower_bound=chance.random() < 0.1) for use in history(busy, *cards)]
    if chance.random() < 0.3:
        days[-3] = days[-3]._replace(cards=40 * busy)

    model, slow = fit(days), slow_fit(days)

    assert model.level == pytest.approx(slow.level)
    assert model.weekday_factors == pytest.approx(slow.weekday_factors)
    assert model.dispersion == pytest.approx(slow.dispersion)
    assert model.dead_share == pytest.approx(slow.dead_share)
    assert model.calibration == pytest.approx(slow.calibration)
    assert model.returning == pytest.approx(slow.returning)


@settings(max_examples=6, deadline=None)
@given(st.integers(0, 2**32))
def test_two_years_with_closures_and_totals_agree_with_the_formulas_written_out(seed: int):
    chance = random.Random(seed)
    days = []
    for number, day in enumerate(open_days(390)):
        level = 200 * (1.3 if day.month in (7, 8) else 1)
        use = DayUse(day, round(chance.uniform(0.5, 1.5) * level), chance.random() < 0.1)
        use = use._replace(turned_away=chance.choice([0, 0, 0, 40]))
        quota = chance.choice([0, 150, 300]) if use.is_lower_bound else 0
        announced = 150 if 200 <= number < 215 else 0
        days.append(
            use._replace(
                is_share=100 <= number < 120 or announced > 0,
                is_drain=not quota and use.is_lower_bound,
                quota=quota,
                announced=announced,
            )
        )
    days = [use for use in days if chance.random() > 0.05]

    model, slow = fit(days), slow_fit(days)

    assert model.level == pytest.approx(slow.level)
    assert model.weekday_factors == pytest.approx(slow.weekday_factors)
    assert model.reopening_factor == pytest.approx(slow.reopening_factor)
    assert (model.dispersion, model.dead_share) == pytest.approx((slow.dispersion, slow.dead_share))
    assert model.calibration == pytest.approx(slow.calibration)
    assert model.returning == pytest.approx(slow.returning)


SWINGING = [80, 320] * 20
LIMPING = [5, 395] * 20
MARKET_DAYS = ([20] * 6 + [900]) * 8
STEADY = [200] * 60
SEASONS = ([50] * 20 + [900] * 20) * 4


@pytest.mark.parametrize(
    "days",
    [
        history(*[1, 3, 1, 2, 1, 1, 4] * 4),
        history(*[1, 3] * 5, *[2, 1, 5] * 4, lower_bounds=tuple(range(10))),
        history(*[16] * 10, *[20, 12, 16] * 6, lower_bounds=tuple(range(10))),
        history(*[190, 210, 170, 230, 200] * 4, *[0] * 80, lower_bounds=tuple(range(20, 100))),
        history(*SWINGING, 0),
        history(*LIMPING, 0),
        history(*[190, 210, 170, 230, 200] * 4, 100_000, 1, 200),
        history(*[300, 200, 200, 200, 100] * 8, 40, 2_000, 10),
        history(*[0] * 30),
        history(*MARKET_DAYS),
        history(*STEADY),
        history(*SEASONS),
    ],
    ids=["single cards", "rationed from the start", "nothing learnt before the first forecast",
         "months behind an empty shelf", "a zero among swings", "a zero among days of nearly none", "typing errors",
         "a busy Monday goes quiet", "nothing printed at all", "market days", "always the same", "seasons"],
)  # fmt: skip
def test_special_offices_agree_with_the_formulas_written_out(days: list[DayUse]):
    model, slow = fit(days), slow_fit(days)

    assert model.level == pytest.approx(slow.level)
    assert model.weekday_factors == pytest.approx(slow.weekday_factors)
    assert (model.dispersion, model.dead_share) == pytest.approx((slow.dispersion, slow.dead_share))
    assert model.calibration == pytest.approx(slow.calibration)
    assert model.returning == pytest.approx(slow.returning)


def test_no_office_is_taken_to_swing_or_to_miss_its_forecast_without_limit():
    assert fit(history(*MARKET_DAYS)).dispersion == 2
    assert fit(history(*STEADY)).calibration == (0.8, 0.8, 0.8)
    assert fit(history(*SEASONS)).calibration[2] == 4


def test_a_zero_is_a_dead_day_only_where_the_days_swing_too_little_to_explain_it():
    # A day is dead when its expected use is more than √2 deviations away from nothing: 1 > 2/m + 2k, so with a few
    # hundred cards a dispersion k below .5 makes a dead day, and one above it a quiet one.
    assert 1 / 3 < fit(history(*SWINGING)).dispersion < 1 / 2
    assert fit(history(*SWINGING, 0)).dead_share > 0
    assert fit(history(*LIMPING)).dispersion > 1 / 2
    assert fit(history(*LIMPING, 0)).dead_share == 0


def slow_fit(days: list[DayUse]) -> DemandModel:
    """The formulas one after another, and every forecast of the past from the double sum."""
    discounts = (0.81, 0.91, 0.97, 0.99)
    dates = [use.day for use in days]
    known = [slow_swing(days, day) for day in dates]
    reopens = [slow_reopening(dates, number) for number in range(len(dates))]
    shown = [u.cards / f for u, f in list(zip(days, known, strict=True))[:10] if u.cards > 0 and not u.is_lower_bound]
    shown = shown or [u.cards / f for u, f in zip(days, known, strict=True) if u.cards > 0][:10]
    level = sum(shown) / len(shown) if shown else 0.1
    swing = sum((y - level) ** 2 for y in shown) / len(shown) / level**2 - 1 / level if shown else 0.3
    swing = 0.1 if any(use.is_share for use in days[:10]) else swing
    k0 = k = min(max(swing, 0.003), 0.3)
    a = dict.fromkeys(discounts, 2 * level / (1 + k * level))
    b = dict.fromkeys(discounts, 2 / (1 + k * level))
    score = dict.fromkeys(discounts, 0.0)
    p = dict.fromkeys(discounts, 0.25)
    w = [1.0] * 7
    openings: list[float] = []
    surprises: list[float] = []
    ratios: list[list[float]] = [[] for _ in range(7)]
    dead_days: list[bool] = []
    counted: list[float] = []
    foretold: list[tuple[int, int, float, float]] = []
    queue = coming = 0.0
    for t, (day, y, flag, share, drain, quota, extra, away) in enumerate(days):
        opening = (5 + sum(openings)) / (5 + len(openings))

        def of_day(n: int, w=w, opening=opening) -> float:
            return w[days[n].day.weekday()] * known[n] * (opening if reopens[n] else 1)

        if t >= 10 and t % 5 == 0:
            q = dead_share(dead_days)
            bank = [(p[d], a[d], b[d], d) for d in discounts]
            for span in (5, 10, 20):
                factors = [of_day(n) for n in range(t, min(t + span, len(days)))]
                foretold.append((t, span, *slow_sum_of_use(bank, k, q, factors)))
        j = day.weekday()
        level = sum(p[d] * a[d] / b[d] for d in discounts)
        mu = level * of_day(t)
        var = mu + k * mu**2
        flag = flag and not (quota > 1.25 * mu and y < quota)
        dead = y == 0 and not flag and not extra and mu > 10 and mu**2 > 2 * var
        hidden = flag and (drain or y <= mu)
        dead_days.append(dead)
        back = 0.0
        if dead or hidden:
            queue = 0.975 * queue + 0.9 * (max(mu - y, 0) if hidden else 0)
        elif flag or y - mu > (0.75 if coming else 1.9) * math.sqrt(var):
            back = min(max(y - mu, 0), queue)
            coming = coming if flag else (coming + back) / 2 if coming else back
            queue = 0.975 * (queue - back) + 0.9 * away
        else:
            queue, coming = 0.975 * 0.3 * queue + 0.9 * away, 0.0
        for_others = back > 0 and back == y - mu
        y -= back
        counted.append(mu if hidden or for_others or (share and not dead) else y)
        if dead or hidden or for_others:
            for d in discounts:
                keep = d**0.1 if d**0.1 * a[d] >= 1 else 1
                a[d], b[d] = keep * a[d], keep * b[d]
            continue
        usual = mu + (y - mu) * var / (var + extra + 0.09 * extra**2) if extra else y
        x = min(max(usual, mu - 6 * math.sqrt(var)), mu + 6 * math.sqrt(var))
        for d in discounts:
            a[d], b[d] = d * a[d], d * b[d]
            m = of_day(t) * a[d] / b[d]
            r = 1 / (k + 1 / a[d])
            nb = math.lgamma(x + r) - math.lgamma(r) - math.lgamma(x + 1)
            nb += r * math.log(r / (r + m)) + x * math.log(m / (r + m))
            score[d] = 0.97 * score[d] + nb
            g = 1 / (1 + k * m)
            a[d], b[d] = a[d] + g * x, b[d] + g * of_day(t)
        total = sum(math.exp(score[d] - max(score.values())) for d in discounts)
        p = {d: math.exp(score[d] - max(score.values())) / total for d in discounts}
        if share:
            continue
        surprises.append(((x - mu) ** 2 - mu) / mu**2)
        k = min(max(faded_mean(surprises, 0.95, k0, 8), 1e-4), 2)
        ratio = x / level / known[t]
        openings += [min(ratio / w[j], 4)] * reopens[t]
        ratio /= opening if reopens[t] else 1
        ratios = [[*seen, min(ratio, 4)] if i == j else seen for i, seen in enumerate(ratios)]
        f = [(faded(seen, 0.97) + 15) / (faded([1] * len(seen), 0.97) + 15) for seen in ratios]
        den = [faded([1] * len(seen), 0.97) for seen in ratios]
        w = [each * sum(den) / sum(u * v for u, v in zip(f, den, strict=True)) for each in f]
    calibration = []
    for span in (5, 10, 20):
        misses = [
            min((sum(counted[t : t + span]) - mean) ** 2 / variance, 9)
            for t, horizon, mean, variance in foretold
            if horizon == span and t + span <= len(days)
        ]
        calibration.append(min(max(faded_mean(misses, 0.99, 1.6, 6), 0.8), 4))
    moments = LevelMoments(
        sum(p[d] * a[d] / b[d] for d in discounts),
        sum(p[d] * (a[d] / b[d]) ** 2 for d in discounts),
        sum(p[d] * (a[d] / b[d]) ** 2 / a[d] for d in discounts),
        sum(p[d] * (a[d] / b[d]) ** 2 / a[d] * (1 - d) / d for d in discounts),
    )
    opening = (5 + sum(openings)) / (5 + len(openings))
    returning = ComingBack(queue, coming)
    return DemandModel(
        moments, tuple(w), k, dead_share(dead_days), tuple(calibration), len(days), opening, returning=returning
    )  # fmt: skip


def slow_swing(days: list[DayUse], day: date) -> float:
    """The use around the day a year before, as a share of that around the last day a year before, at half strength."""
    first, last = days[0].day, days[-1].day
    if last - timedelta(days=364) < first:
        return 1.0
    return (
        min(
            max(
                slow_mean(days, max(day - timedelta(days=364), first)) / slow_mean(days, last - timedelta(days=364)),
                0.5,
            ),
            2,
        )
        ** 0.5
    )


def slow_mean(days: list[DayUse], day: date) -> float:
    """The mean use of the 21 days around the day, or the nearest day before, or else after, that has five such days."""
    before = [day - timedelta(days=back) for back in range((day - days[0].day).days + 1)]
    after = [day + timedelta(days=ahead) for ahead in range(1, (days[-1].day - day).days + 1)]
    for middle in before + after:
        around = [
            use.cards for use in days if abs((use.day - middle).days) <= 10 and use.cards > 0 and not use.is_lower_bound
        ]
        if len(around) >= 5:
            return sum(around) / len(around)
    return 1.0


def slow_reopening(dates: list[date], number: int) -> bool:
    """A weekday that the office works was left out between this day and the one before it."""
    worked = {day.weekday() for day in dates}
    if number == 0:
        return False
    between = range(1, (dates[number] - dates[number - 1]).days)
    return any((dates[number - 1] + timedelta(days=ahead)).weekday() in worked for ahead in between)


def faded(values: list[float], memory: float) -> float:
    """The sum, with each value worth `memory` times the one after it."""
    return sum(value * memory**age for age, value in enumerate(reversed(values)))


def faded_mean(values: list[float], memory: float, prior: float, weight: float) -> float:
    before = weight * memory ** len(values)
    return (faded(values, memory) + before * prior) / (faded([1] * len(values), memory) + before)


def dead_share(dead_days: list[bool]) -> float:
    return faded_mean([float(dead) for dead in dead_days], 0.99, 0, 20)
