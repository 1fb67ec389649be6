"""The clerk's own sheet comes back with remarks: beside the rows, in words and in colour, and else as it was."""

import io
from datetime import date

import openpyxl
import pytest
from openpyxl.comments import Comment
from openpyxl.styles import Font, PatternFill

from blangko.errors.files import BadSheet
from blangko.exchange.markup import Area, Remark, marked_up
from blangko.exchange.sheets import read_sheets
from tests.exchange.test_sheets import document

RED, YELLOW = "00FFC7CE", "00FFEB9C"
NOT_CARDS = "185,5: bukan jumlah keping"


def clerks_book():
    """Two sheets: OKT with a title, headings in row 3, three days and a sum; REKAP with a formula."""
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "OKT"
    sheet["A1"] = "Buku blangko KTP-el"
    sheet["A1"].font = Font(bold=True, size=14)
    sheet.merge_cells("A1:G1")
    for row in (
        [],
        ["Tanggal", "Masuk", "Cetak"],
        [date(2017, 10, 2), 2000, 187],
        ["3/10/2017", None, 185.5],
        ["4/10/2017", "banyak", "(12)"],
        ["Jumlah", "=SUM(B4:B6)", "=SUM(C4:C6)"],
    ):
        sheet.append(row)
    sheet["C4"].fill = PatternFill("solid", start_color="00FF00")
    sheet["C4"].comment = Comment("dihitung dua kali", "Siti")
    sheet.column_dimensions["A"].width = 33
    sheet.row_dimensions[5].height = 40
    recap = book.create_sheet("REKAP")
    recap["B2"] = "=OKT!C7"
    recap["B2"].number_format = "#,##0"
    return book


def saved(book):
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


TABLE = [Area("OKT", 2, 6, 2)]


def marked(content, remarks, areas=TABLE, path="buku.xlsx"):
    made = marked_up(path, content, read_sheets(path, content), areas, remarks, "Catatan blangko")
    return openpyxl.load_workbook(io.BytesIO(made))


def test_a_remark_stands_in_the_first_free_column_and_its_cell_is_coloured():
    sheet = marked(saved(clerks_book()), [Remark("OKT", 4, 2, NOT_CARDS)])["OKT"]

    assert [sheet.cell(row, 4).value for row in range(1, 8)] == [
        None, None, "Catatan blangko", None, NOT_CARDS, None, None
    ]  # fmt: skip
    assert sheet["C5"].fill.start_color.rgb == sheet["D5"].fill.start_color.rgb == RED
    assert sheet["C5"].value == 185.5
    assert sheet["D5"].font.name == sheet["A5"].font.name == "Calibri"


def test_all_bad_cells_are_told_in_one_pass_and_a_row_may_have_several():
    remarks = [
        Remark("OKT", 4, 2, NOT_CARDS),
        Remark("OKT", 5, 1, "banyak: bukan jumlah keping"),
        Remark("OKT", 5, 2, "(12): di bawah nol"),
    ]

    sheet = marked(saved(clerks_book()), remarks)["OKT"]

    assert sheet["D5"].value == NOT_CARDS
    assert sheet["D6"].value == "banyak: bukan jumlah keping; (12): di bawah nol"
    assert [sheet[place].fill.start_color.rgb for place in ("C5", "B6", "C6")] == [RED] * 3


def test_a_note_has_another_colour_than_what_is_bad():
    remarks = [Remark("OKT", 3, None, "sudah ada di buku", is_bad=False), Remark("OKT", 4, 2, NOT_CARDS)]

    sheet = marked(saved(clerks_book()), remarks)["OKT"]

    assert sheet["D4"].fill.start_color.rgb == YELLOW
    assert sheet["D5"].fill.start_color.rgb == RED
    assert sheet["C4"].fill.start_color.rgb == "0000FF00"


def test_what_is_said_of_a_heading_stands_beside_it_under_the_name_of_the_remarks():
    sheet = marked(saved(clerks_book()), [Remark("OKT", 2, 1, "Masuk tidak dibaca", is_bad=False)])["OKT"]

    assert sheet["D3"].value == "Catatan blangko: Masuk tidak dibaca"
    assert sheet["B3"].fill.start_color.rgb == YELLOW


def test_everything_else_is_as_it_was():
    after = marked(saved(clerks_book()), [Remark("OKT", 4, 2, NOT_CARDS)])

    assert after.sheetnames == ["OKT", "REKAP"]
    assert after["REKAP"]["B2"].value == "=OKT!C7" and after["REKAP"]["B2"].number_format == "#,##0"
    sheet = after["OKT"]
    assert sheet["B7"].value == "=SUM(B4:B6)"
    assert sheet["A1"].font.b and sheet["A1"].font.sz == 14
    assert [str(area) for area in sheet.merged_cells.ranges] == ["A1:G1"]
    assert sheet["C4"].comment.text == "dihitung dua kali"
    assert sheet.column_dimensions["A"].width == 33 and sheet.row_dimensions[5].height == 40
    assert [cell.value for cell in sheet[4]][1:3] == [2000, 187] and sheet["A4"].value.date() == date(2017, 10, 2)


def test_a_text_that_begins_like_a_formula_stays_a_text():
    book = clerks_book()
    book["OKT"]["E5"] = "=1+1"
    book["OKT"]["E5"].data_type = "s"

    sheet = marked(saved(book), [Remark("OKT", 4, 2, '=HYPERLINK("http://x")')])["OKT"]

    assert (sheet["D5"].data_type, sheet["D5"].value) == ("s", '=HYPERLINK("http://x")')
    assert (sheet["E5"].data_type, sheet["E5"].value) == ("s", "=1+1")


def test_tables_side_by_side_have_their_remarks_behind_both_each_in_its_own_column():
    book = openpyxl.Workbook()
    book.active.title = "OKT"
    for row in (
        ["Tanggal", "Cetak", "Tanggal", "Cetak"],
        ["1/9/2017", 187, "2/10/2017", "x"],
        ["4/9/2017", "y", "", ""],
    ):
        book.active.append(row)
    areas = [Area("OKT", 0, 2, 1), Area("OKT", 0, 2, 3)]

    sheet = marked(saved(book), [Remark("OKT", 1, 3, "x?"), Remark("OKT", 2, 1, "y?")], areas)["OKT"]

    assert [[cell.value for cell in row] for row in sheet["E1:F3"]] == [
        ["Catatan blangko", "Catatan blangko"],
        [None, "x?"],
        ["y?", None],
    ]


def test_tables_below_each_other_have_their_remarks_beside_them():
    book = openpyxl.Workbook()
    book.active.title = "OKT"
    for row in (["Tanggal", "Cetak"], ["1/9/2017", "x"], [], ["Tanggal", "Masuk", "Cetak"], ["2/10/2017", 5, "y"]):
        book.active.append(row)
    areas = [Area("OKT", 0, 1, 1), Area("OKT", 3, 4, 2)]

    sheet = marked(saved(book), [Remark("OKT", 1, 1, "x?"), Remark("OKT", 4, 2, "y?")], areas)["OKT"]

    assert (sheet["C2"].value, sheet["D5"].value) == ("x?", "y?")


def test_a_column_that_the_clerk_uses_or_hides_is_left_alone():
    book = clerks_book()
    book["OKT"]["D6"] = "lihat BA"
    book["OKT"]["F9"] = "terakhir"
    book["OKT"].column_dimensions["E"].hidden = True

    sheet = marked(saved(book), [Remark("OKT", 4, 2, NOT_CARDS)])["OKT"]

    assert sheet["D6"].value == "lihat BA"
    assert sheet.column_dimensions["E"].hidden
    assert sheet["F5"].value == NOT_CARDS


def test_of_columns_hidden_to_the_end_only_the_one_with_the_remarks_is_shown():
    """They are one run of columns in the file; two words on one column would make a workbook that Excel mends."""
    book = clerks_book()
    run = book["OKT"].column_dimensions["D"]
    run.min, run.max, run.hidden, run.width = 4, 16_384, True, 5

    sheet = marked(saved(book), [Remark("OKT", 4, 2, NOT_CARDS)])["OKT"]

    said = [(each.min, each.max, each.hidden) for each in sheet.column_dimensions.values() if each.min > 1]
    assert said == [(4, 4, False), (5, 16_384, True)]


def test_a_sheet_without_a_table_gets_its_remark_too():
    sheet = marked(saved(clerks_book()), [Remark("REKAP", 0, None, "tidak ada tanggal")], areas=())["REKAP"]

    assert sheet["C1"].value == "Catatan blangko: tidak ada tanggal"


def test_a_text_file_comes_back_as_a_workbook_with_the_same_cells():
    content = "Tanggal;Cetak;Ket\n2/10/2017;187;=1+1\n3/10/2017;185,5;Jum’at\n".encode("cp1252")

    book = marked(content, [Remark("", 2, 1, NOT_CARDS)], [Area("", 0, 2, 2)], "buku.csv")

    sheet = book.worksheets[0]
    assert [cell.value for cell in sheet[3]] == ["3/10/2017", "185,5", "Jum’at", NOT_CARDS]
    assert (sheet["C2"].data_type, sheet["C2"].value) == ("s", "=1+1")
    assert sheet["B3"].fill.start_color.rgb == RED


def test_an_open_document_comes_back_as_a_workbook_with_its_dates():
    rows = (
        '<table:table-row><table:table-cell office:value-type="date" office:date-value="2017-10-02"/>'
        '<table:table-cell office:value-type="float" office:value="185.5"/></table:table-row>'
    )

    sheet = marked(document(rows), [Remark("SEP", 0, 1, NOT_CARDS)], path="buku.ods")["SEP"]

    assert sheet["A1"].value.date() == date(2017, 10, 2) and sheet["A1"].number_format == "dd/mm/yyyy"
    assert (sheet["B1"].value, sheet["C1"].value) == (185.5, f"Catatan blangko: {NOT_CARDS}")


def test_a_workbook_that_cannot_be_marked_is_refused_in_a_sentence():
    content = saved(clerks_book())
    grids = read_sheets("buku.xlsx", content)

    with pytest.raises(BadSheet) as said:
        marked_up("buku.xlsx", content[:2000], grids, [], [Remark("OKT", 4, 2, "?")], "Catatan")

    assert said.value.reason == "not a workbook, or broken"
