"""What somebody who begins a book at a terminal is asked: the figures that it starts from, and what its papers need."""

from collections.abc import Callable
from typing import NamedTuple

from blangko.cli.screen import ask, say
from blangko.core.numbers import cards
from blangko.core.settings import canonical
from blangko.words.language import N_, _

PAPERS = {
    "head_name": N_("Name of the head of the office?"),
    "head_rank": N_("The head's rank?"),
    "head_nip": N_("The head's NIP?"),
    "clerk_name": N_("Name of the clerk who keeps the cards?"),
    "clerk_nip": N_("The clerk's NIP?"),
    "place": N_("Town for the date of a letter?"),
    "letterhead": N_("Letterhead, \\n for a new line?"),
}


class Begun(NamedTuple):
    """What was said of a new book, as it was typed: None for what is not known yet; settings by their names."""

    code: str | None
    opening: str | None
    daily: str | None
    papers: dict[str, str]


def interview(code: str | None, opening: str | None, daily: str | None, checked_code: Callable[[str], str]) -> Begun:
    """Ask for what was not given; Enter leaves out what is not known."""
    if code is None:
        code = ask(_("The district's code, such as 61.03?"), "00.00", checked_code)
    if opening is None:
        opening = ask(_("How many usable cards are on the shelf? (Enter: later)"), "", lambda said: _number(said, 0))
    if daily is None:
        daily = ask(_("How many are used on a usual day? (Enter: not known)"), "", lambda said: _number(said, 1))
    say(_("What letters and reports are signed with; Enter leaves it out, blangko settings says it later."))
    asked = {name: ask(_(question), "", _setting(name)) for name, question in PAPERS.items()}
    return Begun(code, opening, daily, {name: said for name, said in asked.items() if said})


def _number(said: str, least: int) -> str | None:
    return str(cards(said, least)) if said else None


def _setting(name: str) -> Callable[[str], str]:
    return lambda said: canonical(name, said) if said else ""
