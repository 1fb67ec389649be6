"""The use of the days ahead: what is demanded, what people who wait still want, and what the counter can print.

Use of a day = min(demand + waiting, capacity). Days before today that nobody wrote down are part of it: what they
probably used is not on the shelf any more.
"""

from collections.abc import Mapping, Sequence
from datetime import date
from types import MappingProxyType
from typing import NamedTuple

from blangko.core.level import CumulativeDemand, DemandModel
from blangko.core.returning import ComingBack

DRAIN_VARIATION = 0.1
"""At capacity the days differ by a tenth (coefficient of variation): printers and people are steadier than demand."""
DEAD_SPREAD = 1.5
HALVINGS = 40


class UseAhead(NamedTuple):
    """The use summed from the first unwritten day to each open day ahead, in cards.

    `workdays` are the open days ahead, today among them while nothing of it is written. `demand` and `drain` reach
    over `unwritten_days` and then those; `drain` is what can be printed at capacity, None where none is stated.
    `cap` is the most that is given out under a quota for the days ahead, which does not scatter; None without one.
    """

    workdays: tuple[date, ...]
    demand: CumulativeDemand
    unwritten_days: int
    drain: CumulativeDemand | None
    waiting_cards: float
    cap: CumulativeDemand | None = None

    def chance_within(self, days_ahead: int, cards: float) -> float:
        """The chance that the use up to the evening of the first `days_ahead` open days ahead is at most so many."""
        days = self.unwritten_days + days_ahead
        if days <= 0:
            return 1.0
        within = self.demand.chance_within(days, cards - self.waiting_cards)
        if self.drain is not None:
            # More is used only where more is wanted and more can be printed.
            within = 1 - (1 - within) * (1 - self.drain.chance_within(days, cards))
        # What a quota leaves in doubt are the unwritten days, and they are in what is wanted as well.
        return within if self.cap is None else max(within, self.cap.chance_within(days, cards))

    def mean(self, days_ahead: int) -> float:
        """The use to be expected up to that evening, the unwritten days included."""
        days = self.unwritten_days + days_ahead
        if days <= 0:
            return 0.0
        wanted = self.waiting_cards + self.demand.mean[days - 1]
        return min([wanted, *(most.mean[days - 1] for most in (self.drain, self.cap) if most)])

    def quantile(self, days_ahead: int, p: float) -> float:
        """The cards that the use up to that evening stays below with chance `p`."""
        days = self.unwritten_days + days_ahead
        if days <= 0:
            return 0.0
        wanted = self.waiting_cards + self.demand.quantile(days, p)
        if self.cap is not None:
            wanted = min(wanted, self.cap.quantile(days, p))
        if self.drain is None:
            return wanted
        low, high = 0.0, min(wanted, self.drain.quantile(days, p))
        for _ in range(HALVINGS):
            middle = (low + high) / 2
            low, high = (low, middle) if self.chance_within(days_ahead, middle) >= p else (middle, high)
        return high

    @property
    def drain_cards_per_workday(self) -> float | None:
        """Cards that are printed on a day while people wait; None while nobody does, or no capacity is known."""
        return self.drain.mean[0] if self.drain and self.waiting_cards > 0 else None

    @property
    def unwritten_cards(self) -> float:
        """What the days that nobody wrote down have probably used."""
        return self.mean(0)


def use_ahead(
    model: DemandModel,
    unwritten: Sequence[date],
    workdays: Sequence[date],
    waiting_cards: float = 0.0,
    capacity_cards: int | None = None,
    extra: Mapping[date, float] = MappingProxyType({}),
    capped_cards: int | None = None,
) -> UseAhead:
    """The use of the unwritten days and of the open days ahead.

    Args:
        model: The demand that the book teaches.
        unwritten: Open days before the first of `workdays` that nobody wrote down.
        workdays: The open days ahead on which cards can be printed.
        waiting_cards: Cards that people wait for already; they count only where a capacity is stated, since without
            one the learnt demand is what the office prints while they wait.
        capacity_cards: The most that can be printed on a day; None where none is stated.
        extra: Cards announced on top of the usual for some of the days.
        capped_cards: The most that is given out on each of `workdays`; None without a quota.
    """
    days = [*unwritten, *workdays]
    drain = _drain(days, capacity_cards, model.dead_share) if capacity_cards else None
    # Who is known to wait need not be guessed from the days.
    learnt = model._replace(returning=ComingBack()) if drain and waiting_cards > 0 else model
    demand = learnt.cumulative(days, extra)
    cap = _cap(demand, len(unwritten), capped_cards) if capped_cards else None
    return UseAhead(tuple(workdays), demand, len(unwritten), drain, waiting_cards if drain else 0.0, cap)


def _cap(demand: CumulativeDemand, unwritten_days: int, capped_cards: int) -> CumulativeDemand:
    """The demand of the unwritten days, which no quota of tomorrow changes, and so many cards on each day after."""
    means, variances = demand.mean[:unwritten_days], demand.variance[:unwritten_days]
    gone, doubt = (means[-1], variances[-1]) if unwritten_days else (0.0, 0.0)
    ahead = len(demand.workdays) - unwritten_days
    capped = (gone + capped_cards * number for number in range(1, ahead + 1))
    return CumulativeDemand(demand.workdays, (*means, *capped), (*variances, *(doubt,) * ahead))


def _drain(days: Sequence[date], capacity_cards: int, dead_share: float) -> CumulativeDemand:
    alive = 1 - dead_share
    spread = capacity_cards**2 * (DRAIN_VARIATION**2 + DEAD_SPREAD * dead_share * alive)
    counted = range(1, len(days) + 1)
    means = tuple(alive * capacity_cards * number for number in counted)
    return CumulativeDemand(tuple(days), means, tuple(spread * number for number in counted))
