"""What somebody says of a sheet: typed behind an option, or chosen among the answers to a question."""

from __future__ import annotations

import re
from collections.abc import Mapping

from blangko.core.numbers import whole_number
from blangko.errors import UnknownWord
from blangko.exchange.blocks import Hints
from blangko.exchange.headings import NAMED
from blangko.words.typed import one_of

_ORDERS = ("dmy", "mdy")
_REMARKS = ("read", "ignore")
# "receive" is the older word; deliveries are what remarks tell of most often, but not alone.
_REMARK_WORDS = {"baca": "read", "dibaca": "read", "receive": "read", "terima": "read", "abaikan": "ignore"}


def hinted(hints: Hints, option: str, value: str) -> Hints:
    """The hints with one more, as it is typed behind its option.

    Raises:
        NotWholeNumber, UnknownWord: It cannot be meant.
    """
    match option:
        case "--sheet":
            return hints._replace(sheets=(*hints.sheets, value))
        case "--columns":
            return hints._replace(columns=_typed_columns(value, hints.columns))
        case "--date-order":
            return hints._replace(date_order=one_of(option, value, _ORDERS, {"hbt": "dmy", "bht": "mdy"}))
        case "--year":
            year = whole_number(value)
            # As in the cells of a sheet, 17 is 2017.
            return hints._replace(year=year + 2000 if year < 100 else year)
    said = one_of(option, value, _REMARKS, _REMARK_WORDS)
    return hints._replace(cards_in_notes=said == "read")


def _typed_columns(text: str, known: Mapping[str, str]) -> dict[str, str]:
    """The columns by meaning, as `printed=Cetak,received=Masuk`, added to those known."""
    columns = dict(known)
    # A heading may hold a comma, so only one before the next name parts.
    for part in re.split(r",(?=[^,=]*=)", text):
        name, _sign, heading = part.partition("=")
        meaning = NAMED.get(name.strip().lower())
        if not meaning or not heading.strip():
            raise UnknownWord(option="--columns", word=part, words=tuple(dict.fromkeys(NAMED.values())))
        columns[meaning] = "+".join(filter(None, (columns.get(meaning), heading.strip())))
    return columns
