"""The papers that leave the office: every figure on them is one that the book can prove."""

import io
import re
import shutil
import subprocess
import zipfile
from pathlib import Path

import docx
import pytest
from pypdf import PdfReader
from python_calamine import CalamineWorkbook

from tests import PATIENCE_SECONDS
from tests.forging import forge

EXPECTED = Path(__file__).parent / "expected"


@pytest.fixture
def week(nobody):
    """Monday 23 to Friday 27 October 2017: 187, 201, 0 (server), 210 printed, 3 spoiled, 2,000 in, 275 sent."""
    nobody.today("2017-10-20")
    nobody.did("init", "--office", "Disdukcapil Uji", "--code", "61.03", "--opening", 1000, "--daily", 200)
    for day, *words in (
        (23, "print", 187, "--spoiled", 3, "--for", "prr"),
        (23, "request", 4000, "--ref", "470/88"),
        (24, "print", 201),
        (25, "print", 0, "--cause", "server"),
        (25, "grant", 2000),
        (26, "receive", 2000, "--ref", "BAST 470/12"),
        (26, "print", 210),
        (27, "send", 275, "--to", "Kec. Kapuas"),
        (27, "backlog", "--prr", 36646),
        (27, "count", 2119),
    ):
        nobody.today(f"2017-10-{day}")
        nobody.did(*words)
    return nobody


# --- The summary --------------------------------------------------------------------------------


def test_the_sum_of_the_week_can_be_done_again(week):
    page = week.json("summary", "--week", "2017-W43")

    # 1,000 + 2,000 - 598 - 3 - 275 = 2,124; the count saw five fewer.
    assert (page["opening_cards"], page["closing_cards"]) == (1000, 2124)
    assert page["totals"] == {
        "received_cards": 2000,
        "printed_cards": 598,
        "spoiled_cards": 3,
        "sent_cards": 275,
        "lost_cards": 0,
        "adjusted_cards": 0,
        "closing_cards": 2124,
    }
    assert [row["closing_cards"] for row in page["rows"]] == [810, 609, 609, 2399, 2124]
    assert page["period"] == {"from": "2017-10-23", "to": "2017-10-29"}
    assert page["printed_for"] == {"prr": 187}
    assert page["last_count"]["discrepancy_cards"] == -5
    assert page["check_code"].split("-") == [page["seal"][:32], str(page["last_entry_no"])]


def test_the_present_week_is_shown_unless_another_is_named(week):
    assert week.json("summary") == week.json("summary", "--week", "2017-W43")
    assert week.json("ringkasan", "--from", "2017-10-23", "--to", "29/10/2017") == week.json("summary")


def test_since_the_last_receipt_begins_on_its_day(week):
    assert week.json("summary", "--since-receipt")["period"] == {"from": "2017-10-26", "to": "2017-10-27"}


def test_a_week_that_is_over_is_shown_as_it_was_then(week):
    before = week.json("summary")
    week.today("2017-11-03")
    week.did("print", 100)
    later = week.json("summary", "--week", "2017-W43")

    assert (later["rows"], later["on_hand_cards"]) == (before["rows"], before["on_hand_cards"])


def test_an_adjustment_stands_in_the_sum(week):
    week.did("count", 2119, "--adjust", "--reason", "five stuck together", "--yes")
    page = week.json("summary")

    assert (page["totals"]["adjusted_cards"], page["closing_cards"]) == (-5, 2119)
    assert "\u2212 adjusted 5 = closing 2,119" in " ".join(week.did("summary").split())


def test_lost_cards_get_a_column_when_there_are_any(week):
    assert "Lost" not in week.did("summary")
    week.did("lost", 2, "--ref", "LP/12")

    assert "Lost" in week.did("summary")
    assert "\u2212 lost 2" in " ".join(week.did("summary").split())


@pytest.mark.parametrize("language", ["en", "id"])
@pytest.mark.parametrize(("form", "ending"), [("table", "txt"), ("markdown", "md"), ("csv", "csv")])
def test_the_summary_reads_as_it_was_read_by_a_person(week, language, form, ending):
    """Read the changes in `expected/` before they are kept."""
    week.speaks(language)
    said = re.sub(r"\b[0-9a-f]{32}(?=-\d)", "3f2a9b1c4d5e6f708192a3b4c5d6e7f8", week.did("summary", "-f", form))
    expected = EXPECTED / f"summary.{language}.{ending}"

    assert said == expected.read_text(encoding="utf-8")


@pytest.mark.parametrize(
    "words",
    ["--week 60", "--week 2017-W54", "--from 2017-10-24 --to 23/10/2017", "--week 2018-W01", "--from soon"],
)
def test_a_period_that_is_none_is_refused(week, words):
    assert week("summary", *words.split()) == 1
    assert len(week.err.splitlines()) == 2


# --- Issued, and compared later -----------------------------------------------------------------


def test_a_summary_is_a_draft_until_it_is_issued(week):
    assert "(draft, not issued)" in week.did("summary")
    before = week.last_entry()
    week.did("summary", "--issue")

    assert week.last_entry() == before + 1
    assert f"issued as no. {before + 1}" in week.did("summary")


def test_issuing_the_same_paper_again_writes_nothing(week):
    week.did("summary", "--issue")
    before = week.last_entry()
    week.did("summary", "--issue")

    assert week.last_entry() == before


def test_the_check_code_of_a_paper_says_later_whether_the_book_agrees(week):
    code = week.json("summary", "--issue")["check_code"]
    week.did("print", 50)

    assert "agrees" in week.did("verify", "--code", code)
    number = code.split("-")[1]
    assert week.json("verify", "--code", f"{number}/{code[:32].upper()}")["entries_since"] == 2


def test_the_code_of_a_paper_of_old_is_still_compared_and_called_weak(week):
    code = week.json("summary", "--issue")["check_code"]
    of_old = f"{code[:12]}-{code.split('-')[1]}"

    assert week.json("verify", "--code", code)["is_weak"] is False
    assert week.json("verify", "--code", of_old)["is_weak"] is True
    assert "weak" in week.did("verify", "--code", of_old) and "weak" not in week.did("verify", "--code", code)
    other = ("0" if code[0] != "0" else "1") + of_old[1:]
    assert week("verify", "--code", other) == 1


def test_a_check_code_of_another_book_does_not_agree(week):
    code = week.json("summary")["check_code"]
    other = ("0" if code[0] != "0" else "1") + code[1:]

    assert week("verify", "--code", other) == 1
    assert "does not agree" in week.err
    assert week("verify", "--code", "abc") == 1


def test_a_changed_entry_makes_the_code_disagree(week):
    code = week.json("summary")["check_code"]
    forge(week.place, "UPDATE entry SET cards = 100 WHERE kind = 'print' AND cards = 187")

    assert week("verify", "--code", code) == 1


def test_what_is_written_into_an_issued_week_stands_on_the_next_summary(week):
    week.did("summary", "--issue")
    week.today("2017-10-30")
    week.did("print", 20, "--on", "2017-10-24", "--yes")
    page = " ".join(week.did("summary").split())

    assert "Written after the last paper for a day in it" in page
    assert "Tue 24 Oct 2017, printed 20 cards." in page
    week.did("summary", "--issue")
    week.today("2017-11-06")
    assert "Written after" not in week.did("summary")


def test_an_issued_week_with_a_late_entry_is_a_draft_again(week):
    week.did("summary", "--issue")
    week.did("print", 20, "--on", "2017-10-24", "--yes")

    assert "(draft, not issued)" in week.did("summary")


# --- How many to ask for, and what is on order --------------------------------------------------


@pytest.fixture
def waiting(week):
    """On 27 October 2,000 are promised for the 31st and 4,000 were asked for and not answered; 300 cards are lent."""
    for words in (
        ("request", 2000, "--to", "Provinsi"),
        ("grant", 2000, "--due", "2017-10-31"),
        ("request", 4000, "--to", "Ditjen"),
        ("send", 300, "--to", "Kabupaten Landak", "--loan"),
    ):
        week.did(*words)
    return week


def amounts(lines):
    """The numbers at the beginning of lines, as signed whole numbers."""
    found = (re.match(r" *([+\u2212]?[\d,.]+)  \D", line) for line in lines)
    return [int(re.sub("[,.]", "", each[1]).replace("\u2212", "-")) for each in found if each]


@pytest.mark.parametrize(("language", "title"), [("en", "How many to ask for"), ("id", "Hitungan jumlah")])
def test_the_number_to_ask_for_can_be_added_up_on_the_page(week, language, title):
    week.speaks(language)
    lines = week.did("summary").splitlines()
    begin = next(number for number, line in enumerate(lines) if line.startswith(title))
    told = week.json("status")
    *parts, asked = amounts(lines[begin + 1 : begin + 2 + len(told["request_sum"])])

    assert parts == [line["cards"] for line in told["request_sum"]]
    assert sum(parts) == asked == told["request_cards"]


def test_the_page_tells_what_is_promised_what_is_not_answered_and_when_it_is_likely_to_come(waiting):
    page = " ".join(waiting.did("summary").split())

    assert "On order 6,000 cards: 2,000 promised for Tue 31 Oct 2017, 4,000 not answered, about" in page
    assert "asked 2,000, granted 2,000, share 100 %, received 0, days taken 0 so far, still to come 2,000" in page
    assert "likely on Tue 31 Oct" in page
    assert "Lent Kabupaten Landak 300" in page


def test_loans_leave_the_page_once_they_are_even(waiting):
    waiting.did("receive", 300, "--from", "Kabupaten Landak", "--loan")

    assert "Lent" not in waiting.did("summary")


def test_days_that_nobody_wrote_down_are_told_on_the_page(week):
    week.today("2017-11-01")
    page = " ".join(week.did("summary").split())

    assert "Not written down: 2 working days; about 400 cards less are taken to be left." in page


@pytest.mark.parametrize("language", ["en", "id"])
def test_the_lines_of_the_picture_are_told_apart_without_colour_and_their_key_stays_inside(waiting, language):
    waiting.speaks(language)
    text = made(waiting, "summary", name="week.html").decode()
    picture = text[text.index("<svg") : text.index("</svg>")]
    dashes = re.findall(r'<polyline [^>]*?stroke-width="[\d.]+"(?: stroke-dasharray="([^"]+)")?', picture)
    key = re.findall(r'<text x="([\d.]+)" y="2(?:13|26).0"[^>]*>([^<]+)<', picture)

    # Alone, with what is promised, with what is hoped for, and at last what was; the level to ask at, and a cross.
    assert dashes == ["", "7 3", "0.1 3.6", ""]
    assert len(key) == 6
    assert all(float(x) + len(words) * 5.6 <= 720 for x, words in key)


def test_with_nothing_on_order_the_picture_has_no_line_for_it(week):
    picture = made(week, "summary", name="week.html").decode()

    assert "expected if nothing comes" in picture
    assert "promised" not in picture and "hoped" not in picture


def test_the_annex_of_the_letter_adds_up_the_number_and_says_what_is_asked_instead(week):
    told = week.json("status")
    annex = [tuple(row) for row in week.json("letter", 3000)["annex"]]
    begin = annex.index(("How many to ask for", ""))
    parts = [
        int(number.replace(",", "").replace("\u2212", "-"))
        for _, number in annex[begin + 1 : begin + 1 + len(told["request_sum"])]
    ]

    assert parts == [line["cards"] for line in told["request_sum"]]
    assert annex[begin + 1 + len(parts)] == ("Cards to ask for", f"{sum(parts):,}")
    assert ("Asked for in this letter", "3,000") in annex
    assert ("Reorder level: ask when so many are left", f"{told['reorder_level_cards']:,}") in annex
    assert "Asked for in this letter" not in dict(week.json("letter")["annex"])


def test_the_workbook_adds_up_the_number_to_ask_for_by_itself(week):
    told = week.json("status")
    made(week, "summary", name="week.xlsx")
    rows = CalamineWorkbook.from_path(str(week.folder / "week.xlsx")).get_sheet_by_index(0).to_python()
    begin = next(number for number, row in enumerate(rows) if row[0] == "How many to ask for")
    end = begin + 1 + len(told["request_sum"])

    assert [row[3] for row in rows[begin + 1 : end]] == [line["cards"] for line in told["request_sum"]]
    with zipfile.ZipFile(week.folder / "week.xlsx") as archive:
        sheet = archive.read("xl/worksheets/sheet1.xml").decode()
    assert f"<f>SUM(D{begin + 2}:D{end})</f><v>{told['request_cards']}</v>" in sheet


def test_the_notice_says_what_is_left_what_is_on_order_and_how_many_to_ask_for(waiting):
    line = waiting.did("notice").splitlines()[0]

    assert "left 1,824 cards, enough for" in line
    assert "4,000 asked for on 27 Oct, not answered yet. Ask" in line
    assert re.search(r"Ask for [\d,]+ cards by \w{3} \d+ \w{3} 201\d, in \d+ working days?\.$", line)


@pytest.fixture
def dry(nobody):
    """The last card was printed on Thursday 5 October; 6,000 were asked for on the 2nd. It is Saturday the 28th."""
    nobody.today("2017-10-02")
    nobody.did("init", "--office", "Disdukcapil Uji", "--code", "61.03", "--opening", 400, "--daily", 200)
    nobody.did("request", 6000, "--ref", "470/88")
    nobody.today("2017-10-05")
    nobody.did("print", 400)
    nobody.today("2017-10-28")
    return nobody


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("en", "Sat 28 Oct 2017: EMPTY for 16 working days, 6,000 asked for on 2 Oct, not answered yet. Call and"),
        ("id", "Sab 28 Okt 2017: KOSONG 16 hari kerja, 6.000 diajukan 2 Okt, belum dijawab. Hubungi dan"),
    ],
)
def test_the_notice_of_an_empty_shelf_says_for_how_long_and_who_has_not_answered(dry, language, said):
    dry.speaks(language)

    # Friday the 6th, and three weeks of five days.
    assert said in dry.did("notice")


def test_the_notice_of_a_day_on_which_nobody_wrote_does_not_say_that_nothing_was_printed(office):
    assert "nothing written down today yet, left 1,000 cards" in office.did("notice")
    office.today("2017-10-28")
    assert "Sat 28 Oct 2017: left 1,000 cards" in office.did("notice")


@pytest.mark.parametrize(
    ("language", "said"),
    [("en", "nothing written down today yet, left 1,000 cards"), ("id", "hari ini belum dicatat, sisa 1.000 keping")],
)
def test_the_notice_of_the_day_of_the_opening_does_not_say_that_nothing_was_printed(nobody, language, said):
    nobody.did("init", "--office", "Disdukcapil Uji", "--opening", 1000)
    nobody.speaks(language)

    assert said in nobody.did("notice")


def test_the_notice_of_a_day_with_a_delivery_tells_a_print_of_0_only_once_it_is_written(office):
    office.did("receive", 500)
    assert ": received 500, left 1,500 cards" in office.did("notice")
    office.did("print", 0, "--cause", "server")
    assert ": printed 0, spoiled 0, received 500, left 1,500 cards" in office.did("notice")


def test_the_notice_says_for_which_day_a_delivery_is_promised(dry):
    dry.did("grant", 2000, "--due", "2017-10-31")

    assert "EMPTY for 16 working days, 2,000 promised for Tue 31 Oct 2017." in dry.did("notice")


@pytest.mark.parametrize("language", ["en", "id"])
def test_the_notice_as_a_card_is_as_wide_as_a_phone_shows_and_the_same_each_time(dry, language):
    dry.speaks(language)
    card = made(dry, "notice", name="card.png")

    assert int.from_bytes(card[16:20], "big") == 1080
    assert card == made(dry, "notice", name="again.png")


# --- As pages -----------------------------------------------------------------------------------


def made(office, *words, name):
    office.did(*words, "-o", office.folder / name)
    return (office.folder / name).read_bytes()


@pytest.mark.parametrize("language", ["en", "id"])
def test_an_ordinary_week_fits_one_page(week, language):
    week.speaks(language)
    pages = PdfReader(io.BytesIO(made(week, "summary", name="week.pdf"))).pages
    text = pages[0].extract_text()

    assert len(pages) == 1
    for figure in ("2,124", "36,646", "598", "275") if language == "en" else ("2.124", "36.646", "598", "275"):
        assert figure in text
    assert ("Pengurus Barang" if language == "id" else "Goods clerk") in text
    assert week.json("summary")["check_code"] in text.replace("\n", "")


def test_the_signatures_never_stand_alone_on_a_page(waiting):
    waiting.did("settings", "letterhead", "\\n".join(["PEMERINTAH KABUPATEN"] * 3))
    for number in range(14):
        waiting.did("request", 4000 + number, "--ref", f"470/{number}", "--yes")
    *_before, last = PdfReader(io.BytesIO(made(waiting, "summary", name="week.pdf"))).pages
    text = last.extract_text()

    assert len(_before) == 1
    assert "Goods clerk" in text and "470/3" in text and "470/13" in text


def test_a_closed_day_of_the_week_says_why_and_no_column_holds_dashes_only(nobody):
    nobody.today("2017-12-18")
    nobody.did("init", "--office", "Disdukcapil Uji", "--opening", 1000, "--daily", 200)
    nobody.today("2017-12-27")
    nobody.did("print", 90, "--on", "2017-12-27")
    lines = nobody.did("summary").splitlines()

    assert any(re.match(r"Mon 25 Dec \(closed\) +– +1,000  holiday: Christmas Day", line) for line in lines)
    assert any(re.match(r"Day +Printed +On hand +Remark$", line) for line in lines)
    nobody.speaks("id")
    assert "Cuti Bersama Hari Raya Natal" in nobody.did("summary")


@pytest.mark.parametrize("language", ["en", "id"])
def test_remarks_for_which_all_the_figures_leave_no_room_stand_below_them(week, language):
    week.did("lost", 2, "--ref", "LP/12")
    week.did("count", 2110, "--adjust", "--reason", "stuck together", "--yes")
    week.speaks(language)
    lines = week.did("summary").splitlines()

    assert max(map(len, lines)) <= 80
    begin = lines.index("Keterangan" if language == "id" else "Remark")
    assert re.match(r"  (Wed 25 Oct|Rab 25 Okt)  (server down|server gangguan)$", lines[begin + 1])
    assert any("LP/12" in line for line in lines[begin:])


def test_a_stretch_without_cards_is_hatched_and_says_since_when(nobody):
    nobody.today("2017-10-02")
    nobody.did("init", "--office", "Disdukcapil Uji", "--opening", 600, "--daily", 200)
    for day in (3, 4, 5):
        nobody.today(f"2017-10-0{day}")
        nobody.did("print", 200)
    nobody.did("request", 6000, "--ref", "474/1")
    nobody.today("2017-10-13")
    page = made(nobody, "summary", name="week.html").decode()

    # Emptied on Thursday the 5th; Friday, and Monday to Friday.
    assert "empty since 5 Oct, 6 working days" in page
    assert "Hatched: the shelf was empty." in page
    assert page.count("kosong") == 0 and page.count('viewBox="0 0 340 ') == 1
    assert "empty since 5 Oct, 6 working days" in " ".join(nobody.did("summary").split())
    assert nobody.json("summary")["empty"] == [
        {"first": "2017-10-05", "last": "2017-10-13", "workdays": 6, "goes_on": True}
    ]


def test_the_picture_for_a_phone_keeps_its_words_inside_and_its_letters_large(waiting):
    page = made(waiting, "summary", name="week.html").decode()
    narrow = re.search(r'<svg [^>]*viewBox="0 0 340 .*?</svg>', page)[0]
    texts = re.findall(r'<text x="([\d.]+)" y="[\d.]+" text-anchor="(\w+)"[^>]*>([^<]+)<', narrow)
    reach = {"start": 1, "middle": 0.5, "end": 0}

    assert 'font-size="10"' in narrow
    assert all(float(x) + reach[anchor] * len(words) * 5.6 <= 345 for x, anchor, words in texts)


def test_the_request_has_room_for_the_officer_who_grants(week):
    page = week.did("summary")

    assert re.search(r"use of 17 working days at 200\.0, until Tue 21 Nov", page)
    assert "Approved: " in page
    assert week.json("summary")["request_sum_workdays"] == 17
    queue = week.json("summary")["queues"][0]
    # 36,646 : 2,000 a batch; 36,646 : (200 a day × 5 days a week).
    assert (queue["name"], round(queue["batches"], 3), round(queue["weeks"], 3)) == ("prr", 18.323, 36.646)


@pytest.mark.parametrize("language", ["en", "id"])
def test_the_report_of_a_full_month_has_its_signatures_on_the_first_page_and_its_days_on_the_second(nobody, language):
    nobody.today("2017-09-29")
    nobody.did("init", "--office", "Disdukcapil Uji", "--opening", 6000, "--daily", 200)
    nobody.speaks(language)
    nobody.today("2017-10-31")
    for day in (2, 3, 4, 5, 6, 9, 10, 11, 12, 13, 16, 17, 18, 19, 20, 23, 24, 25, 26, 27, 30, 31):
        nobody.did("print", 200 + day, "--on", f"2017-10-{day:02}")
    nobody.did("request", 4000, "--on", "2017-10-25")
    nobody.did("grant", 2000, "--due", "2017-11-06")
    nobody.did("backlog", "--prr", 36646, "--suket", 1200)
    pages = PdfReader(io.BytesIO(made(nobody, "report", "--month", "2017-10", name="month.pdf"))).pages
    first, second = (page.extract_text() for page in pages)

    assert ("Mengetahui" if language == "id" else "Acknowledged by") in first and "NIP" in first
    assert "NIP" not in second and ("Sel 31 Okt" if language == "id" else "Tue 31 Oct") in second


def test_the_sums_of_a_period_are_called_by_what_it_is(week):
    assert "This month: opening" in week.did("summary", "--from", "2017-10-01", "--to", "2017-10-31")
    assert "This day: opening" in week.did("summary", "--from", "2017-10-26", "--to", "2017-10-26")
    assert "This period: opening" in week.did("summary", "--from", "2017-10-24", "--to", "2017-10-26")


def test_the_days_of_a_long_period_follow_the_page_that_is_signed(week):
    week.today("2017-11-07")
    pages = PdfReader(io.BytesIO(made(week, "summary", "--from", "2017-10-20", name="long.pdf"))).pages
    signed, days = (page.extract_text() for page in pages)

    assert "Goods clerk" in signed and "This period" in signed
    assert "Annex: day by day" in days and "Mon 23 Oct" in days and "server down" in days


def pdf_text(made):
    return " ".join(" ".join(page.extract_text() for page in PdfReader(io.BytesIO(made)).pages).split())


@pytest.mark.parametrize("ending", ["pdf", "png", "html", "xlsx"])
def test_the_same_book_and_day_give_the_same_bytes(week, ending):
    assert made(week, "summary", name=f"a.{ending}") == made(week, "summary", name=f"b.{ending}")


def test_the_html_page_is_one_file_that_asks_nothing_of_the_network(week):
    week.did("settings", "head_name", "<script>alert(1)</script> & Co")
    text = made(week, "summary", name="week.html").decode()

    assert not re.search(r"(?:src|href)=|@import|url\(|<script", text)
    assert "&lt;script&gt;" in text
    assert 'name="viewport"' in text and "<svg" in text


def test_the_workbook_has_real_dates_numbers_and_sums(week):
    made(week, "summary", name="week.xlsx")
    rows = CalamineWorkbook.from_path(str(week.folder / "week.xlsx")).get_sheet_by_index(0).to_python()
    days = [row for row in rows if hasattr(row[0], "year")]
    (total,) = [row for row in rows if row[0] == "Total"]

    assert [row[2] for row in days] == [187, 201, 0, 210, 0]
    assert total[1:4] == [2000, 598, 3]


def test_a_page_on_the_screen_needs_a_file(week):
    assert week("summary", "-f", "pdf") == 2
    assert week("card", "-o", week.folder / "card.png") == 2
    assert week("summary", "-o", week.folder / "no" / "week.pdf") == 1
    assert week.papers() == set()


# --- Letters ------------------------------------------------------------------------------------


def test_the_letter_asks_in_figures_and_in_words(week):
    week.speaks("id")
    text = "\n".join(
        page.extract_text() for page in PdfReader(io.BytesIO(made(week, "surat", 4000, name="s.pdf"))).pages
    )

    assert "4.000 (empat ribu) keping" in " ".join(text.split())
    assert "Permohonan Blangko KTP-el" in text
    assert "36.646" in text


def summed(figures):
    """The cards of a letter's sum: what was there with all that came and went, and the result."""
    numbers = [int(re.sub(r"[^\d\u2212]", "", text).replace("\u2212", "-")) for _name, text in figures]
    return sum(numbers[:-1]), numbers[-1]


def test_the_sum_of_the_letter_adds_up_with_what_was_sent_lost_and_adjusted(nobody):
    """Bogor: 1,834 + 20,000 - 18,138 - 144 was told as 1,052, since 2,500 had been sent to sub-districts."""
    nobody.today("2017-07-03")
    nobody.did("init", "--office", "Disdukcapil Bogor", "--opening", 1834, "--daily", 300)
    nobody.did("receive", 20000)
    nobody.today("2017-10-20")
    nobody.did("print", 18138, "--since", "2017-07-03", "--yes")
    nobody.did("spoil", 144, "--cause", "print")
    nobody.did("send", 2500, "--to", "Kec. Cibinong", "--yes")
    letter = nobody.json("letter")

    assert letter["figures"][: letter["summed"]] == [
        ["Opening", "1,834 cards"],
        ["Received", "+ 20,000 cards"],
        ["Printed", "\u2212 18,138 cards"],
        ["Spoiled", "\u2212 144 cards"],
        ["Sent", "\u2212 2,500 cards"],
        ["On hand", "1,052 cards"],
    ]
    nobody.did("lost", 2, "--ref", "LP 12")
    nobody.did("count", 1053, "--adjust", "--reason", "three behind the printer", "--yes")
    letter = nobody.json("letter")
    assert summed(letter["figures"][: letter["summed"]]) == (1053, 1053)
    assert dict(letter["figures"])["Lost"] == "\u2212 2 cards"
    assert dict(letter["figures"])["Adjusted after a count"] == "+ 3 cards"


def test_the_letter_of_an_empty_shelf_says_since_when_and_names_the_request_that_nobody_answered(dry):
    letter = dry.json("letter")
    told = " ".join((*letter["opening"], *letter["closing"]))

    assert "the shelf has been empty since 5 October 2017, for 16 working days." in told
    # The 3rd to the 6th, and three weeks of five days of the giver; a request takes ten days, seven of them worked.
    assert "Our request no. 470/88 of 2 October 2017 for 6,000 cards has not been answered for 19 working days." in told
    assert "Usually the cards are there after 7 working days at the latest." in told


def test_the_letter_says_what_is_still_to_come_of_a_request(dry):
    dry.did("grant", 2000, "--due", "2017-10-31")
    dry.did("receive", 500, "--on", "2017-10-28")

    assert (
        "Of the 6,000 cards of our request no. 470/88 of 2 October 2017, 500 have been received; 1,500 are still to "
        "come. They were promised for 31 October 2017."
    ) in dry.json("letter")["closing"]


def test_a_letter_that_comes_late_says_by_when_the_cards_had_to_be_asked_for(nobody):
    nobody.today("2017-10-27")
    nobody.did("init", "--office", "X", "--opening", 400, "--daily", 200, "--on", "2017-10-02")
    told = " ".join(nobody.json("letter")["closing"])

    assert re.search(r"had to be asked for by \d+ October 2017, \d+ working days ago, at a use of 200\.0 cards", told)


def test_the_average_of_the_letter_divides_into_its_days_while_people_wait(week):
    week.did("settings", "print_capacity", 250)
    figures = dict(week.json("letter")["figures"])
    average = float(figures["Average of a working day while people wait"].replace(",", ""))

    # 2,124 on the shelf, less the five that the count missed.
    assert figures["Lasts"].startswith(f"{int(2119 / average)} working days")


LONG_NAMES = {
    "office_name": "Dinas Kependudukan dan Pencatatan Sipil Kabupaten Kepulauan Siau Tagulandang Biaro",
    "letterhead": "PEMERINTAH KABUPATEN KEPULAUAN SIAU TAGULANDANG BIARO\\nDINAS KEPENDUDUKAN DAN PENCATATAN SIPIL\\n"
    "Jalan Raya Ondong Siau Barat Kompleks Perkantoran Pemerintah Daerah Gedung C Lantai 2\\n"
    "Telepon (0432) 310123, Faksimile (0432) 310124, Kode Pos 95862",
    "addressee": "Kepala Dinas Kependudukan, Catatan Sipil dan Keluarga Berencana Daerah Provinsi Sulawesi Utara\\n"
    "Jalan Diponegoro No. 51\\nManado",
    "place": "Ondong Siau",
    "head_name": "Dr. Ir. Hendrikus Maximilianus Tatambihe-Kapantow, S.Sos., M.Si., M.H.",
    "head_rank": "Pembina Utama Muda, IV/c",
    "head_nip": "19700101 199503 1 001",
}


@pytest.fixture
def long_names(sanggau):
    for name, value in LONG_NAMES.items():
        sanggau.did("settings", name, value)
    sanggau.did("backlog", "--suket", 1200)
    sanggau.did("request", 6000, "--ref", "470/91/DKPS/X/2017", "--on", "2017-10-26")
    return sanggau


@pytest.mark.parametrize("language", ["en", "id"])
def test_a_letter_with_long_names_is_a_page_and_its_annex_another(long_names, language):
    long_names.speaks(language)
    letter = PdfReader(io.BytesIO(made(long_names, "letter", 65814, name="s.pdf")))

    assert len(letter.pages) == 2
    assert ("Tembusan" if language == "id" else "Copies") in letter.pages[0].extract_text()
    assert ("Disetujui" if language == "id" else "Approved") in letter.pages[1].extract_text()


@pytest.mark.skipif(not shutil.which("soffice"), reason="LibreOffice is not installed")
def test_a_letter_in_word_is_a_page_and_its_annex_another(long_names):
    long_names.speaks("id")
    made(long_names, "letter", 65814, name="s.docx")
    in_office_suite(long_names.folder, "s.docx", "pdf")

    assert len(PdfReader(long_names.folder / "s.pdf").pages) == 2


@pytest.fixture
def sanggau(week):
    """The same office with the figures published for September 2017, stated on the 20th of October."""
    week.did(
        "population", "--residents", 482500, "--eligible", 354753, "--recorded", 254635, "--printed", 217989,
        "--on", "2017-10-20",
    )  # fmt: skip
    return week


def test_the_letter_gives_the_levels_as_its_ground_each_with_its_day(sanggau):
    letter = sanggau.json("letter", 65814)

    body, annex = map(dict, (letter["figures"], letter["annex"]))
    assert body["Not recorded yet on 20 October 2017"] == "100,118 people"
    assert body["Recorded, not printed yet on 20 October 2017"] == "36,646 people"
    assert body["PRR on 27 October 2017"] == "36,646 people"
    assert annex["Not recorded yet on 20 October 2017"] == "354,753 \u2212 254,635 = 100,118 people"
    assert annex["Recorded, not printed yet on 20 October 2017"] == "254,635 \u2212 217,989 = 36,646 people"
    assert annex["Asked for in this letter"] == "65,814"


def test_a_prr_that_is_the_difference_of_two_figures_stands_in_the_letter_once(sanggau):
    sanggau.did("population", "--recorded", 254635, "--on", "2017-10-27")
    body = dict(sanggau.json("letter")["figures"])

    assert body["Recorded, not printed yet (PRR) on 27 October 2017"] == "36,646 people"
    assert not any(name.startswith("PRR") for name in body)


def test_the_letter_with_its_ground_is_a_page_and_its_annex_another(sanggau):
    sanggau.did("backlog", "--suket", 1200)
    for language in ("en", "id"):
        sanggau.speaks(language)
        letter = PdfReader(io.BytesIO(made(sanggau, "letter", 65814, name="s.pdf")))

        assert len(letter.pages) == 2
        assert "100,118" in letter.pages[0].extract_text().replace(".", ",")


def test_the_summary_says_what_follows_from_the_population(sanggau):
    said = " ".join(sanggau.did("summary").split())

    assert "Not recorded yet 354,753 \u2212 254,635 = 100,118" in said
    assert "Recorded, not printed yet 254,635 \u2212 217,989 = 36,646" in said
    data = sanggau.json("summary")
    assert (data["not_recorded"], data["not_printed"]) == (100118, 36646)


def test_the_letter_in_word_says_the_same_and_has_no_leftover_of_its_template(week):
    week.did("settings", "head_name", "Drs. A & B <C>")
    document = docx.Document(io.BytesIO(made(week, "letter", 4000, "--ref", "470/88", name="s.docx")))
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    text = "\n".join([*(paragraph.text for paragraph in document.paragraphs), *cells])

    assert "We therefore ask for 4,000 (four thousand) blank KTP-el cards." in text
    assert "Drs. A & B <C>" in text and ": 470/88" in text
    assert not re.search(r"[{}%]{2}", text)


def test_the_letter_is_the_same_bytes_each_time(week):
    for ending in ("docx", "pdf"):
        assert made(week, "letter", name=f"a.{ending}") == made(week, "letter", name=f"b.{ending}")


def test_an_office_may_use_its_own_template(week):
    own = docx.Document()
    own.add_paragraph("Kami minta: {{ closing[0] }}")
    own.save(week.folder / "own.docx")
    document = docx.Document(
        io.BytesIO(made(week, "letter", 4000, "--template", week.folder / "own.docx", name="s.docx"))
    )

    assert document.paragraphs[0].text.startswith("Kami minta: We therefore ask for 4,000")


@pytest.mark.file
def test_a_template_from_a_stick_runs_no_program(week):
    own, told = docx.Document(), week.folder / "told"
    own.add_paragraph(f"{{{{ cycler.__init__.__globals__.os.popen('cp {week.book} {told}').read() }}}}")
    own.save(week.folder / "own.docx")

    assert week("letter", "--template", week.folder / "own.docx", "-o", week.folder / "s.docx") == 1
    assert not told.exists() and not (week.folder / "s.docx").exists()
    assert "cannot be filled" in week.err and "unsafe" in week.err


@pytest.mark.parametrize("content", [b"not a document", None])
def test_a_template_that_fails_leaves_no_request_behind(week, content):
    template = week.folder / "own.docx"
    if content:
        template.write_bytes(content)
    before = week.last_entry()

    assert week("letter", "--record", "--template", template, "-o", week.folder / "s.docx") == 1
    assert week.last_entry() == before
    assert not (week.folder / "s.docx").exists()


def test_a_letter_records_its_request_in_the_same_step(week):
    made(week, "letter", 4000, "--ref", "470/99", "--record", name="s.pdf")

    assert week.json("status")["on_order_cards"] == 4000


def test_a_destruction_comes_with_the_draft_of_its_minutes(week):
    week.speaks("id")
    week.today("2017-10-28")
    week.did("rusak", 2, "--sebab", "gagal-encode", "--pada", "2017-10-27")
    text = pdf_text(made(week, "musnah", 5, "--ref", "BA 470/7", name="ba.pdf"))

    assert "BERITA ACARA PEMUSNAHAN" in text and "BA 470/7" in text
    assert "Pada hari ini Sabtu tanggal dua puluh delapan bulan Oktober tahun dua ribu tujuh belas" in text
    assert "Surat Edaran Menteri Dalam Negeri Nomor 470.13/11176/SJ" in text
    assert "sebanyak 5 keping (lima)" in text
    # Three were spoiled while printing on the 23rd, two of another cause on the 27th.
    assert "gagal cetak 3 keping" in text and "gagal encode 2 keping" in text and "Jumlah 5 keping" in text
    assert "Pengurus Barang" in text and "Kepala Dinas" in text and "Saksi-saksi:" in text
    assert "masih disimpan: 0 keping" in text


def test_minutes_say_how_the_cards_were_destroyed_only_when_it_was_said(week):
    week.speaks("id")
    silent = pdf_text(made(week, "musnah", 1, "--ref", "BA 1", name="a.pdf"))
    said = pdf_text(made(week, "musnah", 1, "--ref", "BA 2", "--cara", "dipotong-potong", name="b.pdf"))

    assert "Pemusnahan dilakukan dengan cara: ...." in silent and "dibakar" not in silent
    assert "dengan cara: dipotong-potong." in said
    assert week.json("card")["rows"][-1]["note"] == "dipotong-potong"


def test_minutes_leave_the_causes_to_a_pen_when_a_part_of_a_mixed_pile_is_destroyed(week):
    week.did("spoil", 2, "--cause", "encode")
    text = pdf_text(made(week, "destroy", 4, "--ref", "BA 1", name="ba.pdf"))

    assert "misprinted ............ cards" in text and "chip not encoded ............ cards" in text
    assert "Total 4 cards" in text


def test_the_minutes_in_word_say_the_same_on_one_page(week):
    week.speaks("id")
    document = docx.Document(io.BytesIO(made(week, "musnah", 3, "--ref", "BA 470/7", name="ba.docx")))
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]

    assert cells[cells.index("gagal cetak") :][:2] == ["gagal cetak", "3 keping"]
    assert any("470.13/11176/SJ" in paragraph.text for paragraph in document.paragraphs)


def test_minutes_of_a_refused_destruction_are_not_left_behind(week):
    assert week("destroy", 9, "--ref", "BA", "-o", week.folder / "ba.pdf") == 1
    assert not (week.folder / "ba.pdf").exists()


def test_the_month_is_reported_from_its_first_to_its_last_day(week):
    page = week.json("report", "--month", "2017-10")

    assert page["period"] == {"from": "2017-10-01", "to": "2017-10-31"}
    assert page["opening_cards"] == 1000
    assert week.json("report", "--month", "oktober") == page
    assert week("report", "--month", "octember") == 1


@pytest.fixture
def october(week):
    """The week, and 8 spoiled cards held from September, of which 6 were destroyed, and 2 lost."""
    week.did("spoil", 5, "--cause", "encode", "--on", "2017-10-24", "--yes")
    week.did("spoil", 1, "--on", "2017-10-24", "--yes")
    week.did("destroy", 6, "--ref", "BA 470/7")
    week.did("lost", 2, "--ref", "LP/44")
    return week


def test_the_month_tells_its_weeks_what_was_spoiled_and_why_the_minutes_and_the_counts(october):
    page = october.json("report", "--month", "2017-10")

    assert page["schema"] == "blangko.summary/1"
    assert [(each["from"], each["printed_cards"], each["closing_cards"]) for each in page["weeks"]] == [
        ("2017-10-16", 0, 1000),
        ("2017-10-23", 598, 2116),
    ]
    # The 3 beside the prints of Monday were misprinted.
    assert page["spoiled_by_cause"] == {"encode": 5, "print": 3, "not_said": 1}
    assert page["spoiled_share"] == round(9 / 607, 4)
    assert page["printed_by_purpose"] == {"prr": 187, "not_said": 411}
    assert [(each["cards"], each["reference"]) for each in page["destroyed"]] == [(6, "BA 470/7")]
    assert [(each["cards"], each["reference"]) for each in page["lost"]] == [(2, "LP/44")]
    assert [(each["counted_cards"], each["discrepancy_cards"]) for each in page["counts"]] == [(2119, 1)]


IN_OCTOBER = {
    "en": (
        "Monthly report of blank KTP-el cards",
        "October 2017, up to 27 October 2017",
        "Chip not encoded",
        "9 of 607 cards printed or spoiled: 1.5 %",
        "BA 470/7",
    ),
    "id": (
        "Laporan Bulanan Persediaan Blangko KTP-el",
        "Oktober 2017, sampai dengan 27 Oktober 2017",
        "Gagal encode",
        "9 dari 607 keping tercetak atau rusak: 1,5 %",
        "BA 470/7",
    ),
}


@pytest.mark.parametrize("language", ["en", "id"])
@pytest.mark.parametrize("ending", ["pdf", "html", "md", "txt"])
def test_the_month_is_told_in_every_form_and_language(october, language, ending):
    october.speaks(language)
    raw = made(october, "report", "--month", "2017-10", name=f"month.{ending}")
    text = PdfReader(io.BytesIO(raw)).pages[0].extract_text() if ending == "pdf" else raw.decode()

    assert [words for words in IN_OCTOBER[language] if words not in " ".join(text.split())] == []


def test_references_full_of_signs_stay_text_on_the_page_of_the_month(october):
    october.did("settings", "letterhead", "#set text(red) <b>Dinas</b>")
    october.did("count", 2100)
    october.did("lost", 1, "--ref", '<script> #read("x") *BA*')
    raw = made(october, "report", name="month.pdf")
    text = " ".join(PdfReader(io.BytesIO(raw)).pages[0].extract_text().split())

    assert "#set text(red) <b>Dinas</b>" in text and '<script> #read("x") *BA*' in text
    assert "<script>" not in made(october, "report", name="month.html").decode()


def test_the_report_of_a_month_is_issued_once(october):
    before = october.last_entry()
    october.did("report", "--issue")
    october.did("report", "--issue")

    assert october.last_entry() == before + 1
    assert f"issued as no. {before + 1}" in october.did("report")


def test_the_notice_is_one_line_with_a_link(week):
    week.speaks("id")
    line, link = week.did("kabar").splitlines()

    assert line.startswith("Blangko KTP-el Disdukcapil Uji, Jum 27 Okt 2017: tercetak 0, rusak 0, sisa 2.124 keping")
    assert link.startswith("https://wa.me/?text=Blangko%20KTP-el%20Disdukcapil")
    assert " " not in link


def in_office_suite(folder, name, to):
    """Convert a file beside itself."""
    subprocess.run(
        # A profile of its own: two at once in the same one refuse to start.
        ["soffice", f"-env:UserInstallation={(folder / 'profile').as_uri()}", "--headless", "--convert-to", to,
         "--outdir", folder, folder / name],
        check=True,
        capture_output=True,
        timeout=PATIENCE_SECONDS,
    )  # fmt: skip


@pytest.mark.skipif(not shutil.which("soffice"), reason="LibreOffice is not installed")
@pytest.mark.parametrize(("words", "ending", "to"), [(["summary"], "xlsx", "csv"), (["letter"], "docx", "txt")])
def test_libreoffice_reads_what_was_written(week, words, ending, to):
    made(week, *words, name=f"page.{ending}")
    in_office_suite(week.folder, f"page.{ending}", to)

    assert "2,124" in (week.folder / f"page.{to}").read_text(encoding="utf-8", errors="replace")


ISSUES = [("summary", "--issue"), ("report", "--issue"), ("letter", "--record")]


@pytest.mark.parametrize("target", [".", "nowhere/week.csv"])
@pytest.mark.parametrize("words", ISSUES)
def test_a_paper_that_cannot_be_saved_is_not_written_down_as_handed_out(office, words, target):
    office.chdir(office.folder)
    before = office.last_entry()

    assert office(*words, "-f", "csv", "-o", target) == 1
    assert office.last_entry() == before


@pytest.mark.file
@pytest.mark.parametrize("words", ISSUES)
def test_a_paper_in_the_place_of_the_book_is_not_written_down_as_handed_out(office, words):
    before = office.last_entry()

    assert office(*words, "-f", "csv", "-o", office.book) == 1
    assert office.last_entry() == before


def test_a_paper_drawn_while_somebody_wrote_is_not_issued(office, monkeypatch):
    from blangko.stockroom import papers

    drawn = papers.summary

    def meanwhile(*words):
        made = drawn(*words)
        office("print", 5, "--yes")
        return made

    monkeypatch.setattr(papers, "summary", meanwhile)

    assert office("summary", "--issue") == 1
    assert "somebody wrote into the book" in office.err


def test_a_changed_entry_before_the_one_of_a_check_code_is_the_one_that_is_named(week):
    code = week.json("summary", "--issue")["check_code"]
    forge(week.place, "UPDATE entry SET cards = 1 WHERE entry_no = 4")

    assert week("verify", "--code", code) == 1
    assert "entry no. 4 is not as it was" in week.err


def test_the_page_of_an_empty_office_does_not_say_that_nothing_need_be_asked_for(nobody):
    nobody.did("init", "--office", "Disdukcapil Uji", "--code", "61.03", "--opening", 0)
    page = nobody.did("summary", "-f", "markdown")

    assert "To ask for: **–** not known" in page
