"""The views are an interface: a spreadsheet or an auditor reads them without the program."""

from datetime import date

import pytest

from blangko.core.entry import Entry, movement
from blangko.stockroom import open_book, tasks
from blangko.stockroom.desk import Desk
from blangko.stockroom.post import post
from tests.store.office import small_book


@pytest.fixture
def view(empty_place):
    """Monday: 1,000 - 187 - 3. Tuesday: 2,000 asked, 1,000 granted, 400 received; counted 1,205, five short."""
    small_book(empty_place)
    tuesday = date(2017, 10, 3)
    desk = Desk(tuesday, "2017-10-03T09:00:00Z", "siti", yes=True)
    with open_book(empty_place) as book:
        tasks.ask(book, desk, Entry("request", tuesday, 2000, due_on=date(2017, 10, 20)))
        tasks.answer_request(book, desk, Entry("grant", tuesday, 1000), None)
        tasks.receive(book, desk, movement("receive", tuesday, 400, reference="BAST 1"), None, False)
        tasks.count(book, desk, tuesday, 1205, False, None)
        post(book, desk, [movement("print", tuesday, 50)])
        tasks.undo(book, desk, None, "wrong day")

        def rows(columns, name):
            return [tuple(row) for row in book.rows(f"SELECT {columns} FROM {name}")]

        yield rows


def test_the_stock_card_carries_the_balance_after_each_movement(view):
    columns = "kind, in_cards, out_cards, balance_cards, spoiled_cards"

    assert view(columns, "stock_card ORDER BY occurred_on, entry_no") == [
        ("opening", 1000, 0, 1000, 0),
        ("print", 0, 187, 813, 0),
        ("spoil", 0, 3, 810, 3),
        ("receive", 400, 0, 1210, 3),
        ("print", 0, 50, 1160, 3),
        ("reverse", 50, 0, 1210, 3),
    ]  # fmt: skip


def test_the_daily_use_leaves_out_what_was_taken_back(view):
    assert view("occurred_on, printed_cards, spoiled_cards, use_cards", "daily_use") == [("2017-10-02", 187, 3, 190)]


def test_a_request_shows_asked_granted_and_received_as_three_facts(view):
    columns = "asked_cards, granted_cards, received_cards, due_on, closed_by_hand"

    assert view(columns, "requests") == [(2000, 1000, 400, "2017-10-20", 0)]


def test_a_count_shows_what_the_book_said_at_that_moment(view):
    assert view("counted_cards, book_cards, discrepancy_cards, adjusted_cards", "counts") == [(1205, 1210, -5, 0)]
