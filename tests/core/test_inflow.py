"""How many cards come in a week, of late and as grants were learnt; worked out by hand."""

from __future__ import annotations

import pytest

from blangko.core.answer import answer
from blangko.core.inflow import GRANTS, RECEIPTS, granted_usually, received_of_late
from tests import books

FRIDAY = "2017-10-27"


def test_what_came_in_the_last_quarter_is_told_by_the_week():
    # Three deliveries of 2,000 in 91 days, 13 weeks: 6,000 / 13 = 461.5. The one of July came before.
    found = received_of_late(
        books.facts(
            """
            2017-06-01  opening  5000
            2017-07-20  receive  9000
            2017-08-10  receive  2000
            2017-09-14  receive  2000
            2017-10-19  receive  2000
            """,
            FRIDAY,
        )
    )

    assert found is not None
    assert found.cards_per_week == pytest.approx(461.5, abs=0.1)
    assert (found.source, found.receipts, found.received_cards, found.days) == (RECEIPTS, 3, 6_000, 91)
    assert found.lot_cards == 2_000


def test_cards_on_loan_are_no_supply():
    """With a neighbour's 3,000 and a loan come back the plan reckoned with 515 a week."""
    # 3,500 of the province in 91 days, 13 weeks: 269.2. 3,000 came from Landak, and Sekadau gave 200 of 200 back; a
    # loan that was written twice and taken back is none, and what came with it from the province counts.
    found = received_of_late(
        books.facts(
            """
            2017-06-01  opening  5000
            2017-08-10  receive  2000
            2017-08-21  receive  3000  party=Landak purpose=loan
            2017-08-24  send     200   party=Sekadau purpose=loan
            2017-09-04  receive  200   party=Sekadau purpose=loan
            2017-09-14  receive  1500
                        receive  400   party=Landak purpose=loan
                        receive  400   party=Landak purpose=loan
                        reverse  8
            """,
            FRIDAY,
        )
    )

    assert found is not None
    assert (found.receipts, found.received_cards, found.lot_cards) == (2, 3_500, 1_750)
    assert found.cards_per_week == pytest.approx(269.2, abs=0.1)


def test_an_office_that_asked_and_only_borrowed_gets_nothing_a_week():
    found = received_of_late(
        books.facts(
            """
            2017-06-01  opening  5000
            2017-09-01  request  2000
            2017-10-05  receive  500  party=Landak purpose=loan
            """,
            FRIDAY,
        )
    )

    assert found is not None
    assert found.cards_per_week == 0


def test_a_book_of_five_weeks_tells_what_came_in_five_weeks():
    # 2,500 in the 35 days since Friday 22 September.
    found = received_of_late(books.facts("2017-09-22 opening 5000\n2017-10-05 receive 2500", FRIDAY))

    assert found is not None
    assert (found.cards_per_week, found.days) == (500, 35)


def test_a_delivery_in_the_first_weeks_is_not_one_every_week():
    assert received_of_late(books.facts("2017-10-02 opening 5000\n2017-10-05 receive 2000", FRIDAY)) is None


def test_an_office_that_asked_for_nothing_teaches_nothing():
    assert received_of_late(books.facts("2017-06-01 opening 50000", FRIDAY)) is None


def test_an_office_that_asked_and_got_nothing_gets_nothing_a_week():
    found = received_of_late(books.facts("2017-06-01 opening 5000\n2017-09-01 request 2000", FRIDAY))

    assert found is not None
    assert found.cards_per_week == 0


def test_grants_bring_what_is_asked_for_times_the_share_each_time_an_answer_is_there():
    # Of 4,000 asked 1,000 were granted, five open days later. Beforehand 1.0 and 0.5 weigh half each, so that the share
    # is (0.5 + 0.25 + 0.25) / 2 = 0.5.
    whole = answer(
        books.facts(
            """
            2017-09-01  opening  3000
            2017-09-01  setting  typical_daily_use 100
            2017-10-02  request  4000
            2017-10-09  grant    1000  request_no=3
                        receive  1000  request_no=3
            """,
            FRIDAY,
        )
    )
    found = granted_usually(whole)

    assert found is not None
    assert whole.status.request_cards is not None
    assert (found.source, found.lot_cards) == (GRANTS, whole.status.request_cards * 0.5)
    assert found.cards_per_week == found.lot_cards * 5 / whole.status.lead_time.typical


def test_before_the_first_answer_of_a_giver_nobody_knows_what_he_grants():
    facts = books.facts("2017-09-01 opening 3000\n2017-10-02 request 4000", FRIDAY)

    assert granted_usually(answer(facts)) is None
