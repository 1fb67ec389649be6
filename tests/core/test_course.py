"""The course of the year: the time of the year as the year before showed it, and the first day after a closure."""

from __future__ import annotations

import random
from datetime import date, timedelta

import pytest

from blangko.core.course import Course, course
from blangko.core.demand import DayUse
from blangko.core.seasons import known_seasons
from blangko.core.workdays import MONDAY_TO_FRIDAY, Calendar, NationalDay, OfficeDay

MONDAY = date(2022, 8, 1)
PLAIN = Calendar(MONDAY_TO_FRIDAY, {}, {}, date(2030, 12, 31))


def closing(*closed: date) -> Calendar:
    return PLAIN._replace(office={day: OfficeDay(False, "") for day in closed})


def uses(cards, first: date = MONDAY, count: int = 300) -> list[DayUse]:
    """One use per open day, as a function of the day."""
    return [DayUse(day, cards(day)) for day in PLAIN.next_open_days(first, count)]


def busy_in_august(day: date) -> int:
    return 240 if day.month == 8 else 160


def test_in_its_first_year_an_office_knows_no_time_of_the_year():
    year = course(uses(busy_in_august, count=250), None)

    assert year.factors([date(2023, 8, 16), date(2023, 12, 1)]) == [1, 1]


def test_what_was_half_as_much_again_a_year_ago_is_expected_a_fifth_higher():
    # Until 14 April 2023 back to 2 May 2022, and the same days of 2021: all of the 21 days around 14 April used 160,
    # all of those around 16 August 240. The root of 240/160 is 1.225.
    year = course(uses(busy_in_august, first=date(2022, 4, 1), count=280), None)

    assert year.last == date(2023, 4, 27)
    assert year.factors([date(2023, 8, 16), date(2023, 6, 14)]) == pytest.approx([1.5**0.5, 1])


def test_the_window_holds_ten_days_either_side():
    year = course(uses(busy_in_august, first=date(2022, 4, 1), count=280), None)

    # 2 August 2023 is like 3 August 2022, a Wednesday: from 24 July to 13 August are the 25th to the 29th, and then
    # the 1st to the 5th and the 8th to the 12th: (5 * 160 + 10 * 240) / 15 = 213.3.
    assert year.factors([date(2023, 8, 2)]) == pytest.approx([(213.333 / 160) ** 0.5])


def test_no_time_of_the_year_doubles_the_use_more_than_once():
    year = course(uses(lambda day: 800 if day.month == 8 else 160, first=date(2022, 4, 1), count=280), None)

    assert year.factors([date(2023, 8, 16)]) == pytest.approx([2**0.5])


def test_rationed_days_and_days_without_use_say_nothing_of_the_time_of_the_year():
    days = uses(lambda day: 160, first=date(2022, 4, 1), count=280)
    odd = [
        use._replace(cards=20, is_lower_bound=True) if use.day.month == 8 else use._replace(cards=0)
        if use.day.day == 15 else use
        for use in days
    ]  # fmt: skip

    assert course(odd, None).factors([date(2023, 8, 16), date(2023, 6, 14)]) == pytest.approx([1, 1])


def test_beyond_the_year_that_is_known_the_last_of_it_stands():
    year = course(uses(busy_in_august, first=date(2022, 4, 1), count=368), None)

    # The history ends on 29 August 2023, in a busy month; a year later and more no more is known than that.
    assert year.last == date(2023, 8, 29)
    later = year.factors([date(2024, 8, 27), date(2025, 3, 3)])
    assert later[0] == later[1]


def test_the_known_season_is_not_counted_a_second_time_by_the_year_before():
    feast, next_feast = date(2022, 5, 2), date(2023, 4, 22)
    national = {day: NationalDay(day, False, False, "Hari Raya Idul Fitri", "") for day in (feast, next_feast)}
    seasons = known_seasons(PLAIN._replace(national=national), date(2023, 4, 3))
    days = [use._replace(cards=160 * seasons.factor(use.day)) for use in uses(lambda day: 160, date(2022, 3, 1), 285)]

    year = course(days, seasons)

    rush = PLAIN.next_open_days(next_feast, 5)
    assert year.factors(rush) == pytest.approx([1.3] * 5)


@pytest.mark.parametrize("seed", range(5))
def test_the_running_windows_agree_with_means_taken_one_by_one(seed: int):
    chance = random.Random(seed)
    days = [
        use._replace(cards=chance.randint(0, 300), is_lower_bound=chance.random() < 0.2)
        for use in uses(lambda day: 0, first=date(2022, 4, 1), count=300)
        if chance.random() < 0.9
    ]
    year = course(days, None)
    coming = PLAIN.next_open_days(year.last + timedelta(days=1), 100)

    base = slow_mean(days, year.last)
    expected = [min(max(slow_mean(days, day) / base, 0.5), 2) ** 0.5 for day in coming]
    assert year.factors(coming) == pytest.approx(expected)


def slow_mean(days: list[DayUse], day: date) -> float:
    around = [
        use.cards
        for use in days
        if abs((use.day - (day - timedelta(days=364))).days) <= 10 and use.cards and not use.is_lower_bound
    ]
    assert len(around) >= 5
    return sum(around) / len(around)


def test_the_day_after_a_holiday_is_the_first_after_a_closure_and_a_monday_is_not():
    seasons = known_seasons(closing(date(2022, 8, 17)), MONDAY)
    year = course(uses(lambda day: 160, count=5), seasons)

    days = [date(2022, 8, day) for day in (15, 16, 18, 19, 22)]
    assert year.reopenings(days, None) == [False, False, True, False, False]


def test_a_monday_after_a_closed_friday_is_the_first_after_a_closure():
    seasons = known_seasons(closing(date(2022, 8, 19)), MONDAY)

    assert Course(MONDAY_TO_FRIDAY, seasons).reopenings([date(2022, 8, 22), date(2022, 8, 23)], None) == [True, False]


def test_a_day_that_nobody_wrote_down_is_no_closure():
    year = course(uses(lambda day: 160, count=5), known_seasons(PLAIN, MONDAY))

    assert year.reopenings([date(2022, 8, 8), date(2022, 8, 10)], None) == [False, False]


def test_a_saturday_session_before_monday_is_no_closure():
    opened = PLAIN._replace(office={date(2022, 8, 20): OfficeDay(True, "jemput bola")})

    assert Course(MONDAY_TO_FRIDAY, known_seasons(opened, MONDAY)).reopenings([date(2022, 8, 22)], None) == [False]


def test_an_office_that_never_works_has_no_reopening():
    nobody = PLAIN._replace(week=frozenset())

    assert Course(frozenset(), known_seasons(nobody, MONDAY)).reopenings([date(2022, 8, 22)], None) == [False]


def test_without_a_calendar_a_missing_weekday_is_a_closure():
    year = course(uses(lambda day: 160, count=10), None)

    days = [date(2022, 8, day) for day in (15, 16, 18, 19, 22)]
    assert year.reopenings(days, date(2022, 8, 12)) == [False, False, True, False, False]
    assert year.reopenings(days, date(2022, 8, 11)) == [True, False, True, False, False]
    assert year.reopenings(days, None) == [False, False, True, False, False]
