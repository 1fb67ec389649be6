"""Sums of the book: the two sides of the identity, and what happened on each day."""

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from blangko.core.book import Level, balance, days, levels_after, sums
from blangko.core.entry import DISCREPANCY, JOURNEYS, SHELF, SPOILED, mirror, movement

MONDAY, TUESDAY = date(2026, 1, 5), date(2026, 1, 6)


def numbered(*entries):
    return [entry._replace(entry_no=number) for number, entry in enumerate(entries, 1)]


def test_spoiled_blanks_leave_the_shelf_but_stay_in_custody_until_destroyed():
    total = balance(
        sums(
            numbered(
                movement("receive", MONDAY, 5000),
                movement("print", TUESDAY, 187),
                movement("spoil", TUESDAY, 4),
                movement("destroy", TUESDAY, 3, reference="BA-002"),
            )
        )
    )

    assert (total.on_hand, total.spoiled, total.destroyed) == (4809, 1, 3)


def test_a_shortage_found_by_a_count_is_a_negative_adjustment():
    total = balance(sums(numbered(movement("opening", MONDAY, 825), movement("adjust", TUESDAY, 325, note="x"))))

    assert (total.adjusted, total.on_hand) == (-325, 500)


def test_a_reversal_takes_a_sum_back():
    prints = movement("print", MONDAY, 187)._replace(entry_no=2)
    total = balance(sums([movement("opening", MONDAY, 1000), prints, mirror(prints, TUESDAY, "wrong")]))

    assert (total.on_hand, total.printed) == (1000, 0)


MOVES = st.sampled_from(
    [
        *((kind, source, target) for kind, (source, target) in JOURNEYS.items()),
        ("opening", "outside", SPOILED),
        ("send", SPOILED, "outside"),
        ("lose", SPOILED, "lost"),
        ("adjust", DISCREPANCY, SHELF),
    ]
)


@given(st.lists(st.tuples(MOVES, st.integers(0, 10_000), st.booleans())))
def test_nothing_is_created_or_lost_between_the_places(moves):
    entries = []
    for (kind, source, target), cards, undone in moves:
        entry = movement(kind, MONDAY, cards, from_place=source, to_place=target)._replace(entry_no=len(entries) + 1)
        entries.append(entry)
        if undone:
            entries.append(mirror(entry, TUESDAY, "x")._replace(entry_no=len(entries) + 1))
    total = balance(sums(entries))

    assert total.came_in == total.accounted_for
    assert total.printed == sum(cards for (kind, _, _), cards, undone in moves if kind == "print" and not undone)


def test_a_day_shows_its_morning_its_evening_and_its_use():
    entries = numbered(
        movement("print", MONDAY, 100),
        movement("spoil", MONDAY, 2),
        movement("receive", TUESDAY, 500),
        movement("print", TUESDAY, 50, quota_cards=50),
        movement("print", TUESDAY, 30),
    )
    monday, tuesday = days([*entries, mirror(entries[4], TUESDAY, "x")._replace(entry_no=6)], 1000, [5])

    assert (monday.opening, monday.closing, monday.use, monday.quota) == (1000, 898, 102, None)
    assert (tuesday.opening, tuesday.closing, tuesday.use, tuesday.quota) == (898, 1348, 50, 50)


def test_a_back_dated_draft_lowers_every_later_evening():
    evenings = levels_after([Level(TUESDAY, 100, 0)], Level(date(2026, 1, 2), 300, 0), [movement("print", MONDAY, 150)])

    assert evenings == [Level(MONDAY, 150, 0), Level(TUESDAY, -50, 0)]
