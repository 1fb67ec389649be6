"""The answer: how long the cards last, whether what is on order comes in time, and when to ask for the next batch.

The one way from what the book says (`Facts`) to what it means (`Status`): the history that teaches, the demand, the
use of the days ahead, the supply, and at last the level of urgency. Every screen, page, letter and alert tells this.
"""

from bisect import bisect_left
from collections.abc import Sequence
from datetime import date, timedelta
from typing import NamedTuple

from blangko.core import level as demand_level
from blangko.core.campaigns import extra_cards, not_over
from blangko.core.demand import DayUse, empty_days, observed_use, unwritten
from blangko.core.facts import Facts, history_begins
from blangko.core.forecast import ForecastRow, Spread, empty_chances, forecast_rows, run_out
from blangko.core.level import DemandModel
from blangko.core.quota import StandingQuota, standing_quota, stretching_quota
from blangko.core.reorder import (
    Ask,
    Cover,
    cards_to_request,
    cover,
    delivery_risk,
    first_day_of_need,
    lasting_risk,
    latest_request_day,
    reorder_level,
    risk_to_ask_at,
)
from blangko.core.requests import Request
from blangko.core.seasons import known_seasons
from blangko.core.status import Status
from blangko.core.supply import (
    Delivery,
    LeadTime,
    SourceDays,
    asked_on,
    certain,
    deliveries,
    in_calendar_days,
    lead_time,
    learnt_share,
    source_days,
    without_arriving,
)
from blangko.core.urgency import level_of, missing_workdays, reasons, reminder_workdays
from blangko.core.use import UseAhead, use_ahead
from blangko.core.waiting import capacity, days_at_capacity, queue_cards, queue_ends, waiting
from blangko.core.workdays import ONE_DAY

HORIZON_WORKDAYS = 250
RATE_WORKDAYS = 20
"""The rate shown is that of four weeks ahead, where the shelf lasts longer than the horizon."""
LONGEST_WAIT = timedelta(days=120)
"""So far beyond the horizon the source's open days are looked at: a request at its end may still wait."""
LOOK_BACK = timedelta(days=45)
"""A day to ask that was missed is looked for so far back; what was due earlier than that is due now."""
LEAST_FORECAST_DAYS = 5


class Supply(NamedTuple):
    """How cards come: the lead times to expect, the source's open days, and what is on order."""

    lead: LeadTime
    source: SourceDays
    coming: Sequence[Delivery]
    share: float | None


class Outlook(NamedTuple):
    """The days ahead: the demand learnt, the use, and the chance of an empty shelf this evening and on each of them.

    `fresh` is the use of the days ahead alone, as if no day before them had been left unwritten.
    `held` is how the shelf holds out with what is on order; `unwritten` are the days that nobody wrote down.
    """

    model: DemandModel
    use: UseAhead
    fresh: UseAhead
    chances: Sequence[float]
    held: Cover
    unwritten: Sequence[date]
    candidates: Sequence[date]


class Answer(NamedTuple):
    """The answer and what it was made of: the facts, the days ahead (None while unknown), and the status."""

    facts: Facts
    ahead: Outlook | None
    status: Status


def answer(facts: Facts, learnt: DemandModel | None = None) -> Answer:
    """The answer for the evening of `facts.as_of`.

    `learnt` is the demand that the same days taught before, where it was learnt already: that is most of the work.
    """
    supply, told = _told(facts, learnt)
    known, ahead = told.status, told.ahead
    if ahead:
        known = _with_advice(known, facts, supply, ahead)
    if not known.workdays_observed:
        known = known._replace(workdays_observed=len(observed(facts)))
    return told._replace(status=known)


def urgency(facts: Facts, learnt: DemandModel | None = None) -> Answer:
    """The answer without its advice: how long the cards last and how urgent it is, and not how many to ask for.

    It is half as long in the making, which a replay of some hundred evenings feels. `learnt` is as for `answer`.
    """
    return _told(facts, learnt)[1]


def _told(facts: Facts, learnt: DemandModel | None) -> tuple[Supply, Answer]:
    """The supply, and the answer as far as the level of urgency rests on it."""
    supply = supply_of(facts)
    ahead = outlook(facts, supply, learnt)
    known = _status(facts, supply)
    if ahead:
        known = _with_forecast(known, facts, supply, ahead)
    missing = missing_workdays(facts)
    known = known._replace(missing_workdays=missing, reminder_workdays=reminder_workdays(facts))
    held = reasons(facts, known, missing)
    return supply, Answer(facts, ahead, known._replace(level=level_of(held, known), reasons=held))


def forecast_days(answer: Answer, most: int = HORIZON_WORKDAYS) -> list[ForecastRow]:
    """One row for each open day ahead, today first while it is not written, until the shelf is empty with 90 %.

    `most` is the number of rows that are wanted at most.
    """
    facts, ahead = answer.facts, answer.ahead
    if ahead is None:
        return []
    last = run_out(ahead.chances).p90
    until = len(ahead.use.workdays) if last is None else last + 1
    arrived = [bisect_left(ahead.use.workdays, each.day) + 1 for each in facts.arriving]
    until = min(max([until, LEAST_FORECAST_DAYS, *arrived]), most)
    return forecast_rows(ahead.use, facts.shelf_cards, ahead.chances, until, facts.arriving)


def proposed_request(facts: Facts, on: date, learnt: DemandModel | None = None) -> int:
    """The cards that a request made on a day to come should be for; one batch while too little is known."""
    supply = supply_of(facts)
    ahead = outlook(facts, supply, learnt)
    return _ask(facts, supply, ahead, on).cards if ahead else facts.settings.batch_cards


# --- Demand ---------------------------------------------------------------------------------------


def observed(facts: Facts) -> list[DayUse]:
    """The days that teach the forecast."""
    return observed_use(
        facts.days,
        facts.as_of,
        facts.calendar,
        facts.quotas,
        days_at_capacity(facts),
        extra_cards(facts.campaigns),
    )


def demand_model(facts: Facts) -> DemandModel | None:
    """The demand that the book teaches, or the office stated; None while too little is known."""
    seasons = known_seasons(facts.calendar, facts.as_of)
    return demand_level.learnt(observed(facts), facts.settings.typical_daily_use, seasons)


def outlook(facts: Facts, supply: Supply, learnt: DemandModel | None = None) -> Outlook | None:
    """The days ahead, or None while too little is known and the office gave no typical daily use."""
    model = learnt or demand_model(facts)
    first = facts.as_of + ONE_DAY if _today_is_known(facts) else facts.as_of
    open_days = facts.calendar.next_open_days(first, HORIZON_WORKDAYS)
    workdays = [day for day in open_days if day not in facts.stopped]
    if model is None or not workdays:
        return None
    hidden = _unwritten(facts)
    queue = queue_cards(facts, model)
    most = capacity(facts, queue)
    extra = extra_cards(facts.campaigns)
    use = use_ahead(model, hidden, workdays, queue, most, extra, facts.capped_cards)
    fresh = use_ahead(model, [], workdays, queue, most, extra, facts.capped_cards) if hidden else use
    chances = empty_chances(use, facts.shelf_cards, facts.arriving)
    held = cover(use, facts.shelf_cards, supply.coming, supply.lead, supply.source)
    return Outlook(model, use, fresh, chances, held, hidden, _request_days(facts, supply, open_days[-1]))


def _today_is_known(facts: Facts) -> bool:
    """Whether nothing more of today has to be forecast: written, counted, stopped, or with an empty shelf all day."""
    today = facts.as_of
    if _shelf_known_on(facts) >= today or today in facts.stopped:
        return True
    return any(day.day == today and day.logged for day in facts.days) or today in empty_days(facts.days, today)


def _shelf_known_on(facts: Facts) -> date:
    """The last evening on which somebody saw what is on the shelf, or before which nothing is told of it."""
    begun = facts.opened_on or (facts.days[0].day if facts.days else facts.as_of)
    counted = facts.last_count.occurred_on if facts.last_count else begun
    # There cannot be less than nothing: where the book says that the shelf is empty, no more was used.
    emptied = max((day.day for day in facts.days if day.closing <= 0), default=begun)
    return max(begun, counted, emptied, history_begins(facts.as_of))


def _unwritten(facts: Facts) -> list[date]:
    """The open days before today that nobody wrote down since the shelf was last seen."""
    return unwritten(
        facts.days, facts.calendar, _shelf_known_on(facts), facts.as_of - ONE_DAY, stopped=facts.stopped
    )  # fmt: skip


def _request_days(facts: Facts, supply: Supply, last: date) -> list[date]:
    """Days on which the next batch may be asked for, ascending.

    Before the book began nobody could ask, and whoever has something on order has asked: both are asked of today on.
    """
    begun = facts.opened_on or facts.as_of
    first = facts.as_of if supply.coming else max(begun, facts.as_of - LOOK_BACK)
    days = facts.calendar.open_days(first, last)
    return days if days and days[0] <= facts.as_of else [facts.as_of, *days]


# --- Supply ---------------------------------------------------------------------------------------


def supply_of(facts: Facts) -> Supply:
    """How cards come to this office, as its requests teach."""
    settings, listed = facts.settings, facts.requests
    last = facts.as_of + 2 * timedelta(days=HORIZON_WORKDAYS) + LONGEST_WAIT
    source = source_days(facts.source, listed, facts.as_of, last)
    # A request that is only supposed, on a day to come, teaches nothing.
    made = _made(facts)
    lead = lead_time(
        settings.lead_low_days, settings.lead_high_days, settings.accepted_risk, made, source, facts.as_of
    )  # fmt: skip
    coming = deliveries(listed, lead, source, facts.as_of, settings.lot_cards, settings.most_per_request)
    if facts.arriving:
        numbers = {each.request_no for each in made}
        coming = [*without_arriving(coming, numbers, facts.arriving), *map(certain, facts.arriving)]
    return Supply(lead, source, coming, learnt_share(made))


def _on_order(facts: Facts) -> int:
    """Cards that are on order, and those whose arrival is known for sure beyond them."""
    made = sum(request.on_order_cards for request in _made(facts))
    whole = sum(request.on_order_cards for request in facts.requests)
    return max(made, sum(each.cards for each in facts.arriving)) + whole - made


def _made(facts: Facts) -> list[Request]:
    """The requests that were made, without those that are only supposed of a day to come."""
    return [each for each in facts.requests if each.requested_on <= facts.as_of]


def _next_promised(coming: Sequence[Delivery]) -> date | None:
    return min((each.likely_on for each in coming if each.is_promised), default=None)


def _longest_wait(facts: Facts, supply: Supply) -> int | None:
    """Open days of the source for which the oldest request without any answer has waited; None without one."""
    silent = [
        supply.source.between(each.requested_on, facts.as_of)
        for each in _made(facts)
        if not each.is_answered and not (each.due_on and each.due_on >= facts.as_of)
    ]
    return max(silent, default=None)


def _risk_allowed(facts: Facts, supply: Supply) -> float:
    """The chance of an empty shelf before the cards on order come that an office may rest with.

    On the day to ask it is the accepted risk by definition, and every day of waiting raises it: within the longest
    usual lead an office that asked in time is not warned before it has doubled.
    """
    waits = [supply.source.between(each.requested_on, facts.as_of) for each in facts.requests if each.is_open]
    usual = not waits or min(waits) <= supply.lead.high
    return facts.settings.accepted_risk * (2 if usual else 1)


# --- The status -----------------------------------------------------------------------------------


def _status(facts: Facts, supply: Supply) -> Status:
    """What is known without any forecast."""
    quota = facts.capped_cards or facts.quota_cards
    return Status(
        office={"code": facts.office_code, "name": facts.settings.office_name},
        as_of=facts.as_of,
        on_hand_cards=facts.balance.on_hand,
        shelf_cards=facts.shelf_cards,
        spoiled_cards=facts.balance.spoiled,
        on_order_cards=_on_order(facts),
        expected_on_order_cards=round(sum(each.cards for each in supply.coming)),
        balance=facts.balance,
        last_entry_no=facts.last_entry_no,
        last_count=facts.last_count,
        cards_per_workday=None,
        drain_cards_per_workday=None,
        workdays_observed=0,
        use_is_typical=False,
        use_is_at_least=False,
        workdays_of_supply=Spread(None, None, None),
        quota_cards=quota,
        quota=None,
        workdays_at_quota=max(facts.shelf_cards, 0) // quota if quota else None,
        run_out_on=Spread(None, None, None),
        unwritten_cards=0,
        unwritten_workdays=[],
        request_by=None,
        ask=None,
        reorder_level_cards=None,
        granted_share=supply.share,
        accepted_risk=facts.settings.accepted_risk,
        risk_if_requested_today=None,
        risk_before_delivery=None,
        risk_of_waiting=None,
        risk_allowed=_risk_allowed(facts, supply),
        stretch_quota_cards=None,
        next_delivery_on=_next_promised(supply.coming),
        deliveries=supply.coming,
        lead_time=supply.lead,
        waiting=waiting(facts, None),
        waiting_until=None,
        campaigns=not_over(facts.campaigns, facts.as_of),
        loans=dict(facts.loans),
        requests=facts.requests,
        longest_wait_workdays=_longest_wait(facts, supply),
        level="unknown",
        reasons=[],
        missing_workdays=[],
        reminder_workdays=[],
        workdays_to_request=None,
        floor_cards=facts.settings.floor_cards,
        forecast_until=None,
        calendar_known_until=facts.calendar.known_until,
        entries_after=facts.entries_after,
        seal=facts.seal,
    )


def _with_forecast(known: Status, facts: Facts, supply: Supply, ahead: Outlook) -> Status:
    """The status with what the days ahead tell of the shelf, and of the day on which to ask."""
    gone = run_out(ahead.chances)
    workdays = ahead.use.workdays
    before_delivery, waiting_risk = _risks_of_waiting(known, supply, ahead)
    return known._replace(
        cards_per_workday=_rate(facts, ahead, _lasting(workdays, gone)),
        workdays_observed=ahead.model.workdays_observed,
        use_is_typical=not ahead.model.workdays_observed,
        use_is_at_least=ahead.model.at_least,
        workdays_of_supply=gone,
        run_out_on=Spread(*(None if i is None else workdays[i] for i in gone)),
        unwritten_cards=_gone_unwritten(facts, ahead),
        unwritten_workdays=list(ahead.unwritten),
        request_by=_request_by(facts, supply, ahead),
        risk_if_requested_today=1.0 if known.on_hand_cards <= 0 else ahead.held.risk(facts.as_of),
        risk_before_delivery=before_delivery,
        risk_of_waiting=waiting_risk,
        forecast_until=workdays[-1 if gone.p90 is None else gone.p90],
    )


def _with_advice(known: Status, facts: Facts, supply: Supply, ahead: Outlook) -> Status:
    """The status with what can be done: how many to ask for and with how many left, and how to make cards last."""
    request_by = known.request_by
    lasting = _lasting(ahead.use.workdays, known.workdays_of_supply)
    return known._replace(
        drain_cards_per_workday=_while_people_wait(facts, ahead, lasting),
        ask=_ask(facts, supply, ahead, max(request_by, facts.as_of)) if request_by else None,
        reorder_level_cards=_reorder_level(facts, ahead),
        quota=_quota(known, facts, supply, ahead),
        stretch_quota_cards=_stretch(facts, supply, ahead, known.risk_of_waiting, known.risk_allowed),
        waiting=waiting(facts, ahead.model),
        waiting_until=queue_ends(ahead.use),
        workdays_to_request=facts.calendar.count_open(facts.as_of, request_by) if request_by else None,
    )


def _request_by(facts: Facts, supply: Supply, ahead: Outlook) -> date | None:
    """The last day on which the next batch may be asked for; with cards on order none before any more are needed."""
    last = latest_request_day(ahead.held, _risk_to_ask_at(facts, supply.lead), ahead.candidates)
    if last is None or not supply.coming:
        return last
    later = [day for day in ahead.candidates if day >= last]
    return first_day_of_need(later, lambda day: _ask(facts, supply, ahead, day).need_cards)


def _risk_to_ask_at(facts: Facts, lead: LeadTime) -> float:
    return risk_to_ask_at(facts.settings.accepted_risk, lead)


def _lasting(workdays: Sequence[date], gone: Spread[int | None]) -> Sequence[date]:
    """The days whose rate is shown: those that the shelf lasts, so that the sum can be redone; at least a week."""
    return workdays[: RATE_WORKDAYS if gone.p50 is None else max(gone.p50, LEAST_FORECAST_DAYS)]


def _rate(facts: Facts, ahead: Outlook, days: Sequence[date]) -> float:
    """Cards that an average one of these days is expected to use, those of campaigns among them."""
    extra = extra_cards(facts.campaigns)
    rate = ahead.model.average(days) + (sum(extra.get(day, 0.0) for day in days) / len(days) if days else 0.0)
    return min(rate, facts.capped_cards or rate)


def _while_people_wait(facts: Facts, ahead: Outlook, days: Sequence[date]) -> float | None:
    """Cards a day while people wait, or come back who were sent home before; None while nobody does."""
    back = ahead.model.returning.ahead(len(days))
    drained = ahead.use.drain_cards_per_workday
    if drained is None and any(back):
        drained = _rate(facts, ahead, days) + sum(back) / len(days)
    return drained if drained is None else min(drained, facts.capped_cards or drained)


def _gone_unwritten(facts: Facts, ahead: Outlook) -> int:
    """Cards that the unwritten days have probably used; never more than there were."""
    return round(min(ahead.use.unwritten_cards, max(facts.shelf_cards, 0)))


def _risks_of_waiting(known: Status, supply: Supply, ahead: Outlook) -> tuple[float | None, float | None]:
    """The chance of an empty shelf before the first of the cards on order, and before those that last."""
    if supply.coming and known.on_hand_cards <= 0:
        return 1.0, 1.0
    first = delivery_risk(ahead.use, ahead.chances, supply.coming)
    asked_now = asked_on(known.as_of, supply.lead, supply.source)
    return first, lasting_risk(ahead.use, known.shelf_cards, ahead.chances, supply.coming, asked_now)


def _ask(facts: Facts, supply: Supply, ahead: Outlook, on: date) -> Ask:
    settings = facts.settings
    return cards_to_request(
        # A quota makes the shelf last; what is needed of the giver it does not change.
        ahead.fresh._replace(cap=None),
        facts.shelf_cards - _gone_unwritten(facts, ahead),
        supply.coming,
        ahead.held,
        settings.accepted_risk,
        on,
        settings.batch_cards,
        supply.share,
        max((each.asked_cards for each in facts.requests), default=0),
        settings.most_per_request,
    )


def _reorder_level(facts: Facts, ahead: Outlook) -> int:
    """The fewest cards with which to ask today; the office's own floor where that is higher."""
    level = reorder_level(ahead.fresh, ahead.held, facts.as_of, _risk_to_ask_at(facts, ahead.held.lead))
    return max(level, facts.settings.floor_cards)


def _stretch(
    facts: Facts, supply: Supply, ahead: Outlook, risk: float | None, allowed: float
) -> int | None:  # fmt: skip
    """Cards a day that last until those on order should be there; None where none is needed, or that would be none."""
    left = facts.shelf_cards - _gone_unwritten(facts, ahead)
    if risk is None or risk <= allowed or left <= 0:
        return None
    quota = stretching_quota(left, bisect_left(ahead.use.workdays, _expected_by(facts, supply)))
    # What is no less than the usual use rations nothing.
    return quota if 0 < quota < ahead.model.cards_per_workday else None


def _quota(known: Status, facts: Facts, supply: Supply, ahead: Outlook) -> StandingQuota | None:
    """The quota in force, or the one that is supposed, and whether it holds; None without one."""
    quota = facts.capped_cards or facts.quota_cards
    if not quota:
        return None
    standing = standing_quota(
        quota,
        facts.shelf_cards - _gone_unwritten(facts, ahead),
        ahead.use.workdays,
        ahead.model.cards_per_workday,
        _expected_by(facts, supply),
        bool(supply.coming),
    )
    # Where a late delivery may well find an empty shelf, nobody is told to lift a quota that lasts until it.
    keeps = standing.holds and not standing.rations_nothing and not _risk_is_accepted(known)
    return standing._replace(proposed_cards=quota) if keeps and standing.proposed_cards is None else standing


def _risk_is_accepted(known: Status) -> bool:
    """Whether the office may rest with the chance of an empty shelf before the next cards."""
    if known.risk_of_waiting is None:
        return (known.risk_if_requested_today or 0.0) <= known.accepted_risk
    return known.risk_of_waiting <= known.risk_allowed


def _expected_by(facts: Facts, supply: Supply) -> date:
    """The day on whose morning more cards should be there: the promised one, or that of the latest usual lead.

    Where that has passed it is the likeliest day from now on; with nothing on order that of a request made today.
    """
    latest = {each.request_no: supply.source.arrival(each.requested_on, supply.lead.high) for each in facts.requests}
    days = [
        each.likely_on if each.is_promised else max(each.likely_on, latest.get(each.request_no, each.likely_on))
        for each in supply.coming
    ]
    return min(days, default=supply.source.arrival(facts.as_of, supply.lead.high))


def lead_in_calendar_days(lead: LeadTime) -> dict[str, int]:
    """The lead time as offices speak of it: low, typical and high, in calendar days."""
    return {name: in_calendar_days(getattr(lead, name)) for name in ("low", "typical", "high")}
