"""The commands that answer, in every form."""

import csv
import io
import json
import re
import time
from datetime import date, timedelta

import pytest

from tests.forging import forge

STATUS_KEYS = """
    schema office as_of on_hand_cards spoiled_cards on_order_cards last_entry_no last_count use workdays_of_supply
    run_out_on request_by request_cards accepted_risk risk_if_requested_today risk_before_delivery lead_time_days
    level reasons missing_workdays calendar_known_until seal
""".split()  # noqa: SIM905


def weekdays(first: str, last: str) -> list[str]:
    days = (date.fromisoformat(first) + timedelta(days=n) for n in range(400))
    return [day.isoformat() for day in days if day.weekday() < 5 and day.isoformat() <= last]


@pytest.fixture
def steady(nobody):
    """200 cards on each of the weekdays from 25 September to 27 October 2017 but 21 September; 1,040 are left."""
    days = weekdays("2017-09-25", "2017-10-27")
    nobody.did("init", "--office", "Sanggau", "--code", "61.03", "--opening", 1040 + 200 * len(days), "--on", days[0])
    for day in days:
        nobody.did("print", 200, "--on", day, "--yes")
    return nobody


def test_status_has_every_key_of_the_contract(steady):
    answer = steady.json("status")

    assert set(STATUS_KEYS) <= set(answer)
    assert answer["schema"] == "blangko.status/1"
    assert answer["office"] == {"code": "61.03", "name": "Sanggau"}
    assert answer["level"] == "now" and answer["reasons"] == ["late"]


def test_the_bare_program_shows_the_status(steady):
    assert steady.did() == steady.did("status")


def test_status_fits_80_columns_and_proves_its_figures(steady):
    said = steady.did("status")

    assert max(map(len, said.splitlines())) <= 80
    assert "On hand        1,040 cards" in said
    assert "opening 6,040 + received 0 + adjusted 0 = 6,040" in said


def test_forecast_rows_are_open_days_with_ordered_stocks(steady):
    answer = steady.json("forecast")

    assert answer["schema"] == "blangko.forecast/1" and set(STATUS_KEYS) <= set(answer)
    rows = answer["rows"]
    assert rows[0]["day"] == "2017-10-30" and rows[0]["workday"] == 1
    assert rows[0]["stock_cards"]["p50"] == pytest.approx(840, abs=20)
    assert all(row["stock_cards"]["p10"] <= row["stock_cards"]["p50"] <= row["stock_cards"]["p90"] for row in rows)
    assert [row["empty_probability"] for row in rows] == sorted(row["empty_probability"] for row in rows)


def test_forecast_tells_the_sum_that_a_clerk_can_do_again(steady):
    said = steady.did("forecast")

    assert "1,040 cards : 200.0 a working day = 5.2 working days, counted from Mon 30 Oct" in said
    assert max(map(len, said.splitlines())) <= 80


def test_a_forecast_without_history_says_what_is_needed(office):
    said = office.did("forecast")

    assert "not known yet" in said
    assert office.json("forecast")["rows"] == []


def test_the_card_has_the_same_columns_as_csv_and_as_json(steady):
    rows = steady.json("card")["rows"]
    table = list(csv.DictReader(io.StringIO(steady.did("card", "-f", "csv"))))

    assert list(table[0]) == list(rows[0])
    assert table[-1]["balance_cards"] == "1040" and rows[-1]["balance_cards"] == 1040


def test_the_card_of_a_period_keeps_the_balances_of_the_whole_book(steady):
    rows = steady.json("card", "--from", "2017-10-26", "--to", "2017-10-26")["rows"]

    assert [(row["occurred_on"], row["out_cards"], row["balance_cards"]) for row in rows] == [("2017-10-26", 200, 1240)]


def test_a_note_cannot_run_in_a_spreadsheet(office):
    office.did("print", 5, "--note", "=1+1")

    assert "'=1+1" in office.did("card", "-f", "csv")


def test_a_note_cannot_steer_the_terminal(office):
    office.did("print", 5, "--note", "a\x1b[31m\u202eb")

    assert "\x1b" not in office.did("card") and "\u202e" not in office.out


@pytest.mark.parametrize("ending", ["json", "csv", "md", "txt"])
def test_an_answer_goes_into_a_file_by_its_ending(steady, ending):
    file = steady.folder / f"answer.{ending}"

    assert steady.did("forecast", "-o", file) == ""
    assert file.read_text(encoding="utf-8")
    assert steady.papers() == {file.name}


def test_a_file_that_cannot_be_written_leaves_nothing_behind(steady):
    assert steady("card", "-o", steady.folder / "missing" / "card.csv") == 1
    assert steady("card", "-o", steady.folder) == 2
    assert steady("card", "-o", steady.folder / "card.xyz") == 2
    assert steady.papers() == set()


@pytest.mark.file
def test_the_book_itself_is_never_written_over(steady):
    before = steady.book.read_bytes()

    assert steady("card", "-f", "csv", "-o", steady.book) == 1
    assert steady.book.read_bytes() == before


def test_an_unknown_format_is_wrong_usage(steady):
    assert steady("status", "-f", "xml") == 2


def test_machine_formats_are_the_same_in_both_languages(steady):
    english = steady.did("status", "-f", "json")
    steady.speaks("id")

    assert steady.did("status", "-f", "json") == english


def test_the_calendar_marks_estimates_and_the_offices_own_days(office):
    office.did("closed", "2017-11-01", "--reason", "moving")
    rows = office.json("calendar", 2017)["rows"]

    assert {
        "date": "2017-11-01",
        "kind": "closed",
        "estimated": False,
        "name_id": "moving",
        "name_en": "moving",
    } in rows
    assert any(row["kind"] == "joint" for row in rows)
    later = office.json("calendar", 2028)
    assert all(row["estimated"] for row in later["rows"])
    assert "(estimate)" in office.did("calendar", 2028)
    assert office("calendar", 1999) == 1
    assert office("calendar", "next") == 1


def test_refreshing_the_calendar_twice_writes_nothing_the_second_time(office):
    office.did("calendar", "--refresh")
    number = office.last_entry()
    office.did("calendar", "--refresh")

    assert office.last_entry() == number


# --- The alert ----------------------------------------------------------------------------------

LINE = re.compile(
    r"BLANGKO (OK|WARNING|CRITICAL|UNKNOWN) - [^|\n]+ \| on_hand=\S+ workdays=\S+ on_order=\S+ empty_risk=\S+\n"
)


def test_a_late_request_is_critical_and_says_how_likely_an_empty_shelf_is(steady):
    assert steady("alert") == 2
    assert LINE.fullmatch(steady.out)
    assert "on_hand=1040;;;0 workdays=5;;;0 on_order=0;;;0" in steady.out
    assert re.search(r"empty before a delivery: \d+ %", steady.out)


def test_plenty_is_ok(steady):
    steady.did("receive", 9000)

    assert steady("alert") == 0
    assert steady.out.startswith("BLANGKO OK - 10,040 cards, ")


def test_a_request_in_time_quiets_the_alert(steady):
    steady.did("request", 4000, "--due", "2017-10-31")

    assert steady("alert") == 0


def test_a_delivery_that_comes_too_late_is_a_warning(steady):
    steady.did("request", 6000, "--due", "2017-11-30")

    assert steady("alert") in (1, 2)
    assert steady.json("status")["risk_before_delivery"] > 0.9


def test_an_overdue_delivery_is_a_warning(steady):
    steady.did("receive", 9000)
    steady.did("request", 4000, "--on", "2017-10-16", "--due", "2017-10-20")

    assert steady("alert") == 1
    assert "overdue" in steady.out


def test_an_empty_shelf_is_critical(office):
    office.did("print", 1000, "--yes")

    assert office("alert") == 2
    assert "the shelf is empty" in office.out


def test_below_the_floor_with_nothing_on_order_is_critical(steady):
    steady.did("receive", 3000)
    steady.did("settings", "floor", 5000)

    assert steady("alert") == 2
    assert "below the floor of 5,000" in steady.out


def test_too_little_history_is_unknown(office):
    assert office("alert") == 3
    assert "workdays=U" in office.out


def test_two_days_not_written_down_are_unknown(steady):
    steady.did("receive", 9000)
    steady.today("2017-10-31")
    assert steady("alert") == 0
    steady.today("2017-11-01")

    assert steady("alert") == 3
    assert "2 workdays not written down" in steady.out


@pytest.mark.parametrize(
    "words", [("alert", "--nonsense"), ("cek", "x"), ("alert", "-f", "xml"), ("--lang", "fr", "alert"), ("alert", "-o")]
)
def test_wrong_usage_of_the_alert_is_unknown(steady, words):
    assert steady(*words) == 3
    assert LINE.fullmatch(steady.out)
    assert "on_hand=U workdays=U on_order=U empty_risk=U" in steady.out


def test_a_missing_book_is_unknown_and_is_not_made(nobody):
    assert nobody("alert") == 3
    assert LINE.fullmatch(nobody.out) and not nobody.has_a_book()


def test_a_broken_seal_is_unknown(steady):
    forge(steady.place, "UPDATE entry SET cards = 20 WHERE entry_no = 10")

    assert steady("alert") == 3
    assert "seal" in steady.out


def test_a_fault_of_the_program_is_unknown_to_the_scheduler(steady, monkeypatch):
    monkeypatch.setattr("blangko.stockroom.seals.proved_seals", lambda *_: 1 / 0)

    assert steady("alert") == 3
    assert "ZeroDivisionError" in steady.out


def test_a_clock_that_went_back_is_unknown_outside_a_replay(steady, monkeypatch):
    monkeypatch.delenv("BLANGKO_TODAY")
    monkeypatch.setattr("blangko.config.today", lambda: date(2017, 10, 20))

    assert steady("alert") == 3
    assert "clock" in steady.out


def test_the_alert_as_json_carries_its_line_and_code(steady):
    assert steady("alert", "-f", "json") == 2
    data = json.loads(steady.out)
    assert data["exit_code"] == 2 and data["line"].startswith("BLANGKO CRITICAL")


# --- The reminder -------------------------------------------------------------------------------


@pytest.fixture
def reminded(steady):
    """An office with plenty of cards that wants every open day to be written by half past four; today is Monday."""
    steady.did("receive", 9000)
    steady.did("settings", "remind_at", "16.30")
    return steady


def test_a_day_not_written_by_its_hour_is_a_warning_and_no_longer_once_it_is(reminded):
    reminded.today("2017-10-30T16:29")
    assert reminded("alert") == 0
    reminded.today("2017-10-30T16:30")
    assert reminded("alert") == 1
    assert reminded.out.startswith("BLANGKO WARNING - 10,040 cards, 50 workdays, Mon 30 Oct not written down, ")
    answer = reminded.json("status")
    assert (answer["level"], answer["reasons"], answer["reminder_workdays"]) == (
        "soon",
        ["nothing_written"],
        ["2017-10-30"],
    )
    assert "Nothing is written down for Mon 30 Oct." in " ".join(reminded.did("status").split())

    reminded.did("print", 0, "--cause", "server")

    assert reminded("alert") == 0


def test_a_day_told_without_a_time_is_over(reminded):
    reminded.today("2017-10-30")

    assert reminded("alert") == 1


@pytest.fixture
def in_pontianak():
    """A machine that stands in Pontianak, seven hours ahead of UTC."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("TZ", "WIB-7")
        time.tzset()
        yield
    time.tzset()


def test_the_hour_of_the_office_is_that_of_the_machine_in_its_own_zone(reminded, in_pontianak, clock, monkeypatch):
    monkeypatch.delenv("BLANGKO_TODAY")

    clock("2017-10-30 09:29")
    assert reminded("alert") == 0
    clock("2017-10-30 09:30")
    assert reminded("alert") == 1


def test_a_time_that_is_none_is_refused_with_the_day(reminded):
    for told in ("2017-10-30T", "2017-10-30T25:00", "2017-10-30T16:30+07:00", "T16:30"):
        reminded.today(told)
        assert reminded("status") == 1
        assert told in reminded.err


def test_the_hour_is_set_in_indonesian_and_taken_back(reminded):
    reminded.speaks("id")
    reminded.today("2017-10-30T17:00")

    reminded.did("pengaturan", "ingatkan pukul", "7.05")
    assert "07:05" in reminded.did("pengaturan")
    assert reminded("cek") == 1
    assert "Sen 30 Okt belum dicatat" in reminded.out

    reminded.did("pengaturan", "ingatkan", "mati")
    assert reminded("cek") == 0
    assert reminded("pengaturan", "ingatkan", "sore") == 1


def test_the_plan_is_as_urgent_as_the_status_beside_it(reminded):
    reminded.today("2017-10-30T17:00")

    assert reminded.json("plan")["reasons"] == reminded.json("status")["reasons"] == ["nothing_written"]
