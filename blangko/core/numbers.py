"""Whole numbers as people type them: 2000, 2.000 and 2,000 are the same; 12.5 and 1.04 are refused."""

from __future__ import annotations

import re

from blangko.core.columns import MAX_CARDS
from blangko.errors import NotWholeNumber, NumberOutOfRange

_WHOLE = re.compile(r"\d+|\d{1,3}(?:\.\d{3})+|\d{1,3}(?:,\d{3})+", re.ASCII)
_NEGATIVE = re.compile(r"[-−–]\s*\d[\d.,]*", re.ASCII)


def whole_number(text: str) -> int:
    """The number that `text` means; only groups of three may be parted, all by the same sign.

    Raises:
        NotWholeNumber: Anything else; half a card does not exist.
    """
    plain = text.strip()
    if not _WHOLE.fullmatch(plain) or len(plain) > 30:
        raise NotWholeNumber(text=text)
    return int(plain.replace(".", "").replace(",", ""))


def cards(text: str, least: int = 0) -> int:
    """A number of cards from `least` to 100 million.

    Raises:
        NotWholeNumber: `text` is not a whole number.
        NumberOutOfRange: It is negative, too small or above 100 million.
    """
    if _NEGATIVE.fullmatch(text.strip()):
        raise NumberOutOfRange(number=text.strip(), low=least, high=MAX_CARDS)
    number = whole_number(text)
    if not least <= number <= MAX_CARDS:
        raise NumberOutOfRange(number=number, low=least, high=MAX_CARDS)
    return number
