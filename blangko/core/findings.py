"""What can be found in a book that is proved, each thing with its facts; the reports put them into words."""

from __future__ import annotations

from datetime import date
from typing import Any, ClassVar, Literal

from blangko.errors import TextField, Told


class Finding(Told):
    """Something wrong with the book; `entry_no` is the entry that shows it, `code` its name for other programs."""

    severity: ClassVar[Literal["error", "notice"]] = "error"
    code: ClassVar[str]
    entry_no: int | None = None

    @property
    def facts(self) -> dict[str, Any]:
        """The facts by name, without the entry's number, which is told with every finding."""
        return {name: value for name, value in vars(self).items() if name != "entry_no"}


class Notice(Finding):
    """Something that deserves a look, though nothing is wrong with the book."""

    severity = "notice"


# --- Errors: the book cannot be trusted -----------------------------------------------------------


class FileDamaged(Finding):
    """SQLite's own check complains about the file."""

    code = "file"
    reason: str


class EntriesUnreadable(Finding):
    """Entries that cannot be read any more, from the first to the last of a run."""

    code = "unreadable"
    first_no: int
    last_no: int


class SchemaChanged(Finding):
    """A table, an index or a trigger is not as it was made."""

    code = "schema"
    name: str


class SealBroken(Finding):
    """The entry is not as it was sealed."""

    code = "seal"


class MarkNotHeld(Finding):
    """The book does not go on from the mark that was proved on `day`."""

    code = "mark"
    day: date


class MarkOfAnother(Finding):
    """The mark is that of another office."""

    code = "mark_office"
    office_code: str


class PaperDiffers(Finding):
    """The check code of a paper, issued on `day`, is not that of the entry which it names."""

    code = "paper"
    day: date
    check_code: str


class CopyDiffers(Finding):
    """The book does not go on from a copy beside it, which ends with this entry."""

    code = "copy"
    name: str


class SeenDiffers(Finding):
    """The book is not as the province saw it on `day`, up to this entry."""

    code = "seen"
    day: date


class SeenLost(Finding):
    """The province saw the book up to this entry on `day`, and it ends before it."""

    code = "seen_lost"
    day: date


class DigestDiffers(Finding):
    """What the database keeps of the book for the overview, as of `day`, is not what the book says."""

    code = "digest"
    day: date


class ReceiptForged(Finding):
    """The province's receipt of `day` for this entry was changed after it was signed."""

    code = "receipt_forged"
    day: date


class NumberGap(Finding):
    """The numbers have a gap: another number was due here."""

    code = "gap"
    expected: int


class EndDiffers(Finding):
    """The last entry is not the one that the office's row names."""

    code = "head"
    expected: int


class NoRequest(Finding):
    """An entry answers what is no request."""

    code = "request_link"
    linked_no: int


class NoMirror(Finding):
    """A reversal does not mirror the entry that it takes back."""

    code = "reversal_link"
    linked_no: int | None


class NoCommand(Finding):
    """An entry belongs to a command that is not in the book."""

    code = "batch_link"
    linked_no: int | None


class SidesDiffer(Finding):
    """The first day on which the two sides of the balance differ."""

    code = "identity"
    day: date
    came_in: int
    accounted_for: int


class WrongWay(Finding):
    """Cards go a way that no entry of the kind goes."""

    code = "way"
    kind: str


class BelowZero(Finding):
    """The first of so many evenings on which a place held fewer than no cards."""

    code = "below_zero"
    day: date
    on_hand: int
    spoiled: int
    evenings: int


class SettingUnfit(Finding):
    """A setting holds what it cannot hold."""

    code = "setting"
    name: str
    value: str | int


# --- Notices: worth a look ------------------------------------------------------------------------


class OpenToOthers(Notice):
    """Other accounts may write to the file."""

    code = "permissions"


class SeveralNames(Notice):
    """The file goes by so many names: a journal beside one of them is not found by another."""

    code = "names"
    names: int


class FolderOpenToOthers(Notice):
    """Other accounts may put files into the folder of the book, or of its copies."""

    code = "folder_permissions"
    folder: str


class HoldsNik(Notice):
    """A citizen's number stands in the entry; an older blangko did not refuse it."""

    code = "nik"
    field: TextField


class OnNetwork(Notice):
    """The book lies on a network drive."""

    code = "network"


class InSyncFolder(Notice):
    """The book lies in a folder that synchronises itself."""

    code = "synced"


class CountOverdue(Notice):
    """The shelf was not counted for longer than the office wants."""

    code = "count_overdue"
    day: date


class NoBackup(Notice):
    """No copy lies beside the book."""

    code = "no_backup"


class OldBackup(Notice):
    """The newest copy is too old."""

    code = "old_backup"
    day: date


class CopyUnreadable(Notice):
    """A file among the copies beside the book is no copy that could be used."""

    code = "copy_unreadable"
    name: str


class ReceiptsUnusable(Notice):
    """The province's receipts beside the book cannot be used."""

    code = "receipts"
    reason: str


class ForkKept(Notice):
    """A message was refused on `day`, in which the office's book parts from this one at the entry; it is kept."""

    code = "fork"
    day: date
    sender: str


class DaysMissing(Notice):
    """Open days of which nothing is written down."""

    code = "missing_days"
    days: list[date]


class CountOpen(Notice):
    """A count differs from the book by so many cards, and nothing explains it."""

    code = "count_open"
    day: date
    cards: int


class CalendarEnds(Notice):
    """The national days are known until `day` only."""

    code = "calendar_ends"
    day: date


class DatedAhead(Notice):
    """So many entries are dated after today."""

    code = "clock"
    entries: int
    today: date


class ClockSetBack(Notice):
    """The entry was recorded an hour or more before the one in front of it, by UTC in ISO 8601."""

    code = "clock_back"
    recorded_at: str
