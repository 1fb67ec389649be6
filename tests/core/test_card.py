"""The lines of the book: what each entry leaves on the shelf and in the pile, and which of them are meant."""

from datetime import date

from blangko.core.book import Balance
from blangko.core.card import lines, matching
from blangko.core.entry import Entry, mirror, movement

DAY = date(2017, 10, 26)
SPOILED = movement("spoil", DAY, 3, note="chip rusak")._replace(entry_no=5)
WRITTEN = [
    movement("print", DAY, 187)._replace(entry_no=4),
    SPOILED,
    Entry("count", DAY, 810)._replace(entry_no=6),
    mirror(SPOILED, DAY, "none was spoiled")._replace(entry_no=7),
]


def listed():
    """Of 1,000 cards 187 are printed, 3 spoiled and found usable after all: 813 are left, none spoiled."""
    return lines(WRITTEN, Balance(on_hand=813, printed=187, opening=1000), {5: 7})


def test_each_entry_shows_what_it_leaves_on_the_shelf_and_among_the_spoiled():
    assert [line.on_hand_cards for line in listed()] == [813, 810, 810, 813]
    assert [line.spoiled_cards for line in listed()] == [0, 3, 3, 0]


def test_an_entry_that_was_taken_back_names_what_took_it_back():
    assert [line.taken_back_by for line in listed()] == [None, 7, None, None]


def test_a_kind_is_shown_with_the_reversals_of_its_entries():
    assert [line.entry.entry_no for line in matching(listed(), "spoil", "")] == [5, 7]
    assert [line.entry.entry_no for line in matching(listed(), "reverse", "")] == [7]


def test_words_are_found_whatever_their_capitals():
    assert [line.entry.entry_no for line in matching(listed(), None, "Chip RUSAK")] == [5]
