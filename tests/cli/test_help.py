"""The help: a page for each command that fits a small window, and the whole reference made of the same register."""

import re
import shutil
import subprocess
from pathlib import Path

import pytest

from blangko.cli.commands import COMMANDS
from blangko.reports.manual import CommandPage, Manual
from blangko.reports.roff import man_page
from tests import PATIENCE_SECONDS

pytestmark = pytest.mark.file

HOUSE = Path(__file__).parent.parent.parent
LOCALE = HOUSE / "blangko" / "locale"

DAILY = ("print", "receive", "spoil", "count", "status", "undo", "request")
OPTION = r"--[a-z][a-z-]*"
ROWS = 24
"""Rows of the smallest window that people use; the last is where they type next."""


@pytest.mark.parametrize("language", ["en", "id"])
@pytest.mark.parametrize("name", DAILY)
def test_the_help_of_a_daily_command_fits_a_small_window(nobody, name, language):
    page = nobody.did("--lang", language, name, "--help").splitlines()

    assert len(page) < ROWS
    assert max(map(len, page)) <= 80


@pytest.mark.parametrize("name", [command.name for command in COMMANDS])
def test_help_shows_what_the_option_shows(nobody, name):
    page = nobody.did(name, "--help")

    assert nobody.did("help", name).rstrip() == page.rstrip()


def test_help_is_called_in_indonesian_and_takes_the_names_of_both_languages(nobody):
    nobody.speaks("id")
    page = nobody.did("cetak", "--help")

    assert page.startswith("blangko cetak: ")
    for words in (("bantuan", "cetak"), ("help", "print"), ("bantuan", "CETAK")):
        assert nobody.did(*words) == page


def test_help_alone_is_the_page_of_the_program(nobody):
    page = nobody.did("--help")

    assert nobody.did("help").rstrip() == page.rstrip()


@pytest.mark.parametrize(("word", "near"), [("printt", "print"), ("cetk", "cetak"), ("recieve", "receive")])
def test_help_for_a_word_that_is_none_names_the_nearest_of_both_languages(nobody, word, near):
    assert nobody("help", word) == 2
    assert f'no command "{word}"' in nobody.err
    assert f"Did you mean {near}" in nobody.err


def test_the_help_of_one_command_is_not_asked_for_as_the_whole_reference(nobody):
    assert nobody("help", "print", "--markdown") == 2
    assert '"print"' in nobody.err


@pytest.mark.parametrize("language", ["en", "id"])
def test_the_reference_has_every_command_with_its_examples_and_options(nobody, language):
    reference = nobody.did("--lang", language, "help", "--markdown")
    chapters = dict(re.findall(r"^### (\w+) \(\w+\)\n(.*?)(?=^##|\Z)", reference, re.MULTILINE | re.DOTALL))

    assert len(chapters) == len(COMMANDS)
    for name, chapter in chapters.items():
        page = " ".join(nobody.did("--lang", language, name, "--help").split())
        assert set(re.findall(OPTION, page)) == set(re.findall(OPTION, chapter)), name
        examples = re.findall(r"^blangko .*?(?=  # )", chapter, re.MULTILINE)
        assert examples and all(example.strip() in page for example in examples), name


def test_a_row_of_the_reference_has_two_cells_whatever_stands_in_them(nobody):
    rows = [line for line in nobody.did("help", "--markdown").splitlines() if line.startswith("|")]

    assert {len(re.split(r"(?<!\\)\|", row)) for row in rows} == {4}


MAN = {language: LOCALE / language / "blangko.1" for language in ("en", "id")}


@pytest.mark.parametrize("language", ["en", "id"])
def test_the_shipped_page_of_man_says_what_the_commands_take_today(nobody, language):
    page = nobody.did("--lang", language, "help", "--man")

    assert page == MAN[language].read_text(encoding="utf-8"), (
        f"make it anew: python -m blangko --lang {language} help --man > {MAN[language].relative_to(HOUSE)}"
    )


@pytest.mark.parametrize("language", ["en", "id"])
def test_man_shows_the_page_without_a_warning_and_with_every_command(nobody, language):
    if shutil.which("groff") is None:
        pytest.skip("the page is shown by groff, which is not installed here")
    done = subprocess.run(
        ["groff", "-man", "-Tutf8", "-ww", "-P-cbou", MAN[language]], capture_output=True, timeout=PATIENCE_SECONDS
    )
    shown = " ".join(done.stdout.decode().split())

    assert (done.returncode, done.stderr.decode()) == (0, "")
    for command in COMMANDS:
        names = (command.alias, command.name) if language == "id" else (command.name, command.alias)
        assert "{} ({})".format(*names) in shown


def test_what_groff_would_read_as_an_order_is_text_in_the_page():
    page = CommandPage("x", "y", "a", [("blangko x 'a' -- \\b", ".pdf or .docx")], [("--a-b", ".png – a file")], [])
    lines = man_page(Manual("blangko: about", [], [], [("Group", [page])], [], []), "1.0")

    assert "\\fBblangko x \\(aqa\\(aq \\-\\- \\eb\\fR" in lines
    assert "\\&.png \\[u2013] a file" in lines
    assert not [line for line in lines if line.startswith((".p", "'"))]


@pytest.mark.parametrize("words", [("--markdown", "--man"), ("print", "--man")])
def test_the_reference_is_asked_for_in_one_form_and_as_a_whole(nobody, words):
    assert nobody("help", *words) == 2
