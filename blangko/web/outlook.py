"""Perkiraan and Rencana: the days ahead and the plan, as they are and as they would be if something were so.

What is supposed comes with the address, so that it can be kept and sent on; nothing is ever written here.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NamedTuple

from flask import Blueprint, abort, render_template, request
from flask.typing import ResponseReturnValue

from blangko import config
from blangko.core.answer import Answer, answer, forecast_days
from blangko.core.explain import explanation
from blangko.core.facts import Arrival, Campaign, Facts, Suppositions
from blangko.core.numbers import cards
from blangko.core.plan import plan as planned
from blangko.core.suppose import Supposed, compared
from blangko.core.target import Wanted, refuse_nonsense
from blangko.core.workdays import ONE_DAY
from blangko.errors import BackwardsPeriod, BlangkoError
from blangko.reports.answer import identity_sides, reorder_level, sum_rows, verdict
from blangko.reports.chart import NARROW, picture_of, stock_chart
from blangko.reports.explain import explained
from blangko.reports.forecast import ROWS_ON_SCREEN, day_cells, day_headers, sum_sentences
from blangko.reports.forecast_workbook import ForecastPaper, forecast_workbook
from blangko.reports.plan_chart import plan_chart
from blangko.reports.plan_page import PlanPaper, plan_page, plan_pdf, plan_png
from blangko.reports.plan_workbook import plan_workbook
from blangko.reports.suppose import figure_headers, figure_rows, in_one_sentence, remark_sentences, supposed_sentence
from blangko.reports.table import capital
from blangko.stockroom import look
from blangko.web import desk
from blangko.web.files import download
from blangko.words.refusals import told
from blangko.words.typed import typed_coverage, typed_date
from blangko.words.written import long_day

pages = Blueprint("outlook", __name__)
PLAN_FORMS: dict[str, Callable[[PlanPaper], bytes]] = {"pdf": plan_pdf, "png": plan_png, "xlsx": plan_workbook}
FIELDS = ("quota", "receive", "receive_on", "extra", "extra_from", "extra_to", "request_on")
DAYS = ("receive_on", "extra_from", "extra_to", "request_on", "by", "ration_until")
AIMS = ("coverage", "by", "teams", "per_team", "ration_until")
LONG_EXTRA_WORKDAYS = 10
"""So long the extra demand lasts unless somebody says otherwise."""


class Seen(NamedTuple):
    """The answer that is shown, with what is supposed where something is, and why it was refused where it was."""

    whole: Answer
    supposed: Supposed | None
    refused: list[str]


@pages.get("/forecast")
def forecast() -> ResponseReturnValue:
    known = _known()
    seen = _seen(known)
    rows, status = forecast_days(seen.whole), seen.whole.status
    cells, picture = day_cells(rows), picture_of(seen.whole)
    return render_template(
        "forecast.html",
        **_what_if(known, seen),
        charts=[stock_chart(picture), stock_chart(picture, NARROW)],
        headers=day_headers(),
        first=cells[:ROWS_ON_SCREEN],
        rest=cells[ROWS_ON_SCREEN:],
        sums=sum_sentences(status, rows) if rows else [],
        ask=[(capital(words), number) for words, number in sum_rows(status)],
        level=capital(reorder_level(status)) if status.reorder_level_cards is not None else "",
        identity=identity_sides(status.balance),
        steps=[explained(step) for step in explanation(seen.whole)] if "explain" in request.args else [],
    )


@pages.get("/forecast.xlsx")
def workbook() -> ResponseReturnValue:
    """The forecast as a workbook, with what the address supposes."""
    seen = _seen_or_refused(_known())
    return download(forecast_workbook(ForecastPaper(seen.whole, seen.supposed)), "forecast", "xlsx")


@pages.get("/plan")
def plan() -> ResponseReturnValue:
    known, refused = _known(), []
    seen = _seen(known)
    try:
        paper = _paper(known, seen, _wanted())
    except BlangkoError as error:
        refused = told(error)
        paper = _paper(known, seen, Wanted())
    charts = [plan_chart(paper.plan), plan_chart(paper.plan, NARROW)]
    # Asked for as it is there, so that what was typed stays in its fields when it is refused.
    aims = {name: request.args.get(name, "") for name in AIMS}
    return render_template(
        "plan.html", **_what_if(known, seen), page=plan_page(paper), charts=charts, aims=aims, aims_refused=refused,
        forms=PLAN_FORMS,
    )  # fmt: skip


@pages.get("/plan.<form>")
def plan_file(form: str) -> ResponseReturnValue:
    """The plan as a file, with what the address supposes and aims at."""
    if form not in PLAN_FORMS:
        abort(404)
    known = _known()
    return download(PLAN_FORMS[form](_paper(known, _seen_or_refused(known), _wanted())), "plan", form)


# --- What the address asks ------------------------------------------------------------------------


class _Known(NamedTuple):
    """What the book says, and what the plan rests on besides."""

    facts: Facts
    recorded: Any
    usual: dict[str, int]


def _known() -> _Known:
    today = config.today()
    with desk.opened() as book, book.reading():
        facts = look.facts(book, today, clock=config.time_of_day())
        return _Known(facts, look.recorded(book, today), look.printed_for(book, facts))


def _seen(known: _Known) -> Seen:
    """The answer to what the address supposes; the one as it is, and why, where that cannot be."""
    try:
        return _seen_or_refused(known)
    except BlangkoError as error:
        return Seen(answer(known.facts), None, told(error))


def _seen_or_refused(known: _Known) -> Seen:
    asked = _suppositions()
    if asked == Suppositions():
        return Seen(answer(known.facts), None, [])
    supposed = compared(known.facts, asked)
    return Seen(supposed.after, supposed, [])


def _suppositions() -> Suppositions:
    """What the fields suppose; a field that is empty, or says 0, supposes nothing."""
    receive, quota, extra = (cards(_asked(name) or "0") for name in ("receive", "quota", "extra"))
    campaigns = []
    if extra:
        first = typed_date(_asked("extra_from"), config.today(), ahead=True)
        last = typed_date(_asked("extra_to"), config.today(), ahead=True)
        if last < first:
            raise BackwardsPeriod(first=first, last=last)
        campaigns.append(Campaign(extra, first, last))
    arrivals = [Arrival(typed_date(_asked("receive_on"), config.today(), ahead=True), receive)] if receive else []
    requests = [typed_date(_asked("request_on"), config.today(), ahead=True)] if _asked("request_on") else []
    return Suppositions(tuple(arrivals), quota or None, tuple(campaigns), tuple(requests))


def _asked(name: str) -> str:
    return request.args.get(name, "").strip()


def _wanted() -> Wanted:
    """What the plan aims at.

    Raises:
        BlangkoError: It cannot be read, or asks what no plan can answer.
    """
    today = config.today()
    coverage, teams, per_team = _asked("coverage"), _asked("teams"), _asked("per_team")
    by, until = (typed_date(_asked(name), today, ahead=True) if _asked(name) else None
                 for name in ("by", "ration_until"))  # fmt: skip
    wanted = Wanted(
        typed_coverage(coverage) if coverage else None,
        by,
        cards(teams, least=1) if teams else None,
        cards(per_team, least=1) if per_team else None,
        until,
    )
    refuse_nonsense(wanted, today)
    return wanted


def _paper(known: _Known, seen: Seen, wanted: Wanted) -> PlanPaper:
    def of(whole: Answer) -> Any:
        return planned(whole, wanted, known.recorded, known.usual)

    return PlanPaper(of(seen.whole), seen.supposed, of(seen.supposed.before) if seen.supposed else None)


# --- What both pages show -------------------------------------------------------------------------


def _what_if(known: _Known, seen: Seen) -> dict[str, Any]:
    """The fields with what was typed into them, how far their sliders reach, and what the answer is beside what is."""
    status = seen.whole.status
    fields = {**_days_meant(known), **{name: value for name in FIELDS if (value := _asked(name))}}
    shown: dict[str, Any] = {
        "office": status.office,
        "status": status,
        "verdict": verdict(status),
        "refused": seen.refused,
        "fields": fields,
        "said": {name: said for name in DAYS if (said := _said(fields.get(name) or _asked(name)))},
        "reach": _reach(known.facts, status.cards_per_workday),
        "query": request.query_string.decode(),
        "supposed": None,
    }
    if seen.supposed:
        shown["supposed"] = {
            "sentences": [supposed_sentence(seen.supposed), in_one_sentence(seen.supposed)],
            "headers": figure_headers(),
            "rows": list(figure_rows(seen.supposed)),
            "remarks": remark_sentences(seen.supposed),
        }
    return shown


def _days_meant(known: _Known) -> dict[str, str]:
    """The days that stand in the fields before anybody types one: from the next open day on."""
    tomorrow = known.facts.as_of + ONE_DAY
    ahead = known.facts.calendar.next_open_days(tomorrow, LONG_EXTRA_WORKDAYS) or [tomorrow]
    first, last = ahead[0].isoformat(), ahead[-1].isoformat()
    return {"receive_on": first, "extra_from": first, "extra_to": last}


def _said(text: str) -> str:
    """A day as it is understood, with its weekday; nothing where it is none."""
    try:
        return long_day(typed_date(text, config.today(), ahead=True)) if text else ""
    except BlangkoError:
        return ""


def _reach(known: Facts, cards_per_workday: float | None) -> dict[str, int]:
    """How far the sliders reach: twice the usual use, and two batches."""
    use = max(20, 10 * round((cards_per_workday or 0) / 5))
    return {"use": use, "batch": 2 * known.settings.batch_cards}
