"""The desk in rough weather: slips, sub-districts, loans, totals and closures, as clerks saw them go wrong."""

import json

import pytest


def printed(office, cards, *days):
    for day in days:
        office.today(f"2017-10-{day:02}")
        office.did("print", cards)


@pytest.fixture
def begun(nobody):
    """An office that begins today, Friday 27 October 2017, with 1,000 cards and a usual use of 100 a day."""
    nobody.did("init", "--office", "Disdukcapil Uji", "--opening", 1000, "--daily", 100)
    return nobody


# --- Sends and purposes are no twins, and sends are use ---------------------------------------------


def test_two_sub_districts_may_get_as_many_cards_on_one_day(office):
    """After `send 200 --to "UPT 1"` the same for "UPT 2" was refused as a twin."""
    office.did("send", 200, "--to", "UPT 1")

    office.did("send", 200, "--to", "UPT 2")
    assert office("send", 200, "--to", "UPT 2") == 1
    assert "the same" in office.err.lower()


def test_as_many_cards_for_another_purpose_are_no_twin(office):
    """After `print 50 --for prr` the same for lost cards was refused as a twin."""
    office.did("print", 50, "--for", "prr")

    office.did("print", 50, "--for", "lost")
    assert office("print", 50, "--for", "lost") == 1


def test_an_office_that_prints_in_its_sub_districts_is_answered(office):
    """Sends were no use, so such an office was told UNKNOWN for ever."""
    office.did("receive", 5000, "--on", "2017-10-02")
    for day in (3, 4, 5, 6, 9, 10):
        office.today(f"2017-10-{day:02}")
        office.did("send", 100, "--to", "UPT 1")
        office.did("send", 60, "--to", "UPT 2")
    status = office.json("status")

    assert status["use"]["cards_per_workday"] == pytest.approx(160, abs=4)
    assert "missing_days" not in status["reasons"]


def test_what_is_lent_or_given_back_is_no_use_and_a_loan_is_owed_until_even(office):
    office.did("send", 100, "--to", "Kab. Sekadau", "--loan")
    office.did("send", 50, "--to", "Provinsi", "--back")
    office.did("receive", 30, "--from", "Kab. Landak", "--loan")
    lent = office.json("status")

    assert lent["loans"] == [{"party": "Kab. Landak", "cards": -30}, {"party": "Kab. Sekadau", "cards": 100}]
    assert lent["use"]["workdays_observed"] == 0
    office.did("receive", 100, "--from", "Kab. Sekadau", "--loan")
    assert [each["party"] for each in office.json("status")["loans"]] == ["Kab. Landak"]
    assert "Borrowed" in office.did("status") and "Lent" not in office.did("status")


def test_a_loan_that_comes_answers_no_request(office):
    office.did("request", 2000)
    office.did("receive", 500, "--from", "Kab. Sekadau", "--loan")

    assert office.json("status")["on_order_cards"] == 2000


@pytest.mark.parametrize("words", [("--loan", "--back"), ("--loan", "--spoiled")])
def test_cards_are_lent_or_given_back_but_not_both(office, words):
    assert office("send", 5, "--to", "Provinsi", *words) == 2


def test_a_loan_names_who_gave_it(office):
    assert office("receive", 500, "--loan") == 2
    assert "--from" in office.err


# --- Slips ------------------------------------------------------------------------------------------


def test_a_slip_is_asked_about_again_although_one_like_it_was_written(office):
    """601 and 1,800 were written with --yes; the next day 1,803 and 1,870 passed unasked."""
    office.did("receive", 20_000, "--on", "2017-10-02")
    printed(office, 200, 3, 4, 5, 6, 9, 10)
    office.today("2017-10-11")
    office.did("print", 601, "--yes")
    office.did("print", 1800, "--yes")
    office.today("2017-10-12")

    assert office("print", 1803) == 1
    assert office("print", 1870) == 1
    assert "three times the usual 200" in office.err


def test_an_adjustment_of_more_than_a_tenth_is_asked_about(office):
    """`count 5000 --adjust` on 10,500 wrote -5,500 unasked."""
    office.did("receive", 9500)

    assert office("count", 5000, "--adjust", "--reason", "x") == 1
    assert "10,500" in office.err
    office.did("count", 9450, "--adjust", "--reason", "a tenth exactly")
    assert office.json("status")["on_hand_cards"] == 9450


def test_a_day_with_prints_is_not_written_as_one_without(office):
    """`print 0` after `print 195` on the same day passed."""
    office.did("print", 195)

    assert office("print", 0) == 1
    assert "195" in office.err


def test_prints_on_a_closed_day_are_asked_about(office):
    office.today("2017-10-28")

    assert office("print", 20) == 1
    assert "closed" in office.err
    office.did("print", 20, "--yes")


def test_a_first_receipt_smaller_than_the_request_is_asked_about(office):
    """`receive 500` of 4,000 closed the request without a question."""
    office.did("request", 4000)

    assert office("receive", 500) == 1
    assert "--more" in office.err
    office.did("receive", 500, "--more")
    assert office.json("status")["on_order_cards"] == 3500


def test_a_plain_yes_closes_the_request(office):
    office.did("request", 4000)
    office.did("receive", 500, "--yes")

    assert office.json("status")["on_order_cards"] == 0


# --- Requests and givers ----------------------------------------------------------------------------


def test_a_named_giver_answers_his_own_request(office):
    """`receive --from Pusat` answered the province's request."""
    office.did("request", 2000, "--to", "Provinsi")
    office.did("request", 6000, "--to", "Pusat")
    office.did("receive", 6000, "--from", "pusat")

    assert office.json("status")["on_order_cards"] == 2000


def test_a_second_grant_replaces_the_first_unless_it_says_more(office):
    office.did("request", 4000)
    office.did("grant", 1000)
    office.did("grant", 500, "--more")
    assert office.json("status")["on_order_cards"] == 1500

    office.did("grant", 700)
    assert office.json("status")["on_order_cards"] == 700


def test_a_request_without_a_number_asks_for_what_status_proposes(office):
    """4,000 were proposed, and `request` wrote one batch of 2,000."""
    office.did("settings", "daily", 200)
    proposed = office.json("status")["request_cards"]
    office.did("request")

    assert proposed and proposed > 2000
    assert office.json("status")["on_order_cards"] == proposed


# --- Totals, people turned away, closures -----------------------------------------------------------


def test_the_total_of_a_month_teaches_the_rate_of_a_day(office):
    """`print 1527` for a month's total taught 1,527 a day."""
    office.did("receive", 9000, "--on", "2017-10-02")
    # From 3 to 27 October there are nineteen open days: 1,520 are 80 a day.
    office.did("print", 1520, "--since", "2017-10-03")
    status = office.json("status")

    assert status["use"]["cards_per_workday"] == pytest.approx(80, abs=1)
    assert status["missing_workdays"] == []


def test_a_total_ends_on_its_day_and_not_before_it_begins(office):
    assert office("print", 10, "--since", "2017-10-27", "--on", "2017-10-26") == 1


def test_people_turned_away_make_the_demand_of_a_day_known(office):
    office.did("receive", 5000, "--on", "2017-10-02")
    for day in (3, 4, 5, 6, 9, 10, 11):
        office.today(f"2017-10-{day:02}")
        office.did("print", 50, "--quota", 50, "--turned-away", 70)

    assert office.json("status")["use"]["cards_per_workday"] == pytest.approx(120, abs=3)


def test_a_day_on_which_nothing_can_be_printed_is_neither_missing_nor_used_ahead(begun):
    before = begun.json("status")["run_out_on"]["p50"]
    begun.did("closed", "2017-10-30", "--until", "2017-11-03", "--printing", "--reason", "no ribbon")
    after = begun.json("status")

    assert after["run_out_on"]["p50"] > before
    begun.today("2017-11-06")
    assert not {"2017-10-30", "2017-11-03"} & set(begun.json("status")["missing_workdays"])


def test_a_closure_of_the_giver_raises_the_risk_of_asking_today(begun):
    before = begun.json("status")["risk_if_requested_today"]
    begun.did("closed", "2017-10-30", "--until", "2017-11-10", "--source", "--reason", "leave")

    assert begun.json("status")["risk_if_requested_today"] > before
    # The counter is open all the same.
    assert begun.json("forecast")["rows"][0]["day"] == "2017-10-30"


def test_a_closure_is_the_givers_or_the_printers(office):
    assert office("closed", "2017-10-30", "--source", "--printing", "--reason", "x") == 2


# --- What is shown ----------------------------------------------------------------------------------


def test_the_alert_is_quiet_for_a_scheduler_while_all_is_well(begun):
    begun.did("settings", "daily", 10)

    assert begun.did("alert", "--quiet") == ""
    begun.did("settings", "daily", 300)
    assert begun("alert", "--quiet") == 2 and begun.out.startswith("BLANGKO CRITICAL")


def test_every_number_is_explained_with_those_it_comes_from(office):
    office.did("settings", "daily", 100)
    office.did("request", 2000)
    screen = office.did("forecast", "--explain")
    told = json.loads(office.did("forecast", "--explain", "-f", "json"))

    assert max(map(len, screen.splitlines())) <= 80
    steps = {step["what"]: step for step in told["explanation"]}
    assert steps["on_hand_cards"]["value"] == told["on_hand_cards"] == 1000
    lines = steps["request_cards"]["rows"] if "request_cards" in steps else []
    assert sum(line["cards"] for line in lines) == (told["request_cards"] or 0)
    arrivals = steps["risk_before_delivery"]["rows"]
    assert sum(row["probability"] for row in arrivals) <= 1.001
    for row in arrivals:
        assert 0 <= row["empty_before"] <= 1


@pytest.mark.parametrize(
    ("words", "meant"),
    [
        (("cetak", 195, "--rusak", 3, "--diminta-kembali", 5), {"on_hand_cards": 802, "spoiled_cards": 3}),
        (("kirim", 50, "--kepada", "Kab. Sekadau", "--pinjam"), {"loans": [{"party": "Kab. Sekadau", "cards": 50}]}),
        (("ajukan", 2000, "--kepada", "Provinsi", "--janji", "2017-11-03"), {"on_order_cards": 2000}),
    ],
)
def test_options_have_indonesian_names_in_either_language(office, words, meant):
    office.did(*words)
    status = office.json("status")

    assert {name: status[name] for name in meant} == meant


def test_the_demo_tells_the_lead_in_the_days_that_offices_speak_of(nobody):
    """The lead of 3 to 10 days was told as "2 to 7 days": so many working days of the giver."""
    assert "a new batch takes 3 to 10 days" in " ".join(nobody.did("demo").split())
