"""The sum that gives the number to ask for, line by line with what each rests on, and room for the officer's pen."""

from __future__ import annotations

from blangko.core.reorder import MOST_COVER_WORKDAYS, REVIEW_WORKDAYS
from blangko.core.summary import Summary
from blangko.reports.answer import sum_lines
from blangko.words.language import _
from blangko.words.written import cards, count, day_and_month, rate, share, short_day, workdays

MINUS = "\u2212"


def true_minus(text: str) -> str:
    """A number with a sign as long as the plus."""
    return text.replace("-", MINUS)


def signed_cards(number: int) -> str:
    """What is added or taken away, with its sign."""
    return f"{MINUS if number < 0 else '+'}{count(abs(number))}"


def box_rows(summary: Summary) -> list[tuple[str, str]]:
    """The lines that add up, the number to ask for below them; nothing while none need be asked for."""
    ask = summary.answer.ask
    if ask is None:
        return []
    known = _rests_on(summary)
    plainly = {line.what: words for line, (words, _cards) in zip(ask.lines, sum_lines(summary.answer), strict=True)}
    rows = [(known.get(line.what, plainly[line.what]), signed_cards(line.cards)) for line in ask.lines]
    return [*rows, (_("cards to ask for"), count(ask.cards))]


def _rests_on(summary: Summary) -> dict[str, str]:
    """What each line comes from: its days and its rate, its risk, its day, its share."""
    answer, ask = summary.answer, summary.answer.ask
    assert ask, "there is a number to ask for"
    known = {
        "reserve": _("reserve: a risk of {risk} is accepted").format(risk=share(answer.accepted_risk)),
        "on_hand": _("less on hand on {day}{less}").format(day=day_and_month(answer.as_of), less=_less(summary)),
        "on_order": _("less expected of {cards} on order").format(cards=cards(answer.on_order_cards)),
        "rounding": _("rounded to batches of {n}").format(n=count(summary.settings.batch_cards)),
    }
    if answer.granted_share is not None:
        known["share"] = _("because {share} is granted").format(share=share(answer.granted_share))
    if summary.ask_workdays:
        used = next((line.cards for line in ask.lines if line.what == "use"), 0)
        known["use"] = _("use of {workdays} at {rate}, until {day}").format(
            workdays=workdays(summary.ask_workdays), rate=rate(used / summary.ask_workdays), day=short_day(ask.until)
        )
    return known


def _less(summary: Summary) -> str:
    """What is taken off the cards on hand: what a count missed, and what days not written have probably used."""
    answer, parts = summary.answer, []
    if missing := answer.on_hand_cards - answer.shelf_cards:
        parts.append(_("{n} missing at the count").format(n=count(missing)))
    if answer.unwritten_cards:
        parts.append(_("{n} not written down").format(n=count(answer.unwritten_cards)))
    return f" ({f' {MINUS} '.join([count(answer.on_hand_cards), *parts])})" if parts else ""


def box_note(summary: Summary) -> str:
    """Why the use of so many days is asked for; nothing where a request never reaches so far."""
    latest = summary.answer.lead_time.high
    if summary.answer.ask is None or 2 * latest + REVIEW_WORKDAYS >= MOST_COVER_WORKDAYS:
        return ""
    return _(
        "Counted until the delivery of the next request is there: a delivery takes {lead} at the latest, "
        "and the next request follows {review} later."
    ).format(lead=workdays(latest), review=workdays(REVIEW_WORKDAYS))


def approved() -> str:
    """The empty cell for the officer who grants."""
    return _("Approved: {dots} cards").format(dots="\u2026" * 6)
