"""What is said of a clerk's sheet: what its columns mean, and why a sheet, a column or a row is not read.

Each code of `exchange.found` and its neighbours has its words here; a code without words is shown as it is.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from blangko.words.language import N_, _, language
from blangko.words.options import called
from blangko.words.written import count, day, plain

_MEANINGS = {
    "day": N_("date"),
    "received": N_("cards received"),
    "printed": N_("cards printed"),
    "spoiled": N_("cards spoiled"),
    "sent": N_("cards sent"),
    "balance": N_("balance, recomputed"),
    "opening": N_("balance of the morning"),
    "reference": N_("document"),
    "note": N_("remark"),
    "out": N_("sum of what went out, recomputed"),
    "number": N_("running number"),
    "weekday": N_("weekday"),
    "item": N_("item"),
    "period": N_("period"),
    "kind": N_("whether they came or went"),
    "cards": N_("cards of either kind"),
}
_COLUMNS = {"receive": "received", "print": "printed", "spoil": "spoiled", "send": "sent"}
_WHY_NOT = {
    "other_item": N_("another thing than blank KTP-el"),
    "running_sum": N_("sums that run on from day to day"),
    "unknown": N_("what it is does not show"),
    "not_cards": N_("no cards in it"),
    "plan": N_("what was planned, not what happened"),
    "other_work": N_("other work than printing"),
    "other_movement": N_("a movement that an import does not write"),
    "which_one": N_("several columns have this meaning"),
    "what_is_it": N_("what it counts does not show"),
    "hidden": N_("hidden"),
    "other_day": N_("a second column of days"),
    "other_named": N_("another column was named for this"),
    "named": N_("named to be left out"),
    "empty": N_("empty"),
    "unsaved": N_("a formula without a saved value: open the sheet in Excel and save it"),
    "too_wide": N_("too far to the right"),
    "no_figures": N_("no column of cards"),
    "no_month": N_("day numbers, and no month and year above them"),
    "no_days": N_("no column of days"),
    "no_heading": N_("no heading"),
    "no_table": N_("no table"),
    "monthly_sums": N_("sums of months, not of days"),
    "not_wanted": N_("not among the sheets asked for"),
    "too_many_tables": N_("more tables than a sheet of days has"),
    "month_differs": N_("its titles name another month than the sheet"),
    "part_of_sum": N_("a part of a column that is read"),
    "sum_of_items": N_("a sum that counts other things than KTP-el too"),
    "part_of_balance": N_("what is left is among it, and no movement"),
    "beside": N_("a small reckoning beside the table"),
    "copy": N_("all of it stands in another sheet"),
}
_ROWS = {
    "closed": N_("free days"),
    "total": N_("sums"),
    "nothing": N_("rows without figures"),
    "foot": N_("rows below the last sum"),
    "hidden": N_("hidden rows"),
}
_TROUBLES = {
    "no_date": N_("no date stands beside the figures"),
    "future": N_("this day has not come yet"),
    "stray": N_("this day lies far from those above and below"),
    "other_month": N_("this day is of another month than the title says"),
    "closed_with_cards": N_("marked as a free day, but with cards"),
    "unsaved": N_("a formula without a saved value: open the sheet in Excel and save it"),
    "kind_unknown": N_("whether they came or went does not show"),
    "repeated": N_("the same row stands in the sheet twice"),
    "sum_with_day": N_("called a sum, but not that of the rows above"),
    "corrected": N_("its remark says that the figure is wrong"),
    "less_than_spoiled": N_("fewer printed than spoiled"),
    "day_no_such_day": N_("there is no such day"),
    "day_order": N_("a day only when day and month change places"),
    "day_no_year": N_("a day without its year"),
    "day_no_month": N_("a day without its month"),
    "day_weekday": N_("the date falls on another weekday"),
    "day_year": N_("a year that cannot be meant"),
    "day_truth": N_("true or false, and no day"),
    "day_error": N_("an error of the spreadsheet, and no day"),
    "day_text": N_("this is not a date"),
    "cards_negative": N_("a negative number, or one in brackets"),
    "cards_broken": N_("a broken number is no number of cards"),
    "cards_unclear": N_("which number is meant does not show"),
    "cards_truth": N_("true or false, and no number"),
    "cards_date": N_("a date where cards should stand"),
    "cards_error": N_("an error of the spreadsheet, and no number"),
    "cards_too_many": N_("more cards than any office has held"),
    "cards_text": N_("this is not a whole number of cards"),
}


_READ_ALL_THE_SAME = {
    "closed_day": N_("Read, though the office was closed on that day: rows {rows}."),
    "same_day": N_("Read, though the day stands in another row as well: rows {rows}."),
}
_GUESSES = {
    "date_order": N_("Row {row} may mean {dmy} or {mdy}: which comes first, the day or the month?"),
    "year": N_('Row {row} has a day without its year: "{text}". Is it {year}?'),
    "columns": N_('What does the column "{heading}" count?'),
    "running_sum": N_('The column "{heading}" grows from row to row: is it a sum that runs on?'),
    "more_spoiled": N_(
        'The column "{heading}" has {spoiled} spoiled cards, and only {printed} were printed: '
        "have the columns changed places?"
    ),
    "balance_parts": N_(
        'The column "{heading}" parts from the figures in {parted} of {rows} rows: which column is wrong?'
    ),
    "spoiled_in_printed": N_('The balance fits only when the spoiled cards are among those of "{heading}". Are they?'),
    "cards_in_notes": N_('A remark speaks of cards, row {row}: "{text}". Is it {cards} {kind} on {day}?'),
    "negative": N_('All figures of the column "{heading}" are negative or in brackets: are they cards that went out?'),
    "same_days": N_("Sheets {sheet} and {other} both have figures of {day}, and they differ. Which one holds?"),
    "no_such_sheet": N_("The file has no sheet {name}."),
    "no_such_column": N_("No column is called as said: {name}."),
}


_CHOICES = {
    "dmy": N_("the day first, then the month"),
    "mdy": N_("the month first, then the day"),
    "read": N_("yes, those cards are read too"),
    "ignore": N_("no, the remark is only a remark"),
}
_INDONESIAN = {
    "--columns": {
        **{"day": "tanggal", "received": "masuk", "printed": "cetak", "spoiled": "rusak", "sent": "kirim"},
        **{"balance": "sisa", "opening": "awal", "reference": "dokumen", "note": "keterangan", "out": "keluar"},
        **{"item": "barang", "ignored": "abaikan"},
    },
    "--remarks": {"read": "dibaca", "ignore": "abaikan"},
}
_SAYS_WHERE = {"sheet", "name"}
"""Facts that say already which sheet is meant."""


def guess_told(code: str, sheet: str, facts: Mapping[str, Any]) -> str:
    """The question about what is not certain in a sheet; `facts` are those that `exchange.found.Guess` has."""
    told = {name: _fact(name, value) for name, value in facts.items()}
    said = _(_GUESSES[code]).format_map(told) if code in _GUESSES else code
    return (
        _("Sheet {name}: {text}").format(name=plain(sheet), text=said) if sheet and not _SAYS_WHERE & {*facts} else said
    )


def _fact(name: str, value: Any) -> str:
    if isinstance(value, date):
        return day(value)
    if name == "cards":
        return count(value)
    if name == "kind":
        return _(_MEANINGS[_COLUMNS[value]])
    return plain(str(value))


def answers_told(option: str, choices: Sequence[str]) -> str:
    """How the question is answered without anybody being asked."""
    typed = (plain(as_typed(option, choice)) for choice in choices)
    said = (f'{called(option)} "{choice}"' if " " in choice else f"{called(option)} {choice}" for choice in typed)
    return _("Answer with {choices}").format(choices=", ".join(said))


def as_typed(option: str, choice: str) -> str:
    """A choice of an option, or one of its words, as the language spoken types it; both languages are understood."""
    words = _INDONESIAN.get(option, {}) if language() == "id" else {}
    return re.sub(r"(^|,)([a-z]+)(?==|$)", lambda found: found[1] + words.get(found[2], found[2]), choice)


def choice_told(option: str, choice: str) -> str:
    """An answer to a question about a sheet, in words."""
    if option == "--columns":
        named = (part.partition("=") for part in re.split(r",(?=[^,=]*=)", choice))
        return "; ".join(f"{plain(heading)}: {_column_word(meaning)}" for meaning, _sign, heading in named)
    return _(_CHOICES[choice]) if choice in _CHOICES and option != "--sheet" else plain(choice)


def _column_word(meaning: str) -> str:
    return _("is not read") if meaning == "ignored" else meaning_word(meaning)


def replaced_by(name: str) -> str:
    """Why entries are taken back of which the sheet called `name` says something else."""
    return _("replaced by the sheet {name}").format(name=plain(name))


def read_all_the_same(code: str, rows: str) -> str:
    """Why rows that were read should be looked at; empty when there is nothing to say of them."""
    return _(_READ_ALL_THE_SAME[code]).format(rows=rows) if code in _READ_ALL_THE_SAME else ""


def meaning_word(meaning: str) -> str:
    """What a column is read as."""
    return _(_MEANINGS[meaning]) if meaning in _MEANINGS else meaning


def why_not_read(code: str) -> str:
    """Why a sheet, a part of it or a column is not read."""
    return _(_WHY_NOT[code]) if code in _WHY_NOT else code


def rows_word(state: str) -> str:
    """What rows of a state are called, in a count of them."""
    return _(_ROWS[state]) if state in _ROWS else state


def trouble_word(code: str) -> str:
    """Why a row is not understood."""
    return _(_TROUBLES[code]) if code in _TROUBLES else code
