"""How to make the cards last until the next ones come: the share served, and the quota of a day."""

from __future__ import annotations

import random
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from blangko.core.answer import answer
from blangko.core.facts import facts_of
from blangko.core.ration import DayUses, chance_to_last, course, fixed_quota, ration, share_of_day
from blangko.errors.ahead import RationBeyondHorizon, RationDayPassed
from tests.books import NO_NATIONAL_DAYS, book

FRIDAY = date(2017, 10, 27)


def office(shelf: int, *said: str):
    """An office that prints 200 cards on every open day, with so many left on Friday 27 October."""
    days = 85
    jottings = [
        f"2017-07-03 opening {200 * days + shelf}",
        *["2017-07-03..2017-10-27 print 200"],
        *(f"2017-10-27 {each}" for each in said),
    ]
    return answer(facts_of(book("\n".join(jottings)), FRIDAY, NO_NATIONAL_DAYS))


def steady(cards_a_day: float, days: int = 40) -> list[float]:
    return [cards_a_day] * days


def certain(cards_a_day: float, days: int = 40) -> DayUses:
    return DayUses(steady(cards_a_day, days), 0.0, [0.0] * days)


# --- The share of a day ---------------------------------------------------------------------------


def test_half_of_the_cards_that_are_wanted_serve_half_of_the_people_every_day():
    # 1,000 cards, ten days of 200: half of 2,000.
    assert course(1_000, steady(200), [(10, 1.0)]) == (pytest.approx(0.5), 0)


def test_a_delivery_that_comes_early_finds_what_was_kept_for_the_late_one():
    # Four or eight days of 200, as likely: after the first day 600 or 1,400 cards more. Late ones weigh more: the mean
    # of 600^2.5 and 1,400^2.5 is 1,110^2.5. 600 : (200 + 1,110) = 0.458, or 92 cards.
    share, left = course(600, steady(200), [(4, 0.5), (8, 0.5)])

    assert share == pytest.approx(0.458, abs=0.001)
    # After four days 600 - 4 × 92 = 234 are left if the cards come early, else they serve four days more: none is left.
    assert left == pytest.approx(234 / 2, abs=2)


def test_a_share_stays_while_the_shelf_allows_half_of_it_or_the_double():
    # 20 days of 200 are 4,000 cards; until now half of the people were served.
    shares = [share_of_day(shelf, steady(200), [(20, 1.0)], 0.5) for shelf in (1_000, 2_000, 2_900)]

    assert shares == pytest.approx([0.5, 0.5, 0.5])


def test_a_share_falls_with_the_shelf_and_is_given_up_at_a_quarter():
    # The shelf allows 3/8 of the share of before, half-way from a quarter (then a quarter is served) to a half (all).
    assert share_of_day(750, steady(200), [(20, 1.0)], 0.5) == pytest.approx(0.5 * (0.25 + 1) / 2)
    assert share_of_day(500, steady(200), [(20, 1.0)], 0.5) == pytest.approx(0.125)
    assert share_of_day(400, steady(200), [(20, 1.0)], 0.5) == pytest.approx(0.1)


def test_on_the_last_day_the_shelf_is_for_those_who_come():
    assert share_of_day(150, steady(200), [(1, 1.0)], 0.3) == pytest.approx(0.75)


def test_a_drought_in_one_of_twenty_cases_keeps_no_cards_back_in_the_others():
    assert share_of_day(600, steady(200, 120), [(5, 0.95), (100, 0.05)]) == pytest.approx(0.6)


waits = st.lists(
    st.tuples(st.integers(1, 30), st.floats(0.05, 1)), min_size=1, max_size=6, unique_by=lambda each: each[0]
)
before = st.one_of(st.none(), st.floats(0.02, 1))


@given(st.integers(0, 8_000), st.lists(st.floats(1, 400), min_size=30, max_size=30), waits, before)
def test_a_share_is_no_less_than_none_and_no_more_than_all_and_never_jumps(shelf, uses, lasted, before):
    lasted = sorted(lasted)
    share, more = (share_of_day(cards, uses, lasted, before) for cards in (shelf, shelf + 1))

    assert 0 <= share <= 1
    assert share * uses[0] <= shelf + 1e-6
    # A bigger shelf never serves less. One card more never moves the share by more than four times its own part: three
    # times where a share is given up slowly, four times close to plenty.
    longest = lasted[-1][0]
    assert share - 1e-9 <= more <= share + 4 / min(uses[0], sum(uses[:longest])) + 1e-9


@given(st.lists(st.floats(1, 400), min_size=30, max_size=30), waits, before)
def test_where_the_shelf_lasts_until_the_latest_delivery_everybody_is_served(uses, lasted, before):
    shelf = sum(uses[: max(days for days, _ in lasted)])

    assert share_of_day(shelf, uses, sorted(lasted), before) == pytest.approx(1)


def test_in_plenty_nobody_is_turned_away():
    shown = ration(office(3_000), date(2017, 11, 10))

    # Nine days of 200 are 1,800 of 3,000.
    assert (shown.served_share, shown.cards_per_day, shown.fixed_cards) == (1, 200, None)
    assert not shown.is_needed
    assert shown.left_at_delivery_cards == 1_200


def test_a_thousand_cards_for_nine_days_are_a_hundred_and_eleven_a_day():
    shown = ration(office(1_000), date(2017, 11, 10))

    # 1,000 : (9 × 200) = 0.556 of 200 = 111.
    assert shown.until == date(2017, 11, 10)
    assert shown.on == date(2017, 10, 30)
    assert shown.served_share == pytest.approx(0.556, abs=0.001)
    assert (shown.cards_per_day, shown.fixed_cards, shown.left_at_delivery_cards) == (111, 111, 0)


def test_an_empty_shelf_serves_nobody():
    shown = ration(office(0), date(2017, 11, 10))

    assert (shown.cards_per_day, shown.served_share, shown.fixed_cards) == (0, 0, 0)


def test_cards_that_come_tomorrow_leave_nothing_to_ration():
    shown = ration(office(150), date(2017, 10, 30))

    assert (shown.served_share, shown.cards_per_day, shown.fixed_cards) == (1, 150, None)


def test_cards_that_last_until_the_likely_day_may_be_gone_before_a_late_delivery():
    whole = office(1_100)
    shown = ration(whole)

    # 1,100 cards last five days of 200. Asked for today, cards are there on one of the second to the seventh open day,
    # each with a chance of 15 %, or later with 10 %: on the seventh, or later, six days have passed before. That makes
    # 25 %, and somewhat less, since on six quiet days 1,100 cards last.
    assert shown.served_share == 1
    assert 0.15 < shown.risk <= 0.25
    assert shown.risk == pytest.approx(whole.status.risk_if_requested_today, abs=0.001)
    assert not shown.is_risk_accepted
    assert ration(office(4_000)).is_risk_accepted


def test_cards_that_are_likely_there_before_anything_is_printed_again_need_no_ration():
    """No ribbon for two weeks: until cards of Friday the 3rd 43 were to be given out on Monday the 13th."""
    whole = office(1_100, "calendar printing due_on=2017-10-30 until_on=2017-11-10 note=ribbon")
    shown = ration(whole)

    assert (shown.until, shown.on) == (date(2017, 11, 3), date(2017, 11, 13))
    assert (shown.served_share, shown.cards_per_day, shown.fixed_cards) == (1, 200, None)
    assert shown.left_at_delivery_cards == 1_100
    # Cards asked for today are there on one of the second to the seventh open day with 90 %; of the rest, some come
    # before five days of 200 are over. It was 77 % that the shelf is empty before, if they do not come in those weeks.
    assert 0 < shown.risk < 0.1
    assert shown.risk == pytest.approx(whole.status.risk_if_requested_today, abs=0.001)


def rationing_since_the_13th(*said: str):
    """2,000 cards on Friday 13 October, 200 wanted a day, and since then a quota; 60 a day were printed under it."""
    jottings = [
        f"2017-07-03 opening {200 * 75 + 2_000}",
        "2017-07-03..2017-10-13 print 200",
        "2017-10-13 setting quota_cards 100",
        "2017-10-16..2017-10-27 print 60",
        *said,
    ]
    return answer(facts_of(book("\n".join(jottings)), FRIDAY, NO_NATIONAL_DAYS))


def test_the_share_with_which_a_quota_began_is_kept_though_few_came():
    # On the 13th 2,000 cards were to last 19 days of 200 until 10 November: 0.526. Now 1,400 are left for nine days,
    # 0.778 of the use: that is no double, so the share stays.
    shown = ration(rationing_since_the_13th(), date(2017, 11, 10))

    assert shown.served_share == pytest.approx(2_000 / 3_800, rel=0.01)


def test_cards_that_came_since_a_quota_was_stated_end_its_share():
    shown = ration(rationing_since_the_13th("2017-10-20 receive 200"), date(2017, 11, 10))

    # 1,600 for nine days of 200.
    assert shown.served_share == pytest.approx(1_600 / 1_800, rel=0.01)


def test_a_day_that_is_over_is_no_day_to_last_until():
    with pytest.raises(RationDayPassed):
        ration(office(1_000), FRIDAY)


def test_a_day_beyond_the_forecast_is_no_day_to_last_until():
    with pytest.raises(RationBeyondHorizon):
        ration(office(1_000), date(2019, 11, 10))


def test_an_office_that_knows_no_use_yet_has_nothing_to_divide():
    young = book("2017-10-27 opening 1000")

    assert ration(answer(facts_of(young, FRIDAY, NO_NATIONAL_DAYS))) is None


# --- One quota for all days -----------------------------------------------------------------------


def test_a_fixed_quota_parts_the_shelf_among_the_days_where_all_days_are_busy():
    assert fixed_quota(1_000, certain(200), [(10, 1.0)], 0.05) == 100


def test_a_fixed_quota_that_nobody_reaches_is_none():
    assert fixed_quota(3_000, certain(200), [(10, 1.0)], 0.05) is None


def test_a_fixed_quota_may_fail_in_the_latest_of_twenty_deliveries():
    # One in twenty comes after 20 days; the others after ten, and 1,000 cards last ten days at 100.
    assert fixed_quota(1_000, certain(200), [(10, 0.95), (20, 0.05)], 0.05) == 100
    assert fixed_quota(1_000, certain(200), [(10, 0.94), (20, 0.06)], 0.05) == 50


@pytest.mark.parametrize("quota", [90, 120, 150, 200])
def test_the_chance_to_last_agrees_with_drawing_the_days(quota):
    dice = random.Random(17)
    uses = DayUses([180.0, 150.0, 120.0, 160.0, 140.0] * 4, 0.08, [0.1] * 20)
    lasted = [(6, 0.5), (9, 0.3), (12, 0.2)]
    drawn = 0.0
    for _ in range(4_000):
        busy = 1 + 0.1 * dice.gauss(0, 1)
        used, sums = 0, []
        for mean in uses.means:
            scale = 1 + uses.dispersion * mean * busy
            used += min(round(dice.gammavariate(mean * busy / scale, scale)), quota)
            sums.append(used)
        drawn += sum(chance * (sums[days - 1] <= 1_100) for days, chance in lasted) / 4_000

    assert chance_to_last(1_100, uses, lasted, quota) == pytest.approx(drawn, abs=0.03)
