"""Ikhtisar and Bagi: all offices beside each other, the most urgent first, and cards shared out among them."""

from __future__ import annotations

import json
from collections.abc import Callable
from hashlib import sha256
from typing import Any, NamedTuple
from urllib.parse import urlencode

from flask import Blueprint, abort, current_app, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from blangko import config
from blangko.core.overview import GROUPS, Overview, matching
from blangko.core.sharing import LOT_CARDS, Terms, typed_terms
from blangko.errors import BlangkoError, Refused
from blangko.errors.server import OfficeNotNamed
from blangko.reports import overview as words
from blangko.reports.allocation import Told, how_far
from blangko.reports.allocation_page import allocation_page, allocation_pdf
from blangko.reports.allocation_workbook import allocation_workbook
from blangko.reports.overview_page import overview_page, overview_pdf
from blangko.reports.overview_workbook import overview_workbook
from blangko.stockroom.allocation import Found, Grant, grants_recorded, shared_out, shares_to_write, usual_key
from blangko.web import desk, guard
from blangko.web.files import download
from blangko.words.language import _
from blangko.words.refusals import told
from blangko.words.typed import typed_date
from blangko.words.written import count

pages = Blueprint("province", __name__)
OVERVIEW_FILES: dict[str, Callable[[Overview], bytes]] = {"pdf": overview_pdf, "xlsx": overview_workbook}
ALLOCATION_FILES: dict[str, Callable[[Told], bytes]] = {"pdf": allocation_pdf, "xlsx": allocation_workbook}
FIELDS = ("n", "lot", "at_least", "least", "most", "loans", "keep", "due", "ref", "key")


class Asked(NamedTuple):
    """An allocation as somebody asks for it: the terms, what is written besides the cards, and the key of it all."""

    terms: Terms
    grant: Grant
    key: str


@pages.app_errorhandler(OfficeNotNamed)
def _choose(_error: OfficeNotNamed) -> ResponseReturnValue:
    """Whoever looks after many offices chooses one first."""
    return redirect(url_for("province.overview"), code=303)


def _area() -> str:
    """How the codes of the person's offices begin."""
    area = guard.area()
    if area is None:
        abort(404)
    return area


# --- Ikhtisar -------------------------------------------------------------------------------------


@pages.get("/overview")
def overview() -> ResponseReturnValue:
    found = _offices()
    return render_template(
        "overview.html",
        page=overview_page(found),
        sums=words.sums(found),
        codes=[[row.code for row in rows] for _heading, rows in words.groups(found.rows)],
        groups=[(group, words.group_word(group)) for group in GROUPS],
        explained=_explained,
        files=OVERVIEW_FILES,
    )


@pages.get("/overview.<form>")
def overview_file(form: str) -> ResponseReturnValue:
    """The offices that are shown, as a file."""
    found = _offices()
    if form not in OVERVIEW_FILES:
        abort(404)
    return download(OVERVIEW_FILES[form](found), "overview", form)


def _offices() -> Overview:
    """The person's offices, those that are looked for alone where some are."""
    _area()
    return matching(desk.all_offices(), request.args.get("q", ""), request.args.get("group", ""))


def _explained(code: str) -> str:
    """Where the sums of an office's figures stand."""
    if "outlook.forecast" in current_app.view_functions:
        return url_for("outlook.forecast", office=code, explain=1, _anchor="steps")
    return url_for("today.home", office=code)


# --- Bagi -----------------------------------------------------------------------------------------


@pages.get("/allocate")
def allocate() -> ResponseReturnValue:
    """What each office would get; nothing is written by looking."""
    _area()
    try:
        asked = _asked(request.args) if request.args.get("n", "").strip() else None
        return _shown(asked, _found(asked) if asked else None)
    except BlangkoError as error:
        return _shown(refused=told(error)), 409 if isinstance(error, Refused) else 400


@pages.get("/allocate.<form>")
def allocate_file(form: str) -> ResponseReturnValue:
    """The allocation that is shown, as a file."""
    _area()
    if form not in ALLOCATION_FILES:
        abort(404)
    asked = _asked(request.args)
    return download(ALLOCATION_FILES[form](_told(asked, _found(asked))), "allocation", form)


@pages.post("/allocate/record")
@guard.needs("share")
def record() -> ResponseReturnValue:
    """Write each part into its book, where the allocation is still the one that was looked at."""
    try:
        asked = _asked(request.form)
        found = _found(asked)
        if request.form.get("seen") != _mark(found):
            changed = _("The books have changed since this was shown. Look at it again; nothing has been written.")
            return _shown(asked, found, [changed]), 409
        _record(asked, found)
    except BlangkoError as error:
        return _shown(refused=told(error)), 409 if isinstance(error, Refused) else 400
    return redirect(f"{url_for('province.allocate')}?{urlencode(_typed(request.form))}", code=303)


def _record(asked: Asked, found: Found) -> None:
    """Write the grants, and keep for the next page how far it came, however it ended."""
    done, meant = 0, len(shares_to_write(found))
    try:
        for _share in grants_recorded(guard.options().place, desk.desk()._replace(key=asked.key), found, asked.grant):
            done += 1
    finally:
        flash(how_far(done, meant), "written")


def _shown(asked: Asked | None = None, found: Found | None = None, refused: list[str] | None = None) -> str:
    page = notes = None
    if asked and found:
        page = allocation_page(_told(asked, found))
        notes = [*page.notes, *_of_what_is_written(found)]
    return render_template(
        "allocate.html",
        page=page,
        notes=notes,
        to_write=len(shares_to_write(found)) if found else 0,
        mark=_mark(found) if found else "",
        fields=_typed(request.values),
        lot=count(LOT_CARDS),
        refused=refused,
        files=ALLOCATION_FILES,
    )


def _told(asked: Asked, found: Found) -> Told:
    return Told(found.shared, None, asked.key, found.written, False, found.elsewhere)


def _of_what_is_written(found: Found) -> list[str]:
    if not found.written:
        return []
    return [_("Offices with their part in the book already: {n}. Another allocation needs a key of its own.").format(
        n=count(len(found.written)))]  # fmt: skip


def _typed(form: Any) -> dict[str, str]:
    """What was typed into the fields, but for those left empty."""
    return {name: form.get(name, "").strip() for name in FIELDS if form.get(name, "").strip()}


def _asked(form: Any) -> Asked:
    """The allocation as it was typed.

    Raises:
        BlangkoError: Something in it is no number or no day.
    """
    given = _typed(form)
    terms = typed_terms(
        given.get("n", ""), given.get("lot"), given.get("at_least"), given.get("least", "").split(),
        given.get("most", "").split(), "loans" in given, given.get("keep") if "loans" in given else None,
    )  # fmt: skip
    terms = terms._replace(lot_cards=terms.lot_cards or LOT_CARDS)
    today, due = config.today(), given.get("due")
    own_request = _("the province's own request: the office had none open")
    grant = Grant(today, typed_date(due, today, ahead=True) if due else None, given.get("ref"), own_request)
    return Asked(terms, grant, given.get("key") or usual_key(today, terms))


def _found(asked: Asked) -> Found:
    return shared_out(guard.options().place, asked.grant.on, asked.terms, asked.key, _area())


def _mark(found: Found) -> str:
    """What tells one allocation from another."""
    parts = [(each.holding.code, each.given_cards) for each in found.shared.shares]
    return sha256(json.dumps(parts).encode()).hexdigest()
