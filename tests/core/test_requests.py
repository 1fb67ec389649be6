"""Asked, granted, received: three facts, and what is still on order."""

from datetime import date

import pytest

from blangko.core.entry import Entry, mirror, movement
from blangko.core.requests import Request, granted_share, requests

MONDAY, TUESDAY, FRIDAY = date(2017, 10, 2), date(2017, 10, 3), date(2017, 10, 6)


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
        ([asked(), Entry("close", FRIDAY, request_no=1, note="x")], False, 0),
    ],
    ids=["asked", "promised", "first delivery", "more comes", "part of a promise", "promise kept", "promise lowered",
         "one card is still to come", "all came although more was said to come", "one promised card is still to come",
         "more than promised", "refused", "closed"],
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


def test_a_promise_moves_the_day():
    assert told(asked(due_on=TUESDAY), granted(500, due_on=FRIDAY)).due_on == FRIDAY
    assert told(asked(due_on=TUESDAY), granted(500)).due_on == TUESDAY


def test_the_usual_share_is_the_middle_one_of_the_answered_requests():
    listed = [told(asked(2000), received(cards)) for cards in (500, 1000, 2000)]

    assert granted_share(listed) == 0.5
    assert granted_share([told(asked())]) is None


def test_the_usual_share_of_five_requests_is_the_third():
    listed = [told(asked(2000), received(cards)) for cards in (1800, 200, 400, 1000, 1200)]

    assert granted_share(listed) == 0.5


def test_the_usual_share_of_two_requests_lies_half_way():
    listed = [told(asked(2000), received(cards)) for cards in (500, 1500)]

    # A quarter and three quarters.
    assert granted_share(listed) == 0.5


def test_a_promise_counts_before_what_came_of_it_and_an_open_request_not_at_all():
    kept = told(asked(2000), granted(500), received(600))
    refused = told(asked(2000), granted(0))
    given_up = told(asked(2000), Entry("close", FRIDAY, request_no=1))

    assert granted_share([kept]) == 0.25
    assert granted_share([refused]) == 0
    assert granted_share([given_up]) is None
    assert granted_share([kept, told(asked(2000), granted(2000), received(10))]) == 0.25
    assert granted_share([told(asked(0), received(10))]) is None
