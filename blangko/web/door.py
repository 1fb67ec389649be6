"""The province's door: what an office's program asks here, sends and fetches, known by its token.

`exchange.door` is the other side, and says what passes between the two. Nothing here speaks: the office's own program
words what is refused.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from flask import Blueprint, Response, request
from flask.typing import ResponseReturnValue
from werkzeug.exceptions import RequestEntityTooLarge

from blangko import config
from blangko.errors import BlangkoError, DamagedBook
from blangko.errors.province import BadMessage, EntriesLacking, Forked
from blangko.exchange.door import MEDIA_TYPE
from blangko.exchange.push import message_bytes, read_message
from blangko.exchange.receipts import receipt_file
from blangko.stockroom import province
from blangko.stockroom.offices import is_many
from blangko.stockroom.province import Caller
from blangko.web import guard

pages = Blueprint("door", __name__)
MOST_DIGITS = 18
"""Of a number of an entry; more of them no database takes."""


class _Answered(Exception):
    """The request is answered with this status, and nothing more is done for it."""

    def __init__(self, status: int) -> None:
        super().__init__(status)
        self.status = status


@pages.get("/push")
@guard.for_programs
def held() -> ResponseReturnValue:
    """How far the province has the office's book."""

    def ask(caller: Caller) -> Response:
        at_no = _number("at")
        _refuse_other(caller, request.args.get("office"))
        return _json(province.held_of(caller.book, at_no)._asdict())

    return _answer(ask)


@pages.post("/push")
@guard.for_programs
def received() -> ResponseReturnValue:
    """The receipt for a message; what was received before brings another receipt and nothing else."""

    def take(caller: Caller) -> Response:
        if guard.options().read_only:
            raise _Answered(403)
        packed = request.get_data(cache=False)
        message = read_message(packed, "")
        _refuse_other(caller, message.office_code)
        at, sender = config.now_utc(), f"office {caller.office_code}"
        done = province.receive(caller.database, message, packed, at, sender, guard.options().sign)
        return Response(receipt_file(done.receipt), mimetype="application/json")

    return _answer(take)


@pages.get("/pull")
@guard.for_programs
def fetched() -> ResponseReturnValue:
    """A message with what the province has of the book from a number on, or from its own end."""

    def give(caller: Caller) -> Response:
        from_no = _number("from")
        _refuse_other(caller, request.args.get("office"))
        book = caller.book
        with book.reading():
            last_no = province.held_of(book, 0).entry_no
            if not last_no:
                raise _Answered(404)
            message = province.message_from(book, max(min(from_no, last_no + 1), 1))
        return Response(message_bytes(message), mimetype=MEDIA_TYPE)

    return _answer(give)


def _answer(make: Callable[[Caller], Response]) -> Response:
    """What `make` answers to the office that the token names; refusals as the office's program understands them."""
    try:
        with _opened() as caller:
            return make(caller)
    except _Answered as answered:
        return Response(status=answered.status)
    except RequestEntityTooLarge:
        return Response(status=413)
    except Forked as parted:
        return _json({"refused": "forked", "entry_no": parted.entry_no, "located": parted.located}, 409)
    except EntriesLacking as gap:
        return _json({"refused": "lacking", "from_no": gap.from_no, "held_no": gap.held_no}, 409)
    except (BadMessage, DamagedBook):
        return Response(status=400)
    except BlangkoError:
        # The server is away or has too much to do: the office's program tries again.
        return Response(status=503, headers={"Retry-After": "60"})


@contextmanager
def _opened() -> Iterator[Caller]:
    """The office of the token, with the database of offices that is served."""
    place = guard.options().place
    if not is_many(place):
        raise _Answered(404)
    kind, _space, token = request.headers.get("Authorization", "").partition(" ")
    if kind.lower() != "bearer" or not token:
        raise _Answered(401)
    with province.called(place, token.strip()) as caller:
        if caller is None:
            raise _Answered(401)
        yield caller


def _refuse_other(caller: Caller, named: str | None) -> None:
    if named != caller.office_code:
        raise _Answered(403)


def _number(name: str) -> int:
    text = request.args.get(name, "")
    if not (text.isascii() and text.isdigit() and len(text) <= MOST_DIGITS):
        raise _Answered(400)
    return int(text)


def _json(told: dict[str, Any], status: int = 200) -> Response:
    return Response(json.dumps(told), status, mimetype="application/json")
