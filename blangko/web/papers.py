"""Laporan: the papers as they will look, kept as files, and issued by a second step.

What a paper speaks of comes with the address. Issuing one writes what its command writes: that a summary was handed
out, the request that a letter asks for, the destruction that minutes tell of.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from typing import NamedTuple, TypeVar
from urllib.parse import urlencode

from flask import Blueprint, Response, abort, render_template, request, url_for
from flask.typing import ResponseReturnValue
from markupsafe import Markup

from blangko import config
from blangko.core.entry import Entry, movement
from blangko.core.numbers import cards
from blangko.core.summary import Summary
from blangko.core.workdays import ONE_DAY
from blangko.errors import BlangkoError, TooManyWords
from blangko.errors.files import BookWentOn
from blangko.reports.letter import Letter, letter_html, letter_pdf, request_letter
from blangko.reports.minutes import destruction_minutes
from blangko.reports.month import month_html, month_page, month_pdf, month_png
from blangko.reports.month_workbook import month_workbook
from blangko.reports.rendered import part_look, summary_html, summary_pdf, summary_png
from blangko.reports.summary import summary_page
from blangko.reports.summary_workbook import summary_workbook
from blangko.reports.word import letter_docx
from blangko.stockroom import look, papers, tasks
from blangko.stockroom.post import post
from blangko.web import desk, guard
from blangko.web.desk import Task
from blangko.web.files import download
from blangko.web.guard import Ability
from blangko.words import written
from blangko.words.language import N_, _
from blangko.words.refusals import told
from blangko.words.typed import days_of_month, typed_date, typed_period

pages = Blueprint("papers", __name__)
Asked = Mapping[str, str]
"""What a form or an address says that the paper shall speak of, by the names of its fields."""
Drawn = TypeVar("Drawn")
TITLES = {
    "summary": N_("Summary"),
    "month": N_("Month"),
    "letter": N_("Letter"),
    "minutes": N_("Minutes of a destruction"),
}
LOOKS = {"summary": "summary.html", "month": "month.html", "letter": "letter.html", "minutes": "letter.html"}
FIELDS = {
    "summary": ("week", "first", "last", "since"),
    "month": ("month",),
    "letter": ("number", "reference", "officer"),
    "minutes": ("number", "reference", "method", "on"),
}
A_WHILE = "private, max-age=3600"


class Paper(NamedTuple):
    """One paper, each form of which is made when it is asked for.

    `shown` is what the page shows of it; `code` the check code of the book that it speaks of. `issue` writes that it is
    handed out, and is None where it was; `asks` is what is asked before that.
    """

    shown: Callable[[], bytes]
    files: Mapping[str, Callable[[], bytes]]
    code: str
    issue: Task | None
    asks: list[str]
    beside: Mapping[str, dict[str, str]] = {}
    """The papers before and after it, by what they are called."""


@pages.get("/reports")
def home() -> ResponseReturnValue:
    return _page(request.args.get("paper", "summary"), request.args)


@pages.get("/reports/<name>.css")
def look_of(name: str) -> ResponseReturnValue:
    """How a paper looks on the page."""
    if name not in LOOKS:
        abort(404)
    return Response(part_look(LOOKS[name]), mimetype="text/css", headers={"Cache-Control": A_WHILE})


@pages.get("/reports/<name>/<form>")
def file(name: str, form: str) -> ResponseReturnValue:
    """A paper as a file."""
    files = _paper(name, request.args).files
    return download(files[form](), name, form) if form in files else abort(404)


@pages.post("/reports/<name>")
@guard.needs(None)
def issue(name: str) -> ResponseReturnValue:
    """The two steps by which a paper is issued: what that writes, and then the writing."""
    if not guard.may(_ability(name)):
        abort(403)

    def again(lines: list[str]) -> ResponseReturnValue:
        return _page(name, request.form, lines)

    def prepare() -> Task:
        paper = _paper(name, request.form)
        if paper.issue is None or paper.code != request.form.get("code"):
            # Somebody wrote since, or issued it: what was looked at is not what would be issued.
            raise BookWentOn()
        return paper.issue

    # The letter and the minutes speak of the book before their entry; what follows from it stands on the first page.
    back = f"{url_for('papers.home')}?{urlencode(_kept(name, request.form))}"
    to = back if name in ("summary", "month") else url_for("today.home")
    if "sure" in request.form:
        return desk.write(prepare, again, to)
    try:
        reasons = _paper(name, request.form).asks
    except BlangkoError as error:
        return again(told(error))
    kept = [(field, value) for field, value in request.form.items(multi=True) if field not in ("token", "yes")]
    return render_template("confirm.html", reasons=reasons, kept=kept, back=back, step="sure")


def _page(name: str, asked: Asked, lines: list[str] | None = None) -> str:
    """The page of a paper, and why nothing was written where a form was refused; without it where it cannot be made."""
    refused, paper, shown = list(lines or ()), None, Markup("")
    try:
        paper = _paper(name, asked)
        # Made by a template of ours, which escapes all that it is given.
        shown = Markup(paper.shown().decode())
    except BlangkoError as error:
        refused += told(error)
    return render_template(
        "reports.html",
        name=name,
        titles={each: _(word) for each, word in TITLES.items()},
        asked={field: asked.get(field, "") for field in FIELDS[name]},
        kept=_kept(name, asked),
        paper=paper,
        shown=shown,
        refused=refused,
        may_issue=guard.may(_ability(name)),
    )


def _paper(name: str, asked: Asked) -> Paper:
    if name not in _MAKERS:
        abort(404)
    return _MAKERS[name]({field: value for field in FIELDS[name] if (value := asked.get(field, "").strip())})


def _kept(name: str, asked: Asked) -> dict[str, str]:
    """What names this paper in an address."""
    fields = (*FIELDS[name], "office") if name in FIELDS else ()
    return {"paper": name, **{field: asked[field] for field in fields if asked.get(field)}}


def _ability(name: str) -> Ability:
    """A destruction is entered by whoever keeps the book, and the other papers are issued."""
    return "write" if name == "minutes" else "issue"


# --- The papers -----------------------------------------------------------------------------------


def _summary(asked: Asked) -> Paper:
    today = config.today()
    _refuse_two_periods(asked)
    with desk.opened() as book, book.reading():
        begin = papers.last_receipt(book, today) if "since" in asked else None
        first, last = (begin, today) if begin else typed_period(
            asked.get("week"), asked.get("first"), asked.get("last"), today)  # fmt: skip
        drawn = papers.summary(book, first, last, today)
    monday = first - first.weekday() * ONE_DAY
    forms = {"pdf": summary_pdf, "png": summary_png, "xlsx": summary_workbook}
    return Paper(
        lambda: summary_html(drawn, part=True),
        _made(forms, drawn),
        drawn.check_code,
        _handed_out(drawn),
        [_("Record that this paper is handed out: {title}, {period}?").format(
            title=summary_page(drawn).title, period=written.period(first, last))],
        _weeks_beside(monday, today),
    )  # fmt: skip


def _refuse_two_periods(asked: Asked) -> None:
    """Refuse a second way of naming the days, which would be passed over."""
    ways = {_("since the last delivery"): "since" in asked, _("Week"): "week" in asked,
            _("from"): "first" in asked or "last" in asked}  # fmt: skip
    given = [word for word, is_given in ways.items() if is_given]
    if len(given) > 1:
        raise TooManyWords(unexpected=given[1])


def _weeks_beside(monday: date, today: date) -> dict[str, dict[str, str]]:
    """The week before and, where it has begun, the one after."""
    before, after = (_week(monday + days * ONE_DAY) for days in (-7, 7))
    found = {_("The week before"): {"week": before}}
    return {**found, _("The week after"): {"week": after}} if monday + 7 * ONE_DAY <= today else found


def _week(monday: date) -> str:
    year, week, _day = monday.isocalendar()
    return f"{year}-W{week:02}"


def _month(asked: Asked) -> Paper:
    today = config.today()
    first, last = days_of_month(asked.get("month"), today)
    with desk.opened() as book:
        drawn = papers.month(book, first, last, today)
    beside = {_("The month before"): {"month": (first - ONE_DAY).isoformat()[:7]}}
    if last < today:
        beside[_("The month after")] = {"month": (last + ONE_DAY).isoformat()[:7]}
    return Paper(
        lambda: month_html(drawn, part=True),
        _made({"pdf": month_pdf, "png": month_png, "xlsx": month_workbook}, drawn),
        drawn.summary.check_code,
        _handed_out(drawn.summary),
        [_("Record that this paper is handed out: {title}, {period}?").format(
            title=month_page(drawn).title, period=written.month(first))],
        beside,
    )  # fmt: skip


def _made(forms: Mapping[str, Callable[[Drawn], bytes]], drawn: Drawn) -> dict[str, Callable[[], bytes]]:
    return {form: lambda make=make: make(drawn) for form, make in forms.items()}  # type: ignore[misc]


def _handed_out(drawn: Summary) -> Task | None:
    """What records that a summary, or a month, is handed out; None where it was."""
    return None if drawn.issued else lambda book, who: papers.issue_summary(book, who, drawn)


def _letter(asked: Asked) -> Paper:
    today, number, reference = config.today(), asked.get("number"), asked.get("reference")
    with desk.opened() as book, book.reading():
        drawn, wanted = papers.asked_in_letter(book, cards(number, least=1) if number else None, today)
    letter = request_letter(drawn, wanted, reference, asked.get("officer"))
    draft = Entry("request", today, wanted, reference=reference)
    return Paper(
        lambda: letter_html(letter),
        _letter_files(letter, today),
        drawn.check_code,
        lambda book, who: tasks.ask(book, who, draft),
        [_("Record the request for {cards} that this letter asks for?").format(cards=written.cards(wanted)), _keep()],
    )


def _minutes(asked: Asked) -> Paper:
    today = config.today()
    on = typed_date(asked["on"], today) if "on" in asked else today
    with desk.opened() as book, book.reading():
        chosen, code, seal = look.settings_on(book), book.office_code, book.last()
        held, held_cards = papers.spoiled_before(book, on)
    number = cards(asked["number"], least=1) if "number" in asked else held_cards
    method = asked.get("method")
    draft = movement("destroy", on, number, reference=asked.get("reference"), note=method)
    letter = destruction_minutes(chosen, code, draft, held, held_cards, method)
    return Paper(
        lambda: letter_html(letter),
        _letter_files(letter, on),
        str(seal[0]),
        (lambda book, who: post(book, who, [draft])) if number else None,
        [_("Record that {cards} are destroyed, as these minutes say?").format(cards=written.cards(number)), _keep()],
    )


def _letter_files(letter: Letter, dated: date) -> dict[str, Callable[[], bytes]]:
    return {"pdf": lambda: letter_pdf(letter, dated), "docx": lambda: letter_docx(letter)}


def _keep() -> str:
    return _("Keep it as a file first: it speaks of the book as it is before this is written.")


_MAKERS: dict[str, Callable[[Asked], Paper]] = {
    "summary": _summary,
    "month": _month,
    "letter": _letter,
    "minutes": _minutes,
}
