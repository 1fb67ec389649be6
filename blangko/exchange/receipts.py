"""The receipts of a book, in a file beside it, with the key of its province and the place of the last push.

The key of the first signed receipt is the province's from then on; a receipt with another one is refused until somebody
says that the key has changed.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
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
    """What the file holds: the province's public keys, the newest last, where was pushed to last, and the receipts."""

    public_keys: tuple[str, ...] = ()
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
        return Kept(tuple(map(str, held["public_keys"])), str(held["target"]), tuple(map(_receipt, held["receipts"])))
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
        "public_keys": kept.public_keys,
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
        if receipt.public_key not in kept.public_keys:
            if kept.public_keys and not is_new_key:
                raise OtherKey(known=fingerprint(kept.public_keys[-1]), found=fingerprint(receipt.public_key))
            kept = kept._replace(public_keys=(*kept.public_keys, receipt.public_key))
    return kept._replace(receipts=tuple(_with(kept.receipts, receipt))[-MOST_RECEIPTS:])


def _with(receipts: Sequence[Receipt], receipt: Receipt) -> list[Receipt]:
    """The receipts with one more; of those that say the same the first is kept, and a signed one before a bare one."""
    same = [each for each in receipts if each[:3] == receipt[:3]]
    if any(each.signature or not receipt.signature for each in same):
        return list(receipts)
    return [*(each for each in receipts if each not in same), receipt]


def seen_by_province(kept: Kept, office_code: str, day_of: Callable[[str], date]) -> list[Seen]:
    """What the receipts say of the office's book, in the order in which they came; `day_of` tells an instant's day."""
    return [
        Seen(each.office_code, each.entry_no, each.seal, day_of(each.received_at), _proof(each, kept.public_keys))
        for each in kept.receipts
        if each.office_code == office_code
    ]


def seen_beside(place: str, office_code: str, day_of: Callable[[str], date]) -> list[Seen]:
    """What the receipts kept beside the book at `place` say of it, as `seen_by_province`.

    Raises:
        BadReceipt: They cannot be used.
    """
    return seen_by_province(read_receipts(place), office_code, day_of)


def _proof(receipt: Receipt, public_keys: Sequence[str]) -> Proof:
    # Where no key is known the receipts came before there was anything to prove them with.
    if not (receipt.signature and public_keys and can_sign()):
        return "bare"
    return "signed" if any(is_signed(receipt, each) for each in public_keys) else "forged"
