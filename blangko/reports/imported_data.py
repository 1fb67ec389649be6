"""What was understood of a clerk's sheet, for programs: raw numbers, ISO dates, codes in no language."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from blangko.exchange.blocks import Block, letter
from blangko.exchange.compare import Compared, Differing
from blangko.exchange.found import BalanceCheck, Line
from blangko.exchange.reading import Reading

SCHEMA = "blangko.import/1"


def import_data(
    path: str, reading: Reading, seen: Compared, closings: Mapping[str, int], refused: str
) -> dict[str, Any]:
    """The reading report under the names of the contract, "blangko.import/1".

    `schema`, `file`, and `refused`: a code, null when the sheet can be written; whether the book takes it shows then.
    `blocks` [{sheet, layout, first, last, item, year, month, columns [{column, heading, read_as, why}]}] are the
    tables. Rows are numbers from 1 on, columns letters; with days across, first and last are columns and a column is a
    row. `read_as` is null where a column is not read, and `why` a code.
    `not_read` [{sheet, why, text, option}] are sheets and parts of them.
    `rows` [{sheet, row, state, reason, text}]: read, closed, total, nothing, foot, hidden or trouble.
    `lines` [{sheet, row, column, day, kind, cards, reference, note, state}] are the figures: new, same, differing,
    nothing (a zero that needs no entry), before (the book was begun later).
    `differing` [{kind, from, to, sheet_cards, book_cards, entries}].
    `guesses` [{code, sheet, facts, option, choices}].
    `balances` [{sheet, kind, column, first_row_parted, sheet_says, computed, rows_parted, opening, closing, closing_on,
    book_closing}]; `book_closing` is what the book would have left on that evening.
    """
    return {
        "schema": SCHEMA,
        "file": path,
        "refused": refused or None,
        "blocks": [_block(block) for block in reading.blocks],
        "not_read": [part._asdict() for part in reading.not_read],
        "rows": [_renamed(row._asdict()) for row in reading.rows],
        "lines": _lines(seen),
        "differing": [_differing(each) for each in seen.differing],
        "guesses": [{**guess._asdict(), "facts": dict(guess.facts)} for guess in reading.guesses],
        "balances": [_balance(check, closings) for check in reading.balances],
    }


def _block(block: Block) -> dict[str, Any]:
    across = block.layout == "days_across"
    first, last = (letter(at) if across else at + 1 for at in (block.first_row, block.last_row))
    columns = [
        {
            "column": column.index + 1 if across else letter(column.index),
            "heading": column.heading,
            "read_as": column.meaning,
            "why": column.why or None,
        }
        for column in block.columns
    ]
    told = {name: getattr(block, name) for name in ("sheet", "layout", "item", "year", "month")}
    return {**told, "first": first, "last": last, "columns": columns}


def _lines(seen: Compared) -> list[dict[str, Any]]:
    states: Sequence[tuple[str, Sequence[Line]]] = [
        ("new", seen.new),
        ("same", seen.same),
        ("differing", [line for each in seen.differing for line in each.lines]),
        ("nothing", seen.nothing),
        ("before", seen.before),
    ]
    told = [{**_renamed(line._asdict()), "state": state} for state, lines in states for line in lines]
    return sorted(told, key=lambda line: (line["sheet"], line["row"]))


def _renamed(told: dict[str, Any]) -> dict[str, Any]:
    return {"row" if name == "row_no" else name: value for name, value in told.items()}


def _differing(seen: Differing) -> dict[str, Any]:
    return {
        "kind": seen.kind,
        "from": seen.first,
        "to": seen.last,
        "sheet_cards": seen.sheet_cards,
        "book_cards": seen.book_cards,
        "entries": [each.entry_no for each in seen.standing],
    }


def _balance(check: BalanceCheck, closings: Mapping[str, int]) -> dict[str, Any]:
    book = closings.get(check.sheet) if check.kind == "balance" else None
    return {**check._asdict(), "book_closing": book}
