"""The stock card (kartu persediaan) as a paper: the movements of a period, with the sums that a sheet carries on."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any, NamedTuple

from blangko.core.book import Balance
from blangko.core.entry import Entry, shelf_change, spoiled_change
from blangko.core.settings import Settings


class Carried(NamedTuple):
    """What had come and gone, in cards, since the period began, up to and with one movement."""

    in_cards: int
    out_cards: int


class StockCard(NamedTuple):
    """The movements of the days from `first` to `last`, ordered by day and number, and what lay there `before_cards`.

    `rows` are the rows of the contract "blangko.card/1", and `carried` the sums up to each of them. `total` is the
    balance on the evening of the last day; the check code is that of the book's end when the card was made, on
    `made_on`.
    """

    settings: Settings
    office: Mapping[str, str]
    first: date
    last: date
    made_on: date
    before_cards: int
    rows: Sequence[Mapping[str, Any]]
    carried: Sequence[Carried]
    total: Balance
    check_code: str
    whole_code: str

    @property
    def sums(self) -> Carried:
        """What came and went in the whole period."""
        return self.carried[-1] if self.carried else Carried(0, 0)


def carried(rows: Iterable[Mapping[str, Any]]) -> list[Carried]:
    """The running sums of what came to the shelf and of what left it."""
    sums, found = Carried(0, 0), []
    for row in rows:
        sums = Carried(sums.in_cards + row["in_cards"], sums.out_cards + row["out_cards"])
        found.append(sums)
    return found


class Line(NamedTuple):
    """One entry of the book with what lay there after it, in cards, and the number of the entry that took it back."""

    entry: Entry
    on_hand_cards: int
    spoiled_cards: int
    taken_back_by: int | None = None


def lines(entries: Sequence[Entry], evening: Balance, taken_back: Mapping[int, int]) -> list[Line]:
    """The entries of some days, statements too, each with the balances after it.

    Args:
        entries: Those of the days, ordered by day and number.
        evening: The balance on the last of the days.
        taken_back: The numbers of the reversals, by the number that each takes back.
    """
    on_hand = evening.on_hand - sum(map(shelf_change, entries))
    spoiled = evening.spoiled - sum(map(spoiled_change, entries))
    found = []
    for entry in entries:
        on_hand, spoiled = on_hand + shelf_change(entry), spoiled + spoiled_change(entry)
        found.append(Line(entry, on_hand, spoiled, taken_back.get(entry.entry_no)))
    return found


def matching(listed: Iterable[Line], kind: str | None, text: str) -> list[Line]:
    """The lines of a kind, reversals of that kind too, in which somebody wrote `text`, whatever its capitals."""
    sought = text.casefold()
    return [
        each
        for each in listed
        if kind in (None, each.entry.kind, each.entry.true_kind)
        and any(sought in (written or "").casefold() for written in _texts(each.entry))
    ]


def _texts(entry: Entry) -> tuple[str | None, ...]:
    return entry.party, entry.reference, entry.note, entry.recorded_by, entry.value
