"""From the office to the province and back: files on a stick, receipts, and what goes wrong on the way."""

import json
import os
import sqlite3

import pytest

from blangko.exchange.receipts import read_receipts
from tests.cli.test_care import forge, reseal

pytest.importorskip("cryptography")
# A carrier of files: what goes to a server is in test_push_server.
pytestmark = pytest.mark.file


def said(office):
    """All that the last command told, on one line."""
    return " ".join((office.out + office.err).split())


def with_two_prints(office, monkeypatch):
    """The office after two prints, five entries in all; the province's key, when one is made, lies beside its book."""
    monkeypatch.setenv("BLANGKO_KEY", str(office.folder / "keys" / "province.key"))
    office.did("print", 100)
    office.did("print", 50, "--on", "2017-10-26")
    return office


@pytest.fixture
def desk(office, monkeypatch):
    """An office with two prints, and a province's desk beside it that keeps a copy of its book."""
    return with_two_prints(office, monkeypatch)


def send(desk, name="book.blangko", *words):
    desk.did("push", "-o", desk.folder / name, *words)
    return desk.folder / name


def at_province(desk, *words):
    return desk("--db", desk.folder / "province.db", *words)


def receive(desk, message, receipt="receipt.json"):
    code = at_province(desk, "pull", message, "--receipt", desk.folder / receipt)
    assert code == 0, desk.err
    return desk.folder / receipt


def seen(desk):
    """The whole way: the message there, the receipt back."""
    receipt = receive(desk, send(desk))
    desk.did("pull", receipt)
    return receipt


def ends(desk):
    """The number and the seal with which the office's book and the province's end."""
    found = []
    for place in (desk.book, desk.folder / "province.db"):
        connection = sqlite3.connect(place)
        found += connection.execute("SELECT last_entry_no, last_seal FROM office").fetchall()
        connection.close()
    return found


# --- The way there and back -----------------------------------------------------------------------


def test_a_book_goes_to_the_province_on_a_stick_and_a_receipt_comes_back(desk):
    message = send(desk)
    # The book's language and name, its opening, two prints.
    assert "book.blangko: 5, no. 1 to no. 5. Take the file" in said(desk)
    assert message.stat().st_mode & 0o077 == 0

    receipt = receive(desk, message)
    own, province = ends(desk)
    assert own == province
    assert "A key was made for the province's receipts" in said(desk)

    desk.did("pull", receipt)
    assert "Seen by the province on Fri 27 Oct 2017: entries 1–5." in said(desk)
    assert "compare it with the province by telephone" in said(desk)
    (kept,) = read_receipts(str(desk.book)).receipts
    assert (kept.entry_no, kept.seal, kept.received_at) == (*own, "2017-10-27T09:00:00Z")
    assert (desk.folder / "book.db.receipts").stat().st_mode & 0o077 == 0


def test_verify_says_how_far_the_province_has_seen_the_book(desk):
    seen(desk)
    desk.did("print", 40, "--on", "2017-10-25")

    assert "Anchored: 1–5 seen by the province on Fri 27 Oct 2017, 6 nowhere but here." in " ".join(
        desk.did("verify").split()
    )
    assert desk.json("verify")["anchored"] == [
        {"first_no": 1, "last_no": 5, "by": "receipt", "on": "2017-10-27", "is_weak": False},
        {"first_no": 6, "last_no": 6, "by": None, "on": None, "is_weak": False},
    ]
    desk.speaks("id")
    assert "1–5 dilihat provinsi pada" in " ".join(desk.did("periksa").split())


def test_the_next_push_takes_only_what_the_province_has_not_seen(desk):
    seen(desk)
    desk.did("print", 40, "--on", "2017-10-25")

    message = send(desk)
    assert "book.blangko: 1, no. 6 to no. 6." in said(desk)
    desk.did("pull", receive(desk, message))
    assert ends(desk)[0] == ends(desk)[1]

    assert desk("push", "-o", desk.folder / "again") == 0
    assert "has seen everything up to entry no. 6. Nothing to send." in said(desk)
    assert not (desk.folder / "again").exists()


def test_without_a_receipt_the_next_push_takes_everything_again_and_nothing_counts_twice(desk):
    send(desk)
    receive(desk, send(desk))
    desk.did("print", 40, "--on", "2017-10-25")

    receive(desk, send(desk))

    assert "New entries: 1. The book of office 61.03 goes up to entry no. 6." in said(desk)
    assert ends(desk)[0] == ends(desk)[1]


def test_the_same_stick_twice_brings_nothing_new_and_a_receipt_again(desk):
    message = send(desk)
    receive(desk, message)

    receive(desk, message, "again.json")

    assert "New entries: 0." in said(desk)
    assert json.loads((desk.folder / "again.json").read_text())["entry_no"] == 5


def test_after_months_offline_one_message_is_enough(desk):
    seen(desk)
    for number in range(60):
        desk.did("receive", 10 + number, "--on", "2017-10-20")

    message = send(desk)

    assert ": 60, no. 6 to no. 65." in said(desk)
    receive(desk, message)
    assert ends(desk)[0] == ends(desk)[1]


def test_a_lost_receipt_is_made_again(desk):
    message = send(desk)
    receive(desk, message).unlink()

    desk.did("pull", receive(desk, message))

    assert "1–5" in said(desk)


def test_the_province_is_told_of_an_office_whose_clock_runs_ahead(desk, clock):
    clock("2017-10-29 09:00")
    desk.did("print", 40, "--on", "2017-10-25")
    message = send(desk)
    clock("2017-10-27 09:00")

    receive(desk, message)

    assert "Its last entry was recorded at 2017-10-29T09:00:00Z, which has not come yet" in said(desk)


# --- What is no message, or not for this book -----------------------------------------------------


def test_a_message_that_was_cut_off_is_refused_and_nothing_is_made(desk):
    message = send(desk)
    message.write_bytes(message.read_bytes()[:-5])

    assert at_province(desk, "pull", message) == 1
    assert "it was cut off" in said(desk) and "Traceback" not in desk.err
    assert not (desk.folder / "province.db").exists()
    desk.speaks("id")
    assert at_province(desk, "tarik", message) == 1 and "terpotong" in said(desk)


def test_a_file_that_is_neither_message_nor_receipt_is_refused(desk):
    (desk.folder / "days.csv").write_text("tanggal;cetak\n")

    assert desk("pull", desk.folder / "days.csv") == 1
    assert "it is neither a message nor a receipt" in said(desk)
    assert desk("pull", desk.folder / "nothing") == 1 and "no such file or directory" in said(desk)


def test_another_offices_message_and_receipt_are_refused(desk):
    receipt = receive(desk, send(desk))
    other = desk.folder / "other.db"
    desk.did("--db", other, "init", "--office", "Lain", "--code", "61.04", "--opening", 10)

    assert desk("--db", other, "pull", desk.folder / "book.blangko") == 1
    assert "are of office 61.03, and this book is of office 61.04" in said(desk)
    assert desk("--db", other, "pull", receipt) == 1
    assert not (desk.folder / "other.db.receipts").exists()


def test_a_message_that_begins_too_late_is_refused_with_what_lacks(desk):
    seen(desk)
    desk.did("print", 40, "--on", "2017-10-25")
    message = send(desk)
    os.unlink(desk.folder / "province.db")

    assert at_province(desk, "pull", message) == 1
    assert "begin with no. 6, and the book here ends with no. 0" in said(desk)
    assert "--whole" in said(desk)

    receive(desk, send(desk, "whole.blangko", "--whole"))
    assert ends(desk)[0] == ends(desk)[1]


def test_a_push_without_an_address_says_what_it_needs(desk):
    assert desk("push") == 2
    assert desk("push", "ftp://province") == 1 and "neither a file nor an address" in said(desk)
    assert desk("pull") == 2


def test_a_message_never_goes_over_the_book(desk):
    assert desk("push", "-o", desk.book) == 1
    assert "that is the book itself" in said(desk)
    desk.did("verify")


def test_a_book_with_a_broken_seal_is_not_sent(desk):
    forge(desk.book, "UPDATE entry SET cards = 99 WHERE entry_no = 4")

    assert desk("push", "-o", desk.folder / "book.blangko") == 3
    assert not (desk.folder / "book.blangko").exists()


# --- What was seen, and is not so any more --------------------------------------------------------


def errors(desk):
    desk("verify", "-f", "json")
    found = json.loads(desk.out)["findings"]
    return [(each["code"], each["entry_no"]) for each in found if each["severity"] == "error"]


def test_a_book_rewritten_after_the_province_saw_it_is_found(desk):
    seen(desk)
    forge(desk.book, "UPDATE entry SET cards = 99 WHERE entry_no = 4")
    reseal(desk.book)

    assert errors(desk) == [("seen", 5)]
    assert desk("verify") == 1 and "is not as the province saw it on Fri 27 Oct 2017" in said(desk)


def test_the_first_receipt_that_does_not_fit_tells_where_it_was_rewritten(desk):
    seen(desk)
    for cards in (40, 41):
        desk.did("print", cards, "--on", "2017-10-25")
        seen(desk)
    forge(desk.book, "UPDATE entry SET cards = 99 WHERE entry_no = 6")
    reseal(desk.book)

    assert errors(desk) == [("seen", 6)]


def test_a_rewritten_book_is_refused_by_the_province_and_located(desk):
    seen(desk)
    forge(desk.book, "UPDATE entry SET cards = 99 WHERE entry_no = 4")
    reseal(desk.book)
    desk.did("print", 40, "--on", "2017-10-25")

    message = send(desk)
    assert "is not as the province saw it" in said(desk) and ": 6, no. 1 to no. 6." in said(desk)
    before = ends(desk)[1]
    assert at_province(desk, "pull", message) == 1
    assert "from entry no. 4 on the two books of office 61.03 say different things" in said(desk)
    assert ends(desk)[1] == before
    # The other side is kept as evidence, once however often it comes.
    at_province(desk, "pull", message)
    (kept,) = desk.folder.glob("province.db.fork-4-*.blangko")
    assert kept.read_bytes() == message.read_bytes()


def test_a_rewritten_book_without_its_receipts_is_refused_all_the_same(desk):
    seen(desk)
    forge(desk.book, "UPDATE entry SET cards = 99 WHERE entry_no = 4")
    reseal(desk.book)
    os.unlink(desk.folder / "book.db.receipts")

    assert at_province(desk, "pull", send(desk)) == 1


@pytest.fixture
def older(desk):
    """A copy with five entries was made, the sixth and seventh written and seen; then the copy was brought back."""
    desk.did("backup", "-o", desk.folder / "usb" / "copy.db")
    desk.did("print", 40, "--on", "2017-10-25")
    desk.did("print", 41, "--on", "2017-10-24")
    seen(desk)
    desk.did("restore", desk.folder / "usb" / "copy.db", "--yes")
    return desk


def test_an_older_copy_brought_back_after_a_push_is_told_by_verify_and_by_push(older):
    assert errors(older) == [("seen_lost", 7)]
    assert older("push", "-o", older.folder / "book.blangko") == 1
    assert "saw this book up to entry no. 7 on Fri 27 Oct 2017, and it ends with no. 5" in said(older)


def test_pull_brings_back_what_only_the_province_has(older):
    assert at_province(older, "push", "-o", older.folder / "back.blangko") == 0

    older.did("pull", older.folder / "back.blangko")

    assert "New entries: 2." in said(older)
    assert errors(older) == [] and ends(older)[0] == ends(older)[1]
    older.did("print", 42, "--on", "2017-10-23")


def test_an_older_copy_that_was_written_on_is_put_aside_for_the_provinces_book(older):
    for day in ("2017-10-23", "2017-10-20", "2017-10-19"):
        older.did("print", 7, "--on", day)
    assert errors(older) == [("seen", 7)]
    at_province(older, "push", "-o", older.folder / "back.blangko")

    assert older("pull", older.folder / "back.blangko") == 1
    assert "from entry no. 6 on the two books" in said(older)
    older.did("pull", older.folder / "back.blangko", "--yes")

    assert "The book that was there is kept at" in said(older)
    assert ends(older)[0] == ends(older)[1] and errors(older) == []
    aside = older.folder.glob("book.db.2017*.old")
    assert 8 in [older.json("--db", each, "status")["last_entry_no"] for each in aside]


def test_a_lost_computer_gets_its_book_back(desk):
    seen(desk)
    end = ends(desk)[0]
    at_province(desk, "push", "-o", desk.folder / "back.blangko")
    for name in ("book.db", "book.db-journal", "book.db.receipts"):
        (desk.folder / name).unlink(missing_ok=True)

    desk.did("pull", desk.folder / "back.blangko")

    assert ends(desk)[0] == end
    desk.did("print", 40, "--on", "2017-10-25")


# --- Receipts -------------------------------------------------------------------------------------


def test_a_receipt_changed_in_its_file_is_found(desk):
    seen(desk)
    place = desk.folder / "book.db.receipts"
    held = json.loads(place.read_text())
    held["receipts"][0]["seal"] = "1" * 64
    place.write_text(json.dumps(held))

    assert errors(desk) == [("receipt_forged", 5)]


def test_whoever_shares_the_book_shares_its_receipts(desk):
    desk.book.chmod(0o660)
    seen(desk)
    assert (desk.folder / "book.db.receipts").stat().st_mode & 0o777 == 0o660


def test_receipts_that_cannot_be_read_are_told_and_do_not_stop_the_proof(desk):
    (desk.folder / "book.db.receipts").write_text("{}")

    codes = [each["code"] for each in desk.json("verify")["findings"]]
    assert "receipts" in codes
    assert desk("push", "-o", desk.folder / "book.blangko") == 1 and "it holds no receipts" in said(desk)


def test_a_receipt_of_another_key_is_kept_only_when_somebody_says_so(desk, monkeypatch):
    seen(desk)
    monkeypatch.setenv("BLANGKO_KEY", str(desk.folder / "keys" / "new.key"))
    desk.did("print", 40, "--on", "2017-10-25")
    receipt = receive(desk, send(desk))

    assert desk("pull", receipt) == 1
    assert "signed with the key" in said(desk) and len(read_receipts(str(desk.book)).receipts) == 1

    desk.did("pull", receipt, "--new-key")
    assert len(read_receipts(str(desk.book)).receipts) == 2


def test_a_receipt_is_no_longer_one_when_a_letter_of_it_was_changed(desk):
    receipt = receive(desk, send(desk))
    receipt.write_text(receipt.read_text().replace('"entry_no": 5', '"entry_no": 4'))

    assert desk("pull", receipt) == 1 and "its signature does not fit" in said(desk)


def test_a_receipt_that_does_not_fit_the_book_is_kept_as_what_it_is(desk):
    receipt = receive(desk, send(desk))
    forge(desk.book, "UPDATE entry SET cards = 99 WHERE entry_no = 4")
    reseal(desk.book)

    desk.did("pull", receipt)

    assert "The book here is not as the province saw it" in said(desk)
    assert errors(desk) == [("seen", 5)]


def test_a_receipt_that_cannot_be_written_does_not_undo_what_came(desk):
    message = send(desk)

    assert at_province(desk, "pull", message, "--receipt", desk.folder / "no" / "folder" / "r.json") == 0
    assert "no such file or directory" in said(desk)
    assert ends(desk)[0] == ends(desk)[1]


def test_the_provinces_key_is_made_once_and_for_its_owner_alone(desk):
    place = desk.folder / "keys" / "province.key"
    receive(desk, send(desk))
    first = place.read_bytes()
    assert place.stat().st_mode & 0o077 == 0

    receive(desk, send(desk))
    assert place.read_bytes() == first

    place.chmod(0o644)
    assert at_province(desk, "pull", desk.folder / "book.blangko", "--receipt", desk.folder / "x.json") == 1
    assert "others than its owner may read it" in said(desk)
