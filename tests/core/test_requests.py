"""Asked, granted, received: three facts, and what is still on order."""

from datetime import date

import pytest

from blangko.core.entry import Entry, mirror, movement
from blangko.core.requests import granted_share, requests

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
        ([asked(), granted(0)], False, 0),
        ([asked(), Entry("close", FRIDAY, request_no=1, note="x")], False, 0),
    ],
    ids=["asked", "promised", "first delivery", "more comes", "part of a promise", "promise kept", "promise lowered",
         "refused", "closed"],
)  # fmt: skip
def test_a_request(entries, is_open, on_order):
    request = told(*entries)

    assert (request.is_open, request.on_order_cards) == (is_open, on_order)


def test_a_delivery_taken_back_opens_its_request_again():
    delivery = received(500)._replace(entry_no=2)

    assert told(asked(), delivery, mirror(delivery, FRIDAY, "x")).is_open


def test_the_lead_time_runs_in_calendar_days_to_the_first_cards():
    assert told(asked(), received(500)).lead_time_days == 4


def test_a_promise_moves_the_day():
    assert told(asked(due_on=TUESDAY), granted(500, due_on=FRIDAY)).due_on == FRIDAY
    assert told(asked(due_on=TUESDAY), granted(500)).due_on == TUESDAY


def test_the_usual_share_is_the_middle_one_of_the_answered_requests():
    listed = [told(asked(2000), received(cards)) for cards in (500, 1000, 2000)]

    assert granted_share(listed) == 0.5
    assert granted_share([told(asked())]) is None
