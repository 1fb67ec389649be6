"""The README is true: its commands run and print what it shows."""

import re

from blangko.cli.app import _made
from blangko.cli.commands import COMMANDS
from blangko.words.options import shown_names
from tests.readme import README, blocks, played

TEXT = README.read_text(encoding="utf-8")
WHAT_IF = {"--if-receive", "--if-quota", "--if-extra", "--if-request"}
SHARED = {"--help", "--on", "--note", "--by", "--key", "--yes", "--format", "--output", *WHAT_IF}


def test_a_week_at_the_counter_prints_what_the_readme_shows(tmp_path):
    surroundings: dict[str, str] = {}

    for block in blocks(TEXT):
        assert played(block, surroundings, str(tmp_path)) == block


def test_every_command_stands_in_the_readme_with_every_option_of_its_own():
    rows = {row[1].split()[0]: row[0] for row in re.findall(r"^(\| `([^`]+)` \|.*)$", TEXT, re.MULTILINE)}

    for command in COMMANDS:
        assert f"`{command.alias}`" in rows[command.name]
        shown = [name for param in _made(command).params for name in shown_names(param, "en")]
        options = {name for name in shown if name.startswith("--")}
        assert all(option in rows[command.name] for option in options - SHARED), command.name
    assert all(option in TEXT for option in SHARED - {"--help", "--format", "--output"})


def test_the_two_commands_set_up_the_demo_and_the_tests():
    one, two = re.findall(r"```sh\n(.*?)\n```", TEXT, re.DOTALL)

    assert one.endswith("blangko demo") and two.endswith("pytest")
