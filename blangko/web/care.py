"""Periksa: the proof that the book is whole, its copies, and the marks; Pengaturan: the office's choices."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable
from threading import Lock
from typing import Any, cast

from flask import Blueprint, Response, current_app, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from blangko import config
from blangko.core.seal import Mark
from blangko.core.settings import Settings, setting_name
from blangko.errors import BlangkoError
from blangko.exchange.mark import LARGEST_FILE_BYTES, mark_file, mark_in
from blangko.exchange.receipts import seen_beside
from blangko.reports.answer import identity_sides
from blangko.reports.audit import agreed, audit_verdict, findings_told, held_by
from blangko.reports.settings import MEANINGS, settings_rows
from blangko.stockroom import copies, look, proof, tasks
from blangko.stockroom.proof import Examination
from blangko.web import desk, guard
from blangko.web.desk import Task, needed
from blangko.words.language import _
from blangko.words.refusals import told
from blangko.words.settings import setting_word, value_word
from blangko.words.written import count, plain

pages = Blueprint("care", __name__)
FORMS_REMEMBERED = 40
"""A form that is sent again comes soon: so many others may come in between."""
_COPIES_MADE = "blangko.copies"
_COPYING = Lock()


@pages.record_once
def _remember_copies(state: Any) -> None:
    state.app.extensions[_COPIES_MADE] = deque(maxlen=FORMS_REMEMBERED)


# --- Periksa --------------------------------------------------------------------------------------


@pages.get("/check")
def check() -> ResponseReturnValue:
    """The page; with `examine` the whole book is looked at, with a `code` it is compared with a paper."""
    return _answered(lambda: _compared(request.args["code"]) if request.args.get("code", "").strip() else _looked_at())


@pages.post("/check/mark")
@guard.needs(None)
def compare() -> ResponseReturnValue:
    """The book compared with a mark that was kept elsewhere; nothing is written."""
    return _answered(lambda: _examined(_mark_brought()))


@pages.get("/check/mark")
def mark() -> ResponseReturnValue:
    """The mark of the book that was just proved, to be kept elsewhere."""
    seen = _seen(None)
    if not seen.ok or seen.mark is None:
        return redirect(url_for("care.check", examine="yes"))
    name = f"blangko-{seen.mark.office_code}-{seen.mark.entry_no}.mark"
    found = Response(mark_file(seen.mark), mimetype="application/json")
    found.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return found


@pages.post("/check/copy")
def copy() -> ResponseReturnValue:
    return _answered(_copied)


def _answered(look_at: Callable[[], dict[str, Any] | Response]) -> ResponseReturnValue:
    """The page with what was found, or with why it could not be looked for."""
    try:
        found = look_at()
    except BlangkoError as error:
        return _check_page(refused=told(error)), 400
    return _check_page(**found) if isinstance(found, dict) else found


def _check_page(**found: Any) -> str:
    with desk.opened() as book:
        kept = copies.copies_kept(book)
    return render_template(
        "check.html", copies=kept, code=request.args.get("code", ""), may_write=guard.may("write"), **found
    )


def _looked_at() -> dict[str, Any]:
    return _examined(None) if "examine" in request.args else {}


def _examined(mark: Mark | None) -> dict[str, Any]:
    seen = _seen(mark)
    return {
        "verdict": audit_verdict(seen.findings, seen.entries),
        "is_whole": seen.ok,
        "held": held_by(seen.anchored) if seen.anchored else "",
        "findings": findings_told(seen.findings),
        "identity": identity_sides(seen.balance),
    }


def _seen(mark: Mark | None) -> Examination:
    place = desk.place()
    with desk.opened() as book:
        return proof.verified(
            book, config.today(), mark, lambda: seen_beside(place, book.office_code, config.local_day)
        )


def _compared(code: str) -> dict[str, Any]:
    with desk.opened() as book:
        read, since = proof.agrees(book, code.strip())
    return {"agreed": agreed(code.strip(), read, since)}


def _mark_brought() -> Mark:
    """The mark in the file that was sent.

    Raises:
        BadMark: It holds none.
    """
    sent = request.files.get("mark")
    held = sent.stream.read(LARGEST_FILE_BYTES) if sent else b""
    return mark_in(held, (sent.filename if sent else "") or "-")


def _copied() -> Response:
    """Make the copy that the form asks for, once however often it is sent."""
    made, key = cast("deque[tuple[str, str]]", current_app.extensions[_COPIES_MADE]), needed("key", _("Key"))
    with _COPYING:
        said = dict(made).get(key) or _new_copy()
        made.append((key, said))
    flash(said, "written")
    return cast(Response, redirect(url_for("care.check"), code=303))


def _new_copy() -> str:
    """Copy the book and prove the copy; what is said of it."""
    with desk.opened() as book:
        beside = book.copies_beside()
        target = copies.backup_place(beside, config.now_utc())
        entries = copies.backup(book, target, config.today())
    copies.forget_old_backups(beside)
    return _("Copied and proved: {n} entries in {path}").format(n=count(entries), path=plain(target))


# --- Pengaturan -----------------------------------------------------------------------------------


@pages.get("/settings")
def settings() -> ResponseReturnValue:
    return _settings_page()


@pages.post("/settings")
@guard.needs("settings")
def change() -> ResponseReturnValue:
    return desk.write(_changed, _settings_page, url_for("care.settings"))


def _changed() -> Task:
    name, value, on = setting_name(needed("name", _("Setting"))), request.form.get("value", ""), desk.typed_day("on")
    return lambda book, who: tasks.change_setting(book, who, on, name, value)


def _settings_page(refused: list[str] | None = None) -> str:
    with desk.opened() as book:
        statements = look.setting_statements(book)
    rows = settings_rows(statements)
    asked = request.form.get("name", request.args.get("name", ""))
    meant = asked if asked in Settings._fields else None
    held = {name: value_word(name, text).replace("\n", "\\n") for name, text, *_stated in rows}
    return render_template(
        "settings.html",
        rows=[(name, setting_word(name), held[name], on, by, _(MEANINGS[name])) for name, _text, on, by in rows],
        meant=meant,
        word=setting_word(meant) if meant else "",
        meaning=_(MEANINGS[meant]) if meant else "",
        value=request.form.get("value", held[meant]) if meant else "",
        may_be_none=Settings._field_defaults.get(meant or "", "") in (None, ()),
        typed=request.form,
        refused=refused,
        may_change=guard.may("settings"),
    )
