"""The page of the summary as text: for a terminal, and as markdown."""

from __future__ import annotations

from collections.abc import Sequence

from blangko.core.summary import Summary
from blangko.reports.letterhead import signatures_side_by_side
from blangko.reports.summary import UNKNOWN_NUMBER, SummaryPage, summary_page
from blangko.reports.table import amounts, markdown_text, pairs, paragraph, room_left, table
from blangko.words.language import _

LEAST_ROOM = 16
"""Letters of a line in which a remark can be read; where the figures leave fewer, the remarks stand below them."""


def summary_screen(summary: Summary) -> list[str]:
    """The page for a terminal of 80 columns."""
    page = summary_page(summary)
    lines = [*(line for head in page.letterhead for line in paragraph(head)), page.title]
    lines += [*paragraph(f"{page.period} ({page.state})"), "", *paragraph(page.verdict), ""]
    lines += [*pairs([(each.name, f"{each.number} {each.below}") for each in page.head]), ""]
    lines += [
        *_table(page),
        "",
        *paragraph(page.balance),
        *(each for line in page.identity for each in paragraph(line)),
    ]
    lines += ["", page.ask_title, *amounts(page.ask_sum), f"  {page.approved}"] if page.ask_sum else []
    lines += paragraph(page.ask_note, "  ") if page.ask_note else []
    lines += ["", *pairs(page.facts)]
    lines += ["", *_requests(page)] if page.requests else []
    lines += ["", *(line for text in page.sums for line in paragraph(text))] if page.sums else []
    lines += ["", *(line for note in page.notes for line in paragraph(note, "  ", "- "))] if page.notes else []
    lines += ["", *signatures_side_by_side(page.signatures), "", _("Check code {code}").format(code=page.code)]
    return lines


def _requests(page: SummaryPage) -> list[str]:
    """Each request as a sentence: nine columns have no room on a screen."""
    lines = [_("Requests")]
    for letter, asked_on, *cells in page.requests:
        named = zip(page.request_headers[2:], cells, strict=True)
        said = ", ".join(f"{name.lower()} {cell}" for name, cell in named if cell != UNKNOWN_NUMBER)
        lines += paragraph(f"{letter} ({asked_on}): {said}", "    ", "  ")
    return lines


def summary_markdown(summary: Summary) -> bytes:
    """The page as markdown, for a message or a wiki."""
    page = summary_page(summary)
    headers, rows, right = _with_remarks(page)
    named = [tuple(map(markdown_text, row)) for row in page.requests]
    parts = [
        *(f"**{markdown_text(line)}**  " for line in page.letterhead),
        "",
        f"# {page.title}",
        "",
        f"{page.period} ({page.state})",
        "",
        f"**{markdown_text(page.verdict)}**",
        "",
        *(f"- {each.name}: **{each.number}** {each.below}" for each in page.head),
        "",
        *table(headers, [tuple(map(markdown_text, row)) for row in rows], right=right, form="pipe"),
        "",
        *(f"{line}  " for line in (page.balance, *page.identity)),
        "",
        *(table([page.ask_title, _("Cards")], page.ask_sum, right=".r", form="pipe") if page.ask_sum else []),
        "",
        *((f"{page.approved}  ", page.ask_note) if page.ask_sum else ()),
        "",
        *(f"- {name}: {markdown_text(text)}" for name, text in page.facts),
        "",
        *(table(page.request_headers, named, right="..rrrrrr.", form="pipe") if page.requests else []),
        "",
        *page.sums,
        "",
        *(f"- {markdown_text(note)}" for note in page.notes),
        "",
        _("Check code {code}").format(code=page.code),
    ]
    text = "\n".join(parts) + "\n"
    while "\n\n\n" in text:
        text = text.replace("\n\n\n", "\n\n")
    return text.encode()


def _with_remarks(page: SummaryPage) -> tuple[list[str], list[list[str]], str]:
    """Headings, rows and alignment of the days; the remarks as last column, where there are any."""
    right = "." + "r" * (len(page.headers) - 1)
    if not any(page.remarks):
        return list(page.headers), [list(row) for row in (*page.rows, page.totals)], right
    rows = [[*row, told] for row, told in zip(page.rows, page.remarks, strict=True)]
    return [*page.headers, page.remark_header], [*rows, [*page.totals, ""]], right + "."


def _table(page: SummaryPage) -> list[str]:
    """The days for the screen, their remarks folded into the room that the figures leave, or below the figures."""
    headers, rows, right = _with_remarks(page)
    if not any(page.remarks):
        return table(headers, rows, right=right)
    room = room_left(headers, rows)
    if room < LEAST_ROOM:
        told = [(row[0], remark) for row, remark in zip(page.rows, page.remarks, strict=True) if remark]
        figures = table(page.headers, [*page.rows, page.totals], right=right[:-1])
        return [*figures, "", page.remark_header, *pairs(told)]
    return table(headers, [line for row in rows for line in _folded(row, room)], right=right)


def _folded(row: Sequence[str], room: int) -> list[list[str]]:
    """A row, and below it a row for each further line of its last cell."""
    first, *rest = paragraph(row[-1], width=room) or [""]
    return [[*row[:-1], first], *([*[""] * (len(row) - 1), line] for line in rest)]
