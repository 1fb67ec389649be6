"""One entry with all that the book holds of it, in words."""

from __future__ import annotations

from blangko.core.entry import Entry
from blangko.reports.ledger import done, kind_word
from blangko.reports.remarks import stop_word
from blangko.reports.table import capital
from blangko.words.causes import spoil_cause
from blangko.words.language import _
from blangko.words.settings import purpose_word
from blangko.words.written import count, long_day, period, plain


def entry_pairs(entry: Entry) -> list[tuple[str, str]]:
    """What the columns of an entry hold, each with its name; those that are empty are left out."""
    pairs = [
        (_("Kind"), capital(kind_word(entry.kind))),
        (_("Day"), long_day(entry.occurred_on)),
        (_("Cards"), _cards(entry)),
        (_("For"), purpose_word(entry.purpose or "")),
        (_("Cause"), _cause(entry)),
        (_("Who"), entry.party),
        (_("Rationed to"), _number(entry.quota_cards)),
        (_("Told to come back"), _number(entry.turned_away_cards)),
        (_("Days meant"), _days(entry)),
        (_("Request"), _("no. {no}").format(no=entry.request_no) if entry.request_no else ""),
        (_("Reference"), entry.reference),
        (_("Note"), entry.note),
        (_("Written by"), entry.recorded_by),
        (_("Written at"), entry.recorded_at),
        (_("Key"), entry.key),
        (_("Seal"), entry.seal),
    ]
    return [(word, plain(said)) for word, said in pairs if said]


def _number(number: int | None) -> str:
    return "" if number is None else count(number)


def _cards(entry: Entry) -> str:
    if entry.cards is None:
        return ""
    return done(entry.true_kind, entry.cards)


def _cause(entry: Entry) -> str:
    if not entry.cause:
        return ""
    return spoil_cause(entry.cause) if entry.kind == "spoil" else stop_word(entry.cause)


def _days(entry: Entry) -> str:
    if entry.due_on is None:
        return ""
    return period(entry.due_on, entry.until_on or entry.due_on)
