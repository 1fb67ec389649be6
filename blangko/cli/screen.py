"""The screen and whoever sits before it: sentences folded to its width, refusals, questions."""

import sys
from typing import TextIO

from blangko.cli.colour import shows_colour, urgent
from blangko.errors import BlangkoError
from blangko.words.language import _
from blangko.words.written import harmless


def say(text: str, level: str | None = None) -> None:
    """Tell a sentence, folded to the width of the screen; at a terminal in the colour of `level`, where it has one."""
    from blangko.reports.table import paragraph

    folded = "\n".join(paragraph(harmless(text)))
    print(urgent(folded, level) if level and shows_colour(sys.stdout) else folded)


def complain(error: BlangkoError) -> None:
    """Tell what went wrong beside something that was done."""
    from blangko.words.refusals import told

    print("\n".join(told(error)), file=sys.stderr)


def somebody_is_there() -> bool:
    """Whether somebody sits at a terminal and can be asked."""
    return bool(sys.stdin and sys.stdin.isatty())


def ask(question: str) -> str:
    """What whoever sits at the terminal answers."""
    print(question, end="", file=sys.stderr, flush=True)
    return sys.stdin.readline()


def ask_yes(question: str) -> bool:
    """Ask whoever sits at the terminal; nobody there means no."""
    return somebody_is_there() and ask(question).strip().lower() in ("y", "yes", "ya", "iya")


def ask_to_go_on(question: str) -> bool:
    """Ask about a doubt, told on the lines before."""
    return ask_yes(question + "\n" + _("Is it right all the same? [y/N] "))


def is_plain(stream: TextIO) -> bool:
    """Whether a stream shows letters only: not a terminal, or one that cannot show blocks."""
    return not stream.isatty() or (stream.encoding or "").lower().replace("-", "") != "utf8"
