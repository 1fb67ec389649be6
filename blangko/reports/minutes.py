"""The draft of the minutes (berita acara) of a destruction of spoiled cards; written in the shape of a letter."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from blangko.core.columns import SPOIL_CAUSES
from blangko.core.entry import Entry
from blangko.core.settings import Settings
from blangko.core.workdays import WEEKDAY_NAMES
from blangko.reports.letter import Letter, in_words
from blangko.reports.letterhead import (
    UNKNOWN,
    clerk_signature,
    head_signature,
    letterhead,
    place_and_date,
    signed_lines,
)
from blangko.words.causes import spoil_cause
from blangko.words.language import _, language
from blangko.words.written import LONG_MONTHS, cards, plain, written_day

CIRCULAR = "470.13/11176/SJ"
"""The circular of the Minister of Home Affairs on the administration of KTP-el that are damaged or invalid (2018)."""
WITNESSES = 2


def destruction_minutes(
    chosen: Settings,
    office_code: str,
    destroyed: Entry,
    held: Mapping[str, int] | None,
    held_cards: int,
    method: str | None = None,
) -> Letter:
    """The minutes of a destruction.

    Args:
        chosen: The office's choices.
        office_code: Its code, where it has no name.
        destroyed: The entry of the destruction, or its draft.
        held: The spoiled cards held of each cause before; None where the book cannot tell.
        held_cards: All spoiled cards held before.
        method: How they were destroyed, as the clerk said; dots for a pen where nobody said.
    """
    office = plain(chosen.office_name) or office_code
    number = destroyed.cards or 0
    counted = f"{cards(number)} ({in_words(number)})"
    return Letter(
        letterhead=letterhead(chosen, {"name": office, "code": office_code}),
        title=_("Minutes of the destruction of spoiled blank KTP-el cards"),
        place_and_date=place_and_date(chosen, destroyed.occurred_on),
        about=[(_("Number"), plain(destroyed.reference or "") or UNKNOWN)],
        addressee=[],
        opening=[
            _("On this day, {day}, at {office}, we, the undersigned:").format(
                day=day_in_words(destroyed.occurred_on), office=office
            )
        ],
        people=[
            _named(chosen.clerk_name, chosen.clerk_nip, _("Goods clerk")),
            _named(chosen.head_name, chosen.head_nip, _("Head of the office")),
        ],
        figures=[],
        causes=_causes(held, held_cards, number),
        closing=[
            _(
                "have, before the witnesses who sign as well and in accordance with the Circular of the Minister of "
                "Home Affairs no. {circular}, destroyed {counted} of spoiled blank KTP-el cards, by cause:"
            ).format(circular=CIRCULAR, counted=counted),
            _("They were destroyed by this means: {method}.").format(method=plain(method or "") or 2 * UNKNOWN),
            _("After the destruction {cards} of spoiled cards are still held.").format(
                cards=cards(held_cards - number)
            ),
            _("These minutes were written truthfully, to be used as they are needed."),
        ],
        left_signature=signed_lines(clerk_signature(chosen)),
        signature=signed_lines(head_signature(chosen)),
        witnesses=[UNKNOWN] * WITNESSES,
        copies=[],
        annex_title="",
        annex=[],
    )


def day_in_words(on: date) -> str:
    """The day as minutes write it: Sabtu tanggal dua puluh delapan bulan Oktober tahun dua ribu tujuh belas.

    Raises:
        MissingExtra: num2words is not installed.
    """
    weekday = WEEKDAY_NAMES[on.weekday()][1 if language() == "en" else 3].capitalize()
    month = LONG_MONTHS[language()][on.month - 1]
    if language() == "id":
        told = f"{weekday} tanggal {in_words(on.day)} bulan {month} tahun {in_words(on.year)}"
    else:
        told = f"{weekday} the {in_words(on.day, 'ordinal')} of {month} {in_words(on.year, 'year')}"
    return f"{told} ({written_day(on)})"


def _named(name: str, nip: str, role: str) -> tuple[str, str]:
    """Somebody who signs: his name, and his number with his office."""
    number = plain(nip) or "." * 18
    return plain(name) or UNKNOWN, _("NIP {nip}, {role}").format(nip=number, role=role)


def _causes(held: Mapping[str, int] | None, held_cards: int, number: int) -> list[tuple[str, str]]:
    """The cards by cause, and their sum; room for a pen where nobody wrote which of those held are destroyed."""
    if held is not None and (len(held) == 1 or number == held_cards):
        one = len(held) == 1
        rows = [(spoil_cause(cause), cards(number if one else many)) for cause, many in held.items()]
    else:
        rows = [(spoil_cause(cause), _("{dots} cards").format(dots="." * 12)) for cause in held or SPOIL_CAUSES]
    return [*rows, (_("Total"), cards(number))]
