"""When to ask for the next batch, for how many cards, and what the wait risks."""

from __future__ import annotations

import random
from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from blangko.core.forecast import CERTAIN, empty_chances
from blangko.core.level import CumulativeDemand, DemandModel, LevelMoments
from blangko.core.reorder import (
    MOST_BATCHES,
    Ask,
    Cover,
    Line,
    cards_to_request,
    cover,
    delivery_risk,
    lasting_risk,
    latest_request_day,
    reorder_level,
    risk_to_ask_at,
)
from blangko.core.supply import Delivery, LeadTime, SourceDays
from blangko.core.use import UseAhead, use_ahead

FRIDAY = date(2017, 10, 27)
MONDAY = date(2017, 10, 30)
ONE_DAY = timedelta(days=1)
IN_A_WEEK = LeadTime(((5, 1.0),), 5)
TWO_TO_SEVEN = LeadTime(tuple((days, 1 / 6) for days in range(2, 8)), 7)


def day(number: int, month: int = 11) -> date:
    return date(2017, month, number)


def open_days(first: date, last: date, *closed: date) -> list[date]:
    every = (first + timedelta(days=number) for number in range((last - first).days + 1))
    return [each for each in every if each.weekday() < 5 and each not in closed]


CANDIDATES = open_days(date(2017, 9, 18), date(2018, 3, 30))
HORIZON = [each for each in CANDIDATES if each >= MONDAY]
SOURCE = SourceDays(open_days(date(2017, 9, 1), date(2018, 12, 31)))


def certain_use(cards_a_day: int, unwritten: int = 0) -> UseAhead:
    """Every open day from Monday 30 October uses exactly so many cards, and so did the unwritten ones before it."""
    count = len(HORIZON) + unwritten
    means = tuple(cards_a_day * (i + 1.0) for i in range(count))
    return UseAhead(tuple(HORIZON), CumulativeDemand((), means, (0.0,) * count), unwritten, None, 0.0)


def uncertain_use(cards_a_day: float = 200, doubt: float = 1 / 40) -> UseAhead:
    square = cards_a_day**2
    level = LevelMoments(cards_a_day, square, square * doubt, square * doubt / 20)
    model = DemandModel(level, (1.2, 1.0, 0.9, 1.0, 0.9, 1.0, 1.0), 0.05, 0.0, (1.0, 1.2, 0.9), 100)
    return use_ahead(model, [], HORIZON)


def coming(cards: float, *days: date, promised: bool = False) -> Delivery:
    """Cards that come on one of these days, each as likely as the others."""
    return Delivery(1, cards, tuple((each, 1 / len(days)) for each in days), days[(len(days) - 1) // 2], promised)


def held(use: UseAhead, cards: int, *deliveries: Delivery, lead: LeadTime = IN_A_WEEK) -> Cover:
    return cover(use, cards, deliveries, lead, SOURCE)


def by_day(use: UseAhead, cards: int, *deliveries: Delivery, lead: LeadTime = IN_A_WEEK, risk: float = 0.05):
    return latest_request_day(held(use, cards, *deliveries, lead=lead), risk, CANDIDATES)


# --- The day to ask -----------------------------------------------------------------------------


def test_the_request_that_arrives_as_the_last_card_goes_is_the_latest():
    # 1,600 cards at 200 a day last through the eighth day, Wednesday 8 November. Cards on the morning of the 9th are
    # in time, so with five open days of lead the request may wait until Thursday 2 November.
    assert by_day(certain_use(200), 1_600) == day(2)
    assert held(certain_use(200), 1_600).risk(day(2)) == 0
    assert held(certain_use(200), 1_600).risk(day(3)) == 1


def test_a_week_of_cards_with_two_to_seven_days_of_lead_must_be_asked_for_in_the_past():
    # 1,043 at 208: five days, until Friday 3 November; a delivery on Monday 6 November is in time. The seventh day of
    # lead has a chance of 1/6, more than the 5 % accepted: seven open days before the 6th is Thursday 26 October.
    use = certain_use(208)

    assert by_day(use, 1_043, lead=TWO_TO_SEVEN) == day(26, 10)
    # Asked for on Monday 30 October, leads of six and seven days bring them on the 7th and the 8th.
    assert held(use, 1_043, lead=TWO_TO_SEVEN).risk(MONDAY) == pytest.approx(2 / 6)


def test_a_greater_accepted_risk_allows_a_later_request():
    assert by_day(certain_use(208), 1_043, lead=TWO_TO_SEVEN, risk=0.34) == MONDAY


def test_a_request_on_a_saturday_waits_as_long_as_one_on_friday():
    use = held(certain_use(208), 1_043, lead=TWO_TO_SEVEN)

    assert use.risk(FRIDAY) == use.risk(FRIDAY + ONE_DAY) == use.risk(FRIDAY + 2 * ONE_DAY) == pytest.approx(1 / 6)


def test_while_the_source_is_closed_no_day_of_the_lead_passes():
    # The source is closed from Wednesday 1 to Friday 10 November. Asked for on Friday 27 October, cards with a lead of
    # five days come on Wednesday 15 November: 12 open days are to be lasted, and 2,399 cards are one too few.
    closed = open_days(day(1), day(10))
    source = SourceDays(open_days(date(2017, 9, 1), date(2018, 7, 31), *closed))

    def risk(cards: int) -> float:
        return cover(certain_use(200), cards, [], IN_A_WEEK, source).risk(FRIDAY)

    assert (risk(2_399), risk(2_400)) == (1, 0)


def test_cards_handed_out_at_once_are_waited_for_while_the_source_is_closed():
    # The source is closed from Monday 30 October to Friday 3 November: five open days are to be lasted.
    source = SourceDays(open_days(date(2017, 9, 1), date(2018, 7, 31), *open_days(MONDAY, day(3))))
    at_once = LeadTime(((0, 1.0),), 1)

    def risk(cards: int) -> float:
        return cover(certain_use(200), cards, [], at_once, source).risk(MONDAY)

    assert (risk(999), risk(1_000)) == (1, 0)


def test_nothing_need_be_asked_for_while_the_shelf_outlasts_the_horizon():
    assert by_day(certain_use(10), 50_000) is None


def test_the_first_candidate_is_named_when_all_are_too_late():
    assert latest_request_day(held(certain_use(200), 0), 0.05, CANDIDATES[28:]) == CANDIDATES[28]


def test_the_last_candidate_but_one_is_named_when_the_last_alone_is_too_late():
    # Asked for on Thursday 29 March the cards come on Friday, before the last day of the horizon is over; asked for on
    # Friday they come after it.
    tomorrow, but_one = LeadTime(((1, 1.0),), 1), 200 * (len(HORIZON) - 1)

    assert by_day(certain_use(200), but_one, lead=tomorrow) == date(2018, 3, 29)
    assert by_day(certain_use(200), but_one + 200, lead=tomorrow) is None


def test_an_empty_shelf_is_short_unless_the_cards_come_before_the_next_open_day():
    # Nothing is printed on Saturday and Sunday: cards of Monday morning find nobody sent home.
    use = certain_use(200)

    assert held(use, 0).risk(day(23, 10)) == 0
    assert held(use, 0).risk(day(24, 10)) == 1


def test_a_shelf_that_the_unwritten_days_have_emptied_is_late_already():
    # Two unwritten days at 200 have probably used the 400 cards, and one more.
    assert held(certain_use(200, unwritten=2), 400).worst[0] == 0
    assert held(certain_use(200, unwritten=2), 399).worst[0] == 1


def test_cards_on_order_put_the_next_request_off():
    # 1,600 and 400 last ten open days, until Friday 10 November; Monday the 13th is in time.
    assert by_day(certain_use(200), 1_600, coming(400, day(3))) == day(6)


def test_an_evening_before_the_cards_on_order_is_not_cured_by_a_second_request():
    # 200 cards are gone on Tuesday, 3,000 are likely on Thursday 2 November: that Tuesday and Wednesday find nothing is
    # the risk of what is on order. The next request is for the days after it: 3,200 cards, 3 days before and 15 after.
    use = held(certain_use(200), 200, coming(3_000, day(2)))

    assert use.risk(FRIDAY) == 0
    # Evenings 1 to 3 do not count. 3,200 cards last 16 open days, through Monday 20 November.
    assert use.worst[3] == 0 and use.worst[16] == 0 and use.worst[17] == 1


def test_of_two_deliveries_each_counts_from_its_own_day():
    # 400 last through the second day. 200 more come before the third, 600 before the fourth: gone on the seventh.
    use = held(certain_use(200), 400, coming(600, day(2)), coming(200, day(1)))

    assert use.worst[3] == 0 and use.worst[6] == 0 and use.worst[7] == 1


def test_a_gap_between_two_deliveries_counts():
    # 200 come before the second day, the next 5,000 before the tenth: from the third to the ninth day nothing is left.
    use = held(certain_use(200), 200, coming(200, day(31, 10)), coming(5_000, day(10)))

    assert use.worst[2] == 0 and use.worst[3] == 1


# --- The wait for what is on order --------------------------------------------------------------


def risk_before(use: UseAhead, cards: int, *deliveries: Delivery) -> float | None:
    return delivery_risk(use, empty_chances(use, cards), deliveries)


def test_with_nothing_on_order_there_is_no_wait():
    assert risk_before(certain_use(200), 500) is None


def test_a_promised_day_decides_whether_the_shelf_is_empty_before():
    # 500 cards are gone on Wednesday 1 November: cards of that morning are in time, those of the 2nd are not.
    assert risk_before(certain_use(200), 500, coming(1, day(1))) == 0
    assert risk_before(certain_use(200), 500, coming(1, day(2))) == 1


def test_each_day_on_which_the_cards_may_come_counts_with_its_chance():
    # Gone on Wednesday 1 November; three of the four days come after it.
    days = [day(1), day(2), day(3), day(6)]

    assert risk_before(certain_use(200), 500, coming(1, *days)) == pytest.approx(3 / 4)


def test_the_first_of_two_deliveries_ends_the_wait():
    # Each comes in time with chance 1/2 and 1/4: both are late with chance 1/2 * 3/4.
    one, other = coming(9, day(1), day(2)), coming(9, day(1), day(2), day(3), day(6))

    assert risk_before(certain_use(200), 500, one, other) == pytest.approx(3 / 8)


def test_cards_that_come_this_evening_are_never_too_late_unless_unwritten_days_used_the_shelf_up():
    assert risk_before(certain_use(200), 1, coming(9, FRIDAY)) == 0
    assert risk_before(certain_use(200, unwritten=1), 199, coming(9, FRIDAY)) == 1


def lasting(use: UseAhead, cards: int, *deliveries: Delivery, asked_now: Delivery | None = None) -> float | None:
    return lasting_risk(use, cards, empty_chances(use, cards), deliveries, asked_now or coming(0, HORIZON[-1]))


def test_few_cards_that_come_first_do_not_end_the_wait_for_those_that_last():
    # 500 cards and 100 of Monday morning are gone on Wednesday 1 November; the 4,000 come that day or the day after.
    few, many = coming(100, MONDAY), coming(4_000, day(1), day(2))

    assert risk_before(certain_use(200), 500, few, many) == 0
    assert lasting(certain_use(200), 500, few, many) == pytest.approx(0.0)
    assert lasting(certain_use(200), 400, few, many) == pytest.approx(0.5)
    # A hundred more would last until the 2nd.
    assert lasting(certain_use(200), 400, coming(200, MONDAY), many) == 0


def test_the_wait_for_one_delivery_is_the_wait_for_cards_that_last():
    one, other = coming(9, day(1), day(2)), coming(9, day(1), day(2), day(3), day(6))

    assert lasting(certain_use(200), 500) is None
    assert lasting(certain_use(200), 500, one) == risk_before(certain_use(200), 500, one)
    # Of two that are likely on the same day the first ends it.
    assert lasting(certain_use(200), 500, one, one) == risk_before(certain_use(200), 500, one, one)
    assert lasting(certain_use(200), 500, one, other) >= risk_before(certain_use(200), 500, one, other)


def test_what_a_request_made_now_would_cure_is_no_matter_of_waiting():
    # 400 cards and 400 of Wednesday morning last through Thursday 2 November; 4,000 are promised for the 20th.
    few, many, in_time = coming(400, day(1)), coming(4_000, day(20)), coming(0, day(3))

    assert lasting(certain_use(200), 400, few, many) == 1
    assert lasting(certain_use(200), 400, few, many, asked_now=in_time) == 0


def test_cards_beyond_the_horizon_find_the_shelf_as_it_is_at_its_end():
    far = coming(9, date(2018, 7, 2))

    assert risk_before(certain_use(200), 200 * len(HORIZON), far) == 0
    assert risk_before(certain_use(200), 200 * len(HORIZON) - 1, far) == 1


deliveries = st.lists(
    st.builds(
        lambda cards, days: coming(cards, *sorted(days)),
        st.integers(1, 3_000),
        st.sets(st.sampled_from([*HORIZON[:40], FRIDAY, day(4), day(5)]), min_size=1, max_size=6),
    ),
    min_size=1,
    max_size=3,
)
demands = st.builds(uncertain_use, st.floats(5, 1_000), st.floats(0.001, 0.5))
cards_on_hand = st.integers(0, 30_000)


@settings(max_examples=25, deadline=None)
@given(demands, st.integers(0, 6_000), deliveries, st.integers(0, 2**32))
def test_the_risk_of_the_wait_agrees_with_throwing_dice(use, cards, listed, seed):
    chances, dice, tries = empty_chances(use, cards), random.Random(seed), 4_000

    def evening_before_the_first() -> float:
        first = min(dice.choices(*zip(*each.days, strict=True))[0] for each in listed)
        return chances[sum(workday < first for workday in use.workdays)]

    thrown = sum(evening_before_the_first() for _ in range(tries)) / tries

    # Four standard errors of a chance seen 4,000 times are at most .032.
    assert delivery_risk(use, chances, listed) == pytest.approx(thrown, abs=0.032)


# --- How many -----------------------------------------------------------------------------------


def ask(use: UseAhead, cards: int, *deliveries: Delivery, on: date = MONDAY, batch: int = 3_000, **others) -> Ask:
    told = {"share": None, "largest": 100_000, "most_cards": None, "risk": 0.05, "lead": IN_A_WEEK} | others
    return cards_to_request(
        use, cards, deliveries, held(use, cards, *deliveries, lead=told["lead"]), told["risk"], on, batch,
        told["share"], told["largest"], told["most_cards"],
    )  # fmt: skip


def test_the_number_to_ask_lasts_until_the_answer_to_the_review_after_the_latest_arrival():
    # Asked for on Monday 30 October, here by Monday 6 November; three open days later, on Thursday the 9th, the next
    # request is made, and answered by Thursday the 16th. Thirteen days use 2,600 cards: with 400 left 2,200 are needed.
    asked = ask(certain_use(200), 400)

    assert asked == Ask(3_000, (Line("use", 2_600), Line("on_hand", -400), Line("rounding", 800)), day(15), 2_200)


def test_after_asking_the_next_request_is_not_due_before_the_review():
    use = certain_use(200)
    asked = ask(use, 1_000, batch=1_000)

    # The cards of the 30th come on the 6th; the next request is due on the 13th.
    assert by_day(use, 1_000, coming(asked.cards, day(6))) == day(13)


@pytest.mark.parametrize(("on_hand", "cards"), [(0, 3_000), (1, 3_000), (4_999, 500)])
def test_whole_batches_are_asked_for_and_at_least_one(on_hand, cards):
    assert ask(certain_use(200), on_hand, batch=500).cards == cards


def test_one_card_more_than_a_batch_is_two_batches():
    assert ask(certain_use(200), 0, batch=2_599).cards == 5_198
    assert ask(certain_use(200), 1, batch=2_599).cards == 2_599


def test_the_lines_of_the_sum_add_up_and_none_of_them_is_empty():
    asked = ask(uncertain_use(), 317, coming(500.4, day(3)), batch=500, share=0.6)

    assert [line.what for line in asked.lines] == ["use", "reserve", "on_hand", "on_order", "share", "rounding"]
    assert sum(line.cards for line in asked.lines) == asked.cards
    need = [line.cards for line in asked.lines if line.what in ("use", "reserve", "on_hand", "on_order")]
    assert asked.need_cards == sum(need)


def test_the_reserve_is_what_one_time_in_twenty_asks_for():
    use = uncertain_use()
    lines = dict(ask(use, 0).lines)

    assert lines["use"] + lines["reserve"] == round(use.quantile(13, 0.95))
    assert lines["use"] == round(use.mean(13))
    # Who accepts more risk needs less.
    assert dict(ask(use, 0, risk=0.2).lines)["reserve"] < lines["reserve"]


def test_cards_on_order_are_not_asked_for_twice():
    assert ask(certain_use(200), 400, coming(700.4, day(3)), batch=100).need_cards == 1_500


def test_where_a_quarter_is_granted_four_times_the_need_is_asked_for():
    # 2,600 are needed; of what was asked 25 % was granted: 10,400, in four batches of 3,000.
    asked = ask(certain_use(200), 0, share=0.25)

    assert (asked.need_cards, asked.cards) == (2_600, 12_000)
    assert asked.lines == (Line("use", 2_600), Line("share", 7_800), Line("rounding", 1_600))


def test_no_more_than_four_times_the_need_is_asked_for():
    assert ask(certain_use(200), 0, share=0.05).cards == 12_000
    assert ask(certain_use(200), 0, share=0.0).cards == 12_000


def test_a_giver_who_gave_more_than_was_asked_is_asked_for_the_need():
    assert ask(certain_use(200), 0, share=1.0).lines == (Line("use", 2_600), Line("rounding", 400))


def test_no_more_is_asked_for_than_the_giver_hands_out():
    asked = ask(certain_use(200), 0, share=0.5, most_cards=4_000)

    assert asked.lines == (Line("use", 2_600), Line("share", 2_600), Line("ceiling", -1_200))
    assert asked.cards == 4_000
    # A ceiling that is no whole number of batches is asked for as it is.
    assert ask(certain_use(200), 0, most_cards=1_500).cards == 1_500


def test_no_request_exceeds_fifty_batches():
    assert MOST_BATCHES == 50
    assert ask(certain_use(1_000_000), 0, batch=2_000).cards == 100_000


def test_the_same_shelf_gives_the_same_number_on_friday_and_on_saturday():
    asked = [ask(certain_use(200), 400, on=FRIDAY + days * ONE_DAY) for days in range(3)]

    assert asked[0] == asked[1] == asked[2]
    assert asked[0].until == day(14)


def test_a_request_at_the_end_of_the_horizon_still_has_an_answer():
    asked = ask(certain_use(200), 0, on=CANDIDATES[-1])

    assert (asked.until, asked.need_cards) == (HORIZON[-1], 200 * len(HORIZON))


def test_no_more_than_twice_what_was_ever_asked_is_asked_for_because_less_is_granted():
    # 3,000 are needed. An office that asked for 3,000 at the most, and got a quarter, asks for 6,000, not for 12,000.
    assert ask(certain_use(200), 0, share=0.25, largest=3_000).cards == 6_000
    # What is needed is asked for all the same.
    assert ask(certain_use(200), 0, share=0.25, largest=500).cards == 3_000


def test_no_request_covers_more_than_a_quarter_of_a_year_and_the_wait_for_it():
    # A lead of 100 open days would ask for 105 days' use; 65 are a quarter of a year.
    long = LeadTime(((100, 1.0),), 100)

    assert ask(certain_use(200), 0, lead=long, batch=1_000).need_cards == 200 * 65


def test_people_who_wait_are_a_line_of_their_own():
    # 200 a day and 1,000 waiting at a capacity of 300: in 13 days 3,900 can be printed, 3,600 are wanted.
    drain = CumulativeDemand((), tuple(300.0 * (i + 1) for i in range(len(HORIZON))), (0.0,) * len(HORIZON))
    use = certain_use(200)._replace(drain=drain, waiting_cards=1_000)

    assert ask(use, 0).lines == (Line("use", 2_600), Line("waiting", 1_000), Line("rounding", 2_400))


# --- The reorder level --------------------------------------------------------------------------


def test_the_reorder_level_lasts_until_the_latest_arrival_that_is_reckoned_with():
    # Asked for on Friday 27 October, the cards of a lead of five days come on Friday 3 November: four open days.
    use = certain_use(200)

    assert reorder_level(use, held(use, 0), FRIDAY, 0.05) == 800


def test_a_lead_rarer_than_the_accepted_risk_is_not_reckoned_with():
    # Eleven open days of lead come once in ten times: ten days are to be lasted where one in twenty is accepted.
    use, lead = certain_use(200), LeadTime(((5, 0.9), (11, 0.1)), 11)

    assert reorder_level(use, held(use, 0, lead=lead), FRIDAY, 0.05) == 2_000
    assert reorder_level(use, held(use, 0, lead=lead), FRIDAY, 0.1) == 800


def test_no_stock_is_needed_where_cards_come_before_the_next_open_day():
    use, lead = certain_use(200), LeadTime(((0, 1.0),), 1)

    assert reorder_level(use, held(use, 0, lead=lead), FRIDAY, 0.05) <= 1


def lead_of(low: int, spread: int, tail: float) -> LeadTime:
    """Leads from `low` to `low + spread`, each as likely, and a tail of this weight beside one for all of them."""
    weights = {low + each: 1 / (spread + 1) for each in range(spread + 1)}
    weights |= {low + spread + each: tail * 0.1 * 0.9**each for each in range(1, 60)} if tail else {}
    total = sum(weights.values())
    return LeadTime(tuple((days, weight / total) for days, weight in weights.items()), low + spread)


leads = st.builds(lead_of, st.integers(0, 8), st.integers(0, 12), st.sampled_from([0.0, 0.1, 1.0]))


@settings(max_examples=40, deadline=None)
@given(demands, leads, st.sampled_from([0.02, 0.05, 0.2]))
def test_with_the_reorder_level_a_request_today_is_early_enough_and_with_a_card_less_it_is_not(use, lead, risk):
    level = reorder_level(use, held(use, 0, lead=lead), FRIDAY, risk)

    assert held(use, level, lead=lead).risk(FRIDAY) <= risk + 1e-9
    assert level <= 1 or held(use, level - 1, lead=lead).risk(FRIDAY) > risk - 1e-9


# --- Agreement with slow ways -------------------------------------------------------------------


@settings(max_examples=50, deadline=None)
@given(demands, cards_on_hand, leads, st.sampled_from(CANDIDATES))
def test_the_risk_agrees_with_adding_up_every_lead_time(use, cards, lead, asked):
    assert held(use, cards, lead=lead).risk(asked) == pytest.approx(slow_risk(use, cards, asked, lead))


def slow_risk(use: UseAhead, cards: int, asked: date, lead: LeadTime) -> float:
    """Every lead time in turn; the shelf is gone by an evening if it was gone by any before."""
    risk = 0.0
    for days, chance in lead.chances:
        arrival = ([each for each in SOURCE.days if each > asked] or [SOURCE.days[-1]])[max(days - 1, 0)]
        arrival = arrival if days else asked
        before = sum(workday < arrival for workday in use.workdays)
        risk += chance * max((1 - use.chance_within(h, cards) for h in range(1, before + 1)), default=0.0)
    return risk


@settings(max_examples=30, deadline=None)
@given(demands, cards_on_hand, leads, st.floats(0.01, 0.5))
def test_the_request_by_day_agrees_with_trying_every_day(use, cards, lead, risk):
    known = held(use, cards, lead=lead)
    early_enough = [asked for asked in CANDIDATES if known.risk(asked) <= risk]
    expected = None if CANDIDATES[-1] in early_enough else max(early_enough, default=CANDIDATES[0])

    assert latest_request_day(known, risk, CANDIDATES) == expected


@settings(max_examples=30, deadline=None)
@given(demands, cards_on_hand, leads, deliveries)
def test_waiting_never_lowers_the_risk_and_cards_never_raise_it(use, cards, lead, listed):
    risks = [held(use, cards, *listed, lead=lead).risk(asked) for asked in CANDIDATES[::5]]
    more = [held(use, cards + 100, *listed, lead=lead).risk(asked) for asked in CANDIDATES[::5]]

    # Sums of the same chances in floating point; one that is certain is looked at no more closely.
    assert all(later >= risk - 1e-12 for risk, later in pairwise(risks))
    assert all(fewer >= risk - (1 - CERTAIN) for fewer, risk in zip(risks, more, strict=True))


# --- Half of the accepted risk is left for the wait -----------------------------------------------


def test_an_office_with_three_answers_asks_at_half_the_accepted_risk():
    assert risk_to_ask_at(0.05, IN_A_WEEK._replace(answers=2)) == 0.05
    assert risk_to_ask_at(0.05, IN_A_WEEK._replace(answers=3)) == 0.025
