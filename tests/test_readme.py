"""The README is true: its commands run and print what it shows."""

import re

import pytest

from blangko.cli.app import _made
from blangko.cli.commands import COMMANDS
from blangko.words.options import shown_names
from tests.readme import README, blocks, played

pytestmark = pytest.mark.file

TEXT = README.read_text(encoding="utf-8")


def test_a_week_at_the_counter_prints_what_the_readme_shows(tmp_path):
    surroundings: dict[str, str] = {}

    for block in blocks(TEXT):
        assert played(block, surroundings, str(tmp_path)) == block


def test_the_reference_that_the_readme_names_holds_every_command_with_every_option(nobody):
    reference = nobody.did("help", "--markdown")
    chapters = dict(re.findall(r"^### (\w+ \(\w+\))\n(.*?)(?=^##|\Z)", reference, re.MULTILINE | re.DOTALL))

    assert "`blangko help --markdown`" in TEXT
    assert len(chapters) == len(COMMANDS)
    for command in COMMANDS:
        shown = {name for param in _made(command).params for name in shown_names(param, "en")}
        said = set(re.findall(r"--[a-z][a-z-]*", chapters[f"{command.name} ({command.alias})"]))
        assert {name for name in shown if name.startswith("--")} <= said, command.name


def test_every_command_and_option_that_the_readme_types_is_one_that_there_is():
    known = {command.name: command for command in COMMANDS} | {command.alias: command for command in COMMANDS}
    listed = "".join(re.findall(r"^```\n(.*?)^```", TEXT, re.MULTILINE | re.DOTALL))
    typed = re.findall(r"`blangko ([^`\n]+)`", TEXT) + re.findall(r"^blangko (.+?)(?:  .*)?$", listed, re.MULTILINE)

    assert len(typed) > 20
    for line in typed:
        name, *words = line.replace("--lang id ", "").split()
        options = {option for param in _made(known[name]).params for option in param.opts}
        assert {word for word in words if word.startswith("--")} <= options, line


def test_each_guide_that_the_readme_names_is_there(nobody):
    for topic in re.findall(r"`blangko guide ?(\w*)`", TEXT):
        assert nobody.did("guide", *topic.split())


def test_the_readme_is_read_in_ten_minutes():
    """A newcomer met 3,557 words before the book made sense."""
    assert len(TEXT.split()) <= 2230


def test_the_pictures_of_the_readme_lie_where_it_says():
    named = re.findall(r"!\[[^\]]+\]\(([^)]+)\)", TEXT)

    assert len(named) == 2 and all((README.parent / name).is_file() for name in named)


def test_the_two_commands_set_up_the_demo_and_the_tests():
    one, two = re.findall(r"```sh\n(.*?)\n```", TEXT, re.DOTALL)

    assert one.endswith("blangko demo") and two.endswith("pytest")
