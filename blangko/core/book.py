"""The book summed: balances of every place, and what happened on each day.

Nothing is created or destroyed between the places, so at every moment

    opening + received + adjusted = on hand + spoiled held + printed + destroyed + sent + lost

where `adjusted` is signed (counted − book).
"""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import NamedTuple

from blangko.core.columns import DISCREPANCY, LOAN, MOVEMENTS, REVERSE, SHELF, SPOILED
from blangko.core.entry import Entry, shelf_change, spoiled_change


class Balance(NamedTuple):
    """The sums of a book on one evening, in cards; the two sides of the identity."""

    opening: int = 0
    received: int = 0
    adjusted: int = 0
    on_hand: int = 0
    spoiled: int = 0
    printed: int = 0
    destroyed: int = 0
    sent: int = 0
    lost: int = 0

    @property
    def came_in(self) -> int:
        return self.opening + self.received + self.adjusted

    @property
    def accounted_for(self) -> int:
        return self.on_hand + self.spoiled + self.printed + self.destroyed + self.sent + self.lost


class PlaceSum(NamedTuple):
    """The cards that entries of one kind moved from one place to another; `subject` as in an entry."""

    kind: str
    subject: str | None
    from_place: str
    to_place: str
    cards: int


def balance(sums: Iterable[PlaceSum]) -> Balance:
    """The balance that the sums by kind and place add up to."""
    totals = dict.fromkeys(Balance._fields, 0)
    for part in sums:
        totals["on_hand"] += part.cards * ((part.to_place == SHELF) - (part.from_place == SHELF))
        totals["spoiled"] += part.cards * ((part.to_place == SPOILED) - (part.from_place == SPOILED))
        kind = MOVEMENTS.get((part.subject or "") if part.kind == REVERSE else part.kind)
        if kind is None or not kind.total:
            continue
        if kind.total == "adjusted":
            totals["adjusted"] += part.cards * ((part.from_place == DISCREPANCY) - (part.to_place == DISCREPANCY))
        else:
            totals[kind.total] += -part.cards if part.kind == REVERSE else part.cards
    return Balance(**totals)


def sums(entries: Iterable[Entry]) -> list[PlaceSum]:
    """Entries as sums, for a book that is already in memory."""
    return [
        PlaceSum(entry.kind, entry.subject, entry.from_place or "", entry.to_place or "", entry.cards or 0)
        for entry in entries
        if entry.is_movement
    ]


class Day(NamedTuple):
    """What the book says of one day, in cards.

    `opening` and `closing` are cards on the shelf, morning and evening (the book's own opening belongs to the
    morning); `received` … `adjusted` are net of reversals dated that day.
    `use` is printed + spoiled + sent to print points, without the entries that were reversed: neither they nor their
    reversals counted as use. `logged` is true when an entry of prints (0 counts) or of cards sent to a print point
    stands for the day; `cause` and `quota` come from those entries.
    `turned_away` people were told to come back. With `since`, `total` of the day's use are one number for all open
    days from then to the day. `borrowed` of the cards received came on loan or were a loan come back; they are no
    supply of a giver.
    """

    day: date
    opening: int
    closing: int
    received: int = 0
    printed: int = 0
    spoiled: int = 0
    sent: int = 0
    lost: int = 0
    adjusted: int = 0
    use: int = 0
    logged: bool = False
    cause: str | None = None
    quota: int | None = None
    turned_away: int = 0
    since: date | None = None
    total: int = 0
    borrowed: int = 0


def days(entries: Sequence[Entry], opening_on_hand: int, reversed_numbers: Iterable[int] = ()) -> list[Day]:
    """The days on which the shelf or the use changed, in order.

    Args:
        entries: Movements of a period, ordered by day and number.
        opening_on_hand: Cards on the shelf before the first of them.
        reversed_numbers: Entries of the period that a reversal names.
    """
    void = set(reversed_numbers)
    result: list[Day] = []
    start = 0
    on_hand = opening_on_hand
    for index, entry in enumerate(entries):
        if index + 1 == len(entries) or entries[index + 1].occurred_on != entry.occurred_on:
            day = _day(entries[start : index + 1], on_hand, void)
            result.append(day)
            start, on_hand = index + 1, day.closing
    return result


def _day(entries: Sequence[Entry], opening: int, void: set[int]) -> Day:
    net = dict.fromkeys(MOVEMENTS, 0)
    closing, use, written = opening, 0, []
    for entry in entries:
        change = shelf_change(entry)
        closing += change
        kind = entry.true_kind
        if kind in net:
            net[kind] += change
        if entry.is_use and entry.entry_no not in void:
            use += entry.cards or 0
            if entry.kind != "spoil":
                written.append(entry)
    return Day(
        entries[0].occurred_on,
        opening + net["opening"],
        closing,
        received=net["receive"],
        printed=-net["print"],
        spoiled=-net["spoil"],
        sent=-net["send"],
        lost=-net["lose"],
        adjusted=net["adjust"],
        use=use,
        logged=bool(written),
        cause=next((entry.cause for entry in written if entry.cause), None),
        quota=next((entry.quota_cards for entry in written if entry.quota_cards is not None), None),
        turned_away=sum(entry.turned_away_cards or 0 for entry in written),
        since=min((entry.due_on for entry in written if entry.due_on), default=None),
        total=sum(entry.cards or 0 for entry in written if entry.due_on),
        borrowed=sum(entry.cards or 0 for entry in entries if _is_borrowed(entry) and entry.entry_no not in void),
    )


def _is_borrowed(entry: Entry) -> bool:
    return entry.kind == "receive" and entry.purpose == LOAN


class Level(NamedTuple):
    """The cards held on the evening of one day."""

    day: date
    on_hand: int
    spoiled: int


def levels_after(levels: Sequence[Level], start: Level, drafts: Iterable[Entry]) -> list[Level]:
    """The evenings as they would be with `drafts` written, from the first drafted day on.

    Args:
        levels: Evenings with movements from the first drafted day on, in order.
        start: The evening before the first drafted day.
        drafts: What a command would write.
    """
    known = {level.day: level for level in levels}
    added: dict[date, list[Entry]] = {}
    for draft in drafts:
        if draft.is_movement:
            added.setdefault(draft.occurred_on, []).append(draft)
    result, before, on_hand, spoiled = [], start, 0, 0
    for day in sorted({*known, *added}):
        before = known.get(day, before._replace(day=day))
        on_hand += sum(map(shelf_change, added.get(day, ())))
        spoiled += sum(map(spoiled_change, added.get(day, ())))
        result.append(Level(day, before.on_hand + on_hand, before.spoiled + spoiled))
    return result
