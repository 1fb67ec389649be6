"""The receipt: what the province says it has seen of an office's book, and when.

A seal covers all entries up to its own, so a receipt for the last entry holds the whole book up to there.
"""

import json
from collections.abc import Iterable
from datetime import date
from typing import Literal, NamedTuple

SCHEMA = "blangko.receipt/1"


class Receipt(NamedTuple):
    """The province has seen the book of an office up to an entry and its seal; `received_at` is an instant in UTC.

    Without a `signature` it is the word of whoever keeps it; `public_key` is the one to prove a signature with. Both
    are base64.
    """

    office_code: str
    entry_no: int
    seal: str
    received_at: str
    public_key: str = ""
    signature: str = ""


Proof = Literal["signed", "bare", "forged"]
"""A receipt's signature holds; it has none, or none that can be proved here; or it was changed after it was signed."""


class Seen(NamedTuple):
    """What a receipt says, with its day in the office, and what proves it."""

    office_code: str
    entry_no: int
    seal: str
    on: date
    proof: Proof


def signed_words(receipt: Receipt) -> bytes:
    """What the signature is made over: all of the receipt but the signature itself and its key."""
    told = {"schema": SCHEMA, **receipt._replace(public_key="", signature="")._asdict()}
    del told["public_key"], told["signature"]
    return json.dumps(told, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()


def furthest(receipts: Iterable[Receipt], office_code: str) -> Receipt | None:
    """The receipt of the office that reaches furthest, a signed one before another; None without any."""
    own = [each for each in receipts if each.office_code == office_code]
    return max(own, key=lambda each: (each.entry_no, bool(each.signature), each.received_at), default=None)
