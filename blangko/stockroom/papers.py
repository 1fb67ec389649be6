"""The storekeeper's papers: the summary of a period, what was issued of it, and the book compared with a paper."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from itertools import pairwise

from blangko.core.answer import answer
from blangko.core.book import Day
from blangko.core.card import StockCard, carried
from blangko.core.codes import check_code, read_check_code, whole_code
from blangko.core.entry import Entry, spoiled_change
from blangko.core.facts import Facts
from blangko.core.month import Month, Written, month_of
from blangko.core.pile import held_by_cause
from blangko.core.summary import (
    Issued,
    Summary,
    chart_of,
    covered_workdays,
    issued_paper,
    late_entries,
    monthly_use,
    remarks,
    summary_rows,
    totals,
)
from blangko.errors.files import BookWentOn
from blangko.errors.rules import FutureDate
from blangko.stockroom.desk import Desk, Posted
from blangko.stockroom.look import WHOLE_BOOK, card, count_seen, days, facts, requests_on, settings_on
from blangko.stockroom.post import post
from blangko.store import queries
from blangko.store.book import Book

SUMMARY_PAPER = "summary"
RECENT_REQUEST_DAYS = 60


def summary(book: Book, first: date, last: date, today: date) -> Summary:
    """The summary of the days from `first` to `last`, as known on the last of them that has come.

    Raises:
        FutureDate: The period has not begun.
    """
    if first > today:
        raise FutureDate(occurred_on=first, today=today)
    # In the middle of a week the summary tells of the days that have come.
    as_of = min(last, today)
    with book.reading():
        seen = facts(book, as_of)
        moved = days(book, first, as_of, seen.balance.on_hand)
        purposes = dict(book.rows(queries.PURPOSES_FROM, first=first, as_of=as_of))
        papers = [_issued(entry) for entry in book.entries(queries.PAPERS, subject=SUMMARY_PAPER, as_of=WHOLE_BOOK)]
        newest = max((paper.entry_no for paper in papers), default=0)
        written = book.entries(queries.MOVEMENTS_WRITTEN_AFTER, entry_no=newest, as_of=WHOLE_BOOK) if papers else []
        behind = book.entries(queries.WITH_PAPERS, first=first, as_of=as_of)
        drawn = _summary(seen, first, last, moved, purposes, papers, late_entries(written, papers), behind)
        return drawn._replace(whole_code=_whole_code(book, drawn.check_code))


def month(book: Book, first: date, last: date, today: date) -> Month:
    """The monthly report of the days from `first` to `last`, as known on the last of them that has come.

    Raises:
        FutureDate: The month has not begun.
    """
    with book.reading():
        drawn = summary(book, first, last, today)
        as_of, total = drawn.answer.as_of, drawn.answer.balance
        moves = book.entries(queries.MOVEMENTS_FROM, first=first, as_of=as_of)
        named = [book.entry(queries.BY_NUMBER, entry_no=move.reverses_no) for move in moves if move.reverses_no]
        counted = book.entries(queries.COUNTS_FROM, first=first, as_of=as_of)
        written = Written(
            moves,
            {entry.entry_no: entry for entry in named if entry},
            [count_seen(book, entry, as_of, total) for entry in counted],
            requests_on(book, as_of),
        )
    return month_of(drawn, written)


def stock_card(book: Book, first: date | None, last: date | None, today: date) -> StockCard:
    """The stock card of the days from `first` to `last`; from the first movement on, and up to today, unless given."""
    with book.reading():
        rows, total = card(book, first or date.min, last or date.max)
        chosen = settings_on(book, today)
        number, seal = book.last()
    begin = first or (rows[0]["occurred_on"] if rows else today)
    sums = carried(rows)
    return StockCard(
        settings=chosen,
        office={"code": book.office_code, "name": chosen.office_name},
        first=begin,
        last=last or max(today, begin),
        made_on=today,
        before_cards=total.on_hand - sum(row["in_cards"] - row["out_cards"] for row in rows),
        rows=rows,
        carried=sums,
        total=total,
        check_code=check_code(seal, number),
        whole_code=whole_code(seal, number),
    )


def _whole_code(book: Book, code: str) -> str:
    """The check code with all digits of its seal; empty where the book does not hold it, and must not vouch for it."""
    read = read_check_code(code)
    seal = book.text(queries.SEAL_OF, entry_no=read.entry_no) if read else None
    return whole_code(seal, read.entry_no) if read and seal and read.fits(seal) else ""


def _summary(
    seen: Facts,
    first: date,
    last: date,
    moved: Sequence[Day],
    purposes: dict[str, int],
    papers: Sequence[Issued],
    late: Sequence[Entry],
    behind: Sequence[Entry],
) -> Summary:
    opening = _opening(moved, seen.balance.on_hand)
    # Before its opening the book knows nothing; those days are not days without prints.
    begin = max(first, seen.opened_on or first)
    rows = summary_rows(moved, seen.calendar, begin, seen.as_of, opening)
    whole = answer(seen)
    issued = issued_paper(papers, first, last, late)
    missing = [day for day in whole.status.missing_workdays if first <= day <= last]
    recent = seen.as_of - timedelta(days=RECENT_REQUEST_DAYS)
    return Summary(
        answer=whole.status,
        settings=seen.settings,
        first=first,
        last=last,
        opening=opening,
        closing=seen.balance.on_hand,
        rows=rows,
        totals=totals(rows, last, seen.balance.on_hand),
        purposes=purposes,
        requests=[each for each in seen.requests if each.is_open or each.requested_on > recent],
        population=seen.population,
        missing=missing,
        late=late,
        issued=issued,
        check_code=issued.check_code if issued else check_code(seen.seal, seen.last_entry_no),
        whole_code="",
        chart=chart_of(seen, whole.ahead, whole.status.deliveries),
        remarks=remarks(seen, begin, seen.as_of, behind, missing),
        months=monthly_use(seen),
        opened_on=seen.opened_on,
        ask_workdays=covered_workdays(whole.ahead, whole.status.ask),
    )


def _issued(entry: Entry) -> Issued:
    assert entry.due_on and entry.until_on, "a paper names its period"
    return Issued(entry.entry_no, entry.occurred_on, entry.due_on, entry.until_on, entry.value or "")


def _opening(moved: Sequence[Day], closing: int) -> int:
    """Cards on the shelf when the period began; the book's own opening, on whichever of the days, counts as before."""
    if not moved:
        return closing
    return moved[0].opening + sum(day.opening - before.closing for before, day in pairwise(moved))


def as_issued(drawn: Summary, today: date) -> Summary:
    """The summary as it looks once it is recorded as handed out, which is the book's next entry."""
    number = drawn.answer.last_entry_no + 1
    return drawn._replace(issued=Issued(number, today, drawn.first, drawn.last, drawn.check_code))


def issue_summary(book: Book, desk: Desk, drawn: Summary) -> Posted:
    """Record that the summary is handed out, as it was drawn.

    Raises:
        BookWentOn: Somebody wrote into the book since; the paper would not speak of it.
    """

    def complete(book: Book, asked: Sequence[Entry]) -> list[Entry]:
        # A paper carries the check code of the book's end. Drawing a page takes a second, in which somebody may write.
        if book.last() != (drawn.answer.last_entry_no, drawn.answer.seal):
            raise BookWentOn()
        return list(asked)

    draft = Entry(
        "paper", desk.today, subject=SUMMARY_PAPER, due_on=drawn.first, until_on=drawn.last, value=drawn.check_code
    )
    return post(book, desk, [draft], complete)


def spoiled_before(book: Book, on: date) -> tuple[dict[str, int] | None, int]:
    """The spoiled cards held on the evening of `on`: by cause where the book can tell, and all of them."""
    moves = book.entries(queries.SPOILED_MOVES, as_of=on)
    return held_by_cause(moves), sum(map(spoiled_change, moves))


def asked_in_letter(book: Book, wanted: int | None, today: date) -> tuple[Summary, int]:
    """What a letter to the giver speaks of, the book since the last delivery, and the cards that it asks for: those
    `wanted`, else what the answer proposes, else a batch."""
    drawn = summary(book, last_receipt(book, today) or today, today, today)
    return drawn, wanted or drawn.answer.request_cards or drawn.settings.batch_cards


def last_receipt(book: Book, today: date) -> date | None:
    """The day of the last delivery up to `today`, or of the opening; None in an empty book."""
    seen = facts(book, today)
    received = [day.day for day in seen.days if day.received > 0]
    return received[-1] if received else seen.opened_on
