"""Whether a quota holds until more cards should be there."""

from __future__ import annotations

from datetime import date

from blangko.core.quota import StandingQuota, standing_quota, stretching_quota

# Monday 30 October to Friday 10 November 2017.
WORKDAYS = [date(2017, 10, 30), date(2017, 10, 31), *(date(2017, 11, day) for day in (1, 2, 3, 6, 7, 8, 9, 10))]
FRIDAY = date(2017, 11, 10)


def test_a_quota_stretches_the_shelf_in_whole_cards():
    assert stretching_quota(1_043, 10) == 104
    assert stretching_quota(0, 10) == 0
    assert stretching_quota(-5, 1) == 0
    assert stretching_quota(7, 10) == 0


def test_a_delivery_due_before_the_next_open_day_needs_no_quota():
    assert stretching_quota(1_043, 0) == 1_043


def standing(quota: int, shelf: int, usual: float = 200) -> StandingQuota:
    return standing_quota(quota, shelf, WORKDAYS, usual, FRIDAY, True)


def test_a_quota_holds_that_lasts_through_the_day_before_the_delivery():
    # Nine days until Thursday the 9th: 9 × 60 = 540.
    assert standing(60, 540) == StandingQuota(60, True, date(2017, 11, 9), FRIDAY, True, 60, 200)


def test_a_quota_that_is_one_card_too_high_does_not_hold_and_the_next_lower_one_does():
    # 539 : 60 = 8 days, until Wednesday the 8th; 539 : 9 = 59.
    assert standing(60, 539) == StandingQuota(60, False, date(2017, 11, 8), FRIDAY, True, 59, 200)


def test_a_quota_where_all_can_be_served_may_be_lifted():
    # 9 × 200 = 1,800; at 60 they last 30 days, beyond those that are looked at.
    assert standing(60, 1_800) == StandingQuota(60, True, None, FRIDAY, True, None, 200)
    assert standing(60, 1_799).proposed_cards == 199


def test_a_quota_above_the_usual_use_holds_only_where_all_can_be_served():
    assert standing(300, 1_800).holds
    assert not standing(300, 1_799).holds


def test_a_shelf_with_less_than_one_days_quota_lasts_not_even_that_day():
    assert standing(60, 59) == StandingQuota(60, False, None, FRIDAY, True, 6, 200)
    assert standing(60, 0).proposed_cards == 0
