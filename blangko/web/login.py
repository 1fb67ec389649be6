"""The way in and out, where the page is open to others."""

from __future__ import annotations

from math import ceil
from typing import cast

from flask import Blueprint, current_app, flash, make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from blangko.web import guard, sessions
from blangko.web.throttle import Throttle
from blangko.words.language import _

pages = Blueprint("login", __name__)


@pages.route("/login", methods=["GET", "POST"])
def login() -> ResponseReturnValue:
    if guard.options().alone is not None:
        return redirect(url_for("today.home"))
    return _try() if request.method == "POST" else _shown()


@pages.post("/logout")
@guard.needs(None)
def logout() -> ResponseReturnValue:
    sessions.end()
    flash(_("You are logged out."), "written")
    return redirect(url_for("login.login"), code=303)


def _try() -> ResponseReturnValue:
    name, address = request.form.get("name", ""), request.remote_addr or ""
    wait = _throttle().begin(name, address, guard.options().clock())
    if wait:
        lines = [_("Too many wrong passphrases. Wait a little before the next try.")]
        return make_response(_shown(lines), 429, {"Retry-After": str(ceil(wait))})
    found = guard.options().let_in(name, request.form.get("passphrase", ""))
    if found is None:
        # Which of the two was wrong would tell a stranger who has an account.
        return _shown([_("There is no such account with that passphrase.")]), 403
    _throttle().was_right(name, address)
    sessions.begin(found)
    return redirect(_way_on(), code=303)


def _shown(refused: list[str] | None = None) -> str:
    return render_template(
        "login.html", refused=refused, name=request.form.get("name", ""), to=_way_on(), is_over="over" in request.args
    )


def _way_on() -> str:
    """The page that was asked for, if it is one of these: a link must lead nobody to another site after the login."""
    to = request.form.get("to") or request.args.get("to") or "/"
    is_ours = to.startswith("/") and not to.startswith("//") and "\\" not in to and to.isprintable()
    return to if is_ours else "/"


def _throttle() -> Throttle:
    return cast(Throttle, current_app.extensions.setdefault("blangko throttle", Throttle()))
