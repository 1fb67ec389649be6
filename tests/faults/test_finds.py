"""What fuzzing has found, each as somebody saw it; whatever was found once is tried every time."""

import json
import sqlite3
from hashlib import sha256

import pytest

from tests.faults.changed_bytes import errors
from tests.faults.fuzz import no_hang

pytestmark = pytest.mark.file


@pytest.mark.parametrize(
    "words",
    [
        ("report", "--month", "9999-12"),
        ("summary", "--week", "9999-W52"),
        ("summary", "--from", "0001-01-01", "--to", "0001-01-02"),
        ("print", 5, "--on", "0001-01-01"),
        ("backup", "-o", "a\0b"),
        ("card", "-o", "a\0b.csv"),
        ("print", 5, "--key", "\udc80"),
        ("undo", "--reason", "x", "--key", "\udc80"),
        ("verify", "--code", "0123456789ab-99999999999999999999"),
    ],
)
def test_words_that_once_ended_in_a_traceback_are_refused(office, words):
    assert office(*words) == 1
    assert office.err.strip() and "Traceback" not in office.err


def test_a_day_on_the_edge_of_the_calendar_is_no_day_of_today(office):
    office.today("9999-12-31")

    assert office("status") == 1 and "is not a date" in office.err


def test_an_export_whose_entries_are_empty_is_refused(office):
    folder = office.folder / "out"
    office.did("export", "-o", folder)
    before = (folder / "entries.csv").read_bytes()
    (folder / "entries.csv").write_bytes(b"")
    described = (folder / "datapackage.json").read_text()
    (folder / "datapackage.json").write_text(described.replace(sha256(before).hexdigest(), sha256(b"").hexdigest()))

    assert office("--db", office.folder / "again.db", "restore", folder) == 1
    assert not (office.folder / "again.db").exists()


def damaged(office, old, new):
    """The book's file with some of its bytes changed."""
    content = office.book.read_bytes()
    assert old in content and len(old) == len(new)
    office.book.write_bytes(content.replace(old, new))


def test_a_setting_that_is_no_number_any_more_is_told_by_every_command(office):
    office.did("settings", "risk", "0.05")
    damaged(office, b"accepted_risk0.05", b"accepted_risk0\0\0\0")

    for words in (("status",), ("settings",), ("print", 5), ("forecast",)):
        assert office(*words) == 3, words
        assert "is not whole (seal 4)" in office.err and "verify" in office.err


def test_an_entry_whose_office_is_no_text_any_more_is_named(office):
    office.did("print", 5)
    content = office.book.read_bytes()
    at = content.index(b"61.03", content.index(b"Disdukcapil Uji") - 120)
    office.book.write_bytes(content[: at + 2] + b"\xae" + content[at + 3 :])

    assert office("verify", "-f", "json") == 1
    assert any(each["entry_no"] for each in json.loads(office.out)["findings"])


def test_a_trigger_that_is_said_to_have_a_page_is_told(office):
    with sqlite3.connect(office.book) as raw:
        raw.execute("PRAGMA writable_schema = ON")
        raw.execute("UPDATE sqlite_master SET rootpage = 1 WHERE name = 'entry_is_never_changed'")

    assert ("schema", None) in errors(office.book)


@pytest.mark.parametrize("value", ["NULL", "x'00'", "''"])
def test_an_entry_without_a_day_or_with_bytes_for_one_is_named(office, value):
    office.did("print", 5)
    with sqlite3.connect(office.book) as raw:
        # Damage knows no rule; here the rules are taken away for a moment to stand for it.
        raw.execute("DROP TRIGGER entry_is_never_changed")
        raw.execute("PRAGMA ignore_check_constraints = ON")
        raw.execute("PRAGMA writable_schema = ON")
        raw.execute("UPDATE sqlite_master SET sql = replace(replace(sql, 'occurred_on TEXT NOT NULL', 'occurred_on'),"
                    " 'WITHOUT ROWID, STRICT', 'WITHOUT ROWID') WHERE name = 'entry'")  # fmt: skip
    with sqlite3.connect(office.book) as raw:
        raw.execute("PRAGMA ignore_check_constraints = ON")
        raw.execute(f"UPDATE entry SET occurred_on = {value} WHERE entry_no = 4")

    assert ("seal", 4) in errors(office.book)
    assert office("status") in (0, 3) and "Traceback" not in office.err


def test_a_last_number_that_damage_made_huge_is_not_counted_up_to(office):
    office.did("print", 5)
    with sqlite3.connect(office.book) as raw:
        raw.execute("UPDATE office SET last_entry_no = 1000000000000000")
        (page,) = raw.execute("SELECT rootpage FROM sqlite_master WHERE name = 'entry_days'").fetchone()
    content = bytearray(office.book.read_bytes())
    content[(page - 1) * 4096 + 4000 : page * 4096] = bytes(96)
    office.book.write_bytes(content)

    with no_hang():
        found = errors(office.book)
    assert "file" in {code for code, _ in found}


@pytest.mark.parametrize("column", ["last_entry_no", "last_seal"])
def test_an_office_whose_end_is_nothing_is_told(office, column):
    with sqlite3.connect(office.book) as raw:
        raw.execute("PRAGMA writable_schema = ON")
        for kind in ("INTEGER", "TEXT"):
            strict, loose = f"{column} {kind} NOT NULL", f"{column} {kind}"
            raw.execute("UPDATE sqlite_master SET sql = replace(sql, ?, ?) WHERE name = 'office'", [strict, loose])
    with sqlite3.connect(office.book) as raw:
        raw.execute("DROP TRIGGER office_only_goes_forward")
        raw.execute(f"UPDATE office SET {column} = NULL")

    assert office("verify") == 1 and "own rules are not as they were made: office" in " ".join(office.out.split())
    for words in (("status",), ("alert",)):
        assert office(*words) == 3, words
        assert "end is not as it was written" in office.out + office.err
    assert office("print", 5) == 3 and "rules of its own that are not as they were made (office)" in office.err
