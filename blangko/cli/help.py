"""The help pages: what a command takes, in words of the language spoken; examples first."""

import re
from collections.abc import Callable, Iterable, Sequence
from typing import Any

from blangko.cli.commands import COMMANDS, GROUPS, Command, shown, shown_name
from blangko.reports.manual import CommandPage, Manual, Rows
from blangko.reports.table import pairs, paragraph
from blangko.words.language import N_, _, language
from blangko.words.options import called, shown_names

# What stands for a value in the help, for the catalogue.
VALUE_WORDS = (
    N_("ADDRESS"),
    N_("BA"),
    N_("CAUSE"),
    N_("CODE"),
    N_("COMMAND"),
    N_("DATE"),
    N_("DOC"),
    N_("FILE"),
    N_("FOLDER"),
    N_("FORMAT"),
    N_("MONTH"),
    N_("N"),
    N_("N@DATE"),
    N_("N@DATE..DATE"),
    N_("NAME"),
    N_("NO"),
    N_("PERCENT"),
    N_("PURPOSE"),
    N_("REPORT"),
    N_("ROLE"),
    N_("SHELL"),
    N_("TEXT"),
    N_("TIME"),
    N_("TOPIC"),
    N_("VALUE"),
    N_("WHO"),
    N_("WHO=N"),
    N_("WEEK"),
    N_("YEAR"),
    N_("[WHO=]N"),
)
CODES = (
    ("0", N_("done")),
    ("1", N_("refused; nothing was written")),
    ("2", N_("wrong usage")),
    ("3", N_("the book could not be read")),
    ("alert", N_("0 OK, 1 WARNING, 2 CRITICAL, 3 UNKNOWN")),
)
"""What a command ends with; `alert` has codes of its own."""
ENVIRONMENT = (
    ("BLANGKO_DB", N_("the book's file or server, where --db does not say it")),
    ("BLANGKO_OFFICE", N_("an office of a database by its code, where --office does not say it")),
    ("BLANGKO_LANG", N_("en or id, where --lang does not say it")),
    ("BLANGKO_TOKEN", N_("what the province's door knows the office by")),
    ("BLANGKO_KEY", N_("the file of the key that a province signs receipts with")),
    ("BLANGKO_TODAY", N_("a day used as today, such as 2017-10-27")),
)


def command_page(command: Command, own: Iterable[Any], shared: Iterable[Any]) -> CommandPage:
    """What a command takes: its `own` words and options, and those that it shares with others."""
    name = shown_name(command, language())
    examples = [(f"blangko {name} {_in_language(words)}".rstrip(), _(said)) for words, said in command.examples]
    other = command.name if name == command.alias else command.alias
    return CommandPage(name, other, _(command.summary), examples, _rows(own), _rows(shared))


def manual(page_of: Callable[[str], CommandPage], everywhere: Iterable[Any]) -> Manual:
    """What all commands take; `page_of` knows the page of each by name, `everywhere` is what the program takes."""
    groups = [(_(group), [page_of(each.name) for each in COMMANDS if each.group == group]) for group in GROUPS]
    return Manual(
        _about(), _first_steps(), _rows_everywhere(everywhere), groups, _in_words(CODES), _in_words(ENVIRONMENT)
    )


def _in_words(rows: Rows) -> Rows:
    """Rows of a table, whose names are the same in every language but for those of commands."""
    return [(shown(name, language()) if name == "alert" else name, _(meaning)) for name, meaning in rows]


def _in_language(words: str) -> str:
    """The words of an example; one that is options alone has no translation of its own."""
    return re.sub(r"--[a-z][a-z-]*", lambda option: called(option[0]), _(words) if words else "")


def program_help(params: Iterable[Any]) -> list[str]:
    """The page of the whole program."""
    lines = [*paragraph(_about()), "", _("Examples"), *pairs(_first_steps())]
    for group in GROUPS:
        rows = [(_both(each), _(each.summary)) for each in COMMANDS if each.group == group]
        lines += ["", _(group), *pairs([(f"{name:<{_WIDEST}}", text) for name, text in rows])]
    return [*lines, "", _("Before or after the command"), *pairs(_rows_everywhere(params)), ""]


def _about() -> str:
    return _("blangko: the stock book for blank ID cards. How many are left, until when, and when to ask.")


def _first_steps() -> Rows:
    demo, init, prints, status = (shown(name, language()) for name in ("demo", "init", "print", "status"))
    office, opening, spoiled = _("NAME"), called("--opening"), called("--spoiled")
    return [
        (f"blangko {demo}", _("see it work on an invented book")),
        (f"blangko {init} {called('--office')} {office} {opening} 3200", _("begin with 3,200 cards")),
        (f"blangko {prints} 187 {spoiled} 3", _("the day's prints")),
        (f"blangko {status}", _("how long the cards last, and when to ask")),
    ]


def _rows_everywhere(params: Iterable[Any]) -> Rows:
    own = _rows(each for each in params if each.name != "help")
    return [*own, ("-h, --help", _("help, also after a command"))]


def _both(command: Command) -> str:
    name = shown_name(command, language())
    return f"{name} ({command.name if name == command.alias else command.alias})"


_WIDEST = max(len(f"{each.name} ({each.alias})") for each in COMMANDS)


def _rows(params: Iterable[Any]) -> Rows:
    return [(", ".join(_names(each)) + _value(each), _(each.help) if each.help else "") for each in params]


def _names(param: Any) -> Sequence[str]:
    return shown_names(param, language()) if param.param_type_name == "option" else [_(param.metavar)]


def _value(param: Any) -> str:
    if param.param_type_name != "option" or param.is_flag:
        return ""
    return f" {_(param.metavar)}" if param.metavar else ""
