"""Sums of the book: the two sides of the identity, and what happened on each day."""

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from blangko.core.book import Balance, Day, Level, balance, days, levels_after, sums
from blangko.core.columns import DISCREPANCY, SHELF, SPOILED
from blangko.core.entry import JOURNEYS, Entry, mirror, movement

MONDAY, TUESDAY, WEDNESDAY = date(2026, 1, 5), date(2026, 1, 6), date(2026, 1, 7)


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


def test_drafts_of_several_days_add_up_on_the_shelf_and_on_the_pile_of_spoiled_cards():
    drafts = [movement("spoil", MONDAY, 4), movement("destroy", TUESDAY, 1), movement("print", TUESDAY, 50)]

    evenings = levels_after([Level(WEDNESDAY, 200, 9)], Level(date(2026, 1, 2), 300, 2), drafts)

    # Monday: 300 - 4, 2 + 4. Tuesday: 50 and 1 less. Wednesday, which the book knew: 200 - 54, 9 + 4 - 1.
    assert evenings == [Level(MONDAY, 296, 6), Level(TUESDAY, 246, 5), Level(WEDNESDAY, 146, 12)]


def test_a_statement_changes_no_evening_and_no_sum():
    request = Entry("request", MONDAY, 2000)

    assert levels_after([], Level(date(2026, 1, 2), 300, 0), [request]) == []
    assert sums([request]) == []
    assert balance(sums([movement("opening", MONDAY, 10), request])) == Balance(opening=10, on_hand=10)


def test_an_unwritten_book_holds_nothing():
    assert balance([]) == Balance()
    assert (Balance().came_in, Balance().accounted_for) == (0, 0)


def test_every_kind_of_movement_has_its_own_sum():
    entries = numbered(
        movement("opening", MONDAY, 1000),
        movement("receive", MONDAY, 500),
        movement("print", MONDAY, 100),
        movement("spoil", MONDAY, 20),
        movement("destroy", TUESDAY, 5),
        movement("send", TUESDAY, 40),
        movement("lose", TUESDAY, 3),
        movement("adjust", TUESDAY, 7, from_place=DISCREPANCY, to_place=SHELF),
    )

    # 1,000 + 500 + 7 came in; 100 + 20 + 40 + 3 left the shelf, and of the 20 spoiled cards 5 were destroyed.
    assert balance(sums(entries)) == Balance(
        opening=1000, received=500, adjusted=7, on_hand=1344, spoiled=15, printed=100, destroyed=5, sent=40, lost=3
    )
    assert days(entries, 0) == [
        Day(MONDAY, 1000, 1380, received=500, printed=100, spoiled=20, use=120, logged=True),
        Day(TUESDAY, 1380, 1344, sent=40, lost=3, adjusted=7),
    ]


def test_a_day_says_the_cause_and_the_quota_of_the_prints_that_stand():
    entries = numbered(
        movement("print", MONDAY, 10, cause="server", quota_cards=60),
        movement("print", MONDAY, 20),
        movement("print", MONDAY, 30, cause="ribbon", quota_cards=0),
        movement("spoil", MONDAY, 1, cause="encode"),
        movement("spoil", TUESDAY, 2, cause="encode"),
    )

    monday, tuesday = days(entries, 100, [1])

    # 10 + 20 + 30 were printed; the first entry of 10 was reversed on another day and is no use.
    assert (monday.printed, monday.spoiled) == (60, 1)
    assert (monday.use, monday.logged, monday.cause, monday.quota) == (51, True, "ribbon", 0)
    # A spoiled card alone is use, but nobody wrote down what was printed.
    assert (tuesday.use, tuesday.logged, tuesday.cause, tuesday.quota) == (2, False, None, None)


def test_a_day_on_which_nothing_was_printed_is_written_down_as_such():
    entries = numbered(movement("print", MONDAY, 0))

    assert days(entries, 100) == [Day(MONDAY, 100, 100, logged=True)]
    assert balance(sums(entries)) == Balance()
