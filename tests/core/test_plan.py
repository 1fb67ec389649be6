"""The plan: when nobody waits any more, what a target asks for, and the days ahead; worked out by hand."""

from __future__ import annotations

from datetime import date

import pytest

from blangko.core.answer import answer
from blangko.core.facts import Stated
from blangko.core.plan import Plan, plan
from blangko.core.target import Target, Wanted
from blangko.errors.ahead import NoPopulation
from blangko.store.national_days import national_days
from tests import books

SATURDAY = date(2017, 10, 28)
"""The day of the founding story."""

SANGGAU = """
    2017-10-27  opening     1040
    2017-10-27  setting     typical_daily_use 200
    2017-10-27  print       0  cause=server
    2017-10-28  population  eligible 354753
                population  recorded 254635
                population  printed  217989
                backlog     prr 36646
"""
A_YEAR_BEFORE = Stated(date(2016, 10, 28), 231_595)
"""Invented: 23,040 fewer than on 28 October 2017, which is 96 on each of the 240 open days between."""


def sanggau(more: str = "", recorded: tuple[Stated, ...] = (), **wanted: object) -> Plan:
    facts = books.facts(SANGGAU + more, "2017-10-28", national_days())
    now = Stated(SATURDAY, 254_635)
    return plan(answer(facts), Wanted(**wanted), [*recorded, now])


def aim(coverage: float = 80, by: date | None = date(2017, 11, 30), **others: object) -> Target:
    found = sanggau(coverage=coverage, by=by, **others).target
    assert found
    return found


# --- The founding story, line by line -------------------------------------------------------------


def test_eighty_per_cent_are_29168_recordings_in_24_working_days():
    # 0.8 * 354,753 = 283,802.4, so 283,803 people; 283,803 - 254,635 = 29,168. From Monday 30 October to Thursday
    # 30 November there are 2 + 22 open days: 29,168 / 24 = 1,215.3.
    found = aim()

    assert (found.goal, found.recordings_needed, found.workdays) == (283_803, 29_168, 24)
    assert found.recordings_per_workday == pytest.approx(1_215.33, abs=0.01)


def test_two_teams_have_to_record_608_a_day_each():
    # 1,215.33 / 2 = 607.67.
    found = aim(teams=2)

    assert found.per_team_needed is not None
    assert round(found.per_team_needed) == 608


def test_the_past_year_ran_at_96_a_day_and_does_not_reach_it():
    # 254,635 - 231,595 = 23,040 in 240 open days = 96 a day; in 24 days 2,304: (254,635 + 2,304) / 354,753 = 72.4 %.
    found = aim(recorded=(A_YEAR_BEFORE,))

    assert found.past is not None and found.past.workdays == 240
    assert found.pace == 96
    assert (found.pace_from, found.reachable) == ("statements", False)
    assert found.coverage_then == pytest.approx(72.43, abs=0.01)


def test_three_desks_of_150_reach_74_8_per_cent_on_the_day_and_80_on_1_february():
    # 3 * 150 = 450 a day; 24 * 450 = 10,800: 265,435 / 354,753 = 74.82 %. 29,168 / 450 = 64.8, so the 65th open day:
    # 24 until the end of November, 18 in December (Maulid on the 1st, Christmas and its joint leave), 22 in January,
    # and 1 February.
    found = aim(teams=3, per_team=150)

    assert found.coverage_then == pytest.approx(74.82, abs=0.01)
    assert (found.reachable, found.reached_on) == (False, date(2018, 2, 1))


def test_nine_desks_of_150_could_reach_it():
    # 1,215.3 / 150 = 8.1; nine desks record 9 * 150 * 24 = 32,400.
    assert aim(teams=3, per_team=150).teams_needed == 9
    assert aim(teams=9, per_team=150).reachable is True


def test_with_those_who_wait_65814_cards_follow_which_are_33_batches():
    # 36,646 + 29,168 = 65,814; / 2,000 = 32.9.
    found = aim()

    assert (found.unprinted_cards, found.cards_needed, found.batches) == (36_646, 65_814, 33)


def test_until_the_election_of_27_june_2018_427_cards_a_day_have_to_be_printed():
    # Election day is a holiday. Until 26 June: 24 + 18 + 22 + 19 + 21 + 21 + 20 + 9 = 154 open days; Lebaran with its
    # joint leave closes 11 to 20 June. 65,814 / 154 = 427.4.
    found = aim(by=date(2018, 6, 27))

    assert found.workdays == 154
    assert found.cards_per_workday == pytest.approx(427.36, abs=0.01)


def test_at_200_a_day_they_are_printed_on_13_march_2019():
    # 65,814 / 200 = 329.07, so on the 330th open day from 30 October 2017: 154 until 26 June, 2 more in June, 22 in
    # July, 21 in August, 19, 23, 21, 19 until the year's end, 22 in January, 19 in February 2019, 8 until 13 March.
    assert aim().printed_on == date(2019, 3, 13)


def test_those_who_come_new_are_told_beside_it():
    # With a capacity of 250 stated, the usual 200 a day are those who come new: 65,814 + 24 * 200 = 70,614 cards, 36
    # batches, 2,942 a day; and only 50 a day are left for those who wait.
    found = aim(more="2017-10-28  setting  print_capacity 250")

    assert (found.new_cards, found.cards_needed_with_new, found.batches_with_new) == (4_800, 70_614, 36)
    assert found.cards_per_workday_with_new == pytest.approx(2_942.25)
    assert found.printed_on is not None and found.printed_on_with_new is not None
    assert found.printed_on < found.printed_on_with_new


def test_how_many_come_new_is_not_known_while_people_wait_and_no_capacity_is_stated():
    found = aim()

    assert found.new_cards_per_workday is None
    assert found.cards_needed_with_new is None and found.printed_on_with_new is None


def test_an_office_that_prints_200_a_day_is_told_that_it_cannot_record_1215():
    """The book knows one statement only, and no teams: the pace of recording is not known."""
    found = aim()

    assert (found.pace_from, found.reachable, found.reached_on) == ("prints", False, None)


# --- Other targets --------------------------------------------------------------------------------


def test_a_target_is_refused_without_the_figures_that_it_is_a_share_of():
    facts = books.facts("2017-10-27 opening 1000\n population eligible 354753", "2017-10-28")

    with pytest.raises(NoPopulation):
        plan(answer(facts), Wanted(coverage=80))


def test_a_target_already_reached_needs_nothing_more():
    # 70 % of 354,753 are 248,328, and 254,635 are recorded.
    found = aim(coverage=70)

    assert (found.recordings_needed, found.reachable, found.reached_on) == (0, True, SATURDAY)
    assert found.cards_needed == 36_646


def test_a_target_without_a_day_is_told_when_it_is_reached():
    # 29,168 / 96 = 303.8: the 304th open day. 154 until 26 June, 2 in June, 22, 21, 19, 23, 21, 19 until the end of the
    # year are 281; the 22 of January make 303, and 1 February 2019 is the next.
    found = aim(by=None, recorded=(A_YEAR_BEFORE,))

    assert found.reached_on == date(2019, 2, 1)
    assert found.reachable is None and found.recordings_per_workday is None


def test_cards_that_nobody_stated_as_a_queue_are_those_recorded_and_not_printed():
    facts = books.facts(
        """
        2017-10-27  opening     1040
        2017-10-28  population  eligible 354753
                    population  recorded 254635
                    population  printed  217989
        """,
        "2017-10-28",
    )
    found = plan(answer(facts), Wanted(coverage=80)).target

    assert found is not None
    assert found.cards_needed == 65_814


# --- The queue ------------------------------------------------------------------------------------

KLATEN = """
    2017-04-24  opening  10000
    2017-04-24  setting  print_capacity 250
    2017-04-24  print    0  cause=server
    2017-04-25  backlog  prr 18542
"""


def klaten(daily: int = 100, more: str = "", on: str = "2017-04-25") -> Plan:
    facts = books.facts(f"2017-04-24 setting typical_daily_use {daily}\n{KLATEN}\n{more}", on, national_days())
    return plan(answer(facts), Wanted())


def test_klaten_has_cards_for_40_days_and_8542_still_wait_then():
    # 10,000 / 250 = 40; 18,542 - 10,000 = 8,542.
    found = klaten().queue

    assert found is not None
    assert (found.waiting_cards, found.shelf_workdays, found.left_cards) == (18_542, 40, 8_542)
    assert found.prints_cards_per_workday == 250


def test_a_queue_is_empty_when_what_the_counter_prints_has_caught_up_with_those_who_come():
    # 18,542 wait, 100 come and 250 are printed a day: 18,542 / 150 = 123.6, the 124th printing day.
    found = klaten().queue

    assert found is not None
    days = national_days()
    assert found.at_capacity.on.p50 is not None
    middle = books.facts(KLATEN, "2017-04-25", days).calendar.count_open(date(2017, 4, 24), found.at_capacity.on.p50)
    assert middle == 124
    assert found.at_capacity.on.p10 is not None and found.at_capacity.on.p10 < found.at_capacity.on.p50


def test_a_queue_never_ends_where_as_many_come_as_are_printed():
    found = klaten(daily=250).queue

    assert found is not None
    assert found.clear_on.on.p50 is None
    assert found.clear_on.why == "never"


def test_when_a_queue_ends_is_not_known_while_nobody_knows_who_comes_new():
    found = sanggau().queue

    assert found is not None
    # Were nobody to come new: 36,646 / 200 = 183.2, the 184th open day; 154 until 26 June 2018, 2 more in June, 22 in
    # July, 6 in August.
    assert found.clear_on == ((None, None, None), "new_unknown", date(2018, 8, 8))


def test_who_comes_new_is_known_from_the_recordings():
    # 96 a day are recorded and 200 printed: 36,646 / 104 = 352 open days, more than the forecast's 250.
    found = sanggau(recorded=(A_YEAR_BEFORE,)).queue

    assert found is not None
    assert (found.new_cards_per_workday, found.new_from) == (96, "recordings")
    assert found.clear_on.why == "beyond"


def test_an_office_that_states_no_use_gets_the_sum_from_its_capacity():
    facts = books.facts(KLATEN, "2017-04-25", national_days())
    found = plan(answer(facts), Wanted()).queue

    assert found is not None
    assert (found.shelf_workdays, found.left_cards) == (40, 8_542)
    # 18,542 / 250 = 74.2, the 75th printing day, were nobody to come new.
    assert found.workdays_to_serve == 75
    assert found.clear_on.why == "new_unknown"


def test_a_queue_that_nobody_can_say_anything_of_is_told_as_it_was_stated():
    facts = books.facts("2017-04-24 opening 100\n2017-04-25 backlog prr 300", "2017-04-25")
    found = plan(answer(facts), Wanted())

    assert (found.waiting_cards, found.queue, found.rows, found.ration) == (300, None, [], None)


def test_with_what_comes_in_a_week_the_queue_takes_longer_than_at_the_counter():
    # 2,000 came in the 56 days since the opening: 250 a week. 1,000 wait, nobody new: 400 on the shelf leave 600, for
    # which cards come in the third week, on Tuesday 20 June.
    facts = books.facts(
        """
        2017-04-04  setting  print_capacity 250
        2017-04-04  opening  400
        2017-05-02  receive  2000
        2017-05-26  send     2000  party=UPT
        2017-05-30  backlog  prr 1000
        """,
        "2017-05-30",
    )
    found = plan(answer(facts), Wanted()).queue

    assert found is not None and found.at_supply is not None
    assert (found.weeks, found.shelf_cards) == (4, 400)
    assert found.at_supply.if_nobody_new == date(2017, 6, 20)
    # At the counter: four days of 250.
    assert found.at_capacity.if_nobody_new == date(2017, 6, 5)
    assert found.clear_on.if_nobody_new == date(2017, 6, 20)


# --- The days ahead -------------------------------------------------------------------------------


def test_a_queue_grows_while_nothing_can_be_printed():
    """No ribbon on Wednesday and Thursday: the counter is open, and 100 come a day."""
    found = klaten(more="2017-04-25 calendar printing due_on=2017-04-26 until_on=2017-04-27 note=ribbon").rows

    # Today, Tuesday, is not written down yet: 18,542 + 100 - 250 = 18,392; then 100 more twice; then 150 fewer.
    assert [(row.day.day, row.use_cards, row.waiting_cards) for row in found[:4]] == [
        (25, 250, 18_392),
        (26, 0, 18_492),
        (27, 0, 18_592),
        (28, 250, 18_442),
    ]


def test_the_last_of_those_who_wait_is_served_later_by_the_days_on_which_nothing_is_printed():
    """With no ribbon for two weeks the plan named the day on which the queue is over as if there were one."""
    ribbon = "2017-10-28 calendar printing due_on=2017-10-30 until_on=2017-11-03 note=ribbon"
    found = sanggau(ribbon, coverage=80)

    # 36,646 / 200 is the 184th day and 65,814 / 200 the 330th: Wednesday 8 August 2018 and 13 March 2019. Five open
    # days are added: 9, 10, 13, 14 and 15 August; 14, 15, 18, 19 and 20 March. Recording goes on all the while.
    assert found.queue is not None and found.target is not None
    assert found.queue.at_capacity.if_nobody_new == date(2018, 8, 15)
    assert found.target.printed_on == date(2019, 3, 20)
    assert sanggau(ribbon, (A_YEAR_BEFORE,), coverage=80).target.reached_on == date(2019, 2, 1)


def test_cards_run_out_before_a_queue_does():
    found = klaten().rows

    # 10,000 / 250 = 40 days; after that nobody can be served, and 100 a day join those who wait.
    assert [row.use_cards for row in found[38:42]] == [250, 250, 0, 0]
    assert found[39].waiting_cards == 18_542 + 40 * 100 - 10_000
    assert found[41].waiting_cards == found[39].waiting_cards + 200
    assert found[39].stock_cards.p50 == 0


# --- Other offices --------------------------------------------------------------------------------


def test_penajam_makes_10000_cards_last_to_the_end_of_the_year():
    # From Monday 2 September 2019 there are 21 + 23 + 21 + 20 = 85 open days (Christmas and its joint leave are free).
    # At 150 a day 12,750 would be used: 10,000 / 12,750 = 78 %, so 117 of the 150 who come on Monday.
    facts = books.facts(
        "2019-08-30 setting typical_daily_use 150\n2019-08-30 opening 10000\n2019-08-30 print 0 cause=server",
        "2019-08-30",
        national_days(),
    )
    found = plan(answer(facts), Wanted(ration_until=date(2020, 1, 2))).ration

    assert found is not None
    assert found.on == date(2019, 9, 2)
    assert found.served_share == pytest.approx(10_000 / 12_750, abs=0.01)
    assert found.cards_per_day == pytest.approx(117, abs=1)


MATARAM = """
    2024-10-01  setting  typical_daily_use 200
    2024-10-01  setting  print_capacity 300
    2024-10-01  opening  9000
    2024-10-01  print    0  cause=server
"""


def test_mataram_has_its_3500_first_time_voters_served_a_week_before_the_vote():
    # 200 come and 300 are printed: 3,500 / 100 = 35 open days from 2 October: 22 in October, the 13th of November's on
    # Tuesday the 19th; the vote is on Wednesday the 27th.
    facts = books.facts(MATARAM + "2024-10-01 backlog prr 3500", "2024-10-01", national_days())
    found = plan(answer(facts), Wanted()).queue

    assert found is not None
    assert found.at_capacity.on.p50 == date(2024, 11, 19)


def test_mataram_has_to_record_88_first_time_voters_a_day_until_the_vote():
    # 22 open days in October and 18 until Tuesday 26 November: 3,500 / 40 = 87.5.
    figures = "2024-10-01 population eligible 3500\n population recorded 0\n population printed 0"
    facts = books.facts(MATARAM + figures, "2024-10-01", national_days())
    found = plan(answer(facts), Wanted(coverage=100, by=date(2024, 11, 27))).target

    assert found is not None
    assert (found.recordings_needed, found.workdays, found.recordings_per_workday) == (3_500, 40, 87.5)
    # With those who come new: 3,500 + 40 * 200 = 11,500 cards, 287.5 a day; the counter prints 300.
    assert (found.cards_needed_with_new, found.cards_per_workday_with_new) == (11_500, 287.5)


def test_semarang_gives_out_60_a_day_and_sees_how_many_wait_for_it():
    # 1,000 cards, 300 people a day: 60 are served, 240 join the queue every day.
    facts = books.facts(
        """
        2017-11-30  setting  typical_daily_use 300
        2017-11-30  setting  quota_cards 60
        2017-11-30  opening  1000
        2017-11-30  print    0  cause=server
        """,
        "2017-11-30",
    )
    found = plan(answer(facts), Wanted())

    assert [(row.use_cards, row.waiting_cards, row.stock_cards.p50) for row in found.rows[:3]] == [
        (60, 240, 940),
        (60, 480, 880),
        (60, 720, 820),
    ]
