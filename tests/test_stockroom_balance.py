"""A command that summed the book to check itself is not summed again for what follows, and that never shows."""

import pytest

from blangko.core.entry import Entry, movement
from blangko.stockroom import look, open_book, tasks
from blangko.stockroom.desk import Desk
from blangko.stockroom.post import post
from tests.benchmarks.office import OPENING_CARDS, TODAY, commands
from tests.store.office import begin

DESK = Desk(TODAY, f"{TODAY}T01:00:00Z", "siti", yes=True)


@pytest.fixture
def place(empty_place):
    """The book of four weeks."""
    begin(empty_place, commands(2))
    return empty_place


def printed(book, cards, on=TODAY):
    drafts = [movement("print", on, cards), movement("spoil", on, 3, cause="print")]
    return post(book, DESK, drafts)


def test_the_balance_that_a_command_leaves_is_that_of_the_book(place):
    with open_book(place) as book:
        posted = printed(book, 187)

        assert posted.balance == look.balance_on(book, TODAY)
        assert posted.balance.on_hand == OPENING_CARDS - 190
        assert look.facts(book, TODAY, posted) == look.facts(book, TODAY)


def test_undoing_leaves_the_balance_of_the_book_too(place):
    with open_book(place) as book:
        printed(book, 187)
        posted = tasks.undo(book, DESK, None, "typed wrong")

        assert posted.balance == look.balance_on(book, TODAY)


def test_what_another_desk_wrote_meanwhile_is_seen(place):
    with open_book(place) as book, open_book(place) as other:
        posted = printed(book, 187)
        printed(other, 100)

        assert look.facts(book, TODAY, posted).balance.on_hand == OPENING_CARDS - 190 - 103


def test_a_replay_of_an_earlier_day_does_not_see_later_entries(place):
    with open_book(place) as book:
        day_before = look.facts(book, TODAY).days[-1].day
        posted = printed(book, 187)

        assert look.facts(book, day_before, posted).balance.on_hand == OPENING_CARDS


def test_a_statement_leaves_no_balance(place):
    with open_book(place) as book:
        assert post(book, DESK, [Entry("count", TODAY, OPENING_CARDS)]).balance is None
