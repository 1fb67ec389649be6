"""The stock card as sheets of paper: what each sheet brings and carries forward, initials, signatures, check code."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from blangko.core.card import StockCard
from blangko.reports.answer import identity_sides
from blangko.reports.ledger import kind_word
from blangko.reports.letterhead import Signature, letterhead, signatures
from blangko.reports.rendered import page_inputs, typeset
from blangko.reports.table import capital, cut
from blangko.words.language import _
from blangko.words.written import cards, count, day_and_month, plain, written_day

LONGEST_TEXT = 160
"""Of a reference, a name or a note on paper; the whole of it stands in the book."""
LONGEST_WORD = 16
"""A longer one is broken, so that it stays within its column."""


class CardPage(NamedTuple):
    """The card in the language that is spoken; every cell is text already."""

    letterhead: Sequence[str]
    title: str
    period: str
    headers: Sequence[str]
    before: Sequence[str]
    rows: Sequence[Sequence[str]]
    carried: Sequence[Sequence[str]]
    sums: Sequence[str]
    brought_word: str
    forward_word: str
    nothing: str
    identity: Sequence[str]
    signatures: Sequence[Signature]
    code: str
    whole_code: str


def headings() -> list[str]:
    """The headings of the card's columns; under the last one everybody sets their initials."""
    return [_("No."), _("Date"), _("Basis"), _("From, to"), _("In"), _("Out"), _("On hand"), _("Initials")]


def _period(card: StockCard) -> str:
    return _("{first} to {last}").format(first=written_day(card.first), last=written_day(card.last))


def from_or_to(row: Mapping[str, Any]) -> str:
    """What happened, and from whom the cards came or to whom they went."""
    text = capital(kind_word(row["kind"]))
    if row["party"]:
        pattern = _("{what} to {whom}") if row["kind"] == "send" else _("{what} from {whom}")
        text = pattern.format(what=text, whom=plain(row["party"]))
    if row["reverses_no"]:
        text += ": " + _("takes back no. {no}").format(no=row["reverses_no"])
    # What moves between the spoiled pile and the outside touches no column, so the number is told here.
    if row["cards"] and not row["in_cards"] and not row["out_cards"]:
        text += f", {cards(row['cards'])}"
    return text


def card_page(card: StockCard) -> CardPage:
    """Everything that the sheets say."""
    return CardPage(
        letterhead=letterhead(card.settings, card.office),
        title=_("Stock card of blank KTP-el cards"),
        period=_period(card),
        headers=headings(),
        before=[_("Left before"), "", "", count(card.before_cards)],
        rows=[_row(row) for row in card.rows],
        carried=[
            [count(sums.in_cards), count(sums.out_cards), count(row["balance_cards"])]
            for sums, row in zip(card.carried, card.rows, strict=True)
        ],
        sums=[_("Sum of the period"), *map(count, card.sums), count(card.total.on_hand)],
        brought_word=_("Brought forward"),
        forward_word=_("Carried forward"),
        nothing="" if card.rows else _("Nothing moved in this period."),
        identity=identity_sides(card.total),
        signatures=signatures(card.settings, card.made_on),
        code=card.check_code,
        whole_code=card.whole_code,
    )


def _row(row: Mapping[str, Any]) -> list[str]:
    """Number, day, document, from whom or to whom, the note below it, in, out, left."""
    occurred_on = row["occurred_on"]
    return [
        str(row["entry_no"]),
        f"{day_and_month(occurred_on)} {occurred_on.year}",
        _for_a_cell(row["reference"]),
        _for_a_cell(from_or_to(row)),
        _for_a_cell(row["note"]),
        count(row["in_cards"]) if row["in_cards"] else "",
        count(row["out_cards"]) if row["out_cards"] else "",
        count(row["balance_cards"]),
    ]


def _for_a_cell(text: str | None) -> str:
    """A text of bounded length whose words can be broken, at places that are not seen."""
    return re.sub(rf"\S{{{LONGEST_WORD}}}(?=\S)", "\\g<0>\u200b", cut(plain(text or ""), LONGEST_TEXT))


def card_pdf(card: StockCard) -> bytes:
    """The card on A4, as many sheets as it takes.

    Raises:
        MissingExtra: typst or segno is not installed.
    """
    return typeset("card.typ", card.made_on, "pdf", **page_inputs(card_page(card), "PDF"))
