"""The day in one line, as it is sent by WhatsApp."""

from __future__ import annotations

from blangko.core.status import Facts, outlook, status
from blangko.i18n import _, cards, count, day, plain, workdays


def notice_line(facts: Facts) -> str:
    """What was printed today, what is left, how long it lasts, by when to ask."""
    answer = status(facts, outlook(facts))
    today = [each for each in facts.days if each.day == facts.as_of]
    parts = [
        _("printed {n}").format(n=count(sum(each.printed for each in today))),
        _("spoiled {n}").format(n=count(sum(each.spoiled for each in today))),
    ]
    if received := sum(each.received for each in today):
        parts.append(_("received {n}").format(n=count(received)))
    parts.append(_("left {cards}").format(cards=cards(answer.on_hand_cards)))
    if answer.workdays_of_supply.p50 is not None:
        parts.append(_("enough for {workdays}").format(workdays=workdays(answer.workdays_of_supply.p50)))
    if answer.request_by is not None:
        parts.append(_("ask by {day}").format(day=day(answer.request_by)))
    office = plain(answer.office["name"]) or answer.office["code"]
    return _("Blank KTP-el cards, {office}, {day}: {what}.").format(
        office=office, day=day(facts.as_of), what=", ".join(parts)
    )


def notice_link(line: str) -> str:
    """A link that opens WhatsApp with the line typed in."""
    from urllib.parse import quote

    return f"https://wa.me/?text={quote(line)}"
