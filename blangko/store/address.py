"""A book's place: a file, or a server's address, with the office of a database of several behind a "#"."""

from __future__ import annotations

import os
import re

_SCHEMES = ("postgresql://", "postgres://")
_OFFICE = re.compile(r"#([^#@/?&]*)$")
_PASSWORD = re.compile(r"(?<=://)([^:@/?#]*):.*@(?=[^@]*$)")
_PASSWORD_GIVEN = re.compile(r"(?<=[?&])[a-z]*password=[^&#]*&?")
_LEFT_OVER = re.compile(r"[?&]+(?=#|$)")


def is_server(place: str) -> bool:
    """Whether the place is an address, and no file."""
    return "://" in place


def is_postgres(place: str) -> bool:
    """Whether it is the address of a server that can keep books."""
    return place.startswith(_SCHEMES)


def parted(place: str) -> tuple[str, str | None]:
    """A server's address as its client library takes it, and the office that is named behind it."""
    from urllib.parse import unquote

    found = _OFFICE.search(place)
    return (place, None) if found is None else (place[: found.start()], unquote(found[1]) or None)


def with_office(place: str, code: str) -> str:
    """A server's address with that office behind it, in the place of any other; a file as it is."""
    if not is_server(place):
        return place
    from urllib.parse import quote

    # Whatever was typed for a code makes no other address of it.
    return f"{parted(place)[0]}#{quote(code, safe='')}"


def lasting(place: str) -> str:
    """The place as a scheduler or an icon keeps it: a file by its whole path, a server without its password."""
    return shown(place) if is_server(place) else os.path.abspath(place)


def shown(place: str) -> str:
    """The place as people are told of it: without any password."""
    if not is_server(place):
        return place
    return _LEFT_OVER.sub("", _PASSWORD_GIVEN.sub("", _PASSWORD.sub(r"\1@", place)))
