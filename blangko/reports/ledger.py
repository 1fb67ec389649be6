"""The book in words: what an entry says, the stock card, and the life of a request."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import groupby
from typing import Any

from blangko.core.book import Balance
from blangko.core.columns import KINDS
from blangko.core.entry import Entry
from blangko.core.requests import MORE_COMES, Request, alike
from blangko.reports.answer import identity
from blangko.reports.table import cut, room_left, table
from blangko.words.figures import figure_word
from blangko.words.language import _
from blangko.words.settings import setting_word, value_word
from blangko.words.written import cards, count, day, period, plain, short_day, signed

MANY = 6
"""More entries than that are told by their sums."""


def kind_word(kind: str) -> str:
    """What the screen calls a kind; one that a newer blangko wrote, by its name."""
    return _(KINDS[kind].word) if kind in KINDS else kind


def done(kind: str, number: int) -> str:
    """So many cards and what became of them, as a sentence says it: 195 cards printed."""
    known = KINDS.get(kind)
    return _(known.done).format(cards=cards(number)) if known and known.done else f"{cards(number)} {kind_word(kind)}"


def written(entries: Sequence[Entry]) -> list[str]:
    """What a command wrote: a sentence for each day that it understood, with the number of its first entry."""
    if len(entries) > MANY:
        return [_many(entries)]
    by_day = groupby(entries, key=lambda entry: entry.occurred_on)
    return [_on_one_day(list(of_day)) for _day, of_day in by_day]


def _on_one_day(entries: Sequence[Entry]) -> str:
    first = entries[0]
    what = ", ".join(said(entry) for entry in entries)
    return _("Written, no. {no}, {day}: {what}.").format(no=first.entry_no, day=day(first.occurred_on), what=what)


def _many(entries: Sequence[Entry]) -> str:
    """A whole import, or its undoing, by its sums."""
    sums: dict[str, int] = {}
    for entry in entries:
        sums[entry.kind] = sums.get(entry.kind, 0) + (entry.cards or 0)
    what = ", ".join(done(kind, number) for kind, number in sums.items())
    return _("Written, no. {first} to {last}, {begin} to {end}: {what}.").format(
        first=entries[0].entry_no,
        last=entries[-1].entry_no,
        begin=day(min(entry.occurred_on for entry in entries)),
        end=day(max(entry.occurred_on for entry in entries)),
        what=what,
    )


def said(entry: Entry) -> str:
    """What an entry says, as a part of a sentence."""
    if entry.kind == "print" and entry.cards == 0:
        return _("nothing printed")
    if entry.kind == "adjust":
        return _("book adjusted by {n}").format(n=signed((entry.cards or 0) * (1 if entry.to_place == "shelf" else -1)))
    if entry.kind == "reverse":
        kind = entry.subject or ""
        what = done(kind, entry.cards) if entry.cards is not None else kind_word(kind)
        return _("no. {no} taken back ({what})").format(no=entry.reverses_no, what=what)
    if entry.kind == "close":
        return _("request no. {no} closed").format(no=entry.request_no)
    if entry.kind == "calendar":
        return _said_of_days(entry)
    if entry.kind == "campaign":
        return _said_of_campaign(entry)
    if entry.kind in ("backlog", "population"):
        return f"{figure_word(entry.subject or '')} {count(int(entry.value or 0))}"
    if entry.kind == "setting":
        name, value = entry.subject or "", entry.value or ""
        return f"{setting_word(name)} = {plain(value_word(name, value)) or '-'}"
    text = _with_party(_done(entry), entry)
    if entry.kind == "print" and entry.due_on:
        text += " " + _("in all since {day}").format(day=day(entry.due_on))
    elif entry.due_on:
        text = _("{what}, to come on {day}").format(what=text, day=day(entry.due_on))
    return text


def _done(entry: Entry) -> str:
    if entry.to_place == "spoiled" and entry.kind == "opening":
        return _("{cards} spoiled, held at the opening").format(cards=cards(entry.cards or 0))
    return done(entry.kind, entry.cards or 0)


def _with_party(text: str, entry: Entry) -> str:
    if not entry.party:
        return text
    pattern = _("{what} to {whom}") if entry.kind == "send" else _("{what} from {whom}")
    return pattern.format(what=text, whom=plain(entry.party))


def _said_of_days(entry: Entry) -> str:
    assert entry.due_on
    assert entry.until_on
    words = {
        "opened": _("open"),
        "workday": _("open"),
        "source": _("the giver is closed"),
        "printing": _("nothing can be printed"),
    }
    word = words.get(entry.subject or "", _("closed"))
    return f"{period(entry.due_on, entry.until_on)} {word} ({plain(entry.note or '')})"


def _said_of_campaign(entry: Entry) -> str:
    assert entry.due_on
    assert entry.until_on
    return _("{cards} a working day on top of the usual, {days} ({reason})").format(
        cards=cards(entry.cards or 0), days=period(entry.due_on, entry.until_on), reason=plain(entry.note or "")
    )


def request_line(request: Request) -> str:
    """Asked, granted, received: three facts."""
    granted = _("not known") if request.granted_cards is None else count(request.granted_cards)
    text = _("Request no. {no}: asked {asked}, granted {granted}, received {received}").format(
        no=request.request_no, asked=count(request.asked_cards), granted=granted, received=count(request.received_cards)
    )
    rest = _("closed") if not request.is_open else _("still to come {n}").format(n=count(request.on_order_cards))
    return f"{text}; {rest}."


def request_notices(written: Sequence[Entry], request: Request, requests: Sequence[Request]) -> list[str]:
    """What somebody who asked, heard or received may have overlooked about this request."""
    first, found = written[0], []
    if first.kind == "request" and (before := alike(request, requests)):
        found.append(
            _(
                "Request no. {no} of {day} for as many is open still. Was this one typed twice? Then: blangko undo"
            ).format(no=before.request_no, day=short_day(before.requested_on))
        )
    granted = request.granted_cards
    if first.kind == "grant" and granted is not None and granted > request.asked_cards:
        found.append(_("That is more than was asked for: is the number right?"))
    if first.kind == "receive" and first.subject == MORE_COMES and granted is not None and not request.is_open:
        told = _("All {n} that were granted are in, and the request is closed; if more comes, write: blangko grant")
        found.append(told.format(n=count(granted)))
    return found


def card_screen(rows: Sequence[Mapping[str, Any]], total: Balance) -> list[str]:
    """The stock card: date, what, in, out, balance, reference; and the identity."""
    if not rows:
        return [_("No movements in this period."), "", *identity(total)]
    headers = [_("No."), _("Date"), _("What"), _("In"), _("Out"), _("On hand"), _("Reference, note")]
    cells = [
        [
            str(row["entry_no"]),
            day(row["occurred_on"]),
            kind_word(row["kind"]),
            count(row["in_cards"]) if row["in_cards"] else "",
            count(row["out_cards"]) if row["out_cards"] else "",
            count(row["balance_cards"]),
            plain(_remark(row)),
        ]
        for row in rows
    ]
    room = room_left(headers, cells)
    cells = [[*row[:-1], cut(row[-1], room)] for row in cells]
    return [*table(headers, cells, right="r..rrr."), "", *identity(total)]


def _remark(row: Mapping[str, Any]) -> str:
    kind = row["kind"]
    # Moves between the spoiled pile and the outside touch no shelf column, so the amount is told here.
    amount = cards(row["cards"]) if not row["in_cards"] and not row["out_cards"] and row["cards"] else None
    undone = _("takes back no. {no}").format(no=row["reverses_no"]) if kind == "reverse" else None
    return ", ".join(filter(None, (amount, undone, row["reference"], row["party"], row["note"])))
