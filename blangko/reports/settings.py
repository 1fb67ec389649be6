"""The office's choices as a table, and what each of them means."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from blangko.core.entry import Entry
from blangko.core.facts import stated_settings
from blangko.core.settings import as_text, settings
from blangko.reports.table import cut, pairs, paragraph, table
from blangko.words.language import N_, _
from blangko.words.settings import setting_word, value_word
from blangko.words.written import count, day, plain

MEANINGS = {
    "office_name": N_("the office's name, on every page"),
    "language": N_("en or id"),
    "batch_cards": N_("cards in one batch; requests are multiples of it"),
    "floor_cards": N_("fewest cards that may be left with nothing on order; 0 for none"),
    "accepted_risk": N_("accepted chance of an empty shelf before a delivery, such as 5%"),
    "lead_low_days": N_("days from a request to usable cards, at the quickest"),
    "lead_high_days": N_("days from a request to usable cards, at the slowest that is usual"),
    "work_week": N_("days worked, such as mon-fri"),
    "open_on_joint_leave": N_("yes where the office works on joint leave"),
    "typical_daily_use": N_("usual use of a working day, until the book knows better"),
    "print_capacity": N_("cards the printers can make in a day"),
    "quota_cards": N_("cards a day while the office rations; 0 lifts it"),
    "serve_first": N_("who is served first while the office rations, such as prr,first,lost,damaged,change"),
    "lot_cards": N_("the giver hands out whole lots of so many cards"),
    "most_per_request": N_("the most that the giver hands out for one request"),
    "count_every_days": N_("days after which the shelf should be counted again"),
    "remind_at": N_("time, such as 16:30, after which an open day with nothing written is a warning"),
    "require_name": N_("yes where every entry must say who writes it, with --by"),
    "letterhead": N_("lines at the head of letters; \\n parts them"),
    "place": N_("the town in the date line of letters"),
    "addressee": N_("to whom requests are written"),
    "head_name": N_("head of the office, who signs"),
    "head_rank": N_("rank of the head"),
    "head_nip": N_("staff number (NIP) of the head"),
    "clerk_name": N_("goods clerk, who signs"),
    "clerk_nip": N_("staff number (NIP) of the goods clerk"),
}


def settings_rows(statements: Sequence[Entry]) -> list[list[Any]]:
    """Name, value, day and writer of each setting; no day and no writer where it is as it was delivered."""
    stated = {entry.subject: entry for entry in statements}
    chosen = settings(stated_settings(statements))
    return [[name, as_text(name, held), *_stated(stated.get(name))] for name, held in chosen._asdict().items()]


def _stated(entry: Entry | None) -> tuple[date | None, str | None]:
    return (entry.occurred_on, entry.recorded_by) if entry else (None, None)


def settings_screen(rows: Sequence[Sequence[Any]], marked: tuple[date, int] | None = None) -> list[str]:
    """Name, value, since when and by whom; then what the names mean.

    Args:
        rows: Name, value, day and writer of each setting.
        marked: The day that was printed under a quota which is in force without being set, and its cards a day.
    """
    cells = [
        [setting_word(name), _held(name, value), day(on) if on else _("as delivered"), cut(plain(by or ""), 12)]
        for name, value, on, by in rows
    ]
    meanings = [(setting_word(name), _(MEANINGS[name])) for name, *_rest in rows]
    return [
        *table([_("Setting"), _("Value"), _("Since"), _("By")], cells),
        *(_marked(*marked) if marked else ()),
        "",
        *pairs(meanings),
        "",
        _("Change one with: blangko settings NAME VALUE"),
    ]


def _marked(last: date, cards_a_day: int) -> list[str]:
    told = _("A quota of {n} a day is in force: it was printed under on {day} (print --quota). To lift it: {how}")
    return paragraph(told.format(n=count(cards_a_day), day=day(last), how="blangko settings quota 0"))


def _held(name: str, value: str) -> str:
    return cut(plain(value_word(name, value).replace("\n", " / ")), 26) or "-"
