"""The shipped calendar is what the calendar library says, and knows joint leave."""

from datetime import date

from blangko.store.national_days import from_library, national_days


def test_the_shipped_days_are_those_of_the_library():
    shipped, until = national_days()
    decreed = [day for day in shipped.values() if day.day <= until]

    assert decreed == from_library(2015, until.year)


def test_lebaran_2026_closes_seven_days_in_a_row_with_its_weekend():
    shipped, _ = national_days()
    days = [date(2026, 3, number) for number in range(18, 25)]

    assert [day for day in days if day not in shipped and day.weekday() < 5] == []


def test_joint_leave_is_told_apart_from_a_public_holiday():
    shipped, _ = national_days()

    assert shipped[date(2017, 12, 26)].is_joint_leave
    assert not shipped[date(2017, 12, 25)].is_joint_leave
    assert sum(day.is_joint_leave for day in shipped.values() if day.day.year == 2026) == 8
    assert sum(not day.is_joint_leave for day in shipped.values() if day.day.year == 2026) == 17
