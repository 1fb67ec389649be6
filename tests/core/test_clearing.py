"""When a queue is empty, under each of its limits and all of them; worked out by hand."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise
from random import Random

import pytest

from blangko.core.clearing import (
    BEYOND,
    LIMIT_UNKNOWN,
    NEVER,
    NEW_UNKNOWN,
    Evening,
    cards_there,
    clearing,
    evenings,
    steady,
    with_stopped_days,
)
from blangko.core.forecast import Spread

SUNDAY = date(2017, 10, 29)
WORKDAYS = tuple(SUNDAY + timedelta(days=7 * week + day) for week in range(50) for day in range(1, 6))
"""Fifty weeks from Monday 30 October 2017 to Friday."""


def test_a_queue_is_empty_on_the_evening_on_which_all_that_was_wanted_is_printed():
    # 300 wait, 50 come and 100 are printed a day: 300 + 50 n <= 100 n on the sixth day, Monday 6 November.
    found = clearing(300, steady(WORKDAYS, 50), [steady(WORKDAYS, 100)])

    assert found.on == Spread(*[date(2017, 11, 6)] * 3)
    assert found.why is None


def test_of_two_limits_the_tighter_one_decides():
    # A quota of 75 lets through 25 more than come: 300 / 25 = the twelfth day, Tuesday 14 November.
    found = clearing(300, steady(WORKDAYS, 50), [steady(WORKDAYS, 100), steady(WORKDAYS, 75)])

    assert found.on.p50 == date(2017, 11, 14)


def test_the_less_is_known_of_a_pace_the_wider_the_span():
    # The middle stays: 300 wait and 100 are printed. At a pace of 50 known within 30 %, with 9 chances in 10 no more
    # than 50 * (1 + 1.28 * .3) = 69.2 come: 300 / 30.8 = 9.7, the tenth day; with 1 in 10 no more than 30.8: 4.3.
    found = clearing(300, steady(WORKDAYS, 50, 0.3), [steady(WORKDAYS, 100)])

    assert [(day - SUNDAY).days for day in found.on if day] == [5, 8, 12]


@pytest.mark.parametrize(
    ("come", "why"), [(100, NEVER), (120, NEVER), (99, BEYOND)], ids=["as many", "more", "hardly fewer"]
)
def test_a_queue_that_hardly_shrinks_is_told_so(come, why):
    # One a day fewer: 300 days, more than the 250 looked at.
    assert clearing(300, steady(WORKDAYS, come), [steady(WORKDAYS, 100)]) == (Spread(None, None, None), why)


def test_what_nobody_knows_names_no_day():
    assert clearing(300, None, [steady(WORKDAYS, 100)]).why == NEW_UNKNOWN
    assert clearing(300, steady(WORKDAYS, 50), []).why == LIMIT_UNKNOWN


def test_people_who_come_while_nothing_can_be_printed_wait_for_the_next_day():
    # Tuesday and Wednesday without ribbon: their 50 each come on Thursday. 50, 50 + 50 + 50 + 50 …
    days = (WORKDAYS[0], *WORKDAYS[3:5])
    found = with_stopped_days(steady(days, 50), dict.fromkeys(WORKDAYS[1:3], 50))

    assert found.mean == (50, 200, 250)


# --- The cards that are there ---------------------------------------------------------------------


def test_the_cards_of_an_ordinary_week_are_there_at_its_end():
    # 100 on the shelf; 500 a week from Sunday the 29th: the first are there on Monday 6 November.
    there = cards_there(WORKDAYS[:6], SUNDAY, 100, [], 500, 500, 4)

    assert there.mean == (100, 100, 100, 100, 100, 600)


def test_what_is_on_order_is_part_of_the_weeks_to_come():
    # 700 on Wednesday are more than a week brings, and less than two: 100, 800, and on Monday the 13th 100 + 1,000.
    there = cards_there(WORKDAYS[:11], SUNDAY, 100, [(date(2017, 11, 1), 700.0)], 500, 500, 4)

    assert (there.mean[1], there.mean[2], there.mean[9], there.mean[10]) == (100, 800, 800, 1_100)


def test_deliveries_are_known_the_worse_the_fewer_were_seen():
    # After one week 500 expected in lots of 500: the number of lots varies by its root, 500 * 500; the rate was learnt
    # from four, which adds (500 * 500) / 4.
    there = cards_there(WORKDAYS[5:6], SUNDAY, 0, [], 500, 500, 4)

    assert there.variance == (500 * 500 + 500 * 500 / 4,)


# --- Day by day -----------------------------------------------------------------------------------


def test_whoever_is_not_served_joins_the_queue_and_is_served_when_cards_land():
    # 60 wait and 100 a day come, of whom 120 can be served; 150 cards, and 500 more on the third morning.
    found = evenings(WORKDAYS[:4], 150, 60, [100] * 4, dict.fromkeys(WORKDAYS, 120), [0, 0, 500, 0])

    assert found == [
        Evening(120, 40, 30),
        Evening(30, 110, 0),
        Evening(120, 90, 380),
        Evening(120, 70, 260),
    ]


@pytest.mark.parametrize("seed", range(50))
def test_on_any_days_no_card_and_nobody_is_lost(seed):
    dice = Random(seed)
    wanted = [dice.randint(0, 300) for _ in range(30)]
    arriving = [dice.randint(0, 1) * dice.randint(0, 900) for _ in range(30)]
    shelf, waits, most = dice.randint(0, 2_000), dice.randint(0, 1_000), dice.randint(1, 250)

    found = evenings(WORKDAYS[:30], shelf, waits, wanted, dict.fromkeys(WORKDAYS, most), arriving)

    used = sum(each.use_cards for each in found)
    assert found[-1].stock_cards == shelf + sum(arriving) - used >= 0
    assert found[-1].waiting_cards == waits + sum(wanted) - used >= 0
    assert all(each.use_cards <= most for each in found)
    # While people wait, nothing but the counter and an empty shelf keeps a card from them.
    assert all(each.use_cards == most or not each.stock_cards or not each.waiting_cards for each in found)
    assert all(day.use_cards >= 0 and before.stock_cards >= 0 for before, day in pairwise(found))
