"""Tables and paragraphs of plain text: the one place that lays text out in columns."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

WIDTH = 80
"""Columns of the narrowest window that people use."""


def table(headers: Sequence[str], rows: Iterable[Sequence[str]], right: str = "", form: str = "simple") -> list[str]:
    """Lines of a table; `right` has an r for each column that is aligned to the right, another sign for the others."""
    import tabulate

    # By itself tabulate widens each column by two more than its heading, which costs a screen its last column.
    tabulate.MIN_PADDING = 0
    # Numbers come as text: parsed again, 1.500 cards would become one and a half.
    align = ["right" if sign == "r" else "left" for sign in right.ljust(len(headers))]
    text = tabulate.tabulate(
        [[cell or "" for cell in row] for row in rows], headers, tablefmt=form, disable_numparse=True, colalign=align
    )
    return [line.rstrip() for line in text.splitlines()]


def room_left(headers: Sequence[str], cells: Sequence[Sequence[str]]) -> int:
    """The width that the columns before the last leave to the last."""
    widest = [max(map(len, column)) for column in zip(headers, *cells, strict=True)]
    return max(WIDTH - sum(widest[:-1]) - 2 * len(widest[:-1]), len(headers[-1]))


def paragraph(text: str, indent: str = "", first: str | None = None, width: int = WIDTH) -> list[str]:
    """The text folded to the window's width; `first` begins the first line, `indent` the others."""
    import textwrap

    return textwrap.wrap(
        text,
        width,
        initial_indent=indent if first is None else first,
        subsequent_indent=indent,
        break_on_hyphens=False,
    )


def pairs(rows: Sequence[tuple[str, str]], indent: str = "  ") -> list[str]:
    """Names and what stands for them, in two columns, the second one folded."""
    wide = max((len(name) for name, _ in rows), default=0)
    lines = []
    for name, text in rows:
        begin = f"{indent}{name:<{wide}}  "
        lines.extend(paragraph(text, " " * len(begin), begin) or [begin.rstrip()])
    return lines


def amounts(rows: Sequence[tuple[str, str]], indent: str = "  ") -> list[str]:
    """Numbers below each other as they are added up, with their words behind them."""
    wide = max((len(number) for _, number in rows), default=0)
    return [f"{indent}{number:>{wide}}  {words}" for words, number in rows]


def capital(text: str) -> str:
    """A phrase that begins a line of its own."""
    return text[:1].upper() + text[1:]


def cut(text: str, width: int) -> str:
    """The text on one line of at most `width` signs."""
    flat = " ".join(text.split())
    return flat if len(flat) <= width else flat[: width - 3] + "..."


def markdown_text(text: str) -> str:
    """Text from outside without the signs that markdown would read."""
    return "".join(f"\\{sign}" if sign in "\\`*_[]<>#|" else sign for sign in text)
