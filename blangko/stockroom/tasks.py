"""The storekeeper's daily tasks: one function, one transaction each."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from blangko.core.answer import answer
from blangko.core.calendar import KNOWN, WORKDAY, days_stated, national_day_stated
from blangko.core.columns import DISCREPANCY, LOAN, REVERSE, SHELF, SPOILED
from blangko.core.entry import Entry, mirror, movement
from blangko.core.facts import stated_settings
from blangko.core.requests import MORE_COMES, Request, oldest_answered_by
from blangko.core.rules import refuse_impossible, refuse_reversal, refuse_text
from blangko.core.settings import canonical, settings
from blangko.errors import BadSetting, UnknownEntry
from blangko.errors.rules import (
    BeginningStands,
    KeyTaken,
    LastWasUndo,
    NoOpenRequest,
    NothingToUndo,
    OpeningExists,
    ReasonNeeded,
    RequestClosed,
    RiskyPlace,
)
from blangko.stockroom.desk import Desk, Posted, signed
from blangko.stockroom.look import (
    WHOLE_BOOK,
    balance_on,
    calendar_on,
    facts,
    request_of,
    requests_on,
    setting_statements,
    settings_on,
)
from blangko.stockroom.post import post
from blangko.store import queries
from blangko.store.book import Book

FIRST_BATCH = 1
"""What `start` states of the office."""


def refuse_risky(place: str) -> None:
    """Refuse to begin a book on a network drive or in a folder that synchronises itself.

    Raises:
        RiskyPlace: It is such a place.
    """
    from blangko.store.place import risky_place

    if risk := risky_place(place):
        raise RiskyPlace(path=place, risk=risk)


def start(place: str, code: str, desk: Desk, chosen: dict[str, str], opening: Sequence[Entry], mode: int) -> None:
    """Make a new book: its settings as one command, its opening as the next, so that `undo` takes back the opening."""
    stated = [
        Entry("setting", desk.today, subject=name, value=canonical(name, value)) for name, value in chosen.items()
    ]
    batches = [[signed(draft, desk) for draft in batch] for batch in (stated, opening) if batch]
    # A new book is made in one go and not through `post`, so what no book may hold is refused here.
    for batch in batches:
        for draft in batch:
            refuse_impossible(draft, desk.today)
    if "://" in place:
        from blangko.store.postgres import add_office

        add_office(place, code, batches)
        return
    from blangko.store.files import create_book

    create_book(place, code, batches, mode)


def opening_drafts(on: date, on_hand: int, spoiled: int) -> list[Entry]:
    """The cards found when a book is begun: usable ones, and rejects already held."""
    drafts = [movement("opening", on, on_hand)]
    if spoiled:
        drafts.append(movement("opening", on, spoiled, to_place=SPOILED))
    return drafts


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
    """Write a delivery; it answers the giver's oldest open request unless `request_no` names one, or 0 for none.

    A loan that comes, or comes back, answers no request.
    """
    draft = draft._replace(request_no=request_no or None, subject=MORE_COMES if more else None)

    def complete(book: Book, asked: Sequence[Entry]) -> list[Entry]:
        if request_no == 0 or draft.purpose == LOAN:
            return list(asked)
        answered = _request(book, request_no) if request_no else _oldest(book, asked[0].occurred_on, draft.party)
        return [asked[0]._replace(request_no=answered.request_no if answered else None)]

    return post(book, desk, [draft], complete)


def ask(book: Book, desk: Desk, draft: Entry) -> Posted:
    """Write a request; without a number it asks for what the answer proposes, else for the office's batch."""

    def complete(book: Book, asked: Sequence[Entry]) -> list[Entry]:
        # Only here is it known which batch the office asks for: the setting may change until the lock is held.
        if asked[0].cards is not None:
            return list(asked)
        return [asked[0]._replace(cards=proposed_cards(book, desk.today))]

    return post(book, desk, [draft], complete)


def proposed_cards(book: Book, today: date) -> int:
    """The cards to ask for today: what the answer proposes, else the office's batch."""
    return answer(facts(book, today)).status.request_cards or settings_on(book).batch_cards


def answer_request(book: Book, desk: Desk, draft: Entry, request_no: int | None) -> Posted:
    """Write a grant or a close; it speaks of the giver's oldest open request unless `request_no` names one.

    Raises:
        NoOpenRequest, UnknownRequest, RequestClosed: As their names say.
    """

    def complete(book: Book, asked: Sequence[Entry]) -> list[Entry]:
        answered = _oldest(book, WHOLE_BOOK, draft.party) if request_no is None else _request(book, request_no)
        if answered is None:
            raise NoOpenRequest()
        return [asked[0]._replace(request_no=answered.request_no)]

    return post(book, desk, [draft._replace(request_no=request_no)], complete)


def _request(book: Book, request_no: int) -> Request:
    found = request_of(book, request_no)
    # One that was answered in full may be named for a second lot; one that the office closed itself may not.
    if found.closed:
        raise RequestClosed(request_no=request_no)
    return found


def _oldest(book: Book, until: date, giver: str | None) -> Request | None:
    """The request that is answered, among those made up to `until`: a delivery cannot answer a later one."""
    return oldest_answered_by((each for each in requests_on(book, WHOLE_BOOK) if each.requested_on <= until), giver)


def count(book: Book, desk: Desk, on: date, counted: int, adjust: bool, reason: str | None) -> Posted:
    """State what was counted, and with `adjust` bring the book to it.

    Raises:
        ReasonNeeded: An adjustment without a reason.
    """
    if adjust and not reason:
        raise ReasonNeeded()

    def complete(book: Book, asked: Sequence[Entry]) -> list[Entry]:
        # Against the evening of the day counted, and under the lock: a print meanwhile would be adjusted away.
        difference = counted - balance_on(book, on).on_hand
        if not adjust or not difference:
            return list(asked)
        moved = signed(movement("adjust", on, abs(difference), note=reason), desk)
        if difference > 0:
            moved = moved._replace(from_place=DISCREPANCY, to_place=SHELF)
        return [*asked, moved]

    return post(book, desk, [Entry("count", on, cards=counted, note=reason)], complete)


def undo(book: Book, desk: Desk, entry_no: int | None, reason: str) -> Posted:
    """Reverse the last command, or the command of `entry_no`: all entries of its batch.

    Raises:
        NothingToUndo, BeginningStands, LastWasUndo, UnknownEntry, AlreadyReversed, ReversalOfReversal: As their
            names say.
    """

    def complete(book: Book, _: Sequence[Entry]) -> list[Entry]:
        named = _last_command(book) if entry_no is None else _entry(book, entry_no)
        # Prints and spoils of one command were typed together and are wrong together.
        whole_batch = book.entries(queries.BATCH, batch_no=named.batch_no)
        batch = [entry for entry in whole_batch if not _names_the_office(entry)]
        # As the last command it may have been typed wrong; named later, it is what the whole book rests on.
        if entry_no is not None and len(batch) < len(whole_batch):
            raise BeginningStands(entry_no=entry_no)
        if not batch:
            raise NothingToUndo()
        own, restored = _parted(book, batch)
        for entry in own:
            refuse_reversal(entry, book.number(queries.REVERSED_BY, entry_no=entry.entry_no))
        mirrors = [mirror(entry, reversal_day(book, entry, desk.today), reason) for entry in own]
        return [signed(draft, desk) for draft in (*restored, *mirrors)]

    # What an undo reverses is found out by the book, so a retry is not compared with drafts as other commands are.
    if desk.key:
        refuse_text("key", desk.key)
    if desk.key and (repeated := _repeated_undo(book, desk.key, entry_no)):
        return Posted(repeated, repeated=True)
    # It mends what a slip has written, and what it writes once more stood in the book before.
    return post(book, desk._replace(yes=True), [], complete)


def _parted(book: Book, batch: Sequence[Entry]) -> tuple[list[Entry], list[Entry]]:
    """What a batch wrote, and drafts of what it took back by the way, to be written once more.

    An import that replaced days did both, and is undone as a whole. One that did nothing but take back was an undo.
    """
    own = [entry for entry in batch if entry.kind != REVERSE]
    if not own:
        return list(batch), []
    taken_back = [_entry(book, entry.reverses_no) for entry in batch if entry.reverses_no]
    return own, [entry._replace(key=None, batch_no=None, entry_no=0, seal="") for entry in taken_back]


def _names_the_office(entry: Entry) -> bool:
    """Whether the office got its first name here; without it every paper would come from nobody."""
    return entry.batch_no == FIRST_BATCH and entry.subject == "office_name"


def _repeated_undo(book: Book, key: str, entry_no: int | None) -> list[Entry] | None:
    with book.reading():
        first = book.entry(queries.BY_KEY, key=key)
        if first is None:
            return None
        written = book.entries(queries.BATCH, batch_no=first.batch_no)
    if not any(entry.kind == REVERSE for entry in written) or (
        entry_no and entry_no not in {entry.reverses_no for entry in written}
    ):
        raise KeyTaken(key=key, entry_no=first.entry_no)
    return written


def _entry(book: Book, entry_no: int) -> Entry:
    found = book.entry(queries.BY_NUMBER, entry_no=entry_no)
    if found is None:
        raise UnknownEntry(entry_no=entry_no)
    return found


def last_command(book: Book) -> list[Entry]:
    """The entries that `undo` without a number would take back; none while there is nothing, or it was an undo."""
    try:
        last = _last_command(book)
    except (NothingToUndo, LastWasUndo):
        return []
    return [entry for entry in book.entries(queries.BATCH, batch_no=last.batch_no) if not _names_the_office(entry)]


def _last_command(book: Book) -> Entry:
    last_no, _ = book.last()
    last = book.entry(queries.BY_NUMBER, entry_no=last_no)
    if last is None:
        raise NothingToUndo()
    if last.kind != REVERSE:
        return last
    # What the undo of an import wrote once more is no command further back.
    candidate = book.entry(queries.LAST_UNREVERSED, before=last.batch_no, as_of=WHOLE_BOOK)
    if candidate is None:
        raise NothingToUndo()
    assert last.reverses_no and candidate.batch_no, "a reversal names its entry, and every entry its command"
    raise LastWasUndo(reversed_no=last.reverses_no, candidate_no=candidate.batch_no)


def reversal_day(book: Book, entry: Entry, today: date) -> date:
    """The day on which an entry is taken back: its own, while no paper speaks of it; else today.

    What was handed to the province stays as it was.
    """
    issued = book.number(queries.PAPER_FOR_DAY, day=entry.occurred_on, as_of=WHOLE_BOOK)
    return max(today, entry.occurred_on) if issued else entry.occurred_on


def change_setting(book: Book, desk: Desk, on: date, name: str, typed: str) -> Posted:
    """State a new value for the setting `name`, holding from the day `on`.

    Raises:
        BadSetting: It does not fit, or the lead times would cross.
    """
    value = canonical(name, typed)

    def complete(book: Book, asked: Sequence[Entry]) -> list[Entry]:
        # The two ends of the lead time are changed one by one, so each is looked at beside the other.
        chosen = settings({**stated_settings(setting_statements(book)), name: value})
        if chosen.lead_low_days > chosen.lead_high_days:
            raise BadSetting(name=name, value=typed)
        return list(asked)

    return post(book, desk, [Entry("setting", on, subject=name, value=value)], complete)


def refresh_calendar(book: Book, desk: Desk) -> Posted:
    """Record in the book what the installed `holidays` library knows beyond the data file; nothing when it agrees."""
    from blangko.store.national_days import library_days

    listed = library_days()
    decreed = date(max(day.day.year for day in listed if day.is_joint_leave), 12, 31)
    known = calendar_on(book, WHOLE_BOOK)
    library = {day.day: day for day in listed}
    drafts = [
        national_day_stated(desk.today, day)
        for day in listed
        # Days that are past have been lived through as they were known; another name for them would change old answers.
        if day.day >= desk.today and known.national.get(day.day) != day
    ]
    drafts += [
        days_stated(desk.today, WORKDAY, day, day, gone.name_id)
        for day, gone in known.national.items()
        if day not in library and desk.today <= day <= decreed
    ]
    if decreed > known.known_until:
        drafts.append(days_stated(desk.today, KNOWN, decreed, decreed, "holidays"))
    return post(book, desk, drafts) if drafts else Posted([])
