"""Hari ini: what the clerk sees first, and the day's prints written from the page."""

import re
from html import unescape

from blangko.core.columns import STOP_CAUSES


def test_the_page_says_what_the_status_says(office, visit):
    page = visit().get("/?lang=en")

    assert "Disdukcapil Uji" in page
    assert office.json("status")["on_hand_cards"] == 1000 and "1,000" in page


def test_a_clerk_writes_the_day_s_prints_and_sees_what_follows(office, visit):
    at_the_desk = visit()
    at_the_desk.get("/?lang=en")
    page = at_the_desk.send("/print", printed="187", spoiled="3")

    assert at_the_desk.code == 200 and "187 cards printed" in page and "810" in page
    assert [row["kind"] for row in office.json("card")["rows"]] == ["opening", "print", "spoil"]
    assert office.json("card")["rows"][-1]["recorded_by"] == "uid 1000 siti"


def test_a_form_that_is_sent_twice_is_written_once(office, visit):
    at_the_desk = visit()
    at_the_desk.get("/")
    form = {**at_the_desk.hidden("/print"), "printed": "187"}
    for _ in range(3):
        at_the_desk.post("/print", form)

    assert at_the_desk.code == 200
    assert office.json("status")["on_hand_cards"] == 813


def test_a_question_of_the_book_is_a_second_step(office, visit):
    office.did("print", 187)
    at_the_desk = visit()
    at_the_desk.get("/?lang=en")
    asked = at_the_desk.send("/print", printed="187")

    assert at_the_desk.code == 409 and "Nothing has been written yet" in asked
    assert "<p>The same stands in the book already for that day: 187 cards printed, no. 4.</p>" in asked
    assert office.json("status")["on_hand_cards"] == 813
    at_the_desk.send("/print", yes="yes")

    assert office.json("status")["on_hand_cards"] == 626


def test_what_is_refused_is_told_beside_the_form_with_what_was_typed(office, visit):
    at_the_desk = visit()
    at_the_desk.get("/?lang=en")
    page = at_the_desk.send("/print", printed="2000")

    assert at_the_desk.code == 409 and 'value="2000"' in page and "1,000" in page
    assert office.last_entry() == 3


def test_the_last_command_is_taken_back_by_one_click(office, visit):
    at_the_desk = visit()
    at_the_desk.get("/")
    at_the_desk.send("/print", printed="187", spoiled="3")
    at_the_desk.send("/undo")

    assert office.json("status")["on_hand_cards"] == 1000


def test_each_visitor_speaks_the_language_of_the_browser_until_another_is_chosen(visit):
    at_the_desk = visit()

    assert "Catat cetakan hari ini" in at_the_desk.get("/", headers={"Accept-Language": "id-ID,id;q=0.9"})
    assert "Write down the day" in at_the_desk.get("/?lang=en", headers={"Accept-Language": "id-ID,id;q=0.9"})
    assert "Write down the day" in at_the_desk.get("/", headers={"Accept-Language": "id-ID,id;q=0.9"})


def test_an_office_that_wants_a_name_with_every_entry_is_given_it_in_a_second_step(office, visit):
    office.did("settings", "require_name", "yes")
    at_the_desk = visit()
    at_the_desk.get("/?lang=en")
    page = at_the_desk.send("/print", printed="44")
    assert "this office wants a name with every entry" in page and "--by" not in page
    at_the_desk.send("/print", by="Siti", named="yes")

    last = office.json("card")["rows"][-1]
    assert last["cards"] == 44 and last["recorded_by"].startswith("Siti (")


def test_a_picture_shown_in_the_language_of_its_page_chooses_none_for_the_next(visit):
    at_the_desk = visit()
    page = at_the_desk.get("/", headers={"Accept-Language": "id"})
    at_the_desk.get(unescape(re.search(r'<img src="([^"]*)"', page)[1]))

    assert "Write down the day" in at_the_desk.get("/", headers={"Accept-Language": "en"})


def test_a_day_is_said_back_with_its_weekday(visit):
    assert visit().get("/day?text=18/10/2017&lang=id") == "Rabu, 18 Oktober 2017"


def test_nothing_is_written_from_a_page_that_is_read_only(office, visit):
    reader = visit(read_only=True)
    reader.get("/")

    assert 'action="/print"' not in reader.text
    reader.post("/print", {"printed": "5"})
    assert reader.code == 400 and office.last_entry() == 3


def test_each_reason_for_fewer_prints_is_said_in_the_language_of_the_page(visit):
    offered = re.findall(r'<option value="([a-z-]+)">([^<]+)</option>', visit().get("/?lang=id"))

    assert [code for code, said in offered] == list(STOP_CAUSES)
    assert ("no-blanks", "blangko kosong") in offered and not [code for code, said in offered if code == said]
