"""The target: so many people recorded by a day, what that asks of each open day, and the cards that follow from it.

Recording is not printing: a target is reached at the desks and in the villages, and each recording wants a card. All
figures count nobody new; those who come of age or lose a card meanwhile are told beside them.
"""

from collections.abc import Sequence
from datetime import date, timedelta
from math import ceil
from typing import NamedTuple

from blangko.core.facts import Facts, Stated
from blangko.core.workdays import ONE_DAY, Calendar
from blangko.errors.ahead import NoPopulation, NothingToReach, TargetDayPassed

A_YEAR_DAYS = 365
LEAST_DAYS_APART = 28
FARTHEST_WORKDAYS = 2_500
"""Ten years of open days: what takes longer is not reached."""
STATEMENTS, TEAMS, PRINTS = "statements", "teams", "prints"


class Wanted(NamedTuple):
    """What is asked of a plan: so many per cent recorded by a day, with teams that record so many a day each.

    `ration_until` is the day up to which the cards at hand are to last.
    """

    coverage: float | None = None
    by: date | None = None
    teams: int | None = None
    per_team: int | None = None
    ration_until: date | None = None


def refuse_nonsense(wanted: Wanted, today: date) -> None:
    """Refuse what no plan can answer.

    Raises:
        NothingToReach: A day or teams are named, and no share that they shall reach.
        TargetDayPassed: The day has come.
    """
    if wanted.coverage is None and (wanted.by or wanted.teams or wanted.per_team):
        raise NothingToReach
    if wanted.by and wanted.by <= today:
        raise TargetDayPassed(by=wanted.by, today=today)


class Pace(NamedTuple):
    """What was recorded between two statements, over the open days between them."""

    first: Stated
    last: Stated
    workdays: int

    @property
    def recordings(self) -> int:
        """People recorded from the first statement to the last."""
        return self.last.number - self.first.number

    @property
    def per_workday(self) -> float:
        """People recorded on an open day."""
        return self.recordings / self.workdays


class Printing(NamedTuple):
    """What the cards of a target meet: those that wait already, and what is printed and newly wanted on an open day.

    `new_cards_per_workday` is None where nobody knows how many come new.
    """

    waiting_cards: int
    cards_per_workday: float | None
    new_cards_per_workday: float | None


class Target(NamedTuple):
    """A target and all that follows from it; people for `recordings…`, `goal`, `eligible`, `recorded`, else cards.

    `workdays` are those from tomorrow to `by`, `pace` is what is recorded on one, known from `pace_from`. With
    `prints` it is only known that no more are recorded than cards printed, and `reached_on` stays None.
    `per_team_needed` is what each of the `teams` has to record on a day, `teams_needed` how many teams of `per_team`.
    `cards_…_with_new` count those who come new until `by` as well. `printed_on` is the day on which the cards that
    follow are printed at what the counter prints now.
    """

    coverage: float
    by: date | None
    eligible: int
    recorded: int
    stated_on: date
    goal: int
    recordings_needed: int
    workdays: int | None
    recordings_per_workday: float | None
    teams: int | None
    per_team: int | None
    per_team_needed: float | None
    teams_needed: int | None
    past: Pace | None
    pace: float | None
    pace_from: str | None
    reachable: bool | None
    coverage_then: float | None
    reached_on: date | None
    unprinted_cards: int
    cards_needed: int
    batch_cards: int
    batches: int
    trip_cards: int
    trips: int
    cards_per_workday: float | None
    new_cards_per_workday: float | None
    new_cards: int | None
    cards_needed_with_new: int | None
    batches_with_new: int | None
    cards_per_workday_with_new: float | None
    prints_cards_per_workday: float | None
    printed_on: date | None
    printed_on_with_new: date | None


def past_pace(recorded: Sequence[Stated], calendar: Calendar) -> Pace | None:
    """How fast was recorded: from the statement nearest to a year before the last one; None without two of them.

    Statements less than four weeks apart tell of a campaign or of a correction rather than of a pace.
    """
    if not recorded:
        return None
    last = recorded[-1]
    before = [each for each in recorded if (last.occurred_on - each.occurred_on).days >= LEAST_DAYS_APART]
    if not before:
        return None
    first = min(before, key=lambda each: abs((last.occurred_on - each.occurred_on).days - A_YEAR_DAYS))
    workdays = calendar.count_open(first.occurred_on, last.occurred_on)
    return Pace(first, last, workdays) if workdays > 0 and last.number > first.number else None


def target(facts: Facts, wanted: Wanted, past: Pace | None, printing: Printing, trip_cards: int) -> Target | None:
    """What a target asks for; None without one.

    Args:
        facts: What the book says; the figures of the population among it.
        wanted: The target, and the teams that are to reach it.
        past: How fast was recorded so far; None where nobody knows.
        printing: What the cards of the target meet.
        trip_cards: Cards that one trip to the giver brings.

    Raises:
        NoPopulation: The book does not say how many must have a card, or how many are recorded.
    """
    if wanted.coverage is None:
        return None
    if not {"eligible", "recorded"} <= facts.population.keys():
        raise NoPopulation
    eligible, now = facts.population["eligible"].number, facts.population["recorded"]
    # The margin keeps 80 % of a round number from asking for one more by a rounding error.
    goal = ceil(wanted.coverage / 100 * eligible - 1e-6)
    needed = max(goal - now.number, 0)
    workdays = facts.calendar.count_open(facts.as_of, wanted.by) if wanted.by else None
    per_workday = needed / workdays if workdays else None
    pace, pace_from = _pace(wanted, past, printing)
    reached = as_reached(facts, needed, pace if pace_from != PRINTS else None)
    batch = facts.settings.batch_cards
    cards = printing.waiting_cards + needed
    new = _new_until(workdays, printing.new_cards_per_workday)
    return Target(
        coverage=wanted.coverage,
        by=wanted.by,
        eligible=eligible,
        recorded=now.number,
        stated_on=now.occurred_on,
        goal=goal,
        recordings_needed=needed,
        workdays=workdays,
        recordings_per_workday=per_workday,
        teams=wanted.teams,
        per_team=wanted.per_team,
        per_team_needed=per_workday / wanted.teams if per_workday is not None and wanted.teams else None,
        teams_needed=ceil(per_workday / wanted.per_team) if per_workday is not None and wanted.per_team else None,
        past=past,
        pace=pace,
        pace_from=pace_from,
        reachable=_is_reachable(needed, workdays, pace, pace_from),
        coverage_then=_coverage_then(eligible, now.number, workdays, pace, pace_from),
        reached_on=reached,
        unprinted_cards=printing.waiting_cards,
        cards_needed=cards,
        batch_cards=batch,
        batches=ceil(cards / batch),
        trip_cards=trip_cards,
        trips=ceil(cards / trip_cards),
        cards_per_workday=cards / workdays if workdays else None,
        new_cards_per_workday=printing.new_cards_per_workday,
        new_cards=new,
        cards_needed_with_new=None if new is None else cards + new,
        batches_with_new=None if new is None else ceil((cards + new) / batch),
        cards_per_workday_with_new=(cards + new) / workdays if workdays and new is not None else None,
        prints_cards_per_workday=printing.cards_per_workday,
        printed_on=as_printed(facts, cards, printing.cards_per_workday),
        printed_on_with_new=as_printed(facts, cards, _beyond_new(printing)),
    )


def as_reached(facts: Facts, number: int, per_workday: float | None) -> date | None:
    """The open day on which so many are reached at so many a day, from tomorrow on; today where there is nothing left.

    None at an unknown pace, or where it takes longer than `FARTHEST_WORKDAYS`.
    """
    return _day_of(facts, number, per_workday, frozenset())


def as_printed(facts: Facts, cards: int, per_workday: float | None) -> date | None:
    """As `as_reached`, for cards: none is printed on the days on which the counter is open and the printer stands."""
    return _day_of(facts, cards, per_workday, facts.stopped)


def _day_of(facts: Facts, number: int, per_workday: float | None, stopped: frozenset[date]) -> date | None:
    if number <= 0:
        return facts.as_of
    if not per_workday or per_workday <= 0 or number / per_workday > FARTHEST_WORKDAYS:
        return None
    workdays = ceil(number / per_workday - 1e-9)
    # Twice as many calendar days hold them, and the longest closures; the last of them is looked for only.
    last = facts.as_of + timedelta(days=2 * workdays + 60 + len(stopped))
    days = [day for day in facts.calendar.open_days(facts.as_of + ONE_DAY, last) if day not in stopped]
    return days[workdays - 1] if len(days) >= workdays else None


def _pace(wanted: Wanted, past: Pace | None, printing: Printing) -> tuple[float | None, str | None]:
    """What is recorded on an open day, and from what that is known: the teams named, else two statements."""
    if wanted.teams and wanted.per_team:
        return float(wanted.teams * wanted.per_team), TEAMS
    if past:
        return past.per_workday, STATEMENTS
    # Not known; but no office records more people for long than it prints cards, of which theirs are a part.
    return (printing.cards_per_workday, PRINTS) if printing.cards_per_workday else (None, None)


def _is_reachable(needed: int, workdays: int | None, pace: float | None, pace_from: str | None) -> bool | None:
    if needed <= 0:
        return True
    if workdays is None or pace is None:
        return None
    enough = pace * workdays >= needed
    return None if enough and pace_from == PRINTS else enough


def _coverage_then(
    eligible: int, recorded: int, workdays: int | None, pace: float | None, pace_from: str | None
) -> float | None:
    """The per cent recorded on the day of the target at the pace known."""
    if workdays is None or pace is None or pace_from == PRINTS or not eligible:
        return None
    return 100 * min(recorded + pace * workdays, eligible) / eligible


def _new_until(workdays: int | None, new_cards_per_workday: float | None) -> int | None:
    return None if workdays is None or new_cards_per_workday is None else round(workdays * new_cards_per_workday)


def _beyond_new(printing: Printing) -> float | None:
    """What is left of the day's prints for those who wait, once those who come new have theirs."""
    if printing.cards_per_workday is None or printing.new_cards_per_workday is None:
        return None
    return printing.cards_per_workday - printing.new_cards_per_workday
