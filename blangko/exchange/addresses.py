"""The file of addresses: one Apprise address on each line, for its owner's eyes only, since they hold passwords."""

from __future__ import annotations

import os
import re
from hashlib import sha256
from typing import NamedTuple

from blangko.elsewhere import read_whole
from blangko.errors import reason_of
from blangko.errors.files import BadAddresses, MissingAddresses, OpenAddresses

LARGEST_FILE_BYTES = 100_000
NO_ADDRESS = "it holds no address"
_REMARK = re.compile(r"(?:^|\s)#.*")
_SERVICE = re.compile(r"([a-z][a-z0-9+.-]{0,19})://", re.ASCII | re.IGNORECASE)


class Address(NamedTuple):
    """An address and the number of its line."""

    line_no: int
    url: str

    @property
    def service(self) -> str:
        """What may be said of it aloud: mailto, tgram; all that follows may be secret. Empty where that is unclear."""
        found = _SERVICE.match(self.url)
        return found[1].lower() if found else ""

    @property
    def mark(self) -> str:
        """A fingerprint that stands for the address where no secret may stand."""
        return sha256(self.url.encode()).hexdigest()[:16]


def read_addresses(path: str) -> list[Address]:
    """The addresses in the file at `path`; what follows a # at the beginning of a word is a remark.

    Raises:
        MissingAddresses: There is no such file.
        OpenAddresses: Others than its owner may read or write it.
        BadAddresses: It cannot be read, or holds none.
    """
    try:
        # Windows keeps the files of an account to it by other means.
        if os.name != "nt" and os.stat(path).st_mode & 0o077:
            raise OpenAddresses(path=path)
        # The editor of Windows begins a file with a mark of its own.
        lines = read_whole(path, LARGEST_FILE_BYTES).decode("utf-8-sig").splitlines()
    except FileNotFoundError:
        raise MissingAddresses(path=path) from None
    except (OSError, ValueError) as error:
        raise BadAddresses(path=path, reason=reason_of(error)) from None
    told = [Address(number, _REMARK.sub("", line).strip()) for number, line in enumerate(lines, start=1)]
    if found := [each for each in told if each.url]:
        return found
    raise BadAddresses(path=path, reason=NO_ADDRESS)
