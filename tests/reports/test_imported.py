"""What is told of a clerk's sheet: in words, in both languages, on 80 columns."""

import pytest

from blangko.errors import BlangkoError
from blangko.exchange.blocks import Hints
from blangko.exchange.compare import compare
from blangko.exchange.reading import read
from blangko.exchange.sheets import Grid, read_sheets
from blangko.reports.imported import compared_told, guesses_told, reading_told
from blangko.words import sheets as words
from blangko.words.language import speak
from tests.exchange import sheets_of_clerks
from tests.exchange.office_days import TODAY
from tests.exchange.test_twelve_sheets import is_open


@pytest.fixture(scope="module")
def readings():
    """Every sheet of the clerks that can be opened."""
    made = []
    for sheet in sheets_of_clerks.sheets():
        try:
            grids = read_sheets(sheet.file, sheet.content)
        except BlangkoError:
            continue
        made.append(read(grids, Hints(), TODAY, is_open))
    assert len(made) > 50
    return made


@pytest.fixture(params=["en", "id"])
def language(request):
    speak(request.param)
    yield request.param
    speak("en")


def test_every_sheet_of_the_clerks_is_told_on_80_columns(readings, language):
    for reading in readings:
        told = [
            *reading_told(reading),
            *guesses_told(reading.guesses),
            *compared_told(compare(reading.lines, [], None)),
        ]

        assert not [line for line in told if len(line) > 80]


def test_every_code_that_the_sheets_of_the_clerks_bring_up_has_its_words(readings):
    for reading in readings:
        columns = [column for block in reading.blocks for column in block.columns]
        rows = [row for row in reading.rows if row.state not in ("read", "trouble")]
        told = [words.meaning_word(column.meaning) for column in columns if column.meaning]
        told += [words.why_not_read(column.why) for column in columns if not column.meaning]
        told += [words.why_not_read(part.why) for part in reading.not_read]
        told += [words.trouble_word(row.reason) for row in reading.troubles]
        told += [words.rows_word(row.state) for row in rows]
        told += [words.guess_told(guess.code, "", guess.facts) for guess in reading.guesses]

        # A code without words would be told as it is.
        assert not [text for text in told if "_" in text or text in ("named", "stray", "repeated", "unsaved", "foot")]


def test_rows_of_a_workbook_are_told_with_the_name_of_their_sheet():
    """In both sheets a row is hidden; of a file with one sheet its number says enough."""
    head = ["Tanggal", "Cetak"]
    september = Grid("SEP", [head, ["4/9/2017", 187], ["5/9/2017", 201]], hidden_rows=frozenset({1, 2}))
    october = Grid("OKT", [head, ["2/10/2017", 195]], hidden_rows=frozenset({1}))

    both, one = (reading_told(read(grids, Hints(), TODAY, is_open)) for grids in ([september, october], [september]))
    assert "Hidden rows that are read: SEP 2 to 3; OKT 2." in both
    assert "Hidden rows that are read: 2 to 3." in one
