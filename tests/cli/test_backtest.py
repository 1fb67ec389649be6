"""The replay of an office's own history, as it is asked for at the desk."""

import re
import sys
from datetime import date, timedelta

import pytest

from blangko.core import replay as lived_through
from blangko.core.workdays import MONDAY_TO_FRIDAY

KEYS = "days cover80 run_out_error_workdays within_quarter_at_half_life stock_outs precision fill_rate".split()  # noqa: SIM905


def weekdays(first, last):
    days = (date.fromisoformat(first) + timedelta(days=number) for number in range(400))
    return [str(day) for day in days if day.weekday() in MONDAY_TO_FRIDAY and str(day) <= last]


@pytest.fixture
def year(nobody):
    """Fifty cards on each weekday from 1 May 2017 on, and three deliveries of 1,500, each asked for at 400 cards.

    The fourth request is never answered: the shelf is empty on the evening of Friday 13 October. 1 May is a holiday.
    """
    days = weekdays("2017-05-01", "2017-10-13")
    nobody.did("init", "--office", "Sanggau", "--code", "61.03", "--opening", 1500, "--on", days[0])
    left = 1500
    for day in days:
        if left == 400:
            nobody.did("request", 1500, "--on", day, "--yes")
        if left == 150 and day < "2017-09-30":
            nobody.did("receive", 1500, "--on", day, "--yes")
            left += 1500
        cards = min(50, left)
        if cards:
            nobody.did("print", cards, "--on", day, "--yes")
        left -= cards
    return nobody


def test_a_replay_has_every_key_of_the_contract(year):
    shown = year.json("backtest")

    assert shown["schema"] == "blangko.backtest/1"
    assert set(KEYS) <= set(shown) and set(KEYS) - {"days"} <= set(shown["rule30"])
    assert shown["rule30"]["cover80"] is None
    assert len(shown["rows"]) == shown["days"]


def test_an_empty_shelf_is_told_with_its_first_warning_by_answer_and_rule(year):
    shown = year.json("backtest")

    (empty,) = shown["stock_outs"]
    assert empty["on"] == "2017-10-13"
    assert empty["warned_on"] < empty["on"] and empty["notice_workdays"] > 0
    # 50 a day, and five open days are the usual lead: at 250 cards, after Friday 6 October.
    rule = {"on": "2017-10-13", "warned_on": "2017-10-06", "notice_workdays": 5}
    assert shown["rule30"]["stock_outs"] == [rule]


def test_the_screen_says_whether_the_answer_is_worth_trusting_and_which_shelf_was_empty(year):
    said = year.did("backtest")

    assert "On this office's own history the answer is worth trusting: on" in " ".join(said.split())
    assert re.search(r"^Fri 13 Oct 2017 .* Fri 6 Oct 2017 +5$", said, re.MULTILINE)


@pytest.mark.parametrize(("language", "command"), [("en", "backtest"), ("id", "uji")])
def test_the_replay_fits_80_columns_in_both_languages(year, language, command):
    year.speaks(language)
    said = year.did(command)

    assert max(map(len, said.splitlines())) <= 80
    assert ("layak dipercaya" in said) == (language == "id")


def test_the_evenings_can_be_limited(year):
    shown = year.json("backtest", "--from", "2017-07-03", "--to", "2017-07-07")

    assert [row["day"] for row in shown["rows"]] == [f"2017-07-0{number}" for number in range(3, 8)]


def test_a_period_that_ends_before_it_begins_is_refused_in_a_sentence(year):
    assert year("backtest", "--from", "2017-07-07", "--to", "2017-07-03") == 1
    assert len(year.err.splitlines()) <= 2


def test_a_book_without_use_and_a_book_of_a_week_say_so(nobody):
    nobody.did("init", "--office", "Sanggau", "--opening", 900, "--on", "2017-10-23")
    assert nobody.did("backtest") == "There is nothing to replay: no use is written down in these days.\n"
    assert nobody.json("backtest")["cover80"] is None
    for day in weekdays("2017-10-23", "2017-10-27"):
        nobody.did("print", 50, "--on", day)

    assert "0 evenings can be judged, 30 are needed." in " ".join(nobody.did("backtest").split())


@pytest.mark.parametrize(
    ("ending", "begins"), [("pdf", b"%PDF"), ("png", b"\x89PNG"), ("xlsx", b"PK"), ("csv", b"day,")]
)
def test_a_replay_is_saved_in_every_form(year, ending, begins):
    place = year.folder / f"replay.{ending}"
    year.did("backtest", "-o", place)

    assert place.read_bytes().startswith(begins)


@pytest.mark.parametrize(("language", "empty"), [("en", "empty shelf"), ("id", "stok kosong")])
def test_the_page_has_the_picture_in_both_languages(year, language, empty):
    year.speaks(language)
    page = year.did("backtest", "-f", "html")

    assert "<polygon" in page and "<circle" in page and f">{empty}</text>" in page


def test_a_bar_is_drawn_on_a_terminal_only(year, monkeypatch):
    year.did("backtest")
    assert year.err == ""

    monkeypatch.setattr(type(sys.stderr), "isatty", lambda stream: stream is sys.stderr, raising=False)
    year.did("backtest", "--from", "2017-10-02")
    assert "Replaying" in year.err and "100%" in year.err


def test_whoever_stops_a_replay_gets_no_traceback(year, monkeypatch):
    def stopped(facts):
        raise KeyboardInterrupt

    monkeypatch.setattr(lived_through, "urgency", stopped)
    assert year("backtest") == 130
    assert year.out == "" and "Traceback" not in year.err
