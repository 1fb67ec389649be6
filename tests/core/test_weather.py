"""Rough weather: what offices saw, and what they are told of it now; the numbers are theirs."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from blangko.core.answer import answer, forecast_days, lead_in_calendar_days
from blangko.core.status import Status
from blangko.core.workdays import NationalDay, NationalDays
from tests.books import book, facts, status


def evenings(text: str, first: str, last: str) -> dict[date, Status]:
    """The answer of each evening."""
    begin, end = date.fromisoformat(first), date.fromisoformat(last)
    every = [begin + timedelta(days=number) for number in range((end - begin).days + 1)]
    return {day: status(text, day.isoformat()) for day in every if day.weekday() < 5}


# --- 1: a request made the alert quiet ------------------------------------------------------------

FOUR_DAYS_LEFT = """
    2026-10-09  setting  typical_daily_use  400
    2026-10-09  opening  1600
"""


def test_asking_for_4000_does_not_make_four_days_of_cards_calm():
    before, after = (status(FOUR_DAYS_LEFT + more, "2026-10-09") for more in ("", "2026-10-09 request 4000"))

    assert (before.level, before.reasons) == ("now", ["late"])
    assert before.risk_if_requested_today == pytest.approx(0.39, abs=0.02)
    # The chance is the same whether it is asked before or after the request is written, and so it is told.
    assert after.risk_before_delivery == pytest.approx(before.risk_if_requested_today)
    assert "too_late" in after.reasons and after.level != "ok"
    # Until the latest usual arrival, on the seventh open day, six days have to be lasted: 1,600 : 6.
    assert after.stretch_quota_cards == 266


# --- 2: OK with one day of cards left -------------------------------------------------------------

SILENT_SINCE_THE_FIRST = """
    2026-10-01  setting  typical_daily_use  100
    2026-10-01  opening  1200
    2026-10-01  request  2000
    2026-10-02..2026-10-16  print  100
"""


def test_a_request_fifteen_days_old_is_not_calm_with_one_day_of_cards():
    seen = evenings(SILENT_SINCE_THE_FIRST, "2026-10-01", "2026-10-16")
    last = seen[date(2026, 10, 16)]

    assert (last.on_hand_cards, last.longest_wait_workdays) == (100, 11)
    assert last.level == "now"
    assert {"at_risk", "unanswered", "too_late"} <= set(last.reasons)
    assert last.risk_before_delivery > 0.9
    # What can be done: from Monday on so many a day until the cards are likely to be there.
    assert last.stretch_quota_cards == 7


def test_the_warning_comes_a_week_before_the_shelf_is_empty():
    seen = evenings(SILENT_SINCE_THE_FIRST, "2026-10-01", "2026-10-16")

    # While the usual ten days are not over and eight days of cards are left, nobody is called for nothing.
    assert {seen[date(2026, 10, number)].level for number in (1, 2, 5, 6, 7, 8)} == {"ok"}
    assert seen[date(2026, 10, 9)].level == "soon"
    assert {seen[date(2026, 10, number)].level for number in (12, 13, 14, 15, 16)} == {"now"}
    assert seen[date(2026, 10, 9)].workdays_of_supply.p50 == 6


def test_doubt_of_a_silent_request_only_grows_once_the_usual_lead_is_over():
    seen = evenings(SILENT_SINCE_THE_FIRST, "2026-10-12", "2026-10-16").values()
    risks = [each.risk_before_delivery for each in seen]

    assert risks == sorted(risks)


PENAJAM = """
    2021-08-05  setting  typical_daily_use  160
    2021-08-05  opening  1200
    2021-08-05  request  10000
    2021-08-06..2021-08-16  print  160
"""


def test_penajam_was_told_ok_with_80_cards_and_no_day():
    seen = evenings(PENAJAM, "2021-08-05", "2021-08-16")
    last = seen[date(2021, 8, 16)]

    assert (last.on_hand_cards, last.workdays_of_supply.p50, last.level) == (80, 0, "now")
    # Two open days before, with 400 cards, it is warned.
    assert seen[date(2021, 8, 12)].level == "soon"
    assert (seen[date(2021, 8, 12)].on_hand_cards, seen[date(2021, 8, 12)].workdays_of_supply.p50) == (400, 2)


# --- 3: an empty shelf that was no risk -----------------------------------------------------------

EMPTY_AND_OVERDUE = """
    2026-10-01  setting  typical_daily_use  100
    2026-10-01  opening  500
    2026-10-01  request  2000  due_on=2026-10-08
    2026-10-02..2026-10-08  print  100
"""


@pytest.mark.parametrize("day", ["2026-10-08", "2026-10-12"])
def test_an_empty_shelf_is_a_whole_risk_whatever_is_on_order(day):
    known = status(EMPTY_AND_OVERDUE, day)

    assert (known.level, known.on_hand_cards, known.on_order_cards) == ("empty", 0, 2000)
    assert (known.risk_if_requested_today, known.risk_before_delivery) == (1, 1)
    # No sentence about 0 cards a day.
    assert known.stretch_quota_cards is None


def test_a_promise_that_has_passed_is_told():
    assert "overdue" not in status(EMPTY_AND_OVERDUE, "2026-10-08").reasons
    assert "overdue" in status(EMPTY_AND_OVERDUE, "2026-10-09").reasons


# --- 4: 50 promised cards that became 4,050 -------------------------------------------------------


def test_4050_on_order_are_not_promised_because_50_of_them_are():
    known = status(
        """
        2026-10-12  opening  500
        2026-10-12  request  4000
        2026-10-12  request  4000
        2026-10-12  grant  50  request_no=2  due_on=2026-10-20
        """,
        "2026-10-12",
    )

    assert known.on_order_cards == 4050
    promised = [each for each in known.deliveries if each.is_promised]
    assert [(each.cards, each.likely_on) for each in promised] == [(50, date(2026, 10, 20))]
    # Of the 4,000 that were not answered a share is expected, within the usual lead.
    (asked,) = [each for each in known.deliveries if not each.is_promised]
    assert asked.request_no == 3 and 1500 < asked.cards < 2000
    assert known.longest_wait_workdays == 0


def test_five_promised_cards_do_not_make_the_wait_for_4000_calm():
    # 300 cards are three days; 4,000 were asked for seven open days ago, and nobody has answered.
    page = """
        2026-08-03  opening  5300
        2026-09-30  request  4000
        2026-08-03..2026-10-09  print  100
    """
    five = """
        2026-08-04  request  100
        2026-10-08  grant  5  request_no=53  due_on=2026-10-12
    """
    assert book(page + five)[52].kind == "request"
    silent, known = status(page, "2026-10-09"), status(page + five, "2026-10-09")

    assert silent.level == known.level == "now"
    # The five come on Monday, before the shelf is empty; what must come is still as doubtful.
    assert known.risk_before_delivery < 0.01
    assert known.risk_of_waiting > 0.5 and "at_risk" in known.reasons


# --- 5: what was asked for, and what comes --------------------------------------------------------

A_QUARTER_TWICE = """
    2026-06-01  opening  5000
    2026-06-01  request  4000
    2026-07-01  request  4000
    2026-06-08  receive  1000  request_no=2
    2026-07-08  receive  1000  request_no=3
    2026-08-03  request  4000
    2026-06-02..2026-07-31  print  100
"""


def test_after_two_quarters_a_third_request_does_not_count_in_full():
    known = status(A_QUARTER_TWICE, "2026-08-03")

    # (.75 + .8 * .25 + .25) / 2.8 = .4286 before the third was asked; it says nothing yet, but puts them further back:
    # (.75 + .64 * .25 + .8 * .25) / 2.44 = .4549.
    assert (known.on_order_cards, known.expected_on_order_cards) == (4000, 1820)


DROUGHT = """
    2025-12-01  opening  80000
    2026-01-05  request  4000
    2026-03-10  request  4000
    2026-06-10  request  4000
    2026-03-09  receive  1000  request_no=2
    2026-06-09  receive  1000  request_no=3
    2026-11-04  receive  1000  request_no=4
    2025-12-01..2026-11-05  print  100
"""


def test_after_63_91_and_147_days_of_wait_eight_are_not_the_usual():
    known = status(DROUGHT, "2026-11-05")

    assert lead_in_calendar_days(known.lead_time) == {"low": 3, "typical": 63, "high": 147}


def test_one_drought_among_usual_deliveries_does_not_change_what_is_usual():
    page = """
        2026-01-05  opening  9000
        2026-01-05  request  500
        2026-04-06  receive  500  request_no=2
        2026-05-04  request  500
        2026-05-11  receive  500  request_no=4
        2026-06-01  request  500
        2026-06-08  receive  500  request_no=6
        2026-01-06..2026-06-09  print  50
    """
    assert lead_in_calendar_days(status(page, "2026-06-09").lead_time)["high"] == 10


def test_an_office_that_gets_2000_a_visit_is_not_told_to_ask_for_24000():
    known = status(
        DROUGHT + "2025-12-01 setting most_per_request 2000\n2026-11-05 send 54000 purpose=back", "2026-11-05"
    )

    assert known.request_cards == 2000
    assert dict(known.request_sum)["ceiling"] < -3_000


def test_the_same_shelf_gives_the_same_number_on_friday_and_on_saturday():
    page = """
        2026-06-01  opening  18400
        2026-06-02..2026-10-09  print  190
    """
    friday, saturday, sunday = (status(page, f"2026-10-{day:02}") for day in (9, 10, 11))

    assert friday.request_sum == saturday.request_sum == sunday.request_sum
    assert friday.request_cards == 4000
    assert friday.risk_if_requested_today == saturday.risk_if_requested_today == sunday.risk_if_requested_today


# --- 6: deliveries on the days of Lebaran ---------------------------------------------------------

LEBARAN_2019 = NationalDays(
    {
        day: NationalDay(day, is_joint_leave, False, "Lebaran", "Eid")
        for day, is_joint_leave in [
            (date(2019, 5, 30), False),
            *((date(2019, 6, number), True) for number in (3, 4, 7)),
            *((date(2019, 6, number), False) for number in (5, 6)),
        ]
    },
    date(2019, 12, 31),
)
BEFORE_LEBARAN = """
    2019-03-04  opening  7690
    2019-03-04..2019-05-29  print  120
    2019-05-31  print  0
"""


def test_nobody_hands_out_cards_during_lebaran():
    # 130 cards at 120 a day on Friday 31 May. A request of that day is answered on Tuesday 11 June at the earliest, the
    # second open day, and two open days of use are more than 130 cards.
    known = status(BEFORE_LEBARAN, "2019-05-31", LEBARAN_2019)

    assert known.on_hand_cards == 130
    assert known.risk_if_requested_today > 0.8
    assert known.level == "now"


def test_a_request_before_lebaran_brings_no_cards_in_it():
    known = status(BEFORE_LEBARAN + "2019-05-31 request 500", "2019-05-31", LEBARAN_2019)

    (coming,) = known.deliveries
    assert min(day for day, _ in coming.days) == date(2019, 6, 11)
    assert known.risk_before_delivery > 0.8 and known.level == "now"
    # Nine days later no open day of the source has passed.
    later = status(BEFORE_LEBARAN + "2019-05-31 request 500", "2019-06-09", LEBARAN_2019)
    assert (later.longest_wait_workdays, later.deliveries) == (0, known.deliveries)


def test_a_source_that_is_closed_while_the_office_works_stops_the_clock():
    # The province is closed from 3 to 14 June, the office works: what was asked for on 31 May comes after it.
    closed = "2019-05-31 calendar source due_on=2019-06-03 until_on=2019-06-14 note=cuti\n2019-05-31 request 500"
    open_source, closed_source = (
        status(BEFORE_LEBARAN.replace("print  0", "print  120") + more, "2019-05-31")
        for more in ("2019-05-31 request 500", closed)
    )

    assert min(day for day, _ in open_source.deliveries[0].days) == date(2019, 6, 4)
    assert min(day for day, _ in closed_source.deliveries[0].days) == date(2019, 6, 18)
    assert closed_source.risk_before_delivery >= open_source.risk_before_delivery


# --- 7: ten cards on a Saturday that made the stock last longer ------------------------------------

OCTOBER = """
    2026-10-01  opening  9000
    2026-10-01..2026-10-30  print  200
"""


def test_ten_cards_on_saturday_and_sunday_do_not_make_the_stock_last_longer():
    before = status(OCTOBER, "2026-10-30")
    after = status(OCTOBER + "2026-10-31 print 10\n2026-11-01 print 10", "2026-11-01")

    assert before.cards_per_workday == after.cards_per_workday == pytest.approx(200, abs=0.5)
    assert before.run_out_on.p50 >= after.run_out_on.p50
    # With Monday written, its use and that of the two days before are the use of one open day.
    monday = status(OCTOBER + "2026-10-31 print 10\n2026-11-01 print 10\n2026-11-02 print 200", "2026-11-02")
    assert monday.cards_per_workday >= 200


def test_five_saturday_sessions_teach_160_a_day_and_not_125():
    weeks = [date(2026, 9, 28) + timedelta(weeks=number) for number in range(5)]
    sessions = "\n".join(
        f"{monday}..{monday + timedelta(days=4)} print 150\n{monday + timedelta(days=5)} print 50" for monday in weeks
    )

    known = status(f"2026-09-28 opening 9000\n{sessions}\n2026-11-02 print 150", "2026-11-02")

    assert known.cards_per_workday == pytest.approx(160, abs=5)


# --- 8: the week that nobody wrote down -----------------------------------------------------------

A_SILENT_WEEK = """
    2026-10-01  setting  typical_daily_use  200
    2026-10-01  opening  2000
    2026-10-01  print  200
"""


def test_a_week_that_nobody_wrote_down_is_not_forgotten_when_the_next_day_is_written():
    before = status(A_SILENT_WEEK, "2026-10-09")
    after = status(A_SILENT_WEEK + "2026-10-09 print 100", "2026-10-09")

    # 1,800 less five days of 200 are 800: four days, today among them; 1,700 less 1,000 are 700: three after today.
    assert (before.unwritten_cards, before.workdays_of_supply.p50) == (1000, 4)
    assert (after.unwritten_cards, after.workdays_of_supply.p50) == (1000, 3)
    assert after.unwritten_workdays == [date(2026, 10, number) for number in (2, 5, 6, 7, 8)]


def test_a_count_puts_the_unwritten_week_right():
    counted = status(A_SILENT_WEEK + "2026-10-09 count 1800", "2026-10-09")

    assert (counted.unwritten_cards, counted.unwritten_workdays, counted.workdays_of_supply.p50) == (0, [], 9)


def test_days_written_down_later_put_the_unwritten_week_right():
    mended = status(A_SILENT_WEEK + "2026-10-02..2026-10-09 print 100", "2026-10-09")

    assert (mended.unwritten_cards, mended.on_hand_cards) == (0, 1200)


# --- 9: sums that nobody could redo ---------------------------------------------------------------


def test_today_is_in_the_first_row_while_it_is_not_written():
    rows = forecast_days(answer(facts("2026-10-08 setting typical_daily_use 40\n2026-10-08 opening 300", "2026-10-08")))
    unwritten = forecast_days(
        answer(
            facts("2026-10-08 setting typical_daily_use 40\n2026-10-08 opening 300\n2026-10-08 print 0", "2026-10-09")
        )
    )

    # Opened on the 8th: the shelf of that evening is known, and the first row is the 9th, until it is written.
    assert rows[0].day == unwritten[0].day == date(2026, 10, 9)
    # The middle of a wide spread lies a little below the mean: 300 - 40 = 260.
    assert (unwritten[0].expected_cards, unwritten[0].stock_cards.p50) == (40, pytest.approx(260, abs=5))


def test_who_has_asked_is_not_told_that_the_day_to_ask_was_96_days_ago():
    page = """
        2026-01-05  opening  13000
        2026-06-01  request  2000
        2026-01-06..2026-06-30  print  100
    """
    known = status(page, "2026-06-30")

    assert known.level == "now"
    # What is on order is enough for whoever asks until Thursday; from Friday on more is needed.
    assert (known.late_workdays, known.request_by) == (0, date(2026, 7, 3))


def test_no_day_to_ask_lies_before_the_book_began():
    assert status("2026-10-05 setting typical_daily_use 200\n2026-10-05 opening 100", "2026-10-07").request_by == date(
        2026, 10, 5
    )


# --- 11: offices that have known nothing but shortage ---------------------------------------------


def test_25_days_at_a_quota_are_answered_with_at_least_that_many():
    known = status(
        """
        2026-09-01  opening  2250
        2026-09-01..2026-10-05  print  60  quota_cards=60
        """,
        "2026-10-05",
    )

    assert (known.on_hand_cards, known.cards_per_workday, known.use_is_at_least) == (750, 60, True)
    assert "no_history" not in known.reasons
    assert (known.workdays_of_supply.p50, known.workdays_at_quota) == (12, 12)


def test_750_cards_at_a_quota_of_50_are_15_days_and_three_without_it():
    known = status(
        """
        2026-08-03  opening  7750
        2026-09-18  setting  quota_cards  50
        2026-08-03..2026-09-18  print  200
        """,
        "2026-09-18",
    )

    assert (known.workdays_of_supply.p50, known.quota_cards, known.workdays_at_quota) == (3, 50, 15)


def test_a_quota_that_was_forgotten_on_one_day_in_five_does_not_halve_the_demand():
    # 200 a day for ten weeks, then 40 days at a quota of 60, marked on four days in five.
    weeks = [date(2026, 3, 16) + timedelta(weeks=number) for number in range(8)]
    rationed = "\n".join(
        f"{monday}..{monday + timedelta(days=3)} print 60 quota_cards=60\n{monday + timedelta(days=4)} print 60"
        for monday in weeks
    )

    known = status(f"2026-01-05 opening 20000\n2026-01-05..2026-03-13 print 200\n{rationed}", "2026-05-08")

    assert known.cards_per_workday == pytest.approx(200, rel=0.1)


# --- 12: books without an opening, and whose request a delivery answers ----------------------------


def test_a_book_without_an_opening_is_not_told_that_its_shelf_is_empty():
    known = status("2026-09-01 setting typical_daily_use 100", "2026-09-01")

    assert (known.level, "empty" in known.reasons, "no_opening" in known.reasons) == ("unknown", False, True)
    # Nothing is written of any day before, so that none is unwritten; it is not told to ask for 98,000.
    assert (known.unwritten_workdays, known.unwritten_cards) == ([], 0)
    assert known.request_cards == 4000


def test_a_book_without_an_opening_has_no_unwritten_days_before_its_first_entry():
    page = """
        2026-09-01  setting  typical_daily_use  100
        2026-09-01  receive  2000
        2026-09-01  print  100
    """
    assert status(page, "2026-09-04").unwritten_workdays == [date(2026, 9, 2), date(2026, 9, 3)]


def test_a_book_opened_years_ago_and_never_counted_has_no_unwritten_days_that_nobody_can_see():
    # Only the last 620 days are looked at; what was written before them is not unwritten.
    page = """
        2014-01-06  opening  200000
        2014-01-07..2017-10-27  print  200
    """
    assert status(page, "2017-10-27").unwritten_workdays == []


def test_a_second_promise_is_one_more():
    page = """
        2026-10-12  opening  500
        2026-10-12  request  4000
        2026-10-12  grant  500  request_no=2  due_on=2026-10-20
        2026-10-13  grant  700  request_no=2  subject=more
    """
    known = status(page, "2026-10-13")

    assert (known.on_order_cards, known.next_delivery_on) == (1200, date(2026, 10, 20))
    assert [round(each.cards) for each in known.deliveries] == [500, 700]


# --- 14: a month's total that taught its whole number in a day -------------------------------------


def test_1527_cards_of_a_month_are_not_1527_a_day():
    # June 2024 has 20 open days: 1,527 are 76 a day.
    page = """
        2024-05-31  opening  5000
        2024-06-28  print  1527  due_on=2024-06-01
    """
    known = status(page, "2024-06-28")

    assert known.cards_per_workday == pytest.approx(1527 / 20, rel=0.02)
    assert (known.unwritten_workdays, known.missing_workdays) == ([], [])


# --- 15: 18,542 people who waited ------------------------------------------------------------------

KLATEN = """
    2017-04-03  setting  typical_daily_use  150
    2017-04-03  opening  10000
"""
QUEUE = "2017-04-03 backlog prr 18542\n2017-04-03 setting print_capacity 250"


def test_18542_people_who_wait_use_10000_cards_at_capacity():
    without, known = status(KLATEN, "2017-04-03"), status(KLATEN + QUEUE, "2017-04-03")

    # 10,000 : 250 = 40 days, and not 66 at 150 a day.
    assert known.workdays_of_supply.p50 == 40
    assert without.workdays_of_supply.p50 > 60
    # 100 more than come new are printed each day: 185.42 days.
    assert known.waiting["prr"].today == 18542
    assert known.waiting_until == answer(facts(KLATEN + QUEUE, "2017-04-03")).ahead.use.workdays[185]
    assert dict(known.request_sum)["waiting"] > 0
    assert known.request_by < without.request_by


def test_the_queue_is_brought_forward_by_what_was_printed():
    # Ten days at 250 leave 16,042 of them, and the people who came new on ten days: 1,500.
    page = KLATEN + QUEUE + "\n2017-04-04..2017-04-17 print 250"
    known = status(page, "2017-04-17")

    assert known.waiting["prr"].today == pytest.approx(18542 - 2500 + 1500, abs=30)


def test_cards_that_come_with_people_waiting_are_used_at_capacity():
    # 36,646 wait and nothing was left for a week; the counter once printed 400 a day, and does so again on arrival.
    page = """
        2017-02-01  opening  15200
        2017-04-10  backlog  prr  36646
        2017-04-17  receive  10000
        2017-02-01..2017-03-27  print  380
    """
    assert sum(entry.kind == "print" for entry in book(page)) == 39
    page += "2017-03-28 print 380"
    known = status(page, "2017-04-17")

    assert known.on_hand_cards == 10_000
    # 10,000 : 380 are 26 days.
    assert known.workdays_of_supply.p50 == 26


# --- What a count has shown is what is on the shelf ------------------------------------------------


def test_a_count_that_finds_fewer_cards_never_makes_them_last_longer():
    """A count of 2,900 where the book said 4,100 took back what unwritten days had cost: a week longer, not shorter."""
    page = """
        2018-04-02  setting  typical_daily_use  180
        2018-04-02  opening  5000
        2018-04-03..2018-04-09  print  180
    """
    before, counted = (status(page + more, "2018-04-18") for more in ("", "2018-04-18 count 2900"))

    # 5,000 less five days' prints are 4,100; 1,200 are missing at the count, and no day is unwritten any more.
    assert (counted.on_hand_cards, counted.shelf_cards, counted.unwritten_cards) == (4100, 2900, 0)
    assert before.workdays_of_supply.p50 is not None and counted.workdays_of_supply.p50 is not None
    assert counted.workdays_of_supply.p50 <= before.workdays_of_supply.p50 + 1
    assert dict(counted.request_sum)["on_hand"] == -2900


def test_a_daily_number_that_is_no_less_than_the_usual_use_is_no_ration():
    """An overdue delivery was answered with "give out at most 161 a day" where 150 were used."""
    page = """
        2018-03-05  setting  typical_daily_use  150
        2018-03-05  opening  3000
        2018-03-05  request  4000  due_on=2018-03-12
    """

    assert status(page + "2018-03-12 print 900 due_on=2018-03-05", "2018-03-13").stretch_quota_cards is None
