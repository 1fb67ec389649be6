"""What would be if, as it is asked at the counter; nothing is ever written."""

import json

import pytest

from tests.conftest import DAY


@pytest.fixture
def counter(office):
    """180 cards were printed on each of the last nineteen days, and 1,000 are left."""
    office.did("receive", 19 * 180, "--on", "2017-10-02", "--yes")
    for day in range(3, 28):
        if day not in (7, 8, 14, 15, 21, 22):
            office.did("print", 180, "--on", f"2017-10-{day:02}", "--yes")
    return office


def test_cards_supposed_to_come_are_beside_what_is_and_nothing_is_written(counter):
    last = counter.last_entry()

    said = counter.did("status", "--if-receive", "500@2017-11-01", "--if-quota", "100")

    assert "Supposed, and not written down: 500 cards there on Wed 1 Nov; at most 100" in said
    assert "Now" in said and "Supposed" in said and "Difference" in said
    assert "working days later." in said
    assert max(map(len, said.splitlines())) <= 80
    assert counter.last_entry() == last


def test_one_day_is_told_with_one_day(counter):
    days = ["--if-extra", "150@2017-11-03..2017-11-14", "--if-extra", "50@2017-11-10"]

    said = " ".join(counter.did("status", *days).split())

    assert "150 more wanted a day, Fri 3 Nov to Tue 14 Nov 2017; 50 more wanted a day, Fri 10 Nov 2017." in said
    assert "- On Fri 10 Nov 2017 several campaigns meet: their cards add up." in said


@pytest.mark.parametrize("language", ["en", "id"])
@pytest.mark.parametrize("cards", [0, 90_000])
def test_the_two_columns_fit_the_window_in_both_languages(counter, language, cards):
    asked = [
        "--if-receive",
        f"{cards + 1}@2017-10-27",
        "--if-request",
        "2017-11-01",
        "--if-extra",
        "5@besok..2018-03-01",
    ]

    said = counter.did("--lang", language, "status", *asked)

    assert max(map(len, said.splitlines())) <= 80


def test_the_keys_of_status_hold_what_would_be_and_before_what_is(counter):
    now = counter.json("status")

    then = counter.json("status", "--if-receive", "2000@2017-10-30", "--if-extra", "10@2017-11-03..2017-11-14")

    assert then["schema"] == "blangko.status/1"
    assert then["workdays_of_supply"]["p50"] > now["workdays_of_supply"]["p50"]
    assert then["before"] == now
    assert then["supposed"] == [
        {"what": "receive", "on": "2017-10-30", "cards": 2000},
        {"what": "extra", "from": "2017-11-03", "until": "2017-11-14", "cards_per_workday": 10},
    ]


def test_as_a_table_the_figures_stand_side_by_side(counter):
    rows = counter.did("status", "--if-quota", 50, "-f", "csv").splitlines()

    assert rows[0] == "name,before,value"
    assert "quota_cards,,50" in rows
    assert "on_hand_cards,1000,1000" in rows


def test_the_forecast_shows_the_days_as_they_would_be(counter):
    said = counter.did("forecast", "--if-receive", "500@2017-10-31")
    then = counter.json("forecast", "--if-receive", "500@2017-10-31")

    stock = {row["day"]: row["stock_cards"]["p50"] for row in then["rows"]}
    assert stock["2017-10-31"] > stock["2017-10-30"]
    assert "Tue 31 Oct 2017" in said and "Stock left" in said
    assert {row["day"] for row in then["before"]["rows"]} <= set(stock)


def test_the_explanation_explains_what_would_be(counter):
    said = counter.did("forecast", "--explain", "--if-quota", 100, "--if-receive", "500@2017-10-31")

    assert "Supposed, and not written down" in said
    steps = counter.json("forecast", "--explain", "--if-receive", "500@2017-10-31")["explanation"]
    days = next(step for step in steps if step["what"] == "run_out_on.p50")["rows"]
    # 1,000 less what two days use, and the 500 that came on the second.
    assert 1_120 <= days[1]["left"] <= 1_160


def test_the_alert_marks_its_line_as_supposed_and_ends_as_it_would(counter):
    assert counter("alert") == 2
    assert counter("alert", "--if-receive", "9000@2017-10-27") == 0

    then, now = counter.out.splitlines()
    assert then.startswith("BLANGKO OK - SUPPOSED 9,000 cards there on Fri 27 Oct: 10,000 cards, ")
    assert then.count("|") == 1
    assert now.startswith("As it is: BLANGKO CRITICAL - 1,000 cards")
    assert counter("alert", "--quiet", "--if-receive", "9000@2017-10-27") == 0 and not counter.out


def test_the_alert_as_data_holds_both_lines(counter):
    assert counter("alert", "--if-quota", 20, "-f", "json") == 0
    then = json.loads(counter.out)

    assert (then["exit_code"], then["before"]["exit_code"]) == (0, 2)
    assert then["before"]["line"].startswith("BLANGKO CRITICAL")
    assert then["supposed"] == [{"what": "quota", "cards_per_workday": 20}]


def test_what_is_only_supposed_is_told_to_nobody(counter):
    assert counter("alert", "--notify", "--if-quota", 20) == 3
    assert "UNKNOWN" in counter.out and "--notify" in counter.out


def test_a_request_is_supposed_for_the_number_that_would_be_proposed(counter):
    then = counter.json("status", "--if-request", DAY)

    asked = then["supposed"][0]["cards"]
    assert asked == then["before"]["request_cards"] == then["on_order_cards"]


def test_days_are_typed_as_people_type_them_and_options_in_indonesian(counter):
    counter.speaks("id")

    said = counter.did(
        "stok", "--jika-terima", "2.000@besok", "--jika-kuota", 150, "--jika-tambahan", "50@3/11/2017..14/11/2017",
        "--jika-ajukan", "rabu",
    )  # fmt: skip

    assert "2.000 keping ada Sab 28 Okt" in said and "Rab 1 Nov" in said
    assert "- Pada Sab 28 Okt 2017 kantor tutup" in said


def test_a_quota_above_the_use_says_that_it_changes_nothing(counter):
    said = counter.did("status", "--if-quota", 400)

    assert "- A quota of 400 a day is above the use: it turns hardly anybody away." in said
    assert "The run-out day stays" in said


@pytest.mark.parametrize(
    ("given", "code", "told"),
    [
        (("--if-receive", "500"), 2, "Write it so: --if-receive 500@2017-11-06"),
        (("--if-receive", "@2017-11-06"), 2, "Write it so: --if-receive"),
        (("--if-receive", "500@someday"), 2, '"500@someday" is not understood after --if-receive'),
        (("--if-receive", "12.5@2017-11-06"), 2, "Write it so"),
        (("--if-receive", "0@2017-11-06"), 1, "from 1 to"),
        (("--if-receive=-5@2017-11-06",), 1, "from 1 to"),
        (("--if-receive", "500@2017-10-26"), 1, "lies before today, Fri 27 Oct 2017"),
        (("--if-receive", "500@2019-10-26"), 1, "too far ahead"),
        (("--if-quota", 0), 1, "from 1 to"),
        (("--if-quota", "many"), 2, "Write it so: --if-quota 100"),
        (("--if-quota", 100, "--if-quota", 200), 2, "100 and 200 after --if-quota cannot both be"),
        (("--if-extra", "150@2017-11-14..2017-11-03"), 1, "runs backwards"),
        (("--if-extra", "150"), 2, "Write it so: --if-extra 150@2017-11-03..2017-11-14"),
        (("--if-extra", "150@2017-11-04..2017-11-05"), 1, "the office is closed"),
        (("--if-request", "2017-11-05"), 1, "The next day on which both are open is Mon 6 Nov 2017"),
        (("--if-request", "2017-11-01", "--if-request", "1/11/2017"), 2, "cannot both be"),
        (("--if-request", "soon"), 2, "Write it so: --if-request 2017-11-01"),
    ],
)
def test_what_cannot_be_supposed_is_refused_in_a_sentence_that_helps(counter, given, code, told):
    assert counter("status", *given) == code
    assert told in " ".join(counter.err.split()) and not counter.out


def test_where_little_is_known_the_cards_and_what_they_do_are_told_all_the_same(office):
    said = office.did("status", "--if-receive", "500@2017-10-27")

    assert "How long the cards last is not known yet" in said
    assert "1,500" in said
