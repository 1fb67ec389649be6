"""The monthly report: the weeks of a month, what was spoiled and why, what was printed for whom, counts and minutes."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta
from typing import NamedTuple

from blangko.core.columns import PURPOSES, SPOIL_CAUSES
from blangko.core.entry import Entry, shelf_change, spoiled_change
from blangko.core.facts import Count
from blangko.core.requests import Request
from blangko.core.summary import Summary, SummaryRow, totals
from blangko.core.workdays import ONE_DAY


class WeekSums(NamedTuple):
    """One week of a month, from Monday to Sunday as far as it lies within the month: its days and their sums."""

    first: date
    last: date
    rows: Sequence[SummaryRow]
    sums: SummaryRow


class Month(NamedTuple):
    """Everything on the monthly report. `summary` tells of the days of the month that have come.

    `spoiled_by_cause` and `printed_by_purpose` are net of what was taken back, and add up to the sums of the month;
    what nobody said stands under the empty name. `spoiled_before` are the spoiled cards held when the month began, and
    `pile` says by kind what the month added to them; `destroyed` and `lost` are the entries that hold, each with the
    number of its paper. `requests` are those that were open in the month.
    """

    summary: Summary
    weeks: Sequence[WeekSums]
    spoiled_by_cause: Mapping[str, int]
    printed_by_purpose: Mapping[str, int]
    spoiled_before: int
    pile: Mapping[str, int]
    destroyed: Sequence[Entry]
    lost: Sequence[Entry]
    counts: Sequence[Count]
    requests: Sequence[Request]

    @property
    def spoiled_share(self) -> float | None:
        """The part of the cards put into a printer that was spoiled; None where none were."""
        sums = self.summary.totals
        used = sums.printed + sums.spoiled
        return sums.spoiled / used if used > 0 else None

    @property
    def spoiled_held(self) -> int:
        """The spoiled cards held at the end, which wait for their minutes."""
        return self.spoiled_before + sum(self.pile.values())


class Written(NamedTuple):
    """What the book says of a month beside its summary.

    `moves` are all movements of the month, reversals among them, and `taken_back` the entries that those reversals
    name, by number; `requests` are all that the book knows.
    """

    moves: Sequence[Entry]
    taken_back: Mapping[int, Entry]
    counts: Sequence[Count]
    requests: Sequence[Request]


def month_of(summary: Summary, written: Written) -> Month:
    """The monthly report of the days that `summary` tells of."""
    moves, pile = written.moves, _pile(written.moves)
    # The book's own opening is no part of a month's course: those cards lay there before.
    before = summary.answer.balance.spoiled - sum(pile.values()) + pile.pop("opening", 0)
    void = {entry.reverses_no for entry in moves}
    holding = [entry for entry in moves if entry.entry_no not in void]
    return Month(
        summary=summary,
        weeks=weeks(summary.rows, summary.first, summary.last),
        spoiled_by_cause=_net("spoil", "cause", SPOIL_CAUSES, written),
        printed_by_purpose=_net("print", "purpose", PURPOSES, written),
        spoiled_before=before,
        pile=pile,
        destroyed=[entry for entry in holding if entry.kind == "destroy"],
        lost=[entry for entry in holding if entry.kind == "lose"],
        counts=written.counts,
        requests=[each for each in written.requests if _was_open(each, summary.first)],
    )


def weeks(rows: Iterable[SummaryRow], first: date, last: date) -> list[WeekSums]:
    """The rows from `first` to `last` by weeks; weeks of which there are no rows are left out."""
    found: dict[date, list[SummaryRow]] = {}
    for row in rows:
        found.setdefault(row.day - timedelta(days=row.day.weekday()), []).append(row)
    return [
        WeekSums(max(monday, first), min(monday + 6 * ONE_DAY, last), of_week, _sums(of_week))
        for monday, of_week in found.items()
    ]


def _sums(rows: Sequence[SummaryRow]) -> SummaryRow:
    return totals(rows, rows[-1].day, rows[-1].closing)


def _net(kind: str, column: str, order: Sequence[str], written: Written) -> dict[str, int]:
    """The cards that left the shelf by entries of a kind, by what stands in a column, reversals counted against it."""
    sums = dict.fromkeys(order, 0)
    for entry in written.moves:
        if entry.true_kind == kind:
            said = getattr(written.taken_back.get(entry.reverses_no or 0, entry), column) or ""
            sums[said] = sums.get(said, 0) - shelf_change(entry)
    return {said: cards for said, cards in sums.items() if cards}


def _pile(moves: Iterable[Entry]) -> dict[str, int]:
    """What the movements added to the pile of spoiled cards, by kind; kinds that left it as it was are left out."""
    sums: dict[str, int] = {}
    for entry in moves:
        sums[entry.true_kind] = sums.get(entry.true_kind, 0) + spoiled_change(entry)
    return {kind: cards for kind, cards in sums.items() if cards}


def _was_open(request: Request, first: date) -> bool:
    received = request.first_received_on
    return request.is_open or request.requested_on >= first or (received is not None and received >= first)
