"""Pages to look at: HTML in one file, PDF on A4, and a picture of it. Needs the extra `report`.

The same book and date give the same bytes: no clock, no fonts of the machine.
"""

from __future__ import annotations

import json
from datetime import UTC, date, datetime
from importlib.resources import files
from typing import Any, Literal, Protocol

from blangko.core.summary import Summary
from blangko.errors.files import MissingExtra
from blangko.reports.chart import NARROW, months_line, stock_chart
from blangko.reports.square import square_svg
from blangko.reports.summary import summary_page
from blangko.words.language import _, language

PICTURE_PPI = 144


def summary_html(summary: Summary) -> bytes:
    """One self-contained file, readable on a phone.

    Raises:
        MissingExtra: jinja2 is not installed.
    """
    return html(
        "summary.html", summary_page(summary), stock_chart(summary), square_svg(summary.whole_code, "HTML"),
        narrow=stock_chart(summary, NARROW), months=months_line(summary),
    )  # fmt: skip


def summary_pdf(summary: Summary) -> bytes:
    """The page on A4."""
    return typeset("summary.typ", summary.answer.as_of, "pdf", **_inputs(summary, "PDF"))


def summary_png(summary: Summary) -> bytes:
    """The first page as a picture, for a message."""
    return typeset("summary.typ", summary.answer.as_of, "png", **_inputs(summary, "PNG"))


def _inputs(summary: Summary, form: str) -> dict[str, str]:
    pictures = {"chart": stock_chart(summary), "months": months_line(summary)}
    return page_inputs(summary_page(summary), form, draft=_("draft"), **pictures)


class Coded(Protocol):
    """A page that bears a check code."""

    @property
    def whole_code(self) -> str: ...


def page_inputs(page: Coded, form: str, **more: str) -> dict[str, str]:
    """What `typeset` takes for a page that is a named tuple: its words as JSON, its check code as a square, and `more`.

    Raises:
        MissingExtra: segno is not installed; `form` is the kind of file that cannot be made.
    """
    return {
        "page": json.dumps(as_data(page), ensure_ascii=False),
        "lang": language(),
        "codeword": _("Check code"),
        "square": square_svg(page.whole_code, form),
        **more,
    }


def as_data(value: Any) -> Any:
    """Named tuples as dicts, and so within what they hold: a template finds their parts by name."""
    if hasattr(value, "_asdict"):
        return {name: as_data(part) for name, part in value._asdict().items()}
    return [as_data(part) for part in value] if isinstance(value, list | tuple) else value


def _template(name: str) -> bytes:
    return files("blangko.reports.templates").joinpath(name).read_bytes()


def html(template: str, page: object, chart: str, square: str, **pictures: str) -> bytes:
    """A template of ours with the page that it shows; `chart`, `square` and `pictures` are SVG of our own making.

    Raises:
        MissingExtra: jinja2 is not installed.
    """
    try:
        from jinja2 import Environment, FunctionLoader
        from markupsafe import Markup
    except ImportError:
        raise MissingExtra(extra="report", what="HTML") from None
    ours = FunctionLoader(lambda name: _template(name).decode())
    filled = Environment(autoescape=True, trim_blocks=True, loader=ours).get_template(template)
    drawn = {name: Markup(svg) for name, svg in {**pictures, "chart": chart, "square": square}.items()}
    text = filled.render(page=page, lang=language(), codeword=_("Check code"), draft=_("draft"), **drawn)
    return text.encode()


def typeset(template: str, dated: date, form: Literal["pdf", "png"], **inputs: str) -> bytes:
    """A template of ours with its inputs, after what all papers share, as PDF or as a picture of its first page.

    Raises:
        MissingExtra: typst is not installed.
    """
    try:
        import typst
    except ImportError:
        raise MissingExtra(extra="report", what=form.upper()) from None
    made: Any = typst.compile(
        _template("head.typ") + _template(template),
        format=form,
        ppi=PICTURE_PPI,
        ignore_system_fonts=True,
        sys_inputs=inputs,
        timestamp=datetime(dated.year, dated.month, dated.day, tzinfo=UTC),
    )
    return bytes(made[0] if isinstance(made, list) else made)
