"""What is said beside the rows of a clerk's sheet; today is Friday 27 October 2017."""

from datetime import date

import pytest

from blangko.core.standing import Standing
from blangko.exchange.blocks import Hints
from blangko.exchange.compare import compare
from blangko.exchange.reading import read
from blangko.exchange.sheets import Grid
from blangko.reports.imported_marks import areas, remarks
from blangko.words.language import speak

TODAY = date(2017, 10, 27)


@pytest.fixture(autouse=True)
def _english():
    speak("en")


def sheet(*rows, name="OKT", **seen):
    return Grid(name, [list(row) for row in rows], **seen)


def said(*grids, standing=(), opened_on=None):
    """What stands in the way, and the notes: each by row, from 1, and column, from A, with its words."""
    reading = read(grids, Hints(), TODAY, lambda day: day.weekday() < 5)
    found = remarks(reading, compare(reading.lines, standing, opened_on))
    told = [(each.row + 1, "ABCDEFGHIJ"[each.column] if each.column is not None else "", each.text) for each in found]
    return (
        [each for each, remark in zip(told, found, strict=True) if remark.is_bad],
        [each for each, remark in zip(told, found, strict=True) if not remark.is_bad],
    )


def test_every_bad_cell_of_a_row_is_told_not_the_first_alone():
    bad, notes = said(
        sheet(
            ["Tanggal", "Masuk", "Cetak", "Rusak"],
            ["2/10/2017", "", 187, 3],
            ["3/10/2017", "±2000", 185.5, "(2)"],
            ["4/10/2017", "", 190, ""],
        )
    )

    assert bad == [
        (3, "B", "±2000: which number is meant does not show"),
        (3, "C", "185.5: a broken number is no number of cards"),
        (3, "D", "(2): a negative number, or one in brackets"),
    ]
    assert notes == []


def test_a_day_that_is_none_is_told_at_its_own_cell():
    bad, _ = said(sheet(["No", "Tanggal", "Cetak"], [1, "2/10/2017", 187], [2, "31/9/2017", 190], [3, "4/10/2017", 1]))

    assert bad == [(3, "B", "31/9/2017: there is no such day")]


def test_a_bad_figure_is_told_beside_a_day_that_is_none():
    bad, notes = said(
        sheet(["Tanggal", "Masuk", "Cetak", "Sisa"], ["2/10/2017", 500, 187, 313], ["Rabu, 3/10/2017", "", "(2)", 311],
              ["4/10/2017", "", 10, 301])
    )  # fmt: skip

    assert bad == [
        (3, "A", "Rabu, 3/10/2017: the date falls on another weekday"),
        (3, "C", "(2): a negative number, or one in brackets"),
    ]
    # Nor is it told that the balance parts below: it does so for want of this row alone.
    assert notes == []


def test_of_months_side_by_side_the_cell_of_the_right_month_is_meant():
    bad, _ = said(
        sheet(
            ["September 2017", "", "Oktober 2017", ""],
            ["Tanggal", "Cetak", "Tanggal", "Cetak"],
            ["4/9/2017", 187, "2/10/2017", 190],
            ["5/9/2017", 185, "32/10/2017", 191],
            ["6/9/2017", 186, "4/10/2017", 192],
        )
    )

    assert [(row, column) for row, column, _ in bad] == [(4, "C")]


def test_with_days_across_the_cell_below_the_day_is_meant():
    bad, _ = said(
        sheet(
            ["Oktober 2017"],
            ["Tanggal", 2, 3, 4, 5, 6],
            ["Cetak", 187, 190, "±185", 180, 181],
        )
    )

    assert [(row, column) for row, column, _ in bad] == [(3, "D")]


def test_a_formula_without_a_value_is_told_at_its_cell():
    bad, _ = said(
        sheet(
            ["Tanggal", "Cetak"], ["2/10/2017", 187], ["3/10/2017", ""], ["4/10/2017", 5], unsaved=frozenset([(2, 1)])
        )
    )

    assert [(row, column) for row, column, _ in bad] == [(3, "B")]
    assert "without a saved value" in bad[0][2]


def test_a_day_that_differs_shows_the_book_beside_the_sheet():
    held = [Standing(7, date(2017, 10, 2), "print", 180)]

    bad, _ = said(sheet(["Tanggal", "Cetak"], ["2/10/2017", 187], ["3/10/2017", 190]), standing=held)

    assert bad == [(2, "B", "printed: the book has 180, the sheet 187")]


def test_what_is_new_or_stands_in_the_book_already_needs_no_remark():
    held = [Standing(7, date(2017, 10, 2), "print", 187)]

    assert said(sheet(["Tanggal", "Cetak"], ["2/10/2017", 187], ["3/10/2017", 190]), standing=held) == ([], [])


def test_days_before_the_book_was_begun_are_a_note():
    _, notes = said(sheet(["Tanggal", "Cetak"], ["2/10/2017", 187], ["3/10/2017", 190]), opened_on=date(2017, 10, 3))

    assert notes == [(2, "", "before the book was begun: left out")]


def test_a_balance_that_parts_from_its_own_figures_is_a_note_in_its_column():
    _, notes = said(
        sheet(
            ["Tanggal", "Masuk", "Cetak", "Sisa"],
            ["2/10/2017", 2000, 187, 1813],
            ["3/10/2017", "", 190, 1613],
            ["4/10/2017", "", 10, 1603],
        )
    )

    assert notes == [(3, "D", "Sisa: the figures make 1,623")]


def test_a_column_that_is_not_read_says_so_at_its_heading():
    _, notes = said(sheet(["Tanggal", "Cetak", "Suhu"], ["2/10/2017", 187, 30], ["3/10/2017", 190, 31]))

    assert [(row, column) for row, column, _ in notes] == [(1, "C")]
    assert notes[0][2].startswith("Suhu is not read: ")


def test_a_question_stands_at_the_row_that_raises_it_with_its_answer():
    bad, _ = said(sheet(["Tanggal", "Cetak"], ["10/2/2017", 187], ["10/3/2017", 190], ["10/4/2017", 185]))

    assert [(row, column) for row, column, _ in bad] == [(2, "")]
    assert "--date-order mdy" in bad[0][2]


def test_a_sheet_that_is_not_read_says_so_in_its_first_row():
    _, notes = said(
        sheet(["Tanggal", "Cetak"], ["2/10/2017", 187]), sheet(["Daftar nama"], ["Siti"], ["Budi"], name="PEGAWAI")
    )

    assert [(row, column) for row, column, _ in notes] == [(1, "")]


def test_a_sheet_of_formulas_that_were_never_calculated_is_not_called_empty():
    _, notes = said(
        sheet(["Tanggal", "Cetak"], ["2/10/2017", 187]),
        sheet([""], name="REKAP", unsaved=frozenset([(0, 0)])),
    )

    assert [(row, column) for row, column, _ in notes] == [(1, "")]
    assert notes[0][2].startswith("REKAP is not read: a formula without a saved value")


def test_the_remarks_begin_beside_the_last_heading_above_the_table():
    reading = read(
        [sheet(["Buku"], ["Tanggal", "Pengeluaran", ""], ["", "Cetak", "Rusak"], ["2/10/2017", 187, 3])],
        Hints(), TODAY, lambda day: True,
    )  # fmt: skip

    (area,) = areas(reading)

    assert (area.heading_row, area.last_row, area.last_column) == (2, 3, 2)
