"""The pile of spoiled cards: what is held of each cause, until it is destroyed with minutes."""

from collections.abc import Iterable

from blangko.core.entry import Entry, spoiled_change

AT_THE_OPENING = "opening"
"""The cause of cards that were held spoiled before the book began."""


def held_by_cause(moves: Iterable[Entry]) -> dict[str, int] | None:
    """The spoiled cards held of each cause, "" where none was said; None where the book cannot tell.

    Nobody writes which of the cards leave the pile. So after a part of them has left, the causes of the others are
    known again only once the pile has been emptied.

    Args:
        moves: The entries that hold and touch the pile, in the order of their days.
    """
    total = 0
    held: dict[str, int] | None = {}
    for move in moves:
        change = spoiled_change(move)
        total += change
        if total <= 0:
            held = {}
        elif change < 0:
            held = None
        elif held is not None:
            cause = AT_THE_OPENING if move.kind == "opening" else move.cause or ""
            held = {**held, cause: held.get(cause, 0) + change}
    return held
