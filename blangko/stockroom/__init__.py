"""The storekeeper's tasks: one function, one transaction each. The one place where core and store meet."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date, timedelta
from typing import Any, NamedTuple

from blangko.core import entry as kinds
from blangko.core.book import Balance, Level, PlaceSum, balance, days, levels_after, sums
from blangko.core.entry import Entry, mirror, movement, shelf_change
from blangko.core.forecast import ForecastRow, forecast_rows, run_out
from blangko.core.requests import MORE_COMES, Request, requests
from blangko.core.rules import (
    UNUSUAL_NEEDS_DAYS,
    UNUSUAL_WINDOW,
    questions,
    refuse_impossible,
    refuse_reversal,
    refuse_shortage,
)
from blangko.core.seal import FIRST_SEAL, Mark, broken_seals
from blangko.core.settings import Settings, canonical, settings
from blangko.core.status import Count, Facts, Outlook, Stated
from blangko.core.workdays import LONGEST_CLOSURE_DAYS, ONE_DAY, Calendar, NationalDay, office_days
from blangko.errors import (
    BackwardsPeriod,
    BadSetting,
    BookUnreadable,
    KeyTaken,
    LastWasUndo,
    NameNeeded,
    NeedsYes,
    NoOpenRequest,
    NothingToUndo,
    OpeningExists,
    ReasonNeeded,
    RequestClosed,
    RiskyPlace,
    UnknownEntry,
    UnknownRequest,
)
from blangko.store import queries
from blangko.store.book import Book, open_book
from blangko.store.files import create_book
from blangko.store.national_days import national_days

HISTORY_CALENDAR_DAYS = 620
"""Long enough to hold 400 open days of a five-day week with its holidays."""
SEALS_CHECKED_DAILY = 500
"""The daily alert follows the chain of seals so many entries back: an office-year, 250 days with prints and spoils."""
LANGUAGE_WAIT_MS = 200
"""A book locked for longer than that speaks the language of the surroundings."""
LEAST_FORECAST_DAYS = 5
WHOLE_BOOK = date.max


class Desk(NamedTuple):
    """Who writes, and when: `recorded_at` is a UTC instant as ISO text, `today` the date in the office.

    `key` makes a retry safe, `yes` answers the questions of the rules that ask, `note` goes to the entries. `named`
    says that the writer gave the name, and not the machine.
    """

    today: date
    recorded_at: str
    recorded_by: str
    note: str | None = None
    key: str | None = None
    yes: bool = False
    named: bool = True


class Posted(NamedTuple):
    """What a command wrote; `repeated` when its key showed that it had been written before.

    `balance` is that of the whole book after it, where the command had to know it.
    """

    entries: list[Entry]
    repeated: bool = False
    balance: Balance | None = None


Completion = Callable[[Book, Sequence[Entry]], list[Entry]]


# --- Writing ----------------------------------------------------------------------------------


def start(place: str, code: str, desk: Desk, chosen: dict[str, str], opening: Sequence[Entry], mode: int) -> None:
    """Make a new book: its settings as one command, its opening as the next, so that `undo` takes back the opening."""
    stated = [
        Entry("setting", desk.today, subject=name, value=canonical(name, value)) for name, value in chosen.items()
    ]
    batches = [[signed(draft, desk) for draft in batch] for batch in (stated, opening) if batch]
    for batch in batches:
        for draft in batch:
            refuse_impossible(draft, desk.today)
    create_book(place, code, batches, mode)


def refuse_risky(place: str) -> None:
    """Refuse to begin a book on a network drive or in a folder that synchronises itself.

    Raises:
        RiskyPlace: It is such a place.
    """
    from blangko.store.place import risky_place

    if risk := risky_place(place):
        raise RiskyPlace(path=place, risk=risk)


def opening_drafts(on: date, on_hand: int, spoiled: int) -> list[Entry]:
    """The cards found when a book is begun: usable ones, and rejects already held."""
    drafts = [movement("opening", on, on_hand)]
    if spoiled:
        drafts.append(movement("opening", on, spoiled, to_place=kinds.SPOILED))
    return drafts


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
    stated = [signed(draft, desk) for draft in asked]
    with book.writing():
        repeated = _repeated(book, stated, desk.key) if desk.key else None
        if repeated:
            return Posted(repeated, repeated=True)
        if not desk.named and book.text(queries.LATEST_SETTING, subject="require_name") == "yes":
            raise NameNeeded()
        drafts = complete(book, stated) if complete else stated
        if desk.key and drafts:
            drafts = [drafts[0]._replace(key=desk.key), *drafts[1:]]
        for draft in drafts:
            refuse_impossible(draft, desk.today)
        before = _refuse_shortage(book, drafts)
        if not desk.yes:
            _ask(book, drafts, desk.today)
        return Posted(book.append(drafts), balance=balance([*before, *sums(drafts)]) if before else None)


def signed(draft: Entry, desk: Desk) -> Entry:
    """The draft with who writes it, when, and the desk's note."""
    note = " · ".join(filter(None, (draft.note, desk.note))) or None
    return draft._replace(recorded_at=desk.recorded_at, recorded_by=desk.recorded_by, note=note)


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
    if not moves:
        return []
    first = min(draft.occurred_on for draft in moves)
    evenings = [
        Level(book.day(day), shelf, spoiled)
        for day, shelf, spoiled in book.rows(queries.DAILY_CHANGES_FROM, first=first)
    ]
    before = _place_sums(book, WHOLE_BOOK)
    total = balance(before)
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
    moves = [draft for draft in drafts if draft.is_movement and draft.kind != kinds.REVERSE]
    twins = [twin for draft in moves for twin in book.entries(queries.TWINS, **_twin_of(draft))]
    usual = _usual_use(book, today) if any(draft.kind in ("print", "spoil") for draft in moves) else None
    doubts = questions(drafts, today, twins[:1], usual, book.text(queries.LAST_RECORDED_AT))
    if doubts:
        raise NeedsYes(questions=tuple(doubts))


def _twin_of(draft: Entry) -> dict[str, object]:
    return {
        "occurred_on": draft.occurred_on,
        "kind": draft.kind,
        "cards": draft.cards,
        "reference": draft.reference or "",
        "as_of": WHOLE_BOOK,
    }


def _usual_use(book: Book, today: date) -> int | None:
    """The largest use of the last 60 open days with use, else the typical daily use that the office gave."""
    first = today - timedelta(days=2 * UNUSUAL_WINDOW)
    uses = [use for (use,) in book.rows(queries.LAST_USES, first=first, as_of=today, days=UNUSUAL_WINDOW) if use]
    return max(uses) if len(uses) >= UNUSUAL_NEEDS_DAYS else _settings(book, WHOLE_BOOK).typical_daily_use


# --- Tasks that need the book to complete them ------------------------------------------------


def reopen(book: Book, desk: Desk, drafts: Sequence[Entry]) -> Posted:
    """Write the opening again, after the first one was undone.

    Raises:
        OpeningExists: An opening stands.
    """

    def complete(book: Book, asked: Sequence[Entry]) -> list[Entry]:
        for entry_no, occurred_on in book.rows(queries.OPENED_ON, as_of=WHOLE_BOOK):
            raise OpeningExists(entry_no=entry_no, occurred_on=book.day(occurred_on))
        return list(asked)

    return post(book, desk, drafts, complete)


def receive(book: Book, desk: Desk, draft: Entry, request_no: int | None, more: bool) -> Posted:
    """Write a delivery; it answers the oldest open request unless `request_no` names one, or 0 for none."""
    draft = draft._replace(request_no=request_no or None, subject=MORE_COMES if more else None)

    def complete(book: Book, asked: Sequence[Entry]) -> list[Entry]:
        if request_no == 0:
            return list(asked)
        answered = _request(book, request_no) if request_no else _oldest_open(book, asked[0].occurred_on)
        return [asked[0]._replace(request_no=answered.request_no if answered else None)]

    return post(book, desk, [draft], complete)


def ask(book: Book, desk: Desk, draft: Entry) -> Posted:
    """Write a request; without a number it asks for the office's batch."""

    def complete(book: Book, asked: Sequence[Entry]) -> list[Entry]:
        if asked[0].cards is not None:
            return list(asked)
        return [asked[0]._replace(cards=_settings(book, WHOLE_BOOK).batch_cards)]

    return post(book, desk, [draft], complete)


def answer_request(book: Book, desk: Desk, draft: Entry, request_no: int | None) -> Posted:
    """Write a grant or a close; it speaks of the oldest open request unless `request_no` names one.

    Raises:
        NoOpenRequest, UnknownRequest, RequestClosed: As their names say.
    """

    def complete(book: Book, asked: Sequence[Entry]) -> list[Entry]:
        answered = _request(book, request_no) if request_no is not None else _oldest_open(book, WHOLE_BOOK)
        if answered is None:
            raise NoOpenRequest()
        return [asked[0]._replace(request_no=answered.request_no)]

    return post(book, desk, [draft._replace(request_no=request_no)], complete)


def _request(book: Book, request_no: int) -> Request:
    found = requests(book.entries(queries.ONE_REQUEST, request_no=request_no, as_of=WHOLE_BOOK))
    if not found:
        raise UnknownRequest(request_no=request_no)
    if found[0].closed:
        raise RequestClosed(request_no=request_no)
    return found[0]


def _oldest_open(book: Book, until: date) -> Request | None:
    """The request that has waited longest, among those made up to `until`: a delivery cannot answer a later one."""
    waiting = [request for request in _requests(book, WHOLE_BOOK) if request.is_open and request.requested_on <= until]
    return min(waiting, key=lambda request: (request.requested_on, request.request_no), default=None)


def count(book: Book, desk: Desk, on: date, counted: int, adjust: bool, reason: str | None) -> Posted:
    """State what was counted, and with `adjust` bring the book to it.

    Raises:
        ReasonNeeded: An adjustment without a reason.
    """
    if adjust and not reason:
        raise ReasonNeeded()

    def complete(book: Book, asked: Sequence[Entry]) -> list[Entry]:
        difference = counted - _balance(book, on).on_hand
        if not adjust or not difference:
            return list(asked)
        moved = signed(movement("adjust", on, abs(difference), note=reason), desk)
        if difference > 0:
            moved = moved._replace(from_place=kinds.DISCREPANCY, to_place=kinds.SHELF)
        return [*asked, moved]

    return post(book, desk, [Entry("count", on, cards=counted, note=reason)], complete)


def undo(book: Book, desk: Desk, entry_no: int | None, reason: str) -> Posted:
    """Reverse the last command, or the command of `entry_no`: all entries of its batch.

    Raises:
        NothingToUndo, LastWasUndo, UnknownEntry, AlreadyReversed, ReversalOfReversal: As their names say.
    """

    def complete(book: Book, _: Sequence[Entry]) -> list[Entry]:
        named = _last_command(book) if entry_no is None else book.entry(queries.BY_NUMBER, entry_no=entry_no)
        if named is None:
            raise UnknownEntry(entry_no=entry_no)
        batch = book.entries(queries.BATCH, batch_no=named.batch_no)
        for entry in batch:
            refuse_reversal(entry, book.number(queries.REVERSED_BY, entry_no=entry.entry_no))
        return [signed(mirror(entry, _reversal_day(book, entry, desk.today), reason), desk) for entry in batch]

    if desk.key and (repeated := _repeated_undo(book, desk.key, entry_no)):
        return Posted(repeated, repeated=True)
    return post(book, desk, [], complete)


def _repeated_undo(book: Book, key: str, entry_no: int | None) -> list[Entry] | None:
    with book.reading():
        first = book.entry(queries.BY_KEY, key=key)
        if first is None:
            return None
        written = book.entries(queries.BATCH, batch_no=first.batch_no)
    if first.kind != kinds.REVERSE or (entry_no and entry_no not in {entry.reverses_no for entry in written}):
        raise KeyTaken(key=key, entry_no=first.entry_no)
    return written


def _last_command(book: Book) -> Entry:
    last_no, _ = book.last()
    last = book.entry(queries.BY_NUMBER, entry_no=last_no)
    candidate = book.entry(queries.LAST_UNREVERSED, as_of=WHOLE_BOOK)
    if last is None or candidate is None:
        raise NothingToUndo()
    if last.kind == kinds.REVERSE:
        raise LastWasUndo(reversed_no=last.reverses_no, candidate_no=candidate.batch_no)
    return last


def _reversal_day(book: Book, entry: Entry, today: date) -> date:
    """The original's day while no paper speaks of it: what was handed to the province stays as it was."""
    issued = book.number(queries.PAPER_FOR_DAY, day=entry.occurred_on, as_of=WHOLE_BOOK)
    return max(today, entry.occurred_on) if issued else entry.occurred_on


def change_setting(book: Book, desk: Desk, on: date, name: str, typed: str) -> Posted:
    """State a new value for the setting `name`, holding from the day `on`.

    Raises:
        BadSetting: It does not fit, or the lead times would cross.
    """
    value = canonical(name, typed)

    def complete(book: Book, asked: Sequence[Entry]) -> list[Entry]:
        chosen = settings({**stated_now(book, WHOLE_BOOK), name: value})
        if chosen.lead_low_days > chosen.lead_high_days:
            raise BadSetting(name=name, value=typed)
        return list(asked)

    return post(book, desk, [Entry("setting", on, subject=name, value=value)], complete)


def calendar_draft(said_on: date, subject: str, first: date, last: date, reason: str) -> Entry:
    """A statement that the days from `first` to `last` are closed or opened.

    Raises:
        BackwardsPeriod: `last` comes before `first`, or more than a year after it.
    """
    if not 0 <= (last - first).days < LONGEST_CLOSURE_DAYS:
        raise BackwardsPeriod(first=first, last=last)
    return Entry("calendar", said_on, subject=subject, due_on=first, until_on=last, note=reason)


def refresh_calendar(book: Book, desk: Desk) -> Posted:
    """Record in the book what the installed `holidays` library knows beyond the data file; nothing when it agrees."""
    from blangko.store.national_days import library_days

    listed = library_days()
    decreed = date(max(day.day.year for day in listed if day.is_joint_leave), 12, 31)
    with book.reading():
        known = _calendar(book, WHOLE_BOOK, _settings(book, WHOLE_BOOK))
    library = {day.day: day for day in listed}
    drafts = [
        _national_draft(desk.today, day)
        for day in listed
        if day.day >= desk.today and known.national.get(day.day) != day
    ]
    drafts += [
        calendar_draft(desk.today, "workday", day, day, gone.name_id)
        for day, gone in known.national.items()
        if day not in library and desk.today <= day <= decreed
    ]
    if decreed > known.known_until:
        drafts.append(calendar_draft(desk.today, "known", decreed, decreed, "holidays"))
    return post(book, desk, drafts) if drafts else Posted([])


def _national_draft(said_on: date, day: NationalDay) -> Entry:
    subject = "joint" if day.is_joint_leave else "public"
    draft = calendar_draft(said_on, subject, day.day, day.day, day.name_id)
    return draft._replace(value=day.name_en, cause="estimated" if day.estimated else None)


# --- Reading ----------------------------------------------------------------------------------


def facts(book: Book, as_of: date, posted: Posted | None = None) -> Facts:
    """What the book knows on the evening of `as_of`, in one consistent view.

    `posted` is what was written just now: its balance holds as long as nobody wrote after it.
    """
    with book.reading():
        return facts_now(book, as_of, posted)


def facts_now(book: Book, as_of: date, posted: Posted | None = None) -> Facts:
    """As `facts`, within a `reading()` that is open already."""
    chosen = _settings(book, as_of)
    later = book.number(queries.ENTRIES_AFTER, as_of=as_of) or 0
    last_no, seal = book.last()
    left = None if later else _left_by(posted, seal)
    total = left or _balance(book, as_of)
    first = as_of - timedelta(days=HISTORY_CALENDAR_DAYS)
    moves = book.entries(queries.MOVEMENTS_FROM, first=first, as_of=as_of)
    void = [number for (number,) in book.rows(queries.REVERSED_FROM, first=first, as_of=as_of)]
    opened = book.rows(queries.OPENED_ON, as_of=as_of)
    return Facts(
        office_code=book.office_code,
        as_of=as_of,
        balance=total,
        days=days(moves, total.on_hand - sum(map(shelf_change, moves)), void),
        opened_on=book.day(opened[0][1]) if opened else None,
        settings=chosen,
        calendar=_calendar(book, as_of, chosen),
        requests=_requests(book, as_of),
        last_count=_last_count(book, as_of, total),
        backlog=latest_levels(book, "backlog", ("prr", "suket"), as_of),
        last_entry_no=last_no,
        seal=seal,
        entries_after=later,
    )


def _left_by(posted: Posted | None, last_seal: str) -> Balance | None:
    """The balance that a command left behind, unless somebody wrote after it."""
    if posted is None or posted.balance is None or posted.entries[-1].seal != last_seal:
        return None
    return posted.balance


def _balance(book: Book, as_of: date) -> Balance:
    return balance(_place_sums(book, as_of))


def _place_sums(book: Book, as_of: date) -> list[PlaceSum]:
    return [PlaceSum._make(row) for row in book.rows(queries.PLACE_SUMS, as_of=as_of)]


def stated_now(book: Book, as_of: date) -> dict[str, str]:
    """The settings' texts as stated up to `as_of`; call within `reading()` or `writing()`."""
    stated = book.entries(queries.STATEMENTS, kind="setting", as_of=as_of)
    return {entry.subject or "": entry.value or "" for entry in stated}


def _settings(book: Book, as_of: date) -> Settings:
    return settings(stated_now(book, as_of))


def chosen_settings(book: Book) -> Settings:
    """The office's choices as they hold now."""
    with book.reading():
        return _settings(book, WHOLE_BOOK)


def _calendar(book: Book, as_of: date, chosen: Settings) -> Calendar:
    national, known_until = national_days()
    said = []
    statements = book.entries(queries.STATEMENTS, kind="calendar", as_of=as_of)
    for entry in sorted(statements, key=lambda entry: (entry.occurred_on, entry.entry_no)):
        assert entry.due_on and entry.until_on, "a calendar statement names its days"
        if entry.subject in ("closed", "opened"):
            said.append((entry.subject == "opened", entry.due_on, entry.until_on, entry.note or ""))
        elif entry.subject == "workday":
            national.pop(entry.due_on, None)
        elif entry.subject == "known":
            known_until = max(known_until, entry.until_on)
        else:
            estimated = entry.cause == "estimated"
            joint = entry.subject == "joint"
            national[entry.due_on] = NationalDay(entry.due_on, joint, estimated, entry.note or "", entry.value or "")
    return Calendar(chosen.work_week, national, office_days(said), known_until, chosen.open_on_joint_leave)


def _requests(book: Book, as_of: date) -> list[Request]:
    asked = book.entries(queries.REQUESTS, as_of=as_of)
    if not asked:
        return []
    first_no = min(entry.entry_no for entry in asked)
    return requests(asked[::-1] + book.entries(queries.ANSWERS, first_no=first_no, as_of=as_of))


def _last_count(book: Book, as_of: date, total: Balance) -> Count | None:
    entry = book.entry(queries.LATEST_COUNT, as_of=as_of)
    if entry is None:
        return None
    since = book.number(queries.SHELF_CHANGE_SINCE, day=entry.occurred_on, entry_no=entry.entry_no, as_of=as_of) or 0
    adjusted = book.number(queries.ADJUSTED_WITH, entry_no=entry.entry_no, as_of=as_of) or 0
    discrepancy = (entry.cards or 0) - (total.on_hand - since)
    return Count(entry.occurred_on, entry.cards or 0, discrepancy, discrepancy - adjusted)


def latest_levels(book: Book, kind: str, subjects: Sequence[str], as_of: date) -> dict[str, Stated]:
    """As `levels`, within a `reading()` that is open already."""
    found = {}
    for subject in subjects:
        entry = book.entry(queries.LATEST_STATEMENT, kind=kind, subject=subject, as_of=as_of)
        if entry and entry.value:
            found[subject] = Stated(entry.occurred_on, int(entry.value))
    return found


def stated_settings(book: Book) -> dict[str, Entry]:
    """The entry by which each setting was last stated, by the setting's name."""
    with book.reading():
        stated = book.entries(queries.STATEMENTS, kind="setting", as_of=WHOLE_BOOK)
    return {entry.subject or "": entry for entry in stated}


def levels(book: Book, kind: str, subjects: Sequence[str], as_of: date) -> dict[str, Stated]:
    """The latest backlog or population figures stated up to `as_of`."""
    with book.reading():
        return latest_levels(book, kind, subjects, as_of)


def office_calendar(book: Book, as_of: date) -> Calendar:
    """The office's calendar as it was known on `as_of`."""
    with book.reading():
        return _calendar(book, as_of, _settings(book, as_of))


def balance_on(book: Book, as_of: date) -> Balance:
    """The balance on the evening of `as_of`."""
    with book.reading():
        return _balance(book, as_of)


def request_of(book: Book, request_no: int) -> Request:
    """One request with its answers, also when it was closed by hand."""
    with book.reading():
        found = requests(book.entries(queries.ONE_REQUEST, request_no=request_no, as_of=WHOLE_BOOK))
    if not found:
        raise UnknownRequest(request_no=request_no)
    return found[0]


def proved_seals(book: Book, today: date, mark: Mark | None = None) -> Mark | None:
    """The mark of today's book, when every entry followed carries its seal up to the office's own last one; else None.

    The chain is followed over the newest office-year, and at least from a `mark` on, which the book has to hold.
    """
    with book.reading():
        end = Mark(book.office_code, *book.last(), today)
        a_year_ago = max(end.entry_no - SEALS_CHECKED_DAILY + 1, 1)
        first_no = min(mark.entry_no + 1, a_year_ago) if mark else a_year_ago
        if not holds(book, mark or end) or not holds(book, end) or broken_from(book, first_no):
            return None
    return end


def holds(book: Book, mark: Mark) -> bool:
    """Whether the book goes on from what was proved when the mark was made; call within `reading()`."""
    if mark.office_code != book.office_code:
        return False
    return mark.entry_no == 0 or book.text(queries.SEAL_OF, entry_no=mark.entry_no) == mark.seal


def broken_from(book: Book, first_no: int) -> list[int]:
    """Numbers of the entries from `first_no` on whose seal is broken; call within `reading()`."""
    before = book.rows(queries.SEAL_OF, entry_no=first_no - 1)
    rows = book.rows(queries.SEALED_ROWS_FROM, first_no=first_no)
    return broken_seals(before[0][0] if before else FIRST_SEAL, queries.SEALED, rows)


def spoken_language(place: str) -> str | None:
    """The language that the book at `place` chose; None when it cannot be read now, whatever the reason."""
    try:
        with open_book(place, wait_ms=LANGUAGE_WAIT_MS, older=True) as book, book.reading():
            return book.text(queries.LATEST_SETTING, subject="language")
    except BookUnreadable:
        return None


def card(book: Book, first: date, last: date) -> list[dict[str, Any]]:
    """The movements from `first` to `last` with the balances after each, ordered by day and number."""
    with book.reading():
        rows = book.rows(queries.STOCK_CARD)
    named = (dict(zip(queries.CARD_COLUMNS, row, strict=True)) for row in rows)
    dated = ({**row, "occurred_on": book.day(row["occurred_on"])} for row in named)
    return [row for row in dated if first <= row["occurred_on"] <= last]


def forecast_days(facts: Facts, ahead: Outlook | None) -> list[ForecastRow]:
    """One row for each open day after `facts.as_of`, until the shelf is empty with a chance of 90 %."""
    if ahead is None:
        return []
    last = run_out(ahead.demand, facts.balance.on_hand).p90
    until = len(ahead.demand.workdays) if last is None else last + 1
    rows = forecast_rows(ahead.model, ahead.demand, facts.balance.on_hand, max(until, LEAST_FORECAST_DAYS))
    return [row for row in rows if row.day > facts.as_of]


__all__ = ["Book", "Desk", "Posted", "open_book"]
