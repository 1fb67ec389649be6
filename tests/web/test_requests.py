"""Permohonan: what a clerk asks for, hears, receives and lends, written from the page."""

import re

import pytest


@pytest.fixture
def asked(office):
    """Of 1,000 cards 200 went on each of five days, and 4,000 were asked for on Monday."""
    for day in ("16", "17", "18", "19", "20"):
        office.did("print", 150, "--on", f"2017-10-{day}", "--yes")
    office.did("request", 4000, "--to", "Provinsi", "--ref", "470/1", "--on", "2017-10-23")
    return office


def request(office):
    """The last request as the month's papers know it."""
    return office.json("summary")["requests"][-1]


def test_the_sum_says_how_many_to_ask_for_and_the_form_proposes_them(office, visit):
    for day in ("16", "17", "18", "19", "20"):
        office.did("print", 150, "--on", f"2017-10-{day}", "--yes")
    said = office.json("status")
    page = visit().get("/requests?lang=en")

    assert (
        said["request_cards"]
        and f'name="cards" type="text" inputmode="numeric" autocomplete="off" value="{said["request_cards"]}"' in page
    )
    assert f"{said['request_cards']:,}" in re.search(r'class="total">.*?</tr>', page, re.DOTALL)[0]


def test_a_request_is_written_with_whom_it_asks_and_for_which_day(office, visit):
    at_the_desk = visit()
    at_the_desk.get("/requests?lang=en")
    page = at_the_desk.send("/requests/ask", cards="2.000", party="Provinsi", due="3 Nov 2017", reference="470/9")

    assert at_the_desk.code == 200 and "2,000 cards asked for from Provinsi" in page
    assert "asked 2,000, granted not known, received 0" in page
    assert request(office)["due_on"] == "2017-11-03" and request(office)["reference"] == "470/9"


def test_a_grant_and_two_deliveries_answer_the_request_that_waits(asked, visit):
    at_the_desk = visit()
    at_the_desk.get("/requests?do=grant&lang=en")
    page = at_the_desk.send("/requests/grant", cards="3000", due="30/10/2017")
    assert "asked 4,000, granted 3,000, received 0" in page

    for _ in range(2):
        at_the_desk.get("/requests?do=receive")
        at_the_desk.send("/requests/receive", cards="1500", party="Provinsi", reference="BAST 1", yes="yes")

    assert request(asked)["received_cards"] == 3000 and not request(asked)["is_open"]
    assert asked.json("status")["on_hand_cards"] == 3250


def test_whether_the_rest_is_still_to_come_is_a_tick_beside_the_question(asked, visit):
    at_the_desk = visit()
    at_the_desk.get("/requests?do=receive&lang=en")
    page = at_the_desk.send("/requests/receive", cards="1500", party="Provinsi")
    assert "Is the rest still to come?" in page and "--more" not in page
    assert re.search(r'type="checkbox"[^>]*><label for="more">the rest is still to come', page)

    at_the_desk.send("/requests/receive", more="yes", yes="yes")
    assert request(asked)["received_cards"] == 1500 and request(asked)["is_open"]


def test_a_delivery_that_answers_no_request_leaves_it_open(asked, visit):
    at_the_desk = visit()
    at_the_desk.get("/requests?do=receive")
    at_the_desk.send("/requests/receive", cards="100", request="0")

    assert request(asked)["is_open"] and request(asked)["received_cards"] == 0


def test_a_first_delivery_smaller_than_the_request_is_asked_about_before_it_closes_it(asked, visit):
    at_the_desk = visit()
    at_the_desk.get("/requests?do=receive&lang=en")
    asked_back = at_the_desk.send("/requests/receive", cards="1000", party="Provinsi")

    assert at_the_desk.code == 409 and "still to come" in asked_back
    assert request(asked)["received_cards"] == 0
    at_the_desk.send("/requests/receive", yes="yes")
    assert request(asked)["received_cards"] == 1000 and not request(asked)["is_open"]


def test_the_request_that_was_clicked_is_the_one_that_is_closed_and_a_reason_is_needed(asked, visit):
    number = request(asked)["request_no"]
    at_the_desk = visit()
    assert f'<option value="{number}" selected>' in at_the_desk.get(f"/requests?do=close&request={number}&lang=en")
    page = at_the_desk.send("/requests/close", request=str(number), reason="")
    assert at_the_desk.code == 400 and "Reason is missing" in page and request(asked)["is_open"]

    at_the_desk.send("/requests/close", request=str(number), reason="asked again elsewhere")
    assert request(asked)["closed"]


def test_a_number_that_is_none_is_told_beside_the_form_with_what_was_typed(asked, visit):
    at_the_desk = visit()
    at_the_desk.get("/requests?do=grant&lang=en")
    page = at_the_desk.send("/requests/grant", cards="12.5", reference="S/77")

    assert at_the_desk.code == 409 and 'value="12.5"' in page and 'value="S/77"' in page
    assert request(asked)["granted_cards"] is None


def test_cards_that_are_lent_are_owed_until_they_come_back(asked, visit):
    at_the_desk = visit()
    at_the_desk.get("/requests?do=lend&lang=en")
    page = at_the_desk.send("/requests/lend", cards="100", party="Kab. Sekadau", reference="BAST 7")
    assert "Kab. Sekadau 100" in page
    assert asked.json("status")["loans"] == [{"party": "Kab. Sekadau", "cards": 100}]

    at_the_desk.get("/requests?do=borrow&lang=en")
    page = at_the_desk.send("/requests/borrow", cards="100", party="Kab. Sekadau", reference="BAST 8")
    assert "Nobody owes cards" in page and asked.json("status")["loans"] == []
    assert request(asked)["is_open"], "a loan that comes back answers no request"


def test_no_form_goes_to_a_deed_that_there_is_not(asked, visit):
    at_the_desk = visit()
    at_the_desk.get("/requests")
    at_the_desk.post("/requests/steal", at_the_desk.hidden("/requests/ask"))

    assert at_the_desk.code == 404 and 'action="/requests/ask"' in at_the_desk.get("/requests?do=steal")


def test_whoever_only_reads_sees_the_requests_and_no_form(asked, visit):
    page = visit(read_only=True).get("/requests?lang=en")

    assert "470/1" in page and '<form method="post"' not in page
