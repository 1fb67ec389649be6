"""Who shares in an allocation, on what terms, and what each has before and after it."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from math import floor, inf
from typing import NamedTuple

from blangko.core.allocate import (
    ROUNDING,
    Allocation,
    Loan,
    Reach,
    Sharer,
    allocate,
    least_that_stays,
    loans,
    proved_for,
)
from blangko.core.answer import Answer
from blangko.core.numbers import cards as typed_cards
from blangko.core.requests import plain_name
from blangko.core.serving import at_hand
from blangko.errors.ahead import UnknownSharer

LOT_CARDS = 500
"""55 of 58 deliveries came in lots of 500."""
EVERYBODY = ""
"""In the terms, the code of all who are not named."""


class Terms(NamedTuple):
    """What is shared out and how, in cards.

    `at_least_cards` is what everybody gets who gets anything; `least` and `most` are bounds by code, with those of
    `EVERYBODY` for who is not named. With `lends` the offices lend to each other what they have above their floor, and
    above `kept_cards`.
    """

    cards: int
    lot_cards: int = LOT_CARDS
    at_least_cards: int = 0
    least: Mapping[str, int] = {}
    most: Mapping[str, int] = {}
    lends: bool = False
    kept_cards: int = 0


def typed_terms(
    cards: str,
    lot: str | None = None,
    at_least: str | None = None,
    least: Iterable[str] = (),
    most: Iterable[str] = (),
    lends: bool = False,
    keep: str | None = None,
) -> Terms:
    """The terms as somebody types them; bounds are such as "2000", everybody's, or "61.03=2000".

    Without a lot theirs is 0, for whoever knows what is usual among those who share.

    Raises:
        NotWholeNumber, NumberOutOfRange: One of them is no number of cards.
    """
    return Terms(
        typed_cards(cards, least=1),
        typed_cards(lot, least=1) if lot is not None else 0,
        typed_cards(at_least) if at_least is not None else 0,
        typed_bounds(least),
        typed_bounds(most),
        lends,
        typed_cards(keep) if keep is not None else 0,
    )


def typed_bounds(texts: Iterable[str]) -> dict[str, int]:
    """Numbers of cards by who is named before the last equals sign; without one they are everybody's."""
    parted = (text.rpartition("=") for text in texts)
    return {name.strip() or EVERYBODY: typed_cards(number) for name, _equals, number in parted}


class Holding(NamedTuple):
    """What one who shares has: the book's `on_hand_cards`, those taken to be there, and those promised to it already.

    `reach` tells how fast they go, None where nobody knows; `workdays` are the open days that it speaks of.
    `floor_cards` are never lent. `unwritten_workdays` are days whose use is only guessed.
    """

    code: str
    name: str
    on_hand_cards: int
    there_cards: int
    promised_cards: int = 0
    reach: Reach | None = None
    workdays: Sequence[date] = ()
    floor_cards: int = 0
    unwritten_workdays: int = 0

    @property
    def cards(self) -> int:
        """All that it has, or is sure to get."""
        return self.there_cards + self.promised_cards

    def run_out_on(self, days: float) -> date | None:
        """The day that so many open days do not reach any more; None beyond the days ahead."""
        whole = floor(days + ROUNDING) if days < inf else len(self.workdays)
        return self.workdays[whole] if whole < len(self.workdays) else None


class Share(NamedTuple):
    """What one gets, and how long its cards last before and after; None where nobody knows, infinite without any use.

    `cards_per_workday` is the average of the days that its cards last after it.
    """

    holding: Holding
    given_cards: int
    borrowed_cards: int
    lent_cards: int
    days_before: float | None
    days_after: float | None
    cards_per_workday: float | None

    @property
    def cards_after(self) -> int:
        """All that it has after the allocation."""
        return self.holding.cards + self.given_cards + self.borrowed_cards - self.lent_cards

    @property
    def workdays_before(self) -> int | None:
        """Whole open days; None where nobody knows, or without an end."""
        return whole(self.days_before)

    @property
    def workdays_after(self) -> int | None:
        """The same after the allocation."""
        return whole(self.days_after)

    @property
    def run_out_on(self) -> date | None:
        """The day on which it runs out after the allocation; None where nobody knows, or beyond the days ahead."""
        return None if self.days_after is None else self.holding.run_out_on(self.days_after)


class Shared(NamedTuple):
    """An allocation as it is told: what was asked, what each gets, and the proof that it could not be better."""

    as_of: date
    terms: Terms
    shares: Sequence[Share]
    loans: Sequence[Loan]
    allocation: Allocation

    @property
    def given_cards(self) -> int:
        """All that is given, without loans."""
        return sum(each.given_cards for each in self.shares)

    @property
    def left_cards(self) -> int:
        """What nobody gets: less than a lot, or more than all may have."""
        return self.terms.cards - self.given_cards

    @property
    def earliest_run_out_on(self) -> date | None:
        """The first day on which one of them runs out."""
        return min((each.run_out_on for each in self.shares if each.run_out_on), default=None)

    @property
    def one_day_more_cards(self) -> int | None:
        """What one more day for all would take."""
        lots = self.allocation.one_day_more_lots
        return None if lots is None else lots * self.terms.lot_cards

    @property
    def unknown(self) -> list[Share]:
        """Those whose use nobody knows."""
        return [each for each in self.shares if each.holding.reach is None]


def whole(days: float | None) -> int | None:
    """Whole open days of so many; None where they are not known, or without an end."""
    return None if days is None or days == inf else floor(days + ROUNDING)


def holding_of(answer: Answer) -> Holding:
    """What an office has, and how fast it goes, as its own answer says: with those who wait and what can be printed.

    What was promised to it counts as if it were there, so that a second allocation does not give it once more. What
    it only asked for does not: that is what is shared out.
    """
    facts, ahead = answer.facts, answer.ahead
    days = ahead.fresh.workdays if ahead else ()
    used = tuple(ahead.fresh.mean(number) for number in range(1, len(days) + 1)) if ahead else ()
    return Holding(
        code=facts.office_code,
        name=facts.settings.office_name,
        on_hand_cards=facts.balance.on_hand,
        there_cards=at_hand(answer),
        promised_cards=sum(each.on_order_cards for each in facts.requests if each.granted_cards is not None),
        reach=Reach(used) if used else None,
        workdays=days,
        floor_cards=facts.settings.floor_cards or 0,
        unwritten_workdays=len(answer.status.unwritten_workdays),
    )


def named_bounds(bounds: Mapping[str, int], holdings: Sequence[Holding]) -> dict[str, int]:
    """The bounds by code, where each may name a code or a name.

    Raises:
        UnknownSharer: One names nobody who shares.
    """
    codes = {plain_name(each.name): each.code for each in holdings}
    codes |= {plain_name(each.code): each.code for each in holdings}
    codes[EVERYBODY] = EVERYBODY
    for name in bounds:
        if plain_name(name) not in codes:
            raise UnknownSharer(name=name, names=tuple(each.code for each in holdings))
    return {codes[plain_name(name)]: number for name, number in bounds.items()}


def share_out(
    holdings: Sequence[Holding], terms: Terms, as_of: date, settled: Mapping[str, int] = {}
) -> Shared:  # fmt: skip
    """Share the cards out among those who have these holdings.

    Args:
        holdings: What each has without the allocation.
        terms: What is shared out, and how.
        as_of: This evening.
        settled: Cards by code that stand already; the others share the rest.

    Raises:
        LeastBeyondCards: The least that all must have is more than there is.
        UnknownSharer: The terms name somebody who does not share.
    """
    lot, at_least = terms.lot_cards, _lots_of(terms.at_least_cards, terms.lot_cards)
    bounds = terms._replace(least=named_bounds(terms.least, holdings), most=named_bounds(terms.most, holdings))
    sharers = [_sharer(each, bounds) for each in holdings]
    found = allocate([_settled(each, settled, bounds) for each in sharers], terms.cards // lot, lot, at_least)
    if settled:
        found = proved_for(sharers, found, at_least)
    lent = loans(found) if terms.lends else []
    shares = [_share(found, number, holding, lent) for number, holding in enumerate(holdings)]
    return Shared(as_of, terms, shares, lent, found)


def _sharer(holding: Holding, terms: Terms) -> Sharer:
    lot = terms.lot_cards
    least = _lots_of(_bound(terms.least, holding.code) or 0, lot)
    if terms.lends and not least and holding.reach:
        # Cards that are only promised cannot be lent, and nobody lends who does not know how long its own last.
        least = least_that_stays(holding.there_cards, max(holding.floor_cards, terms.kept_cards), lot)
    most = _bound(terms.most, holding.code)
    return Sharer(holding.code, holding.cards, holding.reach, least, None if most is None else most // lot)


def _settled(sharer: Sharer, settled: Mapping[str, int], terms: Terms) -> Sharer:
    """The sharer with what stands already for it; besides, it may still be lent something."""
    if sharer.code not in settled:
        return sharer
    lots = settled[sharer.code] // terms.lot_cards
    return sharer._replace(least_lots=lots, most_lots=sharer.most_lots if terms.lends else lots)


def _bound(bounds: Mapping[str, int], code: str) -> int | None:
    return bounds.get(code, bounds.get(EVERYBODY))


def _lots_of(cards: int, lot_cards: int) -> int:
    """The lots that hold so many cards."""
    return -(-cards // lot_cards)


def _share(found: Allocation, number: int, holding: Holding, lent: Sequence[Loan]) -> Share:
    lots = found.given[number]
    borrowed = sum(each.cards for each in lent if each.borrower == holding.code)
    gone = sum(each.cards for each in lent if each.lender == holding.code)
    after = found.workdays(number, lots)
    return Share(
        holding=holding,
        given_cards=lots * found.lot_cards - borrowed + gone,
        borrowed_cards=borrowed,
        lent_cards=gone,
        days_before=found.workdays(number),
        days_after=after,
        cards_per_workday=_rate(holding, holding.cards + lots * found.lot_cards, after),
    )


def _rate(holding: Holding, cards: int, days: float | None) -> float | None:
    """The average use of the days that the cards last, so that whoever reads it can do the sum again."""
    if holding.reach is None or days is None:
        return None
    if days == inf:
        return 0.0
    return cards / days if days > 0 else holding.reach.cards(1)
