"""The demonstration in words: what is invented in it, and what the story teaches."""

from __future__ import annotations

from collections.abc import Mapping

from blangko.core.answer import lead_in_calendar_days
from blangko.core.status import Status
from blangko.reports.table import paragraph
from blangko.words.language import _
from blangko.words.written import count, day, rate, share, workdays

BATCH = 2000


def invented() -> list[str]:
    """What of the demonstration is real, before anything of it is shown."""
    text = _(
        "INVENTED DAYS. The story is Sanggau's, October 2017: over a thousand cards left, enough for one week, and a "
        "trip to the province for two thousand more. The population figures are those published for September 2017. "
        "The opening, the requests, the deliveries and every day's prints are invented."
    )
    return [*paragraph(text), ""]


def lesson(answer: Status, population: Mapping[str, int]) -> list[str]:
    """What the story teaches, with its sums."""
    use, lead = round(answer.cards_per_workday or 0), lead_in_calendar_days(answer.lead_time)
    waiting = population["recorded"] - population["printed"]
    parts = [
        _("What the story teaches"),
        _(
            "{on_hand} cards are {workdays} at {use} a day, and a new batch takes {low} to {high} days. The day to ask "
            "was {day}; on the last day of the story the chance of an empty shelf before a delivery is {risk}."
        ).format(
            on_hand=count(answer.on_hand_cards),
            workdays=workdays(answer.workdays_of_supply.p50 or 0),
            use=count(use),
            low=lead["low"],
            high=lead["high"],
            day=day(answer.request_by) if answer.request_by else "-",
            risk=share(answer.risk_if_requested_today or 0),
        ),
        _(
            "An office that counts {days} for its delivery and 3 more for safety must ask at {point} cards "
            "(8 x {use}); that point had been passed."
        ).format(days=workdays(5), point=count(8 * use), use=count(use)),
        _(
            "Recorded but not printed: {recorded} - {printed} = {waiting} people. They alone need {batches} batches "
            "of {batch}: one batch at a time will never do."
        ).format(
            recorded=count(population["recorded"]),
            printed=count(population["printed"]),
            waiting=count(waiting),
            batches=rate(waiting / BATCH),
            batch=count(BATCH),
        ),
    ]
    return [parts[0], *(line for part in parts[1:] for line in paragraph(part, "  ", "- "))]
