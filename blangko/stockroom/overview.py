"""All offices of a database at a glance, from digests: what is out of date is made again, in one look for all of it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from datetime import date, time
from operator import add
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from blangko.core import overview as offices
from blangko.core.answer import answer
from blangko.core.book import Balance, balance, sums
from blangko.core.columns import REVERSE
from blangko.core.digest import (
    Digest,
    Nation,
    Told,
    answer_read,
    answer_text,
    demand_later,
    digest,
    facts_later,
    facts_read,
    nation,
)
from blangko.core.entry import Entry
from blangko.core.facts import Facts, history_begins
from blangko.core.overview import Heard, Overview, Row
from blangko.core.workdays import ONE_DAY
from blangko.errors import BlangkoError
from blangko.stockroom import look, open_book
from blangko.stockroom.look import Moved
from blangko.store import queries
from blangko.store.address import is_server, parted
from blangko.store.national_days import national_days

if TYPE_CHECKING:
    from multiprocessing.context import BaseContext

    from blangko.store.book import Book
    from blangko.store.digests import Standing
    from blangko.store.gathered import Gathering
    from blangko.store.postgres import Database

AT_ONCE = 64
"""So many books are gathered at a time: enough that the server is asked seldom, few enough for any machine's memory."""
ALONE = 60
"""More digests than these are made by all cores of the machine."""
MOST_NEWS = 400
"""A book that went on by more entries than these is read as a whole."""
NOTHING: Mapping[str, Any] = MappingProxyType({})
NUMBER = Entry._fields.index("entry_no")


def day_in_utc(instant: str) -> date:
    """The day of an instant as the book keeps it, for whoever reads it nowhere in particular."""
    return date.fromisoformat(instant[:10])


def overview(
    place: str, as_of: date, clock: time | None, day_of: Callable[[str], date] = day_in_utc
) -> Overview:  # fmt: skip
    """All offices of the database at `place`, or the one that it names; of a file its one office.

    What has to be made again is kept for the next look where the role may do that.

    Args:
        place: A database's address, or a file.
        as_of: This evening.
        clock: The hour there; None before any at which an office is reminded.
        day_of: The day, where the overview is read, of an instant in UTC.

    Raises:
        BookUnreadable: The database or the book cannot be read.
        NoSuchOffice: The place names an office that the database does not hold.
    """
    over = nation(national_days())
    if not is_server(place) or parted(place)[1]:
        with open_book(place) as book:
            return offices.overview(as_of, [_row_of(book, as_of, clock, over)])
    from blangko.store import digests
    from blangko.store.postgres import open_database

    with open_database(place) as database:
        seen = digests.standing(database)
        known = {each.office_code: _still_true(each, as_of, clock, over) for each in seen}
        waiting = [code for code, told in known.items() if told is None]
        made = _made(database, place, waiting, as_of, clock, over)
    known |= {each.office_code: _told(each.answer, over, clock) for each in made}
    rows = [Row(told, _heard(each, day_of)) for each in seen if (told := known[each.office_code])]
    return offices.overview(as_of, rows)


def _row_of(book: Book, as_of: date, clock: time | None, over: Nation) -> Row:
    """The row of one book that is looked at by itself."""
    with book.reading():
        known = look.facts(book, as_of, clock=clock)
        last_on = book.text(queries.LAST_DAY)
        heard = Heard(book.day(last_on) if last_on else None, book.text(queries.LAST_RECORDED_AT))
    return Row(_told(answer_text(answer(known), over), over, clock), heard)


def _still_true(each: Standing, as_of: date, clock: time | None, over: Nation) -> Told | None:
    if each.answer is None or each.as_of != as_of.isoformat():
        return None
    return answer_read(each.answer, over, clock)


def _told(text: str, over: Nation, clock: time | None) -> Told:
    told = answer_read(text, over, clock)
    assert told, "an answer that was made just now is true now"
    return told


def _heard(each: Standing, day_of: Callable[[str], date]) -> Heard:
    last_on = date.fromisoformat(each.last_on) if each.last_on else None
    return Heard(last_on, each.recorded_at, each.pushed_at, day_of(each.pushed_at) if each.pushed_at else None)


# --- What has to be made again --------------------------------------------------------------------


def _made(
    database: Database, place: str, codes: Sequence[str], as_of: date, clock: time | None, over: Nation
) -> list[Digest]:  # fmt: skip
    """The digests of these offices, made and kept; of many by all cores, each with a connection of its own."""
    if len(codes) <= ALONE:
        return _keep(database, _digests(database, codes, as_of, clock, over))
    from concurrent.futures import ProcessPoolExecutor
    from concurrent.futures.process import BrokenProcessPool
    from os import cpu_count

    parts = cpu_count() or 1
    # Offices of a province are alike in size: dealt out one by one, all cores end together.
    shares = [(place, codes[number::parts], as_of, clock) for number in range(parts)]
    try:
        with ProcessPoolExecutor(parts, _new_processes()) as pool:
            return [each for share in pool.map(_share, *zip(*shares, strict=True)) for each in share]
    except (BrokenProcessPool, OSError, NotImplementedError):
        # Some machines give a program no further process, or take it away: then one does all of it.
        return _keep(database, _digests(database, codes, as_of, clock, over))


def _new_processes() -> BaseContext | None:
    """How further processes begin: not as copies of this one where other threads may hold a lock at that instant."""
    from multiprocessing import get_context
    from threading import current_thread, main_thread

    return None if current_thread() is main_thread() else get_context("spawn")


def _share(place: str, codes: Sequence[str], as_of: date, clock: time | None) -> list[Digest]:
    """The part of the work that another process does."""
    import gc

    from blangko.store.postgres import open_database

    # This process ends with its work: looking for rubbish among its many small values would only take time.
    gc.disable()
    with open_database(place) as database:
        return _keep(database, _digests(database, codes, as_of, clock, nation(national_days())))


def _digests(
    database: Database, codes: Sequence[str], as_of: date, clock: time | None, over: Nation
) -> Iterator[Digest]:  # fmt: skip
    from blangko.store import digests

    for begin in range(0, len(codes), AT_ONCE):
        some = codes[begin : begin + AT_ONCE]
        with database.reading():
            kept = {each.office_code: each for each in digests.facts_kept(database, some, as_of, MOST_NEWS)}
            before = {code: read for code, each in kept.items() if (read := facts_read(each.facts, over))}
            moved = [code for code in some if code not in before or kept[code].news]
            since = {code: before[code][0].last_entry_no for code in moved if code in before}
            asked = _gathered(database, moved, since, as_of)
        for code in some:
            if code not in before:
                yield digest(look.facts(asked.book(code), as_of, clock=clock), over)
                continue
            facts, learnt = before[code]
            now = _grown(asked.book(code), facts, as_of) if code in since else facts_later(facts, as_of)
            yield digest(now._replace(clock=clock), over, demand_later(facts, now, learnt))


def _grown(book: Book, before: Facts, as_of: date) -> Facts:
    """The facts of a book that went on from these by a few entries."""
    news = book.entries(queries.WRITTEN_AFTER, entry_no=before.last_entry_no)
    known = [entry for entry in news if entry.occurred_on <= as_of]
    total = Balance(*map(add, before.balance, balance(sums(known))))
    first = _first_changed(book, before.last_entry_no, as_of)
    days = [day for day in before.days if history_begins(as_of) <= day.day < first]
    if first <= as_of:
        days += look.days(book, first, as_of, total.on_hand)
    requests = look.requests_on(book, as_of) if _of_requests(news) else before.requests
    return look.facts_with(book, as_of, Moved(total, days, requests), None)


def _first_changed(book: Book, entry_no: int, as_of: date) -> date:
    """The first day of which the entries since say anything of the shelf or the use; later than `as_of` where none do.

    What is taken back changes the day that it was written for.
    """
    news = book.entries(queries.WRITTEN_AFTER, entry_no=entry_no)
    taken_back = [book.day(row[0]) for row in book.rows(queries.TAKEN_BACK_AFTER, entry_no=entry_no)]
    written = [entry.occurred_on for entry in news if entry.is_movement]
    return max(min([*written, *taken_back, as_of + ONE_DAY]), history_begins(as_of))


def _of_requests(news: Iterable[Entry]) -> bool:
    """Whether any of the entries asks for cards, or answers; what is taken back may have."""
    return any(entry.kind in ("request", REVERSE) or entry.request_no is not None for entry in news)


def _gathered(database: Database, codes: Sequence[str], kept: Mapping[str, int], as_of: date) -> Gathering:
    """All that is asked of these books, asked of all at once; of those `kept` up to an entry what is new alone."""
    from blangko.store.gathered import Gathering

    asked = Gathering(database, codes)
    asked.ask(queries.THE_OFFICE)
    for kind in ("setting", "calendar", "campaign"):
        asked.ask(queries.STATEMENTS, kind=kind, as_of=as_of)
    for sql in (queries.ENTRIES_AFTER, queries.OPENED_ON, queries.LATEST_LEVELS, queries.LOANS, queries.LATEST_COUNT):
        asked.ask(sql, as_of=as_of)
    _ask_counts(asked, codes, as_of)
    whole = [code for code in codes if code not in kept]
    asked.ask(queries.PLACE_SUMS, dict.fromkeys(whole, NOTHING), as_of=as_of)
    _ask_moved(asked, whole, kept, as_of)
    return asked


def _ask_counts(asked: Gathering, codes: Sequence[str], as_of: date) -> None:
    """What the last count of each book is held against."""
    counts = {code: count for code in codes if (count := asked.book(code).entry(queries.LATEST_COUNT, as_of=as_of))}
    since = {code: {"day": count.occurred_on, "entry_no": count.entry_no} for code, count in counts.items()}
    asked.ask(queries.SHELF_CHANGE_SINCE, since, as_of=as_of)
    asked.ask(queries.ADJUSTED_WITH, {code: {"entry_no": each.entry_no} for code, each in counts.items()}, as_of=as_of)


def _ask_moved(asked: Gathering, whole: Sequence[str], kept: Mapping[str, int], as_of: date) -> None:
    """The days and the requests of the books that are read as a whole, and what is new in the others."""
    since = {code: {"entry_no": entry_no} for code, entry_no in kept.items()}
    asked.ask(queries.WRITTEN_AFTER, since)
    asked.ask(queries.TAKEN_BACK_AFTER, since)
    begins = {code: history_begins(as_of) for code in whole}
    for code, entry_no in kept.items():
        first = _first_changed(asked.book(code), entry_no, as_of)
        if first <= as_of:
            begins[code] = first
    asked.ask(queries.DAYS_FROM, {code: {"first": first} for code, first in begins.items()}, as_of=as_of)
    news = {code: asked.book(code).entries(queries.WRITTEN_AFTER, entry_no=kept[code]) for code in kept}
    asking = [*whole, *(code for code, entries in news.items() if _of_requests(entries))]
    asked.ask(queries.REQUESTS, dict.fromkeys(asking, NOTHING), as_of=as_of)
    asked.ask(queries.ANSWERS, _first_requests(asked, asking, as_of), as_of=as_of)


def _first_requests(asked: Gathering, codes: Sequence[str], as_of: date) -> Mapping[str, Mapping[str, Any]]:
    """The number of the oldest request of each office that has any."""
    numbers = {
        code: min((row[NUMBER] for row in asked.book(code).rows(queries.REQUESTS, as_of=as_of)), default=None)
        for code in codes
    }
    return {code: {"first_no": number} for code, number in numbers.items() if number is not None}


def _keep(database: Database, digests: Iterable[Digest]) -> list[Digest]:
    """The digests, kept for the next look; where that fails, as for a role that may only look, they are made again."""
    from blangko.store.digests import keep

    made = list(digests)
    with suppress(BlangkoError):
        keep(database, (each._asdict() for each in made))
    return made
