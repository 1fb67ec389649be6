"""The help: a page for each command that fits a small window, and the whole reference made of the same register."""

import re

import pytest

from blangko.cli.commands import COMMANDS

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
