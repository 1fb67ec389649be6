"""Beginning, choosing, proving, trying out."""

import os
import sqlite3
import stat

import pytest


def test_a_new_book_belongs_to_its_owner_alone(office):
    assert stat.S_IMODE(os.stat(office.book).st_mode) == 0o600


def test_an_existing_book_is_never_begun_again(office):
    before = office.book.read_bytes()

    assert office("init", "--office", "Other") == 1
    assert office.book.read_bytes() == before


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (("init",), 2),
        (("init", "--office", " "), 2),
        (("init", "--office", "X", "--code", "6103"), 1),
        (("init", "--office", "X", "--opening", "1.5"), 1),
        (("init", "--office", "X", "--daily", "0"), 1),
        (("init", "--office", "X", "--opening", "5", "--on", "2018-01-01"), 1),
        (("init", "--office", "X" * 2000), 1),
    ],
)
def test_a_book_begun_wrong_is_not_begun(nobody, words, code):
    assert nobody(*words) == code
    assert list(nobody.folder.iterdir()) == []


def test_a_book_without_an_opening_says_how_to_write_it(nobody):
    assert "blangko opening NUMBER" in nobody.did("init", "--office", "X")
    nobody.did("opening", 500)
    assert nobody.json("status")["on_hand_cards"] == 500


def test_a_shared_book_lies_in_the_machines_folder(nobody, monkeypatch):
    monkeypatch.setenv("XDG_DATA_DIRS", str(nobody.folder / "machine"))
    monkeypatch.setenv("XDG_DATA_HOME", str(nobody.folder / "own"))
    monkeypatch.delenv("BLANGKO_DB")

    nobody.did("init", "--office", "X", "--opening", 5, "--shared")

    assert nobody.json("status")["on_hand_cards"] == 5


def test_the_book_remembers_the_language_it_was_begun_in(nobody):
    nobody.speaks(None)
    nobody.did("--lang", "id", "mulai", "--office", "X", "--opening", 5)

    assert "keping" in nobody.did("status")
    assert "cards" in nobody.did("--lang", "en", "status")
    nobody.speaks("en")
    assert "cards" in nobody.did("status")


def test_a_setting_is_an_entry_with_who_and_when(office):
    office.did("settings", "risk", "10 %", "--by", "Kabid")

    assert office.json("status")["accepted_risk"] == 0.1
    assert "Kabid" in office.did("settings")
    assert office.json("settings", "risk")["settings"] == {"accepted_risk": "0.1"}


@pytest.mark.parametrize(
    "words",
    [("batch", "0"), ("risk", "60%"), ("lead_low", "20"), ("week", "funday"), ("language", "fr"), ("colour", "x")],
)
def test_a_setting_that_does_not_fit_is_refused(office, words):
    assert office("settings", *words) == 1
    assert office.last_entry() == 3


def test_a_setting_is_taken_back_like_any_command(office):
    office.did("settings", "floor", 500)
    office.did("undo", "--reason", "not agreed")

    assert office.json("settings", "floor")["settings"] == {"floor_cards": "0"}


def test_a_whole_book_is_proved(office):
    office.did("print", 100)

    seen = office.json("verify")
    assert seen["schema"] == "blangko.verify/1" and seen["ok"] is True
    assert all(finding["severity"] == "notice" for finding in seen["findings"])
    assert "every seal unbroken" in office.did("verify")


def forge(book, sql: str) -> None:
    """Change the book as somebody with a database tool could, and put the triggers back."""
    forged = sqlite3.connect(book)
    triggers = forged.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'").fetchall()
    for name, _ in triggers:
        forged.execute(f"DROP TRIGGER {name}")
    forged.execute("PRAGMA ignore_check_constraints = ON")
    forged.execute(sql)
    for _, trigger in triggers:
        forged.execute(trigger)
    forged.commit()
    forged.close()


@pytest.mark.parametrize(
    ("sql", "code", "entry_no"),
    [
        ("UPDATE entry SET cards = 99 WHERE entry_no = 4", "seal", 4),
        ("UPDATE entry SET note = 'x' WHERE entry_no = 4", "seal", 4),
        ("DELETE FROM entry WHERE entry_no = 4", "gap", 5),
        ("DELETE FROM entry WHERE entry_no = 5", "head", 4),
        ("UPDATE office SET last_entry_no = 4", "head", 5),
    ],
)
def test_a_change_by_hand_is_found_and_located(office, sql, code, entry_no):
    office.did("print", 100)
    office.did("print", 110)
    forge(office.book, sql)

    assert office("verify", "-f", "json") == 1
    import json

    seen = json.loads(office.out)
    assert not seen["ok"]
    assert (code, entry_no) in {(finding["code"], finding["entry_no"]) for finding in seen["findings"]}


def test_a_missing_trigger_is_found(office):
    book = sqlite3.connect(office.book)
    (name,) = book.execute("SELECT name FROM sqlite_master WHERE type = 'trigger' LIMIT 1").fetchone()
    book.execute(f"DROP TRIGGER {name}")
    book.commit()

    assert office("verify") == 1
    assert name in office.out


def test_the_demo_says_that_its_days_are_invented_and_leaves_nothing_behind(nobody, monkeypatch, tmp_path):
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))

    said = nobody.did("demo")

    assert said.startswith("INVENTED DAYS.") and said.count("invented") >= 3
    assert "Friday, 27 October 2017" in said and "BLANGKO CRITICAL" in said and "18.3 batches" in said
    assert list(tmp_path.iterdir()) == []


def test_a_demo_that_is_kept_can_be_looked_at_and_never_overwrites(nobody):
    kept = nobody.folder / "try.db"
    nobody.did("demo", "--keep", kept)

    assert nobody.json("--db", kept, "verify")["ok"]
    answer = nobody.json("--db", kept, "status")
    assert 1000 < answer["on_hand_cards"] < 1100 and answer["level"] == "now"
    assert answer["backlog"]["prr"]["cards"] == 254635 - 217989
    assert "invented" in answer["office"]["name"]
    assert all("invented" in row["note"] for row in nobody.json("--db", kept, "card")["rows"])
    assert nobody("demo", "--keep", kept) == 1


def test_the_guide_fits_80_columns(nobody):
    assert max(map(len, nobody.did("guide").splitlines())) <= 80
