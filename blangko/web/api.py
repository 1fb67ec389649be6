"""The same answers for programs: the JSON of the command line, byte for byte, to read only; and whether all is well.

Whoever may see a page may ask here, with the same login. A refusal is JSON too, with the status that a page would have.
"""

from __future__ import annotations

from datetime import date

from flask import Blueprint, Response, request
from flask.typing import ResponseReturnValue
from werkzeug.exceptions import HTTPException

from blangko import config
from blangko.core.advice import advice
from blangko.core.answer import answer, forecast_days
from blangko.core.plan import plan as planned
from blangko.core.ration import ration
from blangko.core.target import Wanted
from blangko.errors import BackwardsPeriod, BlangkoError, BookUnreadable, Refused
from blangko.reports import machine
from blangko.reports.overview import overview_data
from blangko.reports.plan_data import plan_data
from blangko.stockroom import look, papers
from blangko.stockroom.offices import listed
from blangko.web import desk, guard
from blangko.words.refusals import told
from blangko.words.typed import typed_date

pages = Blueprint("api", __name__)


@pages.get("/api/status")
def status() -> ResponseReturnValue:
    with desk.opened() as book:
        known = look.facts(book, config.today(), clock=config.time_of_day())
        usual = look.printed_for(book, known)
    whole = answer(known)
    return _json(machine.status_answer(whole.status, advice(whole, ration(whole, printed_for=usual))))


@pages.get("/api/card")
def card() -> ResponseReturnValue:
    first, last = _day("from"), _day("to")
    if first and last and last < first:
        raise BackwardsPeriod(first=first, last=last)
    with desk.opened() as book:
        drawn = papers.stock_card(book, first, last, config.today())
    return _json(machine.card_data(drawn.rows))


@pages.get("/api/forecast")
def forecast() -> ResponseReturnValue:
    with desk.opened() as book:
        whole = answer(look.facts(book, config.today(), clock=config.time_of_day()))
    return _json(machine.forecast_data(whole.status, forecast_days(whole)))


@pages.get("/api/plan")
def plan() -> ResponseReturnValue:
    today = config.today()
    with desk.opened() as book:
        known = look.facts(book, today, clock=config.time_of_day())
        recorded, usual = look.recorded(book, today), look.printed_for(book, known)
    return _json(plan_data(planned(answer(known), Wanted(), recorded, usual)))


@pages.get("/api/overview")
def overview() -> ResponseReturnValue:
    return _json(overview_data(desk.all_offices()))


@pages.get("/health")
def health() -> ResponseReturnValue:
    """For a monitor, which need not log in and learns nothing else: whether the books can be read."""
    listed(guard.options().place)
    return _json({"schema": "blangko.health/1", "ok": True})


@pages.errorhandler(BlangkoError)
def _refused(error: BlangkoError) -> ResponseReturnValue:
    status = 503 if isinstance(error, BookUnreadable) else 409 if isinstance(error, Refused) else 400
    if request.endpoint == "api.health":
        return _json({"schema": "blangko.health/1", "ok": False}, 503)
    return _json({"schema": "blangko.refusal/1", "refused": machine.code_of(error), "told": told(error)}, status)


@pages.errorhandler(HTTPException)
def _stopped(error: HTTPException) -> ResponseReturnValue:
    said = str(error.name).lower().replace(" ", "_")
    return _json({"schema": "blangko.refusal/1", "refused": said, "told": []}, error.code or 500)


def _json(data: object, status: int = 200) -> Response:
    return Response(machine.as_json(data), status, mimetype="application/json")


def _day(name: str) -> date | None:
    text = request.args.get(name)
    return None if text is None else typed_date(text, config.today())
