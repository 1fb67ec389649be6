"""The manual as a page of `man`: what groff reads."""

from collections.abc import Iterator

from blangko.reports.manual import CommandPage, Manual, Rows, also
from blangko.reports.table import capital
from blangko.words.language import _


def man_page(manual: Manual, version: str) -> list[str]:
    """The whole manual as one page for section 1, in the language spoken.

    The page bears no date: it is the same whenever it is made.
    """
    title, command = _plain(_("The commands of blangko")), _("COMMAND")
    lines = [f'.TH BLANGKO 1 "" "blangko {version}" "{title}"']
    # Without hyphens a name can be copied as it stands.
    lines += [".nh", ".ad l", _heading(_("Name")), f"blangko \\- {_plain(manual.about.partition(': ')[2])}"]
    lines += [_heading(_("Synopsis")), f"\\fBblangko\\fR [{command}] [...]"]
    lines += [_heading(_("Examples")), *_block(manual.first_steps)]
    lines += [_heading(_("Before or after the command")), *_tagged(manual.everywhere)]
    for heading, pages in manual.groups:
        lines += [_heading(heading), *(line for page in pages for line in _command(page))]
    lines += [_heading(_("Exit codes")), *_tagged(manual.codes)]
    return [*lines, _heading(_("Environment")), *_tagged(manual.environment)]


def _command(page: CommandPage) -> Iterator[str]:
    yield f'.SS "{_plain(page.name)} ({_plain(page.other)})"'
    yield _text(capital(page.summary) + ".")
    yield from _block(page.examples)
    yield from _tagged(page.own)
    yield ".PP"
    yield _text(also(page.shared))


def _block(examples: Rows) -> list[str]:
    """Each example on a line of its own, and below it what it does."""
    lines = [".PP", ".nf"]
    for example, said in examples:
        lines += [f"\\fB{_plain(example)}\\fR", f"    {_plain(said)}"]
    return [*lines, ".fi"]


def _tagged(rows: Rows) -> list[str]:
    return [line for name, meaning in rows for line in (".TP", f"\\fB{_plain(name)}\\fR", _text(meaning))]


def _heading(text: str) -> str:
    return f'.SH "{_plain(text.upper())}"'


def _text(text: str) -> str:
    """A line of text, which is no request whatever it begins with."""
    plain = _plain(text)
    return f"\\&{plain}" if plain[:1] in (".", "'") else plain


def _plain(text: str) -> str:
    """The text with the signs that groff would read, and those that are not ASCII, by their names."""
    return "".join(_SIGNS.get(sign) or (sign if sign.isascii() else f"\\[u{ord(sign):04X}]") for sign in text)


_SIGNS = {"\\": "\\e", "-": "\\-", '"': "\\(dq", "'": "\\(aq", "`": "\\(ga", "^": "\\(ha", "~": "\\(ti"}
