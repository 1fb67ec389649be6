"""Whole numbers as people type them: 2000, 2.000 and 2,000 are the same; 12.5 and 1.04 are refused."""

from __future__ import annotations

import re

from blangko.core.columns import MAX_CARDS
from blangko.errors import NotWholeNumber, NumberOutOfRange, UnknownEntry

LARGEST_NUMBER = 2**63 - 1
"""What a database takes for a number at all."""
# Patterns are compiled where they are needed: most numbers are typed as mere digits.
_IN_GROUPS = r"\d{1,3}(?:\.\d{3})+|\d{1,3}(?:,\d{3})+"
_NEGATIVE = r"[-−–]\s*\d[\d.,]*"


def whole_number(text: str) -> int:
    """The number that `text` means; only groups of three may be parted, all by the same sign.

    Raises:
        NotWholeNumber: Anything else; half a card does not exist.
    """
    plain = text.strip()
    if not (_is_digits(plain) or re.fullmatch(_IN_GROUPS, plain, re.ASCII)) or len(plain) > 30:
        raise NotWholeNumber(text=text)
    return int(plain.replace(".", "").replace(",", ""))


def cards(text: str, least: int = 0) -> int:
    """A number of cards from `least` to 100 million.

    Raises:
        NotWholeNumber: `text` is not a whole number.
        NumberOutOfRange: It is negative, too small or above 100 million.
    """
    if not _is_digits(text.strip()) and re.fullmatch(_NEGATIVE, text.strip(), re.ASCII):
        raise NumberOutOfRange(number=text.strip(), low=least, high=MAX_CARDS)
    number = whole_number(text)
    if not least <= number <= MAX_CARDS:
        raise NumberOutOfRange(number=number, low=least, high=MAX_CARDS)
    return number


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


def _is_digits(text: str) -> bool:
    return text.isascii() and text.isdecimal()
