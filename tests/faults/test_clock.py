"""A clock that is wrong, a machine that changes its zone: the entry's day is the office's day, and nothing is lost."""

import time

import pytest


@pytest.fixture
def clock(office, clock, monkeypatch):
    """The office without a told day, in Pontianak; `clock("2017-10-27 09:00")` sets its clock, in UTC."""

    def zone(name):
        monkeypatch.setenv("TZ", name)
        time.tzset()

    monkeypatch.delenv("BLANGKO_TODAY")
    zone("Asia/Pontianak")
    clock.zone = zone
    clock("2026-11-26 02:00")
    yield clock
    monkeypatch.undo()
    time.tzset()


def last_row(office):
    return office.json("card", "--to", "2030-12-31")["rows"][-1]


# --- The day in the office ----------------------------------------------------------------------


@pytest.mark.skipif(not hasattr(time, "tzset"), reason="a machine whose zone cannot be changed from a test")
@pytest.mark.parametrize(
    ("zone", "instant", "day"),
    [
        # Half past eleven in the evening in the west (WIB), half an hour past midnight in the middle (WITA).
        ("Asia/Pontianak", "2026-11-26 16:30", "2026-11-26"),
        ("Asia/Makassar", "2026-11-26 16:30", "2026-11-27"),
        ("Asia/Jayapura", "2026-11-26 16:30", "2026-11-27"),
        # Four in the afternoon, when the day is written down.
        ("Asia/Pontianak", "2026-11-26 09:00", "2026-11-26"),
        ("Asia/Jayapura", "2026-11-26 07:00", "2026-11-26"),
        # A quarter past six in the morning, while it is still yesterday in UTC.
        ("Asia/Jayapura", "2026-11-25 21:15", "2026-11-26"),
        # A machine that was set up for a country with summer time, on the night in which it ends.
        ("Europe/Amsterdam", "2026-10-25 00:30", "2026-10-25"),
        ("Europe/Amsterdam", "2026-10-25 01:30", "2026-10-25"),
        ("Europe/Amsterdam", "2026-10-24 22:30", "2026-10-25"),
    ],
)
def test_the_day_of_an_entry_is_the_day_in_the_office(office, clock, zone, instant, day):
    clock.zone(zone)
    clock(instant)
    office.did("print", 7, "--yes")

    row = last_row(office)
    assert (row["occurred_on"], row["recorded_at"]) == (day, instant.replace(" ", "T") + ":00Z")


@pytest.mark.skipif(not hasattr(time, "tzset"), reason="a machine whose zone cannot be changed from a test")
def test_a_machine_that_travels_west_writes_the_same_evening_down_again(office, clock):
    clock.zone("Asia/Jayapura")
    clock("2026-11-26 15:30")
    office.did("print", 7, "--yes")
    clock.zone("Asia/Pontianak")
    clock("2026-11-26 16:00")
    office.did("print", 8, "--yes")

    days = {row["cards"]: row["occurred_on"] for row in office.json("card", "--to", "2030-12-31")["rows"]}
    assert (days[7], days[8]) == ("2026-11-27", "2026-11-26")
    assert office.json("verify")["ok"]


# --- A clock two years wrong ----------------------------------------------------------------------


def test_a_clock_two_years_back_asks_before_it_dates_an_entry_wrong(office, clock):
    office.did("print", 7, "--yes")
    clock("2024-11-26 02:00")

    assert office("print", 8, "--on", "2017-10-30") == 1
    assert "The last entry was recorded at 2026-11-26T02:00:00Z, and the computer's clock says" in office.err
    assert office("alert") == 3 and "is the clock right?" in office.out
    clock("2026-11-26 02:05")
    office.did("print", 8, "--yes")
    assert office.json("status")["on_hand_cards"] == 985
    assert office.json("verify")["findings"][0]["code"] != "clock"


def test_an_entry_recorded_with_a_clock_set_back_stays_to_be_seen(office, clock):
    office.did("print", 7, "--yes")
    clock("2024-11-26 02:00")
    office.did("print", 8, "--yes")
    clock("2026-11-26 02:05")

    found = {each["code"]: each["entry_no"] for each in office.json("verify")["findings"]}
    assert found["clock_back"] == 5


def test_an_entry_dated_by_a_clock_two_years_ahead_is_taken_back_and_leaves_no_trace_in_the_sums(office, clock):
    office.did("print", 7, "--yes")
    clock("2028-11-27 02:00")
    office.did("print", 8, "--yes")
    clock("2026-11-26 02:05")

    assert office("alert") == 3 and "is the clock right?" in office.out
    assert "clock" in [each["code"] for each in office.json("verify")["findings"]]
    assert office.json("status")["on_hand_cards"] == 993
    office.did("undo", 5, "--reason", "the clock was wrong")
    office.did("print", 8, "--yes")
    assert office.json("status")["on_hand_cards"] == 985
    assert [row["balance_cards"] for row in office.json("card", "--to", "2030-12-31")["rows"]] == [
        1000, 993, 985, 977, 985,
    ]  # fmt: skip
    office("alert")
    assert "clock" not in office.out
    assert "clock" not in [each["code"] for each in office.json("verify")["findings"]]


def test_a_back_dated_entry_keeps_both_dates(office, clock):
    office.did("print", 7, "--on", "2026-11-20", "--yes")

    assert (last_row(office)["occurred_on"], last_row(office)["recorded_at"]) == ("2026-11-20", "2026-11-26T02:00:00Z")
