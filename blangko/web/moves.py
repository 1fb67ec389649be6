"""What else is written into the book: movements, what was counted or announced, how many people, and the opening."""

from __future__ import annotations

from collections.abc import Sequence

from flask import Blueprint, abort, render_template, request, url_for
from flask.typing import ResponseReturnValue

from blangko.core.campaigns import campaign_stated
from blangko.core.columns import BACKLOG, GIVEN_BACK, POPULATION, SPOIL_CAUSES, SPOILED
from blangko.core.entry import Entry, movement
from blangko.core.numbers import cards
from blangko.errors import MissingWord
from blangko.stockroom import tasks
from blangko.stockroom.post import post
from blangko.web import desk, guard
from blangko.web.desk import Task, needed, typed
from blangko.words.causes import spoil_cause
from blangko.words.figures import figure_word
from blangko.words.language import N_, _

pages = Blueprint("moves", __name__)
DEEDS = {
    "count": N_("Stock count"),
    "spoil": N_("Spoiled"),
    "destroy": N_("Destroy"),
    "send": N_("Send"),
    "lose": N_("Lost or stolen"),
    "backlog": N_("Who waits"),
    "population": N_("Population figures"),
    "campaign": N_("Campaign"),
    "opening": N_("Opening"),
}
"""What can be written on this page, and what each is called."""


@pages.get("/book/write")
def home() -> ResponseReturnValue:
    deed = request.args.get("do", "count")
    return _shown(deed if deed in DEEDS else "count")


@pages.post("/book/write/<deed>")
def written(deed: str) -> ResponseReturnValue:
    if deed not in DEEDS:
        abort(404)
    return desk.write(TASKS[deed], lambda lines: _shown(deed, lines), url_for("moves.home", do=deed))


def _shown(deed: str, refused: list[str] | None = None) -> str:
    return render_template(
        "moves.html",
        deed=deed,
        deeds=[(each, _(word)) for each, word in DEEDS.items()],
        causes=[(cause, spoil_cause(cause)) for cause in SPOIL_CAUSES],
        on=request.form.get("on", ""),
        typed=request.form,
        refused=refused,
        may_write=guard.may("write"),
    )


def _number(least: int = 1) -> int:
    return cards(needed("cards", _("How many cards")), least)


def _count() -> Task:
    on, counted = desk.typed_day("on"), _number(0)
    adjust, reason = bool(typed("adjust")), needed("reason", _("Reason")) if typed("adjust") else typed("reason")
    return lambda book, who: tasks.count(book, who, on, counted, adjust, reason)


def _spoil() -> Task:
    cause = typed("cause")
    draft = movement("spoil", desk.typed_day("on"), _number(), reference=typed("reference"))
    return _one(draft._replace(cause=cause if cause in SPOIL_CAUSES else None))


def _destroy() -> Task:
    record = needed("reference", _("Number of the minutes"))
    return _one(movement("destroy", desk.typed_day("on"), _number(), reference=record, note=typed("method")))


def _send() -> Task:
    draft = movement(
        "send",
        desk.typed_day("on"),
        _number(),
        party=needed("party", _("To whom")),
        reference=typed("reference"),
        purpose=GIVEN_BACK if typed("back") else None,
    )
    return _one(_from_pile(draft))


def _lose() -> Task:
    record = needed("reference", _("Number of the report"))
    return _one(_from_pile(movement("lose", desk.typed_day("on"), _number(), reference=record)))


def _from_pile(draft: Entry) -> Entry:
    return draft._replace(from_place=SPOILED) if typed("spoiled") else draft


def _one(draft: Entry) -> Task:
    return lambda book, who: post(book, who, [draft])


def _backlog() -> Task:
    return _levels("backlog", BACKLOG)


def _population() -> Task:
    return _levels("population", POPULATION)


def _levels(kind: str, names: Sequence[str]) -> Task:
    """Levels on a day, one entry for each figure that was typed."""
    given = {name: cards(text) for name in names if (text := typed(name)) is not None}
    if not given:
        raise MissingWord(missing=", ".join(map(figure_word, names)))
    on = desk.typed_day("on")
    drafts = [Entry(kind, on, subject=name, value=str(number)) for name, number in given.items()]
    return lambda book, who: post(book, who, drafts)


def _campaign() -> Task:
    first, last = desk.typed_day("from", ahead=True), desk.typed_day("until", ahead=True)
    reason = needed("reason", _("Reason"))
    return _one(campaign_stated(desk.typed_day("on"), _number(), first, last, reason))


def _opening() -> Task:
    drafts = tasks.opening_drafts(desk.typed_day("on"), _number(0), cards(typed("held") or "0"))
    return lambda book, who: tasks.reopen(book, who, drafts)


TASKS = {
    "count": _count,
    "spoil": _spoil,
    "destroy": _destroy,
    "send": _send,
    "lose": _lose,
    "backlog": _backlog,
    "population": _population,
    "campaign": _campaign,
    "opening": _opening,
}
