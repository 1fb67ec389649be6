"""Who was last told what about a book: a small file for each book, in the folder of the account that tells."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import NamedTuple

from blangko.core.news import State
from blangko.elsewhere import read_whole

_SCHEMA = "blangko.told/1"
LARGEST_FILE_BYTES = 1_000_000


class Told(NamedTuple):
    """Whose book it is, and the state last told to each address, by the address's fingerprint."""

    office_code: str = ""
    office_name: str = ""
    states: Mapping[str, State] = {}


def read_told(path: str) -> Told:
    """What the file at `path` holds; nothing where there is none, or none that can be used.

    What nobody is known to have heard is told again: one message too many, and none too few.
    """
    try:
        held = json.loads(read_whole(path, LARGEST_FILE_BYTES))
        if held["schema"] != _SCHEMA:
            return Told()
        states = {
            str(mark): State(str(each["level"]), tuple(map(str, each["reasons"])))
            for mark, each in held["addresses"].items()
        }
        return Told(str(held["office_code"]), str(held["office_name"]), states)
    except (OSError, AttributeError, KeyError, TypeError, ValueError, RecursionError):
        return Told()


def told_file(told: Told) -> bytes:
    """What the file holds. No address stands in it, since addresses hold passwords."""
    held = {
        "schema": _SCHEMA,
        "office_code": told.office_code,
        "office_name": told.office_name,
        "addresses": {mark: state._asdict() for mark, state in told.states.items()},
    }
    return (json.dumps(held, indent=1) + "\n").encode()
