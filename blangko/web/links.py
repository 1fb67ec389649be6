"""Sentences that name a command, as the page shows them: a link to the page that does the same stands in its place."""

from __future__ import annotations

import re

from flask import current_app, url_for
from markupsafe import Markup, escape

from blangko.words.language import N_, _

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
    (("backup", "cadangkan"), "care.check", N_("Check")),
    (("plan", "rencana"), "outlook.plan", N_("Plan")),
    (("forecast", "perkiraan"), "outlook.forecast", N_("Forecast")),
    (("import", "impor"), "sheets.home", N_("Import")),
)
"""The commands, in both languages, by the page on which the same is done, and what that page is called."""
_WHERE = {name: (endpoint, word) for names, endpoint, word in PLACES for name in names}
# A command goes on through its words in capitals, its options and its numbers; the sentence goes on behind it.
_WORD = r"--?[a-z-]+|[A-Z0-9][A-Z0-9.,%-]*|[a-z]+_[a-z_]+(?: [0-9]+)?"
_COMMAND = re.compile(rf"blangko ([a-z]+)((?: (?:{_WORD}))*)(?=[\s.,;:)]|$)")


def linked(sentence: str) -> Markup:
    """The sentence with each command replaced by a link to its page, or set as what is typed where there is no page."""
    parts, at = [], 0
    for found in _COMMAND.finditer(sentence):
        parts += [escape(sentence[at : found.start()]), _link(found)]
        at = found.end()
    return Markup("").join([*parts, escape(sentence[at:])])


def _link(found: re.Match[str]) -> Markup:
    endpoint, word = _WHERE.get(found[1], ("", ""))
    # The dot at the end of a sentence is no part of the number before it.
    typed = found[0]
    tail = "." if typed.endswith(".") else ""
    if endpoint not in current_app.view_functions:
        return Markup("<code>{}</code>{}").format(typed.removesuffix("."), tail)
    return Markup('<a href="{}">{}</a>{}').format(url_for(endpoint), _(word), tail)
