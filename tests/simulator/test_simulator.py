"""The simulator itself: its book says what the same entries say, and it lives the same life every time."""

from __future__ import annotations

import pytest

from blangko.core.facts import Facts, facts_of
from blangko.store.national_days import national_days
from tests.simulator.drought import WAYS, WEEKS, Office, learnt_in
from tests.simulator.measures import cover_before_lebaran, learnt_under_quota
from tests.simulator.offices import life
from tests.simulator.replay import SEED, figures, lives
from tests.simulator.rules import thirty_days
from tests.simulator.world import DROUGHTS, world

NATIONAL = national_days()


@pytest.mark.parametrize("number", [0, 1])
def test_the_facts_kept_up_to_date_are_those_of_the_whole_book(number):
    evenings = []

    def asks_and_remembers(facts: Facts) -> int:
        evenings.append(facts)
        return thirty_days(facts)

    entries = life(world(1, number, NATIONAL, 400, DROUGHTS), asks_and_remembers, NATIONAL).book.entries

    assert len(evenings) > 200
    for facts in evenings[5::23]:
        assert facts == facts_of(entries[: facts.last_entry_no], facts.as_of, NATIONAL)


def test_an_office_lives_the_same_life_every_time():
    first, again = (life(world(1, 2, NATIONAL, 200), thirty_days, NATIONAL) for _ in range(2))

    assert first.days == again.days and first.trips == again.trips


def test_half_a_year_by_the_program_is_less_short_with_fewer_trips_than_by_the_thirty_day_rule():
    by_program, by_thirty_days = (figures(lives(rule, (), range(3), 182)) for rule in ("product", "30 days"))

    assert by_program.short_share < 0.5 * by_thirty_days.short_share
    assert by_program.trips < by_thirty_days.trips


def test_a_quota_that_is_flagged_on_four_days_in_five_hardly_moves_the_learnt_rate():
    assert 0.9 <= learnt_under_quota(range(15), SEED, NATIONAL) <= 1.1


def test_three_weeks_before_lebaran_the_range_of_80_in_100_holds_three_sums_in_four():
    assert cover_before_lebaran(range(40), SEED, NATIONAL) >= 0.75


@pytest.mark.parametrize("returns", [False, True], ids=["sent home for good", "sent home to come back"])
@pytest.mark.parametrize("way", WAYS)
def test_eight_weeks_of_drought_leave_the_learnt_level_within_a_tenth_of_the_true_one(way, returns):
    offices = [Office(seed, level, WEEKS[1], 0.02, 80) for seed, level in enumerate((80, 250, 600))]
    learnt = [learnt_in(office, way, returns, NATIONAL) for office in offices]

    for _, *evenings in learnt:
        assert [each.level for each in evenings] == pytest.approx([1, 1, 1], abs=0.1)
    # The rule of thumb takes the cards of the drought for the demand of the day it ends.
    assert all(evenings[1].thirty_days < 0.3 for evenings in learnt)
