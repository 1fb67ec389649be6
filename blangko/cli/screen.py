"""The screen and whoever sits before it: sentences folded to its width, refusals, questions."""

import sys
from collections.abc import Callable
from typing import TextIO, TypeVar

from blangko.errors import BlangkoError
from blangko.words.language import _
from blangko.words.written import harmless

Answer = TypeVar("Answer")


def say(text: str, level: str | None = None) -> None:
    """Tell a sentence, folded to the width of the screen; at a terminal in the colour of `level`, where it has one."""
    from blangko.reports.table import paragraph

    folded = "\n".join(paragraph(harmless(text)))
    if level and sys.stdout.isatty():
        from blangko.cli.colour import shows_colour, urgent

        folded = urgent(folded, level) if shows_colour(sys.stdout) else folded
    print(folded)


def warn(text: str) -> None:
    """Tell a sentence beside the answer, folded as `say` does."""
    from blangko.reports.table import paragraph

    print("\n".join(paragraph(harmless(text))), file=sys.stderr)


def complain(error: BlangkoError) -> None:
    """Tell what went wrong beside something that was done."""
    from blangko.words.refusals import told

    print("\n".join(told(error)), file=sys.stderr)


def somebody_is_there() -> bool:
    """Whether somebody sits at a terminal, sees a question and can answer it."""
    return all(stream is not None and stream.isatty() for stream in (sys.stdin, sys.stdout))


def ask(question: str, default: str | None, check: Callable[[str], Answer]) -> Answer:
    """What whoever sits at the terminal answers, asked again with the reason until `check` takes it.

    Enter takes the default, which may be "" for what can be left out; without one (None) something must be typed.

    Raises:
        KeyboardInterrupt: Whoever sits there wants to go; said already.
    """
    prompt = f"{question} [{default}] " if default else f"{question} "
    while True:
        typed = _line_typed(prompt) or default
        if typed is None:
            print(_("Please answer. Ctrl-C leaves, and nothing is written."), file=sys.stderr)
            continue
        try:
            return check(typed)
        except BlangkoError as error:
            complain(error)


def _line_typed(prompt: str) -> str:
    """The line typed at a prompt, without the blanks around it; at Ctrl-C or Ctrl-D it is told that nothing follows."""
    try:
        print(prompt, end="", file=sys.stderr, flush=True)
        line = sys.stdin.readline()
    except KeyboardInterrupt:
        line = ""
    if not line:
        # The keys leave the cursor behind the question.
        print("\n" + _("Cancelled"), file=sys.stderr)
        raise KeyboardInterrupt
    return line.strip()


def ask_yes(question: str) -> bool:
    """Ask whoever sits at the terminal; nobody there means no."""
    return somebody_is_there() and _line_typed(question).lower() in ("y", "yes", "ya", "iya")


def ask_to_go_on(question: str) -> bool:
    """Ask about a doubt, told on the lines before."""
    return ask_yes(question + "\n" + _("Is it right all the same? [y/N] "))


def is_plain(stream: TextIO) -> bool:
    """Whether a stream shows letters only: not a terminal, or one that cannot show blocks."""
    return not stream.isatty() or (stream.encoding or "").lower().replace("-", "") != "utf8"
