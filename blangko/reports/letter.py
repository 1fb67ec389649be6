"""The request to the province as a letter. `reports.minutes` has the minutes of a destruction, in the same shape.

A letter is one value, which is typeset as PDF or filled into a Word template that the office may replace.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from blangko.core.requests import Request
from blangko.core.settings import Settings
from blangko.core.status import Status
from blangko.core.summary import Summary
from blangko.errors.files import MissingExtra
from blangko.reports.answer import lasts, loans, not_written, sum_rows
from blangko.reports.letterhead import UNKNOWN, head_signature, letterhead, place_and_date, signed_lines
from blangko.reports.population import ground_name, ground_rows, grounds, people
from blangko.reports.table import capital, pairs, paragraph
from blangko.words.language import _, language
from blangko.words.written import MINUS, cards, count, plain, rate, workdays, written_day

MOST_REQUESTS_NAMED = 3


class Letter(NamedTuple):
    """A letter in the language that is spoken; every part is text already.

    The first `summed` of the `figures` are a sum that a reader can do again, its result the last of them. A row of the
    `annex` without a text is the heading of those below it. Only minutes have `people`, who are named in them, a table
    of `causes` and `witnesses`.
    """

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
    summed: int = 0
    people: Sequence[tuple[str, str]] = ()
    causes: Sequence[tuple[str, str]] = ()
    witnesses: Sequence[str] = ()


def in_words(number: int, sort: str = "cardinal") -> str:
    """A number in words; `sort` is that of num2words, such as "ordinal", which Indonesian dates do without.

    Raises:
        MissingExtra: num2words is not installed.
    """
    try:
        from num2words import num2words
    except ImportError:
        raise MissingExtra(extra="word", what=_("a letter")) from None
    return str(num2words(number, lang=language(), to=sort))


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
    ledger = _ledger(summary)
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
        addressee=_addressee(chosen),
        opening=[_stock(summary, office)],
        figures=[*ledger, *_other_figures(summary)],
        closing=[
            *filter(None, [not_written(answer)]),
            *_waited_for(answer),
            *_late(answer),
            _("We therefore ask for {n} ({words}) blank KTP-el cards. The sum that gives it is enclosed.").format(
                n=count(asked_cards), words=in_words(asked_cards)
            ),
            _("The officer who will fetch them: {name}.").format(name=plain(fetched_by or "") or UNKNOWN),
            _("For your attention and your help we thank you."),
        ],
        left_signature=[],
        signature=signed_lines(head_signature(chosen)),
        copies=[_("File")],
        annex_title=_("Enclosure: blank KTP-el cards of {office}, {day}").format(
            office=office, day=written_day(answer.as_of)
        ),
        annex=_annex(summary, asked_cards),
        whole_code=summary.whole_code,
        summed=len(ledger),
    )  # fmt: skip


def _addressee(chosen: Settings) -> list[str]:
    first, *others = map(plain, (chosen.addressee or _("the Head of the provincial office")).split("\n"))
    # Whoever gave several lines has named the place as well.
    return [" ".join((_("To"), first)), *(others or [_("at the office")])]


def _stock(summary: Summary, office: str) -> str:
    """What was left on which day, and since when there has been nothing."""
    answer = summary.answer
    empty = next((each for each in summary.chart.empty if each.goes_on), None)
    if empty and empty.workdays:
        return _(
            "On {day}, {office} had no blank KTP-el cards left; the shelf has been empty since {empty}, for {workdays}."
            " The figures since {since} are these:"
        ).format(
            day=written_day(answer.as_of),
            office=office,
            empty=written_day(empty.first),
            workdays=workdays(empty.workdays),
            since=written_day(summary.first),
        )
    return _("On {day}, {office} had {cards} blank KTP-el cards left. The figures since {since} are these:").format(
        day=written_day(answer.as_of),
        office=office,
        cards=count(answer.on_hand_cards),
        since=written_day(summary.first),
    )


def _ledger(summary: Summary) -> list[tuple[str, str]]:
    """What came to the shelf and left it, as a sum whose result is on hand; what moved no cards is left out."""
    sums = summary.totals
    moved = [
        (_("Received"), sums.received),
        (_("Adjusted after a count"), sums.adjusted),
        (_("Printed"), -sums.printed),
        (_("Spoiled"), -sums.spoiled),
        (_("Sent"), -sums.sent),
        (_("Lost"), -sums.lost),
    ]
    rows = [(name, f"{_sign(number)} {cards(abs(number))}") for name, number in moved if number]
    return [(_("Opening"), cards(summary.opening)), *rows, (_("On hand"), cards(summary.closing))]


def _sign(number: int) -> str:
    return MINUS if number < 0 else "+"


def _other_figures(summary: Summary) -> list[tuple[str, str]]:
    """The average with the days that it divides into, and those who wait."""
    answer = summary.answer
    # While people wait more is printed than is asked for on a day, and that is what the cards last.
    draining = answer.drain_cards_per_workday
    average = answer.cards_per_workday if draining is None else draining
    name = _("Average of a working day") if draining is None else _("Average of a working day while people wait")
    rows = [
        (name, _("not known") if average is None else rate(average)),
        (_("Lasts"), lasts(answer)),
    ]
    return rows + ground_rows(grounds(summary.population, answer.waiting))


def _waited_for(answer: Status) -> list[str]:
    """The requests that are open: who has not answered for how long, and what is still to come of a grant."""
    listed = sorted((each for each in answer.requests if each.is_open), key=lambda each: each.requested_on)
    silent = [each for each in listed if not each.is_answered]
    waited = answer.longest_wait_workdays
    told = []
    for request in listed[:MOST_REQUESTS_NAMED]:
        if request.is_answered:
            told.append(_still_to_come(request))
        else:
            told.append(_unanswered(request, waited if request is silent[0] else None, answer))
    return told


def _called(request: Request) -> str:
    """A request by the number of its letter, and its day."""
    day = written_day(request.requested_on)
    number = plain(request.reference or "")
    return _("no. {number} of {day}").format(number=number, day=day) if number else _("of {day}").format(day=day)


def _unanswered(request: Request, waited: int | None, answer: Status) -> str:
    asked = cards(request.asked_cards)
    if not waited:
        return _("Our request {which} for {cards} has not been answered yet.").format(
            which=_called(request), cards=asked
        )
    told = _("Our request {which} for {cards} has not been answered for {workdays}.").format(
        which=_called(request), cards=asked, workdays=workdays(waited)
    )
    if "unanswered" not in answer.reasons:
        return told
    usual = _("Usually the cards are there after {workdays} at the latest.")
    return " ".join((told, usual.format(workdays=workdays(answer.lead_time.high))))


def _still_to_come(request: Request) -> str:
    promised = [each for each in request.to_come if each.due_on]
    told = _("Of the {asked} of our request {which}, {received} have been received; {left} are still to come.").format(
        asked=cards(request.asked_cards),
        which=_called(request),
        received=count(request.received_cards),
        left=count(request.on_order_cards),
    )
    if not promised or promised[0].due_on is None:
        return told
    return " ".join((told, _("They were promised for {day}.").format(day=written_day(promised[0].due_on))))


def _late(answer: Status) -> list[str]:
    """Why the letter comes late, where it does: by which day the cards had to be asked for, and on what ground."""
    if answer.request_by is None or not answer.late_workdays or answer.cards_per_workday is None:
        return []
    sentence = _(
        "By our book these cards had to be asked for by {day}, {workdays} ago, at a use of {rate} cards a working day."
    )
    return [
        sentence.format(
            day=written_day(answer.request_by),
            workdays=workdays(answer.late_workdays),
            rate=rate(answer.cards_per_workday),
        )
    ]


def _annex(summary: Summary, asked_cards: int) -> list[tuple[str, str]]:
    """What the centre asks for before it hands out cards: where each card is, who waits, and how many are needed."""
    known = grounds(summary.population, summary.answer.waiting)
    levels = [(ground_name(each), f"{each.sum} = {people(each.people)}".removeprefix(" = ")) for each in known]
    return [
        (_("Where the cards are, since the book was opened"), ""),
        *_cards_in_hand(summary.answer),
        *([(_("Who needs a card"), ""), *levels] if levels else []),
        *_number_asked(summary.answer, asked_cards),
        (_("Check code"), summary.check_code),
    ]


def _number_asked(answer: Status, asked_cards: int) -> list[tuple[str, str]]:
    """The sum that gives the number to ask for, what this letter asks where that is another number, and room for what
    the giver grants."""
    rows = [(_("How many to ask for"), ""), *((capital(words), number) for words, number in sum_rows(answer))]
    if answer.request_cards != asked_cards:
        rows.append((_("Asked for in this letter"), count(asked_cards)))
    rows.append((_("Approved"), _("{dots} cards").format(dots="." * 18)))
    if answer.reorder_level_cards is not None:
        rows.append((_("Reorder level: ask when so many are left"), count(answer.reorder_level_cards)))
    return rows


def _cards_in_hand(answer: Status) -> list[tuple[str, str]]:
    total = answer.balance
    return [
        (_("Opening"), count(total.opening)),
        (_("Received"), count(total.received)),
        (_("Adjusted"), count(total.adjusted)),
        (_("Printed"), count(total.printed)),
        (_("Spoiled, waiting for minutes"), count(total.spoiled)),
        (_("Destroyed"), count(total.destroyed)),
        (_("Sent"), count(total.sent)),
        (_("Lost"), count(total.lost)),
        (_("On hand"), count(total.on_hand)),
        (_("On order"), count(answer.on_order_cards)),
        *loans(answer),
    ]


def letter_screen(letter: Letter) -> list[str]:
    """The letter as it reads, for a look before it is saved."""
    lines = [*letter.letterhead, *([letter.title] if letter.title else []), letter.place_and_date, ""]
    lines += [*pairs(letter.about, ""), "", *letter.addressee, ""]
    lines += [*(line for text in letter.opening for line in paragraph(text)), "", *_figures_screen(letter), ""]
    lines += [line for text in letter.closing for line in paragraph(text)]
    return [*lines, "", *letter.left_signature, *([""] if letter.left_signature else []), *letter.signature]


def _figures_screen(letter: Letter) -> list[str]:
    """The figures in two columns, the cards of the sum below each other."""
    wide = max((len(text) for _name, text in letter.figures[: letter.summed]), default=0)
    summed = [(name, f"{text:>{wide}}") for name, text in letter.figures[: letter.summed]]
    return pairs([*summed, *letter.figures[letter.summed :]])


def words_of_letters() -> dict[str, str]:
    """The words that a template puts between the parts of a letter, by their names there."""
    return {
        "copies_word": _("Copies"),
        "witnesses_word": _("Witnesses"),
        "cause_word": _("Cause"),
        "cards_word": _("Number of cards"),
    }


def letter_html(letter: Letter) -> bytes:
    """The letter as a part of a page of ours, for a look before it is kept as a file.

    Raises:
        MissingExtra: jinja2 or segno is not installed.
    """
    from blangko.reports.rendered import html
    from blangko.reports.square import square_svg

    page = {**letter._asdict(), **words_of_letters()}
    return html("letter.html", page, "", square_svg(letter.whole_code, "HTML"), part=True)


def letter_pdf(letter: Letter, dated: date) -> bytes:
    """The letter on A4."""
    import json

    from blangko.reports.rendered import typeset
    from blangko.reports.square import square_svg

    return typeset(
        "letter.typ",
        dated,
        "pdf",
        letter=json.dumps(letter._asdict(), ensure_ascii=False),
        words=json.dumps(words_of_letters(), ensure_ascii=False),
        lang=language(),
        square=square_svg(letter.whole_code, "PDF"),
    )
