"""The two languages of the screen, and the catalogue between them.

Source texts are English; `N_` marks one for the catalogue where it is only looked up later. Which language is spoken
belongs to the context and not to the process: a server speaks Indonesian to one clerk while it speaks English to
another.
"""

import gettext
import locale
import os
from contextvars import ContextVar
from pathlib import Path
from typing import NamedTuple

LANGUAGES = ("en", "id")
_CATALOGUES = Path(__file__).parent.parent / "locale"


class _Speech(NamedTuple):
    """The language spoken, whether somebody asked for it, and its catalogue."""

    language: str
    was_chosen: bool
    catalogue: gettext.NullTranslations


_ENGLISH = _Speech("en", False, gettext.NullTranslations())
# A thread begins with the default, whatever the one that started it speaks.
_speech = ContextVar("speech", default=_ENGLISH)


def speak(language: str, chosen: bool = True) -> None:
    """Choose the language of everything that this thread or task writes from now on; what is not known is English.

    `chosen` says that somebody asked for it, and not the lack of a book that could say.
    """
    if language not in LANGUAGES or language == "en":
        _speech.set(_ENGLISH._replace(was_chosen=chosen))
        return
    catalogue = gettext.translation("blangko", _CATALOGUES, languages=[language], fallback=True)
    _speech.set(_Speech(language, chosen, catalogue))


def language() -> str:
    return _speech.get().language


def was_chosen() -> bool:
    """Whether somebody asked for the language that is spoken."""
    return _speech.get().was_chosen


def _(message: str) -> str:
    return _speech.get().catalogue.gettext(message)


def N_(message: str) -> str:  # noqa: N802 (the usual name for a text that is translated later)
    return message


def plural_form(one: str, many: str, number: int) -> str:
    """The text for `number`, its places still open; Indonesian knows one form only."""
    return _speech.get().catalogue.ngettext(one, many, number)


def machine_language() -> str:
    """The language of the machine: Indonesian where its locale is, else English."""
    names = [os.environ.get(name, "") for name in ("LC_ALL", "LC_MESSAGES", "LANG")]
    name = next(filter(None, names), "") or (locale.getlocale()[0] or "")
    return "id" if name.lower().startswith(("id", "in_")) else "en"
