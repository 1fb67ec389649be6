"""The days to come as a file for calendar programs (iCalendar, RFC 5545): when to ask, when cards come, closures.

The same book and date give the same bytes: no clock. An event keeps its UID when its day moves, so that a calendar that
takes the file in again moves what it has and shows nothing twice.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from typing import TYPE_CHECKING, NamedTuple

from blangko.core.answer import Answer
from blangko.core.requests import Promise, Request
from blangko.core.status import Status
from blangko.core.supply import Delivery
from blangko.core.workdays import ONE_DAY, Calendar
from blangko.errors.files import MissingExtra
from blangko.reports.answer import run_out, verdict
from blangko.reports.calendar import different_days, estimate_mark, kind_and_reason
from blangko.words.language import _, language
from blangko.words.written import cards, day, plain

if TYPE_CHECKING:
    from icalendar import Alarm, Event

ALARM_TIME = timedelta(hours=8)
"""When the alarm rings on the open day before: the office is there, and the day is still long."""
RECENT = timedelta(days=92)
"""How long a calendar is told what became of a delivery."""
COUNTED_FROM = date(2000, 1, 1)


class Happening(NamedTuple):
    """One all-day event. `what` names it within the office and stays when the day moves."""

    what: str
    on: date
    summary: str
    description: str = ""
    is_certain: bool = True
    has_alarm: bool = False


def calendar_file(whole: Answer, year: int | None = None) -> bytes:
    """The day to ask and the deliveries to come; of a `year` the office's closed and opened days as well.

    Raises:
        MissingExtra: icalendar is not installed.
    """
    try:
        from icalendar import Calendar as CalendarFile
        from icalendar import vText
    except ImportError:
        raise MissingExtra(extra="notify", what="ICS") from None
    status, calendar = whole.status, whole.facts.calendar
    made = CalendarFile()
    made.add("prodid", f"-//blangko//{language().upper()}")
    made.add("version", "2.0")
    made.add("calscale", "GREGORIAN")
    made.add("method", "PUBLISH")
    name = _("Blank KTP-el cards, {office}").format(office=plain(status.office["name"]))
    # Not a name of the standard, so that nothing but this says that it is a text, whose signs are to be escaped.
    made.add("x-wr-calname", vText(name))
    days = happenings_of_year(calendar, year) if year is not None else ()
    for each in (*happenings(status), *days):
        made.add_component(_event(each, status, calendar))
    return bytes(made.to_ical())


def happenings(status: Status) -> Iterator[Happening]:
    """The day to ask by, then what is to come of each open request, and what lately became of the others."""
    if status.request_by is not None:
        # A day to ask that has passed is today's: it moves on until somebody asks.
        yield Happening("request-by", max(status.request_by, status.as_of), _to_ask(status), _known(status), True, True)
    coming = iter(status.deliveries)
    for request in status.requests:
        still_to_come = request.to_come
        # What came first used up the first promises; those that are left keep their places.
        settled = max(len(request.promises), 1) - len(still_to_come)
        yield from (_settled(request, place) for place in range(settled) if _is_recent(request, status.as_of))
        for place, (promise, delivery) in enumerate(zip(still_to_come, coming, strict=False), settled):
            yield _delivery(request, promise, delivery, place)


def _is_recent(request: Request, as_of: date) -> bool:
    return as_of - _settled_on(request) <= RECENT


def _settled_on(request: Request) -> date:
    return request.first_received_on or request.requested_on


def _settled(request: Request, place: int) -> Happening:
    """A delivery that came, or never will: told once more, so that it leaves the day for which it was expected."""
    text = _("Request no. {no}: {cards} received").format(no=request.request_no, cards=cards(request.received_cards))
    return Happening(_delivery_name(request, place), _settled_on(request), text, _asked(request))


def _delivery_name(request: Request, place: int) -> str:
    return f"delivery-{request.request_no}-{place}"


def _to_ask(status: Status) -> str:
    text = _("Ask for {cards} today: late") if status.late_workdays else _("Last day to ask for {cards}")
    return text.format(cards=cards(status.request_cards or 0))


def _known(status: Status) -> str:
    lines = [
        verdict(status),
        _("On hand {cards}").format(cards=cards(status.on_hand_cards)),
        _("Run-out day: {day}").format(day=run_out(status)),
        _("From the book as of {day}.").format(day=day(status.as_of)),
    ]
    return "\n".join(lines)


def _delivery(request: Request, promise: Promise, delivery: Delivery, place: int) -> Happening:
    what, about = _delivery_name(request, place), _asked(request)
    if delivery.is_promised and promise.due_on:
        return Happening(what, promise.due_on, _promised(request, promise), about, True, True)
    return Happening(what, delivery.likely_on, _likely(promise, delivery), about, False, True)


def _asked(request: Request) -> str:
    return _("Request no. {no} of {day}, asked {cards}.").format(
        no=request.request_no, day=day(request.requested_on), cards=cards(request.asked_cards)
    )


def _promised(request: Request, promise: Promise) -> str:
    text = _("{cards} promised") if request.granted_cards is None else _("{cards} granted, to be fetched")
    return text.format(cards=cards(promise.cards))


def _likely(promise: Promise, delivery: Delivery) -> str:
    about = cards(round(delivery.cards))
    if promise.due_on is None:
        return _("About {cards} likely, no day is promised").format(cards=about)
    return _("About {cards} likely, promised for {day}").format(cards=about, day=day(promise.due_on))


def happenings_of_year(calendar: Calendar, year: int) -> Iterator[Happening]:
    """The days of a year that differ from the work week: holidays, closures, days opened by the office."""
    for each in different_days(calendar, year):
        kind, reason = kind_and_reason(calendar, each)
        yield Happening(f"day-{each.isoformat()}", each, f"{reason}{estimate_mark(calendar, each)} ({kind})")


def _event(each: Happening, status: Status, calendar: Calendar) -> Event:
    from icalendar import Event

    made = Event()
    made.add("uid", f"{each.what}.{plain(status.office['code'])}@blangko")
    made.add("dtstamp", datetime.combine(status.as_of, time(), UTC))
    # Every entry raises it, and every day: whatever is told later outranks what was told before.
    made.add("sequence", status.last_entry_no + (status.as_of - COUNTED_FROM).days)
    made.add("dtstart", each.on)
    made.add("dtend", each.on + ONE_DAY)
    made.add("summary", each.summary)
    if each.description:
        made.add("description", each.description)
    made.add("status", "CONFIRMED" if each.is_certain else "TENTATIVE")
    # It is no appointment: nobody is busy because of it.
    made.add("transp", "TRANSPARENT")
    before = calendar.last_open_days(each.on - ONE_DAY, 1) if each.has_alarm else []
    if before:
        made.add_component(_alarm(each, before[0]))
    return made


def _alarm(each: Happening, rings_on: date) -> Alarm:
    from icalendar import Alarm

    made = Alarm()
    made.add("action", "DISPLAY")
    made.add("description", each.summary)
    # From the midnight on which the event's day begins, wherever the calendar is.
    made.add("trigger", rings_on - each.on + ALARM_TIME)
    return made
