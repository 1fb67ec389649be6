"""Sums of the book: the two sides of the identity, and what happened on each day."""

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from blangko.core.book import Balance, Day, Level, balance, days, levels_after, sums
from blangko.core.columns import WAYS
from blangko.core.entry import Entry, mirror, movement
from tests.books import book

MONDAY, TUESDAY, WEDNESDAY = date(2026, 1, 5), date(2026, 1, 6), date(2026, 1, 7)


def test_spoiled_blanks_leave_the_shelf_but_stay_in_custody_until_destroyed():
    total = balance(
        sums(
            book("""
                2026-01-05  receive  5000  BAST-014
                2026-01-06  print     187
                            spoil       4
                2026-01-09  destroy     3  BA-002
            """)
        )
    )

    assert (total.on_hand, total.spoiled, total.destroyed) == (4809, 1, 3)


def test_a_shortage_found_by_a_count_is_a_negative_adjustment():
    total = balance(
        sums(
            book("""
                2026-01-05  opening  825
                2026-01-06  count    500
                            adjust   325  note=miscounted
            """)
        )
    )

    assert (total.adjusted, total.on_hand) == (-325, 500)


def test_a_reversal_takes_a_sum_back():
    total = balance(
        sums(
            book("""
                2026-01-05  opening  1000
                2026-01-05  print     187
                2026-01-06  reverse     2
            """)
        )
    )

    assert (total.on_hand, total.printed) == (1000, 0)


MOVES = st.sampled_from(sorted(WAYS))


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
    entries = book("""
        2026-01-05  print    100
                    spoil      2
        2026-01-06  receive  500
        2026-01-06  print     50  quota_cards=50
        2026-01-06  print     30
        2026-01-06  reverse    5
    """)
    monday, tuesday = days(entries, 1000, [5])

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
    entries = book("""
        2026-01-05  opening  1000
        2026-01-05  receive   500
        2026-01-05  print     100
                    spoil      20
        2026-01-06  destroy     5  BA-002
        2026-01-06  send       40
        2026-01-06  lose        3  LP-7
        2026-01-06  count    1344
                    adjust      7  from_place=discrepancy  to_place=shelf
    """)
    moves = [entry for entry in entries if entry.is_movement]

    # 1,000 + 500 + 7 came in; 100 + 20 + 40 + 3 left the shelf, and of the 20 spoiled cards 5 were destroyed.
    assert balance(sums(entries)) == Balance(
        opening=1000, received=500, adjusted=7, on_hand=1344, spoiled=15, printed=100, destroyed=5, sent=40, lost=3
    )
    assert days(moves, 0) == [
        Day(MONDAY, 1000, 1380, received=500, printed=100, spoiled=20, use=120, logged=True),
        # Cards sent to a print point are use, and stand for the day.
        Day(TUESDAY, 1380, 1344, sent=40, lost=3, adjusted=7, use=40, logged=True),
    ]


def test_a_day_says_the_cause_and_the_quota_of_the_prints_that_stand():
    entries = book("""
        2026-01-05  print  10  cause=server  quota_cards=60
        2026-01-05  print  20
        2026-01-05  print  30  cause=ribbon  quota_cards=0
                    spoil   1  cause=encode
        2026-01-06  spoil   2  cause=encode
    """)

    monday, tuesday = days(entries, 100, [1])

    # 10 + 20 + 30 were printed; the first entry of 10 was reversed on another day and is no use.
    assert (monday.printed, monday.spoiled) == (60, 1)
    assert (monday.use, monday.logged, monday.cause, monday.quota) == (51, True, "ribbon", 0)
    # A spoiled card alone is use, but nobody wrote down what was printed.
    assert (tuesday.use, tuesday.logged, tuesday.cause, tuesday.quota) == (2, False, None, None)


def test_a_day_on_which_nothing_was_printed_is_written_down_as_such():
    entries = book("2026-01-05  print  0")

    assert days(entries, 100) == [Day(MONDAY, 100, 100, logged=True)]
    assert balance(sums(entries)) == Balance()
