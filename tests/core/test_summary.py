"""The summary of a period: its rows and sums, the papers issued, and the picture's data."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from blangko.core.answer import Outlook, answer
from blangko.core.book import Balance, Day
from blangko.core.columns import LOAN
from blangko.core.demand import EmptyStretch, empty_stretches
from blangko.core.entry import movement
from blangko.core.facts import Facts
from blangko.core.forecast import ForecastRow, Spread, empty_chances
from blangko.core.level import CumulativeDemand, DemandModel, LevelMoments
from blangko.core.reorder import Ask, Cover
from blangko.core.requests import Request
from blangko.core.settings import Settings
from blangko.core.summary import (
    Evening,
    Issued,
    MonthUse,
    Queue,
    Remark,
    Stop,
    SummaryRow,
    chart_of,
    covered_workdays,
    days_taken,
    issued_paper,
    late_entries,
    monthly_use,
    queues,
    remarks,
    stops,
    summary_rows,
    totals,
    with_deliveries,
)
from blangko.core.supply import Delivery, LeadTime, SourceDays
from blangko.core.use import UseAhead
from blangko.core.waiting import Waiting
from blangko.core.workdays import MONDAY_TO_FRIDAY, Calendar, NationalDay, OfficeDay

MONDAY, TUESDAY, WEDNESDAY, THURSDAY, FRIDAY, SATURDAY, SUNDAY = (date(2017, 10, day) for day in range(2, 9))
ONE_DAY = timedelta(days=1)
CALENDAR = Calendar(MONDAY_TO_FRIDAY, {}, {}, date(2017, 12, 31))


# --- Rows and sums ------------------------------------------------------------------------------


def test_a_period_has_a_row_for_each_open_day_and_for_a_closed_day_on_which_cards_moved():
    friday = Day(FRIDAY, 500, 350, printed=150)
    saturday = Day(SATURDAY, 350, 840, received=500, printed=4, spoiled=3, sent=2, lost=1, adjusted=0)

    rows = summary_rows([friday, saturday], CALENDAR, THURSDAY, SUNDAY + ONE_DAY, 500)

    # Nothing moved on Thursday and on Monday: the shelf stays as it was. Sunday was closed and quiet.
    assert rows == [
        SummaryRow(THURSDAY, True, closing=500),
        SummaryRow(FRIDAY, True, printed=150, closing=350),
        SummaryRow(SATURDAY, False, received=500, printed=4, spoiled=3, sent=2, lost=1, closing=840),
        SummaryRow(SUNDAY + ONE_DAY, True, closing=840),
    ]


def test_a_day_at_either_end_belongs_to_the_period_and_its_neighbours_do_not():
    days = [Day(day, 0, 100 + number, adjusted=number) for number, day in enumerate((MONDAY, TUESDAY, WEDNESDAY))]

    assert [row.day for row in summary_rows(days, CALENDAR, MONDAY, WEDNESDAY, 0)] == [MONDAY, TUESDAY, WEDNESDAY]
    assert summary_rows(days, CALENDAR, TUESDAY, TUESDAY, 100) == [SummaryRow(TUESDAY, True, adjusted=1, closing=101)]


def test_the_sums_of_a_period_are_those_of_its_rows():
    rows = [
        SummaryRow(MONDAY, True, 500, 40, 3, 20, 2, -7, 428),
        SummaryRow(TUESDAY, True, 100, 60, 1, 0, 1, 5, 471),
    ]

    assert totals(rows, TUESDAY, 471) == SummaryRow(TUESDAY, True, 600, 100, 4, 20, 3, -2, 471)
    assert totals([], TUESDAY, 428) == SummaryRow(TUESDAY, True, closing=428)


# --- What is worth saying of a day --------------------------------------------------------------


def told(days=(), papers=(), missing=(), calendar=CALENDAR, stopped=frozenset()):
    seen = facts(days)._replace(calendar=calendar, as_of=SUNDAY, stopped=stopped)
    return remarks(seen, MONDAY, SUNDAY, papers, missing)


def test_a_weekday_that_is_closed_says_why_and_a_weekend_says_nothing():
    christmas = NationalDay(TUESDAY, False, False, "Hari Raya Natal", "Christmas Day")
    calendar = CALENDAR._replace(national={TUESDAY: christmas}, office={FRIDAY: OfficeDay(False, "moving house")})

    assert told(calendar=calendar) == {
        TUESDAY: [Remark("closed", national=christmas)],
        FRIDAY: [Remark("closed", "moving house")],
    }


def test_a_day_says_why_it_was_stopped_how_it_was_rationed_and_that_nobody_wrote_it():
    days = [Day(MONDAY, 500, 500, cause="server"), Day(TUESDAY, 500, 400, use=100, quota=100, turned_away=60)]

    assert told(days, missing=[WEDNESDAY], stopped=frozenset({THURSDAY, SATURDAY})) == {
        MONDAY: [Remark("stopped", "server")],
        TUESDAY: [Remark("quota", cards=100), Remark("turned_away", cards=60)],
        WEDNESDAY: [Remark("unwritten")],
        THURSDAY: [Remark("stopped", "")],
    }


def test_an_open_day_that_passed_without_a_card_is_empty_and_not_stopped():
    emptied, dead = Day(WEDNESDAY, 100, 0, use=100), Day(THURSDAY, 0, 0, cause="no-blanks", logged=True)

    # Saturday and Sunday were closed: nobody came.
    assert told([emptied, dead]) == {THURSDAY: [Remark("empty")], FRIDAY: [Remark("empty")]}


def test_each_paper_stands_beside_its_day_with_its_number_and_its_party():
    papers = [
        movement("receive", MONDAY, 2000, reference="BAST 470/12", party="Provinsi"),
        movement("receive", MONDAY, 300, party="Landak", purpose=LOAN),
        movement("send", TUESDAY, 275, party="Kec. Kapuas"),
        movement("send", TUESDAY, 50, party="Landak", purpose=LOAN),
        movement("lose", WEDNESDAY, 2, reference="LP/12"),
        movement("destroy", WEDNESDAY, 7, reference="BA 3"),
    ]

    assert told(papers=papers) == {
        MONDAY: [Remark("received", "BAST 470/12", "Provinsi", 2000), Remark("borrowed", "", "Landak", 300)],
        TUESDAY: [Remark("sent", "", "Kec. Kapuas", 275), Remark("lent", "", "Landak", 50)],
        WEDNESDAY: [Remark("lost", "LP/12", "", 2), Remark("destroyed", "BA 3", "", 7)],
    }


def test_days_outside_the_period_are_not_told():
    assert told([Day(MONDAY - ONE_DAY, 500, 500, cause="server")], missing=[SUNDAY + ONE_DAY]) == {}


# --- Stretches, months, requests ----------------------------------------------------------------


def test_a_shelf_that_emptied_on_wednesday_was_empty_on_two_working_days_by_sunday():
    days = [Day(WEDNESDAY, 100, 0), Day(THURSDAY, 0, 0)]

    assert empty_stretches(days, CALENDAR, SUNDAY) == [EmptyStretch(WEDNESDAY, SUNDAY, 2, True)]


def test_a_delivery_ends_the_stretch_on_the_day_before_it():
    days = [Day(MONDAY, 0, 0), Day(WEDNESDAY, 0, 500, received=500), Day(FRIDAY, 500, 0)]

    assert empty_stretches(days, CALENDAR, FRIDAY) == [
        EmptyStretch(MONDAY, TUESDAY, 2, False),
        EmptyStretch(FRIDAY, FRIDAY, 0, True),
    ]
    assert empty_stretches(days, CALENDAR, THURSDAY) == [EmptyStretch(MONDAY, TUESDAY, 2, False)]
    assert empty_stretches([], CALENDAR, FRIDAY) == []


def test_a_stop_for_want_of_blanks_is_an_empty_shelf_and_no_stop():
    days = [Day(MONDAY, 9, 9, cause="ribbon"), Day(TUESDAY, 0, 0, cause="no-blanks")]

    seen = facts(days)._replace(as_of=THURSDAY, stopped=frozenset({MONDAY, WEDNESDAY, SUNDAY}))
    assert stops(seen) == [Stop(MONDAY, "ribbon"), Stop(WEDNESDAY, "")]


def test_the_months_reach_back_to_the_same_month_of_last_year():
    last_year, this_month = Day(date(2016, 10, 31), 900, 800, use=100), Day(TODAY, 800, 500, use=300)
    months = monthly_use(facts([Day(date(2016, 9, 30), 950, 900, use=50), last_year, this_month], date(2016, 9, 1)))

    assert [month.first for month in months][::12] == [date(2016, 10, 1), date(2017, 10, 1)]
    # October 2016 began on a Saturday: 21 weekdays. October 2017 up to Friday the 27th: 20.
    assert (months[0], months[-1]) == (MonthUse(date(2016, 10, 1), 100, 21), MonthUse(date(2017, 10, 1), 300, 20))
    assert months[-1].cards_per_workday == 15


def test_the_month_in_which_the_book_began_counts_from_its_opening():
    months = monthly_use(facts([Day(date(2017, 9, 28), 900, 800, use=100)], date(2017, 9, 28)))

    assert months == [MonthUse(date(2017, 9, 1), 100, 2), MonthUse(date(2017, 10, 1), 0, 20)]
    assert MonthUse(TODAY, 5, 0).cards_per_workday is None


def test_a_request_has_taken_the_days_to_its_first_cards_or_those_until_now():
    asked = Request(7, MONDAY, 4000)

    assert days_taken(asked._replace(first_received_on=FRIDAY), SUNDAY) == 4
    assert days_taken(asked, SUNDAY) == 6
    assert days_taken(asked._replace(closed=True), SUNDAY) is None


def test_people_who_wait_are_so_many_batches_and_weeks_at_the_rate_of_today():
    known = answer(facts())
    waiting = {"prr": Waiting(36_646, TODAY, None), "suket": Waiting(1200, TODAY, 900)}
    status = known.status._replace(waiting=waiting, cards_per_workday=180.0, drain_cards_per_workday=None)

    # 36,646 : 2,000 = 18.323; a week of five days prints 900.
    assert queues(status, Settings()) == [Queue("prr", 36_646, 18.323, 36_646 / 900), Queue("suket", 900, 0.45, 1.0)]
    assert queues(status._replace(drain_cards_per_workday=360.0), Settings())[1].weeks == 0.5
    assert queues(status._replace(cards_per_workday=None), Settings())[1].weeks is None


def test_a_request_is_for_the_open_days_from_tomorrow_to_the_evening_that_it_is_to_last():
    # From Monday the 30th: Friday 3 November is the fifth open day.
    asked = Ask(2000, (), date(2017, 11, 3), 2000)

    assert covered_workdays(outlook(TODAY + ONE_DAY), asked) == 5
    assert covered_workdays(None, asked) == covered_workdays(outlook(TODAY), None) == 0


# --- Papers -------------------------------------------------------------------------------------


def paper(entry_no, first=MONDAY, last=WEDNESDAY):
    return Issued(entry_no, last, first, last, f"0123456789ab-{entry_no}")


def moved(entry_no, day):
    return movement("print", day, 5)._replace(entry_no=entry_no)


def test_an_entry_written_after_the_paper_for_a_day_of_its_period_is_late():
    moves = [
        moved(9, MONDAY),
        moved(11, MONDAY - ONE_DAY),
        moved(12, MONDAY),
        moved(13, WEDNESDAY),
        moved(14, THURSDAY),
    ]

    assert [entry.entry_no for entry in late_entries(moves, [paper(10)])] == [12, 13]


def test_an_entry_that_the_last_paper_shows_is_not_late_although_an_earlier_paper_missed_it():
    assert late_entries([moved(12, MONDAY)], [paper(10), paper(20, THURSDAY, FRIDAY)]) == []
    assert late_entries([moved(21, MONDAY)], [paper(10), paper(20, THURSDAY, FRIDAY)]) == [moved(21, MONDAY)]


def test_without_a_paper_no_entry_is_late():
    assert late_entries([moved(12, MONDAY)], []) == []


def test_the_paper_of_a_period_is_the_newest_of_just_this_period():
    papers = [paper(10), paper(30), paper(20), paper(40, MONDAY, THURSDAY), paper(50, TUESDAY, WEDNESDAY)]

    assert issued_paper(papers, MONDAY, WEDNESDAY, []) == paper(30)
    assert issued_paper(papers, MONDAY, FRIDAY, []) is None


@pytest.mark.parametrize("day", [MONDAY, WEDNESDAY])
def test_a_paper_no_longer_stands_once_an_entry_came_into_its_period(day):
    assert issued_paper([paper(10)], MONDAY, WEDNESDAY, [moved(12, day)]) is None


@pytest.mark.parametrize("day", [MONDAY - ONE_DAY, THURSDAY])
def test_a_paper_stands_while_late_entries_lie_outside_its_period(day):
    assert issued_paper([paper(10)], MONDAY, WEDNESDAY, [moved(12, day)]) == paper(10)


# --- Picture ------------------------------------------------------------------------------------

TODAY = date(2017, 10, 27)
EIGHT_WEEKS_BEFORE, FOUR_WEEKS_AFTER = date(2017, 9, 1), date(2017, 11, 24)


def facts(days=(), opened_on=None, on_hand=700):
    return Facts(
        "61.03", TODAY, Balance(on_hand=on_hand), days, opened_on, Settings(), CALENDAR, CALENDAR, [], None, {}, 1,
        "0" * 64,
    )  # fmt: skip


def outlook(first):
    """A hundred cards a day for sixty open days, known exactly."""
    workdays = CALENDAR.next_open_days(first, 60)
    model = DemandModel(LevelMoments(100, 10_000, 0, 0), (1.0,) * 7, 0.0, 0.0, (1.0,) * 3, 20)
    demand = CumulativeDemand(tuple(workdays), tuple(100.0 * (i + 1) for i in range(60)), (0.0,) * 60)
    use = UseAhead(tuple(workdays), demand, 0, None, 0.0)
    held = Cover([], [], SourceDays(workdays), LeadTime(((7, 1.0),), 7))
    return Outlook(model, use, use, empty_chances(use, 700), held, [], workdays)


def test_the_picture_reaches_eight_weeks_back_and_four_ahead():
    chart = chart_of(facts(), None)

    assert (chart.first, chart.today, chart.last) == (EIGHT_WEEKS_BEFORE, TODAY, FOUR_WEEKS_AFTER)
    assert (chart.start_cards, chart.past, chart.ahead) == (700, [], [])


def test_the_picture_begins_with_the_shelf_on_the_evening_eight_weeks_ago():
    days = [Day(EIGHT_WEEKS_BEFORE, 950, 900), Day(date(2017, 9, 2), 900, 800), Day(TODAY, 800, 700)]

    chart = chart_of(facts([*days, Day(TODAY + ONE_DAY, 700, 600)]), None)

    assert (chart.start_cards, chart.past) == (900, days[1:])


def test_the_picture_of_a_young_book_begins_on_the_evening_before_its_opening():
    assert chart_of(facts(opened_on=date(2017, 10, 2)), None).first == date(2017, 10, 1)
    assert chart_of(facts(opened_on=date(2017, 9, 2)), None).first == EIGHT_WEEKS_BEFORE
    assert chart_of(facts(opened_on=EIGHT_WEEKS_BEFORE), None).first == EIGHT_WEEKS_BEFORE
    assert chart_of(facts(opened_on=date(2017, 8, 1)), None).first == EIGHT_WEEKS_BEFORE


def test_the_weeks_ahead_begin_today_while_it_is_not_written_and_end_with_the_picture():
    chart = chart_of(facts(), outlook(TODAY))

    assert [row.day for row in chart.ahead] == CALENDAR.open_days(TODAY, FOUR_WEEKS_AFTER)
    # 700 are on the shelf; today and Monday use a hundred each.
    assert chart.ahead[0] == ForecastRow(TODAY, 100.0, Spread(600, 600, 600), 0.0)
    assert chart.ahead[1] == ForecastRow(date(2017, 10, 30), 100.0, Spread(500, 500, 500), 0.0)


def test_the_weeks_ahead_begin_tomorrow_once_today_is_written():
    chart = chart_of(facts(), outlook(TODAY + ONE_DAY))

    assert [row.day for row in chart.ahead] == CALENDAR.open_days(TODAY + ONE_DAY, FOUR_WEEKS_AFTER)


def coming(cards, likely_on, is_promised=True):
    return Delivery(1, cards, ((likely_on, 1.0),), likely_on, is_promised)


WEDNESDAY_PROMISE = coming(500, date(2017, 11, 1))
FRIDAY_HOPE = coming(200, date(2017, 11, 3), is_promised=False)


def test_what_is_promised_and_what_is_hoped_for_each_get_a_line_from_the_evening_before_they_come():
    chart = chart_of(facts(), outlook(TODAY + ONE_DAY), [WEDNESDAY_PROMISE, FRIDAY_HOPE])

    # 700 on Friday, 100 a day from Monday on: 500 on Tuesday evening, then 500 come; on Friday 200 more.
    assert chart.promised[:2] == [Evening(date(2017, 10, 31), 600, 500), Evening(date(2017, 11, 1), 1000, 900)]
    assert chart.hoped[:2] == [Evening(date(2017, 11, 2), 900, 800), Evening(date(2017, 11, 3), 1000, 900)]
    assert Evening(date(2017, 11, 3), 800, 700) in chart.promised
    assert [row.stock_cards.p50 for row in chart.ahead[:3]] == [600, 500, 400]


def test_with_nothing_on_order_or_nothing_within_the_picture_there_is_no_second_line():
    late = coming(500, FOUR_WEEKS_AFTER + ONE_DAY)

    assert (chart_of(facts(), outlook(TODAY)).promised, chart_of(facts(), outlook(TODAY)).hoped) == ([], [])
    assert chart_of(facts(), outlook(TODAY), [late]).promised == []
    assert chart_of(facts(), outlook(TODAY), [WEDNESDAY_PROMISE]).hoped == []
    assert chart_of(facts(), None, [WEDNESDAY_PROMISE]).promised == ()


def test_days_with_an_empty_shelf_are_no_debt_of_the_cards_that_come_later():
    use = outlook(TODAY + ONE_DAY).use

    # 250 last until Wednesday at noon; of 300 on the Monday after, 200 are left in its evening.
    line = with_deliveries(use, 250, TODAY, 10, [coming(300, date(2017, 11, 6))], [coming(300, date(2017, 11, 6))])

    assert line[:2] == [Evening(date(2017, 11, 3), 0, 0), Evening(date(2017, 11, 6), 300, 200)]
    assert line[-1].evening_cards == 0


def test_cards_promised_for_the_first_day_ahead_are_there_in_its_morning():
    chart = chart_of(facts(), outlook(TODAY), [coming(500, TODAY)])

    assert chart.promised[:2] == [Evening(TODAY, 700, 700), Evening(TODAY, 1200, 1100)]


def test_the_picture_shades_the_closed_days_from_its_first_to_its_last():
    chart = chart_of(facts(), None)

    every_day = [EIGHT_WEEKS_BEFORE + timedelta(days=number) for number in range(12 * 7 + 1)]
    assert chart.closed == [day for day in every_day if day.weekday() > 4]

    # Where today is a Sunday, so are the first and the last day.
    sunday = TODAY + timedelta(days=2)
    closed = chart_of(facts()._replace(as_of=sunday), None).closed
    assert (closed[0], closed[-1]) == (date(2017, 9, 3), date(2017, 11, 26))

    # On Sunday, 1 October, the evening before the opening, the office was closed.
    assert chart_of(facts(opened_on=date(2017, 10, 2)), None).closed[0] == date(2017, 10, 1)
