"""The day in one line, as it is sent by WhatsApp."""

from __future__ import annotations

from blangko.core.book import Day
from blangko.core.status import Status
from blangko.words.language import _
from blangko.words.written import cards, count, day, plain, workdays


def notice_line(answer: Status, today: Day | None) -> str:
    """The day in a line: prints, what is left and for how long, the next request; `today` is None on a quiet day."""
    parts = [
        _("printed {n}").format(n=count(today.printed if today else 0)),
        _("spoiled {n}").format(n=count(today.spoiled if today else 0)),
    ]
    if today and today.received:
        parts.append(_("received {n}").format(n=count(today.received)))
    parts.append(_("left {cards}").format(cards=cards(answer.on_hand_cards)))
    if answer.on_order_cards:
        parts.append(_("on order {cards}").format(cards=cards(answer.on_order_cards)))
    if answer.workdays_of_supply.p50 is not None:
        parts.append(_("enough for {workdays}").format(workdays=workdays(answer.workdays_of_supply.p50)))
    if answer.request_by is not None:
        asked = cards(answer.request_cards or 0)
        by = max(answer.request_by, answer.as_of)
        parts.append(_("ask for {cards} by {day}").format(cards=asked, day=day(by)))
    office = plain(answer.office["name"]) or answer.office["code"]
    return _("Blank KTP-el cards, {office}, {day}: {what}.").format(
        office=office, day=day(answer.as_of), what=", ".join(parts)
    )


def notice_link(line: str) -> str:
    """A link that opens WhatsApp with the line typed in."""
    from urllib.parse import quote

    return f"https://wa.me/?text={quote(line)}"
