"""The proof that the book is whole: its file, its seals, its sums, and the papers and marks that speak of it."""

import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date
from typing import NamedTuple

from blangko.core.anchors import Anchor, anchors, audit_papers, named_by, with_receipt
from blangko.core.answer import answer
from blangko.core.audit import Audit, audit_settings, notices, overdue
from blangko.core.book import Balance
from blangko.core.codes import CheckCode, read_check_code
from blangko.core.columns import SEALED
from blangko.core.digest import is_false, nation
from blangko.core.entry import Entry
from blangko.core.facts import stated_settings
from blangko.core.findings import (
    CopyDiffers,
    CopyUnreadable,
    DigestDiffers,
    EntriesUnreadable,
    FileDamaged,
    Finding,
    FolderOpenToOthers,
    ForkKept,
    InSyncFolder,
    MarkNotHeld,
    MarkOfAnother,
    OnNetwork,
    OpenToOthers,
    ReceiptForged,
    ReceiptsUnusable,
    SchemaChanged,
    SealBroken,
    SeenDiffers,
    SeenLost,
    SeveralNames,
)
from blangko.core.receipt import Seen
from blangko.core.seal import FIRST_SEAL, Mark, broken_seals
from blangko.errors import BookUnreadable, DamagedBook
from blangko.errors.files import CodeDiffers, NotACode
from blangko.errors.province import BadReceipt
from blangko.stockroom.look import facts, setting_statements
from blangko.stockroom.seals import broken_from, holds
from blangko.store import pushes, queries
from blangko.store.address import is_server
from blangko.store.backups import newest_backup, newest_copies
from blangko.store.book import Book, Inspection
from blangko.store.national_days import national_days
from blangko.store.place import NETWORK, risky_place


class Examination(NamedTuple):
    """What an audit of the whole book found; `mark` is the end of the book that was looked at."""

    findings: list[Finding]
    balance: Balance
    entries: int
    mark: Mark | None = None
    anchored: Sequence[Anchor] = ()
    """What holds the book from outside, from the first entry to the last; nothing where it is not whole."""

    @property
    def ok(self) -> bool:
        return not self.first_error

    @property
    def first_error(self) -> str:
        """The first error found, in short; empty when the book is whole."""
        errors = (finding for finding in self.findings if finding.severity == "error")
        return next((f"{error.code} {error.entry_no or ''}".strip() for error in errors), "")


def examine(book: Book, today: date, mark: Mark | None = None) -> Examination:
    """Look at everything: the file, its schema, every seal, number, link and sum, the settings, the gaps.

    With a `mark` that was kept outside the book, also whether the book goes on from there.
    """
    inspection = book.inspection()
    found: list[Finding] = [FileDamaged(reason=reason) for reason in inspection.damage()]
    with inspection.damaged_text_told(), book.reading():
        found += _shape_and_seals(inspection, is_damaged=bool(found))
        if mark and mark.office_code != book.office_code:
            found.append(MarkOfAnother(office_code=mark.office_code))
        elif mark and not holds(book, mark):
            found.append(MarkNotHeld(entry_no=mark.entry_no, day=mark.proved_on))
        audit = Audit()
        try:
            end = Mark(book.office_code, *book.last(), today)
            if inspection.has_wrong_types():
                raise DamagedBook(path=book.path, reason="wrong types")
            # One by one: the whole book of a large office would fill a small machine's memory.
            for entry in book.each_entry(queries.WHOLE_BOOK):
                audit.look_at(entry)
            chosen = stated_settings(setting_statements(book))
            differing = _papers(book, audit.papers)
        except DamagedBook:
            # The entry that cannot be read stands among the findings, with its number. Where nothing was found so far,
            # the damage itself is told, as the command's refusal.
            if not found:
                raise
            return Examination(found, Balance(), 0)
    found += audit.findings(end.entry_no, end.seal)
    found += differing
    found += audit_settings(chosen)
    found += _surroundings(inspection, book.path)
    if not any(finding.severity == "error" for finding in found):
        seen = answer(facts(book, today))
        found += notices(seen.status)
        found += overdue(seen.facts, newest_backup(book.copies_beside()))
    examination = Examination(found, audit.balance(), audit.entries, end)
    return examination._replace(anchored=anchors(audit.papers, mark, end.entry_no)) if examination.ok else examination


def verified(book: Book, today: date, mark: Mark | None, receipts: Callable[[], Sequence[Seen]]) -> Examination:
    """Everything that can be proved: the book itself, its copies, its digest, and what the province has seen of it.

    `receipts` reads those that lie beside a file; of a book on a server the messages that were refused are told.
    """
    seen = compared_with_digest(book, compared_with_copies(book, examine(book, today, mark)))
    if is_server(book.path):
        return with_refused(book, seen)
    try:
        told = receipts()
    except BadReceipt as error:
        told, seen = [], seen._replace(findings=[*seen.findings, ReceiptsUnusable(reason=error.reason)])
    return compared_with_receipts(book, seen, told)


def compared_with_copies(book: Book, seen: Examination) -> Examination:
    """What was seen of the book, and whether it goes on from each of the newest copies that lie beside it.

    Asked for apart: a book that is to be brought back, or to get a new shape, need not go on from them.
    """
    return _compared(book, seen, _copies(book))


def compared_with_receipts(book: Book, seen: Examination, receipts: Sequence[Seen]) -> Examination:
    """What was seen of the book, and whether it goes on from what the province has seen of it; asked for apart too."""
    compared = _compared(book, seen, _receipts(book, receipts))
    if not (compared.ok and receipts):
        return compared
    last = max(receipts, key=lambda each: (each.entry_no, each.proof == "signed"))
    anchored = with_receipt(compared.anchored, last.entry_no, last.on, last.proof != "signed")
    return compared._replace(anchored=anchored)


def compared_with_digest(book: Book, seen: Examination) -> Examination:
    """What was seen of the book, and whether the database keeps just that of it for the overview; asked for apart."""
    return _compared(book, seen, _digest(book))


def with_refused(book: Book, seen: Examination) -> Examination:
    """What was seen of a book on a server, and the messages of its office that were refused there and are kept."""
    with book.reading():
        refused = book.rows(pushes.REFUSED)
    told = [ForkKept(entry_no=number, day=book.day(at[:10]), sender=sender) for number, at, sender in refused]
    return seen._replace(findings=[*seen.findings, *told])


def _compared(book: Book, seen: Examination, differing: Iterable[Finding]) -> Examination:
    """What was seen, with what differs from elsewhere, which is looked for only in a book that can be read."""
    if seen.mark is None or any(isinstance(each, FileDamaged | EntriesUnreadable) for each in seen.findings):
        # What cannot be read cannot be compared either, and the damage is told.
        return seen
    with book.reading():
        compared = seen._replace(findings=[*seen.findings, *differing])
    return compared if compared.ok else compared._replace(anchored=())


def _receipts(book: Book, receipts: Sequence[Seen]) -> Iterator[Finding]:
    """The first receipt that the book does not agree with, and the last one that it does not reach."""
    last_no, _ = book.last()
    for each in (forged for forged in receipts if forged.proof == "forged"):
        yield ReceiptForged(entry_no=each.entry_no, day=each.on)
    by_number = sorted((each for each in receipts if each.proof != "forged"), key=lambda each: each.entry_no)
    reached = [each for each in by_number if each.entry_no <= last_no]
    differing = (each for each in reached if not holds(book, Mark(each.office_code, each.entry_no, each.seal, each.on)))
    if first := next(differing, None):
        yield SeenDiffers(entry_no=first.entry_no, day=first.on)
    if len(reached) < len(by_number):
        yield SeenLost(entry_no=by_number[-1].entry_no, day=by_number[-1].on)


def _digest(book: Book) -> Iterator[Finding]:
    """The digest that is kept of the book as it is now, where it says anything else; a file has none."""
    if not is_server(book.path):
        return
    from blangko.store.digests import KEPT_OF

    entry_no, seal = book.last()
    over = nation(national_days())
    for as_of, told, answered in book.rows(KEPT_OF, entry_no=entry_no, seal=seal):
        known = facts(book, book.day(as_of))
        if is_false(known, told, answered, over):
            yield DigestDiffers(entry_no=entry_no, day=known.as_of)


def _copies(book: Book) -> Iterator[Finding]:
    from blangko.store.files import end_of_copy

    for path in newest_copies(book.copies_beside()):
        name = os.path.basename(path)
        try:
            office_code, entry_no, seal = end_of_copy(path)
        except BookUnreadable:
            yield CopyUnreadable(name=name)
            continue
        if not holds(book, Mark(office_code, entry_no, seal, date.min)):
            yield CopyDiffers(entry_no=entry_no, name=name)


def _papers(book: Book, papers: Sequence[Entry]) -> list[Finding]:
    """The papers that the book has handed out and does not agree with any more; call within `reading()`."""
    named = {code.entry_no for paper in papers if (code := named_by(paper))}
    seals = {number: book.text(queries.SEAL_OF, entry_no=number) or "" for number in sorted(named)}
    return audit_papers(papers, seals)


def _shape_and_seals(inspection: Inspection, is_damaged: bool) -> Iterator[Finding]:
    for name in inspection.changed_parts():
        yield SchemaChanged(name=name)
    rows, missing = inspection.sealed_rows(one_by_one=is_damaged)
    unreadable = frozenset(missing)
    for first, last in _runs(unreadable):
        yield EntriesUnreadable(entry_no=first, first_no=first, last_no=last)
    for number in broken_seals(FIRST_SEAL, SEALED, rows):
        # Behind an entry that cannot be read nobody knows the seal to go on from.
        if number - 1 not in unreadable:
            yield SealBroken(entry_no=number)


def _runs(numbers: frozenset[int]) -> list[tuple[int, int]]:
    """The first and the last of each run of numbers without a gap."""
    firsts = sorted(number for number in numbers if number - 1 not in numbers)
    lasts = sorted(number for number in numbers if number + 1 not in numbers)
    return list(zip(firsts, lasts, strict=True))


def _surroundings(inspection: Inspection, path: str) -> Iterator[Finding]:
    """What threatens a book from outside."""
    if inspection.writable_by_others():
        yield OpenToOthers()
    if (names := inspection.names()) > 1:
        yield SeveralNames(names=names)
    for folder in inspection.folders_open_to_others():
        yield FolderOpenToOthers(folder=folder)
    if risk := risky_place(path):
        yield OnNetwork() if risk == NETWORK else InSyncFolder()


def agrees(book: Book, code: str) -> tuple[CheckCode, int]:
    """Compare the book with a check code: the code as it was read, and how many entries were written since.

    Raises:
        NotACode: The text is no check code.
        CodeDiffers: The entry has another seal, or there is no such entry, or a seal up to it is broken.
    """
    read = read_check_code(code)
    if read is None:
        raise NotACode(code=code)
    with book.reading():
        last_no, _ = book.last()
        seal = book.text(queries.SEAL_OF, entry_no=read.entry_no)
        broken = [number for number in broken_from(book, 1) if number <= read.entry_no]
    if not read.fits(seal) or broken:
        raise CodeDiffers(code=code, entry_no=min([*broken, read.entry_no]), last_entry_no=last_no)
    return read, last_no - read.entry_no
