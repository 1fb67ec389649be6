"""The desk at the page: which book, who writes, and what happens around a form that writes."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

from flask import abort, flash, g, redirect, render_template, request, session
from flask.typing import ResponseReturnValue

from blangko import config
from blangko.core.answer import answer
from blangko.core.overview import Overview, matching
from blangko.errors import BlangkoError, MissingWord, Refused
from blangko.errors.rules import NameNeeded, NeedsYes, RestToCome
from blangko.reports.answer import follows
from blangko.reports.ledger import written
from blangko.reports.outcome import outcome, request_meant
from blangko.stockroom import Book, look, open_book
from blangko.stockroom.desk import Desk, Posted, writer
from blangko.stockroom.offices import is_many
from blangko.stockroom.overview import overview
from blangko.web import guard
from blangko.words.refusals import question_told, told
from blangko.words.typed import typed_date

Task = Callable[[Book, Desk], Posted]
Again = Callable[[list[str]], ResponseReturnValue]
"""Shows the form again, with what was typed in it and why it was refused."""


def place() -> str:
    """Where the book is whose page is shown: the one that is served, or that of the person's own office."""
    served = guard.options().place
    office = office_meant()
    return config.book_place(served, office) if office else served


def office_meant() -> str | None:
    """The office whose book is shown: the person's own; of several the one that was chosen last.

    Whoever names one that the account does not see, in whatever form, is turned away.
    """
    who, area = guard.person(), guard.area()
    chosen = request.args.get("office") or request.form.get("office")
    if chosen and not guard.may_see(chosen):
        abort(403)
    if area is None:
        return who.office_code if who and "://" in guard.options().place else None
    if chosen is None:
        chosen = session.get("office")
    else:
        session["office"] = chosen
    # Forms carry it: somebody may choose another office in another window before this one is sent.
    g.office = meant = chosen if chosen and guard.may_see(chosen) else None
    return meant


def all_offices() -> Overview:
    """All offices that the person looks after; of somebody who works at one office, that one."""
    area = guard.area()
    if area is None:
        one = place()
        if is_many(one):
            abort(403)
        return overview(one, config.today(), config.time_of_day(), config.local_day)
    shown = overview(guard.options().place, config.today(), config.time_of_day(), config.local_day)
    return matching(shown, within=area) if area else shown


def opened() -> Book:
    """The book of the page, open; a context manager."""
    return open_book(place())


def typed(name: str) -> str | None:
    """What was typed into a field; None where nothing was."""
    return request.form.get(name, "").strip() or None


def needed(name: str, word: str) -> str:
    """What was typed into a field that must not be empty, which the page calls by that word.

    Raises:
        MissingWord: It is empty.
    """
    text = typed(name)
    if text is None:
        raise MissingWord(missing=word)
    return text


def typed_day(name: str, ahead: bool = False) -> date:
    """The day in a field, today where it is empty.

    Raises:
        NotADate: It is none.
    """
    text = typed(name)
    return typed_date(text, config.today(), ahead=ahead) if text else config.today()


def day_ahead(name: str) -> date | None:
    """The day in a field, which may lie ahead; None where it is empty.

    Raises:
        NotADate: It is none.
    """
    return typed_day(name, ahead=True) if typed(name) else None


def desk() -> Desk:
    """Who writes: the person at the page, under the key of the form."""
    who = guard.person()
    if who is None:
        abort(403)
    key = request.form.get("key", "").strip() or None
    # Whoever is alone at the page has no account, and says the name where the office wants one.
    name = who.name or (typed("by") or "" if guard.options().alone else "")
    said = writer(name, who.account)
    return Desk(config.today(), config.now_utc(), said, typed("note"), key, "yes" in request.form, bool(name))


def write(prepare: Callable[[], Task], again: Again, to: str) -> ResponseReturnValue:
    """Do what a form asks for, as one transaction, and go on to the page `to`, which tells what was written.

    Args:
        prepare: Reads the form; whatever is wrong in it is refused beside the form.
        again: Shows the form again.
        to: The address of the page that is shown afterwards, so that a reload writes nothing.
    """
    try:
        task = prepare()
        with opened() as book:
            posted = task(book, desk())
            _tell(book, posted)
    except NeedsYes as doubts:
        reasons = [question_told(question) for question in doubts.questions]
        rest = any(isinstance(question, RestToCome) for question in doubts.questions)
        return _second_step(reasons, to, rest_may_come=rest)
    except NameNeeded as error:
        return _second_step(told(error)[:1], to, ("by",), step="named", wants_name=True)
    except BlangkoError as error:
        shown = again(told(error))
        return (shown, 409 if isinstance(error, Refused) else 400) if isinstance(shown, str) else shown
    return redirect(to, code=303)


def _second_step(reasons: list[str], back: str, asked: tuple[str, ...] = (), **more: Any) -> ResponseReturnValue:
    """A page that asks once more before what was typed is written; the fields that are `asked` there begin empty."""
    anew = ("token", "yes", *asked)
    kept = [(name, value) for name, value in request.form.items(multi=True) if name not in anew]
    return render_template("confirm.html", reasons=reasons, kept=kept, back=back, **more), 409


def _tell(book: Book, posted: Posted) -> None:
    """Keep for the next page what was written, and what follows from it."""
    for sentence in written(posted.entries):
        flash(sentence, "written")
    try:
        known = look.facts(book, config.today(), posted, clock=config.time_of_day())
        status, number = answer(known).status, request_meant(posted.entries)
        meant = look.request_of(book, number) if number else None
        for sentence in (*outcome(posted.entries, known, status, meant), follows(status)):
            flash(sentence, "follows")
    except BlangkoError as error:
        # The entry stands. A page of refusal would have it written a second time.
        for sentence in told(error):
            flash(sentence, "follows")
