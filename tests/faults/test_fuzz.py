"""Whatever is typed, whatever a file holds: no traceback, no hang, no write, exit codes as promised.

FUZZ says how many inputs of each kind are tried, FUZZ_SEED which ones, so that a find can be looked at again.
"""

import io
import json
import os
import random
import sqlite3
import zipfile
from contextlib import suppress

import pytest

from blangko.cli.commands import COMMANDS
from blangko.errors import BadSheet, BlangkoError, BookUnreadable, NoTable
from blangko.exchange.clerk import understand
from blangko.exchange.sheets import read_sheets
from blangko.stockroom import open_book
from blangko.stockroom.care import examine
from tests.exchange.test_clerk import TODAY, workbook
from tests.store.office import DAY, small_book

TRIES = int(os.environ.get("FUZZ", "150"))
SEED = int(os.environ.get("FUZZ_SEED", "0"))
WORDS = [
    "-1", "0", "5", "2.000", "1,5", "1e9", "99999999999999999999", "", " ", "-", "--", "-x", "--on", "--on=kemarin",
    "31/02/2017", "2017-13-01", "senin", "--spoiled", "3", "--reason", "x", "--ref", "BA 1", "--to", "Kec", "--yes",
    "--key", "k", "--by", "", "--note", "=1+1", "\x1b[31m", "\u202e", "\udc80", "6103012345678901", "-f", "json", "csv",
    "xml", "-o", "/nowhere/x", ".", "--week", "2017-W43", "--from", "--to", "--request", "--due", "--help", "-h",
    "--cause", "server", "--for", "--quota", "daily", "risk", "5%", "--adjust", "--more", "--code", "--lang", "id", "'",
    '"', "%s", "{x}", "{0}", "a" * 3000, "null", "true", "🙂", "--template", "--excel-csv", "--month", "--until",
]  # fmt: skip
READING = ("status", "card", "forecast", "verify", "calendar", "summary", "report", "letter", "notice", "guide")


def spoiled(content, chance):
    """A file with a few bytes changed, cut off, repeated or filled with noise."""
    damaged = bytearray(content)
    for _ in range(chance.randint(1, 4)):
        kind, at = chance.randint(0, 3), chance.randrange(max(len(damaged), 1))
        if kind == 0 and damaged:
            damaged[at] = chance.randrange(256)
        elif kind == 1:
            del damaged[at:]
        elif kind == 2:
            damaged[at:at] = damaged[at : at + 50]
        else:
            damaged[at : at + 60] = chance.randbytes(min(60, len(damaged) - at))
    return bytes(damaged)


def test_whatever_is_typed_ends_in_words(office, monkeypatch):
    chance = random.Random(SEED + 1)
    monkeypatch.chdir(office.folder)
    for number in range(TRIES):
        command = chance.choice(COMMANDS)
        if command.name in ("demo", "restore", "backup", "export", "template"):
            continue
        words = [chance.choice([command.name, command.alias]), *chance.choices(WORDS, k=chance.randint(0, 5))]
        before = office.book.read_bytes()
        code = office(*words)

        assert code in (0, 1, 2, 3), (number, words)
        assert "Traceback" not in office.out + office.err, (number, words)
        assert "\x1b" not in office.out + office.err, (number, words)
        if code and command.name != "alert":
            assert office.book.read_bytes() == before, (number, words)
            assert len(office.err.splitlines()) <= 5 and office.err.strip(), (number, words)


def understood(place):
    """What a sheet says; None when it was refused in words. Anything else that is raised is a find."""
    with suppress(BadSheet, NoTable):
        return understand(read_sheets(str(place)), TODAY)


def test_whatever_a_sheet_holds_it_is_understood_or_refused(tmp_path):
    chance = random.Random(SEED + 2)
    good = [
        ("a.csv", b"Tanggal;Masuk;Cetak;Rusak;Ket\n2/10/2017;;187;3;\n3/10/2017;2.000;201;;B 1\n;JUMLAH;2.000;388;3;"),
        ("a.xlsx", workbook([["Tanggal", "Cetak"], [TODAY, 187], ["3 Okt 2017", "1.043"]])),
    ]  # fmt: skip
    for number in range(TRIES):
        name, content = chance.choice(good)
        (tmp_path / name).write_bytes(spoiled(content, chance))
        read = understood(tmp_path / name)
        assert read is None or all(row.day <= TODAY for row in read.days), number


def test_a_sheet_whose_cells_are_any_text_is_understood_or_named(tmp_path):
    chance = random.Random(SEED + 3)
    cells = [*WORDS, "2/10/2017", "187", "LIBUR", "JUMLAH", "43010"]
    for _ in range(TRIES):
        rows = [["Tanggal", "Cetak", "Masuk"], *([chance.choice(cells) for _ in range(3)] for _ in range(6))]
        text = "\n".join(";".join(cell.replace(";", "").replace("\n", "") for cell in row) for row in rows)
        (tmp_path / "a.csv").write_bytes(text.encode("utf-8", "surrogatepass"))
        read = understand(read_sheets(str(tmp_path / "a.csv")), TODAY)

        assert read is None or len(read.days) + len(read.skipped) + len(read.troubles) <= 6


def looked_at(place):
    """How the book reads: whole, or what is wrong with it, in our own words."""
    try:
        with open_book(str(place)) as book:
            return [finding.code for finding in examine(book, DAY).findings if finding.severity == "error"]
    except BookUnreadable as refused:
        return [type(refused).__name__]


def test_a_damaged_book_is_told_and_never_changed(tmp_path):
    small_book(tmp_path / "good.db")
    good = (tmp_path / "good.db").read_bytes()
    chance, place = random.Random(SEED + 4), tmp_path / "book.db"
    found = 0
    for _ in range(TRIES):
        damaged = spoiled(good, chance)
        place.write_bytes(damaged)
        found += bool(looked_at(place))

        assert place.read_bytes() == damaged
    assert found > TRIES // 4


def marked(content, at, length, chance):
    """The file with `length` bytes at `at` made noise."""
    return content[:at] + chance.randbytes(length) + content[at + length :]


def test_a_daily_command_on_a_damaged_book_ends_in_words(office):
    office("init", "--office", "Disdukcapil Uji", "--opening", "500", "--on", "2017-10-02")
    office("print", "187", "--spoiled", "3", "--on", "2017-10-02")
    good = office.book.read_bytes()
    chance = random.Random(SEED + 5)
    pages = [marked(good, at, 4096, chance) for at in range(4096, len(good), 4096)]
    header = [marked(good, at, 1, chance) for at in range(100)]
    for number, damaged in enumerate([*pages, *header, *(spoiled(good, chance) for _ in range(TRIES))]):
        office.book.write_bytes(damaged)
        words = chance.choice([["alert"], ["print", "1"], ["status"], ["card"], ["undo"], ["summary"], ["export"]])
        code = office(*words)

        assert code in (0, 1, 2, 3) and "Traceback" not in office.out + office.err, (number, words)
        if code == 3:
            assert office.book.read_bytes() == damaged, (number, words)
            assert len((office.out + office.err).splitlines()) <= 3, (number, words)


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
        "party": "x", "cause": "server", "quota_cards": 3, "batch_no": 1, "subject": "x", "value": "x",
    }  # fmt: skip
    for number, (column, value) in enumerate(changes.items()):
        place = tmp_path / f"{number}.db"
        small_book(place)
        with sqlite3.connect(place) as raw:
            raw.execute("DROP TRIGGER entry_is_never_changed")
            raw.execute(f"UPDATE entry SET {column} = ? WHERE entry_no = 2", [value])
        with open_book(str(place)) as book:
            findings = examine(book, DAY).findings

        assert ("seal", 2) in [(each.code, each.entry_no) for each in findings], column


@pytest.mark.parametrize("size", [0, 1, 99, 100, 4095, 4096, 4097, 8192])
def test_a_book_cut_off_anywhere_is_told(tmp_path, size):
    small_book(tmp_path / "book.db")
    content = (tmp_path / "book.db").read_bytes()[:size]
    (tmp_path / "book.db").write_bytes(content)

    assert looked_at(tmp_path / "book.db")
    assert (tmp_path / "book.db").read_bytes() == content


def test_a_bomb_of_a_workbook_is_refused(tmp_path):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/workbook.xml", bytes(5_000_000))
    (tmp_path / "bomb.xlsx").write_bytes(out.getvalue())
    with pytest.raises(BlangkoError):
        read_sheets(str(tmp_path / "bomb.xlsx"))
