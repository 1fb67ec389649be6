"""The plan as one page: the four decisions with their sums, in every form, whatever the book holds."""

import io
import re
from datetime import date

import pytest
from pypdf import PdfReader
from python_calamine import CalamineWorkbook

from blangko.core.answer import answer
from blangko.core.plan import plan
from blangko.core.target import Wanted
from blangko.reports.plan_chart import plan_chart
from blangko.words.language import speak
from tests.books import facts

A4_POINTS = (595, 842)


def made(office, name, *words):
    office.did("plan", *words, "-o", office.folder / name)
    return (office.folder / name).read_bytes()


def letters(pdf):
    return " ".join(" ".join(page.extract_text() for page in PdfReader(io.BytesIO(pdf)).pages).split())


@pytest.fixture
def sanggau(nobody):
    """The founding story: cards for a week, 36,646 recorded without a card, a target, and nothing on order."""
    nobody.today("2017-10-28")
    nobody.did(
        "init", "--office", "Disdukcapil Sanggau", "--code", "61.03", "--opening", 1040, "--daily", 200,
        "--on", "2017-10-27",
    )  # fmt: skip
    nobody.did("population", "--recorded", 231595, "--on", "2016-10-28", "--yes")
    nobody.did("population", "--eligible", 354753, "--recorded", 254635, "--printed", 217989)
    nobody.did("backlog", "--prr", 36646)
    return nobody


TARGET = ("--coverage", 80, "--by", "2017-11-30", "--teams", 2, "--ration-until", "2017-11-10")


@pytest.fixture
def klaten(nobody):
    """10,000 cards, a counter that prints 250 a day, and 18,542 people waiting."""
    nobody.today("2017-04-25")
    nobody.did("init", "--office", "Disdukcapil Klaten", "--code", "33.10", "--opening", 10000, "--daily", 100)
    nobody.did("settings", "capacity", 250)
    nobody.did("backlog", "--prr", 18542)
    return nobody


@pytest.fixture
def calm(nobody):
    """Cards for a year and nobody waiting."""
    nobody.did("init", "--office", "Disdukcapil Tenang", "--opening", 60000, "--daily", 100, "--on", "2017-10-02")
    return nobody


@pytest.fixture
def empty(nobody):
    """Nothing left, and nothing on order."""
    nobody.did("init", "--office", "Disdukcapil Penajam", "--opening", 0, "--daily", 120, "--on", "2017-10-27")
    return nobody


@pytest.fixture
def unknown(nobody):
    """A book of today that knows nothing of its use."""
    nobody.did("init", "--office", "Disdukcapil Baru", "--opening", 500)
    return nobody


@pytest.mark.parametrize("language", ["en", "id"])
@pytest.mark.parametrize("name", ["sanggau", "klaten", "calm", "empty", "unknown"])
def test_the_plan_is_one_page_of_a4_in_both_languages(request, name, language):
    office = request.getfixturevalue(name)
    office.speaks(language)
    pages = PdfReader(io.BytesIO(made(office, "plan.pdf"))).pages

    assert len(pages) == 1
    assert tuple(round(float(side)) for side in pages[0].mediabox[2:]) == A4_POINTS


def test_the_page_answers_the_four_questions_of_the_founding_story(sanggau):
    page = letters(made(sanggau, "plan.pdf", *TARGET))

    assert "Disdukcapil Sanggau" in page and "Saturday, 28 October 2017" in page
    for question in ("1. When to go", "2. How much to ask for", "3. What to ration", "4. What to tell"):
        assert question in page
    # 354,753 - 254,635, 254,635 - 217,989; 80 % of 354,753 is 283,803, and 24 working days are left.
    for ground in (
        "100,118 people",
        "36,646 people",
        "29,168 recordings",
        "It takes 1,215 a day: 608 from each of 2 teams",
    ):
        assert ground in page
    assert "cannot be reached" in page


def test_a_plan_that_is_full_of_everything_is_still_one_page(sanggau):
    head = "\n".join(
        ["PEMERINTAH KABUPATEN SANGGAU", "DINAS KEPENDUDUKAN DAN PENCATATAN SIPIL", "Jalan Jenderal Sudirman"]
    )
    sanggau.did("settings", "letterhead", head)
    sanggau.did("backlog", "--suket", 12000)
    for neighbour in range(4):
        sanggau.did("send", 5, "--to", f"Disdukcapil Kabupaten Tetangga Nomor {neighbour}", "--loan")
    for no in (1, 2, 3):
        sanggau.did("request", 2000 * no, "--due", f"2017-11-{no:02}")
        sanggau.did("grant", 1000 * no)
    for language in ("en", "id"):
        sanggau.speaks(language)
        assert len(PdfReader(io.BytesIO(made(sanggau, "plan.pdf", *TARGET))).pages) == 1


def test_klaten_has_cards_for_forty_days_and_then_8542_still_wait(klaten):
    page = letters(made(klaten, "plan.pdf"))

    assert "10,000 cards at 250 a day = 40 working days" in page
    assert "18,542 \u2212 10,000 = 8,542 still waiting" in page
    assert "No target was named." in page


def test_an_empty_shelf_has_nothing_to_ration(empty):
    page = letters(made(empty, "plan.pdf"))

    assert "The shelf is empty." in page
    assert "Nothing: the shelf is empty. More is likely on" in page
    assert "0 cards on" not in page


def test_an_office_with_nothing_to_plan_is_told_so_calmly(calm):
    page = letters(made(calm, "plan.pdf"))

    assert "Nothing need be asked for yet." in page
    assert "Nothing: the cards last until" in page
    assert "The queue" not in page


def test_a_book_that_knows_no_use_has_a_page_without_a_picture(unknown):
    page = made(unknown, "plan.html").decode()

    assert "Not known: too few days are written down." in page
    assert 'role="img"' not in page


def test_an_empty_shelf_whose_use_nobody_knows_is_not_told_that_nothing_need_be_asked_for(nobody):
    nobody.did("init", "--office", "Disdukcapil Baru", "--opening", 0)
    text = letters(made(nobody, "plan.pdf"))

    assert "The shelf is empty. Ask for the next batch now." in text
    assert "How much to ask for, and on what ground Not known" in text


def test_the_same_book_gives_the_same_bytes_in_every_form(sanggau):
    for ending in ("pdf", "png", "html", "xlsx"):
        first, second = (made(sanggau, f"{name}.{ending}", *TARGET) for name in "ab")
        assert first == second
    assert made(sanggau, "plan.png").startswith(b"\x89PNG")


def test_the_page_for_a_browser_needs_nothing_else_and_believes_no_text(nobody):
    evil = '<script>alert(1)</script> "\' & {{7*7}} #panic("x")'
    nobody.did("init", "--office", evil, "--opening", 1000, "--daily", 100, "--on", "2017-10-02")
    nobody.did("send", 5, "--to", evil, "--loan")
    nobody.did("backlog", "--prr", 300)
    page = made(nobody, "plan.html").decode()

    assert "<script" not in page
    assert page.count("&lt;script&gt;alert(1)&lt;/script&gt;") >= 2
    assert "{{7*7}}" in page
    # Nothing is fetched: the only addresses are the names of the picture's language.
    assert set(re.findall(r'https?://[^"\s]+', page)) == {"http://www.w3.org/2000/svg"}
    assert not re.search(r"<(link|img|iframe|script)\b|@import|url\(", page)
    assert made(nobody, "plan.pdf").startswith(b"%PDF")


def test_the_workbook_holds_numbers_and_days_to_count_on_with(sanggau):
    rows = CalamineWorkbook.from_filelike(io.BytesIO(made(sanggau, "plan.xlsx", *TARGET))).get_sheet_by_index(0)
    cells = [row for row in rows.to_python() if any(cell != "" for cell in row)]
    figures = {row[0]: row[3] for row in cells if isinstance(row[3], int | float | date)}

    assert figures["On hand"] == 1040
    assert figures["People waiting"] == 36646
    assert figures["Recordings needed"] == 29168
    assert figures["Day of the target"] == date(2017, 11, 30)
    assert figures["More cards are there on"] == date(2017, 11, 10)
    assert figures["Not recorded yet on 28 October 2017"] == 100118
    head = next(number for number, row in enumerate(cells) if row[0] == "Working day")
    # 36,646 + 96 - 200 wait and 1,040 - 200 are left on the evening of the first working day.
    assert cells[head + 1][:3] == [date(2017, 10, 30), 200, 36542]
    assert cells[head + 1][4] == 840


# --- What is only supposed ------------------------------------------------------------------------

IF = ("--if-receive", "2000@2017-10-30", "--if-quota", 100, "--if-extra", "40@2017-11-03..2017-11-14")


def test_a_supposition_says_so_before_anything_else_and_shows_before_and_after(sanggau):
    page = letters(made(sanggau, "plan.pdf", *TARGET, *IF))

    assert "A SUPPOSITION, AND NOT WHAT THE BOOK SAYS" in page
    assert page.index("A SUPPOSITION") < page.index("1. When to go")
    assert "Supposed, and not written down: 2,000 cards there on Mon 30 Oct; at most 100 given out a day" in page
    # 1,040 cards at 200 a day; with 2,000 more and 100 a day they last four weeks and more.
    assert "Runs out" in page and "instead of Mon 6 Nov" in page
    assert "A SUPPOSITION" not in letters(made(sanggau, "plan.pdf", *TARGET))


@pytest.mark.parametrize("language", ["en", "id"])
def test_a_supposed_plan_is_one_page_too(sanggau, language):
    sanggau.speaks(language)

    assert len(PdfReader(io.BytesIO(made(sanggau, "plan.pdf", *TARGET, *IF))).pages) == 1


def test_every_form_of_a_supposed_plan_says_so_and_nothing_is_written(sanggau):
    before = sanggau.last_entry()

    assert "A supposition, and not what the book says" in made(sanggau, "plan.html", *IF).decode()
    rows = CalamineWorkbook.from_filelike(io.BytesIO(made(sanggau, "plan.xlsx", *IF))).get_sheet_by_index(0).to_python()
    assert rows[4][0] == "A SUPPOSITION, AND NOT WHAT THE BOOK SAYS"
    assert ["On order", "", "0", "2,000", "+2,000", ""] in [row[:6] for row in rows]
    data = sanggau.json("plan", *IF)
    assert (data["on_order_cards"], data["before"]["on_order_cards"]) == (2000, 0)
    assert data["schema"] == data["before"]["schema"] == "blangko.plan/1"
    assert {each["what"] for each in data["supposed"]} == {"receive", "quota", "extra"}
    assert sanggau.last_entry() == before


@pytest.mark.parametrize("language", ["en", "id"])
def test_the_screen_of_a_supposed_plan_keeps_to_the_window(sanggau, language):
    sanggau.speaks(language)
    said = sanggau.did("plan", *TARGET, *IF)

    assert max(map(len, said.splitlines())) <= 80
    assert "36,646" in said.replace(".", ",")


# --- The picture ----------------------------------------------------------------------------------


def drawn(book, as_of, **wanted):
    speak("en")
    return plan_chart(plan(answer(facts(book, as_of)), Wanted(**wanted)))


BOOK = """
    2017-10-27  setting  typical_daily_use  100
    2017-10-27  opening  3000
"""


def test_the_picture_has_a_second_part_where_people_wait():
    alone = drawn(BOOK, "2017-10-27")
    waiting = drawn(BOOK + "2017-10-27  setting  print_capacity  150\n2017-10-27  backlog  prr  900", "2017-10-27")

    assert "people waiting" not in alone
    assert "people waiting" in waiting
    assert waiting.count("<polyline") == alone.count("<polyline") + 1


def test_the_picture_marks_the_days_of_which_the_page_speaks():
    picture = drawn(BOOK, "2017-10-27", ration_until=date(2017, 12, 22))

    # 3,000 cards at 100 a day are gone after 30 working days, on Friday 8 December; a use that was only stated may be
    # less, and the middle of what is likely is Tuesday the 12th.
    assert "empty 12 Dec" in picture
    assert "last until 22 Dec" in picture
    assert "nobody waits" not in picture


def test_no_day_ends_a_queue_while_nobody_knows_what_comes():
    book = BOOK + "2017-10-27  setting  print_capacity  150\n2017-10-27  backlog  prr  18000"

    assert "nobody waits" not in drawn(book, "2017-10-27")


def test_there_is_no_picture_of_what_nobody_knows():
    assert drawn("2017-10-27  opening  500", "2017-10-27") == ""


def test_an_empty_shelf_is_marked_by_the_day_on_which_cards_are_likely():
    book = """
        2017-10-20  setting  typical_daily_use  100
        2017-10-20  opening  200
        2017-10-23  request  2000  due_on=2017-11-07
        2017-10-23  print    200
    """
    picture = drawn(book, "2017-10-27")

    assert "cards likely 7 Nov" in picture
    assert "empty" not in picture and "last until" not in picture
