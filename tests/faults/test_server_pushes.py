"""A book on its way to the province, cut off, forged, twice at once or another: nothing lost, doubled or hidden.

PUSHES says how often each is tried; the heavy tests try every byte of a message and every depth of a fork.
"""

import os

import pytest

from tests import postgres
from tests.faults import server_pushes

pytestmark = [
    pytest.mark.postgres,
    pytest.mark.xdist_group("server_pushes"),
    pytest.mark.skipif(not postgres.is_installed(), reason=postgres.ABSENT),
]
PUSHES = int(os.environ.get("PUSHES", "20"))
SEED = int(os.environ.get("FAULT_SEED", "20171027"))
DEEPEST = 1000
heavy = pytest.mark.heavy


@pytest.mark.parametrize("senders", [2, pytest.param(4, marks=heavy)])
def test_pushes_of_the_same_book_at_once_are_one(server, senders):
    tally = server_pushes.twice_at_once(server, PUSHES // 4, senders)

    assert tally.acknowledged == tally.tries
    assert tally.is_clean, tally


@pytest.mark.parametrize("tries", [40 * PUSHES, pytest.param(100_000, marks=heavy)])
def test_a_message_that_is_cut_off_after_any_byte_is_refused_whole(server, tries):
    tally = server_pushes.cut_messages(server, tries)

    assert tally.refused == tally.tries > 0
    assert tally.is_clean, tally


def test_a_push_whose_line_is_cut_after_any_byte_stands_whole_or_not_at_all_and_is_done_again(server):
    for tally in server_pushes.cut_lines(server, PUSHES):
        assert tally.refused > 0
        assert tally.is_clean, tally


def test_no_byte_of_an_entry_can_be_changed_on_the_way(server):
    tally = server_pushes.forged(server, 25 * PUSHES, SEED)

    assert tally.found > tally.tries * 0.9
    assert tally.is_clean, tally


@pytest.mark.parametrize("step", [50, pytest.param(1, marks=heavy)])
def test_another_book_under_the_same_numbers_is_refused_and_found_where_it_parts(server, step):
    tally = server_pushes.forks(server, range(1, DEEPEST + 1, step), DEEPEST)

    assert tally.refused == tally.tries == DEEPEST // step
    assert tally.is_clean, tally
