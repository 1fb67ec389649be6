"""How to make the cards last until the next ones come: the share served, and the quota of a day."""

from __future__ import annotations

import random
from datetime import date

import pytest

from blangko.core.answer import answer
from blangko.core.facts import facts_of
from blangko.core.ration import DayUses, chance_to_last, course, fixed_quota, ration
from blangko.errors import RationBeyondHorizon, RationDayPassed
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
    assert course(1_000, steady(200), [(10, 1.0)]) == (0.5, 0)


def test_a_delivery_that_comes_early_finds_what_was_kept_for_the_late_one():
    # Four or eight days of 200, as likely: 1,200 are to be expected, 600 are there, so half are served: 100 a day.
    # After four days 200 are left. If nothing comes, they serve a quarter of the last four days, and none is left.
    share, left = course(600, steady(200), [(4, 0.5), (8, 0.5)])

    assert share == pytest.approx(0.5)
    assert left == 100


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
