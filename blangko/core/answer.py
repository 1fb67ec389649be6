"""The answer: how many working days are left, and by which day the next batch must be asked for."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import NamedTuple

from blangko.core import level as demand_level
from blangko.core.book import Balance
from blangko.core.demand import DayUse, observed_use
from blangko.core.facts import Count, Facts, Stated
from blangko.core.forecast import ForecastRow, Spread, forecast_rows, run_out
from blangko.core.level import CumulativeDemand, DemandModel
from blangko.core.reorder import (
    LeadTime,
    cards_to_request,
    delivery_risk,
    latest_request_day,
    lead_time,
    shortage_risk,
    stretching_quota,
)
from blangko.core.requests import granted_share
from blangko.core.seasons import known_seasons
from blangko.core.workdays import ONE_DAY

HORIZON_WORKDAYS = 250
LOOK_BACK_WORKDAYS = 30
RATE_WORKDAYS = 20
MISSING_WINDOW_DAYS = 31
"""Gaps older than this are history: nobody remembers what was printed then."""
SOON_WORKDAYS = 3
MISSING_IS_UNKNOWN = 2
LIKELY = 0.5
LEAST_FORECAST_DAYS = 5

LEVELS = ("empty", "now", "unknown", "soon", "ok")


class Outlook(NamedTuple):
    """The demand ahead, from the first horizon day on, and how long a delivery takes."""

    model: DemandModel
    demand: CumulativeDemand
    lead: LeadTime
    candidates: list[date]


class Status(NamedTuple):
    """The answer in full; the names are those of the machine-readable output.

    `workdays_to_request` are the open days from `as_of` to `request_by`, negative when that day has passed.
    """

    office: dict[str, str]
    as_of: date
    on_hand_cards: int
    spoiled_cards: int
    on_order_cards: int
    balance: Balance
    last_entry_no: int
    last_count: Count | None
    cards_per_workday: float | None
    workdays_observed: int
    use_is_typical: bool
    workdays_of_supply: Spread[int | None]
    run_out_on: Spread[date | None]
    request_by: date | None
    request_cards: int | None
    granted_share: float | None
    accepted_risk: float
    risk_if_requested_today: float | None
    risk_before_delivery: float | None
    stretch_quota_cards: int | None
    next_delivery_on: date | None
    lead_time: LeadTime
    level: str
    reasons: list[str]
    missing_workdays: list[date]
    workdays_to_request: int | None
    floor_cards: int
    forecast_until: date | None
    calendar_known_until: date
    backlog: dict[str, Stated]
    entries_after: int
    seal: str

    @property
    def late_workdays(self) -> int:
        """Open days since the day to ask passed; 0 when it has not."""
        return max(-(self.workdays_to_request or 0), 0)


class Answer(NamedTuple):
    """The answer and what it was made of: the facts, the demand ahead (None while unknown), and the status."""

    facts: Facts
    ahead: Outlook | None
    status: Status


def answer(facts: Facts) -> Answer:
    """The answer for the evening of `facts.as_of`; the one way from what the book says to what it means."""
    ahead = outlook(facts)
    return Answer(facts, ahead, status(facts, ahead))


def forecast_days(answer: Answer) -> list[ForecastRow]:
    """One row for each open day after `as_of`, until the shelf is empty with a chance of 90 %."""
    facts, ahead = answer.facts, answer.ahead
    if ahead is None:
        return []
    last = run_out(ahead.demand, facts.balance.on_hand).p90
    until = len(ahead.demand.workdays) if last is None else last + 1
    rows = forecast_rows(ahead.model, ahead.demand, facts.balance.on_hand, max(until, LEAST_FORECAST_DAYS))
    return [row for row in rows if row.day > facts.as_of]


def observed(facts: Facts) -> list[DayUse]:
    """The days that teach the forecast."""
    return observed_use(facts.days, facts.as_of, facts.calendar)


def outlook(facts: Facts) -> Outlook | None:
    """The demand ahead, or None while too little is known and the office gave no typical daily use."""
    seasons = known_seasons(facts.calendar, facts.as_of)
    model = demand_level.learnt(observed(facts), facts.settings.typical_daily_use, seasons)
    if model is None:
        return None
    workdays = facts.calendar.next_open_days(_known_until(facts) + ONE_DAY, HORIZON_WORKDAYS)
    if not workdays:
        return None
    lead = _lead_time(facts)
    return Outlook(model, model.cumulative(workdays), lead, _request_days(facts, lead, workdays))


def _known_until(facts: Facts) -> date:
    """The last day whose use the book knows: logged, counted, opened, or spent with an empty shelf.

    Days since then without an entry are forecast, not skipped. A day whose evening found the shelf empty is known
    too: whatever was wanted, nothing more could be printed.
    """
    known = [day.day for day in facts.days if day.logged]
    if facts.last_count:
        known.append(facts.last_count.occurred_on)
    if facts.opened_on:
        known.append(facts.opened_on)
    known.extend(last for _, last in _empty_evenings(facts))
    return min(max(known, default=facts.as_of), facts.as_of)


def _empty_evenings(facts: Facts) -> list[tuple[date, date]]:
    """First and last evening of each stretch of days that ended with nothing on the shelf."""
    ends = [*(day.day - ONE_DAY for day in facts.days[1:]), facts.as_of]
    return [
        (day.day, max(day.day, end))
        for day, end in zip(facts.days, ends, strict=False)
        if day.closing <= 0
    ]  # fmt: skip


def _lead_time(facts: Facts) -> LeadTime:
    seen = [request.lead_time_days for request in facts.requests if request.lead_time_days is not None]
    return lead_time(
        facts.settings.lead_low_days, facts.settings.lead_high_days, [days for days in seen if days >= 0]
    )  # fmt: skip


def _request_days(facts: Facts, lead: LeadTime, workdays: Sequence[date]) -> list[date]:
    """Days on which the next batch may be asked for: from well before the first horizon day to the horizon's end."""
    first = min(facts.as_of, workdays[0]) - timedelta(days=lead.high)
    back = facts.calendar.last_open_days(facts.as_of, LOOK_BACK_WORKDAYS)
    first = min(first, *back) if back else first
    return facts.calendar.open_days(first, workdays[-1])


def status(facts: Facts, ahead: Outlook | None) -> Status:
    """The answer for the evening of `facts.as_of`; `ahead` is `outlook(facts)`."""
    missing = missing_workdays(facts)
    known = _forecast(facts, ahead) if ahead else _nothing_known(facts)
    reasons = _reasons(facts, known, missing)
    return known._replace(level=_level(reasons), reasons=reasons, missing_workdays=missing)


def _nothing_known(facts: Facts) -> Status:
    on_order = sum(request.on_order_cards for request in facts.requests)
    return Status(
        office={"code": facts.office_code, "name": facts.settings.office_name},
        as_of=facts.as_of,
        on_hand_cards=facts.balance.on_hand,
        spoiled_cards=facts.balance.spoiled,
        on_order_cards=on_order,
        balance=facts.balance,
        last_entry_no=facts.last_entry_no,
        last_count=facts.last_count,
        cards_per_workday=None,
        workdays_observed=len(observed(facts)),
        use_is_typical=False,
        workdays_of_supply=Spread(None, None, None),
        run_out_on=Spread(None, None, None),
        request_by=None,
        request_cards=None,
        granted_share=granted_share(facts.requests),
        accepted_risk=facts.settings.accepted_risk,
        risk_if_requested_today=None,
        risk_before_delivery=None,
        stretch_quota_cards=None,
        next_delivery_on=_next_delivery(facts),
        lead_time=_lead_time(facts),
        level="unknown",
        reasons=[],
        missing_workdays=[],
        workdays_to_request=None,
        floor_cards=facts.settings.floor_cards,
        forecast_until=None,
        calendar_known_until=facts.calendar.known_until,
        backlog=facts.backlog,
        entries_after=facts.entries_after,
        seal=facts.seal,
    )


def _forecast(facts: Facts, ahead: Outlook) -> Status:
    base = _nothing_known(facts)
    position = base.on_hand_cards + base.on_order_cards
    risk = facts.settings.accepted_risk
    gone = run_out(ahead.demand, base.on_hand_cards)
    passed = sum(day < facts.as_of for day in ahead.demand.workdays)
    request_by = latest_request_day(ahead.demand, position, ahead.lead, risk, ahead.candidates)
    delivery = _delivery_risk(facts, ahead)
    return base._replace(
        cards_per_workday=ahead.model.average(_lasting(ahead.demand.workdays, gone)),
        workdays_observed=ahead.model.workdays_observed or base.workdays_observed,
        use_is_typical=not ahead.model.workdays_observed,
        workdays_of_supply=Spread(*(None if i is None else max(i - passed, 0) for i in gone)),
        run_out_on=Spread(*(None if i is None else ahead.demand.workdays[i] for i in gone)),
        request_by=request_by,
        request_cards=_request_cards(facts, ahead, position, request_by),
        risk_if_requested_today=shortage_risk(ahead.demand, position, facts.as_of, ahead.lead),
        risk_before_delivery=delivery,
        stretch_quota_cards=_stretch(facts, base, ahead) if delivery is not None and delivery >= LIKELY else None,
        forecast_until=ahead.demand.workdays[-1 if gone.p90 is None else gone.p90],
        workdays_to_request=facts.calendar.count_open(facts.as_of, request_by) if request_by else None,
    )


def _lasting(workdays: Sequence[date], gone: Spread[int | None]) -> Sequence[date]:
    """The days whose rate is shown: those that the shelf lasts, so that the sum can be redone; at least a week."""
    return workdays[: RATE_WORKDAYS if gone.p50 is None else max(gone.p50, LEAST_FORECAST_DAYS)]


def _request_cards(facts: Facts, ahead: Outlook, position: int, request_by: date | None) -> int | None:
    if request_by is None:
        return None
    asked_on = max(request_by, facts.as_of)
    settings = facts.settings
    return cards_to_request(
        ahead.demand, position, ahead.lead, settings.accepted_risk, ahead.candidates, asked_on, settings.batch_cards
    )


def _delivery_risk(facts: Facts, ahead: Outlook) -> float | None:
    """The chance of an empty shelf before the first delivery on order; None with nothing on order."""
    risks = [
        delivery_risk(
            ahead.demand, facts.balance.on_hand, request.requested_on, request.due_on, facts.as_of, ahead.lead
        )
        for request in facts.requests
        if request.on_order_cards > 0
    ]
    return min(risks, default=None)


def _next_delivery(facts: Facts) -> date | None:
    """The first promised day still to come, of the requests that are open."""
    promised = [request.due_on for request in facts.requests if request.on_order_cards > 0 and request.due_on]
    return min((due for due in promised if due >= facts.as_of), default=None)


def _stretch(facts: Facts, base: Status, ahead: Outlook) -> int:
    arrival = base.next_delivery_on or facts.as_of + timedelta(days=ahead.lead.typical)
    return stretching_quota(base.on_hand_cards, facts.calendar.count_open(facts.as_of, arrival - ONE_DAY))


def missing_workdays(facts: Facts) -> list[date]:
    """Open days before today without a print entry, within the last month and since the book was opened.

    Days that began and ended with an empty shelf are not missing: there was nothing to print.
    """
    begun = facts.opened_on or (facts.days[0].day if facts.days else None)
    if begun is None:
        return []
    logged = {day.day for day in facts.days if day.logged}
    empty = _empty_evenings(facts)
    # A day with a movement begins a stretch of its own, also where the shelf was empty before it and after it.
    stayed_empty = {day.day for day in facts.days if day.opening <= 0 and day.closing <= 0}
    first = max(begun + ONE_DAY, facts.as_of - timedelta(days=MISSING_WINDOW_DAYS))
    return [
        day
        for day in facts.calendar.open_days(first, facts.as_of - ONE_DAY)
        if day not in logged | stayed_empty and not any(start < day <= end for start, end in empty)
    ]


def _reasons(facts: Facts, known: Status, missing: Sequence[date]) -> list[str]:
    settings, today = facts.settings, facts.as_of
    by = known.request_by
    open_requests = [request for request in facts.requests if request.is_open]
    holds = {
        "empty": known.on_hand_cards <= 0,
        "late": by is not None and by <= today,
        "below_floor": known.on_hand_cards < settings.floor_cards and known.on_order_cards == 0,
        "missing_days": len(missing) >= MISSING_IS_UNKNOWN,
        "no_history": known.cards_per_workday is None,
        "soon": by is not None and by > today and facts.calendar.count_open(today, by) <= SOON_WORKDAYS,
        "overdue": any(request.due_on and request.due_on < today for request in open_requests),
        "too_late": known.risk_before_delivery is not None and known.risk_before_delivery >= LIKELY,
        "calendar_ends": known.forecast_until is not None and known.forecast_until > facts.calendar.known_until,
        "count_open": facts.last_count is not None and facts.last_count.open_cards != 0,
    }
    return [reason for reason, true in holds.items() if true]


def _level(reasons: Sequence[str]) -> str:
    if "empty" in reasons:
        return "empty"
    if "late" in reasons or "below_floor" in reasons:
        return "now"
    if "missing_days" in reasons or "no_history" in reasons:
        return "unknown"
    return "soon" if {"soon", "overdue", "too_late"} & set(reasons) else "ok"
