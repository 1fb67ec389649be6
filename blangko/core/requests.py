"""Asked, granted, received: three facts about each request, and what is still on order.

Without a grant the first receipt closes a request, unless that receipt said that more comes. With a
grant the request stays open until the granted number is in. The latest grant of a request holds.
"""

from collections.abc import Iterable
from datetime import date
from typing import NamedTuple

from blangko.core.columns import REVERSE
from blangko.core.entry import Entry

MORE_COMES = "more"
"""The `subject` of a receipt that leaves its request open."""


class Request(NamedTuple):
    """One request as the book knows it; amounts in cards, `granted_cards` None while nothing was promised."""

    request_no: int
    requested_on: date
    asked_cards: int
    granted_cards: int | None
    received_cards: int
    first_received_on: date | None
    due_on: date | None
    closed: bool
    more_comes: bool
    reference: str | None

    @property
    def is_open(self) -> bool:
        if self.closed:
            return False
        if self.granted_cards is not None:
            return self.received_cards < self.granted_cards
        return self.first_received_on is None or (self.more_comes and self.received_cards < self.asked_cards)

    @property
    def on_order_cards(self) -> int:
        if not self.is_open:
            return 0
        expected = self.asked_cards if self.granted_cards is None else self.granted_cards
        return max(expected - self.received_cards, 0)

    @property
    def lead_time_days(self) -> int | None:
        """Calendar days from the request to the first cards; None while none has come."""
        return (self.first_received_on - self.requested_on).days if self.first_received_on else None


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


def _asked(entry: Entry) -> Request:
    return Request(
        entry.entry_no, entry.occurred_on, entry.cards or 0, None, 0, None, entry.due_on, False, False, entry.reference
    )


def _answered(request: Request, entry: Entry) -> Request:
    if entry.kind == "close":
        return request._replace(closed=True)
    if entry.kind == "grant":
        return request._replace(granted_cards=entry.cards, due_on=entry.due_on or request.due_on)
    if entry.kind != "receive":
        return request
    first = min(filter(None, (request.first_received_on, entry.occurred_on)))
    return request._replace(
        received_cards=request.received_cards + (entry.cards or 0),
        first_received_on=first,
        more_comes=entry.subject == MORE_COMES,
    )


def granted_share(listed: Iterable[Request]) -> float | None:
    """The median share of what was asked that was granted (or came), over the answered requests; None without any.

    In a shortage an office gets a quarter of what it asks for; whoever asks for the need alone gets a quarter of it.
    """
    shares = sorted(
        (request.received_cards if request.granted_cards is None else request.granted_cards) / request.asked_cards
        for request in listed
        if request.asked_cards
        and not request.is_open
        and (request.granted_cards is not None or request.first_received_on)
    )
    if not shares:
        return None
    middle = len(shares) // 2
    return shares[middle] if len(shares) % 2 else (shares[middle - 1] + shares[middle]) / 2
