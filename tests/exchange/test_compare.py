"""A sheet held against the book: what is new, what stands there, what differs."""

from datetime import date

import pytest

from blangko.core.standing import Standing
from blangko.errors.files import DaysDiffer, NothingNew, NothingToImport
from blangko.exchange.compare import compare, wanted
from blangko.exchange.found import Line

BEGUN = date(2017, 10, 2)


def sheet(text):
    """A figure a line: the day of October 2017, the kind, the cards; each on a row of its own."""
    parts = [line.split() for line in text.strip().splitlines()]
    return [Line("Okt", no, kind, date(2017, 10, int(day)), kind, int(n)) for no, (day, kind, n) in enumerate(parts, 2)]


def stands(text):
    """An entry a line, numbered from 10 on; a fourth word is the first day of a total."""
    parts = [line.split() for line in text.strip().splitlines()]
    return [
        Standing(no, date(2017, 10, int(day)), kind, int(n), date(2017, 10, int(since[0])) if since else None)
        for no, (day, kind, n, *since) in enumerate(parts, 10)
    ]


def short(lines):
    return [(line.day.day, line.kind, line.cards) for line in lines]


def test_rows_that_no_entry_stands_for_are_new():
    seen = compare(sheet("3 print 187\n3 spoil 3\n4 print 190"), stands("3 print 187\n3 spoil 3"), BEGUN)

    assert (short(seen.new), short(seen.same)) == ([(4, "print", 190)], [(3, "print", 187), (3, "spoil", 3)])
    assert not seen.differing


def test_two_entries_of_a_day_may_be_one_row_of_the_sheet_and_one_entry_two_rows():
    seen = compare(sheet("3 print 187\n4 send 30\n4 send 20"), stands("3 print 100\n3 print 87\n4 send 50"), BEGUN)

    assert len(seen.same) == 3 and not seen.new and not seen.differing


def test_a_second_delivery_of_a_day_further_below_is_new():
    seen = compare(sheet("3 receive 2000\n3 receive 1000"), stands("3 receive 2000"), BEGUN)

    assert (short(seen.same), short(seen.new)) == ([(3, "receive", 2000)], [(3, "receive", 1000)])


def test_two_deliveries_of_the_same_size_are_two():
    seen = compare(sheet("3 receive 500\n3 receive 500"), stands("3 receive 500"), BEGUN)

    assert (len(seen.same), len(seen.new)) == (1, 1)


def test_another_number_on_the_same_day_differs():
    seen = compare(sheet("3 print 175"), stands("3 print 150"), BEGUN)

    (day,) = seen.differing
    assert (day.kind, day.last, day.book_cards, day.sheet_cards) == ("print", date(2017, 10, 3), 150, 175)


def test_a_zero_says_none_and_a_blank_says_nothing():
    seen = compare(sheet("3 print 0\n3 spoil 0\n4 spoil 0\n5 print 0"), stands("3 print 150\n4 spoil 2"), BEGUN)

    # Of the 5th the book learns that the office was open; of the 3rd the spoiled cards agree.
    assert short(seen.new) == [(5, "print", 0)]
    assert [(day.last.day, day.kind) for day in seen.differing] == [(3, "print"), (4, "spoil")]
    assert short(seen.nothing) == [(3, "spoil", 0)]


def test_a_day_without_prints_that_the_book_has_so_is_the_same():
    seen = compare(sheet("3 print 0"), stands("3 print 0"), BEGUN)

    assert short(seen.same) == [(3, "print", 0)] and not seen.differing


def test_a_total_of_a_period_is_compared_with_all_its_days():
    days = sheet("3 print 100\n4 print 110\n5 print 90\n6 print 50")

    assert len(compare(days, stands("5 print 300 3"), BEGUN).same) == 3
    (period,) = compare(days, stands("5 print 310 3"), BEGUN).differing
    assert (period.first.day, period.last.day, period.sheet_cards, period.book_cards) == (3, 5, 300, 310)


def test_days_before_the_opening_are_put_aside():
    lines = [Line("Sep", 2, "print", date(2017, 9, 28), "print", 200), *sheet("2 print 187")]
    seen = compare(lines, [], BEGUN)

    assert (len(seen.before), short(seen.new)) == (1, [(2, "print", 187)])


def test_what_is_written_begins_with_the_oldest_day_and_on_each_day_with_what_came():
    asked = wanted(compare(sheet("4 print 201\n4 receive 2000\n3 print 187\n3 spoil 3"), [], BEGUN), "x.csv", None)

    assert [(draft.kind, draft.occurred_on.day, draft.cards) for draft in asked.drafts] == [
        ("print", 3, 187),
        ("spoil", 3, 3),
        ("receive", 4, 2000),
        ("print", 4, 201),
    ]


def test_a_replaced_day_takes_back_all_its_entries_and_writes_all_its_rows():
    seen = compare(sheet("3 print 60\n3 print 70\n4 spoil 0"), stands("3 print 150\n4 spoil 2"), BEGUN)
    asked = wanted(seen, "x.csv", seen)

    assert (list(asked.replaced), dict(asked.successors)) == ([10, 11], {})
    assert [(draft.kind, draft.cards) for draft in asked.drafts] == [("print", 60), ("print", 70)]


def test_one_row_that_takes_the_place_of_one_entry_follows_it():
    seen = compare(sheet("2 receive 500\n3 print 175"), stands("3 print 150"), BEGUN)

    assert dict(wanted(seen, "x.csv", seen).successors) == {10: 1}


def test_a_day_that_began_to_differ_after_it_was_agreed_upon_is_not_replaced():
    lines = sheet("3 print 175\n4 print 20")
    agreed = compare(lines, stands("3 print 150"), BEGUN)
    for meanwhile in ("3 print 160", "3 print 150\n4 print 30"):
        with pytest.raises(DaysDiffer) as refused:
            wanted(compare(lines, stands(meanwhile), BEGUN), "x.csv", agreed)

        assert refused.value.days == 1


def test_nothing_new_and_nothing_at_all_are_two_refusals():
    with pytest.raises(NothingNew) as refused:
        wanted(compare(sheet("3 print 150"), stands("3 print 150"), BEGUN), "x.csv", None)
    assert refused.value.figures == 1
    with pytest.raises(NothingToImport):
        wanted(compare([], [], BEGUN), "x.csv", None)
