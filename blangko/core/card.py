"""The stock card (kartu persediaan) as a paper: the movements of a period, with the sums that a sheet carries on."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any, NamedTuple

from blangko.core.book import Balance
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
