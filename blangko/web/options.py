"""How the page is served: which book, under which names, to whom."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from blangko import config
from blangko.core.receipt import Receipt

MAX_UPLOAD_BYTES = 8 << 20
"""More than any clerk's workbook of ten years."""


class Person(NamedTuple):
    """Who is at the page: `name` as people write it, the `account` as the system knows it, a role, an office or none.

    `role` is clerk, head, auditor or province; whoever is alone at the page may do what the command line lets him.
    `stamp` changes with the passphrase.
    """

    name: str
    account: str
    role: str
    office_code: str | None = None
    stamp: str = ""


class WebOptions(NamedTuple):
    """How the page is served.

    `place` is the book's, or that of a database of several offices. `hosts` are the names, with their ports, by which a
    browser may call it. `secret` signs the sessions. `alone` is the one person of a page on loopback; None where people
    log in with `accounts`. `is_secure` says that browsers come by HTTPS.
    """

    place: str
    hosts: tuple[str, ...]
    secret: bytes
    alone: Person | None
    read_only: bool = False
    is_secure: bool = False
    behind_proxy: bool = False
    find_person: Callable[[str], Person | None] = lambda _: None
    """The person of an account's name, as it stands now; None where it was taken away."""
    let_in: Callable[[str, str], Person | None] = lambda *_: None
    """The person of an account's name and passphrase; None where they do not go together."""
    clock: Callable[[], float] = config.clock
    """This instant in seconds, for what expires."""
    sign: Callable[[Receipt], Receipt] = lambda receipt: receipt
    """Signs a receipt with the province's key, where offices push their books here."""
