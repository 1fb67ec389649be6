"""What is news to somebody who was told something before."""

from datetime import date

import pytest

from blangko.core.news import State, is_news, state_of
from tests import books

NEVER = None
WELL, EMPTY = State("ok"), State("empty", ("empty", "late"))
SOON, SOON_AND_OVERDUE = State("soon", ("soon",)), State("soon", ("soon", "overdue"))


@pytest.mark.parametrize(
    ("last", "now", "news"),
    [
        (NEVER, WELL, False),
        (NEVER, SOON, True),
        (WELL, WELL, False),
        (WELL, SOON, True),
        (SOON, SOON, False),
        (SOON, EMPTY, True),
        (SOON, SOON_AND_OVERDUE, True),
        (SOON_AND_OVERDUE, SOON, False),
        (EMPTY, WELL, True),
        (WELL, State("ok", ("no_history",)), False),
    ],
)
def test_another_level_is_news_and_so_is_a_further_reason_for_trouble(last, now, news):
    assert is_news(last, now) is news


def test_what_only_deserves_a_look_is_no_reason_to_tell_anybody():
    known = books.status("2017-10-02  opening 5000", "2017-10-03")._replace(
        level="soon", reasons=["soon", "calendar_ends", "count_open"]
    )

    assert state_of(known) == State("soon", ("soon",))


def test_each_day_that_was_not_written_in_time_is_news_of_its_own():
    known = books.status("2017-10-02  opening 5000", "2017-10-03")._replace(level="soon", reasons=["nothing_written"])
    monday = state_of(known._replace(reminder_workdays=[date(2017, 10, 2)]))
    tuesday = state_of(known._replace(reminder_workdays=[date(2017, 10, 2), date(2017, 10, 3)]))

    assert monday == State("soon", ("nothing_written", "2017-10-02"))
    assert is_news(monday, tuesday) and not is_news(tuesday, tuesday)
