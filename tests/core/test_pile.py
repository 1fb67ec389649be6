"""The pile of spoiled cards, by cause."""

from datetime import date

from blangko.core.columns import OUTSIDE, SPOILED
from blangko.core.entry import movement
from blangko.core.pile import held_by_cause

DAY = date(2017, 10, 27)


def spoiled(cards, cause=None):
    return movement("spoil", DAY, cards, cause=cause)


def destroyed(cards):
    return movement("destroy", DAY, cards, reference="BA 1")


def test_the_pile_is_told_by_cause_with_what_was_held_before_the_book():
    held_before = movement("opening", DAY, 5, from_place=OUTSIDE, to_place=SPOILED)

    assert held_by_cause([held_before, spoiled(3, "encode"), spoiled(2, "print"), spoiled(1, "encode")]) == {
        "opening": 5,
        "encode": 4,
        "print": 2,
    }


def test_a_cause_that_nobody_said_is_told_as_not_said():
    assert held_by_cause([spoiled(3)]) == {"": 3}


def test_after_a_part_was_destroyed_nobody_knows_which_cards_are_left():
    assert held_by_cause([spoiled(3, "encode"), spoiled(2, "print"), destroyed(2)]) is None


def test_once_the_pile_was_emptied_its_causes_are_known_again():
    emptied = [spoiled(3, "encode"), spoiled(2, "print"), destroyed(2), destroyed(3)]

    assert held_by_cause(emptied) == {}
    assert held_by_cause([*emptied, spoiled(7, "faulty")]) == {"faulty": 7}


def test_cards_on_the_shelf_are_no_part_of_the_pile():
    assert held_by_cause([movement("receive", DAY, 100)]) == {}
