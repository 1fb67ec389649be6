"""Columns and kinds are said once; whoever repeats them says the same."""

import typing
from datetime import date

import pytest

from blangko.core.book import Balance
from blangko.core.columns import COLUMNS, DAY, KINDS, MOVEMENTS, NAMES, PLACES, SEALED, STATEMENTS, USE, WHOLE
from blangko.core.entry import Entry

PYTHON = {WHOLE: int, DAY: date}


def test_an_entry_has_the_columns_of_the_book_and_their_types():
    types = typing.get_type_hints(Entry)

    assert set(types) == set(NAMES)
    for column in COLUMNS:
        holds = PYTHON.get(column.holds, str)
        assert types[column.name] == (holds | None if column.may_be_empty else holds), column.name


def test_what_may_be_empty_is_empty_in_a_draft():
    draft = Entry("count", date(2026, 1, 5))

    assert [column.name for column in COLUMNS if column.may_be_empty and getattr(draft, column.name) is not None] == []


def test_the_seal_covers_every_column_but_itself_in_the_order_of_their_names():
    assert set(SEALED) == {*NAMES} - {"seal"}
    assert list(SEALED) == sorted(SEALED)


@pytest.mark.parametrize("kind", MOVEMENTS.values(), ids=MOVEMENTS)
def test_a_movement_goes_between_places_and_is_counted_in_a_sum_of_the_balance(kind):
    assert {place for way in kind.ways for place in way} <= set(PLACES)
    assert kind.done and (kind.total in Balance._fields or kind.name == "spoil")


def test_printed_and_spoiled_cards_and_those_sent_away_are_the_use_of_an_office():
    assert USE == ("print", "spoil", "send")


def test_a_kind_is_a_movement_a_statement_or_a_reversal():
    assert {*MOVEMENTS, *STATEMENTS, "reverse"} == set(KINDS)
    assert not set(MOVEMENTS) & set(STATEMENTS)
