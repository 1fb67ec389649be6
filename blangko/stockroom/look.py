"""What the book says: facts, balances, settings, calendar and requests, each read in one consistent view."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, time
from typing import Any, NamedTuple

from blangko.core.book import Balance, Day, PlaceSum, balance
from blangko.core.calendar import calendar, source_calendar, stopped_days
from blangko.core.card import Line
from blangko.core.card import lines as card_lines
from blangko.core.columns import BACKLOG, POPULATION
from blangko.core.entry import Entry
from blangko.core.facts import (
    Count,
    Facts,
    Stated,
    campaigns,
    count_stated,
    history_begins,
    latest_levels,
    stated_quotas,
    stated_settings,
)
from blangko.core.quota import unrationed_days
from blangko.core.requests import Request, requests
from blangko.core.settings import Settings, settings
from blangko.core.workdays import Calendar
from blangko.errors import BlangkoError, UnknownEntry, UnknownRequest
from blangko.stockroom.desk import Posted
from blangko.store import queries
from blangko.store.book import Book
from blangko.store.national_days import national_days
from blangko.store.opening import open_book

LANGUAGE_WAIT_MS = 200
"""A book locked for longer than that speaks the language of the surroundings."""
WHOLE_BOOK = date.max


def facts(book: Book, as_of: date, posted: Posted | None = None, clock: time | None = None) -> Facts:
    """What the book knows on the evening of `as_of`.

    `posted` is what was written just now: its balance holds as long as nobody wrote after it. `clock` is the time in
    the office, for an answer about this moment.
    """
    with book.reading():
        # With entries of a later day in the book, what a command left behind is not the balance of `as_of`.
        left = _left_by(posted, book.last()[1]) if posted else None
        if left and book.number(queries.ENTRIES_AFTER, as_of=as_of):
            left = None
        total = left or balance_on(book, as_of)
        moved = Moved(total, days(book, history_begins(as_of), as_of, total.on_hand), requests_on(book, as_of))
        return facts_with(book, as_of, moved, clock)


class Moved(NamedTuple):
    """Of what a book says on an evening that which takes the longest to sum up."""

    balance: Balance
    days: Sequence[Day]
    requests: Sequence[Request]


def facts_with(book: Book, as_of: date, moved: Moved, clock: time | None) -> Facts:
    """What the book knows on the evening of `as_of`, on which so much was summed up already."""
    with book.reading():
        settings_said = setting_statements(book, as_of)
        chosen = settings(stated_settings(settings_said))
        said = calendar_statements(book, as_of)
        open_days = calendar(said, national_days(), chosen)
        last_no, seal = book.last()
        opened = book.rows(queries.OPENED_ON, as_of=as_of)
        levels = book.entries(queries.LATEST_LEVELS, as_of=as_of)
        return Facts(
            office_code=book.office_code,
            as_of=as_of,
            balance=moved.balance,
            days=moved.days,
            opened_on=book.day(opened[0][1]) if opened else None,
            settings=chosen,
            calendar=open_days,
            source=source_calendar(said, open_days),
            requests=moved.requests,
            last_count=_last_count(book, as_of, moved.balance),
            backlog=latest_levels(_of_kind(levels, "backlog"), BACKLOG),
            last_entry_no=last_no,
            seal=seal,
            entries_after=book.number(queries.ENTRIES_AFTER, as_of=as_of) or 0,
            stopped=stopped_days(said),
            quotas=stated_quotas(settings_said),
            loans={party: owed for party, owed in book.rows(queries.LOANS, as_of=as_of) if owed},
            campaigns=campaigns(book.entries(queries.STATEMENTS, kind="campaign", as_of=as_of)),
            clock=clock,
            population=latest_levels(_of_kind(levels, "population"), POPULATION),
        )


def days(book: Book, first: date, as_of: date, on_hand: int) -> list[Day]:
    """The days from `first` to `as_of` on which the shelf or the use changed, as `core.book.days` sums them.

    `on_hand` are the cards on the shelf on the evening of `as_of`.
    """
    with book.reading():
        rows = book.rows(queries.DAYS_FROM, first=first, as_of=as_of)
    result, morning = [], on_hand - sum(changed for _, _, changed, *_ in rows)
    for day, opened, changed, received, printed, spoiled, sent, lost, adjusted, used, logged, *said in rows:
        evening = morning + changed
        moved = (morning + opened, evening, received, printed, spoiled, sent, lost, adjusted, used)
        cause, quota, turned_away, since, total, borrowed = said
        began = book.day(since) if since else None
        result.append(Day(book.day(day), *moved, bool(logged), cause, quota, turned_away, began, total, borrowed))
        morning = evening
    return result


def _left_by(posted: Posted | None, last_seal: str) -> Balance | None:
    """The balance that a command left behind, unless somebody wrote after it."""
    # While the book's last seal is the one that the command wrote, nobody has written since.
    if posted is None or posted.balance is None or posted.entries[-1].seal != last_seal:
        return None
    return posted.balance


def balance_on(book: Book, as_of: date) -> Balance:
    """The balance on the evening of `as_of`."""
    return balance(place_sums(book, as_of))


def place_sums(book: Book, as_of: date) -> list[PlaceSum]:
    """The cards moved up to `as_of`, by kind and places."""
    with book.reading():
        return [PlaceSum._make(row) for row in book.rows(queries.PLACE_SUMS, as_of=as_of)]


def setting_statements(book: Book, as_of: date = WHOLE_BOOK) -> list[Entry]:
    """The statements of settings up to `as_of`, by name, then by day."""
    with book.reading():
        return book.entries(queries.STATEMENTS, kind="setting", as_of=as_of)


def settings_on(book: Book, as_of: date = WHOLE_BOOK) -> Settings:
    """The office's choices as they hold on `as_of`, or now."""
    return settings(stated_settings(setting_statements(book, as_of)))


def calendar_on(book: Book, as_of: date) -> Calendar:
    """The office's calendar as it was known on `as_of`."""
    with book.reading():
        return calendar(calendar_statements(book, as_of), national_days(), settings_on(book, as_of))


def calendar_statements(book: Book, as_of: date) -> list[Entry]:
    """What was said of the calendar up to `as_of`, and not taken back since."""
    return book.entries(queries.STATEMENTS, kind="calendar", as_of=as_of)


def requests_on(book: Book, as_of: date) -> list[Request]:
    """The last requests up to `as_of` with their answers, in the order of their numbers."""
    with book.reading():
        asked = book.entries(queries.REQUESTS, as_of=as_of)
        if not asked:
            return []
        # Answers carry the number of their request, so the ones of older requests are left out by it.
        first_no = min(entry.entry_no for entry in asked)
        return requests(asked[::-1] + book.entries(queries.ANSWERS, first_no=first_no, as_of=as_of))


def request_of(book: Book, request_no: int) -> Request:
    """One request with its answers, also when it was closed by hand.

    Raises:
        UnknownRequest: There is none of that number.
    """
    with book.reading():
        found = requests(book.entries(queries.ONE_REQUEST, request_no=request_no, as_of=WHOLE_BOOK))
    if not found:
        raise UnknownRequest(request_no=request_no)
    return found[0]


def _last_count(book: Book, as_of: date, total: Balance) -> Count | None:
    entry = book.entry(queries.LATEST_COUNT, as_of=as_of)
    return None if entry is None else count_seen(book, entry, as_of, total)


def count_seen(book: Book, entry: Entry, as_of: date, total: Balance) -> Count:
    """A count beside what the book held then; `total` is the balance on the evening of `as_of`."""
    # What the book held when the shelf was counted: what it holds now, less what has moved since.
    since = book.number(queries.SHELF_CHANGE_SINCE, day=entry.occurred_on, entry_no=entry.entry_no, as_of=as_of) or 0
    adjusted = book.number(queries.ADJUSTED_WITH, entry_no=entry.entry_no, as_of=as_of) or 0
    return count_stated(entry, total.on_hand - since, adjusted)


def printed_for(book: Book, known: Facts) -> dict[str, int]:
    """The cards printed for each purpose lately, before anything was rationed; nothing where no order was chosen."""
    if not known.settings.serve_first:
        return {}
    first, last = unrationed_days(known)
    with book.reading():
        return dict(book.rows(queries.PURPOSES_FROM, first=first, as_of=last))


def recorded(book: Book, as_of: date) -> list[Stated]:
    """All statements up to `as_of` of how many people are recorded, by day."""
    with book.reading():
        said = book.entries(queries.STATEMENTS, kind="population", as_of=as_of)
    return [Stated(each.occurred_on, int(each.value)) for each in said if each.subject == "recorded" and each.value]


def _of_kind(entries: Sequence[Entry], kind: str) -> list[Entry]:
    return [entry for entry in entries if entry.kind == kind]


def card(book: Book, first: date, last: date) -> tuple[list[dict[str, Any]], Balance]:
    """The movements from `first` to `last` with the balances after each, ordered by day and number, and the balance on
    the evening of `last`."""
    with book.reading():
        rows = [
            dict(zip(queries.CARD_COLUMNS, row, strict=True))
            for row in book.rows(queries.STOCK_CARD, first=first, as_of=last)
        ]
        evening = balance_on(book, last)
    shelf = evening.on_hand - sum(row["balance_cards"] for row in rows)
    spoiled = evening.spoiled - sum(row["spoiled_cards"] for row in rows)
    for row in rows:
        shelf, spoiled = shelf + row["balance_cards"], spoiled + row["spoiled_cards"]
        row.update(occurred_on=book.day(row["occurred_on"]), balance_cards=shelf, spoiled_cards=spoiled)
    return rows, evening


def lines(book: Book, first: date, last: date) -> list[Line]:
    """All entries of the days from `first` to `last`, statements too, each with the balances after it."""
    with book.reading():
        entries = book.entries(queries.ENTRIES_OF_DAYS, first=first, as_of=last)
        taken_back = dict(book.rows(queries.TAKEN_BACK_OF_DAYS, first=first, as_of=last))
        return card_lines(entries, balance_on(book, last), taken_back)


def entry_line(book: Book, entry_no: int) -> tuple[Line, list[Entry]]:
    """One entry as it stands among those of its day, and all entries of its command.

    Raises:
        UnknownEntry: There is none of that number.
    """
    with book.reading():
        found = book.entry(queries.BY_NUMBER, entry_no=entry_no)
        if found is None:
            raise UnknownEntry(entry_no=entry_no)
        of_day = lines(book, found.occurred_on, found.occurred_on)
        command = book.entries(queries.BATCH, batch_no=found.batch_no)
    return next(each for each in of_day if each.entry.entry_no == entry_no), command


def spoken_language(place: str) -> str | None:
    """The language that the book at `place` chose; None when it cannot be read now, whatever the reason."""
    try:
        with open_book(place, wait_ms=LANGUAGE_WAIT_MS, older=True) as book, book.reading():
            return book.text(queries.LATEST_SETTING, subject="language")
    except BlangkoError:
        return None


def refuse_other_office(place: str, code: str) -> None:
    """Refuse a file that holds the book of another office than the one that was named.

    Raises:
        OtherOffice: It does. A file that cannot be read is left to the command to tell of.
    """
    try:
        with open_book(place, wait_ms=LANGUAGE_WAIT_MS, older=True) as book:
            found = book.office_code
    except BlangkoError:
        return
    if found != code:
        from blangko.errors.server import OtherOffice

        raise OtherOffice(path=place, code=code, found=found)
