"""Periksa and Pengaturan: the book proved, copied and compared at the page, and the office's choices changed."""

import io
import itertools
import os
import sqlite3

import pytest

from blangko import config


def rewritten(office):
    """The book after somebody has changed an entry without its seal, the triggers taken away and put back."""
    with sqlite3.connect(office.book) as book:
        made = book.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'").fetchall()
        for name, _sql in made:
            book.execute(f'DROP TRIGGER "{name}"')
        book.execute("UPDATE entry SET cards = 900 WHERE entry_no = 3")
        for _name, sql in made:
            book.execute(sql)


def sends_mark(visitor, content):
    """The page after a mark was brought to it."""
    sent = {**visitor.hidden("/check/mark"), "mark": (io.BytesIO(content), "kept.mark")}
    return visitor.post("/check/mark", sent, content_type="multipart/form-data")


def test_a_whole_book_is_proved_as_verify_proves_it(office, visit):
    at_the_desk = visit()
    assert "every seal unbroken" not in at_the_desk.get("/check?lang=en")

    page = at_the_desk.get("/check?examine=yes")
    assert at_the_desk.code == 200
    assert "The book is whole: 3 entries, numbered without gaps, every seal unbroken." in page


@pytest.mark.file
def test_an_entry_that_somebody_changed_is_named(office, visit):
    rewritten(office)
    page = visit().get("/check?examine=yes&lang=en")

    assert "The book cannot be trusted" in page and "Error, no. 3: the entry is not as it was sealed" in page


def test_a_paper_s_check_code_is_compared_with_the_book(office, visit):
    code = office.json("summary")["check_code"]
    at_the_desk = visit()

    assert "up to entry no. 3 nothing was changed" in at_the_desk.get(f"/check?code={code}&lang=en")
    page = at_the_desk.get(f"/check?code={'0' * 32}-3&lang=en")
    assert at_the_desk.code == 400 and 'role="alert"' in page


def test_a_mark_that_was_kept_tells_whether_the_book_goes_on_from_it(office, visit):
    at_the_desk = visit()
    kept = at_the_desk.client.get("/check/mark")
    assert kept.headers["Content-Disposition"] == 'attachment; filename="blangko-61.03-3.mark"'

    office.did("print", 40)
    at_the_desk.get("/check?lang=en")
    assert "The book is whole" in sends_mark(at_the_desk, kept.data)
    at_the_desk.get("/check?lang=en")
    other = kept.data.replace(b'"entry_no": 3', b'"entry_no": 2')
    assert "the book does not go on from this entry" in sends_mark(at_the_desk, other)


def test_a_file_that_is_no_mark_is_told_and_nothing_is_examined(office, visit):
    at_the_desk = visit()
    at_the_desk.get("/check?lang=en")
    page = sends_mark(at_the_desk, b"<script>alert(1)</script>")

    assert at_the_desk.code == 400 and "it holds no mark" in page and "The book is whole" not in page


@pytest.mark.file
def test_of_a_book_that_is_not_whole_no_mark_is_given(office, visit):
    rewritten(office)
    answer = visit().client.get("/check/mark")

    assert answer.status_code == 302 and answer.headers["Location"] == "/check?examine=yes"


@pytest.mark.file
def test_a_copy_is_made_proved_and_listed(office, visit):
    at_the_desk = visit()
    assert "There is none." in at_the_desk.get("/check?lang=en")
    page = at_the_desk.send("/check/copy")

    made = os.listdir(office.book.parent / "backups")
    assert len(made) == 1 and f"<li>{made[0]}</li>" in page and "Copied and proved: 3 entries" in page


@pytest.mark.file
def test_a_copy_asked_for_by_a_double_click_is_made_once(office, visit, monkeypatch):
    seconds = itertools.count(10)
    monkeypatch.setattr(config, "now_utc", lambda: f"2017-10-27T09:00:{next(seconds)}Z")
    at_the_desk = visit()
    at_the_desk.get("/check?lang=en")
    form = at_the_desk.hidden("/check/copy")
    first, second = (at_the_desk.post("/check/copy", form) for _ in range(2))

    assert len(os.listdir(office.book.parent / "backups")) == 1
    assert "Copied and proved: 3 entries" in first and "Copied and proved: 3 entries" in second
    at_the_desk.send("/check/copy")
    assert len(os.listdir(office.book.parent / "backups")) == 2


def test_a_setting_is_changed_and_says_who_stated_it(office, visit):
    at_the_desk = visit()
    page = at_the_desk.get("/settings?name=batch_cards&lang=en")
    assert "cards in one batch" in page and 'value="2000"' in page
    page = at_the_desk.send("/settings", value="4.000")

    assert at_the_desk.code == 200 and "batch_cards = 4000" in page
    assert office.json("settings")["settings"]["batch_cards"] == "4000"


def test_a_value_that_does_not_fit_is_told_with_what_was_typed(office, visit):
    at_the_desk = visit()
    at_the_desk.get("/settings?name=accepted_risk&lang=en")
    page = at_the_desk.send("/settings", value="tiny")

    assert at_the_desk.code == 409 and 'value="tiny"' in page and "accepted_risk" in page
    assert office.last_entry() == 3


def test_the_settings_are_called_as_the_language_calls_them(office, visit):
    page = visit().get("/settings?lang=id")

    assert "keping_per_batch" in page and "batch_cards</a>" not in page


@pytest.mark.parametrize("name", ["nothing", "__class__", "<b>"])
def test_a_setting_that_there_is_not_shows_the_list(office, visit, name):
    at_the_desk = visit()
    page = at_the_desk.get(f"/settings?name={name}")

    assert at_the_desk.code == 200 and 'action="/settings"' not in page


def test_whoever_only_reads_proves_the_book_and_changes_nothing(office, visit):
    reader = visit(read_only=True)

    assert 'action="/check/copy"' not in reader.get("/check") and "care.copy" not in reader.text
    assert "The book is whole" in sends_mark(reader, reader.client.get("/check/mark").data)
    assert 'href="/settings?name=' not in reader.get("/settings")
