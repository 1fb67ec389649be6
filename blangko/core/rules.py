"""The rules of the book: those that refuse, and those that ask.

The same rules stand again as constraints and triggers in the database, where nobody can go round them;
here they explain themselves.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, timedelta
from types import MappingProxyType
from typing import NamedTuple

from blangko.core.book import Level
from blangko.core.columns import KINDS, MAX_CARDS, REVERSE, SHELF, SPOILED
from blangko.core.entry import Entry, shelf_change
from blangko.core.requests import MORE_COMES, Request
from blangko.errors import BackwardsPeriod, NumberOutOfRange, Question, TextField
from blangko.errors.rules import (
    AlreadyReversed,
    ClockBehind,
    ClosedDay,
    FarFromTheBook,
    FutureDate,
    LongAgo,
    LooksLikeNik,
    MoreThanWhole,
    NotEnoughCards,
    NotText,
    PrintedAlready,
    ReasonNeeded,
    ReferenceNeeded,
    RestToCome,
    ReversalOfReversal,
    TextTooLong,
    TwinStands,
    UnusualUse,
    WrittenAlready,
)

OLD_AFTER_DAYS = 31
UNUSUAL_FACTOR = 3
UNUSUAL_WINDOW = 60
UNUSUAL_NEEDS_DAYS = 5
FAR_SHARE = 10
"""An adjustment of more than one part in so many is asked about."""
LONGEST_TEXT = 2000
_TEXT_FIELDS: tuple[TextField, ...] = ("note", "party", "reference", "key", "recorded_by", "value")
# Patterns are compiled where they are needed: a name or a note seldom holds so many digits.
_SIXTEEN_DIGITS = r"(?<!\d)\d(?:[\s.\-/_\u2010-\u2015]?\d){15}(?!\d)"
# An import is known again by its content, whose fingerprint may hold any digits.
_OWN_KEY = r"import [0-9a-f]{32}( \d{1,3})?"
# Letters by their class, and yet nothing is to be seen of them.
_FILLERS = "\u115f\u1160\u3164\uffa0\u2800\u034f\u17b4\u17b5"
# Province, regency and sub-district; day of birth (women's plus 40), month, year; a serial number.
_NIK = r"[1-9]\d{5}(?:[04][1-9]|[1256]\d|[37][01])(?:0[1-9]|1[0-2])\d{6}"
_NIK_DIGITS = 16


def refuse_impossible(draft: Entry, today: date) -> None:
    """Refuse what no book could hold, whatever stands in it.

    Raises:
        FutureDate, BackwardsPeriod, NumberOutOfRange, ReferenceNeeded, ReasonNeeded, LooksLikeNik, TextTooLong,
            NotText: As their names say.
    """
    # What a clock that ran ahead has dated after today is taken back on its own day: on any other it would not cancel.
    if draft.occurred_on > today and draft.kind != REVERSE:
        raise FutureDate(occurred_on=draft.occurred_on, today=today)
    if draft.kind in ("request", "grant") and draft.due_on and draft.due_on < draft.occurred_on:
        raise BackwardsPeriod(first=draft.occurred_on, last=draft.due_on)
    if draft.kind == "print" and draft.due_on and draft.due_on > draft.occurred_on:
        raise BackwardsPeriod(first=draft.due_on, last=draft.occurred_on)
    for number in (draft.cards, draft.quota_cards, draft.turned_away_cards):
        if number is not None and not 0 <= number <= MAX_CARDS:
            raise NumberOutOfRange(number=number, low=0, high=MAX_CARDS)
    needed = KINDS[draft.kind].needs
    if "reference" in needed and not draft.reference:
        raise ReferenceNeeded(kind=draft.kind)
    if "note" in needed and not (draft.note or "").strip():
        raise ReasonNeeded()
    for field in _TEXT_FIELDS:
        if text := getattr(draft, field):
            refuse_text(field, text)


def refuse_text(field: TextField, text: str) -> None:
    """Refuse a text that the book does not keep; a key before it is looked up, any other before it is written.

    Raises:
        TextTooLong, NotText, LooksLikeNik: As their names say.
    """
    if len(text) > LONGEST_TEXT:
        raise TextTooLong(field=field, limit=LONGEST_TEXT)
    # Bytes that are no UTF-8 reach us as lone surrogates, which no file can hold.
    if "\0" in text or any("\ud800" <= sign <= "\udfff" for sign in text):
        raise NotText(field=field)
    if _holds_nik(field, text):
        raise LooksLikeNik(field=field)


def nik_field(entry: Entry) -> TextField | None:
    """The field of the entry in which a citizen's number stands; an old book may hold one."""
    return next((field for field in _TEXT_FIELDS if (text := getattr(entry, field)) and _holds_nik(field, text)), None)


def seen(text: str) -> str:
    """The text without what nobody sees: signs that join, part, steer or fill, and the variants of a sign."""
    if text.isascii():
        return text
    import unicodedata

    kept = (sign for sign in text if unicodedata.category(sign) != "Cf" and sign not in _FILLERS)
    return "".join(sign for sign in kept if not "\ufe00" <= sign <= "\ufe0f")


def seen_name(text: str) -> str:
    """A name as it is seen, its blanks single; empty when no letter of it is."""
    name = " ".join(seen(text).split())
    return name if any(sign.isalpha() for sign in name) else ""


def _holds_nik(field: str, text: str) -> bool:
    """Whether a citizen's number stands in the text, in one piece or parted as people do, seen or unseen."""
    if sum(map(str.isdecimal, text)) < _NIK_DIGITS or (field == "key" and re.fullmatch(_OWN_KEY, text)):
        return False
    for found in re.findall(_SIXTEEN_DIGITS, seen(text)):
        # A note, a name or a reason has no business with sixteen digits; a document number may be as long.
        if field in ("note", "party") and found.isdigit():
            return True
        # `int` knows the digits of every script; a NIK in another one is a NIK.
        if re.fullmatch(_NIK, "".join(str(int(sign)) for sign in found if sign.isdecimal())):
            return True
    return False


def refuse_shortage(drafts: Sequence[Entry], evenings: Iterable[Level]) -> None:
    """Refuse drafts that leave the shelf or the spoiled pile below zero on that day or any later day.

    Args:
        drafts: What would be written.
        evenings: The evenings from the first drafted day on, with the drafts in.

    Raises:
        NotEnoughCards: With what was asked for and what is there to be had on all those days.
    """
    for evening in evenings:
        for place, held in ((SHELF, evening.on_hand), (SPOILED, evening.spoiled)):
            if held < 0:
                raise _shortage(drafts, place, held, evening.day)


def _shortage(drafts: Sequence[Entry], place: str, held: int, short_on: date) -> NotEnoughCards:
    asked = [draft for draft in drafts if draft.from_place == place and draft.occurred_on <= short_on]
    cards = sum(draft.cards or 0 for draft in asked)
    first = asked[0] if asked else drafts[0]
    return NotEnoughCards(
        kind=first.kind,
        place=place,
        asked_cards=cards,
        available_cards=max(cards + held, 0),
        occurred_on=first.occurred_on,
        short_on=short_on,
        short_cards=-held,
    )


def refuse_reversal(entry: Entry, reversed_by: int | None) -> None:
    """Refuse a second reversal of an entry, and the reversal of a reversal."""
    if entry.reverses_no is not None:
        raise ReversalOfReversal(entry_no=entry.entry_no)
    if reversed_by is not None:
        raise AlreadyReversed(entry_no=entry.entry_no, reversed_by=reversed_by)


class Known(NamedTuple):
    """What the book knows of a command that is to be written, for the rules that ask.

    `twins` are valid entries like one of the drafts (kind, date, number, reference, party, purpose). `usual_use` is the
    median use of the last 60 open days, or the typical daily use while fewer than five are known, in cards, and what
    campaigns announced for that day on top of it; None when neither is known. `workdays` are the open days that a total
    of a period is shared among, else 1. `answered` is the request that a receipt answers, `levels` are the population
    figures that would hold. `closed_days` and `printed` are days of the drafts: those on which the office is closed,
    and the cards printed on others; `written` are the cards that stand for days of which a total speaks, by the day it
    is written on. `last_recorded_at` is an instant in UTC, as ISO text.
    """

    twins: Sequence[Entry] = ()
    usual_use: int | None = None
    workdays: int = 1
    answered: Request | None = None
    levels: Mapping[str, int] = MappingProxyType({})
    closed_days: Sequence[date] = ()
    printed: Mapping[date, int] = MappingProxyType({})
    written: Mapping[date, int] = MappingProxyType({})
    last_recorded_at: str | None = None


def questions(drafts: Sequence[Entry], today: date, known: Known) -> list[Question]:
    """The doubts about a command's movements, for somebody to answer with yes.

    Args:
        drafts: What would be written.
        today: The day on which it is written.
        known: What the book knows of it.
    """
    moves = [draft for draft in drafts if draft.is_movement]
    return [
        *(TwinStands(entry_no=twin.entry_no, kind=twin.kind, cards=twin.cards or 0) for twin in known.twins),
        *_unusual_use(moves, known),
        *_far_from_the_book(drafts),
        *_more_than_whole(drafts, known.levels),
        *_rest_to_come(moves, known.answered),
        *_odd_days(moves, known),
        *_long_ago(moves, today),
        *_clock_behind(moves, known.last_recorded_at),
    ]


def _unusual_use(moves: Sequence[Entry], known: Known) -> Iterator[Question]:
    use = sum(draft.cards or 0 for draft in moves if draft.is_use) // known.workdays
    if known.usual_use is not None and use > UNUSUAL_FACTOR * known.usual_use:
        yield UnusualUse(cards=use, usual=known.usual_use)


def _far_from_the_book(drafts: Sequence[Entry]) -> Iterator[Question]:
    counted = next((draft.cards or 0 for draft in drafts if draft.kind == "count"), None)
    for draft in drafts:
        if draft.kind == "adjust" and counted is not None:
            book_cards = counted - shelf_change(draft)
            if (draft.cards or 0) * FAR_SHARE > book_cards:
                yield FarFromTheBook(counted_cards=counted, book_cards=book_cards)


def _more_than_whole(drafts: Sequence[Entry], levels: Mapping[str, int]) -> Iterator[Question]:
    stated = {draft.subject for draft in drafts if draft.kind == "population"}
    if not stated:
        return
    # Nearly everything that is written states no figure of the population, and does not wait for its module.
    from blangko.core.population import contradictions

    for part, whole in contradictions(levels):
        if stated & {part, whole}:
            yield MoreThanWhole(part=part, part_people=levels[part], whole=whole, whole_people=levels[whole])


def _rest_to_come(moves: Sequence[Entry], answered: Request | None) -> Iterator[Question]:
    first = next((draft for draft in moves if draft.kind == "receive"), None)
    if first is None or answered is None or first.subject == MORE_COMES:
        return
    came = first.cards or 0
    if answered.granted_cards is None and answered.first_received_on is None and came < answered.asked_cards:
        yield RestToCome(request_no=answered.request_no, asked_cards=answered.asked_cards, received_cards=came)


def _odd_days(moves: Sequence[Entry], known: Known) -> Iterator[Question]:
    prints = [draft for draft in moves if draft.kind == "print"]
    for draft in prints:
        if not draft.cards and (printed := known.printed.get(draft.occurred_on)):
            yield PrintedAlready(occurred_on=draft.occurred_on, cards=printed)
        if draft.due_on and (written := known.written.get(draft.occurred_on)):
            yield WrittenAlready(first=draft.due_on, last=draft.occurred_on, cards=written)
    on_closed_days = {draft.occurred_on for draft in prints if draft.cards and not draft.due_on}
    for day in sorted(on_closed_days.intersection(known.closed_days)):
        yield ClosedDay(occurred_on=day)


def _long_ago(moves: Sequence[Entry], today: date) -> Iterator[Question]:
    oldest = min((draft.occurred_on for draft in moves), default=today)
    if oldest < today - timedelta(days=OLD_AFTER_DAYS):
        yield LongAgo(occurred_on=oldest, days=(today - oldest).days)


def _clock_behind(moves: Sequence[Entry], last_recorded_at: str | None) -> Iterator[Question]:
    # The day alone: two clerks may be recorded some seconds out of order, and a clock is never a day wrong by itself.
    # Taking back is not asked: it is how an entry of a clock that ran ahead is mended.
    now = next((draft.recorded_at for draft in moves if draft.kind != REVERSE), None)
    if now and last_recorded_at and now[:10] < last_recorded_at[:10]:
        yield ClockBehind(recorded_at=last_recorded_at, now=now)
