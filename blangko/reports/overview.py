"""All offices beside each other, in words and as data: the most urgent first, those that are behind before all."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from itertools import groupby
from typing import Any

from blangko.core.forecast import Spread
from blangko.core.overview import Overview, Row, Totals, totals
from blangko.reports.table import WIDTH, cut, paragraph, table
from blangko.words.language import N_, _
from blangko.words.written import cards, count, day_and_month, long_day, plain, plural, share, workdays

NONE = "–"
LEAST_NAME = 8
"""So much of an office's name is shown however wide the figures are."""
_GROUP_WORDS = {
    "behind": N_("Behind: the book is not begun, or two working days and more are not written down"),
    "empty": N_("The shelf is empty"),
    "now": N_("Urgent"),
    "unknown": N_("Not known"),
    "soon": N_("Soon"),
    "ok": N_("In order"),
}
_LEVEL_WORDS = {
    "empty": N_("empty"),
    "now": N_("urgent"),
    "unknown": N_("not known"),
    "soon": N_("soon"),
    "ok": N_("in order"),
}


def overview_screen(shown: Overview) -> list[str]:
    """The overview for a terminal of 80 columns."""
    if not shown.rows:
        return paragraph(_("No office is to be seen here."))
    lines = [*paragraph(title(shown)), "", *paragraph(together(shown.totals)), "", *_table(shown.rows)]
    return [*lines, "", *(line for note in notes() for line in paragraph(note))]


def title(shown: Overview) -> str:
    """Of how many offices, and of which evening."""
    offices = plural("{n} office", "{n} offices", shown.totals.offices)
    return f"{offices}, {long_day(shown.as_of)}"


def together(totals: Totals) -> str:
    """What the offices hold together, and how many of them need somebody today."""
    told = [_("On hand {cards}").format(cards=cards(totals.on_hand_cards))]
    if totals.on_order_cards:
        told.append(_("on order {cards}").format(cards=cards(totals.on_order_cards)))
    sentence = ", ".join(told) + "."
    if totals.workdays_if_shared is not None and totals.offices > 1:
        lasting = _("At {n} a day they last {workdays}, if they lay where they are used.")
        rate = count(round(totals.cards_per_workday or 0))
        sentence += " " + lasting.format(n=rate, workdays=workdays(totals.workdays_if_shared))
    levels = [f"{count(number)} {_(_LEVEL_WORDS[level])}" for level, number in totals.levels.items() if number]
    behind = plural("{n} is behind", "{n} are behind", totals.stale_offices) if totals.stale_offices else ""
    parts = ", ".join(levels) + (f"; {behind}" if behind else "")
    return sentence + " " + _("Offices") + f": {parts}."


def notes() -> list[str]:
    """How the columns are to be read."""
    return [
        _("Days: full working days before the shelf is empty, early, likely and late (10, 50 and 90 %)."),
        _("Risk: the chance of an empty shelf before the cards on order, or those that are asked for today, come."),
    ]


def groups(rows: Sequence[Row]) -> Iterator[tuple[str, list[Row]]]:
    """The rows under a heading each: those that are behind, and then the levels."""
    for name, group in groupby(rows, lambda row: row.group):
        yield group_word(name), list(group)


def group_word(name: str) -> str:
    """What stands over the offices of a group."""
    return _(_GROUP_WORDS[name])


def sums(shown: Overview) -> tuple[list[str], list[list[str]]]:
    """What the totals are made of: the headers, and a row for each group of offices and one for all of them."""
    heads = [_("Offices"), "", _("On hand"), _("Order"), _("Spoiled"), _("Use a day")]
    made = [_sum_row(heading, totals(rows)) for heading, rows in groups(shown.rows)]
    return heads, [*made, _sum_row(_("Together"), shown.totals)]


def _sum_row(word: str, sums: Totals) -> list[str]:
    rate = NONE if sums.cards_per_workday is None else count(round(sums.cards_per_workday))
    return [
        word, count(sums.offices), count(sums.on_hand_cards), count(sums.on_order_cards), count(sums.spoiled_cards),
        rate,
    ]  # fmt: skip


def headers(has_pushes: bool) -> list[str]:
    """Over the columns of the screen and of the pages; the last but one only where books are sent in."""
    heads = [_("Code"), _("On hand"), _("Order"), _("Days"), _("Ask"), _("Risk"), _("Last")]
    return [*heads, *([_("Pushed")] if has_pushes else []), _("Office")]


def cells(row: Row, has_pushes: bool) -> list[str]:
    """One office under the headers."""
    heard = row.heard
    return [
        row.code,
        count(row.on_hand_cards),
        count(row.on_order_cards) if row.on_order_cards else NONE,
        days(row),
        _day(row.request_by),
        NONE if row.risk is None else share(row.risk).replace(" ", ""),
        _day(heard.last_on),
        *([_day(heard.last_push_on)] if has_pushes else []),
        plain(row.name),
    ]


def page_headers(has_pushes: bool) -> list[str]:
    """Over the columns of the pages, which have room for more than the screen."""
    *figures, name = headers(has_pushes)
    return [figures[0], _("Level"), *figures[1:3], _("Use a day"), *figures[3:5], _("How many"), *figures[5:], name]


def page_cells(row: Row, has_pushes: bool) -> list[str]:
    """One office under the headers of the pages."""
    *figures, name = cells(row, has_pushes)
    rate = NONE if row.cards_per_workday is None else count(round(row.cards_per_workday))
    asked = NONE if row.request_cards is None else count(row.request_cards)
    return [figures[0], level_word(row.level), *figures[1:3], rate, *figures[3:5], asked, *figures[5:], name]


def has_pushes(rows: Sequence[Row]) -> bool:
    """Whether any of the books is sent in rather than kept here."""
    return any(row.heard.last_push_at for row in rows)


def days(row: Row) -> str:
    """The working days left, early, likely and late."""
    if row.cards_per_workday is None:
        return NONE
    return "–".join("…" if end is None else count(end) for end in _known(row.workdays))


def _known(ends: Spread[int | None]) -> Sequence[int | None]:
    """Beyond the horizon nothing more is said."""
    return [ends.p10] if ends.p10 is None else ends


def level_word(level: str) -> str:
    """How urgent an office is, in a word."""
    return _(_LEVEL_WORDS[level])


def _day(day: date | None) -> str:
    return NONE if day is None else day_and_month(day)


def _table(rows: Sequence[Row]) -> Iterator[str]:
    """One table, so that its columns stand below each other, with a heading before each group of offices."""
    pushed = has_pushes(rows)
    heads = headers(pushed)
    made = [cells(row, pushed) for row in rows]
    room = _room(heads, made)
    lines = table(heads, [[*row[:-1], cut(row[-1], room)] for row in made], right=".rrrrrrrr"[: len(heads) - 1])
    yield from lines[:2]
    number = 2
    for heading, group in groups(rows):
        yield from paragraph(f"{heading} ({count(len(group))})")
        yield from lines[number : number + len(group)]
        number += len(group)


def _room(heads: Sequence[str], made: Sequence[Sequence[str]]) -> int:
    """The width that is left for the name."""
    widest = [max(map(len, column)) for column in list(zip(heads, *made, strict=True))[:-1]]
    return max(WIDTH - sum(widest) - 2 * len(widest), LEAST_NAME)


# --- As data --------------------------------------------------------------------------------------

ROW_COLUMNS = (
    "code", "name", "level", "stale", "on_hand_cards", "spoiled_cards", "on_order_cards", "expected_on_order_cards",
    "cards_per_workday", "workdays_p10", "workdays_p50", "workdays_p90", "run_out_on", "request_by", "request_cards",
    "risk", "last_entry_on", "last_recorded_at", "last_push_at", "reasons",
)  # fmt: skip


def overview_data(shown: Overview) -> dict[str, Any]:
    """The overview under the names of the contract, "blangko.overview/1"; each row has the keys of its own status."""
    return {
        "schema": "blangko.overview/1",
        "as_of": shown.as_of,
        "totals": shown.totals._asdict(),
        "rows": [_row_data(row) for row in shown.rows],
    }


def _row_data(row: Row) -> dict[str, Any]:
    heard = row.heard
    return {
        **row.told.row,
        "stale": row.is_stale,
        "last_entry_on": heard.last_on,
        "last_recorded_at": heard.last_recorded_at,
        "last_push_at": heard.last_push_at,
    }


def overview_rows(shown: Overview) -> list[list[Any]]:
    """The offices under `ROW_COLUMNS`."""
    return [_row(row) for row in shown.rows]


def _row(row: Row) -> list[Any]:
    amounts = [row.on_hand_cards, row.spoiled_cards, row.on_order_cards, row.expected_on_order_cards]
    asking = [row.run_out_on, row.request_by, row.request_cards, row.risk]
    heard = [row.heard.last_on, row.heard.last_recorded_at, row.heard.last_push_at, " ".join(row.reasons)]
    begin = [row.code, row.name, row.level, row.is_stale]
    return [*begin, *amounts, row.cards_per_workday, *row.workdays, *asking, *heard]
