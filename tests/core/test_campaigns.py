"""What was announced counts in the days ahead until it ends, and teaches nothing of the usual."""

from datetime import date

import pytest

from blangko.core.answer import answer, demand_model, observed
from blangko.core.campaigns import campaign_stated, extra_cards, not_over
from blangko.core.explain import explanation
from blangko.core.facts import Campaign
from blangko.errors import BackwardsPeriod
from tests.books import facts, status

OFFICE = """
    2017-06-01  opening  30000
    2017-06-02..2017-10-27  print  200
"""
SCHOOLS = '2017-10-20  campaign  100  due_on=2017-10-30 until_on=2017-11-03 note="schools"'


def test_where_two_campaigns_meet_their_cards_add_up():
    schools = Campaign(150, date(2017, 11, 3), date(2017, 11, 6))
    market = Campaign(50, date(2017, 11, 6), date(2017, 11, 7))

    assert list(extra_cards([schools, market]).values()) == [150, 150, 150, 200, 50]
    assert extra_cards([]) == {}


def test_a_campaign_is_told_until_its_last_day_is_over():
    schools = Campaign(150, date(2017, 11, 3), date(2017, 11, 6))
    market = Campaign(50, date(2017, 10, 6), date(2017, 11, 7))

    assert not_over([schools, market], date(2017, 11, 6)) == (market, schools)
    assert not_over([schools, market], date(2017, 11, 7)) == (market,)


def test_a_campaign_that_ends_before_it_begins_is_refused():
    with pytest.raises(BackwardsPeriod):
        campaign_stated(date(2017, 10, 27), 150, date(2017, 11, 3), date(2017, 11, 2), "schools")


def test_a_shelf_of_ten_days_lasts_seven_and_a_half_while_the_schools_come():
    # 2,050 are left after 106 days. At 200 a day the eleventh day is the first that they do not last; with 100 more on
    # each of the first five days 1,500 are gone by Friday 3 November, and the other 550 do not last the eighth day.
    office = OFFICE.replace("30000", str(106 * 200 + 2_050))

    without, with_schools = status(office, "2017-10-27"), status(f"{office}\n{SCHOOLS}", "2017-10-27")

    assert without.workdays_of_supply.p50 == 10
    assert with_schools.workdays_of_supply.p50 == 7
    assert with_schools.cards_per_workday == pytest.approx(200 + 500 / 7)
    assert with_schools.campaigns == (Campaign(100, date(2017, 10, 30), date(2017, 11, 3), "schools"),)


def test_a_campaign_that_was_taken_back_counts_no_more():
    book = f"{OFFICE}\n{SCHOOLS}"
    number = len(facts(book, "2017-10-27").days)

    undone = facts(f"{book}\n2017-10-27  reverse  {number + 1}", "2017-10-27")

    assert undone.campaigns == ()
    assert answer(undone).status.run_out_on == status(OFFICE, "2017-10-27").run_out_on


LATER = """
    2017-06-01  opening  40000
    2017-06-02..2017-10-27  print  200
    2017-10-20  campaign  100  due_on=2017-10-30 until_on=2017-11-17
    2017-10-30..2017-11-17  print  {busy}
"""


def test_a_campaign_that_brings_what_was_announced_leaves_the_level_where_it_was():
    known = facts(LATER.format(busy=300), "2017-11-17")

    assert [round(use.cards) for use in observed(known)[-16:]] == [200] * 16
    assert demand_model(known).cards_per_workday == pytest.approx(200)
    assert demand_model(known._replace(campaigns=())).cards_per_workday > 250


@pytest.mark.parametrize(("busy", "at_least", "at_most"), [(200, 160, 195), (400, 205, 240)])
def test_a_campaign_that_was_misjudged_moves_the_level_by_less_than_it_was_misjudged(busy, at_least, at_most):
    level = demand_model(facts(LATER.format(busy=busy), "2017-11-17")).cards_per_workday

    assert at_least < level < at_most


def test_nobody_came_to_the_campaign_and_the_office_is_not_taken_to_have_stood_still():
    known = facts(LATER.format(busy=0), "2017-11-17")

    assert {use.cards for use in observed(known)[-15:]} == {0}
    assert demand_model(known).dead_share == 0


def test_the_explanation_names_the_campaign_and_the_cards_that_are_still_to_come_of_it():
    steps = {step.what: step for step in explanation(answer(facts(LATER.format(busy=300), "2017-11-16")))}

    # Thursday 16 and Friday 17 November are left of it.
    assert steps["campaign_cards"].value == 200
    assert steps["campaign_cards"].rows == [(date(2017, 10, 30), date(2017, 11, 17), 100, 2, 200)]
    assert steps["use.cards_per_workday"].rows[-1] == (date(2017, 11, 16), 200, "without campaign")
    assert "campaign_cards" not in {step.what for step in explanation(answer(facts(OFFICE, "2017-10-27")))}


def test_people_who_wait_grow_more_while_a_campaign_runs():
    # Five working days at 200 and 100 more each are wanted, and 250 a day are printed: 1,000 and 250 more wait.
    book = """
        2017-06-01  opening  60000
        2017-06-01  setting  print_capacity 250
        2017-06-02..2017-10-27  print  200
        2017-10-27  backlog  prr 1000
        2017-10-27  campaign  100  due_on=2017-10-30 until_on=2017-11-03
        2017-10-30..2017-11-03  print  250
    """

    assert status(book, "2017-11-03").waiting["prr"].today == pytest.approx(1_250, abs=5)
