"""Buku: the stock card as a page, one entry with all that belongs to it, and a command taken back from there."""

import re


def days_written(office):
    """Two days: 187 printed and 3 spoiled of 1,000 on Thursday, 40 printed on Friday."""
    office.did("print", 187, "--spoiled", 3, "--on", "2017-10-26", "--note", "listrik padam")
    office.did("print", 40, "--on", "2017-10-27")


def numbers(page):
    """The numbers of the entries that the card shows."""
    return [int(number) for number in re.findall(r'<td><a href="/book/(\d+)">', page)]


def test_the_card_shows_each_day_with_what_came_what_went_and_what_was_left(office, visit):
    days_written(office)
    page = visit().get("/book?lang=en")

    # The settings of a new office are stated on the day it is begun, its opening on the day that was named.
    assert numbers(page) == [3, 4, 5, 1, 2, 6]
    assert page.index('colspan="7">Thu 26 Oct 2017') < page.index('colspan="7">Fri 27 Oct 2017')
    assert '<td class="right">813</td>' in page
    assert '<td class="right">770</td>' in page


def test_the_card_shows_only_the_days_the_kind_and_the_words_that_were_asked_for(office, visit):
    days_written(office)
    at_the_desk = visit()

    assert numbers(at_the_desk.get("/book?from=27/10/2017&to=27/10/2017")) == [1, 2, 6]
    assert numbers(at_the_desk.get("/book?kind=spoil")) == [5]
    assert numbers(at_the_desk.get("/book?text=LISTRIK")) == [4, 5]
    assert numbers(at_the_desk.get("/book?text=nowhere")) == []


def test_a_period_that_ends_before_it_begins_is_told_beside_the_filter(office, visit):
    at_the_desk = visit()
    page = at_the_desk.get("/book?from=2017-10-27&to=2017-10-02&lang=en")

    assert at_the_desk.code == 400 and 'role="alert"' in page
    assert "27 Oct 2017" in page


def test_the_days_before_are_one_click_away(office, visit):
    at_the_desk = visit()
    office.did("print", 40, "--on", "2017-10-27")
    page = at_the_desk.get("/book?from=2017-10-23&to=2017-10-27&lang=en")

    assert 'href="/book?from=2017-10-18&amp;to=2017-10-22"' in page and "Later" not in page
    assert 'href="/book?from=2017-10-23&amp;to=2017-10-27"' in at_the_desk.get("/book?from=2017-10-18&to=2017-10-22")


def test_an_entry_shows_its_command_its_seal_and_who_wrote_it(office, visit):
    days_written(office)
    page = visit().get("/book/5?lang=en")

    assert re.search(r"<dd>[0-9a-f]{64}</dd>", page)
    assert 'href="/book/4"' in page and "187 cards printed" in page
    assert "listrik padam" in page and "On hand after it: 810 cards" in page


def test_a_command_is_taken_back_with_a_reason_and_both_sides_name_each_other(office, visit):
    days_written(office)
    at_the_desk = visit()
    at_the_desk.get("/book/4?lang=en")
    page = at_the_desk.send("/book/4/undo", reason="typed for the wrong day")

    assert at_the_desk.code == 200 and "no. 4 taken back" in page
    assert office.json("status")["on_hand_cards"] == 960
    assert 'href="/book/7"' in page and "taken back by" in page
    assert 'href="/book/4"' in at_the_desk.get("/book/7") and "typed for the wrong day" in at_the_desk.text
    assert "taken back by no. 7" in at_the_desk.get("/book?lang=en")
    assert 'action="/book/4/undo"' not in at_the_desk.get("/book/4")


def test_without_a_reason_nothing_is_taken_back(office, visit):
    days_written(office)
    at_the_desk = visit()
    at_the_desk.get("/book/4?lang=en")
    page = at_the_desk.send("/book/4/undo", reason="  ")

    assert at_the_desk.code in (400, 409) and "Reason is missing" in page
    assert office.last_entry() == 6


def test_what_would_leave_the_shelf_below_zero_is_refused_beside_the_reason(office, visit):
    days_written(office)
    at_the_desk = visit()
    at_the_desk.get("/book/3?lang=en")
    page = at_the_desk.send("/book/3/undo", reason="never came")

    assert at_the_desk.code == 409 and 'value="never came"' in page and 'role="alert"' in page
    assert office.last_entry() == 6


def test_an_entry_that_is_not_there_is_told(office, visit):
    at_the_desk = visit()
    at_the_desk.get("/book/99?lang=en")

    assert at_the_desk.code == 409 and "99" in at_the_desk.text


def test_what_was_typed_into_a_note_stays_text_on_the_card_and_on_the_entry(office, visit):
    office.did("print", 5, "--note", "<script>alert(1)</script>")
    at_the_desk = visit()

    assert "<script>alert" not in at_the_desk.get("/book") + at_the_desk.get("/book/4")
    assert "&lt;script&gt;alert" in at_the_desk.text


def test_the_card_is_also_a_paper(office, visit):
    at_the_desk = visit()
    answer = at_the_desk.client.get("/book/card.pdf?from=2017-10-02&to=2017-10-27")

    assert answer.status_code == 200 and answer.data.startswith(b"%PDF")


def test_whoever_only_reads_is_offered_no_way_to_take_anything_back(office, visit):
    days_written(office)

    assert '<form method="post"' not in visit(read_only=True).get("/book/4")
