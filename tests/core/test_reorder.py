"""When to ask for the next batch, for how many cards, and what the wait risks."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from blangko.core.level import CumulativeDemand, DemandModel, LevelMoments
from blangko.core.reorder import (
    MOST_BATCHES,
    LeadTime,
    cards_to_request,
    delivery_risk,
    latest_request_day,
    lead_time,
    shortage_risk,
    stretching_quota,
)

FRIDAY = date(2017, 10, 27)
MONDAY = date(2017, 10, 30)
IN_A_WEEK = LeadTime(((7, 1.0),))
THREE_TO_TEN = lead_time(3, 10, [])


def open_days(first: date, last: date) -> list[date]:
    every = (first + timedelta(days=number) for number in range((last - first).days + 1))
    return [day for day in every if day.weekday() < 5]


def day(number: int, month: int = 11) -> date:
    return date(2017, month, number)


CANDIDATES = open_days(date(2017, 9, 18), date(2018, 3, 30))
HORIZON = tuple(candidate for candidate in CANDIDATES if candidate >= MONDAY)


def certain_use(cards_a_day: int) -> CumulativeDemand:
    means = tuple(cards_a_day * (i + 1.0) for i in range(len(HORIZON)))
    return CumulativeDemand(HORIZON, means, (0.0,) * len(HORIZON))


def uncertain_use(cards_a_day: float = 200, doubt: float = 1 / 40) -> CumulativeDemand:
    square = cards_a_day**2
    level = LevelMoments(cards_a_day, square, square * doubt, square * doubt / 20)
    model = DemandModel(level, (1.2, 1.0, 0.9, 1.0, 0.9, 1.0, 1.0), 0.05, 0.0, (1.0, 1.2, 0.9), 100)
    return model.cumulative(HORIZON)


def test_each_lead_time_from_three_to_ten_days_is_as_likely_before_any_is_seen():
    lead = lead_time(3, 10, [])

    assert lead.chances == tuple((days, 1 / 8) for days in range(3, 11))
    assert (lead.low, lead.typical, lead.high) == (3, 6, 10)


def test_lead_times_in_the_book_count_as_much_as_those_taken_as_seen():
    lead = lead_time(3, 5, [4, 4, 12])

    assert lead.chances == ((3, 1 / 6), (4, 3 / 6), (5, 1 / 6), (12, 1 / 6))
    assert (lead.low, lead.typical, lead.high) == (3, 4, 12)


def test_one_freak_delivery_among_many_is_not_reckoned_with():
    lead = lead_time(3, 5, [4] * 18 + [150])

    # Three taken as seen and 19 observed are 22, of which one, less than one in twenty, took 150 days.
    assert lead.high == 5
    assert lead.chances[-1] == (150, 1 / 22)


def test_one_lead_time_in_twenty_is_rare():
    # Twenty lead times, each with a chance of one in twenty: the shortest is still reckoned with, the longest is not.
    lead = lead_time(3, 22, [])

    assert (lead.low, lead.typical, lead.high) == (3, 12, 21)


def test_an_office_with_one_lead_time_has_no_spread():
    lead = lead_time(7, 7, [])

    assert (lead.low, lead.typical, lead.high) == (7, 7, 7)


def test_the_request_that_arrives_as_the_last_card_goes_is_the_latest():
    # 1,600 cards at 200 a day: empty on the evening of the eighth day, Wednesday 8 November, and the chance of that is
    # 0 until 1,600 is passed: the shelf lasts through the 8th. A delivery on the morning of the 9th is in time, so with
    # seven days of lead the request may wait until Thursday 2 November.
    demand = certain_use(200)

    assert latest_request_day(demand, 1_600, IN_A_WEEK, 0.05, CANDIDATES) == day(2)
    assert shortage_risk(demand, 1_600, day(2), IN_A_WEEK) == 0
    assert shortage_risk(demand, 1_600, day(3), IN_A_WEEK) == 1


def test_a_week_of_cards_with_three_to_ten_days_of_lead_must_be_asked_for_in_the_past():
    # 1,043 at 208: five days, until Friday 3 November; a delivery by Monday 6 November is in time. A tenth day of lead
    # later than that has a chance of 1/8, more than the 5 % accepted: ten days before is Friday 27 October.
    demand = certain_use(208)

    assert latest_request_day(demand, 1_043, THREE_TO_TEN, 0.05, CANDIDATES) == FRIDAY
    # Asked for on Monday 30 October, lead times of 8, 9 and 10 days arrive after the 6th.
    assert shortage_risk(demand, 1_043, MONDAY, THREE_TO_TEN) == pytest.approx(3 / 8)


def test_a_greater_accepted_risk_allows_a_later_request():
    demand = certain_use(208)

    assert latest_request_day(demand, 1_043, THREE_TO_TEN, 3 / 8, CANDIDATES) == MONDAY


def test_nothing_need_be_asked_for_while_the_shelf_outlasts_the_horizon():
    assert latest_request_day(certain_use(10), 50_000, THREE_TO_TEN, 0.05, CANDIDATES) is None


def test_the_last_candidate_but_one_is_named_when_the_last_alone_is_too_late():
    # Asked for on Thursday 29 March the cards come a day later, before the last day of the horizon; asked for on
    # Friday they come after it.
    tomorrow, but_one = LeadTime(((1, 1.0),)), 200 * (len(HORIZON) - 1)

    assert latest_request_day(certain_use(200), but_one, tomorrow, 0.05, CANDIDATES) == date(2018, 3, 29)
    assert latest_request_day(certain_use(200), but_one + 200, tomorrow, 0.05, CANDIDATES) is None


def test_nothing_need_be_asked_for_while_the_last_candidate_runs_just_the_accepted_risk():
    # On the last candidate one delivery in four comes after the horizon, and the last day would find nothing.
    lead, but_one = LeadTime(((0, 0.75), (1, 0.25))), 200 * (len(HORIZON) - 1)

    assert latest_request_day(certain_use(200), but_one, lead, 0.25, CANDIDATES) is None
    assert latest_request_day(certain_use(200), but_one, lead, 0.24, CANDIDATES) == date(2018, 3, 29)


def test_the_first_candidate_is_named_when_all_are_too_late():
    assert latest_request_day(certain_use(200), 0, IN_A_WEEK, 0.05, CANDIDATES[28:]) == CANDIDATES[28]


def test_an_empty_shelf_is_short_unless_the_cards_come_before_the_next_open_day():
    demand = certain_use(200)

    assert shortage_risk(demand, 0, MONDAY - timedelta(days=7), IN_A_WEEK) == 0
    assert shortage_risk(demand, 0, MONDAY - timedelta(days=6), IN_A_WEEK) == 1


def test_a_delivery_after_the_horizon_counts_the_whole_horizon():
    assert shortage_risk(certain_use(200), 200 * len(HORIZON), day(30, 3).replace(year=2018), IN_A_WEEK) == 0
    assert shortage_risk(certain_use(200), 200 * len(HORIZON) - 1, day(30, 3).replace(year=2018), IN_A_WEEK) == 1


def test_a_promised_day_is_believed():
    demand = certain_use(200)

    # Empty on Wednesday 1 November: 500 cards at 200.
    assert delivery_risk(demand, 500, FRIDAY, day(1), FRIDAY, THREE_TO_TEN) == 0
    assert delivery_risk(demand, 500, FRIDAY, day(2), FRIDAY, THREE_TO_TEN) == 1


def test_a_promise_for_today_is_still_believed():
    # Asked for on Friday, promised for Monday, and it is Monday: the cards are here before the work begins, while lead
    # times of three to ten days would bring most of them later.
    assert delivery_risk(certain_use(200), 100, FRIDAY, MONDAY, MONDAY, THREE_TO_TEN) == 0
    assert delivery_risk(certain_use(200), 100, FRIDAY, None, MONDAY, THREE_TO_TEN) == pytest.approx(7 / 8)


def test_a_promised_day_that_has_passed_is_forgotten():
    demand = certain_use(200)

    overdue = delivery_risk(demand, 500, FRIDAY, day(29, 10), day(30, 10), THREE_TO_TEN)

    assert overdue == delivery_risk(demand, 500, FRIDAY, None, day(30, 10), THREE_TO_TEN)


def test_lead_times_that_have_passed_no_longer_count():
    # Asked for on Friday 20 October, nothing by Friday the 27th: 7, 8, 9 and 10 days are left, a quarter each, arriving
    # on the 27th to the 30th. All before the first horizon day has ended: no risk, whatever is on hand.
    asked_on = FRIDAY - timedelta(days=7)
    demand = certain_use(200)

    assert delivery_risk(demand, 100, asked_on, None, FRIDAY, THREE_TO_TEN) == 0
    # Two days later they arrive from the 29th to the 1st: only on 31 October and 1 November is Monday's work undone.
    later = asked_on + timedelta(days=2)
    assert delivery_risk(demand, 100, later, None, FRIDAY + timedelta(days=2), THREE_TO_TEN) == pytest.approx(2 / 4)


def test_a_delivery_that_all_lead_times_have_missed_is_expected_tomorrow():
    demand = certain_use(200)
    long_ago = MONDAY - timedelta(days=90)

    assert delivery_risk(demand, 100, long_ago, None, MONDAY - timedelta(days=1), THREE_TO_TEN) == 0
    assert delivery_risk(demand, 100, long_ago, None, MONDAY, THREE_TO_TEN) == 1


def test_as_many_batches_are_asked_for_as_last_beyond_the_next_arrival():
    # Asked for on Monday 30 October, here by Monday 6 November; the next request should wait for five open days more,
    # until Monday the 13th, and is answered on Monday the 20th. Until then 15 open days use 3,000 cards: with 400 left
    # one batch of 2,000 is too little, two are enough; with 1,000 left one is enough.
    demand = certain_use(200)

    assert cards_to_request(demand, 400, IN_A_WEEK, 0.05, CANDIDATES, MONDAY, 2_000) == 4_000
    assert cards_to_request(demand, 999, IN_A_WEEK, 0.05, CANDIDATES, MONDAY, 2_000) == 4_000
    assert cards_to_request(demand, 1_000, IN_A_WEEK, 0.05, CANDIDATES, MONDAY, 2_000) == 2_000


def test_at_least_one_batch_is_asked_for():
    assert cards_to_request(certain_use(1), 90_000, IN_A_WEEK, 0.05, CANDIDATES, MONDAY, 500) == 500


def test_no_request_exceeds_fifty_batches():
    assert MOST_BATCHES == 50
    assert cards_to_request(certain_use(1_000_000), 0, IN_A_WEEK, 0.05, CANDIDATES, MONDAY, 2_000) == 100_000


def test_a_request_at_the_end_of_the_horizon_still_has_an_answer():
    # The last candidate stands for all later days. Cards that come a day later must be preceded by cards for the whole
    # horizon: 4,000 too few are two batches, one card more is a third.
    days = len(HORIZON)
    tomorrow = LeadTime(((1, 1.0),))
    ask = {"lead": tomorrow, "accepted_risk": 0.05, "candidates": CANDIDATES, "requested_on": CANDIDATES[-1]}

    assert cards_to_request(certain_use(200), 200 * days - 4_000, **ask, batch_cards=2_000) == 4_000
    assert cards_to_request(certain_use(200), 200 * days - 4_001, **ask, batch_cards=2_000) == 6_000


def test_a_batch_that_leaves_just_the_accepted_risk_is_enough():
    # Of lead times of three to ten days one in eight is ten. Asked for on Monday 30 October, the cards are here by
    # Thursday 9 November; the next request waits until Thursday the 16th. Ten days later is Sunday the 26th, nine days
    # Saturday the 25th, and the four shortest of the eight end on or before Wednesday the 22nd: they need 17 open days,
    # 3,400 cards. Thursday the 23rd (seven days) needs 18, Friday the 24th 19, the week-end 20.
    demand = certain_use(200)

    def batches(risk: float) -> int:
        return cards_to_request(demand, 0, THREE_TO_TEN, risk, CANDIDATES, MONDAY, 200) // 200

    # Short of nothing; of the week-end's two lead times; of those and eight days; of those and seven.
    assert [batches(risk) for risk in (1 / 16, 2 / 8, 3 / 8, 4 / 8)] == [20, 19, 18, 17]


def test_a_quota_stretches_the_shelf_in_whole_cards():
    assert stretching_quota(1_043, 10) == 104
    assert stretching_quota(0, 10) == 0
    assert stretching_quota(0, 1) == 0
    assert stretching_quota(-5, 1) == 0
    assert stretching_quota(7, 10) == 0


def test_a_delivery_due_before_the_next_open_day_needs_no_quota():
    assert stretching_quota(1_043, 0) == 1_043


leads = st.builds(lead_time, st.just(3), st.integers(3, 10), st.lists(st.integers(0, 40), max_size=6))
demands = st.builds(uncertain_use, st.floats(5, 1_000), st.floats(0.001, 0.5))
cards_on_hand = st.integers(0, 30_000)


@settings(max_examples=50, deadline=None)
@given(demands, cards_on_hand, leads, st.sampled_from(CANDIDATES))
def test_the_risk_agrees_with_adding_up_every_lead_time(
    demand: CumulativeDemand, cards: int, lead: LeadTime, asked: date
):
    assert shortage_risk(demand, cards, asked, lead) == pytest.approx(slow_risk(demand, cards, asked, lead))


def slow_risk(demand: CumulativeDemand, cards: int, asked: date, lead: LeadTime) -> float:
    """Every lead time in turn; the shelf is gone by an evening if it was gone by any before."""
    risk = 0.0
    for days, chance in lead.chances:
        before = sum(workday < asked + timedelta(days=days) for workday in demand.workdays)
        risk += chance * max((1 - demand.chance_within(h, cards) for h in range(before + 1)), default=0.0)
    return risk


@settings(max_examples=30, deadline=None)
@given(demands, cards_on_hand, leads, st.floats(0.01, 0.5))
def test_the_request_by_day_agrees_with_trying_every_day(
    demand: CumulativeDemand, cards: int, lead: LeadTime, risk: float
):
    early_enough = [asked for asked in CANDIDATES if shortage_risk(demand, cards, asked, lead) <= risk]
    expected = None if CANDIDATES[-1] in early_enough else max(early_enough, default=CANDIDATES[0])

    assert latest_request_day(demand, cards, lead, risk, CANDIDATES) == expected


@settings(max_examples=30, deadline=None)
@given(demands, cards_on_hand, leads)
def test_waiting_never_lowers_the_risk_and_cards_never_raise_it(demand: CumulativeDemand, cards: int, lead: LeadTime):
    risks = [shortage_risk(demand, cards, asked, lead) for asked in CANDIDATES[::5]]

    # Sums of the same chances in floating point.
    assert all(later >= risk - 1e-12 for risk, later in pairwise(risks))
    assert shortage_risk(demand, cards + 100, MONDAY, lead) <= shortage_risk(demand, cards, MONDAY, lead) + 1e-12


@settings(max_examples=30, deadline=None)
@given(demands, cards_on_hand, leads, st.sampled_from(CANDIDATES[:60]))
def test_no_smaller_request_would_have_done(demand: CumulativeDemand, cards: int, lead: LeadTime, asked: date):
    batch = 500
    wanted = cards_to_request(demand, cards, lead, 0.05, CANDIDATES, asked, batch)

    later = [candidate for candidate in CANDIDATES if candidate > asked + timedelta(days=lead.high)]
    fifth = later[4]

    def lasts(requested: int) -> bool:
        by = latest_request_day(demand, cards + requested, lead, 0.05, CANDIDATES)
        return by is None or (by >= fifth and shortage_risk(demand, cards + requested, fifth, lead) <= 0.05)

    assert wanted == MOST_BATCHES * batch or lasts(wanted)
    assert wanted == batch or not lasts(wanted - batch)
