"""Who is logged in: a signed cookie says which account, since when, and under which passphrase.

It holds no secret and is good for a working day at most. What was logged out stays out, even where somebody kept a copy
of the cookie; that alone is kept in memory, since a restart is no logout.
"""

from __future__ import annotations

import secrets
from typing import cast

from flask import current_app, session

from blangko.web.options import Person, WebOptions

IDLE_SECONDS = 2 * 3600
LONGEST_SECONDS = 12 * 3600
SEEN_EVERY_SECONDS = 60
"""The cookie is not written anew for every picture of a page."""
ENDED = "blangko sessions that ended"


def begin(person: Person) -> None:
    """Log somebody in, with a session and a form's token that nobody knew before."""
    now = _options().clock()
    session.clear()
    session.update(
        account=person.name, stamp=person.stamp, since=now, seen=now, number=secrets.token_urlsafe(12),
        token=secrets.token_urlsafe(24),
    )  # fmt: skip


def end() -> None:
    """Log out whoever is logged in."""
    now = _options().clock()
    ended = _ended()
    for number in [each for each, until in list(ended.items()) if until < now]:
        ended.pop(number, None)
    ended[str(session.get("number"))] = now + LONGEST_SECONDS
    session.clear()


def person_there() -> Person | None:
    """Who is logged in, as the account stands now; None where nobody is, or not any more."""
    name, since, seen = session.get("account"), session.get("since"), session.get("seen")
    if not isinstance(name, str) or not isinstance(since, float) or not isinstance(seen, float):
        return None
    now = _options().clock()
    if not since <= now < since + LONGEST_SECONDS or now >= seen + IDLE_SECONDS or session.get("number") in _ended():
        return None
    found = _options().find_person(name)
    if found is None or found.stamp != session.get("stamp"):
        return None
    if now >= seen + SEEN_EVERY_SECONDS:
        session["seen"] = now
    return found


def _options() -> WebOptions:
    return cast(WebOptions, current_app.config["BLANGKO"])


def _ended() -> dict[str, float]:
    """The numbers of the sessions that were logged out, with the instant from which they are over by themselves."""
    return cast("dict[str, float]", current_app.extensions.setdefault(ENDED, {}))
