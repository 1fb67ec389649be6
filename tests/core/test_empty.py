"""For how long the shelf has been empty."""

from datetime import date

from blangko.core.book import Day
from blangko.core.empty import Empty, empty_since
from blangko.core.workdays import MONDAY_TO_FRIDAY, Calendar

CALENDAR = Calendar(MONDAY_TO_FRIDAY, {}, {}, date(2017, 12, 31))
SATURDAY = date(2017, 10, 28)


def test_the_day_of_the_last_card_is_no_empty_day_but_every_open_day_after_it_is():
    # Emptied on Thursday the 5th: Friday the 6th, and three weeks of five days.
    days = [Day(date(2017, 10, 4), 300, 120), Day(date(2017, 10, 5), 120, 0)]

    assert empty_since(days, CALENDAR, SATURDAY) == Empty(date(2017, 10, 5), 16)


def test_days_on_which_nothing_could_be_printed_begin_nothing_anew():
    days = [Day(date(2017, 10, 5), 120, 0), Day(date(2017, 10, 9), 0, 0, logged=True)]

    assert empty_since(days, CALENDAR, SATURDAY) == Empty(date(2017, 10, 5), 16)


def test_a_book_that_began_with_an_empty_shelf_counts_its_first_day():
    # Monday the 23rd to Friday the 27th.
    assert empty_since([Day(date(2017, 10, 23), 0, 0)], CALENDAR, SATURDAY) == Empty(date(2017, 10, 23), 5)


def test_a_shelf_with_cards_and_one_of_which_nothing_is_known_are_not_empty():
    assert empty_since([Day(date(2017, 10, 5), 120, 1)], CALENDAR, SATURDAY) is None
    assert empty_since([], CALENDAR, SATURDAY) is None
