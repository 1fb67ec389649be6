"""The answer: what is known, how long the shelf lasts, and what the office is told about it."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from blangko.core.answer import answer, demand_model, forecast_days, lead_in_calendar_days, observed, outlook, supply_of
from blangko.core.book import Balance, Day
from blangko.core.facts import Count, Facts, Stated
from blangko.core.forecast import Spread
from blangko.core.level import fit, typical
from blangko.core.requests import Request
from blangko.core.seasons import known_seasons
from blangko.core.settings import Settings
from blangko.core.status import Status
from blangko.core.supply import LeadTime
from blangko.core.waiting import Waiting
from blangko.core.workdays import MONDAY_TO_FRIDAY, Calendar, OfficeDay, office_days
from tests import books

A_WEEK_AGO, FRIDAY, MONDAY = date(2017, 10, 20), date(2017, 10, 27), date(2017, 10, 30)
ONE_DAY = timedelta(days=1)
NEW_YEAR_EVE = date(2017, 12, 31)
CALENDAR = Calendar(MONDAY_TO_FRIDAY, {}, {}, NEW_YEAR_EVE)
SETTINGS = Settings(office_name="Disdukcapil Uji", lead_low_days=7, lead_high_days=7)


def october(number: int) -> date:
    return date(2017, 10, number)


def november(number: int) -> date:
    return date(2017, 11, number)


def facts(on_hand: int = 1_600, **others) -> Facts:
    """It is Friday 27 October; nothing was printed, asked for or counted yet unless `others` say so."""
    plain = Facts(
        "61.03", FRIDAY, Balance(on_hand=on_hand), [], FRIDAY, SETTINGS, CALENDAR, CALENDAR, [], None, {}, 40, "ab" * 32
    )
    return plain._replace(**others)


def steady(left: int, more: str = "", **chosen: object) -> Status:
    """106 open days of just 200 cards, and so many left on Friday 27 October 2017; cards come in 5 open days."""
    choices = {"lead_low_days": 7, "lead_high_days": 7} | chosen
    lines = [f"2017-06-01 setting {name} {value}" for name, value in choices.items()]
    page = f"""
        2017-06-01  opening  {21_200 + left}
        {more}
        2017-06-02..2017-10-27  print  200
    """
    return books.status("\n".join([page, *lines]), "2017-10-27")


def asked(cards: int = 2_000, on: date = A_WEEK_AGO, due_on: date | None = None, **others) -> Request:
    return Request(1, on, cards, due_on=due_on)._replace(**others)


def printed(day: date, use: int = 200, closing: int = 1_000, **others) -> Day:
    return Day(day, closing + use, closing, printed=use, use=use, logged=True, **others)


def history(*uses: int, last: date = FRIDAY) -> list[Day]:
    return [printed(day, use) for day, use in zip(CALENDAR.last_open_days(last, len(uses)), uses, strict=True)]


# --- The answer in full ---------------------------------------------------------------------------


def test_without_a_forecast_the_answer_says_what_the_book_knows_and_no_more():
    balance = Balance(opening=1_700, on_hand=1_600, spoiled=3, printed=97)
    count = Count(october(13), 1_600, 0, 0)
    answered = asked(1_000, october(2), received_cards=500, first_received_on=october(9))
    requests = [answered, asked(2_000, due_on=november(1)), asked(700, due_on=november(3))]
    book = facts(
        balance=balance,
        opened_on=october(25),
        days=[printed(october(26), 50), printed(FRIDAY, 47)],
        settings=SETTINGS._replace(floor_cards=300, accepted_risk=0.1, quota_cards=50),
        requests=requests,
        last_count=count,
        backlog={"prr": Stated(FRIDAY, 480)},
        quotas=((october(2), 50),),
        loans={"Sekadau": 500},
        entries_after=2,
    )
    known = answer(book).status

    assert known == Status(
        office={"code": "61.03", "name": "Disdukcapil Uji"},
        as_of=FRIDAY,
        on_hand_cards=1_600,
        shelf_cards=1_600,
        spoiled_cards=3,
        # The first request was answered with its first cards; 2,000 + 700 are still to come.
        on_order_cards=2_700,
        # Half of what was asked came; before that all or half was expected: (.75 + .64 * .5) / 1.64 of 2,700.
        expected_on_order_cards=round(2_700 * (0.75 + 0.32) / 1.64),
        balance=balance,
        last_entry_no=40,
        last_count=count,
        cards_per_workday=None,
        drain_cards_per_workday=None,
        workdays_observed=2,
        use_is_typical=False,
        use_is_at_least=False,
        workdays_of_supply=Spread(None, None, None),
        quota_cards=50,
        workdays_at_quota=32,
        run_out_on=Spread(None, None, None),
        unwritten_cards=0,
        unwritten_workdays=[],
        request_by=None,
        ask=None,
        reorder_level_cards=None,
        granted_share=pytest.approx((0.75 + 0.32) / 1.64),
        accepted_risk=0.1,
        risk_if_requested_today=None,
        risk_before_delivery=None,
        risk_of_waiting=None,
        risk_allowed=0.2,
        quota=None,
        stretch_quota_cards=None,
        next_delivery_on=november(1),
        deliveries=known.deliveries,
        lead_time=known.lead_time,
        waiting={"prr": Waiting(480, FRIDAY, 480)},
        waiting_until=None,
        campaigns=(),
        loans={"Sekadau": 500},
        requests=requests,
        longest_wait_workdays=None,
        level="unknown",
        reasons=["no_history"],
        missing_workdays=[],
        reminder_workdays=[],
        workdays_to_request=None,
        floor_cards=300,
        forecast_until=None,
        calendar_known_until=NEW_YEAR_EVE,
        entries_after=2,
        seal="ab" * 32,
    )
    assert (known.request_cards, known.request_sum, known.late_workdays) == (None, (), 0)


def test_1600_cards_at_200_a_day_are_answered_in_full():
    # The shelf lasts eight open days, from Monday 30 October to Wednesday 8 November. Cards on the morning of the 8th
    # are certainly in time: five open days before it is Wednesday 1 November, three open days from now. Asked for then
    # they are there by the 8th; the next request is made at the review on the 13th and answered by the 20th: the 15
    # days before it use 3,000.
    known = steady(1_600)

    assert known.cards_per_workday == pytest.approx(200, abs=0.1)
    assert (known.workdays_observed, known.use_is_typical) == (106, False)
    assert known.workdays_of_supply == Spread(7, 8, 8)
    assert known.run_out_on == Spread(november(8), november(9), november(9))
    assert (known.request_by, known.workdays_to_request, known.late_workdays) == (november(1), 3, 0)
    assert known.ask is not None
    assert (known.ask.until, known.request_cards) == (november(17), 2_000)
    assert dict(known.request_sum)["use"] == 3_000
    assert (known.level, known.reasons) == ("soon", ["soon"])
    assert known.forecast_until == november(9)


def test_a_request_that_is_late_is_reckoned_from_today():
    # 600 cards last until Wednesday 1 November, five open days before which is Wednesday 25 October.
    known = steady(600)

    assert (known.request_by, known.workdays_to_request, known.late_workdays) == (october(25), -2, 2)
    # Asked for today, the cards come on Friday the 3rd; the review is on the 8th, its answer by the 15th: 12 days.
    assert dict(known.request_sum)["use"] == 2_400
    assert known.risk_if_requested_today == pytest.approx(1, abs=0.001)
    assert known.level == "now"


def test_a_day_to_ask_is_not_looked_for_before_the_book_began():
    known = books.status("2026-10-09 setting typical_daily_use 400\n2026-10-09 opening 400", "2026-10-12")

    assert known.request_by == date(2026, 10, 9)


def test_who_has_cards_on_order_is_not_told_that_the_day_to_ask_was_weeks_ago():
    known = steady(200, more="2017-10-26 request 500")

    assert (known.request_by, known.late_workdays) == (FRIDAY, 0)


def test_cards_are_asked_for_in_the_batches_of_the_office():
    known = steady(600, batch_cards=500)

    # 2,400 and a reserve for one time in twenty, less 600.
    assert known.request_cards == 2_000


def test_the_accepted_risk_of_the_office_moves_its_request():
    careful = steady(1_600, lead_low_days=3, lead_high_days=10, accepted_risk=0.05)
    bold = steady(1_600, lead_low_days=3, lead_high_days=10, accepted_risk=0.3)

    # Cards on the 8th are in time, on the 9th every other time. The leads are 2 to 7 open days, .159 each, and .048
    # longer ones. Asked for seven days before the 8th, on 30 October, only these are late. Asked for on 1 November,
    # leads of six days are late every other time and those of seven always: .079 + .159 + .048 = .286.
    assert (careful.request_by, bold.request_by) == (october(30), november(1))
    assert careful.reorder_level_cards > bold.reorder_level_cards


def test_a_floor_above_the_reorder_level_is_the_level_to_ask_at():
    # Asked for today, the cards come on the morning of the fifth open day: four days at 200, and a little more.
    assert 800 < steady(1_600).reorder_level_cards < 900
    assert steady(1_600, floor_cards=1500).reorder_level_cards == 1_500


def test_the_reorder_level_does_not_depend_on_what_is_on_the_shelf():
    assert steady(1_600).reorder_level_cards == steady(300).reorder_level_cards


def test_a_shelf_that_outlasts_the_horizon_needs_no_request():
    known = steady(90_000)

    assert known.workdays_of_supply == known.run_out_on == Spread(None, None, None)
    assert (known.request_by, known.request_cards, known.workdays_to_request) == (None, None, None)
    assert known.late_workdays == 0
    assert known.forecast_until == CALENDAR.next_open_days(MONDAY, 250)[-1]


def test_a_stated_typical_use_is_said_to_be_one():
    known = answer(facts(days=history(210, 190), settings=SETTINGS._replace(typical_daily_use=200))).status

    assert (known.use_is_typical, known.workdays_observed) == (True, 2)


def test_the_cards_of_the_unwritten_days_are_told_and_are_not_more_than_there_are():
    # Nobody wrote down Wednesday 25 and Thursday 26 October.
    page = """
        2017-06-01  opening  {}
        2017-06-02..2017-10-24  print  200
        2017-10-27  print  200
    """
    plenty, scarce = (books.status(page.format(20_800 + left), "2017-10-27") for left in (1_600, 150))

    assert plenty.unwritten_workdays == [october(25), october(26)]
    assert plenty.unwritten_cards == pytest.approx(400, abs=2)
    assert plenty.workdays_of_supply.p50 == 6
    assert (scarce.unwritten_cards, scarce.workdays_of_supply.p50) == (150, 0)


def test_leads_are_told_in_calendar_days():
    lead = LeadTime(((2, 0.5), (5, 0.3), (7, 0.2)), 7)

    assert lead_in_calendar_days(lead) == {"low": 3, "typical": 3, "high": 10}


# --- What the forecast is made of -----------------------------------------------------------------


def test_what_happens_after_today_does_not_teach():
    assert [use.day for use in observed(facts(days=history(200, 190, last=MONDAY)))] == [FRIDAY]


def test_five_days_that_show_the_demand_are_enough():
    book = facts(days=history(190, 210, 170, 230, 200), settings=SETTINGS._replace(typical_daily_use=50))

    assert demand_model(book) == fit(observed(book), known_seasons(CALENDAR, FRIDAY))


def test_with_four_days_that_show_the_demand_the_stated_typical_use_holds():
    days = history(190, 210, 170, 230, 200)
    days[2] = days[2]._replace(quota=170)

    assert demand_model(facts(days=days, settings=SETTINGS._replace(typical_daily_use=50))) == typical(50)


def ahead_of(book: Facts):
    return outlook(book, supply_of(book))


def test_without_a_stated_use_too_short_a_history_gives_no_forecast():
    assert ahead_of(facts(days=history(190, 210, 170, 230))) is None
    assert forecast_days(answer(facts())) == []


def test_the_horizon_is_250_open_days_from_the_day_after_the_last_one_known():
    ahead = ahead_of(facts(days=history(190, 210, 170, 230, 200)))

    assert ahead.use.workdays == tuple(CALENDAR.next_open_days(MONDAY, 250))
    assert ahead.use.demand == ahead.model.cumulative(ahead.use.workdays)


def test_an_office_that_is_closed_for_good_has_no_days_ahead():
    closed = Calendar(frozenset(), {}, {}, NEW_YEAR_EVE)

    assert ahead_of(facts(calendar=closed, settings=SETTINGS._replace(typical_daily_use=50))) is None


def test_days_on_which_nothing_can_be_printed_use_no_card():
    stopped = frozenset({MONDAY, october(31)})
    book = facts(settings=SETTINGS._replace(typical_daily_use=50), stopped=stopped)

    assert ahead_of(book).use.workdays[0] == november(1)


def first_days(**others) -> tuple[list[date], date]:
    """The unwritten days, and the first day ahead."""
    ahead = ahead_of(facts(settings=SETTINGS._replace(typical_daily_use=50), **others))
    return list(ahead.unwritten), ahead.use.workdays[0]


WEDNESDAY, THURSDAY = october(25), october(26)


@pytest.mark.parametrize(
    ("others", "expected"),
    [
        ({"opened_on": FRIDAY}, ([], MONDAY)),
        ({"opened_on": october(24)}, ([WEDNESDAY, THURSDAY], FRIDAY)),
        ({"opened_on": october(16), "days": [printed(october(24))]},
         ([october(17), october(18), october(19), october(20), october(23), WEDNESDAY, THURSDAY], FRIDAY)),
        ({"opened_on": october(24), "days": [printed(WEDNESDAY)._replace(logged=False)]},
         ([WEDNESDAY, THURSDAY], FRIDAY)),
        ({"opened_on": october(16), "last_count": Count(WEDNESDAY, 1_000, 0, 0)}, ([THURSDAY], FRIDAY)),
        ({"opened_on": october(16), "last_count": Count(FRIDAY, 1_000, 0, 0)}, ([], MONDAY)),
        ({"opened_on": THURSDAY, "days": [printed(FRIDAY)]}, ([], MONDAY)),
        ({"opened_on": THURSDAY, "days": [printed(MONDAY)]}, ([], FRIDAY)),
        ({"opened_on": THURSDAY, "stopped": frozenset({FRIDAY})}, ([], MONDAY)),
        ({"opened_on": october(23), "days": [printed(october(24), closing=0)]}, ([], MONDAY)),
        ({"opened_on": october(23), "days": [printed(october(24), closing=1)]}, ([WEDNESDAY, THURSDAY], FRIDAY)),
    ],
    ids=["opened today", "opened", "printed once", "received only", "counted", "counted today", "printed today",
         "printed tomorrow", "stopped today", "empty since", "one card since"],
)  # fmt: skip
def test_today_is_still_ahead_while_it_is_not_written_and_the_days_before_it_are_unwritten(others, expected):
    assert first_days(**others) == expected


def request_days(**others) -> list[date]:
    return ahead_of(facts(settings=SETTINGS._replace(typical_daily_use=50), **others)).candidates


def test_a_request_may_have_been_due_45_days_ago_but_not_before_the_book_began():
    # 45 days before Friday 27 October is Tuesday 12 September.
    assert request_days(opened_on=date(2017, 1, 2))[0] == date(2017, 9, 12)
    assert request_days(opened_on=october(21))[0] == october(23)
    assert request_days(opened_on=None)[0] == FRIDAY


def test_with_cards_on_order_the_next_request_is_asked_of_today_on():
    assert request_days(opened_on=date(2017, 1, 2), requests=[asked()])[0] == FRIDAY


def test_on_a_closed_day_a_request_may_still_be_made():
    saturday = FRIDAY + ONE_DAY

    assert request_days(as_of=saturday, opened_on=saturday)[:2] == [saturday, MONDAY]


def test_an_office_that_opens_for_the_first_time_may_ask_from_today_on():
    opening = Calendar(frozenset(), {}, office_days([(True, MONDAY, date(2018, 12, 31), "new")]), NEW_YEAR_EVE)

    # Every day is open from Monday on, so the 250th is 249 days later.
    days = request_days(calendar=opening)

    assert (days[0], days[1], days[-1]) == (FRIDAY, MONDAY, MONDAY + timedelta(days=249))


def test_the_rows_reach_until_the_shelf_is_empty_nine_times_in_ten_and_at_least_a_week():
    page = "2017-10-27 setting typical_daily_use 200\n2017-10-27 opening {}"
    many, few = (answer(books.facts(page.format(cards), "2017-10-27")) for cards in (3_000, 10))

    rows = forecast_days(many)
    assert rows[-1].empty_probability >= 0.9 > rows[-2].empty_probability
    assert rows[-1].day == many.status.run_out_on.p90
    assert len(forecast_days(few)) == 5


# --- Cards on order -------------------------------------------------------------------------------


def test_a_promised_delivery_decides_whether_the_shelf_is_empty_before():
    # 500 cards are gone on Wednesday 1 November: cards of Thursday the 2nd are too late, those of that day are not.
    late, in_time = (f"2017-10-26 request 2000 due_on=2017-11-0{day}" for day in (2, 1))

    assert steady(500, more=late).risk_before_delivery == pytest.approx(1, abs=0.001)
    assert steady(500, more=late + "\n" + in_time).risk_before_delivery == pytest.approx(0, abs=0.001)
    assert steady(500).risk_before_delivery is None


def test_with_an_empty_shelf_the_wait_is_lost_whatever_is_on_order():
    known = steady(0, more="2017-10-26 request 2000 due_on=2017-10-30")

    assert (known.risk_before_delivery, known.risk_if_requested_today, known.stretch_quota_cards) == (1, 1, None)
    assert known.level == "empty"


def test_the_run_out_day_does_not_count_what_is_on_order():
    assert steady(1_600, more="2017-10-26 request 400").run_out_on == steady(1_600).run_out_on


def test_a_request_answered_in_full_brings_no_more():
    known = steady(500, more="2017-10-16 request 500\n2017-10-23 receive 500 request_no=2\n2017-10-23 send 500")

    assert (known.risk_before_delivery, known.next_delivery_on, known.on_order_cards) == (None, None, 0)


def test_the_next_delivery_is_the_first_promised_day_still_to_come():
    def next_delivery(*days: date | None) -> date | None:
        return answer(facts(requests=[asked(due_on=day) for day in days])).status.next_delivery_on

    assert next_delivery(november(3), None, FRIDAY, FRIDAY - ONE_DAY) == FRIDAY
    assert next_delivery(november(3), None) == november(3)
    assert next_delivery(FRIDAY - ONE_DAY) is None


def test_a_quota_stretches_the_shelf_to_the_evening_before_the_promised_day():
    # Promised for Thursday 9 November: the 500 cards are for the eight open days from 30 October on, 62 a day.
    assert steady(500, more="2017-10-26 request 2000 due_on=2017-11-09").stretch_quota_cards == 62
    # In time: no quota is named.
    assert steady(500, more="2017-10-26 request 2000 due_on=2017-11-01").stretch_quota_cards is None


def test_a_silent_request_has_waited_since_it_was_made():
    # From Friday the 20th to Friday the 27th are five open days of the source.
    assert steady(1_600, more="2017-10-20 request 500").longest_wait_workdays == 5
    assert steady(1_600, more="2017-10-20 request 500\n2017-10-23 grant 500 request_no=2").longest_wait_workdays is None
    assert steady(1_600, more="2017-10-20 request 500 due_on=2017-10-27").longest_wait_workdays is None
    assert steady(1_600, more="2017-10-20 request 500 due_on=2017-10-26").longest_wait_workdays == 5


def test_twice_the_accepted_risk_is_allowed_while_the_wait_is_within_the_longest_usual_lead():
    # Five open days are the longest usual lead; Thursday 19 October was six days ago.
    assert steady(1_600, more="2017-10-20 request 500").risk_allowed == 0.1
    assert steady(1_600, more="2017-10-19 request 500").risk_allowed == 0.05
    # The newer of two requests is within it.
    assert steady(1_600, more="2017-10-19 request 500\n2017-10-26 request 500").risk_allowed == 0.1


def test_while_the_source_is_closed_no_day_of_the_wait_passes():
    closed = {day: OfficeDay(False, "leave") for day in (october(23), october(24))}
    book = facts(requests=[asked()], source=CALENDAR._replace(office=closed))

    assert answer(book).status.longest_wait_workdays == 3


# --- More than one request on order -------------------------------------------------------------


def test_no_request_is_proposed_while_what_is_on_order_is_enough_even_if_a_part_of_it_comes_late():
    # 200 promised for Tuesday last through Wednesday, 9,000 for the Friday after next: between them nothing is left,
    # and no request of today comes before that Friday.
    status = steady(
        100,
        more="""
            2017-10-20  request  9000
                        grant     200  due_on=2017-10-31  request_no=2
                        grant    9000  due_on=2017-11-10  request_no=2  subject=more
        """,
    )

    # 9,200 come, the use of 46 days; the lead of a request of today and the review after it are over in ten.
    assert status.request_by is not None and status.request_by > date(2017, 11, 10)
    assert status.ask is not None and status.ask.need_cards > 0
    assert "too_late" in status.reasons


def test_while_people_come_back_after_a_drought_the_rate_shown_is_the_demand_and_beside_it_what_is_printed():
    days = history(*[190, 210, 170, 230, 200] * 8, *[50] * 20, 400, 400, 400)
    days[40:60] = [day._replace(quota=50) for day in days[40:60]]

    known = answer(facts(days=days, balance=Balance(received=20_000, on_hand=2_000))).status

    # 200 people come back every day, of at most 15 % of those who wait: nearly 400 a day and then fewer. 2,000 cards at
    # 200 a day would promise ten days.
    assert known.cards_per_workday == pytest.approx(200, rel=0.03)
    assert 330 < known.drain_cards_per_workday < 400
    assert known.workdays_of_supply.p50 == 5
