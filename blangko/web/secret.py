"""The key that signs the sessions of the page, kept so that a form that is open outlives a restart."""

from __future__ import annotations

import os
import secrets
from pathlib import Path

from blangko.errors import CannotCreate, reason_of

BYTES = 32


def kept_secret(path: str) -> bytes:
    """The key kept in a file of the account's alone; made where there is none yet.

    Raises:
        CannotCreate: The folder does not take it, or what lies there is no such key.
    """
    try:
        os.makedirs(os.path.dirname(path), mode=0o700, exist_ok=True)
        try:
            handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        except FileExistsError:
            kept = Path(path).read_bytes()
            if len(kept) != BYTES:
                raise CannotCreate(path=path, reason="is no key of the page") from None
            return kept
        made = secrets.token_bytes(BYTES)
        with os.fdopen(handle, "wb") as file:
            file.write(made)
        return made
    except OSError as error:
        raise CannotCreate(path=path, reason=reason_of(error)) from None
