"""What is learnt in rough weather, over invented offices: forgotten quotas, Saturday sessions, the weeks of Lebaran."""

from __future__ import annotations

import random
from datetime import date, timedelta
from statistics import median

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from blangko.core.book import Day
from blangko.core.demand import observed_use
from blangko.core.level import DemandModel, fit
from blangko.core.seasons import known_seasons
from blangko.core.workdays import MONDAY_TO_FRIDAY, Calendar, NationalDay

OFFICES = 40
LEBARAN = (date(2022, 5, 2), date(2023, 4, 22), date(2024, 4, 10))
WEEKDAYS = (1.25, 1.05, 1.0, 0.9, 0.8)


def calendar() -> Calendar:
    """Monday to Friday, but for the week of each Lebaran."""
    national = {
        feast + timedelta(days=number): NationalDay(
            feast + timedelta(days=number), number not in (0, 1), False, "Hari Raya Idul Fitri", "Eid al-Fitr"
        )
        for feast in LEBARAN
        for number in range(-3, 5)
    }
    return Calendar(MONDAY_TO_FRIDAY, national, {}, date(2024, 12, 31))


def wanted(days: list[date], rate: float, chance: random.Random) -> list[int]:
    """The cards wanted on each of these open days: a weekday pattern, and days that scatter by a sixth."""
    return [max(0, round(rate * WEEKDAYS[day.weekday()] * chance.gauss(1, 0.16))) for day in days]


def on_a_full_shelf(day: date, cards: int, quota: int | None = None) -> Day:
    return Day(day, 50_000, 50_000 - cards, printed=cards, use=cards, logged=True, quota=quota)


def test_a_clerk_who_forgets_the_quota_on_one_day_in_five_does_not_hide_the_demand():
    ratios = []
    for seed in range(OFFICES):
        chance = random.Random(seed)
        rate = chance.uniform(70, 500)
        days = calendar().next_open_days(date(2022, 8, 1), 140)
        quota = round(rate * chance.uniform(0.1, 0.4))
        book = []
        for number, (day, cards) in enumerate(zip(days, wanted(days, rate, chance), strict=True)):
            if number < 100:
                book.append(on_a_full_shelf(day, cards))
            else:
                book.append(on_a_full_shelf(day, min(cards, quota), quota if chance.random() < 0.8 else None))
        learnt = fit(observed_use(book, days[-1], calendar()), known_seasons(calendar(), days[-1]))
        ratios.append(learnt.cards_per_workday / rate)

    assert 0.9 <= median(ratios) <= 1.1


def test_a_quota_far_above_the_usual_day_does_not_make_busy_days_the_usual_ones():
    chance = random.Random(7)
    days = calendar().next_open_days(date(2022, 8, 1), 120)
    book = [on_a_full_shelf(day, cards) for day, cards in zip(days, wanted(days, 200, chance), strict=True)]

    ample = observed_use(book, days[-1], calendar(), quotas=[(days[20], 400)])
    free = observed_use(book, days[-1], calendar())

    assert sum(use.is_lower_bound for use in ample) == 100
    assert fit(ample).cards_per_workday == pytest.approx(fit(free).cards_per_workday, rel=0.01)


def test_three_weeks_before_lebaran_the_range_holds_what_the_weeks_after_it_bring():
    covered = []
    for seed in range(OFFICES):
        for feast in LEBARAN[1:]:
            chance = random.Random(f"{seed} {feast}")
            today = feast - timedelta(days=21)
            days = calendar().open_days(today - timedelta(days=400), feast + timedelta(days=60))
            surge = chance.uniform(0.27, 0.5)
            uses = around_lebaran(days, wanted(days, chance.uniform(70, 500), chance), surge)
            past = [on_a_full_shelf(day, cards) for day, cards in zip(days, uses, strict=True) if day <= today]
            ahead = [day for day in days if day > today][:20]
            demand = fit(observed_use(past, today, calendar()), known_seasons(calendar(), today)).cumulative(ahead)
            used = sum(cards for day, cards in zip(days, uses, strict=True) if day in ahead)
            covered.append(demand.quantile(20, 0.1) <= used <= demand.quantile(20, 0.9))

    assert sum(covered) / len(covered) >= 0.75


def around_lebaran(days: list[date], uses: list[int], surge: float) -> list[int]:
    """The uses with a lull of a tenth in the two weeks before each Lebaran, and the surge of ten open days after it."""
    lull = {feast - timedelta(days=number) for feast in LEBARAN for number in range(1, 15)}
    rush = {day for feast in LEBARAN for day in calendar().next_open_days(feast, 10)}
    return [
        round(cards * (0.9 if day in lull else 1 + surge if day in rush else 1))
        for day, cards in zip(days, uses, strict=True)
    ]


def model_of(book: list[Day]) -> DemandModel:
    today = book[-1].day
    return fit(observed_use(book, today, calendar()), known_seasons(calendar(), today))


def workdays_of_supply(book: list[Day], on_hand: int) -> int:
    """The open days whose use the shelf outlasts more likely than not."""
    demand = model_of(book).cumulative(calendar().next_open_days(book[-1].day + timedelta(days=1), 250))
    return sum(demand.chance_within(number, on_hand) >= 0.5 for number in range(1, 251))


def test_ten_cards_on_a_saturday_and_a_sunday_leave_the_use_at_200():
    # October 2026 has 22 open days: 9,000 - 22 * 200 = 4,600 cards are left, 23 days at 200.
    october = calendar().open_days(date(2026, 10, 1), date(2026, 10, 30))
    book = [on_a_full_shelf(day, 200) for day in october]
    weekend = [on_a_full_shelf(date(2026, 10, 31), 10), on_a_full_shelf(date(2026, 11, 1), 10)]

    assert len(october) == 22
    assert model_of(book).cards_per_workday == pytest.approx(200, rel=1e-3)
    assert model_of(book + weekend).cards_per_workday == pytest.approx(200, rel=1e-3)
    assert workdays_of_supply(book, 4_600) == 23
    assert workdays_of_supply(book + weekend, 4_580) == 22


@settings(max_examples=60, deadline=None)
@given(
    st.integers(0, 2**32),
    st.integers(6, 50),
    st.floats(5, 500),
    st.floats(0.05, 2),
    st.sets(st.integers(0, 9), min_size=1),
)
def test_a_saturday_session_never_makes_the_stock_last_longer(seed, length, rate, share, weeks):
    chance = random.Random(seed)
    days = calendar().next_open_days(date(2022, 8, 1), length)
    book = [on_a_full_shelf(day, cards) for day, cards in zip(days, wanted(days, rate, chance), strict=True)]
    saturdays = [date(2022, 8, 6) + timedelta(weeks=week) for week in weeks]
    sessions = [on_a_full_shelf(day, round(share * rate)) for day in saturdays if day <= days[-1] + timedelta(days=2)]
    on_hand = round(rate * chance.uniform(2, 40))

    with_sessions = sorted([*book, *sessions], key=lambda day: day.day)

    assert workdays_of_supply(with_sessions, on_hand) <= workdays_of_supply(book, on_hand)
