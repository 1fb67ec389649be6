"""A book that was damaged or changed by hand: told in words, located by entry, never changed and never believed."""

import json
import sqlite3
import struct

import pytest

from tests.faults.changed_bytes import errors, judged
from tests.faults.fuzz import TRIES, chance, no_hang, spoiled
from tests.store.office import small_book

pytestmark = pytest.mark.file

COMMANDS = (["alert"], ["print", "1"], ["status"], ["card"], ["undo", "--reason", "x"], ["summary"],
            ["verify"], ["export", "-o", "out"], ["backup", "-o", "copy.db"], ["forecast"], ["count", "1"],
            ["settings"])  # fmt: skip


@pytest.fixture
def kept(office):
    """An office with a fortnight of entries of every sort; its file fits the cache of nobody."""
    for day in (3, 4, 5, 6, 9, 10, 11, 12, 13):
        office.did("print", 30 + day, "--spoiled", 2, "--on", f"2017-10-{day:02}", "--note", f"hari {day}")
    for words in (["request", 2000, "--on", "2017-10-16"], ["grant", 500, "--on", "2017-10-17"],
                  ["receive", 500, "--on", "2017-10-20", "--ref", "BAST 1"],
                  ["closed", "2017-11-06", "--reason", "pindah"], ["count", 1000],
                  ["destroy", 3, "--ref", "BA 1", "--on", "2017-10-20"],
                  ["undo", "--reason", "x"],
                  ["settings", "risk", "10%"], ["backlog", "--prr", 900]):  # fmt: skip
        office.did(*words)
    return office


def test_no_byte_of_the_book_changes_what_it_says_without_being_found(kept):
    tally = judged(kept.book, TRIES, chance("bytes"))

    assert tally.is_clean and tally.found > TRIES // 20
    assert errors(kept.book) == []


def test_a_damaged_file_is_told_and_never_changed(tmp_path):
    small_book(tmp_path / "good.db")
    good, place = (tmp_path / "good.db").read_bytes(), tmp_path / "book.db"
    luck, found = chance("damage"), 0
    for number in range(TRIES):
        damaged = spoiled(good, luck)
        place.write_bytes(damaged)
        with no_hang():
            found += bool(errors(place))

        assert place.read_bytes() == damaged, number
    assert found > TRIES // 4


def test_a_command_on_a_damaged_book_ends_in_words(kept):
    kept.chdir(kept.folder)
    good, luck = kept.book.read_bytes(), chance("commands")
    pages = [good[:at] + luck.randbytes(4096) + good[at + 4096 :] for at in range(4096, len(good), 4096)]
    empty = [good[:at] + bytes(4096) + good[at + 4096 :] for at in range(4096, len(good), 4096)]
    header = [good[:at] + luck.randbytes(1) + good[at + 1 :] for at in range(100)]
    for number, damaged in enumerate([*pages, *empty, *header, *(spoiled(good, luck) for _ in range(TRIES))]):
        kept.book.write_bytes(damaged)
        words = luck.choice(COMMANDS)
        with no_hang():
            code = kept(*words)

        assert code in (0, 1, 2, 3) and "Traceback" not in kept.out + kept.err, (number, words)
        if code == 3 and "Written" not in kept.out:
            assert kept.book.read_bytes() == damaged, (number, words)
            assert len((kept.out + kept.err).splitlines()) <= 3, (number, words)
        if words == ["verify"]:
            assert code in (0, 1, 3), number


def test_what_was_taken_out_of_a_damaged_book_is_called_so_however_the_proof_ends(kept):
    """The entries could be read; what the proof reads beside them could not."""
    kept.chdir(kept.folder)
    good = kept.book.read_bytes()
    taken_out = 0
    for at in range(4096, len(good), 4096):
        kept.book.write_bytes(good[:at] + b"\xff" * 4096 + good[at + 4096 :])
        if kept("export", "-o", "out") == 0:
            taken_out += 1
            assert "The book is not whole" in kept.err, at
        else:
            assert "datapackage.json" not in kept.err, at

    assert taken_out > 3


def test_a_page_that_is_gone_is_told_with_the_entries_that_went_with_it(kept):
    good = kept.book.read_bytes()
    with sqlite3.connect(kept.book) as raw:
        pages = raw.execute("SELECT pageno FROM dbstat WHERE name = 'entry' AND pagetype = 'leaf'").fetchall()
    for (page,) in pages:
        at = (page - 1) * 4096
        kept.book.write_bytes(good[:at] + bytes(4096) + good[at + 4096 :])
        found = errors(kept.book)

        assert "file" in {code for code, _ in found}
        assert [number for code, number in found if code == "unreadable"]


def test_a_hot_journal_of_another_book_is_no_part_of_this_one(tmp_path):
    """A journal left by chance beside the book, with a header that SQLite would not take, changes nothing."""
    small_book(tmp_path / "book.db")
    before = (tmp_path / "book.db").read_bytes()
    (tmp_path / "book.db-journal").write_bytes(
        b"\xd9\xd5\x05\xf9\x20\xa1\x63\xd7" + struct.pack(">5I", 0, 0, 0, 512, 4096)
    )

    assert errors(tmp_path / "book.db") == []
    assert (tmp_path / "book.db").read_bytes() == before


def test_a_day_that_is_none_is_found_at_its_entry(office):
    office.did("print", 187, "--on", "2017-10-03")
    office.book.write_bytes(office.book.read_bytes().replace(b"2017-10-03", b"201l-10-03"))

    assert office("verify", "-f", "json") == 1
    assert ("seal", 4) in [(each["code"], each["entry_no"]) for each in json.loads(office.out)["findings"]]
    assert office("alert") == 3


def test_a_text_that_is_none_is_found_at_its_entry(office):
    office.did("print", 187, "--note", "mesin kedua")
    office.book.write_bytes(office.book.read_bytes().replace(b"mesin kedua", b"mesin\xff\xfeedua"))

    assert office("verify", "-f", "json") == 1
    assert [(each["code"], each["entry_no"]) for each in json.loads(office.out)["findings"]] == [("seal", 4)]
    assert office("alert") == 3 and office.out.startswith("BLANGKO UNKNOWN")


def test_a_book_whose_own_rules_refuse_a_right_entry_is_damaged(office):
    with sqlite3.connect(office.book) as raw:
        raw.execute("DROP TRIGGER IF EXISTS kind_is_never_deleted")
        raw.execute("DELETE FROM kind WHERE kind = 'print'")

    assert office("print", 187) == 3
    assert len(office.err.splitlines()) <= 3


def test_a_change_by_hand_of_any_figure_that_matters_is_found_at_its_entry(tmp_path):
    changes = {
        "cards": 1, "kind": "send", "occurred_on": "2017-10-01", "recorded_at": "2016-01-01T00:00:00Z",
        "recorded_by": "budi", "from_place": "spoiled", "to_place": "lost", "note": "x", "reference": "BA",
        "party": "x", "purpose": "prr", "cause": "server", "quota_cards": 3, "batch_no": 1, "subject": "x",
        "value": "x", "due_on": "2017-11-01", "until_on": "2017-11-01", "key": "x",
    }  # fmt: skip
    for number, (column, value) in enumerate(changes.items()):
        place = tmp_path / f"{number}.db"
        small_book(place)
        with sqlite3.connect(place) as raw:
            raw.execute("DROP TRIGGER entry_is_never_changed")
            raw.execute(f"UPDATE entry SET {column} = ? WHERE entry_no = 2", [value])

        assert ("seal", 2) in errors(place), column


@pytest.mark.parametrize("size", [0, 1, 99, 100, 4095, 4096, 4097, 8192])
def test_a_book_cut_off_anywhere_is_told(tmp_path, size):
    small_book(tmp_path / "book.db")
    content = (tmp_path / "book.db").read_bytes()[:size]
    (tmp_path / "book.db").write_bytes(content)

    assert errors(tmp_path / "book.db")
    assert (tmp_path / "book.db").read_bytes() == content
