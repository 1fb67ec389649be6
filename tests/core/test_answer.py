"""The answer: what is known, how long the shelf lasts, and what the office is told about it."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from blangko.core.answer import Count, Facts, Outlook, Stated, Status, missing_workdays, observed, outlook, status
from blangko.core.book import Balance, Day
from blangko.core.demand import DayUse
from blangko.core.forecast import Spread
from blangko.core.level import CumulativeDemand, DemandModel, LevelMoments, fit, typical
from blangko.core.reorder import LeadTime
from blangko.core.requests import Request
from blangko.core.seasons import known_seasons
from blangko.core.settings import Settings
from blangko.core.workdays import MONDAY_TO_FRIDAY, Calendar, office_days

A_WEEK_AGO, FRIDAY, MONDAY = date(2017, 10, 20), date(2017, 10, 27), date(2017, 10, 30)
ONE_DAY = timedelta(days=1)
NEW_YEAR_EVE = date(2017, 12, 31)
CALENDAR = Calendar(MONDAY_TO_FRIDAY, {}, {}, NEW_YEAR_EVE)
IN_A_WEEK = LeadTime(((7, 1.0),))
SETTINGS = Settings(office_name="Disdukcapil Uji", lead_low_days=7, lead_high_days=7)


def october(number: int) -> date:
    return date(2017, 10, number)


def november(number: int) -> date:
    return date(2017, 11, number)


def facts(on_hand: int = 1_600, **others) -> Facts:
    """It is Friday 27 October; nothing was printed, asked for or counted yet unless `others` say so."""
    plain = Facts("61.03", FRIDAY, Balance(on_hand=on_hand), [], None, SETTINGS, CALENDAR, [], None, {}, 40, "ab" * 32)
    return plain._replace(**others)


def certain(first: date = MONDAY, lead: LeadTime = IN_A_WEEK, workdays_observed: int = 20) -> Outlook:
    """Every open day for twelve weeks uses exactly 200 cards."""
    workdays = CALENDAR.next_open_days(first, 60)
    model = DemandModel(LevelMoments(200, 40_000, 0, 0), (1.0,) * 7, 0.0, 0.0, (1.0,) * 3, workdays_observed)
    demand = CumulativeDemand(tuple(workdays), tuple(200.0 * (i + 1) for i in range(60)), (0.0,) * 60)
    return Outlook(model, demand, lead, CALENDAR.open_days(date(2017, 9, 18), workdays[-1]))


def asked(cards: int = 2_000, on: date = A_WEEK_AGO, due_on: date | None = None, **others) -> Request:
    return Request(1, on, cards, None, 0, None, due_on, False, False, None)._replace(**others)


def printed(day: date, use: int = 200, closing: int = 1_000, **others) -> Day:
    return Day(day, closing + use, closing, printed=use, use=use, logged=True, **others)


def history(*uses: int, last: date = FRIDAY) -> list[Day]:
    return [printed(day, use) for day, use in zip(CALENDAR.last_open_days(last, len(uses)), uses, strict=True)]


# --- The answer in full -------------------------------------------------------------------------


def test_without_a_forecast_the_answer_says_what_the_book_knows_and_no_more():
    balance = Balance(opening=1_700, on_hand=1_600, spoiled=3, printed=97)
    count = Count(october(13), 1_600, 0, 0)
    backlog = {"prr": Stated(october(20), 480)}
    answered = asked(1_000, october(2), received_cards=500, first_received_on=october(9))
    book = facts(
        balance=balance,
        days=[printed(october(26), 50), printed(FRIDAY, 47)],
        settings=SETTINGS._replace(floor_cards=300, accepted_risk=0.1),
        requests=[answered, asked(2_000, due_on=november(1)), asked(700, due_on=november(3))],
        last_count=count,
        backlog=backlog,
        entries_after=2,
    )

    assert status(book, None) == Status(
        office={"code": "61.03", "name": "Disdukcapil Uji"},
        as_of=FRIDAY,
        on_hand_cards=1_600,
        spoiled_cards=3,
        # The first request was answered with its first cards; 2,000 + 700 are still to come.
        on_order_cards=2_700,
        balance=balance,
        last_entry_no=40,
        last_count=count,
        cards_per_workday=None,
        workdays_observed=2,
        use_is_typical=False,
        workdays_of_supply=Spread(None, None, None),
        run_out_on=Spread(None, None, None),
        request_by=None,
        request_cards=None,
        granted_share=0.5,
        accepted_risk=0.1,
        risk_if_requested_today=None,
        risk_before_delivery=None,
        stretch_quota_cards=None,
        next_delivery_on=november(1),
        # The week taken as seen beforehand, and the week that the first request took.
        lead_time=IN_A_WEEK,
        level="unknown",
        reasons=["no_history"],
        missing_workdays=[],
        workdays_to_request=None,
        floor_cards=300,
        forecast_until=None,
        calendar_known_until=NEW_YEAR_EVE,
        backlog=backlog,
        entries_after=2,
        seal="ab" * 32,
    )


def test_the_answer_of_today_has_no_later_entries():
    assert status(facts(), None).entries_after == 0


def test_1600_cards_at_200_a_day_are_answered_in_full():
    book = facts()

    # The shelf lasts eight open days, from Monday 30 October to Wednesday 8 November, and is empty on Thursday the 9th.
    # Asked for on Thursday 2 November the cards come that morning. The next request should wait for five open days
    # more, until the 16th, and is answered on the 23rd: 18 open days use 3,600 cards, which 1,600 and one batch cover.
    assert status(book, certain()) == status(book, None)._replace(
        cards_per_workday=200,
        workdays_observed=20,
        workdays_of_supply=Spread(8, 8, 8),
        run_out_on=Spread(november(9), november(9), november(9)),
        request_by=november(2),
        request_cards=2_000,
        risk_if_requested_today=0,
        level="ok",
        reasons=[],
        workdays_to_request=4,
        forecast_until=november(9),
    )


def test_cards_on_order_put_the_next_request_off_but_not_the_run_out_day():
    answer = status(facts(requests=[asked(400, due_on=november(3))]), certain())

    # 1,600 and 400 last ten open days, until Friday 10 November: the morning of Monday the 13th is early enough.
    assert answer.run_out_on.p50 == november(9)
    assert answer.request_by == november(6)
    assert answer.on_order_cards == 400


def test_a_request_that_is_late_is_reckoned_from_today():
    answer = status(facts(600), certain())

    # 600 cards last until Wednesday 1 November: a week before Thursday the 2nd is Thursday 26 October. Asked for today,
    # the cards come on 3 November, the next request waits until the 10th and is answered on the 17th. By then 14 open
    # days have used 2,800: 600 and one batch are too few.
    assert answer.request_by == october(26)
    assert answer.workdays_to_request == -1
    assert answer.late_workdays == 1
    assert answer.request_cards == 4_000
    # Today's cards come on the 3rd, after Thursday the 2nd has found nothing.
    assert answer.risk_if_requested_today == 1


def test_a_request_that_is_not_late_is_late_by_no_day():
    assert status(facts(), certain()).late_workdays == 0
    assert status(facts(), None).late_workdays == 0


def test_cards_are_asked_for_in_the_batches_of_the_office():
    assert status(facts(600, settings=SETTINGS._replace(batch_cards=500)), certain()).request_cards == 2_500


def test_the_accepted_risk_of_the_office_moves_its_request():
    lead = LeadTime(((3, 0.75), (7, 0.25)))

    careful = status(facts(settings=SETTINGS._replace(accepted_risk=0.05)), certain(lead=lead))
    bold = status(facts(settings=SETTINGS._replace(accepted_risk=0.25)), certain(lead=lead))

    # The cards must come by Thursday 9 November: a week before, or three days before with one chance in four missed.
    assert (careful.request_by, bold.request_by) == (november(2), november(6))


def test_a_shelf_that_outlasts_the_horizon_needs_no_request():
    answer = status(facts(50_000), certain())

    assert answer.workdays_of_supply == answer.run_out_on == Spread(None, None, None)
    assert (answer.request_by, answer.request_cards, answer.workdays_to_request) == (None, None, None)
    assert answer.late_workdays == 0
    # Sixty open days from 30 October are twelve weeks, until Friday 19 January.
    assert answer.forecast_until == date(2018, 1, 19)


def test_days_not_written_down_are_used_up_but_are_no_days_of_supply():
    # The book knows the use until Tuesday 24 October. Wednesday and Thursday are over, today is not.
    horizon_began = certain(first=october(25))

    assert status(facts(1_600), horizon_began).workdays_of_supply == Spread(6, 6, 6)
    assert status(facts(1_600), horizon_began).run_out_on.p50 == november(6)
    assert status(facts(200), horizon_began).workdays_of_supply == Spread(0, 0, 0)


def test_a_stated_typical_use_is_said_to_be_one():
    book = facts(days=history(210, 190))
    answer = status(book, certain(workdays_observed=0))

    assert (answer.use_is_typical, answer.workdays_observed) == (True, 2)
    assert status(book, certain()).use_is_typical is False


# --- What the forecast is made of ---------------------------------------------------------------


def test_what_happens_after_today_does_not_teach():
    assert observed(facts(days=history(200, 190, last=MONDAY))) == [DayUse(FRIDAY, 200)]


def test_five_days_that_show_the_demand_are_enough():
    book = facts(days=history(190, 210, 170, 230, 200), settings=SETTINGS._replace(typical_daily_use=50))

    assert outlook(book).model == fit(observed(book), known_seasons(book.calendar, book.as_of))


def test_with_four_days_that_show_the_demand_the_stated_typical_use_holds():
    days = history(190, 210, 170, 230, 200)
    days[2] = days[2]._replace(quota=170)

    assert outlook(facts(days=days, settings=SETTINGS._replace(typical_daily_use=50))).model == typical(50)
    assert outlook(facts(days=days)) is None


def test_the_horizon_is_250_open_days_from_the_day_after_the_last_one_known():
    book = facts(days=history(190, 210, 170, 230, 200))

    ahead = outlook(book)

    assert ahead.demand == ahead.model.cumulative(CALENDAR.next_open_days(MONDAY, 250))
    assert len(ahead.demand.workdays) == 250
    assert ahead.lead == IN_A_WEEK


def test_an_office_that_is_closed_for_good_has_no_days_ahead():
    closed = Calendar(frozenset(), {}, {}, NEW_YEAR_EVE)

    assert outlook(facts(calendar=closed, settings=SETTINGS._replace(typical_daily_use=50))) is None


def first_day_ahead(**others) -> date:
    return outlook(facts(settings=SETTINGS._replace(typical_daily_use=50), **others)).demand.workdays[0]


def test_an_unwritten_book_is_known_until_today():
    assert first_day_ahead() == MONDAY


@pytest.mark.parametrize(
    ("others", "first"),
    [
        ({"opened_on": october(16)}, october(17)),
        ({"opened_on": october(16), "days": [printed(october(18))]}, october(19)),
        ({"opened_on": october(16), "days": [printed(october(18))._replace(logged=False)]}, october(17)),
        ({"opened_on": october(16), "last_count": Count(october(20), 1_000, 0, 0)}, october(23)),
        ({"days": [printed(october(24)), printed(MONDAY)]}, MONDAY),
        ({"days": [printed(october(18), closing=0), Day(october(24), 0, 500, received=500)]}, october(24)),
        ({"days": [printed(october(18), closing=1), Day(october(24), 1, 501, received=500)]}, october(19)),
        ({"days": [printed(october(18), closing=0)]}, MONDAY),
    ],
    ids=["opened", "printed", "received only", "counted", "printed after today", "empty until a delivery",
         "one card until a delivery", "empty until today"],
)  # fmt: skip
def test_the_days_ahead_begin_after_the_last_day_whose_use_is_known(others, first):
    assert first_day_ahead(**others) == first


def test_every_answered_request_teaches_how_long_a_delivery_takes():
    requests = [
        asked(on=october(2), first_received_on=october(2)),
        asked(on=october(2), first_received_on=october(6)),
        asked(on=october(9)),
        # Received before it was asked for: a slip of the pen, or a request written down afterwards.
        asked(on=october(9), first_received_on=october(6)),
    ]

    # The week taken as seen beforehand, and deliveries of the same day and after four days: a third each.
    assert status(facts(requests=requests), None).lead_time == LeadTime(((0, 1 / 3), (4, 1 / 3), (7, 1 / 3)))


def request_days(high: int = 10, **others) -> list[date]:
    chosen = Settings(lead_low_days=3, lead_high_days=high, typical_daily_use=50)
    return outlook(facts(settings=chosen, **others)).candidates


def test_a_request_may_have_been_due_thirty_open_days_ago():
    # Thirty open days up to Friday 27 October are six weeks: from Monday 18 September.
    days = request_days()

    assert days[0] == date(2017, 9, 18)
    assert days == CALENDAR.open_days(days[0], CALENDAR.next_open_days(MONDAY, 250)[-1])


def test_a_long_lead_time_looks_further_back_for_the_day_to_ask():
    # Lead times from 3 to 100 days are 98, of which the highest twentieth is left out: 93 chances are not 95 %, and
    # 94 are (94/98 = .959), so the longest to reckon with is the 94th, of 96 days. 96 days before Friday 27 October is
    # Sunday 23 July.
    assert request_days(high=100)[0] == date(2017, 7, 24)
    # Where the book is known until Friday 13 October only, 96 days before Monday the 16th is Wednesday 12 July.
    assert request_days(high=100, opened_on=october(13))[0] == date(2017, 7, 12)


def test_an_office_that_opens_for_the_first_time_may_ask_from_its_first_day_on():
    opening = Calendar(frozenset(), {}, office_days([(True, MONDAY, date(2018, 12, 31), "new")]), NEW_YEAR_EVE)

    # Every day is open from then on, so the 250th is 249 days later.
    days = request_days(calendar=opening)

    assert (days[0], days[-1]) == (MONDAY, MONDAY + timedelta(days=249))


# --- Cards on order -----------------------------------------------------------------------------


def test_the_first_delivery_decides_whether_the_shelf_is_empty_before():
    # 500 cards are gone on Wednesday 1 November: cards of Thursday the 2nd are too late, those of that day are not.
    late, in_time = asked(due_on=november(2)), asked(due_on=november(1))

    assert status(facts(500, requests=[late]), certain()).risk_before_delivery == 1
    assert status(facts(500, requests=[late, in_time]), certain()).risk_before_delivery == 0
    assert status(facts(500), certain()).risk_before_delivery is None


def test_the_lead_time_decides_where_no_day_was_promised():
    # Asked for on Friday the 20th: 8 and 13 days are left, half and half, on Saturday 28 October and 2 November.
    lead = LeadTime(((3, 0.5), (8, 0.25), (13, 0.25)))

    answer = status(facts(500, requests=[asked()]), certain(lead=lead))

    assert answer.risk_before_delivery == pytest.approx(0.5)
    assert "too_late" in answer.reasons


def test_a_request_answered_in_full_brings_no_more():
    answered = asked(granted_cards=500, received_cards=500, first_received_on=FRIDAY, due_on=november(2))

    answer = status(facts(500, requests=[answered]), certain())

    assert (answer.risk_before_delivery, answer.next_delivery_on, answer.on_order_cards) == (None, None, 0)


def test_one_card_on_order_is_still_a_delivery():
    answer = status(facts(500, requests=[asked(1, due_on=november(2))]), certain())

    assert (answer.risk_before_delivery, answer.next_delivery_on) == (1, november(2))


def test_the_next_delivery_is_the_first_promised_day_still_to_come():
    requests = [asked(due_on=day) for day in (november(3), None, FRIDAY, FRIDAY - ONE_DAY)]

    assert status(facts(requests=requests), None).next_delivery_on == FRIDAY
    assert status(facts(requests=requests[:2]), None).next_delivery_on == november(3)
    assert status(facts(requests=requests[3:]), None).next_delivery_on is None


def test_a_quota_stretches_the_shelf_to_the_evening_before_the_promised_day():
    # Promised for Thursday 9 November: the 500 cards are for the eight open days from 30 October on, 62 a day.
    answer = status(facts(500, requests=[asked(due_on=november(9))]), certain())

    assert answer.stretch_quota_cards == 62


def test_a_quota_reckons_with_the_usual_lead_time_where_no_day_was_promised():
    # All lead times have passed, so the cards are taken to come tomorrow at the earliest; the quota reckons with the
    # usual week, until Friday 3 November, and so with four open days before it.
    began = certain(first=october(25))

    assert status(facts(200, requests=[asked(on=october(2))]), began).stretch_quota_cards == 50


def test_no_quota_is_named_while_the_delivery_will_likely_come_in_time():
    lead = LeadTime(((8, 0.51), (13, 0.49)))

    answer = status(facts(500, requests=[asked()]), certain(lead=lead))

    assert answer.risk_before_delivery == pytest.approx(0.49)
    assert answer.stretch_quota_cards is None
    assert "too_late" not in answer.reasons


def test_an_even_chance_of_an_empty_shelf_is_likely_enough_for_a_quota():
    # Eight days after the 20th is Saturday 28 October, thirteen days Thursday 2 November. The median lead of 8 days
    # counts from today, to Saturday 4 November, before which five open days lie.
    lead = LeadTime(((8, 0.5), (13, 0.5)))

    answer = status(facts(500, requests=[asked()]), certain(lead=lead))

    assert answer.risk_before_delivery == 0.5
    assert answer.stretch_quota_cards == 500 // 5


# --- Days not written down ----------------------------------------------------------------------


def test_an_open_day_without_a_print_entry_is_missing_from_the_day_after_the_opening_until_yesterday():
    book = facts(opened_on=october(20), days=[printed(october(24))])

    assert missing_workdays(book) == [october(23), october(25), october(26)]


def test_a_day_on_which_cards_only_came_is_missing_too():
    book = facts(opened_on=october(23), days=[Day(october(24), 0, 500, received=500), printed(october(25))])

    assert missing_workdays(book) == [october(24), october(26)]


def test_a_book_without_an_opening_began_with_its_first_entry():
    assert missing_workdays(facts(days=[printed(october(24))])) == [october(25), october(26)]
    assert missing_workdays(facts()) == []


def test_gaps_of_more_than_31_days_ago_are_history():
    # 31 days before 27 October is Tuesday 26 September; from then to yesterday are 23 open days.
    missing = missing_workdays(facts(opened_on=date(2017, 1, 2)))

    assert (missing[0], missing[-1], len(missing)) == (date(2017, 9, 26), october(26), 23)


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
        printed(october(16)),
        printed(october(17)),
        printed(october(18)),
        printed(october(19)),
        printed(october(20)),
        printed(october(23), closing=1),
        printed(october(25), closing=0),
    ]

    # On Thursday the 12th and from the 26th on there was nothing to print. On the 24th there was one card.
    assert missing_workdays(facts(opened_on=october(9), days=days)) == [october(10), october(13), october(24)]


def test_the_day_on_which_the_last_card_was_sent_away_is_missing():
    # In the morning there were cards to print, and nobody wrote that none was.
    book = facts(opened_on=october(23), days=[Day(october(24), 500, 0, sent=500)])

    assert missing_workdays(book) == [october(24)]


# --- What the office is told --------------------------------------------------------------------


def reasons(on_hand: int = 1_600, ahead: Outlook | None = None, **others) -> list[str]:
    return status(facts(on_hand, **others), ahead or certain()).reasons


def level(on_hand: int = 1_600, **others) -> str:
    return status(facts(on_hand, **others), certain()).level


def test_a_shelf_is_empty_when_no_card_is_left():
    assert "empty" in reasons(0)
    assert "empty" not in reasons(1)
    assert level(0) == "empty"


def test_the_last_day_to_ask_is_today_and_so_is_the_time():
    # 800 cards last until Thursday 2 November; a week before Friday the 3rd is today.
    assert reasons(800) == ["late"]
    assert level(800) == "now"


def test_the_day_to_ask_is_soon_when_it_is_at_most_three_open_days_away():
    # 1,000 cards last until Friday the 3rd, and Monday the 6th is early enough: a week before is Monday 30 October.
    # 1,400 last until Tuesday the 7th: Wednesday 1 November is the third open day. With 1,600 it is the fourth.
    assert (reasons(1_000), level(1_000)) == (["soon"], "soon")
    assert (reasons(1_400), level(1_400)) == (["soon"], "soon")
    assert (reasons(1_600), level(1_600)) == ([], "ok")


def test_a_shelf_below_its_floor_is_told_unless_cards_are_on_order():
    floor = SETTINGS._replace(floor_cards=5_001)

    assert (reasons(5_000, settings=floor), level(5_000, settings=floor)) == (["below_floor"], "now")
    assert reasons(5_001, settings=floor) == []
    assert reasons(5_000, settings=floor, requests=[asked(1, due_on=november(1))]) == []


def test_two_missing_days_make_the_answer_unknown_and_one_does_not():
    one = {"opened_on": october(25)}
    two = {"opened_on": october(24)}

    assert (reasons(**one), level(**one)) == ([], "ok")
    assert (reasons(**two), level(**two)) == (["missing_days"], "unknown")
    assert status(facts(**two), certain()).missing_workdays == [october(25), october(26)]


def test_a_promise_is_overdue_from_the_day_after_it():
    yesterday = asked(due_on=FRIDAY - ONE_DAY)

    assert (reasons(requests=[yesterday]), level(requests=[yesterday])) == (["overdue"], "soon")
    assert reasons(requests=[asked(due_on=FRIDAY)]) == []
    assert reasons(requests=[yesterday._replace(closed=True)]) == []


def test_a_delivery_that_comes_too_late_is_told():
    late = [asked(5_000, due_on=november(2))]

    assert (reasons(500, requests=late), level(500, requests=late)) == (["too_late"], "soon")


def test_a_forecast_beyond_the_last_decreed_holiday_says_so():
    # 9,000 cards last 45 open days, nine weeks, until Friday 29 December: Monday 1 January finds nothing, and whether
    # the office works on it is a guess. 8,800 last a day less.
    assert reasons(8_800) == []
    assert (reasons(9_000), level(9_000)) == (["calendar_ends"], "ok")
    assert reasons(8_800, calendar=CALENDAR._replace(known_until=date(2017, 12, 29))) == []
    assert reasons(8_800, calendar=CALENDAR._replace(known_until=date(2017, 12, 28))) == ["calendar_ends"]


def test_a_count_is_open_until_an_adjustment_explains_it():
    assert reasons(last_count=Count(october(20), 1_590, -10, -10)) == ["count_open"]
    assert reasons(last_count=Count(october(20), 1_590, -10, 0)) == []
    assert level(last_count=Count(october(20), 1_590, -10, -10)) == "ok"


def test_the_gravest_reason_decides_the_level():
    missing = {"opened_on": october(2)}
    overdue = [asked(1, due_on=FRIDAY - ONE_DAY)]

    assert level(0, **missing, requests=overdue) == "empty"
    assert level(200, **missing, requests=overdue) == "now"
    assert level(1_400, **missing, requests=overdue) == "unknown"
    assert level(1_600, requests=overdue) == "soon"


def test_every_reason_is_told_in_the_order_of_its_weight():
    book = facts(0, opened_on=october(2), settings=SETTINGS._replace(floor_cards=1))

    assert status(book, certain()).reasons == ["empty", "late", "below_floor", "missing_days"]
    assert status(book, None).reasons == ["empty", "below_floor", "missing_days", "no_history"]
