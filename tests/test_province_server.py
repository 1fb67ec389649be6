"""The province's database: offices come to it by their messages, each of them whole or not at all."""

from base64 import b64decode
from concurrent.futures import ThreadPoolExecutor

import pytest

from blangko.core.message import sealed_message
from blangko.core.receipt import Receipt
from blangko.errors import DamagedBook
from blangko.errors.province import EntriesLacking, Forked, SeenAndLost
from blangko.errors.server import NotForThisRole
from blangko.exchange.push import message_bytes
from blangko.stockroom import open_book, province
from blangko.stockroom.proof import examine
from blangko.store import pushes
from tests import postgres
from tests.test_province import TODAY, begun, end, fork, message, printed, values_of, write

# One worker: the roles of a server belong to all its databases, and two cannot be made at once.
pytestmark = [
    pytest.mark.postgres,
    pytest.mark.skipif(not postgres.is_installed(), reason=postgres.ABSENT),
    pytest.mark.xdist_group("roles"),
]
AT = "2017-11-03T02:00:00Z"


@pytest.fixture
def place(databases):
    with databases.fresh() as place:
        yield place


@pytest.fixture
def database(place):
    from blangko.store.postgres import open_database

    with open_database(place) as database:
        yield database


@pytest.fixture
def office(tmp_path):
    return begun(tmp_path / "office.db", 5)


def bring(database, message, at=AT):
    return province.receive(database, message, message_bytes(message), at, "uid 1000 siti")


def pushed(database, place, at=AT):
    """How many entries a push of the book at `place` brings."""
    with open_book(place) as book:
        there = database.book(book.office_code)
        held = province.held_of(there, book.last()[0])
        return sum(bring(database, each, at).added for each in province.lacking(book, held))


def ends(database):
    return {each.code: each[1:] for each in database.offices()}


def rows(database, table):
    return database.rows(f"SELECT * FROM {table} ORDER BY 1, 2, 4")


def test_a_new_office_is_admitted_by_its_first_message(database, office):
    done = bring(database, message(office))

    assert (done.added, done.receipt) == (6, Receipt("61.03", *end(office), AT))
    assert ends(database) == {"61.03": end(office)}
    assert examine(database.book("61.03"), TODAY).ok


def test_an_office_does_not_come_by_halves(database, office):
    with pytest.raises(EntriesLacking):
        bring(database, message(office, 3))
    with pytest.raises(EntriesLacking):
        bring(database, message(office)._replace(rows=[]))
    assert ends(database) == {}


def test_a_push_brings_what_lacks_and_the_next_one_nothing(database, office):
    assert pushed(database, office) == 6
    write(office, printed(10), printed(20))
    assert [pushed(database, office), pushed(database, office)] == [2, 0]
    assert ends(database) == {"61.03": end(office)}


def test_a_long_absence_comes_in_one_copy(database, office):
    pushed(database, office)
    write(office, *(printed(1) for _ in range(300)))

    assert pushed(database, office) == 300
    assert examine(database.book("61.03"), TODAY).ok


def test_offices_stand_beside_each_other(database, office, tmp_path):
    other = begun(tmp_path / "other.db", 3, code="61.04")

    assert [pushed(database, office), pushed(database, other)] == [6, 4]
    assert ends(database) == {"61.03": end(office), "61.04": end(other)}


def test_each_arrival_is_written_down(database, office):
    pushed(database, office)
    pushed(database, office, "2017-11-04T02:00:00Z")

    number, seal = end(office)
    assert rows(database, "push") == [
        ("61.03", number, seal, AT, "uid 1000 siti", "", ""),
        ("61.03", number, seal, "2017-11-04T02:00:00Z", "uid 1000 siti", "", ""),
    ]


def test_a_fork_is_refused_located_and_kept_once(database, office, tmp_path):
    pushed(database, office)
    other = fork(tmp_path, office, 4)

    for _ in range(2):
        with pytest.raises(Forked) as refused:
            pushed(database, other)
        assert (refused.value.entry_no, refused.value.located) == (4, True)

    assert ends(database) == {"61.03": end(office)}
    ((code, entry_no, seal, told, at, sender),) = rows(database, "fork")
    assert (code, entry_no, seal, at, sender) == ("61.03", 4, end(other)[1], AT, "uid 1000 siti")
    assert b64decode(told) == message_bytes(message(other))


@pytest.mark.parametrize("table", ["push", "fork"])
def test_nobody_changes_what_came_or_was_refused(database, office, tmp_path, table):
    import psycopg

    pushed(database, office)
    with pytest.raises(Forked):
        pushed(database, fork(tmp_path, office, 4))

    for statement in (f"UPDATE {table} SET sender = 'budi'", f"DELETE FROM {table}", f"TRUNCATE {table}"):
        with pytest.raises(psycopg.Error, match="is never changed"):
            database.connection.execute(statement)


def test_forks_without_an_end_do_not_fill_the_disk(database, office, tmp_path, monkeypatch):
    monkeypatch.setattr(province, "MOST_FORKS", 2)
    pushed(database, office)

    for at in range(2, 6):
        with pytest.raises(Forked):
            pushed(database, fork(tmp_path, office, at))
    assert len(rows(database, "fork")) == 2


def test_an_older_copy_brought_back_is_told_and_brings_nothing(database, office, tmp_path):
    from blangko.stockroom.copies import restore

    older = str(tmp_path / "older.db")
    restore(older, "kept", province.as_snapshot(message(office, 1, 4)), TODAY, AT)
    pushed(database, office)

    with pytest.raises(SeenAndLost) as refused:
        pushed(database, older)
    assert (refused.value.entry_no, refused.value.last_no) == (6, 4)


def test_what_the_database_refuses_leaves_nothing_of_a_message(database, office):
    sent = message(office)
    bad = values_of(sent)
    bad[-1]["kind"] = "eaten"
    with pytest.raises(DamagedBook):
        bring(database, sealed_message("61.03", 1, sent.previous_seal, [list(each.values()) for each in bad]))

    assert ends(database) == {} and rows(database, "push") == []
    # The connection is as good as before.
    assert pushed(database, office) == 6


def test_two_pushes_of_one_new_book_at_once_are_one(place, office):
    from blangko.store.postgres import open_database

    def one(_):
        with open_database(place) as database:
            return pushed(database, office)

    with ThreadPoolExecutor(4) as pool:
        added = list(pool.map(one, range(4)))

    assert sorted(added) == [0, 0, 0, 6]
    with open_database(place) as database:
        assert ends(database) == {"61.03": end(office)}


def test_a_role_that_may_only_look_brings_nothing(database, place, office):
    database.connection.execute("CREATE ROLE onlooker LOGIN")
    try:
        database.connection.execute("GRANT SELECT ON office, entry, alembic_version, push TO onlooker")
        from blangko.store.postgres import open_database

        with open_database(place.replace("postgres@", "onlooker@")) as theirs, pytest.raises(NotForThisRole):
            pushed(theirs, office)
        assert ends(database) == {}
    finally:
        database.connection.execute("DROP OWNED BY onlooker; DROP ROLE onlooker")


def test_an_office_whose_clock_runs_ahead_does_not_say_when_it_came(database, office):
    done = bring(database, message(office), "2999-01-01T00:00:00Z")

    ((now,),) = database.rows("SELECT to_char(now() AT TIME ZONE 'UTC', 'YYYY-MM-DD')")
    assert done.receipt.received_at[:10] <= now
    assert rows(database, "push")[0][3] == done.receipt.received_at


# --- Roles ----------------------------------------------------------------------------------------


@pytest.fixture
def as_role(database, place):
    """`as_role("clerk", "61.03")` opens the database as whom `blangko offices grant` lets in."""
    from blangko.store.postgres import open_database
    from blangko.store.roles import grant_script, role_name

    made = []

    def opened(role, code):
        database.connection.execute(grant_script(role, code))
        name = role_name(role, code)
        made.append(name)
        return open_database(place.replace("postgres@", f"{name}@"))

    yield opened
    for name in made:
        database.connection.execute(f'DROP OWNED BY "{name}"; DROP ROLE "{name}"')


def test_a_clerk_pushes_into_the_book_of_the_own_office_only(database, office, tmp_path, as_role):
    pushed(database, office)
    other = begun(tmp_path / "other.db", 3, code="61.04")
    pushed(database, other)
    write(office, printed(10), *(printed(1) for _ in range(30)))
    write(other, printed(10))

    with as_role("clerk", "61.03") as theirs:
        assert pushed(theirs, office) == 31
        with pytest.raises(NotForThisRole):
            pushed(theirs, other)
        # A fork is kept with a clerk's rights too.
        with pytest.raises(Forked):
            pushed(theirs, fork(tmp_path, office, 4))

    assert ends(database)["61.03"] == end(office) and ends(database)["61.04"][0] == 4
    assert len(rows(database, "fork")) == 1


def test_a_province_receives_of_its_own_offices_and_signs(database, office, as_role):
    pushed(database, office)
    write(office, printed(10))

    with as_role("province", "61") as theirs:
        assert pushed(theirs, office) == 1
        signed = province.sign_received(theirs, lambda receipt: receipt._replace(signature="x"), AT, "uid 0 root")
        assert [each.entry_no for each in signed] == [7]
    with as_role("province", "62") as others, pytest.raises(NotForThisRole):
        pushed(others, office)


# --- Signatures that come later -------------------------------------------------------------------


def test_the_province_signs_later_what_offices_brought_by_themselves(database, office, tmp_path):
    pushed(database, office)
    other = begun(tmp_path / "other.db", 3, code="61.04")
    pushed(database, other)

    def sign(receipt):
        return receipt._replace(public_key="key", signature="signed")

    later = "2017-11-06T02:00:00Z"
    signed = province.sign_received(database, sign, later, "uid 0 root")

    assert [each[:4] for each in signed] == [("61.03", *end(office), later), ("61.04", *end(other), later)]
    assert province.sign_received(database, sign, later, "uid 0 root") == []
    assert province.receipts_of(database.book("61.03")) == [signed[0]]

    write(office, printed(10))
    pushed(database, office, "2017-11-07T02:00:00Z")
    assert [(each.entry_no, each.signature) for each in province.receipts_of(database.book("61.03"))] == [
        (7, ""),
        (6, "signed"),
    ]


def test_a_clerk_who_writes_down_what_never_came_keeps_no_other_office_from_its_receipt(
    database, office, tmp_path, as_role
):  # fmt: skip
    pushed(database, office)
    other = begun(tmp_path / "other.db", 3, code="61.04")
    pushed(database, other)
    with as_role("clerk", "61.03") as theirs, theirs.writing("61.03") as book:
        never = {"entry_no": 999, "seal": "0" * 64, "received_at": AT, "sender": "siti"}
        book.rows(pushes.ADD_PUSH, **never, public_key="", signature="")

    signed = province.sign_received(database, lambda receipt: receipt._replace(signature="signed"), AT, "uid 0 root")

    assert [each[:3] for each in signed] == [("61.03", *end(office)), ("61.04", *end(other))]
