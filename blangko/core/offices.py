"""One office among several, as it is listed."""

from __future__ import annotations

from datetime import date
from typing import NamedTuple


class ListedOffice(NamedTuple):
    """Code and name of an office, and the last entry of its book: its number, day and seal; without entries no day."""

    code: str
    name: str
    last_entry_no: int
    last_entry_on: date | None
    seal: str


def is_within(code: str, area: str) -> bool:
    """Whether an office belongs to an area: 61.03 to 61, every office to the whole country, which has no code."""
    return not area or code == area or code.startswith(f"{area}.")
