"""The invented book of the demonstration."""

from __future__ import annotations

from datetime import date

from blangko.core.entry import Entry
from blangko.core.settings import canonical
from blangko.stockroom.desk import Desk, signed
from blangko.store.files import create_book
from blangko.store.seeds import DEMO_CODE, demo_entries


def make_demo(place: str, office_name: str, language: str, note: str) -> date:
    """Make the book of the Sanggau story at `place`; the last day that it tells of.

    `note` marks every invented entry as such.
    """
    told = demo_entries(note)
    first, last = told[0][0].occurred_on, told[-1][0].occurred_on
    chosen = {"office_name": office_name, "language": language, "typical_daily_use": "200"}
    desk = Desk(first, f"{first}T01:00:00Z", "demo", note)
    stated = [Entry("setting", first, subject=name, value=canonical(name, value)) for name, value in chosen.items()]
    create_book(place, DEMO_CODE, [[signed(draft, desk) for draft in stated], *told])
    return last
