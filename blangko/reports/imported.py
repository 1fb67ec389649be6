"""What was understood of a clerk's sheet, before it is written; and an empty sheet to be filled in."""

from __future__ import annotations

from collections import Counter

from blangko.exchange.clerk import DayRow, Trouble, Understood
from blangko.exchange.compare import Compared, Differing
from blangko.reports.ledger import kind_word
from blangko.reports.table import paragraph, table
from blangko.reports.workbook import entry_sheet
from blangko.words.language import N_, _
from blangko.words.written import count, day, plain, short_day

ROWS_SHOWN = 12
TROUBLES_SHOWN = 20
DAYS_SHOWN = 20
ENTRIES_SHOWN = 3
_TROUBLES = {
    "no_date": N_("no date stands beside the figures"),
    "bad_date": N_("this is not a date"),
    "future": N_("this day has not come yet"),
    "bad_number": N_("this is not a whole number of cards"),
    "closed_with_cards": N_("marked as a free day, but with cards"),
}
_SKIPPED = {"total": N_("sums"), "closed": N_("free days"), "nothing": N_("rows without figures")}


def import_screen(read: Understood) -> list[str]:
    """Row by row what was understood, what was left out, and what stands in the way."""
    lines = [*table(_heads(), [_cells(row) for row in read.days[:ROWS_SHOWN]], right="r.rrrr..")] if read.days else []
    if len(read.days) > ROWS_SHOWN:
        lines.append(_("... and {n} more days").format(n=count(len(read.days) - ROWS_SHOWN)))
    lines += ["", *paragraph(_sums(read))]
    left_out = Counter(skipped.reason for skipped in read.skipped)
    if left_out:
        named = ", ".join(f"{_(_SKIPPED[reason])} {count(number)}" for reason, number in sorted(left_out.items()))
        lines += paragraph(_("Left out: {what}.").format(what=named))
    for trouble in read.troubles[:TROUBLES_SHOWN]:
        lines += paragraph(_trouble(trouble), "  ", "- ")
    if len(read.troubles) > TROUBLES_SHOWN:
        lines.append(_("... and {n} more such rows").format(n=count(len(read.troubles) - TROUBLES_SHOWN)))
    return lines


def _heads() -> list[str]:
    return [_("Row"), _("Day"), _("Received"), _("Printed"), _("Spoiled"), _("Sent"), _("Document"), _("Note")]


def _cells(row: DayRow) -> list[str]:
    figures = ["" if n is None else count(n) for n in (row.received, row.printed, row.spoiled, row.sent)]
    return [str(row.row_no), day(row.day), *figures, plain(row.reference or "")[:16], plain(row.note or "")[:14]]


def _sums(read: Understood) -> str:
    def total(name: str) -> str:
        return count(sum(getattr(row, name) or 0 for row in read.days))

    return _("{days} days: received {received}, printed {printed}, spoiled {spoiled}, sent {sent}.").format(
        days=count(len(read.days)),
        received=total("received"),
        printed=total("printed"),
        spoiled=total("spoiled"),
        sent=total("sent"),
    )


def _trouble(trouble: Trouble) -> str:
    return _('Row {no}: "{text}": {reason}.').format(
        no=trouble.row_no, text=plain(trouble.text), reason=_(_TROUBLES[trouble.reason])
    )


def compared_told(seen: Compared) -> list[str]:
    """What of a sheet is new to the book, what stands there, and the days that differ side by side."""
    said = _("New: {new} figures. In the book already: {same}. Differing: {differing}.")
    numbers = {"new": len(seen.new), "same": len(seen.same), "differing": len(seen.differing)}
    lines = paragraph(said.format(**{name: count(number) for name, number in numbers.items()}))
    if seen.before:
        text = _("Left out: {n} figures of days before the book was begun; its opening holds those cards already.")
        lines += paragraph(text.format(n=count(len(seen.before))))
    if seen.differing:
        heads = [_("Day"), _("What"), _("Book"), _("Sheet"), _("Row"), _("Entries taken back")]
        lines += ["", *table(heads, map(_side_by_side, seen.differing[:DAYS_SHOWN]), right="..rrrl")]
    if len(seen.differing) > DAYS_SHOWN:
        lines.append(_("... and {n} more days").format(n=count(len(seen.differing) - DAYS_SHOWN)))
    return lines


def _side_by_side(seen: Differing) -> list[str]:
    days = day(seen.last)
    if seen.first < seen.last:
        days = _("{first} to {last}").format(first=short_day(seen.first), last=days)
    numbers = ", ".join(f"{each.entry_no}" for each in seen.standing[:ENTRIES_SHOWN])
    more = ", ..." if len(seen.standing) > ENTRIES_SHOWN else ""
    figures = [count(seen.book_cards), count(seen.sheet_cards), str(seen.lines[0].row_no)]
    return [days, kind_word(seen.kind), *figures, numbers + more]


def empty_sheet() -> bytes:
    """A workbook to be filled in, which comes back in without a question."""
    heads = [_("Date"), _("Received"), _("Printed"), _("Spoiled"), _("Sent"), _("BAST"), _("Note")]
    return entry_sheet(_("Blank cards"), heads)
