"""How urgent it is: what holds of an answer, and the level that the worst of it gives."""

from __future__ import annotations

from datetime import date, time, timedelta

import pytest

from blangko.core.answer import answer
from blangko.core.book import Balance, Day
from blangko.core.facts import Count, Facts
from blangko.core.forecast import Spread
from blangko.core.requests import Promise, Request
from blangko.core.settings import Settings
from blangko.core.status import Status
from blangko.core.urgency import LEVELS, level_of, missing_workdays, not_written_days, reasons, reminder_workdays
from blangko.core.workdays import MONDAY_TO_FRIDAY, Calendar, OfficeDay

FRIDAY, MONDAY = date(2017, 10, 27), date(2017, 10, 30)
ONE_DAY = timedelta(days=1)
NEW_YEAR_EVE = date(2017, 12, 31)
CALENDAR = Calendar(MONDAY_TO_FRIDAY, {}, {}, NEW_YEAR_EVE)


def october(number: int) -> date:
    return date(2017, 10, number)


def november(number: int) -> date:
    return date(2017, 11, number)


def facts(on_hand: int = 1_600, **others) -> Facts:
    """It is Friday 27 October; nothing was printed, asked for or counted yet unless `others` say so."""
    chosen = Settings(lead_low_days=7, lead_high_days=7)
    plain = Facts(
        "61.03", FRIDAY, Balance(on_hand=on_hand), [], FRIDAY, chosen, CALENDAR, CALENDAR, [], None, {}, 40, "ab" * 32
    )
    return plain._replace(**others)


CALM = answer(facts()).status._replace(
    cards_per_workday=200, workdays_of_supply=Spread(7, 8, 9), run_out_on=Spread(*map(november, (8, 9, 10))),
    request_by=november(2), reasons=[], forecast_until=november(10), risk_allowed=0.05,
)  # fmt: skip
"""Eight days of cards, and four open days to ask in."""


def holding(book: Facts | None = None, missing=(), **known) -> list[str]:
    return reasons(book or facts(), CALM._replace(**known), missing)


def level(book: Facts | None = None, missing=(), **known) -> str:
    status: Status = CALM._replace(**known)
    return level_of(reasons(book or facts(), status, missing), status)


def asked(due_on: date | None = None, **others) -> Request:
    return Request(1, october(23), 2_000, due_on=due_on)._replace(**others)


def printed(day: date, use: int = 200, closing: int = 1_000, **others) -> Day:
    return Day(day, closing + use, closing, printed=use, use=use, logged=True, **others)


# --- Each reason ----------------------------------------------------------------------------------


def test_in_calm_weather_nothing_holds():
    assert (holding(), level()) == ([], "ok")


def test_a_shelf_is_empty_when_no_card_is_left():
    assert (holding(on_hand_cards=0), level(on_hand_cards=0)) == (["empty"], "empty")
    assert holding(on_hand_cards=1) == []


def test_a_book_without_an_opening_is_not_told_that_its_shelf_is_empty():
    unopened = facts(opened_on=None)

    assert holding(unopened, on_hand_cards=0, cards_per_workday=None) == ["no_opening", "no_history"]
    assert level(unopened, on_hand_cards=0) == "unknown"
    # Not even where a day to ask seems to have passed.
    assert level(unopened, on_hand_cards=0, request_by=FRIDAY, risk_of_waiting=1.0) == "unknown"


def test_the_last_day_to_ask_is_today_and_so_is_the_time():
    assert (holding(request_by=FRIDAY), level(request_by=FRIDAY)) == (["late"], "now")
    assert level(request_by=october(2)) == "now"


def test_a_day_to_ask_that_has_passed_is_a_warning_where_cards_are_on_order():
    assert (holding(request_by=FRIDAY, on_order_cards=500), level(request_by=FRIDAY, on_order_cards=500)) == (
        ["late"],
        "soon",
    )


def test_the_day_to_ask_is_soon_when_it_is_at_most_three_open_days_away():
    assert (holding(request_by=MONDAY), level(request_by=MONDAY)) == (["soon"], "soon")
    assert holding(request_by=november(1)) == ["soon"]
    assert holding(request_by=november(2)) == []
    assert holding(request_by=None) == []


def test_an_even_chance_of_an_empty_shelf_before_the_cards_come_is_critical():
    book = facts(requests=[asked()])

    assert holding(book, risk_of_waiting=0.5) == ["at_risk", "too_late"]
    assert level(book, risk_of_waiting=0.5) == "now"
    assert level(book, risk_of_waiting=0.49) == "soon"


def test_a_shelf_that_will_probably_not_last_the_next_open_day_is_critical():
    today = Spread(0, 0, 1)
    runs_out = Spread(MONDAY, MONDAY, november(1))

    assert (holding(workdays_of_supply=today, run_out_on=runs_out)) == ["at_risk"]
    assert level(workdays_of_supply=today, run_out_on=runs_out) == "now"
    # Cards promised for that day, or before it, come first; those promised for the next day do not.
    assert level(workdays_of_supply=today, run_out_on=runs_out, next_delivery_on=MONDAY) == "ok"
    assert level(workdays_of_supply=today, run_out_on=runs_out, next_delivery_on=october(31)) == "now"


def test_a_shelf_below_its_floor_is_told_unless_cards_are_on_order():
    assert (holding(floor_cards=1_601), level(floor_cards=1_601)) == (["below_floor"], "now")
    assert holding(floor_cards=1_600) == []
    assert holding(floor_cards=1_601, on_order_cards=1) == []


def test_two_missing_days_make_the_answer_unknown_and_one_does_not():
    days = [october(25), october(26)]

    assert (holding(missing=days), level(missing=days)) == (["missing_days"], "unknown")
    assert (holding(missing=days[:1]), level(missing=days[:1])) == ([], "ok")


def test_without_a_known_use_the_answer_is_unknown():
    assert (holding(cards_per_workday=None), level(cards_per_workday=None)) == (["no_history"], "unknown")


def test_a_promise_is_overdue_from_the_day_after_it():
    yesterday = facts(requests=[asked(due_on=FRIDAY - ONE_DAY)])

    assert (holding(yesterday), level(yesterday)) == (["overdue"], "soon")
    assert holding(facts(requests=[asked(due_on=FRIDAY)])) == []
    assert holding(facts(requests=[asked(due_on=FRIDAY - ONE_DAY, closed=True)])) == []


def test_the_second_promise_of_a_request_can_be_overdue_too():
    promises = (Promise(50, MONDAY), Promise(300, FRIDAY - ONE_DAY))
    request = asked(granted_cards=350, promises=promises, due_on=FRIDAY - ONE_DAY)

    assert holding(facts(requests=[request])) == ["overdue"]


def test_a_request_is_unanswered_when_it_has_waited_longer_than_the_longest_usual_lead():
    assert CALM.lead_time.high == 5
    assert (holding(longest_wait_workdays=6), level(longest_wait_workdays=6)) == (["unanswered"], "soon")
    assert holding(longest_wait_workdays=5) == []


def test_cards_that_may_come_too_late_are_told():
    assert (holding(risk_of_waiting=0.06), level(risk_of_waiting=0.06)) == (["too_late"], "soon")
    assert holding(risk_of_waiting=0.05) == []
    assert holding(risk_of_waiting=0.1, risk_allowed=0.1) == []


def test_a_forecast_beyond_the_last_decreed_holiday_says_so():
    assert (holding(forecast_until=NEW_YEAR_EVE + ONE_DAY), level(forecast_until=NEW_YEAR_EVE + ONE_DAY)) == (
        ["calendar_ends"],
        "ok",
    )
    assert holding(forecast_until=NEW_YEAR_EVE) == []


def test_a_count_is_open_until_an_adjustment_explains_it():
    assert holding(facts(last_count=Count(october(20), 1_590, -10, -10))) == ["count_open"]
    assert holding(facts(last_count=Count(october(20), 1_590, -10, 0))) == []
    assert level(facts(last_count=Count(october(20), 1_590, -10, -10))) == "ok"


# --- Which decides --------------------------------------------------------------------------------


def test_the_gravest_reason_decides_the_level():
    missing, overdue = [october(25), october(26)], facts(requests=[asked(due_on=FRIDAY - ONE_DAY)])

    assert level(overdue, missing, on_hand_cards=0) == "empty"
    assert level(overdue, missing, request_by=FRIDAY) == "now"
    assert level(overdue, missing, request_by=MONDAY) == "unknown"
    assert level(overdue) == "soon"
    assert LEVELS == ("empty", "now", "unknown", "soon", "ok")


def test_every_reason_is_told_in_the_order_of_its_weight():
    known = {"on_hand_cards": 0, "request_by": october(2), "risk_of_waiting": 1.0, "floor_cards": 1,
             "longest_wait_workdays": 40, "forecast_until": NEW_YEAR_EVE + ONE_DAY}  # fmt: skip
    book = facts(requests=[asked(due_on=FRIDAY - ONE_DAY)], last_count=Count(october(20), 1_590, -10, -10))

    assert holding(book, [october(25), october(26)], **known) == [
        "empty", "late", "at_risk", "below_floor", "missing_days", "overdue", "unanswered", "too_late", "calendar_ends",
        "count_open",
    ]  # fmt: skip


# --- Days not written down ------------------------------------------------------------------------


def test_an_open_day_without_a_print_entry_is_missing_from_the_day_after_the_opening_until_yesterday():
    book = facts(opened_on=october(20), days=[printed(october(24))])

    assert missing_workdays(book) == [october(23), october(25), october(26)]


def test_a_day_on_which_cards_only_came_is_missing_too():
    book = facts(opened_on=october(23), days=[Day(october(24), 0, 500, received=500), printed(october(25))])

    assert missing_workdays(book) == [october(24), october(26)]


def test_a_book_without_an_opening_began_with_its_first_entry():
    assert missing_workdays(facts(opened_on=None, days=[printed(october(24))])) == [october(25), october(26)]
    assert missing_workdays(facts(opened_on=None)) == []


def test_gaps_of_more_than_31_days_ago_are_history():
    # 31 days before 27 October is Tuesday 26 September; from then to yesterday are 23 open days.
    missing = missing_workdays(facts(opened_on=date(2017, 1, 2)))

    assert (missing[0], missing[-1], len(missing)) == (date(2017, 9, 26), october(26), 23)


def test_a_day_on_which_nothing_could_be_printed_is_not_missing():
    book = facts(opened_on=october(23), stopped=frozenset({october(24), october(25)}))

    assert missing_workdays(book) == [october(26)]


def test_the_days_of_a_total_are_written():
    week = printed(october(20), 1_000)._replace(since=october(16), total=1_000)

    assert missing_workdays(facts(opened_on=october(13), days=[week])) == []


@pytest.mark.parametrize(("as_of", "missing"), [(27, 0), (28, 0), (30, 0), (31, 6)])
def test_after_a_total_of_a_week_the_next_one_is_due_a_week_later(as_of, missing):
    # The total of five open days was written on Friday the 20th. The next five, the 23rd to the 27th, are over on
    # Monday; on the 31st a sixth day has passed.
    week = printed(october(20), 1_000)._replace(since=october(16), total=1_000)
    book = facts(opened_on=october(13), days=[week], as_of=october(as_of))

    assert len(missing_workdays(book)) == missing


def test_a_day_behind_an_empty_shelf_is_not_missing_because_spoiled_cards_were_destroyed_on_it():
    # The last fifty were printed on the 24th; on the 25th spoiled ones were burned, which leaves the shelf alone.
    burned = Day(october(25), 0, 0)
    book = facts(on_hand=0, opened_on=october(23), days=[printed(october(24), use=50, closing=0), burned])

    assert missing_workdays(book) == []


def test_days_behind_an_empty_shelf_are_not_missing():
    days = [
        printed(october(11), closing=0),
        # On Friday the 13th cards came, but nothing was written of what was printed of them.
        Day(october(13), 0, 300, received=300),
        *(printed(october(number)) for number in (16, 17, 18, 19, 20)),
        printed(october(23), closing=1),
        printed(october(25), closing=0),
    ]

    # On Thursday the 12th and from the 26th on there was nothing to print. On the 24th there was one card.
    assert missing_workdays(facts(opened_on=october(9), days=days)) == [october(10), october(13), october(24)]


def test_the_day_on_which_the_last_card_was_sent_away_is_missing():
    # In the morning there were cards to print, and nobody wrote that none was.
    book = facts(opened_on=october(23), days=[Day(october(24), 500, 0, sent=500)])

    assert missing_workdays(book) == [october(24)]


# --- The reminder --------------------------------------------------------------------------------


def reminding(hour: time | None = time(16, 30), clock: time | None = time(17), **others) -> Facts:
    """It is five in the afternoon, and the book of the week is written up to yesterday unless `others` say so."""
    days = [printed(october(number)) for number in (24, 25, 26)]
    book = facts(**{"opened_on": october(23), "days": days, **others})
    return book._replace(settings=book.settings._replace(remind_at=hour), clock=clock)


@pytest.mark.parametrize(
    ("clock", "reminded"),
    [(time(16, 29, 59), []), (time(16, 30), [FRIDAY]), (time(23, 59), [FRIDAY]), (time.max, [FRIDAY]), (None, [])],
)
def test_an_open_day_with_nothing_written_is_a_warning_from_the_hour_on_that_the_office_set(clock, reminded):
    book = reminding(clock=clock)

    assert reminder_workdays(book) == reminded
    assert missing_workdays(book) == []
    assert ("nothing_written" in holding(book, reminder_workdays=reminded)) is bool(reminded)
    assert level(book, reminder_workdays=reminded) == ("soon" if reminded else "ok")


def test_an_office_that_set_no_hour_is_not_reminded():
    assert reminder_workdays(reminding(hour=None)) == []


def test_a_day_is_written_when_nothing_was_printed_on_it_or_could_be():
    nothing = Day(FRIDAY, 1_600, 1_600, logged=True)
    week = printed(FRIDAY, 800)._replace(since=october(24), total=800)
    closed = CALENDAR._replace(office={FRIDAY: OfficeDay(False, "moving")})
    before = [printed(october(number)) for number in (24, 25, 26)]

    assert reminder_workdays(reminding(days=[*before, nothing])) == []
    assert reminder_workdays(reminding(days=[week])) == []
    assert reminder_workdays(reminding(calendar=closed)) == []
    assert reminder_workdays(reminding(stopped=frozenset({FRIDAY}))) == []
    assert reminder_workdays(reminding(as_of=FRIDAY + ONE_DAY, days=[*before, printed(FRIDAY)])) == []


def test_a_day_that_only_saw_a_delivery_is_not_written_yet():
    came = Day(FRIDAY, 1_600, 2_100, received=500)

    assert reminder_workdays(reminding(days=[printed(october(number)) for number in (24, 25, 26)] + [came])) == [FRIDAY]


def test_the_reminder_stands_until_the_day_is_written_and_not_until_midnight():
    morning = reminding(as_of=MONDAY, clock=time(8))

    assert reminder_workdays(morning) == [FRIDAY]
    assert reminder_workdays(morning._replace(clock=time(16, 30))) == [FRIDAY, MONDAY]
    assert reminder_workdays(reminding(as_of=MONDAY, clock=time(8), hour=None)) == []


def test_two_days_not_written_are_unknown_with_a_reminder_too():
    book = reminding(as_of=MONDAY + ONE_DAY, clock=time(8))
    missing = missing_workdays(book)

    assert missing == reminder_workdays(book) == [FRIDAY, MONDAY]
    assert level(book, missing, reminder_workdays=missing) == "unknown"


def test_a_day_both_missing_and_past_its_hour_is_told_once():
    known = CALM._replace(missing_workdays=[october(26)], reminder_workdays=[october(26), FRIDAY])

    assert not_written_days(known) == [october(26), FRIDAY]
