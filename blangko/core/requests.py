"""Asked, granted, received: three facts about each request, and what is still on order.

Without a grant the first receipt closes a request, unless that receipt said that more comes. With a grant the request
stays open until the granted number is in. A grant takes the place of the earlier ones, unless it says that it is one
more: then they add up.
"""

from collections.abc import Iterable
from datetime import date
from typing import NamedTuple

from blangko.core.columns import REVERSE
from blangko.core.entry import Entry

MORE_COMES = "more"
"""The `subject` of a receipt that leaves its request open, and of a grant beside the earlier ones."""


class Promise(NamedTuple):
    """Cards that the giver has promised, and for which day; None where no day was said."""

    cards: int
    due_on: date | None


class Request(NamedTuple):
    """One request as the book knows it; amounts in cards, `granted_cards` None while nothing was promised.

    `due_on` is the day for which the cards still to come are promised first; `party` is the giver that was asked.
    """

    request_no: int
    requested_on: date
    asked_cards: int
    granted_cards: int | None = None
    received_cards: int = 0
    first_received_on: date | None = None
    due_on: date | None = None
    closed: bool = False
    more_comes: bool = False
    reference: str | None = None
    party: str | None = None
    promises: tuple[Promise, ...] = ()

    @property
    def is_open(self) -> bool:
        if self.closed:
            return False
        if self.granted_cards is not None:
            return self.received_cards < self.granted_cards
        return self.first_received_on is None or (self.more_comes and self.received_cards < self.asked_cards)

    @property
    def is_answered(self) -> bool:
        """Whether anything came of it: a grant, a receipt, or the word that nothing will."""
        return self.closed or self.granted_cards is not None or self.first_received_on is not None

    @property
    def on_order_cards(self) -> int:
        if not self.is_open:
            return 0
        expected = self.asked_cards if self.granted_cards is None else self.granted_cards
        return max(expected - self.received_cards, 0)

    @property
    def to_come(self) -> list[Promise]:
        """What is still to come, by the day for which it is promised; receipts have used up the first promises."""
        if not self.on_order_cards:
            return []
        if self.granted_cards is None:
            return [Promise(self.on_order_cards, self.due_on)]
        received, left = self.received_cards, []
        for promise in self.promises:
            used = min(received, promise.cards)
            received -= used
            if promise.cards > used:
                left.append(promise._replace(cards=promise.cards - used))
        return left

    @property
    def lead_time_days(self) -> int | None:
        """Calendar days from the request to the first cards; None while none has come."""
        return (self.first_received_on - self.requested_on).days if self.first_received_on else None

    @property
    def share(self) -> float | None:
        """What was granted of each card asked for, or came where no grant was written; None while that is open."""
        if not self.asked_cards or (self.granted_cards is None and self.is_open):
            return None
        given = self.received_cards if self.granted_cards is None else max(self.granted_cards, self.received_cards)
        return given / self.asked_cards


def requests(entries: Iterable[Entry]) -> list[Request]:
    """The requests in the order of their numbers, from request, grant, close and receive entries and reversals."""
    listed = list(entries)
    void = {entry.reverses_no for entry in listed if entry.kind == REVERSE}
    valid = [entry for entry in listed if entry.kind != REVERSE and entry.entry_no not in void]
    found: dict[int, Request] = {}
    for entry in valid:
        if entry.kind == "request":
            found[entry.entry_no] = _asked(entry)
    for entry in valid:
        if entry.request_no in found:
            found[entry.request_no] = _answered(found[entry.request_no], entry)
    return list(found.values())


def received(request: Request, cards: int, on: date) -> Request:
    """The request after a delivery that leaves the rest of it to come."""
    return _answered(request, Entry("receive", on, cards, subject=MORE_COMES))


def oldest_answered_by(waiting: Iterable[Request], giver: str | None) -> Request | None:
    """The request that a delivery or grant of this giver answers: of the open ones the one that has waited longest.

    A named giver answers a request that was made to him, else one that names nobody; an unnamed one answers any.
    """
    listed = sorted((each for each in waiting if each.is_open), key=lambda each: (each.requested_on, each.request_no))
    if giver is None:
        return next(iter(listed), None)
    to_him = [each for each in listed if each.party and _same_name(each.party, giver)]
    return next(iter(to_him or [each for each in listed if not each.party]), None)


def alike(request: Request, others: Iterable[Request]) -> Request | None:
    """An open request for as many cards of the same giver, made before this one: the first of them, or None."""
    return next(
        (
            each
            for each in others
            if each.is_open
            and each.request_no < request.request_no
            and each.asked_cards == request.asked_cards
            and _same_name(each.party or "", request.party or "")
        ),
        None,
    )


def _same_name(one: str, other: str) -> bool:
    return plain_name(one) == plain_name(other)


def plain_name(name: str) -> str:
    """What the spellings of a party's name have in common."""
    return " ".join(name.casefold().split())


def _asked(entry: Entry) -> Request:
    return Request(
        entry.entry_no,
        entry.occurred_on,
        entry.cards or 0,
        due_on=entry.due_on,
        reference=entry.reference,
        party=entry.party,
    )


def _answered(request: Request, entry: Entry) -> Request:
    if entry.kind == "close":
        return request._replace(closed=True)
    if entry.kind == "grant":
        return _granted(request, entry)
    if entry.kind != "receive":
        return request
    first = min(filter(None, (request.first_received_on, entry.occurred_on)))
    return _due_first(
        request._replace(
            received_cards=request.received_cards + (entry.cards or 0),
            first_received_on=first,
            more_comes=entry.subject == MORE_COMES,
        )
    )


def _granted(request: Request, entry: Entry) -> Request:
    # A grant beside others promises its own cards for no day but its own; one that replaces them keeps their day.
    promise = Promise(entry.cards or 0, entry.due_on or (None if entry.subject == MORE_COMES else request.due_on))
    promises = (*request.promises, promise) if entry.subject == MORE_COMES else (promise,)
    return _due_first(request._replace(granted_cards=sum(each.cards for each in promises), promises=promises))


def _due_first(request: Request) -> Request:
    if request.granted_cards is None:
        return request
    days = [promise.due_on for promise in request.to_come if promise.due_on]
    due_on = min(days, default=request.due_on)
    # Nearly always it stays, and a copy of a request takes longer than all else here.
    return request if due_on == request.due_on else request._replace(due_on=due_on)
