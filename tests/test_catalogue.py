"""The Indonesian catalogue is complete, compiled, and free of English."""

import re
import string
import tokenize
from pathlib import Path

import pytest
from babel.messages.extract import extract_from_dir
from babel.messages.mofile import read_mo
from babel.messages.pofile import read_po

from blangko.cli.commands import COMMANDS, GROUPS
from blangko.words.options import INDONESIAN

pytestmark = pytest.mark.file

HOUSE = Path(__file__).parent.parent / "blangko"
FOLDER = HOUSE / "locale" / "id" / "LC_MESSAGES"
KEYWORDS = {"_": None, "N_": None, "plural": (1, 2)}
METHODS = [("**.py", "python"), ("web/templates/**.html", "jinja2.ext:babel_extract")]
# Words that English sentences are made of and Indonesian ones never.
ENGLISH = re.compile(r"\b(the|and|of|is|are|was|with|cards|days|nothing|asked|when|which|that|this|from|by)\b", re.I)


@pytest.fixture(scope="module")
def catalogue():
    with open(FOLDER / "blangko.po", "rb") as file:
        return [message for message in read_po(file, locale="id") if message.id]


def first(text):
    return text[0] if isinstance(text, (tuple, list)) else text


def places(text):
    return {name for _, name, _, _ in string.Formatter().parse(text) if name}


def test_every_text_of_the_program_is_in_the_catalogue_and_nothing_else(catalogue):
    said = {found[2] for found in extract_from_dir(str(HOUSE), METHODS, keywords=KEYWORDS)}

    assert {message.id for message in catalogue} == said


def test_no_text_is_marked_inside_a_formatted_string_where_the_extraction_does_not_look():
    hidden = re.compile(r"""\b_\(\s*['"]""")
    for path in HOUSE.rglob("*.py"):
        with open(path, "rb") as file:
            strings = [token for token in tokenize.tokenize(file.readline) if token.type == tokenize.STRING]
        found = [token.line for token in strings if token.string[:1] in "fF" and hidden.search(token.string)]
        assert not found, path


def test_no_text_is_left_empty_or_in_doubt(catalogue):
    assert [
        message.id for message in catalogue if message.fuzzy or not all([message.string, first(message.string)])
    ] == []


def test_each_translation_has_the_places_of_its_text(catalogue):
    assert [each.id for each in catalogue if places(first(each.id)) != places(first(each.string))] == []


def test_a_command_in_a_message_is_called_by_its_indonesian_name(catalogue):
    english = "|".join(command.name for command in COMMANDS if command.name != command.alias)
    called = re.compile(rf"blangko (?:--db \S+ )?({english})\b")

    assert [message.id for message in catalogue if called.search(first(message.string))] == []


def test_the_compiled_catalogue_says_what_the_written_one_says(catalogue):
    with open(FOLDER / "blangko.mo", "rb") as file:
        compiled = {first(message.id): first(message.string) for message in read_mo(file) if message.id}

    assert compiled == {first(message.id): first(message.string) for message in catalogue}


GUIDES = ("guide", "guide forecast", "guide programs", "guide security")
PAGES = ["--help", *GUIDES, *(f"{command.name} --help" for command in COMMANDS)]


@pytest.mark.parametrize("words", PAGES)
def test_help_and_guide_are_indonesian_and_fit_the_window(words, nobody):
    page = nobody.did("--lang", "id", *words.split())

    # The help of a command names its English twin.
    text = re.sub(r"\(\w+: blangko \w+\)|[a-z]+ \([a-z]+\)|--[a-z]+", "", page)
    assert not ENGLISH.findall(text)
    assert max(map(len, page.splitlines())) <= 80


def test_the_help_names_every_option_in_indonesian(nobody):
    """`blangko --lang id --help` began a book with --office and --opening."""
    english = {option for option, other in INDONESIAN.items() if option != other}

    for words in PAGES:
        page = nobody.did("--lang", "id", *words.split())
        assert not english & set(re.findall(r"--[a-z]+(?:-[a-z]+)*", page)), words


def test_every_group_of_commands_has_an_indonesian_heading(catalogue):
    translated = {message.id: message.string for message in catalogue}

    assert all(translated[group] != group for group in GROUPS)
