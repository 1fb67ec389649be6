"""What would be if: the answer to other facts, beside the answer to those that are."""

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from blangko.core.answer import answer, forecast_days
from blangko.core.facts import Arrival, Campaign, Suppositions
from blangko.core.status import Status
from blangko.core.suppose import compared, remarks, suppose
from blangko.errors.ahead import NoWorkdaySupposed, SupposedFarAhead, SupposedPast, SupposedRequestClosed
from tests.books import facts

FRIDAY = date(2017, 10, 27)


def november(day: int) -> date:
    return date(2017, 11, day)


def office(left: int, *more: str):
    """200 cards are printed every day, and so many are left on Friday 27 October 2017."""
    lines = "\n".join(more)
    return facts(
        f"""
        2017-06-01  opening  {106 * 200 + left}
        2017-06-02..2017-10-27  print  200
        {lines}
        """,
        "2017-10-27",
    )


def supposed(known, **what) -> Status:
    return answer(suppose(known, Suppositions(**what))).status


def received(cards: int, on: date) -> dict:
    return {"receive": (Arrival(on, cards),)}


# --- Cards that come ------------------------------------------------------------------------------


def test_cards_that_come_before_the_shelf_is_empty_make_it_last_longer():
    # 1,050 cards last five days and not the sixth, which is Monday 6 November; with 600 more they last three days more.
    known = office(1_050)

    assert answer(known).status.run_out_on.p50 == november(6)
    assert supposed(known, **received(600, november(3))).run_out_on.p50 == november(9)


def test_cards_that_come_after_the_shelf_was_empty_do_not_undo_it():
    known = office(1_050)

    assert supposed(known, **received(600, november(7))).run_out_on.p50 == november(6)
    # On the morning of the day itself they are in time.
    assert supposed(known, **received(600, november(6))).run_out_on.p50 == november(9)


def test_the_stock_of_the_days_ahead_rises_on_the_day_the_cards_come():
    rows = {
        row.day: row
        for row in forecast_days(answer(suppose(office(1_050), Suppositions(**received(600, november(3))))))
    }

    # 1,050 less four days, then 600 more and another day.
    assert rows[november(2)].stock_cards.p50 == pytest.approx(250, abs=5)
    assert rows[november(3)].stock_cards.p50 == pytest.approx(650, abs=8)


def test_the_days_are_told_up_to_the_one_on_which_cards_come():
    whole = answer(suppose(office(250), Suppositions(**received(600, november(20)))))

    assert forecast_days(whole)[-1].day == november(20)


def test_cards_that_come_are_like_a_promise_that_is_kept():
    promised = office(1_050, "2017-10-27  request  2000", "2017-10-27  grant 2000 request_no=108 due_on=2017-11-03")
    kept, as_supposed = answer(promised).status, supposed(office(1_050), **received(2_000, november(3)))

    assert as_supposed.request_by == kept.request_by
    assert as_supposed.risk_before_delivery == pytest.approx(kept.risk_before_delivery)
    assert (as_supposed.on_order_cards, as_supposed.next_delivery_on) == (2_000, november(3))
    assert as_supposed.level == kept.level


def test_cards_that_come_today_are_on_the_shelf_now():
    there = supposed(office(1_050), **received(600, FRIDAY))

    assert (there.on_hand_cards, there.on_order_cards) == (1_650, 0)
    assert there.run_out_on == answer(office(1_650)).status.run_out_on


def test_cards_that_come_are_part_of_what_is_on_order():
    known = office(1_050, "2017-10-20  request  2000")
    before, after = answer(known).status, supposed(known, **received(500, november(3)))

    assert (before.on_order_cards, after.on_order_cards) == (2_000, 2_000)
    assert after.expected_on_order_cards == before.expected_on_order_cards


def test_cards_that_come_after_a_promised_day_are_no_part_of_that_promise():
    known = office(1_050, "2017-10-20  request  2000", "2017-10-20  grant 2000 request_no=108 due_on=2017-11-01")

    assert supposed(known, **received(500, november(3))).expected_on_order_cards == 2_500
    assert supposed(known, **received(500, november(1))).expected_on_order_cards == 2_000


def test_cards_that_come_on_a_sunday_count_from_monday_on_and_that_is_said():
    known = office(1_050)
    seen = compared(known, Suppositions(**received(600, november(5))))

    assert seen.after.status.run_out_on.p50 == november(9)
    assert [(each.what, each.day, each.until) for each in remarks(seen)] == [("moved", november(5), november(6))]


# --- A quota --------------------------------------------------------------------------------------


def test_under_a_quota_the_shelf_lasts_as_long_as_the_division_says():
    # 1,050 at 100 a day are gone on the eleventh day, without any doubt.
    there = supposed(office(1_050), quota_cards=100)

    assert there.workdays_of_supply == (10, 10, 10)
    assert there.run_out_on.p50 == november(13)
    assert (there.cards_per_workday, there.quota_cards, there.workdays_at_quota) == (100, 100, 10)


def test_a_quota_does_not_change_what_is_needed_of_the_giver():
    known = office(1_050)
    use = {line.what: line.cards for line in supposed(known, quota_cards=100).request_sum}["use"]

    # Asked for later it must last until later, at the 200 cards a day that are wanted.
    assert use / 200 == pytest.approx(round(use / 200), abs=0.05)
    assert use > 2_500


def test_days_that_nobody_wrote_down_used_what_they_used_whatever_the_quota_is_from_now_on():
    known = office(1_050)._replace(as_of=date(2017, 10, 31))
    before, after = answer(known), answer(suppose(known, Suppositions(quota_cards=100)))

    assert before.status.unwritten_cards == after.status.unwritten_cards == 200
    # Tuesday itself is not written: about 850 are left on its morning, and 8 days of 100 can be served.
    assert after.status.workdays_of_supply.p50 == 8


def test_a_quota_above_the_use_changes_nothing_and_says_so():
    known = office(1_050)
    seen = compared(known, Suppositions(quota_cards=250))

    assert seen.after.status.run_out_on == seen.before.status.run_out_on
    assert [each.what for each in remarks(seen)] == ["idle"]
    assert remarks(compared(known, Suppositions(quota_cards=150))) == []


def test_with_a_quota_the_queue_is_served_later():
    known = office(9_000, "2017-10-27  setting  print_capacity 400", "2017-10-27  backlog  prr 940")

    assert answer(known).status.waiting_until == november(3)
    # At 250 a day 50 of the waiting are served each day: 19 working days.
    there = supposed(known, quota_cards=250)
    assert there.waiting_until == date(2017, 11, 23)
    assert there.drain_cards_per_workday == 250


# --- More people, and a request -------------------------------------------------------------------


def test_extra_demand_is_the_same_as_a_campaign_that_was_announced():
    announced = office(1_050, "2017-10-27  campaign  100  due_on=2017-10-30 until_on=2017-11-03")
    extra = (Campaign(100, date(2017, 10, 30), november(3)),)

    there, here = supposed(office(1_050), extra=extra), answer(announced).status

    assert there.run_out_on == here.run_out_on
    assert there.cards_per_workday == here.cards_per_workday


def test_where_supposed_and_announced_campaigns_meet_they_add_up_and_that_is_said():
    known = office(1_050, "2017-10-27  campaign  100  due_on=2017-10-30 until_on=2017-11-03")
    seen = compared(known, Suppositions(extra=(Campaign(50, november(2), november(10)),)))

    assert [(each.what, each.day, each.until) for each in remarks(seen)] == [("adds_up", november(2), november(3))]
    use = seen.after.ahead.use
    assert use.mean(4) - use.mean(3) == pytest.approx(350)


def test_a_request_supposed_for_today_is_the_request_that_the_answer_proposes():
    known = office(1_050)
    proposed = answer(known).status.request_cards
    asked = answer(office(1_050, f"2017-10-27  request  {proposed}")).status

    seen = compared(known, Suppositions(request_on=(FRIDAY,)))

    assert [request.asked_cards for request in seen.requests] == [proposed]
    assert seen.after.status.risk_before_delivery == pytest.approx(asked.risk_before_delivery)
    assert seen.after.status.request_by == asked.request_by
    assert seen.after.status.on_order_cards == proposed


def test_the_later_the_request_the_greater_the_risk_and_the_lead_is_not_learnt_from_it():
    known = office(1_050)
    risks = [supposed(known, request_on=(day,)).risk_before_delivery for day in (FRIDAY, november(1), november(6))]

    assert risks == sorted(risks) and risks[0] < risks[-1]
    assert supposed(known, request_on=(november(1),)).lead_time == answer(known).status.lead_time


def test_without_any_history_a_batch_is_asked_for():
    known = facts("2017-10-26  opening  500", "2017-10-27")

    assert supposed(known, request_on=(FRIDAY,)).on_order_cards == known.settings.batch_cards
    assert supposed(known, quota_cards=100).run_out_on.p50 is None


def test_several_things_are_supposed_at_once():
    there = supposed(
        office(1_050),
        receive=(Arrival(november(3), 300), Arrival(november(3), 300)),
        quota_cards=150,
        request_on=(november(1),),
    )

    # 1,650 at 150 a day are eleven days, and the twelfth is the first that they do not last.
    assert there.run_out_on.p50 == november(14)
    assert there.on_order_cards > 600


def test_nothing_of_what_is_supposed_changes_the_facts():
    known = office(1_050)
    before = answer(known)

    compared(known, Suppositions((Arrival(FRIDAY, 500),), 100, (Campaign(50, FRIDAY, november(3)),), (FRIDAY,)))

    assert answer(known) == before


# --- What cannot be supposed ----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("what", "refusal"),
    [
        (received(500, date(2017, 10, 26)), SupposedPast),
        (received(500, date(2018, 10, 30)), SupposedFarAhead),
        ({"extra": (Campaign(50, date(2017, 10, 26), november(3)),)}, SupposedPast),
        ({"extra": (Campaign(50, november(4), november(5)),)}, NoWorkdaySupposed),
        ({"request_on": (date(2017, 10, 26),)}, SupposedPast),
        ({"request_on": (november(5),)}, SupposedRequestClosed),
    ],
)
def test_what_cannot_be_is_refused(what, refusal):
    with pytest.raises(refusal):
        suppose(office(1_050), Suppositions(**what))


def test_on_a_day_on_which_the_giver_is_closed_nothing_can_be_asked_for_and_the_next_one_is_named():
    known = office(1_050, "2017-10-27  calendar  source due_on=2017-11-01 until_on=2017-11-02 note=audit")

    with pytest.raises(SupposedRequestClosed) as refused:
        suppose(known, Suppositions(request_on=(november(1),)))

    assert refused.value.next_day == november(3)


# --- The laws -------------------------------------------------------------------------------------

DAYS_AHEAD = st.integers(0, 40).map(lambda days: FRIDAY + timedelta(days=days))
LEFT = st.integers(0, 8_000)
MORE = st.integers(1, 3_000)
OFFICE = office(0)
law = settings(max_examples=60, deadline=None)


def left_on_shelf(cards: int):
    return OFFICE._replace(balance=OFFICE.balance._replace(on_hand=cards))


def run_out(known, what: Suppositions) -> date:
    """The day on which the shelf is probably empty; the end of time where that is beyond the horizon."""
    return answer(suppose(known, what)).status.run_out_on.p50 or date.max


@law
@given(LEFT, DAYS_AHEAD, MORE, MORE)
def test_more_cards_never_make_the_shelf_empty_earlier(left, day, some, more):
    known = left_on_shelf(left)
    ends = [
        run_out(known, Suppositions()),
        run_out(known, Suppositions(**received(some, day))),
        run_out(known, Suppositions(**received(some + more, day))),
    ]

    assert ends == sorted(ends)


@law
@given(LEFT, st.integers(1, 400), st.integers(0, 200))
def test_a_smaller_quota_never_makes_the_shelf_empty_earlier(left, quota, more):
    known = left_on_shelf(left)
    ends = [
        run_out(known, Suppositions()),
        run_out(known, Suppositions(quota_cards=quota + more)),
        run_out(known, Suppositions(quota_cards=quota)),
    ]

    assert ends == sorted(ends)


@law
@given(LEFT, DAYS_AHEAD, st.integers(2, 30), st.integers(1, 500), st.integers(1, 500))
def test_more_people_never_make_the_shelf_last_longer(left, day, length, some, more):
    known, last = left_on_shelf(left), day + timedelta(days=length)
    ends = [
        run_out(known, Suppositions(extra=(Campaign(some + more, day, last),))),
        run_out(known, Suppositions(extra=(Campaign(some, day, last),))),
        run_out(known, Suppositions()),
    ]

    assert ends == sorted(ends)
