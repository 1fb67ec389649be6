"""Sixty offices push at once over HTTPS, on a line of 80 ms that is cut again and again: each book comes whole."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from pathlib import Path

import pytest

from blangko.errors.province import NotReached
from blangko.exchange import door, signing
from blangko.exchange.push import message_bytes
from blangko.stockroom import Book, offices, open_book, province
from tests import postgres
from tests.test_province import begun, printed, write
from tests.web.line import CUTS, bad_line, certificate
from tests.web.served import serving

pytestmark = [
    pytest.mark.postgres,
    pytest.mark.skipif(not postgres.is_installed(), reason=postgres.ABSENT),
]
OFFICES = 60
MOST_TRIES = 20
"""A push of an office, as its timer begins it, is seldom cut more than twice."""


def pushed(place: str, address: str, token: str) -> province.Brought:
    """What a push brings that is begun again until it comes through."""
    for _ in range(MOST_TRIES):
        with suppress(NotReached), open_book(place) as book:
            return brought(book, address, token)
    raise AssertionError(f"{place} did not come through")


def brought(book: Book, address: str, token: str) -> province.Brought:
    """What one push brings, as the command does it, but for how long it waits after a cut."""
    code = book.office_code
    return province.bring(
        book,
        lambda at_no: door.held_at(address, code, at_no, token),
        lambda message: door.sent(address, code, message_bytes(message), token),
        (0.1, 0.3),
    )


def ends_here(places: dict[str, str]) -> dict[str, tuple[int, str]]:
    found = {}
    for code, place in places.items():
        with open_book(place) as book:
            found[code] = book.last()
    return found


def ends_there(place: str) -> dict[str, tuple[int, str]]:
    with province.opened(place) as database:
        return {each.code: each[1:] for each in database.offices()}


@pytest.fixture
def key(tmp_path, monkeypatch):
    place = tmp_path / "province.key"
    place.write_bytes(signing.new_key_file())
    place.chmod(0o600)
    monkeypatch.setenv("BLANGKO_KEY", str(place))
    return signing.public_key_of(signing.read_key(str(place)))


def test_sixty_offices_push_at_once_over_a_line_that_is_cut(databases, tmp_path: Path, key, monkeypatch):
    places = {
        f"61.{number:02}": begun(tmp_path / f"{number}.db", number % 7, f"61.{number:02}") for number in range(OFFICES)
    }
    tokens = {code: offices.new_token() for code in places}
    pem = certificate(tmp_path)
    monkeypatch.setenv("SSL_CERT_FILE", str(pem))
    with databases.fresh() as place:
        for code, token in tokens.items():
            offices.let_in(place, code, token, "2017-11-03T02:00:00Z", "uid 0 root")
        with (
            serving(place, tmp_path) as server,
            bad_line(server.port, pem) as line,
            ThreadPoolExecutor(OFFICES) as pool,
        ):

            def push_all() -> dict[str, province.Brought]:
                done = pool.map(lambda code: pushed(places[code], line.address, tokens[code]), places)
                return dict(zip(places, done, strict=True))

            first = push_all()
            assert ends_there(place) == ends_here(places)

            for each in places.values():
                write(each, printed(10), printed(20))
            second = push_all()
            assert ends_there(place) == ends_here(places)

    here = ends_here(places)
    for code, done in second.items():
        assert signing.is_signed(done.receipt, key) and done.receipt[:3] == (code, *here[code])
    # What was received but whose receipt was lost counts as brought in the push in which it was sent.
    assert sum(done.added for done in first.values()) <= sum(number - 2 for number, _ in here.values())
    assert set(line.cuts) == set(CUTS.values()) and len(line.cuts) >= OFFICES // 2


def test_a_certificate_that_nobody_vouches_for_is_not_trusted(tmp_path):
    with bad_line(9, certificate(tmp_path)) as line, pytest.raises(NotReached) as refused:
        door.held_at(line.address, "61.03", 0, "rahasia")

    assert refused.value.reason == "its certificate is not trusted"
