"""Who shares in an allocation, and what each has before and after it."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from blangko.core.allocate import Reach
from blangko.core.answer import answer
from blangko.core.facts import facts_of
from blangko.core.sharing import EVERYBODY, Holding, Terms, holding_of, share_out
from blangko.errors.ahead import UnknownSharer
from tests.books import NO_NATIONAL_DAYS, book

FRIDAY = date(2017, 10, 27)
MONDAY = FRIDAY + timedelta(days=3)
WORKDAYS = [MONDAY + timedelta(days=7 * week + day) for week in range(50) for day in range(5)]


def holding(jottings: str) -> Holding:
    """What an office has that works from Monday to Friday, on Friday 27 October."""
    return holding_of(answer(facts_of(book(jottings), FRIDAY, NO_NATIONAL_DAYS)))


def steady(code: str, name: str, cards: int, a_day: int) -> Holding:
    reach = Reach(tuple(float(a_day * number) for number in range(1, 251)))
    return Holding(code, name, cards, cards, reach=reach, workdays=WORKDAYS)


OPENED = "2017-10-27 opening 1000\n2017-10-27 setting typical_daily_use 100\n"
SAMBAS, SANGGAU = steady("61.01", "Kab. Sambas", 500, 100), steady("61.03", "Kab. Sanggau", 1000, 200)


def test_cards_that_were_granted_count_as_if_they_were_there_and_those_only_asked_for_do_not():
    asked = holding(OPENED + "2017-10-27 request 4000")
    granted = holding(OPENED + "2017-10-27 request 4000\n2017-10-27 grant 1500 request_no=3")

    assert (asked.there_cards, asked.promised_cards, asked.cards) == (1000, 0, 1000)
    assert (granted.there_cards, granted.promised_cards, granted.cards) == (1000, 1500, 2500)


def test_people_who_wait_are_printed_for_first_as_far_as_the_counter_can():
    # 1,000 cards at 100 a day are ten days. With 300 people waiting and 200 printed a day it is 200, 400, and from the
    # third day on 300 + 100 a day: after seven days 1,000.
    usual = holding(OPENED)
    waiting = holding(OPENED + "2017-10-27 setting print_capacity 200\n2017-10-27 backlog prr 300")

    assert usual.reach and waiting.reach
    assert usual.reach.workdays(1000) == pytest.approx(10)
    assert waiting.reach.workdays(1000) == pytest.approx(7)


def test_what_days_that_nobody_wrote_down_have_probably_used_is_not_there_any_more():
    # Since the opening on Monday 23 October: Tuesday to Thursday, and Friday is still to come.
    found = holding("2017-10-23 opening 1000\n2017-10-23 setting typical_daily_use 100\n2017-10-23 print 100")

    assert found.on_hand_cards == 900
    assert found.unwritten_workdays == 3
    assert found.there_cards == 600


def test_of_an_office_without_a_history_nobody_knows_how_fast_cards_go():
    assert holding("2017-10-27 opening 1000").reach is None


def test_each_row_can_be_done_again_from_its_own_numbers():
    shared = share_out([SAMBAS, SANGGAU], Terms(2600), FRIDAY)

    sambas, sanggau = shared.shares
    assert (sambas.given_cards, sambas.cards_after, sambas.cards_per_workday) == (1000, 1500, 100)
    assert (sambas.workdays_before, sambas.workdays_after) == (5, 15)
    assert (sanggau.given_cards, sanggau.cards_after, sanggau.cards_per_workday) == (1500, 2500, 200)
    assert (sanggau.workdays_before, sanggau.workdays_after) == (5, 12)
    # Monday 30 October is the first of twelve full days, Tuesday 14 November the last; on Wednesday half is served.
    assert shared.earliest_run_out_on == sanggau.run_out_on == date(2017, 11, 15)


def test_what_is_less_than_a_lot_is_left():
    shared = share_out([SAMBAS, SANGGAU], Terms(2600), FRIDAY)

    assert (shared.given_cards, shared.left_cards) == (2500, 100)


def test_one_more_day_for_all_is_told_in_cards():
    # Sanggau has 12.5 days; for 13.5 it needs 2,700 cards, one more lot. Sambas has 15.
    assert share_out([SAMBAS, SANGGAU], Terms(2500), FRIDAY).one_day_more_cards == 500


def test_a_bound_names_an_office_by_its_code_or_by_its_name():
    shared = share_out([SAMBAS, SANGGAU], Terms(2500, least={"kab.  sambas": 1500}, most={"61.03": 500}), FRIDAY)

    assert [each.given_cards for each in shared.shares] == [2000, 500]


def test_a_bound_of_everybody_holds_for_who_is_not_named():
    shared = share_out([SAMBAS, SANGGAU], Terms(2500, most={EVERYBODY: 500, "61.03": 1000}), FRIDAY)

    assert [each.given_cards for each in shared.shares] == [500, 1000]
    assert shared.left_cards == 1000
    assert shared.one_day_more_cards is None


def test_a_bound_of_somebody_who_does_not_share_is_refused():
    with pytest.raises(UnknownSharer) as refused:
        share_out([SAMBAS, SANGGAU], Terms(2500, most={"61.30": 500}), FRIDAY)

    assert refused.value.names == ("61.01", "61.03")


def test_a_part_that_stands_already_is_kept_and_the_others_share_the_rest():
    whole = share_out([SAMBAS, SANGGAU], Terms(2500), FRIDAY)
    resumed = share_out([SAMBAS, SANGGAU], Terms(2500), FRIDAY, settled={"61.01": 1000})

    assert resumed == whole


def test_what_is_given_is_told_apart_from_what_is_borrowed():
    rich = steady("61.04", "Kab. Ketapang", 10_000, 100)
    shared = share_out([SANGGAU, rich], Terms(1000, lends=True), FRIDAY)

    sanggau, ketapang = shared.shares
    # 12,000 cards at 300 a day are 40 days: 8,000 for Sanggau, 4,000 for Ketapang.
    assert (sanggau.given_cards, sanggau.borrowed_cards, sanggau.cards_after) == (1000, 6000, 8000)
    assert (ketapang.given_cards, ketapang.lent_cards, ketapang.cards_after) == (0, 6000, 4000)
    assert [tuple(each) for each in shared.loans] == [("61.04", "61.03", 6000, 30.0, 60.0)]


def test_an_office_lends_no_card_below_its_floor_nor_below_what_all_keep():
    rich = steady("61.04", "Kab. Ketapang", 10_000, 100)._replace(floor_cards=9000)

    by_floor = share_out([SANGGAU, rich], Terms(0, lends=True), FRIDAY)
    by_all = share_out([SANGGAU, rich], Terms(0, lends=True, kept_cards=9700), FRIDAY)

    assert [each.cards for each in by_floor.loans] == [1000]
    assert by_all.loans == []


def test_an_office_of_which_nobody_knows_the_use_lends_nothing():
    unknown = steady("61.04", "Kab. Ketapang", 10_000, 100)._replace(reach=None)

    shared = share_out([SANGGAU, unknown], Terms(0, lends=True), FRIDAY)

    assert shared.loans == []
    assert [each.holding.code for each in shared.unknown] == ["61.04"]
