"""A table recomputed: its column of balances row by row, and its column of all that went out."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import accumulate, pairwise
from typing import NamedTuple

from blangko.exchange.blocks import Block, Column
from blangko.exchange.found import BalanceCheck, Dated, Guess
from blangko.exchange.headings import FIGURES

_LEAST_RISING = {"printed": 6, "received": 8, "spoiled": 8, "sent": 8}
"""So many rows that never fall, without one in between that says nothing; deliveries do not come every day."""
_LEAST_STEPS = {"printed": 5, "received": 0, "spoiled": 2, "sent": 2}
"""So often they must grow: a rationed office prints the same number each day."""
_LEAST_PROVED = 3
"""So many balances that hold prove that what stands below nothing went out."""
_GONE = ("printed", "spoiled", "sent")
_WAYS = (_GONE, _GONE[:2], ("printed", "sent"), ("printed",), ("opening", "received"), ("received",))
"""What a column of sums may add up; the first is what Keluar says."""


class _Walk(NamedTuple):
    """A balance followed from row to row: where it parts, how often, and where it begins and ends."""

    parted: Sequence[tuple[Dated, int]]
    opening: int | None
    closing: int | None
    checked: int


def proofs(
    block: Block, dated: Sequence[Dated], opening: int | None, turned: Sequence[Column], lacking: int
) -> Iterator[BalanceCheck | Guess]:
    """What the columns of a table prove or disprove of each other, and what has to be asked about.

    Args:
        block: The table.
        dated: Its days, from above.
        opening: What was carried forward into it.
        turned: Its columns that say what went out as less than nothing.
        lacking: So many of its rows are not understood.
    """
    # Some keep the newest day on top.
    dated = dated[::-1] if dated and dated[0].day > dated[-1].day else dated
    balances = list(_balance(block, dated, opening, lacking))
    yield from balances
    yield from _out(block, dated)
    yield from _more_spoiled(block, dated)
    if not _is_proved(balances, dated):
        yield from _rising(block, dated)
        yield from (_of_turned(block, column) for column in turned if column.why != "named")


def _is_proved(balances: Sequence[BalanceCheck | Guess], dated: Sequence[Dated]) -> bool:
    """Whether a balance holds over enough rows to show that the figures beside it are what they are read as."""
    holds = [check for check in balances if isinstance(check, BalanceCheck) and not check.rows_parted]
    return len(holds) == len(balances) == 1 and sum(1 for each in dated if each.balance is not None) >= _LEAST_PROVED


def _of_turned(block: Block, column: Column) -> Guess:
    name = column.own_heading
    choices = (f"{column.meaning}={name}", f"ignored={name}")
    return Guess("negative", block.sheet, {"heading": name}, "--columns", choices)


def _balance(block: Block, dated: Sequence[Dated], opening: int | None, lacking: int) -> Iterator[BalanceCheck | Guess]:
    column = next((each for each in block.columns if each.meaning == "balance"), None)
    if column is None or not any(each.balance is not None for each in dated):
        return
    walk = _walk(dated, opening, _GONE)
    if walk.parted and (mornings := _mornings(dated)):
        walk = mornings
    elif walk.parted and any(each.cards.get("spoiled") for each in dated):
        without = _walk(dated, opening, ("printed", "sent"))
        if not without.parted and without.checked >= 2:
            yield from _spoiled_apart(block, without)
            walk = without
    last = next((each for each in reversed(dated) if each.balance is not None), None)
    row = walk.parted[0] if walk.parted else None
    check = BalanceCheck(
        block.sheet, "balance", column.heading,
        row[0].row_no if row else None, row[0].balance if row else None, row[1] if row else None,
        len(walk.parted), walk.opening, walk.closing, last.day if last else None,
    )  # fmt: skip
    yield check
    yield from _disproved(block, column, check, walk.checked, lacking)


def _walk(dated: Sequence[Dated], opening: int | None, out: Sequence[str]) -> _Walk:
    held = opening if opening is not None else (dated[0].opening if dated else None)
    begun, parted, checked = held, [], 0
    for each in dated:
        flow = each.cards.get("received", 0) - sum(each.cards.get(meaning, 0) for meaning in out)
        if held is None:
            held = each.balance
            begun = None if held is None else held - flow
            continue
        held += flow
        if each.balance is not None:
            checked += 1
            if each.balance != held:
                parted.append((each, held))
            held = each.balance
    return _Walk(parted, begun, held, checked)


def _mornings(dated: Sequence[Dated]) -> _Walk | None:
    """The balances as they were before the day, as some offices write them; None when they do not fit so either."""
    before = [each._replace(balance=after.balance) for each, after in pairwise(dated)]
    walk = _walk([*before, dated[-1]._replace(balance=None)], dated[0].balance, _GONE)
    return walk if walk.checked >= 2 and not walk.parted else None


def _spoiled_apart(block: Block, walk: _Walk) -> Iterator[Guess]:
    """The balance fits only when spoiled cards are not taken off: they are among the prints, or held on the shelf."""
    printed = [column for column in block.columns if column.meaning == "printed"]
    if len(printed) == 1 and printed[0].why != "named":
        name = printed[0].own_heading
        choices = (f"out={name}", f"printed={name}")
        yield Guess("spoiled_in_printed", block.sheet, {"heading": name}, "--columns", choices)


def _out(block: Block, dated: Sequence[Dated]) -> Iterator[BalanceCheck | Guess]:
    column = next((each for each in block.columns if each.meaning == "out"), None)
    told = [each for each in dated if each.out is not None]
    if column is None or not told or not any(each.meaning == "printed" for each in block.columns):
        return
    sums = [[_sum_of(each, way) for each in told] for way in _WAYS]
    sums.append(list(accumulate(sums[0])))
    misfits = min(([at for at, each in enumerate(told) if each.out != made[at]] for made in sums), key=len)
    if 2 * len(misfits) > len(told):
        yield _what_is(block, column)
        return
    first = told[misfits[0]] if misfits else None
    yield BalanceCheck(
        block.sheet, "out", column.heading,
        first.row_no if first else None, first.out if first else None,
        _sum_of(first, _WAYS[0]) if first else None, len(misfits),
    )  # fmt: skip


def _sum_of(each: Dated, way: Sequence[str]) -> int:
    return sum(each.cards.get(meaning, 0) for meaning in way) + ((each.opening or 0) if "opening" in way else 0)


def _what_is(block: Block, column: Column) -> Guess:
    name = column.own_heading
    choices = (f"sent={name}", f"out={name}", f"ignored={name}")
    return Guess("columns", block.sheet, {"heading": name}, "--columns", choices)


def _rising(block: Block, dated: Sequence[Dated]) -> Iterator[Guess]:
    """Figures that never fall from row to row are hardly those of a day."""
    for column in block.columns:
        alone = sum(1 for each in block.columns if each.meaning == column.meaning) == 1
        if alone and column.meaning in FIGURES and column.why != "named" and _runs_on(column.meaning, dated):
            name = column.own_heading
            choices = (f"ignored={name}", f"{column.meaning}={name}")
            yield Guess("running_sum", block.sheet, {"heading": name}, "--columns", choices)


def _runs_on(meaning: str, dated: Sequence[Dated]) -> bool:
    cards = [each.cards.get(meaning) or 0 for each in dated]
    cards = cards[next((at for at, number in enumerate(cards) if number), len(cards)) :]
    if meaning == "printed":
        cards = [number for number in cards if number]
    if len(cards) < _LEAST_RISING[meaning] or any(one > after for one, after in pairwise(cards)):
        return False
    return sum(one < after for one, after in pairwise(cards)) >= _LEAST_STEPS[meaning]


def _more_spoiled(block: Block, dated: Sequence[Dated]) -> Iterator[Guess]:
    """More cards spoiled than printed, over many days: the columns have changed places, or the headings have."""
    columns = {column.meaning: column for column in block.columns if column.why != "named"}
    both = [each for each in dated if each.cards.get("printed") or each.cards.get("spoiled")]
    printed, spoiled = (sum(each.cards.get(meaning, 0) for each in both) for meaning in ("printed", "spoiled"))
    if {"printed", "spoiled"} <= {*columns} and len(both) >= _LEAST_PROVED and spoiled > printed:
        names = [columns[meaning].own_heading for meaning in ("printed", "spoiled")]
        facts = {"heading": names[1], "spoiled": spoiled, "printed": printed}
        choices = (f"printed={names[0]},spoiled={names[1]}", f"printed={names[1]},spoiled={names[0]}")
        yield Guess("more_spoiled", block.sheet, facts, "--columns", choices)


def _disproved(block: Block, balance: Column, check: BalanceCheck, rows: int, lacking: int) -> Iterator[Guess]:
    """A balance that parts in most rows says that some column is not what it is read as.

    Below each row that is not understood it parts once, and that says nothing of the columns.
    """
    printed = next((column for column in block.columns if column.meaning == "printed"), None)
    if printed is None or printed.why == "named" or rows < _LEAST_PROVED or 2 * (check.rows_parted - lacking) <= rows:
        return
    names = [column.own_heading for column in (balance, printed)]
    facts = {"heading": names[0], "parted": check.rows_parted, "rows": rows}
    choices = (f"ignored={names[0]}", f"ignored={names[1]}")
    yield Guess("balance_parts", block.sheet, facts, "--columns", choices)
