"""The help as a command: the page of a command, and the whole reference for other readers than the screen."""

from collections.abc import Iterable
from typing import TYPE_CHECKING, Annotated, Any

import typer
from typer import Argument, Option

from blangko import __version__
from blangko.cli.commands import command_called, near_names
from blangko.cli.task import Task
from blangko.errors import TooManyWords, UnknownCommand
from blangko.words.language import N_

if TYPE_CHECKING:
    from blangko.reports.manual import Manual

commands = typer.Typer()


@commands.command("help", cls=Task)
def show_help(
    ctx: typer.Context,
    topic: Annotated[str | None, Argument(metavar="COMMAND", help=N_("one command; all of them unless given"))] = None,
    markdown: Annotated[bool, Option("--markdown", help=N_("the whole reference, as markdown"))] = False,
    man: Annotated[bool, Option("--man", help=N_("the whole reference, as a page for man"))] = False,
) -> None:
    program = ctx.find_root()
    if markdown and man:
        raise TooManyWords(unexpected="--man")
    if topic and (markdown or man):
        raise TooManyWords(unexpected=topic)
    if man:
        from blangko.reports.roff import man_page

        _show(man_page(_manual(program), __version__))
    elif markdown:
        from blangko.reports.manual import manual_markdown

        _show(manual_markdown(_manual(program)))
    else:
        _show(_page(program, topic))


def _page(program: Any, topic: str | None) -> list[str]:
    """What `--help` shows of the program, or of the command that `topic` names in either language.

    Raises:
        UnknownCommand: There is no such command.
    """
    from blangko.cli.help import program_help
    from blangko.reports.manual import command_screen

    if topic is None:
        return program_help(program.command.get_params(program))
    name = topic.lower()
    if command_called(name) is None:
        raise UnknownCommand(name=topic, near=near_names(name))
    return command_screen(program.command.get_command(program, name).page())


def _manual(program: Any) -> "Manual":
    from blangko.cli.help import manual

    return manual(lambda name: program.command.get_command(program, name).page(), program.command.get_params(program))


def _show(lines: Iterable[str]) -> None:
    print("\n".join(lines))
