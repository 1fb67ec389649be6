"""The commands that write, as a clerk gives them."""

import os
import re

import pytest

from blangko import config
from tests.forging import by_hand


def test_the_days_prints_are_answered_with_what_follows(office):
    office.did("settings", "daily", 200)

    said = office.did("print", 187, "--spoiled", 3)

    assert "Fri 27 Oct 2017: 187 cards printed, 3 cards spoiled." in said
    assert "On hand 810 cards" in said and "working days" in said and "Ask for" in said


def test_the_echo_names_the_weekday_that_was_understood(office):
    assert "Thu 26 Oct 2017" in office.did("print", 5, "--on", "kemarin")


@pytest.mark.parametrize("typed", ["2.000", "2,000", "2000"])
def test_thousands_are_typed_with_points_commas_or_nothing(office, typed):
    office.did("receive", typed)

    assert office.json("status")["on_hand_cards"] == 3000


@pytest.mark.parametrize("typed", ["12.5", "1.04", "-5", "abc", "", "1e3", "99999999999", "٣", "5 5", "0x10"])
def test_what_is_no_number_of_cards_is_refused_and_nothing_is_written(office, typed):
    assert office("print", typed) == 1
    assert office.err and not office.out
    assert office.last_entry() == 3


@pytest.mark.parametrize("typed", ["2018-01-01", "31/02/2017", "someday", "", "2017-13-01", "0/0/0"])
def test_days_to_come_and_days_that_are_none_are_refused(office, typed):
    assert office("print", 5, "--on", typed) == 1
    assert office.last_entry() == 3


def test_a_delivery_of_nothing_is_refused(office):
    assert office("receive", 0) == 1


def test_print_without_a_number_asks_whoever_is_there(office):
    office.answers_on_terminal("12\n")

    assert "12 cards printed" in office.did("print")


def test_print_without_a_number_and_without_anybody_there_is_wrong_usage(office):
    assert office("print") == 2
    assert "N is missing" in office.err


def test_a_cause_without_a_number_means_nothing_was_printed(office):
    assert "nothing printed" in office.did("print", "--cause", "server")


def test_a_doubt_is_answered_on_a_terminal(office):
    office.did("print", 30)
    office.answers_on_terminal("ya\n")

    office.did("print", 30)

    assert office.json("status")["on_hand_cards"] == 940


def test_a_doubt_that_is_not_answered_with_yes_writes_nothing(office):
    office.did("print", 30)
    office.answers_on_terminal("\n")

    assert office("print", 30) == 1
    assert office.json("status")["on_hand_cards"] == 970


def test_a_doubt_without_a_terminal_names_the_entry_and_the_option(office):
    office.did("print", 30)

    assert office("print", 30) == 1
    assert "no. 4" in office.err and "--yes" in office.err
    assert office("print", 30, "--yes") == 0


def test_the_same_key_writes_once(office):
    office.did("print", 30, "--key", "k1")
    said = office.did("print", 30, "--key", "k1")

    assert "nothing was written a second time" in said
    assert office.json("status")["on_hand_cards"] == 970


def test_the_same_key_with_another_number_is_refused(office):
    office.did("print", 30, "--key", "k1")

    assert office("print", 31, "--key", "k1") == 1
    assert '"k1"' in office.err


@pytest.mark.parametrize(
    ("words", "kept"),
    [
        (("print", 5, "--for", "baru"), ("purpose", "first")),
        (("print", 5, "--cause", "pita"), ("cause", "ribbon")),
        (("spoil", 5, "--cause", "pabrik"), ("cause", "faulty")),
    ],
)
def test_indonesian_words_of_options_are_understood(office, words, kept):
    office.did(*words)

    column, word = kept
    with by_hand(office.place) as execute:
        assert execute(f"SELECT {column} FROM entry ORDER BY entry_no DESC LIMIT 1") == [(word,)]


def test_a_word_that_an_option_does_not_know_is_wrong_usage(office):
    assert office("print", 5, "--cause", "weather") == 2
    assert "ribbon" in office.err
    assert office.last_entry() == 3


def test_spoiled_cards_are_held_until_they_are_destroyed_with_minutes(office):
    office.did("spoil", 4, "--cause", "encode")
    assert office("destroy", 4) == 2
    assert office("destroy", 4, "--ref", "") == 1
    office.did("destroy", 3, "--ref", "BA-1")

    answer = office.json("status")
    assert (answer["on_hand_cards"], answer["spoiled_cards"]) == (996, 1)


def test_more_cannot_be_destroyed_than_is_held(office):
    office.did("spoil", 4)

    assert office("destroy", 5, "--ref", "BA-1") == 1
    assert "holds only 4" in office.err


def test_sent_and_lost_cards_leave_the_shelf_or_the_spoiled_pile(office):
    office.did("spoil", 10)
    office.did("send", 275, "--to", "Kec. Kapuas")
    office.did("send", 4, "--to", "Provinsi", "--spoiled")
    office.did("lost", 2, "--ref", "LP/1")
    office.did("lost", 1, "--ref", "LP/2", "--spoiled")

    balance = office.json("status")["balance"]
    assert balance["sent_cards"] == 279 and balance["lost_cards"] == 3
    assert balance["on_hand_cards"] == 1000 - 10 - 275 - 2 and balance["spoiled_cards"] == 10 - 4 - 1


def test_a_count_that_differs_is_stated_and_stays_open(office):
    said = office.did("count", 990)

    assert "−10" in said
    answer = office.json("status")
    assert answer["on_hand_cards"] == 1000
    assert answer["last_count"]["discrepancy_cards"] == -10 and "count_open" in answer["reasons"]


def test_a_count_that_agrees_says_so(office):
    assert "agree" in office.did("count", 1000)


@pytest.mark.parametrize("reason", ["", " "])
def test_an_undo_without_a_reason_was_told_as_a_damaged_book(office, reason):
    office.did("print", 5)

    assert office("undo", "--reason", reason) == 1
    assert "needs a reason" in office.err and "cannot be read" not in office.err
    assert office.json("status")["on_hand_cards"] == 995


def test_an_adjustment_needs_a_reason(office):
    assert office("count", 990, "--adjust") == 1
    office.did("count", 990, "--adjust", "--reason", "miscounted at the opening")

    answer = office.json("status")
    assert answer["on_hand_cards"] == 990 and "count_open" not in answer["reasons"]


def test_asked_granted_and_received_are_told_as_three_facts(office):
    office.did("request", 4000, "--due", "30/10/2017", "--ref", "470/88")
    office.did("grant", 1000)
    said = office.did("receive", 400)

    assert "asked 4,000, granted 1,000, received 400; still to come 600." in said
    assert office.json("status")["on_order_cards"] == 600
    office.did("close", "--reason", "refused")
    assert office.json("status")["on_order_cards"] == 0


def test_a_request_without_a_number_asks_for_the_offices_batch(office):
    office.did("settings", "batch", 500)

    assert "500 cards asked for" in office.did("request")


def test_a_retried_request_of_one_batch_is_written_once(office):
    office.did("request", "--key", "r1")
    office.did("request", "--key", "r1")

    assert office.json("status")["on_order_cards"] == 2000


def test_a_loan_answers_no_request(office):
    office.did("request")
    office.did("receive", 500, "--from", "Kab. Sekadau", "--request", 0)

    assert office.json("status")["on_order_cards"] == 2000


@pytest.mark.parametrize(
    "words",
    [
        ("receive", 5, "--request", 99),
        ("grant", 5),
        ("close", "--reason", "x"),
        ("close", 77, "--reason", "x"),
        ("undo", 99, "--reason", "x"),
        ("undo", 10**30, "--reason", "x"),
        ("request", 5, "--due", "2017-10-01"),
        ("closed", "2017-12-01", "--until", "2017-11-01", "--reason", "x"),
        ("opening", 5),
        ("print", 5, "--note", "6103012345678901"),
        ("print", 5, "--note", "x" * 2001),
        ("print", 5, "--note", "\udcff"),
    ],
)
def test_what_the_book_cannot_hold_is_refused_in_words_and_nothing_is_written(office, words):
    assert office(*words) == 1
    assert len(office.err.splitlines()) == 2
    assert office.last_entry() == 3


def test_undo_takes_back_the_whole_last_command(office):
    office.did("print", 187, "--spoiled", 3)
    said = " ".join(office.did("undo", "--reason", "typed twice").split())

    assert "no. 4 taken back (187 cards printed)" in said and "no. 5 taken back (3 cards spoiled)" in said
    answer = office.json("status")
    assert (answer["on_hand_cards"], answer["spoiled_cards"]) == (1000, 0)


def test_an_opening_typed_wrong_is_taken_back_and_written_again(office):
    office.did("undo", "--reason", "a slip")
    office.did("opening", 1200, "--spoiled", 12, "--on", "2017-10-02")

    answer = office.json("status")
    assert (answer["on_hand_cards"], answer["spoiled_cards"]) == (1200, 12)


def test_figures_are_stated_one_by_one(office):
    office.did("backlog", "--prr", 36646, "--suket", 1200)
    office.did("population", "--residents", 482500)

    assert office.json("status")["backlog"]["prr"] == {"occurred_on": "2017-10-27", "cards": 36646}
    assert office("backlog") == 2
    assert office("population") == 2


SANGGAU = ("population", "--residents", 482500, "--eligible", 354753, "--recorded", 254635, "--printed", 217989)
"""As published for September 2017: 100,118 are not recorded, 36,646 are recorded and have no card."""


def test_the_population_says_who_is_not_recorded_and_who_has_no_card(office):
    said = office.did(*SANGGAU, "--on", "2017-10-20").splitlines()

    assert "Not recorded yet: 354,753 \u2212 254,635 = 100,118." in said
    assert "Recorded, not printed yet: 254,635 \u2212 217,989 = 36,646." in said
    assert said[-1] == "To count them as waiting: blangko backlog --prr 36646 --on 2017-10-20"
    assert office.json("status")["waiting"] == {}


def test_the_offer_is_the_line_to_type_and_is_not_repeated_once_it_was(office):
    office.did(*SANGGAU)
    words = office.out.splitlines()[-1].partition(": blangko ")[2].split()
    office.did(*words)

    assert office.json("status")["waiting"]["prr"]["cards"] == 36646
    assert "--prr" not in office.did(*SANGGAU)


def test_on_a_terminal_those_without_a_card_are_written_as_prr_after_a_yes(office):
    office.answers_on_terminal("y\n")
    office.did(*SANGGAU, "--on", "2017-10-20", "--key", "penduduk-9")

    assert "Write 36,646 as PRR on 20 October 2017? [y/N]" in office.err
    assert "Fri 20 Oct 2017: PRR 36,646." in office.out
    assert office.json("status")["backlog"]["prr"] == {"occurred_on": "2017-10-20", "cards": 36646}


@pytest.mark.parametrize(("answer", "more"), [("n\n", ()), ("\n", ()), ("y\n", ("--yes",))])
def test_without_a_yes_to_that_question_nothing_more_is_written(office, answer, more):
    office.answers_on_terminal(answer)
    said = office.did(*SANGGAU, *more)

    assert office.last_entry() == 7
    assert said.splitlines()[-1] == "To count them as waiting: blangko backlog --prr 36646"


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--recorded", 354754), '"recorded" (354,754) is more than "must have a card" (354,753)'),
        (("--printed", 254636), '"printed" (254,636) is more than "recorded" (254,635)'),
        (("--residents", 354752), '"must have a card" (354,753) is more than "residents" (354,752)'),
    ],
)
def test_figures_that_cannot_both_be_are_asked_about(office, words, said):
    office.did(*SANGGAU)

    assert office("population", *words) == 1
    assert said in office.err and "--yes" in office.err
    assert office.last_entry() == 7
    assert office("population", *words, "--yes") == 0
    # Of two figures that contradict each other no difference is told: nobody is missing twice.
    assert not re.search("= -\\d", office.out)


def test_an_old_contradiction_is_no_matter_of_another_figure(office):
    office.did(*SANGGAU)
    office.did("population", "--recorded", 354754, "--yes")

    assert office("population", "--printed", 218000) == 0


def test_a_request_names_the_ground_for_its_number(office):
    assert "ground" not in office.did("request", 2000)
    office.did(*SANGGAU, "--on", "2017-10-20")
    office.did("backlog", "--prr", 36646, "--suket", 1200, "--on", "2017-10-20")

    said = " ".join(office.did("request", 65814).split())
    assert (
        "The ground for the number: not recorded yet 100,118 (20 October 2017); recorded, not printed yet (PRR) 36,646 "
        "(20 October 2017); suket 1,200 (20 October 2017)."
    ) in said


def test_a_closure_and_an_opening_are_said_of_days_to_come(office):
    assert "Wed 1 Nov to Fri 3 Nov 2017 closed (moving)" in office.did(
        "closed", "1 nov", "--until", "2017-11-03", "--reason", "moving"
    )
    assert "Sat 28 Oct 2017 open (overtime)" in office.did("opened", "besok", "--reason", "overtime")


def test_who_wrote_is_kept(office):
    office.did("print", 5, "--by", "Siti", "--note", "evening")

    row = office.json("card")["rows"][-1]
    assert (row["recorded_by"], row["note"]) == (f"Siti ({config.account()})", "evening")


def test_beside_the_name_stands_the_account_that_the_system_knows(office, monkeypatch):
    """Whoever wrote under another's name, and under another's LOGNAME, was not to be told apart from him."""
    for name in ("LOGNAME", "USER", "LNAME", "USERNAME"):
        monkeypatch.setenv(name, "kepala")
    office.did("print", 5, "--by", "Kepala")
    office.did("print", 6)
    office.did("undo", "--reason", "twice", "--by", "Kepala (uid 0 root)")

    import pwd

    own = f"uid {os.getuid()} {pwd.getpwuid(os.getuid()).pw_name}"
    by_whom = [row["recorded_by"] for row in office.json("card")["rows"][-3:]]
    assert by_whom == [f"Kepala ({own})", own, f"Kepala (uid 0 root) ({own})"]


def test_an_account_without_a_name_still_writes(office, monkeypatch):
    def nobody(number):
        raise KeyError(number)

    monkeypatch.setattr("pwd.getpwuid", nobody)
    office.did("print", 5, "--by", "Siti")

    assert office.json("card")["rows"][-1]["recorded_by"] == f"Siti (uid {os.getuid()})"


def test_a_name_is_kept_without_what_nobody_sees_of_it(office):
    """Two clerks whose names look the same on paper are one name in the book."""
    office.did("print", 5, "--by", " Si\u200bti \u202e  Aminah")

    assert office.json("card")["rows"][-1]["recorded_by"].startswith("Siti Aminah (")


def test_an_import_of_two_days_is_told_under_each_of_them(office, tmp_path):
    sheet = tmp_path / "days.csv"
    sheet.write_text("Date,Printed,Spoiled\n2017-10-19,30,1\n2017-10-20,40,0\n", encoding="utf-8")

    said = " ".join(office.did("import", sheet, "--yes").split())

    assert "Written, no. 4, Thu 19 Oct 2017: 30 cards printed, 1 card spoiled." in said
    assert "Written, no. 6, Fri 20 Oct 2017: 40 cards printed." in said


def test_taking_two_days_back_is_told_under_each_of_them(office, tmp_path):
    sheet = tmp_path / "days.csv"
    sheet.write_text("Date,Printed\n2017-10-19,30\n2017-10-20,40\n", encoding="utf-8")
    office.did("import", sheet, "--yes")

    said = " ".join(office.did("undo", "--reason", "wrong sheet").split())

    assert "Written, no. 6, Thu 19 Oct 2017: no. 4 taken back (30 cards printed)." in said
    assert "Written, no. 7, Fri 20 Oct 2017: no. 5 taken back (40 cards printed)." in said


def test_an_undo_of_the_first_command_leaves_the_office_its_name(nobody):
    nobody.did("init", "--office", "Disdukcapil Uji", "--daily", 200)

    nobody.did("undo", "--reason", "200 was wrong")

    chosen = nobody.json("settings")["settings"]
    assert (chosen["office_name"], chosen["typical_daily_use"]) == ("Disdukcapil Uji", "")
    assert nobody.json("verify")["findings"] == []


def test_the_name_given_first_is_no_command_to_undo(nobody):
    nobody.did("init", "--office", "Disdukcapil Uji")
    nobody.did("undo", "--reason", "x")

    assert nobody("undo", 1, "--reason", "x") == 1
    assert nobody.json("settings")["settings"]["office_name"] == "Disdukcapil Uji"


def test_a_name_given_later_can_be_undone(office):
    office.did("settings", "name", "Disdukcapil Ujo")

    office.did("undo", "--reason", "typed wrong")

    assert office.json("settings")["settings"]["office_name"] == "Disdukcapil Uji"


# --- Campaigns ------------------------------------------------------------------------------------


def joined(said):
    """What was said, without the breaks of its lines."""
    return " ".join(said.split())


def campaign(office, *more):
    return office("campaign", 150, "--from", "2017-11-03", "--until", "14/11/2017", "--reason", "schools", *more)


def test_a_campaign_counts_in_the_answers_until_it_ends_and_undo_takes_it_back(office):
    office.did("settings", "daily", 200)
    office.did("count", 3000, "--adjust", "--reason", "found", "--yes")
    before = office.json("status")

    assert campaign(office) == 0
    assert "150 cards a working day on top of the usual, Fri 3 Nov to Tue 14 Nov 2017 (schools)" in joined(office.out)
    told = office.did("status")
    after = office.json("status")
    office.did("undo", "--reason", "off")

    assert "- Campaign: 150 cards a working day on top of the usual, Fri 3 Nov to Tue 14" in told
    assert after["workdays_of_supply"]["p50"] < before["workdays_of_supply"]["p50"]
    assert after["campaigns"] == [
        {"cards_per_workday": 150, "from": "2017-11-03", "until": "2017-11-14", "reason": "schools"}
    ]
    assert office.json("status")["campaigns"] == []
    assert office.json("status")["run_out_on"] == before["run_out_on"]


def test_the_explanation_of_the_forecast_names_the_campaign(office):
    office.did("settings", "daily", 200)
    campaign(office)

    # Eight working days from 3 to 14 November.
    assert "Announced campaigns: cards on top of the usual from today on: 1,200" in office.did("forecast", "--explain")


@pytest.mark.parametrize(
    ("given", "code", "told"),
    [
        ((0, "--from", "2017-11-03", "--until", "2017-11-14", "--reason", "x"), 1, "from 1 to 100,000,000"),
        ((150, "--from", "2017-11-14", "--until", "2017-11-03", "--reason", "x"), 1, "runs backwards"),
        ((150, "--from", "2017-11-03", "--until", "someday", "--reason", "x"), 1, '"someday"'),
        ((150, "--from", "2017-11-03", "--until", "2017-11-14", "--reason", " "), 2, "--reason"),
        ((150, "--from", "2017-11-03", "--reason", "x"), 2, "--until"),
        (("12.5", "--from", "2017-11-03", "--until", "2017-11-14", "--reason", "x"), 1, '"12.5"'),
    ],
)
def test_a_campaign_that_cannot_be_is_refused_in_a_sentence(office, given, code, told):
    assert office("campaign", *given) == code
    assert told in office.err and office.last_entry() == 3


def test_a_campaign_of_one_day_is_told_with_one_day(office):
    said = office.did("campaign", 50, "--from", "2017-11-10", "--until", "2017-11-10", "--reason", "schools")

    assert "50 cards a working day on top of the usual, Fri 10 Nov 2017 (schools)" in joined(said)


def test_a_campaign_is_written_in_indonesian_too(office):
    office.speaks("id")

    said = office.did("kegiatan", 150, "--dari", "2017-11-03", "--sampai", "2017-11-14", "--alasan", "sekolah")

    assert "150 keping per hari kerja di atas biasanya, Jum 3 Nov sampai Sel 14 Nov 2017 (sekolah)" in joined(said)


# --- What is typed wrong and can be seen from the book -------------------------------------------


def test_the_same_request_typed_twice_lowered_the_risk_and_nobody_was_told(office):
    office.did("request", 2000, "--to", "Provinsi")

    assert "is open still" not in office.did("request", 1000, "--to", "Provinsi")
    said = office.did("request", 2000, "--to", "provinsi")

    assert "Request no. 4 of Fri 27 Oct for as many is open still." in " ".join(said.split())
    assert "typed twice?" in said


def test_a_grant_larger_than_its_request_was_written_without_a_word(office):
    office.did("request", 2000)

    assert "more than was asked for" not in office.did("grant", 2000)
    assert "That is more than was asked for: is the number right?" in office.did("grant", 20_000)


def test_more_was_ignored_once_all_that_was_granted_was_in(office):
    office.did("request", 2000)
    office.did("grant", 1000)

    assert "All 1,000" not in office.did("receive", 500, "--more")
    said = " ".join(office.did("receive", 500, "--more", "--yes").split())

    assert "All 1,000 that were granted are in, and the request is closed" in said


def test_a_total_over_days_already_written_counted_them_twice_without_a_question(office):
    office.did("print", 30, "--on", "2017-10-26")

    assert office("print", 50, "--since", "2017-10-25") == 1
    told = " ".join(office.err.split())
    assert "30 cards stand in the book already for days from Wed 25 Oct 2017 to Fri 27 Oct 2017." in told

    office.did("print", 50, "--since", "2017-10-25", "--yes")
    office.did("print", 5, "--since", "2017-10-23", "--on", "2017-10-25")


def test_undo_1_took_back_what_was_said_when_the_book_was_begun(office):
    assert office("undo", 1, "--reason", "x") == 1
    assert "entry no. 1 belongs to the beginning of the book" in office.err
    assert "blangko settings NAME VALUE" in office.err
    assert office.last_entry() == 3


def test_a_quota_that_a_print_began_was_not_shown_among_the_settings(office):
    assert "in force" not in office.did("settings", "quota")

    office.did("print", 20, "--quota", 60)
    said = " ".join(office.did("settings", "quota").split())
    assert "A quota of 60 a day is in force: it was printed under on Fri 27 Oct 2017 (print --quota)." in said

    office.did("settings", "quota", 0)
    assert "in force" not in office.did("settings", "quota")


def test_a_promised_day_typed_without_its_year_is_told_with_it(office):
    office.did("request", 2000)

    assert "2,000 cards granted, to come on Sun 5 Nov 2017." in office.did("grant", 2000, "--due", "5/11")
    assert "to come on Fri 26 Oct 2018." in office.did("grant", 2000, "--due", "26/10").replace("\n", " ")


def test_a_day_to_come_typed_for_a_print_is_taken_for_last_year_and_refused(office):
    assert office("print", 5, "--on", "5/11") == 1
    assert "2016" in office.err
