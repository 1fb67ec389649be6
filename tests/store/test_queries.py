"""Every statement of the daily commands runs on the tables that the models make."""

import re
import sqlite3

import pytest
from sqlalchemy import text
from sqlmodel import SQLModel, create_engine

from blangko.core.columns import COLUMNS
from blangko.store import models, queries
from blangko.store.schema import create_schema

STATEMENTS = {
    name: value
    for name, value in vars(queries).items()
    if name.isupper() and isinstance(value, str) and re.match(r"(SELECT|INSERT|UPDATE|WITH)\b", value)
}
ROW = {
    "office_code": "61.03",
    "entry_no": 1,
    "kind": "print",
    "occurred_on": "2017-10-02",
    "recorded_at": "2017-10-02T09:00:00Z",
    "recorded_by": "siti",
    "cards": 0,
    "from_place": "shelf",
    "to_place": "issued",
    "batch_no": 1,
    "seal": "0" * 64,
    "last_entry_no": 0,
    "last_seal": "0" * 64,
    "days": 5,
}


@pytest.fixture
def connection():
    engine = create_engine("sqlite://")
    SQLModel.metadata.create_all(engine)
    fresh = sqlite3.connect(":memory:")
    create_schema(fresh)
    views = [sql for (sql,) in fresh.execute("SELECT sql FROM sqlite_master WHERE type = 'view'")]
    with engine.connect() as opened:
        for view in views:
            opened.exec_driver_sql(view)
        opened.execute(text("INSERT INTO kind VALUES ('print', 1, 'x')"))
        yield opened


def test_the_table_of_entries_has_the_columns_of_the_book():
    table = models.EntryRow.__table__

    assert {column.name: column.nullable for column in table.columns} == {
        column.name: column.may_be_empty for column in COLUMNS
    }


def test_there_are_statements_to_try():
    assert {"ADD_ENTRY", "ADD_OFFICE", "PLACE_SUMS", "DAYS_FROM", "THE_OFFICE"} <= set(STATEMENTS)
    assert models.SQLModel.metadata is SQLModel.metadata


@pytest.mark.parametrize("name", STATEMENTS)
def test_a_statement_runs_on_the_tables_of_the_models(connection, name):
    named = set(re.findall(r"(?<!:):(\w+)", STATEMENTS[name]))
    result = connection.execute(text(STATEMENTS[name]), {each: ROW.get(each) for each in named})

    assert not result.returns_rows or isinstance(result.fetchall(), list)
