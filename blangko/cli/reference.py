"""The help as a command: the page of a command, and the whole reference for other readers than the screen."""

from collections.abc import Iterable
from typing import Annotated, Any

import typer
from typer import Argument, Option

from blangko.cli.commands import command_called, near_names
from blangko.cli.task import Task
from blangko.errors import TooManyWords, UnknownCommand
from blangko.words.language import N_

commands = typer.Typer()


@commands.command("help", cls=Task)
def show_help(
    ctx: typer.Context,
    topic: Annotated[str | None, Argument(metavar="COMMAND", help=N_("one command; all of them unless given"))] = None,
    markdown: Annotated[bool, Option("--markdown", help=N_("the whole reference, as markdown"))] = False,
) -> None:
    program = ctx.find_root()
    if topic and markdown:
        raise TooManyWords(unexpected=topic)
    _show(_reference(program) if markdown else _page(program, topic))


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


def _reference(program: Any) -> list[str]:
    from blangko.cli.help import manual
    from blangko.reports.manual import manual_markdown

    params = program.command.get_params(program)
    return manual_markdown(manual(lambda name: program.command.get_command(program, name).page(), params))


def _show(lines: Iterable[str]) -> None:
    print("\n".join(lines))
