"""What a writing command lacks, asked of whoever sits at the terminal: the same question everywhere."""

from collections.abc import Callable, Sequence
from typing import Any

from blangko import config
from blangko.cli.screen import ask
from blangko.core.numbers import cards, entry_number
from blangko.errors import BlangkoError, MissingWord
from blangko.errors.rules import NameNeeded, ReasonNeeded
from blangko.words.language import _
from blangko.words.typed import typed_date


def lacking(error: BlangkoError) -> list[str]:
    """What was not given, as options or as what stands for a word in the help; empty for other refusals."""
    if isinstance(error, MissingWord):
        return error.missing.split(", ")
    return ["--reason"] if isinstance(error, ReasonNeeded) else ["--by"] if isinstance(error, NameNeeded) else []


def completed(words: Sequence[str], params: Sequence[Any]) -> list[str]:
    """The words of a command with what it lacks: any one of several, each of which may be left out."""
    default = None if len(params) == 1 else ""
    options, rest = _parted(words)
    for param in params:
        said = ask(_question(param), default, _check(param, default))
        if not said:
            continue
        if param.param_type_name == "option":
            # The last one holds, also where an empty one was given.
            options.append(f"{param.opts[0]}={said}")
        else:
            rest.append(said)
    return [*options, *rest]


def _parted(words: Sequence[str]) -> tuple[list[str], list[str]]:
    """The words up to a `--`, behind which everything is a word and no option, and those from there on."""
    end = list(words).index("--") if "--" in words else len(words)
    return list(words[:end]), list(words[end:])


def _question(param: Any) -> str:
    text = _(param.help)
    return text[:1].upper() + text[1:] + ":"


def _check(param: Any, default: str | None) -> Callable[[str], str]:
    """A check that hands the answer on as it was typed, once it is known to be one."""
    checks: dict[str, Callable[[str], object]] = {
        "N": cards,
        "NO": entry_number,
        "DATE": lambda said: typed_date(said, config.today(), ahead=True),
    }
    meant = checks.get(param.metavar or "", str)

    def check(said: str) -> str:
        if said != default:
            meant(said)
        return said

    return check
