"""Sheets made to be read wrongly without a word: other programs' exports, sums between days, columns that mislead."""

import sys
from datetime import date

from tests.exchange.grids import Cell, Page, ods, text, xls, xlsx
from tests.exchange.office_days import MONTHS, Day, Desk, Made, Sheet, blank, collector, made
from tests.exchange.scorer import command
from tests.exchange.sheets_of_clerks import (
    HEAD,
    OCTOBER,
    SEPTEMBER,
    american,
    dated,
    monthly,
    plain,
    short,
    sums,
)

MAKERS, of_kind = collector()


def sheets() -> list[Sheet]:
    """All of them."""
    return made(MAKERS)


def counted_up(cards: list[int]) -> list[int]:
    """Each the sum of itself and all before it."""
    return [sum(cards[: n + 1]) for n in range(len(cards))]


# Other programs.


@of_kind("programs")
def a_pivot_table(desk: Desk) -> Made:
    days = desk.october()
    rows = [*plain(days), ["Grand Total", *sums(days)[:3]]]
    head: list[Cell] = ["Tanggal", "Sum of Masuk", "Sum of Cetak", "Sum of Rusak"]
    return Made("xlsx", xlsx(Page("Sheet2", [["Values"], head, *rows])), days)


@of_kind("programs")
def a_pivot_table_with_months_above_their_days(desk: Desk) -> Made:
    months, days = monthly(desk, SEPTEMBER, OCTOBER)
    rows: list[list[Cell]] = []
    for month in months:
        rows += [[MONTHS[month[0].day.month - 1], *sums(month)[:3]], *plain(month)]
    return Made("xlsx", xlsx(Page("Pivot", [HEAD, *rows])), days, reason="row|September|day|month")


@of_kind("programs")
def a_row_for_each_citizen(desk: Desk) -> Made:
    rows: list[list[Cell]] = [
        [f"61030{n:011}", f"Warga {n}", date(2017, 10, 2 + n % 5), "CETAK" if n % 9 else "RUSAK"] for n in range(40)
    ]
    content = text([["NIK", "NAMA_LGKP", "TGL_CETAK", "STATUS"], *rows])
    return Made("csv", content, [], reason="no |column|heading|nothing", cannot_be_read=True)


@of_kind("programs")
def names_of_a_data_base(desk: Desk) -> Made:
    days = desk.october()
    rows = [[f"{day.day} 00:00:00.000", day.received, day.printed, day.spoiled] for day in days]
    return Made("csv", text([["TGL", "JML_TERIMA", "JML_CETAK", "JML_RUSAK"], *rows], ","), days)


@of_kind("programs")
def american_days_with_times(desk: Desk) -> Made:
    days = desk.october()
    rows = dated(days, lambda day: f"{american(day)} 12:00:00 AM")
    return Made("csv", text([HEAD, *rows], ","), days, {"--date-order": "mdy"}, "date-order|AM|day")


@of_kind("programs")
def figures_behind_apostrophes(desk: Desk) -> Made:
    days = desk.october()
    rows = [[day.day, f"'{day.received}", f"'{day.printed}", f"'{day.spoiled}"] for day in days]
    return Made("xlsx", xlsx(Page("Export", [HEAD, *rows])), days)


@of_kind("programs")
def a_calendar_of_weeks(desk: Desk) -> Made:
    rows: list[list[Cell]] = [[f"Minggu {n}", *(desk.random.randint(60, 190) for _ in range(5))] for n in range(1, 5)]
    head: list[Cell] = ["Cetak", "Senin", "Selasa", "Rabu", "Kamis", "Jumat"]
    content = xlsx(Page("Okt", [["OKTOBER 2017"], head, *rows]))
    return Made("xlsx", content, [], reason="no |column|heading|nothing", cannot_be_read=True)


# Sums among the days.


@of_kind("sums")
def sub_districts_and_their_sum_below_one_merged_day(desk: Desk) -> Made:
    days = [day._replace(received=0) for day in desk.october()]
    rows: list[list[Cell]] = []
    for day in days:
        rows += [[day.day, "Kapuas", day.printed - 30, blank(day.spoiled)], [None, "Parindu", 30, None]]
        rows.append([None, "Jumlah", day.printed, blank(day.spoiled)])
    merged = [(n, 0, n + 2, 0) for n in range(1, len(rows), 3)]
    content = xlsx(Page("Okt", [["Tanggal", "Kecamatan", "Cetak", "Rusak"], *rows], merged=merged))
    return Made("xlsx", content, days, reason="Jumlah|row 4|sum")


@of_kind("sums")
def sub_districts_and_their_sum_each_with_the_day(desk: Desk) -> Made:
    days = [day._replace(received=0) for day in desk.october()]
    rows: list[list[Cell]] = []
    for day in days:
        rows += [[day.day, "Kapuas", day.printed - 30, blank(day.spoiled)], [day.day, "Parindu", 30, None]]
        rows.append([day.day, "TOTAL", day.printed, blank(day.spoiled)])
    content = text([["Tanggal", "Tempat Cetak", "Cetak", "Rusak"], *rows])
    return Made("csv", content, days, reason="TOTAL|row 4|sum")


@of_kind("sums")
def morning_and_afternoon_below_one_merged_day(desk: Desk) -> Made:
    days = desk.october()
    rows: list[list[Cell]] = []
    for day in days:
        rows += [[day.day, "Pagi", blank(day.received), day.printed - 31, blank(day.spoiled)],
                 [None, "Siang", None, 31, None]]  # fmt: skip
    merged = [(n, 0, n + 1, 0) for n in range(1, len(rows), 2)]
    return Made("xlsx", xlsx(Page("Okt", [["Tanggal", "Shift", *HEAD[1:]], *rows], merged=merged)), days)


@of_kind("sums")
def morning_and_afternoon_as_columns(desk: Desk) -> Made:
    days = desk.october()
    rows = [[day.day, blank(day.received), day.printed - 31, 31, blank(day.spoiled)] for day in days]
    head: list[Cell] = ["Tanggal", "Masuk", "Cetak Pagi", "Cetak Siang", "Rusak"]
    return Made("xls", xls(Page("Okt", [head, *rows])), days)


@of_kind("sums")
def the_sum_of_the_week_on_its_friday(desk: Desk) -> Made:
    days = desk.october()
    rows: list[list[Cell]] = []
    week: list[Day] = []
    for day, row in zip(days, plain(days), strict=True):
        week.append(day)
        rows.append([*row, None])
        if day.day.weekday() == 4:
            rows.append([day.day, *sums(week)[:3], "Jumlah minggu ini"])
            week = []
    return Made("xlsx", xlsx(Page("Okt", [[*HEAD, "Ket"], *rows])), days, reason="Jumlah|sum|row 7")


@of_kind("sums")
def the_mean_below_the_days(desk: Desk) -> Made:
    days = desk.october()
    rows = [*plain(days), ["Jumlah", *sums(days)[:3]], ["Rata-rata", 400, 120, 2]]
    return Made("ods", ods(Page("Okt", [HEAD, *rows])), days)


# Columns that mislead.


@of_kind("columns")
def prints_counted_up_with_days_on_which_nothing_was_printed(desk: Desk) -> Made:
    days = [day._replace(printed=0) if n % 6 == 5 else day for n, day in enumerate(desk.october())]
    up = counted_up([day.printed for day in days])
    rows = [[day.day, blank(day.received), cards, blank(day.spoiled)] for day, cards in zip(days, up, strict=True)]
    return Made("xlsx", xlsx(Page("Okt", [HEAD, *rows])), days, reason="Cetak", cannot_be_read=True)


@of_kind("columns")
def prints_counted_up_beside_the_balance(desk: Desk) -> Made:
    days = desk.days(date(2017, 10, 2), date(2017, 10, 6))
    up = counted_up([day.printed for day in days])
    rows = [
        [day.day, blank(day.received), cards, blank(day.spoiled), left]
        for day, cards, left in zip(days, up, desk.left(days), strict=True)
    ]
    return Made("csv", text([[*HEAD, "Sisa"], *rows]), days, reason="Cetak|Sisa|balance", cannot_be_read=True)


@of_kind("columns")
def spoiled_cards_counted_up_without_saying_so(desk: Desk) -> Made:
    days = desk.october()
    up = counted_up([day.spoiled for day in days])
    rows = [[*row[:3], cards] for row, cards in zip(plain(days), up, strict=True)]
    return Made("xlsx", xlsx(Page("Okt", [HEAD, *rows])), days, reason="Rusak", cannot_be_read=True)


@of_kind("columns")
def receipts_counted_up(desk: Desk) -> Made:
    days = desk.october()
    up = counted_up([day.received for day in days])
    rows = [[row[0], cards, *row[2:]] for row, cards in zip(plain(days), up, strict=True)]
    content = xlsx(Page("Okt", [HEAD, *rows]))
    return Made("xlsx", content, days, reason="Masuk", cannot_be_read=True, opening_cards=90000)


@of_kind("columns")
def printed_and_spoiled_change_places_in_the_second_month(desk: Desk) -> Made:
    (first, second), days = monthly(desk, SEPTEMBER, OCTOBER)
    rows = plain(second)
    swapped = [[row[0], row[1], row[3], row[2]] for row in rows]
    head: list[Cell] = ["Tanggal", "Masuk", "Rusak", "Cetak"]
    return Made("xlsx", xlsx(Page("2017", [HEAD, *plain(first), [], head, *swapped])), days)


@of_kind("columns")
def printed_and_spoiled_change_places_below_the_old_headings(desk: Desk) -> Made:
    (first, second), days = monthly(desk, SEPTEMBER, OCTOBER)
    swapped = [[row[0], row[1], row[3], row[2]] for row in plain(second)]
    content = xlsx(Page("Sep", [HEAD, *plain(first)]), Page("Okt", [HEAD, *swapped]))
    return Made("xlsx", content, days, reason="Rusak|spoil", cannot_be_read=True)


@of_kind("columns")
def shares_of_a_hundred(desk: Desk) -> Made:
    days = desk.october()
    rows = [[*row[:3], 60 + n % 40, row[3]] for n, row in enumerate(plain(days))]
    head: list[Cell] = ["Tanggal", "Masuk", "KTP-el", "% Cetak", "Rusak"]
    return Made("xlsx", xlsx(Page("Okt", [head, *rows])), days, {"--columns": "printed=KTP-el"}, "KTP-el|% Cetak")


@of_kind("columns")
def the_mean_of_the_prints(desk: Desk) -> Made:
    days = [day._replace(printed=0) for day in desk.october()]
    rows = [[day.day, blank(day.received), 118, blank(day.spoiled)] for day in days]
    head: list[Cell] = ["Tanggal", "Masuk", "Rata-rata cetak", "Rusak"]
    return Made("csv", text([head, *rows]), days, tells=["Rata-rata"])


@of_kind("columns")
def what_the_prints_cost(desk: Desk) -> Made:
    days = desk.october()
    rows = [[*row, row[2] * 10] for row in plain(days)]  # type: ignore[operator]
    return Made("csv", text([[*HEAD, "Biaya Cetak (Rp ribu)"], *rows]), days, tells=["Biaya"])


@of_kind("columns")
def receipts_in_boxes(desk: Desk) -> Made:
    days = desk.october()
    rows = [[row[0], row[1] and int(row[1]) // 500, *row[2:]] for row in plain(days)]  # type: ignore[arg-type]
    content = xlsx(Page("Okt", [["Tanggal", "Masuk (box)", "Cetak", "Rusak"], *rows]))
    days = [day._replace(received=0) for day in days]
    return Made("xlsx", content, days, opening_cards=60000, tells=[r"not read.*box|box.*not read"])


@of_kind("columns")
def receipts_on_top_of_what_was_left(desk: Desk) -> Made:
    days = desk.october()
    left = [desk.opening_cards, *desk.left(days)]
    rows = [[day.day, left[n] + day.received, day.printed, blank(day.spoiled)] for n, day in enumerate(days)]
    content = xlsx(Page("Okt", [["Tanggal", "Sisa + Masuk", "Cetak", "Rusak"], *rows]))
    days = [day._replace(received=0) for day in days]
    return Made("xlsx", content, days, opening_cards=60000, tells=[r"Sisa \+ Masuk"])


@of_kind("columns")
def the_pile_of_spoiled_cards(desk: Desk) -> Made:
    days = desk.october()
    up = [40 + cards % 37 for cards in counted_up([day.spoiled for day in days])]
    rows = [[*row[:3], cards] for row, cards in zip(plain(days), up, strict=True)]
    content = xlsx(Page("Okt", [["Tanggal", "Masuk", "Cetak", "Stok Rusak"], *rows]))
    return Made("xlsx", content, [day._replace(spoiled=0) for day in days], tells=["Stok Rusak"])


@of_kind("columns")
def prints_in_a_hidden_column_beside_their_sum(desk: Desk) -> Made:
    days = desk.october()
    rows = [[day.day, blank(day.received), day.printed - 31, 31, day.printed, blank(day.spoiled)] for day in days]
    head: list[Cell] = ["Tanggal", "Masuk", "Cetak Pagi", "Cetak Siang", "Cetak", "Rusak"]
    return Made("xlsx", xlsx(Page("Okt", [head, *rows], hidden_columns=[2, 3])), days)


# Days that mislead.


@of_kind("days")
def the_days_of_last_month_below_a_new_title(desk: Desk) -> Made:
    days = desk.october()
    month = desk.days(*SEPTEMBER)
    rows = [[old.day, *row[1:]] for old, row in zip(month, plain(days), strict=False)]
    content = xlsx(Page("Okt", [["LAPORAN BULAN OKTOBER 2017"], HEAD, *rows]))
    return Made("xlsx", content, days, reason="month|Oktober|title|row 3", cannot_be_read=True)


@of_kind("days")
def two_years_in_one_sheet(desk: Desk) -> Made:
    days = desk.days(date(2017, 9, 18), date(2017, 10, 20))
    rows = dated(days, short)
    content = xlsx(Page("Blangko", [["TAHUN 2016 / 2017"], HEAD, *rows]))
    return Made("xlsx", content, days, {"--year": "2017"}, "year")


@of_kind("days")
def receipts_and_prints_each_with_days_of_their_own(desk: Desk) -> Made:
    days = desk.october()
    receipts = [day for day in days if day.received]
    rows: list[list[Cell]] = [[None, None, day.day, day.printed, blank(day.spoiled)] for day in days]
    for row, day in zip(rows, receipts, strict=False):
        row[:2] = [day.day, day.received]
    head: list[Cell] = ["Tgl Masuk", "Masuk", "Tgl Cetak", "Cetak", "Rusak"]
    return Made("xlsx", xlsx(Page("Okt", [head, *rows])), days, reason="Tgl")


@of_kind("days")
def two_days_across(desk: Desk) -> Made:
    days = desk.october()[:2]
    rows: list[list[Cell]] = [["Uraian", *(day.day for day in days)], ["Cetak", *(day.printed for day in days)],
                              ["Rusak", *(blank(day.spoiled) for day in days)]]  # fmt: skip
    content = xlsx(Page("Okt", [["BLANGKO KTP-EL"], *rows]))
    return Made("xlsx", content, [day._replace(received=0) for day in days], reason="day|heading|column")


@of_kind("days")
def both_items_below_one_merged_day(desk: Desk) -> Made:
    days = desk.october()
    rows: list[list[Cell]] = []
    for row in plain(days):
        rows += [[row[0], "KTP-el", *row[1:]], [None, "KIA", None, desk.random.randint(5, 40), None]]
    merged = [(n, 0, n + 1, 0) for n in range(1, len(rows), 2)]
    content = xlsx(Page("Okt", [["Tanggal", "Uraian", *HEAD[1:]], *rows], merged=merged))
    return Made("xlsx", content, days, reason="KIA", tells=["KIA"])


@of_kind("remarks")
def a_figure_corrected_in_the_remark(desk: Desk) -> Made:
    days = desk.october()
    rows: list[list[Cell]] = [[*row, None] for row in plain(days)]
    rows[7][2], rows[7][4] = days[7].printed + 90, f"salah tulis, seharusnya {days[7].printed}"
    return Made("xlsx", xlsx(Page("Okt", [[*HEAD, "Ket"], *rows])), days, reason="seharusnya", cannot_be_read=True)


if __name__ == "__main__":
    command(sheets(), sys.argv[1:])
