"""Books of every blangko that was released: today's takes them over when it is asked to, and loses nothing."""

import shutil
import sqlite3
from datetime import date
from pathlib import Path

import pytest

from blangko.errors import DamagedBook, OlderBook
from blangko.errors.files import BadExport
from blangko.stockroom import open_book
from blangko.stockroom.copies import restore, upgrade
from blangko.stockroom.proof import examine
from blangko.store import queries
from blangko.store.schema import KNOWN_SHAPES, SCHEMA_VERSION, differences, fingerprint

pytestmark = pytest.mark.file

RELEASED = sorted(Path(__file__).parent.glob("released/*.sql"))
LAST_DAY = date(2017, 10, 13)


def released_book(script, place):
    connection = sqlite3.connect(place)
    connection.executescript(script.read_text(encoding="utf-8"))
    connection.close()
    return str(place)


@pytest.fixture(params=RELEASED, ids=lambda script: script.stem)
def old(request, tmp_path):
    """The place of a book of an older release: 26 entries, from 29 September to 13 October 2017."""
    return released_book(request.param, tmp_path / "book.db")


def shape_no(place):
    return sqlite3.connect(place).execute("PRAGMA user_version").fetchone()[0]


def entries(place):
    return list(sqlite3.connect(place).execute("SELECT * FROM entry ORDER BY entry_no"))


def known_columns(place):
    """The entries without what is empty: a later shape has columns that an older one did not know."""
    connection = sqlite3.connect(place)
    connection.row_factory = sqlite3.Row
    rows = connection.execute("SELECT * FROM entry ORDER BY entry_no")
    return [{name: row[name] for name in row.keys() if row[name] is not None} for row in rows]  # noqa: SIM118


def errors(place):
    with open_book(place) as book:
        return [each for each in examine(book, LAST_DAY).findings if each.severity == "error"]


def test_every_shape_before_todays_is_kept():
    assert [int(script.stem) for script in RELEASED] == list(range(1, SCHEMA_VERSION))


def test_an_older_book_is_left_alone_until_it_is_upgraded(old):
    before = Path(old).read_bytes()
    with pytest.raises(OlderBook):
        open_book(old)

    assert Path(old).read_bytes() == before


def test_an_upgrade_keeps_every_entry_and_seal(old, tmp_path):
    before, number = known_columns(old), shape_no(old)
    found = upgrade(old, str(tmp_path / "copy.db"), LAST_DAY)

    assert found == number and known_columns(old) == before and len(before) == 26
    assert errors(old) == []
    assert differences(sqlite3.connect(old)) == []
    # Known at a glance, so that writing to it takes no longer than to a fresh one.
    assert fingerprint(sqlite3.connect(old)) in KNOWN_SHAPES


def test_the_book_as_it_was_is_kept(old, tmp_path):
    before = entries(old)
    upgrade(old, str(tmp_path / "copy.db"), LAST_DAY)

    assert entries(tmp_path / "copy.db") == before
    with pytest.raises(OlderBook):
        open_book(str(tmp_path / "copy.db"))


def test_an_upgraded_book_needs_no_second_upgrade(old, tmp_path):
    upgrade(old, str(tmp_path / "copy.db"), LAST_DAY)

    assert upgrade(old, str(tmp_path / "second.db"), LAST_DAY) is None
    assert not (tmp_path / "second.db").exists()


def test_a_copy_of_an_older_book_comes_back_as_a_book_of_today(old, tmp_path):
    before = known_columns(old)
    copy = shutil.copy(old, tmp_path / "copy.db")
    restore(str(tmp_path / "new.db"), str(copy), None, LAST_DAY, "2017-10-13T09:00:00Z")

    assert known_columns(tmp_path / "new.db") == before
    assert errors(str(tmp_path / "new.db")) == []


def test_an_older_book_that_lacks_a_column_of_today_is_read_and_proved_with_the_column_empty(old):
    with open_book(old, older=True) as book, book.reading():
        before = book.entries(queries.WHOLE_BOOK)
    assert {entry.purpose for entry in before} == {None}
    with sqlite3.connect(old) as raw:
        raw.execute("ALTER TABLE entry DROP COLUMN purpose")
    raw.close()
    kept = Path(old).read_bytes()

    with open_book(old, older=True) as book:
        with book.reading():
            assert book.entries(queries.WHOLE_BOOK) == before
        assert [each for each in examine(book, LAST_DAY).findings if each.severity == "error"] == []
    assert Path(old).read_bytes() == kept


def test_an_older_book_that_was_changed_by_hand_is_not_upgraded(old, tmp_path):
    with sqlite3.connect(old) as raw:
        raw.execute("DROP TRIGGER entry_is_never_changed")
        raw.execute("UPDATE entry SET cards = 1 WHERE kind = 'print' AND cards = 187")
    before = Path(old).read_bytes()
    with pytest.raises(BadExport, match="seal"):
        upgrade(old, str(tmp_path / "copy.db"), LAST_DAY)

    assert Path(old).read_bytes() == before


def test_an_older_book_without_one_of_its_guards_is_not_upgraded(old, tmp_path):
    with sqlite3.connect(old) as raw:
        raw.execute("DROP TRIGGER entry_is_never_changed")
    before, number = sqlite3.connect(old).execute("SELECT type, name FROM sqlite_master").fetchall(), shape_no(old)
    with pytest.raises(DamagedBook, match="schema"):
        upgrade(old, str(tmp_path / "copy.db"), LAST_DAY)

    assert sqlite3.connect(old).execute("SELECT type, name FROM sqlite_master").fetchall() == before
    assert shape_no(old) == number


@pytest.fixture
def desk(nobody, clock):
    """A desk with the newest of the older books, on that book's last day. It was recorded on 24 November 2026."""
    clock("2026-11-25 02:00")
    nobody.today(LAST_DAY.isoformat())
    released_book(RELEASED[-1], nobody.book)
    return nobody


def test_the_clerk_is_told_to_upgrade_and_goes_on(desk):
    assert desk("print", 150) == 3 and "blangko upgrade" in desk.err
    assert desk("alert") == 3
    assert "The book as it was" in desk.did("upgrade")
    assert desk.json("status")["on_hand_cards"] == 1856
    assert desk.json("verify")["ok"]
    desk.did("print", 150, "--spoiled", 2)
    assert desk.json("status")["on_hand_cards"] == 1704
    assert "up to date" in desk.did("upgrade")


@pytest.mark.parametrize(("answer", "code"), [("y\n", 0), ("n\n", 3), ("", 130)])
def test_somebody_at_the_terminal_is_asked_and_the_command_goes_on_after_a_yes(desk, answer, code):
    before = desk.book.read_bytes()
    desk.answers_on_terminal(answer)

    assert desk("print", 150) == code
    assert "bring it up to date now? [y/N]" in desk.err
    copies = list((desk.folder / "backups").glob("*.db")) if code == 0 else []
    if code:
        assert desk.book.read_bytes() == before
    else:
        assert [copy.stat().st_mode & 0o777 for copy in copies] == [0o600]
        assert desk.json("status")["on_hand_cards"] == 1706


def test_a_yes_that_was_given_for_slips_upgrades_nothing(desk):
    assert desk("print", 150, "--yes") == 3
    assert not (desk.folder / "backups").exists()


def test_a_newer_book_is_refused_by_every_command_and_left_alone(office):
    with sqlite3.connect(office.book) as raw:
        raw.execute(f"PRAGMA user_version = {SCHEMA_VERSION + 1}")
    before = office.book.read_bytes()

    for words in (["status"], ["print", 5], ["upgrade"], ["verify"], ["backup"], ["export", "-o", "x"], ["alert"]):
        assert office(*words) == 3, words
        assert "newer blangko" in office.err + office.out
    assert office.book.read_bytes() == before
