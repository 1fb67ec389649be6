"""What holds a book from outside, and the papers that no longer agree with it."""

from datetime import date

import pytest

from blangko.core.anchors import Anchor, anchors, audit_papers, with_receipt
from blangko.core.codes import check_code
from blangko.core.seal import Mark
from tests.books import book

THIRD, FOURTH = date(2017, 11, 3), date(2017, 11, 4)


def papers(*codes):
    """Papers of 3 November, entries 101 and on, each with its code."""
    lines = "\n".join(f"2017-11-03 paper summary {code}" for code in codes)
    return [entry._replace(entry_no=number) for number, entry in enumerate(book(lines), 101)]


def seal(number):
    return f"{number:064x}"[::-1]


def code(number, digits=32):
    return f"{seal(number)[:digits]}-{number}"


def mark(number):
    return Mark("61.03", number, seal(number), FOURTH)


def test_a_book_is_held_by_its_newest_paper_then_by_the_mark_and_then_by_nothing():
    assert anchors(papers(code(40), code(80)), mark(90), 95) == [
        Anchor(1, 80, "paper", THIRD),
        Anchor(81, 90, "mark", FOURTH),
        Anchor(91, 95),
    ]


def test_a_mark_that_reaches_no_further_than_a_paper_adds_nothing():
    assert anchors(papers(code(80)), mark(80), 80) == [Anchor(1, 80, "paper", THIRD)]
    assert anchors(papers(code(80)), mark(10), 81) == [Anchor(1, 80, "paper", THIRD), Anchor(81, 81)]


def test_a_book_that_nobody_else_knows_is_held_by_nothing():
    assert anchors([], None, 7) == [Anchor(1, 7)]
    assert anchors([], mark(7), 7) == [Anchor(1, 7, "mark", FOURTH)]


def test_a_weak_code_counts_only_where_nothing_better_reaches():
    assert anchors(papers(code(90, 12)), mark(80), 95) == [
        Anchor(1, 80, "mark", FOURTH),
        Anchor(81, 90, "paper", THIRD, is_weak=True),
        Anchor(91, 95),
    ]
    assert anchors(papers(code(70, 12), code(80)), None, 80) == [Anchor(1, 80, "paper", THIRD)]


def test_what_the_province_signed_for_is_named_before_papers_and_mark():
    held = anchors(papers(code(80)), mark(90), 95)

    assert with_receipt(held, 85, FOURTH, is_weak=False) == [
        Anchor(1, 85, "receipt", FOURTH),
        Anchor(86, 90, "mark", FOURTH),
        Anchor(91, 95),
    ]
    assert with_receipt(held, 95, FOURTH, is_weak=False) == [Anchor(1, 95, "receipt", FOURTH)]
    assert with_receipt([Anchor(1, 95)], 40, FOURTH, is_weak=False) == [
        Anchor(1, 40, "receipt", FOURTH),
        Anchor(41, 95),
    ]


def test_a_receipt_without_a_signature_is_named_only_where_nothing_else_reaches():
    held = anchors(papers(code(80)), None, 95)

    assert with_receipt(held, 90, FOURTH, is_weak=True) == [
        Anchor(1, 80, "paper", THIRD),
        Anchor(81, 90, "receipt", FOURTH, is_weak=True),
        Anchor(91, 95),
    ]
    assert with_receipt(held, 70, FOURTH, is_weak=True) == held


@pytest.mark.parametrize("digits", [12, 32, 64])
def test_a_paper_that_the_book_still_agrees_with_is_no_finding(digits):
    assert audit_papers(papers(code(40, digits)), {40: seal(40)}) == []


@pytest.mark.parametrize(
    "said",
    [code(40), code(40, 12), "x", check_code(seal(101), 101), check_code(seal(200), 200), check_code(seal(0), 0)],
    ids=["another seal", "another seal, weak", "no code", "its own entry", "an entry to come", "no entry"],
)  # fmt: skip
def test_a_paper_that_speaks_of_another_book_is_found(said):
    seals = {40: seal(41), 101: seal(101), 200: seal(200), 0: seal(0)}
    (finding,) = audit_papers(papers(said), seals)

    assert (finding.severity, finding.code, finding.entry_no) == ("error", "paper", 101)
    assert finding.facts == {"day": THIRD, "check_code": said}


def test_a_paper_whose_entry_is_gone_is_found():
    assert [each.entry_no for each in audit_papers(papers(code(40)), {})] == [101]
