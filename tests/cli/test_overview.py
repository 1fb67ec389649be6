"""The overview as it is asked for: an office's row is its own status, in every form and both languages."""

import json
from zipfile import ZipFile

import pytest

from tests.conftest import DAY

BESIDES = ("stale", "last_entry_on", "last_recorded_at", "last_push_at")


@pytest.fixture
def used(office):
    """The office with three weeks of prints, of which the last two days are not written down."""
    for number in range(3, 26):
        if (day := f"2017-10-{number:02}") not in ("2017-10-07", "2017-10-08", "2017-10-14", "2017-10-15"):
            office.did("print", 30 + number % 4, "--on", day, "--yes")
    office.did("request", 2000, "--on", "2017-10-20")
    return office


def test_the_row_of_an_office_is_what_its_own_status_says(used):
    (row,) = used.json("overview")["rows"]

    assert {name: value for name, value in row.items() if name not in BESIDES} == used.json("status")
    # The settings were stated today.
    assert row["last_entry_on"] == DAY
    assert row["last_push_at"] is None


def test_the_row_says_that_the_day_is_not_written_once_its_hour_has_come(used):
    used.did("settings", "remind", "16:00")
    used.did("print", 31, "--on", "2017-10-26", "--yes")
    for hour in ("15:59", "16:00"):
        used.today(f"{DAY}T{hour}")

        (row,) = used.json("overview")["rows"]

        assert row["reminder_workdays"] == used.json("status")["reminder_workdays"]
        assert row["reminder_workdays"] == ([] if hour == "15:59" else [DAY])


def test_the_overview_of_one_office_fits_the_window_in_both_languages(used):
    for language, words in (("en", "overview"), ("id", "ikhtisar")):
        used.speaks(language)
        lines = used.did(words).splitlines()

        assert max(map(len, lines)) <= 80
        assert any(line.startswith("61.03 ") for line in lines)


def test_an_office_that_has_not_begun_is_behind_and_nothing_is_told_of_it(nobody):
    nobody.did("init", "--office", "Kantor Baru", "--code", "61.04")

    data = nobody.json("overview")

    assert (data["rows"][0]["stale"], data["rows"][0]["level"]) == (True, "unknown")
    assert data["totals"]["workdays_if_shared"] is None
    assert "Behind" in nobody.did("overview")


def test_the_rows_of_a_table_have_plain_numbers_and_days(used):
    heads, row = used.did("overview", "-f", "csv").splitlines()

    told = dict(zip(heads.split(","), row.split(","), strict=True))
    assert (told["code"], told["last_entry_on"], told["stale"]) == ("61.03", DAY, "false")
    assert int(told["on_hand_cards"]) == used.json("status")["on_hand_cards"]


def test_the_overview_comes_as_a_page_with_a_small_picture_and_as_a_workbook(used):
    for name in ("offices.html", "offices.pdf", "offices.xlsx", "offices.json"):
        used.did("overview", "-o", used.folder / name)

    page = (used.folder / "offices.html").read_text(encoding="utf-8")
    assert page.count("<svg") == 1
    assert "Disdukcapil Uji" in page
    assert (used.folder / "offices.pdf").read_bytes().startswith(b"%PDF")
    with ZipFile(used.folder / "offices.xlsx") as book:
        assert b"sparkline" in book.read("xl/worksheets/sheet1.xml")
    assert json.loads((used.folder / "offices.json").read_text(encoding="utf-8"))["schema"] == "blangko.overview/1"


def test_the_same_book_and_day_give_the_same_pages(used):
    first, second = used.folder / "one.pdf", used.folder / "two.pdf"
    for path in (first, second):
        used.did("overview", "-o", path)

    assert first.read_bytes() == second.read_bytes()


def test_a_name_that_would_steer_a_page_or_a_sheet_is_only_a_name(used):
    used.did("settings", "name", "<b>=1+1</b>")

    used.did("overview", "-o", used.folder / "offices.html")
    page = (used.folder / "offices.html").read_text(encoding="utf-8")

    assert "<b>=1" not in page
    assert "&lt;b&gt;=1+1&lt;/b&gt;" in page
