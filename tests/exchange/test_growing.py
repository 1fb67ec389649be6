"""A sheet that grows from day to day, in every kind of file: what stands in the book after each import."""

from datetime import date

import pytest

from tests.exchange.grids import Page, ods, text, xls, xlsx

DAYS = [
    [date(2017, 10, 3), None, 150, 1],
    [date(2017, 10, 4), 2000, 160, None],
    [date(2017, 10, 5), None, 170, 2],
    [date(2017, 10, 6), None, 180, 3],
]
HEAD = ["Tanggal", "Masuk", "Cetak", "Rusak"]
WRITERS = {
    "csv": text,
    "xlsx": lambda rows: xlsx(Page("Okt", rows)),
    "xls": lambda rows: xls(Page("Okt", rows)),
    "ods": lambda rows: ods(Page("Okt", rows)),
}
# 1,000 at first; then 150 + 1 out; then 2,000 in and 160 out; then 170 + 2 out; then 180 + 3 out.
AFTER_TWO, AFTER_THREE, AFTER_FOUR = 2689, 2517, 2334


@pytest.fixture(params=WRITERS)
def grown(request, office):
    """`grown(rows, *words)` saves the clerk's sheet anew with these rows and imports it; the exit code."""

    def importing(rows, *words):
        path = office.folder / f"hari.{request.param}"
        path.write_bytes(WRITERS[request.param]([HEAD, *rows]))
        return office("import", path, "--yes", *words)

    return importing


def on_hand(office):
    return office.json("status")["on_hand_cards"]


def whole(office):
    return office.json("verify")["ok"]


def test_new_rows_below_are_added_and_old_ones_stay_counted_once(office, grown):
    for rows, left in ((2, AFTER_TWO), (3, AFTER_THREE), (4, AFTER_FOUR)):
        assert grown(DAYS[:rows]) == 0, office.err
        assert on_hand(office) == left
    assert whole(office)


def test_the_same_sheet_twice_is_refused_and_says_that_nothing_is_new(office, grown):
    grown(DAYS)
    before = office.last_entry()

    assert grown(DAYS) == 1
    assert "has nothing new" in " ".join(office.err.split())
    assert office.last_entry() == before


def test_the_same_rows_in_another_kind_of_file_are_not_counted_again(office, grown):
    grown(DAYS[:3])
    other = office.folder / "salinan.csv"
    other.write_bytes(text([[*HEAD, "Ket"], *([*row, "disalin"] for row in DAYS)]))
    office.did("import", other, "--yes")

    assert on_hand(office) == AFTER_FOUR


def test_a_day_that_differs_waits_for_replace_even_with_new_rows_below(office, grown):
    grown(DAYS[:3])
    changed = [*DAYS[:2], [date(2017, 10, 5), None, 175, 2], DAYS[3]]

    assert grown(changed) == 1
    said = office.out + office.err
    assert "170" in said and "175" in said
    assert on_hand(office) == AFTER_THREE

    assert grown(changed, "--replace") == 0, office.err
    assert on_hand(office) == AFTER_FOUR - 5
    assert whole(office)


def test_undo_takes_the_replacement_back_whole(office, grown):
    grown(DAYS[:3])
    grown([*DAYS[:2], [date(2017, 10, 5), None, 175, 2], DAYS[3]], "--replace")
    office.did("undo", "--reason", "the wrong sheet")

    assert on_hand(office) == AFTER_THREE
    assert whole(office)


def test_undo_takes_back_the_new_rows_only_and_they_may_come_again(office, grown):
    grown(DAYS[:2])
    grown(DAYS)
    office.did("undo", "--reason", "too early")
    assert on_hand(office) == AFTER_TWO

    assert grown(DAYS) == 0, office.err
    assert on_hand(office) == AFTER_FOUR


def test_replace_without_a_difference_adds_the_new_rows_only(office, grown):
    grown(DAYS[:3])

    assert grown(DAYS, "--replace") == 0, office.err
    assert on_hand(office) == AFTER_FOUR


def test_a_day_written_by_hand_before_the_sheet_came_is_not_counted_again(office, grown):
    office.did("print", 150, "--spoiled", 1, "--on", "2017-10-03")
    assert grown(DAYS) == 0, office.err

    assert on_hand(office) == AFTER_FOUR


def test_a_day_of_which_the_sheet_now_says_less_is_shown_before_it_is_replaced(office, grown):
    grown(DAYS[:3])
    emptied = [*DAYS[:2], [date(2017, 10, 5), None, 170, None]]

    # The two spoiled cards are gone from the sheet: it differs, or nothing in it is new; it never passes in silence.
    assert grown(emptied) == 1
    assert on_hand(office) == AFTER_THREE


def test_two_changed_days_and_a_receipt_are_replaced_in_one_command(office, grown):
    grown(DAYS)
    changed = [DAYS[0], [date(2017, 10, 4), 2500, 161, None], DAYS[2], [date(2017, 10, 6), None, 181, 3]]

    assert grown(changed) == 1
    assert on_hand(office) == AFTER_FOUR
    assert grown(changed, "--replace") == 0, office.err
    # 500 more came in, one card more was printed on each of the two days.
    assert on_hand(office) == AFTER_FOUR + 500 - 2
    assert whole(office)


def test_a_replacement_that_the_shelf_cannot_bear_writes_nothing(office, grown):
    grown(DAYS)
    before = office.last_entry()

    # Without the 2,000 of the fourth the shelf holds 849 cards, and 1,100 are said to be printed on the sixth.
    short = [DAYS[0], [date(2017, 10, 4), 100, 160, None], DAYS[2], [date(2017, 10, 6), None, 1100, 3]]
    assert grown(short, "--replace") == 1
    assert office.last_entry() == before
    assert on_hand(office) == AFTER_FOUR


def with_sums_and_signatures(rows):
    printed = sum(row[2] for row in rows)
    return "xlsx", xlsx(Page("Okt", [HEAD, *rows, ["JUMLAH", None, printed], [], ["Sanggau, 6 Oktober 2017"]]))


def with_a_balance(rows):
    left, told = 1000, []
    for row in rows:
        left += (row[1] or 0) - row[2] - (row[3] or 0)
        told.append([*row, left])
    return "xls", xls(Page("Okt", [["BULAN OKTOBER 2017"], [*HEAD, "Sisa"], *told]))


def with_day_numbers_below_a_title(rows):
    numbered = [[row[0].day, *row[1:]] for row in rows]
    return "csv", text([["LAPORAN BULAN OKTOBER 2017"], [], ["Tgl", *HEAD[1:]], *numbered])


def with_a_sheet_for_every_two_days(rows):
    return "xlsx", xlsx(*(Page(f"Lembar{n}", [HEAD, *rows[n : n + 2]]) for n in range(0, len(rows), 2)))


LAYOUTS = [
    with_sums_and_signatures,
    with_a_balance,
    with_day_numbers_below_a_title,
    with_a_sheet_for_every_two_days,
]


@pytest.mark.parametrize("layout", LAYOUTS)
def test_a_sheet_in_another_layout_grows_too_and_is_counted_once(office, layout):
    def came(rows, *words):
        ending, content = layout(rows)
        path = office.folder / f"hari.{ending}"
        path.write_bytes(content)
        return office("import", path, "--yes", *words)

    for rows, left in ((2, AFTER_TWO), (3, AFTER_THREE), (4, AFTER_FOUR)):
        assert came(DAYS[:rows]) == 0, office.err
        assert on_hand(office) == left
    assert came(DAYS) == 1
    changed = [*DAYS[:2], [date(2017, 10, 5), None, 175, 2], DAYS[3]]
    assert came(changed) == 1
    assert came(changed, "--replace") == 0, office.err
    assert on_hand(office) == AFTER_FOUR - 5
    office.did("undo", "--reason", "the wrong sheet")
    assert on_hand(office) == AFTER_FOUR
