"""An allocation as a workbook: real numbers and dates, and sums that follow when a number is changed."""

from __future__ import annotations

from collections.abc import Sequence

from blangko.core.sharing import Share
from blangko.reports import allocation as words
from blangko.reports.allocation import Told
from blangko.reports.workbook import CELL_HEIGHT, Sheet
from blangko.words.language import _
from blangko.words.written import plain

WIDTHS = (10, 30, 10, 10, 10, 10, 10, 10, 10, 10, 15)
LAST = len(WIDTHS) - 1
THERE, AFTER, RATE, BEFORE, DAYS, EMPTY_ON = 2, 6, 7, 8, 9, 10


def allocation_workbook(told: Told) -> bytes:
    """What each has, gets and lends, and how long it lasts; what it has afterwards is worked out by the sheet.

    Raises:
        MissingExtra: xlsxwriter is not installed.
    """
    shares = told.shared.shares
    sheet = Sheet(_("Allocation"))
    sheet.widths = dict(enumerate(WIDTHS))
    for text, form in ((words.title(told), "title"), (words.terms(told), "wrapped")):
        sheet.wide(text, 0, LAST, form)
        sheet.row += 1
    sheet.row += 1
    sheet.heads(_heads(told))
    first = sheet.row
    for each in shares:
        _share(sheet, each)
    _sums(sheet, first, shares)
    sheet.row += 2
    for sentence in (*words.proof(told.shared), *words.remarks(told)):
        sheet.wide(sentence, 0, LAST, "wrapped")
        sheet.row += 1
    _loans(sheet, told)
    sheet.widths = dict(enumerate(WIDTHS))
    return sheet.bytes()


def _heads(told: Told) -> list[str]:
    who = _("Office") if told.office is None else _("Print point")
    return [
        _("Code"), who, _("There"), _("Granted"), _("Gets"), _("Loan"), _("Has then"), _("A day"),
        _("Days before"), _("Days after"), _("Empty on"),
    ]  # fmt: skip


def _numbers(each: Share) -> tuple[int, int, int, int]:
    return (
        each.holding.there_cards, each.holding.promised_cards, each.given_cards,
        each.borrowed_cards - each.lent_cards,
    )  # fmt: skip


def _share(sheet: Sheet, each: Share) -> None:
    holding, here = each.holding, sheet.row + 1
    if holding.code != holding.name:
        sheet.write(0, plain(holding.code))
    sheet.write(1, plain(holding.name))
    for column, number in enumerate(_numbers(each), THERE):
        sheet.write(column, number, "number")
    sheet.formula(AFTER, f"=SUM(C{here}:F{here})", each.cards_after, "number")
    if each.cards_per_workday is not None:
        sheet.write(RATE, each.cards_per_workday, "rate")
    sheet.write(BEFORE, each.workdays_before, "number")
    sheet.write(DAYS, each.workdays_after, "number")
    sheet.write(EMPTY_ON, each.run_out_on, "day")
    sheet.row += 1


def _sums(sheet: Sheet, first: int, shares: Sequence[Share]) -> None:
    sheet.write(1, _("Together"), "bold")
    last = sheet.row - 1
    for column, numbers in enumerate(zip(*map(_numbers, shares), strict=True), THERE):
        sheet.sum(column, first, last, sum(numbers))
    sheet.sum(AFTER, first, last, sum(each.cards_after for each in shares))


def _loans(sheet: Sheet, told: Told) -> None:
    if not told.shared.loans:
        return
    names = {each.holding.code: words.called(each) for each in told.shared.shares}
    sheet.row += 1
    heads = [each.head for each in words.loan_table(told.shared)[0]]
    # As tall as the heads of the table above, and over the same columns of numbers.
    sheet.sheet.set_row(sheet.row, 2 * CELL_HEIGHT)
    for column, head in zip((1, THERE, AFTER, RATE, BEFORE), heads, strict=True):
        sheet.write(column, head, "cell head" if column >= AFTER else "bold")
    sheet.row += 1
    for each in told.shared.loans:
        sheet.write(1, names[each.lender])
        sheet.write(THERE, names[each.borrower])
        sheet.write(AFTER, each.cards, "number")
        sheet.write(RATE, each.days_bought, "rate")
        sheet.write(BEFORE, each.days_given_up, "rate")
        sheet.row += 1
