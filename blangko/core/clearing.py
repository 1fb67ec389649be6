"""When nobody waits any more: a queue against all that limits how fast it is served.

A queue is empty on the first open day by whose evening everything wanted so far, those who come new included, can have
been printed: by the counter, by the quota and with the cards that have come until then. What is wanted and what limits
it are sums with a mean and a variance; their difference is taken to be normal.
"""

from bisect import bisect_left
from collections.abc import Mapping, Sequence
from datetime import date
from itertools import accumulate
from math import sqrt
from typing import NamedTuple

from blangko.core.forecast import EARLY, LATE, MIDDLE, Spread
from blangko.core.gamma import normal_chance
from blangko.core.level import CumulativeDemand
from blangko.core.supply import DAYS_A_WEEK

NEVER, BEYOND, NEW_UNKNOWN, LIMIT_UNKNOWN = "never", "beyond", "new_unknown", "limit_unknown"
"""Why no day is named: at least as many come new as are served, it takes longer than the horizon, nobody knows how many
come new, or nobody knows what limits it."""
LASTING_WORKDAYS = 60
"""Whether a queue shrinks in the long run is seen on the last sixty open days of the horizon."""


class Clearing(NamedTuple):
    """One way to serve a queue: the days on which it is empty, or `why` no day is named for the middle one."""

    on: Spread[date | None]
    why: str | None = None


def clearing(waiting_cards: float, new: CumulativeDemand | None, limits: Sequence[CumulativeDemand]) -> Clearing:
    """When a queue is empty under all these limits together.

    Args:
        waiting_cards: Cards waited for this evening.
        new: What is newly wanted, summed over the open days ahead; None where nobody knows.
        limits: What can be served, each summed over the same days, what is on the shelf included where it counts.
    """
    if new is None:
        return _no_day(NEW_UNKNOWN)
    if not limits:
        return _no_day(LIMIT_UNKNOWN)
    reached = list(accumulate((_served(waiting_cards, new, limits, n) for n in range(len(new.workdays))), max))
    days = [_first(new.workdays, reached, chance) for chance in (EARLY, MIDDLE, LATE)]
    return Clearing(Spread(*days), None if days[1] else _why(new, limits))


def _no_day(why: str) -> Clearing:
    return Clearing(Spread(None, None, None), why)


def _served(waiting_cards: float, new: CumulativeDemand, limits: Sequence[CumulativeDemand], number: int) -> float:
    """The chance that by the evening of open day `number`, from 0, each of the limits has let everybody through."""
    wanted = waiting_cards + new.mean[number]
    return min(
        _chance_above(limit.mean[number] - wanted, limit.variance[number] + new.variance[number]) for limit in limits
    )


def _chance_above(mean: float, variance: float) -> float:
    """The chance that a normal quantity is not below nothing."""
    if variance <= 0:
        return 1.0 if mean >= 0 else 0.0
    return normal_chance(mean / sqrt(variance))


def _first(days: Sequence[date], reached: Sequence[float], chance: float) -> date | None:
    # The margin keeps a queue that is just served from waiting one more day by a rounding error.
    number = bisect_left(reached, chance - 1e-9)
    return days[number] if number < len(days) else None


def _why(new: CumulativeDemand, limits: Sequence[CumulativeDemand]) -> str:
    first = max(len(new.workdays) - LASTING_WORKDAYS, 1) - 1
    come = new.mean[-1] - new.mean[first]
    served = min(limit.mean[-1] - limit.mean[first] for limit in limits)
    return NEVER if served <= come else BEYOND


# --- What limits it -------------------------------------------------------------------------------


def steady(workdays: Sequence[date], cards_per_workday: float, doubt: float = 0.0) -> CumulativeDemand:
    """So many cards on each open day, known but for `doubt`, a coefficient of variation of all days together."""
    means = [cards_per_workday * number for number in range(1, len(workdays) + 1)]
    return CumulativeDemand(tuple(workdays), tuple(means), tuple((doubt * mean) ** 2 for mean in means))


def cards_there(
    workdays: Sequence[date],
    as_of: date,
    shelf_cards: float,
    coming: Sequence[tuple[date, float]],
    cards_per_week: float,
    lot_cards: float,
    deliveries_seen: int,
) -> CumulativeDemand:
    """The cards that are there until each open day: on the shelf, then on order, then those of an ordinary week.

    What is on order is part of the ordinary weeks to come: only what they bring beyond it is added. Deliveries come as
    they did, independently of each other, so that their number varies by its root; the rate was seen as badly as the
    number of deliveries that it was learnt from says.

    Args:
        workdays: The open days ahead.
        as_of: The evening from which the weeks are counted.
        shelf_cards: Cards on the shelf.
        coming: What is on order, with the days from whose morning on it is likely to be there.
        cards_per_week: What comes in an ordinary week; 0 where nobody knows, or nothing does.
        lot_cards: The cards of one delivery.
        deliveries_seen: From how many deliveries that was learnt.
    """
    means, variances = [], []
    for day in workdays:
        usual = cards_per_week * weeks_between(as_of, day)
        ordered = sum(cards for on, cards in coming if on <= day)
        means.append(shelf_cards + max(usual, ordered))
        variances.append(max(usual - ordered, 0.0) * lot_cards + usual * usual / max(deliveries_seen, 1))
    return CumulativeDemand(tuple(workdays), tuple(means), tuple(variances))


def weeks_between(first: date, last: date) -> int:
    """Whole weeks from one day to another: what comes in a week is there at its end."""
    return (last - first).days // DAYS_A_WEEK


def with_stopped_days(demand: CumulativeDemand, stopped: Mapping[date, float]) -> CumulativeDemand:
    """The demand with that of open days on which nothing can be printed, which waits for the next day.

    Args:
        demand: What is wanted on the days on which cards can be printed.
        stopped: Open days between them on which none can, with what each of them wants.
    """
    waiting: dict[date, float] = {}
    for day, cards in stopped.items():
        next_day = demand.workdays[bisect_left(demand.workdays, day)]
        waiting[next_day] = waiting.get(next_day, 0.0) + cards
    return demand.with_extra(waiting)


# --- Day by day -----------------------------------------------------------------------------------


class Evening(NamedTuple):
    """What one open day ahead brings: cards used, still waited for, and left on the shelf."""

    use_cards: float
    waiting_cards: float
    stock_cards: float


def evenings(
    workdays: Sequence[date],
    shelf_cards: float,
    waiting_cards: float,
    wanted: Sequence[float],
    most: Mapping[date, float],
    arriving: Sequence[float],
) -> list[Evening]:
    """The days ahead, one after the other: use = min(wanted + waiting, the most of the day, stock).

    Whoever is not served joins the queue.

    Args:
        workdays: The open days ahead.
        shelf_cards: Cards on the shelf before the first of them.
        waiting_cards: Cards waited for before the first of them.
        wanted: What is newly wanted on each of them.
        most: What can be printed on a day; days that are not named have no such limit.
        arriving: What is there on each morning that was not there on the evening of the open day before.
    """
    stock, waiting, found = shelf_cards, waiting_cards, []
    for day, new, came in zip(workdays, wanted, arriving, strict=True):
        stock += came
        use = max(min(waiting + new, most.get(day, stock), stock), 0.0)
        stock, waiting = stock - use, waiting + new - use
        found.append(Evening(use, waiting, stock))
    return found
