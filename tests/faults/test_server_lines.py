"""A line that is cut, a server that stops, one that takes too long: told in words, nothing lost, nothing doubled.

LINES says after how many different bytes either way a line is cut, RESTARTS how often a server is killed.
"""

import os

import pytest

from tests import postgres
from tests.faults import server_lines

pytestmark = [
    pytest.mark.postgres,
    pytest.mark.xdist_group("server_lines"),
    pytest.mark.skipif(not postgres.is_installed(), reason=postgres.ABSENT),
]
LINES = int(os.environ.get("LINES_CUT", "30"))
RESTARTS = int(os.environ.get("RESTARTS", "6"))
SEED = int(os.environ.get("FAULT_SEED", "20171027"))


def test_a_line_that_is_cut_after_any_byte_loses_and_doubles_nothing(server):
    for tally in server_lines.cut_lines(server, LINES):
        assert tally.tries == LINES and 0 < tally.refused < LINES
        assert tally.is_clean, tally


def test_a_server_that_is_killed_in_the_middle_of_a_command_loses_and_doubles_nothing(server):
    tally = server_lines.restarts(server, RESTARTS, SEED)

    assert tally.tries == RESTARTS
    assert tally.is_clean, tally


def test_a_session_that_is_ended_in_the_middle_of_a_command_loses_and_doubles_nothing(server):
    tally = server_lines.ended_sessions(server, 4 * RESTARTS, SEED)

    assert tally.tries == 4 * RESTARTS
    assert tally.is_clean, tally


def test_a_statement_that_takes_longer_than_the_server_allows_is_refused_and_done_when_it_can_be(server):
    tally = server_lines.slow_statements(server, RESTARTS)

    assert tally.refused == RESTARTS
    assert tally.is_clean, tally
