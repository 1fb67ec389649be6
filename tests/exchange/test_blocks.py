"""Where the tables of a clerk's sheet stand, how they are laid out, and what their columns are."""

from datetime import date

import pytest

from blangko.exchange.blocks import Block, Hints, NotRead, across, blocks, letter
from blangko.exchange.headings import meaning_of
from blangko.exchange.reading import read
from blangko.exchange.sheets import Grid

TODAY = date(2017, 11, 30)


def grid(text, name="", **more):
    """A sheet from lines with semicolons; whole numbers are numbers."""
    rows = [[int(cell) if cell.isdecimal() else cell for cell in line.split(";")] for line in text.split("\n")]
    return Grid(name, rows, **more)


def found(text, name="", more=(), **hints):
    return blocks(grid(text, name, **dict(more)), Hints(**hints))


def figures(text, name="", more=(), **hints):
    """Month, day, kind and cards of all that is read without a question or a trouble."""
    reading = read([grid(text, name, **dict(more))], Hints(**hints), TODAY, lambda day: day.weekday() < 5)
    assert not reading.guesses and not reading.troubles
    return [(line.day.month, line.day.day, line.kind, line.cards) for line in reading.lines]


def meanings(block):
    return {column.heading: column.meaning or column.why for column in block.columns}


def not_read(text, name="", **hints):
    return [(part.why, part.option) for part in found(text, name, **hints) if isinstance(part, NotRead)]


# --- Headings -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("heading", "meaning"),
    [
        ("Tgl.", "day"), ("HARI / TANGGAL", "day"), ("Hari", "weekday"), ("No.", "number"), ("No. BAST", "reference"),
        ("Jml Blangko Masuk", "received"), ("Terima dari Provinsi", "received"), ("KTP-el Tercetak", "printed"),
        ("Cetak (keping)", "printed"), ("Cetak PRR", "printed"), ("Gagal Cetak", "spoiled"),
        ("Blangko Rusak", "spoiled"),
        ("Distribusi ke Kecamatan", "sent"), ("Sisa Blangko", "balance"), ("Stok Awal", "opening"),
        ("Stok Akhir", "balance"), ("Keluar", "out"), ("Terpakai", "used"), ("Jml", "amount"), ("Ket.", "note"),
    ],
)  # fmt: skip
def test_a_heading_is_known_by_its_words(heading, meaning):
    assert meaning_of(heading) == (meaning, "")


@pytest.mark.parametrize(
    ("heading", "why"),
    [
        ("KIA", "other_item"), ("Cetak KIA", "other_item"), ("Suket", "other_item"), ("PRR", "other_work"),
        ("Rekam", "other_work"), ("Belum Cetak", "other_work"), ("Kumulatif", "running_sum"),
        ("Cetak s/d hari ini", "running_sum"), ("Target Cetak", "plan"), ("Paraf Petugas", "not_cards"),
        ("Dimusnahkan", "other_movement"), ("Lain2", "unknown"),
    ],
)  # fmt: skip
def test_a_column_that_is_not_read_says_why(heading, why):
    assert meaning_of(heading) == (None, why)


def test_a_group_over_the_headings_decides_where_their_own_words_do_not():
    assert meaning_of("Prov.", ["Masuk"]) == ("received", "")
    assert meaning_of("Rusak", ["Pengeluaran"]) == ("spoiled", "")
    assert meaning_of("Cetak", ["KIA"]) == (None, "other_item")
    assert meaning_of("s/d hari ini", ["Cetak"]) == (None, "running_sum")
    # Cards printed anew for those who broke theirs are prints, when the others beside are purposes too.
    assert meaning_of("Rusak", ["Cetak"], frozenset({"baru", "hilang", "rusak"})) == ("printed", "")
    assert meaning_of("Rusak", ["Hasil Cetak"], frozenset({"baik", "rusak"})) == ("spoiled", "")


# --- Layouts --------------------------------------------------------------------------------------


def test_days_down():
    (block,) = found("LAPORAN\n\nNo;Tanggal;Masuk;Cetak;Rusak;Ket\n1;2/10/2017;;187;3;")

    assert isinstance(block, Block)
    assert (block.layout, block.heading_rows, block.first_row, block.last_row) == ("days_down", (2,), 3, 3)


def test_two_heading_rows_with_and_without_merged_cells():
    text = "Tanggal;Masuk;Pengeluaran;;Sisa\n;;Cetak;Rusak;\n2/10/2017;;187;3;810"
    merged = {"merged": [(0, 0, 1, 0), (0, 1, 1, 1), (0, 2, 0, 3), (0, 4, 1, 4)]}

    assert figures(text) == figures(text, more=merged) == [(10, 2, "print", 187), (10, 2, "spoil", 3)]


def test_columns_numbered_below_their_headings_are_no_day():
    assert figures("BULAN OKTOBER 2017\nTgl;Masuk;Cetak;Rusak\n1;2;3;4 = 2-3\n2;;187;3") == [
        (10, 2, "print", 187),
        (10, 2, "spoil", 3),
    ]


def test_day_numbers_below_a_title_with_the_month():
    (block,) = found("BULAN : OKTOBER 2017\nTgl;Cetak\n2;187\n3;201")

    assert (block.layout, block.year, block.month) == ("day_numbers", 2017, 10)
    assert figures("PERIODE 1 s.d. 31 OKTOBER 2017\nTgl;Cetak\n2;187") == [(10, 2, "print", 187)]
    assert figures("Tgl;Cetak\n2;187", name="Okt 2017") == [(10, 2, "print", 187)]


def test_day_numbers_without_a_month_are_not_read():
    assert not_read("Tgl;Cetak\n2;187\n3;201") == [("no_month", "")]
    assert not_read("SEPTEMBER - OKTOBER 2017\nTgl;Cetak\n2;187") == [("no_month", "")]


def test_a_title_that_names_another_month_than_its_sheet_is_not_believed():
    assert not_read("BULAN SEPTEMBER 2017\nTgl;Cetak\n2;187", name="OKT") == [("month_differs", "")]
    assert figures("BULAN SEPTEMBER 2017\nTanggal;Cetak\n2/10/2017;187", name="OKT") == [(10, 2, "print", 187)]


def test_the_place_and_date_over_a_signature_are_no_title():
    text = (
        "BULAN SEPTEMBER 2017\nTgl;Cetak\n4;1\nJUMLAH;1\nSanggau, 30 September 2017\nBULAN OKTOBER 2017\nTgl;Cetak\n2;5"
    )

    assert figures(text) == [(9, 4, "print", 1), (10, 2, "print", 5)]


def test_months_side_by_side():
    text = "SEPTEMBER 2017;;;OKTOBER 2017;\nTgl;Cetak;;Tgl;Cetak\n4;1;;2;5\n5;2;;3;6"

    assert figures(text) == [(9, 4, "print", 1), (9, 5, "print", 2), (10, 2, "print", 5), (10, 3, "print", 6)]


def test_months_over_columns_of_their_own_beside_one_column_of_days():
    text = "TAHUN 2017\nTgl;September;;Oktober;\n;Cetak;Rusak;Cetak;Rusak\n5;1;0;6;1\n6;2;;7;"

    assert figures(text) == [
        *[(9, 5, "print", 1), (9, 5, "spoil", 0), (9, 6, "print", 2)],
        *[(10, 5, "print", 6), (10, 5, "spoil", 1), (10, 6, "print", 7)],
    ]


def test_a_list_of_prints_by_day_and_month():
    assert figures("PENCETAKAN KTP-EL TAHUN 2017\nTgl;Sep;Okt\n5;1;6\n6;2;7") == [
        *[(9, 5, "print", 1), (9, 6, "print", 2)],
        *[(10, 5, "print", 6), (10, 6, "print", 7)],
    ]


def test_days_across():
    text = "OKTOBER 2017\nUraian;2;3;4;5;6;Jumlah\nMasuk;;2000;;;;2000\nCetak;187;201;150;99;120;757\nRusak;3;;;;;3"
    (block,) = found(text)

    assert block.layout == "days_across"
    assert figures(text)[:2] == [(10, 2, "print", 187), (10, 2, "spoil", 3)]
    assert (10, 3, "receive", 2000) in figures(text)


def test_two_halves_of_a_month_below_each_other_across():
    dates = [";".join(f"{day}/10/2017" for day in span) for span in (range(2, 7), range(9, 14))]
    text = f"Uraian;{dates[0]}\nCetak;1;2;3;4;5\n\nUraian;{dates[1]}\nCetak;6;7;8;9;10"

    assert [cards for _, _, _, cards in figures(text)] == list(range(1, 11))


def test_a_table_below_another_with_other_columns():
    text = "Tanggal;Cetak;Rusak\n2/10/2017;187;3\n\nTanggal;Rusak;Cetak\n3/10/2017;1;90"

    assert figures(text) == [(10, 2, "print", 187), (10, 2, "spoil", 3), (10, 3, "spoil", 1), (10, 3, "print", 90)]


def test_headings_again_at_the_top_of_a_page_are_the_same_table():
    text = "Tanggal;Cetak\n2/10/2017;187\nLAPORAN;Hal. 2\nTanggal;Cetak\n3/10/2017;90"
    (block,) = found(text)

    assert block.heading_rows == (0, 3)
    assert figures(text) == [(10, 2, "print", 187), (10, 3, "print", 90)]


# --- Other items ----------------------------------------------------------------------------------


def test_of_two_items_side_by_side_only_the_ktp_el_is_read():
    under = "Tanggal;KTP-el;;KIA;\n;Cetak;Rusak;Cetak;Rusak\n2/10/2017;187;3;20;1"
    (block,) = found(under)

    assert meanings(block)["KIA / Cetak"] == "other_item"
    assert figures(under) == [(10, 2, "print", 187), (10, 2, "spoil", 3)]
    apart = "BLANGKO KIA;;;BLANGKO KTP-EL;\nTanggal;Cetak;;Tanggal;Cetak\n2/10/2017;20;;2/10/2017;187"
    assert figures(apart) == [(10, 2, "print", 187)]
    assert not_read(apart) == [("other_item", "")]


def test_of_two_items_below_each_other_only_the_ktp_el_is_read():
    text = "BLANGKO KTP-EL\nTanggal;Cetak\n2/10/2017;187\nBLANGKO KIA\nTanggal;Cetak\n2/10/2017;20"

    assert figures(text) == [(10, 2, "print", 187)]
    assert not_read(text) == [("other_item", "")]


def test_a_sheet_of_another_item_is_not_read():
    assert not_read("Tanggal;Cetak\n2/10/2017;20", name="KIA") == [("other_item", "")]


# --- Columns that are asked about -----------------------------------------------------------------


def asked(text, **hints):
    reading = read([grid(text)], Hints(**hints), TODAY, lambda day: day.weekday() < 5)
    return [(guess.code, guess.facts.get("heading"), guess.choices[0]) for guess in reading.guesses]


@pytest.mark.parametrize("heading", ["Keluar", "Jml", "Jumlah KTP-el"])
def test_a_heading_that_does_not_say_what_moved_is_asked_about_and_the_answer_is_taken(heading):
    text = f"Tanggal;Masuk;{heading}\n2/10/2017;;187"

    assert asked(text) == [("columns", heading, f"printed={heading}")]
    assert figures(text, columns={"cetak": heading.lower()}) == [(10, 2, "print", 187)]
    assert figures(text, columns={"printed": "C"}) == [(10, 2, "print", 187)]


def test_a_title_says_what_is_counted():
    assert figures("DATA PENCETAKAN KTP-EL\nTanggal;Jumlah\n2/10/2017;187") == [(10, 2, "print", 187)]


def test_two_columns_of_one_name_are_asked_about_and_may_be_added():
    text = "Tanggal;Cetak;Cetak\n2/10/2017;100;87"

    assert [guess[:2] for guess in asked(text)] == [("columns", "Cetak"), ("columns", "Cetak")]
    assert figures(text, columns={"printed": "B+C"}) == [(10, 2, "print", 100), (10, 2, "print", 87)]


def test_prints_by_purpose_add_up_and_a_broken_card_is_no_spoiled_blank():
    text = "Tanggal;Cetak;;;Gagal\n;Baru;Hilang;Rusak;\n2/10/2017;100;50;37;3"

    assert [cards for _, _, kind, cards in figures(text) if kind == "print"] == [100, 50, 37]
    assert figures(text)[-1] == (10, 2, "spoil", 3)
    assert ("columns", "Rusak", "spoiled=Rusak") in asked("Tanggal;Baru;Hilang;Rusak\n2/10/2017;100;50;37")


def test_a_column_named_by_the_clerk_takes_the_meaning_from_the_others():
    (block,) = found("Tanggal;Cetak;Realisasi Cetak\n2/10/2017;500;187", columns={"printed": "Realisasi Cetak"})

    assert meanings(block) == {"Tanggal": "day", "Cetak": "other_named", "Realisasi Cetak": "printed"}


def test_a_hidden_column_gives_way_to_a_visible_one_that_means_the_same():
    (block,) = found("Tanggal;Cetak;Cetak\n2/10/2017;100;87", more={"hidden_columns": frozenset([1])})

    assert [column.meaning or column.why for column in block.columns] == ["day", "hidden", "printed"]


def test_a_column_of_words_is_no_column_of_cards():
    (block,) = found("Tanggal;Cetak;Kecamatan\n2/10/2017;1;Kapuas\n3/10/2017;2;Tayan\n4/10/2017;3;Parindu")

    assert meanings(block)["Kecamatan"] == "not_cards"


# --- What is not read -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "why", "option"),
    [
        (";;\n;;", "empty", ""),
        ("Petunjuk pengisian\nIsi setiap hari", "no_table", ""),
        ("2/10/2017;187\n3/10/2017;201", "no_heading", "--columns"),
        ("Bulan;Masuk;Cetak\nSeptember;2000;1900\nOktober;2000;2100", "monthly_sums", ""),
        ("Tanggal;Cetak\nSeptember;1900\nOktober;2100", "monthly_sums", ""),
        ("Kecamatan;Cetak\nKapuas;20\nTayan;30", "no_days", "--columns"),
        ("Tanggal;PRR;Suket\n2/10/2017;20;30", "no_figures", "--columns"),
        ("Tanggal;Cetak s/d hari ini\n2/10/2017;20", "no_figures", "--columns"),
    ],
)
def test_what_is_not_read_says_why_and_which_option_would_read_it(text, why, option):
    assert not_read(text) == [(why, option)]


def test_a_sheet_without_headings_is_read_by_the_letters_of_its_columns():
    text = "x;2/10/2017;187;3\nx;3/10/2017;201;"

    assert figures(text, columns={"tanggal": "B", "cetak": "C", "rusak": "D"}) == [
        (10, 2, "print", 187), (10, 2, "spoil", 3), (10, 3, "print", 201),
    ]  # fmt: skip


def test_columns_have_the_names_that_excel_gives_them():
    assert [letter(index) for index in (0, 25, 26, 701, 702)] == ["A", "Z", "AA", "ZZ", "AAA"]


def test_rows_of_different_lengths_turn_into_columns():
    assert across([[1, 2], [3]]) == [[1, 3], [2, None]]


# --- What real sheets have besides ------------------------------------------------------------------


def test_months_in_rows_of_their_own_between_the_days_are_months_of_their_days():
    assert figures("TAHUN 2017\nTgl;Cetak\nSEPTEMBER;\n4;1\n5;2\nOKTOBER;\n2;5") == [
        (9, 4, "print", 1), (9, 5, "print", 2), (10, 2, "print", 5),
    ]  # fmt: skip


def test_of_parts_and_their_sum_only_the_sum_is_read():
    (block,) = found("Tanggal;Cetak;;;Rusak\n;L;P;Jml;\n2/10/2017;80;107;187;3")

    assert list(meanings(block).values()) == ["day", "part_of_sum", "part_of_sum", "printed", "spoiled"]
    (block,) = found("Tanggal;Stok Awal;Masuk;Total Stok;Cetak;Sisa\n2/10/2017;1000;500;1500;187;1313")
    assert meanings(block)["Total Stok"] == "part_of_sum"


def test_a_heading_over_two_columns_of_figures_is_asked_about():
    assert asked("Tanggal;Cetak;;Rusak\n2/10/2017;100;87;3\n3/10/2017;50;50;1") == [("columns", "Cetak", "printed=B")]
    (block,) = found("Tanggal;Cetak;Rusak;\n2/10/2017;100;3;103\n3/10/2017;50;1;51")
    assert meanings(block)[""] == "no_heading"


def test_a_small_reckoning_beside_the_table_is_left_out():
    text = "Tanggal;Cetak;Rusak;;Uraian;Jumlah\n2/10/2017;187;3;;Saldo awal;1000\n3/10/2017;;;;Sisa;810"
    (block,) = found(text)

    assert (meanings(block)["Uraian"], meanings(block)["Jumlah"]) == ("beside", "beside")
    assert figures(text) == [(10, 2, "print", 187), (10, 2, "spoil", 3)]


def test_the_day_of_a_paper_is_not_the_day_of_the_cards():
    assert figures("Tanggal;Masuk;No BAST;Tgl BAST;Cetak\n3/10/2017;500;470/1;2/10/2017;187") == [
        (10, 3, "receive", 500), (10, 3, "print", 187),
    ]  # fmt: skip


def test_receipts_and_prints_may_have_days_of_their_own():
    assert figures("Tgl Terima;Jml Terima;Tgl Cetak;Jml Cetak\n2/10/2017;500;3/10/2017;187") == [
        (10, 2, "receive", 500), (10, 3, "print", 187),
    ]  # fmt: skip


def test_a_list_in_which_each_row_says_what_moved():
    text = "Tanggal;Jenis;Jumlah\n2/10/2017;Masuk;2000\n2/10/2017;Cetak;187\n2/10/2017;Gagal cetak;3"

    assert figures(text) == [(10, 2, "receive", 2000), (10, 2, "print", 187), (10, 2, "spoil", 3)]


def test_a_sum_over_ktp_el_and_kia_is_no_number_of_ktp_el():
    assert figures("Tanggal;KTP-el Cetak;KIA Cetak;Total Cetak\n2/10/2017;187;20;207") == [(10, 2, "print", 187)]


def test_a_column_called_a_sum_that_does_not_add_up_is_asked_about():
    assert len(asked("Tanggal;Cetak Baru;Cetak Ganti;Jumlah Cetak\n2/10/2017;100;87;200")) == 3


def test_shifts_and_ways_of_failing_add_up():
    assert figures("Tanggal;Cetak;;Rusak Cetak;Rusak Pabrik\n;Pagi;Siang;;\n2/10/2017;100;87;3;1") == [
        *[(10, 2, "print", 100), (10, 2, "print", 87)],
        *[(10, 2, "spoil", 3), (10, 2, "spoil", 1)],
    ]


def test_the_date_and_subject_of_a_letter_over_the_table_are_no_headings():
    text = "Tanggal : 31 Oktober 2017;;;Hal : Laporan Cetak\nTanggal;Masuk;Cetak\n2/10/2017;500;187"

    assert figures(text) == [(10, 2, "receive", 500), (10, 2, "print", 187)]
