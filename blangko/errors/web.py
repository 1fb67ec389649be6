"""What the page in a browser cannot do."""

from __future__ import annotations

from blangko.errors import BlangkoError, FileRefused, Refused


class PortTaken(BlangkoError):
    """Nothing can listen at that port."""

    port: int
    reason: str


class NotAgreed(Refused):
    """On so many days a sheet says something else than the book, and nobody ticked that the sheet is right."""

    days: int


class SheetGone(Refused):
    """A sheet that was given to the page is not there any more."""


class NoFileChosen(BlangkoError):
    """A form was sent without the file that it is for."""


class BadAccountName(Refused):
    """The text cannot name an account."""

    name: str


class AccountExists(Refused):
    """There is an account of that name."""

    name: str


class NoSuchAccount(Refused):
    """There is no account of that name."""

    name: str


class WeakPassphrase(Refused):
    """A passphrase has fewer letters than `least` or more than `most`, or is the account's own name."""

    least: int
    most: int


class PassphrasesDiffer(Refused):
    """What was typed the second time is something else."""


class OfficeOfAnother(Refused):
    """The book is of another office than the account would be."""

    code: str
    own_code: str


class BadAccounts(FileRefused):
    """The accounts cannot be read."""

    reason: str


class NoAccounts(Refused):
    """The page would be open to others, and nobody could log in."""


class NotEncrypted(Refused):
    """The page would be open to others over a line on which passphrases can be read."""


class BadCertificate(FileRefused):
    """The certificate, or its key, cannot be used."""

    reason: str
