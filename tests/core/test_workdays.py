"""Open days: the work week, the national days over it, the office's own days over both."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from blangko.core.workdays import MONDAY_TO_FRIDAY, Calendar, NationalDay, OfficeDay, office_days, weekday_spans

FRIDAY, SATURDAY, MONDAY, TUESDAY = date(2017, 10, 6), date(2017, 10, 7), date(2017, 10, 9), date(2017, 10, 10)


def national(day, joint=False):
    return {day: NationalDay(day, joint, False, "libur", "holiday")}


def calendar(week=MONDAY_TO_FRIDAY, days=None, said=(), joint=False):
    return Calendar(week, days or {}, office_days(said), date(2017, 12, 31), joint)


def test_weekends_do_not_count():
    assert calendar().open_days(FRIDAY, TUESDAY) == [FRIDAY, MONDAY, TUESDAY]
    assert calendar().count_open(FRIDAY, TUESDAY) == 2
    assert calendar().count_open(TUESDAY, FRIDAY) == -2


def test_an_office_of_six_days_works_on_saturday():
    assert calendar(frozenset(range(6))).is_open(SATURDAY)


def test_a_holiday_closes_and_joint_leave_closes_unless_the_office_works_on_it():
    assert not calendar(days=national(MONDAY)).is_open(MONDAY)
    assert not calendar(days=national(MONDAY, joint=True)).is_open(MONDAY)
    assert calendar(days=national(MONDAY, joint=True), joint=True).is_open(MONDAY)
    assert not calendar(days=national(MONDAY), joint=True).is_open(MONDAY)
    assert not Calendar(MONDAY_TO_FRIDAY, national(MONDAY, joint=True), {}, date(2017, 12, 31)).is_open(MONDAY)


def test_the_office_has_the_last_word_and_its_latest_word_holds():
    said = [(False, FRIDAY, MONDAY, "move"), (True, MONDAY, MONDAY, "back early")]

    assert not calendar(said=said).is_open(FRIDAY)
    assert calendar(days=national(MONDAY), said=said).is_open(MONDAY)


def test_the_office_says_why_it_is_closed():
    assert office_days([(False, FRIDAY, SATURDAY, "move"), (True, SATURDAY, SATURDAY, "")]) == {
        FRIDAY: OfficeDay(False, "move"),
        SATURDAY: OfficeDay(True, ""),
    }


def test_the_next_and_the_last_open_days():
    assert calendar().next_open_days(SATURDAY, 2) == [MONDAY, TUESDAY]
    assert calendar().last_open_days(MONDAY, 2) == [FRIDAY, MONDAY]


def test_an_office_that_never_opens_is_not_searched_for_ever():
    assert calendar(frozenset()).next_open_days(FRIDAY, 10) == []
    assert calendar(frozenset()).last_open_days(FRIDAY, 10) == []


def open_once(day):
    return calendar(frozenset(), said=[(True, day, day, "once")])


def test_the_next_open_day_is_sought_for_five_years_and_two_days_for_each_day_wanted():
    # 5 * 365 + 2 * 3 = 1,831 days.
    farthest = FRIDAY + timedelta(days=1_831)

    assert open_once(farthest).next_open_days(FRIDAY, 3) == [farthest]
    assert open_once(farthest + timedelta(days=1)).next_open_days(FRIDAY, 3) == []


def test_the_last_open_day_is_sought_for_a_year_and_two_days_for_each_day_wanted():
    # Today and the 366 + 2 * 3 - 1 = 371 days before it.
    farthest = FRIDAY - timedelta(days=371)

    assert open_once(farthest).last_open_days(FRIDAY, 3) == [farthest]
    assert open_once(farthest - timedelta(days=1)).last_open_days(FRIDAY, 3) == []


def test_no_open_day_lies_between_a_day_and_itself():
    assert calendar().count_open(FRIDAY, FRIDAY) == 0
    assert calendar().open_days(FRIDAY, FRIDAY) == [FRIDAY]
    assert calendar().next_open_days(FRIDAY, 0) == calendar().last_open_days(FRIDAY, 0) == []


@given(st.sets(st.integers(0, 6)), st.dates(date(2016, 1, 1), date(2018, 1, 1)), st.integers(0, 60))
def test_counting_agrees_with_listing(week, first, length):
    kept = calendar(frozenset(week))
    last = date.fromordinal(first.toordinal() + length)

    assert kept.count_open(first, last) == sum(
        date.fromordinal(number).weekday() in week for number in range(first.toordinal() + 1, last.toordinal() + 1)
    )


@pytest.mark.parametrize(
    ("week", "spans"),
    [({0, 1, 2, 3, 4}, [(0, 4)]), ({5, 0, 1, 3}, [(0, 1), (3, 3), (5, 5)]), ({6}, [(6, 6)]), (set(), [])],
)
def test_weekdays_in_a_row_are_one_span(week, spans):
    assert list(weekday_spans(week)) == spans
