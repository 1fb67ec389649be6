"""What to do now, beyond asking and fetching, in the order in which an office would do it."""

from __future__ import annotations

from datetime import date

import pytest

from blangko.core.advice import advice
from blangko.core.answer import answer
from blangko.core.facts import facts_of
from blangko.core.ration import Served, ration, served_in_order
from tests.books import NO_NATIONAL_DAYS, book

FRIDAY = date(2017, 10, 27)


def told(shelf: int, *said: str, until: date | None = None) -> tuple[str, ...]:
    """The advice to an office that prints 200 cards on every open day, with so many left on Friday 27 October."""
    jottings = [
        f"2017-07-03 opening {200 * 85 + shelf}",
        *["2017-07-03..2017-10-27 print 200"],
        *said,
    ]
    shown = answer(facts_of(book("\n".join(jottings)), FRIDAY, NO_NATIONAL_DAYS))
    return advice(shown, ration(shown, until))


def test_an_office_with_plenty_is_told_nothing():
    assert told(9_000) == ()


def test_two_days_of_cards_and_nothing_on_order_are_to_be_stretched_and_borrowed_for():
    # Cards asked for today come after two to seven days: in four of six cases too late.
    assert told(400) == ("borrow", "ration", "order", "letters")


def test_an_empty_shelf_has_nothing_to_ration():
    assert told(0) == ("borrow", "letters")


def test_cards_that_were_lent_are_asked_for_before_any_are_borrowed():
    assert told(900, "2017-10-27 send 500 party=Sekadau purpose=loan")[:2] == ("take_back", "borrow")


def test_with_cards_on_order_the_verdict_says_fetch_and_borrow():
    codes = told(400, "2017-10-27 request 2000 due_on=2017-11-03")

    # The quota of the verdict is no second number beside that of the ration.
    assert codes == ("order", "letters")


def test_a_giver_who_is_silent_for_longer_than_usual_is_not_the_only_one():
    assert "ask_also" in told(400, "2017-10-12 request 2000")


def test_days_that_nobody_wrote_down_ask_for_a_count_first():
    jottings = ["2017-07-03 opening 17000", "2017-07-03..2017-10-20 print 200", "2017-10-25 print 200"]
    jottings.append("2017-10-26..2017-10-27 print 200")
    shown = answer(facts_of(book("\n".join(jottings)), FRIDAY, NO_NATIONAL_DAYS))

    assert shown.status.unwritten_cards == pytest.approx(400, abs=5)
    assert advice(shown, ration(shown))[:1] == ("count",)


def test_a_quota_that_is_not_needed_any_more_is_lifted_whatever_the_level():
    assert told(9_000, "2017-10-27 setting quota_cards 60") == ("lift_quota",)


def test_nobody_is_told_to_lift_a_quota_and_to_say_who_comes_first_on_one_screen():
    # A delivery is expected on Tuesday by the usual lead, but it may well come later than 500 cards last.
    codes = told(500, "2017-10-20 request 2000", "2017-10-27 setting quota_cards 20")

    assert codes == ("order", "letters")


def test_a_quota_that_does_not_hold_is_changed():
    codes = told(1_000, "2017-10-27 request 2000 due_on=2017-11-20", "2017-10-27 setting quota_cards 150")

    # 15 open days until the 20th: 1,000 : 15 = 66.
    assert codes == ("change_quota", "order", "letters")


# --- Who comes first ------------------------------------------------------------------------------


def test_the_cards_of_a_day_go_to_the_first_purposes_as_far_as_they_reach():
    # 200 are wanted: 100 for changes, 60 for first cards, 40 for lost ones; 115 are there.
    printed = {"change": 500, "first": 300, "lost": 200}

    assert served_in_order(("lost", "first", "change"), printed, 115, 200) == (
        Served("lost", 40),
        Served("first", 60),
        Served("change", 15),
    )
    assert served_in_order(("change", "first", "lost"), printed, 115, 200) == (
        Served("change", 100),
        Served("first", 15),
    )


def test_a_purpose_that_nobody_comes_for_is_left_out():
    assert served_in_order(("prr", "lost"), {"lost": 10, "other": 30}, 50, 100) == (Served("lost", 25),)


def test_without_any_print_marked_with_its_purpose_only_the_order_is_known():
    assert served_in_order(("prr", "lost"), {}, 50, 100) == (Served("prr", None), Served("lost", None))
    assert served_in_order((), {"lost": 10}, 50, 100) == ()
