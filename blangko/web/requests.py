"""Permohonan: ask with the sum, hear what is granted, receive, close; and the cards that are lent and borrowed."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, abort, render_template, request, url_for
from flask.typing import ResponseReturnValue

from blangko import config
from blangko.core.answer import answer
from blangko.core.columns import LOAN
from blangko.core.entry import Entry, movement
from blangko.core.numbers import cards, whole_number
from blangko.core.requests import MORE_COMES
from blangko.core.requests import Request as Asked
from blangko.reports.answer import loans, on_order, verdict
from blangko.reports.ledger import request_line
from blangko.reports.request_box import box_note, box_rows
from blangko.reports.summary import request_cells, request_headings
from blangko.stockroom import look, papers, tasks
from blangko.stockroom.post import post
from blangko.web import desk, guard
from blangko.web.desk import Task, needed, typed
from blangko.words.language import N_, _

pages = Blueprint("requests", __name__)
DEEDS = {
    "ask": N_("Ask for cards"),
    "receive": N_("Receive"),
    "grant": N_("A grant"),
    "close": N_("Close a request"),
    "lend": N_("Lend, or give back"),
    "borrow": N_("Borrow, or get back"),
}
"""What can be written on this page, and what each is called."""
ANY, NONE = "", "0"
"""Of a form: the oldest open request, and none of them."""


@pages.get("/requests")
def home() -> ResponseReturnValue:
    deed = request.args.get("do", "ask")
    return _shown(deed if deed in DEEDS else "ask")


@pages.post("/requests/<deed>")
def written(deed: str) -> ResponseReturnValue:
    if deed not in DEEDS:
        abort(404)
    return desk.write(TASKS[deed], lambda lines: _shown(deed, lines), url_for("requests.home"))


def _shown(deed: str, refused: list[str] | None = None) -> str:
    today = config.today()
    with desk.opened() as book, book.reading():
        known = look.facts(book, today, clock=config.time_of_day())
        drawn = papers.summary(book, today, today, today)
    status = answer(known).status
    open_ones = [each for each in known.requests if each.is_open]
    return render_template(
        "requests.html",
        deed=deed,
        deeds=[(each, _(word)) for each, word in DEEDS.items()],
        verdict=verdict(status),
        level=status.level,
        on_order=on_order(status),
        sum=box_rows(drawn),
        sum_note=box_note(drawn),
        proposed=status.request_cards or known.settings.batch_cards,
        addressee=known.settings.addressee,
        open_ones=[(each.request_no, request_line(each)) for each in open_ones],
        headings=request_headings(),
        rows=[(each.request_no, request_cells(each, status)) for each in reversed(known.requests)],
        loans=loans(status),
        parties=sorted(known.loans),
        on=request.form.get("on", ""),
        chosen=request.form.get("request", request.args.get("request", ANY)),
        giver=_giver(open_ones),
        typed=request.form,
        refused=refused,
        may_write=guard.may("write"),
    )


def _giver(open_ones: list[Asked]) -> str:
    """Who was asked by the request that is meant: the one that was clicked, else the oldest open one."""
    number = request.args.get("request", "")
    meant = [each for each in open_ones if str(each.request_no) == number] or open_ones
    return (meant[0].party or "") if meant else ""


def _ask() -> Task:
    number = typed("cards")
    draft = Entry(
        "request",
        desk.typed_day("on"),
        cards=cards(number, least=1) if number else None,
        due_on=desk.day_ahead("due"),
        reference=typed("reference"),
        party=typed("party"),
    )
    return lambda book, who: tasks.ask(book, who, draft)


def _grant() -> Task:
    draft = Entry(
        "grant",
        desk.typed_day("on"),
        cards=cards(_number()),
        due_on=desk.day_ahead("due"),
        reference=typed("reference"),
        subject=MORE_COMES if typed("more") else None,
    )
    meant = _request_meant()
    return lambda book, who: tasks.answer_request(book, who, draft, meant)


def _close() -> Task:
    draft, meant = Entry("close", desk.typed_day("on"), note=needed("reason", _("Reason"))), _request_meant()
    return lambda book, who: tasks.answer_request(book, who, draft, meant)


def _receive() -> Task:
    draft = _moved("receive", party=typed("party"))
    answered, more = _request_meant(), bool(typed("more"))
    return lambda book, who: tasks.receive(book, who, draft, answered, more)


def _lend() -> Task:
    draft = _moved("send", party=needed("party", _("To whom")), purpose=LOAN)
    return lambda book, who: post(book, who, [draft])


def _borrow() -> Task:
    draft = _moved("receive", party=needed("party", _("From whom")), purpose=LOAN)
    return lambda book, who: tasks.receive(book, who, draft, None, False)


def _moved(kind: str, **details: Any) -> Entry:
    return movement(kind, desk.typed_day("on"), cards(_number(), least=1), reference=typed("reference"), **details)


def _number() -> str:
    return needed("cards", _("How many cards"))


def _request_meant() -> int | None:
    """The request that was chosen; 0 for none, None for the oldest open one."""
    number = typed("request")
    return whole_number(number) if number else None


TASKS = {"ask": _ask, "receive": _receive, "grant": _grant, "close": _close, "lend": _lend, "borrow": _borrow}
