"""The receipts of a book, in a file beside it, with the key of its province and the place of the last push.

The key of the first signed receipt is the province's from then on; a receipt with another one is refused until somebody
says that the key has changed.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date
from typing import Any, NamedTuple

from blangko.core.receipt import SCHEMA, Proof, Receipt, Seen
from blangko.elsewhere import read_whole
from blangko.errors import reason_of
from blangko.errors.province import BadReceipt, OtherKey
from blangko.exchange.signing import can_sign, fingerprint, is_signed

KEPT_SCHEMA = "blangko.receipts/1"
LARGEST_FILE_BYTES = 2_000_000
LARGEST_NUMBER = 2**63
MOST_RECEIPTS = 1000
"""The newest are kept: each covers all that the older ones do."""
_NO_RECEIPT = "it holds no receipt"


class Kept(NamedTuple):
    """What the file holds: the province's public key, where was pushed to last, the receipts as they came."""

    public_key: str = ""
    target: str = ""
    receipts: tuple[Receipt, ...] = ()


def receipts_place(book_place: str) -> str:
    """The file of the receipts of the book at that place."""
    return f"{book_place}.receipts"


def read_receipts(book_place: str) -> Kept:
    """The receipts beside the book at that place; none where there is no such file.

    Raises:
        BadReceipt: The file cannot be read, or holds something else.
    """
    path = receipts_place(book_place)
    try:
        held = json.loads(read_whole(path, LARGEST_FILE_BYTES))
        if held["schema"] != KEPT_SCHEMA:
            raise ValueError(held["schema"])
        return Kept(str(held["public_key"]), str(held["target"]), tuple(map(_receipt, held["receipts"])))
    except FileNotFoundError:
        return Kept()
    except OSError as error:
        raise BadReceipt(path=path, reason=reason_of(error)) from None
    except (KeyError, TypeError, ValueError, OverflowError, RecursionError):
        raise BadReceipt(path=path, reason="it holds no receipts") from None


def receipts_file(kept: Kept) -> bytes:
    """What the file holds."""
    held = {
        "schema": KEPT_SCHEMA,
        "public_key": kept.public_key,
        "target": kept.target,
        "receipts": [each._asdict() for each in kept.receipts],
    }
    return (json.dumps(held, ensure_ascii=False, indent=1) + "\n").encode()


def receipt_file(receipt: Receipt) -> bytes:
    """A receipt by itself, as it is handed to the office."""
    return (json.dumps({"schema": SCHEMA, **receipt._asdict()}, ensure_ascii=False, indent=1) + "\n").encode()


def read_receipt(made: bytes, called: str) -> Receipt:
    """The receipt in those bytes, its signature not proved yet.

    Raises:
        BadReceipt: They hold none.
    """
    try:
        held = json.loads(made)
        if held["schema"] != SCHEMA:
            raise ValueError(held["schema"])
        return _receipt(held)
    except (KeyError, TypeError, ValueError, OverflowError, RecursionError):
        raise BadReceipt(path=called, reason=_NO_RECEIPT) from None


def _receipt(held: Any) -> Receipt:
    read = Receipt(**{name: held[name] for name in Receipt._fields})
    if not all(isinstance(held[name], str) for name in Receipt._fields if name != "entry_no"):
        raise ValueError(_NO_RECEIPT)
    if type(read.entry_no) is not int or not 0 <= read.entry_no < LARGEST_NUMBER or len(read.seal) != 64:
        raise ValueError(_NO_RECEIPT)
    # The day is told later; a text that is none is no receipt.
    date.fromisoformat(read.received_at[:10])
    return read


def with_receipt(kept: Kept, receipt: Receipt, called: str, is_new_key: bool = False) -> Kept:
    """What is kept after one more receipt; the first signed one says by which key the province is known.

    Raises:
        BadReceipt: Its signature is not that of its own words.
        OtherKey: It is signed with another key, and nobody said that the key is a new one.
    """
    if receipt.signature and can_sign():
        if not is_signed(receipt, receipt.public_key):
            raise BadReceipt(path=called, reason="its signature does not fit")
        if kept.public_key not in ("", receipt.public_key) and not is_new_key:
            raise OtherKey(known=fingerprint(kept.public_key), found=fingerprint(receipt.public_key))
        kept = kept._replace(public_key=receipt.public_key)
    # A signature that comes later takes the place of the bare word for the same entry.
    others = tuple(each for each in kept.receipts if each[:3] != receipt[:3] or (each.signature and each != receipt))
    return kept._replace(receipts=(*others, receipt)[-MOST_RECEIPTS:])


def seen_by_province(kept: Kept, office_code: str, day_of: Callable[[str], date]) -> list[Seen]:
    """What the receipts say of the office's book, in the order in which they came; `day_of` tells an instant's day."""
    return [
        Seen(each.office_code, each.entry_no, each.seal, day_of(each.received_at), _proof(each, kept.public_key))
        for each in kept.receipts
        if each.office_code == office_code
    ]


def _proof(receipt: Receipt, public_key: str) -> Proof:
    if not receipt.signature or not can_sign():
        return "bare"
    return "signed" if is_signed(receipt, public_key) else "forged"
