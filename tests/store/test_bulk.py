"""Whole books loaded at once into an empty database: everything stands and is proved, or nothing does."""

from datetime import timedelta

import pytest

from blangko.core.columns import NAMES
from blangko.core.entry import Entry, mirror, movement
from blangko.errors import BlangkoError, DamagedBook
from blangko.errors.server import DatabaseInUse
from blangko.stockroom import open_book
from blangko.stockroom.desk import Desk
from blangko.stockroom.post import post
from blangko.stockroom.proof import examine
from tests import postgres
from tests.benchmarks.nation import OfficeBook, codes, office_book, sealed_rows
from tests.benchmarks.office import TODAY
from tests.faults.server import a_server, new_database
from tests.store.office import DAY, RECORDED

pytestmark = [
    pytest.mark.postgres,
    pytest.mark.xdist_group("server_bulk"),
    pytest.mark.skipif(not postgres.is_installed(), reason=postgres.ABSENT),
]
EVERY_SIGN = "".join(map(chr, range(1, 0x80))) + 'é € 漢 😀 "\\/ \u2028\u00a0\ufeff'
"""What JSON writes in a way of its own, and what it does not."""


@pytest.fixture(scope="module")
def server():
    with a_server() as server:
        yield server


@pytest.fixture
def place(server):
    """A database with nothing in it."""
    return new_database(server)


def loaded(place, *books):
    from blangko.store.bulk import first_load

    return first_load(place, books)


def offices_in(place):
    from blangko.store.postgres import open_database

    with open_database(place) as database:
        return [office.code for office in database.offices()]


def book_of(*drafts, code="61.03"):
    """A book of commands of one entry each, sealed whatever they say."""
    written = [draft._replace(recorded_at=RECORDED["recorded_at"], recorded_by="siti") for draft in drafts]
    return OfficeBook(code, list(sealed_rows(code, [[draft] for draft in written])))


def changed(book, entry_no, column, value):
    """The same book with one value of one entry changed after it was sealed."""
    rows = [list(row) for row in book.rows]
    rows[entry_no - 1][NAMES.index(column)] = value
    return book._replace(rows=rows)


OPENED = movement("opening", DAY, 1000)
PRINTED = movement("print", DAY, 187)


def test_whole_books_stand_afterwards_entry_for_entry_and_prove_whole(place):
    books = [office_book(code, 4) for code in codes(3)]

    assert loaded(place, *books) == sum(len(book.rows) for book in books)
    for book in books:
        with open_book(f"{place}#{book.office_code}") as opened:
            seen = examine(opened, TODAY)
            assert opened.last() == (book.last_entry_no, book.last_seal)
        assert [finding for finding in seen.findings if finding.severity == "error"] == []


def test_a_clerk_goes_on_in_a_book_that_was_loaded_and_every_guard_stands_again(place):
    import psycopg

    loaded(place, office_book("61.03", 2))
    with open_book(place) as book:
        desk = Desk(TODAY, f"{TODAY}T09:00:00Z", "siti", yes=True)
        assert post(book, desk, [movement("print", TODAY, 7)]).entries[0].entry_no == book.last()[0]
        for statement in ("DELETE FROM entry", "TRUNCATE entry", "UPDATE entry SET cards = 1"):
            with pytest.raises(psycopg.errors.RaiseException):
                book.database.connection.execute(statement)


def test_seals_over_every_sign_that_can_be_typed_are_proved_by_the_server(place):
    said = OPENED._replace(note=EVERY_SIGN, party=EVERY_SIGN[::-1], reference="470/1", value="\t\r\n")

    assert loaded(place, book_of(said, PRINTED)) == 2


@pytest.mark.parametrize(
    ("column", "value"),
    [("cards", 188), ("note", ""), ("recorded_by", "budi"), ("occurred_on", "2017-10-26"), ("seal", "f" * 64)],
)
def test_a_book_with_one_changed_entry_is_refused_and_none_of_the_others_stands(place, column, value):
    forged = changed(book_of(OPENED, PRINTED, PRINTED), 2, column, value)
    with pytest.raises(DamagedBook) as refused:
        loaded(place, office_book("11.01", 2), forged)

    assert refused.value.reason == "61.03: 2"
    assert offices_in(place) == []


def test_a_book_that_lacks_an_entry_is_refused(place):
    whole = book_of(OPENED, PRINTED, PRINTED)
    for left_out in range(2):
        with pytest.raises(BlangkoError):
            loaded(place, whole._replace(rows=[*whole.rows[:left_out], *whole.rows[left_out + 1 :]]))

    assert offices_in(place) == []


@pytest.mark.parametrize(
    "drafts",
    [
        [OPENED, movement("receive", DAY, 5, request_no=1)],
        [OPENED, movement("receive", DAY, 5, request_no=7)],
        [OPENED, mirror(OPENED._replace(entry_no=1, cards=999), DAY, "x")],
        [OPENED, mirror(OPENED._replace(entry_no=1, kind="receive"), DAY, "x")],
        [OPENED, PRINTED, *[mirror(PRINTED._replace(entry_no=2), DAY, "x")] * 2],
        [OPENED, PRINTED._replace(note="NIK 6103010101900001")],
        [OPENED, PRINTED._replace(turned_away_cards=-1)],
        [OPENED, PRINTED._replace(kind="gift")],
        [OPENED, PRINTED._replace(cards=-1)],
        [OPENED._replace(key="k"), PRINTED._replace(key="k")],
        [OPENED, Entry("reverse", DAY, note="x", subject="opening", reverses_no=5)],
    ],
    ids=[
        "answers no request",
        "answers what is not there",
        "reverses other cards",
        "reverses another kind",
        "reverses twice",
        "holds a NIK",
        "people below none",
        "unknown kind",
        "cards below none",
        "a key twice",
        "reverses what is not there",
    ],
)
def test_what_no_guard_would_have_let_in_is_refused_although_its_seals_hold(place, drafts):
    with pytest.raises(BlangkoError):
        loaded(place, book_of(*drafts))

    assert offices_in(place) == []
    assert loaded(place, book_of(OPENED, PRINTED)) == 2


def test_a_database_that_holds_an_office_takes_no_first_load(place):
    loaded(place, book_of(OPENED))
    with pytest.raises(DatabaseInUse):
        loaded(place, book_of(OPENED, code="61.04"))

    assert offices_in(place) == ["61.03"]


def test_a_load_that_is_broken_off_leaves_nothing(place):
    def rows():
        yield from book_of(OPENED).rows
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        loaded(place, OfficeBook("61.03", rows()))

    assert offices_in(place) == []
    assert loaded(place, book_of(OPENED, movement("print", DAY + timedelta(days=3), 1))) == 2
