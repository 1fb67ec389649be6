"""What the program asks whoever sits at a terminal."""

import pytest

from tests.cli.terminal import CTRL_C, CTRL_D, Terminal


def test_a_wrong_answer_is_asked_again_with_the_reason(office):
    terminal = Terminal("print")

    terminal.sees("How many cards were printed? ")
    terminal.types("dua\n")
    assert '"dua" is not a whole number' in terminal.sees("How many cards were printed? ")
    terminal.types("\n")
    assert "Please answer" in terminal.sees("How many cards were printed? ")
    terminal.types("12\n")

    code, said = terminal.ends()
    assert code == 0 and "12 cards printed" in said


@pytest.mark.parametrize(("language", "farewell"), [("en", "Cancelled"), ("id", "Batal")])
@pytest.mark.parametrize("key", [CTRL_C, CTRL_D])
def test_who_leaves_a_question_is_told_that_nothing_was_written(office, language, farewell, key):
    office.speaks(language)
    terminal = Terminal("print")

    terminal.sees("? ")
    terminal.types(key)

    code, said = terminal.ends()
    assert code == 130
    assert said.splitlines()[-1] == farewell and said.endswith("\n")
    assert office.last_entry() == 3
