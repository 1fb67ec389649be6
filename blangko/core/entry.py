"""The entry: one line of the book, whose columns, kinds and places `core.columns` lists.

Amounts are whole cards. `occurred_on` is a plain date in the office, `recorded_at` an instant in
UTC as ISO text. A *movement* has a place on both sides; a *statement* has none and moves nothing.
"""

# Annotations are real here and in the other modules of many named tuples: as texts they would be compiled, one by one,
# at every start.
from datetime import date
from typing import Any, NamedTuple

from blangko.core.columns import GIVEN_BACK, LOAN, MOVEMENTS, REVERSE, SHELF, SPOILED, USE

JOURNEYS = {name: kind.ways[0] for name, kind in MOVEMENTS.items()}
"""Where the cards of each movement come from and go to, unless the command says otherwise."""


class Entry(NamedTuple):
    """One entry, or a draft of one while `entry_no` is 0 and `seal` is empty.

    The columns of `core.columns`, in an order that lets a draft be written down shortly.
    `subject` and `value` say which figure or setting a statement states; a reversal carries the
    kind of the entry it mirrors in `subject`, so that sums need no look-up. `batch_no` is the
    number of the first entry of the same command or import.
    """

    kind: str
    occurred_on: date
    cards: int | None = None
    from_place: str | None = None
    to_place: str | None = None
    party: str | None = None
    purpose: str | None = None
    cause: str | None = None
    quota_cards: int | None = None
    turned_away_cards: int | None = None
    subject: str | None = None
    value: str | None = None
    due_on: date | None = None
    until_on: date | None = None
    reference: str | None = None
    note: str | None = None
    key: str | None = None
    request_no: int | None = None
    reverses_no: int | None = None
    batch_no: int | None = None
    recorded_at: str = ""
    recorded_by: str = ""
    office_code: str = ""
    entry_no: int = 0
    seal: str = ""

    @property
    def is_movement(self) -> bool:
        return self.from_place is not None

    @property
    def is_use(self) -> bool:
        """Whether its cards leave the shelf for good, as the office's use: printed, spoiled, or sent to be printed."""
        return self.kind in USE and self.from_place == SHELF and self.purpose not in (LOAN, GIVEN_BACK)

    @property
    def true_kind(self) -> str:
        """The kind that an entry is summed under: a reversal counts against what it mirrors."""
        return self.subject or "" if self.kind == REVERSE else self.kind


def movement(kind: str, occurred_on: date, cards: int, **details: Any) -> Entry:
    """A draft of a movement along its kind's usual journey; `details` are further columns."""
    source, target = JOURNEYS[kind]
    draft = Entry(kind, occurred_on, cards, source, target)
    return draft._replace(**details)


def mirror(entry: Entry, occurred_on: date, note: str) -> Entry:
    """The reversal of `entry`: the same cards on the way back, or nothing moved for a statement."""
    return Entry(
        REVERSE,
        occurred_on,
        cards=entry.cards if entry.is_movement else None,
        from_place=entry.to_place,
        to_place=entry.from_place,
        subject=entry.kind,
        note=note,
        reverses_no=entry.entry_no,
    )


def shelf_change(entry: Entry) -> int:
    """What the entry adds to the shelf, in cards; negative when cards leave it."""
    return _change(entry, SHELF)


def spoiled_change(entry: Entry) -> int:
    """What the entry adds to the pile of spoiled cards held, in cards."""
    return _change(entry, SPOILED)


def _change(entry: Entry, place: str) -> int:
    cards = entry.cards or 0
    return cards * (entry.to_place == place) - cards * (entry.from_place == place)
