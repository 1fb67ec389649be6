"""Sheets as clerks in the districts keep them, each with its own numbers and with what it means.

The function's name says what is peculiar about the sheet; the numbers come from its seed, which is that name.
"""

from collections.abc import Callable, Sequence
from datetime import date, timedelta

from tests.exchange.grids import Cell, Formed, Formula, Page, ods, serial, text, xls, xlsx
from tests.exchange.office_days import (
    MONTHS,
    SHORT_MONTHS,
    WEEKDAYS,
    Day,
    Desk,
    Made,
    Sheet,
    blank,
    collector,
    dash,
    in_words,
    made,
    pointed,
)

MAKERS, of_kind = collector()

TITLE: list[list[Cell]] = [
    ["PEMERINTAH KABUPATEN SANGGAU"],
    ["DINAS KEPENDUDUKAN DAN PENCATATAN SIPIL"],
    ["LAPORAN HARIAN PEMAKAIAN BLANGKO KTP-EL"],
    ["BULAN OKTOBER 2017"],
    [],
]
FOOT: list[list[Cell]] = [
    [],
    [None, None, None, None, "Sanggau, 31 Oktober 2017"],
    [None, "Mengetahui,", None, None, "Pengurus Barang,"],
    [None, "Kepala Dinas"],
    [],
    [],
    [None, "Drs. H. Abang Syahrul, M.Si", None, None, "Siti Rahmawati"],
    [None, "NIP. 19650312 199003 1 004", None, None, "NIP. 198204052010012003"],
]
SEPTEMBER = (date(2017, 9, 4), date(2017, 9, 29))
OCTOBER = (date(2017, 10, 2), date(2017, 10, 31))
NOVEMBER = (date(2017, 11, 1), date(2017, 11, 24))
FIRST_WEEKS = (date(2017, 10, 2), date(2017, 10, 12))


def sheets() -> list[Sheet]:
    """All of them."""
    return made(MAKERS)


def sums(days: Sequence[Day]) -> tuple[int, int, int, int]:
    """Received, printed, spoiled and sent over the days."""
    figures = ("received", "printed", "spoiled", "sent")
    return tuple(sum(getattr(day, name) for day in days) for name in figures)  # type: ignore[return-value]


def plain(days: Sequence[Day]) -> list[list[Cell]]:
    """Day, received, printed, spoiled: the sheet that most clerks begin with."""
    return [[day.day, blank(day.received), day.printed, blank(day.spoiled)] for day in days]


def dated(days: Sequence[Day], written: Callable[[date], Cell]) -> list[list[Cell]]:
    """The plain sheet with its days as somebody else writes them."""
    return [[written(day.day), *row[1:]] for day, row in zip(days, plain(days), strict=True)]


def numbered(days: Sequence[Day]) -> list[list[Cell]]:
    """The plain sheet with the day of the month alone, as below a title that has the month."""
    return dated(days, lambda day: day.day)


def short(day: date) -> str:
    """2 Okt."""
    return f"{day.day} {SHORT_MONTHS[day.month - 1]}"


def balanced(desk: Desk, days: Sequence[Day]) -> list[list[Cell]]:
    """The plain sheet with number and balance."""
    return [
        [no, day.day, blank(day.received), day.printed, blank(day.spoiled), left]
        for no, (day, left) in enumerate(zip(days, desk.left(days), strict=True), 1)
    ]


HEAD: list[Cell] = ["Tanggal", "Masuk", "Cetak", "Rusak"]
BALANCED_HEAD: list[Cell] = ["No", "Tanggal", "Masuk", "Cetak", "Rusak", "Sisa"]


# Plain files of every kind.


@of_kind("files")
def csv_with_a_title_and_sums(desk: Desk) -> Made:
    days = desk.october()
    received, printed, spoiled, _ = sums(days)
    rows = [["Laporan Pemakaian Blangko"], ["Bulan Oktober 2017"], [], HEAD, *plain(days)]
    return Made("csv", text([*rows, ["JUMLAH", pointed(received), pointed(printed), spoiled]]), days)


@of_kind("files")
def old_windows_encoding_with_curly_apostrophes(desk: Desk) -> Made:
    days = desk.october()
    rows = [[WEEKDAYS[day.day.weekday()], *row, "café – ok"] for day, row in zip(days, plain(days), strict=True)]
    return Made("csv", text([["Hari", *HEAD, "Ket"], *rows], encoding="cp1252"), days)


@of_kind("files")
def english_csv_with_commas_and_a_byte_order_mark(desk: Desk) -> Made:
    days = desk.october()
    rows = [[day.day.isoformat(), f"{day.received:,}", day.printed, day.spoiled] for day in days]
    return Made("csv", text([["Date", "Received", "Printed", "Spoiled"], *rows], ",", "utf-8-sig"), days)


@of_kind("files")
def csv_with_tabs_and_short_years(desk: Desk) -> Made:
    days = desk.october()
    rows = dated(days, "{:%d-%m-%y}".format)
    return Made("csv", text([["TGL", "TERIMA", "TERCETAK", "GAGAL CETAK"], *rows], "\t"), days)


@of_kind("files")
def xlsx_with_merged_titles_and_signatures(desk: Desk) -> Made:
    days = desk.october()
    rows = [*TITLE, BALANCED_HEAD, *balanced(desk, days), *FOOT]
    return Made("xlsx", xlsx(Page("Okt", rows, merged=[(n, 0, n, 5) for n in range(4)])), days)


@of_kind("files")
def xls_of_1997(desk: Desk) -> Made:
    days = desk.october()
    return Made("xls", xls(Page("Sheet1", [*TITLE, BALANCED_HEAD, *balanced(desk, days), *FOOT])), days)


@of_kind("files")
def open_document_sheet(desk: Desk) -> Made:
    days = desk.october()
    return Made("ods", ods(Page("Lembar1", [*TITLE, BALANCED_HEAD, *balanced(desk, days), *FOOT])), days)


@of_kind("files")
def bare_serial_numbers_as_days(desk: Desk) -> Made:
    days = desk.october()
    rows = dated(days, serial)
    return Made("xlsx", xlsx(Page("Sheet1", [HEAD, *rows])), days)


@of_kind("files")
def days_in_words_in_an_xls(desk: Desk) -> Made:
    days = desk.october()
    rows = dated(days, in_words)
    return Made("xls", xls(Page("Blangko", [["Tgl.", "Penerimaan", "Pencetakan", "Rusak/Gagal"], *rows])), days)


# Several sheets in one workbook.


def monthly(desk: Desk, *spans: tuple[date, date]) -> tuple[list[list[Day]], list[Day]]:
    """The days of each span, and all together; the desk opened with enough for all of them."""
    months, opening = [], 0
    for span in spans:
        months.append(desk.days(*span))
        opening += desk.opening_cards
    desk.opening_cards = opening
    return months, [day for month in months for day in month]


@of_kind("all sheets")
def rekap_before_a_sheet_per_month(desk: Desk) -> Made:
    months, days = monthly(desk, SEPTEMBER, OCTOBER)
    recap = [["REKAP PEMAKAIAN BLANGKO 2017"], ["Bulan", "Masuk", "Cetak", "Rusak"]]
    recap += [[name, *sums(month)[:3]] for name, month in zip(("September", "Oktober"), months, strict=True)]
    pages = [Page(name, [HEAD, *plain(month)]) for name, month in zip(("SEP", "OKT"), months, strict=True)]
    return Made("xlsx", xlsx(Page("REKAP", recap), *pages), days)


@of_kind("all sheets")
def three_months_in_an_xls_with_day_numbers(desk: Desk) -> Made:
    months, days = monthly(desk, SEPTEMBER, OCTOBER, NOVEMBER)
    pages = []
    for month in months:
        first = month[0].day
        rows: list[list[Cell]] = [[f"BULAN : {MONTHS[first.month - 1].upper()} 2017"], [], ["Tgl", *HEAD[1:]]]
        rows += numbered(month)
        pages.append(Page(SHORT_MONTHS[first.month - 1].upper(), rows))
    return Made("xls", xls(*pages), days)


@of_kind("all sheets")
def months_with_different_columns_in_an_ods(desk: Desk) -> Made:
    (first, second), days = monthly(desk, SEPTEMBER, OCTOBER)
    other = [[day.printed, dash(day.spoiled), dash(day.received), in_words(day.day)] for day in second]
    pages = [Page("Sept", [HEAD, *plain(first)]), Page("Okt", [["Tercetak", "Gagal", "Diterima", "Tanggal"], *other])]
    return Made("ods", ods(*pages), days)


@of_kind("all sheets")
def notes_on_prr_beside_the_month(desk: Desk) -> Made:
    days = desk.october()
    notes = [["Catatan PRR"], ["Kecamatan", "PRR"], ["Kapuas", 1240], ["Parindu", 388], ["Tayan Hilir", 512]]
    return Made("xlsx", xlsx(Page("PRR", notes), Page("OKT", [HEAD, *plain(days)]), Page("Sheet3", [])), days)


@of_kind("all sheets")
def the_same_month_copied_to_a_second_sheet(desk: Desk) -> Made:
    days = desk.october()
    pages = [Page(name, [HEAD, *plain(days)]) for name in ("OKT", "OKT (2)")]
    return Made("xlsx", xlsx(*pages), days, {"--sheet": "OKT"}, "twice|same day|more than one sheet|both")


@of_kind("all sheets")
def a_sheet_per_week(desk: Desk) -> Made:
    days = desk.october()
    weeks: dict[int, list[Day]] = {}
    for day in days:
        weeks.setdefault(day.day.isocalendar().week, []).append(day)
    pages = [Page(f"Minggu {n}", [HEAD, *plain(week)]) for n, week in enumerate(weeks.values(), 1)]
    return Made("xlsx", xlsx(*pages), days)


# Months side by side.


def beside(*blocks: Sequence[Sequence[Cell]], width: int, gap: int = 1) -> list[list[Cell]]:
    """Blocks of so many columns next to each other with free columns between them."""
    rows: list[list[Cell]] = []
    for n in range(max(map(len, blocks))):
        row: list[Cell] = []
        for block in blocks:
            cells = list(block[n]) if n < len(block) else []
            row += cells + [None] * (width + gap - len(cells))
        rows.append(row)
    return rows


@of_kind("side by side")
def two_months_side_by_side_with_full_days(desk: Desk) -> Made:
    (first, second), days = monthly(desk, SEPTEMBER, OCTOBER)
    rows = beside([["SEPTEMBER"], HEAD, *plain(first)], [["OKTOBER"], HEAD, *plain(second)], width=4)
    return Made("xlsx", xlsx(Page("2017", [["PEMAKAIAN BLANGKO TAHUN 2017"], *rows])), days)


@of_kind("side by side")
def two_months_side_by_side_with_day_numbers(desk: Desk) -> Made:
    (first, second), days = monthly(desk, SEPTEMBER, OCTOBER)
    blocks = [
        [[name], ["Tgl", *HEAD[1:]], *numbered(month)]
        for name, month in (("SEPTEMBER 2017", first), ("OKTOBER 2017", second))
    ]
    return Made("xls", xls(Page("Rekap", beside(*blocks, width=4))), days)


@of_kind("side by side")
def three_months_without_a_gap(desk: Desk) -> Made:
    months, days = monthly(desk, SEPTEMBER, OCTOBER, NOVEMBER)
    blocks = [[["Tanggal", "Cetak", "Rusak"], *([row[0], row[2], row[3]] for row in plain(month))] for month in months]
    days = [day._replace(received=0) for day in days]
    return Made("ods", ods(Page("Data", beside(*blocks, width=3, gap=0))), days)


@of_kind("side by side")
def halves_of_the_month_side_by_side_in_a_csv(desk: Desk) -> Made:
    days = desk.october()
    half = len(days) // 2
    rows = beside([HEAD, *plain(days[:half])], [HEAD, *plain(days[half:])], width=4, gap=0)
    return Made("csv", text([["Blangko KTP-el Oktober 2017"], *rows]), days)


# Days across.


@of_kind("days across")
def days_as_columns(desk: Desk) -> Made:
    days = desk.october()
    rows: list[list[Cell]] = [
        ["Uraian", *(day.day for day in days)],
        ["Masuk", *(blank(day.received) for day in days)],
        ["Cetak", *(day.printed for day in days)],
        ["Rusak", *(blank(day.spoiled) for day in days)],
        ["Sisa", *desk.left(days)],
    ]
    return Made("xlsx", xlsx(Page("OKT", [["REKAP OKTOBER 2017"], [], *rows])), days)


@of_kind("days across")
def day_numbers_as_columns_with_free_days_marked(desk: Desk) -> Made:
    days = desk.october()
    by_day = {day.day.day: day for day in days}
    rows: list[list[Cell]] = [["PEMAKAIAN BLANGKO KTP-EL BULAN OKTOBER 2017"], [], ["No", "Uraian", *range(1, 32)]]
    for no, (word, figure) in enumerate((("Terima", "received"), ("Cetak", "printed"), ("Rusak", "spoiled")), 1):
        rows.append([no, word, *(dash(getattr(by_day[n], figure)) if n in by_day else "L" for n in range(1, 32))])
    return Made("xlsx", xlsx(Page("Sheet1", rows, merged=[(0, 0, 0, 32)])), days)


@of_kind("days across")
def two_halves_of_days_across_with_sums(desk: Desk) -> Made:
    days = desk.october()
    rows: list[list[Cell]] = [["BULAN OKTOBER 2017"]]
    for half in (days[:11], days[11:]):
        rows.append(["Keterangan", *(f"{day.day:%d/%m/%Y}" for day in half), "Jumlah"])
        rows.append(["Blangko masuk", *(blank(day.received) for day in half), sums(half)[0]])
        rows.append(["Tercetak", *(day.printed for day in half), sums(half)[1]])
        rows.append(["Rusak", *(blank(day.spoiled) for day in half), sums(half)[2]])
        rows.append([])
    return Made("csv", text(rows), days)


# Two heading rows.


@of_kind("two headings")
def pengeluaran_over_cetak_and_rusak(desk: Desk) -> Made:
    days = desk.october()
    heads: list[list[Cell]] = [
        ["No", "Tanggal", "Penerimaan", "Pengeluaran", None, "Sisa"],
        [None, None, None, "Cetak", "Rusak"],
    ]
    merged = [(5, 3, 5, 4), (5, 0, 6, 0), (5, 1, 6, 1), (5, 2, 6, 2), (5, 5, 6, 5)]
    return Made("xlsx", xlsx(Page("Okt", [*TITLE, *heads, *balanced(desk, days), *FOOT], merged=merged)), days)


@of_kind("two headings")
def two_heading_rows_in_a_csv(desk: Desk) -> Made:
    days = desk.october()
    heads = [["TANGGAL", "PENERIMAAN", "PENGELUARAN", ""], ["", "", "CETAK", "RUSAK"]]
    return Made("csv", text([*heads, *plain(days)]), days)


@of_kind("two headings")
def numbered_columns_below_two_headings(desk: Desk) -> Made:
    days = desk.october()
    heads: list[list[Cell]] = [
        ["No.", "Hari / Tanggal", "Masuk", "Keluar", None, "Sisa"],
        [None, None, "(keping)", "Cetak (kpg)", "Rusak (kpg)", "(keping)"],
        [1, 2, 3, 4, 5, "6=3-(4+5)"],
    ]
    rows = balanced(desk, days)
    for day, row in zip(days, rows, strict=True):
        row[1] = f"{WEEKDAYS[day.day.weekday()]}, {in_words(day.day)}"
    return Made("xls", xls(Page("KARTU", [*TITLE, *heads, *rows, *FOOT])), days)


@of_kind("two headings")
def sent_to_sub_districts_beside_prints(desk: Desk) -> Made:
    days = desk.october(sends=True)
    heads: list[list[Cell]] = [
        ["Tanggal", "Masuk", "Keluar", None, None],
        [None, None, "Cetak", "Rusak", "Kirim ke Kecamatan"],
    ]
    rows = [[*row, blank(day.sent)] for day, row in zip(days, plain(days), strict=True)]
    return Made("xlsx", xlsx(Page("Okt", [*heads, *rows], merged=[(0, 2, 0, 4)])), days)


# A title that holds month and year, day numbers below.


@of_kind("title month")
def month_in_the_title_and_day_numbers(desk: Desk) -> Made:
    days = desk.october()
    rows = numbered(days)
    return Made("xlsx", xlsx(Page("Sheet1", [*TITLE, ["Tgl", *HEAD[1:]], *rows, *FOOT])), days)


@of_kind("title month")
def every_day_of_the_month_with_free_days_named(desk: Desk) -> Made:
    days = desk.october()
    by_day = {day.day.day: row for day, row in zip(days, plain(days), strict=True)}
    rows = [[n, *by_day[n][1:]] if n in by_day else [n, "LIBUR", None, None] for n in range(1, 32)]
    return Made("csv", text([["Periode 1 s.d. 31 Oktober 2017"], [], ["Tgl", *HEAD[1:]], *rows]), days)


@of_kind("title month")
def a_title_without_the_year(desk: Desk) -> Made:
    days = desk.october()
    rows = numbered(days)
    content = text([["DATA BLANGKO BULAN OKTOBER"], [], ["Tgl", *HEAD[1:]], *rows])
    return Made("csv", content, days, {"--year": "2017"}, "year")


@of_kind("title month")
def days_and_months_without_a_year(desk: Desk) -> Made:
    days = desk.october()
    rows = dated(days, short)
    return Made("csv", text([HEAD, *rows]), days, {"--year": "2017"}, "year")


@of_kind("title month")
def months_below_each_other_with_their_own_titles(desk: Desk) -> Made:
    months, days = monthly(desk, SEPTEMBER, OCTOBER)
    rows: list[list[Cell]] = []
    for month in months:
        name = MONTHS[month[0].day.month - 1].upper()
        rows += [[f"BULAN {name} 2017"], ["Tgl", *HEAD[1:]]]
        rows += numbered(month)
        rows += [["Jumlah", *sums(month)[:3]], []]
    return Made("xlsx", xlsx(Page("2017", rows)), days)


# Keluar beside Cetak and Rusak.


@of_kind("sum beside")
def keluar_before_its_parts(desk: Desk) -> Made:
    days = desk.october()
    rows = [
        [day.day, blank(day.received), day.out, day.printed, blank(day.spoiled), left]
        for day, left in zip(days, desk.left(days), strict=True)
    ]
    return Made("xlsx", xlsx(Page("Okt", [["Tanggal", "Masuk", "Keluar", "Cetak", "Rusak", "Sisa"], *rows])), days)


@of_kind("sum beside")
def keluar_behind_its_parts(desk: Desk) -> Made:
    days = desk.october()
    rows = [[day.day, day.printed, day.spoiled, day.out, day.received] for day in days]
    return Made("csv", text([["Tanggal", "Cetak", "Rusak", "Keluar", "Masuk"], *rows]), days)


@of_kind("sum beside")
def jumlah_pemakaian_as_a_formula(desk: Desk) -> Made:
    days = desk.october()
    rows = [
        [day.day, blank(day.received), day.printed, blank(day.spoiled), Formula(f"=C{n}+D{n}", day.out)]
        for n, day in enumerate(days, 2)
    ]
    return Made("xlsx", xlsx(Page("Okt", [[*HEAD, "Jumlah Pemakaian"], *rows])), days)


@of_kind("sum beside")
def keluar_alone(desk: Desk) -> Made:
    days = [day._replace(spoiled=0) for day in desk.october()]
    rows = [[day.day, dash(day.received), day.printed, left] for day, left in zip(days, desk.left(days), strict=True)]
    content = xls(Page("Okt", [["Tanggal", "Masuk", "Keluar", "Saldo"], *rows]))
    return Made("xls", content, days, {"--columns": "printed=Keluar"}, "keluar")


# Two items side by side.


@of_kind("two items")
def ktp_el_and_kia_under_two_headings(desk: Desk) -> Made:
    days = desk.october()
    heads: list[list[Cell]] = [
        ["Tanggal", "KTP-el", None, None, "KIA", None, None],
        [None, "Masuk", "Cetak", "Rusak", "Masuk", "Cetak", "Rusak"],
    ]
    rows = [[*row, blank(0), desk.random.randint(5, 40), 1] for row in plain(days)]
    content = xlsx(Page("Okt", [*heads, *rows], merged=[(0, 1, 0, 3), (0, 4, 0, 6)]))
    return Made("xlsx", content, days, reason="KIA", tells=["KIA"])


@of_kind("two items")
def kia_first_with_its_own_days(desk: Desk) -> Made:
    days = desk.october()
    children: list[list[Cell]] = [[day.day, None, desk.random.randint(5, 40), 1] for day in days]
    rows = beside([["BLANGKO KIA"], HEAD, *children], [["BLANGKO KTP-EL"], HEAD, *plain(days)], width=4)
    return Made("xls", xls(Page("Stok", rows)), days, reason="KIA", tells=["KIA"])


@of_kind("two items")
def kia_on_a_sheet_of_its_own(desk: Desk) -> Made:
    days = desk.october()
    children: list[list[Cell]] = [[day.day, None, desk.random.randint(5, 40), 1] for day in days]
    content = xlsx(Page("KTP-EL", [HEAD, *plain(days)]), Page("KIA", [HEAD, *children]))
    return Made("xlsx", content, days, {"--sheet": "KTP-EL"}, "KIA", tells=["KIA"])


# Receipts that stand in a remark only.


@of_kind("remark")
def a_receipt_in_the_remark(desk: Desk) -> Made:
    days = [day._replace(received=0) for day in desk.october()]
    days[4] = days[4]._replace(received=2000)
    rows = [[day.day, day.printed, blank(day.spoiled), "+2.000 dari Prov" if day.received else None] for day in days]
    content = text([["Tanggal", "Cetak", "Rusak", "Keterangan"], *rows])
    return Made("csv", content, days, {"--remarks": "read", "--columns": "received=Keterangan"}, "2.000|2,000",
                elsewhere=r"\+2.000 dari Prov")  # fmt: skip


@of_kind("remark")
def a_receipt_told_in_words_beside_a_balance(desk: Desk) -> Made:
    days = [day._replace(received=0) for day in desk.october()]
    days[7] = days[7]._replace(received=1500)
    rows = [
        [day.day, day.printed, blank(day.spoiled), left, "ambil 1500 kpg di provinsi" if day.received else None]
        for day, left in zip(days, desk.left(days), strict=True)
    ]
    content = xlsx(Page("Okt", [["Tanggal", "Cetak", "Rusak", "Sisa", "Ket."], *rows]))
    return Made("xlsx", content, days, {"--remarks": "read", "--columns": "received=Ket."}, "1500|1,500|1.500",
                elsewhere="ambil 1500 kpg di provinsi")  # fmt: skip


# Formulas.


@of_kind("formulas")
def prints_as_formulas_without_values(desk: Desk) -> Made:
    days = desk.october()
    rows = [[row[0], row[1], Formula(f"=SUM(H{n}:K{n})"), row[3]] for n, row in enumerate(plain(days), 2)]
    return Made("xlsx", xlsx(Page("Okt", [HEAD, *rows])), days, reason="formula", cannot_be_read=True)


@of_kind("formulas")
def balances_as_formulas_without_values(desk: Desk) -> Made:
    days = desk.october()
    rows = [[*row, Formula(f"=E{n - 1}+B{n}-C{n}-D{n}")] for n, row in enumerate(plain(days), 2)]
    return Made("xlsx", xlsx(Page("Okt", [[*HEAD, "Sisa"], *rows])), days, reason="formula")


@of_kind("formulas")
def everything_as_formulas_with_values(desk: Desk) -> Made:
    days = desk.october()
    rows = [
        [day.day, blank(day.received), Formula(f"=Data!C{n}", day.printed), Formula(f"=Data!D{n}", day.spoiled)]
        for n, day in enumerate(days, 2)
    ]
    return Made("xlsx", xlsx(Page("Okt", [HEAD, *rows])), days)


@of_kind("formulas")
def days_as_formulas_without_values(desk: Desk) -> Made:
    days = desk.october()
    rows = [[Formula(f"=A{n - 1}+1") if n > 2 else row[0], *row[1:]] for n, row in enumerate(plain(days), 2)]
    return Made("xlsx", xlsx(Page("Okt", [HEAD, *rows])), days, reason="formula", cannot_be_read=True)


# Cells as people type them.


@of_kind("cells")
def the_unit_behind_the_number(desk: Desk) -> Made:
    days = desk.october()
    rows = [[day.day, f"{pointed(day.received)} kpg", f"{day.printed} kpg", f"{day.spoiled} keping"] for day in days]
    return Made("csv", text([HEAD, *rows]), days)


@of_kind("cells")
def a_star_that_a_footnote_explains(desk: Desk) -> Made:
    days = desk.october()
    rows = plain(days)
    rows[4][2] = f"{days[4].printed}*"
    rows[9][2] = f"{days[9].printed} *)"
    foot: list[list[Cell]] = [[], ["* printer rusak 2 jam"], ["*) server pusat putus"]]
    return Made("xlsx", xlsx(Page("Okt", [HEAD, *rows, *foot])), days, reason=r"\*")


@of_kind("cells")
def what_goes_out_is_red_and_negative(desk: Desk) -> Made:
    days = desk.october()
    form = "#,##0;[Red](#,##0)"
    rows = [
        [day.day, blank(day.received), Formed(-day.printed, form), Formed(-day.spoiled, form), left]
        for day, left in zip(days, desk.left(days), strict=True)
    ]
    return Made(
        "xlsx", xlsx(Page("Okt", [[*HEAD, "Sisa"], *rows])), days, reason="negative|minus|less than|below (0|zero)"
    )


@of_kind("cells")
def spoiled_cards_in_brackets(desk: Desk) -> Made:
    days = desk.october()
    rows = [[*row[:3], f"({day.spoiled})" if day.spoiled else None] for day, row in zip(days, plain(days), strict=True)]
    return Made("csv", text([HEAD, *rows]), days, reason=r"bracket|negative|\(\d")


@of_kind("cells")
def strokes_words_and_blanks_for_nothing(desk: Desk) -> Made:
    days = desk.october()
    nothing = ("-", "–", None, "nihil", 0, " ", "—", "Nihil")
    rows = [
        [day.day, day.received or nothing[n % 8], day.printed, day.spoiled or nothing[(n + 3) % 8]]
        for n, day in enumerate(days)
    ]
    return Made("xlsx", xlsx(Page("Okt", [HEAD, *rows])), days)


@of_kind("cells")
def numbers_as_text_with_odd_spaces(desk: Desk) -> Made:
    days = desk.october()
    rows = [[day.day, f"{pointed(day.received)},00", f"\u00a0{day.printed} ", f"{day.spoiled},00"] for day in days]
    return Made("xlsx", xlsx(Page("Okt", [HEAD, *rows])), days, reason=",00")


# Names of days.


@of_kind("day names")
def weekday_and_day_in_one_cell(desk: Desk) -> Made:
    days = desk.october()
    rows = dated(days, lambda day: f"{WEEKDAYS[day.weekday()]}, {in_words(day)}")
    return Made("csv", text([["Hari/Tanggal", *HEAD[1:]], *rows], encoding="cp1252"), days)


@of_kind("day names")
def weekdays_with_numbers_and_other_spellings(desk: Desk) -> Made:
    days = desk.october()
    spelt = ("Sen", "SELASA", "Rabu", "Kamis", "Jumat")
    rows = dated(days, lambda day: f"{spelt[day.weekday()]} {day:%d/%m/%y}")
    return Made("csv", text([["Hari, Tgl", *HEAD[1:]], *rows]), days)


@of_kind("day names")
def weekdays_in_a_column_of_their_own(desk: Desk) -> Made:
    days = desk.october()
    rows = [[n, WEEKDAYS[row.day.weekday()].replace("’", "'"), *cells] for n, (row, cells) in
            enumerate(zip(days, plain(days), strict=True), 1)]  # fmt: skip
    return Made("ods", ods(Page("Okt", [["No", "Hari", *HEAD], *rows])), days)


# Days as Americans write them.


def american(day: date) -> str:
    """10/2/2017."""
    return f"{day.month}/{day.day}/{day.year}"


@of_kind("us dates")
def american_days_of_a_whole_month(desk: Desk) -> Made:
    days = desk.october()
    rows = dated(days, american)
    return Made("csv", text([HEAD, *rows], ","), days, {"--date-order": "mdy"}, "date-order|month/day|day")


@of_kind("us dates")
def american_days_that_could_be_months(desk: Desk) -> Made:
    days = desk.days(*FIRST_WEEKS)
    rows = dated(days, american)
    return Made("csv", text([HEAD, *rows], ","), days, {"--date-order": "mdy"}, "date-order|month/day|day")


@of_kind("us dates")
def days_first_that_could_be_american(desk: Desk) -> Made:
    days = desk.days(*FIRST_WEEKS)
    return Made("csv", text([HEAD, *plain(days)]), days, {"--date-order": "dmy"}, "date-order")


# Hidden rows and columns.


@of_kind("hidden")
def rows_hidden_by_a_filter(desk: Desk) -> Made:
    days = desk.october()
    return Made("xlsx", xlsx(Page("Okt", [HEAD, *plain(days)], hidden_rows=range(4, 9))), days, reason="hidden",
                tells=["hidden"])  # fmt: skip


@of_kind("hidden")
def an_old_column_hidden(desk: Desk) -> Made:
    days = desk.october()
    rows = [[row[0], row[1], desk.random.randint(50, 200), row[2], row[3]] for row in plain(days)]
    head: list[Cell] = ["Tanggal", "Masuk", "Cetak", "Cetak", "Rusak"]
    content = xlsx(Page("Okt", [head, *rows], hidden_columns=[2]))
    return Made("xlsx", content, days, reason="hidden|twice|two columns|both", tells=["hidden"])


# Sums between the days.


@of_kind("sums between")
def a_sum_below_every_week(desk: Desk) -> Made:
    days = desk.october()
    rows: list[list[Cell]] = []
    week: list[Day] = []
    for day in days:
        week.append(day)
        rows += plain([day])
        if day.day.weekday() == 4 or day is days[-1]:
            rows.append([f"Jumlah Minggu {day.day.day // 7 + 1}", *sums(week)[:3]])
            week = []
    return Made("xlsx", xlsx(Page("Okt", [HEAD, *rows, ["JUMLAH TOTAL", *sums(days)[:3]], *FOOT])), days)


@of_kind("sums between")
def a_sum_without_a_word(desk: Desk) -> Made:
    days = desk.october()
    rows = [HEAD, *plain(days), [None, *sums(days)[:3]]]
    return Made("xls", xls(Page("Okt", rows)), days, reason="no day|no date|without a d|sum|row")


@of_kind("sums between")
def sums_up_to_now_at_the_foot(desk: Desk) -> Made:
    days = desk.october()
    received, printed, spoiled, _ = sums(days)
    foot: list[list[Cell]] = [
        ["Jumlah bulan ini", received, printed, spoiled],
        ["Jumlah s/d bulan lalu", 14000, 12873, 96],
        ["Jumlah s/d bulan ini", 14000 + received, 12873 + printed, 96 + spoiled],
    ]
    return Made("csv", text([HEAD, *plain(days), *foot]), days)


# What stands below the table.


@of_kind("foot")
def a_day_and_numbers_in_the_foot(desk: Desk) -> Made:
    days = desk.october()
    foot: list[list[Cell]] = [
        ["TOTAL", *sums(days)[:3]],
        [],
        ["Sanggau, 31 Oktober 2017"],
        ["Pengurus Barang"],
        [],
        ["Siti Rahmawati, S.Sos"],
        ["NIP. 198204052010012003"],
        ["Catatan:"],
        ["1. Blangko rusak 12 keping telah dimusnahkan tgl 6 Oktober 2017"],
        ["2. PRR per 31/10/2017 : 1.204"],
    ]
    return Made("csv", text([HEAD, *plain(days), *foot]), days)


@of_kind("foot")
def a_small_reckoning_below_the_table(desk: Desk) -> Made:
    days = desk.october()
    received, printed, spoiled, _ = sums(days)
    foot: list[list[Cell]] = [
        [],
        ["REKAPITULASI"],
        ["Saldo awal", desk.opening_cards],
        ["Penerimaan", received],
        ["Pencetakan", printed],
        ["Rusak", spoiled],
        ["Sisa", desk.left(days)[-1]],
    ]
    return Made("xlsx", xlsx(Page("Okt", [*TITLE, HEAD, *plain(days), *foot, *FOOT])), days)


# The balance column.


def balance_told(row_no: int, day: date) -> str:
    """The pattern of a report that names the row or the day where the balance parts, and says what it speaks of."""
    where = f"(row {row_no}|{in_words(day)}|{day.day} {day:%b} {day.year}|{day})"
    what = "(balance|sisa|adds? up|on hand)"
    return f"{what}.*{where}|{where}.*{what}"


@of_kind("balance")
def a_balance_carried_over(desk: Desk) -> Made:
    days = desk.october()
    first: list[Cell] = [None, "Saldo awal", None, None, None, desk.opening_cards]
    return Made("xlsx", xlsx(Page("Okt", [*TITLE, BALANCED_HEAD, first, *balanced(desk, days), *FOOT])), days)


@of_kind("balance")
def the_opening_balance_as_a_receipt_on_the_first(desk: Desk) -> Made:
    days = desk.october()
    rows: list[list[Cell]] = [["Pindahan bulan lalu", desk.opening_cards, None, None, desk.opening_cards]]
    rows += [[*row, left] for row, left in zip(plain(days), desk.left(days), strict=True)]
    return Made("csv", text([[*HEAD, "Sisa"], *rows]), days, reason="Pindahan|no day|row 2")


@of_kind("balance")
def a_balance_mistyped_once(desk: Desk) -> Made:
    days = desk.october()
    rows = balanced(desk, days)
    rows[7][5] += 90  # type: ignore[operator]
    where = balance_told(14, days[7].day)
    return Made("xlsx", xlsx(Page("Okt", [*TITLE, BALANCED_HEAD, *rows, *FOOT])), days, reason=where, tells=[where])


@of_kind("balance")
def a_balance_that_knows_of_a_receipt_never_written(desk: Desk) -> Made:
    days = desk.october()
    rows = balanced(desk, days)
    for row in rows[9:]:
        row[5] += 1000  # type: ignore[operator]
    where = balance_told(11, days[9].day)
    return Made("xls", xls(Page("Okt", [BALANCED_HEAD, *rows])), days, reason=where, tells=[where])


@of_kind("balance")
def a_balance_that_the_book_does_not_have(desk: Desk) -> Made:
    days = desk.october()
    closing = pointed(desk.left(days)[-1]).replace(".", ",")
    content = xlsx(Page("Okt", [BALANCED_HEAD, *balanced(desk, days)]))
    told = f"{closing}|{closing.replace(',', '')}"
    return Made("xlsx", content, days, reason=told, tells=[told], opening_cards=desk.opening_cards + 150)


@of_kind("balance")
def opening_and_closing_beside_each_day(desk: Desk) -> Made:
    days = desk.october()
    left = [desk.opening_cards, *desk.left(days)]
    rows = [
        [day.day, left[n], blank(day.received), day.printed, blank(day.spoiled), left[n + 1]]
        for n, day in enumerate(days)
    ]
    head: list[Cell] = ["Tanggal", "Stok Awal", "Masuk", "Cetak", "Rusak", "Stok Akhir"]
    return Made("ods", ods(Page("Okt", [head, *rows])), days)


# Columns that count up.


@of_kind("cumulative")
def a_cumulative_column_beside_the_prints(desk: Desk) -> Made:
    days = desk.october()
    rows, total = [], 12873
    for day, row in zip(days, plain(days), strict=True):
        total += day.printed
        rows.append([*row[:3], total, row[3]])
    head: list[Cell] = ["Tanggal", "Masuk", "Cetak", "Kumulatif", "Rusak"]
    return Made("xlsx", xlsx(Page("Okt", [head, *rows])), days)


@of_kind("cumulative")
def prints_up_to_the_day_only(desk: Desk) -> Made:
    days = [Day(day.day, printed=day.printed) for day in desk.october()]
    rows: list[list[Cell]] = [[day.day, sum(each.printed for each in days[: n + 1])] for n, day in enumerate(days)]
    content = text([["Tanggal", "Jumlah Cetak s.d. hari ini"], *rows])
    return Made("csv", content, days, reason="s.d.|cumulative|up to|counts up|running")


# Columns of other things.


@of_kind("other columns")
def recordings_waiting_cards_and_letters(desk: Desk) -> Made:
    days = desk.october()
    rows = [
        [row[0], desk.random.randint(60, 200), *row[1:], 2400 + n * 7, desk.random.randint(10, 90), left]
        for n, (row, left) in enumerate(zip(plain(days), desk.left(days), strict=True))
    ]
    head: list[Cell] = ["Tanggal", "Rekam", "Masuk", "Cetak", "Rusak", "PRR", "Suket", "Sisa Blangko"]
    return Made("xlsx", xlsx(Page("Okt", [*TITLE, head, *rows, *FOOT])), days)


@of_kind("other columns")
def recordings_named_in_full(desk: Desk) -> Made:
    days = desk.october()
    rows = [
        [f"{day.day:%d-%m-%Y}", desk.random.randint(60, 200), day.printed, desk.random.randint(10, 90), day.spoiled,
         day.received, 36646 - n * 80] for n, day in enumerate(days)
    ]  # fmt: skip
    head: list[Cell] = ["TANGGAL", "JUMLAH PEREKAMAN", "JUMLAH PENCETAKAN", "SUKET DITERBITKAN", "BLANGKO RUSAK",
                        "BLANGKO DITERIMA", "BELUM CETAK"]  # fmt: skip
    return Made("csv", text([head, *rows]), days)


# Sheets in which nothing is to be read.


@of_kind("nothing")
def a_list_of_leave(desk: Desk) -> Made:
    names = ("Siti", "Budi", "Yohanes", "Maria")
    rows: list[list[Cell]] = [[name, date(2017, 10, 2) + timedelta(n), "cuti"] for n, name in enumerate(names)]
    content = xlsx(Page("Cuti", [["DAFTAR CUTI PEGAWAI"], ["Nama", "Tanggal", "Keterangan"], *rows]))
    return Made("xlsx", content, [], reason="heading|column|nothing|no ", cannot_be_read=True)


@of_kind("nothing")
def an_empty_workbook(desk: Desk) -> Made:
    return Made("xls", xls(Page("Sheet1", []), Page("Sheet2", [])), [], reason="empty|nothing|no ", cannot_be_read=True)


@of_kind("nothing")
def waiting_cards_only(desk: Desk) -> Made:
    rows: list[list[Cell]] = [[day.day, 2000 + n, 300 - n] for n, day in enumerate(desk.october())]
    content = text([["Tanggal", "PRR", "Sisa Suket"], *rows])
    return Made("csv", content, [], reason="heading|column|nothing|no ", cannot_be_read=True)


# Headings that come again.


@of_kind("repeated heads")
def headings_again_on_every_page(desk: Desk) -> Made:
    days = desk.october()
    rows: list[list[Cell]] = []
    for n, row in enumerate(plain(days)):
        if n % 8 == 0:
            rows += [["LAPORAN BLANGKO", None, None, f"Hal. {n // 8 + 1}"], HEAD]
        rows.append(row)
    return Made("xlsx", xlsx(Page("Okt", rows)), days)


@of_kind("repeated heads")
def a_second_table_with_other_columns_below(desk: Desk) -> Made:
    days = desk.october()
    half = len(days) // 2
    other = [[day.day, day.spoiled, day.printed, day.received] for day in days[half:]]
    rows = [HEAD, *plain(days[:half]), [], ["Tanggal", "Rusak", "Cetak", "Masuk"], *other]
    return Made("csv", text(rows), days)
