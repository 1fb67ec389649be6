"""Completion in the shell: what may be typed next, gathered once into a script, so that no Tab starts a process."""

from collections.abc import Sequence
from typing import Annotated, Any

import typer
from typer import Argument

from blangko.cli.commands import COMMANDS, Command, shown_name
from blangko.cli.task import Task
from blangko.core.columns import PURPOSES, SPOIL_CAUSES, STOP_CAUSES
from blangko.core.settings import Settings
from blangko.reports.shells import SHELLS, Choice, CommandWords, Words, script
from blangko.words.causes import cause_word
from blangko.words.language import N_, _, language
from blangko.words.options import shown_names
from blangko.words.settings import purpose_word, setting_word
from blangko.words.typed import one_of

commands = typer.Typer()
_FILES = ("FILE", "FOLDER")
"""What stands for the name of a file in the help."""


@commands.command("completion", cls=Task)
def completion(
    ctx: typer.Context,
    shell: Annotated[str, Argument(metavar="SHELL", help=N_("bash, zsh, fish or powershell"))],
) -> None:
    chosen = one_of("SHELL", shell, tuple(SHELLS), {"pwsh": "powershell"}) or shell
    print("\n".join(script(chosen, _words(ctx.find_root()))))


def _words(program: Any) -> Words:
    """All that the commands take, in the language spoken; the names of the other language are known too."""
    params = [each for each in program.command.get_params(program) if each.param_type_name == "option"]
    # Which office is meant stands before the command alone, where hardly anybody presses Tab.
    everywhere = [_choice(each, ()) for each in params if each.name not in ("help", "office")]
    known = [_command_words(each, program.command.get_command(program, each.name)) for each in COMMANDS]
    return Words([*everywhere, Choice(("-h", "--help"), ("-h", "--help"), _("help, also after a command"))], known)


def _command_words(command: Command, task: Any) -> CommandWords:
    choices = [_choice(each, _values(command, each)) for each in task.params if each.name != "help"]
    words = [each for each in choices if not each.names]
    other = command.name if shown_name(command, language()) == command.alias else command.alias
    options = [each for each in choices if each.names]
    return CommandWords(
        shown_name(command, language()), other, _(command.summary), options, words[0] if words else None
    )


def _choice(param: Any, values: Sequence[str]) -> Choice:
    """What may be typed for an option, or for a word of the command, which has no names."""
    is_option = param.param_type_name == "option"
    takes_value = not (is_option and param.is_flag)
    return Choice(
        tuple(shown_names(param, language())) if is_option else (),
        tuple(param.opts) if is_option else (),
        _(param.help) if param.help else "",
        takes_value,
        takes_value and param.metavar in _FILES,
        tuple(values) or _parted(param.metavar if takes_value else ""),
    )


def _parted(metavar: str | None) -> tuple[str, ...]:
    """The words between which a value such as en|id, or [grant|distribute], chooses."""
    return tuple(_(metavar).strip("[]").split("|")) if metavar and "|" in metavar else ()


def _values(command: Command, param: Any) -> Sequence[str]:
    """The words that a value may be; none where it is a number, a day or any text."""
    match command.name, param.metavar:
        case _, "FORMAT":
            # Its help is the list of them.
            return tuple((param.help or "").split(", "))
        case _, "PURPOSE":
            return [purpose_word(each) for each in PURPOSES]
        case ("print" | "spoil") as name, "CAUSE":
            return [cause_word(each) for each in (STOP_CAUSES if name == "print" else SPOIL_CAUSES)]
        case "settings", "NAME" if param.name == "name":
            return [setting_word(each) for each in Settings._fields]
        case "guide", "TOPIC":
            from blangko.cli.care import topic_words

            return topic_words()
        case "help", "COMMAND":
            return [shown_name(each, language()) for each in COMMANDS]
        case "completion", "SHELL":
            return tuple(SHELLS)
    return ()
