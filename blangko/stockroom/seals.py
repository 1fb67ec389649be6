"""The chain of seals, followed as far as a daily look has time for; `proof` follows all of it.

It stands apart because the alert of every day needs no more of the proof than this.
"""

from datetime import date

from blangko.core.columns import SEALED
from blangko.core.seal import FIRST_SEAL, Mark, broken_seals
from blangko.store import queries
from blangko.store.book import Book

SEALS_CHECKED_DAILY = 500
"""The daily alert follows the chain of seals so many entries back: an office-year, 250 days with prints and spoils."""


def proved_seals(book: Book, today: date, mark: Mark | None = None) -> Mark | None:
    """The mark of today's book, when every entry followed carries its seal up to the office's own last one; else None.

    The chain is followed over the newest office-year, and at least from a `mark` on, which the book has to hold.
    """
    with book.reading():
        # The daily alert must not take long, so it follows the newest entries. A change to older ones is found by
        # `verify`, or by a mark that is kept outside the book.
        end = Mark(book.office_code, *book.last(), today)
        a_year_ago = max(end.entry_no - SEALS_CHECKED_DAILY + 1, 1)
        first_no = min(mark.entry_no + 1, a_year_ago) if mark else a_year_ago
        if not holds(book, mark or end) or not holds(book, end) or broken_from(book, first_no):
            return None
    return end


def holds(book: Book, mark: Mark) -> bool:
    """Whether the book goes on from what was proved when the mark was made; call within `reading()`."""
    if mark.office_code != book.office_code:
        return False
    return mark.entry_no == 0 or book.text(queries.SEAL_OF, entry_no=mark.entry_no) == mark.seal


def broken_from(book: Book, first_no: int) -> list[int]:
    """Numbers of the entries from `first_no` on whose seal is broken; call within `reading()`."""
    before = book.rows(queries.SEAL_OF, entry_no=first_no - 1)
    rows = book.each_row(queries.SEALED_ROWS_FROM, first_no=first_no)
    return broken_seals(before[0][0] if before else FIRST_SEAL, SEALED, rows)
