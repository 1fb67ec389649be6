"""What is on order is a chance: when cards come after a request, and how many of those asked for."""

from __future__ import annotations

import random
from datetime import date, timedelta
from itertools import accumulate

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from blangko.core.requests import Promise, Request
from blangko.core.supply import (
    LeadTime,
    SourceDays,
    deliveries,
    expected_of,
    expected_share,
    in_calendar_days,
    in_open_days,
    lead_time,
    learnt_share,
    source_days,
)
from blangko.core.workdays import MONDAY_TO_FRIDAY, Calendar, OfficeDay

MONDAY, FRIDAY = date(2017, 10, 2), date(2017, 10, 6)


def october(number: int) -> date:
    return date(2017, 10, number)


def weekdays(first: date, last: date, *closed: date) -> list[date]:
    every = (first + timedelta(days=number) for number in range((last - first).days + 1))
    return [day for day in every if day.weekday() < 5 and day not in closed]


SOURCE = SourceDays(weekdays(date(2016, 1, 1), date(2019, 12, 31)))


def took(days: int, number: int = 1, asked: int = 1000, came: int = 1000, on: date = MONDAY) -> Request:
    """A request that was answered on the so-manieth open day of the source after it."""
    return Request(number, on, asked, received_cards=came, first_received_on=SOURCE.arrival(on, days))


def waits(on: date, number: int = 9, asked: int = 1000, **others) -> Request:
    return Request(number, on, asked, **others)


def learnt(*listed: Request, as_of: date = date(2018, 3, 30), low: int = 3, high: int = 10, risk: float = 0.05):
    return lead_time(low, high, risk, listed, SOURCE, as_of)


def shares(lead: LeadTime) -> dict[int, float]:
    return dict(lead.chances)


# --- Open days of the source --------------------------------------------------------------------


def test_a_lead_is_counted_in_days_on_which_the_source_hands_out_cards():
    assert SOURCE.between(MONDAY, FRIDAY) == 4
    assert SOURCE.between(FRIDAY, october(8)) == 0
    assert SOURCE.between(FRIDAY, october(9)) == 1
    assert [SOURCE.arrival(FRIDAY, days) for days in (1, 5, 6)] == [october(9), october(13), october(16)]
    # A request on Saturday waits as long as one on Friday.
    assert SOURCE.arrival(october(7), 1) == october(9)


def test_a_request_before_nine_closed_days_cannot_be_answered_in_them():
    closed = weekdays(october(9), october(17))
    source = SourceDays(weekdays(MONDAY, date(2017, 12, 31), *closed))

    assert source.arrival(FRIDAY, 1) == october(18)
    assert source.between(FRIDAY, october(17)) == 0


def test_a_promise_for_a_closed_day_is_for_the_next_open_one():
    assert SOURCE.rolled_on(october(7)) == october(9)
    assert SOURCE.rolled_on(FRIDAY) == FRIDAY


def test_cards_handed_out_at_once_are_not_handed_out_on_a_closed_day():
    assert SOURCE.arrival(FRIDAY, 0) == FRIDAY
    assert SOURCE.arrival(october(7), 0) == october(9)


def test_beyond_the_last_day_known_cards_come_the_day_after():
    source = SourceDays(weekdays(MONDAY, FRIDAY))

    assert [source.arrival(MONDAY, days) for days in (4, 5, 99)] == [FRIDAY, october(7), october(7)]
    assert source.rolled_on(october(9)) == october(9)


def test_the_days_of_the_source_begin_before_the_oldest_request_that_teaches():
    calendar = Calendar(MONDAY_TO_FRIDAY, {}, {october(3): OfficeDay(False, "")}, date(2030, 12, 31))

    days = source_days(calendar, [took(3, on=date(2017, 3, 1))], october(30), date(2017, 12, 29)).days

    assert (days[0], days[-1]) == (date(2017, 3, 1), date(2017, 12, 29))
    assert october(3) not in days
    # Without any request 62 days are enough.
    assert source_days(calendar, [], october(30), date(2017, 12, 29)).days[0] == date(2017, 8, 29)


def test_a_source_that_is_closed_for_good_hands_out_cards_on_the_last_day_of_the_horizon():
    closed = Calendar(frozenset(), {}, {}, date(2030, 12, 31))

    assert source_days(closed, [], october(30), date(2018, 10, 30)).days == [date(2018, 10, 30)]


def test_a_source_closed_until_the_end_of_the_horizon_hands_out_nothing_tomorrow():
    days = {day: OfficeDay(False, "") for day in weekdays(october(10), date(2018, 6, 29))}
    closed = Calendar(MONDAY_TO_FRIDAY, {}, days, date(2030, 12, 31))
    source = source_days(closed, [], october(9), date(2018, 6, 29))

    assert source.days[-2:] == [october(9), date(2018, 6, 29)]
    assert source.arrival(october(9), 3) == date(2018, 6, 30)


def test_stated_leads_are_in_calendar_days_and_are_told_in_them():
    assert [in_open_days(days) for days in (0, 1, 3, 7, 10, 14)] == [0, 1, 2, 5, 7, 10]
    assert [in_calendar_days(days) for days in (0, 2, 5, 7)] == [0, 3, 7, 10]


# --- How long it takes --------------------------------------------------------------------------


def test_before_any_answer_the_stated_days_are_as_likely_as_each_other_and_a_drought_is_possible():
    # 3..10 calendar days are 2..7 open days, a weight of 2 in six parts; .1 lies beyond: 2.1 in all.
    lead = learnt()

    assert [shares(lead)[days] for days in range(2, 8)] == pytest.approx([2 / 6 / 2.1] * 6)
    assert sum(chance for days, chance in lead.chances if days > 7) == pytest.approx(0.1 / 2.1)
    # The tail falls by a twentieth each day: its mean is twenty days.
    assert shares(lead)[8] == pytest.approx(0.1 * 0.05 / 2.1)
    assert shares(lead)[9] / shares(lead)[8] == pytest.approx(0.95)
    assert (lead.low, lead.typical, lead.high) == (2, 5, 7)


def test_every_answer_counts_and_the_newest_most():
    # Twelve days, then four days: weights .9 and 1 beside the 2 that were stated and the .1 of the tail.
    lead = learnt(took(12), took(4, number=2), high=14)

    assert shares(lead)[4] == pytest.approx((2 / 9 + 1.0) / 4.0)
    assert shares(lead)[12] == pytest.approx(0.9 / 4.0)
    assert lead.high == 12


def test_the_longest_usual_lead_is_the_larger_of_the_stated_and_of_nineteen_answers_in_twenty():
    assert learnt(*[took(3, number) for number in range(9)]).high == 7
    assert learnt(*[took(9, number) for number in range(9)]).high == 9
    # The one lead of 20 days weighs .9^29 = .047 of the thirty's 9.58: it is one in two hundred.
    assert learnt(took(20), *[took(9, number) for number in range(2, 31)]).high == 9


def test_a_lead_of_no_day_is_possible():
    assert learnt(took(0), low=0).low == 0
    assert shares(learnt(took(0), low=0))[0] == pytest.approx((2 / 8 + 1) / 3.1)


def test_a_delivery_dated_before_its_request_took_no_time():
    early = waits(FRIDAY, first_received_on=MONDAY, received_cards=1000)

    assert learnt(early).chances == learnt(took(0)).chances


def test_an_office_whose_leads_are_always_the_same_has_no_spread():
    lead = learnt(low=7, high=7)

    assert (lead.low, lead.typical, lead.high) == (5, 5, 5)
    assert shares(lead)[5] == pytest.approx(2 / 2.1)


def test_stated_leads_of_less_than_a_day_are_none_or_one_day():
    lead = learnt(low=0, high=0)

    assert (lead.low, lead.high) == (0, 1)
    assert shares(lead)[0] == shares(lead)[1] == pytest.approx(1 / 2.1)


def test_a_silent_request_is_spread_over_the_leads_that_are_longer_than_its_wait():
    # Asked for on Monday, five open days have passed by Monday the 9th: its weight of 1 goes to 6, 7 and the tail in
    # proportion to their weights 1/3, 1/3 and .1.
    lead = learnt(waits(MONDAY), as_of=october(9))

    longer = 1 / 3 + 1 / 3 + 0.1
    assert shares(lead)[5] == pytest.approx((1 / 3) / 3.1)
    assert shares(lead)[6] == pytest.approx((1 / 3 + 1 / 3 / longer) / 3.1)
    assert sum(chance for days, chance in lead.chances if days > 7) == pytest.approx((0.1 + 0.1 / longer) / 3.1)


def test_a_request_that_has_waited_longer_than_all_leads_makes_longer_ones_likely():
    lead = learnt(waits(date(2016, 10, 3)), as_of=MONDAY)

    assert sum(chance for days, chance in lead.chances if days > 250) == pytest.approx(1 / 3.1)


def test_a_promised_day_is_the_lead_of_its_request_until_it_has_passed():
    # Asked for on Monday the 2nd, promised for Friday the 13th: nine open days, whether five or eight of them passed.
    promise = waits(MONDAY, due_on=october(13))

    for today in (october(9), october(12), october(13)):
        assert learnt(promise, as_of=today).chances == learnt(took(9)).chances
    # The day after, nobody knows any more.
    assert learnt(promise, as_of=october(16)).chances == learnt(waits(MONDAY), as_of=october(16)).chances
    # A promise for a Sunday is one for Monday.
    assert learnt(waits(MONDAY, due_on=october(8)), as_of=FRIDAY).chances == learnt(took(5)).chances


def test_the_earliest_of_two_promises_is_the_lead():
    promises = (Promise(50, october(20)), Promise(300, october(13)), Promise(20, None))

    assert learnt(waits(MONDAY, granted_cards=370, promises=promises), as_of=FRIDAY).chances == learnt(took(9)).chances


def test_a_promise_for_months_from_now_is_a_drought():
    assert learnt(took(4), waits(october(9), due_on=date(2018, 2, 5)), as_of=october(12)).high == 85


def test_a_request_that_was_refused_says_nothing_of_the_time_that_cards_take():
    refused = waits(MONDAY, granted_cards=0, closed=True)

    assert learnt(refused).chances == learnt().chances


def test_after_three_answers_the_tail_is_no_more_than_half_the_accepted_risk():
    # Weights: 2 stated, and 1 + .9 + .81 answered: 4.71 without the tail, which would be .1, one in 48.
    lead = learnt(*[took(3, number) for number in range(3)], risk=0.02)

    assert sum(chance for days, chance in lead.chances if days > 7) == pytest.approx(0.01)
    # With two answers it is .1 of 4, whatever the accepted risk.
    two = learnt(*[took(3, number) for number in range(2)], risk=0.02)
    assert sum(chance for days, chance in two.chances if days > 7) == pytest.approx(0.1 / 4.0)


def test_one_drought_long_ago_is_not_reckoned_with():
    # 60 open days are more than three times seven; the newest answer was usual.
    lead = learnt(took(60, on=date(2017, 3, 1)), *[took(4, number) for number in range(2, 6)])

    assert lead.high == 7
    assert shares(lead)[60] < 0.025 and shares(lead)[60] > 0


def test_a_drought_whose_newest_answer_took_months_is_reckoned_with():
    # 45, 65 and 105 open days, 63, 91 and 147 calendar days: "most often about 8" is no longer said.
    lead = learnt(took(45), took(65, 2), took(105, 3), as_of=date(2018, 6, 1))

    assert lead.high == 105
    assert lead.typical > 7
    assert shares(lead)[45] == pytest.approx(0.81 / sum((2, 0.81, 0.9, 1, 4.71 * 0.025 / 0.975)), rel=0.01)


def test_a_silent_request_in_a_drought_brings_the_old_droughts_back():
    usual = [took(4, number) for number in range(2, 6)]
    long_ago = took(60, on=date(2017, 3, 1))

    # Monday 2 October to Thursday 12 October are eight open days: longer than the usual seven.
    waiting = learnt(long_ago, *usual, waits(MONDAY), as_of=october(12))
    within = learnt(long_ago, *usual, waits(MONDAY), as_of=october(11))

    assert waiting.high == 60
    assert within.high == 7


def test_what_has_passed_is_no_longer_waited_for():
    lead = LeadTime(((2, 0.25), (5, 0.25), (9, 0.5)), 9)

    assert lead.after_waiting(0) == lead.chances
    assert lead.after_waiting(2) == ((5, pytest.approx(1 / 3)), (9, pytest.approx(2 / 3)))
    assert lead.after_waiting(8) == ((9, 1.0),)


def test_beyond_all_leads_cards_are_as_likely_tomorrow_as_on_any_day():
    left = LeadTime(((2, 1.0),), 2).after_waiting(40)

    assert left[0] == (41, pytest.approx(0.05))
    assert left[1][1] / left[0][1] == pytest.approx(0.95)
    assert sum(chance for _, chance in left) == pytest.approx(1)


def test_the_low_typical_and_high_lead_are_one_in_twenty_the_middle_and_the_longest_usual():
    lead = LeadTime(((1, 0.04), (2, 0.46), (3, 0.25), (9, 0.25)), 9)

    assert (lead.low, lead.typical) == (2, 2)
    # Ten tenths in floating point are a little less than one.
    assert LeadTime(tuple((days, 0.1) for days in range(10)), 9).typical == 4


histories = st.lists(st.tuples(st.integers(0, 40), st.booleans()), max_size=8)


@settings(max_examples=40, deadline=None)
@given(histories, st.integers(0, 10), st.integers(0, 20), st.sampled_from([0.01, 0.05, 0.5]), st.integers(0, 150))
def test_the_leads_are_chances_of_whole_days(history, low, more, risk, waited):
    listed = [took(days, number) if came else waits(MONDAY, number) for number, (days, came) in enumerate(history)]

    lead = learnt(*listed, low=low, high=low + more, risk=risk)

    for chances in (lead.chances, lead.after_waiting(waited)):
        assert sum(chance for _, chance in chances) == pytest.approx(1)
        assert all(chance > 0 for _, chance in chances)
        assert list(chances) == sorted(chances)
    assert all(days > waited for days, _ in lead.after_waiting(waited))
    assert lead.low <= lead.typical


@settings(max_examples=10, deadline=None)
@given(st.integers(1, 12), st.integers(0, 2**32))
def test_spreading_a_silent_request_agrees_with_letting_it_be_answered_by_lot(waited, seed):
    """The slow way: the silent request is answered by a longer lead drawn from the others; the weights are averaged."""
    listed, dice = [took(4), took(6, 2), took(12, 3)], random.Random(seed)
    others = learnt(*[each._replace(request_no=number) for number, each in enumerate(listed)], risk=0.5)
    longer = [each for each in others.chances if each[0] > waited]

    lead = learnt(*listed, waits(MONDAY), as_of=SOURCE.arrival(MONDAY, waited), risk=0.5)

    drawn = dice.choices(*zip(*longer, strict=True), k=4_000)
    for reach in (7, 12, 30):
        beyond = sum(chance for days, chance in lead.chances if days > reach)
        # The three answers weigh .9, .81 and .729 once a fourth request stands behind them; the tail keeps its .1.
        rest = (
            2 * max(0, 7 - reach) / 6
            + sum(weight for days, weight in ((4, 0.729), (6, 0.81), (12, 0.9)) if days > reach)
            + 0.1 * 0.95 ** max(reach - 12, 0)
        )
        expected = (rest + sum(days > reach for days in drawn) / 4_000) / (2 + 0.729 + 0.81 + 0.9 + 0.1 + 1)
        assert beyond == pytest.approx(expected, abs=0.02)


# --- How many of those asked for ----------------------------------------------------------------


def test_before_any_answer_all_or_half_is_expected():
    assert expected_share([]) == 0.75
    assert expected_share([waits(MONDAY)]) == 0.75
    assert learnt_share([waits(MONDAY)]) is None


def test_the_share_is_learnt_from_what_came_and_the_newest_weighs_most():
    # Twice 4,000 asked and 1,000 granted: (.75 + .8 * .25 + .25) / 2.8.
    twice = [waits(MONDAY, number, 4000, granted_cards=1000, received_cards=1000) for number in (1, 2)]

    assert expected_share(twice) == learnt_share(twice) == pytest.approx((0.75 + 0.2 + 0.25) / 2.8)


def test_a_request_closed_without_a_card_teaches_that_nothing_comes():
    assert expected_share([waits(MONDAY, closed=True)]) == pytest.approx(0.75 / 2)


def test_a_giver_who_gave_more_than_was_asked_is_expected_to_give_all():
    assert expected_share([took(3, asked=1000, came=5000)]) == pytest.approx(1.75 / 2)


@pytest.mark.parametrize(
    ("asked", "share", "lot", "most", "expected"),
    [(4000, 0.5, None, None, 2000), (4000, 0.6, 500, None, 2000), (4000, 0.6, None, 1000, 1000),
     (4000, 0.6, 700, 1500, 1400), (400, 0.9, 500, None, 0), (0, 0.5, 500, 100, 0)],
    ids=["share", "whole lots", "ceiling", "lots below the ceiling", "less than a lot", "nothing asked"],
)  # fmt: skip
def test_what_is_expected_of_a_request(asked, share, lot, most, expected):
    assert expected_of(asked, share, lot, most) == expected


# --- What is to come ----------------------------------------------------------------------------

LEAD = LeadTime(((2, 0.25), (5, 0.25), (9, 0.5)), 9)


def to_come(*listed: Request, as_of: date = FRIDAY, **others):
    return deliveries(listed, LEAD, SOURCE, as_of, **others)


def test_a_request_without_an_answer_comes_after_one_of_the_leads_that_are_left():
    # Asked for on Monday the 2nd, and it is Friday: four open days have passed. Five is Monday the 9th, nine Friday.
    (one,) = to_come(waits(MONDAY, asked=1000))

    assert one.days == ((october(9), pytest.approx(1 / 3)), (october(13), pytest.approx(2 / 3)))
    assert (one.request_no, one.cards, one.likely_on, one.is_promised) == (9, 750, october(13), False)


def test_a_promised_day_is_believed_until_it_has_passed():
    promised = waits(MONDAY, granted_cards=400, promises=(Promise(400, FRIDAY),))

    (today,) = to_come(promised)
    (passed,) = to_come(promised, as_of=FRIDAY + timedelta(days=1))

    assert (today.days, today.cards, today.is_promised) == (((FRIDAY, 1.0),), 400, True)
    # Then it is a request that has waited since it was made.
    assert (passed.days, passed.is_promised) == (to_come(waits(MONDAY))[0].days, False)


def test_a_promise_for_a_sunday_comes_on_monday():
    (one,) = to_come(waits(MONDAY, granted_cards=400, promises=(Promise(400, october(8)),)))

    assert one.days == ((october(9), 1.0),)


def test_each_promise_of_a_request_is_a_delivery_of_its_own():
    promises = (Promise(50, october(20)), Promise(300, None))

    first, second = to_come(waits(MONDAY, asked=4000, granted_cards=350, promises=promises))

    assert (first.cards, first.likely_on, first.is_promised) == (50, october(20), True)
    assert (second.cards, second.is_promised) == (300, False)


def test_of_a_request_of_which_a_part_came_the_rest_of_the_expected_share_is_to_come():
    # 3,000 of 4,000 are expected; 1,000 came and more was said to come.
    part = waits(MONDAY, asked=4000, received_cards=1000, first_received_on=FRIDAY, more_comes=True)

    assert [one.cards for one in to_come(part)] == [2000]
    # Where more came than was expected nothing is reckoned with, but the delivery may still come.
    assert [one.cards for one in to_come(part._replace(received_cards=3500))] == [0]


def test_lots_and_the_ceiling_cut_what_is_expected_but_not_what_was_granted():
    asked = waits(MONDAY, asked=4000)
    promised = waits(MONDAY, granted_cards=1300, promises=(Promise(1300, None),))

    assert [one.cards for one in to_come(asked, promised, lot_cards=500, most_cards=1800)] == [1500, 1300]


def test_nothing_is_to_come_of_what_was_closed_or_fulfilled():
    assert to_come(took(3), waits(MONDAY, closed=True)) == []


def test_a_request_dated_tomorrow_has_not_waited_yet():
    (one,) = to_come(waits(october(9), asked=1000), as_of=FRIDAY)

    assert one.days[0] == (october(11), 0.25)


@settings(max_examples=40, deadline=None)
@given(st.integers(0, 60), histories, st.sampled_from([None, 200, 500]))
def test_every_delivery_has_a_whole_chance_and_comes_after_today(waited, history, lot):
    listed = [took(days, number) for number, (days, _) in enumerate(history)]
    as_of = date(2018, 3, 30)
    asked = waits(as_of - timedelta(days=waited), 99)
    lead = learnt(*listed, asked)

    (one,) = deliveries([*listed, asked], lead, SOURCE, as_of, lot)

    assert sum(chance for _, chance in one.days) == pytest.approx(1)
    assert all(day > as_of for day, _ in one.days)
    reached = dict(zip([day for day, _ in one.days], accumulate(chance for _, chance in one.days), strict=True))
    assert reached[one.likely_on] >= 0.5 - 1e-9
    assert 0 <= one.cards <= 1000
