"""`blangko` alone at a terminal."""

import pytest

from tests.cli.terminal import CTRL_C, Terminal

LONGEST_DAY = 20
"""Keys that an ordinary day may take."""


@pytest.mark.parametrize(
    ("language", "title", "printed", "left"),
    [
        ("en", "written down?", "187 cards printed, 3 cards spoiled", "On hand 810"),
        ("id", "dicatat?", "187 keping tercetak, 3 keping rusak", "Sisa 810"),
    ],
)
def test_an_ordinary_day_takes_few_keys(office, language, title, printed, left):
    office.speaks(language)
    terminal, keys = Terminal(), "blangko\n"
    for expected, typed in (("[1] ", "\n"), ("? ", "187\n"), ("[0] ", "3\n"), ("] ", "\n"), ("[5] ", "\n")):
        seen = terminal.sees(expected)
        terminal.types(typed)
        keys += typed

    assert title in seen and printed in seen and left in seen
    assert terminal.ends()[0] == 0
    assert len(keys) <= LONGEST_DAY
    assert office.json("status")["on_hand_cards"] == 810


@pytest.mark.parametrize(("language", "farewell"), [("en", "Cancelled"), ("id", "Batal")])
def test_who_leaves_the_menu_is_told_so_on_a_clean_line(office, language, farewell):
    office.speaks(language)
    terminal = Terminal()
    terminal.sees("[1] ")
    terminal.types(CTRL_C)

    code, said = terminal.ends()

    assert code == 130 and said.endswith(f"\n{farewell}\n")


def test_wrong_answers_are_asked_again_with_the_reason(office):
    office.answers_on_terminal("jual\n1\nabc\n12\n-1\n0\nsomeday\nkemarin\nfinish\n")

    office.did()

    for said in ('no command "jual"', '"abc" is not', "-1 is outside", '"someday" is not a date'):
        assert said in office.err
    assert office.json("status")["on_hand_cards"] == 988


def test_each_entry_can_be_chosen_by_its_name_in_either_language(office):
    office.answers_on_terminal("terima\n50\nBAST 7\n\nspoil\n2\nencode\n\nopname\n1048\n\n5\n")

    said = office.did()

    for each in ("50 cards received", "2 cards spoiled", "1,048 cards counted"):
        assert each in said, said


def test_a_refused_entry_is_told_and_the_menu_comes_again(office):
    office.answers_on_terminal("1\n2000\n\n\ny\n5\n")

    office.did()

    assert "Not written" in office.err
    assert office.json("status")["on_hand_cards"] == 1000


def test_without_a_terminal_status_alone_is_shown(office):
    assert office.did() == office.did("status")


@pytest.mark.file
def test_without_a_book_the_ways_to_begin_are_named(nobody):
    assert nobody() == 3
    assert all(f"blangko {each}" in nobody.err for each in ("demo", "init", "guide"))


def test_without_a_book_at_a_terminal_they_are_offered(nobody):
    nobody.answers_on_terminal("guide\n4\n")

    assert nobody() == 0
    assert "  1  demo" in nobody.out and "blangko" in nobody.out
