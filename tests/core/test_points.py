"""What a print point has left, as far as the book of its office tells."""

from __future__ import annotations

from datetime import date

import pytest

from blangko.core.answer import answer
from blangko.core.facts import facts_of
from blangko.core.points import holding_of_point, of_the_counter, points
from tests.books import NO_NATIONAL_DAYS, book

FRIDAY = date(2017, 10, 27)


def sends(*lines: str):
    """What was sent, and the facts, of an office that began with 9,000 cards on 1 September."""
    entries = book("\n".join(["2017-09-01 opening 9000", *lines]))
    return [entry for entry in entries if entry.kind == "send"], facts_of(entries, FRIDAY, NO_NATIONAL_DAYS)


def test_a_point_uses_between_two_sends_what_it_was_sent_the_first_time():
    # From Monday 9 to Monday 23 October are ten open days: 200 / 10 = 20 a day. Of the 150 sent then four open days
    # have passed since, 24 to 27 October: 150 - 80 = 70 are left.
    sent, facts = sends("2017-10-09 send 200 party='Kec. Kapuas'", "2017-10-23 send 150 party='Kec. Kapuas'")

    (point,) = points(sent, facts.calendar, FRIDAY, {})

    assert (point.name, point.cards_per_workday, point.left_cards) == ("Kec. Kapuas", 20.0, 70)
    assert point.last_sent_on == date(2017, 10, 23)


def test_a_point_has_no_less_than_nothing_left():
    sent, facts = sends("2017-09-11 send 200 party='Kec. Kapuas'", "2017-09-25 send 50 party='Kec. Kapuas'")

    assert points(sent, facts.calendar, FRIDAY, {})[0].left_cards == 0


def test_of_a_point_that_was_sent_cards_once_nobody_knows_how_fast_it_uses_them():
    sent, facts = sends("2017-10-23 send 150 party='Kec. Kapuas'")

    (point,) = points(sent, facts.calendar, FRIDAY, {})

    assert (point.cards_per_workday, point.left_cards) == (None, 150)
    assert holding_of_point(point, facts.calendar.next_open_days(FRIDAY, 3)).reach is None


def test_a_use_that_somebody_states_counts_instead_also_for_a_point_that_is_new():
    sent, facts = sends("2017-10-23 send 150 party='Kec. Kapuas'")

    found = points(sent, facts.calendar, FRIDAY, {"kec.  kapuas": 10, "Kec. Meliau": 5})

    assert [(each.name, each.cards_per_workday, each.left_cards) for each in found] == [
        ("Kec. Kapuas", 10.0, 110),
        ("Kec. Meliau", 5, 0),
    ]


def test_two_spellings_of_a_name_are_one_point():
    sent, facts = sends("2017-10-09 send 200 party='KEC. KAPUAS'", "2017-10-23 send 150 party='Kec. Kapuas'")

    assert [each.name for each in points(sent, facts.calendar, FRIDAY, {})] == ["Kec. Kapuas"]


def test_cards_of_a_point_reach_as_its_use_says():
    sent, facts = sends("2017-10-09 send 200 party='Kec. Kapuas'", "2017-10-23 send 150 party='Kec. Kapuas'")
    (point,) = points(sent, facts.calendar, FRIDAY, {})
    holding = holding_of_point(point, facts.calendar.next_open_days(date(2017, 10, 30), 250))

    assert holding.reach
    assert holding.reach.workdays(70) == 3.5
    # Monday, Tuesday and Wednesday are served, Thursday 2 November not to the end.
    assert holding.run_out_on(3.5) == date(2017, 11, 2)


def test_what_is_sent_to_print_points_is_no_use_of_the_counter():
    sent, facts = sends("2017-09-04..2017-10-27 print 100", "2017-10-02 send 500 party='Kec. Kapuas'")

    counter = answer(of_the_counter(facts, sent)).ahead

    assert counter
    assert counter.model.cards_per_workday == pytest.approx(100, rel=0.01)
