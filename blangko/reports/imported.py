"""What was understood of a clerk's sheet, before it is written; and an empty sheet to be filled in."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import groupby

from blangko.exchange.beside import Beside
from blangko.exchange.blocks import Block, Column, NotRead, letter
from blangko.exchange.compare import Compared, Differing
from blangko.exchange.found import BalanceCheck, Guess, Line, RowRead
from blangko.exchange.reading import Reading
from blangko.reports.ledger import kind_word
from blangko.reports.table import WIDTH, paragraph, table
from blangko.reports.workbook import entry_sheet
from blangko.words.language import _
from blangko.words.sheets import (
    answers_told,
    guess_told,
    meaning_word,
    read_all_the_same,
    rows_word,
    trouble_word,
    why_not_read,
)
from blangko.words.written import count, day, plain, plural, short_day

ROWS_SHOWN = 12
TROUBLES_SHOWN = 20
ALIKE_SHOWN = 3
DAYS_SHOWN = 20
ENTRIES_SHOWN = 3
BLOCKS_SHOWN = 15
COLUMNS_SHOWN = 12
LONGEST_TEXT = 60
_KINDS = ("receive", "print", "spoil", "send")


def report_told(reading: Reading, beside: Beside) -> list[str]:
    """What was understood of the sheet, what is not certain, and how it stands beside the book."""
    closings = [line for said in closings_told(reading, beside) for line in paragraph(said)]
    lines = [*reading_told(reading), *closings, *guesses_told(reading.guesses), ""]
    if not reading.is_whole:
        lines.append(_("Of what is understood so far:"))
    return [*lines, *compared_told(beside.seen)]


def reading_told(reading: Reading) -> list[str]:
    """Every sheet, table and column as read or not read because of something; the rows counted; what stands in the way.

    Lines of 80 columns. What is long is shortened, with the number of what is left out.
    """
    lines: list[str] = []
    for block in reading.blocks[:BLOCKS_SHOWN]:
        lines += _block_told(block)
    lines += _more(len(reading.blocks) - BLOCKS_SHOWN, _("... and {n} more tables"))
    for part in reading.not_read[:BLOCKS_SHOWN]:
        lines += paragraph(part_told(part), "  ", "")
    lines += _more(len(reading.not_read) - BLOCKS_SHOWN, _("... and {n} more parts that are not read"))
    lines += _rows_told(reading.rows)
    return lines + [line for said in checks_told(reading) for line in paragraph(said, "  ", "")]


def checks_told(reading: Reading) -> list[str]:
    """The balances and sums of the sheet, recomputed; none while a column of cards is not read, where none can hold."""
    if any(guess.code == "columns" for guess in reading.guesses):
        return []
    return [_check_told(check) for check in reading.fair_balances]


def _block_told(block: Block) -> list[str]:
    read = [column_told(block, each) for each in block.columns if each.meaning]
    unread = [column_told(block, each) for each in block.columns if not each.meaning]
    lines = paragraph(block_head(block))
    lines += paragraph(_("read as {columns}").format(columns=_shortened(read)), "    ", "  ") if read else []
    return lines + (
        paragraph(_("not read: {columns}").format(columns=_shortened(unread)), "    ", "  ") if unread else []
    )


def block_head(block: Block) -> str:
    """Where a table stands."""
    name = _sheet_word(block.sheet)
    first, last = block.first_row + 1, block.last_row + 1
    if block.layout == "days_across":
        where = _("{sheet}, columns {first} to {last}, one day in each:")
        return where.format(sheet=name, first=letter(first - 1), last=letter(last - 1))
    return _("{sheet}, rows {first} to {last}:").format(sheet=name, first=first, last=last)


def _sheet_word(name: str) -> str:
    return _("Sheet {name}").format(name=plain(name)) if name else _("The sheet")


def column_told(block: Block, column: Column) -> str:
    """A column by its letter, or with days across a row by its number, and what it means or why it is not read."""
    where = str(column.index + 1) if block.layout == "days_across" else letter(column.index)
    heading = " ".join(plain(column.heading).split())[:LONGEST_TEXT]
    says = meaning_word(column.meaning) if column.meaning else why_not_read(column.why)
    return f"{where} {heading} = {says}" if heading else f"{where} = {says}"


def _shortened(parts: Sequence[str]) -> str:
    more = _("; and {n} more").format(n=count(len(parts) - COLUMNS_SHOWN)) if len(parts) > COLUMNS_SHOWN else ""
    return "; ".join(parts[:COLUMNS_SHOWN]) + more


def part_told(part: NotRead) -> str:
    """Why a sheet, or a part of one, is not read."""
    text = f' ("{plain(part.text)[:LONGEST_TEXT]}")' if part.text else ""
    said = _("{sheet} is not read, because: {why}{text}.")
    return said.format(sheet=_sheet_word(part.sheet), why=why_not_read(part.why), text=text)


def _rows_told(rows: Sequence[RowRead]) -> list[str]:
    # A hidden row that is read has a line of its own below.
    left_out = Counter(row.state for row in rows if row.state not in ("read", "trouble") and not _is_read(row))
    is_one = len({row.sheet for row in rows}) < 2
    lines = []
    if left_out:
        named = ", ".join(f"{rows_word(state)} {count(number)}" for state, number in sorted(left_out.items()))
        lines += paragraph(_("Left out: {what}.").format(what=named))
    if others := [row for row in rows if row.reason == "other_item"]:
        text = _('Not read, because it is another thing than blank KTP-el ("{what}"): rows {rows}.')
        facts = {"what": plain(others[0].text)[:LONGEST_TEXT], "rows": _numbers(others, is_one)}
        lines += paragraph(text.format(**facts))
    hidden = [row for row in rows if row.state == "hidden" and _is_read(row)]
    if hidden:
        text = _("Hidden rows that are read: {rows}.")
        lines += paragraph(text.format(rows=_numbers(hidden, is_one)))
    for reason in dict.fromkeys(row.reason for row in rows if row.state == "read" and row.reason):
        alike = [row for row in rows if row.state == "read" and row.reason == reason]
        lines += paragraph(read_all_the_same(reason, _numbers(alike, is_one)))
    return lines + _troubles_told([row for row in rows if row.state == "trouble"])


def _troubles_told(troubles: Sequence[RowRead]) -> list[str]:
    """The rows that are not understood, those of one sheet and reason together where they are many."""
    lines: list[str] = []
    together = Counter((row.sheet, row.reason) for row in troubles)
    few = [row for row in troubles if together[row.sheet, row.reason] <= ALIKE_SHOWN]
    for row in few[:TROUBLES_SHOWN]:
        lines += paragraph(_trouble(row), "  ", "- ")
    lines += _more(len(few) - TROUBLES_SHOWN, _("... and {n} more such rows"))
    for (sheet, reason), number in together.items():
        if number > ALIKE_SHOWN:
            alike = [row for row in troubles if (row.sheet, row.reason) == (sheet, reason)]
            said = _('{sheet}, rows {rows}, such as "{text}": {reason}.').format(
                sheet=_sheet_word(sheet),
                rows=_numbers(alike, True),
                text=plain(alike[0].text)[:LONGEST_TEXT],
                reason=trouble_word(reason),
            )
            lines += paragraph(said, "  ", "- ")
    return lines


def _is_read(row: RowRead) -> bool:
    return row.state == "hidden" and row.reason == "read"


def _numbers(rows: Sequence[RowRead], is_one_sheet: bool) -> str:
    """Row numbers as runs: 5 to 9; 12, in a file of several sheets each with the name of its own."""
    said = []
    for sheet, here in groupby(rows, key=lambda row: row.sheet):
        runs = [_run(first, last) for first, last in _runs(sorted({row.row_no for row in here}))]
        said += runs if is_one_sheet else [f"{plain(sheet)} {run}" for run in runs]
    return _shortened(said)


def _runs(numbers: Sequence[int]) -> Iterator[tuple[int, int]]:
    """The first and last of each run of numbers that follow one another."""
    for _offset, run in groupby(enumerate(numbers), key=lambda pair: pair[1] - pair[0]):
        found = [number for _place, number in run]
        yield found[0], found[-1]


def _run(first: int, last: int) -> str:
    return str(first) if first == last else _("{first} to {last}").format(first=first, last=last)


def _trouble(row: RowRead) -> str:
    said = _('{sheet}, row {no}: "{text}": {reason}.')
    text = plain(row.text)[:LONGEST_TEXT]
    return said.format(sheet=_sheet_word(row.sheet), no=row.row_no, text=text, reason=trouble_word(row.reason))


def _check_told(check: BalanceCheck) -> str:
    facts = {"sheet": _sheet_word(check.sheet), "column": plain(check.column)[:LONGEST_TEXT]}
    if check.first_row_parted is None:
        return _("{sheet}, {column}: recomputed, and it holds.").format(**facts)
    said = _(
        "{sheet}, {column}: the sheet's own figures part from it in row {row}: it says {says}, they make {computed}."
    )
    numbers = {"says": _number(check.sheet_says), "computed": _number(check.computed)}
    return said.format(**facts, **numbers, row=check.first_row_parted)


def guesses_told(guesses: Sequence[Guess]) -> list[str]:
    """What is not certain, each with the option that answers it."""
    lines: list[str] = []
    for guess in guesses:
        lines += paragraph(guess_told(guess.code, guess.sheet, guess.facts), "  ", "? ")
        if guess.choices:
            lines += paragraph(answers_told(guess.option, guess.choices), "    ", "  ")
    return lines


def _number(cards: int | None) -> str:
    return "-" if cards is None else count(cards)


def _more(left: int, text: str) -> list[str]:
    return [text.format(n=count(left))] if left > 0 else []


# --- Beside the book ------------------------------------------------------------------------------


def compared_told(seen: Compared) -> list[str]:
    """What of a sheet is new to the book, what stands there, and the days that differ side by side."""
    is_one = len({line.sheet for line in seen.new}) < 2
    days = list(_days(seen.new, is_one))
    lines = _day_table(days[:ROWS_SHOWN]) if days else []
    lines += _more(len(days) - ROWS_SHOWN, _("... and {n} more days"))
    lines += [line for said in sums_told(seen) for line in paragraph(said)]
    if seen.differing:
        lines += ["", *table(differing_heads(), map(side_by_side, seen.differing[:DAYS_SHOWN]), right="..rrrl")]
    return lines + _more(len(seen.differing) - DAYS_SHOWN, _("... and {n} more days"))


def sums_told(seen: Compared) -> list[str]:
    """What is new, in cards; how much is new, stands in the book, differs, and is older than the book."""
    new = [_sums(seen.new)] if seen.new else []
    return [*new, _counted(seen), *([_before(seen.before)] if seen.before else [])]


def differing_heads() -> list[str]:
    """What the cells of `side_by_side` are."""
    return [_("Day"), _("What"), _("Book"), _("Sheet"), _("Row"), _("Taken back")]


def _day_table(days: Sequence[Sequence[str]]) -> list[str]:
    """The days, without empty columns; where that is too wide, without remarks, and without papers."""
    heads, right = _heads(), "r.rrrr.."
    kept = [at for at in range(len(heads)) if any(row[at] for row in days)]
    while True:
        shown = [[row[at] for at in kept] for row in days]
        lines = table([heads[at] for at in kept], shown, right="".join(right[at] for at in kept))
        if max(map(len, lines)) <= WIDTH or right[kept[-1]] == "r":
            return lines
        kept.pop()


def _heads() -> list[str]:
    return [_("Row"), _("Day"), _("Received"), _("Printed"), _("Spoiled"), _("Sent"), _("Document"), _("Note")]


def _days(lines: Sequence[Line], is_one_sheet: bool) -> Iterator[list[str]]:
    """The new lines, those of one day beside each other."""
    for (sheet, on), group in groupby(lines, key=lambda line: (line.sheet, line.day)):
        here = list(group)
        row_no = min(line.row_no for line in here)
        sums = [[line.cards for line in here if line.kind == kind] for kind in _KINDS]
        texts = [next((text for line in here if (text := getattr(line, name))), "") for name in ("reference", "note")]
        figures = [count(sum(each)) if each else "" for each in sums]
        row = str(row_no) if is_one_sheet else f"{plain(sheet)[:10]} {row_no}"
        yield [row, day(on), *figures, plain(texts[0])[:16], plain(texts[1])[:14]]


def _sums(lines: Sequence[Line]) -> str:
    sums = {kind: count(sum(line.cards for line in lines if line.kind == kind)) for kind in _KINDS}
    return _("{days}: received {received}, printed {printed}, spoiled {spoiled}, sent {sent}.").format(
        days=plural("{n} day", "{n} days", len({line.day for line in lines})),
        received=sums["receive"],
        printed=sums["print"],
        spoiled=sums["spoil"],
        sent=sums["send"],
    )


def _counted(seen: Compared) -> str:
    new, same = (plural("{n} figure", "{n} figures", len(each)) for each in (seen.new, seen.same))
    differing = plural("{n} day", "{n} days", len({each.last for each in seen.differing}))
    return _("New: {new}. The same as in the book: {same}. Differing: {differing}.").format(
        new=new, same=same, differing=differing
    )


def _before(lines: Sequence[Line]) -> str:
    days = sorted({line.day for line in lines})
    text = _("Left out: {days} before the book was begun, {first} to {last}; its opening holds those cards already.")
    return text.format(days=plural("{n} day", "{n} days", len(days)), first=short_day(days[0]), last=day(days[-1]))


def side_by_side(seen: Differing) -> list[str]:
    """A day that differs: what the book says of it, what the sheet, and the entries that would be taken back."""
    days = day(seen.last)
    if seen.first < seen.last:
        days = _("{first} to {last}").format(first=short_day(seen.first), last=days)
    numbers = ", ".join(f"{each.entry_no}" for each in seen.standing[:ENTRIES_SHOWN])
    more = ", ..." if len(seen.standing) > ENTRIES_SHOWN else ""
    figures = [count(seen.book_cards), count(seen.sheet_cards), str(seen.lines[0].row_no)]
    return [days, kind_word(seen.kind), *figures, numbers + more]


def closings_told(reading: Reading, beside: Beside) -> list[str]:
    """The last balance of each sheet beside what the book would say on that evening, were the sheet written."""
    known = [check for check in reading.balances if check.kind == "balance" and check.sheet in beside.closings]
    return [_closing_told(check, beside.closings[check.sheet]) for check in known]


def _closing_told(check: BalanceCheck, book_cards: int) -> str:
    assert check.closing is not None and check.closing_on
    sheet, book = count(check.closing), count(book_cards)
    if check.closing == book_cards:
        text = _("On the evening of {day} {sheet} are left in the sheet, and as many would be in the book.")
    elif book_cards > check.closing:
        text = _("On the evening of {day} {sheet} are left in the sheet; in the book it would be {book}, {n} more.")
    else:
        text = _("On the evening of {day} {sheet} are left in the sheet; in the book it would be {book}, {n} less.")
    difference = count(abs(book_cards - check.closing))
    return text.format(day=day(check.closing_on), sheet=sheet, book=book, n=difference)


def empty_sheet() -> bytes:
    """A workbook to be filled in, which comes back in without a question."""
    heads = [_("Date"), _("Received"), _("Printed"), _("Spoiled"), _("Sent"), _("BAST"), _("Note")]
    return entry_sheet(_("Blank cards"), heads)
