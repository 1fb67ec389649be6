"""The summary as a workbook: its table with living sums, the figures of the page, and the stock as a picture."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from blangko.core.requests import Request
from blangko.core.status import Status
from blangko.core.summary import Chart, Summary, days_taken
from blangko.reports.remarks import remarks_told
from blangko.reports.summary import FIGURES, SummaryPage, column_words, summary_page
from blangko.reports.workbook import CELL_HEIGHT, Sheet, number_asked
from blangko.words.language import _

LAST = len(FIGURES)
WIDTHS = {0: 15, 1: 16, **dict.fromkeys(range(2, LAST + 1), 12), LAST + 1: 36}
"""A date with its weekday stands in the second column of the requests."""
REQUEST_FORMS = (
    "cell", "cell date", "cell number", "cell number", "cell percent", "cell number", "cell number", "cell number",
    "cell date",
)  # fmt: skip
RIGHT_SIGNATURE = 4
PICTURE_ROWS = 16
PICTURE_WIDTH = 760


def summary_workbook(summary: Summary) -> bytes:
    """The summary on one page, and behind it the days that its picture is drawn from.

    Raises:
        MissingExtra: xlsxwriter is not installed.
    """
    page = summary_page(summary)
    sheet = Sheet(page.title)
    sheet.sheet.set_portrait()
    sheet.sheet.fit_to_pages(1, 1)
    sheet.widths = dict(WIDTHS)
    sheet.letterhead(page.letterhead, page.title, [f"{page.period} ({page.state})"], LAST)
    sheet.wide(page.verdict, 0, LAST, "verdict")
    sheet.row += 2
    _figures_table(sheet, summary)
    _told(sheet, page)
    _requests(sheet, summary, page)
    number_asked(sheet, page.ask_title, summary.answer)
    sheet.picture(sheet.row, 0, _days_drawn(summary.chart), (1, 3, 2, 4), width=PICTURE_WIDTH, of_sheet=_("Stock"))
    sheet.row += PICTURE_ROWS
    sheet.signed(page.signatures, (0, RIGHT_SIGNATURE))
    sheet.row += 1
    sheet.line([_("Check code {code}").format(code=page.code)])
    sheet.footer(page.code)
    sheet.widths = dict(WIDTHS)
    _stock(sheet, summary.chart)
    return sheet.bytes()


def _told(sheet: Sheet, page: SummaryPage) -> None:
    for text in filter(None, (page.balance, *page.identity, *page.sums, *page.notes, page.ask_note)):
        sheet.wide(text, 0, LAST, "wrapped")
        sheet.row += 1
    sheet.row += 1
    for name, text in page.facts:
        sheet.wide(name, 0, 1, "bold")
        sheet.wide(text, 2, LAST, "wrapped")
        sheet.row += 1
    sheet.row += 1


def _requests(sheet: Sheet, summary: Summary, page: SummaryPage) -> None:
    """The requests as numbers and dates that can be reckoned with; what is not known is a dash, as on the page."""
    if not summary.requests:
        return
    sheet.sheet.set_row(sheet.row, 2 * CELL_HEIGHT)
    sheet.line(page.request_headers, "cell head")
    for request, told in zip(summary.requests, page.requests, strict=True):
        # The numbers of letters are long: they are folded, and the row grows with them.
        sheet.tall({0: told[0]})
        for column, (value, form) in enumerate(zip(_request(request, summary.answer), REQUEST_FORMS, strict=True)):
            sheet.sheet.write_blank(sheet.row, column, None, sheet.forms[form])
            sheet.write(column, told[column] if value is None else value, form)
        sheet.row += 1
    sheet.row += 1


def _request(request: Request, answer: Status) -> list[Any]:
    """The cells of a request; None where the page has a word, and not a number."""
    likely = [each.likely_on for each in answer.deliveries if each.request_no == request.request_no]
    return [
        None,
        request.requested_on,
        request.asked_cards,
        request.granted_cards,
        request.share,
        request.received_cards,
        days_taken(request, answer.as_of),
        None if request.closed else request.on_order_cards,
        likely[0] if len(likely) == 1 else None,
    ]


def _figures_table(sheet: Sheet, summary: Summary) -> None:
    sheet.line([_("Day"), *(column_words()[name] for name in FIGURES), _("Remark")], "head")
    first = sheet.row
    for row in summary.rows:
        remark = remarks_told(summary.remarks.get(row.day, ()))
        sheet.write(LAST + 1, remark, "remark")
        sheet.line([row.day, *(getattr(row, name) for name in FIGURES)])
    sheet.write(0, _("Total"), "bold")
    for column, name in enumerate(FIGURES[:-1], 1):
        sheet.sum(column, first, first + len(summary.rows) - 1, getattr(summary.totals, name))
    sheet.write(LAST, summary.closing, "total")
    sheet.row += 2


def _days_drawn(chart: Chart) -> int:
    """The rows of the sheet that the picture is drawn from."""
    return len(chart.past) + 1 + len(chart.ahead)


def _stock(sheet: Sheet, chart: Chart) -> None:
    """The shelf on each evening that is known, and on those ahead as it is expected if nothing comes."""
    sheet.turn(_("Stock"))
    sheet.sheet.set_portrait()
    heads: Sequence[str] = (_("Day"), _("On hand"), _("Left, low"), _("Left, middle"), _("Left, high"))
    sheet.heads(heads)
    sheet.line([chart.first, chart.start_cards])
    for day in chart.past:
        sheet.line([day.day, day.closing])
    for row in chart.ahead:
        sheet.line([row.day, "", *row.stock_cards])
    sheet.widths = dict.fromkeys(range(len(heads)), 14)
