"""Twelve sheets as real clerks write them, and what they mean; today is 31 October 2017."""

import datetime
import io
import zipfile
from datetime import date

import pytest
import xlsxwriter

from blangko.errors.files import BadSheet
from blangko.exchange.blocks import Hints
from blangko.exchange.reading import read as read_grids
from blangko.exchange.sheets import read_file, read_sheets

TODAY = date(2017, 10, 31)


def is_open(day):
    return day.weekday() < 5


def days_of(reading):
    """Day of the month, and the cards received, printed, spoiled and sent; None where nothing was written."""
    days = {}
    for line in reading.lines:
        days.setdefault((line.row_no, line.day.day), {})[line.kind] = line.cards
    kinds = ("receive", "print", "spoil", "send")
    return [(day, *(cards.get(kind) for kind in kinds)) for (_, day), cards in days.items()]


def left_out(reading):
    return [row.state for row in reading.rows if row.state not in ("read", "trouble")]


def troubles(reading):
    return [(row.row_no, row.reason) for row in reading.troubles]


@pytest.fixture
def read(tmp_path):
    """Read a sheet from text or from rows of cells; the ending says which kind of file it is."""

    def reading(content, name="catatan.csv", encoding="utf-8"):
        path = tmp_path / name
        if isinstance(content, str):
            path.write_bytes(content.encode(encoding))
        elif isinstance(content, bytes):
            path.write_bytes(content)
        else:
            path.write_bytes(workbook(content))
        return read_grids(read_sheets(str(path), read_file(str(path))), Hints(), TODAY, is_open)

    return reading


def workbook(rows, sheets=("Lembar1",)):
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out)
    dated = book.add_format({"num_format": "dd/mm/yyyy"})
    for name in sheets:
        sheet = book.add_worksheet(name)
        for row_no, row in enumerate(rows if name == sheets[-1] else [["Petunjuk"]]):
            for column, cell in enumerate(row):
                if isinstance(cell, date):
                    moment = datetime.datetime(cell.year, cell.month, cell.day)  # noqa: DTZ001
                    sheet.write_datetime(row_no, column, moment, dated)
                elif cell is not None:
                    sheet.write(row_no, column, cell)
    book.close()
    return out.getvalue()


def test_1_titles_above_free_days_and_sums_below(read):
    sheet = read(
        "LAPORAN PEMAKAIAN BLANGKO\nBULAN OKTOBER 2017\n\nNo;Tanggal;Masuk;Cetak;Rusak;Ket\n"
        "1;2/10/2017;;187;3;\n2;3/10/2017;2.000;201;;BAST 1\n3;4/10/2017;;LIBUR;;\n;JUMLAH;2.000;388;3;\n"
    )

    assert days_of(sheet) == [(2, None, 187, 3, None), (3, 2000, 201, None, None)]
    assert left_out(sheet) == ["closed", "total"]
    assert troubles(sheet) == []
    assert sheet.lines[2].reference == "BAST 1"


def test_2_the_old_windows_encoding(read):
    sheet = read("Tanggal;Cetak;Keterangan\n2/10/2017;187;café – Jum’at\n", encoding="cp1252")

    assert days_of(sheet) == [(2, None, 187, None, None)]
    assert sheet.lines[0].note == "café – Jum’at"


def test_3_commas_with_a_byte_order_mark_and_english_headings(read):
    sheet = read('\ufeffDate,Received,Printed\n2017-10-02,"2,000","1,043"\n')

    assert days_of(sheet) == [(2, 2000, 1043, None, None)]


def test_4_dates_in_four_ways(read):
    sheet = read("Tgl;Jml Cetak\n2 Okt 2017;1\n03-10-2017;2\n2017-10-04;3\nKamis, 5 Oktober 2017;4\n")

    assert [line.day.day for line in sheet.lines] == [2, 3, 4, 5]


def test_5_excel_dates_as_dates_and_as_bare_day_numbers(read):
    # 43,010 days after 30 December 1899 is 2 October 2017.
    sheet = read([["Tanggal", "Cetak"], [date(2017, 10, 3), 150], [43010, 187]], "hari.xlsx")

    assert days_of(sheet) == [(3, None, 150, None, None), (2, None, 187, None, None)]


def test_6_the_table_stands_on_the_second_sheet(read, tmp_path):
    content = workbook([["TGL", "TERPAKAI"], [date(2017, 10, 2), 187]], ("Petunjuk", "Okt"))
    sheet = read(content, "hari.xlsx")

    assert (sheet.blocks[0].sheet, days_of(sheet)) == ("Okt", [(2, None, 187, None, None)])


def test_7_points_part_thousands_in_text_and_a_broken_number_is_named(read):
    sheet = read([["Tanggal", "Cetak"], [date(2017, 10, 2), "1.043"], [date(2017, 10, 3), 1.043]], "hari.xlsx")

    assert days_of(sheet) == [(2, None, 1043, None, None)]
    assert troubles(sheet) == [(3, "cards_broken")]


def test_8_empty_lines_dashes_and_signatures(read):
    sheet = read(
        "Tanggal;Masuk;Cetak\n\n2/10/2017;-;187\n;;\n3/10/2017;-;-\n\nMengetahui;;\nKepala Dinas;;Pengurus Barang\n"
    )

    assert days_of(sheet) == [(2, None, 187, None, None)]
    assert troubles(sheet) == []


def test_9_cards_on_a_free_day_and_figures_without_a_day_are_named(read):
    sheet = read("Tanggal;Cetak;Ket\n2/10/2017;50;LIBUR\n;60;\n32/10/2017;70;\n1/11/2017;80;\n")

    assert troubles(sheet) == [
        (2, "closed_with_cards"),
        (3, "no_date"),
        (4, "day_no_such_day"),
        (5, "future"),
    ]


def test_10_columns_in_another_order_with_brackets_and_capitals(read):
    sheet = read("KET;RUSAK (KEPING);CETAK (KEPING);MASUK;TANGGAL\nx;3;187;;2/10/2017\n")

    assert days_of(sheet) == [(2, None, 187, 3, None)]


def test_11_a_sum_without_its_word_in_the_first_column(read):
    sheet = read("No,Tanggal,Cetak,Rusak\n1,2/10/2017,187,3\nTOTAL,,187,3\n")

    assert days_of(sheet) == [(2, None, 187, 3, None)]
    assert left_out(sheet) == ["total"]


def test_12_an_open_document_sheet(read):
    cell = '<table:table-cell office:value-type="{kind}" {value}><text:p>{text}</text:p></table:table-cell>'
    head = "".join(cell.format(kind="string", value="", text=text) for text in ("Tanggal", "Cetak"))
    row = cell.format(kind="date", value='office:date-value="2017-10-02"', text="2/10/17")
    row += cell.format(kind="float", value='office:value="187"', text="187")
    content = (
        '<?xml version="1.0"?><office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"'
        ' xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0"'
        ' xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"><office:body><office:spreadsheet>'
        f'<table:table table:name="Okt"><table:table-row>{head}</table:table-row><table:table-row>{row}'
        "</table:table-row></table:table></office:spreadsheet></office:body></office:document-content>"
    )
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr("META-INF/manifest.xml", "<manifest/>")
        archive.writestr("content.xml", content)

    assert days_of(read(out.getvalue(), "hari.ods")) == [(2, None, 187, None, None)]


def test_a_sheet_without_headings_is_no_table(read):
    assert read("2/10/2017;187\n3/10/2017;201\n").blocks == []


@pytest.mark.parametrize(
    ("name", "content", "reason"),
    [
        ("gambar.xlsx", b"\x89PNG\r\n\x1a\n" + bytes(100), "not a workbook, or broken"),
        ("putus.xlsx", workbook([["Tanggal", "Cetak"]])[:300], "not a workbook, or broken"),
        ("kunci.xlsx", b"\xd0\xcf\x11\xe0" + "EncryptedPackage".encode("utf-16-le"), "protected by a password"),
        ("kosong.csv", b" \n", "empty"),
        ("foto.csv", b"\xff\xd8\xff\0\0", "not a text file"),
    ],
)
def test_a_broken_file_is_refused_with_its_reason(tmp_path, name, content, reason):
    (tmp_path / name).write_bytes(content)
    with pytest.raises(BadSheet) as refused:
        read_sheets(str(tmp_path / name), read_file(str(tmp_path / name)))

    assert refused.value.reason == reason


def test_a_gigabyte_is_refused_without_being_read(tmp_path):
    with open(tmp_path / "besar.csv", "wb") as file:
        file.truncate(2**30)
    with pytest.raises(BadSheet) as refused:
        read_sheets(str(tmp_path / "besar.csv"), read_file(str(tmp_path / "besar.csv")))

    assert refused.value.reason == "larger than 50 MB"
