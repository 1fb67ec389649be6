"""What the program asks whoever sits at a terminal."""

import pytest

from tests.cli.terminal import CTRL_C, CTRL_D, Terminal


def test_a_wrong_answer_is_asked_again_with_the_reason(office):
    terminal = Terminal("print")

    terminal.sees("nothing was printed: ")
    terminal.types("dua\n")
    assert '"dua" is not a whole number' in terminal.sees("nothing was printed: ")
    terminal.types("\n")
    assert "Please answer" in terminal.sees("nothing was printed: ")
    terminal.types("12\n")

    code, said = terminal.ends()
    assert code == 0 and "12 cards printed" in said


@pytest.mark.parametrize(("language", "farewell"), [("en", "Cancelled"), ("id", "Batal")])
@pytest.mark.parametrize("key", [CTRL_C, CTRL_D])
def test_who_leaves_a_question_is_told_that_nothing_was_written(office, language, farewell, key):
    office.speaks(language)
    terminal = Terminal("print")

    terminal.sees(": ")
    terminal.types(key)

    code, said = terminal.ends()
    assert code == 130
    assert said.splitlines()[-1] == farewell and said.endswith("\n")
    assert office.last_entry() == 3


@pytest.mark.parametrize(
    ("words", "answers", "said"),
    [
        (["receive"], ["2000"], "2,000 cards received"),
        (["spoil"], ["3"], "3 cards spoiled"),
        (["count"], ["995"], "995"),
        (["count", "995", "--adjust"], ["4 stuck together"], "On hand 995"),
        (["request"], [""], "2,000"),
        (["request"], ["x", "4.000"], "4,000"),
        (["closed"], ["2017-11-01", "flood"], "flood"),
        (["send", "5"], ["Kec. Kapuas"], "Kec. Kapuas"),
        (["undo"], ["typed wrong"], "no. 3 taken back"),
        (["backlog"], ["", "50"], "50"),
        (["receive", "5", "--loan", "--from", ""], ["Kab. Sekadau"], "Sekadau"),
    ],
    ids=str,
)
def test_a_command_asks_for_what_is_missing(office, words, answers, said):
    office.answers_on_terminal("".join(f"{each}\n" for each in answers))

    assert said in office.did(*words) + office.err


@pytest.mark.parametrize("words", [["receive"], ["undo"], ["closed"], ["backlog"], ["count", "5", "--adjust"]], ids=str)
def test_without_anybody_there_nothing_is_asked(office, words):
    assert office(*words) in (1, 2)
    assert "missing" in office.err or "reason" in office.err


def test_a_book_is_begun_by_answers_and_what_was_given_is_not_asked(nobody):
    nobody.answers_on_terminal("Disdukcapil Uji\n6103\n61.03\n200\nIbu Kepala\n\n\n\n\nSanggau\n\n")

    nobody.did("init", "--opening", 900)

    assert '"6103"' in nobody.err and "on the shelf" not in nobody.err
    told = nobody.json("settings")["settings"]
    assert (told["office_name"], told["head_name"], told["place"]) == ("Disdukcapil Uji", "Ibu Kepala", "Sanggau")
    assert told["typical_daily_use"] == "200" and nobody.json("status")["on_hand_cards"] == 900


@pytest.mark.parametrize(("language", "farewell"), [("en", "Cancelled"), ("id", "Batal")])
def test_who_leaves_the_questions_of_a_new_book_has_none(nobody, language, farewell):
    nobody.speaks(language)
    terminal = Terminal("init", "--office", "X")
    terminal.sees("[00.00] ")
    terminal.types(CTRL_C)

    code, said = terminal.ends()

    assert code == 130 and said.endswith(f"\n{farewell}\n") and not nobody.has_a_book()


def test_with_yes_a_new_book_is_begun_without_a_question(nobody):
    nobody.answers_on_terminal("")

    nobody.did("init", "--office", "X", "--yes")

    assert nobody.err == ""


@pytest.mark.parametrize(
    ("language", "words", "meant"),
    [
        ("id", "cetak 195 rusak 3", "blangko cetak 195 --rusak 3?"),
        ("id", "cetak 195 3", "blangko cetak 195 --rusak 3?"),
        ("en", "print 195 spoiled 3", "blangko print 195 --spoiled 3?"),
        ("en", "cetak 195 rusak 3", "blangko print 195 --spoiled 3?"),
        ("id", "terima 2000 dari provinsi", "blangko terima 2000 --dari provinsi?"),
        ("en", "receive 2000 from the province", 'blangko receive 2000 --from "the province"?'),
    ],
)
def test_a_command_typed_as_it_is_spoken_is_answered_with_the_right_form(office, language, words, meant):
    office.speaks(language)

    assert office(*words.split()) == 2
    assert meant in office.err
    assert office.last_entry() == 3


@pytest.mark.parametrize("words", ["print 195 spoiled", "print 1 2 3", "print 1 of them", "receive 1 2"])
def test_what_cannot_be_made_out_names_no_form(office, words):
    assert office(*words.split()) == 2
    assert "Did you mean" not in office.err and "--help" in office.err


@pytest.mark.parametrize(
    ("words", "near"), [("cetka 5", "cetak"), ("prnt 5", "print"), ("print 5 --rusk 1", "--rusak")]
)
def test_near_misses_are_told_across_both_languages(office, words, near):
    assert office(*words.split()) == 2
    assert near in office.err
