"""The province's door at the page: offices push their books to it and fetch them back, each by a token of its own."""

import gzip
import json

import pytest

from blangko.core.receipt import Receipt
from blangko.exchange.push import message_bytes, read_message
from blangko.exchange.receipts import read_receipt
from blangko.stockroom import offices, province
from blangko.web.app import create_app
from blangko.web.options import MAX_UPLOAD_BYTES, Person, WebOptions
from tests import postgres
from tests.test_province import begun, end, fork, message, printed, write
from tests.web.conftest import HOST, SECRET

pytestmark = [
    pytest.mark.postgres,
    pytest.mark.skipif(not postgres.is_installed(), reason=postgres.ABSENT),
]
AT = "2017-11-03T02:00:00Z"


@pytest.fixture
def place(databases):
    with databases.fresh() as place:
        yield place


@pytest.fixture
def office(tmp_path):
    return begun(tmp_path / "office.db", 5)


class Door:
    """An office's program at the door; `code` is the status of the last answer."""

    def __init__(self, options, token):
        self.client = create_app(options).test_client()
        self.token = token

    def ask(self, method, path, **more):
        headers = {"Authorization": f"Bearer {self.token}"} if self.token else {}
        answer = self.client.open(path, method=method, headers=headers, **more)
        self.code, self.made = answer.status_code, answer.get_data()
        return self.made

    def push(self, *messages):
        for each in messages:
            self.ask("POST", "/push", data=message_bytes(each))
        return self.made


@pytest.fixture
def door(place):
    """`door()` is office 61.03 at the door, `door("61.04")` another; further words change how the page is served."""

    def opened(code="61.03", **changed):
        token = offices.new_token()
        offices.let_in(place, code, token, AT, "uid 0 root")
        alone = Person("", "uid 0 root", "clerk")
        options = WebOptions(place=place, hosts=(HOST,), secret=SECRET, alone=alone)
        return Door(options._replace(**changed), token)

    return opened


def there(place, code="61.03"):
    with province.opened(place) as database:
        return province.held_of(database.book(code), 0)[:2]


def test_an_office_brings_its_book_and_takes_a_signed_receipt_home(place, office, door):
    def sign(receipt):
        return receipt._replace(public_key="key", signature="signed")

    made = door(sign=sign).push(message(office))

    receipt = read_receipt(made, "the answer")
    assert receipt[:3] == ("61.03", *end(office)) and receipt[4:] == ("key", "signed")
    assert there(place) == end(office)


def test_an_office_asks_how_far_the_province_is(office, door):
    at_the_door = door()
    assert json.loads(at_the_door.ask("GET", "/push?office=61.03&at=6"))["entry_no"] == 0

    at_the_door.push(message(office))
    number, seal = end(office)
    told = json.loads(at_the_door.ask("GET", f"/push?office=61.03&at={number}"))
    assert told == {"entry_no": number, "seal": seal, "seal_at": seal, "last_at": "2017-10-02T09:00:00Z"}


def test_the_same_message_twice_is_one(place, office, door):
    at_the_door = door()
    at_the_door.push(message(office), message(office))
    assert at_the_door.code == 200

    write(office, printed(10))
    at_the_door.push(message(office, 7))
    assert at_the_door.code == 200 and there(place) == end(office)


def test_an_office_fetches_its_book_back_from_any_number_on(office, door):
    at_the_door = door()
    assert at_the_door.ask("GET", "/pull?office=61.03&from=1") == b"" and at_the_door.code == 404

    at_the_door.push(message(office))
    for first, entries in ((1, 6), (0, 6), (5, 2), (7, 0), (900, 0)):
        came = read_message(at_the_door.ask("GET", f"/pull?office=61.03&from={first}"), "came")
        assert (len(came.rows), came.last_seal) == (entries, end(office)[1])


def test_a_fork_and_a_gap_are_told_apart_and_nothing_is_taken_in(place, office, door, tmp_path):
    at_the_door = door()
    at_the_door.push(message(office, 4))
    assert at_the_door.code == 409
    assert json.loads(at_the_door.made) == {"refused": "lacking", "from_no": 4, "held_no": 0}

    at_the_door.push(message(office), message(fork(tmp_path, office, 4)))
    assert at_the_door.code == 409
    assert json.loads(at_the_door.made) == {"refused": "forked", "entry_no": 4, "located": True}
    assert there(place) == end(office)


@pytest.mark.parametrize(
    ("method", "path"), [("GET", "/push?office=61.03&at=0"), ("POST", "/push"), ("GET", "/pull?office=61.03&from=1")]
)
def test_nobody_comes_in_without_the_token_of_an_office(place, office, door, method, path):
    at_the_door = door()
    at_the_door.push(message(office))
    for token in ("", "lain", "61.03", f"{at_the_door.token}x", at_the_door.token.upper()):
        stranger = Door(WebOptions(place=place, hosts=(HOST,), secret=SECRET, alone=None), token)
        stranger.ask(method, path, data=message_bytes(message(office)))

        assert (stranger.code, stranger.made) == (401, b"")


@pytest.mark.parametrize("path", ["/push?office=61.03&at=0", "/push?at=0", "/pull?office=61.03&from=1"])
def test_one_office_neither_sees_nor_writes_the_book_of_another(place, office, door, path):
    door().push(message(office))
    other = door("61.04")
    other.ask("GET", path)
    assert (other.code, other.made) == (403, b"")

    write(office, printed(10))
    other.push(message(office))
    assert (other.code, other.made) == (403, b"") and there(place)[0] == 6


def test_another_token_ends_the_one_before(door):
    first = door()
    second = door()
    second.client = first.client

    assert first.ask("GET", "/push?office=61.03&at=0") == b"" and first.code == 401
    second.ask("GET", "/push?office=61.03&at=0")
    assert second.code == 200


def test_no_token_lies_in_the_database(place, door):
    at_the_door = door()
    with province.opened(place) as database:
        rows = database.rows("SELECT * FROM office_token")

    assert [row[0] for row in rows] == ["61.03"] and at_the_door.token not in str(rows)


@pytest.mark.parametrize(
    "made",
    [b"", b"x", b"\x1f\x8b", gzip.compress(b"{}\n", mtime=0), gzip.compress(bytes(1_000_000), mtime=0)],
    ids=["nothing", "a letter", "a beginning", "no entries", "no lines"],
)
def test_what_is_no_message_is_refused(place, door, made):
    at_the_door = door()
    at_the_door.ask("POST", "/push", data=made)

    assert (at_the_door.code, at_the_door.made) == (400, b"") and there(place)[0] == 0


def test_a_message_that_is_too_large_is_refused_before_it_is_read(door):
    at_the_door = door()
    at_the_door.ask("POST", "/push", data=bytes(MAX_UPLOAD_BYTES + 1))

    assert at_the_door.code == 413


@pytest.mark.parametrize("number", ["", "x", "-1", "1.5", "٣", "9" * 19])
def test_a_number_that_is_none_is_refused(door, number):
    at_the_door = door()
    for path in (f"/push?office=61.03&at={number}", f"/pull?office=61.03&from={number}"):
        at_the_door.ask("GET", path)
        assert at_the_door.code == 400


def test_a_page_that_is_read_only_tells_and_takes_nothing(place, office, door):
    reader = door(read_only=True)
    reader.push(message(office))
    assert reader.code == 403 and there(place)[0] == 0

    reader.ask("GET", "/push?office=61.03&at=0")
    assert reader.code == 200


def test_a_single_book_has_no_door(office, door):
    at_the_door = door(place=office)
    at_the_door.ask("GET", "/push?office=61.03&at=0")

    assert at_the_door.code == 404


def test_a_server_that_is_away_is_told_as_trouble_that_passes(place, door):
    at_the_door = door(place=place.replace("/office_", "/nowhere_"))
    at_the_door.ask("GET", "/push?office=61.03&at=0")

    assert (at_the_door.code, at_the_door.made) == (503, b"")


def test_a_database_older_than_the_tokens_gets_their_table(place, office, door):
    with province.opened(place) as database:
        database.connection.execute("DROP TABLE office_token")
    token = Door(WebOptions(place=place, hosts=(HOST,), secret=SECRET, alone=None), "lain")
    token.ask("GET", "/push?office=61.03&at=0")
    assert token.code == 401

    assert read_receipt(door().push(message(office)), "the answer") == Receipt(
        "61.03", *end(office), json.loads(door().push(message(office)))["received_at"]
    )
