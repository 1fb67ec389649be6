"""What the words of a command mean: numbers of cards and of entries, codes and days."""

import re
from datetime import date

from blangko.core.numbers import cards, whole_number
from blangko.errors import NotWholeNumber, UnknownEntry
from blangko.words.typed import typed_date

LARGEST_NUMBER = 2**63 - 1
"""What a database takes for a number at all."""


def optional_cards(text: str | None, least: int = 0) -> int | None:
    """A number of cards, or None where the option was not given."""
    return None if text is None else cards(text, least)


def entry_number(text: str | None) -> int | None:
    """The number of an entry; what is no number cannot name one.

    Raises:
        NotWholeNumber: It is no whole number.
        UnknownEntry: No entry has such a number.
    """
    if text is None:
        return None
    try:
        number = whole_number(text)
    except NotWholeNumber:
        if text.strip().lstrip("-").isdigit():
            raise UnknownEntry(entry_no=text) from None
        raise
    if number > LARGEST_NUMBER:
        raise UnknownEntry(entry_no=text)
    return number


def office_code(text: str) -> str:
    """The ministry's code of a district, 61.03, or of a province: 61.

    Raises:
        BadCode: It is neither.
    """
    from blangko.errors.files import BadCode

    code = text.strip()
    if not re.fullmatch(r"\d\d(\.\d\d)?", code, re.ASCII):
        raise BadCode(code=text)
    return code


def optional_day(text: str | None, today: date) -> date | None:
    """A day to come as people type it, or None where the option was not given."""
    return None if text is None else typed_date(text, today, ahead=True)
