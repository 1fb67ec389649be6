"""What follows from a command, in words: the life of its request, what a request or a count rests on."""

from __future__ import annotations

from collections.abc import Sequence

from blangko.core.entry import Entry
from blangko.core.facts import Facts
from blangko.core.requests import Request
from blangko.core.status import Status
from blangko.reports.answer import count_result
from blangko.reports.ledger import request_line, request_notices


def request_meant(written: Sequence[Entry]) -> int | None:
    """The number of the request that a command made, or that its first entry answers."""
    if not written:
        return None
    first = written[0]
    return first.request_no or (first.entry_no if first.kind == "request" else None)


def outcome(written: Sequence[Entry], known: Facts, status: Status, meant: Request | None) -> list[str]:
    """The sentences that stand between what was written and the verdict.

    Args:
        written: The entries of the command.
        known: What the book says after it.
        status: The answer of the same evening.
        meant: The request that the command speaks of; None for one that speaks of none.
    """
    said = [request_line(meant), *request_notices(written, meant, known.requests)] if meant else []
    if any(entry.kind in ("population", "request") for entry in written):
        from blangko.reports.population import grounds_told

        said += grounds_told(written, known.population, status.waiting)
    if any(entry.kind == "count" for entry in written):
        said.append(count_result(status))
    return said
