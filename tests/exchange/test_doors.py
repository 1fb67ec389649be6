"""Files that somebody made to do harm: each ends in one sentence, soon and in little memory."""

import io
import os
import resource
import zipfile
from time import perf_counter

import pytest

from blangko.errors.files import BadExport, BadMark, BadSheet
from blangko.exchange import seen
from blangko.exchange import workbook as reader
from blangko.exchange.mark import read_mark
from blangko.exchange.package import read_package
from blangko.exchange.sheets import read_file, read_sheets
from tests.exchange.test_twelve_sheets import workbook

SOON_SECONDS = 20


@pytest.fixture(autouse=True)
def _soon():
    begun = perf_counter()
    yield
    assert perf_counter() - begun < SOON_SECONDS


def refused(path):
    with pytest.raises(BadSheet) as said:
        read_sheets(str(path), read_file(str(path)))
    return said.value.reason


def packed(**parts):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return out.getvalue()


def with_cell(content, reference):
    """The workbook, its last cell moved to where the reference says."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            new.writestr(name, old.read(name).replace(b'r="B2"', f'r="{reference}"'.encode()))
    return out.getvalue()


@pytest.mark.parametrize("reference", ["XFD1048576", "XFD100000", "A99999999", "&#88;FD1048576"])
def test_one_cell_in_the_far_corner_takes_no_memory(tmp_path, reference):
    content = with_cell(workbook([["Tanggal", "Cetak"], ["2/10/2017", 187]]), reference)
    (tmp_path / "jauh.xlsx").write_bytes(content)
    before = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss

    assert refused(tmp_path / "jauh.xlsx") == "its cells lie too far apart"
    assert resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss <= max(before, reader.LARGEST_MEMORY_BYTES // 1024)


def test_the_area_is_refused_before_the_library_sees_it(monkeypatch):
    content = with_cell(workbook([["Tanggal", "Cetak"], ["2/10/2017", 187]]), "XFD1048576")

    with pytest.raises(ValueError, match="too far apart"):
        seen.seen_in(content)


def test_a_sheet_that_is_only_coloured_to_its_last_row_is_read(tmp_path):
    """An office colours whole columns; what holds nothing takes no room."""
    content = with_cell(workbook([["Tanggal", "Cetak"], ["2/10/2017", 187]]), "B2")
    coloured = b'<row r="1048576"><c r="XFD1048576" s="1"/></row></sheetData>'
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(out, "w") as new:
        for name in old.namelist():
            new.writestr(name, old.read(name).replace(b"</sheetData>", coloured))
    (tmp_path / "warna.xlsx").write_bytes(out.getvalue())

    (sheet,) = read_sheets("warna.xlsx", out.getvalue())
    assert [list(row) for row in sheet.rows] == [["Tanggal", "Cetak"], ["2/10/2017", 187]]


@pytest.mark.parametrize(
    "row",
    [
        '<table:table-row table:number-rows-repeated="1048575"/><table:table-row><table:table-cell'
        ' table:number-columns-repeated="16383"/><table:table-cell office:value-type="string"/></table:table-row>',
        '<table:table-row table:number-rows-repeated="1048576"><table:table-cell office:value-type="float"'
        ' office:value="1" table:number-columns-repeated="16384"/></table:table-row>',
    ],
)
def test_an_open_document_of_repeated_cells_is_refused(row):
    spaces = 'xmlns:table="urn:t" xmlns:office="urn:o"'
    content = packed(**{"content.xml": f"<office:body {spaces}><table:table>{row}</table:table></office:body>"})

    with pytest.raises(ValueError, match="too far apart"):
        seen.seen_in(content)


def test_a_workbook_that_unpacks_into_too_much_is_refused(monkeypatch):
    monkeypatch.setattr(seen, "LARGEST_UNPACKED_BYTES", 1_000_000)

    assert reader.answered(packed(**{"xl/workbook.xml": bytes(2_000_000)})) == (1, "it unpacks into too much")


def test_a_reader_that_falls_over_itself_is_a_broken_workbook(monkeypatch):
    """What calamine raises then is no Exception, and went through every guard."""

    class Panic(BaseException):
        pass

    def fall(content):
        raise Panic

    monkeypatch.setattr("python_calamine.CalamineWorkbook.from_filelike", fall, raising=False)
    monkeypatch.setattr(reader, "_sheets", fall)

    assert reader.answered(b"PK") == (1, "not a workbook, or broken")


def test_a_cell_of_a_hundred_thousand_letters_is_refused(tmp_path):
    (tmp_path / "a.csv").write_text("Tanggal;Cetak;Ket\n2/10/2017;187;" + "x" * 200_000)

    assert refused(tmp_path / "a.csv") == "a cell is longer than any remark"


@pytest.mark.parametrize(
    "text",
    [
        'Tanggal;Cetak;Ket\n2/10/2017;187;"rusak 3\n3/10/2017;201;\n4/10/2017;150;\n',
        'Tanggal;Cetak;Ket\n2/10/2017;187;"rusak\n3/10/2017;201;"\n',
        'Tanggal,Cetak,Ket\n2/10/2017,187,"rusak\n3/10/2017,201,\n',
        'Tanggal;Cetak;Ket\n"Senin, 2 Okt 2017;187;\nSelasa, 3 Okt 2017;201;\nRabu, 4 Okt 2017";150;\n',
    ],
)
def test_a_quotation_mark_that_swallows_rows_is_told(tmp_path, text):
    (tmp_path / "a.csv").write_text(text)

    assert refused(tmp_path / "a.csv") == "a quotation mark that is not closed swallows the rows below it"


def test_a_remark_of_several_lines_with_commas_swallows_nothing():
    (sheet,) = read_sheets("a.csv", b'Tanggal,Cetak,Ket\n2/10/2017,187,"pita habis,\nprinter A, B dan C"\n')

    assert sheet.rows[1] == ["2/10/2017", "187", "pita habis,\nprinter A, B dan C"]


def test_a_pipe_and_a_device_are_no_sheet(tmp_path):
    os.mkfifo(tmp_path / "pipa.csv")

    assert refused(tmp_path / "pipa.csv") == refused("/dev/zero") == refused(tmp_path) == "it is no ordinary file"


def test_a_pipe_and_a_device_are_no_mark(tmp_path):
    os.mkfifo(tmp_path / "mark")
    for path in (tmp_path / "mark", "/dev/zero"):
        with pytest.raises(BadMark) as said:
            read_mark(str(path))
        assert said.value.reason == "it is no ordinary file"


@pytest.mark.parametrize("name", ["datapackage.json", "office.csv", "entries.csv"])
def test_a_pipe_among_the_files_of_an_export_is_no_export(office, name):
    office.did("export", "-o", office.folder / "out")
    (office.folder / "out" / name).unlink()
    os.mkfifo(office.folder / "out" / name)

    with pytest.raises(BadExport) as said:
        read_package(str(office.folder / "out"))
    assert said.value.reason == "it is no ordinary file"


def test_a_description_nested_a_hundred_thousand_deep_is_no_export(tmp_path):
    (tmp_path / "datapackage.json").write_text("[" * 100_000)
    with pytest.raises(BadExport):
        read_package(str(tmp_path))
    (tmp_path / "mark").write_text("[" * 9_000)
    with pytest.raises(BadMark):
        read_mark(str(tmp_path / "mark"))


def test_the_import_of_the_far_cell_says_one_sentence(office):
    content = with_cell(workbook([["Tanggal", "Cetak"], ["2/10/2017", 187]]), "XFD1048576")
    (office.folder / "jauh.xlsx").write_bytes(content)

    assert office("import", office.folder / "jauh.xlsx", "--yes") == 1
    assert "its cells lie too far apart" in " ".join(office.err.split())


def test_a_module_in_the_folder_of_the_sheet_is_not_run(office):
    """The reader runs in a process of its own, which must take nothing from where the clerk happens to be."""
    (office.folder / "json.py").write_text("open('run', 'w').close()")
    (office.folder / "a.xlsx").write_bytes(workbook([["Tanggal", "Cetak"], ["2/10/2017", 187]]))
    office.chdir(office.folder)
    office.did("import", "a.xlsx", "--yes")

    assert not (office.folder / "run").exists()
