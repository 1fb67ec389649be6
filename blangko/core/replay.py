"""An office's own book lived through once more, evening by evening: what the answer said, knowing no later day.

Beside it stands the rule that offices use without any program: the mean use of the last thirty days.
"""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from math import floor
from typing import NamedTuple

from blangko.core.answer import Answer, urgency
from blangko.core.entry import Entry
from blangko.core.evenings import facts_by_evening
from blangko.core.facts import Facts
from blangko.core.forecast import Spread, empty_chances, run_out
from blangko.core.level import MINIMUM_DAYS
from blangko.core.supply import in_open_days
from blangko.core.workdays import NationalDays

RULE_WORKDAYS = 30


class Rule(NamedTuple):
    """The 30-day rule on one evening: cards a day, and the usual lead in open days within which it warns."""

    cards_per_workday: float
    lead_workdays: int

    def lasts(self, cards: float) -> int | None:
        """The open day ahead, counted from 1, on which more is used than so many cards; None where nothing is used."""
        return floor(cards / self.cards_per_workday) + 1 if self.cards_per_workday > 0 else None

    def warns(self, cards: float) -> bool:
        """Whether so many cards last no longer than the usual lead."""
        return cards <= self.cards_per_workday * self.lead_workdays


class Evening(NamedTuple):
    """What was said on one evening.

    `left_cards` are those that the forecast took to be left: on the shelf, less what unwritten days have probably used;
    None without a forecast, and on an evening whose own day is not written. `expected_cards` are those of the next
    open day, `high_workdays` is the longest usual lead. `asked` are the middle run-out days of other numbers of cards,
    as asked for. `rule` is None while fewer than five days are written.
    """

    day: date
    shelf_cards: int
    left_cards: int | None
    level: str
    reasons: tuple[str, ...]
    run_out_on: Spread[date | None]
    expected_cards: float | None
    high_workdays: int
    asked: tuple[date | None, ...]
    rule: Rule | None


def replay(
    entries: Sequence[Entry],
    evenings: Sequence[date],
    national: NationalDays,
    also: Mapping[date, Sequence[float]],
) -> Iterator[Evening]:
    """What the answer said on each of these evenings, in order, from the entries of the days up to it.

    National days count as known; a closure that the office states counts from the day on which it was said.

    Args:
        entries: All entries of one office, in the order of their numbers.
        evenings: Days, ascending.
        national: The national days, before what the book states of them.
        also: For some of the evenings, other numbers of cards whose run-out is asked for too.
    """
    for facts in facts_by_evening(entries, evenings, national):
        yield _evening(urgency(facts), also.get(facts.as_of, ()))


def _evening(told: Answer, also: Sequence[float]) -> Evening:
    facts, status = told.facts, told.status
    ahead = [] if told.ahead is None else [day for day in told.ahead.use.workdays if day > facts.as_of]
    return Evening(
        facts.as_of,
        status.shelf_cards,
        status.shelf_cards - status.unwritten_cards
        if told.ahead and told.ahead.use.workdays[0] > facts.as_of
        else None,
        status.level,
        tuple(status.reasons),
        status.run_out_on,
        told.ahead.model.expected(ahead[0]) if told.ahead and ahead else None,
        status.lead_time.high,
        tuple(_run_out_on(told, cards) for cards in also),
        _rule(facts),
    )


def _run_out_on(told: Answer, cards: float) -> date | None:
    """The middle run-out day of another number of cards."""
    if told.ahead is None:
        return None
    # Those cards are known to be left, so what unwritten days have used is not taken off them.
    number = run_out(empty_chances(told.ahead.fresh, cards)).p50
    return None if number is None else told.ahead.fresh.workdays[number]


def _rule(facts: Facts) -> Rule | None:
    used = [day.use for day in facts.days if day.logged][-RULE_WORKDAYS:]
    if len(used) < MINIMUM_DAYS:
        return None
    settings = facts.settings
    return Rule(sum(used) / len(used), in_open_days((settings.lead_low_days + settings.lead_high_days + 1) // 2))
