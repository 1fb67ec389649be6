"""No statement of the daily commands walks through the whole book: each finds its rows by an index."""

import re
from datetime import date

import pytest

from blangko.core.entry import movement
from blangko.store import queries
from blangko.store.files import create_book
from blangko.store.sqlite import open_book

INDEXES = {
    "PLACE_SUMS": "COVERING INDEX entry_moves",
    "DAYS_FROM": "COVERING INDEX entry_moves",
    "PURPOSES_FROM": "INDEX entry_days",
    "STOCK_CARD": "INDEX entry_days",
    "ENTRIES_OF_DAYS": "INDEX entry_days",
    "TAKEN_BACK_OF_DAYS": "INDEX entry_days",
    "DAILY_CHANGES_FROM": "INDEX entry_days",
    "LAST_USES": "INDEX entry_days",
    "TWINS": "INDEX entry_days",
    "STANDING_FROM": "INDEX entry_days",
    "ENTRIES_AFTER": "INDEX entry_days",
    "SHELF_CHANGE_SINCE": "INDEX entry_days",
    "REQUESTS": "INDEX entry_statements",
    "STATEMENTS": "INDEX entry_statements",
    "LATEST_LEVELS": "INDEX entry_statements",
    "LATEST_SETTING": "INDEX entry_statements",
    "LATEST_COUNT": "INDEX entry_statements",
    "PAPER_FOR_DAY": "INDEX entry_statements",
    "LOANS": "INDEX entry_loans",
    "ANSWERS": "INDEX entry_requests",
    "ONE_REQUEST": "PRIMARY KEY (office_code=? AND entry_no>?)",
    "BY_KEY": "INDEX entry_key_once",
}


@pytest.fixture(scope="module")
def book(tmp_path_factory):
    place = str(tmp_path_factory.mktemp("plans") / "book.db")
    opening = movement("opening", date(2017, 10, 2), 1000)
    create_book(place, "61.03", [[opening._replace(recorded_at="2017-10-02T01:00:00Z", recorded_by="siti")]])
    with open_book(place) as opened:
        yield opened


@pytest.mark.parametrize("name", INDEXES)
def test_a_daily_statement_finds_its_rows_by_an_index(book, name):
    walks = _walks(book, name)

    assert INDEXES[name] in next(step for step in walks if step.startswith(("SEARCH e ", "SEARCH entry ")))
    # What an inner statement collected, or the statement itself lists, is gone through row by row; nothing else is.
    assert {step for step in walks if step.startswith("SCAN")} <= {"SCAN d", "SCAN m", "SCAN CONSTANT ROW"}


@pytest.mark.parametrize(("name", "parts"), [("PLACE_SUMS", 2), ("DAYS_FROM", 2)])
def test_the_sums_of_a_busy_office_are_made_without_a_look_at_the_entries(book, name, parts):
    movements = [step for step in _walks(book, name) if step.startswith(("SEARCH e ", "SEARCH entry "))]

    assert [step.split(" (")[0].split("USING ")[1] for step in movements] == ["COVERING INDEX entry_moves"] * parts


def _walks(book, name):
    sql = getattr(queries, name)
    values = dict.fromkeys(re.findall(r":(\w+)", sql), "1")
    plan = [row[3] for row in book.connection.execute(f"EXPLAIN QUERY PLAN {sql}", values)]
    return [step for step in plan if step.startswith(("SEARCH", "SCAN"))]
