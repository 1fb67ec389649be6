"""The monthly report: what was taken back counts for nothing, and every sum can be done again."""

from datetime import date
from types import SimpleNamespace

import pytest

from blangko.core.book import Balance
from blangko.core.entry import Entry, mirror, movement
from blangko.core.facts import Count
from blangko.core.month import Month, Written, month_of, weeks
from blangko.core.requests import Request
from blangko.core.summary import SummaryRow, totals

FIRST, LAST = date(2017, 10, 1), date(2017, 10, 31)


def on(day: int) -> date:
    return date(2017, 10, day)


def report(moves: list[Entry], held: int = 0, requests: list[Request] = [], rows: list[SummaryRow] = []) -> Month:  # noqa: B006
    """The report of October over these movements, with `held` spoiled cards at its end."""
    numbered = [entry._replace(entry_no=number) for number, entry in enumerate(moves, 1)]
    named = {entry.entry_no: entry for entry in numbered}
    summary = SimpleNamespace(
        first=FIRST,
        last=LAST,
        rows=rows,
        totals=totals(rows, LAST, 0),
        answer=SimpleNamespace(balance=Balance(spoiled=held)),
    )
    counts = [Count(on(13), 500, -3, -3)]
    return month_of(summary, Written(numbered, named, counts, requests))


def spoiled(day: int, cards: int, cause: str | None = None) -> Entry:
    return movement("spoil", on(day), cards, cause=cause)


def test_spoiled_cards_are_summed_by_cause_less_what_was_taken_back():
    wrong = spoiled(4, 50, "print")
    month = report(
        [spoiled(3, 4, "encode"), wrong, mirror(wrong._replace(entry_no=2), on(5), "typed twice"), spoiled(6, 1)],
        held=5,
    )

    assert month.spoiled_by_cause == {"encode": 4, "": 1}


def test_prints_are_summed_by_purpose_and_those_without_one_stand_last():
    suket = movement("print", on(3), 20, purpose="suket")
    month = report([movement("print", on(3), 30), suket, suket._replace(cards=7)])

    assert list(month.printed_by_purpose.items()) == [("suket", 27), ("", 30)]


def test_the_pile_of_spoiled_cards_adds_up_from_the_month_before():
    # 12 held, 4 more, 10 burned, 6 are left.
    month = report([spoiled(3, 4), movement("destroy", on(9), 10, reference="BA 1")], held=6)

    assert (month.spoiled_before, month.pile, month.spoiled_held) == (12, {"spoil": 4, "destroy": -10}, 6)


def test_rejects_found_when_the_book_was_begun_were_there_before_its_first_month():
    month = report([Entry("opening", on(2), 15, "outside", "spoiled"), spoiled(3, 4)], held=19)

    assert (month.spoiled_before, month.pile) == (15, {"spoil": 4})


def test_minutes_of_a_destruction_that_was_taken_back_are_not_named():
    wrong = movement("destroy", on(9), 10, reference="BA 1")
    right = movement("destroy", on(9), 9, reference="BA 1")
    month = report([wrong, mirror(wrong._replace(entry_no=1), on(9), "nine"), right], held=0)

    assert [entry.cards for entry in month.destroyed] == [9]


def test_a_month_has_the_weeks_that_lie_in_it():
    rows = [SummaryRow(on(day), True, printed=day, closing=100 - day) for day in (2, 6, 9, 30, 31)]
    told = weeks(rows, FIRST, LAST)

    assert [(each.first.day, each.last.day, each.sums.printed, each.sums.closing) for each in told] == [
        (2, 8, 8, 94),
        (9, 15, 9, 91),
        (30, 31, 61, 69),
    ]
    assert sum(each.sums.printed for each in told) == totals(rows, LAST, 69).printed


@pytest.mark.parametrize(("printed", "spoiled", "share"), [(190, 10, 0.05), (0, 3, 1.0), (0, 0, None)])
def test_the_rate_of_spoilage_is_a_part_of_what_was_printed_or_spoiled(printed, spoiled, share):
    assert report([], rows=[SummaryRow(on(3), True, printed=printed, spoiled=spoiled)]).spoiled_share == share


def test_a_request_belongs_to_the_month_in_which_it_was_asked_open_or_received():
    asked = date(2017, 8, 1)
    old = Request(1, asked, 500, received_cards=500, first_received_on=date(2017, 8, 9))
    came = Request(2, asked, 500, received_cards=500, first_received_on=on(3))
    waits, new = Request(3, asked, 500), Request(4, on(30), 500, closed=True)

    assert report([], requests=[old, came, waits, new]).requests == [came, waits, new]
