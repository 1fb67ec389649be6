"""Accounts of the page: what they are called, what their roles see, and how a passphrase is kept and proved.

A passphrase is kept as scrypt makes it (RFC 7914), with its measures and its salt beside it, so that stronger measures
for new ones leave the old ones good.
"""

from __future__ import annotations

import hmac
import re
import unicodedata
from base64 import b64decode, b64encode
from hashlib import scrypt
from typing import NamedTuple

from blangko.core.offices import is_within
from blangko.errors.web import BadAccountName, WeakPassphrase

CLERK, HEAD, AUDITOR, PROVINCE = ROLES = ("clerk", "head", "auditor", "province")
OF_ONE_OFFICE = (CLERK, HEAD)
LEAST_LETTERS, MOST_LETTERS = 10, 200
"""Of a passphrase: NIST SP 800-63B asks for 8 and for nothing but length; here it guards a ledger on a slow line."""
SALT_BYTES = 16
# 16 MiB of memory for each try, which a page may take within its own bound; five rounds make up for it (OWASP).
_COST, _BLOCK, _ROUNDS = 1 << 14, 8, 5
_NAME = re.compile(r"[a-z][a-z0-9._-]{0,39}")


class Account(NamedTuple):
    """Who may log in: the name, the role, the office (61.03) or the province (61) it sees, and the kept passphrase.

    Without an office it sees all that the page serves.
    """

    name: str
    role: str
    office_code: str | None
    passphrase: str


def account_name(text: str) -> str:
    """The name of an account, in small letters; it stands in the book, so it holds nothing that could look like more.

    Raises:
        BadAccountName: It is none.
    """
    name = text.strip().lower()
    if not _NAME.fullmatch(name):
        raise BadAccountName(name=text)
    return name


def good_passphrase(text: str, name: str) -> str:
    """A passphrase that is long enough and not the name of the account.

    Raises:
        WeakPassphrase: It is too short, too long, or the name over again.
    """
    said = _same_letters(text)
    if not LEAST_LETTERS <= len(said) <= MOST_LETTERS or not said.lower().replace(name, "").strip():
        raise WeakPassphrase(least=LEAST_LETTERS, most=MOST_LETTERS)
    return said


def kept(passphrase: str, salt: bytes) -> str:
    """A passphrase as it is kept; `salt` are random bytes of its own."""
    made = _made(passphrase, salt, _COST, _BLOCK, _ROUNDS)
    return "$".join(("scrypt", str(_COST), str(_BLOCK), str(_ROUNDS), _text(salt), _text(made)))


def is_passphrase(typed: str, known: str) -> bool:
    """Whether what was typed is the passphrase that is `kept` so.

    Raises:
        ValueError: What is kept is none.
    """
    kind, cost, block, rounds, salt, made = known.split("$")
    if kind != "scrypt":
        raise ValueError(kind)
    if len(typed) > MOST_LETTERS:
        return False
    again = _made(typed, b64decode(salt), int(cost), int(block), int(rounds))
    return hmac.compare_digest(again, b64decode(made))


def sees(role: str, own: str | None, code: str) -> bool:
    """Whether an account sees the office of that code: a clerk and a head their own, others all that begin so."""
    if role in OF_ONE_OFFICE:
        return code == own
    return is_within(code, own or "")


def is_area(own: str | None) -> bool:
    """Whether the code is that of a province with its offices, or none at all, and not that of one office."""
    return own is None or "." not in own


def _made(passphrase: str, salt: bytes, cost: int, block: int, rounds: int) -> bytes:
    words = _same_letters(passphrase).encode()
    return scrypt(words, salt=salt, n=cost, r=block, p=rounds, maxmem=64 << 20, dklen=32)


def _same_letters(text: str) -> str:
    """One way to write each letter: keyboards differ in how they make an é."""
    return unicodedata.normalize("NFKC", text)


def _text(raw: bytes) -> str:
    return b64encode(raw).decode()
