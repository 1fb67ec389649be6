"""Printing is not demand: what a day teaches, and what it hides."""

from datetime import date, timedelta

import pytest

from blangko.core.book import Day
from blangko.core.demand import DayUse, observed_use

MONDAY = date(2017, 10, 2)


def taught(**facts):
    day = Day(**{"day": MONDAY, "opening": 1000, "closing": 900, "use": 100, "logged": True, **facts})
    return [(use.cards, use.is_lower_bound) for use in observed_use([day], MONDAY)]


@pytest.mark.parametrize(
    ("facts", "learnt"),
    [
        ({}, [(100, False)]),
        ({"use": 0, "closing": 1000}, [(0, False)]),
        ({"quota": 100}, [(100, True)]),
        ({"closing": 0}, [(100, True)]),
        ({"opening": 0, "use": 0, "closing": 0}, [(0, True)]),
        ({"opening": 0, "closing": 400, "received": 500}, [(100, True)]),
        ({"opening": 1, "closing": 401, "received": 500}, [(100, False)]),
        ({"closing": 1}, [(100, False)]),
        ({"cause": "server"}, [(100, True)]),
        ({"cause": "server", "use": 1, "closing": 999}, [(1, True)]),
        ({"cause": "server", "use": 0, "closing": 1000}, []),
        ({"cause": "ribbon", "use": 0, "closing": 1000}, []),
        ({"cause": "no-blanks", "use": 0, "opening": 0, "closing": 0}, [(0, True)]),
        ({"logged": False}, []),
    ],
    ids=["ordinary", "nobody came", "rationed", "ended empty", "began empty", "began empty and cards came",
         "began with one card", "ended with one card", "stopped half-way", "stopped after one card", "no server",
         "no ribbon", "no blanks", "not written down"],
)  # fmt: skip
def test_a_day_teaches(facts, learnt):
    assert taught(**facts) == learnt


def test_what_happens_later_is_not_known_yet():
    days = [Day(date(2017, 10, day), 1000, 900, use=100, logged=True) for day in (2, 3, 4)]

    assert observed_use(days, date(2017, 10, 3)) == [DayUse(date(2017, 10, day), 100) for day in (2, 3)]


def test_the_last_400_days_that_teach_are_learnt_from():
    days = [Day(MONDAY + timedelta(days=number), 9_000, 8_000, use=number, logged=True) for number in range(401)]

    learnt = observed_use(days, days[-1].day)

    assert [use.cards for use in learnt] == list(range(1, 401))
