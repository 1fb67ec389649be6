"""The simulator itself: its book says what the same entries say, and it lives the same life every time."""

from __future__ import annotations

import pytest

from blangko.core.facts import Facts, facts_of
from blangko.store.national_days import national_days
from tests.simulator.offices import life
from tests.simulator.rules import thirty_days
from tests.simulator.world import DROUGHTS, world

NATIONAL = national_days()


@pytest.mark.parametrize("number", [0, 1])
def test_the_facts_kept_up_to_date_are_those_of_the_whole_book(number):
    evenings = []

    def asks_and_remembers(facts: Facts) -> int:
        evenings.append((facts, office.book.entries[:] if office else []))
        return thirty_days(facts)

    office = None
    office = life(world(1, number, NATIONAL, 400, DROUGHTS), asks_and_remembers, NATIONAL)
    entries = office.book.entries

    for facts, _ in evenings[5::23]:
        so_far = entries[: facts.last_entry_no]
        assert facts == facts_of(so_far, facts.as_of, NATIONAL)
