"""Pages to look at: HTML in one file, PDF on A4, and a picture of it. Needs the extra `report`.

The same book and date give the same bytes: no clock, no fonts of the machine.
"""

from __future__ import annotations

import json
import re
from datetime import UTC, date, datetime
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any, Literal, Protocol

from blangko.core.summary import Summary
from blangko.errors.files import MissingExtra
from blangko.reports.chart import NARROW, months_line, stock_chart
from blangko.reports.square import square_svg
from blangko.reports.summary import summary_page
from blangko.words.language import _, language

if TYPE_CHECKING:
    from jinja2 import Environment

PICTURE_PPI = 144


def summary_html(summary: Summary, part: bool = False) -> bytes:
    """One self-contained file, readable on a phone; or a `part`, as `html` says.

    Raises:
        MissingExtra: jinja2 is not installed.
    """
    return html(
        "summary.html", summary_page(summary), stock_chart(summary), square_svg(summary.whole_code, "HTML"), part,
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


def html(template: str, page: object, chart: str, square: str, part: bool = False, **pictures: str) -> bytes:
    """A template of ours with the page that it shows; `chart`, `square` and `pictures` are SVG of our own making.

    A `part` is an element that a page of ours shows, in the look of `part_look`.

    Raises:
        MissingExtra: jinja2 is not installed.
    """
    filled = _environment().get_template(template)
    from markupsafe import Markup

    drawn = {name: Markup(svg) for name, svg in {**pictures, "chart": chart, "square": square}.items()}
    text = filled.render(page=page, lang=language(), codeword=_("Check code"), draft=_("draft"), part=part, **drawn)
    return text.encode()


def part_look(template: str) -> str:
    """How a part made with the template looks, as a style sheet that touches nothing around it."""
    ours = _environment().get_template(template)
    own = "".join(ours.blocks["style"](ours.new_context())) if "style" in ours.blocks else ""
    whole = re.sub(r"/\*.*?\*/", "", _template("paper.css").decode() + own, flags=re.DOTALL)
    return re.sub(r"([^{}]+)\{", _within_the_paper, whole)


def _within_the_paper(selectors: re.Match[str]) -> str:
    """The selectors of one rule, none of which reaches beyond the paper."""
    if selectors[1].strip().startswith("@"):
        return selectors[0]
    named = [each.strip() for each in selectors[1].split(",")]
    return ", ".join(".paper" if each in (":root", "body") else f".paper {each}" for each in named) + " {"


@cache
def _environment() -> Environment:
    """What fills the templates; each is read once.

    Raises:
        MissingExtra: jinja2 is not installed.
    """
    try:
        from jinja2 import Environment, FunctionLoader
    except ImportError:
        raise MissingExtra(extra="report", what="HTML") from None
    ours = FunctionLoader(lambda name: _template(name).decode())
    return Environment(autoescape=True, trim_blocks=True, loader=ours)


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
