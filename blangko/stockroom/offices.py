"""The offices that one place keeps the books of: which they are, who may see them, how they are spread over servers."""

from __future__ import annotations

from datetime import date

from blangko.core.offices import ListedOffice
from blangko.stockroom import open_book
from blangko.store import queries
from blangko.store.address import is_server, parted
from blangko.store.book import Connected

TOKEN_BYTES = 32


def listed(place: str) -> list[ListedOffice]:
    """All offices of a database that this account may see, by their codes; of a file the one."""
    with _opened(place) as opened, opened.reading():
        return [_listed(*row) for row in opened.execute(queries.OFFICE_LIST, {})]


def is_many(place: str) -> bool:
    """Whether the place is a database for several offices, none of which is named; how many it holds is not asked."""
    return is_server(place) and parted(place)[1] is None


def _opened(place: str) -> Connected:
    if not is_server(place):
        return open_book(place)
    from blangko.store.postgres import open_database

    return open_database(place)


def _listed(code: str, name: str | None, last_no: int, last_on: str | None, seal: str) -> ListedOffice:
    return ListedOffice(code, name or "", last_no, date.fromisoformat(last_on) if last_on else None, seal)


def granted(role: str, code: str) -> tuple[str, str]:
    """The name of a role on the server, and the SQL that lets it in; as in `store.roles`."""
    from blangko.store.roles import grant_script, role_name

    return role_name(role, code), grant_script(role, code)


def distribution() -> list[str]:
    """The statements that spread a database over the nodes of Citus."""
    from blangko.store.citus import statements

    return statements()


def distribute(place: str) -> list[str]:
    """Run them, but those of a run before that was cut short; those that were run now.

    Raises:
        NoCitus: The server has none.
        NotDistributed: It refused a statement; those before it stand.
    """
    from blangko.store.citus import run
    from blangko.store.postgres import open_database

    with open_database(place) as database:
        return run(database)


def new_token() -> str:
    """A token that nobody can guess, for the province's door; it is kept nowhere, so who loses it gets another one."""
    from secrets import token_urlsafe

    return token_urlsafe(TOKEN_BYTES)


def let_in(place: str, code: str, token: str, at: str, by: str) -> None:
    """Let an office in at the province's door by this token from now on; the one before lets nobody in any more.

    Args:
        place: The province's database.
        code: The office's; its book may be still to come.
        token: The new one.
        at: This instant, as the book records it.
        by: Who hands it out.
    """
    from blangko.store import tokens
    from blangko.store.postgres import prepared_database

    with prepared_database(place) as database:
        tokens.keep(database, code, token, at, by)
