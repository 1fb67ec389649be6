"""From the office to the province's door over HTTP: what is sent, what is refused, and what waits while it is shut."""

import os
import sqlite3
from datetime import date

import pytest

from blangko.exchange import door, signing
from blangko.exchange.receipts import read_receipts
from tests.cli.test_care import forge, reseal
from tests.cli.test_push import errors, said
from tests.exchange.door import TOKEN, open_door

pytest.importorskip("cryptography")
pytestmark = pytest.mark.file


@pytest.fixture
def key(tmp_path):
    place = tmp_path / "province.key"
    place.write_bytes(signing.new_key_file())
    place.chmod(0o600)
    return signing.read_key(str(place))


@pytest.fixture
def opened(tmp_path, key):
    """The province's door, whose receipts are signed."""
    folder = tmp_path / "province"
    folder.mkdir()
    with open_door(folder, date(2017, 11, 3), lambda receipt: signing.signed(receipt, key)) as opened:
        opened.folder = folder
        yield opened


@pytest.fixture
def desk(office, monkeypatch):
    """An office with two prints, five entries in all, which has a token."""
    monkeypatch.setenv("BLANGKO_TOKEN", TOKEN)
    office.did("print", 100)
    office.did("print", 50, "--on", "2017-10-26")
    return office


def end_of(place):
    connection = sqlite3.connect(place)
    ((found),) = connection.execute("SELECT last_entry_no, last_seal FROM office").fetchall()
    connection.close()
    return found


def there(opened):
    return end_of(opened.folder / "61.03.db")


def test_a_push_brings_what_is_new_and_a_signed_receipt_comes_back(desk, opened):
    desk.did("push", opened.address)
    assert "Seen by the province on Fri 3 Nov 2017: entries 1–5." in said(desk)
    assert there(opened) == end_of(desk.book)
    assert desk.json("verify")["anchored"] == [
        {"first_no": 1, "last_no": 5, "by": "receipt", "on": "2017-11-03", "is_weak": False}
    ]

    desk.did("print", 40, "--on", "2017-10-25")
    desk.did("push")
    assert ": 1." in said(desk) and there(opened) == end_of(desk.book)
    assert opened.asked[-2:] == ["GET /push?office=61.03&at=6", "POST /push"]


def test_the_token_is_asked_for_and_never_told(desk, opened, monkeypatch):
    desk.did("push", opened.address)
    assert TOKEN not in desk.out + desk.err
    assert TOKEN.encode() not in (desk.folder / "book.db.receipts").read_bytes()

    monkeypatch.setenv("BLANGKO_TOKEN", "lain")
    assert desk("push") == 1 and "it does not know the token" in said(desk)


def test_while_the_door_is_shut_entries_wait_and_nothing_is_lost(desk, opened):
    desk.did("push", opened.address)
    address = opened.address.rsplit(":", 1)[0] + ":9"
    desk.did("print", 40, "--on", "2017-10-25")

    assert desk("push", address) == 3
    assert "cannot be reached (it refuses the connection)" in said(desk)
    assert read_receipts(str(desk.book)).target == opened.address

    desk.did("push")
    assert ": 1." in said(desk)


def test_a_name_that_nobody_knows_is_told_so(desk):
    assert desk("push", "https://province.invalid") == 3
    assert "province.invalid cannot be reached" in said(desk) and "Traceback" not in desk.err


@pytest.mark.parametrize(
    "address",
    ["http://province.example", "https://", "https://siti:rahasia@province.example", "https://[", "ftp://x", "kalbar"],
)
def test_a_token_goes_nowhere_where_others_could_read_it(desk, address):
    assert desk("push", address) == 1
    assert "neither a file nor an address" in said(desk) and "rahasia" not in desk.err


def test_an_answer_that_leads_elsewhere_is_not_followed(desk, opened, tmp_path):
    with open_door(tmp_path, date(2017, 11, 3)) as thief:
        opened.answer = (302, {"Location": f"{thief.address}/push"}, b"")

        assert desk("push", opened.address) == 1 and "it answers something else" in said(desk)
        assert thief.asked == []


@pytest.mark.parametrize(
    ("code", "made", "told"),
    [
        (200, b"", "it answers something else"),
        (200, b"<html>", "it answers something else"),
        (200, b"[]", "it answers something else"),
        (200, b'{"entry_no": "x", "seal": "", "seal_at": null, "last_at": ""}', "it answers something else"),
        (200, b"x" * 200_000, "it is too large"),
        (403, b"", "this account may not write that office's book"),
        (404, b"", "it answers something else"),
        (409, b"{", "it answers something else"),
        (413, b"", "it is too large"),
        (500, b"", "it answers something else"),
        (502, b"", "it cannot take anything in now"),
        (503, b"", "it cannot take anything in now"),
    ],
    ids=str,
)
def test_whatever_the_door_answers_is_a_sentence(desk, opened, code, made, told):
    opened.answer = (code, {}, made)

    assert desk("push", opened.address) in (1, 3)
    assert told in said(desk) and "Traceback" not in desk.err


def test_a_door_that_never_answers_is_not_waited_for(desk, monkeypatch):
    import socket

    monkeypatch.setattr(door, "LONGEST_WAIT_SECONDS", 0.2)
    with socket.create_server(("127.0.0.1", 0)) as silent:
        assert desk("push", f"http://127.0.0.1:{silent.getsockname()[1]}") == 3
    assert "it does not answer in time. Entries" not in said(desk)
    assert "(it does not answer in time). Entries waiting: 5." in said(desk)


def test_a_rewritten_book_is_refused_by_the_door_and_located(desk, opened):
    desk.did("push", opened.address)
    before = there(opened)
    forge(desk.book, "UPDATE entry SET cards = 99 WHERE entry_no = 4")
    reseal(desk.book)

    assert desk("push") == 1 and "from entry no. 4 on the two books" in said(desk)
    assert there(opened) == before


def test_an_older_copy_is_told_and_mended_by_pull(desk, opened):
    desk.did("backup", "-o", desk.folder / "usb" / "copy.db")
    desk.did("print", 40, "--on", "2017-10-25")
    desk.did("push", opened.address)
    end = end_of(desk.book)
    desk.did("restore", desk.folder / "usb" / "copy.db", "--yes")

    assert desk("push") == 1 and "saw this book up to entry no. 6" in said(desk)
    desk.did("pull")
    assert end_of(desk.book) == end and errors(desk) == []


def test_a_lost_computer_gets_its_book_back(desk, opened):
    desk.did("push", opened.address)
    end = end_of(desk.book)
    for name in ("book.db", "book.db.receipts"):
        os.unlink(desk.folder / name)

    assert desk("pull", opened.address) == 2 and "--office" in said(desk)
    desk.did("--office", "61.03", "pull", opened.address)
    assert end_of(desk.book) == end


def test_a_pull_while_the_door_is_shut_says_that_the_book_is_as_it_was(desk):
    assert desk("pull", "https://127.0.0.1:9") == 3
    assert "Nothing was taken in: https://127.0.0.1:9 cannot be reached" in said(desk)


def test_a_long_book_goes_in_parts_and_goes_on_after_a_cut(desk, opened, monkeypatch):
    from blangko.stockroom import province

    monkeypatch.setattr(province, "MOST_ENTRIES", 2)
    monkeypatch.setattr(province.message_from, "__defaults__", (1, 2))
    sent, made = [], door.sent

    def cut(*words):
        sent.append(1)
        if len(sent) >= 2:
            raise door.NotReached(target=words[0], reason="it does not answer in time")
        return made(*words)

    monkeypatch.setattr(door, "sent", cut)
    monkeypatch.setattr(province.bring, "__defaults__", ((0.0, 0.0),))
    assert desk("push", opened.address) == 3 and "Entries waiting: 3." in said(desk)
    assert there(opened)[0] == 2 and len(sent) == 4
    monkeypatch.setattr(door, "sent", made)

    desk.did("push", opened.address)
    assert there(opened) == end_of(desk.book)


def test_a_line_that_is_cut_once_is_gone_on_with_in_the_same_push(desk, opened, monkeypatch):
    """The first receipt was lost on its way back: what it was for is there, and is not sent again."""
    from blangko.stockroom import province

    sent, made = [], door.sent

    def lost(*words):
        sent.append(made(*words))
        if len(sent) == 1:
            raise door.NotReached(target=words[0], reason="it does not answer in time")
        return sent[-1]

    monkeypatch.setattr(door, "sent", lost)
    monkeypatch.setattr(province.bring, "__defaults__", ((0.0,),))
    desk.did("push", opened.address)

    assert ": 5." in said(desk) and "entries 1–5" in said(desk) and len(sent) == 2
    assert there(opened) == end_of(desk.book)
