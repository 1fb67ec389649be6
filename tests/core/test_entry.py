"""The entry: what moves, what only states, and what a reversal takes back."""

from datetime import date

import pytest

from blangko.core.columns import DISCREPANCY, REVERSE, SHELF, SPOILED
from blangko.core.entry import JOURNEYS, Entry, mirror, movement, shelf_change, spoiled_change

MONDAY, TUESDAY = date(2017, 10, 2), date(2017, 10, 3)


@pytest.mark.parametrize(
    ("kind", "shelf", "spoiled"),
    [("opening", 40, 0), ("receive", 40, 0), ("print", -40, 0), ("spoil", -40, 40), ("destroy", 0, -40),
     ("send", -40, 0), ("lose", -40, 0), ("adjust", -40, 0)],
)  # fmt: skip
def test_forty_cards_leave_one_place_and_come_to_another(kind, shelf, spoiled):
    entry = movement(kind, MONDAY, 40)

    assert (shelf_change(entry), spoiled_change(entry)) == (shelf, spoiled)
    back = mirror(entry, TUESDAY, "wrong")
    assert (shelf_change(back), spoiled_change(back)) == (-shelf, -spoiled)


def test_every_kind_of_movement_is_one_of_the_eight():
    assert list(JOURNEYS) == ["opening", "receive", "print", "spoil", "destroy", "send", "lose", "adjust"]


def test_a_command_may_say_another_journey_and_further_columns():
    found = movement("adjust", MONDAY, 3, from_place=DISCREPANCY, to_place=SHELF, note="behind the printer")

    assert found == Entry("adjust", MONDAY, 3, DISCREPANCY, SHELF, note="behind the printer")
    # It is a draft until it is written: without a number and without a seal.
    assert (found.entry_no, found.seal) == (0, "")
    assert shelf_change(found) == 3
    assert spoiled_change(movement("lose", MONDAY, 2, from_place=SPOILED)) == -2


def test_a_reversal_names_its_entry_and_moves_the_same_cards_back():
    spoiled = movement("spoil", MONDAY, 4, cause="encode")._replace(entry_no=17)

    assert mirror(spoiled, TUESDAY, "typed twice") == Entry(
        REVERSE, TUESDAY, 4, SPOILED, SHELF, subject="spoil", note="typed twice", reverses_no=17
    )


def test_a_statement_taken_back_moves_nothing():
    request = Entry("request", MONDAY, 2000)._replace(entry_no=5)

    back = mirror(request, TUESDAY, "wrong")

    assert not request.is_movement
    assert not back.is_movement
    assert back.cards is None
    assert (shelf_change(request), shelf_change(back), spoiled_change(back)) == (0, 0, 0)


def test_a_reversal_counts_against_the_kind_it_takes_back():
    prints = movement("print", MONDAY, 40)

    assert prints.true_kind == "print"
    assert mirror(prints, TUESDAY, "wrong").true_kind == "print"
    assert Entry("receive", MONDAY, 40, subject="more").true_kind == "receive"
