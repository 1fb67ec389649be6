"""The answer in full, as every screen, page, letter and alert tells it; the names are those of the contract."""

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from blangko.core.book import Balance
from blangko.core.facts import Campaign, Count
from blangko.core.forecast import Spread
from blangko.core.quota import StandingQuota
from blangko.core.reorder import Ask, Line
from blangko.core.requests import Request
from blangko.core.supply import Delivery, LeadTime
from blangko.core.waiting import Waiting


class Status(NamedTuple):
    """The answer in full; the names are those of the machine-readable output.

    `workdays_to_request` are the open days from `as_of` to `request_by`, negative when that day has passed.
    `reminder_workdays` are open days that should be written by now, where the office set an hour for it.
    `shelf_cards` are taken to be on the shelf: those on hand, less what the last count missed unexplained.
    `drain_cards_per_workday` are printed on a day while people wait; None while nobody does, or no capacity is known.
    `risk_before_delivery` is the chance of an empty shelf before the first of the cards on order, `risk_of_waiting`
    before those that last: the same but where few cards come first. `risk_allowed` is that above which it is warned.
    `campaigns` are those that are not over.
    """

    office: dict[str, str]
    as_of: date
    on_hand_cards: int
    shelf_cards: int
    spoiled_cards: int
    on_order_cards: int
    expected_on_order_cards: int
    balance: Balance
    last_entry_no: int
    last_count: Count | None
    cards_per_workday: float | None
    drain_cards_per_workday: float | None
    workdays_observed: int
    use_is_typical: bool
    use_is_at_least: bool
    workdays_of_supply: Spread[int | None]
    quota_cards: int | None
    quota: StandingQuota | None
    workdays_at_quota: int | None
    run_out_on: Spread[date | None]
    unwritten_cards: int
    unwritten_workdays: list[date]
    request_by: date | None
    ask: Ask | None
    reorder_level_cards: int | None
    granted_share: float | None
    accepted_risk: float
    risk_if_requested_today: float | None
    risk_before_delivery: float | None
    risk_of_waiting: float | None
    risk_allowed: float
    stretch_quota_cards: int | None
    next_delivery_on: date | None
    deliveries: Sequence[Delivery]
    lead_time: LeadTime
    waiting: dict[str, Waiting]
    waiting_until: date | None
    campaigns: Sequence[Campaign]
    loans: dict[str, int]
    requests: Sequence[Request]
    longest_wait_workdays: int | None
    level: str
    reasons: list[str]
    missing_workdays: list[date]
    reminder_workdays: list[date]
    workdays_to_request: int | None
    floor_cards: int
    forecast_until: date | None
    calendar_known_until: date
    entries_after: int
    seal: str

    @property
    def late_workdays(self) -> int:
        """Open days since the day to ask passed; 0 when it has not."""
        return max(-(self.workdays_to_request or 0), 0)

    @property
    def request_cards(self) -> int | None:
        """The number to ask for; None while nothing need be asked for."""
        return self.ask.cards if self.ask else None

    @property
    def request_sum(self) -> tuple[Line, ...]:
        """The lines that add up to `request_cards`."""
        return self.ask.lines if self.ask else ()
