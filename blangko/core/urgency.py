"""How urgent it is: what holds of an answer, and the level that the worst of it gives.

The law: `ok` only while, doing what the answer advises and no more, the chance of an empty shelf before the next
cards come is at most the accepted risk; with cards on order and the usual lead not yet over, twice that.
"""

from collections.abc import Sequence
from datetime import date, timedelta

from blangko.core.demand import covered_days, empty_days
from blangko.core.facts import Facts
from blangko.core.status import Status
from blangko.core.workdays import ONE_DAY

MISSING_WINDOW_DAYS = 31
"""Gaps older than this are history: nobody remembers what was printed then."""
SOON_WORKDAYS = 3
MISSING_IS_UNKNOWN = 2
LIKELY = 0.5

LEVELS = ("empty", "now", "unknown", "soon", "ok")


def reasons(facts: Facts, known: Status, missing: Sequence[date]) -> list[str]:
    """All that holds of an answer, the most urgent first."""
    today, by = facts.as_of, known.request_by
    waiting = [request for request in facts.requests if request.is_open]
    holds = {
        "empty": known.on_hand_cards <= 0 and facts.opened_on is not None,
        "late": by is not None and by <= today,
        "at_risk": _will_probably_be_empty(known),
        "below_floor": known.on_hand_cards < known.floor_cards and known.on_order_cards == 0,
        "no_opening": facts.opened_on is None,
        "missing_days": len(missing) >= MISSING_IS_UNKNOWN,
        "no_history": known.cards_per_workday is None,
        "soon": by is not None and by > today and facts.calendar.count_open(today, by) <= SOON_WORKDAYS,
        "overdue": any(promise.due_on and promise.due_on < today for each in waiting for promise in each.to_come),
        "unanswered": (known.longest_wait_workdays or 0) > known.lead_time.high,
        "nothing_written": bool(known.reminder_workdays),
        "too_late": (known.risk_of_waiting or 0.0) > known.risk_allowed,
        "calendar_ends": known.forecast_until is not None and known.forecast_until > known.calendar_known_until,
        "count_open": facts.last_count is not None and facts.last_count.open_cards != 0,
    }
    return [reason for reason, true in holds.items() if true]


def _will_probably_be_empty(known: Status) -> bool:
    """Whether more likely than not the shelf is empty before the cards on order, or by the next open day's evening."""
    if (known.risk_of_waiting or 0.0) >= LIKELY:
        return True
    gone = known.run_out_on.p50
    comes_first = known.next_delivery_on is not None and gone is not None and known.next_delivery_on <= gone
    return known.workdays_of_supply.p50 == 0 and not comes_first


def level_of(held: Sequence[str], known: Status) -> str:
    """The level of an answer of which the reasons `held` hold."""
    urgent = {"at_risk", "below_floor"} | ({"late"} if known.on_order_cards == 0 else set())
    if "no_opening" in held:
        return "unknown"
    if "empty" in held:
        return "empty"
    if urgent & set(held):
        return "now"
    if {"missing_days", "no_history"} & set(held):
        return "unknown"
    # With cards on order a day to ask that has passed is a warning: what comes may still come in time.
    warnings = {"late", "soon", "overdue", "unanswered", "nothing_written", "too_late"}
    return "soon" if warnings & set(held) else "ok"


def missing_workdays(facts: Facts) -> list[date]:
    """Open days before today without an entry of use, within the last month and since the book was opened.

    Days that began and ended with an empty shelf are not missing: there was nothing to print. Nor are those on which
    nothing could be printed, nor those after a total for a period until the next total is due.
    """
    return _not_written(facts, facts.as_of - ONE_DAY)


def reminder_workdays(facts: Facts) -> list[date]:
    """Open days whose time to be written has passed: the missing ones and, from the hour on that the office set, today.

    None where the office set no hour, or where it does not matter what time it is.
    """
    hour = facts.settings.remind_at
    if hour is None or facts.clock is None:
        return []
    return _not_written(facts, facts.as_of if facts.clock >= hour else facts.as_of - ONE_DAY)


def not_written_days(known: Status) -> list[date]:
    """The days that the answer tells as not written: the missing ones, and those whose hour has passed."""
    return sorted({*known.missing_workdays, *known.reminder_workdays})


def _not_written(facts: Facts, last: date) -> list[date]:
    """Open days up to `last` of which nothing explains that no use stands in the book."""
    begun = facts.opened_on or (facts.days[0].day if facts.days else None)
    if begun is None:
        return []
    first = max(begun + ONE_DAY, facts.as_of - timedelta(days=MISSING_WINDOW_DAYS))
    # An entry speaks of no day after its own.
    logged = [day for day in facts.days if day.logged and day.day >= first]
    written = {each for day in logged for each in covered_days(day, facts.calendar)}
    explained = written | empty_days(facts.days, facts.as_of) | facts.stopped
    missing = [day for day in facts.calendar.open_days(first, last) if day not in explained]
    return missing if _next_total_is_due(facts, last) else []


def _next_total_is_due(facts: Facts, by: date) -> bool:
    """Whether the office writes day by day, or the period of its last total has passed once more by that evening."""
    logged = [day for day in facts.days if day.logged]
    if not logged or logged[-1].since is None:
        return True
    last = logged[-1]
    return facts.calendar.count_open(last.day, by) > len(covered_days(last, facts.calendar))
