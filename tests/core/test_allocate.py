from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import product
from math import inf
from random import Random
from typing import NamedTuple

import pytest

from blangko.core.allocate import Allocation, Reach, Sharer, allocate, least_that_stays, loans
from blangko.errors.ahead import LeastBeyondCards

LOT = 500


def steady(cards_per_workday: float, days: int = 250) -> Reach:
    return Reach(tuple(cards_per_workday * number for number in range(1, days + 1)))


def office(code: str, cards: int, a_day: float | None, least: int = 0, most: int | None = None) -> Sharer:
    return Sharer(code, cards, None if a_day is None else steady(a_day), least, most)


def days(found: Allocation) -> list[float | None]:
    return [found.workdays(number, lots) for number, lots in enumerate(found.given)]


def test_cards_last_whole_days_and_a_part_of_the_next_one():
    reach = Reach((100.0, 150.0, 350.0))

    assert [reach.workdays(cards) for cards in (0, 50, 100, 250)] == [0, 0.5, 1, 2.5]
    assert [reach.cards(days) for days in (0, 0.5, 1, 2.5)] == [0, 50, 100, 250]


def test_beyond_the_days_ahead_the_average_of_all_of_them_goes_on():
    reach = Reach((100.0, 150.0, 300.0))

    assert reach.workdays(600) == 6
    assert reach.cards(6) == 600


def test_cards_that_nobody_uses_last_for_ever():
    assert Reach((0.0, 0.0)).workdays(10) == inf


def test_a_day_on_which_nothing_is_used_is_lasted_without_a_card():
    assert Reach((0.0, 100.0)).workdays(0) == 1


def test_two_offices_run_out_together():
    # 2,500 on top of 500 and 1,000, at 100 and 200 a day: 1,500 and 2,500, 15 and 12.5 days. Any other way one of them
    # is done sooner: 1,000 and 3,000 are 10 days for the first.
    found = allocate([office("61.01", 500, 100), office("61.02", 1000, 200)], 5, LOT)

    assert found.given == [2, 3]
    assert days(found) == [15.0, 12.5]


def test_the_proof_says_what_one_more_day_for_all_would_take():
    # The second office runs out first, after 12.5 days. To last longer it needs a fourth lot, and the first office its
    # two: 2 + 4 = 6 > 5. For 13.5 days it needs 2,700 cards, 200 more, which is one lot; the first has 15 days already.
    found = allocate([office("61.01", 500, 100), office("61.02", 1000, 200)], 5, LOT)

    assert found.first_days == 12.5
    assert found.later_lots == 6
    assert found.one_day_more_lots == 1


def test_of_offices_that_run_out_together_the_one_gets_the_lot_that_lasts_longer_with_it():
    # Both shelves are empty. One lot is 5 days for the first and 10 for the second: (0, 10) is better than (0, 5).
    found = allocate([office("61.01", 0, 100), office("61.02", 0, 50)], 1, LOT)

    assert found.given == [0, 1]


def test_an_office_gets_no_more_than_its_most_and_the_others_the_rest():
    found = allocate([office("61.01", 0, 100, most=1), office("61.02", 5000, 100)], 4, LOT)

    assert found.given == [1, 3]
    # More than its 5 days the first one cannot have; of those who can, the second is the first to run out.
    assert found.first_days == 65.0


def test_an_office_gets_its_least_however_long_its_cards_last():
    found = allocate([office("61.01", 10_000, 10, least=2), office("61.02", 0, 100)], 3, LOT)

    assert found.given == [2, 1]


def test_a_least_that_is_more_than_there_is_is_refused():
    with pytest.raises(LeastBeyondCards) as refused:
        allocate([office("61.01", 0, 10, least=2), office("61.02", 0, 100, least=2)], 3, LOT)

    assert (refused.value.cards, refused.value.least_cards) == (1500, 2000)


def test_an_office_of_which_nothing_is_known_gets_its_least_alone():
    found = allocate([office("61.01", 0, None, least=1), office("61.02", 3000, 100)], 3, LOT)

    assert found.given == [1, 2]
    assert days(found) == [None, 40.0]


def test_lots_that_nobody_may_have_are_left():
    found = allocate([office("61.01", 0, 100, most=1), office("61.02", 0, 100, most=1)], 5, LOT)

    assert (found.given, found.left_lots) == ([1, 1], 3)
    assert (found.first_days, found.later_lots, found.one_day_more_lots) == (None, None, None)


def test_nothing_or_at_least_four_lots_serves_two_of_three_empty_offices():
    # Eight lots: two offices get four each. The two with the smaller use last longest with them: 20 and 40 days.
    empty = [office("61.01", 0, 200), office("61.02", 0, 100), office("61.03", 0, 50)]
    found = allocate(empty, 8, LOT, at_least_lots=4)

    assert found.given == [0, 4, 4]


def test_nothing_or_at_least_two_lots_is_spent_on_two_empty_offices_rather_than_on_one():
    # The first is done with two lots in a day and could use all four; then the second would have none.
    found = allocate([office("61.01", 0, 1000), office("61.02", 0, 100)], 4, LOT, at_least_lots=2)

    assert found.given == [2, 2]


def test_who_may_not_have_what_everybody_gets_who_gets_anything_gets_nothing():
    # With two lots the third has ten days. To last longer it needs three, and the second its two: 5 > 4.
    offices = [office("61.01", 0, 100, most=1), office("61.02", 500, 100), office("61.03", 0, 100)]
    found = allocate(offices, 4, LOT, at_least_lots=2)

    assert found.given == [0, 2, 2]
    assert found.first_days == 10.0
    assert found.later_lots == 5


def test_an_office_with_plenty_lends_to_its_neighbour_and_both_run_out_together():
    # 10,000 at 100 a day are 100 days, 0 at 100 none. Ten lots of 500 go over: 50 days each.
    rich, poor = office("61.01", 10_000, 100, least=least_that_stays(10_000, 0, LOT)), office("61.02", 0, 100)
    found = allocate([rich, poor], 0, LOT)

    assert found.given == [-10, 10]
    assert days(found) == [50.0, 50.0]
    assert [tuple(each) for each in loans(found)] == [("61.01", "61.02", 5000, 50.0, 50.0)]


def test_an_office_lends_nothing_of_what_must_stay():
    assert least_that_stays(2400, 1000, LOT) == -2
    assert least_that_stays(900, 1000, LOT) == 0


def test_a_loan_goes_to_a_neighbour_of_the_same_province_first():
    rich = office("61.01", 4000, 10, least=-2)
    found = allocate([rich, office("62.01", 0, 100), office("61.02", 0, 100)], 0, LOT)

    assert found.given == [-2, 1, 1]
    assert [(each.borrower, each.cards) for each in loans(found)] == [("61.02", 500), ("62.01", 500)]


# --- Beside every other way there is --------------------------------------------------------------


class Case(NamedTuple):
    sharers: list[Sharer]
    lots: int
    at_least: int


CASES = 20_000


def cases() -> Iterator[Case]:
    """Few offices with few lots; round numbers, so that many run out at the same moment."""
    dice = Random(61)
    for _ in range(CASES):
        at_least = dice.choice((1, 1, 1, 2, 3))
        lots = dice.randint(0, 6)
        yield Case([a_sharer(dice, number) for number in range(dice.randint(1, 4))], lots, at_least)


def a_sharer(dice: Random, number: int) -> Sharer:
    level = dice.choice((50, 100, 100, 250, 333))
    weekdays = [level * dice.choice((1, 1, 1, 0.5, 2)) for _ in range(8)]
    used = tuple(sum(weekdays[: day + 1]) for day in range(len(weekdays)))
    least = dice.choice((0, 0, 0, 0, 1, -1, -2))
    cards = dice.choice((0, 0, 500, 1000, 1250, 1700)) + (1000 if least < 0 else 0)
    most = dice.choice((None, None, None, max(least, 0) + dice.randint(0, 2)))
    return Sharer(f"61.{number:02}", cards, Reach(used), least, most)


def best_by_trying_all(case: Case) -> list[float] | None:
    """The days of the best way in ascending order; None where there is no way."""
    ways = []
    for given in product(*(allowed(sharer, case) for sharer in case.sharers)):
        if sum(given) <= case.lots:
            ways.append(sorted(lasts(sharer, lots) for sharer, lots in zip(case.sharers, given, strict=True)))
    return max(ways, default=None)


def allowed(sharer: Sharer, case: Case) -> list[int]:
    reaches = case.lots + sum(max(-each.least_lots, 0) for each in case.sharers)
    most = reaches if sharer.most_lots is None else min(sharer.most_lots, reaches)
    least = sharer.least_lots
    return [
        lots
        for lots in range(least, max(most, least) + case.at_least)
        if (lots <= 0 or lots >= case.at_least) and (lots <= most or (lots == max(least, case.at_least) and least > 0))
    ]


def lasts(sharer: Sharer, lots: int) -> float:
    assert sharer.reach
    return sharer.reach.workdays(sharer.cards + lots * LOT)


def test_twenty_thousand_small_allocations_are_as_good_as_the_best_of_all_ways():
    tried = differ = refused = unproved = 0
    for case in cases():
        best = best_by_trying_all(case)
        try:
            found = allocate(case.sharers, case.lots, LOT, case.at_least)
        except LeastBeyondCards:
            refused += 1
            assert best is None
            continue
        tried += 1
        assert sum(found.given) + found.left_lots == case.lots
        differ += sorted(days_known(found)) != best
        unproved += found.later_lots is not None and found.later_lots <= case.lots

    assert (tried + refused, differ, unproved) == (CASES, 0, 0)
    assert refused < CASES / 10


def days_known(found: Allocation) -> Sequence[float]:
    return [day for day in days(found) if day is not None]
