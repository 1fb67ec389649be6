"""What to do now in words, one sentence or two for each piece of advice."""

from __future__ import annotations

from collections.abc import Sequence

from blangko.core.advice import (
    ASK_ALSO,
    BORROW,
    CHANGE_QUOTA,
    COUNT,
    LETTERS,
    LIFT_QUOTA,
    RATION,
    TAKE_BACK,
)  # fmt: skip
from blangko.core.ration import Ration, Served
from blangko.core.status import Status
from blangko.words.language import _
from blangko.words.settings import purpose_word
from blangko.words.written import cards, count, plain, share, short_day

MOST_ON_STATUS = 3


def advice_lines(codes: Sequence[str], known: Status, held: Ration | None) -> list[str]:
    """The advice in words, in the same order; whether a quota holds is a sentence of its own, `reports.answer.quota`.

    Args:
        codes: What is to be done, as `core.advice` knows it.
        known: The answer that the advice is given for.
        held: The ration; None where there is none, and no advice speaks of one.
    """
    return [_told(code, known, held) for code in codes if code not in (CHANGE_QUOTA, LIFT_QUOTA)]


def status_advice(codes: Sequence[str], known: Status, held: Ration | None) -> list[str]:
    """The first few pieces of advice."""
    return advice_lines(codes, known, held)[:MOST_ON_STATUS]


def _told(code: str, known: Status, held: Ration | None) -> str:
    told = {
        COUNT: lambda: _("Count the shelf first: blangko count NUMBER."),
        ASK_ALSO: lambda: _("Ask another giver too, the centre or the province: blangko request NUMBER --to WHO."),
        TAKE_BACK: lambda: _("Ask for what was lent: {owed}.").format(owed=_owed(known)),
        BORROW: lambda: _("Borrow from a neighbour until they come: blangko receive NUMBER --from WHO --loan."),
        LETTERS: lambda: _(
            "Give whoever is turned away a temporary letter (suket), and write how many: "
            "blangko print NUMBER --turned-away NUMBER."
        ),
    }
    if code in told:
        return told[code]()
    assert held is not None
    return _rationed(held) if code == RATION else served_first(held)


def _owed(known: Status) -> str:
    return ", ".join(f"{plain(party)} {count(owed)}" for party, owed in known.loans.items() if owed > 0)


def _rationed(held: Ration) -> str:
    what = _("{cards}, for {share} of those who come").format(
        cards=cards(held.cards_per_day), share=share(held.served_share)
    )
    return _("Give out on {day}: {what} (blangko settings quota {n}).").format(
        day=short_day(held.on), what=what, n=held.cards_per_day
    )


def served_first(held: Ration) -> str:
    """Who is served first with the cards of the next day, and how many of each where the book knows."""
    if not held.serves:
        return _("Say who is served first: blangko settings serve_first prr,first,lost,damaged,change.")
    return _("Serve first: {order}.").format(order=", ".join(map(_served, held.serves)))


def _served(each: Served) -> str:
    word = purpose_word(each.purpose)
    return word if each.cards is None else f"{word} {count(each.cards)}"
