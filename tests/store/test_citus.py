"""One database over several servers: what Citus asks of the tables, and the statements that spread them.

What can be known without Citus is asked of PostgreSQL's own catalogue. The rest is tried where BLANGKO_TEST_CITUS is
the address of a database of Citus, whose tables of blangko this test may drop.
"""

import os

import pytest

from blangko.store.citus import statements
from tests import postgres
from tests.conftest import Office

pytestmark = pytest.mark.postgres
without_server = pytest.mark.skipif(not postgres.is_installed(), reason=postgres.ABSENT)
CITUS = os.environ.get("BLANGKO_TEST_CITUS")
KEYS = """
SELECT c.relname, i.relname, (SELECT a.attname FROM pg_attribute a WHERE a.attrelid = c.oid AND a.attnum = x.indkey[0])
FROM pg_index x JOIN pg_class c ON c.oid = x.indrelid JOIN pg_class i ON i.oid = x.indexrelid
WHERE x.indisunique AND c.relnamespace = 'public'::regnamespace
"""
LINKS = """
SELECT k.conname, k.confrelid::regclass::text,
  (SELECT a.attname FROM pg_attribute a WHERE a.attrelid = k.conrelid AND a.attnum = k.conkey[1]),
  (SELECT a.attname FROM pg_attribute a WHERE a.attrelid = k.confrelid AND a.attnum = k.confkey[1])
FROM pg_constraint k WHERE k.contype = 'f'
"""
# Every guard and every rule of the tables, as the server writes it.
SHAPE = """
SELECT 'trigger', tgrelid::regclass::text, pg_get_triggerdef(oid) FROM pg_trigger WHERE NOT tgisinternal
UNION ALL
SELECT 'constraint', conrelid::regclass::text, conname || ' ' || pg_get_constraintdef(oid) FROM pg_constraint
WHERE connamespace = 'public'::regnamespace
ORDER BY 1, 2, 3
"""
# What stands for Citus on a server that has none: it writes down what it is asked to distribute.
STAND_IN = """
CREATE TABLE pg_dist_partition (logicalrelid regclass);
CREATE FUNCTION create_distributed_table(made regclass, distribution text, colocate_with text DEFAULT 'default')
RETURNS void LANGUAGE plpgsql AS $$
BEGIN
  IF EXISTS (SELECT FROM pg_dist_partition WHERE logicalrelid = made) THEN
    RAISE EXCEPTION 'table "%" is already distributed', made;
  END IF;
  INSERT INTO pg_dist_partition VALUES (made);
END
$$;
CREATE FUNCTION create_reference_table(made regclass) RETURNS void LANGUAGE sql AS
  'SELECT create_distributed_table(made, '''')';
"""


@pytest.fixture
def place(databases):
    with databases.fresh() as address:
        yield address


@pytest.fixture
def owner(place, monkeypatch, capsys, tmp_path):
    """The desk of the owner of a database with two offices."""
    office = Office(monkeypatch, capsys, tmp_path, place)
    begin(office)
    return office


def begin(office):
    for code in ("61.03", "61.04"):
        office.did("init", "--office", f"Dukcapil {code}", "--code", code, "--opening", 500, "--daily", 20)


def asked(place, sql):
    import psycopg

    with psycopg.connect(place, autocommit=True) as connection:
        done = connection.execute(sql)
        return done.fetchall() if done.description else []


@without_server
def test_every_unique_key_begins_with_the_office(owner, place):
    keys = asked(place, KEYS)

    assert len(keys) >= 5
    # The kinds are the same on every server, and the shape's version stays on the first.
    assert {table for table, _, first in keys if first != "office_code"} == {"kind", "alembic_version"}


@without_server
def test_every_link_begins_with_the_office_but_that_to_the_kinds(owner, place):
    links = asked(place, LINKS)

    assert len(links) >= 5
    assert {link[1:] for link in links if link[1] == "kind"} == {("kind", "kind", "kind")}
    assert {link[2:] for link in links if link[1] != "kind"} == {("office_code", "office_code")}


@without_server
def test_no_number_comes_from_a_sequence(owner, place):
    assert asked(place, "SELECT relname FROM pg_class WHERE relkind = 'S'") == []


@without_server
def test_no_transaction_touches_two_offices(owner, place):
    for code in ("61.03", "61.04"):
        owner.did("--office", code, "request", 1000)
        owner.did("--office", code, "receive", 1000, "--ref", "BAST 1")
        owner.did("--office", code, "print", 40, "--spoiled", 2)
    owner.did("allocate", 1000, "--record", "--yes")
    owner.did("overview")

    for table in ("entry", "digest"):
        touched = f"SELECT xmin::text, count(DISTINCT office_code) FROM {table} GROUP BY 1"
        assert {offices for _, offices in asked(place, touched)} == {1}, table
    assert asked(place, "SELECT count(*) FROM entry WHERE kind = 'grant'") == [(2,)]


@without_server
def test_the_statements_spread_every_table_and_leave_every_guard_as_it_was(owner, place):
    asked(place, STAND_IN)
    before = asked(place, SHAPE)

    owner.did("offices", "distribute", "--run")

    spread = {table for (table,) in asked(place, "SELECT logicalrelid::text FROM pg_dist_partition")}
    parted = {table for table, _, first in asked(place, KEYS) if first == "office_code"}
    assert spread == parted | {"kind"}
    assert asked(place, SHAPE) == before
    owner.did("--office", "61.03", "print", 5)


@without_server
def test_what_is_printed_is_what_is_run(owner, place):
    asked(place, STAND_IN)

    printed = owner.did("offices", "distribute")

    assert owner.did("offices", "distribute", "--run") == printed
    assert printed == "".join(f"{statement};\n" for statement in statements())


@without_server
def test_a_run_that_was_cut_short_is_gone_on_with(owner, place):
    asked(place, STAND_IN)
    before = asked(place, SHAPE)
    asked(place, "SELECT create_reference_table('kind'); SELECT create_distributed_table('office', 'office_code')")

    owner.did("offices", "distribute", "--run")

    assert len(asked(place, "SELECT * FROM pg_dist_partition")) >= 6
    assert asked(place, SHAPE) == before


@without_server
def test_what_citus_refuses_is_told_with_its_statement(owner, place):
    asked(place, STAND_IN)
    asked(place, "ALTER FUNCTION create_reference_table RENAME TO create_no_reference_table")

    assert owner("offices", "distribute", "--run") == 1
    assert "create_reference_table" in owner.err


@without_server
def test_a_server_without_citus_says_so(owner):
    assert owner("offices", "distribute", "--run") == 1
    assert "Citus" in owner.err


def test_the_offices_link_is_put_back_after_both_ends_are_distributed():
    said = statements()
    spread = [number for number, sql in enumerate(said) if sql.startswith("SELECT create_")]
    (link,) = [number for number, sql in enumerate(said) if "ADD CONSTRAINT entry_office_fk" in sql]

    assert said[0] == "SET citus.enable_unsafe_triggers = on"
    assert max(spread) < link < min(number for number, sql in enumerate(said) if sql.startswith("CREATE TRIGGER"))


@pytest.mark.skipif(not CITUS, reason="no Citus: BLANGKO_TEST_CITUS names none")
def test_two_offices_keep_their_books_on_citus(monkeypatch, capsys, tmp_path):
    owned = ("digest", "fork", "push", "entry", "office", "kind", "alembic_version")
    asked(CITUS, f"DROP TABLE IF EXISTS {', '.join(owned)} CASCADE")
    asked(CITUS, "DROP FUNCTION IF EXISTS blangko_refuse, blangko_entry_is_in_order CASCADE")
    desk = Office(monkeypatch, capsys, tmp_path, CITUS)
    begin(desk)

    desk.did("offices", "distribute", "--run")
    for code in ("61.03", "61.04"):
        desk.did("--office", code, "request", 1000)
        desk.did("--office", code, "receive", 1000, "--ref", "BAST 1")
        desk.did("--office", code, "print", 40, "--spoiled", 2)
        desk.did("--office", code, "undo", "--reason", "typed twice")
        desk.did("--office", code, "verify")

    assert {row["code"]: row["last_entry_no"] for row in desk.json("offices")["rows"]} == {"61.03": 9, "61.04": 9}
    assert desk.json("--office", "61.04", "status")["on_hand_cards"] == 1500
    with pytest.raises(Exception, match="an entry is never changed"):
        asked(CITUS, "UPDATE entry SET cards = 1 WHERE office_code = '61.03'")
    with pytest.raises(Exception, match="takes the next number"):
        asked(CITUS, "INSERT INTO entry SELECT * FROM entry WHERE office_code = '61.03' AND entry_no = 1")
