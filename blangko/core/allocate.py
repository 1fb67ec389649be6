"""Cards shared out among offices, or among the print points of one, so that all run out together.

The best allocation is the leximin of the days that the cards last: the first to run out lasts as long as can be, then
the second, and so on. Days are open days with their fraction; whole days would hide who is worse off.
Sources: Federgruen and Groenevelt (1986), greedy on polymatroids; Eppen and Schrage (1981).
"""

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from heapq import heapify, heappop, heappush
from math import floor, inf
from typing import NamedTuple

from blangko.errors.ahead import LeastBeyondCards

ROUNDING = 1e-9
"""Sums of cards that differ by less are the same."""


class Reach(NamedTuple):
    """The use to be expected up to the evening of each open day ahead, in cards; ascending, at least one day.

    Beyond the last day the average of all of them goes on.
    """

    used_cards: tuple[float, ...]

    def workdays(self, cards: float) -> float:
        """The open days that so many cards last, with their fraction; without end where nothing is used."""
        used = self.used_cards
        if cards >= used[-1]:
            return cards / used[-1] * len(used) if used[-1] > 0 else inf
        day = bisect_right(used, cards)
        before = used[day - 1] if day else 0.0
        return day + (max(cards, 0.0) - before) / (used[day] - before)

    def cards(self, workdays: float) -> float:
        """The use of so many open days; the fewest cards that last so long."""
        used = self.used_cards
        if workdays >= len(used):
            return workdays * used[-1] / len(used)
        day = floor(workdays)
        before = used[day - 1] if day else 0.0
        return before + (workdays - day) * (used[day] - before)


class Sharer(NamedTuple):
    """One who shares: the cards there, and how fast they go; `reach` is None where nobody knows, and nothing is given.

    `least_lots` and `most_lots` bound what is given; a negative least is the most that may be lent to others.
    """

    code: str
    cards: int
    reach: Reach | None
    least_lots: int = 0
    most_lots: int | None = None


class Loan(NamedTuple):
    """Cards lent by one to another: the open days that the borrower gains, and those that the lender gives up."""

    lender: str
    borrower: str
    cards: int
    days_bought: float
    days_given_up: float


class Allocation(NamedTuple):
    """Who gets how many lots, in the order of the sharers; negative lots are lent to others.

    `left_lots` are those that nobody may have. `first_days` is when the first of those runs out who could be given
    more: it cannot be later, since that takes `later_lots`, more than the `lots` there are, counted from the least that
    each must have. `one_day_more_lots` are those that one more day for all would take on top. All three are None
    where nobody could be given more.
    """

    sharers: Sequence[Sharer]
    lots: int
    lot_cards: int
    given: Sequence[int]
    left_lots: int
    first_days: float | None = None
    later_lots: int | None = None
    one_day_more_lots: int | None = None

    def workdays(self, number: int, lots: int = 0) -> float | None:
        """The open days that the cards of one sharer last, with so many lots more than there are now."""
        sharer = self.sharers[number]
        return sharer.reach.workdays(sharer.cards + lots * self.lot_cards) if sharer.reach else None


def allocate(sharers: Sequence[Sharer], lots: int, lot_cards: int, at_least_lots: int = 1) -> Allocation:
    """Share out so many lots, so that all run out together.

    Args:
        sharers: Those who share, each with the least and the most it may be given.
        lots: The lots to be given.
        lot_cards: Cards in a lot.
        at_least_lots: Who gets anything gets at least so many.

    Raises:
        LeastBeyondCards: The least that all must have is more than there is.
    """
    steps = _steps(sharers, lot_cards, at_least_lots)
    left = lots - sum(each.least for each in steps)
    if left < 0:
        raise LeastBeyondCards(cards=lots * lot_cards, least_cards=(lots - left) * lot_cards)
    given = [each.least for each in steps]
    left = _raise_the_first(steps, given, left)
    return _proved(Allocation(sharers, lots, lot_cards, given, left), steps)


def proved_for(sharers: Sequence[Sharer], found: Allocation, at_least_lots: int = 1) -> Allocation:
    """The same lots given, seen with other bounds than those that led to them; the proof is that of these bounds."""
    return _proved(found._replace(sharers=sharers), _steps(sharers, found.lot_cards, at_least_lots))


def _steps(sharers: Sequence[Sharer], lot_cards: int, at_least_lots: int) -> "list[_Steps]":
    return [_Steps(sharer, lot_cards, at_least_lots) for sharer in sharers]


class _Steps:
    """What one sharer may be given, from the least on, and how long its cards last with that."""

    def __init__(self, sharer: Sharer, lot_cards: int, at_least_lots: int) -> None:
        self.cards, self.lot_cards, self.gap = sharer.cards, lot_cards, max(at_least_lots, 1)
        self.reach = sharer.reach
        self.least = max(sharer.least_lots, self.gap) if sharer.least_lots > 0 else sharer.least_lots
        most = inf if sharer.most_lots is None else sharer.most_lots
        # Whoever may not have what everybody gets who gets anything, gets nothing.
        self.most = 0 if 0 < most < self.gap else most

    def days(self, lots: int) -> float:
        """Open days with so many lots; who uses nothing, or nobody knows what, never runs out."""
        return self.reach.workdays(self.cards + lots * self.lot_cards) if self.reach else inf

    def cost(self, lots: int) -> int | None:
        """The lots that the next step up takes; None at the most, or where more would be of no use."""
        step = self.gap if lots == 0 else 1
        return step if lots + step <= self.most and self.days(lots) < inf else None

    def lots_for_more_than(self, days: float) -> int | None:
        """The fewest lots that last longer than that; None where even the most do not."""
        if self.days(self.least) > days:
            return self.least
        assert self.reach, "without a use the cards last for ever"
        lots = max(self.least, floor((self.reach.cards(days) - self.cards) / self.lot_cards) - 1)
        while lots < self.most and (self.days(lots) <= days or 0 < lots < self.gap):
            lots += 1
        return lots if self.days(lots) > days else None


def _raise_the_first(steps: Sequence[_Steps], given: list[int], left: int) -> int:
    """Raise in `given` whoever runs out first, step by step, as long as lots are left; those that are left at last.

    Whoever cannot be given more drops out. Those who run out at the same moment are raised together: while there is
    enough for all of them each must be, or its days would be lost to no purpose.
    """
    line = [(each.days(lots), number) for number, (each, lots) in enumerate(zip(steps, given, strict=True))]
    heapify(line)
    while line and left:
        first = _first_together(line)
        costs = {number: cost for number in first if (cost := steps[number].cost(given[number]))}
        if sum(costs.values()) > left:
            return _share_the_rest(steps, given, left, costs, [number for _, number in line])
        for number, cost in costs.items():
            given[number] += cost
            left -= cost
            heappush(line, (steps[number].days(given[number]), number))
    return left


def _first_together(line: list[tuple[float, int]]) -> list[int]:
    """Take those out of the line who run out first, and at the same moment."""
    days, number = heappop(line)
    found = [number]
    while line and line[0][0] == days:
        found.append(heappop(line)[1])
    return found


def _share_the_rest(
    steps: Sequence[_Steps], given: list[int], left: int, costs: dict[int, int], behind: Sequence[int]
) -> int:  # fmt: skip
    """Share what is left among those who run out first, too little to raise all of them, and those behind them."""
    if max(costs.values()) == 1:
        # As many of them as can be are raised; of a lot each has most who lasts longest with it.
        for number in sorted(costs, key=lambda each: -steps[each].days(given[each] + 1))[:left]:
            given[number] += 1
        return 0
    return _best_of_all(steps, given, left, costs, behind)


class _Choice(NamedTuple):
    lots: int
    days: float


def _best_of_all(
    steps: Sequence[_Steps], given: list[int], left: int, costs: dict[int, int], behind: Sequence[int]
) -> int:  # fmt: skip
    """The leximin-best way to spend what is left, by a dynamic programme over sharers and lots.

    "Nothing or at least so many" makes a step cost more than a lot, and then the step that helps the first may leave
    too little for a second one. Two ways to give the same lots to the same sharers keep their order whatever the others
    get, so the best way for each number of lots is all that need be kept. A way is kept as one large number that is the
    smaller, the better it is: for every length of time a digit with how many run out then, the earliest first.
    """
    dearest = max(costs.values())
    # One of the first is left as it is whatever happens. Whoever got so much that the dearest step could be paid by
    # it should have given it to that one: so nobody gets so much.
    most = {**dict.fromkeys(behind, dearest), **{number: cost + dearest for number, cost in costs.items()}}
    choices = {
        number: list(_choices(steps[number], given[number], min(limit, left + 1))) for number, limit in most.items()
    }
    digit = _digits(choices)
    best, taken = [0] * (left + 1), []
    for number in choices:
        options = [(choice.lots, digit[choice.days]) for choice in choices[number]]
        found = [
            min((best[have - lots] + worth, lots) for lots, worth in options if lots <= have)
            for have in range(left + 1)
        ]
        best = [worth for worth, _ in found]
        taken.append([lots for _, lots in found])
    for number, lots_of in zip(reversed(list(choices)), reversed(taken), strict=True):
        given[number] += lots_of[left]
        left -= lots_of[left]
    return left


def _choices(steps: _Steps, now: int, below: int) -> Iterator[_Choice]:
    """What may be given on top of what there is now: nothing, or so many lots below that number."""
    yield _Choice(0, steps.days(now))
    lots = 0
    while (cost := steps.cost(now + lots)) and lots + cost < below:
        lots += cost
        yield _Choice(lots, steps.days(now + lots))


def _digits(choices: dict[int, list[_Choice]]) -> dict[float, int]:
    """For each length of time the number that one who lasts so long adds: the shorter, the larger by a whole digit."""
    bits = len(choices).bit_length()
    lengths = sorted({choice.days for listed in choices.values() for choice in listed}, reverse=True)
    return {days: 1 << bits * place for place, days in enumerate(lengths)}


def _proved(found: Allocation, steps: Sequence[_Steps]) -> Allocation:
    """The allocation with what shows that the first to run out could not last longer."""
    pairs = list(zip(steps, found.given, strict=True))
    if not any(each.cost(lots) for each, lots in pairs):
        return found
    first = min(each.days(lots) for each, lots in pairs if each.cost(lots))
    later = 0
    for each, lots in pairs:
        needed = each.lots_for_more_than(first)
        # Whoever runs out earlier has the most that it may be given, and keeps it.
        later += lots if needed is None else needed
    more = sum(_lots_up_to(each, lots, first + 1) for each, lots in pairs)
    return found._replace(
        first_days=first,
        later_lots=later,
        one_day_more_lots=max(more - found.left_lots, 0),
    )


def _lots_up_to(steps: _Steps, given: int, days: float) -> int:
    """The lots on top of those given until the cards last so long, or no more may be given."""
    lots = given
    while steps.days(lots) < days - ROUNDING and (cost := steps.cost(lots)):
        lots += cost
    return lots - given


def loans(found: Allocation) -> list[Loan]:
    """Who lends to whom, neighbours of one province first: what the allocation takes from one and gives to another."""
    provinces = [sharer.code.partition(".")[0] for sharer in found.sharers]
    lent = {number: -lots for number, lots in enumerate(found.given) if lots < 0}
    wanted = {number: lots for number, lots in enumerate(found.given) if lots > 0}
    pairs = []
    for lender in sorted(lent, key=lambda number: -lent[number]):
        home = provinces[lender]
        while lent[lender] and wanted:
            borrower = max(wanted, key=lambda number: (provinces[number] == home, wanted[number]))
            lots = min(lent[lender], wanted[borrower])
            pairs.append((lender, borrower, lots))
            lent[lender] -= lots
            wanted[borrower] -= lots
            if not wanted[borrower]:
                del wanted[borrower]
    return [_loan(found, *pair) for pair in pairs]


def _loan(found: Allocation, lender: int, borrower: int, lots: int) -> Loan:
    return Loan(
        found.sharers[lender].code,
        found.sharers[borrower].code,
        lots * found.lot_cards,
        _days_of(found, borrower, found.given[borrower] - lots, lots),
        _days_of(found, lender, found.given[lender], lots),
    )


def _days_of(found: Allocation, number: int, lots: int, more: int) -> float:
    """The open days that `more` lots are worth to one who has `lots`; none where the cards last for ever."""
    before, after = found.workdays(number, lots), found.workdays(number, lots + more)
    if before is None or after is None or before == inf:
        return 0.0
    return after - before


def least_that_stays(cards: int, kept_cards: int, lot_cards: int) -> int:
    """The least lots of one who may lend what it has above `kept_cards`: zero, or negative."""
    return -(max(cards - kept_cards, 0) // lot_cards)
