"""The plan as a workbook: what is decided, in real numbers and dates, and the days ahead with their picture."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from blangko.core.plan import Plan
from blangko.reports.plan_chart import rows_shown
from blangko.reports.plan_page import PlanPaper, Supposition, plan_page
from blangko.reports.population import ground_name, grounds
from blangko.reports.table import capital
from blangko.reports.workbook import Sheet, number_asked
from blangko.words.language import _

WORDS = 3
"""The columns over which the words of a figure reach; behind them stands the figure."""
LAST = 5
PICTURE_ROWS = 16
WAITING_COLUMN, MIDDLE_COLUMN = 2, 4


def plan_workbook(paper: PlanPaper) -> bytes:
    """The decisions with their figures as numbers and dates, then one row for each open day ahead.

    Raises:
        MissingExtra: xlsxwriter is not installed.
    """
    page, shown = plan_page(paper), paper.plan
    sheet = Sheet(page.title)
    sheet.sheet.set_portrait()
    sheet.sheet.fit_to_pages(1, 0)
    widths = {0: 16, **dict.fromkeys(range(1, LAST + 1), 17)}
    sheet.widths = dict(widths)
    for line in page.letterhead:
        sheet.line([line], "bold")
    sheet.line([page.title], "title")
    sheet.line([shown.status.as_of])
    sheet.row += 1
    # What was written at the head reaches over the next columns, and makes no column wider.
    sheet.widths = dict(widths)
    if page.supposition:
        _supposition(sheet, page.supposition)
    for number, each in enumerate(page.decisions, 1):
        sheet.wide(f"{number}. {each.question}", 0, LAST, "bold")
        sheet.row += 1
        sheet.wide(each.answer, 0, LAST, "verdict")
        sheet.row += 2
    for sentence in page.advice:
        sheet.wide(sentence, 0, LAST, "wrapped")
        sheet.row += 1
    sheet.row += 1
    number_asked(sheet, _("How many to ask for"), shown.status)
    for words, figure, form in _figures(shown):
        sheet.write(0, capital(words))
        sheet.write(WORDS, figure, form)
        sheet.row += 1
    sheet.row += 1
    _days(sheet, shown)
    sheet.line([_("Check code {code}").format(code=page.code)])
    sheet.widths = widths
    return sheet.bytes()


def _supposition(sheet: Sheet, supposed: Supposition) -> None:
    """What is only supposed, and what it changes, before anything else."""
    for text in (supposed.title.upper(), *supposed.sentences):
        sheet.wide(text, 0, LAST, "verdict")
        sheet.row += 1
    for number, row in enumerate((supposed.headers, *supposed.rows)):
        form = "wrapped" if number else "bold"
        for first, last, text in zip((0, 2, 3, 4), (1, 2, 3, 5), row, strict=True):
            sheet.wide(text, first, last, form)
        sheet.row += 1
    sheet.row += 1


def _figures(shown: Plan) -> Iterator[tuple[str, int | float | date, str]]:
    """Every figure of the page that a sheet can count on with, and its form; what is not known is left out."""
    status, queue, aim, held = shown.status, shown.queue, shown.target, shown.ration
    ground = grounds(shown.answer.facts.population, status.waiting)
    named: list[tuple[str, int | float | date | None]] = [
        (_("On hand"), status.on_hand_cards),
        (_("On order"), status.on_order_cards),
        (_("use of a working day"), status.cards_per_workday),
        (_("Run-out day"), status.run_out_on.p50),
        (_("Ask by"), status.request_by),
        (_("Reorder level"), status.reorder_level_cards),
        *((ground_name(each), each.people) for each in ground),
    ]
    if queue:
        early, middle, late = queue.clear_on.on
        named += [(_("people waiting"), queue.waiting_cards), (_("nobody waits"), middle)]
        named += [(_("nobody waits, at the earliest"), early), (_("nobody waits, at the latest"), late)]
    if held:
        named += [(_("more cards are there on"), held.until), (_("ration of the next open day"), held.cards_per_day)]
        named += [(_("one quota until then"), held.fixed_cards)]
    if aim:
        named += [(_("day of the target"), aim.by), (_("recordings needed"), aim.recordings_needed)]
        named += [(_("recordings a day"), aim.recordings_per_workday), (_("cards needed"), aim.cards_needed)]
        named += [(_("batches"), aim.batches), (_("reached on"), aim.reached_on)]
    forms = {int: "number", float: "rate", date: "day"}
    yield from ((words, figure, forms[type(figure)]) for words, figure in named if figure is not None)
    if held:
        yield _("share served"), held.served_share, "percent"


def _days(sheet: Sheet, shown: Plan) -> None:
    """The days ahead, and the shelf and the queue as a picture that follows the numbers."""
    if not shown.rows:
        return
    heads = [_("Working day"), _("Use"), _("Waiting"), _("Left, low"), _("Left, middle"), _("Left, high")]
    picture_row = sheet.row
    sheet.row += PICTURE_ROWS
    head_row = sheet.row
    sheet.line(heads, "head")
    for row in shown.rows:
        sheet.line([row.day, row.use_cards, row.waiting_cards, *row.stock_cards])
    last_row = head_row + len(rows_shown(shown))
    sheet.picture(
        picture_row, head_row, last_row, columns=(MIDDLE_COLUMN, WAITING_COLUMN)[: 2 if shown.queue else 1], apart=True
    )
    sheet.row += 1
