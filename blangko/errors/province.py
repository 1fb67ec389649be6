"""What is refused between an office and its province: messages, receipts, and books that went two ways."""

from __future__ import annotations

from datetime import date

from blangko.errors import BlangkoError, FileRefused, Refused


class BadMessage(FileRefused):
    """A message with an office's entries cannot be used."""

    reason: str


class MessageTooLarge(Refused):
    """So many entries are more than one message may hold."""

    entries: int
    most: int


class MessageOfAnother(Refused):
    """A message is of another office than the book that it was to go into."""

    office_code: str
    own_code: str


class EntriesLacking(Refused):
    """A message begins at a number that the receiving book, which ends with `held_no`, has not reached."""

    office_code: str
    from_no: int
    held_no: int


class Forked(Refused):
    """Two books of one office part: from the entry on, or, where it is not `located`, there or before."""

    office_code: str
    entry_no: int
    located: bool


class SeenAndLost(Refused):
    """The book ends before what the province has seen of it: an older copy was brought back."""

    entry_no: int
    last_no: int
    day: date


class BadReceipt(FileRefused):
    """A receipt, or the file that keeps them, cannot be used."""

    reason: str


class OtherKey(Refused):
    """A receipt is signed with another key than the one that the office knows as its province's."""

    known: str
    found: str


class BadKey(FileRefused):
    """The file with the province's own key cannot be used."""

    reason: str


class BadTarget(Refused):
    """A place to push to, or to pull from, is neither a file nor an address that is known."""

    target: str


class NotReached(BlangkoError):
    """The province could not be reached; so many entries wait for the next push, where it was one."""

    exit_code = 3
    target: str
    reason: str
    waiting: int | None = None


class TurnedAway(Refused):
    """The province's door was reached, and did not let this account in, or did not understand it."""

    target: str
    reason: str
