"""A clerk's file read as a whole: every sheet, table, column and row as read, or as not read with its reason."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date
from typing import NamedTuple

from blangko.exchange.blocks import ASKED, Block, Hints, NotRead, blocks, letter
from blangko.exchange.found import BalanceCheck, Guess, Line, RowRead
from blangko.exchange.proofs import proofs
from blangko.exchange.rows import RowsRead, read_rows
from blangko.exchange.sheets import Grid

_ENOUGH_IN_COMMON = 3
"""So many figures that agree make two tables copies of each other."""


class Reading(NamedTuple):
    """All that a file says: what is written, and what became of everything else in it."""

    grids: Sequence[Grid]
    blocks: Sequence[Block]
    not_read: Sequence[NotRead]
    lines: Sequence[Line]
    rows: Sequence[RowRead]
    guesses: Sequence[Guess]
    balances: Sequence[BalanceCheck]

    @property
    def first_day(self) -> date | None:
        """The first day of which it has a figure."""
        return min((line.day for line in self.lines), default=None)

    @property
    def is_whole(self) -> bool:
        """Whether nothing of it is open: no question, and no row that nobody understood."""
        return not self.guesses and not self.troubles

    @property
    def troubles(self) -> list[RowRead]:
        """The rows that nobody understood."""
        return [row for row in self.rows if row.state == "trouble"]

    @property
    def fair_balances(self) -> list[BalanceCheck]:
        """The balances without those that part below a row nobody understood: there nothing adds up."""
        first: dict[str, int] = {}
        for row in self.troubles:
            first[row.sheet] = min(row.row_no, first.get(row.sheet, row.row_no))
        return [
            check
            for check in self.balances
            if check.first_row_parted is None
            or check.first_row_parted <= first.get(check.sheet, check.first_row_parted)
        ]


def read(grids: Sequence[Grid], hints: Hints, today: date, is_open: Callable[[date], bool]) -> Reading:
    """Read the sheets of a file.

    Args:
        grids: Its sheets.
        hints: What the clerk said about it.
        today: The date in the office; later days are not understood.
        is_open: Whether the office was open on a day.
    """
    parts = [(grid, part) for grid in grids for part in _parts(grid, hints)]
    found = [part for _, part in parts if isinstance(part, Block)]
    not_read = [part for _, part in parts if isinstance(part, NotRead)]
    read_parts = [
        (part, read_rows(grid, part, hints, today, is_open)) for grid, part in parts if isinstance(part, Block)
    ]
    kept, copies, overlaps = _once(read_parts)
    proved = [proof for block, part in read_parts for proof in _proofs(block, part)]
    return Reading(
        grids,
        found,
        [*not_read, *copies],
        [line for part in kept for line in part.lines],
        [row for _, part in read_parts for row in part.rows],
        [
            *_asked_columns(found),
            *(guess for _, part in read_parts for guess in part.guesses),
            *(proof for proof in proved if isinstance(proof, Guess)),
            *overlaps,
            *_not_found(found, not_read, grids, hints),
        ],
        [
            *(proof for proof in proved if isinstance(proof, BalanceCheck)),
            *(check for _, part in read_parts for check in part.sums),
        ],
    )


def _proofs(block: Block, part: RowsRead) -> Iterator[BalanceCheck | Guess]:
    lacking = sum(1 for row in part.rows if row.state == "trouble")
    return proofs(block, part.dated, part.opening, part.turned, lacking)


def _parts(grid: Grid, hints: Hints) -> Sequence[Block | NotRead]:
    wanted = {name.strip().lower() for name in hints.sheets}
    if wanted and grid.name.strip().lower() not in wanted:
        return [NotRead(grid.name, "not_wanted", "", "--sheet")]
    if grid.is_hidden and not wanted:
        return [NotRead(grid.name, "hidden", "", "--sheet")]
    return blocks(grid, hints)


def _asked_columns(found: Sequence[Block]) -> Iterator[Guess]:
    """The columns of which nobody can say what they are: asked about by their headings."""
    for block in found:
        for column in block.columns:
            if column.why in ASKED:
                name = column.own_heading or letter(column.index)
                facts = {"heading": name, "column": letter(column.index), "why": column.why}
                where = letter(column.index) if column.why == "which_one" else name
                choices = tuple(f"{meaning}={where}" for meaning in _likely(column.heading))
                yield Guess("columns", block.sheet, facts, "--columns", choices)


def _likely(heading: str) -> tuple[str, ...]:
    if "rusak" in heading.lower():
        return ("spoiled", "printed", "ignored")
    return ("printed", "sent", "out", "ignored")


def _not_found(
    found: Sequence[Block], not_read: Sequence[NotRead], grids: Sequence[Grid], hints: Hints
) -> Iterator[Guess]:
    """Sheets and columns that the clerk named and the file does not have."""
    names = {grid.name.strip().lower(): grid.name for grid in grids}
    for name in hints.sheets:
        if name.strip().lower() not in names:
            yield Guess("no_such_sheet", name, {"name": name}, "--sheet", tuple(filter(None, names.values())))
    named = sum(1 for block in found for column in block.columns if column.why == "named")
    if hints.columns and not named:
        wanted = ", ".join(f"{name}={text}" for name, text in hints.columns.items())
        headings = dict.fromkeys(column.heading for block in found for column in block.columns if column.heading)
        yield Guess("no_such_column", "", {"name": wanted}, "--columns", tuple(headings))


def _once(parts: Sequence[tuple[Block, RowsRead]]) -> tuple[list[RowsRead], list[NotRead], list[Guess]]:
    """The tables of which each day is counted once: a copy is left out, and where tables differ it is asked."""
    kept: list[RowsRead] = []
    copies: list[NotRead] = []
    guesses: list[Guess] = []
    known: dict[tuple[date, str], tuple[int, Block]] = {}
    for block, part in parts:
        sums = _sums(part)
        common = [key for key in sums if key in known]
        others = dict.fromkeys(known[key][1].sheet for key in common)
        if common and _is_copy(sums, known, len(common)):
            copies.append(NotRead(block.sheet, "copy", ", ".join(others), "--sheet"))
            continue
        if common:
            guesses.append(_overlap(block, known[min(common)][1], min(common)[0], len(common)))
        kept.append(part)
        known |= {key: (cards, block) for key, cards in sums.items() if key not in known}
    return kept, copies, guesses


def _is_copy(
    sums: Mapping[tuple[date, str], int], known: Mapping[tuple[date, str], tuple[int, Block]], common: int
) -> bool:
    """Whether all that a table says was said by those before it; a day or two may agree by chance."""
    if common < len(sums) or any(cards != known[key][0] for key, cards in sums.items()):
        return False
    return common >= _ENOUGH_IN_COMMON or common == len(known)


def _overlap(block: Block, other: Block, day: date, figures: int) -> Guess:
    facts = {"day": day, "figures": figures, "sheet": block.sheet, "other": other.sheet}
    return Guess("same_days", block.sheet, facts, "--sheet", tuple(dict.fromkeys((other.sheet, block.sheet))))


def _sums(part: RowsRead) -> Mapping[tuple[date, str], int]:
    sums: dict[tuple[date, str], int] = defaultdict(int)
    for line in part.lines:
        sums[line.day, line.kind] += line.cards
    return sums
