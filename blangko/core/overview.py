"""All offices beside each other, the most urgent first, and what they hold together."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any, NamedTuple

from blangko.core.digest import Told
from blangko.core.forecast import Spread
from blangko.core.offices import is_within
from blangko.core.urgency import LEVELS

STALE = ("no_opening", "missing_days")
"""The reasons of an answer that rests on a book which is too far behind to say how urgent it is."""
BEHIND = "behind"
GROUPS = (BEHIND, *LEVELS)


class Heard(NamedTuple):
    """When a book was last heard of: the latest day in it, the instant of its last entry, and of its last push.

    Instants are as the book keeps them, in UTC; `last_push_on` is the day of the push where the overview is read.
    """

    last_on: date | None = None
    last_recorded_at: str | None = None
    last_push_at: str | None = None
    last_push_on: date | None = None


class Row(NamedTuple):
    """One office; `told` holds its answer under the names of the contract, which the figures here are taken from.

    `risk` is the chance of an empty shelf before the cards on order, or before those of a request made today.
    """

    told: Told
    heard: Heard

    def _is(self, name: str) -> Any:
        return self.told.row[name]

    @property
    def code(self) -> str:
        return str(self._is("office")["code"])

    @property
    def name(self) -> str:
        return str(self._is("office")["name"])

    @property
    def level(self) -> str:
        return str(self._is("level"))

    @property
    def reasons(self) -> Sequence[str]:
        return list(self._is("reasons"))

    @property
    def is_stale(self) -> bool:
        """Whether the book is too far behind, or not even begun, so that its figures are those of the past."""
        return any(reason in STALE for reason in self.reasons)

    @property
    def group(self) -> str:
        """Where it stands in the overview: among those that are behind, else by its level."""
        return BEHIND if self.is_stale else self.level

    @property
    def on_hand_cards(self) -> int:
        return int(self._is("on_hand_cards"))

    @property
    def spoiled_cards(self) -> int:
        return int(self._is("spoiled_cards"))

    @property
    def on_order_cards(self) -> int:
        return int(self._is("on_order_cards"))

    @property
    def expected_on_order_cards(self) -> int:
        return int(self._is("expected_on_order_cards"))

    @property
    def cards_per_workday(self) -> float | None:
        rate: float | None = self._is("use")["cards_per_workday"]
        return rate

    @property
    def workdays(self) -> Spread[int | None]:
        """Full open days before the shelf is empty; None beyond the horizon, or while the use is not known."""
        return Spread(**self._is("workdays_of_supply"))

    @property
    def run_out_on(self) -> date | None:
        return _day(self._is("run_out_on")["p50"])

    @property
    def request_by(self) -> date | None:
        return _day(self._is("request_by"))

    @property
    def request_cards(self) -> int | None:
        cards: int | None = self._is("request_cards")
        return cards

    @property
    def risk(self) -> float | None:
        ordered: float | None = self._is("risk_before_delivery")
        asked: float | None = self._is("risk_if_requested_today")
        return asked if ordered is None else ordered


class Totals(NamedTuple):
    """All offices together, in cards; `levels` says how many stand at each level.

    `workdays_if_shared` are the open days that all cards would last if they lay where they are used; None where no
    use is known.
    """

    offices: int
    stale_offices: int
    levels: Mapping[str, int]
    on_hand_cards: int
    spoiled_cards: int
    on_order_cards: int
    expected_on_order_cards: int
    cards_per_workday: float | None
    workdays_if_shared: int | None


class Overview(NamedTuple):
    """All offices on one evening: those whose books are too far behind first, each part from the most urgent on."""

    as_of: date
    rows: Sequence[Row]
    totals: Totals


def overview(as_of: date, rows: Iterable[Row]) -> Overview:
    """The offices in the order in which somebody should look at them."""
    ordered = sorted(rows, key=_urgency)
    return Overview(as_of, ordered, totals(ordered))


def matching(shown: Overview, words: str = "", group: str = "", within: str = "") -> Overview:
    """Those of the offices whose code or name holds the words, that stand in the group, and that lie within the area.

    The totals are those of these offices. A group is a level, or "behind".
    """
    sought = words.casefold().split()
    return overview(
        shown.as_of,
        [
            row
            for row in shown.rows
            if is_within(row.code, within)
            and group in ("", row.group)
            and all(word in f"{row.code} {row.name}".casefold() for word in sought)
        ],
    )


def totals(rows: Sequence[Row]) -> Totals:
    """What the offices hold together; an office whose use is not known adds nothing to the use."""
    rates = [row.cards_per_workday for row in rows if row.cards_per_workday is not None]
    on_hand, used = sum(row.on_hand_cards for row in rows), round(sum(rates), 1)
    return Totals(
        offices=len(rows),
        stale_offices=sum(row.is_stale for row in rows),
        levels={level: sum(row.level == level for row in rows) for level in LEVELS},
        on_hand_cards=on_hand,
        spoiled_cards=sum(row.spoiled_cards for row in rows),
        on_order_cards=sum(row.on_order_cards for row in rows),
        expected_on_order_cards=sum(row.expected_on_order_cards for row in rows),
        cards_per_workday=used if rates else None,
        workdays_if_shared=int(on_hand // used) if used > 0 else None,
    )


def _urgency(row: Row) -> tuple[Any, ...]:
    """Of offices at one level the one whose shelf is empty first, then the one that should ask first."""
    days = row.workdays.p50
    return (
        not row.is_stale,
        LEVELS.index(row.level),
        days is None,
        days or 0,
        row.request_by or date.max,
        row.code,
    )


def _day(text: str | None) -> date | None:
    return None if text is None else date.fromisoformat(text)
