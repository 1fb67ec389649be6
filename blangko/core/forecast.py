"""What the demand means for the shelf: when it is empty, and what is left on each day until then."""

from collections.abc import Iterator
from datetime import date
from typing import Generic, NamedTuple, TypeVar

from blangko.core.level import CumulativeDemand, DemandModel

T = TypeVar("T")

EARLY, MIDDLE, LATE = 0.1, 0.5, 0.9


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


def run_out(demand: CumulativeDemand, on_hand_cards: int) -> Spread[int | None]:
    """The first open day, counted from 0, by whose evening the shelf is empty with chance 10, 50 and 90 %.

    So many full open days of supply come before it. None where that day lies beyond the horizon.
    """
    chances = list(empty_chances(demand, on_hand_cards))
    return Spread(*(_first_reaching(chances, level) for level in (EARLY, MIDDLE, LATE)))


def forecast_rows(model: DemandModel, demand: CumulativeDemand, on_hand_cards: int, until: int) -> list[ForecastRow]:
    """The first `until` open days of the horizon, one row each."""
    days = demand.workdays[:until]
    stocks = [_falling(demand, on_hand_cards, 1 - level, len(days)) for level in (EARLY, MIDDLE, LATE)]
    return [
        ForecastRow(day, round(model.expected(day), 1), Spread(low, middle, high), chance)
        for day, low, middle, high, chance in zip(
            days, *stocks, empty_chances(demand, on_hand_cards), strict=False
        )
    ]  # fmt: skip


def empty_chances(demand: CumulativeDemand, on_hand_cards: float) -> Iterator[float]:
    """The chance that the shelf is empty by the evening of each horizon day.

    Once empty it stays empty, so the chance never falls from one day to the next, even where the approximation does.
    """
    chance = 0.0
    for days_ahead in range(1, len(demand.workdays) + 1):
        chance = max(chance, 1 - demand.chance_within(days_ahead, on_hand_cards))
        yield chance


def _first_reaching(chances: list[float], level: float) -> int | None:
    return next((i for i, chance in enumerate(chances) if chance >= level), None)


def _falling(demand: CumulativeDemand, on_hand_cards: int, level: float, days: int) -> list[int]:
    """What is left on each evening if the use stays on this quantile; never rises, never below nothing."""
    left, lefts = on_hand_cards, []
    for days_ahead in range(1, days + 1):
        left = min(left, max(0, round(on_hand_cards - demand.quantile(days_ahead, level))))
        lefts.append(left)
    return lefts
