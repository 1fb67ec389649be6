"""The forecast as a workbook: the open days ahead in real dates and numbers, their picture, and who signs."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from blangko.core.answer import Answer, forecast_days
from blangko.core.codes import check_code
from blangko.core.suppose import Supposed
from blangko.reports.answer import lasts, verdict
from blangko.reports.forecast import sum_in_words
from blangko.reports.letterhead import letterhead, signatures
from blangko.reports.suppose import in_one_sentence, remark_sentences, supposed_sentence
from blangko.reports.workbook import Sheet, number_asked
from blangko.words.language import _
from blangko.words.written import long_day

WIDTHS = (16, 12, 14, 14, 14, 14)
LAST = len(WIDTHS) - 1
LOW, MIDDLE, HIGH = 2, 3, 4
PICTURE_ROWS = 16
PICTURE_WIDTH = 620


class ForecastPaper(NamedTuple):
    """The forecast that the workbook tells; `supposed` where it speaks of what is only supposed."""

    answer: Answer
    supposed: Supposed | None = None


def forecast_workbook(paper: ForecastPaper) -> bytes:
    """What is expected of each open day ahead, below the sentence that it comes to.

    Raises:
        MissingExtra: xlsxwriter is not installed.
    """
    whole, status = paper.answer, paper.answer.status
    title = _("Forecast of blank KTP-el cards")
    sheet = Sheet(title)
    sheet.sheet.set_portrait()
    sheet.widths = dict(enumerate(WIDTHS))
    sheet.letterhead(letterhead(whole.facts.settings, status.office), title, [long_day(status.as_of)], LAST)
    for text in _sentences(paper):
        sheet.wide(text, 0, LAST, "verdict")
        sheet.row += 1
    sheet.row += 1
    rows = forecast_days(whole)
    if rows:
        sheet.wide(" ".join(sum_in_words(status, rows)), 0, LAST, "wrapped")
        sheet.row += 1
    sheet.row += 1
    number_asked(sheet, _("How many to ask for"), status)
    if rows:
        sheet.picture(sheet.row, 0, len(rows), (MIDDLE, LOW, HIGH), width=PICTURE_WIDTH, of_sheet=_("The days"))
        sheet.row += PICTURE_ROWS
    sheet.signed(signatures(whole.facts.settings, status.as_of), (0, MIDDLE))
    code = check_code(status.seal, status.last_entry_no)
    sheet.row += 1
    sheet.line([_("Check code {code}").format(code=code)])
    sheet.footer(code)
    sheet.widths = dict(enumerate(WIDTHS))
    if rows:
        _days(sheet, paper)
    return sheet.bytes()


def _sentences(paper: ForecastPaper) -> Iterator[str]:
    """What is supposed before what it leads to, so that nobody takes it for what the book says."""
    if paper.supposed:
        yield _("A supposition, and not what the book says").upper()
        yield from (supposed_sentence(paper.supposed), in_one_sentence(paper.supposed))
        yield from remark_sentences(paper.supposed)
    yield verdict(paper.answer.status)
    yield _("Lasts") + ": " + lasts(paper.answer.status)


def _days(sheet: Sheet, paper: ForecastPaper) -> None:
    """The numbers that the picture follows, on a sheet of their own."""
    sheet.turn(_("The days"))
    sheet.sheet.set_portrait()
    sheet.heads([_("Working day"), _("Use"), _("Left, low"), _("Left, middle"), _("Left, high"), _("Empty")])
    for row in forecast_days(paper.answer):
        sheet.write(0, row.day, "cell date")
        for column, number in enumerate((round(row.expected_cards), *row.stock_cards), 1):
            sheet.write(column, number, "cell number")
        sheet.write(LAST, row.empty_probability, "cell percent")
        sheet.row += 1
    sheet.widths = dict(enumerate(WIDTHS))
