"""The stock card as a workbook: real dates and numbers, a balance that each row works out from the row before."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from blangko.core.card import StockCard
from blangko.reports.card_page import card_page, from_or_to, headings
from blangko.reports.workbook import Sheet
from blangko.words.language import _

WIDTHS = (7, 13, 24, 38, 10, 10, 11, 10)
LAST = len(WIDTHS) - 1
BASIS, IN, OUT, LEFT = 2, 4, 5, 6


def card_workbook(card: StockCard) -> bytes:
    """The card with its head, its sums and those who sign.

    Raises:
        MissingExtra: xlsxwriter is not installed.
    """
    page = card_page(card)
    sheet = Sheet(page.title)
    sheet.sheet.set_portrait()
    sheet.widths = dict(enumerate(WIDTHS))
    sheet.letterhead(page.letterhead, page.title, [page.period], LAST)
    sheet.heads(headings())
    _words(sheet, page.before[0])
    sheet.write(LEFT, card.before_cards, "cell sum")
    sheet.row += 1
    first = sheet.row
    for row in card.rows:
        _movement(sheet, row)
    _words(sheet, page.sums[0])
    for column, number in zip((IN, OUT), card.sums, strict=True):
        sheet.sum(column, first, sheet.row - 1, number, "cell sum")
    sheet.formula(LEFT, f"=G{first}+E{sheet.row + 1}-F{sheet.row + 1}", card.total.on_hand, "cell sum")
    sheet.row += 2
    for text in filter(None, [page.nothing, *page.identity]):
        sheet.wide(text, 0, LAST, "wrapped")
        sheet.row += 1
    sheet.signed(page.signatures, (1, IN))
    sheet.line(["", _("Check code {code}").format(code=page.code)])
    sheet.footer(page.code)
    sheet.widths = dict(enumerate(WIDTHS))
    return sheet.bytes()


def _words(sheet: Sheet, words: str) -> None:
    """The words of a row of sums; its cells have borders, also those that are empty."""
    sheet.tall({})
    for column in range(LAST + 1):
        sheet.sheet.write_blank(sheet.row, column, None, sheet.forms["cell sum"])
    sheet.write(BASIS + 1, words, "cell sum")


def _movement(sheet: Sheet, row: Mapping[str, Any]) -> None:
    what = from_or_to(row)
    what = f"{what} ({row['note']})" if row["note"] else what
    sheet.tall({BASIS: row["reference"] or "", BASIS + 1: what})
    texts = (row["entry_no"], row["occurred_on"], row["reference"], what)
    forms = ("cell number", "cell date", "cell", "cell")
    for column in range(LAST + 1):
        sheet.sheet.write_blank(sheet.row, column, None, sheet.forms["cell"])
    for column, (value, form) in enumerate(zip(texts, forms, strict=True)):
        sheet.write(column, value, form)
    for column, number in ((IN, row["in_cards"]), (OUT, row["out_cards"])):
        sheet.write(column, number or None, "cell number")
    here = sheet.row + 1
    sheet.formula(LEFT, f"=G{here - 1}+E{here}-F{here}", row["balance_cards"], "cell number")
    sheet.row += 1
