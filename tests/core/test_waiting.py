"""People who wait for a card: how many they are today, and what they do to the use of coming days."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from blangko.core.book import Balance, Day
from blangko.core.facts import Facts, Stated
from blangko.core.level import CumulativeDemand, DemandModel, LevelMoments
from blangko.core.settings import Settings
from blangko.core.use import UseAhead
from blangko.core.waiting import Waiting, capacity, days_at_capacity, queue_cards, queue_ends, waiting
from blangko.core.workdays import MONDAY_TO_FRIDAY, Calendar

FRIDAY = date(2017, 10, 27)
CALENDAR = Calendar(MONDAY_TO_FRIDAY, {}, {}, date(2017, 12, 31))
MODEL = DemandModel(LevelMoments(100, 10_000, 0, 0), (1.0,) * 7, 0.0, 0.0, (1.0,) * 3, 20)
"""A hundred cards on every open day."""


def october(number: int) -> date:
    return date(2017, 10, number)


def printed(number: int, cards: int, **others) -> Day:
    plain = Day(october(number), 5_000, 4_000, printed=cards, use=cards, logged=True)
    return plain._replace(**others)


def facts(*days: Day, prr: int = 0, suket: int = 0, on: int = 20, prints_at_most: int | None = 250, **others) -> Facts:
    """It is Friday the 27th; the queues were stated on the evening of a day in October."""
    backlog = {name: Stated(october(on), cards) for name, cards in (("prr", prr), ("suket", suket)) if cards}
    chosen = Settings(print_capacity=prints_at_most)
    plain = Facts(
        "61.03", FRIDAY, Balance(on_hand=4_000), list(days), october(2), chosen, CALENDAR, CALENDAR, [], None, backlog,
        40, "ab" * 32,
    )  # fmt: skip
    return plain._replace(**others)


def test_a_queue_is_shortened_by_what_was_printed_beyond_the_demand():
    # Five open days since Friday the 20th brought 500 people; 5 * 250 were printed: 1,000 - 750 = 250 still wait.
    week = [printed(number, 250) for number in (23, 24, 25, 26, 27)]

    assert waiting(facts(*week, prr=1_000), MODEL) == {"prr": Waiting(1_000, october(20), 250)}
    assert queue_cards(facts(*week, prr=1_000), MODEL) == 250


def test_a_queue_grows_while_less_is_printed_than_demanded():
    # Nothing was printed for five days: 500 people more.
    assert waiting(facts(prr=1_000), MODEL)["prr"].today == 1_500


def test_a_queue_stated_today_is_as_it_was_stated():
    assert waiting(facts(prr=1_000, on=27), None)["prr"].today == 1_000
    assert waiting(facts(prr=1_000, on=27, prints_at_most=None), MODEL)["prr"].today == 1_000


def test_a_queue_never_falls_below_nobody():
    week = [printed(number, 250) for number in (23, 24, 25, 26, 27)]

    assert waiting(facts(*week, prr=100), MODEL)["prr"].today == 0


def test_what_is_left_over_when_the_first_queue_is_empty_shortens_the_second():
    # 750 were printed beyond the demand: the 600 recorded first, then 150 of the 400 letters.
    week = [printed(number, 250) for number in (23, 24, 25, 26, 27)]

    found = waiting(facts(*week, prr=600, suket=400), MODEL)

    assert (found["prr"].today, found["suket"].today) == (0, 250)
    assert queue_cards(facts(*week, prr=600, suket=400), MODEL) == 250


def test_people_who_came_new_join_one_queue_only():
    found = waiting(facts(prr=600, suket=400), MODEL)

    assert (found["prr"].today, found["suket"].today) == (1_100, 400)


def test_without_a_capacity_nobody_knows_how_many_came_new():
    # The learnt demand is then what was printed while people waited.
    week = [printed(number, 250) for number in (23, 24)]
    book = facts(*week, prr=1_000, prints_at_most=None)

    assert waiting(book, MODEL)["prr"].today is None
    # At least the thousand less the five hundred that were printed wait still.
    assert queue_cards(book, MODEL) == 500


def test_a_card_was_printed_for_one_of_two_queues_only():
    # 600 and 400 were stated on the 20th; 700 were printed since: 300 of the thousand wait still.
    week = [printed(23, 350), printed(24, 350)]

    assert queue_cards(facts(*week, prr=600, suket=400, prints_at_most=None), MODEL) == 300
    assert queue_cards(facts(*week, printed(25, 350), prr=600, suket=400, prints_at_most=None), MODEL) == 0


def test_what_was_printed_before_a_queue_was_stated_was_not_printed_for_it():
    # 350 of the 600 were printed by the evening of the 23rd, when 400 letters were stated; then 350 more.
    book = facts(printed(23, 350), printed(24, 350), prints_at_most=None)
    backlog = {"prr": Stated(october(20), 600), "suket": Stated(october(23), 400)}
    early = {"prr": Stated(october(20), 200), "suket": Stated(october(23), 400)}

    assert queue_cards(book._replace(backlog=backlog), MODEL) == 300
    assert queue_cards(book._replace(backlog=early), MODEL) == 50


def test_without_a_known_demand_a_queue_is_not_brought_forward():
    assert waiting(facts(prr=1_000), None)["prr"].today is None
    assert queue_cards(facts(printed(23, 1_500), prr=1_000), None) == 0


def test_an_office_without_a_stated_queue_has_none():
    assert (waiting(facts(), MODEL), queue_cards(facts(), MODEL)) == ({}, 0)


# --- What the counter can print -------------------------------------------------------------------


def test_a_stated_capacity_holds_whoever_waits():
    assert capacity(facts(), 0) == capacity(facts(), 500) == 250


def test_without_a_stated_capacity_nobody_knows_it():
    assert capacity(facts(printed(26, 180), prints_at_most=None), 0) is None
    assert capacity(facts(printed(26, 180), prints_at_most=None), 500) is None


def test_after_an_empty_shelf_the_busiest_day_of_three_months_stands_for_the_capacity():
    days = [printed(3, 310), printed(23, 180, closing=0)]

    assert capacity(facts(*days, prints_at_most=None), 500) == 310
    # Nobody waits: it is the demand that counts.
    assert capacity(facts(*days, prints_at_most=None), 0) is None


def test_an_empty_shelf_more_than_a_week_ago_says_nothing_of_the_counter():
    days = [printed(3, 310), printed(18, 180, closing=0), printed(19, 180, opening=500)]

    assert capacity(facts(*days, prints_at_most=None), 500) is None


def test_a_day_that_began_with_cards_and_ended_without_is_not_yet_an_empty_day():
    # Today the last card was printed; from tomorrow on the shelf is empty.
    assert capacity(facts(printed(3, 310), printed(27, 180, closing=0), prints_at_most=None), 500) is None


def test_after_a_rationed_week_the_busiest_day_stands_for_the_capacity():
    week = [printed(number, 60, quota=60) for number in (23, 24, 25, 26, 27)]

    assert capacity(facts(printed(3, 310), *week, prints_at_most=None), 500) == 310
    assert capacity(facts(printed(3, 310), *week[1:], prints_at_most=None), 500) is None


def test_a_busy_day_of_last_year_is_no_capacity():
    old = printed(3, 900)._replace(day=FRIDAY - timedelta(days=84))

    assert capacity(facts(old, printed(23, 180, closing=0), prints_at_most=None), 500) == 180


# --- Days on which all was printed that could be --------------------------------------------------


def test_days_printed_at_capacity_since_the_queue_was_stated_hide_the_demand():
    days = [printed(19, 250), printed(20, 250), printed(23, 250), printed(24, 249), printed(25, 260)]

    assert days_at_capacity(facts(*days, prr=1_000)) == {october(23), october(25)}
    assert days_at_capacity(facts(*days)) == frozenset()
    assert days_at_capacity(facts(*days, prr=1_000, prints_at_most=None)) == frozenset()


# --- Until when -----------------------------------------------------------------------------------


def use(waits: float, demand: float = 100, prints_at_most: float = 250, unwritten: int = 0) -> UseAhead:
    days = CALENDAR.next_open_days(october(30), 20)
    sums = [
        CumulativeDemand((), tuple(a_day * (i + 1) for i in range(20)), (0.0,) * 20)
        for a_day in (demand, prints_at_most)
    ]
    return UseAhead(tuple(days[unwritten:]), sums[0], unwritten, sums[1], waits)


@pytest.mark.parametrize(("waits", "until"), [(1, 0), (150, 0), (151, 1), (1_500, 9), (3_000, 19), (3_001, None)])
def test_the_queue_is_empty_when_all_that_was_wanted_can_have_been_printed(waits, until):
    # 250 printed a day and 100 new ones: the queue shortens by 150 a day.
    days = CALENDAR.next_open_days(october(30), 20)

    assert queue_ends(use(waits)) == (None if until is None else days[until])


def test_the_unwritten_days_have_shortened_the_queue_as_well():
    days = CALENDAR.next_open_days(october(30), 20)

    assert queue_ends(use(450, unwritten=2)) == days[2]
    assert queue_ends(use(300, unwritten=2)) == days[2]


def test_a_queue_that_grows_faster_than_it_is_served_has_no_end():
    assert queue_ends(use(10, demand=300)) is None


def test_without_a_queue_or_a_capacity_there_is_no_day_on_which_it_ends():
    assert queue_ends(use(0)) is None
    assert queue_ends(use(10)._replace(drain=None)) is None
