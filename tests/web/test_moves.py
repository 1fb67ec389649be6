"""What else a clerk writes at the page: counted, spoiled, destroyed, sent, lost, who waits, and the opening."""

import pytest


def write(visit, deed, **typed):
    """The desk after a form of that name was filled and sent."""
    at_the_desk = visit()
    at_the_desk.get(f"/book/write?do={deed}&lang=en")
    at_the_desk.send(f"/book/write/{deed}", **typed)
    return at_the_desk


def test_a_count_states_what_was_seen_and_the_difference_stays_open(office, visit):
    page = write(visit, "count", cards="995").text

    assert "995 cards counted" in page and "−5" in page
    assert office.json("status")["on_hand_cards"] == 1000


def test_a_count_brings_the_book_to_the_shelf_where_a_reason_is_given(office, visit):
    at_the_desk = write(visit, "count", cards="995", adjust="yes")
    assert at_the_desk.code == 400 and "Reason is missing" in at_the_desk.text and office.last_entry() == 3

    write(visit, "count", cards="995", adjust="yes", reason="fell behind the cupboard")
    assert office.json("status")["on_hand_cards"] == 995


def test_spoiled_cards_are_held_until_the_minutes_of_their_end_are_named(office, visit):
    assert "4 cards spoiled" in write(visit, "spoil", cards="4", cause="encode").text
    at_the_desk = write(visit, "destroy", cards="3", reference="")
    assert "Number of the minutes is missing" in at_the_desk.text

    write(visit, "destroy", cards="3", reference="BA 7/2017", method="dibakar")
    status = office.json("status")
    assert status["on_hand_cards"] == 996 and status["spoiled_cards"] == 1
    assert office.json("card")["rows"][-1]["note"] == "dibakar"


def test_cards_go_to_a_print_point_from_the_shelf_and_back_to_the_source_from_the_pile(office, visit):
    assert "50 cards sent to Kec. Kapuas" in write(visit, "send", cards="50", party="Kec. Kapuas").text
    write(visit, "spoil", cards="4", cause="faulty")
    write(visit, "send", cards="4", party="Provinsi", spoiled="yes", back="yes")

    status = office.json("status")
    assert status["on_hand_cards"] == 946 and status["spoiled_cards"] == 0


def test_lost_cards_need_the_number_of_the_report(office, visit):
    assert write(visit, "lose", cards="2").code == 400
    write(visit, "lose", cards="2", reference="LP 12/X/2017")

    assert office.json("card")["rows"][-1]["reference"] == "LP 12/X/2017"
    assert office.json("status")["on_hand_cards"] == 998


def test_who_waits_is_stated_in_two_levels_and_one_of_them_may_stay_empty(office, visit):
    assert write(visit, "backlog").code == 400
    write(visit, "backlog", prr="36.646")

    assert office.json("status")["waiting"]["prr"]["cards"] == 36646


def test_the_figures_of_the_population_say_how_many_have_no_card_yet(office, visit):
    assert "residents" in write(visit, "population").text and office.last_entry() == 3
    page = write(visit, "population", eligible="300.000", recorded="290.000", printed="280.000").text

    # 300,000 less 290,000, and 290,000 less 280,000.
    assert page.count("= 10,000.") == 2
    assert "Is that right?" in write(visit, "population", recorded="300.001").text
    assert office.last_entry() == 6


def test_a_campaign_is_announced_with_its_days_and_why(office, visit):
    assert write(visit, "campaign", cards="40", **{"from": "1/11/2017", "until": "10/11/2017"}).code == 400
    days = {"from": "1/11/2017", "until": "10/11/2017"}
    page = write(visit, "campaign", cards="40", reason="pelayanan keliling", **days).text

    assert "pelayanan keliling" in page and office.last_entry() == 4


def test_the_opening_is_written_again_only_after_it_was_taken_back(office, visit):
    assert write(visit, "opening", cards="900", on="2017-10-02").code == 409
    office.did("undo", "3", "--reason", "counted wrong")
    write(visit, "opening", cards="900", held="12", on="2017-10-02")

    status = office.json("status")
    assert status["on_hand_cards"] == 900 and status["spoiled_cards"] == 12


@pytest.mark.parametrize("deed", ["count", "spoil", "destroy", "send", "lose", "opening"])
def test_a_number_that_is_none_writes_nothing_and_stays_in_its_field(office, visit, deed):
    at_the_desk = write(visit, deed, cards="12.5", reference="S 1", party="Kec. Kapuas")

    assert at_the_desk.code == 409 and 'value="12.5"' in at_the_desk.text
    assert office.last_entry() == 3


def test_a_form_sent_twice_is_written_once(office, visit):
    at_the_desk = visit()
    at_the_desk.get("/book/write?do=spoil")
    form = {**at_the_desk.hidden("/book/write/spoil"), "cards": "4"}
    for _ in range(2):
        at_the_desk.post("/book/write/spoil", form)

    assert office.json("status")["spoiled_cards"] == 4


def test_whoever_only_reads_is_shown_no_form_to_write(office, visit):
    assert '<form method="post"' not in visit(read_only=True).get("/book/write")
    assert "/book/write" not in visit(read_only=True).get("/book")
