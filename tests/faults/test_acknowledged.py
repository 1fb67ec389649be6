"""An entry that is told as written stands in the book: no rule added by hand swallows it, no file takes it along.

MOVES says how many points of a command a file is moved at, FAULT_SEED which ones; `python -m tests.faults` tries all.
"""

import os
import random
import shutil
import sqlite3
import tempfile
from contextlib import closing
from pathlib import Path

import pytest

from blangko.core.entry import movement
from blangko.errors import BookMoved, ChangedRules, DamagedBook, MovedMeanwhile, NotKept, TwoNames
from blangko.stockroom import open_book
from blangko.stockroom.post import post
from blangko.store import sqlite
from tests.faults.calls import Office
from tests.faults.moved import MOVES, judged, points
from tests.faults.office import DAY, DESK, begun, entries

pytestmark = pytest.mark.file

DRAFTS = [movement("print", DAY, 7), movement("spoil", DAY, 1)]
TRIES = int(os.environ.get("MOVES", "12"))
SEED = int(os.environ.get("FAULT_SEED", "20171027"))


def by_hand(place, *statements):
    """What somebody with a database tool does to the book."""
    with closing(sqlite3.connect(place, isolation_level=None)) as connection:
        for sql in statements:
            connection.executescript(sql)


# --- Rules added by hand ----------------------------------------------------------------------------

RULES = {
    "swallows every entry": "CREATE TRIGGER t BEFORE INSERT ON entry BEGIN SELECT RAISE(IGNORE); END",
    "swallows prints":
        "CREATE TRIGGER t BEFORE INSERT ON entry WHEN NEW.kind = 'print' BEGIN SELECT RAISE(IGNORE); END",
    "swallows spoiled cards":
        "CREATE TRIGGER t BEFORE INSERT ON entry WHEN NEW.kind = 'spoil' BEGIN SELECT RAISE(IGNORE); END",
    "swallows the end": "CREATE TRIGGER t BEFORE UPDATE ON office BEGIN SELECT RAISE(IGNORE); END",
    "swallows the entry and moves the end by itself": """
        CREATE TRIGGER t BEFORE INSERT ON entry BEGIN
          UPDATE office SET last_entry_no = NEW.entry_no, last_seal = NEW.seal; SELECT RAISE(IGNORE); END""",
    "rubs the entry out": """
        DROP TRIGGER entry_is_never_deleted;
        CREATE TRIGGER t AFTER INSERT ON entry BEGIN DELETE FROM entry WHERE entry_no = NEW.entry_no; END""",
    "writes another number of cards": """
        DROP TRIGGER entry_is_never_changed;
        CREATE TRIGGER t AFTER INSERT ON entry BEGIN UPDATE entry SET cards = 1 WHERE entry_no = NEW.entry_no; END""",
    "writes an entry of its own": """
        CREATE TRIGGER t AFTER INSERT ON entry WHEN NEW.kind = 'spoil' BEGIN
          INSERT INTO entry (office_code, entry_no, kind, occurred_on, recorded_at, recorded_by, cards, from_place,
            to_place, batch_no, seal) VALUES (NEW.office_code, NEW.entry_no + 1, 'lose', NEW.occurred_on,
            NEW.recorded_at, 'x', 100, 'shelf', 'lost', NEW.batch_no, NEW.seal); END""",
    "is called a view": """
        CREATE TRIGGER t BEFORE INSERT ON entry BEGIN SELECT RAISE(IGNORE); END;
        PRAGMA writable_schema = ON; UPDATE sqlite_master SET type = 'view' WHERE name = 't'""",
    "hides behind another's name": """
        CREATE TRIGGER t BEFORE INSERT ON entry BEGIN SELECT RAISE(IGNORE); END;
        PRAGMA writable_schema = ON; UPDATE sqlite_master SET name = 'entry_is_never_changed' WHERE name = 't'""",
    "lets a second entry take a number": "DROP TRIGGER entry_takes_the_next_number",
    "a conflict is ignored": """
        PRAGMA writable_schema = ON;
        UPDATE sqlite_master SET sql = replace(sql, 'CHECK (cards', 'CHECK (1 OR cards') WHERE name = 'entry'""",
}  # fmt: skip


@pytest.mark.parametrize("rule", RULES)
def test_a_book_whose_rules_somebody_changed_takes_no_entry(tmp_path, rule):
    place = begun(tmp_path / "book.db")
    by_hand(place, RULES[rule])
    before = Path(place).read_bytes()
    # Where the list of parts itself was edited, SQLite often does not even read it.
    with pytest.raises((ChangedRules, DamagedBook)), open_book(place) as book:
        post(book, DESK, DRAFTS)

    assert Path(place).read_bytes() == before


@pytest.mark.parametrize("rule", [rule for rule in RULES if rule.startswith(("swallows", "rubs", "writes"))])
def test_an_entry_that_the_book_did_not_keep_is_not_acknowledged_whoever_hides_the_rule(tmp_path, rule, monkeypatch):
    """Even where the look at the rules saw nothing, what was written is read back."""
    place = begun(tmp_path / "book.db")
    by_hand(place, RULES[rule])
    monkeypatch.setattr(sqlite, "changed_parts", lambda connection: [])
    before = rows(place)
    with open_book(place) as book, pytest.raises((NotKept, DamagedBook)):
        post(book, DESK, DRAFTS)

    assert rows(place) == before


def rows(place):
    with closing(sqlite3.connect(place)) as connection:
        return [connection.execute(f"SELECT * FROM {table}").fetchall() for table in ("entry", "office")]


@pytest.mark.parametrize("words", [["print", "187", "--spoiled", "3"], ["count", "900"], ["undo", "--reason", "x"],
                                   ["settings", "risk", "10%"], ["receive", "500", "--ref", "BAST"]],
                         ids=lambda words: words[0])  # fmt: skip
def test_the_clerk_is_told_that_nothing_was_written(office, words):
    by_hand(office.book, RULES["swallows every entry"])

    assert office(*words) == 3
    assert "Not written" in office.err and "rules of its own" in office.err
    assert office.out == ""
    assert office.last_entry() == 3


# --- A book under two names -------------------------------------------------------------------------


def test_a_book_with_two_names_is_told_and_takes_no_entry(office):
    os.link(office.book, office.folder / "copy.db")
    for place in (office.book, office.folder / "copy.db"):
        assert office("--db", place, "print", 5) == 1 and "goes by 2 names" in office.err
        assert office("--db", place, "status") in (0, 1)
        assert "goes by 2 names" in " ".join(office.did("--db", place, "verify").split())
    (office.folder / "copy.db").unlink()

    office.did("print", 5)


def test_a_second_name_given_while_somebody_thinks_is_told(tmp_path):
    place = begun(tmp_path / "book.db")
    with open_book(place) as book:
        os.link(place, tmp_path / "copy.db")
        with pytest.raises(TwoNames):
            post(book, DESK, DRAFTS)

    assert entries(place) == 1


def test_a_link_to_the_book_is_no_second_name(office):
    (office.folder / "link.db").symlink_to(office.book)
    office.did("--db", office.folder / "link.db", "print", 5)

    assert office.last_entry() == 4


def test_a_new_book_and_a_copy_have_one_name(office):
    office.did("backup", "-o", office.folder / "copy.db")

    assert office.book.stat().st_nlink == (office.folder / "copy.db").stat().st_nlink == 1


# --- A file that is moved over the book -------------------------------------------------------------


def test_a_file_moved_over_the_book_before_it_is_written_is_told(tmp_path):
    place = begun(tmp_path / "book.db")
    begun(tmp_path / "other.db")
    with open_book(place) as book:
        os.replace(tmp_path / "other.db", place)
        with pytest.raises(BookMoved):
            post(book, DESK, DRAFTS)

    assert entries(place) == 1


def test_a_file_moved_over_the_book_while_it_is_written_is_not_acknowledged(tmp_path):
    place = begun(tmp_path / "book.db")
    begun(tmp_path / "other.db")

    def moved_meanwhile(statement):
        if statement == "COMMIT":
            os.replace(tmp_path / "other.db", place)

    with open_book(place) as book:
        book.connection.set_trace_callback(moved_meanwhile)
        with pytest.raises(MovedMeanwhile):
            post(book, DESK, DRAFTS)

    assert entries(place) == 1


@pytest.fixture(scope="module")
def stopped():
    """Offices whose commands can be stopped at any of their calls."""
    if not shutil.which("strace"):
        pytest.skip("strace stops the commands")
    with tempfile.TemporaryDirectory() as place:
        commands = ("print", "count --adjust", "undo")
        yield [Office(command, Path(place, str(index))) for index, command in enumerate(commands)]


@pytest.mark.heavy
@pytest.mark.xdist_group("moved books")
def test_whatever_moves_the_book_takes_no_acknowledged_entry_with_it(stopped):
    every = [(office, point) for office in stopped for point in points(office)]
    tried = random.Random(SEED).sample(every, min(TRIES, len(every)))
    tallies = {(office.command, point): judged(office, point) for office, point in tried}

    assert [point for point, tally in tallies.items() if not tally.is_clean] == []
    assert {point.move for _, point in every} == set(MOVES)
    assert any(tally.refused for tally in tallies.values())
