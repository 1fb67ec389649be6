"""A book is a file that is opened with care: never made by accident, never touched when it is not ours."""

import os
import sqlite3

import pytest

from blangko.core.entry import movement
from blangko.errors import (
    CannotCreate,
    DamagedBook,
    EmptyFile,
    ForeignFile,
    LockedBook,
    MissingBook,
    NewerBook,
    OlderBook,
    ServerNotSupported,
)
from blangko.errors.files import BookExists
from blangko.stockroom import look
from blangko.store.files import create_book
from blangko.store.sqlite import open_book
from tests.store.office import DAY, RECORDED, small_book


@pytest.fixture
def place(tmp_path):
    small_book(tmp_path / "book.db")
    return tmp_path / "book.db"


def pragma(book, name):
    return book.connection.execute(f"PRAGMA {name}").fetchone()[0]


def test_the_settings_that_lost_nothing_in_power_cuts_are_in_force(place):
    with open_book(str(place)) as book:
        assert pragma(book, "journal_mode") == "truncate"
        assert pragma(book, "synchronous") == 3
        assert pragma(book, "foreign_keys") == 1
        assert pragma(book, "busy_timeout") == 20_000
        assert pragma(book, "trusted_schema") == 0
        assert pragma(book, "cell_size_check") == 1


def test_a_missing_book_is_not_made_by_looking_for_it(tmp_path):
    with pytest.raises(MissingBook):
        open_book(str(tmp_path / "book.db"))

    assert list(tmp_path.iterdir()) == []


def _empty(place):
    place.write_bytes(b"")


def _text(place):
    place.write_text("tanggal;cetak\n2/10/2017;187\n" * 20)


def _another_database(place):
    place.unlink()
    sqlite3.connect(place).execute("CREATE TABLE t (a)").connection.close()


def _newer(place):
    _set_version(place, 99)


def _older(place):
    _set_version(place, 0)


def _set_version(place, version):
    connection = sqlite3.connect(place)
    connection.execute(f"PRAGMA user_version = {version}")
    connection.close()


def _cut(place):
    place.write_bytes(place.read_bytes()[:5000])


def _header_only(place):
    place.write_bytes(place.read_bytes()[:100])


def _noise(place):
    content = bytearray(place.read_bytes())
    content[100:4096] = os.urandom(3996)
    place.write_bytes(content)


@pytest.mark.parametrize(
    ("spoil", "refusal"),
    [
        (_empty, EmptyFile),
        (_text, ForeignFile),
        (_another_database, ForeignFile),
        (_newer, NewerBook),
        (_older, OlderBook),
        (_cut, DamagedBook),
        (_header_only, DamagedBook),
        (_noise, DamagedBook),
    ],
)
def test_a_file_that_is_no_good_book_is_refused_and_left_alone(place, spoil, refusal):
    spoil(place)
    before = place.read_bytes()
    with pytest.raises(refusal), open_book(str(place)) as book:
        look.facts(book, DAY)

    assert place.read_bytes() == before
    assert os.listdir(place.parent) == ["book.db"]


def test_a_folder_is_no_book(tmp_path):
    with pytest.raises(DamagedBook):
        open_book(str(tmp_path))


def test_a_server_is_not_opened_and_its_password_not_repeated():
    with pytest.raises(ServerNotSupported) as refused:
        open_book("postgresql://siti:rahasia@server/blangko")

    assert "rahasia" not in str(refused.value.facts)


def test_a_book_that_another_program_holds_is_waited_for_and_then_refused(place):
    holder = sqlite3.connect(place, isolation_level=None)
    holder.execute("BEGIN EXCLUSIVE")
    with pytest.raises(LockedBook):
        open_book(str(place), wait_ms=50)

    holder.close()


def test_a_new_book_belongs_to_its_owner_alone(place):
    assert place.stat().st_mode & 0o777 == 0o600


def test_a_new_book_never_takes_the_place_of_a_file(place):
    before = place.read_bytes()
    with pytest.raises(BookExists):
        create_book(str(place), "61.03", [])

    assert place.read_bytes() == before
    assert os.listdir(place.parent) == ["book.db"]


def test_a_new_book_in_an_impossible_place_leaves_nothing_behind(tmp_path):
    (tmp_path / "file").write_text("")
    with pytest.raises(CannotCreate):
        create_book(str(tmp_path / "file" / "book.db"), "61.03", [])

    assert os.listdir(tmp_path) == ["file"]


def test_what_fails_in_the_middle_of_a_command_is_as_if_it_had_never_begun(place):
    def half_a_command(book):
        with book.writing():
            book.append([movement("print", DAY, 5, **RECORDED)])
            raise RuntimeError("the light went out")

    with open_book(str(place)) as book:
        before = book.last()
        with pytest.raises(RuntimeError):
            half_a_command(book)

        assert book.last() == before
