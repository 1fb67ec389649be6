"""The one way into the book: one command, one batch, one transaction, after every rule had its say."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date, timedelta

from blangko.core.book import Level, PlaceSum, balance, levels_after, sums
from blangko.core.campaigns import extra_cards
from blangko.core.columns import POPULATION, REVERSE
from blangko.core.entry import Entry
from blangko.core.facts import campaigns, latest_levels
from blangko.core.rules import (
    UNUSUAL_NEEDS_DAYS,
    UNUSUAL_WINDOW,
    Known,
    questions,
    refuse_impossible,
    refuse_shortage,
    refuse_text,
)
from blangko.core.workdays import ONE_DAY, Calendar
from blangko.errors.rules import KeyTaken, NameNeeded, NeedsYes
from blangko.stockroom.desk import Desk, Posted, signed
from blangko.stockroom.look import WHOLE_BOOK, calendar_on, place_sums, request_of, settings_on
from blangko.store import queries
from blangko.store.book import Book

Completion = Callable[[Book, Sequence[Entry]], list[Entry]]


def post(book: Book, desk: Desk, asked: Sequence[Entry], complete: Completion | None = None) -> Posted:
    """Write what a command asks for, as one batch in one transaction.

    Args:
        book: The office's book.
        desk: Who writes, when, under which key, and whether doubts are answered with yes.
        asked: The entries as the command states them.
        complete: Adds what only the book can tell (the request answered, the adjustment): called with the lock held.

    Raises:
        Refused: A rule says no; nothing was written.
        NameNeeded: The office wants a name with every entry, and none was given.
        NeedsYes: A rule asks, and `desk.yes` is false; nothing was written.
    """
    if desk.key:
        refuse_text("key", desk.key)
    stated = [signed(draft, desk) for draft in asked]
    return book.written(lambda: _posted(book, desk, stated, complete))


def _posted(book: Book, desk: Desk, stated: Sequence[Entry], complete: Completion | None) -> Posted:
    """What `post` does with the lock held: between a look and a later write another clerk could take the cards."""
    repeated = _repeated(book, stated, desk.key) if desk.key else None
    if repeated:
        return Posted(repeated, repeated=True)
    if not desk.named and book.text(queries.LATEST_SETTING, subject="require_name") == "yes":
        raise NameNeeded()
    drafts = complete(book, stated) if complete else list(stated)
    # A key is unique in the office, so it stands with the first entry and speaks for the whole batch.
    if desk.key and drafts:
        drafts = [drafts[0]._replace(key=desk.key), *drafts[1:]]
    for draft in drafts:
        refuse_impossible(draft, desk.today)
    before = _refuse_shortage(book, drafts)
    # What cannot be is refused before anybody is asked: a yes would not help.
    if not desk.yes:
        _ask(book, drafts, desk.today)
    return Posted(book.append(drafts), balance=balance([*before, *sums(drafts)]) if before else None)


# A retry is written by another clock, and perhaps by another hand; it is the same if it says the same of the cards.
_NOT_CONTENT = ("recorded_at", "recorded_by", "office_code", "entry_no", "seal", "batch_no", "key")


def _repeated(book: Book, asked: Sequence[Entry], key: str) -> list[Entry] | None:
    """The entries that an earlier try wrote under `key`; None when it is new.

    What the book added by itself (the request that a receipt answers, an adjustment) is not compared.

    Raises:
        KeyTaken: The same key stands in the book with other content.
    """
    first = book.entry(queries.BY_KEY, key=key)
    if first is None:
        return None
    written = book.entries(queries.BATCH, batch_no=first.batch_no)
    same = len(written) >= len(asked) and all(
        _content(draft, draft) == _content(entry, draft) for draft, entry in zip(asked, written, strict=False)
    )
    if not same:
        raise KeyTaken(key=key, entry_no=first.entry_no)
    return written


def _content(entry: Entry, draft: Entry) -> dict[str, object]:
    by_the_book = [name for name in ("request_no", "cards") if getattr(draft, name) is None]
    left_out = (*_NOT_CONTENT, *by_the_book)
    return {name: value for name, value in entry._asdict().items() if name not in left_out}


def _refuse_shortage(book: Book, drafts: Sequence[Entry]) -> list[PlaceSum]:
    """Check the movements among the drafts; the sums of the book before them, none when nothing moves."""
    moves = [draft for draft in drafts if draft.is_movement]
    # A statement leaves the shelf alone, so the sums need not be read for it.
    if not moves:
        return []
    first = min(draft.occurred_on for draft in moves)
    evenings = [
        Level(book.day(day), shelf, spoiled)
        for day, shelf, spoiled in book.rows(queries.DAILY_CHANGES_FROM, first=first)
    ]
    before = place_sums(book, WHOLE_BOOK)
    total = balance(before)
    # A back-dated entry changes every evening since its day. The evening before that day is today's balance less all
    # that has moved since, and from there the others follow.
    start = Level(
        first - ONE_DAY,
        total.on_hand - sum(change.on_hand for change in evenings),
        total.spoiled - sum(change.spoiled for change in evenings),
    )
    levels, on_hand, spoiled = [], start.on_hand, start.spoiled
    for change in evenings:
        on_hand, spoiled = on_hand + change.on_hand, spoiled + change.spoiled
        levels.append(Level(change.day, on_hand, spoiled))
    refuse_shortage(moves, levels_after(levels, start, moves))
    return before


def _ask(book: Book, drafts: Sequence[Entry], today: date) -> None:
    # An undo is never asked about: it mends what a slip has written.
    moves = [draft for draft in drafts if draft.is_movement and draft.kind != REVERSE]
    prints = [draft for draft in moves if draft.kind == "print"]
    uses = [draft for draft in moves if draft.is_use]
    calendar = calendar_on(book, today) if prints else None
    twins = [twin for draft in moves for twin in book.entries(queries.TWINS, **_twin_of(draft))]
    answered = next((draft.request_no for draft in moves if draft.kind == "receive" and draft.request_no), None)
    shared = max((_days_of_use(draft, calendar) for draft in uses), key=len, default=[])
    known = Known(
        twins=twins[:1],
        usual_use=_usual_use(book, today, shared) if uses else None,
        workdays=max(len(shared), 1),
        answered=request_of(book, answered) if answered else None,
        levels=_levels_after(book, drafts),
        closed_days=[draft.occurred_on for draft in prints if calendar and not calendar.is_open(draft.occurred_on)],
        printed={
            draft.occurred_on: _printed(book, draft.occurred_on, draft.occurred_on)
            for draft in prints
            if not draft.cards
        },
        written={
            draft.occurred_on: _printed(book, draft.due_on, draft.occurred_on) for draft in prints if draft.due_on
        },
        last_recorded_at=book.text(queries.LAST_RECORDED_AT),
    )
    if doubts := questions(drafts, today, known):
        raise NeedsYes(questions=tuple(doubts))


def _levels_after(book: Book, drafts: Sequence[Entry]) -> dict[str, int]:
    """The population figures that would hold on the last day of which the drafts state one."""
    stated = [draft for draft in drafts if draft.kind == "population"]
    if not stated:
        return {}
    as_of = max(draft.occurred_on for draft in stated)
    known = latest_levels(book.entries(queries.LATEST_LEVELS, as_of=as_of), POPULATION)
    given = {draft.subject or "": int(draft.value or 0) for draft in stated}
    return {subject: each.number for subject, each in known.items()} | given


def _twin_of(draft: Entry) -> dict[str, object]:
    return {
        "occurred_on": draft.occurred_on,
        "kind": draft.kind,
        "cards": draft.cards,
        "reference": draft.reference or "",
        "party": draft.party or "",
        "purpose": draft.purpose or "",
        "as_of": WHOLE_BOOK,
    }


def _usual_use(book: Book, today: date, used_on: Sequence[date]) -> int | None:
    """The usual use of a day, and what campaigns announced on top of it for an average one of `used_on`.

    Usual is the median of the last 60 open days with use, else the typical daily use that the office gave.
    """
    # Of twice as many calendar days, since an office is closed on two of seven and in the weeks of a feast.
    first = today - timedelta(days=2 * UNUSUAL_WINDOW)
    uses = sorted(use for (use,) in book.rows(queries.LAST_USES, first=first, as_of=today, days=UNUSUAL_WINDOW) if use)
    usual = uses[len(uses) // 2] if len(uses) >= UNUSUAL_NEEDS_DAYS else settings_on(book).typical_daily_use
    return None if usual is None else usual + _announced(book, today, used_on)


def _announced(book: Book, today: date, days: Sequence[date]) -> int:
    """The cards that the campaigns known today announced for an average one of these days."""
    extra = extra_cards(campaigns(book.entries(queries.STATEMENTS, kind="campaign", as_of=today)))
    return round(sum(extra.get(day, 0.0) for day in days) / max(len(days), 1))


def _days_of_use(draft: Entry, calendar: Calendar | None) -> list[date]:
    """The open days that a total of a period speaks of, or the day of any other use."""
    if calendar is None or draft.due_on is None:
        return [draft.occurred_on]
    return calendar.open_days(draft.due_on, draft.occurred_on)


def _printed(book: Book, first: date, last: date) -> int:
    return book.number(queries.PRINTED_FROM, first=first, last=last, as_of=WHOLE_BOOK) or 0
