"""Further sheets in other words and odd combinations, with which an examiner tries what was built on the first ones."""

import sys
from datetime import date, timedelta

from tests.exchange.grids import Cell, Formed, Formula, Page, ods, text, xls, xlsx
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
from tests.exchange.scorer import command
from tests.exchange.sheets_of_clerks import (
    FIRST_WEEKS,
    FOOT,
    HEAD,
    OCTOBER,
    SEPTEMBER,
    TITLE,
    american,
    balance_told,
    dated,
    monthly,
    numbered,
    plain,
    sums,
)

MAKERS, of_kind = collector()


def sheets() -> list[Sheet]:
    """All of them."""
    return made(MAKERS)


# Other words.


@of_kind("words")
def stock_words_of_the_goods_clerk(desk: Desk) -> Made:
    days = desk.october()
    left = [desk.opening_cards, *desk.left(days)]
    rows = [
        [n + 1, f"{day.day:%d/%m/%Y}", left[n], blank(day.received), left[n] + day.received, day.printed,
         blank(day.spoiled), left[n + 1]] for n, day in enumerate(days)
    ]  # fmt: skip
    head: list[Cell] = ["NO", "TGL/BLN/THN", "STOK AWAL", "TERIMA", "JUMLAH", "TERPAKAI", "RUSAK", "STOK AKHIR"]
    return Made(
        "xlsx", xlsx(Page("Kartu", [*TITLE, head, *rows, *FOOT])), days, {"--columns": "ignored=JUMLAH"}, "JUMLAH"
    )


@of_kind("words")
def abbreviations_and_units_in_headings(desk: Desk) -> Made:
    days = desk.october()
    head: list[Cell] = ["Tgl", "Blangko\nMasuk\n(kpg)", "Jml. Cetak\n(kpg)", "Blangko rusak\n(kpg)"]
    return Made("csv", text([head, *plain(days)]), days)


@of_kind("words")
def fetched_at_the_province_and_failed_encoding(desk: Desk) -> Made:
    days = desk.october()
    head: list[Cell] = ["Hari/Tgl", "Pengambilan dari Provinsi", "KTP-el Tercetak", "Gagal Encode"]
    rows = dated(days, lambda day: f"{WEEKDAYS[day.weekday()]} / {in_words(day)}")
    return Made("xls", xls(Page("Okt", [head, *rows])), days)


@of_kind("words")
def target_and_realisation(desk: Desk) -> Made:
    days = desk.october()
    rows = [[row[0], 150, row[2], row[3], row[1]] for row in plain(days)]
    head: list[Cell] = ["Tanggal", "Target Cetak", "Realisasi Cetak", "Rusak", "Penerimaan Blangko"]
    return Made(
        "xlsx", xlsx(Page("Okt", [head, *rows])), days, {"--columns": "printed=Realisasi Cetak"}, "Target|Realis"
    )


@of_kind("words")
def days_under_a_blank_heading(desk: Desk) -> Made:
    days = desk.october()
    return Made("xlsx", xlsx(Page("Okt", [[None, *HEAD[1:]], *plain(days)])), days, reason="date|day|heading")


# Kinds that stand in the cells instead of the headings.


@of_kind("long form")
def a_row_for_each_movement(desk: Desk) -> Made:
    days = desk.october()
    rows: list[list[Cell]] = []
    for day in days:
        rows += [[day.day, "Masuk", day.received]] * bool(day.received)
        rows += [[day.day, "Cetak", day.printed]]
        rows += [[day.day, "Rusak", day.spoiled]] * bool(day.spoiled)
    content = text([["Tanggal", "Jenis", "Jumlah"], *rows])
    return Made("csv", content, days, reason="Jenis|Jumlah|heading|column")


@of_kind("long form")
def a_goods_card_with_what_it_was_in_words(desk: Desk) -> Made:
    days = desk.october()
    rows: list[list[Cell]] = []
    left = desk.opening_cards
    for day in days:
        for cards, words, sign in (
            (day.received, "Terima dari Prov. BAST 470/112", 1),
            (day.printed, "Pencetakan KTP-el", -1),
            (day.spoiled, "Rusak gagal cetak", -1),
        ):
            if cards:
                left += sign * cards
                rows.append([day.day, words, cards if sign > 0 else None, cards if sign < 0 else None, left])
    head: list[Cell] = ["Tanggal", "Uraian", "Masuk", "Keluar", "Sisa"]
    content = xlsx(Page("Kartu", [["KARTU PERSEDIAAN BARANG"], head, *rows, *FOOT]))
    return Made("xlsx", content, days, {"--columns": "printed=Keluar"}, "Uraian|Rusak|same day|twice")


@of_kind("long form")
def items_in_rows(desk: Desk) -> Made:
    days = desk.october()
    rows: list[list[Cell]] = []
    for row in plain(days):
        rows += [[row[0], "KTP-el", *row[1:]], [row[0], "KIA", None, desk.random.randint(5, 40), 1]]
    content = xlsx(Page("Okt", [["Tanggal", "Jenis Blangko", *HEAD[1:]], *rows]))
    return Made("xlsx", content, days, reason="KIA|twice|same day|Jenis", tells=["KIA"])


# A day in several parts.


@of_kind("parts")
def two_counters_under_one_day(desk: Desk) -> Made:
    days = desk.october()
    rows: list[list[Cell]] = []
    for day, row in zip(days, plain(days), strict=True):
        rows += [[row[0], "Loket 1", row[1], day.printed - 20, row[3]], [None, "Loket 2", None, 20, None]]
    content = xlsx(Page("Okt", [["Tanggal", "Loket", *HEAD[1:]], *rows]))
    return Made("xlsx", content, days, reason="no day|no date|without a d|Loket")


@of_kind("parts")
def two_printers_and_their_sum(desk: Desk) -> Made:
    days = desk.october()
    rows = [[day.day, day.printed - 31, 31, day.printed, blank(day.spoiled), blank(day.received)] for day in days]
    heads: list[list[Cell]] = [
        ["Tanggal", "Cetak", None, None, "Rusak", "Masuk"],
        [None, "Printer 1", "Printer 2", "Jumlah"],
    ]
    content = xlsx(Page("Okt", [*heads, *rows], merged=[(0, 1, 0, 3)]))
    return Made("xlsx", content, days, {"--columns": "ignored=B,printed=D"}, "Printer|Cetak")


@of_kind("parts")
def prints_by_purpose_one_of_which_is_called_rusak(desk: Desk) -> Made:
    days = desk.october()
    rows = [[day.day, blank(day.received), day.printed - 30, 15, 9, 6, day.printed, blank(day.spoiled)] for day in days]
    heads: list[list[Cell]] = [
        ["Tanggal", "Masuk", "Pencetakan", None, None, None, None, "Gagal Cetak"],
        [None, None, "Baru", "Perubahan", "Hilang", "Rusak", "Jumlah"],
    ]
    content = xlsx(Page("Okt", [*heads, *rows], merged=[(0, 2, 0, 6)]))
    return Made("xlsx", content, days, {"--columns": "printed=Jumlah"}, "Rusak|Hilang|Baru")


@of_kind("parts")
def sent_to_three_sub_districts(desk: Desk) -> Made:
    days = desk.october(sends=True)
    rows = []
    for day in days:
        parts = [day.sent - 25, 25, None] if day.sent > 25 else [blank(day.sent), None, None]
        rows.append([day.day, blank(day.received), day.printed, *parts])
    days = [day._replace(spoiled=0) for day in days]
    heads: list[list[Cell]] = [
        ["Tanggal", "Masuk", "Cetak", "Distribusi ke Kecamatan", None, None],
        [None, None, None, "Kapuas", "Parindu", "Tayan Hilir"],
    ]
    content = xls(Page("Okt", [*heads, *rows]))
    return Made("xls", content, days, {"--columns": "sent=D,sent=E,sent=F"}, "Kapuas|Parindu|Distribusi")


# Blocks.


@of_kind("blocks")
def months_beside_one_column_of_days(desk: Desk) -> Made:
    (first, second), days = monthly(desk, SEPTEMBER, OCTOBER)
    by_day = [{day.day.day: day for day in month} for month in (first, second)]
    rows: list[list[Cell]] = []
    for n in range(1, 32):
        row: list[Cell] = [n]
        for month in by_day:
            row += [month[n].printed, blank(month[n].spoiled)] if n in month else [None, None]
        rows.append(row)
    heads: list[list[Cell]] = [
        ["Tgl", "September 2017", None, "Oktober 2017"],
        [None, "Cetak", "Rusak", "Cetak", "Rusak"],
    ]
    content = xlsx(Page("Rekap", [*heads, *rows], merged=[(0, 1, 0, 2), (0, 3, 0, 4), (0, 0, 1, 0)]))
    return Made("xlsx", content, [day._replace(received=0) for day in days], reason="Sept|Okto|month|Tgl")


@of_kind("blocks")
def a_second_sheet_without_headings(desk: Desk) -> Made:
    (first, second), days = monthly(desk, SEPTEMBER, OCTOBER)
    content = xlsx(Page("Sep", [HEAD, *plain(first)]), Page("Okt", plain(second)))
    return Made("xlsx", content, days, reason="Okt.*heading|heading.*Okt|no heading",
                elsewhere="Okt is not read")  # fmt: skip


@of_kind("blocks")
def an_old_draft_on_a_hidden_sheet(desk: Desk) -> Made:
    days = desk.october()
    draft = [[row[0], row[1], desk.random.randint(40, 200), row[3]] for row in plain(days)]
    content = xlsx(Page("OKTOBER", [HEAD, *plain(days)]), Page("draf lama", [HEAD, *draft], hidden=True))
    return Made("xlsx", content, days, {"--sheet": "OKTOBER"}, "hidden|draf|twice|same day")


@of_kind("blocks")
def days_across_with_sums_of_weeks_between(desk: Desk) -> Made:
    days = desk.october()
    rows: list[list[Cell]] = [["Uraian"], ["Masuk"], ["Cetak"], ["Rusak"]]
    week: list[Day] = []
    for day in days:
        week.append(day)
        for row, cell in zip(rows, plain([day])[0], strict=True):
            row.append(cell)
        if day.day.weekday() == 4 or day is days[-1]:
            for row, cell in zip(rows, ("Jml Mgg", *sums(week)[:3]), strict=True):
                row.append(cell)
            week = []
    return Made("xlsx", xlsx(Page("Okt", [["BLANGKO KTP-EL OKTOBER 2017"], *rows])), days)


@of_kind("blocks")
def days_across_with_two_items(desk: Desk) -> Made:
    days = desk.october()
    rows: list[list[Cell]] = [
        ["KETERANGAN", *(day.day.day for day in days)],
        ["KTP-EL"],
        ["- Masuk", *(blank(day.received) for day in days)],
        ["- Cetak", *(day.printed for day in days)],
        ["- Rusak", *(blank(day.spoiled) for day in days)],
        ["KIA"],
        ["- Cetak", *(desk.random.randint(5, 40) for _ in days)],
    ]
    content = xls(Page("Okt", [["BULAN OKTOBER 2017"], *rows]))
    return Made("xls", content, days, reason="KIA", tells=["KIA"])


@of_kind("blocks")
def months_side_by_side_with_balance_and_sums(desk: Desk) -> Made:
    (first, second), days = monthly(desk, SEPTEMBER, OCTOBER)
    left = desk.left(days)
    blocks = []
    for name, month, sisa in (("Sep-17", first, left), ("Okt-17", second, left[len(first) :])):
        rows = [[row[0], row[1], row[2], row[3], cards] for row, cards in zip(plain(month), sisa, strict=False)]
        blocks.append([[name], [*HEAD, "Sisa"], *rows, ["Jumlah", *sums(month)[:3]]])
    wide: list[list[Cell]] = []
    for n in range(max(map(len, blocks))):
        line: list[Cell] = []
        for block in blocks:
            cells = block[n] if n < len(block) else []
            line += [*cells, *[None] * (6 - len(cells))]
        wide.append(line)
    return Made("ods", ods(Page("2017", wide)), days)


# Days.


@of_kind("days")
def day_and_month_with_the_year_in_the_title(desk: Desk) -> Made:
    days = desk.october()
    rows = dated(days, "{:%d/%m}".format)
    content = text([["DATA HARIAN BLANGKO TAHUN 2017"], [], HEAD, *rows])
    return Made("csv", content, days, {"--year": "2017"}, "year")


@of_kind("days")
def days_with_a_time_of_the_day(desk: Desk) -> Made:
    days = desk.october()
    rows = dated(days, "{} 00:00:00".format)
    return Made("csv", text([HEAD, *rows], ","), days)


@of_kind("days")
def newest_day_first(desk: Desk) -> Made:
    days = desk.october()
    rows = [[*row, left] for row, left in zip(plain(days), desk.left(days), strict=True)][::-1]
    return Made("xlsx", xlsx(Page("Okt", [[*HEAD, "Sisa"], *rows])), days)


@of_kind("days")
def days_that_the_computer_turned_round(desk: Desk) -> Made:
    days = desk.october()
    rows = dated(days, lambda day: date(2017, day.day, 10) if day.day <= 12 else f"{day:%d/%m/%Y}")
    content = xlsx(Page("Okt", [["BULAN OKTOBER 2017"], HEAD, *rows]))
    return Made("xlsx", content, days, reason="date-order|jump|order|future|day", cannot_be_read=True)


@of_kind("days")
def one_day_in_the_year_before(desk: Desk) -> Made:
    days = desk.october()
    rows = plain(days)
    rows[8][0] = days[8].day.replace(year=2016)
    return Made("xlsx", xlsx(Page("Okt", [HEAD, *rows])), days, reason="2016|row 10", cannot_be_read=True)


@of_kind("days")
def saturday_service_and_joint_leave(desk: Desk) -> Made:
    days = desk.october()
    days += [Day(date(2017, 10, 7), printed=88, spoiled=1), Day(date(2017, 10, 21), printed=95)]
    days.sort()
    desk.opening_cards += 300
    rows = dated(days, lambda day: f"{WEEKDAYS[day.weekday()]}, {day:%d-%m-%Y}")
    return Made("csv", text([["Hari/Tanggal", *HEAD[1:]], *rows]), days)


@of_kind("days")
def a_day_copied_twice(desk: Desk) -> Made:
    days = desk.october()
    rows = [[*row, left] for row, left in zip(plain(days), desk.left(days), strict=True)]
    rows.insert(7, list(rows[6]))
    content = xlsx(Page("Okt", [[*HEAD, "Sisa"], *rows]))
    return Made("xlsx", content, days, reason="twice|same|again|row [89]", cannot_be_read=True)


@of_kind("days")
def american_days_in_a_workbook_of_november(desk: Desk) -> Made:
    days = desk.days(date(2017, 11, 1), date(2017, 11, 10))
    rows = dated(days, american)
    return Made("xls", xls(Page("Nov", [HEAD, *rows])), days, {"--date-order": "mdy"}, "date-order|month/day")


@of_kind("days")
def coming_days_prepared_with_formulas(desk: Desk) -> Made:
    days = desk.days(date(2017, 11, 1), date(2017, 11, 24))
    left = desk.left(days)
    rows: list[list[Cell]] = [[*row, Formula("=E1", cards)] for row, cards in zip(plain(days), left, strict=True)]
    rows += [[date(2017, 12, n), None, None, None, Formula("=E1", left[-1])] for n in (4, 5, 6, 7, 8)]
    return Made("xlsx", xlsx(Page("Nov", [[*HEAD, "Sisa"], *rows])), days)


# Periods that are no days.


@of_kind("no days")
def a_recap_by_month(desk: Desk) -> Made:
    rows: list[list[Cell]] = [[f"{name} 2017", 2000, desk.random.randint(900, 1900), 12] for name in SHORT_MONTHS[:10]]
    content = xlsx(Page("REKAP", [["REKAP BULANAN TAHUN 2017"], ["Bulan", *HEAD[1:]], *rows]))
    return Made("xlsx", content, [], reason="heading|day|month|nothing|no ", cannot_be_read=True)


@of_kind("no days")
def months_as_first_days_in_the_column_of_days(desk: Desk) -> Made:
    rows: list[list[Cell]] = [
        [Formed(date(2017, n, 1), "mmm yyyy"), 2000, desk.random.randint(900, 1900), 12] for n in range(3, 11)
    ]
    content = xlsx(Page("REKAP", [["REKAP PER BULAN"], ["Bulan", *HEAD[1:]], *rows]))
    return Made("xlsx", content, [], reason="heading|month|Bulan|nothing|closed|no ", cannot_be_read=True)


@of_kind("no days")
def weeks_as_stretches_of_days(desk: Desk) -> Made:
    rows: list[list[Cell]] = [
        [f"{first} s/d {first + 4} Oktober 2017", 2000, desk.random.randint(400, 900), 12] for first in (2, 9, 16, 23)
    ]
    return Made("csv", text([HEAD, *rows]), [], reason="s/d|row|week|since", cannot_be_read=True)


# Cells.


@of_kind("cells")
def boxes_instead_of_cards(desk: Desk) -> Made:
    days = desk.october()
    rows = plain(days)
    rows[2][1] = "4 dus"
    return Made("csv", text([HEAD, *rows]), days, reason="dus", cannot_be_read=True)


@of_kind("cells")
def broken_references_in_the_balance(desk: Desk) -> Made:
    days = desk.october()
    rows = [[*row, Formula("=#REF!+1", "#REF!")] for row in plain(days)]
    return Made("xlsx", xlsx(Page("Okt", [[*HEAD, "Sisa"], *rows])), days, reason="#REF")


@of_kind("cells")
def broken_references_in_the_prints(desk: Desk) -> Made:
    days = desk.october()
    rows = plain(days)
    rows[5][2] = Formula("=#REF!", "#REF!")
    return Made("xlsx", xlsx(Page("Okt", [HEAD, *rows])), days, reason="#REF|row 7", cannot_be_read=True)


@of_kind("cells")
def strokes_in_the_old_windows_encoding(desk: Desk) -> Made:
    days = desk.october()
    rows = [[in_words(day.day), str(dash(day.received)).replace("-", "–"), f"{day.printed} lbr",
             str(dash(day.spoiled)).replace("-", "–")] for day in days]  # fmt: skip
    return Made("csv", text([["Tanggal", "Masuk", "Cetak", "Rusak"], *rows], encoding="cp1252"), days)


@of_kind("cells")
def a_correction_in_red_brackets(desk: Desk) -> Made:
    days = desk.october()
    rows = plain(days)
    rows[10][2] = Formed(-12, "#,##0;[Red](#,##0)")
    return Made("xlsx", xlsx(Page("Okt", [HEAD, *rows])), days, reason="negative|minus|less|below|-12|row 12",
                cannot_be_read=True)  # fmt: skip


# Remarks.


@of_kind("remarks")
def remarks_with_numbers_that_are_no_receipts(desk: Desk) -> Made:
    days = desk.october()
    words = ("PRR 1.204", "server mati 2 jam", None, "telp prov 0561-736541", "jaringan 50%", "BAST 470/112/2017")
    rows = [[*row, words[n % 6]] for n, row in enumerate(plain(days))]
    return Made("xlsx", xlsx(Page("Okt", [[*HEAD, "Keterangan"], *rows])), days)


@of_kind("remarks")
def cards_sent_told_in_the_remark(desk: Desk) -> Made:
    days = desk.october()
    days[6] = days[6]._replace(sent=50)
    desk.opening_cards += 50
    rows = [[*row, left, "50 keping dikirim ke Kec. Kapuas" if day.sent else None] for day, row, left in
            zip(days, plain(days), desk.left(days), strict=True)]  # fmt: skip
    content = xlsx(Page("Okt", [[*HEAD, "Sisa", "Ket"], *rows]))
    return Made("xlsx", content, days, {"--remarks": "read"}, f"50 keping|{balance_told(8, days[6].day)}",
                elsewhere=balance_told(8, days[6].day))  # fmt: skip


@of_kind("remarks")
def a_receipt_between_the_days(desk: Desk) -> Made:
    days = [day._replace(received=0) for day in desk.october()]
    days[5] = days[5]._replace(received=2000)
    rows: list[list[Cell]] = [[day.day, day.printed, blank(day.spoiled)] for day in days]
    rows.insert(6, [None, "Terima dari provinsi 2.000 keping"])
    content = text([["Tanggal", "Cetak", "Rusak"], *rows])
    return Made("csv", content, days, reason="2.000|row 8", elsewhere="2.000 keping")


@of_kind("remarks")
def a_loan_from_a_neighbour_in_the_foot(desk: Desk) -> Made:
    days = desk.october()
    foot: list[list[Cell]] = [
        ["JUMLAH", *map(pointed, sums(days)[:3])],
        ["Ket: 1) termasuk 120 keping pinjaman dari Kab. Sekadau tgl 6/10/2017"],
        ["      2) sisa per 31 Oktober 2017 = " + pointed(desk.left(days)[-1])],
    ]
    return Made("csv", text([HEAD, *plain(days), *foot]), days)


# Combinations.


@of_kind("combined")
def everything_at_once(desk: Desk) -> Made:
    (first, second), days = monthly(desk, SEPTEMBER, OCTOBER)
    left = desk.left(days)
    pages = []
    for month, sisa in ((first, left), (second, left[len(first) :])):
        start = month[0].day
        name = MONTHS[start.month - 1]
        rows: list[list[Cell]] = [
            [f"LAPORAN BLANGKO BULAN {name.upper()} 2017"],
            [],
            ["No", "Tgl", "Penerimaan", "Pengeluaran", None, None, "Sisa", "KIA", "Ket"],
            [None, None, None, "Cetak", "Rusak", "Jumlah"],
        ]
        by_day = {day.day.day: (day, cards) for day, cards in zip(month, sisa, strict=False)}
        for n in range(1, 31):
            if n in by_day:
                day, cards = by_day[n]
                rows.append([n, n, dash(day.received), f"{day.printed} kpg", dash(day.spoiled), day.out, cards, 12])
            else:
                rows.append([n, n, "LIBUR"])
        if 31 in by_day:
            day, cards = by_day[31]
            rows.append([31, 31, dash(day.received), day.printed, dash(day.spoiled), day.out, cards, 9])
        received, printed, spoiled, _ = sums(month)
        rows += [["JUMLAH", None, received, printed, spoiled, printed + spoiled], *FOOT]
        pages.append(Page(name, rows, merged=[(0, 0, 0, 8), (2, 3, 2, 5)]))
    return Made("xlsx", xlsx(*pages), days, reason="KIA")


@of_kind("combined")
def hidden_days_below_two_headings_in_an_xls(desk: Desk) -> Made:
    days = desk.october()
    heads: list[list[Cell]] = [["Tanggal", "Masuk", "Keluar", None], [None, None, "Cetak", "Rusak"]]
    content = xls(Page("Okt", [*heads, *plain(days)], hidden_rows=range(5, 12)))
    return Made("xls", content, days, reason="hidden")


@of_kind("combined")
def american_days_with_weekly_sums(desk: Desk) -> Made:
    days = desk.days(*FIRST_WEEKS)
    rows = dated(days, american)
    rows.insert(5, ["Sub Total", *sums(days[:5])[:3]])
    rows.append(["Sub Total", *sums(days[5:])[:3]])
    content = text([HEAD, *rows])
    return Made("csv", content, days, {"--date-order": "mdy"}, "date-order|month/day")


@of_kind("combined")
def serial_gap_filled_with_free_days(desk: Desk) -> Made:
    days = desk.october()
    by_day = {day.day: row for day, row in zip(days, plain(days), strict=True)}
    span = [date(2017, 10, 1) + timedelta(n) for n in range(31)]
    rows = [by_day.get(day, [day, "Libur" if day.weekday() == 6 else "SABTU", "-", "-"]) for day in span]
    return Made("ods", ods(Page("Okt", [HEAD, *rows, ["Total", *sums(days)[:3]]])), days)


# What a second examiner would bring.


@of_kind("second look")
def the_month_in_the_name_of_the_sheet_only(desk: Desk) -> Made:
    days = desk.october()
    rows = numbered(days)
    return Made("xlsx", xlsx(Page("OKT 2017", [["Tgl", *HEAD[1:]], *rows])), days, reason="month|year|date")


@of_kind("second look")
def months_as_numbers_in_the_names_of_the_sheets(desk: Desk) -> Made:
    months, days = monthly(desk, SEPTEMBER, OCTOBER)
    pages = [
        Page(name, [["Tgl", *HEAD[1:]], *numbered(month)])
        for name, month in zip(("09-2017", "10-2017"), months, strict=True)
    ]
    return Made("xls", xls(*pages), days, reason="month|year|date")


@of_kind("second look")
def the_sum_within_the_group_of_its_parts(desk: Desk) -> Made:
    days = desk.october()
    heads: list[list[Cell]] = [
        ["Tanggal", "Masuk", "Pemakaian", None, None, "Sisa"],
        [None, None, "Jumlah", "Cetak", "Rusak"],
    ]
    rows = [
        [day.day, blank(day.received), day.out, day.printed, blank(day.spoiled), left]
        for day, left in zip(days, desk.left(days), strict=True)
    ]
    return Made("xlsx", xlsx(Page("Okt", [*heads, *rows], merged=[(0, 2, 0, 4)])), days)


@of_kind("second look")
def prints_of_three_items_in_flat_columns(desk: Desk) -> Made:
    days = desk.october()
    rows = [[*row, desk.random.randint(5, 40), desk.random.randint(20, 90)] for row in plain(days)]
    head: list[Cell] = ["Tanggal", "Masuk", "Cetak KTP-el", "Rusak KTP-el", "Cetak KIA", "Cetak KK"]
    return Made("csv", text([head, *rows]), days, reason="KIA|KK", tells=["KIA"])


@of_kind("second look")
def last_months_balance_dated_and_written_as_a_receipt(desk: Desk) -> Made:
    days = desk.october()
    first: list[Cell] = [date(2017, 10, 1), desk.opening_cards, None, None, desk.opening_cards, "saldo bulan lalu"]
    rows = [[*row, left] for row, left in zip(plain(days), desk.left(days), strict=True)]
    content = xlsx(Page("Okt", [[*HEAD, "Sisa", "Ket"], first, *rows]))
    return Made("xlsx", content, days, reason="saldo|opening|balance|row 2")


@of_kind("second look")
def last_months_rest_as_a_receipt_without_a_day(desk: Desk) -> Made:
    days = desk.october()
    first: list[Cell] = ["Sisa bulan September", desk.opening_cards, None, None]
    return Made("csv", text([HEAD, first, *plain(days)]), days, reason="September|row 2|opening")


@of_kind("second look")
def thousands_parted_by_a_space(desk: Desk) -> Made:
    days = desk.october()
    rows = [[row[0], f"{row[1]:,}".replace(",", " ") if row[1] else None, *row[2:]] for row in plain(days)]
    return Made("csv", text([HEAD, *rows]), days, reason="000|500")


@of_kind("second look")
def a_thousand_that_excel_took_for_a_fraction(desk: Desk) -> Made:
    days = desk.october()
    rows = plain(days)
    rows[4][2] = 1.043
    return Made("xls", xls(Page("Okt", [HEAD, *rows])), days, reason="1[.,]043|row 6", cannot_be_read=True)


@of_kind("second look")
def a_sum_typed_into_a_cell(desk: Desk) -> Made:
    days = desk.october()
    rows = plain(days)
    rows[6][2] = "120+35"
    return Made("xlsx", xlsx(Page("Okt", [HEAD, *rows])), days, reason=r"120\+35|row 8", cannot_be_read=True)


@of_kind("second look")
def about_so_many(desk: Desk) -> Made:
    days = desk.october()
    rows = plain(days)
    rows[6][2] = "±150"
    rows[9][2] = "150-an"
    return Made("csv", text([HEAD, *rows]), days, reason="±150|row 8", cannot_be_read=True)


@of_kind("second look")
def a_table_of_recordings_below(desk: Desk) -> Made:
    days = desk.october()
    other: list[list[Cell]] = [[], ["DATA PEREKAMAN"], ["Tanggal", "Rekam", "PRR"]]
    other += [[day.day, desk.random.randint(60, 200), 1200] for day in days]
    content = xlsx(Page("Okt", [*TITLE, HEAD, *plain(days), ["JUMLAH", *sums(days)[:3]], *other]))
    return Made("xlsx", content, days, opening_cards=60000, reason="PRR|Rekam|twice|same day|again")


@of_kind("second look")
def a_first_line_that_names_the_separator(desk: Desk) -> Made:
    days = desk.october()
    return Made("csv", b"sep=;\r\n" + text([HEAD, *plain(days)], encoding="cp1252"), days)


@of_kind("second look")
def points_and_short_months_in_days(desk: Desk) -> Made:
    days = desk.october()
    forms = ("{0.day:02}.{0.month:02}.{0.year}", "{0.day}-Okt-17", "{0.day:02}-Oct-17", "{0.day} Okt '17")
    rows = [[forms[n % 3].format(row[0]), *row[1:]] for n, row in enumerate(plain(days))]
    return Made("csv", text([HEAD, *rows]), days)


@of_kind("second look")
def day_month_and_year_in_three_columns(desk: Desk) -> Made:
    days = desk.october()
    rows = [
        [day.day.day, MONTHS[day.day.month - 1], 2017, *row[1:]] for day, row in zip(days, plain(days), strict=True)
    ]
    content = xlsx(Page("Okt", [["Tgl", "Bulan", "Tahun", *HEAD[1:]], *rows]))
    return Made("xlsx", content, days, reason="month|year|Bulan|date")


@of_kind("second look")
def the_sum_above_the_days(desk: Desk) -> Made:
    days = desk.october()
    rows = [HEAD, ["JUMLAH", *sums(days)[:3]], *plain(days)]
    return Made("xlsx", xlsx(Page("Okt", rows)), days)


@of_kind("second look")
def shares_and_averages_beside_the_prints(desk: Desk) -> Made:
    days = desk.october()
    rows = [[*row[:3], f"{day.printed / 2:.1f}%", 112.5, row[3]] for day, row in zip(days, plain(days), strict=True)]
    head: list[Cell] = ["Tanggal", "Masuk", "Cetak", "% Capaian", "Rata-rata", "Rusak"]
    return Made("xlsx", xlsx(Page("Okt", [head, *rows, ["Rata-rata", None, 120]])), days)


@of_kind("second look")
def spoiled_cards_counted_up(desk: Desk) -> Made:
    days = desk.october()
    total, rows = 40, []
    for row, day in zip(plain(days), days, strict=True):
        total += day.spoiled
        rows.append([*row[:3], total])
    head: list[Cell] = ["Tanggal", "Masuk", "Cetak", "Rusak s.d. hari ini"]
    content = text([head, *rows])
    days = [day._replace(spoiled=0) for day in days]
    return Made("csv", content, days, reason="s.d.", tells=["Rusak s.d. hari ini"])


@of_kind("second look")
def a_revised_month_on_a_second_sheet(desk: Desk) -> Made:
    days = desk.october()
    old = plain(days)
    old[9][2] = days[9].printed + 11
    content = xlsx(Page("OKT", [HEAD, *old]), Page("OKT REVISI", [HEAD, *plain(days)]))
    return Made("xlsx", content, days, {"--sheet": "OKT REVISI"}, "REVISI|twice|same day")


@of_kind("second look")
def cards_given_back_to_the_province(desk: Desk) -> Made:
    days = [day._replace(spoiled=0) for day in desk.october(sends=True)]
    rows = [[day.day, blank(day.received), day.printed, blank(day.sent)] for day in days]
    content = text([["Tanggal", "Masuk", "Cetak", "Dikembalikan ke Provinsi"], *rows])
    return Made("csv", content, days, {"--columns": "sent=Dikembalikan ke Provinsi"}, "Dikembalikan",
                elsewhere="not read: D Dikembalikan")  # fmt: skip


@of_kind("second look")
def a_row_by_row_diary_in_sentences(desk: Desk) -> Made:
    rows = [[in_words(day.day), f"cetak {day.printed} keping, rusak {day.spoiled}"] for day in desk.october()]
    content = text([["Tanggal", "Kegiatan"], *rows])
    return Made("csv", content, [], reason="no |heading|column|nothing", cannot_be_read=True)


@of_kind("second look")
def balances_of_some_days_only(desk: Desk) -> Made:
    days = desk.october()
    rows = [
        [*row, left if row[0].weekday() == 4 else None]  # type: ignore[union-attr]
        for row, left in zip(plain(days), desk.left(days), strict=True)
    ]
    return Made("ods", ods(Page("Okt", [*TITLE, [*HEAD, "Sisa"], *rows, *FOOT])), days)


@of_kind("second look")
def american_days_in_real_cells_and_text(desk: Desk) -> Made:
    days = desk.october()
    rows = [[f"{row[0]:%m/%d/%y}", *row[1:]] for row in plain(days)]
    return Made("xlsx", xlsx(Page("Oct", [["Date", "In", "Printed", "Spoiled"], *rows])), days, {"--date-order": "mdy"},
                "date-order|month/day|date")  # fmt: skip


@of_kind("second look")
def merged_days_off(desk: Desk) -> Made:
    days = desk.october()
    by_day = {row[0]: row for row in plain(days)}
    rows: list[list[Cell]] = []
    merged = []
    for n in range(1, 32):
        day = date(2017, 10, n)
        if day in by_day:
            rows.append([WEEKDAYS[day.weekday()], *by_day[day]])
        else:
            merged.append((n, 2, n, 4))
            rows.append([WEEKDAYS[day.weekday()], day, "LIBUR AKHIR PEKAN"])
    return Made("xlsx", xlsx(Page("Okt", [["Hari", *HEAD], *rows], merged=merged)), days)


if __name__ == "__main__":
    command(sheets(), sys.argv[1:])
