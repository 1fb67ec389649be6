"""The scorer is fair: what a sheet earns follows from what stands in the book and from what was said."""

from datetime import date

import pytest

from tests.exchange import sheets_of_clerks
from tests.exchange.office_days import Sheet
from tests.exchange.scorer import Said, judged

FIRST, SECOND = (date(2017, 10, 2), "print"), (date(2017, 10, 3), "print")
TRUTH = {FIRST: 187, SECOND: 201}


def sheet(**more):
    fields = {"kind": "files", "name": "hari", "file": "hari.csv", "content": b"", "truth": TRUTH,
              "opening_cards": 5000, "answers": {}, "reason": "KIA", "cannot_be_read": False, "tells": ()}  # fmt: skip
    return Sheet(**{**fields, **more})


def points(said, book, **more):
    return judged(sheet(**more), said, book)[0]


@pytest.mark.parametrize(
    ("book", "said", "earned"),
    [
        (TRUTH, Said(0, ""), 4),
        ({FIRST: 187}, Said(0, "Not read: 3 Oct 2017, in two colours"), 2),
        ({FIRST: 187}, Said(0, "Not read: 13 Oct 2017"), -4),
        ({FIRST: 187}, Said(0, "1 day"), -4),
        ({**TRUTH, SECOND: 102}, Said(0, ""), -4),
        ({**TRUTH, (date(2017, 10, 4), "print"): 1}, Said(0, ""), -4),
        ({}, Said(1, "There are two items, KTP-el and KIA."), 1),
        ({}, Said(1, "Not understood."), 0),
        (TRUTH, Said(1, "KIA"), -4),
        ({}, Said(70, "Traceback: KeyError"), -4),
    ],
)
def test_points_follow_from_the_book_and_from_what_was_said(book, said, earned):
    assert points(said, book) == earned


def test_what_has_to_be_told_costs_half_when_it_is_not():
    assert points(Said(0, "5 rows are hidden"), TRUTH, tells=["hidden"]) == 4
    assert points(Said(0, ""), TRUTH, tells=["hidden"]) == 2


def test_a_sheet_that_nobody_can_read_earns_its_points_by_the_right_refusal():
    assert points(Said(1, "KIA only"), {}, cannot_be_read=True, truth={}) == 4
    assert points(Said(0, ""), {}, cannot_be_read=True, truth={}) == 0


def test_there_are_fifty_sheets_over_all_kinds_and_each_has_its_own_numbers():
    sheets = sheets_of_clerks.sheets()
    full = [tuple(sorted(each.truth.items())) for each in sheets if each.truth]

    assert len(sheets) >= 50
    assert len(set(full)) == len(full)
    assert len({each.kind for each in sheets}) >= 20
