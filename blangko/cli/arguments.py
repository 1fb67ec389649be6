"""What the words of a command mean: numbers of cards and of entries, codes and days."""

import re
from datetime import date

from blangko.core.numbers import cards
from blangko.words.typed import typed_date


def optional_cards(text: str | None, least: int = 0) -> int | None:
    """A number of cards, or None where the option was not given."""
    return None if text is None else cards(text, least)


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
