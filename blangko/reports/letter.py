"""Letters in words: the request to the province, and the draft of the minutes of a destruction.

A letter is one value, which is typeset as PDF or filled into a Word template that the office may replace.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from blangko.core.settings import Settings
from blangko.core.status import Status
from blangko.core.summary import Summary
from blangko.errors import MissingExtra
from blangko.reports.answer import lasts, loans, sum_rows
from blangko.reports.letterhead import UNKNOWN, letterhead, place_and_date
from blangko.reports.population import ground_name, ground_rows, grounds, people
from blangko.reports.table import capital, pairs, paragraph
from blangko.words.language import _, language
from blangko.words.written import cards, count, plain, rate, written_day


class Letter(NamedTuple):
    """A letter in the language that is spoken; every part is text already."""

    letterhead: Sequence[str]
    title: str
    place_and_date: str
    about: Sequence[tuple[str, str]]
    addressee: Sequence[str]
    opening: Sequence[str]
    figures: Sequence[tuple[str, str]]
    closing: Sequence[str]
    left_signature: Sequence[str]
    signature: Sequence[str]
    copies: Sequence[str]
    annex_title: str
    annex: Sequence[tuple[str, str]]
    whole_code: str = ""


def in_words(number: int) -> str:
    """An amount in words.

    Raises:
        MissingExtra: num2words is not installed.
    """
    try:
        from num2words import num2words
    except ImportError:
        raise MissingExtra(extra="word", what=_("a letter")) from None
    return str(num2words(number, lang=language()))


def request_letter(summary: Summary, asked_cards: int, reference: str | None, fetched_by: str | None) -> Letter:
    """The letter that asks the province or the ministry for cards.

    Args:
        summary: The book since the last delivery.
        asked_cards: How many cards to ask for.
        reference: The letter's number; dots while it has none.
        fetched_by: Who will fetch the cards; dots when not known.
    """
    chosen, answer = summary.settings, summary.answer
    office = plain(answer.office["name"]) or answer.office["code"]
    return Letter(
        letterhead=letterhead(chosen, answer.office),
        title="",
        place_and_date=place_and_date(chosen, answer.as_of),
        about=[
            (_("Number"), plain(reference or "") or UNKNOWN),
            (_("Urgency"), _("Important") if answer.level in ("empty", "now") else _("Ordinary")),
            (_("Enclosure"), _("1 (one) page")),
            (_("Subject"), _("Request for blank KTP-el cards")),
        ],
        addressee=[_("To"), *(_addressee(chosen)), _("at the office")],
        opening=[
            _("On {day}, {office} had {cards} blank KTP-el cards left. The figures since {since} are these:").format(
                day=written_day(answer.as_of), office=office, cards=count(answer.on_hand_cards),
                since=written_day(summary.first),
            )
        ],
        figures=_figures(summary),
        closing=[
            _("We therefore ask for {n} ({words}) blank KTP-el cards.").format(
                n=count(asked_cards), words=in_words(asked_cards)
            ),
            _("The officer who will fetch them: {name}.").format(name=plain(fetched_by or "") or UNKNOWN),
            _("For your attention and your help we thank you."),
        ],
        left_signature=[],
        signature=_signed_by_head(chosen),
        copies=[_("File")],
        annex_title=_("Enclosure: blank KTP-el cards of {office}, {day}").format(
            office=office, day=written_day(answer.as_of)
        ),
        annex=_annex(summary, asked_cards),
        whole_code=summary.whole_code,
    )  # fmt: skip


def destruction_minutes(chosen: Settings, office_code: str, on: date, destroyed: int, reference: str) -> Letter:
    """The draft of the minutes (berita acara) of a destruction of spoiled cards."""
    office = plain(chosen.office_name) or office_code
    return Letter(
        letterhead=letterhead(chosen, {"name": office, "code": office_code}),
        title=_("Minutes of the destruction of spoiled blank KTP-el cards"),
        place_and_date=place_and_date(chosen, on),
        about=[(_("Number"), plain(reference) or UNKNOWN)],
        addressee=[],
        opening=[
            _("On {day} the following spoiled blank KTP-el cards of {office} were destroyed by burning:").format(
                day=written_day(on), office=office
            )
        ],
        figures=[(_("Spoiled cards"), f"{cards(destroyed)} ({in_words(destroyed)})")],
        closing=[_("These minutes were written truthfully, to be used as they are needed.")],
        left_signature=[
            _("Goods clerk"),
            plain(chosen.clerk_name) or UNKNOWN,
            f"NIP {plain(chosen.clerk_nip)}".strip(),
        ],
        signature=_signed_by_head(chosen),
        copies=[],
        annex_title="",
        annex=[],
    )


def _addressee(chosen: Settings) -> list[str]:
    return [plain(line) for line in (chosen.addressee or _("the Head of the provincial office")).split("\n")]


def _signed_by_head(chosen: Settings) -> list[str]:
    return [
        _("Head of the office"),
        plain(chosen.head_name) or UNKNOWN,
        *filter(None, [plain(chosen.head_rank)]),
        _nip(chosen.head_nip),
    ]


def _nip(number: str) -> str:
    return f"NIP {plain(number)}".strip()


def _figures(summary: Summary) -> list[tuple[str, str]]:
    answer, sums = summary.answer, summary.totals
    use = _("not known") if answer.cards_per_workday is None else rate(answer.cards_per_workday)
    rows = [
        (_("Opening"), cards(summary.opening)),
        (_("Received"), cards(sums.received)),
        (_("Printed"), cards(sums.printed)),
        (_("Spoiled"), cards(sums.spoiled)),
        (_("On hand"), cards(summary.closing)),
        (_("Average of a working day"), use),
        (_("Lasts"), lasts(answer)),
    ]
    return rows + ground_rows(grounds(summary.population, answer.waiting))


def _annex(summary: Summary, asked_cards: int) -> list[tuple[str, str]]:
    """What the centre asks for before it hands out cards: where each card is, who waits, and how many are needed."""
    return [
        *_cards_in_hand(summary),
        *_number_asked(summary.answer, asked_cards),
        (_("Check code"), summary.check_code),
    ]


def _number_asked(answer: Status, asked_cards: int) -> list[tuple[str, str]]:
    """The sum that gives the number to ask for, and what this letter asks where that is another number."""
    rows = []
    if answer.ask:
        rows = [(_("How many to ask for"), ""), *((capital(words), number) for words, number in sum_rows(answer))]
    if answer.request_cards != asked_cards:
        rows.append((_("Asked for in this letter"), count(asked_cards)))
    if answer.reorder_level_cards is not None:
        rows.append((_("Reorder level: ask when so many are left"), count(answer.reorder_level_cards)))
    return rows


def _cards_in_hand(summary: Summary) -> list[tuple[str, str]]:
    total = summary.answer.balance
    rows = [
        (_("Opening"), count(total.opening)),
        (_("Received"), count(total.received)),
        (_("Adjusted"), count(total.adjusted)),
        (_("Printed"), count(total.printed)),
        (_("Spoiled, waiting for minutes"), count(total.spoiled)),
        (_("Destroyed"), count(total.destroyed)),
        (_("Sent"), count(total.sent)),
        (_("Lost"), count(total.lost)),
        (_("On hand"), count(total.on_hand)),
        (_("On order"), count(summary.answer.on_order_cards)),
        *loans(summary.answer),
    ]
    known = grounds(summary.population, summary.answer.waiting)
    return rows + [(ground_name(each), f"{each.sum} = {people(each.people)}".removeprefix(" = ")) for each in known]


def letter_screen(letter: Letter) -> list[str]:
    """The letter as it reads, for a look before it is saved."""
    lines = [*letter.letterhead, *([letter.title] if letter.title else []), letter.place_and_date, ""]
    lines += [*pairs(letter.about, ""), "", *letter.addressee, ""]
    lines += [*(line for text in letter.opening for line in paragraph(text)), *pairs(letter.figures)]
    lines += [line for text in letter.closing for line in paragraph(text)]
    return [*lines, "", *letter.left_signature, *([""] if letter.left_signature else []), *letter.signature]


def letter_pdf(letter: Letter, dated: date) -> bytes:
    """The letter on A4."""
    import json

    from blangko.reports.rendered import typeset
    from blangko.reports.square import square_svg

    return typeset("letter.typ", dated, "pdf", letter=json.dumps(letter._asdict(), ensure_ascii=False), lang=language(),
                   copies=_("Copies"), square=square_svg(letter.whole_code, "PDF"))  # fmt: skip
