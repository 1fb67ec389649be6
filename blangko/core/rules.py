"""The rules of the book: those that refuse, and those that ask.

The same rules stand again as constraints and triggers in the database, where nobody can go round them;
here they explain themselves.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from datetime import date, timedelta

from blangko.core.book import Level
from blangko.core.columns import KINDS, MAX_CARDS, REVERSE, SHELF, SPOILED, USE
from blangko.core.entry import Entry
from blangko.errors import (
    AlreadyReversed,
    BackwardsPeriod,
    ClockBehind,
    FutureDate,
    LongAgo,
    LooksLikeNik,
    NotEnoughCards,
    NotText,
    NumberOutOfRange,
    Question,
    ReasonNeeded,
    ReferenceNeeded,
    ReversalOfReversal,
    TextField,
    TextTooLong,
    TwinStands,
    UnusualUse,
)

OLD_AFTER_DAYS = 31
UNUSUAL_FACTOR = 3
UNUSUAL_WINDOW = 60
UNUSUAL_NEEDS_DAYS = 5
LONGEST_TEXT = 2000
_TEXT_FIELDS: tuple[TextField, ...] = ("note", "party", "reference", "key", "recorded_by", "value")
_SIXTEEN_DIGITS = re.compile(r"(?<!\d)\d(?:[ .\-/]?\d){15}(?!\d)")
# Province, regency and sub-district; day of birth (women's plus 40), month, year; a serial number.
_NIK = re.compile(r"[1-9]\d{5}(?:[04][1-9]|[1256]\d|[37][01])(?:0[1-9]|1[0-2])\d{6}")


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
    for number in (draft.cards, draft.quota_cards):
        if number is not None and not 0 <= number <= MAX_CARDS:
            raise NumberOutOfRange(number=number, low=0, high=MAX_CARDS)
    needed = KINDS[draft.kind].needs
    if "reference" in needed and not draft.reference:
        raise ReferenceNeeded(kind=draft.kind)
    if "note" in needed and not (draft.note or "").strip():
        raise ReasonNeeded()
    for field in _TEXT_FIELDS:
        if text := getattr(draft, field):
            _refuse_text(field, text)


def _refuse_text(field: TextField, text: str) -> None:
    if len(text) > LONGEST_TEXT:
        raise TextTooLong(field=field, limit=LONGEST_TEXT)
    # Bytes that are no UTF-8 reach us as lone surrogates, which no file can hold.
    if "\0" in text or any("\ud800" <= sign <= "\udfff" for sign in text):
        raise NotText(field=field)
    if field != "key" and _holds_nik(field, text):
        raise LooksLikeNik(field=field)


def _holds_nik(field: str, text: str) -> bool:
    """Whether a citizen's number stands in the text, in one piece or parted as people do."""
    for found in _SIXTEEN_DIGITS.findall(text):
        # A note, a name or a reason has no business with sixteen digits; a document number may be as long.
        if field in ("note", "party") and found.isdigit():
            return True
        # `int` knows the digits of every script; a NIK in another one is a NIK.
        if _NIK.fullmatch("".join(str(int(sign)) for sign in found if sign.isdecimal())):
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


def questions(
    drafts: Sequence[Entry],
    today: date,
    twins: Sequence[Entry],
    usual_use: int | None,
    last_recorded_at: str | None = None,
) -> list[Question]:
    """The doubts about a command's movements, for somebody to answer with yes.

    Args:
        drafts: What would be written.
        today: The day on which it is written.
        twins: Valid entries with the same kind, date, number and reference as one of the drafts.
        usual_use: The largest use of the last 60 open days, or the typical daily use while fewer than five days are
            known, in cards; None when neither is known.
        last_recorded_at: When the last entry of the book was recorded, in UTC; None in an empty book.
    """
    moves = [draft for draft in drafts if draft.is_movement]
    found: list[Question] = [
        TwinStands(entry_no=twin.entry_no, kind=twin.kind, cards=twin.cards or 0) for twin in twins
    ]
    use = sum(draft.cards or 0 for draft in moves if draft.kind in USE)
    if usual_use is not None and use > UNUSUAL_FACTOR * usual_use:
        found.append(UnusualUse(cards=use, usual=usual_use))
    oldest = min((draft.occurred_on for draft in moves), default=today)
    if oldest < today - timedelta(days=OLD_AFTER_DAYS):
        found.append(LongAgo(occurred_on=oldest, days=(today - oldest).days))
    # The day alone: two clerks may be recorded some seconds out of order, and a clock is never a day wrong by itself.
    # Taking back is not asked: it is how an entry of a clock that ran ahead is mended.
    now = next((draft.recorded_at for draft in moves if draft.kind != REVERSE), None)
    if now and last_recorded_at and now[:10] < last_recorded_at[:10]:
        found.append(ClockBehind(recorded_at=last_recorded_at, now=now))
    return found
