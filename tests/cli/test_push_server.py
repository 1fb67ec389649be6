"""From an office's file to the province's database and back, by its address."""

import os
import sqlite3

import pytest

from blangko.exchange.receipts import read_receipts
from tests import postgres
from tests.cli.test_care import forge, reseal
from tests.cli.test_push import errors, said, with_two_prints

pytestmark = [
    pytest.mark.postgres,
    pytest.mark.file,
    pytest.mark.skipif(not postgres.is_installed(), reason=postgres.ABSENT),
]


@pytest.fixture
def place(databases):
    with databases.fresh() as place:
        yield place


@pytest.fixture
def desk(office, monkeypatch):
    """An office with two prints, five entries in all, beside the province's database."""
    return with_two_prints(office, monkeypatch)


def own_end(desk):
    connection = sqlite3.connect(desk.book)
    ((found),) = connection.execute("SELECT last_entry_no, last_seal FROM office").fetchall()
    connection.close()
    return found


def brought_back(desk, place):
    """Copy the book, write and push a sixth entry, and bring the copy back; with what the book ended before that."""
    desk.did("backup", "-o", desk.folder / "usb" / "copy.db")
    desk.did("print", 40, "--on", "2017-10-25")
    desk.did("push", place)
    end = own_end(desk)
    desk.did("restore", desk.folder / "usb" / "copy.db", "--yes")
    return end


def end_there(desk, place):
    status = desk.json("--db", place, "status")
    return status["last_entry_no"], status["seal"]


def test_a_push_to_the_database_needs_the_address_once(desk, place):
    desk.did("push", place)
    assert "Entries sent to postgresql://" in said(desk) and ": 5." in said(desk)
    assert end_there(desk, place) == own_end(desk)

    desk.did("print", 40, "--on", "2017-10-25")
    desk.did("push")
    assert ": 1." in said(desk) and end_there(desk, place) == own_end(desk)


def test_an_empty_database_gets_its_tables_by_the_first_push(desk, databases):
    with databases.fresh("template0") as empty:
        desk.did("push", empty)

        assert end_there(desk, empty) == own_end(desk)


def test_verify_tells_of_the_push_and_of_the_signature_that_follows(desk, place):
    desk.did("push", place)
    assert "1–5 seen by the province on Fri 27 Oct 2017, without a proved signature" in " ".join(
        desk.did("verify").split()
    )

    assert desk("--db", place, "pull") == 0, desk.err
    assert "Receipts signed: 1." in said(desk)
    desk.did("push")
    assert "The province is known by this key from now on" in said(desk)
    assert "1–5 seen by the province on Fri 27 Oct 2017" in " ".join(desk.did("verify").split())
    assert desk.json("verify")["anchored"][0]["is_weak"] is False


def test_a_message_carried_to_the_database_is_signed_at_once(desk, place):
    desk.did("push", "-o", desk.folder / "book.blangko")

    assert desk("--db", place, "pull", desk.folder / "book.blangko") == 0, desk.err
    assert end_there(desk, place) == own_end(desk)
    desk.did("pull", desk.folder / "book.blangko.receipt")
    assert desk.json("verify")["anchored"][0]["is_weak"] is False


def test_the_password_of_an_address_is_neither_shown_nor_kept(desk, place):
    secret = place.replace("postgres@", "postgres:rahasia@")

    desk.did("push", secret)

    assert "rahasia" not in desk.out + desk.err
    assert b"rahasia" not in (desk.folder / "book.db.receipts").read_bytes()
    assert desk("push", secret.replace("postgresql://", "mysql://")) == 1 and "rahasia" not in desk.err


def test_a_rewritten_book_is_refused_and_located_and_its_own_receipt_tells_of_it(desk, place):
    desk.did("push", place)
    before = end_there(desk, place)
    forge(desk.book, "UPDATE entry SET cards = 99 WHERE entry_no = 4")
    reseal(desk.book)

    assert desk("push") == 1
    assert "from entry no. 4 on the two books of office 61.03 say different things" in said(desk)
    assert end_there(desk, place) == before

    told = [each for each in desk.json("--db", place, "verify")["findings"] if each["code"] == "fork"]
    assert [(each["severity"], each["entry_no"]) for each in told] == [("notice", 4)]
    assert desk("--db", place, "pull", "--refused", desk.folder / "evidence.blangko") == 0
    desk.did("--db", desk.folder / "evidence.db", "pull", desk.folder / "evidence.blangko")
    assert desk.json("--db", desk.folder / "evidence.db", "status")["seal"] == own_end(desk)[1]
    assert errors(desk) == [("seen", 5)]


def test_an_older_copy_is_told_by_push_and_mended_by_pull(desk, place):
    end = brought_back(desk, place)

    assert desk("push") == 1 and "saw this book up to entry no. 6" in said(desk)
    desk.did("pull")

    assert own_end(desk) == end and errors(desk) == []


def test_a_lost_computer_gets_its_book_and_its_receipts_back(desk, place):
    desk.did("push", place)
    end = own_end(desk)
    for name in ("book.db", "book.db-journal", "book.db.receipts"):
        (desk.folder / name).unlink(missing_ok=True)

    desk.did("pull", place)

    assert own_end(desk) == end
    assert read_receipts(str(desk.book)).receipts[0][:3] == ("61.03", *end)
    desk.did("print", 40, "--on", "2017-10-25")
    desk.did("push")


def test_of_several_offices_a_lost_computer_says_which_is_its_own(desk, place):
    other = desk.folder / "other.db"
    desk.did("--db", other, "init", "--office", "Lain", "--code", "61.04", "--opening", 10)
    desk.did("push", place)
    desk.did("--db", other, "push", place)
    end = own_end(desk)
    os.unlink(desk.book)

    assert desk("pull", place) in (1, 2) and "61.03" in said(desk)
    desk.did("--office", "61.03", "pull", place)
    assert own_end(desk) == end
    os.unlink(desk.book)
    desk.did("pull", f"{place}#61.03")
    assert own_end(desk) == end
    # Whoever has a book needs not say it.
    desk.did("pull", place)


def test_an_older_copy_that_went_on_is_put_aside_for_the_provinces_book(desk, place):
    end = brought_back(desk, place)
    desk.did("print", 41, "--on", "2017-10-24")

    assert desk("pull") == 1 and "from entry no. 6 on" in said(desk)
    desk.did("pull", "--yes")
    assert own_end(desk) == end and errors(desk) == []


def test_what_the_office_has_beyond_the_province_stays(desk, place):
    desk.did("push", place)
    desk.did("print", 40, "--on", "2017-10-25")
    end = own_end(desk)

    desk.did("pull")

    assert "New entries: 0." in said(desk) and own_end(desk) == end


def test_a_copy_to_look_at_takes_no_entries(desk, place):
    desk.did("push", place)
    copy = desk.folder / "copy.db"

    for _ in range(2):
        desk.did("pull", place, "--copy", copy)
    assert copy.stat().st_mode & 0o777 == 0o400
    assert desk.json("--db", copy, "status")["last_entry_no"] == 5


def test_a_receipt_that_the_disk_does_not_take_comes_with_the_next_push(desk, place, monkeypatch):
    from blangko.errors import CannotCreate
    from blangko.store import saved

    def full(output, *_, **__):
        raise CannotCreate(path=output, reason="no space left on device")

    with monkeypatch.context() as patch:
        patch.setattr(saved, "save", full)
        assert desk("push", place) == 0
    assert "no space left on device" in said(desk) and end_there(desk, place) == own_end(desk)

    desk.did("push", place)
    assert read_receipts(str(desk.book)).receipts[0][:3] == ("61.03", *own_end(desk))


def test_a_province_that_does_not_answer_is_told_in_a_sentence(desk):
    assert desk("push", "postgresql://postgres@127.0.0.1:9/blangko") == 3
    assert "Traceback" not in desk.err and len(desk.err.splitlines()) <= 3
