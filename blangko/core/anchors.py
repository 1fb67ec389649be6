"""What holds the book from outside: the papers that were handed out, and the mark. Up to there no rewriting is unseen.

The chain of seals alone tells only that the book is as its last writer sealed it. Whoever seals it anew leaves a chain
that is whole in itself, and differs from every code that was written down elsewhere before.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Literal, NamedTuple

from blangko.core.codes import CheckCode, read_check_code
from blangko.core.entry import Entry
from blangko.core.findings import Finding, PaperDiffers
from blangko.core.seal import Mark


class Anchor(NamedTuple):
    """A stretch of entries, and what holds it: a receipt or a paper of a day, the mark made then, or nothing outside.

    `is_weak` tells of a paper with a code of old, which somebody who wrote the book could have made for two books, and
    of a receipt that no signature proves.
    """

    first_no: int
    last_no: int
    by: Literal["receipt", "paper", "mark"] | None = None
    on: date | None = None
    is_weak: bool = False


def named_by(paper: Entry) -> CheckCode | None:
    """The check code that a paper carries; None where it is no code, or names no entry before the paper's own."""
    read = read_check_code(paper.value or "")
    return read if read and 0 < read.entry_no < paper.entry_no else None


def audit_papers(papers: Sequence[Entry], seals: Mapping[int, str]) -> list[Finding]:
    """The papers whose code is not the book's any more; `seals` are those of the entries that the codes name."""
    return [
        PaperDiffers(entry_no=paper.entry_no, day=paper.occurred_on, check_code=paper.value or "")
        for paper in papers
        if not _holds(paper, seals)
    ]


def _holds(paper: Entry, seals: Mapping[int, str]) -> bool:
    named = named_by(paper)
    return named is not None and named.fits(seals.get(named.entry_no))


def anchors(papers: Sequence[Entry], mark: Mark | None, last_no: int) -> list[Anchor]:
    """Which entries are held by what, from the first to the last; `papers` and `mark` agree with the book.

    A paper lies with somebody else and needs no file to be looked after, so it is named before the mark; a paper with a
    weak code only where nothing better reaches.
    """
    held = [
        Anchor(1, named.entry_no, "paper", paper.occurred_on, named.is_weak)
        for paper in papers
        if (named := named_by(paper))
    ]
    furthest = [_furthest(each for each in held if not each.is_weak)]
    furthest += [Anchor(1, mark.entry_no, "mark", mark.proved_on)] if mark else []
    furthest += [_furthest(each for each in held if each.is_weak), Anchor(1, last_no)]
    found: list[Anchor] = []
    for each in filter(None, furthest):
        done = found[-1].last_no if found else 0
        if each.last_no > done:
            found.append(each._replace(first_no=done + 1))
    return found


def with_receipt(anchored: Sequence[Anchor], last_no: int, on: date, is_weak: bool) -> list[Anchor]:
    """The same, where a receipt of the province that agrees with the book holds the entries up to `last_no`.

    A signed one is named first: the province has the entries themselves. What it says without a signature stands in a
    file here, and is named only where nothing else reaches.
    """
    before = [each for each in anchored if is_weak and each.by is not None]
    done = before[-1].last_no if before else 0
    seen = [Anchor(done + 1, last_no, "receipt", on, is_weak)] if last_no > done else []
    beyond = [each for each in anchored[len(before) :] if each.last_no > last_no]
    return [*before, *seen, *(each._replace(first_no=max(each.first_no, last_no + 1)) for each in beyond)]


def _furthest(held: Iterable[Anchor]) -> Anchor | None:
    return max(held, key=lambda each: each.last_no, default=None)
