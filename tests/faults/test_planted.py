"""Files planted beside a book, or left there by accident: nothing is deleted, nothing believed, and it is told."""

import os
import shutil
import sqlite3
from contextlib import closing

import pytest

from blangko.cli import writing
from blangko.core.entry import movement
from blangko.errors import InterruptedWrite
from blangko.stockroom import look, open_book
from blangko.stockroom.post import post
from tests.faults.fuzz import no_hang
from tests.faults.office import DAY, DESK, NOBODY, another_account, begun, entries
from tests.faults.planted import PLANTS, everything, journal, journal_of, pages
from tests.store.test_released import RELEASED, released_book

pytestmark = pytest.mark.file

DRAFTS = [movement("print", DAY, 7)]
COMMANDS = (["status"], ["alert"], ["card"], ["verify"], ["print", "5"], ["undo", "--reason", "x"], ["summary"],
            ["count", "990", "--adjust", "--reason", "x"], ["backup", "-o", "copy.db"], ["export", "-o", "out"],
            ["settings", "risk", "10%"], ["forecast"], ["upgrade"])  # fmt: skip


@pytest.fixture
def victim(tmp_path):
    """A file that the reader may delete, and somebody else would like to be gone."""
    place = tmp_path / "elsewhere" / "proved.mark"
    place.parent.mkdir()
    place.write_text("the only proof")
    return place


# --- Beside the book ------------------------------------------------------------------------------


@pytest.mark.parametrize("words", COMMANDS, ids=lambda words: words[0])
@pytest.mark.parametrize("plant", PLANTS)
def test_a_file_planted_beside_the_book_is_told_and_nothing_is_touched(office, victim, plant, words):
    office.chdir(office.folder)
    PLANTS[plant](office.book, victim)
    before = everything(office.folder)
    office.speaks(None)
    with no_hang():
        code = office(*words)

    assert code == 3 and "does not belong to it" in office.out + office.err
    assert "book.db-" in office.out + office.err
    assert everything(office.folder) == before


@pytest.mark.parametrize("plant", PLANTS)
def test_a_file_planted_while_somebody_thinks_about_a_question_is_told(office, victim, plant, monkeypatch):
    def meanwhile(_):
        (office.folder / "book.db-journal").unlink()
        PLANTS[plant](office.book, victim)
        return True

    monkeypatch.setattr(writing, "ask_to_go_on", meanwhile)
    office.did("print", 5, "--yes")
    before = office.book.read_bytes()

    assert office("print", 5) == 3 and "does not belong to it" in office.err
    assert victim.exists() and office.book.read_bytes() == before


def test_a_planted_file_is_found_by_whatever_name_the_book_is_called(office, victim):
    link = office.folder / "link.db"
    link.symlink_to(office.book)
    PLANTS["a journal that names a victim"](office.book, victim)

    assert office("--db", link, "status") == 3 and "book.db-journal" in office.err
    assert victim.exists()


def test_the_mark_is_not_deleted_by_what_lies_beside_the_book(office):
    mark = office.folder / "mark"
    office.did("verify", "--mark", mark, "--new-mark")
    before = mark.read_bytes()
    PLANTS["a journal that names a victim"](office.book, mark)

    for command in ("alert", "verify"):
        assert office(command, "--mark", mark) == 3
        assert mark.read_bytes() == before


# --- What is a book's own -------------------------------------------------------------------------


def test_the_journal_of_a_write_that_was_cut_off_is_rolled_back(office):
    before = office.book.read_bytes()
    kept = journal_of(office.book)
    office.did("print", 5)
    (office.folder / "book.db-journal").write_bytes(kept)

    assert office.json("status")["last_entry_no"] == 3
    assert office.book.read_bytes() == before


def test_a_journal_that_a_clerk_has_just_begun_or_emptied_is_the_book_s_own(office):
    """The mark at its beginning is no super-journal's at its end, however little of it is written yet."""
    beside = office.folder / "book.db-journal"
    for begun_bytes in (0, 4, 8, 20, 28):
        beside.write_bytes(journal_of(office.book)[:begun_bytes])

        assert office.json("status")["last_entry_no"] == 3


def test_an_empty_journal_is_what_every_write_leaves(office):
    office.did("print", 5)

    assert (office.folder / "book.db-journal").read_bytes() == b""
    office.did("status")


# --- Other accounts -------------------------------------------------------------------------------

root_only = pytest.mark.skipif(os.name == "nt" or os.geteuid() != 0, reason="only root becomes another account")


@root_only
def test_the_journal_of_somebody_who_may_not_write_to_the_book_is_not_believed(office):
    kept = journal_of(office.book)
    office.did("print", 5)
    before = office.book.read_bytes()
    planted = office.folder / "book.db-journal"
    planted.write_bytes(kept)
    os.chown(planted, NOBODY, NOBODY)

    assert office("status") == 3 and "does not belong to it" in office.err
    assert office.book.read_bytes() == before


@root_only
def test_the_journal_of_a_colleague_who_may_write_to_a_shared_book_is_rolled_back(office):
    office.book.chmod(0o660)
    os.chown(office.book, 0, NOBODY)
    kept = journal_of(office.book)
    office.did("print", 5)
    planted = office.folder / "book.db-journal"
    planted.write_bytes(kept)
    os.chown(planted, NOBODY, NOBODY)

    assert office.json("status")["last_entry_no"] == 3


@root_only
def test_another_account_reads_without_changing_a_byte_and_says_what_is_unfinished(given_away):
    kept = journal_of(given_away)
    with open_book(str(given_away)) as book:
        post(book, DESK, DRAFTS)
    beside = given_away.with_name("book.db-journal")
    beside.write_bytes(kept)
    for path in (given_away, beside, given_away.parent):
        path.chmod(0o777)
    given_away.chmod(0o644)
    before = everything(given_away.parent)
    with another_account(), pytest.raises(InterruptedWrite):
        open_book(str(given_away))

    assert everything(given_away.parent) == before
    assert entries(given_away) == 1


@root_only
def test_root_s_alert_on_a_clerk_s_book_changes_nothing_and_root_can_still_write(office):
    office.did("print", 5)
    os.chown(office.book, NOBODY, NOBODY)
    with open_book(str(office.book)) as book:
        with pytest.raises(sqlite3.OperationalError, match="readonly"):
            book.connection.execute("UPDATE office SET last_entry_no = 99")
        assert look.balance_on(book, DAY).on_hand == 995
        post(book, DESK, DRAFTS)
        assert look.balance_on(book, DAY).on_hand == 988

    assert office.book.stat().st_uid == NOBODY


# --- Sources: copies from elsewhere ---------------------------------------------------------------


@pytest.fixture
def stick(office):
    """A stick with a copy of the book, and the office's book gone on since."""
    (office.folder / "stick").mkdir()
    office.did("backup", "-o", office.folder / "stick" / "copy.db")
    office.did("print", 5)
    office.chdir(office.folder)
    return office.folder / "stick" / "copy.db"


@pytest.mark.parametrize("plant", PLANTS)
@pytest.mark.parametrize("words", [["restore", "stick/copy.db", "--yes"], ["restore", "stick/copy.db"],
                                   ["backup", "-o", "stick/copy.db"], ["--db", "new.db", "restore", "stick/copy.db"]],
                         ids=["restore", "ask", "backup", "anew"])  # fmt: skip
def test_a_file_planted_beside_a_copy_is_told_and_nothing_is_touched(office, stick, plant, words):
    PLANTS[plant](stick, office.book)
    before = everything(office.folder)
    with no_hang():
        code = office(*words)

    assert code in (1, 3)
    assert everything(office.folder) == before


def test_a_copy_is_restored_without_a_trace_on_the_stick(office, stick):
    before = everything(stick.parent)
    stamp = stick.stat().st_mtime_ns
    office.did("restore", stick, "--yes")

    assert everything(stick.parent) == before and stick.stat().st_mtime_ns == stamp
    assert office.last_entry() == 3


def test_a_journal_beside_a_copy_is_no_part_of_it_even_where_it_is_its_own(office, stick):
    (stick.parent / "copy.db-journal").write_bytes(journal_of(stick))

    assert office("restore", stick, "--yes") == 3 and "copy.db-journal" in office.err
    assert office.last_entry() == 4


def test_a_copy_that_is_written_while_it_is_read_is_not_taken(office, stick, monkeypatch):
    real = shutil.copyfileobj

    def written_meanwhile(source, target, *rest):
        real(source, target, *rest)
        content = bytearray(stick.read_bytes())
        content[27] ^= 1
        stick.write_bytes(content)

    monkeypatch.setattr(shutil, "copyfileobj", written_meanwhile)

    assert office("restore", stick, "--yes") == 3 and "in use by another program" in office.err
    assert office.last_entry() == 4


@pytest.mark.parametrize("table", ["office", "entry", "kind", "alembic_version"])
def test_a_copy_that_no_look_at_comes_to_the_end_of_is_refused(office, stick, table):
    with closing(sqlite3.connect(stick)) as connection:
        connection.executescript(f"""
            PRAGMA writable_schema = ON; DELETE FROM sqlite_master WHERE type = 'trigger';
            PRAGMA writable_schema = RESET;
            ALTER TABLE {table} RENAME TO kept;
            CREATE VIEW {table} AS WITH RECURSIVE row(no) AS (SELECT 1 UNION ALL SELECT no + 1 FROM row)
              SELECT kept.* FROM kept, row WHERE no < 0;""")
    for words in (["restore", stick, "--yes"], ["backup", "-o", stick]):
        with no_hang():
            assert office(*words) in (1, 3), words
    assert office.last_entry() == 4


@pytest.mark.parametrize("kind", ["pipe", "folder", "device"])
def test_what_is_no_file_is_no_book_and_nobody_waits_for_it(office, kind):
    place = office.folder / "odd.db"
    if kind == "pipe":
        os.mkfifo(place)
    elif kind == "folder":
        place.mkdir()
    else:
        place.symlink_to("/dev/zero")
    for words in (["--db", place, "status"], ["--db", place, "alert"], ["--db", place, "print", "5"]):
        with no_hang():
            assert office(*words) == 3, words
    if kind != "folder":
        assert office("restore", place, "--yes") == 1


# --- A journal that was left behind without an attacker ---------------------------------------------


@pytest.fixture
def left_behind(office):
    """The book was moved away by hand after a crash, and its journal stayed; what the journal holds."""
    kept = pages(office.book)
    for _ in range(4):
        office.did("print", 5, "--yes")
    stale = journal({no: bytes(reversed(page)) for no, page in kept.items()}, len(kept))
    office.did("backup", "-o", office.folder / "good.db")
    office.book.rename(office.folder / "moved.db")
    (office.folder / "book.db-journal").write_bytes(stale)
    return stale


def set_aside(office):
    return [path.read_bytes() for path in office.folder.glob("*-journal*old")]


def test_a_stale_journal_does_not_ruin_the_book_that_is_brought_back(office, left_behind):
    office.did("restore", "--yes", office.folder / "good.db")

    assert office.last_entry() == 7
    assert office("verify") == 0
    assert set_aside(office) == [left_behind]


def test_a_stale_journal_does_not_ruin_a_new_book(office, left_behind):
    office.did("init", "--office", "Uji", "--code", "61.03", "--opening", 1000)

    assert office("verify") == 0
    assert set_aside(office) == [left_behind]


def test_a_stale_journal_does_not_ruin_a_copy(office, left_behind):
    office.did("--db", office.folder / "moved.db", "backup", "-o", office.book)

    assert entries(office.book) == 7
    assert set_aside(office) == [left_behind]


@pytest.mark.parametrize("suffix", ["-wal", "-shm"])
def test_a_stale_log_does_not_hide_the_book_that_is_brought_back(office, left_behind, suffix):
    (office.folder / "book.db-journal").unlink()
    (office.folder / f"book.db{suffix}").write_bytes(b"left behind")
    office.did("restore", "--yes", office.folder / "good.db")

    assert office("verify") == 0 and office.last_entry() == 7
    assert (office.folder / f"book.db{suffix}.old").read_bytes() == b"left behind"


@pytest.mark.parametrize("plant", ["a log of another truth", "a journal that names a victim", "a pipe as the journal"])
def test_a_book_beside_which_somebody_planted_is_kept_aside_with_what_was_planted(office, stick, victim, plant):
    (office.folder / "book.db-journal").unlink()
    PLANTS[plant](office.book, victim)
    before = office.book.read_bytes()
    office.did("restore", stick, "--yes")

    assert office("verify") == 0 and office.last_entry() == 3 and victim.exists()
    (kept,) = office.folder.glob("book.db.*.old")
    assert kept.read_bytes() == before
    assert len(list(office.folder.glob("book.db.*.old-*"))) == 1
    assert office("--db", kept, "status") == 3 and "does not belong to it" in office.err


@root_only
def test_a_book_made_in_the_folder_of_a_group_is_the_group_s(nobody):
    shared = nobody.folder / "shared"
    shared.mkdir()
    os.chown(shared, 0, NOBODY)
    shared.chmod(0o2770)
    begun(shared / "book.db")

    assert (shared / "book.db").stat().st_gid == NOBODY


def test_two_leftovers_of_one_name_are_both_kept(office, left_behind):
    (office.folder / "book.db-journal.old").write_bytes(b"of last year")
    office.did("restore", "--yes", office.folder / "good.db")

    assert sorted(set_aside(office)) == sorted([left_behind, b"of last year"])


def test_a_copy_that_does_not_prove_under_its_own_name_is_not_left_there(office, stick, monkeypatch):
    """Somebody lays a journal beside the book in the moment in which it gets its name."""
    from blangko.stockroom import copies

    real, before = copies.put_in_place, office.book.read_bytes()

    def planted_meanwhile(building, target):
        real(building, target)
        PLANTS["a log of another truth"](office.book, office.folder)

    monkeypatch.setattr(copies, "put_in_place", planted_meanwhile)

    assert office("restore", stick, "--yes") == 1
    assert office.book.read_bytes() == before


def test_an_upgrade_that_a_power_cut_left_half_done_is_an_older_book_again(nobody):
    released_book(RELEASED[0], nobody.book)
    kept = journal_of(nobody.book)
    nobody.did("upgrade")
    (nobody.folder / "book.db-journal").write_bytes(kept)

    assert nobody("status") == 3 and "older blangko" in nobody.err
