"""What the use ahead means for the shelf: when it is empty, and what is left on each day until then."""

from bisect import bisect_left
from collections.abc import Sequence
from datetime import date
from typing import Generic, NamedTuple, TypeVar

from blangko.core.facts import Arrival
from blangko.core.use import UseAhead

T = TypeVar("T")

EARLY, MIDDLE, LATE = 0.1, 0.5, 0.9
CERTAIN = 1 - 1e-6
"""A shelf that is empty with this chance is empty; every later day is."""


class Spread(NamedTuple, Generic[T]):
    """Three answers to one question: with chance 10 %, 50 % and 90 % the truth comes no later, or is no higher."""

    p10: T
    p50: T
    p90: T


class ForecastRow(NamedTuple):
    """One open day ahead: the use expected of it, the shelf on its evening, and the chance that this is empty."""

    day: date
    expected_cards: float
    stock_cards: Spread[int]
    empty_probability: float


def empty_chances(use: UseAhead, on_hand_cards: float, arriving: Sequence[Arrival] = ()) -> list[float]:
    """The chance that the shelf is empty this evening (0), and by the evening of each open day ahead (1, 2 …).

    Once empty it stays empty, so the chance never falls from one day to the next, even where the approximation does;
    cards that arrive later do not undo that it was empty before them.
    """
    chances = [1 - use.chance_within(0, on_hand_cards)]
    for days_ahead, cards in enumerate(shelf_cards(use, on_hand_cards, arriving)[1:], start=1):
        before = chances[-1]
        chances.append(before if before >= CERTAIN else max(before, 1 - use.chance_within(days_ahead, cards)))
    return chances


def shelf_cards(use: UseAhead, on_hand_cards: float, arriving: Sequence[Arrival] = ()) -> list[float]:
    """The cards that are on the shelf this evening (0), and by the evening of each open day ahead if none were used.

    What arrives on a closed day is there on the morning of the next open one.
    """
    cards = [float(on_hand_cards)] * (len(use.workdays) + 1)
    for arrival in arriving:
        for evening in range(bisect_left(use.workdays, arrival.day) + 1, len(cards)):
            cards[evening] += arrival.cards
    return cards


def run_out(chances: Sequence[float]) -> Spread[int | None]:
    """The first open day, counted from 0, by whose evening the shelf is empty with chance 10, 50 and 90 %.

    It is also the number of full open days before that: the days of supply. None where that day lies beyond the
    horizon. `chances` are `empty_chances`.
    """
    return Spread(*(_first_reaching(chances[1:], level) for level in (EARLY, MIDDLE, LATE)))


def forecast_rows(
    use: UseAhead, on_hand_cards: int, chances: Sequence[float], until: int, arriving: Sequence[Arrival] = ()
) -> list[ForecastRow]:
    """The first `until` open days ahead, one row each. `chances` are `empty_chances`."""
    days = use.workdays[:until]
    cards = shelf_cards(use, on_hand_cards, arriving)[: len(days) + 1]
    stocks = [_falling(use, cards, 1 - level) for level in (EARLY, MIDDLE, LATE)]
    return [
        ForecastRow(day, round(use.mean(ahead) - use.mean(ahead - 1), 1), Spread(low, middle, high), chances[ahead])
        for ahead, (day, low, middle, high) in enumerate(zip(days, *stocks, strict=True), start=1)
    ]


def _first_reaching(chances: Sequence[float], level: float) -> int | None:
    return next((i for i, chance in enumerate(chances) if chance >= level), None)


def _falling(use: UseAhead, cards: Sequence[float], level: float) -> list[int]:
    """What is left on each evening if the use stays on this quantile; rises by what arrives only, never below nothing.

    `cards` are `shelf_cards`.
    """
    left, lefts = round(cards[0]), []
    for days_ahead in range(1, len(cards)):
        arrived = round(cards[days_ahead] - cards[days_ahead - 1])
        left = min(left + arrived, max(0, round(cards[days_ahead] - use.quantile(days_ahead, level))))
        lefts.append(left)
    return lefts
