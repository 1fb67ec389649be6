"""The manual: what every command takes, for the screen, as markdown and as a man page."""

from collections.abc import Sequence
from typing import NamedTuple

from blangko.reports.table import pairs, paragraph
from blangko.words.language import _

LONGEST_BESIDE = 52
"""Signs of an example beside which there is still a column to be read."""
UNBROKEN = "\N{NO-BREAK SPACE}"
Rows = Sequence[tuple[str, str]]
"""What somebody types, and what it means."""


class CommandPage(NamedTuple):
    """What one command takes, in the language spoken; `shared` are the options that it has in common with others."""

    name: str
    other: str
    """Its name in the other language."""
    summary: str
    examples: Rows
    own: Rows
    shared: Rows


class Manual(NamedTuple):
    """Every command, under the heading of its group; `everywhere` are the options that hold for all of them."""

    about: str
    first_steps: Rows
    everywhere: Rows
    groups: Sequence[tuple[str, Sequence[CommandPage]]]
    codes: Rows
    environment: Rows


# --- On the screen --------------------------------------------------------------------------------


def command_screen(page: CommandPage) -> list[str]:
    """The help of one command in 80 columns; of a daily one in the 24 rows of a small window."""
    head = _("blangko {name}: {summary} (also: blangko {other})").format(
        name=page.name, summary=page.summary, other=page.other
    )
    lines = [*paragraph(head), "", _("Examples"), *_examples(page.examples)]
    if page.own:
        lines += ["", _("Words and options"), *pairs(page.own)]
    # An option stays on the line of its value.
    shared = also([(name.replace(" ", UNBROKEN), meaning) for name, meaning in page.shared])
    return [*lines, "", *(line.replace(UNBROKEN, " ") for line in paragraph(shared))]


def _examples(examples: Rows) -> list[str]:
    """The examples with what they do beside them, where that leaves a column that is wide enough to be read."""
    if max((len(example) for example, _said in examples), default=0) <= LONGEST_BESIDE:
        return pairs(examples)
    return [line for example, said in examples for line in (f"  {example}", *paragraph(said, " " * 6, " " * 6))]


def also(shared: Rows) -> str:
    """The options in common with other commands as one sentence; each has its meaning in brackets."""
    told = [f"{name} ({meaning})" for name, meaning in shared]
    return _("Also: {options}.").format(options=", ".join([*told, _("--db, --lang, --help (every command)")]))


# --- As markdown ----------------------------------------------------------------------------------


def manual_markdown(manual: Manual) -> list[str]:
    """The whole manual as markdown, with a heading for each group and each command."""
    lines = ["# " + _("The commands of blangko"), "", manual.about, "", *_block(manual.first_steps), ""]
    lines += [_("Before or after the command"), "", *_cells(manual.everywhere), ""]
    for heading, pages in manual.groups:
        lines += [f"## {heading}", ""]
        for page in pages:
            lines += [*_command_markdown(page), ""]
    lines += ["## " + _("Exit codes"), "", *_cells(manual.codes), ""]
    return [*lines, "## " + _("Environment"), "", *_cells(manual.environment)]


def _command_markdown(page: CommandPage) -> list[str]:
    lines = [f"### {page.name} ({page.other})", "", f"{page.summary[:1].upper()}{page.summary[1:]}.", ""]
    lines += _block(page.examples)
    if page.own:
        lines += ["", *_cells(page.own)]
    return [*lines, "", also([(f"`{name}`", meaning) for name, meaning in page.shared])]


def _block(examples: Rows) -> list[str]:
    wide = max((len(example) for example, _said in examples), default=0)
    return ["```sh", *(f"{example:<{wide}}  # {said}" for example, said in examples), "```"]


def _cells(rows: Rows) -> list[str]:
    def cell(text: str) -> str:
        return text.replace("|", "\\|")

    heads = (_("Words and options"), _("Meaning"))
    return [
        "| " + " | ".join(heads) + " |",
        "|---|---|",
        *(f"| `{cell(name)}` | {cell(meaning)} |" for name, meaning in rows),
    ]
