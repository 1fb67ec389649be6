"""The program: finds the command, speaks the language, and is the one place where errors become words and codes."""

import os
import re
import sys
from collections.abc import Sequence
from importlib import import_module
from typing import Annotated, Any, NamedTuple

import typer
from typer import Option
from typer.core import TyperGroup
from typer.main import get_command_from_info

import blangko
from blangko import config
from blangko.cli.commands import COMMANDS, Command, command_called, near_names, shown_name
from blangko.errors import (
    BlangkoError,
    BrokenBook,
    MissingBook,
    MissingWord,
    NotShown,
    NumberOutOfRange,
    OlderBook,
    OptionWithoutValue,
    TooManyWords,
    UnknownCommand,
    UnknownOption,
    UnknownWord,
    WrongUsage,
    reason_of,
)
from blangko.words.language import LANGUAGES, N_, _, language, speak
from blangko.words.options import named_in_both
from blangko.words.written import plain

_HELP = {"help_option_names": ["-h", "--help"]}
_OFFICE = ("--office", "--kantor")
UNKNOWN = 3
INTERRUPTED = 130


# --- The commands -------------------------------------------------------------------------------


class Commands(TyperGroup):
    """All commands, each made only when it is called."""

    def list_commands(self, ctx: Any) -> list[str]:
        return [command.name for command in COMMANDS]

    def get_command(self, ctx: Any, cmd_name: str) -> Any:
        command = command_called(cmd_name)
        return _made(command) if command else None

    def resolve_command(self, ctx: Any, args: list[str]) -> Any:
        if command_called(args[0]) is None:
            raise _no_such_word(args[0])
        return super().resolve_command(ctx, args)

    def format_help(self, ctx: Any, formatter: Any) -> None:
        from blangko.cli.help import program_help

        formatter.write("\n".join(program_help(self.get_params(ctx))))


def _made(command: Command) -> Any:
    """The command as its module registered it.

    Only this one: to make all of them takes 30 ms, a third of a whole print.
    """
    registered: list[Any] = import_module(f"blangko.cli.{command.module}").commands.registered_commands
    info = next(each for each in registered if each.name == command.name)
    return get_command_from_info(info, pretty_exceptions_short=False, rich_markup_mode=None)


def _no_such_word(word: str) -> BlangkoError:
    if word.startswith("-"):
        return UnknownOption(option=word)
    return UnknownCommand(name=word, near=near_names(word))


def _program() -> Any:
    program = typer.Typer(
        cls=Commands,
        add_completion=False,
        rich_markup_mode=None,
        pretty_exceptions_enable=False,
        context_settings=_HELP,
    )
    program.callback()(_begin)
    made = typer.main.get_command(program)
    made.params = [named_in_both(each) for each in made.params]
    return made


def _show_version(asked: bool) -> None:
    if asked:
        print(f"blangko {blangko.__version__}")
        raise typer.Exit()


def _begin(
    ctx: typer.Context,
    db: Annotated[
        str | None, Option("--db", metavar="FILE", help=N_("the book's file, or postgresql://SERVER/DATABASE"))
    ] = None,
    office: Annotated[
        str | None,
        Option("--office", metavar="CODE", help=N_("before the command: an office of a database by its code")),
    ] = None,
    lang: Annotated[str | None, Option("--lang", metavar="en|id", help=N_("English or Indonesian"))] = None,
    version: Annotated[
        bool, Option("--version", is_eager=True, callback=_show_version, help=N_("the program's version"))
    ] = False,
) -> None:
    ctx.obj = config.book_place(db, office)
    if (code := config.named_office(office)) and "://" not in ctx.obj:
        from blangko.stockroom.look import refuse_other_office

        refuse_other_office(ctx.obj, code)


# --- Around the command -------------------------------------------------------------------------


def main(words: Sequence[str] | None = None) -> int:
    """Run one command; the exit code.

    Nothing that a user can do ends in a traceback; what does is a fault of the program. Only `alert` hides that as
    well, because a monitoring system reads its one line.
    """
    line = _parted(sys.argv[1:] if words is None else words)
    command = line.command
    alert = command is not None and command.name == "alert"
    try:
        _choose_language(line)
        code = _run(line.in_order(), alert)
        sys.stdout.flush()
        return _goes_on(line, "menu") if line.alone and code == 0 else code
    except (SystemExit, KeyboardInterrupt, typer.Abort, OSError) as error:
        return _cut_off(error, command)
    except BlangkoError as error:
        code = _refuse(error, command)
        return _goes_on(line, "begin", code) if line.alone and isinstance(error, MissingBook) else code
    except typer.BadParameter.__base__ as error:  # type: ignore[misc]
        return _refuse(_usage(error, line.rest), command)
    except Exception as error:
        if broken := _broken(line.place):
            return _refuse(broken, command)
        if alert:
            return _alert_unknown(_as_it_is(error))
        raise


def _run(words: list[str], alert: bool) -> int:
    try:
        code = _program().main(words, prog_name="blangko", standalone_mode=False)
    except OlderBook as error:
        if alert or not _agrees_to_upgrade(error):
            raise
        code = _program().main(words, prog_name="blangko", standalone_mode=False)
    if code == INTERRUPTED:
        # Typer makes a code of it, with which an alert would end without its line.
        raise KeyboardInterrupt
    return code if isinstance(code, int) else 0


def _goes_on(line: "Line", how: str, code: int = 0) -> int:
    """Ask whoever typed no command what to do; the exit code, which stays when nobody is there."""
    from blangko.cli.screen import somebody_is_there

    if not somebody_is_there():
        return code
    from blangko.cli import menu

    before = line.in_order()[:-1]
    try:
        asked: int = getattr(menu, how)(lambda words: main([*before, *words]))
    except KeyboardInterrupt:
        return INTERRUPTED
    return asked


class Line(NamedTuple):
    """A command line, parted into what --db, --office and --lang say, None without a value, and the other words."""

    everywhere: dict[str, str | None]
    rest: list[str]
    alone: bool = False
    """Whether no command was typed, nor anything else but those three."""

    @property
    def place(self) -> str:
        """The book that is meant."""
        return config.book_place(self.everywhere.get("--db"), self.everywhere.get("--office"))

    @property
    def command(self) -> Command | None:
        """The command that is called, if there is such a one."""
        name = next((word for word in self.rest if not word.startswith("-")), None)
        return command_called(name) if name else None

    def in_order(self) -> list[str]:
        """The words as Typer takes them: what holds for every command before the command.

        Raises:
            OptionWithoutValue: A value is missing.
        """
        for option, value in self.everywhere.items():
            if value is None:
                raise OptionWithoutValue(option=option)
        return [*(f"{option}={value}" for option, value in self.everywhere.items()), *self.rest]


def _parted(words: Sequence[str]) -> Line:
    """The command line, understood as far as it must be before the language is known; without a command it is `status`.

    People type --db and --lang where they think of them, which is often last; --office belongs to `init` behind it.
    """
    everywhere: dict[str, str | None] = {}
    rest: list[str] = []
    left = iter(words)
    for word in left:
        option, equals, value = word.partition("=")
        is_office = option in _OFFICE and all(before.startswith("-") for before in rest)
        if is_office or option in ("--db", "--lang"):
            everywhere[_OFFICE[0] if is_office else option] = value if equals else next(left, None)
            continue
        # Typer knows the version before the command only.
        rest.insert(0 if word == "--version" else len(rest), word)
        if word == "--":
            # What follows are words, whatever they look like.
            rest += left
    return Line(everywhere, rest or ["status"], not rest)


def _choose_language(line: Line) -> None:
    lang = line.everywhere.get("--lang")
    told = os.environ.get("BLANGKO_LANG", "").lower()[:2]
    if lang is None and told in LANGUAGES:
        speak(told)
    elif lang in LANGUAGES:
        speak(lang)
    elif lang is not None:
        raise UnknownWord(option="--lang", word=lang, words=LANGUAGES)
    else:
        from blangko.stockroom.look import spoken_language

        of_book = spoken_language(line.place)
        speak(of_book or "en", chosen=of_book is not None)


def _usage(error: Any, words: Sequence[str]) -> BlangkoError:
    """Typer's own complaint as one of ours; it knows English only."""
    name = type(error).__name__
    if name == "NoSuchOption":
        if re.fullmatch(r"-\d[\d.,]*", error.option_name):
            return NumberOutOfRange(number=error.option_name, low=0, high=100_000_000)
        near = tuple(each for each in error.possibilities or () if each.startswith("--"))
        return UnknownOption(option=error.option_name, near=near)
    if name == "BadOptionUsage":
        return OptionWithoutValue(option=error.option_name)
    if name == "MissingParameter" and error.param is not None:
        option = next((each for each in error.param.opts if each.startswith("--")), None)
        return MissingWord(missing=option or error.param.metavar or error.param.name)
    unexpected = re.search(r"argument(?:\(s\)|s)? \((.*)\)$", error.message, re.DOTALL)
    if not unexpected:
        return WrongUsage()
    from blangko.cli.meant import right_form

    return TooManyWords(unexpected=unexpected[1], meant=right_form(words, error.ctx.command.params))


def _broken(place: str) -> BlangkoError | None:
    """What is wrong with the book that a command failed over; None when it is whole, and the fault is the program's."""
    from blangko.stockroom import open_book
    from blangko.stockroom.proof import examine

    try:
        with open_book(place, older=True) as book:
            seen = examine(book, config.today())
    except MissingBook:
        return None
    except BlangkoError as error:
        return error
    except Exception:
        # The proof fell over it as well; the first fault is the one to be told.
        return None
    return BrokenBook(path=place, reason=seen.first_error) if not seen.ok else None


def _agrees_to_upgrade(error: OlderBook) -> bool:
    """Bring the book up to date when somebody at the terminal says yes to it."""
    from blangko.cli.files import bring_up_to_date
    from blangko.cli.screen import ask_yes

    question = _("The book {path} was written by an older blangko. Copy it and bring it up to date now? [y/N] ")
    if not ask_yes(question.format(path=plain(error.path))):
        return False
    bring_up_to_date(error.path)
    return True


def _cut_off(error: BaseException, command: Command | None) -> int:
    """The end of a command that somebody stopped, or whose answer nobody could take."""
    if command and command.name == "alert":
        # Whoever waits for its line knows nothing, whatever the book says.
        return _alert_unknown(_as_it_is(error))
    if isinstance(error, KeyboardInterrupt | typer.Abort):
        return INTERRUPTED
    _close_quietly()
    if isinstance(error, OSError) and not isinstance(error, BrokenPipeError):
        return _refuse(NotShown(reason=reason_of(error)), command)
    # Typer leaves by SystemExit when nobody reads its output any more; what was written stands.
    return 0


def _as_it_is(error: BaseException) -> str:
    """An error that nobody has put into words."""
    return f"{type(error).__name__}: {error}"


def _refuse(error: BlangkoError, command: Command | None) -> int:
    from blangko.words.refusals import told

    lines = told(error, shown_name(command, language()) if command else "")
    if command and command.name == "alert":
        return _alert_unknown(" ".join(lines))
    if sys.stderr.isatty():
        from blangko.reports.table import paragraph

        lines = [part for line in lines for part in paragraph(line)]
    print("\n".join(lines), file=sys.stderr)
    return error.exit_code


def _alert_unknown(text: str) -> int:
    from blangko.reports.alert import unknown_line

    try:
        print(unknown_line(text), flush=True)
    except OSError:
        _close_quietly()
    return UNKNOWN


def _close_quietly() -> None:
    """Nobody reads any more: let the interpreter end without a word about it."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
