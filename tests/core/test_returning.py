"""People who were sent home come back: what the days tell of them."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from blangko.core.demand import DayUse
from blangko.core.level import fit
from blangko.core.returning import ComingBack, Returning
from blangko.core.use import use_ahead

MONDAY = date(2022, 8, 1)


def open_days(count: int, first: date = MONDAY) -> list[date]:
    every = (first + timedelta(days=number) for number in range(count * 2 + 7))
    return [day for day in every if day.weekday() < 5][:count]


def after_a_drought(*cards: int) -> list[DayUse]:
    """Sixty days of about 200, eight weeks of 50, all of it rationed, and then so many cards on the days after."""
    normal, rationed = [190, 210, 170, 230, 200] * 12, [50] * 40
    days = open_days(100 + len(cards))
    uses = [*normal, *rationed, *cards]
    return [DayUse(day, use, 60 <= number < 100) for number, (day, use) in enumerate(zip(days, uses, strict=True))]


def queue_of(*sent_home: float) -> Returning:
    queue = Returning()
    for cards in sent_home:
        queue.evening(cards)
    return queue


def test_nine_in_ten_of_those_sent_home_wait_and_some_give_up_every_day():
    # 90 of the first hundred, 2.5 % fewer on the next day, when 90 more come to them.
    assert queue_of(100).cards == pytest.approx(90)
    assert queue_of(100, 100).cards == pytest.approx(87.75 + 90)


def test_cards_far_beyond_the_expected_are_for_those_who_were_sent_home():
    queue = queue_of(1_000)

    assert queue.came_back(200, deviation=30, in_want=False) == 200
    assert (queue.cards, queue.per_day) == (700, 200)


def test_a_busy_day_that_chance_explains_is_new_demand_and_the_queue_is_given_up():
    queue = queue_of(1_000)

    assert queue.came_back(50, deviation=30, in_want=False) == 0
    assert queue.cards == pytest.approx(0.3 * 900)


def test_once_they_come_a_day_a_little_above_the_expected_is_theirs_too():
    queue = queue_of(1_000)
    queue.came_back(200, deviation=30, in_want=False)

    assert queue.came_back(50, deviation=30, in_want=False) == 50
    assert queue.per_day == (200 + 50) / 2


def test_while_cards_are_short_nobody_can_come_back_and_nobody_is_given_up():
    queue = queue_of(1_000)

    assert queue.came_back(0, deviation=30, in_want=True) == 0
    assert queue.came_back(-100, deviation=30, in_want=True) == 0
    assert (queue.cards, queue.per_day) == (900, 0)


def test_no_more_come_back_than_were_sent_home():
    assert queue_of(100).came_back(500, deviation=30, in_want=False) == pytest.approx(90)


def test_those_who_come_back_thin_out():
    # 100 a day came. Of 1,000 waiting, at most 150 come: 100. Then 900 * .975 = 877.5 wait, and so on; 15 % of the
    # last few.
    ahead = ComingBack(1_000, 100).ahead(40)

    assert ahead[:3] == [100, 100, 100]
    assert ahead == sorted(ahead, reverse=True)
    assert sum(ahead) < 1_000
    assert ComingBack(100, 100).ahead(2) == pytest.approx([15, 0.15 * 0.975 * 85])


def test_after_a_drought_the_queue_at_the_counter_is_not_taken_for_the_demand():
    before, drained = fit(after_a_drought()), fit(after_a_drought(*[400] * 10))

    assert before.cards_per_workday == pytest.approx(200, rel=0.02)
    assert drained.cards_per_workday == pytest.approx(before.cards_per_workday, rel=0.01)


def test_while_people_come_back_the_days_ahead_need_more_than_the_demand():
    days = after_a_drought(400, 400, 400)
    ahead = open_days(10, days[-1].day + timedelta(days=1))

    model = fit(days)
    demand, alone = model.cumulative(ahead), model._replace(returning=ComingBack()).cumulative(ahead)

    back = model.returning.ahead(10)
    assert back[0] == pytest.approx(200, rel=0.05)
    assert demand.mean[0] == pytest.approx(alone.mean[0] + back[0])
    assert demand.mean[9] == pytest.approx(alone.mean[9] + sum(back))
    # They are known within a quarter.
    assert demand.variance[9] == pytest.approx(alone.variance[9] + (sum(back) / 4) ** 2)


def test_nobody_is_foretold_to_come_back_before_somebody_did():
    assert fit(after_a_drought()).returning.ahead(5) == [0] * 5


def test_an_office_that_prints_the_usual_day_after_a_drought_has_nobody_coming_back():
    usual = fit(after_a_drought(200, 190, 210, 180, 200))

    assert usual.returning.per_day == 0
    assert usual.cards_per_workday == pytest.approx(200, rel=0.02)


def test_people_turned_away_are_demand_once_and_not_again_when_they_come_back():
    # Every day 200 new people come; all of the 150 turned away are back on the morrow.
    normal = [190, 210, 170, 230, 200] * 12
    wanted = [200, *[350] * 39]
    days = open_days(100)
    shown = [DayUse(day, cards) for day, cards in zip(days, normal, strict=False)]
    turned = [DayUse(day, cards, turned_away=cards - 50) for day, cards in zip(days[60:], wanted, strict=True)]

    assert fit([*shown, *turned]).cards_per_workday == pytest.approx(200, rel=0.1)


def test_people_who_are_known_to_wait_are_not_counted_again_among_those_who_come_back():
    model = fit(after_a_drought(400, 400, 400))
    ahead = open_days(10, date(2023, 1, 2))

    known = use_ahead(model, [], ahead, waiting_cards=500, capacity_cards=300)
    unseen = use_ahead(model, [], ahead, waiting_cards=0, capacity_cards=300)

    assert known.demand == model._replace(returning=ComingBack()).cumulative(ahead)
    assert unseen.demand == model.cumulative(ahead)
