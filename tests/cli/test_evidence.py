"""What lies at hand is used as evidence: papers handed out, copies beside the book, the mark."""

import json
import os
import sqlite3

import pytest

from tests.forging import forge, reseal


@pytest.fixture
def filed(office):
    """An office that printed 100, handed out its summary (entry 5) and printed 50 more (entry 6)."""
    office.did("print", 100)
    office.did("summary", "--issue")
    office.did("print", 50, "--on", "2017-10-26")
    return office


def codes(office, *words):
    """The errors that verify finds, with their entries."""
    office("verify", *words, "-f", "json")
    return [
        (each["code"], each["entry_no"]) for each in json.loads(office.out)["findings"] if each["severity"] == "error"
    ]


def test_a_book_rewritten_and_sealed_anew_no_longer_fits_the_paper_in_it(filed):
    forge(filed.place, "UPDATE entry SET cards = 99 WHERE entry_no = 4")
    reseal(filed.place)

    assert codes(filed) == [("paper", 5)]
    assert filed("verify") == 1 and "the paper of Fri 27 Oct 2017 says" in " ".join(filed.out.split())


def test_what_was_changed_after_the_paper_is_not_held_against_it(filed):
    forge(filed.place, "UPDATE entry SET cards = 49 WHERE entry_no = 6")
    reseal(filed.place)

    assert codes(filed) == []


def test_a_paper_with_a_code_of_old_is_compared_too(filed):
    forge(filed.place, "UPDATE entry SET value = substr(value, 1, 12) || substr(value, 33) WHERE kind = 'paper'")
    reseal(filed.place)
    assert codes(filed) == []
    assert "on a paper of Fri 27 Oct 2017 with a weak code" in " ".join(filed.did("verify").split())

    forge(filed.place, "UPDATE entry SET cards = 99 WHERE entry_no = 4")
    reseal(filed.place)
    assert codes(filed) == [("paper", 5)]


def test_verify_says_what_is_held_by_whom(filed):
    filed.did("verify", "--mark", filed.folder / "mark", "--new-mark")
    filed.did("print", 40, "--on", "2017-10-25")
    said = " ".join(filed.did("verify", "--mark", filed.folder / "mark").split())

    # The paper was drawn over entries 1 to 4; the mark was made at entry 6; entry 7 came after it.
    assert "Anchored: 1–4 on a paper of Fri 27 Oct 2017, to 6 by the mark, 7 nowhere but here." in said
    assert filed.json("verify")["anchored"] == [
        {"first_no": 1, "last_no": 4, "by": "paper", "on": "2017-10-27", "is_weak": False},
        {"first_no": 5, "last_no": 7, "by": None, "on": None, "is_weak": False},
    ]
    filed.speaks("id")
    assert "5–7 hanya di sini" in filed.did("periksa")


def test_a_book_that_cannot_be_trusted_is_held_by_nothing(filed):
    forge(filed.place, "UPDATE entry SET cards = 99 WHERE entry_no = 4")

    assert filed("verify", "-f", "json") == 1 and json.loads(filed.out)["anchored"] == []
    assert filed("verify") == 1 and "Anchored" not in filed.out


# --- Copies beside the book -----------------------------------------------------------------------


def copies(office):
    return sorted((office.folder / "backups").iterdir())


@pytest.fixture
def copied(office):
    """An office with 100 printed (entry 4), a copy beside the book, and 50 more printed."""
    office.did("print", 100)
    office.did("backup")
    office.did("print", 50, "--on", "2017-10-26")
    return office


@pytest.mark.file
def test_a_book_rewritten_before_its_copy_does_not_go_on_from_it(copied):
    assert codes(copied) == []
    forge(copied.place, "UPDATE entry SET cards = 99 WHERE entry_no = 4")
    reseal(copied.place)

    assert codes(copied) == [("copy", 4)]
    assert copied("verify") == 1 and copies(copied)[0].name in "".join(copied.out.split())
    assert "does not go on from its copy" in " ".join(copied.out.split())


def test_a_book_cut_off_before_the_end_of_its_copy_is_found(copied):
    forge(copied.place, "DELETE FROM entry WHERE entry_no > 3")
    reseal(copied.place)

    assert codes(copied) == [("copy", 4)]


@pytest.mark.file
def test_a_book_begun_anew_beside_the_copies_of_the_old_one_is_found(copied):
    os.unlink(copied.book)
    copied.did("init", "--office", "Lain", "--code", "61.04", "--opening", 900, "--on", "2017-10-02")

    assert codes(copied) == [("copy", 4)]


@pytest.mark.file
@pytest.mark.parametrize("held", [b"", b"no book", b"SQLite format 3\0" + bytes(4000)])
def test_a_copy_that_cannot_be_read_is_told_and_the_book_is_whole(copied, held):
    copies(copied)[0].write_bytes(held)

    found = copied.json("verify")["findings"]
    assert ("notice", "copy_unreadable") in [(each["severity"], each["code"]) for each in found]


@pytest.mark.file
def test_a_copy_is_read_where_it_lies_and_stays_as_it_was(copied):
    (copy,) = copies(copied)
    before, listed = copy.read_bytes(), os.listdir(copy.parent)
    copy.chmod(0o400)
    copied.did("verify")

    assert copy.read_bytes() == before and os.listdir(copy.parent) == listed


@pytest.mark.file
def test_a_journal_planted_beside_a_copy_is_not_believed(copied):
    (copy,) = copies(copied)
    planted = copy.with_name(copy.name + "-journal")
    planted.write_bytes(b"\xd9\xd5\x05\xf9\x20\xa1\x63\xd7" + bytes(600))
    before = copy.read_bytes()
    found = copied.json("verify")["findings"]

    assert "copy_unreadable" in [each["code"] for each in found]
    assert copy.read_bytes() == before and planted.exists()


@pytest.mark.file
def test_a_copy_that_would_never_be_read_to_its_end_is_told(copied):
    (copy,) = copies(copied)
    with sqlite3.connect(copy) as raw:
        (last,) = raw.execute("SELECT last_entry_no FROM office").fetchone()
        raw.execute("DROP TABLE office")
        raw.execute(
            "CREATE VIEW office AS WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n)"
            f" SELECT '61.03' AS office_code, {last} AS last_entry_no, max(i) AS last_seal FROM n"
        )

    assert "copy_unreadable" in [each["code"] for each in copied.json("verify")["findings"]]


@pytest.mark.file
def test_a_damaged_book_is_told_as_such_with_copies_beside_it_or_without(copied):
    def told():
        return copied("verify"), copied.out, copied.err

    held = bytearray(copied.book.read_bytes())
    pages = [
        number for number in range(1, len(held) // 4096) if b"2017-10-2" in held[number * 4096 : (number + 1) * 4096]
    ]
    for number in pages:
        copied.book.write_bytes(held[: number * 4096] + b"\xa5" * 4096 + held[(number + 1) * 4096 :])
        beside = told()
        (copy,) = copies(copied)
        copy.rename(copied.folder / "away.db")
        alone = told()
        (copied.folder / "away.db").rename(copy)

        assert beside[0] == alone[0] != 0
        assert beside == alone
    assert pages


@pytest.mark.file
def test_an_older_copy_brought_back_on_purpose_is_told_until_the_newer_one_is_put_away(copied):
    (copy,) = copies(copied)
    copied.did("backup", "-o", copied.folder / "later.db")
    (copied.folder / "later.db").rename(copy.with_name("book-20171028T090000Z.db"))
    copied.did("restore", copy, "--yes")
    assert codes(copied) == [("copy", 5)]

    copy.with_name("book-20171028T090000Z.db").rename(copied.folder / "elsewhere.db")
    assert codes(copied) == []


# --- A mark that is not there ---------------------------------------------------------------------


def test_a_mark_that_was_taken_away_is_no_proof_that_passes(filed):
    assert filed("verify", "--mark", filed.folder / "mark") == 1 and "there is no mark" in filed.err
    assert filed("alert", "--mark", filed.folder / "mark") == 3 and "there is no mark" in filed.out
    assert not (filed.folder / "mark").exists()


@pytest.mark.parametrize("command", ["verify", "alert"])
def test_the_first_mark_is_begun_when_that_is_asked_for(filed, command):
    filed(command, "--mark", filed.folder / "mark", "--new-mark")

    assert json.loads((filed.folder / "mark").read_text())["entry_no"] == 6
    assert filed("verify", "--tanda", filed.folder / "mark") == 0


def test_a_mark_that_is_there_is_held_against_the_book_though_a_new_one_is_asked_for(filed):
    filed.did("verify", "--mark", filed.folder / "mark", "--new-mark")
    before = (filed.folder / "mark").read_bytes()
    forge(filed.place, "UPDATE entry SET cards = 49 WHERE entry_no = 6")
    reseal(filed.place)

    assert filed("verify", "--mark", filed.folder / "mark", "--new-mark") == 1
    assert filed("alert", "--mark", filed.folder / "mark", "--new-mark") == 3
    assert (filed.folder / "mark").read_bytes() == before


def test_a_new_mark_needs_a_place(filed):
    assert filed("verify", "--new-mark") == 2 and "--mark" in filed.err
    assert filed("alert", "--new-mark") == 3
