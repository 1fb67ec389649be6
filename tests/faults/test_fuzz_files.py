"""Whatever a file holds: it is understood or refused in words, and the book is written whole or not at all."""

import io
import json
import random
import zipfile
from contextlib import suppress
from datetime import datetime
from hashlib import sha256

import pytest
import xlsxwriter

from blangko.errors import BlangkoError
from blangko.errors.files import BadExport, BadMark, BadSheet
from blangko.exchange import workbook as reader
from blangko.exchange.blocks import Hints
from blangko.exchange.mark import read_mark
from blangko.exchange.package import read_package
from blangko.exchange.reading import read
from blangko.exchange.sheets import read_file, read_sheets
from tests.exchange.test_twelve_sheets import TODAY, is_open, workbook
from tests.faults.fuzz import TRIES, WORDS, chance, no_hang, spoiled

pytestmark = pytest.mark.file

SHEET = b"Tanggal;Masuk;Cetak;Rusak;Ket\n2/10/2017;;187;3;\n3/10/2017;2.000;201;;B 1\n;JUMLAH;2.000;388;3;\n"


@pytest.fixture(autouse=True)
def _read_here(monkeypatch):
    """Workbooks are read in this process: one of its own takes a tenth of a second, and here they are thousands."""

    def made_here(module, given, longest_seconds):
        code, told = reader.answered(given)
        if code:
            raise OSError(code, told)
        return told.encode()

    monkeypatch.setattr(reader, "made_apart", made_here)


def understood(place):
    """What a sheet says; None when it was refused in words. Anything else that is raised is a find."""
    with suppress(BadSheet), no_hang():
        return read(read_sheets(str(place), read_file(str(place))), Hints(), TODAY, is_open)


def test_whatever_a_sheet_holds_it_is_understood_or_refused(tmp_path):
    luck = chance("sheets")
    good = [("a.csv", SHEET), ("a.xlsx", workbook([["Tanggal", "Cetak"], [TODAY, 187], ["3 Okt 2017", "1.043"]]))]
    for number in range(TRIES):
        name, content = luck.choice(good)
        (tmp_path / name).write_bytes(spoiled(content, luck))
        reading = understood(tmp_path / name)
        assert reading is None or all(line.day <= TODAY for line in reading.lines), number


def test_a_sheet_whose_cells_are_any_text_is_understood_or_named(tmp_path):
    luck = chance("cells")
    cells = [*WORDS, "2/10/2017", "187", "LIBUR", "JUMLAH", "43010"]
    for _ in range(TRIES):
        rows = [["Tanggal", "Cetak", "Masuk"], *([luck.choice(cells) for _ in range(3)] for _ in range(6))]
        text = "\n".join(";".join(cell.replace(";", "").replace("\n", "") for cell in row) for row in rows)
        (tmp_path / "a.csv").write_bytes(text.encode("utf-8", "surrogatepass"))
        reading = understood(tmp_path / "a.csv")

        assert reading is None or len({(row.sheet, row.row_no) for row in reading.rows}) <= 6


def any_workbook(luck: random.Random) -> bytes:
    """A workbook with a heading and cells of every kind that a workbook knows."""
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True, "nan_inf_to_errors": True})
    dated = book.add_format({"num_format": "dd/mm/yyyy"})
    sheet = book.add_worksheet()
    sheet.write_row(0, 0, ["Tanggal", "Cetak", "Masuk", "Ket"])
    for row in range(1, 7):
        for column in range(4):
            kind = luck.randint(0, 6)
            if kind == 0:
                moment = datetime(luck.choice([1900, 2017, 9999]), 10, luck.randint(1, 28))  # noqa: DTZ001
                sheet.write_datetime(row, column, moment, dated)
            elif kind == 1:
                number = luck.choice([0, 1, -1, 0.5, 187, 43010, 1e15, 1e300, float("nan"), 2_958_466])
                sheet.write_number(row, column, number)
            elif kind == 2:
                sheet.write_boolean(row, column, luck.random() < 0.5)
            elif kind == 3:
                sheet.write_formula(row, column, luck.choice(["=1/0", "=NA()", "=TODAY()", "=1+1"]))
            elif kind == 4:
                text = luck.choice(
                    ["2/10/2017", "LIBUR", "JUMLAH", "187", *(word for word in WORDS if word != "\udc80")]
                )
                sheet.write_string(row, column, text)
    book.close()
    return out.getvalue()


def test_a_workbook_whose_cells_are_of_any_kind_is_understood_or_named(tmp_path):
    luck = chance("workbooks")
    for number in range(max(TRIES // 4, 1)):
        (tmp_path / "a.xlsx").write_bytes(any_workbook(luck))
        reading = understood(tmp_path / "a.xlsx")

        assert reading is not None and len({(row.sheet, row.row_no) for row in reading.rows}) <= 6, number


def test_an_import_writes_the_whole_sheet_or_nothing(office):
    luck = chance("imports")
    sheet = office.folder / "sheet.csv"
    good, written = office.book.read_bytes(), 0
    for number in range(max(TRIES // 4, 1)):
        content = (
            spoiled(SHEET, luck) if luck.random() < 0.8 else SHEET.replace(b"187", str(luck.randint(0, 900)).encode())
        )
        sheet.write_bytes(content)
        before = office.book.read_bytes()
        with no_hang():
            code = office("import", sheet, "--yes")

        assert code in (0, 1) and "Traceback" not in office.out + office.err, number
        assert code == 0 or office.book.read_bytes() == before, number
        written += code == 0
        if luck.random() < 0.3:
            office.book.write_bytes(good)
    assert written > 0 and office("verify") == 0


def test_an_export_that_was_spoiled_never_becomes_another_book(office):
    luck = chance("exports")
    office.did("print", 187, "--note", "=1+1")
    folder = office.folder / "out"
    office.did("export", "-o", folder)
    seal = office.json("status")["seal"]
    files = {path.name: path.read_bytes() for path in folder.iterdir()}
    for number in range(max(TRIES // 4, 1)):
        for name, content in files.items():
            (folder / name).write_bytes(content)
        name = luck.choice(sorted(files))
        changed = spoiled(files[name], luck)
        (folder / name).write_bytes(changed)
        if name != "datapackage.json" and luck.random() < 0.7:
            # Somebody who knows what a fingerprint is mends it too; then only the seals are left to tell.
            old, new = sha256(files[name]).hexdigest(), sha256(changed).hexdigest()
            text = files["datapackage.json"].decode().replace(old, new)
            (folder / "datapackage.json").write_text(text)
        place = office.folder / f"{number}.db"
        with no_hang():
            code = office("--db", place, "restore", folder)

        assert code in (0, 1, 3) and "Traceback" not in office.out + office.err, number
        if code == 0:
            assert office.json("--db", place, "status")["seal"] == seal, number
        else:
            assert not place.exists(), number


@pytest.mark.parametrize(("read", "refusal"), [(read_mark, BadMark), (read_package, BadExport)])
def test_any_bytes_where_a_mark_or_an_export_should_be_are_refused(tmp_path, read, refusal):
    luck = chance(read.__name__)
    parts = [
        "{",
        "}",
        "[",
        "]",
        '"schema"',
        ":",
        '"blangko.mark/1"',
        ",",
        '"resources"',
        "1",
        "null",
        '"path"',
        "[]",
        "{}",
    ]
    place = tmp_path / "datapackage.json"
    for _ in range(TRIES):
        text = "".join(luck.choices(parts, k=luck.randint(0, 9)))
        if luck.random() < 0.2:
            text = json.dumps({"schema": "blangko.mark/1", "office_code": luck.choice(WORDS[:9]), "entry_no": "x"})
        place.write_bytes(text.encode() if luck.random() < 0.8 else luck.randbytes(40))
        with pytest.raises(refusal):
            read(str(place if read is read_mark else tmp_path))


def test_a_bomb_of_a_workbook_is_refused(tmp_path):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/workbook.xml", bytes(5_000_000))
    (tmp_path / "bomb.xlsx").write_bytes(out.getvalue())
    with pytest.raises(BlangkoError):
        read_sheets(str(tmp_path / "bomb.xlsx"), read_file(str(tmp_path / "bomb.xlsx")))
