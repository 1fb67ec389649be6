"""What the rows of a clerk's sheet mean: days with cards, sums, free days, the foot, troubles and questions.

Today is 31 October 2017, a Tuesday; the office is open from Monday to Friday.
"""

from datetime import date

import pytest

from blangko.exchange.blocks import Hints
from blangko.exchange.reading import read
from blangko.exchange.remarks import told_in
from blangko.exchange.sheets import Grid

TODAY = date(2017, 10, 31)


def is_open(day):
    return day.weekday() < 5


def reading(*grids, **hints):
    """Read grids, or one sheet given as text with semicolons."""
    made = [
        Grid("", [line.split(";") for line in grid.split("\n")]) if isinstance(grid, str) else grid for grid in grids
    ]
    return read(made, Hints(**hints), TODAY, is_open)


def oct(*rows, head="Tanggal;Masuk;Cetak;Rusak;Ket", **hints):
    return reading("\n".join([head, *rows]), **hints)


def figures(found):
    return [(line.day.day, line.kind, line.cards) for line in found.lines]


def states(found):
    return [(row.row_no, row.state, row.reason) for row in found.rows]


def asked(found):
    return [(guess.code, guess.option, *guess.choices) for guess in found.guesses]


def is_certain(found):
    return not found.guesses and not found.troubles


# --- Rows -----------------------------------------------------------------------------------------


def test_a_blank_cell_says_nothing_and_a_zero_says_none():
    found = oct("2/10/2017;;187;0;", "3/10/2017;2.000;-;;")

    assert figures(found) == [(2, "print", 187), (2, "spoil", 0), (3, "receive", 2000)]
    assert is_certain(found)


def test_every_row_is_told_as_what_it_is():
    found = oct(
        "2/10/2017;;187;3;", "3/10/2017;;LIBUR;;", "4/10/2017;;;;", "5/10/2017;;12,5;;", "JUMLAH;;187;3;",
        "Mengetahui,;;;;", "Kepala Dinas;;;NIP. 19650312 199003 1 004;",
    )  # fmt: skip

    assert states(found) == [
        (2, "read", ""), (3, "closed", ""), (4, "nothing", ""), (5, "trouble", "cards_broken"), (6, "total", ""),
        (7, "foot", ""), (8, "foot", ""),
    ]  # fmt: skip


def test_signatures_below_a_table_without_sums_are_its_foot():
    found = oct(
        "2/10/2017;;187;3;", "", "Sanggau, 31 Oktober 2017;;;;", ";;Siti Rahmawati;;", ";;NIP. 198204052010012003;;"
    )

    assert figures(found) == [(2, "print", 187), (2, "spoil", 3)]
    assert [row.state for row in found.rows] == ["read", "foot", "foot", "foot"]


def test_figures_without_a_day_are_a_trouble_but_not_below_the_last_sum():
    assert states(oct("2/10/2017;;187;3;", ";;60;;"))[1] == (3, "trouble", "no_date")
    assert states(oct("2/10/2017;;187;3;", "JUMLAH;;187;3;", "Sisa;;60;;"))[2] == (4, "total", "")


def test_a_row_below_a_sum_that_is_a_day_is_read():
    found = oct("2/10/2017;;187;3;", "Jumlah minggu I;;187;3;", "9/10/2017;;201;;", "JUMLAH;;388;3;")

    assert figures(found) == [(2, "print", 187), (2, "spoil", 3), (9, "print", 201)]
    assert not [check for check in found.balances if check.first_row_parted]


def test_a_sum_without_its_word_is_known_by_its_figures():
    found = oct("2/10/2017;;187;3;", "3/10/2017;;201;;", ";;388;3;")

    assert states(found)[-1] == (4, "total", "unnamed")


def test_cards_on_a_free_day_are_a_trouble_unless_somebody_worked_overtime():
    assert states(oct("2/10/2017;;50;;LIBUR"))[0] == (2, "trouble", "closed_with_cards")
    assert states(oct("2/10/2017;;50;;Libur nasional, lembur"))[0] == (2, "read", "")


def test_a_weekday_that_does_not_fit_its_date_is_a_trouble():
    found = reading("Hari;Tanggal;Cetak\nSenin;2/10/2017;187\nSenin;3/10/2017;201\nJum’at;6/10/2017;90")

    assert states(found) == [(2, "read", ""), (3, "trouble", "day_weekday"), (4, "read", "")]


def test_two_rows_of_one_day_are_both_read_and_told_and_a_row_pasted_twice_is_a_trouble():
    two = oct("2/10/2017;;187;;", "2/10/2017;;20;;sore")
    same = oct("2/10/2017;;187;;", "2/10/2017;;187;;")

    assert (figures(two), states(two)[1]) == ([(2, "print", 187), (2, "print", 20)], (3, "read", "same_day"))
    assert states(same)[1] == (3, "trouble", "repeated")


@pytest.mark.parametrize(
    ("day", "reason"),
    [("1/11/2017", "future"), ("3/10/2016", "stray"), ("3/1/2017", "stray"), ("32/10/2017", "day_no_such_day")],
)
def test_a_day_that_cannot_be_right_is_a_trouble(day, reason):
    after = [f"{number}/10/2017;;3;;" for number in (4, 5, 6, 9, 10, 11, 16, 17, 18, 19)]
    found = oct("2/10/2017;;1;;", f"{day};;2;;", *after)

    assert states(found)[1] == (3, "trouble", reason)


def test_a_day_far_from_the_month_over_the_table_is_a_trouble():
    found = reading("BULAN OKTOBER 2017\nTgl;Cetak\n2/10/2017;1\n3/10/2015;2")

    assert (states(found), found.guesses) == ([(3, "read", ""), (4, "trouble", "other_month")], [])


def test_hidden_rows_are_read_and_told():
    rows = [["Tanggal", "Cetak"], [date(2017, 10, 2), 187], [date(2017, 10, 3), 201]]
    found = reading(Grid("Okt", rows, hidden_rows=frozenset([2])))

    assert figures(found) == [(2, "print", 187), (3, "print", 201)]
    assert states(found)[1] == (3, "hidden", "read")


def test_a_formula_without_a_value_is_a_trouble_and_never_nothing():
    rows = [["Tanggal", "Cetak", "Rusak"], [date(2017, 10, 2), None, 3], [date(2017, 10, 3), 201, None]]
    found = reading(Grid("Okt", rows, unsaved=frozenset([(1, 1)])))

    assert states(found)[0] == (2, "trouble", "unsaved")
    assert figures(found) == [(3, "print", 201)]


def test_a_day_merged_over_two_rows_is_the_day_of_both():
    rows = [["Tanggal", "Cetak", "Ket"], [date(2017, 10, 2), 100, "pagi"], [None, 87, "sore"]]
    found = reading(Grid("Okt", rows, merged=[(1, 0, 2, 0)]))

    assert figures(found) == [(2, "print", 100), (2, "print", 87)]


def test_rows_of_another_item_are_left_out_and_told():
    found = reading("Tanggal;Jenis Blangko;Cetak\n2/10/2017;KTP-el;187\n2/10/2017;KIA;20\n3/10/2017;KTP-el;201")

    assert figures(found) == [(2, "print", 187), (3, "print", 201)]
    assert (3, "nothing", "other_item") in states(found)


def test_cards_sent_of_which_a_remark_speaks_are_asked_about_and_those_that_the_province_sends_are_receipts():
    assert list(told_in("50 keping dikirim ke Kec. Kapuas")) == [("sent", 50)]
    assert list(told_in("distribusi UPT Parindu 75")) == [("sent", 75)]
    assert list(told_in("dikirim dari prov 2.000 keping")) == [("received", 2000)]
    assert list(told_in("kirim surat permohonan 4.000")) == []


def test_the_paper_of_a_delivery_among_the_remarks_is_its_reference():
    (line, _) = oct("3/10/2017;2.000;201;;BAST 1").lines

    assert (line.kind, line.reference, line.note) == ("receive", "BAST 1", None)


# --- What had to be guessed -----------------------------------------------------------------------


def test_american_days_are_asked_about_and_the_answer_is_taken():
    rows = ("10/2/2017;;1;;", "10/3/2017;;2;;", "10/4/2017;;3;;", "10/13/2017;;4;;")
    found = oct(*rows)

    assert asked(found) == [("date_order", "--date-order", "mdy", "dmy")]
    assert [day for day, _, _ in figures(oct(*rows, date_order="mdy"))] == [2, 3, 4, 13]
    assert is_certain(oct(*rows, date_order="mdy"))


def test_days_first_are_no_guess():
    assert is_certain(oct("2/10/2017;;1;;", "3/10/2017;;2;;", "4/10/2017;;3;;", "10/10/2017;;3;;"))


def test_a_year_that_nothing_says_is_asked_about_and_a_weekday_helps_to_guess_it():
    found = reading("Hari;Tanggal;Cetak\nSenin;2/10;187\nSelasa;3/10;201")

    assert asked(found) == [("year", "--year", "2017", "2016")]
    assert is_certain(reading("Hari;Tanggal;Cetak\nSenin;2/10;187\nSelasa;3/10;201", year=2017))


def test_a_year_in_the_title_or_in_the_name_of_the_sheet_is_no_guess():
    assert is_certain(reading("TAHUN 2017\nTanggal;Cetak\n2/10;187"))
    assert is_certain(reading(Grid("Okt 2017", [["Tgl", "Cetak"], [2, 187]])))


def test_a_receipt_told_in_a_remark_is_asked_about():
    rows = ("2/10/2017;;187;;+2.000 dari Prov", "3/10/2017;1.000;20;;terima 1.000 dari prov")
    (guess,) = oct(*rows).guesses

    assert (guess.code, guess.facts["cards"], guess.facts["row"]) == ("cards_in_notes", 2000, 2)
    assert (2, "receive", 2000) in figures(oct(*rows, cards_in_notes=True))
    assert is_certain(oct(*rows, cards_in_notes=False))


def test_spoiled_cards_told_in_a_remark_are_asked_about_too_and_a_broken_printer_is_not():
    (guess,) = oct("2/10/2017;;187;;3 keping rusak").guesses

    assert (guess.facts["kind"], guess.facts["cards"]) == ("spoil", 3)
    assert is_certain(oct("2/10/2017;;187;;printer rusak 2 jam", "3/10/2017;5;1;;BAST 470/12 tgl 3"))


def test_prints_that_always_grow_are_asked_about():
    rows = [
        f"{day}/10/2017;;{total};;"
        for day, total in zip((2, 3, 4, 5, 6, 9), (90, 180, 250, 330, 411, 500), strict=True)
    ]

    assert asked(oct(*rows)) == [("running_sum", "--columns", "ignored=Cetak", "printed=Cetak")]
    assert is_certain(oct(*rows, columns={"cetak": "Cetak"}))


def test_a_sheet_or_a_column_that_the_file_does_not_have_is_told():
    assert [guess.code for guess in oct("2/10/2017;;1;;", columns={"printed": "Nothing"}).guesses] == ["no_such_column"]
    assert [guess.code for guess in oct("2/10/2017;;1;;", sheets=("DES",)).guesses] == ["no_such_sheet"]


def test_days_over_new_year_are_of_two_years():
    found = reading("Tanggal;Cetak\n28 Des;187\n2 Jan;100")

    assert [line.day for line in found.lines] == [date(2016, 12, 28), date(2017, 1, 2)]
    assert asked(found) == [("year", "--year", "2016", "2015")]


# --- Several sheets -------------------------------------------------------------------------------


def month(name, *rows):
    return Grid(name, [["Tanggal", "Cetak"], *([date(2017, 10, day), cards] for day, cards in rows)])


def test_all_sheets_are_read_and_a_copy_is_counted_once():
    found = reading(month("A", (2, 1), (3, 2), (4, 3)), month("B", (5, 4)), month("A (2)", (2, 1), (3, 2), (4, 3)))

    assert figures(found) == [(2, "print", 1), (3, "print", 2), (4, "print", 3), (5, "print", 4)]
    assert [(part.sheet, part.why, part.text) for part in found.not_read] == [("A (2)", "copy", "A")]


def test_sheets_that_differ_on_the_same_day_are_asked_about():
    sheets = (month("Loket 1", (2, 1), (3, 2)), month("Loket 2", (3, 5), (4, 6)))

    assert asked(reading(*sheets)) == [("same_days", "--sheet", "Loket 1", "Loket 2")]
    assert figures(reading(*sheets, sheets=("loket 2",))) == [(3, "print", 5), (4, "print", 6)]


def test_a_hidden_sheet_is_not_read_unless_it_is_named():
    hidden = month("Lama", (2, 1))._replace(is_hidden=True)

    assert [(part.why, part.option) for part in reading(hidden).not_read] == [("hidden", "--sheet")]
    assert figures(reading(hidden, sheets=("Lama",))) == [(2, "print", 1)]


# --- The sheet proves itself ----------------------------------------------------------------------


def balance(*rows, head="Tanggal;Masuk;Cetak;Rusak;Sisa", **hints):
    return reading("\n".join([head, *rows]), **hints)


def test_a_balance_that_holds_is_followed_from_row_to_row():
    (check,) = balance("2/10/2017;;187;3;810", "3/10/2017;2.000;200;;2.610").balances

    # 810 + 187 + 3 = 1,000 before the first row.
    assert (check.first_row_parted, check.opening, check.closing, check.closing_on) == (
        None,
        1000,
        2610,
        date(2017, 10, 3),
    )


def test_the_first_row_in_which_the_balance_parts_is_named():
    (check,) = balance("2/10/2017;;187;3;810", "3/10/2017;;200;;600", "4/10/2017;;100;;500").balances

    assert (check.first_row_parted, check.sheet_says, check.computed, check.rows_parted) == (3, 600, 610, 1)


def test_no_balance_is_held_against_what_stands_below_a_row_that_is_not_understood():
    """The 12 cards of row 3 and the "x1" of row 5 are missing in the two balances that come after them."""
    rows = ("2/10/2017;;187;;813", "3/10/2017;;(12);;801", "4/10/2017;;150;;651", "5/10/2017;;x1;;650",
            "6/10/2017;;100;;550")  # fmt: skip
    found = balance(*rows)

    assert [row.row_no for row in found.troubles] == [3, 5]
    assert found.balances[0].first_row_parted == 4 and not found.fair_balances
    assert not found.guesses
    slip = balance("2/10/2017;;187;;813", "3/10/2017;;10;;800", "4/10/2017;;x1;;799")
    assert [check.first_row_parted for check in slip.fair_balances] == [3]


def test_a_balance_carried_forward_begins_the_reckoning_and_is_no_receipt():
    found = balance("Pindahan bulan lalu;1.000;;;1.000", "2/10/2017;;187;3;800")
    (check,) = found.balances

    assert figures(found) == [(2, "print", 187), (2, "spoil", 3)]
    assert (check.opening, check.first_row_parted, check.sheet_says, check.computed) == (1000, 3, 800, 810)


def test_a_balance_that_fits_only_without_the_spoiled_cards_is_asked_about():
    rows = ("2/10/2017;;190;3;810", "3/10/2017;;200;2;610", "4/10/2017;;100;1;510")
    found = balance(*rows)

    assert asked(found) == [("spoiled_in_printed", "--columns", "out=Cetak", "printed=Cetak")]
    # 190 went out, of which 3 were spoiled.
    assert figures(balance(*rows, columns={"out": "Cetak"}))[:2] == [(2, "spoil", 3), (2, "print", 187)]


def test_a_sum_of_the_sheet_that_its_rows_do_not_make_is_named():
    (check,) = oct("2/10/2017;;187;3;", "3/10/2017;;201;;", "JUMLAH;;390;3;").balances

    assert (check.kind, check.column, check.first_row_parted, check.sheet_says, check.computed) == (
        "sum",
        "Cetak",
        4,
        390,
        388,
    )


def test_keluar_beside_cetak_and_rusak_is_their_sum_and_no_third_thing():
    found = reading("Tanggal;Cetak;Rusak;Keluar\n2/10/2017;187;3;190\n3/10/2017;200;;201\n4/10/2017;90;1;91")
    (check,) = found.balances

    assert figures(found)[:2] == [(2, "print", 187), (2, "spoil", 3)]
    assert (check.kind, check.first_row_parted, check.sheet_says, check.computed) == ("out", 3, 201, 200)


def test_keluar_that_is_seldom_the_sum_of_the_others_is_asked_about():
    found = reading("Tanggal;Cetak;Keluar\n2/10/2017;187;50\n3/10/2017;200;40\n4/10/2017;90;90")

    assert asked(found) == [("columns", "--columns", "sent=Keluar", "out=Keluar", "ignored=Keluar")]


def test_balances_written_in_the_morning_hold_too():
    (check,) = balance("2/10/2017;;187;3;1.000", "3/10/2017;;100;;810", "4/10/2017;;10;;710").balances

    assert (check.first_row_parted, check.opening, check.closing) == (None, 1000, 700)


@pytest.mark.parametrize("note", ["Saldo awal", "Sisa bulan September", "Pindahan", "Stok akhir September"])
def test_what_was_left_last_month_is_no_receipt_although_it_stands_among_them(note):
    found = oct(f"1/10/2017;1.000;;;{note}", "2/10/2017;;187;;")

    assert (figures(found), states(found)[0]) == ([(2, "print", 187)], (2, "total", "opening"))


def test_a_receipt_whose_remark_speaks_of_stock_is_a_receipt():
    assert figures(oct("2/10/2017;1.000;;;Terima stok dari Prov. BAST 7")) == [(2, "receive", 1000)]


def test_rows_of_several_days_are_a_trouble():
    found = reading("OKTOBER 2017\nTanggal;Cetak\n2 s/d 6;500\n9 s/d 13;600")

    assert states(found) == [(3, "trouble", "day_text"), (4, "trouble", "day_text")]


def test_a_row_right_below_the_last_day_is_no_foot_when_it_has_cards():
    assert states(oct("2/10/2017;;187;;", "Rabu;;90;;"))[1] == (3, "trouble", "day_text")
    assert states(oct("2/10/2017;;187;;", "", "Kapuas;;90;;"))[1] == (4, "foot", "")


def test_prints_below_nothing_are_prints_when_the_balance_proves_it_and_are_asked_about_when_not():
    proved = balance("2/10/2017;;(187);-3;810", "3/10/2017;500;-100;;1.210", "4/10/2017;;(10);;1.200")
    asked_about = balance("2/10/2017;;(187);;", "3/10/2017;500;-100;;")

    assert figures(proved)[:2] == [(2, "print", 187), (2, "spoil", 3)] and is_certain(proved)
    assert asked(asked_about) == [("negative", "--columns", "printed=Cetak", "ignored=Cetak")]
    assert states(balance("2/10/2017;;187;;", "3/10/2017;;-100;;"))[1] == (3, "trouble", "cards_negative")


def test_prints_on_a_closed_day_are_read_and_told():
    assert states(oct("6/10/2017;;90;;", "7/10/2017;;50;;"))[1] == (3, "read", "closed_day")


# --- Hostile sheets -------------------------------------------------------------------------------


@pytest.mark.parametrize("cell", ["x" * 40_000, "\x00\x1b[31m", "9" * 400, float("inf"), float("nan"), True, "±5"])
def test_whatever_stands_in_a_cell_is_a_trouble_and_no_crash(cell):
    found = reading(
        Grid("A", [["Tanggal", "Cetak", "Ket"], ["2/10/2017", cell, cell], [cell, 5, cell], ["3/10/2017", 1, ""]])
    )

    assert figures(found) == [(3, "print", 1)]
    assert {row.row_no for row in found.troubles} >= {2}
    assert all(len(row.text) <= 60 for row in found.rows)


def test_a_sheet_of_thousands_of_columns_is_read_as_far_as_a_year_reaches_and_the_rest_is_told():
    found = reading(Grid("A", [["Tanggal", "Cetak", *["x"] * 5000], ["2/10/2017", 5, *[1] * 5000]]))

    assert figures(found) == [(2, "print", 5)]
    assert [part.why for part in found.not_read] == ["too_wide"]


def test_a_sheet_of_nothing_but_headings_is_not_read_and_told():
    rows = [["Tanggal", "Cetak"] if number % 2 else ["2/10/2017", 5] for number in range(3000)]

    assert [part.why for part in reading(Grid("A", rows)).not_read] == ["too_many_tables"]


# --- What was once read wrongly without a word ------------------------------------------------------


def test_cards_told_in_words_between_the_days_are_a_trouble_and_below_them_a_footnote():
    between = oct("2/10/2017;;187;;", "Terima dari provinsi 2.000 keping;;;;", "3/10/2017;;20;;")
    below = oct("2/10/2017;;187;;", "3/10/2017;;20;;", "Rusak 12 keping telah dimusnahkan;;;;")

    assert states(between)[1] == (3, "trouble", "no_date")
    assert states(below)[2] == (4, "foot", "")


def test_a_table_of_other_things_below_does_not_go_on_with_the_prints():
    found = oct("2/10/2017;;187;;", "", "Tanggal;Rekam;PRR", "2/10/2017;90;1200")

    assert figures(found) == [(2, "print", 187)]
    assert [part.why for part in found.not_read] == ["no_figures"]


def test_what_went_out_spoiled_is_no_print_although_the_column_was_called_so():
    found = oct(
        "2/10/2017;187;Pencetakan", "2/10/2017;3;Rusak", head="Tanggal;Keluar;Uraian", columns={"cetak": "Keluar"}
    )

    assert (figures(found), states(found)[1]) == ([(2, "print", 187)], (3, "trouble", "kind_unknown"))


def test_receipts_are_read_though_the_free_days_say_so_in_their_column():
    rows = [f"{day}/10/2017;LIBUR AKHIR PEKAN;;;" for day in (1, 7, 8)]

    assert figures(oct(*rows, "9/10/2017;2.000;;;")) == [(9, "receive", 2000)]
