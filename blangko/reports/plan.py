"""The plan in words: what to do now, who waits and until when, what a target asks for, and how to make the cards last.

Every number stands with its sum, so that it can be done again by hand.
"""

from __future__ import annotations

from math import ceil

from blangko.core.advice import advice
from blangko.core.clearing import BEYOND, LIMIT_UNKNOWN, NEVER, NEW_UNKNOWN
from blangko.core.inflow import RECEIPTS, Inflow
from blangko.core.plan import Plan
from blangko.core.ration import Ration
from blangko.core.serving import RECORDINGS, Queue, Scenario
from blangko.core.target import PRINTS, TEAMS, Target
from blangko.reports.advice import advice_lines
from blangko.reports.answer import granted, office_line, quota, verdict, waiting
from blangko.reports.population import grounds, grounds_said
from blangko.reports.table import pairs, paragraph
from blangko.words.language import N_, _
from blangko.words.written import cards, count, day, plural, rate, share, short_day, workdays

Rows = list[tuple[str, str]]


def plan_screen(shown: Plan) -> list[str]:
    """One calm screen: what to do now, then the queue, the target and the ration with their sums."""
    lines = [*office_line(shown.status), ""]
    for sentence in what_now(shown):
        lines += paragraph(sentence, "  ", "- ")
    for title, rows in plan_parts(shown):
        lines += ["", title, *pairs(rows)]
    return lines


def plan_parts(shown: Plan) -> list[tuple[str, Rows]]:
    """The parts of the plan that there are, each with its title and its named rows."""
    parts: list[tuple[str, Rows]] = []
    if shown.status.waiting:
        parts.append((_("The queue"), queue_rows(shown)))
    if shown.target:
        parts.append((target_title(shown.target), target_rows(shown.target)))
    if shown.ration:
        parts.append((_("Until the next cards, {day}").format(day=day(shown.ration.until)), ration_rows(shown.ration)))
    return parts


def what_now(shown: Plan) -> list[str]:
    """What to do, the most urgent first, one sentence or two each."""
    told = [verdict(shown.status), granted(shown.status), *_ground(shown)]
    if shown.target:
        told.append(target_verdict(shown.target))
    told.append(quota(shown.status))
    told += advice_lines(advice(shown.answer, shown.ration), shown.status, shown.ration)
    return [sentence for sentence in told if sentence]


def _ground(shown: Plan) -> list[str]:
    """What the number to ask for rests on: who waits; nothing while nothing need be asked for."""
    if shown.status.request_cards is None:
        return []
    return grounds_said([each for each in grounds({}, shown.status.waiting) if each.people])


# --- The queue ------------------------------------------------------------------------------------

_WHY = {
    NEVER: N_("never: as many come new as are served"),
    BEYOND: N_("not within a year"),
    NEW_UNKNOWN: N_("not known, since nobody knows how many come new"),
    LIMIT_UNKNOWN: N_("not known"),
}


def queue_rows(shown: Plan) -> Rows:
    """Who waits, what the cards at hand do for them, and when nobody waits any more."""
    queue = shown.queue
    if queue is None:
        hint = _("not known; state what the counter can print: blangko settings capacity NUMBER")
        return [(_("Waiting"), waiting(shown.status)), (_("Queue empty"), hint)]
    rows = [
        (_("Waiting"), _waiting(shown, queue)),
        (_("At hand"), at_hand(queue)),
        (_("New"), _new(queue)),
        (_("Supply"), supply(shown.supply, queue)),
        (_("Queue empty"), empty_on(queue.clear_on)),
    ]
    scenarios = (
        (_("as cards came"), queue.at_supply),
        (_("as was granted"), queue.at_grants),
        (_("at the counter"), queue.at_capacity),
    )
    return [*rows, *((f"  {name}", empty_on(each)) for name, each in scenarios if each)]


def _waiting(shown: Plan, queue: Queue) -> str:
    size = shown.answer.facts.settings.batch_cards
    return _("{waiting}; {n} : {size} = {batches} batches").format(
        waiting=waiting(shown.status), n=count(queue.waiting_cards), size=count(size), batches=rate(queue.batches)
    )


def at_hand(queue: Queue) -> str:
    """How far the cards at hand reach, and how many of those who wait now still wait then."""
    prints = rate_of(queue.prints_cards_per_workday)
    if queue.left_cards and queue.shelf_until:
        return _(
            "{shelf} at {prints} a day = {workdays}, until {day}; {waiting} \u2212 {there} = {left} still waiting"
        ).format(
            shelf=cards(queue.shelf_cards),
            prints=prints,
            workdays=workdays(queue.shelf_workdays),
            day=day(queue.shelf_until),
            waiting=count(queue.waiting_cards),
            there=count(queue.shelf_cards),
            left=count(queue.left_cards),
        )
    return _("{shelf}; {waiting} waiting at {prints} a day = {workdays}").format(
        shelf=cards(queue.shelf_cards),
        waiting=count(queue.waiting_cards),
        prints=prints,
        workdays=workdays(queue.workdays_to_serve),
    )


def _new(queue: Queue) -> str:
    if queue.new_cards_per_workday is None:
        return _("not known; state what the counter can print: blangko settings capacity NUMBER")
    text = _("{n} a day, as recorded so far") if queue.new_from == RECORDINGS else _("{n} a day, as learnt")
    return text.format(n=rate_of(queue.new_cards_per_workday))


def supply(inflow: Inflow | None, queue: Queue) -> str:
    """What comes in a week, from what that is known, and how many weeks it takes for those who wait."""
    if inflow is None:
        return _("not known before four weeks are written down, or a request is answered")
    weekly = count(round(inflow.cards_per_week))
    if inflow.source == RECEIPTS:
        text = _("{received} in {days} = {n} a week").format(
            received=cards(inflow.received_cards), days=plural("{n} day", "{n} days", inflow.days), n=weekly
        )
    else:
        text = _("{cards} each {workdays}, as was granted = {n} a week").format(
            cards=cards(round(inflow.lot_cards)), workdays=workdays(inflow.lead_workdays), n=weekly
        )
    if queue.weeks is None:
        return text
    weeks = plural("{n} week", "{n} weeks", ceil(queue.weeks))
    return f"{text}; {count(queue.waiting_cards)} : {weekly} = {weeks}"


def empty_on(found: Scenario) -> str:
    """The day on which nobody waits any more, with the span that holds eight times in ten, or why none is named."""
    early, middle, late = found.on
    if middle is None:
        text = _(_WHY[found.why or LIMIT_UNKNOWN])
        if found.if_nobody_new is None:
            return text
        return _("{text}; if nobody came new, {day}").format(text=text, day=day(found.if_nobody_new))
    if early == late:
        return day(middle)
    first = day(early or middle)
    if late is None:
        return _("{day} ({first} or later)").format(day=day(middle), first=first)
    return _("{day} ({first} to {last})").format(day=day(middle), first=first, last=day(late))


# --- The target -----------------------------------------------------------------------------------


def target_title(aim: Target) -> str:
    """The target in a heading."""
    if aim.by is None:
        return _("The target: {coverage} % recorded").format(coverage=percent(aim.coverage))
    return _("The target: {coverage} % recorded by {day}").format(coverage=percent(aim.coverage), day=day(aim.by))


def target_verdict(aim: Target) -> str:
    """What to tell of the target: whether it is reached, when else, and what could reach it."""
    if aim.recordings_needed <= 0:
        return _("The target is reached: {recorded} of {eligible} are recorded, {share} %.").format(
            recorded=count(aim.recorded), eligible=count(aim.eligible), share=percent(100 * aim.recorded / aim.eligible)
        )
    if aim.by is None or aim.reachable is None:
        return ""
    facts = {"coverage": percent(aim.coverage), "day": day(aim.by), "pace": at_pace(aim)}
    if aim.reachable:
        return _("The target of {coverage} % by {day} can be reached {pace}.").format(**facts)
    told = [_("The target of {coverage} % by {day} cannot be reached {pace}.").format(**facts)]
    if aim.reached_on:
        told.append(_("It would be reached on {day}.").format(day=day(aim.reached_on)))
    return " ".join([*told, _what_could(aim)])


def _what_could(aim: Target) -> str:
    """What could reach the target: so many a day, of so many teams."""
    needed = rate_of(aim.recordings_per_workday or 0)
    if aim.teams_needed is not None:
        return _("It takes {n} a day: {teams} of {each} a day.").format(
            n=needed, teams=_teams(aim.teams_needed), each=count(aim.per_team or 0)
        )
    if aim.per_team_needed is not None:
        return _("It takes {n} a day: {each} from each of {teams}.").format(
            n=needed, each=rate_of(aim.per_team_needed), teams=_teams(aim.teams or 0)
        )
    return _("It takes {n} a day.").format(n=needed)


def _teams(number: int) -> str:
    return plural("{n} team", "{n} teams", number)


def at_pace(aim: Target) -> str:
    """The pace that the target is measured by."""
    if aim.pace_from == TEAMS:
        return _("with {teams} of {n} a day").format(teams=_teams(aim.teams or 0), n=count(aim.per_team or 0))
    if aim.pace_from == PRINTS:
        return _("by an office that prints {n} cards a day").format(n=rate_of(aim.pace or 0))
    return _("at the pace so far, {n} a day").format(n=pace_of(aim.pace or 0))


def target_rows(aim: Target) -> Rows:
    """What the target asks for, whether it is reached, and the cards that follow, each as a sum."""
    rows = [
        (_("Needed"), _needed(aim)),
        (_("A day"), _per_day(aim)),
        (_("So far"), _so_far(aim)),
        (_("On the day"), _on_the_day(aim)),
        (_("Reached"), _reached(aim)),
        (_("Cards"), _cards(aim)),
        (_("Printed"), _printed(aim)),
        (_("With new ones"), _with_new(aim)),
    ]
    return [row for row in rows if row[1]]


def _needed(aim: Target) -> str:
    if aim.recordings_needed <= 0:
        # A sum that ends below nothing would be none.
        return _("none: {coverage} % of {eligible} = {goal}, and {recorded} are recorded ({day})").format(
            coverage=percent(aim.coverage),
            eligible=count(aim.eligible),
            goal=count(aim.goal),
            recorded=count(aim.recorded),
            day=day(aim.stated_on),
        )
    return _("{coverage} % of {eligible} = {goal} \u2212 {recorded} recorded ({day}) = {n} recordings").format(
        coverage=percent(aim.coverage),
        eligible=count(aim.eligible),
        goal=count(aim.goal),
        recorded=count(aim.recorded),
        day=day(aim.stated_on),
        n=count(aim.recordings_needed),
    )


def _per_day(aim: Target) -> str:
    if aim.recordings_per_workday is None or not aim.workdays or not aim.recordings_needed:
        return ""
    a_day = rate_of(aim.recordings_per_workday)
    text = f"{count(aim.recordings_needed)} : {workdays(aim.workdays)} = {a_day}"
    if aim.per_team_needed is not None:
        text += f"; {a_day} : {_teams(aim.teams or 0)} = {rate_of(aim.per_team_needed)}"
    if aim.teams_needed is not None:
        text += f"; {a_day} : {count(aim.per_team or 0)} = {_teams(aim.teams_needed)}"
    return text


def _so_far(aim: Target) -> str:
    if aim.past is None:
        return _("not known; state --recorded again in four weeks")
    return _("{n} recorded from {first} to {last} : {workdays} = {rate} a day").format(
        n=count(aim.past.recordings),
        first=day(aim.past.first.occurred_on),
        last=day(aim.past.last.occurred_on),
        workdays=workdays(aim.past.workdays),
        rate=pace_of(aim.past.per_workday),
    )


def _on_the_day(aim: Target) -> str:
    """What is recorded on the day of the target at the pace known."""
    if aim.coverage_then is None or aim.workdays is None or not aim.pace or not aim.recordings_needed:
        return ""
    return _("{recorded} + {workdays} × {pace} = {then} recorded, {share} %").format(
        recorded=count(aim.recorded),
        workdays=workdays(aim.workdays),
        pace=pace_of(aim.pace),
        then=count(round(aim.recorded + aim.workdays * aim.pace)),
        share=percent(aim.coverage_then),
    )


def _reached(aim: Target) -> str:
    """The day on which the target is reached at the pace known."""
    if not aim.pace or aim.pace_from == PRINTS or not aim.recordings_needed:
        return ""
    days = ceil(aim.recordings_needed / aim.pace)
    text = f"{count(aim.recordings_needed)} : {pace_of(aim.pace)} = {workdays(days)}"
    return f"{text}, {day(aim.reached_on)}" if aim.reached_on else text


def _cards(aim: Target) -> str:
    text = _("{waiting} waiting + {needed} = {cards} = {batches} batches of {size}").format(
        waiting=count(aim.unprinted_cards),
        needed=count(aim.recordings_needed),
        cards=cards(aim.cards_needed),
        batches=count(aim.batches),
        size=count(aim.batch_cards),
    )
    if aim.trip_cards != aim.batch_cards:
        text += ", " + _("{n} trips of {size}").format(n=count(aim.trips), size=count(aim.trip_cards))
    return text


def _printed(aim: Target) -> str:
    """How many cards a day that is until the target, and how long it takes at what the counter prints now."""
    parts, whole = [], count(aim.cards_needed)
    if aim.cards_per_workday is not None:
        parts.append(f"{whole} : {workdays(aim.workdays or 0)} = {rate_of(aim.cards_per_workday)}")
    if aim.prints_cards_per_workday:
        days = ceil(aim.cards_needed / aim.prints_cards_per_workday - 1e-9)
        end = f", {day(aim.printed_on)}" if aim.printed_on else ""
        parts.append(f"{whole} : {rate_of(aim.prints_cards_per_workday)} = {workdays(days)}{end}")
    return "; ".join(parts)


def _with_new(aim: Target) -> str:
    if aim.new_cards_per_workday is None:
        return _("not counted: how many come of age or lose a card is not known")
    if aim.cards_needed_with_new is None:
        return _("{n} a day come new").format(n=rate_of(aim.new_cards_per_workday))
    text = _("+ {workdays} × {n} = {cards} = {batches} batches, {rate} a day").format(
        workdays=workdays(aim.workdays or 0),
        n=rate_of(aim.new_cards_per_workday),
        cards=cards(aim.cards_needed_with_new),
        batches=count(aim.batches_with_new or 0),
        rate=rate_of(aim.cards_per_workday_with_new or 0),
    )
    if aim.printed_on_with_new:
        return _("{text}; printed on {day}").format(text=text, day=day(aim.printed_on_with_new))
    return _("{text}; never printed at what is printed now").format(text=text)


# --- The ration -----------------------------------------------------------------------------------


def ration_rows(held: Ration) -> Rows:
    """What to give out on the next open day, one quota for all days, and what is left."""
    if not held.is_needed and held.is_risk_accepted:
        return [(_("Ration"), _("not needed: the cards last until then"))]
    if not held.is_needed:
        told = _("not needed yet; {risk} that the shelf is empty before then")
        return [(_("Ration"), told.format(risk=share(held.risk))), *to_be_sure(held)]
    if held.served_share <= 0:
        return [(_("Ration"), _("none: the shelf is empty"))]
    rows = [
        (
            short_day(held.on),
            _("{cards}, for {share} of those who come").format(
                cards=cards(held.cards_per_day), share=share(held.served_share)
            ),
        )
    ]
    if held.fixed_cards is not None:
        rows.append((_("One quota"), _("{n} on every day until then").format(n=count(held.fixed_cards))))
    return [*rows, (_("Left then"), cards(held.left_at_delivery_cards))]


def to_be_sure(held: Ration) -> Rows:
    """With which quota the cards also last until a late delivery."""
    if held.fixed_cards is None:
        return []
    told = _("at most {n} a day, in case the cards come late or more people come")
    return [(_("To be sure"), told.format(n=count(held.fixed_cards)))]


# --- How figures are written ----------------------------------------------------------------------


def rate_of(number: float) -> str:
    """Cards or people a day: whole from ten on, since nobody counts tenths of people."""
    return count(round(number)) if number >= 10 or number == round(number) else rate(number)


def pace_of(number: float) -> str:
    """People recorded a day, so that what follows from it over a year can be done again: 96, or 97.6."""
    return count(round(number)) if abs(number - round(number)) < 0.05 else rate(number)


def percent(number: float) -> str:
    """Per cent as people say it: 80, or 74.8."""
    return pace_of(number)
