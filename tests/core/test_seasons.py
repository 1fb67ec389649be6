"""Known seasons: Lebaran and votes, as the calendar names them and as the office saw them."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from blangko.core.seasons import Seasons, known_seasons
from blangko.core.workdays import MONDAY_TO_FRIDAY, Calendar, NationalDay, OfficeDay
from blangko.store.national_days import national_days

LEBARAN = date(2025, 3, 31)
"""A Monday; the Fridays before and after it and all days between are closed, so work begins on Tuesday 8 April."""
VOTE = date(2024, 11, 27)


def shipped(as_of: date = date(2025, 3, 10), office: dict[date, OfficeDay] | None = None) -> Seasons:
    days = national_days()
    return known_seasons(Calendar(MONDAY_TO_FRIDAY, days.days, office or {}, days.known_until), as_of)


def test_the_shipped_days_name_each_lebaran_once():
    assert shipped().lebarans == (date(2023, 4, 22), date(2024, 4, 10), LEBARAN, date(2026, 3, 21))


def test_fewer_people_come_in_the_two_weeks_before_lebaran():
    seasons = shipped()

    assert seasons.factor(LEBARAN - timedelta(days=15)) == 1
    assert seasons.factor(LEBARAN - timedelta(days=14)) == pytest.approx(0.9)
    assert seasons.factor(LEBARAN - timedelta(days=1)) == pytest.approx(0.9)


def test_ten_open_days_after_lebaran_bring_three_tenths_more_and_the_next_ten_ever_less():
    seasons = shipped()
    open_days = seasons.calendar.next_open_days(LEBARAN, 21)

    # The 11th day has nine tenths of it left, the 15th five, the 20th nothing: 1 + .3 * .9 = 1.27, 1 + .3 * .5 = 1.15.
    assert open_days[0] == date(2025, 4, 8)
    assert [seasons.factor(day) for day in open_days[:10]] == pytest.approx([1.3] * 10)
    assert [seasons.factor(open_days[number - 1]) for number in (11, 15, 19, 20, 21)] == pytest.approx(
        [1.27, 1.15, 1.03, 1, 1]
    )


def test_a_closure_of_the_office_puts_the_rush_off():
    closed = {date(2025, 4, day): OfficeDay(False, "cuti") for day in (8, 9)}

    # The 24th is the twelfth open day, and the tenth without these two.
    assert shipped().factor(date(2025, 4, 24)) == pytest.approx(1.24)
    assert shipped(office=closed).factor(date(2025, 4, 24)) == pytest.approx(1.3)


def test_ever_more_people_come_before_a_vote_and_fewer_after_it():
    seasons = shipped()

    # .25 * 1/45 on the first of the 45 days, .25 on the last.
    assert seasons.factor(VOTE - timedelta(days=46)) == 1
    assert seasons.factor(VOTE - timedelta(days=45)) == pytest.approx(1 + 0.25 / 45)
    assert seasons.factor(VOTE - timedelta(days=1)) == pytest.approx(1.25)
    assert seasons.factor(VOTE) == 1
    assert [seasons.factor(VOTE + timedelta(days=days)) for days in (1, 28, 29)] == pytest.approx([0.9, 0.9, 1])


def test_a_local_vote_is_known_from_the_reason_of_a_closure():
    seasons = shipped(office={date(2025, 7, 16): OfficeDay(False, "Pemungutan suara ulang Pilkada")})

    assert seasons.factor(date(2025, 7, 15)) == pytest.approx(1.25)
    assert shipped().factor(date(2025, 7, 15)) == 1


def test_three_days_closed_for_one_vote_are_one_vote():
    office = {date(2025, 7, day): OfficeDay(False, "Pilkada") for day in (16, 17, 18)}

    assert shipped(office=office).factor(date(2025, 7, 15)) == pytest.approx(1.25)


def test_where_a_lull_and_a_rush_meet_both_count():
    vote = LEBARAN - timedelta(days=20)
    seasons = shipped(office={vote: OfficeDay(False, "Pemilu")})

    assert seasons.factor(LEBARAN - timedelta(days=10)) == pytest.approx(0.9 * 0.9)


def test_around_lebaran_a_day_is_like_the_one_as_far_from_the_lebaran_before():
    seasons = shipped()

    assert seasons.year_before(LEBARAN) == date(2024, 4, 10)
    assert seasons.year_before(LEBARAN - timedelta(days=45)) == date(2024, 4, 10) - timedelta(days=45)
    assert seasons.year_before(LEBARAN + timedelta(days=60)) == date(2024, 4, 10) + timedelta(days=60)
    assert seasons.year_before(LEBARAN + timedelta(days=61)) == LEBARAN - timedelta(days=303)
    assert seasons.year_before(date(2024, 10, 1)) == date(2023, 10, 3)


def seen(seasons: Seasons, feasts: list[date], share: float) -> dict[date, float]:
    """Uses as shares of the ordinary that show so much of the known effect of these feasts."""
    days = [feast + timedelta(days=number) for feast in feasts for number in range(-14, 60)]
    return {day: 1 + share * (seasons.factor(day) - 1) for day in days if seasons.calendar.is_open(day)}


def test_one_season_of_its_own_does_not_change_what_is_known():
    seasons = shipped()

    learnt = seasons.learnt(date(2024, 3, 1), date(2025, 3, 10), seen(seasons, [date(2024, 4, 10)], 2))

    assert learnt == seasons


def test_after_two_seasons_twice_as_strong_the_office_expects_more():
    seasons = shipped(date(2025, 6, 1))
    shown = seen(seasons, [date(2024, 4, 10), LEBARAN], 2)

    learnt = seasons.learnt(date(2024, 3, 1), date(2025, 6, 1), shown)

    # The squares of each season are 10 * .3² + .3² * (.9² + .8² + … + .1²) = .9 + .2565 after it, and .1² for each
    # open day of the two weeks before: 7 in 2024, 9 in 2025. Together 2.473; the known effect weighs 1 beside them,
    # so the strength is (1 + 2 * 2.473) / (1 + 2.473) = 1.712.
    strength = 1.712
    assert learnt.factor(date(2025, 4, 8)) == pytest.approx(1 + 0.3 * strength, abs=1e-3)
    assert learnt.factor(date(2026, 3, 20)) == pytest.approx(1 - 0.1 * strength, abs=1e-3)
    assert learnt.factor(VOTE - timedelta(days=1)) == pytest.approx(1.25)


def test_an_office_that_sees_the_opposite_expects_no_season_at_all():
    seasons = shipped(date(2025, 6, 1))
    shown = seen(seasons, [date(2024, 4, 10), LEBARAN], -2)

    assert seasons.learnt(date(2024, 3, 1), date(2025, 6, 1), shown).factor(date(2025, 4, 8)) == 1


def test_a_season_that_began_before_the_book_is_not_one_that_was_seen():
    seasons = shipped(date(2025, 6, 1))
    shown = seen(seasons, [date(2024, 4, 10), LEBARAN], 2)

    assert seasons.learnt(date(2024, 4, 1), date(2025, 6, 1), shown) == seasons
    assert seasons.learnt(date(2024, 3, 1), date(2025, 5, 1), shown) == seasons


def test_a_calendar_without_feasts_knows_no_season():
    seasons = known_seasons(Calendar(MONDAY_TO_FRIDAY, {}, {}, date(2030, 12, 31)), date(2025, 3, 10))

    assert seasons.factor(date(2025, 4, 8)) == 1
    assert seasons.year_before(date(2025, 4, 8)) == date(2024, 4, 9)


def test_joint_leave_for_lebaran_is_not_a_second_lebaran():
    leave = date(2025, 4, 21)
    feasts = {
        LEBARAN: NationalDay(LEBARAN, False, False, "Hari Raya Idul Fitri", "Eid al-Fitr"),
        leave: NationalDay(leave, True, False, "Cuti Bersama Hari Raya Idul Fitri", "Eid al-Fitr Joint Holiday"),
    }

    assert known_seasons(Calendar(MONDAY_TO_FRIDAY, feasts, {}, leave), leave).lebarans == (LEBARAN,)
