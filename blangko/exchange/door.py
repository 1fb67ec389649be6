"""The province's door over HTTPS: what an office asks it, sends it and fetches from it, whatever answers.

`GET /push?office=61.03&at=230` tells how far the province has the book, `POST /push` takes a message and answers with
a receipt, `GET /pull?office=61.03&from=231` gives a message back. The office is known by a token, a bearer's (RFC
6750), so nothing is sent where others could read it on the way, and none to where an answer would lead on.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode, urlsplit

from blangko.core.message import Held
from blangko.core.receipt import Receipt
from blangko.errors import reason_of
from blangko.errors.province import BadReceipt, BadTarget, EntriesLacking, Forked, NotReached, TurnedAway
from blangko.exchange.push import LARGEST_MESSAGE_BYTES
from blangko.exchange.receipts import read_receipt

if TYPE_CHECKING:
    from urllib.error import HTTPError

MEDIA_TYPE = "application/vnd.blangko.push+gzip"
LARGEST_ANSWER_BYTES = 100_000
LONGEST_WAIT_SECONDS = 30
"""For one step, such as finding the server."""
LONGEST_SECONDS = 300
"""For a whole answer, however slowly it comes."""
PIECE_BYTES = 1 << 16
_LOOPBACK = ("localhost", "127.0.0.1", "::1")
_REASONS = {
    401: "it does not know the token",
    403: "this account may not write that office's book",
    404: "it answers something else",
    413: "it is too large",
}
_BUSY = (429, 502, 503, 504)
"""Statuses of a door that is there, or of who stands before it, for as long as nothing can be taken in."""


def is_door(target: str) -> bool:
    """Whether it is the address of such a door."""
    return target.startswith(("https://", "http://"))


def held_at(target: str, office_code: str, at_no: int, token: str) -> Held:
    """How far the province has the office's book, and its seal of the entry `at_no`.

    Raises:
        NotReached, TurnedAway, BadTarget: As their names say.
    """
    told = _told(target, _asked(target, f"/push?{urlencode({'office': office_code, 'at': at_no})}", token))
    return Held(
        int(told["entry_no"]), str(told["seal"]), told["seal_at"] and str(told["seal_at"]), str(told["last_at"])
    )


def sent(target: str, office_code: str, packed: bytes, token: str) -> Receipt:
    """The receipt for a message.

    Raises:
        EntriesLacking, Forked: The province refuses it so.
        NotReached, TurnedAway, BadTarget: As their names say; the same message may be sent again.
    """
    try:
        return read_receipt(_asked(target, "/push", token, packed, office_code), target)
    except BadReceipt:
        raise TurnedAway(target=target, reason=_REASONS[404]) from None


def fetched(target: str, office_code: str, from_no: int, token: str) -> bytes:
    """A message with what the province has of the book from a number on.

    Raises:
        NotReached, TurnedAway, BadTarget: As their names say.
    """
    words = urlencode({"office": office_code, "from": from_no})
    return _asked(target, f"/pull?{words}", token, most_bytes=LARGEST_MESSAGE_BYTES)


def _asked(
    target: str,
    words: str,
    token: str,
    body: bytes | None = None,
    office_code: str = "",
    most_bytes: int = LARGEST_ANSWER_BYTES,
) -> bytes:
    import http.client
    from urllib.error import HTTPError
    from urllib.request import Request

    _refuse_open(target)
    headers = {"User-Agent": "blangko", "Accept": "application/json"}
    headers |= {"Authorization": f"Bearer {token}"} if token else {}
    headers |= {"Content-Type": MEDIA_TYPE} if body is not None else {}
    try:
        asked = Request(target.rstrip("/") + words, data=body, headers=headers)
        with _opener().open(asked, timeout=LONGEST_WAIT_SECONDS) as answer:
            return _read(answer, most_bytes)
    except HTTPError as error:
        with error:
            raise _refusal(target, error, office_code) from None
    except (OSError, ValueError, http.client.HTTPException) as error:
        raise NotReached(target=target, reason=_reason(error)) from None


def _refuse_open(target: str) -> None:
    """Refuse an address over which others could read the token, unless it never leaves the machine."""
    try:
        parts = urlsplit(target)
        is_closed = parts.scheme == "https" or parts.hostname in _LOOPBACK
    except ValueError:
        is_closed = False
    if not is_closed or not parts.hostname or parts.username or parts.query or parts.fragment:
        # What stands before the @ may be a password.
        raise BadTarget(target=target.rpartition("@")[2])


def _opener() -> Any:
    from urllib.request import HTTPRedirectHandler, build_opener

    class NowhereElse(HTTPRedirectHandler):
        """An answer that leads elsewhere is none: the token would go along."""

        def redirect_request(self, *_: Any, **__: Any) -> None:
            return None

    return build_opener(NowhereElse)


def _read(answer: Any, most_bytes: int) -> bytes:
    from time import monotonic

    end, pieces, size_bytes = monotonic() + LONGEST_SECONDS, [], 0
    while piece := answer.read1(PIECE_BYTES):
        pieces.append(piece)
        size_bytes += len(piece)
        if size_bytes > most_bytes:
            raise ValueError("it is too large")
        if monotonic() > end:
            raise TimeoutError
    return b"".join(pieces)


def _refusal(target: str, error: HTTPError, office_code: str) -> Exception:
    if error.code == 409:
        try:
            return _conflict(json.loads(_read(error, LARGEST_ANSWER_BYTES)), office_code)
        except (OSError, KeyError, TypeError, ValueError, RecursionError):
            pass
    if error.code in _BUSY:
        return NotReached(target=target, reason="it cannot take anything in now")
    return TurnedAway(target=target, reason=_REASONS.get(error.code, _REASONS[404]))


def _conflict(told: Mapping[str, Any], office_code: str) -> Exception:
    if told["refused"] == "forked":
        return Forked(office_code=office_code, entry_no=int(told["entry_no"]), located=bool(told["located"]))
    return EntriesLacking(office_code=office_code, from_no=int(told["from_no"]), held_no=int(told["held_no"]))


def _told(target: str, answer: bytes) -> dict[str, Any]:
    try:
        told: dict[str, Any] = json.loads(answer)
        if not {"entry_no", "seal", "seal_at", "last_at"} <= told.keys():
            raise ValueError(told)
        int(told["entry_no"])
    except (AttributeError, TypeError, ValueError, RecursionError):
        raise TurnedAway(target=target, reason=_REASONS[404]) from None
    return told


def _reason(error: Exception) -> str:
    """Why nothing came of it; what the libraries wrap is looked for inside."""
    import socket
    import ssl

    found = getattr(error, "reason", error)
    for kind, reason in (
        (socket.gaierror, "its name is not known"),
        (ssl.SSLCertVerificationError, "its certificate is not trusted"),
        (ConnectionRefusedError, "it refuses the connection"),
        (TimeoutError, "it does not answer in time"),
    ):
        if isinstance(found, kind):
            return reason
    return reason_of(found) if isinstance(found, Exception) else str(found)
