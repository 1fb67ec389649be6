"""`account`: who may log in to the page from another machine."""

from __future__ import annotations

import sys
from typing import Annotated, Any

import typer
from typer import Argument, Option

from blangko import config
from blangko.cli.arguments import office_code
from blangko.cli.reading import Page, ReadingTask
from blangko.cli.screen import say, somebody_is_there
from blangko.core.accounts import ROLES
from blangko.errors import MissingWord, TooManyWords
from blangko.errors.web import PassphrasesDiffer
from blangko.stockroom import accounts
from blangko.stockroom.accounts import Keeping
from blangko.words.language import N_, _
from blangko.words.typed import one_of

commands = typer.Typer()
ADD, REMOVE, PASSPHRASE = ACTS = ("add", "remove", "passphrase")
ACTS_IN_INDONESIAN = {"tambah": ADD, "hapus": REMOVE, "sandi": PASSPHRASE}
ROLES_IN_INDONESIAN = {"petugas": "clerk", "kepala": "head", "pemeriksa": "auditor", "provinsi": "province"}


class AccountTask(ReadingTask):
    """Without words it answers; with them it changes something, and then there is nothing to save."""

    def invoke(self, ctx: Any) -> None:
        asked = {"--format": ctx.params["form"], "--output": ctx.params["output"]}
        given = [option for option, value in asked.items() if value is not None]
        if given and ctx.params["what"] is not None:
            raise TooManyWords(unexpected=given[0])
        super().invoke(ctx)


@commands.command("account", cls=AccountTask)
def account(
    ctx: typer.Context,
    what: Annotated[
        str | None,
        Argument(metavar=N_("[add|remove|passphrase]"), help=N_("what to do; a list of the accounts without")),
    ] = None,
    name: Annotated[str | None, Argument(metavar=N_("[NAME]"), help=N_("what the account is called"))] = None,
    role: Annotated[
        str | None,
        Option(
            "--role", metavar="ROLE", help=N_("clerk writes, head issues papers, auditor reads, province shares out")
        ),
    ] = None,
    office: Annotated[
        str | None, Option("--office", metavar="CODE", help=N_("the one it sees, 61.03, or a province: 61"))
    ] = None,
) -> Page | None:
    act = one_of("account", what, ACTS, ACTS_IN_INDONESIAN)
    keeping = Keeping(str(ctx.obj), config.accounts_place())
    if act != ADD and (role or office):
        raise TooManyWords(unexpected="--role" if role else "--office")
    if act is None:
        return _list(keeping)
    if name is None:
        raise MissingWord(missing=_("[NAME]"))
    if act == ADD:
        _add(keeping, name, role, office)
    elif act == REMOVE:
        say(_("Account {name} is taken away; it is let in no more.").format(name=accounts.remove(keeping, name).name))
    else:
        name = accounts.named(keeping, name).name
        accounts.change_passphrase(keeping, name, _passphrase())
        say(_("Account {name} has another passphrase; whoever was in with the old one is out.").format(name=name))
    return None


def _list(keeping: Keeping) -> Page:
    from blangko.reports.accounts import ACCOUNT_COLUMNS, account_rows, accounts_data, accounts_screen

    found = list(accounts.all_accounts(keeping).values())
    return Page(
        lambda: accounts_screen(found),
        lambda: accounts_data(found),
        lambda: (ACCOUNT_COLUMNS, account_rows(found)),
    )


def _add(keeping: Keeping, name: str, role: str | None, office: str | None) -> None:
    from blangko.reports.accounts import role_word, seen_by

    chosen = one_of("--role", role, ROLES, ROLES_IN_INDONESIAN)
    if chosen is None:
        raise MissingWord(missing="--role")
    code = office_code(office) if office else None
    added = accounts.add(keeping, accounts.free_name(keeping, name), chosen, code, _passphrase())
    said = _("Account {name} may log in to the page as {role}, for {office}.")
    say(said.format(name=added.name, role=role_word(added.role), office=seen_by(added)))


def _passphrase() -> str:
    """A passphrase typed twice without being shown; one line of what is piped in, where nobody sits there.

    Raises:
        PassphrasesDiffer: The second time it was another one.
    """
    if not somebody_is_there():
        return sys.stdin.readline().rstrip("\r\n")
    from getpass import getpass

    first = getpass(_("Passphrase") + ": ")
    if getpass(_("Once more") + ": ") != first:
        raise PassphrasesDiffer()
    return first
