"""The file guards itself: what the rules of the book forbid, the database refuses too."""

import re
import sqlite3
from importlib.resources import files
from itertools import takewhile

import pytest

from blangko.core.columns import KINDS
from blangko.store.schema import (
    APPLICATION_ID,
    KNOWN_SHAPES,
    SCHEMA_VERSION,
    changed_parts,
    create_schema,
    differences,
    fingerprint,
    migrated,
    script,
)
from tests.store.office import small_book

TRIGGERS = {
    "entry_turned_away_range",
    "entry_is_never_changed",
    "entry_is_never_deleted",
    "entry_takes_the_next_number",
    "entry_reverses_no_reversal",
    "entry_answers_a_request",
    "entry_mirrors_what_it_reverses",
    "entry_holds_no_nik",
    "office_only_goes_forward",
    "office_is_never_deleted",
    "office_is_never_replaced",
    "kind_is_never_changed",
    "kind_is_never_deleted",
    "kind_is_never_replaced",
}
GOOD = {
    "office_code": "61.03",
    "entry_no": 4,
    "kind": "print",
    "occurred_on": "2017-10-03",
    "recorded_at": "2017-10-03T09:00:00Z",
    "recorded_by": "siti",
    "cards": 5,
    "from_place": "shelf",
    "to_place": "issued",
    "batch_no": 4,
    "seal": "0" * 64,
}
MIRROR = {
    **GOOD,
    "kind": "reverse",
    "reverses_no": 2,
    "subject": "print",
    "cards": 187,
    "from_place": "issued",
    "to_place": "shelf",
    "note": "x",
}
BAD = {
    "negative cards": {"cards": -1},
    "more cards than there are": {"cards": 100_000_001},
    "a part of a card": {"cards": 1.5},
    "a number in words": {"cards": "five"},
    "a kind that is not known": {"kind": "steal"},
    "a day that is no ISO date": {"occurred_on": "3/10/2017"},
    "a time without its zone": {"recorded_at": "2017-10-03 09:00:00"},
    "nobody": {"recorded_by": ""},
    "a place that is not known": {"to_place": "pocket"},
    "one place only": {"to_place": None},
    "twice the same place": {"to_place": "shelf"},
    "a movement of nothing known": {"cards": None},
    "a number that was given": {"entry_no": 3},
    "a number too far": {"entry_no": 5},
    "another office": {"office_code": "99.99"},
    "a request that is none yet": {"request_no": 9},
    "an answer to what is no request": {
        "kind": "receive",
        "from_place": "outside",
        "to_place": "shelf",
        "request_no": 1,
    },
    "a reversal that names nothing": {**MIRROR, "reverses_no": None},
    "a reversal without a reason": {**MIRROR, "note": None},
    "a second reversal": {**MIRROR, "note": "again", "entry_no": 5, "batch_no": 5},
    "a reversal of fewer cards": {**MIRROR, "cards": 186},
    "a reversal along another way": {**MIRROR, "to_place": "spoiled"},
    "a reversal of another kind": {**MIRROR, "subject": "send"},
    "the number of a citizen": {"note": "KTP 6103012345678901 dicetak"},
    "the number of a citizen as a name": {"party": "6103012345678901"},
    "a destruction without minutes": {"kind": "destroy", "from_place": "spoiled", "to_place": "destroyed"},
    "an adjustment without a reason": {"kind": "adjust", "to_place": "discrepancy"},
    "a short seal": {"seal": "abc"},
    "a batch that begins later": {"batch_no": 5},
    "a quota below zero": {"quota_cards": -1},
}


@pytest.fixture
def raw(tmp_path):
    """A connection beside the program, as somebody with a database tool has; the book holds three entries."""
    small_book(tmp_path / "book.db")
    connection = sqlite3.connect(tmp_path / "book.db", isolation_level=None)
    connection.execute("PRAGMA foreign_keys=ON")
    yield connection
    connection.close()


def add(connection, row, verb="INSERT"):
    names = ", ".join(f'"{name}"' for name in row)
    connection.execute(f"{verb} INTO entry ({names}) VALUES ({', '.join('?' * len(row))})", list(row.values()))


def everything(connection):
    return list(connection.execute("SELECT * FROM entry"))


@pytest.mark.parametrize("good", [GOOD, MIRROR, {**GOOD, "reference": "6103012345678901", "note": "61030123456789012"}])
def test_a_good_entry_is_taken(raw, good):
    add(raw, good)

    assert len(everything(raw)) == 4


@pytest.mark.parametrize("wrong", BAD.values(), ids=BAD.keys())
def test_the_database_refuses(raw, wrong):
    if wrong.get("entry_no") == 5 and "reverses_no" in wrong:
        add(raw, MIRROR)
    before = everything(raw)
    with pytest.raises(sqlite3.IntegrityError):
        add(raw, {**GOOD, **wrong})

    assert everything(raw) == before


@pytest.mark.parametrize(
    "attack",
    [
        "UPDATE entry SET cards = 1 WHERE entry_no = 2",
        "UPDATE OR REPLACE entry SET entry_no = 2 WHERE entry_no = 3",
        "DELETE FROM entry WHERE entry_no = 3",
        "DELETE FROM entry",
        "UPDATE office SET last_entry_no = 1",
        "UPDATE office SET office_code = '99.99'",
        "DELETE FROM office",
        "INSERT OR REPLACE INTO office VALUES ('61.03', 0, '" + "0" * 64 + "')",
        "UPDATE kind SET is_movement = 0",
        "DELETE FROM kind",
        "INSERT OR REPLACE INTO kind VALUES ('print', 0, 'x')",
    ],
)
def test_nothing_written_is_changed_or_rubbed_out(raw, attack):
    before = everything(raw), list(raw.execute("SELECT * FROM office")), list(raw.execute("SELECT * FROM kind"))
    with pytest.raises(sqlite3.IntegrityError, match="blangko: "):
        raw.execute(attack)

    assert (
        everything(raw),
        list(raw.execute("SELECT * FROM office")),
        list(raw.execute("SELECT * FROM kind")),
    ) == before


@pytest.mark.parametrize("verb", ["INSERT OR REPLACE", "REPLACE", "INSERT OR IGNORE"])
@pytest.mark.parametrize("entry_no", [1, 2, 3])
def test_no_insert_puts_itself_in_the_place_of_an_entry(raw, verb, entry_no):
    before = everything(raw)
    with pytest.raises(sqlite3.IntegrityError):
        add(raw, {**GOOD, "entry_no": entry_no, "batch_no": entry_no}, verb)

    assert everything(raw) == before


def test_no_insert_takes_the_key_of_another_entry(raw):
    add(raw, {**GOOD, "key": "once"})
    with pytest.raises(sqlite3.IntegrityError):
        add(raw, {**GOOD, "entry_no": 5, "batch_no": 5, "key": "once"}, "INSERT OR REPLACE")

    assert len(everything(raw)) == 4


def test_an_upsert_changes_nothing(raw):
    before = everything(raw)
    names, values = ", ".join(GOOD), ", ".join("?" * len(GOOD))
    with pytest.raises(sqlite3.IntegrityError):
        raw.execute(
            f"INSERT INTO entry ({names}) VALUES ({values}) ON CONFLICT DO UPDATE SET cards = 0",
            list({**GOOD, "entry_no": 3}.values()),
        )

    assert everything(raw) == before


def test_the_triggers_are_there(raw):
    assert {name for (name,) in raw.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'")} == TRIGGERS


def test_the_tables_are_strict(raw):
    strict = {name: flag for _, name, kind, _, _, flag in raw.execute("PRAGMA table_list") if kind == "table"}

    assert (strict["entry"], strict["office"], strict["kind"]) == (1, 1, 1)


def test_the_file_is_marked_as_ours(raw):
    assert raw.execute("PRAGMA application_id").fetchone() == (APPLICATION_ID,)
    assert raw.execute("PRAGMA user_version").fetchone() == (SCHEMA_VERSION,)


def test_the_database_knows_every_kind_and_which_of_them_move(raw):
    moving = {"opening", "receive", "print", "spoil", "destroy", "send", "lose", "adjust", "reverse"}

    assert dict(raw.execute("SELECT kind, is_movement FROM kind")) == {kind: int(kind in moving) for kind in KINDS}


def shape(connection):
    """Every part of a schema, and the rows that it gives."""
    parts = connection.execute("SELECT type, name, tbl_name, sql FROM sqlite_master")
    return {
        "parts": {(kind, name, table, " ".join((sql or "").split())) for kind, name, table, sql in parts},
        "kinds": set(connection.execute("SELECT * FROM kind")),
        "version": connection.execute("SELECT * FROM alembic_version").fetchall(),
    }


def fresh():
    connection = sqlite3.connect(":memory:")
    create_schema(connection)
    return connection


def test_the_shipped_schema_is_what_the_models_make():
    shipped = files("blangko.db").joinpath("schema.sql").read_text(encoding="utf-8")

    assert shipped == script()


def test_the_shipped_schema_is_what_the_migrations_make_one_after_the_other(tmp_path):
    made = sqlite3.connect(tmp_path / "migrated.db", isolation_level=None)
    with migrated(made):
        pass

    assert shape(made) == shape(fresh())
    assert differences(made) == []


def test_every_table_column_and_view_of_the_shipped_schema_is_explained():
    lines = files("blangko.db").joinpath("schema.sql").read_text(encoding="utf-8").splitlines()
    made = fresh()
    for kind, name in made.execute("SELECT type, name FROM sqlite_master WHERE type IN ('table', 'view', 'trigger')"):
        at = next(number for number, line in enumerate(lines) if line.startswith(f"CREATE {kind.upper()} {name} "))
        comment = "\n".join(takewhile(lambda line: line.startswith("-- "), reversed(lines[:at])))
        assert comment, name
        if kind == "table" and name != "alembic_version":
            for _, column, *_ in made.execute(f"PRAGMA table_info({name})"):
                assert re.search(rf"^--   {column} +\S", comment, re.M), f"{name}.{column}"


def test_a_column_that_a_migration_adds_stands_where_a_fresh_book_has_it():
    """SQLite writes an added column on the line of the one before it; that is no difference."""
    added, altered = sqlite3.connect(":memory:"), fresh()
    text = files("blangko.db").joinpath("schema.sql").read_text(encoding="utf-8")
    added.executescript(text.replace(",\n  CONSTRAINT entry_pk ", ",\n  extra INTEGER,\n  CONSTRAINT entry_pk "))
    altered.execute("ALTER TABLE entry ADD COLUMN extra INTEGER")

    assert shape(altered) == shape(added) != shape(fresh())


def test_a_missing_trigger_is_noticed(raw):
    raw.execute("DROP TRIGGER entry_is_never_changed")

    assert differences(raw) == ["entry_is_never_changed"]


def test_two_offices_count_their_entries_apart(raw):
    raw.execute("INSERT INTO office VALUES ('61.04', 0, ?)", ["0" * 64])
    add(raw, {**GOOD, "office_code": "61.04", "entry_no": 1, "batch_no": 1})

    assert list(raw.execute("SELECT office_code, COUNT(*) FROM entry GROUP BY 1")) == [("61.03", 3), ("61.04", 1)]


# --- Looked at before every write -------------------------------------------------------------------


def test_a_fresh_book_is_known_by_its_fingerprint_alone(raw):
    """Without it every write would make a fresh schema to compare with, which takes two milliseconds."""
    assert fingerprint(raw) in KNOWN_SHAPES


ADDED = {
    "a trigger": "CREATE TRIGGER quiet BEFORE INSERT ON entry BEGIN SELECT RAISE(IGNORE); END",
    "a trigger of another table": "CREATE TRIGGER quiet BEFORE UPDATE ON office BEGIN SELECT RAISE(IGNORE); END",
}


@pytest.mark.parametrize("sql", ADDED.values(), ids=ADDED)
@pytest.mark.parametrize("called", ["trigger", "view", "index", "table", "Trigger", ""])
def test_an_added_trigger_is_seen_whatever_the_list_of_parts_calls_it(raw, sql, called):
    raw.execute(sql)
    raw.execute("PRAGMA writable_schema = ON")
    raw.execute("UPDATE sqlite_master SET type = ? WHERE name = 'quiet'", [called])

    assert changed_parts(raw) == differences(raw) == ["quiet"]


def test_an_added_trigger_does_not_hide_behind_the_name_of_another(raw):
    raw.execute(ADDED["a trigger"])
    raw.execute("PRAGMA writable_schema = ON")
    raw.execute("UPDATE sqlite_master SET name = 'entry_is_never_changed' WHERE name = 'quiet'")

    assert changed_parts(raw) == ["entry_is_never_changed"]


@pytest.mark.parametrize("sql", ["CREATE VIEW mine AS SELECT 1", "CREATE INDEX mine ON entry (party)", "ANALYZE",
                                 "CREATE TABLE mine (a)", "CREATE UNIQUE INDEX mine ON kind (meaning)"])  # fmt: skip
def test_what_somebody_added_to_look_at_the_book_does_no_harm(raw, sql):
    raw.execute(sql)

    assert fingerprint(raw) not in KNOWN_SHAPES
    assert changed_parts(raw) == []
