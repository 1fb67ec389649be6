"""The overview as pages: a row for each office, with a small picture of its shelf, behind and ahead.

The same books and date give the same bytes: no clock, no fonts of the machine.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from blangko.core.digest import AHEAD_WORKDAYS, PAST_WORKDAYS
from blangko.core.overview import Overview, Row
from blangko.reports import overview as words
from blangko.reports.drawing import BAND, GREY, INK, line, path, picture
from blangko.reports.rendered import as_data, html, typeset
from blangko.words.language import _, language

WIDE, HIGH = 150, 20
MARGIN = 1.5
"""Room for the width of a line at the edge of a picture."""
PAST_LINE = f'stroke="{INK}" stroke-width="1.3"'
AHEAD_LINE = f'stroke="{INK}" stroke-width="1" stroke-dasharray="2.5 2"'


class Group(NamedTuple):
    """The offices below one heading: the cells of each, and its picture."""

    heading: str
    rows: Sequence[Sequence[str]]
    pictures: Sequence[str]


class OverviewPage(NamedTuple):
    """The words and pictures of the page, ready to be laid out."""

    title: str
    period: str
    together: str
    headers: Sequence[str]
    groups: Sequence[Group]
    notes: Sequence[str]


def overview_html(shown: Overview) -> bytes:
    """One self-contained file.

    Raises:
        MissingExtra: jinja2 is not installed.
    """
    return html("overview.html", overview_page(shown), "", "")


def overview_pdf(shown: Overview) -> bytes:
    """The pages on A4, lying.

    Raises:
        MissingExtra: typst is not installed.
    """
    page = json.dumps(as_data(overview_page(shown)), ensure_ascii=False)
    return typeset("overview.typ", shown.as_of, "pdf", page=page, lang=language())


def overview_page(shown: Overview) -> OverviewPage:
    """The words and pictures of the page."""
    pushed = words.has_pushes(shown.rows)
    return OverviewPage(
        _("Overview of blank KTP-el cards"),
        words.title(shown),
        words.together(shown.totals) if shown.rows else _("No office is to be seen here."),
        [*words.page_headers(pushed), _("Shelf")],
        [
            Group(heading, [words.page_cells(row, pushed) for row in rows], [shelf_picture(row) for row in rows])
            for heading, rows in words.groups(shown.rows)
        ],
        [*words.notes(), _("Shelf: the last 30 working days as a line; the coming 30 as a band that holds 80 %.")],
    )


def shelf_picture(row: Row) -> str:
    """The cards on the shelf as SVG: each working day behind as a line, and those ahead in their band."""
    return picture(_parts(row.told.past, row.told.ahead), HIGH, _("Shelf of {office}").format(office=row.code), WIDE)


def _parts(past: Sequence[int], ahead: Sequence[Sequence[int]]) -> Iterator[str]:
    top = max([1, *past, *(high for _low, _middle, high in ahead)])
    step = WIDE / (PAST_WORKDAYS + AHEAD_WORKDAYS)
    base, today = HIGH - MARGIN, max(len(past) - 1, 0)

    def points(begin: int, cards: Sequence[int]) -> list[tuple[float, float]]:
        return [
            ((begin + number) * step, base - (base - MARGIN) * max(held, 0) / top) for number, held in enumerate(cards)
        ]

    now = past[-1:]
    low, middle, high = (points(today, [*now, *(each[place] for each in ahead)]) for place in range(3))
    yield line(0, base, WIDE, base, f'stroke="{GREY}" stroke-width="0.5"')
    yield f'<polygon points="{" ".join(f"{x:.1f},{y:.1f}" for x, y in [*high, *reversed(low)])}" fill="{BAND}"/>'
    yield path(middle, AHEAD_LINE)
    yield path(points(0, past), PAST_LINE)
    yield line(today * step, 0, today * step, HIGH, f'stroke="{GREY}" stroke-width="0.6"')
