"""A book on a PostgreSQL server: guarded there as in a file, written by one at a time, and told in sentences."""

import re
import sys
import threading
from contextlib import contextmanager
from itertools import count

import psycopg
import pytest

from blangko.cli.app import main
from blangko.core.columns import KINDS
from blangko.core.entry import Entry, movement
from blangko.errors import Collided, ForeignFile, LockedBook, NewerBook, OlderBook, ServerNotSupported
from blangko.errors.files import MissingExtra
from blangko.errors.server import (
    ConnectionLost,
    EmptyDatabase,
    NoDatabase,
    NoSuchOffice,
    NotAdmitted,
    NotForThisRole,
    OfficeExists,
    OfficeNotNamed,
    ServerFailed,
    ServerUnreachable,
    TookTooLong,
    UnfitDatabase,
)
from blangko.stockroom import look, open_book
from blangko.store import postgres, queries
from blangko.store.address import with_office
from blangko.store.postgres import add_office, open_database, placed
from blangko.store.postgres_schema import changed_parts
from tests.postgres import ABSENT, is_installed
from tests.store.office import DAY, RECORDED, small_book

pytestmark = [
    pytest.mark.postgres,
    pytest.mark.skipif(not is_installed(), reason=ABSENT),
]
_ROLES = count(1)


def opening(cards=1000):
    return [movement("opening", DAY, cards, **RECORDED)]


def prints(cards=187):
    return [movement("print", DAY, cards, **RECORDED), movement("spoil", DAY, 3, **RECORDED)]


@pytest.fixture
def place(databases):
    """A database with the book of office 61.03, the small book of the tests of the store: three entries."""
    with databases.fresh() as made:
        add_office(made, "61.03", [opening(), prints()])
        yield made


@pytest.fixture
def empty(databases):
    with databases.fresh("template0") as made:
        yield made


@pytest.fixture
def admin(place):
    """Somebody who owns everything in that database, and reaches past the program."""
    with psycopg.connect(place, autocommit=True) as connection:
        yield connection


def write_and(book, *more):
    """Write in one transaction, and do more in it."""
    with book.writing():
        book.append(prints())
        for each in more:
            each()


@contextmanager
def a_role(admin, place, *rights):
    """The place as seen by a role that was granted these rights only."""
    name = f"siti_{next(_ROLES)}_{admin.info.backend_pid}"
    admin.execute(f"CREATE ROLE {name} LOGIN")
    for right in rights:
        admin.execute(f"GRANT {right} TO {name}")
    try:
        yield place.replace("postgres@", f"{name}@")
    finally:
        admin.execute(f"DROP OWNED BY {name}")
        admin.execute(f"DROP ROLE {name}")


# --- The shape ------------------------------------------------------------------------------------


def test_a_book_on_a_server_carries_the_seals_of_the_same_book_in_a_file(place, tmp_path):
    small_book(tmp_path / "book.db")

    with open_book(place) as there, open_book(str(tmp_path / "book.db")) as here:
        assert there.last() == here.last()
        assert there.rows(queries.EVERY_ROW) == here.rows(queries.EVERY_ROW)
        assert look.facts(there, DAY) == look.facts(here, DAY)


def test_every_text_is_compared_letter_by_letter_as_in_a_file(admin):
    others = admin.execute(
        "SELECT r.relname, a.attname FROM pg_attribute a JOIN pg_class r ON r.oid = a.attrelid"
        " JOIN pg_collation c ON c.oid = a.attcollation WHERE r.relnamespace = 'public'::regnamespace"
        " AND r.relkind = 'r' AND r.relname <> 'alembic_version' AND c.collname <> 'C'"
    ).fetchall()

    assert others == []


def test_the_tables_bear_the_number_of_the_last_migration(admin):
    from alembic.config import Config
    from alembic.script import ScriptDirectory

    settings = Config()
    settings.set_main_option("script_location", "db/migrations")

    assert admin.execute("SELECT version_num FROM alembic_version").fetchall() == [
        (ScriptDirectory.from_config(settings).get_current_head(),)
    ]


def test_the_kinds_are_those_of_the_program(admin):
    assert {kind for (kind,) in admin.execute("SELECT kind FROM kind")} == set(KINDS)


def test_a_request_that_was_closed_by_hand_says_so_with_a_boolean(place, admin):
    with open_book(place) as book:
        with book.writing():
            book.append([Entry("request", DAY, cards=500, **RECORDED)])
        with book.writing():
            book.append([Entry("close", DAY, request_no=4, note="tidak jadi", **RECORDED)])

    assert admin.execute("SELECT request_no, closed_by_hand FROM requests").fetchall() == [(4, True)]


def test_a_fresh_database_is_as_it_was_made(admin):
    assert changed_parts(admin) == []


@pytest.mark.parametrize(
    ("change", "name"),
    [
        ("ALTER TABLE entry DISABLE TRIGGER entry_is_never_deleted", "entry_is_never_deleted"),
        ("DROP TRIGGER entry_is_in_order ON entry", "entry_is_in_order"),
        ("ALTER TABLE entry DROP CONSTRAINT entry_cards_range", "entry_cards_range"),
        ("DROP INDEX entry_key_once", "entry_key_once"),
        ("DROP VIEW counts", "counts"),
        ("ALTER VIEW stock_card RESET (security_invoker)", "stock_card"),
        ("ALTER TABLE entry ALTER note TYPE varchar(100)", "entry.note"),
        ("CREATE OR REPLACE FUNCTION blangko_refuse() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END'",
         "blangko_refuse"),
        ("CREATE TRIGGER swallow BEFORE INSERT ON entry FOR EACH ROW EXECUTE FUNCTION"
         " suppress_redundant_updates_trigger()", "swallow"),
        ("CREATE RULE nothing AS ON INSERT TO entry DO INSTEAD NOTHING", "nothing"),
        ("INSERT INTO kind VALUES ('gift', 0, 'a kind of their own')", None),
        ("CREATE INDEX own ON entry (party)", None),
        ("CREATE TABLE notes (text text)", None),
    ],
)  # fmt: skip
def test_an_audit_names_what_is_not_as_it_was_made(place, admin, capsys, change, name):
    # A rule would be in the way of what is changed back.
    if "TYPE varchar" in change:
        for view in ("stock_card", "requests", "counts", "daily_use"):
            admin.execute(f"DROP VIEW {view}")
    admin.execute(change)

    found = changed_parts(admin)

    assert (name in found) if name else found == []
    code = main(["--db", place, "verify"])
    assert code == (1 if name else 0), capsys.readouterr()


# --- What guards the book -------------------------------------------------------------------------


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE entry SET cards = 1 WHERE entry_no = 2",
        "DELETE FROM entry WHERE entry_no = 3",
        "TRUNCATE entry",
        "TRUNCATE office CASCADE",
        "TRUNCATE kind CASCADE",
        "INSERT INTO entry SELECT * FROM entry ON CONFLICT (office_code, entry_no) DO UPDATE SET cards = 1",
        "UPDATE office SET last_entry_no = 2",
        "UPDATE office SET office_code = '61.09'",
        "DELETE FROM office",
        "UPDATE kind SET meaning = 'x'",
        "DELETE FROM kind WHERE kind = 'campaign'",
    ],
)
def test_nothing_that_was_written_is_changed_even_by_the_owner_of_the_tables(place, admin, change):
    with open_book(place) as book:
        before = book.rows(queries.EVERY_ROW), book.last()
    with pytest.raises(psycopg.errors.RaiseException, match="blangko: "):
        admin.execute(change)

    with open_book(place) as book:
        assert (book.rows(queries.EVERY_ROW), book.last()) == before


def by_hand(admin, **changed):
    """Insert an entry past the program: the next one, unless something is `changed`."""
    row = movement("print", DAY, 5, **RECORDED)._replace(office_code="61.03", entry_no=4, batch_no=4, seal="0" * 64)
    row = row._replace(**changed)
    admin.execute(placed(queries.ADD_ENTRY), {**row._asdict(), "occurred_on": row.occurred_on.isoformat()})


@pytest.mark.parametrize(
    ("changed", "rule"),
    [
        ({"entry_no": 5}, "takes the next number"),
        ({"request_no": 2}, "only a request is answered"),
        ({"kind": "reverse", "subject": "print", "reverses_no": 2, "note": "x"}, "mirror"),
        ({"kind": "reverse", "subject": "print", "reverses_no": 2, "note": "x", "from_place": "issued",
          "to_place": "shelf", "cards": 186}, "mirror"),
        ({"note": "untuk NIK 6103010101010001"}, "number of a citizen"),
        ({"party": "6103010101010001"}, "number of a citizen"),
        ({"turned_away_cards": -1}, "from 0 to 100 million"),
    ],
)  # fmt: skip
def test_a_rule_of_the_tables_refuses_what_no_book_may_hold(admin, changed, rule):
    with pytest.raises(psycopg.errors.RaiseException, match=rule):
        by_hand(admin, **changed)


@pytest.mark.parametrize("note", ["no. 610301010101000", "61030101010100011"])
def test_a_number_that_is_none_of_a_citizen_may_stand_in_a_note(admin, note):
    by_hand(admin, note=note)


def test_what_was_taken_back_is_not_taken_back_again_nor_the_reversal(admin):
    back = {"kind": "reverse", "subject": "print", "from_place": "issued", "to_place": "shelf", "note": "salah"}
    by_hand(admin, **back, reverses_no=2, cards=187)

    with pytest.raises(psycopg.errors.UniqueViolation):
        by_hand(admin, **back, reverses_no=2, cards=187, entry_no=5)
    with pytest.raises(psycopg.errors.RaiseException, match="a reversal is not reversed"):
        by_hand(admin, kind="reverse", subject="reverse", reverses_no=4, cards=187, note="x", entry_no=5)


def test_a_table_of_ones_own_does_not_stand_in_for_the_book_where_a_rule_looks(admin):
    admin.execute("CREATE TEMP TABLE entry (LIKE public.entry)")

    with pytest.raises(psycopg.errors.RaiseException, match="takes the next number"):
        admin.execute("INSERT INTO public.entry SELECT '61.03', 1, e.kind, e.occurred_on, e.recorded_at, e.recorded_by"
                      " FROM public.entry e WHERE e.entry_no = 1")  # fmt: skip


# --- Reading and writing --------------------------------------------------------------------------


def test_whoever_reads_sees_one_moment_however_much_is_written_meanwhile(place):
    with open_book(place) as reader, open_book(place) as writer:
        with reader.reading():
            before = reader.last()
            with writer.writing():
                writer.append(prints())
            assert reader.last() == before
        assert reader.last() == writer.last()


def test_nothing_can_be_written_in_a_view(place):
    with open_book(place) as book, pytest.raises(NotForThisRole), book.reading():
        book.append(prints())


def test_the_second_clerk_waits_and_then_sees_what_the_first_one_wrote(place):
    seen, waiting = [], threading.Event()

    def second():
        with open_book(place) as book:
            waiting.set()
            with book.writing():
                seen.append(book.last()[0])
                book.append(prints(1))

    with open_book(place) as first:
        with first.writing():
            clerk = threading.Thread(target=second)
            clerk.start()
            waiting.wait(10)
            first.append(prints(2))
        clerk.join(10)

        assert seen == [5]
        assert first.last()[0] == 7


def test_two_offices_do_not_wait_for_each_other(place):
    add_office(place, "61.04", [opening()])
    with open_database(place) as one, open_database(place) as other, one.writing("61.03") as first:
        with other.writing("61.04") as second:
            second.append(prints())
        first.append(prints())

    with open_database(place) as database:
        assert [(end.code, end.last_entry_no) for end in database.offices()] == [("61.03", 5), ("61.04", 3)]


def test_a_lock_that_is_held_too_long_is_told(place, monkeypatch):
    monkeypatch.setattr(postgres, "_TRANSACTION", postgres._TRANSACTION.replace("20000", "50"))
    with open_book(place) as first, open_book(place) as second, first.writing(), pytest.raises(LockedBook):
        write_and(second)


def test_a_transaction_that_the_server_took_back_by_chance_is_done_again(place):
    codes = iter(["40001", "40P01", "40001"])
    with open_book(place) as book:

        def write():
            written = book.append(prints())
            for code in codes:
                book.rows(f"DO $$ BEGIN RAISE EXCEPTION USING ERRCODE = '{code}'; END $$")
            return written

        assert [entry.entry_no for entry in book.written(write)] == [4, 5]
        assert book.last()[0] == 5


def test_a_transaction_that_is_taken_back_every_time_is_given_up(place):
    with open_book(place) as book:
        tries = []

        def write():
            tries.append(book.append(prints()))
            book.rows("DO $$ BEGIN RAISE EXCEPTION USING ERRCODE = '40001'; END $$")

        with pytest.raises(Collided):
            book.written(write)
        assert len(tries) == 5
        assert book.last()[0] == 3


def test_a_book_is_read_one_row_at_a_time_and_two_at_once(place):
    with open_book(place) as book, book.reading():
        first = book.each_row(queries.EVERY_ROW)
        second = book.each_row(queries.EVERY_ROW)
        assert [one[1] == other[1] for one, other in zip(first, second, strict=True)] == [True] * 3


# --- Places of statements -------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("sql", "sent"),
    [
        ("SELECT :day, :day FROM entry", "SELECT %(day)s, %(day)s FROM entry"),
        ("SELECT 1::text", "SELECT 1::text"),
        ("SELECT 'T__:__:__Z', :at", "SELECT 'T__:__:__Z', %(at)s"),
        ("SELECT 'it''s :not', :is", "SELECT 'it''s :not', %(is)s"),
        ("SELECT note LIKE '100 %' FROM entry", "SELECT note LIKE '100 %%' FROM entry"),
        ("SELECT 5 % :n", "SELECT 5 %% %(n)s"),
        ("SELECT :first_no::int", "SELECT %(first_no)s::int"),
    ],
)
def test_a_place_of_a_statement_is_written_as_the_driver_wants_it(sql, sent):
    assert placed(sql) == sent


# --- Several offices ------------------------------------------------------------------------------


@pytest.fixture
def two(place):
    add_office(place, "61.04", [opening(500)])
    return place


def test_of_several_offices_one_has_to_be_named(two):
    with pytest.raises(OfficeNotNamed) as refused:
        open_book(two)

    assert refused.value.codes == ("61.03", "61.04")
    assert refused.value.exit_code == 1


def test_the_office_that_is_named_is_opened_and_no_other(two):
    with open_book(with_office(two, "61.04")) as book:
        assert (book.office_code, book.last()[0]) == ("61.04", 1)
    with pytest.raises(NoSuchOffice) as refused:
        open_book(with_office(two, "61.05"))
    assert refused.value.exit_code == 3


@pytest.mark.parametrize("typed", ["61.99", "61/03", "61#03", "a@b"])
def test_a_code_that_no_office_has_is_said_to_be_none_whatever_is_typed(two, typed, capsys, monkeypatch):
    monkeypatch.setenv("BLANGKO_DB", two)

    assert main(["--office", typed, "print", "5"]) == 3
    assert f"{two} holds no office {typed} that this account may see." in capsys.readouterr().err


def test_the_office_is_named_before_the_command_or_in_the_surroundings(two, capsys, monkeypatch):
    monkeypatch.setenv("BLANGKO_DB", two)

    assert main(["status"]) == 1
    assert "blangko --office 61.03 status" in capsys.readouterr().err
    assert main(["--office", "61.04", "print", "5", "--yes"]) == 0
    monkeypatch.setenv("BLANGKO_OFFICE", "61.04")
    assert main(["card", "-f", "csv"]) == 0
    assert len(capsys.readouterr().out.splitlines()) >= 3
    assert main(["--kantor=61.03", "status", "-f", "json"]) == 0
    assert '"61.03"' in capsys.readouterr().out


def test_an_office_is_added_by_its_code_and_never_twice(two, capsys, monkeypatch):
    monkeypatch.setenv("BLANGKO_DB", two)

    assert main(["init", "--office", "Kab Tiga", "--code", "61.05", "--opening", "10"]) == 0
    assert main(["--office", "61.06", "init", "--office", "Kab Empat"]) == 0
    assert main(["init", "--office", "Kab Tiga", "--code", "61.05"]) == 1
    with open_database(two) as database:
        assert [end.code for end in database.offices()] == ["61.03", "61.04", "61.05", "61.06"]
    with pytest.raises(OfficeExists):
        add_office(two, "61.05", [])


def test_a_file_is_not_taken_for_the_book_of_another_office(tmp_path, capsys):
    small_book(tmp_path / "book.db")

    assert main(["--db", str(tmp_path / "book.db"), "--office", "61.04", "status"]) == 1
    assert "61.03" in capsys.readouterr().err
    assert main(["--db", str(tmp_path / "book.db"), "--office", "61.03", "status"]) == 0


# --- Beginning ------------------------------------------------------------------------------------


def test_an_empty_database_gets_its_tables_with_its_first_office(empty, capsys):
    assert main(["--db", empty, "status"]) == 3
    assert main(["--db", empty, "init", "--office", "Uji", "--code", "61.03", "--opening", "100"]) == 0
    assert main(["--db", empty, "verify"]) == 0


def test_of_two_who_begin_the_same_office_at_once_in_an_empty_database_one_is_told(empty):
    told, go = [], threading.Barrier(2)

    def begin():
        go.wait(10)
        try:
            add_office(empty, "61.03", [opening()])
        except OfficeExists as error:
            told.append(error.code)

    both = [threading.Thread(target=begin) for _ in range(2)]
    for each in both:
        each.start()
    for each in both:
        each.join(30)

    assert told == ["61.03"]
    with open_book(empty) as book:
        assert book.last()[0] == 1


def test_an_office_that_could_not_be_begun_leaves_the_database_empty(empty):
    too_many = Entry("opening", DAY, from_place="outside", to_place="shelf", cards=10**9, **RECORDED)
    with pytest.raises(Exception, match="entry_cards_range"):
        add_office(empty, "61.03", [[too_many]])

    with pytest.raises(EmptyDatabase):
        open_database(empty)


@pytest.mark.parametrize(
    ("stamped", "refusal"), [("0009", NewerBook), ("0001", OlderBook), ("a1b2c3", ForeignFile), (None, ForeignFile)]
)
def test_a_database_of_another_shape_is_not_opened(place, admin, stamped, refusal):
    admin.execute("DELETE FROM alembic_version")
    if stamped:
        admin.execute("INSERT INTO alembic_version VALUES (%s)", [stamped])

    with pytest.raises(refusal):
        open_book(place)


# --- What goes wrong ------------------------------------------------------------------------------


def test_a_server_that_is_not_there_is_told(place):
    with pytest.raises(ServerUnreachable):
        open_book("postgresql://siti@127.0.0.1:1/blangko")
    with pytest.raises(NoDatabase):
        open_book(place.replace("/office_", "/no_office_"))
    with pytest.raises(NotAdmitted):
        open_book(place.replace("postgres@", "nobody@"))
    with pytest.raises(ServerNotSupported):
        open_book("mysql://siti:rahasia@server/blangko")
    with pytest.raises(ServerNotSupported) as refused:
        open_book("postgresql://siti:rahasia@[server/blangko")
    assert "rahasia" not in str(refused.value)


def test_no_refusal_tells_the_password(place, capsys):
    for wrong in ("postgresql://siti:rahasia@127.0.0.1:1/b", place.replace("postgres@", "nobody:rahasia@")):
        for command in (["status"], ["print", "5"], ["alert"], ["init", "--office", "X"], ["verify"], ["backup"]):
            assert main(["--db", wrong, *command]) in (1, 3)
    said = capsys.readouterr()
    assert "rahasia" not in said.out + said.err


def test_without_the_driver_the_line_to_install_it_is_told(place, monkeypatch):
    monkeypatch.setitem(sys.modules, "psycopg", None)

    with pytest.raises(MissingExtra) as refused:
        open_book(place)
    assert refused.value.extra == "postgres"


def test_a_statement_that_the_server_stops_is_told(place):
    with open_book(place) as book:
        with pytest.raises(TookTooLong):
            write_and(
                book, lambda: book.rows("SET LOCAL statement_timeout = 20"), lambda: book.rows("SELECT pg_sleep(5)")
            )
        assert book.last()[0] == 3


@pytest.mark.parametrize(
    ("code", "refusal"),
    [("53100", ServerFailed), ("58030", ServerFailed), ("57P01", ServerUnreachable), ("42501", NotForThisRole)],
)
def test_what_fails_before_the_end_was_not_written(place, code, refusal):
    with open_book(place) as book:
        with pytest.raises(refusal):
            write_and(book, lambda: book.rows(f"DO $$ BEGIN RAISE EXCEPTION USING ERRCODE = '{code}'; END $$"))
        assert book.last()[0] == 3


def cut(admin, book):
    admin.execute("SELECT pg_terminate_backend(%s, 5000)", [book.database.connection.info.backend_pid])


def test_a_line_that_is_cut_in_the_middle_leaves_the_book_as_it_was(place, admin):
    with open_book(place) as book, pytest.raises(ServerUnreachable):
        write_and(book, lambda: cut(admin, book), book.last)
    with open_book(place) as book:
        assert book.last()[0] == 3


def test_a_line_that_was_cut_while_nobody_wrote_is_made_anew(place, admin):
    """The server was restarted while a clerk thought about a question, and the answer was refused."""
    with open_book(place) as book:
        cut(admin, book)
        write_and(book)
        cut(admin, book)
        with book.reading():
            assert book.last()[0] == 5


def test_a_line_that_is_cut_at_the_end_means_not_confirmed(place, admin):
    with open_book(place) as book, pytest.raises(ConnectionLost) as refused:
        write_and(book, lambda: cut(admin, book))
    assert refused.value.exit_code == 1


def test_a_server_that_is_too_old_and_letters_that_are_not_utf8_are_told(place, databases, monkeypatch, admin):
    monkeypatch.setattr(postgres, "LEAST_VERSION", 990_000)
    with pytest.raises(UnfitDatabase):
        open_book(place)
    monkeypatch.undo()
    latin = f"latin_{admin.info.backend_pid}"
    admin.execute(f"CREATE DATABASE {latin} TEMPLATE template0 ENCODING 'LATIN1' LOCALE 'C' STRATEGY wal_log")
    with pytest.raises(UnfitDatabase) as refused:
        add_office(re.sub(r"/office_\w+", f"/{latin}", place), "61.03", [opening()])
    assert refused.value.encoding == "LATIN1"
    admin.execute(f"DROP DATABASE {latin} WITH (FORCE)")


def test_a_role_that_may_only_read_gets_answers_and_writes_nothing(place, admin, capsys):
    reads = [f"SELECT ON {table}" for table in ("alembic_version", "kind", "office", "entry")]
    with a_role(admin, place, *reads) as seen:
        assert main(["--db", seen, "status"]) == 0
        assert main(["--db", seen, "print", "5", "--yes"]) == 3
        assert "Nothing was written." in capsys.readouterr().err
        assert main(["--db", seen, "init", "--office", "X", "--code", "61.09"]) == 3


def test_a_role_without_any_right_is_told_so(place, admin, capsys):
    with a_role(admin, place) as seen:
        assert main(["--db", seen, "status"]) == 3
        assert "does not allow this account" in capsys.readouterr().err


def test_a_database_that_is_closed_to_writers_answers_and_takes_nothing(place, capsys):
    closed = f"{place}&options=-c%20default_transaction_read_only%3Don"

    assert main(["--db", closed, "status"]) == 0
    assert main(["--db", closed, "verify"]) == 0
    assert main(["--db", closed, "print", "5", "--yes"]) == 3
    assert "read-only transaction" in capsys.readouterr().err


# --- Copies ---------------------------------------------------------------------------------------


def test_a_copy_is_a_file_and_comes_back_into_another_database(place, databases, tmp_path, capsys):
    copy = str(tmp_path / "copy.db")
    assert main(["--db", place, "backup", "-o", copy]) == 0
    with open_book(place) as there, open_book(copy) as here:
        end = there.last()
        assert here.rows(queries.EVERY_ROW) == there.rows(queries.EVERY_ROW)
    with databases.fresh("template0") as other:
        assert main(["--db", other, "restore", copy]) == 0
        with open_book(other) as book:
            assert (book.office_code, *book.last()) == ("61.03", *end)
        assert main(["--db", other, "verify"]) == 0
        assert main(["--db", other, "restore", copy]) == 1
        assert main(["--db", other, "--office", "61.09", "restore", copy]) == 1


def test_what_was_taken_out_comes_back_into_another_database(place, databases, tmp_path):
    assert main(["--db", place, "export", "-o", str(tmp_path / "out")]) == 0
    with databases.fresh() as other:
        assert main(["--db", other, "restore", str(tmp_path / "out")]) == 0
        with open_book(other) as book, open_book(place) as first:
            assert book.last() == first.last()


def test_copies_of_a_book_on_a_server_lie_in_the_accounts_own_folder(place, tmp_path, monkeypatch, capsys):
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))
    for _ in range(2):
        assert main(["--db", place, "backup"]) == 0
    assert len(list((tmp_path / "blangko" / "backups").iterdir())) >= 1
    assert main(["--db", place, "verify"]) == 0


def test_a_copy_that_the_book_does_not_go_on_from_is_found(place, databases, tmp_path, monkeypatch, capsys):
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))
    with open_book(place) as book:
        beside = book.copies_beside()
    (tmp_path / "blangko" / "backups").mkdir(parents=True)
    with databases.fresh() as other:
        add_office(other, "61.03", [opening(999)])
        name = f"{beside.removesuffix('.db').rpartition('/')[2]}-20171027T090000Z.db"
        assert main(["--db", other, "backup", "-o", str(tmp_path / "blangko" / "backups" / name)]) == 0

    assert main(["--db", place, "verify"]) == 1


def test_the_book_chooses_the_language(databases, monkeypatch, capsys):
    monkeypatch.delenv("BLANGKO_LANG", raising=False)
    with databases.fresh() as made:
        assert main(["--db", made, "--lang", "id", "init", "--office", "Uji"]) == 0
        capsys.readouterr()
        assert main(["--db", made, "print", "0", "--cause", "server"]) == 0
    assert "Tercatat, no. 3" in capsys.readouterr().out
