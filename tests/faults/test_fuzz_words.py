"""Whatever is typed: no traceback, no hang, no write that is refused, exit codes as promised."""

import re
import shutil
from datetime import date, timedelta

import pytest

from blangko.cli.app import _made
from blangko.cli.commands import COMMANDS
from blangko.core.columns import MAX_CARDS
from blangko.core.numbers import cards
from blangko.errors import NotADate, NotWholeNumber, NumberOutOfRange
from blangko.words.typed import typed_date
from tests.faults.fuzz import TRIES, WORDS, chance, no_hang
from tests.forging import database

TODAY = date(2017, 10, 27)
# What each option and argument may well be given, so that many commands get as far as the book.
VALUES = {
    "N": ["0", "1", "7", "50", "2.000", "2,000", "999999", "100000000", "100000001", "1.5", "-3", "x", "٧", "１"],
    "NO": ["0", "1", "2", "3", "4", "5", "9", "99", "x", "9" * 30],
    "DATE": ["2017-10-02", "2017-10-26", "27/10/2017", "26 Okt 2017", "kemarin", "senin", "besok", "2018-01-01",
             "0001-01-01", "9999-12-31", "31/02/2017", "x", "1 1"],
    "WEEK": ["2017-W43", "2017-W53", "2017-W00", "2018-W01", "0000-W01", "9999-W52", "x"],
    "MONTH": ["2017-10", "2017-13", "0000-01", "9999-12", "Oktober", "x"],
    "YEAR": ["2017", "2026", "0", "10000", "x"],
    "CAUSE": ["server", "printer", "pita", "encode", "cetak", "x", ""],
    "PURPOSE": ["prr", "suket", "pinjam", "x"],
    "CODE": ["61.03", "6103", "3f2a9b1c4d5e-1", "3f2a9b1c4d5e6f708192a3b4c5d6e7f8-1", "000000000000-3", "x-1", "-"],
    "FORMAT": ["table", "json", "csv", "markdown", "excel-csv", "html", "xlsx", "pdf", "x"],
    "NAME": ["Siti", "daily", "risk", "require_name", "batch", "work_week", "time_zone", "", "x" * 2001],
    "VALUE": ["5", "5%", "yes", "mon-fri", "-", "", "x" * 2001],
    "FILE": ["out.csv", "out.json", "out.xlsx", "out.txt", "out.docx", "book.db", "sheet.csv", "copy.db", ".",
             "no/x.csv", "x", "", "a\0b"],
    "FOLDER": ["out", "book.db", ".", "", "a\0b"],
    "TEXT": ["x", "", " ", "=1+1", "\x1b[31m", "\u202e", "\udc80", "6103012345678901", "a" * 3000, "🙂", "{0}", "%s"],
}  # fmt: skip
SHEET = "Tanggal;Masuk;Cetak;Rusak\n2/10/2017;;187;3\n3/10/2017;2.000;201;\n"
SLOW = ("demo", "serve")
"""The one takes a while, and the other goes on until somebody ends it."""


def likely(command, chance):
    """A command with its own options, most of them with values that could be meant."""
    words = []
    for each in _made(command).params:
        is_argument = each.param_type_name == "argument"
        if not (each.required and chance.random() < 0.95) and chance.random() < (0.4 if is_argument else 0.75):
            continue
        values = VALUES.get(each.metavar or "", VALUES["TEXT"])
        if not is_argument:
            words.append(chance.choice(each.opts))
        if is_argument or not each.is_flag:
            words.append(chance.choice(values if chance.random() < 0.95 else WORDS))
    return words


def unlikely(command, chance):
    """A command with any words behind it."""
    return chance.choices(WORDS, k=chance.randint(0, 5))


def kept(office):
    """All that keeps its book: the bytes of the file, or the rows on the server."""
    if "://" not in office.place:
        return office.book.read_bytes()
    with database(office.place) as execute:
        return execute("SELECT * FROM office ORDER BY 1"), execute("SELECT * FROM entry ORDER BY 1, 2")


@pytest.mark.parametrize("words_of", [likely, unlikely])
def test_whatever_is_typed_ends_in_words(office, words_of, monkeypatch):
    if "://" in office.place:
        # Some of these words begin the book of another office beside it.
        monkeypatch.setenv("BLANGKO_OFFICE", "61.03")
    office.did("backup", "-o", office.folder / "copy.db")
    (office.folder / "sheet.csv").write_text(SHEET)
    office.chdir(office.folder)
    good, luck, done = kept(office), chance(words_of.__name__), 0
    for number in range(TRIES):
        command = luck.choice([command for command in COMMANDS if command.name not in SLOW])
        words = [luck.choice([command.name, command.alias]), *words_of(command, luck)]
        before = kept(office)
        with no_hang():
            code = office(*words)
        said = office.out + office.err

        assert code in (0, 1, 2, 3), (number, words)
        assert "Traceback" not in said and "\x1b" not in said and "\u202e" not in said, (number, words)
        if code and command.name != "alert":
            assert kept(office) == before, (number, words)
            assert len(office.err.splitlines()) <= 6, (number, words, office.err)
            assert said.strip(), (number, words)
        done += code == 0
        if isinstance(before, bytes) and len(before) > 300_000:
            office.book.write_bytes(good)
    # A copy from before the book was put back, here or by a restore, is rightly told as newer than the book.
    shutil.rmtree(office.folder / "backups", ignore_errors=True)
    assert office("verify") == 0, office.out
    # Words that never get as far as the book would prove nothing.
    assert words_of is unlikely or done > TRIES // 5


SIGNS = "0123456789.,-+/ :eE%xWw'\t\n٠１½²−–rapisenokt"


def test_whatever_stands_for_a_number_is_one_or_is_refused():
    luck = chance("numbers")
    for _ in range(TRIES):
        text = "".join(luck.choices(SIGNS, k=luck.randint(0, 12)))
        try:
            assert 0 <= cards(text) <= MAX_CARDS
        except (NotWholeNumber, NumberOutOfRange):
            continue
        assert text.strip().replace(".", "").replace(",", "").isascii(), text


def test_whatever_stands_for_a_day_is_one_or_is_refused():
    luck = chance("days")
    words = [
        "2017",
        "10",
        "27",
        "31",
        "2",
        "0",
        "99",
        "okt",
        "oktober",
        "senin",
        "kemarin",
        "lusa",
        "-",
        "/",
        " ",
        ".",
        ",",
    ]
    for _ in range(TRIES):
        text = "".join(luck.choices([*words, *SIGNS] if luck.random() < 0.5 else words, k=luck.randint(0, 6)))
        ahead = luck.random() < 0.5
        try:
            day = typed_date(text, TODAY, ahead)
        except NotADate:
            continue
        # Whoever leaves the year out means a day within a year; in the direction in which the command looks.
        if not re.search(r"\d{4}", text):
            assert abs(day - TODAY) <= timedelta(days=366 * 101), text
