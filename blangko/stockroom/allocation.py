"""Cards shared out: among all offices of a database, or an office's own over its print points."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from types import MappingProxyType
from typing import TYPE_CHECKING, NamedTuple

from blangko.core.answer import urgency
from blangko.core.digest import demand_later, facts_later, facts_read, nation
from blangko.core.entry import Entry, movement
from blangko.core.facts import Facts, history_begins
from blangko.core.level import DemandModel
from blangko.core.offices import is_within
from blangko.core.points import HORIZON_WORKDAYS, holding_of_point, of_the_counter, points
from blangko.core.requests import MORE_COMES, Request, oldest_answered_by
from blangko.core.sharing import Holding, Share, Shared, Terms, holding_of, share_out
from blangko.core.workdays import ONE_DAY
from blangko.errors.ahead import NobodyToShare, NotEnoughToShare
from blangko.errors.rules import KeyTaken
from blangko.stockroom.desk import Desk, Posted, signed
from blangko.stockroom.look import WHOLE_BOOK, facts, requests_on
from blangko.stockroom.post import post
from blangko.store import queries
from blangko.store.address import is_server, parted
from blangko.store.book import Book
from blangko.store.national_days import national_days
from blangko.store.pushes import PUSHED

if TYPE_CHECKING:
    from blangko.store.postgres import Database


class Found(NamedTuple):
    """An allocation, and the codes of the offices whose books hold their part of it already.

    Books kept `elsewhere` come here by push: written to here, they would part from what their offices push next.
    """

    shared: Shared
    written: frozenset[str]
    elsewhere: frozenset[str]


class Grant(NamedTuple):
    """What is written of an allocation besides its cards; `own_request` names a request that the province makes."""

    on: date
    due_on: date | None
    reference: str | None
    own_request: str


# --- Among offices --------------------------------------------------------------------------------


def usual_key(on: date, terms: Terms) -> str:
    """The key of an allocation to which nobody gave another: on one day so many cards are shared out once."""
    return f"allocate {on} {terms.cards}"


def shared_out(place: str, as_of: date, terms: Terms, key: str, within: str = "") -> Found:
    """Share cards out among the offices of the database at `place` that lie within an area, as `among_offices`."""
    with open_offices(place) as database:
        known = known_of_all(database, place, as_of)
        return among_offices(database, as_of, terms, key, known, within)


def grants_recorded(place: str, desk: Desk, found: Found, grant: Grant) -> Iterator[Share]:
    """Write what was found into the books of the database at `place`, as `record_grants`."""
    with open_offices(place) as database:
        yield from record_grants(database, desk, found, grant)


def open_offices(place: str) -> Database:
    """The database of several offices that lies there."""
    from blangko.store.postgres import open_database

    return open_database(place)


def is_of_offices(place: str) -> bool:
    """Whether the place is a database of several offices, none of which is named."""
    if not is_server(place) or parted(place)[1]:
        return False
    with open_offices(place) as database:
        return len(database.offices()) > 1


class Known(NamedTuple):
    """What is known of an office beforehand: its facts, and the demand that they taught, where it was kept."""

    facts: Facts
    demand: DemandModel | None


def known_of_all(database: Database, place: str, as_of: date) -> dict[str, Known]:
    """What the digests say of the offices of the database that lies at `place`, by code.

    Digests that are out of date are made again first, by all cores of the machine. For a role that may keep none they
    are missing here.
    """
    from blangko.stockroom.overview import overview
    from blangko.store.digests import facts_kept

    overview(place, as_of, None)
    over, found = nation(national_days()), {}
    for each in facts_kept(database, [end.code for end in database.offices()], as_of, most=0):
        if read := facts_read(each.facts, over):
            before, learnt = read
            later = facts_later(before, as_of)
            found[each.office_code] = Known(later, demand_later(before, later, learnt))
    return found


def among_offices(
    database: Database,
    as_of: date,
    terms: Terms,
    key: str,
    known: Mapping[str, Known] = MappingProxyType({}),
    within: str = "",
) -> Found:
    """Share cards out among all offices of a database, or those `within` an area, such as a province's 61.

    Those of which nothing is `known` are looked at one by one.

    What was written under the `key` before is part of the allocation: those offices keep it, and the others share the
    rest. So one that was cut off half-way goes on as it would have.

    Raises:
        LeastBeyondCards, UnknownSharer: As their names say.
        KeyTaken: Something else was written under the key.
    """
    holdings, written = [], {}
    for end in database.offices():
        if not is_within(end.code, within):
            continue
        with database.book(end.code).reading() as book:
            told = known.get(end.code) or Known(facts(book, as_of), None)
            before = _written(book, key, terms.lot_cards)
        holding = holding_of(urgency(*told))
        if before is not None:
            written[end.code] = before
            holding = _as_before(holding, before)
        holdings.append(holding)
    elsewhere = frozenset(code for (code,) in database.rows(PUSHED))
    return Found(share_out(holdings, terms, as_of, written), frozenset(written), elsewhere)


def _as_before(holding: Holding, granted_cards: int) -> Holding:
    """What an office had before cards were granted to it; those of them that have come are on the shelf by now."""
    to_come = min(granted_cards, holding.promised_cards)
    there = max(holding.there_cards - (granted_cards - to_come), 0)
    return holding._replace(there_cards=there, promised_cards=holding.promised_cards - to_come)


def _written(book: Book, key: str, lot_cards: int) -> int | None:
    """The cards that stand in the book under the key; None where nothing does, 0 where it was taken back."""
    first = book.entry(queries.BY_KEY, key=key)
    if first is None:
        return None
    batch = book.entries(queries.BATCH, batch_no=first.batch_no)
    grants = [each for each in batch if each.kind == "grant"]
    cards = sum(each.cards or 0 for each in grants)
    if not grants or cards % lot_cards:
        raise KeyTaken(key=key, entry_no=first.entry_no)
    return 0 if book.number(queries.REVERSED_BY, entry_no=grants[0].entry_no) else cards


def record_grants(database: Database, desk: Desk, found: Found, grant: Grant) -> Iterator[Share]:
    """Write what each office gets into its book, one transaction an office; each share as it stands in its book.

    An office that has its part under the desk's key already is passed over, and so is one that gets nothing, or keeps
    its book elsewhere.
    """
    for share in shares_to_write(found):
        write_grant(database.book(share.holding.code), desk, share.given_cards, grant)
        yield share


def shares_to_write(found: Found) -> list[Share]:
    """The parts that no book holds yet, and that are to be written here."""
    done = found.written | found.elsewhere
    return [each for each in found.shared.shares if each.given_cards and each.holding.code not in done]


def write_grant(book: Book, desk: Desk, cards: int, grant: Grant) -> Posted:
    """Write a grant for the oldest open request that has none, else as one more for the oldest open one.

    An office without an open request gets a request of the province's own, named so.
    """

    def complete(book: Book, _: Sequence[Entry]) -> list[Entry]:
        draft = Entry("grant", grant.on, cards=cards, due_on=grant.due_on, reference=grant.reference)
        answered = _request_meant(requests_on(book, WHOLE_BOOK), grant.on)
        if answered:
            more = MORE_COMES if answered.granted_cards is not None else None
            return [signed(draft._replace(request_no=answered.request_no, subject=more), desk)]
        own = Entry("request", grant.on, cards=cards, reference=grant.reference, note=grant.own_request)
        request_no = book.last()[0] + 1
        return [signed(own, desk), signed(draft._replace(request_no=request_no), desk)]

    # Which request is answered may have changed until a retry, so a retry is not compared with drafts.
    return post(book, desk, [], complete)


def _request_meant(known: Sequence[Request], on: date) -> Request | None:
    waiting = [each for each in known if each.is_open and each.requested_on <= on]
    unanswered = [each for each in waiting if each.granted_cards is None]
    return oldest_answered_by(unanswered, None) or oldest_answered_by(waiting, None)


# --- Over print points ----------------------------------------------------------------------------


def among_points(book: Book, as_of: date, terms: Terms, stated: Mapping[str, int]) -> Shared:
    """Share cards from the shelf out over the print points of an office, and its own counter.

    `stated` is what points use on a working day, by name, where somebody said so.

    Raises:
        NobodyToShare: There is no print point.
        NotEnoughToShare: So many cards are not there.
        LeastBeyondCards, UnknownSharer: As their names say.
    """
    with book.reading():
        known = facts(book, as_of)
        moves = book.entries(queries.WITH_PAPERS, first=history_begins(as_of), as_of=as_of)
    sends = [each for each in moves if each.kind == "send" and each.is_use]
    found = points(sends, known.calendar, as_of, stated)
    if not found:
        raise NobodyToShare()
    counter = _counter(known, sends, terms.cards)
    workdays = counter.workdays or known.calendar.next_open_days(as_of + ONE_DAY, HORIZON_WORKDAYS)
    return share_out([counter, *(holding_of_point(each, workdays) for each in found)], terms, as_of)


def _counter(known: Facts, sends: Sequence[Entry], cards: int) -> Holding:
    """The office's own counter, with what stays on the shelf besides the cards that are shared out."""
    counter = holding_of(urgency(of_the_counter(known, sends)))
    if cards > counter.there_cards:
        raise NotEnoughToShare(cards=cards, there_cards=counter.there_cards)
    # What is promised to the office comes to the shelf, and not to the counter alone.
    return counter._replace(there_cards=counter.there_cards - cards, promised_cards=0)


def sends_of(shared: Shared, on: date, reference: str | None) -> list[Entry]:
    """What leaves the shelf for the print points; what the office's own counter gets stays."""
    return [
        movement("send", on, each.given_cards, party=each.holding.name, reference=reference)
        for each in shared.shares[1:]
        if each.given_cards
    ]
