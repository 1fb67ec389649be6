"""The plan in words: what to do now, who waits and until when, what a target asks for, and how to make the cards last.

Every number stands with its sum, so that it can be done again by hand.
"""

from __future__ import annotations

from blangko.core.clearing import BEYOND, LIMIT_UNKNOWN, NEVER, NEW_UNKNOWN, Clearing
from blangko.core.inflow import RECEIPTS, Inflow
from blangko.core.plan import Plan, Queue
from blangko.core.ration import Ration
from blangko.core.target import PRINTS, TEAMS, Target
from blangko.reports.answer import granted, office_line, verdict, waiting
from blangko.reports.table import pairs, paragraph
from blangko.words.language import N_, _
from blangko.words.written import cards, count, day, rate, share, short_day, workdays

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
    if shown.queue:
        parts.append((_("The queue"), queue_rows(shown, shown.queue)))
    if shown.target:
        parts.append((target_title(shown.target), target_rows(shown.target)))
    if shown.ration:
        parts.append((_("Until {day}").format(day=day(shown.ration.until)), ration_rows(shown.ration)))
    return parts


def what_now(shown: Plan) -> list[str]:
    """What to do, the most urgent first, one sentence or two each."""
    told = [verdict(shown.status), granted(shown.status)]
    if shown.target:
        told.append(target_verdict(shown.target))
    return [sentence for sentence in told if sentence]


# --- The queue ------------------------------------------------------------------------------------

_WHY = {
    NEVER: N_("never: as many come new as are served"),
    BEYOND: N_("not within a year"),
    NEW_UNKNOWN: N_("not known: nobody knows how many come new; state the capacity: blangko settings capacity NUMBER"),
    LIMIT_UNKNOWN: N_("not known"),
}


def queue_rows(shown: Plan, queue: Queue) -> Rows:
    """Who waits, what the cards at hand do for them, and when nobody waits any more."""
    size = shown.answer.facts.settings.batch_cards
    rows = [
        (_("Waiting"), waiting(shown.status)),
        (
            _("In batches"),
            _("{cards} : {size} = {n} batches").format(
                cards=cards(queue.waiting_cards), size=count(size), n=rate(queue.batches)
            ),
        ),
        (_("At hand"), at_hand(queue)),
        (_("New"), _new(queue)),
        (_("Supply"), supply(shown.supply, queue)),
        (_("Empty"), empty_on(queue.clear_on)),
    ]
    scenarios = (
        (_("at this supply"), queue.at_supply),
        (_("at the grants"), queue.at_grants),
        (_("at the counter"), queue.at_capacity),
    )
    return [*rows, *((f"  {name}", empty_on(each)) for name, each in scenarios if each)]


def at_hand(queue: Queue) -> str:
    """How far the cards at hand reach, and how many of those who wait now still wait then."""
    prints = rate_of(queue.prints_cards_per_workday)
    if queue.left_cards and queue.shelf_until:
        return _(
            "{shelf} at {prints} a day = {workdays}, until {day}; then {waiting} \u2212 {there} = {left} still waiting"
        ).format(
            shelf=cards(queue.shelf_cards),
            prints=prints,
            workdays=workdays(queue.shelf_workdays),
            day=short_day(queue.shelf_until),
            waiting=count(queue.waiting_cards),
            there=count(queue.shelf_cards),
            left=count(queue.left_cards),
        )
    return _("{shelf}; {waiting} at {prints} a day = {workdays}").format(
        shelf=cards(queue.shelf_cards),
        waiting=count(queue.waiting_cards),
        prints=prints,
        workdays=workdays(queue.workdays_to_serve),
    )


def _new(queue: Queue) -> str:
    if queue.new_cards_per_workday is None:
        return _("not known")
    return _("{n} a day come new").format(n=rate_of(queue.new_cards_per_workday))


def supply(inflow: Inflow | None, queue: Queue) -> str:
    """What comes in a week, from what that is known, and how many weeks it takes for those who wait."""
    if inflow is None:
        return _("not known yet")
    if inflow.source == RECEIPTS:
        text = _("{received} in {days} days = {n} a week").format(
            received=cards(inflow.received_cards), days=count(inflow.days), n=count(round(inflow.cards_per_week))
        )
    else:
        text = _("{cards} every {workdays}, as was granted = {n} a week").format(
            cards=cards(round(inflow.lot_cards)),
            workdays=workdays(inflow.lead_workdays),
            n=count(round(inflow.cards_per_week)),
        )
    if queue.weeks is None:
        return text
    return _("{text}; {waiting} : {n} = {weeks} weeks").format(
        text=text,
        waiting=count(queue.waiting_cards),
        n=count(round(inflow.cards_per_week)),
        weeks=rate_of(queue.weeks),
    )


def empty_on(found: Clearing) -> str:
    """The day on which nobody waits any more, with the span that holds eight times in ten, or why none is named."""
    early, middle, late = found.on
    if middle is None:
        return _(_WHY[found.why or LIMIT_UNKNOWN])
    if early == late:
        return day(middle)
    if late is None:
        return _("{day} ({early} or later)").format(day=day(middle), early=short_day(early or middle))
    return _("{day} ({early} to {late})").format(
        day=day(middle), early=short_day(early or middle), late=day(late)
    )  # fmt: skip


# --- The target -----------------------------------------------------------------------------------


def target_title(aim: Target) -> str:
    """The target in a heading."""
    if aim.by is None:
        return _("The target: {coverage} % recorded").format(coverage=percent(aim.coverage))
    return _("The target: {coverage} % recorded by {day}").format(coverage=percent(aim.coverage), day=day(aim.by))


def target_verdict(aim: Target) -> str:
    """Whether the target is reached, and what could reach it, in a sentence or two."""
    if aim.recordings_needed <= 0:
        return _("The target is reached: {recorded} of {eligible} are recorded, {share} %.").format(
            recorded=count(aim.recorded), eligible=count(aim.eligible), share=percent(100 * aim.recorded / aim.eligible)
        )
    if aim.reachable is None:
        return ""
    if aim.reachable:
        return _("The target of {coverage} % can be reached by {day}.").format(
            coverage=percent(aim.coverage), day=day(aim.by or aim.stated_on)
        )
    return _("The target of {coverage} % by {day} cannot be reached {pace}.").format(
        coverage=percent(aim.coverage), day=day(aim.by or aim.stated_on), pace=_at_pace(aim)
    )


def _at_pace(aim: Target) -> str:
    if aim.pace_from == TEAMS:
        return _("with {teams} teams of {n} a day").format(teams=count(aim.teams or 0), n=count(aim.per_team or 0))
    if aim.pace_from == PRINTS:
        return _("by an office that prints {n} a day").format(n=rate_of(aim.pace or 0))
    return _("at the pace so far, {n} a day").format(n=rate_of(aim.pace or 0))


def target_rows(aim: Target) -> Rows:
    """What the target asks for, whether it is reached, and the cards that follow."""
    rows = [
        (
            _("Needed"),
            _("{coverage} % of {eligible} = {goal} \u2212 {recorded} recorded ({day}) = {n} recordings").format(
                coverage=percent(aim.coverage),
                eligible=count(aim.eligible),
                goal=count(aim.goal),
                recorded=count(aim.recorded),
                day=day(aim.stated_on),
                n=count(aim.recordings_needed),
            ),
        ),
        (_("A day"), _per_day(aim)),
        (_("So far"), _so_far(aim)),
        (_("Reached"), _reached(aim)),
        (_("Cards"), _cards(aim)),
        (_("Printed"), _printed(aim)),
        (_("With new ones"), _with_new(aim)),
    ]
    return [row for row in rows if row[1]]


def _per_day(aim: Target) -> str:
    if aim.recordings_per_workday is None or not aim.workdays or not aim.recordings_needed:
        return ""
    text = _("{n} : {workdays} = {rate} a day").format(
        n=count(aim.recordings_needed), workdays=workdays(aim.workdays), rate=rate_of(aim.recordings_per_workday)
    )
    if aim.per_team_needed is not None:
        text += "; " + _("{n} for each of {teams} teams").format(
            n=rate_of(aim.per_team_needed), teams=count(aim.teams or 0)
        )
    if aim.teams_needed is not None:
        text += "; " + _("{teams} teams of {n}").format(teams=count(aim.teams_needed), n=count(aim.per_team or 0))
    return text


def _so_far(aim: Target) -> str:
    if aim.past is None:
        return _("not known: state --recorded again in four weeks")
    return _("{n} recorded from {first} to {last}: {workdays}, {rate} a day").format(
        n=count(aim.past.recordings),
        first=day(aim.past.first.occurred_on),
        last=day(aim.past.last.occurred_on),
        workdays=workdays(aim.past.workdays),
        rate=rate_of(aim.past.per_workday),
    )


def _reached(aim: Target) -> str:
    parts = []
    if aim.pace_from != PRINTS and aim.pace:
        parts.append(_at_pace(aim))
    if aim.coverage_then is not None and aim.by:
        parts.append(_("{share} % on {day}").format(share=percent(aim.coverage_then), day=short_day(aim.by)))
    if aim.reached_on:
        parts.append(_("{share} % on {day}").format(share=percent(aim.coverage), day=day(aim.reached_on)))
    return ", ".join(parts)


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
    if aim.cards_per_workday is None:
        return text
    return text + "; " + _("{rate} a day").format(rate=rate_of(aim.cards_per_workday))


def _printed(aim: Target) -> str:
    if not aim.prints_cards_per_workday:
        return ""
    at = _("at {n} a day").format(n=rate_of(aim.prints_cards_per_workday))
    return f"{at}: {day(aim.printed_on)}" if aim.printed_on else at + ": " + _("not within ten years")


def _with_new(aim: Target) -> str:
    if aim.new_cards_per_workday is None:
        return _("not counted: how many come of age or lose a card is not known")
    if aim.cards_needed_with_new is None:
        return _("{n} a day come new").format(n=rate_of(aim.new_cards_per_workday))
    text = _("+ {workdays} x {n} = {cards} = {batches} batches; {rate} a day").format(
        workdays=workdays(aim.workdays or 0),
        n=rate_of(aim.new_cards_per_workday),
        cards=cards(aim.cards_needed_with_new),
        batches=count(aim.batches_with_new or 0),
        rate=rate_of(aim.cards_per_workday_with_new or 0),
    )
    end = day(aim.printed_on_with_new) if aim.printed_on_with_new else _("never at what is printed now")
    return f"{text}; {end}"


# --- The ration -----------------------------------------------------------------------------------


def ration_rows(held: Ration) -> Rows:
    """What to give out on the next open day, one quota for all days, and what is left."""
    if not held.is_needed:
        return [(_("Ration"), _("not needed: the cards last until then"))]
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


# --- How figures are written ----------------------------------------------------------------------


def rate_of(number: float) -> str:
    """Cards or people a day, or weeks: whole from ten on, since nobody counts tenths of people."""
    return count(round(number)) if number >= 10 or number == round(number) else rate(number)


def percent(number: float) -> str:
    """Per cent as people say it: 80, or 74.8."""
    return count(round(number)) if abs(number - round(number)) < 0.05 else rate(number)
