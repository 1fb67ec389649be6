"""The wrong role and the wrong office: whoever may not is told so, by program and server, and nothing changes.

Every way in that is tried is one row here; all of them are refused.
"""

import re

import pytest

from blangko.core.entry import movement
from blangko.store.roles import AUDITOR, CLERK, PROVINCE, grant_script, role_name
from tests import postgres
from tests.faults.office import DAY, DESK, entries
from tests.faults.server import WORDS, begun_in, begun_on, last_no, run, said

pytestmark = [
    pytest.mark.postgres,
    pytest.mark.xdist_group("server_roles"),
    pytest.mark.skipif(not postgres.is_installed(), reason=postgres.ABSENT),
]
OWN, NEXT, ELSEWHERE = "61.03", "61.04", "62.01"
OFFICES = (OWN, NEXT, ELSEWHERE)
NOT_ALLOWED, GUARDED = "42501", "P0001"
"""What the server says of a right that is lacking, and of a guard."""
ROLES = {
    "clerk": (CLERK, OWN),
    "province": (PROVINCE, "61"),
    "province of others": (PROVINCE, "62"),
    "auditor": (AUDITOR, ""),
}
FORBIDDEN = (
    "UPDATE entry SET cards = 1",
    "DELETE FROM entry",
    "TRUNCATE entry",
    "TRUNCATE office CASCADE",
    "DELETE FROM office",
    "DELETE FROM push",
    "UPDATE office SET office_code = '61.09'",
    "UPDATE office SET last_entry_no = 0",
    "INSERT INTO office VALUES ('61.09', 0, repeat('0', 64))",
    "INSERT INTO kind VALUES ('gift', 1, 'x')",
    "DROP TABLE entry",
    "DROP TRIGGER entry_is_never_changed ON entry",
    "ALTER TABLE entry DISABLE TRIGGER ALL",
    "ALTER TABLE entry DISABLE ROW LEVEL SECURITY",
    "CREATE RULE swallow AS ON INSERT TO entry DO INSTEAD NOTHING",
    "SET session_replication_role = replica",
    "SET ROLE postgres",
    "SET SESSION AUTHORIZATION postgres",
    "GRANT blangko_auditor TO CURRENT_USER",
    "UPDATE alembic_version SET version_num = '0001'",
)
"""What no role of the program may do, whatever program it uses."""


@pytest.fixture(scope="module")
def offices(server):
    """A database of three offices and the roles of a clerk, two provinces and an auditor."""
    place = begun_on(server, code=OWN).partition("#")[0]
    for code in (NEXT, ELSEWHERE):
        begun_in(place, code)
    run(place, *(grant_script(*role) for role in ROLES.values()))
    return place


def as_role(place, name, code=""):
    """The place as that role comes to it."""
    given = re.sub("//[^@]*@", f"//{role_name(*ROLES[name])}@", place)
    return f"{given}#{code}" if code else given


def ends(place):
    return {code: last_no(f"{place}#{code}") for code in OFFICES}


@pytest.mark.parametrize("name", ROLES)
@pytest.mark.parametrize("statement", FORBIDDEN)
def test_no_role_can_change_what_was_written_nor_what_guards_it(offices, name, statement):
    import psycopg

    before = ends(offices)
    changed, refused = 0, None
    with psycopg.connect(as_role(offices, name), autocommit=True) as connection:
        try:
            # What the role does not see, it does not change either, without being told.
            changed = max(connection.execute(statement).rowcount, 0)
        except psycopg.Error as error:
            refused = error.sqlstate

    assert refused in (NOT_ALLOWED, GUARDED) or statement.startswith(("UPDATE", "DELETE"))
    assert changed == 0 and ends(offices) == before


@pytest.mark.parametrize(
    ("name", "code"),
    [("clerk", NEXT), ("clerk", ELSEWHERE), ("province", ELSEWHERE), ("province of others", OWN),
     ("auditor", OWN), ("auditor", ELSEWHERE)],
)  # fmt: skip
def test_who_may_not_write_in_an_office_is_told_so_and_nothing_is_written(offices, name, code):
    before = ends(offices)
    answer = said(as_role(offices, name, code), *WORDS)

    assert answer.is_told, answer
    assert ends(offices) == before


@pytest.mark.parametrize(("name", "code"), [("clerk", OWN), ("province", OWN), ("province", NEXT)])
def test_who_may_write_in_an_office_does_and_the_others_stay_as_they_are(offices, name, code):
    before = ends(offices)

    assert said(as_role(offices, name, code), *WORDS).is_done
    assert ends(offices) == {**before, code: before[code] + 2}
    assert entries(f"{offices}#{code}") == before[code] + 2


@pytest.mark.parametrize("number", ["the next one", "the first"])
@pytest.mark.parametrize(("name", "code"), [("clerk", NEXT), ("province", ELSEWHERE), ("auditor", OWN)])
def test_the_server_takes_no_entry_for_an_office_that_the_role_may_not_write_in(offices, name, code, number):
    import psycopg

    from blangko.store import queries
    from blangko.store.postgres import connected

    draft = movement("print", DAY, 1, recorded_at=DESK.recorded_at, recorded_by="siti")
    before = ends(offices)
    # To a role that sees nothing of the office, the next number is the first.
    entry_no = before[code] + 1 if number == "the next one" else 1
    row = {**draft._asdict(), "office_code": code, "entry_no": entry_no, "seal": "0" * 64}
    refused = (psycopg.errors.InsufficientPrivilege, psycopg.errors.RaiseException)
    with connected(as_role(offices, name)) as database, pytest.raises(refused):
        database.rows(queries.ADD_ENTRY, **row)
    assert ends(offices) == before


@pytest.mark.parametrize(
    ("name", "seen"),
    [
        ("clerk", [OWN]),
        ("province", [OWN, NEXT]),
        ("province of others", [ELSEWHERE]),
        ("auditor", list(OFFICES)),
    ],
)
def test_each_role_sees_its_own_offices_alone(offices, name, seen):
    from blangko.store.postgres import open_database

    with open_database(as_role(offices, name)) as database:
        assert [office.code for office in database.offices()] == seen
        for table in ("entry", "stock_card", "daily_use", "requests", "counts"):
            codes = {code for (code,) in database.rows(f"SELECT DISTINCT office_code FROM {table}")}
            assert codes <= set(seen)
