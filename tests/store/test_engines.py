"""A book is the same on any engine: its own code knows transactions, entries and rows, and no database by name."""

from contextlib import nullcontext

import pytest
from sqlalchemy import create_engine, text
from sqlalchemy.dialects import postgresql
from sqlalchemy.schema import CreateTable, SetColumnComment
from sqlmodel import SQLModel

from blangko.core.columns import KINDS
from blangko.core.entry import mirror, movement
from blangko.core.seal import FIRST_SEAL
from blangko.stockroom import look
from blangko.store import models, queries
from blangko.store.book import Book
from blangko.store.sqlite import open_book
from tests.store.office import DAY, RECORDED, small_book


class BookElsewhere(Book):
    """A book that SQLAlchemy talks to, as it will on a server; its tables are the models' own."""

    def __init__(self):
        super().__init__("server/blangko", "61.03")
        engine = create_engine("sqlite://")
        SQLModel.metadata.create_all(engine)
        self.connection = engine.connect()
        for kind in KINDS.values():
            row = {"kind": kind.name, "is_movement": 1, "meaning": "x"}
            self.connection.execute(models.Kind.__table__.insert(), row)
        self.execute(queries.ADD_OFFICE, {"office_code": "61.03", "last_entry_no": 0, "last_seal": FIRST_SEAL})
        self.connection.commit()

    def execute(self, sql, values):
        result = self.connection.execute(text(sql), dict(values))
        return result.fetchall() if result.returns_rows else []

    def execute_streamed(self, sql, values):
        yield from self.connection.execute(text(sql), dict(values))

    def execute_for_each(self, sql, rows):
        self.connection.execute(text(sql), list(rows))

    def in_transaction(self):
        return self.connection.in_transaction()

    def begin(self, writing):
        self.connection.begin()

    def commit(self):
        self.connection.commit()

    def rollback(self):
        self.connection.rollback()

    def told(self, writing):
        return nullcontext()

    def inspection(self):
        raise NotImplementedError

    def close(self):
        self.connection.close()


@pytest.fixture
def elsewhere():
    with BookElsewhere() as book:
        with book.writing():
            book.append([movement("opening", DAY, 1000, **RECORDED)])
            book.append([movement("print", DAY, 187, **RECORDED), movement("spoil", DAY, 3, **RECORDED)])
        yield book


def test_the_same_entries_have_the_same_seals_in_a_file_and_elsewhere(elsewhere, tmp_path):
    small_book(tmp_path / "book.db")
    with open_book(str(tmp_path / "book.db")) as in_a_file, in_a_file.reading():
        written = in_a_file.entries(queries.WHOLE_BOOK)

        assert elsewhere.entries(queries.WHOLE_BOOK) == written
        assert elsewhere.last() == in_a_file.last() == (3, written[-1].seal)


def test_the_answer_is_read_from_a_book_elsewhere_as_from_a_file(elsewhere, tmp_path):
    small_book(tmp_path / "book.db")
    with open_book(str(tmp_path / "book.db")) as in_a_file:
        assert look.facts(elsewhere, DAY) == look.facts(in_a_file, DAY)


def test_half_a_command_is_none_elsewhere_either(elsewhere):
    def half_a_command():
        with elsewhere.writing():
            elsewhere.append([mirror(elsewhere.entry(queries.BY_NUMBER, entry_no=2), DAY, "x")._replace(**RECORDED)])
            raise RuntimeError("the line went dead")

    with pytest.raises(RuntimeError):
        half_a_command()

    assert elsewhere.last()[0] == 3


def test_a_server_s_tables_are_made_of_the_same_models_and_carry_their_comments():
    entry = models.EntryRow.__table__
    made = str(CreateTable(entry).compile(dialect=postgresql.dialect()))
    explained = str(SetColumnComment(entry.c.seal).compile(dialect=postgresql.dialect()))

    assert "CONSTRAINT entry_pk PRIMARY KEY (office_code, entry_no)" in made
    assert "STRICT" not in made and "ROWID" not in made
    assert explained == "COMMENT ON COLUMN entry.seal IS 'SHA-256 over the seal before and this entry'"
