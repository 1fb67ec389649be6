"""Check codes: what a paper carries so that the book can be compared with it later, a seal and its entry's number."""

from typing import NamedTuple

CODE_DIGITS = 32
"""In print. Two books with one code need 2^64 tries, even of somebody who writes both; twelve digits need minutes."""
WEAK_DIGITS = 12
"""Of the papers issued before."""
SEAL_DIGITS = 64
"""In the square beside the code: the whole seal."""
LONGEST_NUMBER = 18
"""No entry has a longer one, and no database holds it."""


class CheckCode(NamedTuple):
    """A check code as it was read: the first digits of the seal of an entry, and the entry's number."""

    digits: str
    entry_no: int

    @property
    def is_weak(self) -> bool:
        """Whether two books with this code could be made."""
        return len(self.digits) < CODE_DIGITS

    def fits(self, seal: str | None) -> bool:
        """Whether it is the code of an entry with this seal; None is the seal of an entry that is not there."""
        return seal is not None and seal.startswith(self.digits)


def check_code(seal: str, entry_no: int) -> str:
    """The code in print: 32 digits of the seal, a dash, the entry's number."""
    return f"{seal[:CODE_DIGITS]}-{entry_no}"


def whole_code(seal: str, entry_no: int) -> str:
    """The code in the square: all digits of the seal, a dash, the entry's number."""
    return f"{seal}-{entry_no}"


def read_check_code(text: str) -> CheckCode | None:
    """A check code as typed or scanned, in either order; None when it is none."""
    parts = "".join(" " if sign in "-/.,#:" else sign for sign in text.lower()).split()
    if len(parts) != 2:
        return None
    for digits, number in (parts, parts[::-1]):
        if _are_digits(digits) and number.isascii() and number.isdecimal() and len(number) <= LONGEST_NUMBER:
            return CheckCode(digits, int(number))
    return None


def _are_digits(text: str) -> bool:
    return len(text) in (CODE_DIGITS, WEAK_DIGITS, SEAL_DIGITS) and set(text) <= set("0123456789abcdef")
