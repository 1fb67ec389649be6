"""Who sees and writes what on a server: roles let in by the SQL that `offices grant` writes, on a real PostgreSQL.

What no role may do, whatever program it uses, is tried in `tests/faults/test_server_roles.py`.
"""

import pytest

from blangko.store.roles import AUDITOR, CLERK, PROVINCE, grant_script, role_name
from tests import postgres
from tests.conftest import Office

# One worker: the roles of a server belong to all its databases, and two cannot be made at once.
pytestmark = [
    pytest.mark.postgres,
    pytest.mark.skipif(not postgres.is_installed(), reason=postgres.ABSENT),
    pytest.mark.xdist_group("roles"),
]
OFFICES = ("60.99", "61", "61.03", "61.04", "62.01")
LETS_IN = {
    "blangko_clerk_61.03": (CLERK, "61.03"),
    "blangko_province_61": (PROVINCE, "61"),
    "blangko_auditor": (AUDITOR, ""),
}


@pytest.fixture
def place(databases):
    """A database of five offices, each with 500 cards, to which three roles are let in."""
    with databases.fresh() as address:
        yield address


@pytest.fixture
def owner(place, monkeypatch, capsys, tmp_path):
    """The desk of the owner of the tables."""
    office = Office(monkeypatch, capsys, tmp_path, place)
    for code in OFFICES:
        office.did("init", "--office", f"Dukcapil {code}", "--code", code, "--opening", 500)
    with connected(place) as connection:
        for role, code in LETS_IN.values():
            connection.execute(grant_script(role, code))
    return office


def connected(place, role=postgres.ADMINISTRATOR):
    import psycopg

    return psycopg.connect(address_of(place, role), autocommit=True)


def address_of(place, role):
    return place.replace(f"//{postgres.ADMINISTRATOR}@", f"//{role}@")


@pytest.fixture
def desk_of(owner, place, monkeypatch):
    """`desk_of(role)` is a desk that connects by that role."""

    def sit_down(role):
        monkeypatch.setenv("BLANGKO_DB", address_of(place, role))
        return owner

    return sit_down


def seen(place, role, table="office"):
    with connected(place, role) as connection:
        return [code for (code,) in connection.execute(f"SELECT DISTINCT office_code FROM {table} ORDER BY 1")]


@pytest.mark.parametrize("table", ["office", "entry", "stock_card"])
def test_a_clerk_sees_one_office_a_province_its_own_and_the_auditor_all(owner, place, table):
    assert seen(place, "blangko_clerk_61.03", table) == ["61.03"]
    assert seen(place, "blangko_province_61", table) == ["61", "61.03", "61.04"]
    assert seen(place, "blangko_auditor", table) == list(OFFICES)


def test_the_list_of_offices_holds_those_that_the_role_sees(desk_of):
    def listed():
        return [(row["code"], row["name"]) for row in desk.json("offices")["rows"]]

    desk = desk_of(postgres.ADMINISTRATOR)
    assert listed() == [(code, f"Dukcapil {code}") for code in OFFICES]
    assert desk.did("offices").splitlines()[-1] == "5 offices"
    desk_of("blangko_province_61")
    assert listed() == [("61", "Dukcapil 61"), ("61.03", "Dukcapil 61.03"), ("61.04", "Dukcapil 61.04")]


def test_the_clerk_of_one_office_need_not_name_it_and_does_the_days_work(desk_of):
    desk = desk_of("blangko_clerk_61.03")

    desk.did("print", 40, "--spoiled", 2)
    desk.did("undo", "--reason", "typed twice")
    desk.did("print", 50)
    desk.did("verify")

    assert desk.json("status")["on_hand_cards"] == 450


def test_a_clerk_who_names_another_office_is_told_that_it_is_not_there(desk_of):
    desk = desk_of("blangko_clerk_61.03")

    assert desk("--office", "61.04", "print", 5) == 3
    assert "61.04" in desk.err and desk.out == ""


def test_the_province_writes_into_the_books_of_its_own_offices_alone(desk_of):
    desk = desk_of("blangko_province_61")

    desk.did("--office", "61.04", "request", 1000)
    assert desk("--office", "62.01", "request", 1000) == 3


def test_the_auditor_reads_every_book_and_writes_into_none(desk_of):
    desk = desk_of("blangko_auditor")

    desk.did("--office", "62.01", "verify")
    assert desk("--office", "62.01", "print", 5) in (1, 3)
    assert "does not allow" in desk.err
    assert desk.json("--office", "62.01", "status")["on_hand_cards"] == 500


def test_no_role_writes_a_row_of_an_office_that_it_does_not_see(owner, place):
    from psycopg.errors import InsufficientPrivilege

    row = (
        "INSERT INTO fork (office_code, entry_no, seal, message, arrived_at, sender) VALUES (%s, 1, 's', 'm', 't', 'x')"
    )
    for role, own, other in (("blangko_clerk_61.03", "61.03", "61.04"), ("blangko_province_61", "61.04", "62.01")):
        with connected(place, role) as connection:
            connection.execute(row, [own])
            with pytest.raises(InsufficientPrivilege, match="row-level security"):
                connection.execute(row, [other])


def test_a_person_may_go_by_the_role_of_the_office_and_sees_nothing_without_it(owner, place):
    with connected(place) as connection:
        connection.execute(
            "DROP ROLE IF EXISTS siti;"
            ' CREATE ROLE siti LOGIN IN ROLE "blangko_clerk_61.03";'
            " ALTER ROLE siti SET role = 'blangko_clerk_61.03'"
        )

    assert seen(place, "siti") == ["61.03"]
    with connected(place, "siti") as connection:
        connection.execute("SET ROLE NONE")
        assert connection.execute("SELECT count(*) FROM office").fetchone() == (0,)


def test_to_let_in_a_role_a_second_time_changes_nothing(owner, place):
    def rights():
        with connected(place) as connection:
            return [
                connection.execute(sql).fetchall()
                for sql in (
                    "SELECT * FROM pg_policies ORDER BY tablename, policyname",
                    "SELECT relname, relacl::text, relrowsecurity FROM pg_class"
                    " WHERE relnamespace = 'public'::regnamespace ORDER BY 1",
                    "SELECT roleid::regrole::text, member::regrole::text FROM pg_auth_members ORDER BY 1, 2",
                )
            ]

    before = rights()
    with connected(place) as connection:
        connection.execute(grant_script(CLERK, "61.03"))

    assert rights() == before


def test_every_table_with_rows_of_an_office_is_parted_by_office(owner, place):
    with connected(place) as connection:
        parted = connection.execute(
            "SELECT c.relname, c.relrowsecurity, (SELECT count(*) FROM pg_policy p WHERE p.polrelid = c.oid)"
            " FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid AND a.attname = 'office_code'"
            " WHERE c.relkind = 'r' AND c.relnamespace = 'public'::regnamespace ORDER BY 1"
        ).fetchall()

    assert len(parted) >= 5
    assert [(security, policies) for _, security, policies in parted] == [(True, 3)] * len(parted)


@pytest.mark.parametrize("role", ["blangko_clerk_61.03", "blangko_province_61"])
def test_what_a_role_may_see_is_found_in_the_index(owner, place, role):
    with connected(place, role) as connection:
        connection.execute("SET enable_seqscan = off; SET enable_bitmapscan = off")
        plan = "\n".join(line for (line,) in connection.execute("EXPLAIN SELECT cards FROM entry"))

    assert "Index Cond: (office_code" in plan or "Index Cond: ((office_code" in plan
    assert "Filter" not in plan


def test_a_role_is_called_after_what_it_sees():
    assert [role_name(*each) for each in LETS_IN.values()] == list(LETS_IN)
