"""The offices of a database: which they are, who is let in to which, and how they are spread over several servers."""

import sys
from typing import Annotated

import typer
from typer import Argument, Option

from blangko import config
from blangko.cli.arguments import office_code
from blangko.cli.reading import Page, ReadingTask
from blangko.errors import MissingWord, TooManyWords
from blangko.words.language import N_, _
from blangko.words.typed import one_of
from blangko.words.written import plain

commands = typer.Typer()
GRANT, DISTRIBUTE, TOKEN = "grant", "distribute", "token"
ROLES = ("clerk", "province", "auditor")


class OfficesTask(ReadingTask):
    """A list of offices, or SQL for whoever looks after the server."""

    more_forms = ("sql",)


@commands.command("offices", cls=OfficesTask)
def offices(
    ctx: typer.Context,
    what: Annotated[
        str | None,
        Argument(
            metavar=N_("[grant|distribute|token]"),
            help=N_("SQL for the server, or an office's token; a list of the offices without"),
        ),
    ] = None,
    role: Annotated[
        str | None,
        Argument(
            metavar=N_("[clerk|province|auditor]"),
            help=N_("who is let in, after grant; or the code, after token"),
        ),
    ] = None,
    code: Annotated[
        str | None, Argument(metavar=N_("[CODE]"), help=N_("a clerk's office, such as 61.03, or the province: 61"))
    ] = None,
    run: Annotated[bool, Option("--run", help=N_("run the statements of distribute, and not only print them"))] = False,
) -> Page:
    chosen = one_of("offices", what, (GRANT, DISTRIBUTE, TOKEN), {"beri": GRANT, "sebar": DISTRIBUTE})
    if run and chosen != DISTRIBUTE:
        raise TooManyWords(unexpected="--run")
    if chosen == GRANT:
        return _grant(role, code)
    if chosen == TOKEN:
        return _token(ctx.obj, role, code)
    if role is not None:
        raise TooManyWords(unexpected=role)
    if chosen is None:
        return _list(ctx.obj)
    return _distribution(ctx.obj, run)


def _list(place: str) -> Page:
    from blangko.reports.offices import OFFICE_COLUMNS, office_rows, offices_data, offices_screen
    from blangko.stockroom.offices import listed

    found = listed(place)
    return Page(
        lambda: offices_screen(found),
        lambda: offices_data(found),
        lambda: (OFFICE_COLUMNS, office_rows(found)),
    )


def _grant(role: str | None, code: str | None) -> Page:
    from blangko.stockroom.offices import granted

    synonyms = {"petugas": "clerk", "provinsi": "province", "pemeriksa": "auditor"}
    chosen = one_of("grant", role, ROLES, synonyms)
    if chosen is None:
        raise MissingWord(missing=_("[clerk|province|auditor]"))
    name, script = granted(chosen, _code(chosen, code))
    _say_beside(_("Let the owner of the tables run this with psql, and then give the role its password there:"))
    _say_beside(f'\\password "{name}"')
    return _sql([script])


def _token(place: str, code: str | None, more: str | None) -> Page:
    from blangko.stockroom.offices import let_in, new_token

    if code is None or more is not None:
        raise TooManyWords(unexpected=more) if more is not None else MissingWord(missing="CODE")
    office = office_code(code)
    token = new_token()

    def record() -> None:
        let_in(place, office, token, config.now_utc(), config.account())
        text = _("Office {office} sets this as BLANGKO_TOKEN for its push. It is told here once; another one ends it.")
        _say_beside(text.format(office=plain(office)))

    return Page(
        lambda: [token],
        lambda: {"schema": "blangko.token/1", "office": office, "token": token},
        lambda: (("office", "token"), [[office, token]]),
        record=record,
    )


def _code(role: str, code: str | None) -> str:
    """The code that goes with the role: a clerk's office, how a province's begin, none for the auditor."""
    if role == "auditor":
        if code is not None:
            raise TooManyWords(unexpected=code)
        return ""
    if code is None:
        raise MissingWord(missing="CODE")
    return office_code(code)


def _distribution(place: str, run: bool) -> Page:
    from blangko.stockroom.offices import distribute, distribution

    statements = distribute(place) if run else distribution()
    if run:
        _say_beside(_("The offices were spread over the servers with these statements:"))
    return _sql([f"{statement};" for statement in statements])


def _sql(statements: list[str]) -> Page:
    """SQL, one statement below the other, as it goes into psql."""
    text = "\n".join(statements)
    return Page(
        lambda: text.split("\n"),
        lambda: {"schema": "blangko.sql/1", "statements": statements},
        lambda: (("statement",), [[statement] for statement in statements]),
        files={"sql": lambda: f"{text}\n".encode()},
    )


def _say_beside(text: str) -> None:
    """Tell it beside the SQL, which can be piped on."""
    print(text, file=sys.stderr)
