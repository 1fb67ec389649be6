"""An allocation as a page: HTML in one file, PDF on A4. The same books and date give the same bytes."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import NamedTuple

from blangko.reports import allocation as words
from blangko.reports.allocation import Told
from blangko.reports.rendered import as_data, html, typeset
from blangko.words.language import _, language
from blangko.words.written import plain


class Table(NamedTuple):
    """A table whose cells are text; `numbers` says of each column whether it is aligned to the right."""

    headers: Sequence[str]
    numbers: Sequence[bool]
    rows: Sequence[Sequence[str]]
    totals: Sequence[str] = ()


class AllocationPage(NamedTuple):
    """Everything that the page says, in the language that is spoken; `loans` has no rows where nobody lends."""

    office: str
    title: str
    terms: str
    proof: Sequence[str]
    shares: Table
    loans_title: str
    loans: Table
    notes: Sequence[str]


def allocation_page(told: Told) -> AllocationPage:
    """The words of the page."""
    columns, rows = words.main_table(told)
    loan_columns, pairs = words.loan_table(told.shared)
    return AllocationPage(
        plain(told.office or ""),
        words.title(told),
        words.terms(told),
        words.proof(told.shared),
        _table(columns, rows, words.totals(told)),
        _("Loans"),
        _table(loan_columns, pairs),
        words.remarks(told),
    )


def _table(columns: Sequence[words.Column], rows: Sequence[Sequence[str]], totals: Sequence[str] = ()) -> Table:
    return Table([each.head for each in columns], [each.is_number for each in columns], rows, totals)


def allocation_html(told: Told) -> bytes:
    """One self-contained file.

    Raises:
        MissingExtra: jinja2 is not installed.
    """
    return html("allocation.html", allocation_page(told), "", "")


def allocation_pdf(told: Told) -> bytes:
    """The page on A4.

    Raises:
        MissingExtra: typst is not installed.
    """
    page = json.dumps(as_data(allocation_page(told)), ensure_ascii=False)
    return typeset("allocation.typ", told.shared.as_of, "pdf", page=page, lang=language(), number=_("Page"))
