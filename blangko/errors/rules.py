"""What the rules of the book refuse, or ask about, when something is to be written into it."""

from __future__ import annotations

from datetime import date

from blangko.errors import FileRefused, Question, Refused, Risk, TextField


class NotEnoughCards(Refused):
    """A place would hold fewer than no cards on the evening of `short_on`, by `short_cards`."""

    kind: str
    place: str
    asked_cards: int
    available_cards: int
    occurred_on: date
    short_on: date
    short_cards: int


class FutureDate(Refused):
    """The day has not come yet."""

    occurred_on: date
    today: date


class RequestClosed(Refused):
    """The request was closed by hand, so nothing more can answer it."""

    request_no: int


class NoOpenRequest(Refused):
    """A grant or a close needs an open request, and there is none."""


class NothingToUndo(Refused):
    """The book holds no command that could be taken back."""


class BeginningStands(Refused):
    """The entry belongs to the command with which the book was begun: its settings are changed, not taken back."""

    entry_no: int


class LastWasUndo(Refused):
    """The last command was itself an undo; the last that could be taken back is that of `candidate_no`."""

    reversed_no: int
    candidate_no: int


class AlreadyReversed(Refused):
    """An entry is reversed once only."""

    entry_no: int
    reversed_by: int


class ReversalOfReversal(Refused):
    """A reversal is not reversed; the right entry is written anew."""

    entry_no: int


class OpeningExists(Refused):
    """The book has an opening already."""

    entry_no: int
    occurred_on: date


class KeyTaken(Refused):
    """The same key stands in the book with other content."""

    key: str
    entry_no: int


class ReferenceNeeded(Refused):
    """A destruction or a loss needs the number of its paper."""

    kind: str


class ReasonNeeded(Refused):
    """A correction needs a reason."""


class NameNeeded(Refused):
    """The office wants to know who writes, and nobody said so."""


class RiskyPlace(FileRefused):
    """A book is to be begun where books get lost."""

    risk: Risk


class LooksLikeNik(Refused):
    """Sixteen digits in a row in a free text: a citizen's number does not belong in the book."""

    field: TextField


class TextTooLong(Refused):
    """A free text longer than the book keeps, which is `limit` letters."""

    field: TextField
    limit: int


class NotText(Refused):
    """A free text with bytes that are no letters."""

    field: TextField


class NeedsYes(Refused):
    """Rules that ask, and nobody has answered."""

    questions: tuple[Question, ...]


class TwinStands(Question):
    """The same stands in the book already for that day."""

    entry_no: int
    kind: str
    cards: int


class UnusualUse(Question):
    """More cards on one day than three times the usual."""

    cards: int
    usual: int


class FarFromTheBook(Question):
    """An adjustment by a count changes the book by more than a tenth."""

    counted_cards: int
    book_cards: int


class RestToCome(Question):
    """A first receipt is smaller than the request, while nothing was granted: is the rest still to come?"""

    request_no: int
    asked_cards: int
    received_cards: int


class WrittenAlready(Question):
    """Prints stand in the book for days of which a total is to be written."""

    first: date
    last: date
    cards: int


class PrintedAlready(Question):
    """The day is to be written as one without prints, but prints stand in the book for it."""

    occurred_on: date
    cards: int


class ClosedDay(Question):
    """Prints on a day on which the office is closed."""

    occurred_on: date


class LongAgo(Question):
    """A movement of so many days ago."""

    occurred_on: date
    days: int


class MoreThanWhole(Question):
    """A population figure is larger than the one of which it is a part; each by its subject, in people."""

    part: str
    part_people: int
    whole: str
    whole_people: int


class ClockBehind(Question):
    """The computer's clock stands before the moment at which the last entry was recorded; both in UTC, ISO 8601."""

    recorded_at: str
    now: str
