"""Asked, granted, received: three facts, and what is still on order."""

from datetime import date

import pytest

from blangko.core.entry import Entry, mirror, movement
from blangko.core.requests import Promise, Request, oldest_answered_by, requests

MONDAY, TUESDAY, FRIDAY, NEXT_MONDAY = (date(2017, 10, day) for day in (2, 3, 6, 9))


def told(*entries):
    return requests([entry._replace(entry_no=number) for number, entry in enumerate(entries, 1)])[0]


def asked(cards=2000, **details):
    return Entry("request", MONDAY, cards, **details)


def granted(cards, **details):
    return Entry("grant", TUESDAY, cards, request_no=1, **details)


def received(cards, **details):
    return movement("receive", FRIDAY, cards, request_no=1, **details)


@pytest.mark.parametrize(
    ("entries", "is_open", "on_order"),
    [
        ([asked()], True, 2000),
        ([asked(), granted(500)], True, 500),
        ([asked(), received(500)], False, 0),
        ([asked(), received(500, subject="more")], True, 1500),
        ([asked(), granted(1000), received(400)], True, 600),
        ([asked(), granted(1000), received(400), received(600)], False, 0),
        ([asked(), granted(1000), granted(500), received(500)], False, 0),
        ([asked(), received(1999, subject="more")], True, 1),
        ([asked(), received(2000, subject="more")], False, 0),
        ([asked(), granted(1000), received(999)], True, 1),
        ([asked(), granted(1000), received(1200)], False, 0),
        ([asked(), granted(0)], False, 0),
        ([asked(), granted(500), granted(700, subject="more")], True, 1200),
        ([asked(), granted(500), granted(700, subject="more"), received(1200)], False, 0),
        ([asked(), granted(500), granted(700, subject="more"), granted(100)], True, 100),
        ([asked(), granted(700, subject="more")], True, 700),
        ([asked(), received(800, subject="more"), granted(1000)], True, 200),
        ([asked(), Entry("close", FRIDAY, request_no=1, note="x")], False, 0),
    ],
    ids=["asked", "promised", "first delivery", "more comes", "part of a promise", "promise kept", "promise lowered",
         "one card is still to come", "all came although more was said to come", "one promised card is still to come",
         "more than promised", "refused", "a second promise", "both promises kept",
         "one promise for all of them", "only more was promised", "promised after a part had come", "closed"],
)  # fmt: skip
def test_a_request(entries, is_open, on_order):
    request = told(*entries)

    assert (request.is_open, request.on_order_cards) == (is_open, on_order)


def test_a_delivery_taken_back_opens_its_request_again():
    delivery = received(500)._replace(entry_no=2)

    assert told(asked(), delivery, mirror(delivery, FRIDAY, "x")).is_open


def test_a_request_is_told_as_it_was_written():
    assert told(asked(due_on=FRIDAY, reference="S-12")) == Request(
        1, MONDAY, 2000, None, 0, None, FRIDAY, False, False, "S-12"
    )
    assert (told(asked(None)).asked_cards, told(asked(None)).on_order_cards) == (0, 0)


def test_a_delivery_without_a_request_answers_none():
    loose = movement("receive", FRIDAY, 500)

    assert told(asked(), loose, movement("receive", FRIDAY, 300, request_no=9)).received_cards == 0


def test_a_delivery_of_no_card_fulfils_no_part_of_a_promise():
    assert told(asked(), granted(500), received(0)).on_order_cards == 500


def test_deliveries_of_one_request_add_up_and_the_first_day_counts():
    late, early = received(300, subject="more"), received(200, subject="more")._replace(occurred_on=TUESDAY)

    request = told(asked(), late, early)

    assert (request.received_cards, request.first_received_on, request.lead_time_days) == (500, TUESDAY, 1)
    assert (request.more_comes, request.on_order_cards) == (True, 1500)


def test_the_last_delivery_says_whether_more_comes():
    assert not told(asked(), received(300, subject="more"), received(200)).is_open
    assert not told(asked(), received(1500, subject="more"), received(500, subject="more")).is_open


def test_the_lead_time_runs_in_calendar_days_to_the_first_cards():
    assert told(asked(), received(500)).lead_time_days == 4
    assert told(asked(), granted(500)).lead_time_days is None


def test_a_request_knows_whom_it_asked():
    assert told(asked(party="Provinsi")).party == "Provinsi"


@pytest.mark.parametrize(
    ("answers", "is_answered"),
    [([], False), ([granted(0)], True), ([received(1)], True), ([Entry("close", FRIDAY, request_no=1)], True)],
    ids=["silence", "nothing will come", "a card came", "closed"],
)
def test_a_request_is_answered_by_a_promise_a_card_or_a_word(answers, is_answered):
    assert told(asked(), *answers).is_answered is is_answered


def test_a_promise_taken_back_leaves_the_request_unanswered():
    promise = granted(500)._replace(entry_no=2)

    request = told(asked(), promise, mirror(promise, FRIDAY, "x"))

    assert (request.is_answered, request.on_order_cards) == (False, 2000)


def test_a_promise_moves_the_day():
    assert told(asked(due_on=TUESDAY), granted(500, due_on=FRIDAY)).due_on == FRIDAY
    assert told(asked(due_on=TUESDAY), granted(500)).due_on == TUESDAY


# --- Promises -----------------------------------------------------------------------------------


def test_of_two_promises_each_has_its_own_day():
    request = told(asked(), granted(500, due_on=FRIDAY), granted(700, due_on=NEXT_MONDAY, subject="more"))

    assert request.to_come == [Promise(500, FRIDAY), Promise(700, NEXT_MONDAY)]
    assert request.due_on == FRIDAY


def test_cards_that_came_use_up_the_first_promise_first():
    promises = [granted(500, due_on=FRIDAY), granted(700, due_on=NEXT_MONDAY, subject="more")]

    assert told(asked(), *promises, received(499)).to_come == [Promise(1, FRIDAY), Promise(700, NEXT_MONDAY)]
    assert told(asked(), *promises, received(500)).to_come == [Promise(700, NEXT_MONDAY)]
    assert told(asked(), *promises, received(800)).to_come == [Promise(400, NEXT_MONDAY)]
    assert told(asked(), *promises, received(1200)).to_come == []
    # The first promise was kept: what is promised next is for Monday.
    assert told(asked(), *promises, received(500)).due_on == NEXT_MONDAY


def test_a_promise_beside_another_is_for_no_day_but_its_own():
    assert told(asked(), granted(500, due_on=FRIDAY), granted(700, subject="more")).to_come == [
        Promise(500, FRIDAY),
        Promise(700, None),
    ]


def test_a_promise_in_the_place_of_another_keeps_its_day():
    assert told(asked(), granted(500, due_on=FRIDAY), granted(700)).to_come == [Promise(700, FRIDAY)]
    assert told(asked(due_on=FRIDAY), granted(700)).to_come == [Promise(700, FRIDAY)]


def test_of_50_promised_cards_only_50_are_promised_for_that_day():
    # The other request was not answered: its 4,000 are on order, for no day.
    first = told(asked(4000), granted(50, due_on=date(2026, 10, 20)))

    assert (first.on_order_cards, first.to_come) == (50, [Promise(50, date(2026, 10, 20))])
    assert (told(asked(4000)).on_order_cards, told(asked(4000)).to_come) == (4000, [Promise(4000, None)])


def test_nothing_is_to_come_of_a_closed_request():
    assert told(asked(), granted(500), Entry("close", FRIDAY, request_no=1)).to_come == []


def test_of_a_request_for_no_card_nothing_is_to_come():
    assert told(asked(0, due_on=FRIDAY)).to_come == []


def test_what_is_to_come_adds_up_to_what_is_on_order():
    for entries in ([asked()], [asked(), granted(900), granted(300, subject="more"), received(1000)],
                    [asked(), received(300, subject="more")]):  # fmt: skip
        request = told(*entries)
        assert sum(promise.cards for promise in request.to_come) == request.on_order_cards


# --- Shares -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("entries", "share"),
    [
        ([asked()], None),
        ([asked(), received(500)], 0.25),
        ([asked(), received(500, subject="more")], None),
        ([asked(), granted(500)], 0.25),
        ([asked(), granted(500), received(600)], 0.3),
        ([asked(), granted(500), granted(1000, subject="more")], 0.75),
        ([asked(), granted(0)], 0),
        ([asked(), Entry("close", FRIDAY, request_no=1)], 0),
        ([asked(), received(500, subject="more"), Entry("close", FRIDAY, request_no=1)], 0.25),
        ([asked(2000), received(3000)], 1.5),
        ([asked(0), received(10)], None),
    ],
    ids=["open", "came", "more is to come", "promised", "more came than was promised", "two promises", "refused",
         "closed without a card", "closed after a part", "more came than was asked for", "asked for no number"],
)  # fmt: skip
def test_the_share_of_a_request_is_what_was_given_of_each_card_asked_for(entries, share):
    assert told(*entries).share == (None if share is None else pytest.approx(share))


# --- Whose request a delivery answers -----------------------------------------------------------


def test_a_delivery_answers_the_request_that_has_waited_longest():
    first, second = Request(7, TUESDAY, 500), Request(3, FRIDAY, 500)

    assert oldest_answered_by([second, first], None) == first
    # Of two of the same day the lower number is the older one.
    assert oldest_answered_by([first, first._replace(request_no=5)], None).request_no == 5
    assert oldest_answered_by([first._replace(closed=True), second], None) == second
    assert oldest_answered_by([], None) is None


def test_cards_from_the_centre_do_not_answer_the_request_to_the_province():
    province, centre = Request(1, MONDAY, 500, party="Provinsi"), Request(2, TUESDAY, 500, party="Pusat")
    anybody = Request(3, FRIDAY, 500)

    assert oldest_answered_by([province, centre, anybody], "Pusat") == centre
    assert oldest_answered_by([province, anybody], "Pusat") == anybody
    assert oldest_answered_by([province], "Pusat") is None
    assert oldest_answered_by([province, centre, anybody], None) == province


def test_a_giver_is_known_however_his_name_is_written():
    province = Request(1, MONDAY, 500, party="Dinas  Provinsi")

    assert oldest_answered_by([Request(9, date(2017, 9, 1), 500), province], " dinas provinsi") == province
