"""The replay as one page: the verdict, the measures, and the picture; HTML in one file, PDF on A4, or a picture of it.

The same book and date give the same bytes: no clock, no fonts of the machine.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from blangko.core.backtest import Backtest
from blangko.reports import backtest as words
from blangko.reports.backtest_chart import backtest_chart
from blangko.reports.rendered import as_data, html, typeset
from blangko.words.language import _, language
from blangko.words.written import plain


class BacktestPage(NamedTuple):
    """The words of the page, ready to be laid out."""

    office: str
    title: str
    period: str
    verdict: str
    headers: Sequence[str]
    measures: Sequence[words.Line]
    caption: str
    stock_out_headers: Sequence[str]
    stock_outs: Sequence[Sequence[str]]
    notes: Sequence[str]


def backtest_html(shown: Backtest, office: str) -> bytes:
    """One self-contained file.

    Raises:
        MissingExtra: jinja2 is not installed.
    """
    return html("backtest.html", _page(shown, office), backtest_chart(shown), "")


def backtest_pdf(shown: Backtest, office: str, today: date) -> bytes:
    """The page on A4."""
    return typeset("backtest.typ", today, "pdf", shape="page", **_inputs(shown, office))


def backtest_png(shown: Backtest, office: str, today: date) -> bytes:
    """The page as a picture."""
    return typeset("backtest.typ", today, "png", shape="picture", **_inputs(shown, office))


def _inputs(shown: Backtest, office: str) -> dict[str, str]:
    page = as_data(_page(shown, office))
    return {"page": json.dumps(page, ensure_ascii=False), "chart": backtest_chart(shown), "lang": language()}


def _page(shown: Backtest, office: str) -> BacktestPage:
    return BacktestPage(
        plain(office),
        _("Was the answer right?"),
        words.period(shown) if shown.days else "",
        words.verdict(shown),
        words.headers(),
        words.measures(shown),
        _("Working days that the shelf was told to last, and that it did")
        + ". "
        + _("The line ends where nobody knows how long it would have lasted."),
        words.stock_out_headers(),
        words.stock_outs(shown),
        words.notes(shown),
    )
