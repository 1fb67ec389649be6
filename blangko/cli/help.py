"""The help pages: examples first, then what each word means; both languages, 80 columns."""

import re
from collections.abc import Iterable, Sequence
from typing import Any

from blangko.cli.commands import COMMANDS, GROUPS, Command, shown, shown_name
from blangko.reports.table import pairs, paragraph
from blangko.words.language import N_, _, language
from blangko.words.options import called, shown_names

LONGEST_BESIDE = 52
"""Signs of an example beside which there is still a column to be read."""
# What stands for a value in the help, for the catalogue.
VALUE_WORDS = (
    N_("BA"),
    N_("CAUSE"),
    N_("CODE"),
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
    N_("TEXT"),
    N_("TIME"),
    N_("TOPIC"),
    N_("VALUE"),
    N_("WHO"),
    N_("WEEK"),
    N_("YEAR"),
)


def command_help(command: Command, own: Sequence[Any], shared: Sequence[Any]) -> list[str]:
    """The page of one command: its own words and options, then those that it shares with others."""
    name = shown_name(command, language())
    other = command.name if name == command.alias else command.alias
    head = _("blangko {name}: {summary} (also: blangko {other})").format(
        name=name, summary=_(command.summary), other=other
    )
    lines = [*paragraph(head), "", _("Examples")]
    examples = [(f"blangko {name} {_in_language(words)}".rstrip(), _(said)) for words, said in command.examples]
    lines += pairs(examples) if _leave_room(examples) else _one_below_the_other(examples)
    if own:
        lines += ["", _("Words and options"), *pairs([_row(each) for each in own])]
    if shared:
        lines += ["", _("As with other commands"), *pairs([_row(each) for each in shared])]
    return [*lines, ""]


def _leave_room(examples: Sequence[tuple[str, str]]) -> bool:
    """Whether what the examples do can be said beside them, in a column that is wide enough to be read."""
    return max((len(example) for example, _said in examples), default=0) <= LONGEST_BESIDE


def _one_below_the_other(examples: Sequence[tuple[str, str]]) -> list[str]:
    return [line for example, said in examples for line in (f"  {example}", *paragraph(said, " " * 6, " " * 6))]


def _in_language(words: str) -> str:
    """The words of an example; one that is options alone has no translation of its own."""
    return re.sub(r"--[a-z][a-z-]*", lambda option: called(option[0]), _(words) if words else "")


def program_help(params: Iterable[Any]) -> list[str]:
    """The page of the whole program."""
    lines = [
        *paragraph(_("blangko: the stock book for blank ID cards. How many are left, until when, and when to ask.")),
        "",
        _("Examples"),
        *pairs(_first_steps()),
    ]
    for group in GROUPS:
        rows = [(_both(each), _(each.summary)) for each in COMMANDS if each.group == group]
        lines += ["", _(group), *pairs([(f"{name:<{_WIDEST}}", text) for name, text in rows])]
    own = [_row(each) for each in params if each.name != "help"]
    lines += ["", _("Before or after the command"), *pairs([*own, ("-h, --help", _("help, also after a command"))])]
    return [*lines, ""]


def _first_steps() -> list[tuple[str, str]]:
    demo, init, prints, status = (shown(name, language()) for name in ("demo", "init", "print", "status"))
    office, opening, spoiled = _("NAME"), called("--opening"), called("--spoiled")
    return [
        (f"blangko {demo}", _("see it work on an invented book")),
        (f"blangko {init} {called('--office')} {office} {opening} 3200", _("begin with 3,200 cards")),
        (f"blangko {prints} 187 {spoiled} 3", _("the day's prints")),
        (f"blangko {status}", _("how long the cards last, and when to ask")),
    ]


def _both(command: Command) -> str:
    name = shown_name(command, language())
    return f"{name} ({command.name if name == command.alias else command.alias})"


_WIDEST = max(len(f"{each.name} ({each.alias})") for each in COMMANDS)


def _row(param: Any) -> tuple[str, str]:
    return ", ".join(_names(param)) + _value(param), _(param.help) if param.help else ""


def _names(param: Any) -> list[str]:
    return shown_names(param, language()) if param.param_type_name == "option" else [_(param.metavar)]


def _value(param: Any) -> str:
    if param.param_type_name != "option" or param.is_flag:
        return ""
    return f" {_(param.metavar)}" if param.metavar else ""
