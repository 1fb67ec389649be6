"""Sentences that name a command or an option, as the page shows them.

A link to the page that does the same stands in place of a command, the name of the field in place of an option.
"""

from __future__ import annotations

import re

from flask import current_app, url_for
from markupsafe import Markup, escape

from blangko.words.language import N_, _
from blangko.words.options import INDONESIAN

PLACES = (
    (("print", "cetak"), "today.home", N_("Today")),
    (("receive", "terima", "request", "ajukan", "grant", "jatah", "close", "selesai"), "requests.home", N_("Requests")),
    (("closed", "tutup", "opened", "buka", "calendar", "kalender"), "calendar.home", N_("Calendar")),
    (("settings", "pengaturan"), "care.settings", N_("Settings")),
    (("verify", "periksa"), "care.check", N_("Check")),
    (("undo", "batal"), "book.home", N_("Book")),
    (("count", "opname", "opening", "saldo", "backlog", "antrean"), "moves.home", N_("Write into the book")),
    (("spoil", "rusak", "destroy", "musnah"), "moves.home", N_("Write into the book")),
    (("send", "kirim", "lost", "hilang"), "moves.home", N_("Write into the book")),
    (("population", "penduduk", "campaign", "kegiatan"), "moves.home", N_("Write into the book")),
    (("backup", "cadangkan"), "care.check", N_("Check")),
    (("plan", "rencana"), "outlook.plan", N_("Plan")),
    (("forecast", "perkiraan"), "outlook.forecast", N_("Forecast")),
    (("import", "impor"), "sheets.home", N_("Import")),
    (("template", "formulir"), "sheets.empty", N_("An empty sheet to fill in")),
)
"""The commands, in both languages, by the page on which the same is done, and what that page is called."""
FIELDS = {
    "--on": N_("Date"),
    "--reason": N_("Reason"),
    "--request": N_("Which request"),
    "--more": N_("the rest is still to come"),
    "--coverage": N_("Target: per cent recorded"),
    "--columns": N_("What columns are"),
    "--date-order": N_("How dates are written"),
    "--year": N_("Year of days without one"),
    "--remarks": N_("Cards that only a remark tells of"),
    "--sheet": N_("Read these sheets alone"),
}
"""The options that a refusal may name at the page, by what the field is called that does the same."""
# The names stand in pairs, of which the first is the English one.
_WHERE = {name: (endpoint, word, names[at & ~1]) for names, endpoint, word in PLACES for at, name in enumerate(names)}
# Each of these pages has several forms, most of them called as the command.
_OF_FORMS = {"moves.home": {"lost": "lose"}, "requests.home": {"request": "ask"}}
_LOANS = ("--loan", INDONESIAN["--loan"])
_FIELD = {name: word for option, word in FIELDS.items() for name in (option, INDONESIAN[option])}
# A command goes on through its words in capitals, its options and its numbers; the sentence goes on behind it.
_WORD = r"--?[a-z-]+|[A-Z0-9][A-Z0-9.,%-]*|[a-z]+_[a-z_]+(?: [0-9]+)?|[a-z]+\.[a-z]+"
_COMMAND = rf"blangko (?P<command>[a-z]+)(?: (?:{_WORD}))*(?=[\s.,;:)]|$)"
# What would stand behind an option is typed into its field, and goes without saying.
_OPTION = r"(?P<option>--[a-z]+(?:-[a-z]+)*)(?: [A-Z]+\b)?"
_TYPED = re.compile(f"{_COMMAND}|{_OPTION}")


def linked(sentence: str) -> Markup:
    """The sentence with each command replaced by a link to its page, and each option by the name of its field.

    What no page does is set as what is typed.
    """
    parts, at = [], 0
    for found in _TYPED.finditer(sentence):
        parts += [escape(sentence[at : found.start()]), _link(found) if found["command"] else _field(found)]
        at = found.end()
    return Markup("").join([*parts, escape(sentence[at:])])


def _link(found: re.Match[str]) -> Markup:
    endpoint, word, command = _WHERE.get(found["command"], ("", "", ""))
    # The dot at the end of a sentence is no part of the number before it.
    typed = found[0]
    tail = "." if typed.endswith(".") else ""
    if endpoint not in current_app.view_functions:
        return Markup("<code>{}</code>{}").format(typed.removesuffix("."), tail)
    return Markup('<a href="{}">{}</a>{}').format(url_for(endpoint, do=_form(endpoint, command, typed)), _(word), tail)


def _form(endpoint: str, command: str, typed: str) -> str | None:
    """Which form of the page does what the command does; None where it has one alone."""
    if endpoint not in _OF_FORMS:
        return None
    is_loan = command == "receive" and any(option in typed for option in _LOANS)
    return "borrow" if is_loan else _OF_FORMS[endpoint].get(command, command)


def _field(found: re.Match[str]) -> Markup:
    word = _FIELD.get(found["option"])
    return Markup('"{}"').format(_(word)) if word else Markup("<code>{}</code>").format(found[0])
