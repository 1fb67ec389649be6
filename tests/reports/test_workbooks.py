"""Workbooks that somebody counts on with: real numbers and dates, sums that show before anything is calculated."""

import io
import re
import zipfile
from datetime import date

import pytest
from python_calamine import CalamineWorkbook

PAPERS = ("summary", "report", "card", "forecast")


@pytest.fixture
def week(office):
    """From Monday 23 to Friday 27 October 2017, 120 to 124 printed, 2 spoiled, 1,000 in, with texts like formulas."""
    for number, day in enumerate(range(23, 28)):
        office.did("print", 120 + number, "--on", f"2017-10-{day}", "--note", "=1+1", "--yes")
    office.did("spoil", 2, "--cause", "encode")
    office.did("receive", 1000, "--ref", '=HYPERLINK("http://x")', "--from", "@Provinsi", "--on", "2017-10-25")
    office.did("count", 1388)
    office.did("settings", "letterhead", "+KOP\\n-Dinas")
    office.did("settings", "clerk_name", "=Maria")
    return office


def made(office, *words):
    office.did(*words, "-o", office.folder / "made.xlsx")
    return (office.folder / "made.xlsx").read_bytes()


def sheets(raw):
    """Each sheet as its rows."""
    book = CalamineWorkbook.from_filelike(io.BytesIO(raw))
    return [book.get_sheet_by_name(name).to_python(skip_empty_area=False) for name in book.sheet_names]


def parts(raw):
    """The sheets as XML, in order."""
    with zipfile.ZipFile(io.BytesIO(raw)) as archive:
        names = sorted(name for name in archive.namelist() if name.startswith("xl/worksheets/sheet"))
        return [archive.read(name).decode() for name in names], archive.read("xl/styles.xml").decode()


def calculated(formula, cells, others):
    """What a formula of ours comes to: sums over a column, and cells added and taken off."""
    total = 0
    for sign, sheet, first, last, cell in re.findall(r"(^|[+-])(?:SUM\(('[^']+'!)?(\w+):(\w+)\)|([A-Z]\d+))", formula):
        table = others if sheet else cells
        if cell:
            total += (-1 if sign == "-" else 1) * number(table, cell)
        else:
            rows = range(int(first[1:]), int(last[1:]) + 1)
            total += sum(number(table, f"{first[0]}{row}") for row in rows)
    return total


def number(table, name):
    row = table[int(name[1:]) - 1]
    column = ord(name[0]) - ord("A")
    value = row[column] if column < len(row) else ""
    return value if isinstance(value, int | float) else 0


@pytest.mark.parametrize("paper", PAPERS)
@pytest.mark.parametrize("language", ["en", "id"])
def test_every_formula_shows_what_it_comes_to(week, paper, language):
    week.speaks(language)
    raw = made(week, paper)
    tables, (texts, _) = sheets(raw), parts(raw)
    formulas = [
        (table, name, formula, float(value))
        for table, text in zip(tables, texts, strict=True)
        for name, formula, value in re.findall(r'<c r="(\w+)"[^>]*><f>(.*?)</f><v>(.*?)</v>', text)
    ]

    assert formulas
    assert [
        formula for table, name, formula, value in formulas if calculated(formula, table, tables[-1]) != value
    ] == []


@pytest.mark.parametrize("paper", PAPERS)
def test_a_text_like_a_formula_stays_a_text(week, paper):
    texts, _ = parts(made(week, paper))
    ours = re.compile(r"SUM\(('[^']+'!)?[A-Z]\d+:[A-Z]\d+\)|[A-Z]\d+([+-][A-Z]\d+)*")
    formulas = [formula for text in texts for formula in re.findall(r"<f>(.*?)</f>", text)]

    assert [formula for formula in formulas if not ours.fullmatch(formula)] == []
    assert not any("<hyperlink" in text for text in texts)
    said = {str(cell) for table in sheets(made(week, paper)) for row in table for cell in row}
    assert {"+KOP", "-Dinas", "=Maria"} <= said


@pytest.mark.parametrize("paper", PAPERS)
@pytest.mark.parametrize(("language", "form"), [("en", "[$-409]d mmm yyyy"), ("id", "[$-421]d mmm yyyy")])
def test_days_are_real_and_written_in_the_language_of_the_text(week, paper, language, form):
    week.speaks(language)
    raw = made(week, paper)

    assert any(isinstance(cell, date) for table in sheets(raw) for row in table for cell in row)
    assert f'formatCode="{form}"' in parts(raw)[1]


@pytest.mark.parametrize("paper", PAPERS)
def test_every_sheet_prints_on_a4_one_page_wide(week, paper):
    for text in parts(made(week, paper))[0]:
        assert '<pageSetup paperSize="9"' in text and "<pageSetUpPr fitToPage=" in text
        assert "fitToWidth" not in text


@pytest.mark.parametrize(
    ("paper", "title", "signs"),
    [
        ("card", "Kartu Persediaan Blangko KTP-el", "Pengurus Barang"),
        ("forecast", "Perkiraan Blangko KTP-el", "Kepala Dinas"),
        ("report", "Laporan Bulanan Persediaan Blangko KTP-el", "Mengetahui,"),
        ("summary", "Ringkasan Blangko KTP-el", "Pengurus Barang"),
    ],
)
def test_a_workbook_has_its_title_its_signatures_and_its_check_code(week, paper, title, signs):
    week.speaks("id")
    raw = made(week, paper)
    said = [str(cell) for row in sheets(raw)[0] for cell in row]

    assert title in said and signs in said and any(text.startswith("Kode periksa ") for text in said)
    assert "Kode periksa" in parts(raw)[0][0].split("<oddFooter>")[1]


@pytest.mark.parametrize("paper", ["card", "forecast", "report", "summary"])
def test_the_headings_of_a_long_table_stay_on_the_screen(week, paper):
    assert any('state="frozen"' in text for text in parts(made(week, paper))[0])


def test_the_card_leaves_in_its_last_row_what_the_book_holds(week):
    table = sheets(made(week, "card"))[0]
    (sums,) = [row for row in table if "Sum of the period" in row]

    # 1,000 + 1,000 in all in; 120 + 121 + 122 + 123 + 124 printed and 2 spoiled are 612 out.
    assert sums[4:7] == [2000, 612, 1388]
    assert [row[7] for row in table if isinstance(row[1], date)] == [""] * 8


@pytest.mark.parametrize("paper", ["summary", "forecast", "report"])
def test_the_stock_is_drawn_by_the_workbook_from_its_own_numbers(week, paper):
    with zipfile.ZipFile(io.BytesIO(made(week, paper))) as archive:
        chart = archive.read("xl/charts/chart1.xml").decode()

    assert re.search(r"<c:val><c:numRef><c:f>[^<]+\$\d+:[^<]+\$\d+</c:f><c:numCache>", chart)


def test_a_supposition_says_so_in_its_workbook(week):
    said = [str(cell) for row in sheets(made(week, "forecast", "--if-receive", "500@2017-11-06"))[0] for cell in row]

    assert "A SUPPOSITION, AND NOT WHAT THE BOOK SAYS" in said


@pytest.mark.parametrize("paper", PAPERS)
def test_the_same_book_and_day_give_the_same_workbook(week, paper):
    assert made(week, paper) == made(week, paper)


def test_the_number_of_a_letter_is_folded_and_its_row_grows_with_it(week):
    week.did("request", 2000, "--ref", "470/1123/DKPS-SGU/2017")
    raw = made(week, "summary")

    row_no = next(no for no, row in enumerate(sheets(raw)[0], 1) if row and row[0] == "470/1123/DKPS-SGU/2017")
    height = re.search(rf'<row r="{row_no}"[^>]* ht="([\d.]+)"', parts(raw)[0][0])
    assert height and float(height[1]) >= 30


def test_the_requests_in_the_workbook_of_the_summary_are_numbers_and_dates(week):
    week.did("request", 4000, "--ref", "470/88", "--on", "2017-10-23")
    week.did("grant", 3000, "--due", "2017-11-02")
    rows = sheets(made(week, "summary"))[0]
    asked = next(row for row in rows if row[0] == "470/88")

    # 3,000 of the 4,000 are granted; nothing has come in the four days since.
    assert asked == ["470/88", date(2017, 10, 23), 4000, 3000, 0.75, 0, 4, 3000, date(2017, 11, 2)]


def test_a_remark_in_the_workbook_of_the_summary_keeps_its_distance_from_the_cards_on_hand(week):
    sheet, styles = parts(made(week, "summary"))
    # The heading of the column, and the one remark: Wednesday's delivery.
    _heading, remark = re.findall(r'<c r="I\d+" s="(\d+)" t="s">', sheet[0])
    forms = re.findall(r"<xf [^>]*?(?:/>|>.*?</xf>)", styles.partition("<cellXfs")[2])

    assert 'indent="1"' in forms[int(remark)]
