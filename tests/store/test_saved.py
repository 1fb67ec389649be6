"""A file comes into being whole or not at all, and says who may read it."""

import os
import stat

import pytest

from blangko.errors import CannotCreate
from blangko.store import saved


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "book.db").write_text("the book")
    (tmp_path / "paper.txt").write_text("last week's")
    return tmp_path


def save(folder, name, made=b"this week's", **more):
    saved.save(str(folder / name), made, str(folder / "book.db"), **more)


def files(folder):
    return [path for path in folder.rglob("*") if path.is_file()]


def mode(path):
    return stat.S_IMODE(path.stat().st_mode)


def test_what_fails_before_the_file_has_its_name_leaves_the_old_one(folder):
    def the_light_goes_out():
        raise OSError(28, "No space left on device")

    with pytest.raises(CannotCreate, match="no space left"):
        save(folder, "paper.txt", then=the_light_goes_out)

    assert (folder / "paper.txt").read_text() == "last week's"
    assert sorted(os.listdir(folder)) == ["book.db", "paper.txt"]


def test_the_file_lies_ready_and_the_old_one_still_stands_when_it_is_written_down_as_handed_out(folder):
    seen = []
    save(folder, "paper.txt", then=lambda: seen.append(sorted(path.read_text() for path in files(folder))))

    assert seen == [["last week's", "the book", "this week's"]]
    assert (folder / "paper.txt").read_text() == "this week's"


def test_who_may_read_the_old_file_may_read_the_new_one(folder):
    (folder / "paper.txt").chmod(0o640)
    save(folder, "paper.txt")

    assert mode(folder / "paper.txt") == 0o640


def test_a_new_file_is_read_by_whoever_reads_the_account_s_files(folder, monkeypatch):
    before = os.umask(0o027)
    save(folder, "new.txt")
    os.umask(before)

    assert mode(folder / "new.txt") == 0o640


def test_a_private_file_is_its_owner_s_alone_whoever_could_read_the_one_before(folder):
    (folder / "paper.txt").chmod(0o644)
    save(folder, "paper.txt", is_private=True)

    assert mode(folder / "paper.txt") == 0o600


@pytest.mark.parametrize("name", ["book.db", "book.db-journal", "./book.db", "link"])
def test_nothing_is_saved_over_the_book(folder, name):
    (folder / "link").symlink_to(folder / "book.db")
    with pytest.raises(CannotCreate, match="the book itself"):
        save(folder, name)

    assert (folder / "book.db").read_text() == "the book"


def test_what_a_crash_left_under_a_passing_name_is_in_nobody_s_way(folder):
    left = folder / "paper.txt.00000000.new"
    left.mkdir()
    (left / "made").write_text("half")
    save(folder, "paper.txt")

    assert (folder / "paper.txt").read_text() == "this week's"
    assert (left / "made").read_text() == "half"


def test_nobody_else_reaches_what_is_being_made(folder):
    with saved.being_made(str(folder / "paper.txt"), 0o660) as building:
        (inside,) = folder.glob("*.new")

        assert mode(inside) == 0o700 and mode(inside / "made") == 0o660
        assert str(inside / "made") == building
    assert not inside.exists()


@pytest.mark.parametrize("name", ["nowhere/paper.txt", "book.db/paper.txt", "a\0b", ""])
def test_an_impossible_name_is_told_and_nothing_is_left(folder, name):
    with pytest.raises(CannotCreate):
        save(folder, name)

    assert sorted(os.listdir(folder)) == ["book.db", "paper.txt"]


def test_a_file_that_must_not_replace_another_does_not(folder):
    with pytest.raises(FileExistsError), saved.being_made(str(folder / "paper.txt")) as building:
        saved.put_where_nothing_is(building, str(folder / "paper.txt"))

    assert (folder / "paper.txt").read_text() == "last week's"
    assert sorted(os.listdir(folder)) == ["book.db", "paper.txt"]


def test_the_disk_is_waited_for_before_and_after_the_file_has_its_name(folder, monkeypatch):
    done = []
    real_sync, real_replace = os.fsync, os.replace

    def sync(file):
        done.append("folder" if stat.S_ISDIR(os.fstat(file).st_mode) else "file")
        real_sync(file)

    def replace(source, target):
        done.append("name")
        real_replace(source, target)

    monkeypatch.setattr(os, "fsync", sync)
    monkeypatch.setattr(os, "replace", replace)
    save(folder, "paper.txt")

    assert done == ["file", "file", "name", "folder"]
