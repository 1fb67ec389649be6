"""The day as it is sent by WhatsApp: one line, and a card to be read on a phone."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from blangko.core.book import Day
from blangko.core.demand import EmptyStretch
from blangko.core.requests import Request
from blangko.core.status import Status
from blangko.reports.answer import promised, use, what_to_do
from blangko.reports.table import capital
from blangko.words.language import N_, _, language
from blangko.words.written import cards, count, day, day_and_month, long_day, plain, workdays

_STATES = {
    "ok": N_("ENOUGH"),
    "ask_soon": N_("ASK SOON"),
    "soon": N_("TAKE CARE"),
    "now": N_("ASK NOW"),
    "short": N_("NEARLY OUT"),
    "unknown": N_("NOT KNOWN"),
}


class Notice(NamedTuple):
    """The day in words; `level` is that of the answer.

    `state` is the state in a word or two, `left` the cards on hand, both empty while no opening is written; `today`
    is what was written of the day, `ordered` what is on order, `advice` what to do.
    """

    level: str
    office: str
    day: str
    state: str
    left: str
    lasts: str
    use: str
    today: str
    ordered: Sequence[str]
    advice: str
    line: str


def notice_of(answer: Status, today: Day | None, empty: EmptyStretch | None, is_open: bool) -> Notice:
    """The notice of the day of `answer`.

    Args:
        answer: The answer on its evening.
        today: What the book says of the day; None while nothing is written.
        empty: For how long the shelf has been empty; None while there are cards.
        is_open: Whether the office works on the day.
    """
    known = "no_opening" not in answer.reasons
    office = plain(answer.office["name"]) or answer.office["code"]
    state = _empty_for(empty) if empty else _(_STATES[_state(answer)])
    left = cards(answer.on_hand_cards) if known else ""
    ordered = [told for each in answer.requests for told in request_told(each, answer.as_of)]
    moved = _moved(today) if today and known else ""
    written = moved or (_("nothing written down today yet") if known and is_open else "")
    supply = answer.workdays_of_supply.p50
    lasts = _("enough for {workdays}").format(workdays=workdays(supply)) if supply and not empty else ""
    stock = [state, written] if empty else [written, _("left {cards}").format(cards=left) if left else "", lasts]
    said = ", ".join(filter(None, (*stock, *ordered)))
    advice = what_to_do(answer)
    return Notice(
        level=answer.level,
        office=office,
        day=long_day(answer.as_of),
        state=state,
        left=left,
        lasts=capital(lasts),
        use=capital(use(answer)) if known else "",
        today=_("Today: {what}").format(what=moved) if moved else capital(written),
        ordered=[capital(each) for each in ordered],
        advice=advice,
        line=_("Blank KTP-el cards, {office}, {day}: {what}").format(
            office=office, day=day(answer.as_of), what=f"{said}. {advice}" if said else advice
        ),
    )


def _empty_for(empty: EmptyStretch) -> str:
    if not empty.workdays:
        return _("EMPTY since today")
    return _("EMPTY for {workdays}").format(workdays=workdays(empty.workdays))


def _state(answer: Status) -> str:
    if answer.level == "now" and answer.on_order_cards:
        return "short"
    if answer.level == "soon" and "soon" in answer.reasons:
        return "ask_soon"
    return answer.level


def _moved(today: Day) -> str:
    """What was printed, spoiled and received; nothing printed is told only where somebody wrote that."""
    parts = []
    if today.logged or today.printed:
        parts.append(_("printed {n}").format(n=count(today.printed)))
    if today.logged or today.spoiled:
        parts.append(_("spoiled {n}").format(n=count(today.spoiled)))
    if today.received:
        parts.append(_("received {n}").format(n=count(today.received)))
    if today.turned_away:
        parts.append(_("told to come back {n}").format(n=count(today.turned_away)))
    return ", ".join(parts)


def request_told(request: Request, as_of: date) -> list[str]:
    """What an open request still brings, and when: nobody has answered, or so many were promised for a day."""
    if not request.on_order_cards:
        return []
    asked_on = day_and_month(request.requested_on)
    if not request.is_answered and not request.due_on:
        text = _("{n} asked for on {day}, not answered yet").format(n=count(request.asked_cards), day=asked_on)
        return [text]
    return [
        promised(promise.cards, promise.due_on, as_of)
        if promise.due_on
        else _("{n} of the request of {day} still to come").format(n=count(promise.cards), day=asked_on)
        for promise in request.to_come
    ]


def notice_link(line: str) -> str:
    """A link that opens WhatsApp with the line typed in."""
    from urllib.parse import quote

    return f"https://wa.me/?text={quote(line)}"


def notice_png(notice: Notice, dated: date) -> bytes:
    """The notice as a card, 1,080 points wide.

    Raises:
        MissingExtra: typst is not installed.
    """
    from blangko.reports.rendered import typeset

    words = {"on_order": _("On order"), "advice": _("What to do")}
    told = json.dumps({**notice._asdict(), "words": words}, ensure_ascii=False)
    return typeset("notice.typ", dated, "png", notice=told, lang=language())
