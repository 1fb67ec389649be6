"""A full disk, a file or folder that may not be written, a file that is taken away: told in words, and nothing lost."""

import os
import subprocess
import sys

import pytest

from blangko.cli import record
from blangko.core.entry import movement
from blangko.errors import BookMoved, ReadOnlyBook
from blangko.stockroom import look, open_book
from blangko.stockroom.post import post
from tests.faults.office import DAY, DESK, another_account, begun, entries

pytestmark = pytest.mark.file

DRAFTS = [movement("print", DAY, 7)]


# --- A full disk --------------------------------------------------------------------------------


@pytest.fixture
def small_disk(tmp_path):
    """A disk of 400 kB."""
    place = tmp_path / "disk"
    place.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=400k", "tmpfs", str(place)]
    if sys.platform != "linux" or os.geteuid() != 0 or subprocess.run(mount, capture_output=True).returncode:
        pytest.skip("making a disk needs Linux and its administrator")
    yield place
    subprocess.run(["umount", "-l", str(place)], check=True)


def filled(disk, left):
    """Fill the disk up to so many bytes."""
    filler = disk / "filler"
    filler.unlink(missing_ok=True)
    space = os.statvfs(disk)
    filler.write_bytes(bytes(max(space.f_bavail * space.f_frsize - left, 0)))
    return filler


@pytest.mark.parametrize(
    ("words", "first"),
    [
        (("print", "7", "--spoiled", "2", "--yes", "--key", "k"), "Not confirmed"),
        (("count", "9000", "--adjust", "--reason", "x", "--key", "k"), "Not confirmed"),
        (("undo", "--reason", "x", "--key", "k"), "Not confirmed"),
        (("backup", "-o", "copy.db"), "Nothing was saved at copy.db"),
    ],
)
def test_a_full_disk_is_told_and_the_same_command_counts_once_when_there_is_room(office, small_disk, words, first):
    office.chdir(small_disk)
    office.place = str(small_disk / "book.db")
    office.did("--db", office.book, "init", "--office", "X", "--code", "61.03", "--opening", 10_000, "--on", DAY)
    before, refused = entries(office.book), 0
    for left in range(0, 400_000, 4096):
        filler = filled(small_disk, left)
        if office("--db", office.book, *words) == 0:
            break
        refused += 1
        assert office.err.startswith(first), (left, office.err)
        assert len(office.err.splitlines()) <= 3
        filler.unlink()
        assert entries(office.book) == before
        assert not list(small_disk.glob("*.new"))
    assert refused > 0
    after = entries(office.book)
    assert after > before or words[0] == "backup"
    if words[0] != "backup":
        office.did("--db", office.book, *words)
        assert entries(office.book) == after


# --- What may not be written --------------------------------------------------------------------


@pytest.mark.parametrize(("file_mode", "folder_mode"), [(0o444, 0o777), (0o666, 0o555)])
def test_a_book_that_may_only_be_read_answers_and_refuses_a_write_in_words(given_away, file_mode, folder_mode):
    given_away.chmod(file_mode)
    given_away.with_name("book.db-journal").unlink(missing_ok=True)
    given_away.parent.chmod(folder_mode)
    with another_account(), open_book(str(given_away)) as book:
        assert look.balance_on(book, DAY).on_hand == 10_000
        with pytest.raises(ReadOnlyBook):
            post(book, DESK, DRAFTS)

    assert entries(given_away) == 1


def test_a_book_that_may_not_even_be_read_is_told_in_words(given_away):
    from blangko.errors import DamagedBook

    given_away.chmod(0o600)
    with another_account(), pytest.raises(DamagedBook) as refused:
        open_book(str(given_away))

    assert refused.value.reason == "permission denied"


# --- A file that is taken away or replaced --------------------------------------------------------


def test_a_book_that_is_taken_away_while_it_is_open_takes_no_entry(tmp_path):
    place = begun(tmp_path / "book.db")
    with open_book(place) as book:
        os.rename(place, tmp_path / "elsewhere.db")
        with pytest.raises(BookMoved):
            post(book, DESK, DRAFTS)

    assert not os.path.exists(place)
    assert entries(tmp_path / "elsewhere.db") == 1


def test_a_book_that_is_deleted_while_it_is_open_acknowledges_nothing(tmp_path):
    place = begun(tmp_path / "book.db")
    with open_book(place) as book:
        os.unlink(place)
        with pytest.raises(BookMoved):
            post(book, DESK, DRAFTS)

    assert os.listdir(tmp_path) in ([], ["book.db-journal"])


def test_a_book_that_another_file_takes_the_place_of_leaves_both_whole(tmp_path):
    place = begun(tmp_path / "book.db")
    begun(tmp_path / "other.db", opening=500)
    with open_book(place) as book:
        os.rename(place, tmp_path / "first.db")
        os.rename(tmp_path / "other.db", place)
        with pytest.raises(BookMoved):
            post(book, DESK, DRAFTS)

    assert entries(place) == entries(tmp_path / "first.db") == 1


def test_the_clerk_is_told_that_the_book_was_replaced(office, monkeypatch):
    real = record.post

    def replaced_meanwhile(book, *rest):
        office.book.rename(office.folder / "first.db")
        return real(book, *rest)

    monkeypatch.setattr(record, "post", replaced_meanwhile)

    assert office("print", 7) == 1
    assert "was replaced or taken away" in office.err
