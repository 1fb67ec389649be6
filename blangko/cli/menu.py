"""What somebody who types `blangko` alone at a terminal is asked: what to write down, or how to begin."""

from collections.abc import Callable, Sequence
from typing import NamedTuple

from blangko import config
from blangko.cli.commands import command_called, shown
from blangko.cli.screen import ask
from blangko.core.columns import SPOIL_CAUSES
from blangko.core.numbers import cards
from blangko.errors import UnknownCommand
from blangko.words.causes import SPOIL_WORDS
from blangko.words.language import N_, _, language
from blangko.words.typed import one_of, typed_date
from blangko.words.written import short_day

INTERRUPTED = 130
DONE = ""
Run = Callable[[list[str]], int]


class Field(NamedTuple):
    """A question whose answer goes to an option of the command; Enter leaves out what has "" as its default."""

    option: str
    question: str
    default: str = ""
    check: Callable[[str], object] = str


class Entry(NamedTuple):
    """What can be written down: a command, the question for its number, the least number, and what else is asked."""

    command: str
    question: str
    least: int
    fields: tuple[Field, ...] = ()


def _cause(said: str) -> object:
    return one_of("--cause", said, SPOIL_CAUSES, SPOIL_WORDS) if said else None


ENTRIES = (
    Entry(
        "print",
        N_("How many cards were printed? (Enter: back)"),
        0,
        (Field("--spoiled", N_("And how many were spoiled?"), "0", cards),),
    ),
    Entry(
        "receive",
        N_("How many cards came? (Enter: back)"),
        1,
        (Field("--ref", N_("Number of the hand-over record? (Enter: none)")),),
    ),
    Entry(
        "spoil",
        N_("How many cards were spoiled? (Enter: back)"),
        1,
        (Field("--cause", N_("Why: encode, print, damaged, faulty, other? (Enter: not known)"), "", _cause),),
    ),
    Entry("count", N_("How many usable cards are on the shelf? (Enter: back)"), 0),
)
BEGINNINGS = ("demo", "init", "guide")


def menu(run: Run) -> int:
    """Ask what to write down until somebody is done; `run` does a command and tells what came of it.

    After an entry, Enter leaves: an ordinary day is one entry.
    """
    default = ENTRIES[0].command
    while chosen := _chosen(_("What is to be written down?"), [each.command for each in ENTRIES], default):
        words = _words(next(each for each in ENTRIES if each.command == chosen))
        code = run(words) if words else 0
        if code == INTERRUPTED:
            return code
        default = DONE if words and not code else chosen
    return 0


def begin(run: Run) -> int:
    """Offer what can be done without a book, until there is one or somebody is done."""
    code = 1
    default = BEGINNINGS[0]
    while chosen := _chosen(_("How do you want to begin?"), BEGINNINGS, default):
        code = run([chosen])
        if code == INTERRUPTED or (chosen == "init" and code == 0):
            return code
        default = "init"
    return code


def _words(entry: Entry) -> list[str]:
    """The command that the answers make; none when somebody went back."""
    number = ask(_(entry.question), "", lambda said: said and str(cards(said, entry.least)))
    if not number:
        return []
    words = [entry.command, number]
    for field in entry.fields:
        said = ask(_(field.question), field.default, _checked(field))
        words += [f"{field.option}={said}"] if said != field.default else []
    today = config.today()
    on = ask(_("On which day?"), short_day(today), lambda said: typed_date(said, today))
    return [*words, f"--on={on.isoformat()}"]


def _checked(field: Field) -> Callable[[str], str]:
    def check(said: str) -> str:
        field.check(said)
        return said

    return check


def _chosen(title: str, commands: Sequence[str], default: str) -> str:
    """One of the commands, by its number or its name; DONE for none of them."""
    choices = [*commands, DONE]
    print("\n" + title)
    for number, command in enumerate(choices, 1):
        print(f"  {number}  {_name(command):<8}  {_said(command)}")

    def choice(said: str) -> str:
        called = command_called(said.lower())
        by_number = {str(number): each for number, each in enumerate(choices, 1)}
        # "selesai" is the last choice here, though a command is called so as well.
        names = {**({said.lower(): called.name} if called else {}), _name(DONE): DONE}
        chosen = by_number.get(said, names.get(said.lower()))
        if chosen not in choices:
            raise UnknownCommand(name=said, near=tuple(map(_name, choices)))
        return chosen

    return ask(_("Number or name:"), str(choices.index(default) + 1), choice)


def _name(command: str) -> str:
    return shown(command, language()) if command else _("finish")


def _said(command: str) -> str:
    known = command_called(command)
    return _(known.summary) if known else _("leave")
