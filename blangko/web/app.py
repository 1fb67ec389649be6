"""The application: its pages, what stands around each of them, and how errors are shown."""

from __future__ import annotations

from importlib import import_module
from typing import Any
from urllib.parse import urlencode

from flask import Flask, current_app, make_response, render_template, request, url_for
from flask.typing import ResponseReturnValue
from werkzeug.exceptions import HTTPException
from werkzeug.routing import IntegerConverter, Map

from blangko import config
from blangko.core.numbers import LARGEST_NUMBER
from blangko.errors import BlangkoError, BookUnreadable, Refused
from blangko.web import guard, links
from blangko.web.options import MAX_UPLOAD_BYTES, WebOptions
from blangko.words import written
from blangko.words.language import N_, _, language
from blangko.words.refusals import told

PAGES = (
    "login",
    "today",
    "book",
    "moves",
    "care",
    "calendar",
    "requests",
    "door",
    "sheets",
    "outlook",
    "api",
    "province",
    "papers",
)
"""The modules of the pages; each has a Blueprint called `pages`."""
WAYS = (
    ("today.home", N_("Today")),
    ("book.home", N_("Book")),
    ("requests.home", N_("Requests")),
    ("calendar.home", N_("Calendar")),
    ("outlook.forecast", N_("Forecast")),
    ("outlook.plan", N_("Plan")),
    ("papers.home", N_("Reports")),
    ("sheets.home", N_("Import")),
    ("care.check", N_("Check")),
    ("care.settings", N_("Settings")),
    ("province.overview", N_("Overview")),
    ("province.allocate", N_("Share out")),
)
"""The pages in the order in which they stand at the head; one that is not there is left out."""
COOKIE = "blangko"


class Number(IntegerConverter):
    """A number in an address, of those that a book has room for; another one is no page."""

    def __init__(self, addresses: Map) -> None:
        super().__init__(addresses, max=LARGEST_NUMBER)


def create_app(options: WebOptions) -> Flask:
    """The page over one book, or over a database of several offices."""
    app = Flask("blangko.web", static_folder="static", template_folder="templates")
    app.config.update(
        SECRET_KEY=options.secret,
        SESSION_COOKIE_NAME=f"__Host-{COOKIE}" if options.is_secure else COOKIE,
        SESSION_COOKIE_HTTPONLY=True,
        SESSION_COOKIE_SAMESITE="Strict",
        SESSION_COOKIE_SECURE=options.is_secure,
        MAX_CONTENT_LENGTH=MAX_UPLOAD_BYTES,
        MAX_FORM_MEMORY_SIZE=MAX_UPLOAD_BYTES,
        MAX_FORM_PARTS=1000,
        TRUSTED_HOSTS=None,
        BLANGKO=options,
    )
    app.jinja_options = {"autoescape": True, "trim_blocks": True, "lstrip_blocks": True}
    app.url_map.converters["int"] = Number
    guard.install(app)
    _speak_in_templates(app)
    for name in PAGES:
        app.register_blueprint(import_module(f"blangko.web.{name}").pages)
    app.register_error_handler(BlangkoError, _refused)
    app.register_error_handler(HTTPException, _http_error)
    return app


def _speak_in_templates(app: Flask) -> None:
    app.jinja_env.globals.update(
        _=_,
        language=language,
        today=config.today,
        person=guard.person,
        may=guard.may,
        token=guard.token,
        new_key=guard.new_key,
        ways=ways,
        in_language=in_language,
    )
    app.jinja_env.filters.update(
        cards=written.cards,
        count=written.count,
        day=written.day,
        long_day=written.long_day,
        plain=written.plain,
        linked=links.linked,
    )
    app.context_processor(_around)


def ways() -> list[tuple[str, str]]:
    """The pages that this person may open, by endpoint, and what they are called."""
    known = current_app.view_functions
    return [(endpoint, _(word)) for endpoint, word in WAYS if endpoint in known and _is_for_this_person(endpoint)]


def _is_for_this_person(endpoint: str) -> bool:
    """Whether the page is of any use here: what stands about many offices is for whoever looks after them."""
    if endpoint == "sheets.home":
        return guard.may("write")
    return guard.area() is not None or not endpoint.startswith("province.")


def in_language(code: str) -> str:
    """The address of this page in another language; without what a form would write."""
    asked = {**request.args.to_dict(), "lang": code}
    # What is no page may be any address, one that a browser takes for another site's (/\evil.example) as well.
    is_page = request.endpoint is not None and request.method in guard.READING
    return f"{request.path if is_page else url_for('today.home')}?{urlencode(asked)}"


def _around() -> dict[str, Any]:
    return {"page_path": request.path, "read_only": guard.options().read_only}


def _refused(error: BlangkoError) -> ResponseReturnValue:
    """A refusal that no page shows beside its own form."""
    status = 409 if isinstance(error, Refused) else 503 if isinstance(error, BookUnreadable) else 400
    return make_response(render_template("refused.html", lines=told(error)), status)


def _http_error(error: HTTPException) -> ResponseReturnValue:
    lines = {
        400: [_("This form is too old, or does not come from this page. Open the page again.")],
        403: [_("This account may not do that.")],
        404: [_("There is no such page.")],
        405: [_("There is no such page.")],
        413: [_("That is too large for this page.")],
        421: [_("This page is not called by that name.")],
        429: [_("Too many wrong passphrases. Wait a little before the next try.")],
    }
    code = error.code or 500
    found = lines.get(code, [_("Something went wrong at the page; nothing was written.")])
    return make_response(render_template("refused.html", lines=found), code, dict(error.get_headers()[1:]))
