"""The province's key, and what is signed with it: Ed25519 (RFC 8032). Extra: `postgres`."""

from __future__ import annotations

import os
from base64 import b64decode, b64encode
from hashlib import sha256
from importlib.util import find_spec
from typing import Any

from blangko.core.receipt import Receipt, signed_words
from blangko.elsewhere import read_whole
from blangko.errors import reason_of
from blangko.errors.files import MissingExtra
from blangko.errors.province import BadKey

LARGEST_KEY_BYTES = 10_000


def can_sign() -> bool:
    """Whether signatures can be made and proved here."""
    return find_spec("cryptography") is not None


def need_signing() -> None:
    """Refuse at once where no signature can be made.

    Raises:
        MissingExtra: `cryptography` is not installed.
    """
    if not can_sign():
        raise MissingExtra(extra="postgres", what="Ed25519")


def new_key_file() -> bytes:
    """A new key, as its owner's file holds it: PKCS 8, PEM, without a password; the file is for its owner alone."""
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
    from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat

    return Ed25519PrivateKey.generate().private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())


def read_key(path: str) -> Any | None:
    """The key in the file at `path`; None where there is no file yet.

    Raises:
        BadKey: It cannot be read, others than its owner may read or write it, or it holds something else.
    """
    from cryptography.exceptions import UnsupportedAlgorithm
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
    from cryptography.hazmat.primitives.serialization import load_pem_private_key

    try:
        # Windows keeps the files of an account to it by other means.
        if os.name != "nt" and os.stat(path).st_mode & 0o077:
            raise BadKey(path=path, reason="others than its owner may read it")
        key = load_pem_private_key(read_whole(path, LARGEST_KEY_BYTES), password=None)
    except FileNotFoundError:
        return None
    except OSError as error:
        raise BadKey(path=path, reason=reason_of(error)) from None
    except (TypeError, ValueError, UnsupportedAlgorithm):
        raise BadKey(path=path, reason="it holds no key") from None
    if not isinstance(key, Ed25519PrivateKey):
        raise BadKey(path=path, reason="it holds no key")
    return key


def public_key_of(key: Any) -> str:
    """What others prove a signature of the key with."""
    return b64encode(key.public_key().public_bytes_raw()).decode()


def signed(receipt: Receipt, key: Any) -> Receipt:
    """The receipt with a signature of the key."""
    return receipt._replace(
        public_key=public_key_of(key), signature=b64encode(key.sign(signed_words(receipt))).decode()
    )


def is_signed(receipt: Receipt, public_key: str) -> bool:
    """Whether the receipt carries a signature of that key; not where no signature can be proved."""
    if not (public_key and receipt.signature and receipt.public_key == public_key and can_sign()):
        return False
    from cryptography.exceptions import InvalidSignature
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

    try:
        known = Ed25519PublicKey.from_public_bytes(b64decode(public_key, validate=True))
        known.verify(b64decode(receipt.signature, validate=True), signed_words(receipt))
    except (ValueError, InvalidSignature):
        return False
    return True


def fingerprint(public_key: str) -> str:
    """What two people compare by telephone: 32 digits in groups of four."""
    digits = sha256(public_key.encode()).hexdigest()[:32]
    return " ".join(digits[place : place + 4] for place in range(0, 32, 4))
