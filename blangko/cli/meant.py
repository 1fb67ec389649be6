"""The right form of a command that was typed as it is spoken, such as `print 195 spoiled 3`."""

from collections.abc import Sequence
from typing import Any

from blangko.cli.commands import command_called, shown_name
from blangko.words.language import language
from blangko.words.options import shown_names


def right_form(words: Sequence[str], params: Sequence[Any]) -> str:
    """The command with its options marked as such; "" when what was meant cannot be told.

    `words` begin with the name of the command, and `params` are what it takes.
    """
    command = command_called(words[0])
    if command is None or any(word.startswith("-") for word in words):
        return ""
    parts = _parts(words[1:], params, more_is="spoiled" if command.name == "print" else "")
    return " ".join(["blangko", shown_name(command, language()), *parts]) if parts else ""


def _parts(words: Sequence[str], params: Sequence[Any], more_is: str) -> list[str]:
    """The words with their options; none when a word has no place. A second number belongs to `more_is`."""
    options = {name[2:]: each for each in params for name in each.opts if name.startswith("--")}
    places = sum(each.param_type_name == "argument" for each in params)
    parts: list[str] = []
    values: list[str] | None = None
    for word in words:
        option = options.get(word.lower())
        if option is None and values is None and places == 0 and word.isdecimal():
            parts += _said(options.get(more_is), [word])
            more_is = ""
        elif option is not None:
            parts += [shown_names(option, language())[-1]]
            values = None if option.is_flag else []
            parts += [] if values is None else [_HOLE]
        elif values is not None:
            values.append(word)
            parts[-1] = _quoted(values)
        elif places:
            places -= 1
            parts.append(word)
        else:
            return []
    return [] if _HOLE in parts else parts


_HOLE = ""
"""Stands where the value of an option is still missing."""


def _said(option: Any, values: Sequence[str]) -> list[str]:
    return [shown_names(option, language())[-1], _quoted(values)] if option is not None else [_HOLE]


def _quoted(values: Sequence[str]) -> str:
    text = " ".join(values)
    return f'"{text}"' if " " in text else text
