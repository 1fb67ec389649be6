"""Who may come in: looked at before every request, and what every answer tells the browser to allow.

Host first: a name that somebody let lead to this machine (DNS rebinding) reads nothing. Then, for whatever writes,
where it comes from and the form's token; then who it is and what the role may.
"""

from __future__ import annotations

import hmac
import secrets
from collections.abc import Callable
from typing import Any, Literal, NoReturn, TypeVar, cast

from flask import Flask, Response, abort, current_app, g, redirect, request, session, url_for
from werkzeug.exceptions import MisdirectedRequest

from blangko.core.accounts import AUDITOR, PROVINCE, is_area, sees
from blangko.stockroom.offices import is_many
from blangko.web import sessions
from blangko.web.options import Person, WebOptions
from blangko.words.language import LANGUAGES, speak

POLICY = "; ".join(
    ("default-src 'none'", "script-src 'self'", "style-src 'self'", "img-src 'self' data:", "font-src 'self'",
     "connect-src 'self'", "form-action 'self'", "frame-ancestors 'none'", "base-uri 'none'")
)  # fmt: skip
HEADERS = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}
READING = ("GET", "HEAD", "OPTIONS")
OPEN = {"static", "login.login", "api.health"}
"""What is shown to somebody who has not logged in: style, script, the way in, whether all is well."""
Ability = Literal["write", "issue", "settings", "share"]
"""Enter what happened in the book; issue a paper; change the office's settings; share out cards among offices."""
ABILITIES: dict[str, tuple[Ability, ...]] = {
    "clerk": ("write", "settings"),
    "head": ("issue",),
    "auditor": (),
    "province": ("share",),
}
"""What each role may beyond reading; whoever is alone at the page may everything that the command line lets him."""
View = TypeVar("View", bound=Callable[..., Any])
LANGUAGE_COOKIE = "lang"
A_YEAR_SECONDS = 365 * 24 * 3600


def install(app: Flask) -> None:
    """Let every request pass here first, and every answer last."""
    app.before_request(_look)
    app.after_request(_headers)


def options() -> WebOptions:
    """How this page is served."""
    return cast(WebOptions, current_app.config["BLANGKO"])


def person() -> Person | None:
    """Who is at the page; None before the login."""
    return cast("Person | None", g.get("person"))


def token() -> str:
    """What every form of this session carries; a page of another site cannot know it."""
    if "token" not in session:
        session["token"] = secrets.token_urlsafe(24)
    return str(session["token"])


def new_key() -> str:
    """The key of one form: sent twice, it is written once."""
    return f"web {secrets.token_urlsafe(15)}"


def may(what: Ability) -> bool:
    """Whether the person at the page may do that here; nobody may where the page is shown to be read only."""
    who = person()
    if who is None or options().read_only:
        return False
    return options().alone is not None or what in ABILITIES.get(who.role, ())


def area() -> str | None:
    """The area whose offices the person looks after, such as 61; empty for all, None for somebody of one office."""
    who = person()
    if who is None or not is_many(options().place):
        return None
    if options().alone is not None:
        return ""
    return who.office_code or "" if who.role in (PROVINCE, AUDITOR) and is_area(who.office_code) else None


def may_see(code: str) -> bool:
    """Whether the person at the page sees the office of that code."""
    who = person()
    return who is not None and (options().alone is not None or sees(who.role, who.office_code, code))


def needs(what: Ability | None) -> Callable[[View], View]:
    """Say what somebody must be allowed who sends a form to this page; unsaid it is "write", and None is for anybody.

    It stands below the route: the route takes the function as this leaves it.
    """

    def said(view: View) -> View:
        view.needs = what  # type: ignore[attr-defined]
        return view

    return said


def _needed() -> Ability | None:
    """What the page that is asked for needs of whoever sends it a form."""
    view = current_app.view_functions.get(request.endpoint or "")
    return cast("Ability | None", getattr(view, "needs", "write"))


def for_programs(view: View) -> View:
    """Say that programs call this address, which bring a token of their own and no form; below the route."""
    view.takes_programs = True  # type: ignore[attr-defined]
    return view


def takes_programs() -> bool:
    """Whether this address is one that programs write to, which bring a token of their own and no form."""
    return bool(getattr(current_app.view_functions.get(request.endpoint or ""), "takes_programs", False))


def _look() -> None:
    if not takes_programs():
        _speak()
    if request.host not in options().hosts:
        raise MisdirectedRequest()
    if options().is_secure and not request.is_secure:
        # Somebody calls past the web server that stands in front.
        raise MisdirectedRequest()
    g.person = _who()
    if request.method not in READING and not takes_programs():
        _refuse_foreign()
    if g.person is None and request.endpoint not in OPEN and not takes_programs():
        _send_to_login()
    if request.method not in READING and request.endpoint not in OPEN and not takes_programs():
        _refuse_unless_allowed()


def _send_to_login() -> NoReturn:
    if request.endpoint is None:
        abort(404)
    if request.blueprint == "api":
        abort(401)
    # A form that comes too late leads to no page that could be shown after the login.
    is_form = request.method not in READING
    to = url_for("login.login", over=1) if is_form else url_for("login.login", to=request.full_path.rstrip("?"))
    abort(redirect(to, code=303))


def _refuse_unless_allowed() -> None:
    needed = _needed()
    if needed is not None and not may(needed):
        abort(403)


def _who() -> Person | None:
    alone = options().alone
    if alone is not None:
        return alone
    return sessions.person_there()


def _refuse_foreign() -> None:
    """Refuse a form that another site sends: by what the browser says of where it comes from, and by the token."""
    origin = request.headers.get("Origin")
    if origin is not None and origin != request.host_url.rstrip("/"):
        abort(400)
    if request.headers.get("Sec-Fetch-Site", "same-origin") not in ("same-origin", "none"):
        abort(400)
    if not hmac.compare_digest(request.form.get("token", "").encode(), str(session.get("token", "")).encode()):
        abort(400)
    if "token" not in session:
        abort(400)


def _speak() -> None:
    """The language of this request: the one asked for here, or last, or that of the browser."""
    asked = request.args.get("lang") or request.cookies.get(LANGUAGE_COOKIE)
    if asked not in LANGUAGES:
        asked = request.accept_languages.best_match(["id", "en"]) or _language_of_the_book()
    speak(asked)


def _language_of_the_book() -> str:
    from blangko.stockroom.look import spoken_language

    return spoken_language(options().place) or "en"


def _headers(answer: Response) -> Response:
    for name, value in HEADERS.items():
        answer.headers.setdefault(name, value)
    if request.endpoint != "static":
        answer.headers.setdefault("Cache-Control", "no-store")
    if options().is_secure:
        answer.headers.setdefault("Strict-Transport-Security", f"max-age={A_YEAR_SECONDS}")
    # A picture or a date is fetched in the language of its page, which is no choice of anybody's.
    if request.args.get("lang") in LANGUAGES and answer.mimetype == "text/html":
        answer.set_cookie(
            LANGUAGE_COOKIE, request.args["lang"], max_age=A_YEAR_SECONDS, httponly=True, samesite="Strict",
            secure=options().is_secure,
        )  # fmt: skip
    return answer
