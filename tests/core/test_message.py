"""The message of entries: where it begins and ends, and what cannot be one."""

from datetime import date

import pytest

from blangko.core.columns import SEALED
from blangko.core.message import Message, row_of, sealed_message
from blangko.core.seal import FIRST_SEAL
from tests.books import OFFICE, book

ENTRIES = book("""
    2026-01-05  receive  5000  BAST-014
    2026-01-06  print     187
                spoil       4
    2026-01-09  destroy     3  BA-002
""")


def rows(entries=ENTRIES):
    values = [[getattr(entry, name) for name in SEALED] for entry in entries]
    return [[each.isoformat() if isinstance(each, date) else each for each in row] for row in values]


def whole():
    return sealed_message(OFFICE, 1, FIRST_SEAL, rows())


def test_the_seals_that_were_left_out_come_out_as_the_office_made_them():
    message = whole()

    assert [row[-1] for row in message.rows] == [entry.seal for entry in ENTRIES]
    assert (message.last_no, message.last_seal) == (4, ENTRIES[-1].seal)


def test_a_message_goes_on_from_the_middle_of_a_book():
    message = sealed_message(OFFICE, 3, ENTRIES[1].seal, rows(ENTRIES[2:]))

    assert message.last_seal == ENTRIES[-1].seal
    assert message.seal_of(2) == ENTRIES[1].seal
    assert message.seal_of(3) == ENTRIES[2].seal


def test_a_message_without_entries_ends_before_its_first():
    empty = Message(OFFICE, 5, ENTRIES[-1].seal, [])

    assert (empty.last_no, empty.last_seal) == (4, ENTRIES[-1].seal)


def test_what_the_receiver_holds_already_is_left_aside():
    message = whole()

    assert [row[SEALED.index("entry_no")] for row in message.after(2)] == [3, 4]
    assert len(message.after(0)) == 4
    assert message.after(4) == []


@pytest.mark.parametrize(
    ("code", "from_no", "before"),
    [
        ("61.04", 1, FIRST_SEAL),
        (OFFICE, 2, FIRST_SEAL),
        (OFFICE, 0, FIRST_SEAL),
        (OFFICE, 1, "1" * 64),
        (OFFICE, 2**63, FIRST_SEAL),
    ],
    ids=["another office", "another number", "before the first", "something before the first", "no number"],
)
def test_entries_that_do_not_begin_where_the_message_says_are_none(code, from_no, before):
    with pytest.raises(ValueError, match=r"begin|follow"):
        sealed_message(code, from_no, before, rows())


def test_a_gap_between_entries_is_no_message():
    with pytest.raises(ValueError, match="follow"):
        sealed_message(OFFICE, 1, FIRST_SEAL, [*rows()[:2], *rows()[3:]])


TOLD = {name: value for name, value in zip(SEALED, rows()[1], strict=True) if value is not None}


def test_an_entry_comes_back_from_its_names_and_values():
    assert row_of(TOLD) == rows()[1]


@pytest.mark.parametrize(
    "other",
    [
        {"cards": True},
        {"cards": 187.0},
        {"cards": "187"},
        {"cards": 2**63},
        {"kind": None},
        {"kind": 4},
        {"occurred_on": "2026-13-01"},
        {"occurred_on": "20260106"},
        {"occurred_on": "besok"},
        {"occurred_on": 20260106},
        {"note": "a\0b"},
        {"note": ["a"]},
    ],
    ids=str,
)
def test_what_no_entry_can_hold_is_refused(other):
    with pytest.raises(ValueError, match="no entry"):
        row_of({**TOLD, **other})


def test_a_column_of_a_newer_blangko_is_refused_as_such():
    with pytest.raises(ValueError, match="newer"):
        row_of({**TOLD, "weight_grams": 5})
