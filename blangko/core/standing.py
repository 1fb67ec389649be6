"""What stands in the book of certain days, for a sheet to be held against; and what a sheet then wants written."""

from collections.abc import Mapping, Sequence
from datetime import date
from types import MappingProxyType
from typing import NamedTuple

from blangko.core.entry import Entry

# What says of an entry what it was for, and not how many cards it moved.
_DETAILS = (
    *("from_place", "to_place", "party", "purpose", "cause", "quota_cards", "turned_away_cards", "subject"),
    *("due_on", "until_on", "request_no"),
)


class Standing(NamedTuple):
    """A movement on or off the shelf that was not taken back; with `since` it is one total for the days from then on.

    `cards` are whole cards.
    """

    entry_no: int
    day: date
    kind: str
    cards: int
    since: date | None = None


class Wanted(NamedTuple):
    """What a sheet adds to the book: its drafts, and the numbers of the entries that they take the place of.

    `successors` names the draft, by its place among the drafts, that follows one of those entries alone.
    """

    drafts: Sequence[Entry]
    replaced: Sequence[int] = ()
    successors: Mapping[int, int] = MappingProxyType({})


def successor(old: Entry, draft: Entry) -> Entry:
    """The draft with what the entry says beside its number: the purpose, the giver, the request that it answers.

    A sheet knows the cards of a day and perhaps a paper's number; what the clerk has said of them before stays said.
    """
    kept = {name: getattr(old, name) for name in _DETAILS}
    return draft._replace(**kept, reference=draft.reference or old.reference, note=draft.note or old.note)
