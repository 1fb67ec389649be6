"""Who writes into the book, and what was written."""

from datetime import date
from typing import NamedTuple

from blangko.core.book import Balance
from blangko.core.entry import Entry


class Desk(NamedTuple):
    """Who writes, and when: `recorded_at` is a UTC instant as ISO text, `today` the date in the office.

    `recorded_by` is what `writer` says.
    `key` makes a retry safe, `yes` answers the questions of the rules that ask, `note` goes to the entries. `named`
    says that the writer gave the name, and not the machine.
    """

    today: date
    recorded_at: str
    recorded_by: str
    note: str | None = None
    key: str | None = None
    yes: bool = False
    named: bool = True


class Posted(NamedTuple):
    """What a command wrote; `repeated` when its key showed that it had been written before.

    `balance` is that of the whole book after it, where the command had to know it.
    """

    entries: list[Entry]
    repeated: bool = False
    balance: Balance | None = None


def writer(name: str, account: str) -> str:
    """Who wrote an entry: `Siti (uid 1000 siti)`, and the account alone, `uid 1000 siti`, where nobody gave a name.

    What stands in the last brackets is the system's word, whatever stands in front of it.
    """
    return f"{name} ({account})" if name else account


def signed(draft: Entry, desk: Desk) -> Entry:
    """The draft with who writes it, when, and the desk's note."""
    note = " · ".join(filter(None, (draft.note, desk.note))) or None
    return draft._replace(recorded_at=desk.recorded_at, recorded_by=desk.recorded_by, note=note)
