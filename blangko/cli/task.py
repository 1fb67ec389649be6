"""One command as Typer knows it, and the options that all commands of its kind have.

A command is a function registered with `commands.command(NAME, cls=KIND)`, where `commands` is the Typer of its module.
The kinds are `Task` itself, `WritingTask`, `ReadingTask` and what is made of both. A kind adds its options, so that no
function repeats them; every option of every command passes through `Task`, where it could be given a second name.
"""

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, Any

import typer
from typer.core import TyperCommand
from typer.main import get_params_convertors_ctx_param_name_from_function as typer_params

from blangko.words.options import named_in_both

if TYPE_CHECKING:
    from blangko.reports.manual import CommandPage


class Task(TyperCommand):
    """One command, whose help begins with examples."""

    left_out: tuple[str, ...] = ()
    """Options of its kind that would change nothing here. What a command shows, it honours."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.own = list(self.params)
        self.params += [each for each in self.shared() if each.name not in self.left_out]
        self.params = [named_in_both(each) for each in self.params]

    def shared(self) -> list[Any]:
        """The options of the kind, after the command's own."""
        return []

    def page(self) -> "CommandPage":
        """What it takes, in the language spoken."""
        from blangko.cli.commands import command_called
        from blangko.cli.help import command_page

        command = command_called(self.name or "")
        assert command, "every command stands in the register"
        return command_page(command, self.own, self.params[len(self.own) :])

    def format_help(self, ctx: Any, formatter: Any) -> None:
        from blangko.reports.manual import command_screen

        formatter.write("\n".join([*command_screen(self.page()), ""]))


def options(like: Callable[..., Any]) -> list[Any]:
    """Options made by Typer from a function's parameters, for the kinds of task."""
    return list(typer_params(like)[0])


def taken(ctx: typer.Context, names: Iterable[str]) -> dict[str, Any]:
    """The values of a kind's options, which the function of the command is not called with."""
    return {name: ctx.params.pop(name) for name in names if name in ctx.params}
