"""A clerk's file as cells: what stands in them, and what they alone do not show."""

import io
import struct
import zipfile
from pathlib import Path
from random import Random

import pytest
import xlsxwriter
import xlwt

from blangko.exchange import workbook
from blangko.exchange.seen_xls import seen_in_xls
from blangko.exchange.sheets import read_sheets

HERE = Path(__file__).parent


def grid(content, name="buku.xlsx"):
    (only,) = read_sheets(name, content)
    return only


def written(write):
    """The workbook into whose only sheet `write` writes."""
    out = io.BytesIO()
    with xlsxwriter.Workbook(out) as book:
        write(book.add_worksheet("SEP"))
    return out.getvalue()


def packed(cells, calculation="<calcPr/>", **others):
    """An Excel workbook with these rows in its only sheet, as any program might have written it."""
    spaces = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
    links = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    relations = '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
    parts = {
        "_rels/.rels": f'{relations}<Relationship Id="rId1" Type="{links}/officeDocument" Target="xl/workbook.xml"/>'
        "</Relationships>",
        "xl/workbook.xml": f'<workbook {spaces} xmlns:r="{links}"><sheets><sheet name="SEP" sheetId="1" r:id="rId7"/>'
        f"</sheets>{calculation}</workbook>",
        "xl/_rels/workbook.xml.rels": f'{relations}<Relationship Id="rId7" Type="{links}/worksheet"'
        ' Target="worksheets/sheet9.xml"/></Relationships>',
        "xl/worksheets/sheet9.xml": f"<worksheet {spaces}><sheetData>{cells}</sheetData></worksheet>",
        **others,
    }
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, text in parts.items():
            archive.writestr(name, text)
    return out.getvalue()


def document(rows):
    """An OpenDocument workbook with these rows in its only sheet."""
    names = "office:1.0 table:1.0 text:1.0 calcext:1.0".replace(":1.0", "").split()
    known = {name: f"urn:oasis:names:tc:opendocument:xmlns:{name}:1.0" for name in names}
    spaces = " ".join(f'xmlns:{name}="{address}"' for name, address in known.items())
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr(
            "content.xml",
            f"<office:document-content {spaces}><office:body><office:spreadsheet>"
            f'<table:table table:name="SEP">{rows}</table:table>'
            "</office:spreadsheet></office:body></office:document-content>",
        )
        archive.writestr(
            "META-INF/manifest.xml",
            '<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"/>',
        )
    return out.getvalue()


def test_hidden_rows_and_columns_are_told_by_their_place():
    def write(sheet):
        sheet.write_row(0, 0, ["Tanggal", "Cetak", "Rahasia", "Ket"])
        sheet.write_row(1, 0, ["2/10/2017", 187, 5, "ada"])
        sheet.write_row(2, 0, ["3/10/2017", 190, 6, "sembunyi"])
        sheet.set_row(2, None, None, {"hidden": True})
        sheet.set_column(2, 2, None, None, {"hidden": True})

    sheet = grid(written(write))

    assert sheet.hidden_rows == {2}
    assert sheet.hidden_columns == {2}
    assert sheet.rows[2] == ["3/10/2017", 190.0, 6.0, "sembunyi"]


def test_columns_hidden_to_the_end_of_the_sheet_take_no_more_than_the_sheet_holds():
    def write(sheet):
        sheet.write_row(0, 0, ["Tanggal", "Cetak", "Rahasia"])
        sheet.set_column(2, 16_383, None, None, {"hidden": True})

    assert grid(written(write)).hidden_columns == {2}


def test_merged_headings_are_told_from_the_first_cell_to_the_last():
    sheet = grid(written(lambda sheet: sheet.merge_range(0, 1, 1, 3, "Pengeluaran")))

    assert sheet.merged == [(0, 1, 1, 3)]
    assert sheet.rows[0][1] == "Pengeluaran"


def test_a_sheet_that_is_hidden_says_so():
    out = io.BytesIO()
    with xlsxwriter.Workbook(out) as book:
        book.add_worksheet("OKT").write(0, 0, "Tanggal")
        hidden = book.add_worksheet("LAMA")
        hidden.write(0, 0, "Tanggal")
        hidden.hide()

    assert [(sheet.name, sheet.is_hidden) for sheet in read_sheets("a.xlsx", out.getvalue())] == [
        ("OKT", False),
        ("LAMA", True),
    ]


@pytest.mark.parametrize("value", ["", "<v></v>", "<v/>"])
def test_a_formula_that_was_never_calculated_is_told_and_is_no_empty_cell(value):
    sheet = grid(packed(f'<row r="1"><c r="A1"><v>187</v></c><c r="B1"><f>A1*2</f>{value}</c></row>'))

    assert sheet.unsaved == {(0, 1)}
    assert sheet.rows == [[187.0, ""]]


def test_the_zeros_of_a_program_that_cannot_calculate_are_no_zeros():
    """It writes 0 for every formula and asks Excel to calculate when it opens the file."""
    assert grid(written(lambda sheet: sheet.write_formula(0, 1, "=A1+3"))).unsaved == {(0, 1)}
    assert grid(written(lambda sheet: sheet.write_formula(0, 1, "=A1+3", None, 3))).unsaved == frozenset()


def test_a_zero_beside_a_formula_that_was_calculated_is_a_zero():
    cells = '<row r="1"><c r="A1"><f>SUM(B1)</f><v>0</v></c><c r="C1"><f>D1+1</f><v>1</v></c></row>'

    assert grid(packed(cells, '<calcPr fullCalcOnLoad="1"/>')).unsaved == frozenset()


def test_a_zero_that_excel_calculated_is_a_zero():
    cells = '<row r="1"><c r="A1"><f>SUM(B1)</f><v>0</v></c></row>'
    asks = '<calcPr fullCalcOnLoad="1"/>'

    assert grid(packed(cells)).unsaved == frozenset()
    assert grid(packed(cells, asks, **{"xl/calcChain.xml": "<calcChain/>"})).unsaved == frozenset()
    assert grid(packed(cells, asks)).unsaved == {(0, 0)}


def test_a_formula_that_comes_to_an_empty_text_is_an_empty_cell():
    sheet = grid(packed('<row r="1"><c r="A1" t="str"><f>IF(B1="","",B1)</f><v></v></c><c r="B1"><v>5</v></c></row>'))

    assert sheet.unsaved == frozenset()
    assert sheet.rows == [["", 5.0]]


def test_a_shared_formula_with_a_value_is_saved_and_what_follows_it_is_seen_too():
    cells = (
        '<row r="1"><c r="A1"><f t="shared" si="0"/><v>12</v></c><c r="B1"><v>7</v></c>'
        '<c r="C1"><f t="shared" si="0"/></c></row>'
    )

    assert grid(packed(cells)).unsaved == {(0, 2)}


def test_a_value_that_is_an_error_reads_as_what_the_clerk_sees():
    """The library says that the cell is empty, and an empty cell says nothing."""
    cells = '<row r="1"><c r="A1"><v>1</v></c></row><row r="3"><c r="C3" t="e"><f>1/0</f><v>#DIV/0!</v></c></row>'

    assert grid(packed(cells)).rows == [[1.0, "", ""], ["", "", ""], ["", "", "#DIV/0!"]]


def test_cells_that_do_not_say_where_they_stand_follow_each_other():
    sheet = grid(packed("<row><c><v>1</v></c><c><f>A1</f></c></row><row><c><f>A1</f></c></row>"))

    assert sheet.unsaved == {(0, 1), (1, 0)}


def test_an_open_document_tells_the_same():
    rows = (
        '<table:table-column/><table:table-column table:visibility="collapse"/>'
        '<table:table-column table:number-columns-repeated="16382"/>'
        '<table:table-row><table:table-cell office:value-type="string" table:number-columns-spanned="2">'
        "<text:p>Pengeluaran</text:p></table:table-cell><table:covered-table-cell/>"
        '<table:table-cell table:formula="of:=1+1"/></table:table-row>'
        '<table:table-row table:visibility="filter"><table:table-cell office:value-type="float" office:value="187">'
        '<text:p>187</text:p></table:table-cell><table:table-cell table:formula="of:=&quot;&quot;"><text:p/>'
        '</table:table-cell><table:table-cell table:formula="of:=1/0" office:value-type="string"'
        ' office:string-value="" calcext:value-type="error"><text:p>#DIV/0!</text:p></table:table-cell>'
        "</table:table-row>"
        '<table:table-row table:number-rows-repeated="1048574" table:visibility="collapse">'
        '<table:table-cell table:number-columns-repeated="16384"/></table:table-row>'
    )

    sheet = grid(document(rows), "buku.ods")

    assert sheet.rows == [["Pengeluaran", "", ""], [187.0, "", "#DIV/0!"]]
    assert sheet.merged == [(0, 0, 0, 1)]
    assert sheet.unsaved == {(0, 2)}
    assert sheet.hidden_rows == {1}
    assert sheet.hidden_columns == {1}


def older(write):
    """A workbook of the older kind into whose only sheet `write` writes; its program cannot calculate."""
    out = io.BytesIO()
    book = xlwt.Workbook()
    write(book.add_sheet("Jum’at"))
    book.save(out)
    return out.getvalue()


def test_a_workbook_of_the_older_kind_tells_what_is_hidden_and_merged():
    def write(sheet):
        for row, cells in enumerate([["Tanggal", "Cetak", "Rahasia"], ["2/10/2017", 187, 5], ["3/10/2017", 190, 6]]):
            for column, cell in enumerate(cells):
                sheet.write(row, column, cell)
        sheet.write_merge(4, 4, 0, 2, "Mengetahui")
        sheet.row(1).hidden = True
        sheet.col(2).hidden = True

    sheet = grid(older(write), "buku.xls")

    assert sheet.name == "Jum’at"
    assert (sheet.hidden_rows, sheet.hidden_columns, sheet.merged) == ({1}, {2}, [(4, 0, 4, 2)])


def test_a_formula_of_the_older_kind_that_was_never_calculated_is_told():
    def write(sheet):
        sheet.write(0, 0, 187)
        sheet.write(0, 1, xlwt.Formula("A1*2"))

    assert grid(older(write), "buku.xls").unsaved == {(0, 1)}


def test_what_a_program_calculated_in_a_workbook_of_the_older_kind_is_saved():
    """Written by LibreOffice: B2 =1+1, B3 =IF(1=1;"";2), B4 =1/0, row 2 and column C hidden."""
    sheet = read_sheets("older.xls", (HERE / "older.xls").read_bytes())[0]

    assert sheet.unsaved == frozenset()
    assert [row[1] for row in sheet.rows[1:4]] == [2.0, "", "#DIV/0!"]
    assert (sheet.hidden_rows, sheet.hidden_columns) == ({1}, {2})


def test_of_a_broken_workbook_of_the_older_kind_as_much_is_seen_as_can_be():
    content = older(lambda sheet: sheet.write(0, 0, 187))
    dice = Random(20171028)

    for _ in range(300):
        broken = bytearray(content)
        for _ in range(4):
            broken[dice.randrange(len(broken))] = dice.randrange(256)
        assert isinstance(seen_in_xls(bytes(broken)), dict)


def test_of_a_file_that_leads_back_to_itself_nothing_is_seen():
    content = bytearray(older(lambda sheet: sheet.write(0, 0, 187)))
    # The sectors of the directory: the first says that the first follows.
    content[48:52] = struct.pack("<I", 0)
    content[512:516] = struct.pack("<I", 0)

    assert seen_in_xls(bytes(content)) == {}


@pytest.mark.parametrize("separator", [";", "\t", "|", ","])
def test_text_is_parted_at_whatever_sign_the_office_uses(separator):
    text = "Buku blangko, Oktober 2017\n\nTanggal;Cetak;Ket\n2/10/2017;187;\n3/10/2017;190;pita\n"

    sheet = grid(text.replace(";", separator).encode(), "buku.csv")

    assert sheet.rows[2:] == [["Tanggal", "Cetak", "Ket"], ["2/10/2017", "187", ""], ["3/10/2017", "190", "pita"]]


def test_commas_in_every_date_and_number_do_not_part_a_line():
    """With two columns there are more commas than semicolons."""
    sheet = grid(b"Tanggal;Cetak\nSenin, 2 Oktober 2017;1,043\nSelasa, 3 Oktober 2017;1,012\n", "buku.csv")

    assert sheet.rows[1] == ["Senin, 2 Oktober 2017", "1,043"]


def test_the_line_in_which_excel_names_its_separator_keeps_its_place():
    assert grid(b"sep=|\nTanggal|Cetak\n2/10/2017|187\n", "buku.csv").rows == [
        [],
        ["Tanggal", "Cetak"],
        ["2/10/2017", "187"],
    ]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252"])
def test_curly_apostrophes_come_through_in_every_encoding(encoding):
    sheet = grid("Tanggal;Cetak\nJum’at, 6 Oktober 2017;187 – lembur\n".encode(encoding), "buku.csv")

    assert sheet.rows[1] == ["Jum’at, 6 Oktober 2017", "187 – lembur"]


def test_a_workbook_in_which_nobody_can_see_what_was_calculated_is_to_be_saved_again(monkeypatch):
    """As in every .xlsb, which no program here can write: the library reads the values, and nothing tells the rest."""
    monkeypatch.setattr(workbook, "seen_in", lambda content: {})

    code, told = workbook.answered(written(lambda sheet: sheet.write(0, 0, 187)))

    assert (code, told) == (1, workbook.SAVE_AGAIN)
